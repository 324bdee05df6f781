//! `unnamed-element`: an element that is too long to be a name and has no separator.

use super::{Rule, Subject};
use crate::diagnostic::{Diagnostic, Severity, catalogue};
use crate::terms::Levels;

pub(super) const RULE: Rule = Rule::in_code(
    "unnamed-element",
    Levels::always(Severity::Advice),
    "A long element without a name.",
    check,
);

fn check(subject: &Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let elements = subject.canvas.elements.iter().filter(|element| element.name.is_none());
    let places = elements.map(|element| subject.place(element.text_span));
    diagnostics.extend(places.map(catalogue::unnamed_element));
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::check::tests::check;

    #[test]
    fn long_elements_without_a_separator_have_no_name() {
        let long = "Everything that somebody at the counter has to say about the bread of the day";
        let text = format!(
            "## Channels\n\n- **Shop**\n- {long}, and more\n\n## Key Partners\n\n\
             - Mill: {long}\n\n## Key Activities\n"
        );
        check(
            "unnamed-element",
            &text,
            expect![[r#"
            4   | - Everything that somebody at the counter has to say about the bread of the day, and more
                |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ advice[unnamed-element]: this element has no name
                 help: start it with a short name in bold, then ` — ` and the text
        "#]],
        );
    }
}
