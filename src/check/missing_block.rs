//! `missing-block`: the blocks of the kind that the canvas does not have.

use crate::canvas::{Canvas, Document};
use crate::diagnostic::{Diagnostic, catalogue};
use crate::source::Location;

pub(super) fn check(document: &Document, canvas: &Canvas, diagnostics: &mut Vec<Diagnostic>) {
    // There is no place that lacks it, so the document's first words stand for all.
    let first_block = canvas.blocks.first().map_or(document.body, |block| block.heading);
    let first_line = document.title_heading.unwrap_or(first_block);
    let written = |index| canvas.blocks.iter().any(|block| block.index == index);
    let blocks = canvas.kind.indexes().zip(&canvas.kind.blocks);
    let missing: Vec<_> = blocks.filter(|(index, _)| !written(*index)).map(|(_, b)| b).collect();
    if let Some(first) = missing.first() {
        let labels: Vec<&str> = missing.iter().map(|block| block.label.as_str()).collect();
        let place = Location::new(&document.path, first_line);
        diagnostics.push(catalogue::missing_block(place, &labels, &first.prompt));
    }
}
