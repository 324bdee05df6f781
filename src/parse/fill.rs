//! A block's pieces sorted into lead text, elements and the rest.

use std::ops::Range;

use super::Reader;
use super::blocks::Stretch;
use super::elements::{self, Entry, Home};
use super::outline::{Piece, PieceKind};
use crate::canvas::Block;
use crate::source::Span;

/// Sorts the pieces of a block.
pub(super) fn fill(reader: &mut Reader<'_, '_>, block: &mut Block, stretches: &[Stretch]) {
    for (stretch, paragraphs_are_elements) in with_paragraphs(stretches) {
        let home = Home { block: block.index, part: stretch.part };
        let mut filler = Filler { reader, home, others: Vec::new(), seen: false };
        for piece in &stretch.pieces {
            let is_text = matches!(piece.kind, PieceKind::Paragraph | PieceKind::Label(_));
            match piece.kind {
                PieceKind::Silent => {}
                PieceKind::List => filler.list(piece.events.clone()),
                _ if is_text && paragraphs_are_elements => {
                    // A heading that asks stands as it is; it has no lines.
                    let is_paragraph = !matches!(piece.kind, PieceKind::Label(1..=6));
                    filler.paragraph(piece, is_paragraph);
                }
                _ => filler.other(piece.span, is_text),
            }
        }
        let lead = match stretch.part {
            Some(part) => &mut block.parts[part as usize].lead,
            None => &mut block.lead,
        };
        for (span, is_lead) in filler.others {
            if is_lead { &mut *lead } else { &mut block.rest }.push(span);
        }
    }
    // Stretches of one block may stand apart, and each part's rest is the block's.
    block.rest.sort();
}

/// The pieces of one stretch while they are sorted.
struct Filler<'f, 'r, 't> {
    reader: &'f mut Reader<'r, 't>,
    home: Home,
    /// What is no element, each with whether it is lead text.
    others: Vec<(Span, bool)>,
    /// True once there was an element.
    seen: bool,
}

impl Filler<'_, '_, '_> {
    /// Text before the first element is lead text.
    fn other(&mut self, span: Span, is_text: bool) {
        self.others.push((span, is_text && !self.seen));
    }

    fn entry(&mut self, entry: Entry, is_text: bool) {
        match entry {
            Entry::Element => self.seen = true,
            Entry::Other(span) => self.other(span, is_text),
            Entry::Question(_) | Entry::Empty => {}
        }
    }

    /// The items of a list. Below a question stand its answers, which are the elements then;
    /// questions may stand in questions as deep as anybody likes, so there is no recursion.
    fn list(&mut self, list: Range<usize>) {
        let mut open = elements::items(self.reader, list);
        open.reverse();
        while let Some(item) = open.pop() {
            match elements::of_item(self.reader, item, self.home) {
                Entry::Question(lists) => {
                    for list in lists.into_iter().rev() {
                        open.extend(elements::items(self.reader, list).into_iter().rev());
                    }
                }
                entry => self.entry(entry, false),
            }
        }
    }

    fn paragraph(&mut self, piece: &Piece, has_lines: bool) {
        let whole = piece.events.clone();
        let lines = match has_lines {
            true => elements::lines(self.reader, whole),
            false => vec![whole],
        };
        for line in lines {
            let entry = elements::of_paragraph(self.reader, line, self.home);
            self.entry(entry, true);
        }
    }
}

/// The stretches of a block, each with whether its paragraphs are elements: where it has no list,
/// and, for the text before the first part, where no part has content of its own. A group that the
/// kind knows (Early Adopters) is no part of what stands before it.
fn with_paragraphs(stretches: &[Stretch]) -> impl Iterator<Item = (&Stretch, bool)> {
    let has =
        |stretch: &Stretch, kind: PieceKind| stretch.pieces.iter().any(|piece| piece.kind == kind);
    let lists: Vec<bool> = stretches.iter().map(|stretch| has(stretch, PieceKind::List)).collect();
    let parts_speak = stretches.iter().any(|stretch| {
        let speaks = has(stretch, PieceKind::List) || has(stretch, PieceKind::Paragraph);
        stretch.part.is_some() && !stretch.is_known_group && speaks
    });
    let roots_list = stretches.iter().zip(&lists).any(|(s, list)| s.part.is_none() && *list);
    stretches.iter().zip(lists).map(move |(stretch, list)| {
        let is_root = stretch.part.is_none();
        (stretch, !list && !(is_root && (parts_speak || roots_list)))
    })
}
