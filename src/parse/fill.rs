//! A block's pieces sorted into lead text, elements and the rest.

use std::collections::HashSet;
use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::Reader;
use super::blocks::Stretch;
use super::detect::Detected;
use super::elements::{self, Home, ItemKind};
use super::lines::{self, Line};
use super::outline::{Piece, PieceKind, span_of};
use super::tables;
use crate::canvas::Block;
use crate::kind::Role;
use crate::source::Span;

/// Sorts the pieces of a block.
pub(super) fn fill(
    reader: &mut Reader<'_, '_>,
    block: &mut Block,
    stretches: &[Stretch],
    detected: &Detected<'_>,
) {
    let is_money = detected.kind.block_kind(block.index).role == Some(Role::Money);
    for (stretch, body) in with_bodies(stretches) {
        let home = Home { block: block.index, part: stretch.part, is_money };
        let mut filler = Filler { reader, detected, home, others: Vec::new(), seen: false };
        let mut pieces = stretch.pieces.as_slice();
        while let Some((piece, behind)) = pieces.split_first() {
            pieces = behind;
            let is_text = is_text(piece.kind);
            match piece.kind {
                PieceKind::Silent => {}
                PieceKind::Entry => pieces = filler.described(piece, behind),
                PieceKind::Value if body == Body::Paragraphs => {
                    let line =
                        Line { events: piece.events.clone(), start: piece.span.start as usize };
                    let entry = elements::of_line(filler.reader, line, Vec::new(), home);
                    filler.entry(entry, true);
                }
                PieceKind::List => filler.list(piece.events.clone()),
                PieceKind::Table if body == Body::Table => {
                    filler.table(piece.events.clone());
                }
                PieceKind::Quote if body == Body::Quote => filler.quote(piece),
                PieceKind::Paragraph => {
                    let are_elements = body == Body::Paragraphs;
                    pieces = filler.paragraph(piece, behind, are_elements);
                }
                _ if is_text && body == Body::Paragraphs => {
                    // A heading that asks is unchanged; it has no lines.
                    let entry = elements::of_paragraph(filler.reader, piece.events.clone(), home);
                    filler.entry(entry, true);
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
    // Stretches of one block may be apart, and the rest of each part belongs to the block.
    block.rest.sort();
}

/// The pieces of one stretch while they are sorted.
struct Filler<'f, 'r, 't> {
    reader: &'f mut Reader<'r, 't>,
    detected: &'f Detected<'f>,
    home: Home,
    /// The pieces that are not elements, each with whether it is lead text.
    others: Vec<(Span, bool)>,
    /// Whether there was an element.
    seen: bool,
}

impl Filler<'_, '_, '_> {
    /// Adds a piece that is not an element; text before the first element is lead text.
    fn other(&mut self, span: Span, is_text: bool) {
        self.others.push((span, is_text && !self.seen));
    }

    fn entry(&mut self, entry: ItemKind, is_text: bool) {
        match entry {
            ItemKind::Element => self.seen = true,
            ItemKind::Other(span) | ItemKind::Asks(span) => self.other(span, is_text),
            // It sums up what is next to it.
            ItemKind::Sum(span) => self.others.push((span, self.home.part.is_some())),
            ItemKind::Question(..) | ItemKind::Empty => {}
        }
    }

    /// Reads the items of a list. Below a question are its answers, which are the elements then;
    /// questions may be nested to any depth, so there is no recursion.
    fn list(&mut self, list: Range<usize>) {
        let mut open = vec![Items::of(self.reader, list)];
        while let Some(list) = open.last_mut() {
            let Some(item) = list.rest.next() else {
                open.pop();
                continue;
            };
            let may_ask = list.has_statements == Some(true);
            let mut entry = elements::of_item(self.reader, item.clone(), self.home, may_ask);
            if let ItemKind::Element = entry {
                list.has_statements = Some(true);
            } else if let ItemKind::Asks(_) = entry
                && list.look_for_statements(self.reader)
            {
                entry = elements::of_item(self.reader, item, self.home, true);
            }
            match entry {
                ItemKind::Question(says, lists) => {
                    says.into_iter().for_each(|span| self.other(span, true));
                    let lists = lists.into_iter().rev();
                    open.extend(lists.map(|list| Items::of(self.reader, list)));
                }
                entry => self.entry(entry, false),
            }
        }
    }

    /// Reads the rows of a table.
    fn table(&mut self, table: Range<usize>) {
        let tables::Rest { head, rows } =
            tables::read(self.reader, table, self.home, self.detected);
        head.into_iter().for_each(|span| self.other(span, true));
        self.seen = true;
        rows.into_iter().for_each(|span| self.other(span, false));
    }

    /// Reads a heading that is an entry, with everything that describes it, and returns the pieces
    /// from the next one on.
    fn described<'p>(&mut self, piece: &Piece, behind: &'p [Piece]) -> &'p [Piece] {
        let next = behind.iter().position(|next| next.kind == PieceKind::Entry);
        let (own, behind) = behind.split_at(next.unwrap_or(behind.len()));
        let says = own.iter().filter(|own| own.kind != PieceKind::Silent);
        let detail = says.map(|own| own.span).collect();
        let line = Line { events: piece.events.clone(), start: piece.span.start as usize };
        let entry = elements::of_counted(self.reader, line, detail, self.home);
        self.entry(entry, true);
        behind
    }

    /// Reads a quotation: its items if it consists of lists, else its first paragraph with what
    /// follows.
    fn quote(&mut self, piece: &Piece) {
        let inside = elements::items(self.reader, piece.events.clone());
        let is_list = |inside: &Range<usize>| {
            matches!(self.reader.events[inside.start].0, Event::Start(Tag::List(_)))
        };
        if inside.iter().all(is_list) {
            inside.into_iter().for_each(|list| self.list(list));
        } else {
            let entry = elements::of_item(self.reader, piece.events.clone(), self.home, false);
            self.entry(entry, true);
        }
    }

    /// Reads a paragraph, or its lines if they are entries, and returns the pieces after it that it
    /// does not take. Lines that begin with signs are entries even if other text is not, and lists
    /// that are indented below them are their detail.
    fn paragraph<'p>(
        &mut self,
        piece: &Piece,
        behind: &'p [Piece],
        are_elements: bool,
    ) -> &'p [Piece] {
        let events = piece.events.clone();
        let marked = lines::marked(self.reader, events.clone());
        let marked = marked.filter(|lines| are_elements || lines.are_signs);
        let bare = || lines::bare(self.reader, events.clone()).filter(|_| are_elements);
        let Some(lines) = marked.or_else(bare) else {
            if are_elements {
                let line = Line { events, start: piece.span.start as usize };
                let entry = elements::of_line(self.reader, line, Vec::new(), self.home);
                self.entry(entry, true);
            } else {
                self.other(piece.span, true);
            }
            return behind;
        };
        if let Some(lead) = lines.lead {
            self.other(span_of(self.reader.text, self.reader.events, lead), true);
        }
        let mut entries: Vec<(Line, Vec<Span>)> =
            lines.lines.into_iter().map(|line| (line, Vec::new())).collect();
        let depth = indent(self.reader.text, piece.span);
        let is_below = |next: &&Piece| {
            next.kind == PieceKind::List && indent(self.reader.text, next.span) > depth
        };
        let lists = behind.iter().take_while(is_below).count();
        let (below, behind) = behind.split_at(if lines.are_signs { lists } else { 0 });
        for list in below {
            self.detail(list, &mut entries);
        }
        for (line, detail) in entries {
            let entry = elements::of_line(self.reader, line, detail, self.home);
            self.entry(entry, true);
        }
        behind
    }

    /// Adds a list to the detail of the last entry. If a line of an item begins with a sign, that is
    /// the next entry.
    fn detail(&self, list: &Piece, entries: &mut Vec<(Line, Vec<Span>)>) {
        let reader = &*self.reader;
        let count = entries.len();
        let before = entries.last().map_or(0, |(_, detail)| detail.len());
        for item in elements::items(reader, list.events.clone()) {
            let (inline, rest) = elements::first_paragraph(reader, item.clone());
            let (own, lines) = lines::lazy(reader, inline);
            let whole = span_of(reader.text, reader.events, item.clone());
            let is_whole = lines.is_empty();
            let end = span_of(reader.text, reader.events, own).end;
            let said = if is_whole { whole } else { Span { start: whole.start, end } };
            if let Some((_, detail)) = entries.last_mut() {
                detail.push(said);
            }
            entries.extend(lines.into_iter().map(|line| (line, Vec::new())));
            let below = rest..item.end.saturating_sub(1).max(rest);
            if let Some((_, detail)) = entries.last_mut()
                && !is_whole
                && !below.is_empty()
            {
                detail.push(span_of(reader.text, reader.events, below));
            }
        }
        let is_one = entries.len() == count;
        if let Some((_, detail)) = entries.last_mut().filter(|_| is_one) {
            // One list, not one for each item.
            detail.truncate(before);
            detail.push(list.span);
        }
    }
}

