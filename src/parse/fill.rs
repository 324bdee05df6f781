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
            Entry::Other(span) | Entry::Asks(span) => self.other(span, is_text),
            Entry::Question(_) | Entry::Empty => {}
        }
    }

    /// The items of a list. Below a question stand its answers, which are the elements then;
    /// questions may stand in questions as deep as anybody likes, so there is no recursion.
    fn list(&mut self, list: Range<usize>) {
        let mut open = vec![Items::of(self.reader, list)];
        while let Some(list) = open.last_mut() {
            let Some(item) = list.rest.next() else {
                open.pop();
                continue;
            };
            let may_ask = list.has_statements == Some(true);
            let mut entry = elements::of_item(self.reader, item.clone(), self.home, may_ask);
            if let Entry::Element = entry {
                list.has_statements = Some(true);
            } else if let Entry::Asks(_) = entry
                && list.look_for_statements(self.reader)
            {
                entry = elements::of_item(self.reader, item, self.home, true);
            }
            match entry {
                Entry::Question(lists) => {
                    let lists = lists.into_iter().rev();
                    open.extend(lists.map(|list| Items::of(self.reader, list)));
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

/// The items of a list while they are read.
struct Items {
    rest: std::vec::IntoIter<Range<usize>>,
    /// Whether one of them says something; `None` until somebody asks. A list of questions only is a
    /// template's, but among statements a question is an element as they are.
    has_statements: Option<bool>,
}

impl Items {
    fn of(reader: &Reader<'_, '_>, list: Range<usize>) -> Self {
        Self { rest: elements::items(reader, list).into_iter(), has_statements: None }
    }

    /// Whether an item says something that stands behind questions only.
    fn look_for_statements(&mut self, reader: &Reader<'_, '_>) -> bool {
        let mut rest = self.rest.as_slice().iter();
        *self
            .has_statements
            .get_or_insert_with(|| rest.any(|item| elements::states(reader, item.clone())))
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
