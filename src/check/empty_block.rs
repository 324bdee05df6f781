//! `empty-block`: a block that is written but has no element.

use super::{Rule, Subject};
use crate::canvas::Block;
use crate::diagnostic::{Diagnostic, Severity, catalogue};
use crate::terms::Levels;

pub(super) const RULE: Rule = Rule::in_code(
    "empty-block",
    Levels::always(Severity::Advice),
    "A block that is written but has no element.",
    check,
);

fn check(subject: &Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let canvas = subject.canvas;
    for block in &canvas.blocks {
        let has_elements = canvas.elements.in_block(block.index).next().is_some();
        if !has_elements {
            let kind = canvas.kind.block_kind(block.index);
            let place = subject.place(block.heading);
            let label = canvas.label(block);
            diagnostics.push(match ended_by(subject, block) {
                Some((title, level)) => catalogue::ended_block(place, label, title, level),
                None => catalogue::empty_block(place, label, &kind.prompt),
            });
        }
    }
}

/// The heading that ends a block because it has the level of the block's own, if something stands below it:
/// its title and that level.
fn ended_by<'s>(subject: &Subject<'s>, block: &Block) -> Option<(&'s str, u8)> {
    let (document, canvas) = (&*subject.entry.document, subject.canvas);
    let start = block.heading.start;
    let others = canvas.blocks.iter().map(|other| other.heading.start);
    let next = others.filter(|other| *other > start).min().unwrap_or(document.body.end);
    let mut within = canvas.sections.iter().filter(|section| {
        let is_within = (start..next).contains(&section.body.start);
        is_within && !section.body.of(&document.text).trim().is_empty()
    });
    let section = within.next()?;
    let heading = &document.headings[section.heading? as usize];
    let marks = block.heading.of(&document.text).bytes().take_while(|byte| *byte == b'#').count();
    (usize::from(heading.level) == marks && marks < 6).then_some((&section.title, heading.level))
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::check::tests::check;

    #[test]
    fn a_block_with_words_but_without_an_element_is_empty() {
        let text = "## Channels\n\n- Shop\n\n## Vertriebskanäle\n\n## Key Partners\n\nWho helps?\n\n\
                    ## Key Activities\n\n### Production\n";
        check(
            "empty-block",
            text,
            expect![[r#"
            7   | ## Key Partners
                | ^^^^^^^^^^^^^^^ advice[empty-block]: Key Partners has no element
                 help: Who helps us, and what do they do or provide that we should not do ourselves?
            11  | ## Key Activities
                | ^^^^^^^^^^^^^^^^^ advice[empty-block]: Key Activities has no element
                 help: What must we do, department by department, to deliver the value propositions, use the channels, keep the relationships and earn the revenue?
        "#]],
        );
    }

    #[test]
    fn a_heading_of_its_own_level_that_ends_a_block_is_told() {
        let text = "## Key Partners\n\n- Mill\n\n## Value Proposition\n\n## For cafés\n\n- Fresh at six\n\n\
                    ## For households\n\n- Warm until nine\n\n## Channels\n\n## Notes\n\n# Annex\n\nText.\n\n\
                    ## Customer Segments\n";
        check(
            "empty-block",
            text,
            expect![[r#"
            5   | ## Value Proposition
                | ^^^^^^^^^^^^^^^^^^^^ advice[empty-block]: Value Proposition has no element
                 help: `For cafés` ends it, because it is a heading of the same level; write `### For cafés`
            15  | ## Channels
                | ^^^^^^^^^^^ advice[empty-block]: Channels has no element
                 help: Through which ways do customers learn of us, buy, and receive what they bought?
            23  | ## Customer Segments
                | ^^^^^^^^^^^^^^^^^^^^ advice[empty-block]: Customer Segments has no element
                 help: For whom do we create value, and who matters most?
        "#]],
        );
    }
}