/// The number of blanks before a piece on its line.
fn indent(text: &str, span: Span) -> usize {
    let inside = span.of(text);
    let start = span.start as usize + inside.len() - inside.trim_start_matches([' ', '\t']).len();
    let before = &text[..start];
    before.len() - before.trim_end_matches([' ', '\t']).len()
}

/// The items of a list while they are read.
struct Items {
    rest: std::vec::IntoIter<Range<usize>>,
    /// Whether one of them is a statement; `None` until that is needed. A list of questions only
    /// belongs to a template, but among statements a question is an element like them.
    has_statements: Option<bool>,
}

impl Items {
    fn of(reader: &Reader<'_, '_>, list: Range<usize>) -> Self {
        Self { rest: elements::items(reader, list).into_iter(), has_statements: None }
    }

    /// Whether there is a statement among the items, possibly below questions.
    fn look_for_statements(&mut self, reader: &Reader<'_, '_>) -> bool {
        let mut rest = self.rest.as_slice().iter();
        *self
            .has_statements
            .get_or_insert_with(|| rest.any(|item| elements::states(reader, item.clone())))
    }
}

/// The part of a stretch that is its elements.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Body {
    /// The items of its lists; everything else belongs to them.
    List,
    /// The rows of its tables.
    Table,
    Paragraphs,
    /// A quotation, which is all that it has.
    Quote,
    Nothing,
}

