//! Where the spots of a document are written.

use super::{Entry, Spot};
use crate::source::Span;

impl Entry {
    /// The spots in the document, each with its source: elements, blocks and departments of the
    /// canvas, then headings, some of which are those of blocks and departments, and paragraphs.
    pub fn spots(&self) -> impl Iterator<Item = (Spot, Span)> {
        let canvas = self.document.canvas.as_ref();
        let elements = canvas.into_iter().flat_map(|canvas| canvas.elements.iter());
        let elements = (0..).map(Spot::Element).zip(elements.map(|element| element.span));
        let blocks = canvas.into_iter().flat_map(|canvas| &canvas.blocks);
        let parts = blocks.clone().zip(self.part_departments.iter());
        let parts = parts.flat_map(|(block, departments)| block.parts.iter().zip(departments));
        let departments = parts
            .filter_map(|(part, department)| Some((Spot::Department((*department)?), part.span)));
        let blocks = blocks.map(|block| (Spot::Block(block.index), block.heading));
        let headings = self.document.headings.iter().map(|heading| heading.span);
        let headings = (0..).map(Spot::Heading).zip(headings);
        let paragraphs = (0..).map(Spot::Paragraph).zip(&self.document.paragraphs);
        let paragraphs = paragraphs.filter(|(_, paragraph)| paragraph.element.is_none());
        let paragraphs = paragraphs.map(|(spot, paragraph)| (spot, paragraph.id.span));
        elements.chain(blocks).chain(departments).chain(headings).chain(paragraphs)
    }
}
