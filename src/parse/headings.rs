//! Headings that are not labels of blocks, with anchors that are distinct within the document.

use super::Reader;
use super::outline::{Piece, PieceKind};
use crate::canvas::{Attributes, Heading, Spanned};
use crate::slug::{Distinct, slug};
use crate::source::Span;

/// The headings met so far.
pub(super) struct Headings {
    title: Option<Span>,
    headings: Vec<Heading>,
}

impl Headings {
    /// Makes a list without headings; the heading at `title` is shown as the page's title and left
    /// out.
    pub(super) fn new(title: Option<Span>) -> Self {
        Self { title, headings: Vec::new() }
    }

    /// Adds every heading among `pieces`.
    pub(super) fn collect(&mut self, reader: &mut Reader<'_, '_>, pieces: &[Piece]) {
        for piece in pieces {
            self.add(reader, piece);
        }
    }

    /// Whether a piece is the heading that is shown as the page's title.
    pub(super) fn is_title(&self, piece: &Piece) -> bool {
        self.title == Some(piece.span)
    }

    /// Adds a piece if it is a heading and not the title, and returns its index.
    pub(super) fn add(&mut self, reader: &mut Reader<'_, '_>, piece: &Piece) -> Option<u32> {
        if !matches!(piece.kind, PieceKind::Label(1..=6)) || self.is_title(piece) {
            return None;
        }
        let title = reader.label(piece).text.trim().to_owned();
        // A heading without a text is shown nowhere.
        if title.is_empty() {
            return None;
        }
        let attributes = reader.label_with_id(piece);
        self.push(piece, &title, Attributes::new(reader.source, &attributes).id())
    }

    /// Adds a heading whose title and explicit id are known; returns `None` for a bold line.
    pub(super) fn push(
        &mut self,
        piece: &Piece,
        title: &str,
        explicit: Option<Spanned<&str>>,
    ) -> Option<u32> {
        let PieceKind::Label(level @ 1..=6) = piece.kind else { return None };
        let (given, explicit) = (explicit.as_ref(), explicit.is_some());
        let id = given.map_or_else(|| slug(title), |id| id.value.to_owned());
        let title = title.to_owned();
        self.headings.push(Heading { level, title, id, explicit, span: piece.span });
        u32::try_from(self.headings.len() - 1).ok()
    }

    /// The headings in order of appearance, with anchors that differ from each other and from the
    /// ids that the page needs itself.
    pub(super) fn finish(mut self, taken: &[&str]) -> Vec<Heading> {
        let explicit = self.headings.iter().filter(|heading| heading.explicit);
        let explicit = explicit.map(|heading| heading.id.clone());
        let mut ids = Distinct::default();
        ids.take(explicit.chain(taken.iter().map(|id| (*id).to_owned())));
        for heading in self.headings.iter_mut().filter(|heading| !heading.explicit) {
            let id = if heading.id.is_empty() { "section" } else { &heading.id };
            heading.id = ids.next(id);
        }
        self.headings
    }
}
