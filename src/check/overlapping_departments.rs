//! `overlapping-departments`: the handbook has two departments, and the name of one contains the
//! other's.

use super::{Rule, Subject};
use crate::diagnostic::{Diagnostic, Severity, catalogue};
use crate::terms::Levels;

pub(super) const RULE: Rule = Rule::in_code(
    "overlapping-departments",
    Levels::always(Severity::Advice),
    "A department beside one that holds it by its name.",
    check,
);

fn check(subject: &Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let overlaps = &subject.handbook.introduced.overlaps;
    // One finding for the whole handbook, since one file mends them all.
    let Some(first) = overlaps.first().filter(|first| first.document == subject.index) else {
        return;
    };
    let department = |index| subject.handbook.department(index);
    let mut wholes: Vec<_> = overlaps.iter().map(|overlap| overlap.whole).collect();
    wholes.dedup();
    let mut joins: Vec<(&str, Vec<&str>)> = Vec::new();
    for whole in wholes {
        let parts = overlaps.iter().filter(|overlap| overlap.whole == whole);
        let parts = parts.map(|overlap| department(overlap.part).title.as_str());
        joins.push((&department(whole).id, parts.collect()));
    }
    joins.sort_unstable();
    joins.dedup();
    let (whole, part) = (&department(first.whole).title, &department(first.part).title);
    let place = subject.place(first.heading);
    diagnostics.push(catalogue::overlapping_departments(place, part, whole, &joins));
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::check::tests::check_handbook;

    /// A canvas with these departments.
    fn canvas(departments: &[&str]) -> String {
        let parts = departments.iter().map(|name| format!("### {name}\n\n- Work\n\n"));
        format!(
            "## Key Activities\n\n{}## Channels\n\n## Key Partners\n",
            parts.collect::<String>()
        )
    }

    #[test]
    fn one_finding_shows_what_would_join_the_departments_of_a_handbook() {
        let sources = [
            ("content/a.md", canvas(&["Sales", "Vertrieb und Kundendienst", "Inbound Logistics"])),
            ("content/b.md", canvas(&["Logistics", "Outbound Logistics", "Customer Support"])),
        ];
        check_handbook(
            "overlapping-departments",
            "",
            &sources,
            expect![[r#"
            content/a.md
            7   | ### Vertrieb und Kundendienst
                |     ^^^^^^^^^^^^^^^^^^^^^^^^^ advice[overlapping-departments]: "Sales" and "Vertrieb und Kundendienst" are two departments of this handbook
                 help: to join them, write `aliases = ["Inbound Logistics", "Outbound Logistics"]` below `[departments.logistics]` and `aliases = ["Sales", "Customer Support"]` below `[departments.sales-and-customer-service]` in `canvasbook.toml`; to keep them apart, give each a table there
        "#]],
        );
    }

    #[test]
    fn the_configuration_decides() {
        let sources = [("content/a.md", canvas(&["Sales and Customer Service", "Sales"]))];
        for config in [
            "[departments.sales-and-customer-service]\naliases = [\"Sales\"]\n",
            "[departments.sales-and-customer-service]\n[departments.sales]\n",
        ] {
            check_handbook("overlapping-departments", config, &sources, expect![[""]]);
        }
    }
}
