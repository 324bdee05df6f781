//! `owner-nearly-known`: an owner whose name differs from another's by a letter.

use super::{Rule, Subject};
use crate::diagnostic::{Diagnostic, Severity, catalogue};
use crate::source::Span;
use crate::terms::Levels;

pub(super) const RULE: Rule = Rule::in_code(
    "owner-nearly-known",
    Levels::always(Severity::Advice),
    "An owner whose name differs from another's by a letter.",
    check,
);

fn check(subject: &Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for found in subject.handbook.alike.nearly_one(subject.index) {
        let place = subject.place(named(subject, &found.owner));
        diagnostics.push(catalogue::owner_nearly_known(place, &found.owner, &found.other));
    }
}

/// Where a canvas first names an owner: in its front matter, else in braces or in a cell.
fn named(subject: &Subject<'_>, owner: &str) -> Span {
    let text = &*subject.entry.document.text;
    text.find(owner).map_or_else(|| subject.head(), |at| Span::new(at, at + owner.len()))
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::check::tests::check_handbook;

    #[test]
    fn owners_that_differ_by_a_letter_are_told_once() {
        let canvas = |front: &str, owner: &str| {
            format!(
                "+++\n{front}\n+++\n## Channels\n\n- Shop {{owner=\"{owner}\"}}\n- Van {{owner=\"{owner}\"}}\n\n\
                 ## Key Partners\n\n## Costs\n"
            )
        };
        check_handbook(
            "owner-nearly-known",
            "[departments.production]\nowner = \"Head of Baking\"\n",
            &[
                ("content/a.md", canvas("owner = \"Strategy Office\"", "Head of Bars")),
                ("content/b.md", canvas("owner = \"Stratgy Office\"", "Head of Vans")),
                ("content/c.md", canvas("", "Head of Bakings")),
                ("content/d.md", canvas("owner = \"Shift 2\"", "Shift 1")),
                ("content/e.md", canvas("owner = \"Stratgy Office\"", "head of baking")),
            ],
            expect![[r#"
                content/b.md
                2   | owner = "Stratgy Office"
                    |          ^^^^^^^^^^^^^^ advice[owner-nearly-known]: "Stratgy Office" is nearly "Strategy Office" (an owner of its own)
                     help: write `Strategy Office` if they are one, so that one page lists what they answer for
                content/c.md
                6   | - Shop {owner="Head of Bakings"}
                    |                ^^^^^^^^^^^^^^^ advice[owner-nearly-known]: "Head of Bakings" is nearly "Head of Baking" (an owner of its own)
                     help: write `Head of Baking` if they are one, so that one page lists what they answer for
            "#]],
        );
    }

    #[test]
    fn a_series_of_names_is_none_of_slips() {
        let names = ["Anton", "Antun", "Anten", "Antan", "Antin"];
        let elements: String = names.map(|name| format!("- A {{owner={name}}}\n")).concat();
        let text = format!("## Channels\n\n{elements}\n## Key Partners\n\n## Costs\n");
        check_handbook("owner-nearly-known", "", &[("content/a.md", text)], expect![[""]]);
    }
}
