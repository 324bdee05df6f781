//! Which sections of a canvas have anything visible.

use super::{DocumentIndex, Handbook, Spot};
use crate::markdown::without_comments;

impl Handbook {
    /// Whether pages show a section of a canvas, an index into [`crate::canvas::Canvas::sections`]: if it
    /// has a text, if its heading is above that of another one, or if something may refer to it.
    pub fn shows_section(&self, index: DocumentIndex, at: usize) -> bool {
        let document = &self.entry(index).document;
        let sections = document.canvas.as_ref().map_or(&[][..], |canvas| &canvas.sections);
        let Some(section) = sections.get(at) else { return false };
        if !without_comments(section.body.of(&document.text)).trim().is_empty() {
            return true;
        }
        let Some(heading) = section.heading else { return false };
        let is_meant = !self.backlinks_of(index, Spot::Heading(heading)).is_empty();
        let own = &document.headings[heading as usize];
        let next = sections.get(at + 1).and_then(|next| next.heading);
        let is_above = next
            .map(|next| &document.headings[next as usize])
            .is_some_and(|next| next.span.start == section.body.end && next.level > own.level);
        is_meant || is_above || own.explicit
    }
}
