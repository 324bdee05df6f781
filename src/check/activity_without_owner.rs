//! `activity-without-owner`: an activity that nobody is responsible for.

use super::{Rule, Subject};
use crate::diagnostic::{Diagnostic, catalogue};

pub(super) const RULE: Rule =
    Rule::of_coherence("activity-without-owner", "An activity that nobody answers for.", check);

fn check(subject: &Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let canvas = subject.canvas;
    let activities = canvas.kind.departments_block();
    let block = canvas.blocks.iter().find(|block| Some(block.index) == activities);
    let Some(block) = block else { return };
    let facts = |index: u32| subject.entry.elements.at(index);
    let (owned, without): (Vec<_>, Vec<_>) =
        canvas.elements.in_block(block.index).partition(|(index, _)| facts(*index).owner.is_some());
    // A canvas that names no owners at all is one finding, not one per activity.
    if owned.is_empty() && !without.is_empty() {
        let place = subject.place(block.heading);
        diagnostics.push(catalogue::activities_without_owners(place, canvas.label(block)));
        return;
    }
    diagnostics.extend(without.iter().map(|(index, element)| {
        let leader = facts(*index).department.map(|it| subject.handbook.department(it));
        let leader = leader.map(|department| department.title.as_str());
        let place = subject.place(element.title_span());
        catalogue::activity_without_owner(place, &subject.name(*index), leader)
    }));
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::check::tests::{check, check_handbook};

    const CODE: &str = "activity-without-owner";
    const OTHERS: &str = "\n## Channels\n\n- Shop\n\n## Key Partners\n\n- Mill\n";

    #[test]
    fn an_activity_is_owned_by_itself_or_by_its_department() {
        check_handbook(
            CODE,
            "[departments.finance]\nowner = \"Finance Director\"\n",
            &[(
                "content/a.md",
                format!(
                    "+++\nowner = \"Managing Director\"\n[departments.sales]\nowner = \"Head of Sales\"\n+++\n\n\
                     ## Key Activities\n\n- **Planning**\n- **Review** {{owner=\"Head of Plans\"}}\n\n\
                     ### Sales\n\n- **Selling**\n\n### Finance\n\n- **Billing**\n\n\
                     ### Production\n\n- **Baking** — each day\n{OTHERS}"
                ),
            )],
            expect![[r#"
                content/a.md
                9   | - **Planning**
                    |     ^^^^^^^^ advice[activity-without-owner]: nobody answers for “Planning”
                     help: write `{owner="…"}` behind its name
                22  | - **Baking** — each day
                    |     ^^^^^^ advice[activity-without-owner]: nobody answers for “Baking”
                     help: write `{owner="…"}` behind its name, or give Production an owner
            "#]],
        );
    }

    #[test]
    fn a_canvas_without_owners_is_one_finding() {
        check(
            CODE,
            &format!("## Key Activities\n\n- **Baking**\n- **Selling**\n{OTHERS}"),
            expect![[r#"
                1   | ## Key Activities
                    | ^^^^^^^^^^^^^^^^^ advice[activity-without-owner]: nobody answers for any of Key Activities
                     help: name the owner of each department: `owner` in `[departments.…]` of the front matter or the configuration
            "#]],
        );
    }

    #[test]
    fn it_weighs_more_once_the_model_is_run_and_can_be_waived() {
        let canvas = |front: &str| {
            let activities =
                "## Key Activities\n\n- **Baking**\n- **Selling** {owner=\"Head of Sales\"}\n";
            format!("+++\n{front}\n+++\n\n{activities}{OTHERS}")
        };
        let waived = "stage = \"grow\"\n[[waive]]\nrule = \"activity-without-owner\"\n\
                      element = \"Baking\"\nreason = \"The shift decides.\"";
        check_handbook(
            CODE,
            "",
            &[
                ("content/a.md", canvas("stage = \"ideation\"")),
                ("content/b.md", canvas("stage = \"transfer\"")),
                ("content/c.md", canvas("stage = \"grow\"")),
                ("content/d.md", canvas(waived)),
            ],
            expect![[r#"
                content/a.md
                7   | - **Baking**
                    |     ^^^^^^ advice[activity-without-owner]: nobody answers for “Baking”
                     help: write `{owner="…"}` behind its name
                content/b.md
                7   | - **Baking**
                    |     ^^^^^^ warning[activity-without-owner]: nobody answers for “Baking”
                     help: write `{owner="…"}` behind its name
                content/c.md
                7   | - **Baking**
                    |     ^^^^^^ warning[activity-without-owner]: nobody answers for “Baking”
                     help: write `{owner="…"}` behind its name
            "#]],
        );
    }

    #[test]
    fn nothing_is_found_where_there_is_nothing_to_answer_for() {
        check(CODE, &format!("## Key Activities\n{OTHERS}"), expect![""]);
        check(
            CODE,
            "## Problem\n\n- Stale bread\n\n## Solution\n\n- Night shift\n\n## Channels\n",
            expect![""],
        );
    }
}
