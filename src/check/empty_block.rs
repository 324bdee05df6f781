//! `empty-block`: a block that is written but has no element.

use crate::canvas::{Canvas, Document};
use crate::diagnostic::{Diagnostic, catalogue};
use crate::source::Location;

pub(super) fn check(document: &Document, canvas: &Canvas, diagnostics: &mut Vec<Diagnostic>) {
    for block in &canvas.blocks {
        let has_elements = canvas.elements.in_block(block.index).next().is_some();
        if !has_elements {
            let kind = canvas.kind.block_kind(block.index);
            let place = Location::new(&document.path, block.heading);
            diagnostics.push(catalogue::empty_block(place, canvas.label(block), &kind.prompt));
        }
    }
}
