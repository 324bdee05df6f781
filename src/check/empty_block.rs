//! `empty-block`: a block that is written but has no element.

use super::{Rule, Subject};
use crate::diagnostic::{Diagnostic, Severity, catalogue};
use crate::terms::Levels;

pub(super) const RULE: Rule = Rule::in_code(
    "empty-block",
    Levels::always(Severity::Advice),
    "A block that is written but has no element.",
    check,
);

fn check(subject: &Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let canvas = subject.canvas;
    for block in &canvas.blocks {
        let has_elements = canvas.elements.in_block(block.index).next().is_some();
        if !has_elements {
            let kind = canvas.kind.block_kind(block.index);
            let place = subject.place(block.heading);
            diagnostics.push(catalogue::empty_block(place, canvas.label(block), &kind.prompt));
        }
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::check::tests::check;

    #[test]
    fn a_block_with_words_but_without_an_element_is_empty() {
        let text = "## Channels\n\n- Shop\n\n## Vertriebskanäle\n\n## Key Partners\n\nWho helps?\n\n\
                    ## Key Activities\n\n### Production\n";
        check(
            "empty-block",
            text,
            expect![[r#"
            7   | ## Key Partners
                | ^^^^^^^^^^^^^^^ advice[empty-block]: Key Partners has no element
                 help: Who helps us, and what do they do or provide that we should not do ourselves?
            11  | ## Key Activities
                | ^^^^^^^^^^^^^^^^^ advice[empty-block]: Key Activities has no element
                 help: What must we do, department by department, to deliver the value propositions, use the channels, keep the relationships and earn the revenue?
        "#]],
        );
    }
}
