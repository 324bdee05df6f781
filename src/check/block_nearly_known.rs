//! `block-nearly-known`: a heading that names no block, but is similar to a label, or is at another
//! level.

use std::sync::Arc;

use super::{Rule, Subject};
use crate::diagnostic::{Diagnostic, Severity, catalogue};
use crate::kind::BlockIndex;
use crate::kind::labels::{Named, label, plain};
use crate::slug::nearest;
use crate::source::Span;
use crate::terms::Levels;

pub(super) const RULE: Rule = Rule::in_code(
    "block-nearly-known",
    Levels::always(Severity::Warning),
    "A heading that is nearly a block's label.",
    check,
);

fn check(subject: &Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let (document, canvas) = (&subject.entry.document, subject.canvas);
    let written = |index| canvas.blocks.iter().any(|block| block.index == index);
    let missing: Vec<BlockIndex> = canvas.kind.indexes().filter(|index| !written(*index)).collect();
    if missing.is_empty() {
        return;
    }
    let local = missing.iter().map(|block| label(&canvas.kind, *block, subject.language()));
    let labels = missing.iter().map(|block| canvas.kind.block_kind(*block).label.as_str());
    let labels = labels.chain(local);
    let labels: Vec<&str> = labels.collect();
    let Some(level) = canvas.blocks.first().map(|block| level(block.heading.of(&document.text)))
    else {
        return;
    };
    if level > 0 {
        of_other_levels(subject, &missing, level, diagnostics);
    }
    let headings = document.headings.iter().filter(|heading| heading.level == level);
    let headings = headings.map(|heading| (heading.title.as_str(), heading.span));
    // A bold line has no place of its own; its text starts right after it.
    let lines = canvas.sections.iter().filter(|section| section.heading.is_none());
    let lines = lines.map(|section| {
        let at = section.body.start;
        (section.title.as_str(), Span { start: at, end: at })
    });
    for (title, span) in headings.chain(lines) {
        if let Some(near) = nearest(&plain(title), labels.iter().copied()).first() {
            let place = subject.place(span);
            diagnostics.push(catalogue::block_nearly_known(place, title, near));
        }
    }
}

/// Reports the headings after the first block that have the label of a missing one and another level
/// than blocks have. Reading them as blocks would be a guess: the label is an everyday word, or far
/// away.
fn of_other_levels(
    subject: &Subject<'_>,
    missing: &[BlockIndex],
    level: u8,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let (document, canvas) = (&subject.entry.document, subject.canvas);
    let kinds = &subject.handbook.kinds;
    let first = canvas.blocks.first().map_or(0, |block| block.heading.start);
    let others = document.headings.iter();
    let others = others.filter(|other| other.level != level && other.span.start > first);
    let others = others.map(|heading| (heading.title.as_str(), heading.span));
    // The headings that name departments.
    let parts = canvas.blocks.iter().flat_map(|block| &block.parts);
    let is_heading = |span: Span| {
        let before = &document.text[..span.start as usize];
        before.rsplit('\n').next().is_some_and(|line| line.trim_start().starts_with('#'))
    };
    let led = parts.filter(|part| part.department && is_heading(part.span));
    let led = led.map(|part| (part.title.as_str(), part.span));
    for (title, span) in others.chain(led) {
        let label = kinds.label(title);
        let senses = label.iter().flat_map(|label| &*label.senses);
        let named = senses.filter(|sense| Arc::ptr_eq(kinds.get(sense.kind), &canvas.kind));
        let blocks = named.filter_map(|sense| match sense.names {
            Named::Block(block) => Some(block),
            Named::Group(_) => None,
        });
        if let Some(block) = blocks.into_iter().find(|block| missing.contains(block)) {
            let (place, marks) = (subject.place(span), "#".repeat(usize::from(level)));
            let block = &canvas.kind.block_kind(block).label;
            let mended = format!("{marks} {title}");
            diagnostics.push(catalogue::block_of_another_level(place, block, &mended));
        }
    }
}

/// The level of a heading by its marks; 0 for a bold line.
fn level(heading: &str) -> u8 {
    let marks = heading.bytes().take_while(|byte| *byte == b'#').count();
    u8::try_from(marks).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::check::tests::{check, check_handbook};

    #[test]
    fn a_heading_or_bold_line_that_nearly_names_a_missing_block() {
        let text = "## Key Actvities\n\n- Baking\n\n## Channels\n\n- Shop\n\n## Key Partners\n\n- Mill\n\n\
                    ## Chanels\n\n## Customer Segments\n\n- Street\n";
        check(
            "block-nearly-known",
            text,
            expect![[r#"
            1   | ## Key Actvities
                | ^^^^^^^^^^^^^^^^ warning[block-nearly-known]: `Key Actvities` is no block of this canvas (shown as a section of its own)
                 help: did you mean `Key Activities`?
        "#]],
        );
    }

    #[test]
    fn labels_in_the_language_of_the_canvas_are_meant_too() {
        let text = "+++\nlang = \"de\"\n+++\n\n## Schlüsselaktivtäten\n\n## Kanäle\n\n## Kundensegmente\n\n\
                    ## Schlüsselpartner\n";
        check_handbook(
            "block-nearly-known",
            "",
            &[("content/a.md", text.to_owned())],
            expect![[r#"
            content/a.md
            5   | ## Schlüsselaktivtäten
                | ^^^^^^^^^^^^^^^^^^^^^^ warning[block-nearly-known]: `Schlüsselaktivtäten` is no block of this canvas (shown as a section of its own)
                 help: did you mean `Schlüsselaktivitäten`?
        "#]],
        );
    }

    #[test]
    fn the_label_of_a_missing_block_at_another_level() {
        check(
            "block-nearly-known",
            "# Partners\n\n## Channels\n\n- Shop\n\n### Costs\n\n- Rent\n\n### Channels\n\n- Van\n\n\
             ## Key Activities\n\n- Bake\n\n##### Revenue Streams\n\n- Bread\n\n## Value Propositions\n\n- Warm\n",
            expect![[r#"
                7   | ### Costs
                    | ^^^^^^^^^ warning[block-nearly-known]: this heading may be meant as the block Cost Structure (of another level than the blocks)
                     help: write `## Costs` if it is; else waive `block-nearly-known` with the reason
                19  | ##### Revenue Streams
                    |       ^^^^^^^^^^^^^^^ warning[block-nearly-known]: this heading may be meant as the block Revenue Streams (of another level than the blocks)
                     help: write `## Revenue Streams` if it is; else waive `block-nearly-known` with the reason
            "#]],
        );
    }
}
