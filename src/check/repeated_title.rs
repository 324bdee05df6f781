//! `repeated-title`: two documents in one folder have one title.

use super::{Rule, Subject};
use crate::diagnostic::{Diagnostic, Severity, catalogue};
use crate::terms::Levels;

pub(super) const RULE: Rule = Rule::in_code(
    "repeated-title",
    Levels::always(Severity::Advice),
    "Another document of the folder has the title of the canvas.",
    check,
);

fn check(subject: &Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Some((first, more)) = subject.handbook.alike.namesakes(subject.index).split_first() else {
        return;
    };
    let other = &subject.handbook.entry(first.other).document.path;
    let place = subject.place(subject.head());
    let title = &subject.entry.document.title;
    diagnostics.push(catalogue::repeated_title(place, title, other, more.len()));
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::check::tests::check_handbook;

    #[test]
    fn documents_of_one_folder_and_title_are_told() {
        let canvas =
            |title: &str| format!("# {title}\n\n## Channels\n\n## Key Partners\n\n## Costs\n");
        check_handbook(
            "repeated-title",
            "",
            &[
                ("content/a.md", canvas("Bakery")),
                ("content/b.md", canvas("bakery!")),
                ("content/c.md", canvas("Bakery")),
                ("content/d.md", canvas("Kiosk")),
                ("content/kiosk.md", "Text.\n".to_owned()),
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
                content/d.md
                1   | # Kiosk
                    | ^^^^^^^ advice[repeated-title]: content/kiosk.md has the title "Kiosk" too
                     help: give one of them another title, since lists show both in one place
            "#]],
        );
    }
}
