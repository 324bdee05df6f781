//! `repeated-title`: two documents in one folder have one title.

use super::Rule;
use crate::diagnostic::{Diagnostic, Severity, catalogue};
use crate::handbook::{DocumentIndex, Handbook};
use crate::source::{Location, Span};
use crate::terms::Levels;

pub(super) const RULE: Rule = Rule::of_any_document(
    "repeated-title",
    Levels::always(Severity::Advice),
    "A document with the title of another one in its folder.",
    check,
);

fn check(handbook: &Handbook, index: DocumentIndex, diagnostics: &mut Vec<Diagnostic>) {
    let Some(first) = handbook.alike.namesake(index) else { return };
    let document = &handbook.entry(index).document;
    let heading = document.headings.first().map(|heading| heading.span);
    let span = document.title_heading.or(heading).unwrap_or(Span::new(0, 0));
    let place = Location::new(&document.path, span);
    let other = &handbook.entry(first).document.path;
    diagnostics.push(catalogue::repeated_title(place, &document.title, other));
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::check::tests::check_handbook;

    #[test]
    fn documents_of_one_folder_and_title_are_told() {
        let canvas =
            |title: &str| format!("# {title}\n\n## Channels\n\n## Key Partners\n\n## Costs\n");
        let waived =
            "+++\nwaive = [{ rule = \"repeated-title\", reason = \"Same day\" }]\n+++\n# Minutes\n";
        check_handbook(
            "repeated-title",
            "",
            &[
                ("content/a.md", canvas("Bakery")),
                ("content/b.md", canvas("bakery!")),
                ("content/c.md", canvas("Bakery")),
                ("content/d.md", canvas("Kiosk")),
                ("content/kiosk.md", "Text.\n".to_owned()),
                ("content/notes/a.md", "# Minutes\n".to_owned()),
                ("content/notes/b.md", "+++\ntitle = \"Minutes\"\n+++\nText.\n".to_owned()),
                ("content/notes/c.md", waived.to_owned()),
                ("content/north/a.md", canvas("Bakery")),
            ],
            expect![[r#"
                content/b.md
                1   | # bakery!
                    | ^^^^^^^^^ advice[repeated-title]: content/a.md has the title "bakery!" too
                     help: give one of them another title, since lists show both in one place
                content/c.md
                1   | # Bakery
                    | ^^^^^^^^ advice[repeated-title]: content/a.md has the title "Bakery" too
                     help: give one of them another title, since lists show both in one place
                content/kiosk.md
                1   | Text.
                    | ^ advice[repeated-title]: content/d.md has the title "Kiosk" too
                     help: give one of them another title, since lists show both in one place
                content/notes/b.md
                1   | +++
                    | ^ advice[repeated-title]: content/notes/a.md has the title "Minutes" too
                     help: give one of them another title, since lists show both in one place
            "#]],
        );
    }
}
