//! `block-nearly-known`: a heading that names no block, but nearly does.

use super::{Rule, Subject};
use crate::diagnostic::{Diagnostic, Severity, catalogue};
use crate::kind::BlockIndex;
use crate::kind::labels::{label, plain};
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
    let headings = document.headings.iter().filter(|heading| heading.level == level);
    let headings = headings.map(|heading| (heading.title.as_str(), heading.span));
    // A bold line has no place of its own; what it says starts right behind it.
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
}
