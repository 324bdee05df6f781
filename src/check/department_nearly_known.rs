//! `department-nearly-known`: a canvas introduces a department whose name is similar to that of
//! another.

use super::{Rule, Subject};
use crate::diagnostic::{Diagnostic, Severity, catalogue};
use crate::handbook::MOST_COMPARED;
use crate::kind::departments::built_in;
use crate::slug::nearest;
use crate::terms::Levels;

pub(super) const RULE: Rule = Rule::in_code(
    "department-nearly-known",
    Levels::always(Severity::Warning),
    "A department that is nearly another's name.",
    check,
);

fn check(subject: &Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let (departments, all) =
        (&subject.handbook.departments, &subject.handbook.introduced.departments);
    let start = all.partition_point(|found| found.document < subject.index);
    let end = all.partition_point(|found| found.document <= subject.index);
    if departments.len() > MOST_COMPARED || start == end {
        return;
    }
    let names = built_in().iter().flat_map(|known| known.names_in(subject.language()));
    let names: Vec<&str> = names.map(String::as_str).collect();
    let expected = departments.iter().filter(|department| department.is_expected);
    let expected: Vec<&str> = expected.map(|department| department.title.as_str()).collect();
    for at in start..end {
        let (before, found) = (&all[..at], &all[at]);
        // Of two similar names, the one that comes later is reported.
        let met = before.iter().map(|found| &*subject.handbook.department(found.department).title);
        let known = expected.iter().copied().chain(met).chain(names.iter().copied());
        let near = nearest(&found.title, known);
        if let Some(near) = near.first().filter(|near| is_slip(&found.title, near)) {
            let place = subject.place(found.heading);
            diagnostics.push(catalogue::department_nearly_known(place, &found.title, near));
        }
    }
}

/// Whether two names are so similar that one is probably a slip: short names naturally differ in
/// one letter.
fn is_slip(a: &str, b: &str) -> bool {
    const SHORTEST: usize = 5;
    const MOST_SLIPS: usize = 2;
    // `Plant 1` and `Plant 2`, `Team A` and `Team B` are different names on purpose.
    let tells_apart = |word: &&str| {
        let is_letter = word.chars().all(char::is_alphanumeric) && word.chars().nth(1).is_none();
        is_letter || word.contains(char::is_numeric)
    };
    let marks = |name: &str| {
        let words = name.split_whitespace().filter(tells_apart);
        words.map(str::to_lowercase).collect::<Vec<_>>()
    };
    a.chars().count().min(b.chars().count()) >= SHORTEST
        && marks(a) == marks(b)
        && strsim::osa_distance(&a.to_lowercase(), &b.to_lowercase()) <= MOST_SLIPS
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::is_slip;
    use crate::check::tests::check_handbook;

    #[test]
    fn a_slip_is_told_from_a_number() {
        for (a, b, expected) in [
            ("Markting", "Marketing", true),
            ("Plant 1", "Plant 2", false),
            ("Team A", "Team B", false),
            ("Plant 1", "Plnat 1", true),
            ("Werk Süd", "Werk Nord", false),
            ("HR", "PR", false),
        ] {
            assert_eq!(is_slip(a, b), expected, "{a} {b}");
        }
    }

    /// A canvas with these departments.
    fn canvas(departments: &[&str]) -> String {
        let parts = departments.iter().map(|name| format!("### {name}\n\n- Work\n\n"));
        format!(
            "## Key Activities\n\n{}## Channels\n\n## Key Partners\n",
            parts.collect::<String>()
        )
    }

    #[test]
    fn the_later_of_two_names_is_reported_where_it_is_first_written() {
        let sources = [
            ("content/a.md", canvas(&["Markting", "Baker", "Sales"])),
            ("content/b.md", canvas(&["Bakery", "Markting"])),
            (
                "content/c.md",
                "+++\nlang = \"de\"\n+++\n".to_owned() + &canvas(&["Einkaf", "Bakery"]),
            ),
        ];
        check_handbook(
            "department-nearly-known",
            "",
            &sources,
            expect![[r#"
            content/a.md
            3   | ### Markting
                |     ^^^^^^^^ warning[department-nearly-known]: the department "Markting" is nearly "Marketing"
                 help: write "Marketing", or add "Markting" to `aliases` in `canvasbook.toml`
            content/b.md
            3   | ### Bakery
                |     ^^^^^^ warning[department-nearly-known]: the department "Bakery" is nearly "Baker"
                 help: write "Baker", or add "Bakery" to `aliases` in `canvasbook.toml`
            content/c.md
            6   | ### Einkaf
                |     ^^^^^^ warning[department-nearly-known]: the department "Einkaf" is nearly "Einkauf"
                 help: write "Einkauf", or add "Einkaf" to `aliases` in `canvasbook.toml`
        "#]],
        );
    }

    #[test]
    fn departments_of_the_configuration_are_known() {
        let config = "[departments.baking]\ntitle = \"Baking & Pastry\"\n[departments.bakng]\n";
        let sources = [("content/a.md", canvas(&["Bakng", "Baking & Pasty"]))];
        check_handbook(
            "department-nearly-known",
            config,
            &sources,
            expect![[r#"
            content/a.md
            7   | ### Baking & Pasty
                |     ^^^^^^^^^^^^^^ warning[department-nearly-known]: the department "Baking & Pasty" is nearly "Baking & Pastry"
                 help: write "Baking & Pastry", or add "Baking & Pasty" to `aliases` in `canvasbook.toml`
        "#]],
        );
    }
}
