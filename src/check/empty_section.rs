//! `empty-section`: a heading that names no block and has nothing below it.

use super::{Rule, Subject};
use crate::diagnostic::{Diagnostic, Severity, catalogue};
use crate::terms::Levels;

pub(super) const RULE: Rule = Rule::in_code(
    "empty-section",
    Levels::always(Severity::Advice),
    "A heading that names no block and has nothing below it.",
    check,
);

fn check(subject: &Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let document = &subject.entry.document;
    let places = (0..subject.canvas.sections.len()).filter_map(|at| {
        let heading = &document.headings[subject.canvas.sections[at].heading? as usize];
        // A page whose title it is shows it all the same.
        let is_shown =
            subject.handbook.shows_section(subject.index, at) || heading.title == document.title;
        (!is_shown).then(|| subject.place(heading.span))
    });
    diagnostics.extend(places.map(catalogue::empty_section));
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::check::tests::check;

    #[test]
    fn a_heading_with_nothing_below_it_is_told_unless_it_is_meant() {
        let text = "# Bakery\n\n## Channels\n\n- Shop, as [said](#said)\n\n## Key Partners\n\n## Key Activities\n\n\
                    ## Chanels and more\n\n<!-- nothing -->\n\n## Said\n\n## Kept {#kept}\n\n# Above\n\n\
                    ## Notes\n\nText\n\n## Last\n";
        check(
            "empty-section",
            text,
            expect![[r#"
                11  | ## Chanels and more
                    | ^^^^^^^^^^^^^^^^^^^ advice[empty-section]: this heading names no block and has nothing below it (shown nowhere)
                     help: write something below it, or remove it
                25  | ## Last
                    | ^^^^^^^ advice[empty-section]: this heading names no block and has nothing below it (shown nowhere)
                     help: write something below it, or remove it
            "#]],
        );
    }
}