/// Whether a piece is text: a paragraph, or a heading that is not that of a part.
fn is_text(kind: PieceKind) -> bool {
    matches!(kind, PieceKind::Paragraph | PieceKind::Label(_) | PieceKind::Value)
}

/// The stretches of a block, each with the part that is its elements: its lists, else its tables, else
/// its paragraphs, else its quotations. In the text before the first part only lists and tables are, if
/// a part has content of its own. A group that the kind knows (Early Adopters) does not belong to what
/// is before it. Headings that are entries count like lists, and what follows them belongs to them.
fn with_bodies(stretches: &[Stretch]) -> impl Iterator<Item = (&Stretch, Body)> {
    let has = |stretch: &Stretch, is_it: fn(PieceKind) -> bool| {
        let mut own = stretch.pieces.iter().take_while(|piece| piece.kind != PieceKind::Entry);
        own.any(|piece| is_it(piece.kind))
    };
    let body = move |stretch: &Stretch| {
        if has(stretch, |kind| kind == PieceKind::List) {
            Body::List
        } else if has(stretch, |kind| kind == PieceKind::Table) {
            Body::Table
        } else if has(stretch, is_text) {
            Body::Paragraphs
        } else if has(stretch, |kind| kind == PieceKind::Quote) {
            Body::Quote
        } else {
            Body::Nothing
        }
    };
    let bodies: Vec<Body> = stretches.iter().map(body).collect();
    let lists = |body: Body| matches!(body, Body::List | Body::Table);
    let has_entry =
        |stretch: &Stretch| stretch.pieces.iter().any(|piece| piece.kind == PieceKind::Entry);
    let parts_speak = stretches.iter().zip(&bodies).any(|(stretch, body)| {
        let speaks = *body != Body::Nothing || has_entry(stretch);
        stretch.part.is_some() && !stretch.is_known_group && speaks
    });
    // A part that continues after a group has several stretches.
    let list = stretches.iter().zip(&bodies).filter(|(s, body)| lists(**body) || has_entry(s));
    let list: HashSet<Option<u32>> = list.map(|(stretch, _)| stretch.part).collect();
    stretches.iter().zip(bodies).map(move |(stretch, body)| {
        let others_speak = stretch.part.is_none() && parts_speak || list.contains(&stretch.part);
        (stretch, if others_speak && !lists(body) { Body::Nothing } else { body })
    })
}
