//! `nonstandard-label`: a block's label that can be read in two ways.

use super::{Rule, Subject};
use crate::diagnostic::{Diagnostic, Severity, catalogue};
use crate::terms::Levels;

pub(super) const RULE: Rule = Rule::in_code(
    "nonstandard-label",
    Levels::always(Severity::Warning),
    "A block's label that can be read in two ways.",
    check,
);

fn check(subject: &Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for label in &subject.canvas.doubtful_labels {
        let meant = &subject.canvas.kind.block_kind(label.block).label;
        let place = subject.place(label.span);
        diagnostics.push(catalogue::nonstandard_label(place, &label.written, meant));
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::check::tests::check;

    #[test]
    fn a_code_that_two_blocks_have_is_read_as_one_of_them() {
        let text = "## VP\n\n- Bread\n\n## CS\n\n- Street\n\n## CH\n\n- Shop\n";
        check(
            "nonstandard-label",
            text,
            expect![[r#"
            5   | ## CS
                | ^^^^^ warning[nonstandard-label]: `CS` is read as Customer Segments
                 help: write `Customer Segments`, so that nobody takes it for another block
        "#]],
        );
    }
}
