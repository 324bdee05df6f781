//! `missing-block`: the blocks of the kind that the canvas does not have.

use super::{Rule, Subject};
use crate::diagnostic::{Diagnostic, Severity, catalogue};
use crate::terms::Levels;

pub(super) const RULE: Rule = Rule::in_code(
    "missing-block",
    Levels::always(Severity::Advice),
    "A block of the kind that the canvas does not have.",
    check,
);

fn check(subject: &Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let canvas = subject.canvas;
    let written = |index| canvas.blocks.iter().any(|block| block.index == index);
    let blocks = canvas.kind.indexes().zip(&canvas.kind.blocks);
    let missing: Vec<_> = blocks.filter(|(index, _)| !written(*index)).map(|(_, b)| b).collect();
    if let Some(first) = missing.first() {
        let labels: Vec<&str> = missing.iter().map(|block| block.label.as_str()).collect();
        let place = subject.place(subject.head());
        // A heading among the blocks that names none may be meant for one; what follows them is
        // extra.
        let end = canvas.blocks.iter().map(|block| block.heading.start).max().unwrap_or_default();
        let among = canvas.sections.iter().filter(|section| section.body.start < end);
        let titles: Vec<&str> = among.map(|section| section.title.as_str()).collect();
        diagnostics.push(catalogue::missing_block(place, &labels, &first.prompt, &titles));
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::check::tests::check;

    #[test]
    fn all_blocks_that_are_missing_are_one_finding() {
        let blocks = "## Problem\n\n## Solution\n\n## Key Metrics\n\n## Unfair Advantage\n\n\
                      ## Channels\n\n## Customer Segments\n\n";
        check(
            "missing-block",
            &format!("# Kiosk\n\n{blocks}"),
            expect![[r#"
            1   | # Kiosk
                | ^^^^^^^ advice[missing-block]: this canvas has no Unique Value Proposition, no Cost Structure and no Revenue Streams
                 help: add a heading for each, or waive `missing-block` with the reason
        "#]],
        );
        let blocks = format!("{blocks}## Cost Structure\n\n## Revenue Streams\n");
        check(
            "missing-block",
            &blocks,
            expect![[r#"
            1   | ## Problem
                | ^^^^^^^^^^ advice[missing-block]: this canvas has no Unique Value Proposition
                 help: Which clear and different promise turns a visitor into a prospect?
        "#]],
        );
        let whole = format!("{blocks}\n## Unique Value Proposition\n");
        check("missing-block", &whole, expect![[""]]);
    }

    #[test]
    fn headings_among_the_blocks_that_name_none_are_listed() {
        let blocks = "## Problem\n\n- Queues\n\n## 2. Wer es braucht\n\n- All\n\n## Solution\n\n- Bake\n\n\
                      ## Key Metrics\n\n- Loaves\n\n## Offene Fragen\n\n- Wer?\n";
        check(
            "missing-block",
            &format!("# Kiosk\n\n{blocks}"),
            expect![[r#"
            1   | # Kiosk
                | ^^^^^^^ advice[missing-block]: this canvas has no Unique Value Proposition, no Unfair Advantage, no Channels, no Customer Segments, no Cost Structure and no Revenue Streams
                 help: `2. Wer es braucht` names no block known to canvasbook; where one is meant, write its label
        "#]],
        );
        let many = ["One", "Two", "Three", "Four", "Five"].map(|name| format!("## {name}\n\n"));
        let text = format!("# Kiosk\n\n## Channels\n\n{}{blocks}", many.concat());
        check(
            "missing-block",
            &text,
            expect![[r#"
            1   | # Kiosk
                | ^^^^^^^ advice[missing-block]: this canvas has no Unique Value Proposition, no Unfair Advantage, no Customer Segments, no Cost Structure and no Revenue Streams
                 help: `One`, `Two`, `Three`, `Four` and `Five` name no block known to canvasbook; where one is meant, write its label
        "#]],
        );
    }
}
