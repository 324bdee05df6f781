//! `block-nearly-known`: a heading that names no block, but nearly does.

use crate::canvas::{Canvas, Document};
use crate::diagnostic::{Diagnostic, catalogue};
use crate::kind::BlockIndex;
use crate::kind::labels::{label, plain};
use crate::slug::nearest;
use crate::source::{Location, Span};

pub(super) fn check(
    document: &Document,
    canvas: &Canvas,
    language: &str,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let written = |index| canvas.blocks.iter().any(|block| block.index == index);
    let missing: Vec<BlockIndex> = canvas.kind.indexes().filter(|index| !written(*index)).collect();
    if missing.is_empty() {
        return;
    }
    let language = document.front.lang.as_deref().unwrap_or(language);
    let local = missing.iter().map(|block| label(&canvas.kind, *block, language));
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
            let place = Location::new(&document.path, span);
            diagnostics.push(catalogue::block_nearly_known(place, title, near));
        }
    }
}

/// The level of a heading by its marks; 0 for a bold line.
fn level(heading: &str) -> u8 {
    let marks = heading.bytes().take_while(|byte| *byte == b'#').count();
    u8::try_from(marks).unwrap_or(0)
}
