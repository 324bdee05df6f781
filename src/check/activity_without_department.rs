//! `activity-without-department`: an activity that no department leads.

use super::{Rule, Subject};
use crate::diagnostic::{Diagnostic, catalogue};

pub(super) const RULE: Rule = Rule::of_coherence(
    "activity-without-department",
    "An activity that no department leads.",
    check,
);

fn check(subject: &Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let canvas = subject.canvas;
    let activities = canvas.kind.departments_block();
    let block = canvas.blocks.iter().find(|block| Some(block.index) == activities);
    let Some(block) = block else { return };
    let is_led = |index: u32| subject.entry.elements.at(index).department.is_some();
    let (led, without): (Vec<_>, Vec<_>) =
        canvas.elements.in_block(block.index).partition(|(index, _)| is_led(*index));
    // A canvas that is not broken down by department at all is one finding, not one per activity.
    if led.is_empty() && !without.is_empty() {
        let place = subject.place(block.heading);
        diagnostics.push(catalogue::activities_without_departments(place, canvas.label(block)));
        return;
    }
    diagnostics.extend(without.iter().map(|(_, element)| {
        catalogue::activity_without_department(subject.place(element.title_span()))
    }));
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::check::tests::{check, check_handbook};

    const CODE: &str = "activity-without-department";
    const OTHERS: &str = "\n## Channels\n\n- Shop\n\n## Key Partners\n\n- Mill\n";

    #[test]
    fn an_activity_above_the_first_department_has_none() {
        check(
            CODE,
            &format!(
                "## Key Activities\n\n- **Baking** — each day\n\n### Sales\n\n- **Selling**\n{OTHERS}"
            ),
            expect![[r#"
                3   | - **Baking** — each day
                    |     ^^^^^^ advice[activity-without-department]: no department leads this activity
                     help: write it below the heading of the department that leads it
            "#]],
        );
    }

    #[test]
    fn a_canvas_without_departments_is_one_finding() {
        check(
            CODE,
            &format!("## Key Activities\n\n- **Baking**\n- **Selling**\n{OTHERS}"),
            expect![[r#"
                1   | ## Key Activities
                    | ^^^^^^^^^^^^^^^^^ advice[activity-without-department]: Key Activities names no department
                     help: write each activity below a heading with the name of the department that leads it
            "#]],
        );
    }

    #[test]
    fn it_weighs_more_once_the_model_is_run() {
        let canvas = |front: &str| {
            let activities = "## Key Activities\n\n- **Baking**\n\n### Sales\n\n- **Selling**\n";
            format!("+++\n{front}\n+++\n\n{activities}{OTHERS}")
        };
        let waived = "stage = \"grow\"\n[[waive]]\nrule = \"activity-without-department\"\n\
                      element = \"Baking\"\nreason = \"shared by all\"";
        check_handbook(
            CODE,
            "",
            &[
                ("content/a.md", canvas("stage = \"ideation\"")),
                ("content/b.md", canvas("stage = \"grow\"")),
                ("content/c.md", canvas(waived)),
            ],
            expect![[r#"
                content/a.md
                7   | - **Baking**
                    |     ^^^^^^ advice[activity-without-department]: no department leads this activity
                     help: write it below the heading of the department that leads it
                content/b.md
                7   | - **Baking**
                    |     ^^^^^^ warning[activity-without-department]: no department leads this activity
                     help: write it below the heading of the department that leads it
            "#]],
        );
    }

    #[test]
    fn nothing_is_found_where_there_is_nothing_to_lead() {
        check(CODE, &format!("## Key Activities\n{OTHERS}"), expect![""]);
        check(
            CODE,
            "## Problem\n\n- Stale bread\n\n## Solution\n\n- Night shift\n\n## Channels\n",
            expect![""],
        );
    }
}
