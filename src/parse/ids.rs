//! Explicit ids must be distinct within a document: each is an address.

use std::collections::HashMap;

use crate::canvas::{Canvas, Heading, Paragraph, Spanned};
use crate::diagnostic::{Diagnostic, catalogue};
use crate::source::{Location, SourcePath, Span};

/// The ids on a document's page that are not those of headings: those of a canvas's blocks, and the explicit ones
/// of its elements. Ids of the theme start with `_`, which no slug does.
pub(super) fn taken<'d>(canvas: Option<&'d Canvas>, paragraphs: &'d [Paragraph]) -> Vec<&'d str> {
    let kind = canvas.into_iter().flat_map(|canvas| &canvas.kind.blocks);
    let elements = canvas.into_iter().flat_map(|canvas| canvas.elements.iter());
    let given = elements.filter_map(|element| element.attributes.id()).map(|id| id.value);
    let paragraphs = paragraphs.iter().map(|paragraph| paragraph.id.value.as_str());
    kind.map(|block| block.id.as_str()).chain(given).chain(paragraphs).collect()
}

/// Reports every explicit id that was given before in the same document, with both places.
pub(super) fn check(
    path: &SourcePath,
    canvas: Option<&Canvas>,
    headings: &[Heading],
    paragraphs: &[Paragraph],
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut ids: Vec<Spanned<&str>> = headings
        .iter()
        .filter(|heading| heading.explicit)
        .map(|heading| Spanned { value: heading.id.as_str(), span: heading.span })
        .collect();
    let named = paragraphs.iter().map(|paragraph| &paragraph.id);
    ids.extend(named.map(|id| Spanned { value: id.value.as_str(), span: id.span }));
    // A block's anchor is its id in the kind, so nothing else may have that.
    let mut first: HashMap<&str, Span> = HashMap::new();
    if let Some(canvas) = canvas {
        let elements = canvas.elements.iter().map(|element| element.attributes);
        // Groups have their id as a heading already.
        let parts = canvas.blocks.iter().flat_map(|block| &block.parts);
        let departments =
            parts.filter(|part| part.heading.is_none()).map(|part| part.attributes.get());
        let given = elements.chain(departments).flat_map(|attributes| attributes.ids());
        ids.extend(given);
        for block in &canvas.blocks {
            let anchor = canvas.kind.block_kind(block.index).id.as_str();
            first.insert(anchor, block.heading);
            let own = block.id.iter().filter(|id| id.value != anchor);
            ids.extend(own.map(|id| Spanned { value: id.value.as_str(), span: id.span }));
        }
    }
    ids.sort_by_key(|id| id.span);
    for id in ids {
        if let Some(before) = first.get(id.value) {
            diagnostics.push(catalogue::repeated_id(
                Location::new(path, id.span),
                id.value,
                Location::new(path, *before),
            ));
        } else {
            first.insert(id.value, id.span);
        }
    }
}
