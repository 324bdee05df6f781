//! Groups whose label begins an item or a line, followed by their content:
//! `- *Existing alternatives:* paper, spreadsheets`.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::{Builder, Stretch, Within};
use crate::canvas::{Attribute, GivenAttributes, Part};
use crate::kind::labels::{self, Named};
use crate::parse::elements::{self, Read};
use crate::parse::inline::{self, is_mark};
use crate::parse::lines;
use crate::parse::outline::{self, BOLD_LINE, Piece, PieceKind, span_of};
use crate::parse::separators::strip_separator;
use crate::source::Span;

/// A longer text after a label is more than a value.
const LONGEST_VALUE: usize = 60;

/// A label at the start of a line.
struct RunIn {
    title: String,
    span: Span,
    lists: Vec<Span>,
    /// The text after it on its line, in the source and as plain text.
    value: Option<(Span, String)>,
    /// Whether a colon or a dash follows it.
    is_separated: bool,
}

impl RunIn {
    /// Whether its content is still to come.
    fn is_open(&self) -> bool {
        let ends_open = |value: &str| value.trim_end().ends_with([':', '：']);
        self.value.as_ref().is_none_or(|(_, value)| ends_open(value))
    }
}

impl Builder<'_, '_, '_> {
    /// Reads a piece that is not a label, and returns how many pieces it took.
    pub(super) fn body(&mut self, at: usize) -> usize {
        let pieces = self.pieces;
        let piece = &pieces[at];
        match (&self.within, piece.kind) {
            (Within::Block(current), PieceKind::List) if self.has_groups(*current) => {
                self.list(piece, *current)
            }
            (Within::Block(current), PieceKind::Paragraph) if self.entry.is_none() => {
                self.paragraph(at, *current)
            }
            _ => self.content(piece.clone()),
        }
    }

    /// Whether the kind has groups of a block, and no entry is open that takes everything.
    fn has_groups(&self, current: usize) -> bool {
        let block = self.gatherings[current].block.index;
        self.entry.is_none() && self.detected.kind.groups.iter().any(|group| group.block == block)
    }

    /// Reads a list, in which an item may be a group of the block with its content.
    fn list(&mut self, piece: &Piece, current: usize) -> usize {
        // The first event of the items that are in no stretch yet.
        let mut before = piece.events.start;
        for item in elements::items(self.reader, piece.events.clone()) {
            let (inline, rest) = elements::first_paragraph(self.reader, item.clone());
            let Some(label) = self.group_label(inline.clone(), current) else { continue };
            let below = outline::pieces(
                self.reader.text,
                self.reader.events,
                rest..item.end - 1,
                &self.reader.block_ids,
            );
            let holds_nothing = below.iter().all(|below| below.kind == PieceKind::Silent);
            let is_label = label.is_separated || label.value.is_none();
            if !is_label || label.value.is_none() && holds_nothing {
                continue;
            }
            self.items(before..item.start + 1);
            before = item.end - 1;
            self.start_group(current, &label);
            self.value(&label, inline);
            below.into_iter().for_each(|below| _ = self.content(below));
            self.end_group(current);
        }
        self.items(before..piece.events.end);
        1
    }

    /// Adds the items of a list that are between two events.
    fn items(&mut self, events: Range<usize>) {
        let inside = events.start + 1..events.end - 1;
        if !inside.is_empty() {
            let span = span_of(self.reader.text, self.reader.events, inside);
            self.content(Piece { kind: PieceKind::List, span, events, goes_on: false });
        }
    }

    /// Reads a paragraph, in which lines may begin with the label of a group of the block.
    fn paragraph(&mut self, at: usize, current: usize) -> usize {
        let pieces = self.pieces;
        let (piece, next) = (&pieces[at], pieces.get(at + 1).map(|next| next.kind));
        let has_groups = self.has_groups(current);
        let begins_group = has_groups && self.group_label(piece.events.clone(), current).is_some();
        if let Some(label) = self.label_above_list(piece, next, current).filter(|_| !begins_group) {
            self.start_group(current, &label);
            self.value(&label, piece.events.clone());
            self.open_last(current);
            return 1;
        }
        if !has_groups {
            return self.content(piece.clone());
        }
        let is_last = |line: &Range<usize>| line.end == piece.events.end;
        let holds = matches!(
            next,
            Some(PieceKind::List | PieceKind::Table | PieceKind::Paragraph | PieceKind::Quote)
        );
        // The lines that are in no stretch yet.
        let mut rest = piece.events.clone();
        let mut open: Option<(RunIn, Range<usize>)> = None;
        for line in lines::split(self.reader, piece.events.clone()) {
            let label = self.group_label(line.clone(), current).filter(|label| {
                label.is_separated && (label.value.is_some() || !is_last(&line) || holds)
                    || label.value.is_none() && is_last(&line) && holds
            });
            let Some(label) = label else { continue };
            self.lines(open.take(), rest.start..line.start.saturating_sub(1), current);
            rest.start = line.start;
            open = Some((label, line));
        }
        self.lines(open, rest, current);
        1
    }

    /// Adds lines of a paragraph, which a label may begin.
    fn lines(&mut self, label: Option<(RunIn, Range<usize>)>, lines: Range<usize>, current: usize) {
        if lines.is_empty() {
            return;
        }
        let Some((label, line)) = label else {
            let span = span_of(self.reader.text, self.reader.events, lines.clone());
            let kind = PieceKind::Paragraph;
            self.content(Piece { kind, span, events: lines, goes_on: false });
            return;
        };
        self.start_group(current, &label);
        if label.value.is_some() {
            self.value(&label, lines);
        } else if line.end + 1 < lines.end {
            let events = line.end + 1..lines.end;
            let span = span_of(self.reader.text, self.reader.events, events.clone());
            self.content(Piece { kind: PieceKind::Paragraph, span, events, goes_on: false });
            self.end_group(current);
            return;
        }
        if label.is_open() { self.open_last(current) } else { self.end_group(current) }
    }

    /// A bold label followed by a short value, with a list after it and another one before it: it
    /// separates the two.
    fn label_above_list(
        &self,
        piece: &Piece,
        next: Option<PieceKind>,
        current: usize,
    ) -> Option<RunIn> {
        let has_list =
            |stretch: &Stretch| stretch.pieces.iter().any(|before| before.kind == PieceKind::List);
        let events = &self.reader.events[piece.events.clone()];
        if next != Some(PieceKind::List)
            || !matches!(events.first(), Some((Event::Start(Tag::Strong), _)))
            || self.is_activities(current)
            || !self.gatherings[current].stretches.last().is_some_and(has_list)
            || lines::split(self.reader, piece.events.clone()).len() > 1
        {
            return None;
        }
        self.run_in(piece.events.clone()).filter(|label| {
            let is_short = |value: &str| value.chars().nth(LONGEST_VALUE).is_none();
            label.is_separated && label.value.as_ref().is_some_and(|(_, value)| is_short(value))
        })
    }

    /// The label of a group of the block at the start of inline events.
    fn group_label(&self, inline: Range<usize>, current: usize) -> Option<RunIn> {
        let block = self.gatherings[current].block.index;
        let is_it = |label: &RunIn| self.detected.names(&label.title) == Some(Named::Group(block));
        self.in_italics(inline.clone()).or_else(|| self.run_in(inline)).filter(is_it)
    }

    /// The italic text that inline events begin with, as a label.
    fn in_italics(&self, inline: Range<usize>) -> Option<RunIn> {
        const COLONS: [char; 2] = [':', '：'];
        let (text, events) = (self.reader.text, self.reader.events);
        let is_start = |at: &usize| matches!(events[*at].0, Event::Start(Tag::Emphasis));
        let start = inline.clone().find(is_start)?;
        if !is_mark(&inline::plain(&events[inline.start..start], &[]).text) {
            return None;
        }
        let title = inline::plain(&events[start..outline::block_end(events, start)], &[]).text;
        let (place, end) = (events[start].1.clone(), span_of(text, events, inline).end as usize);
        let rest = text.get(place.end..end)?;
        let value = strip_separator(rest);
        let ends = title.trim_end().ends_with(COLONS);
        let is_separated = ends || rest.trim_start().len() > value.len();
        let span = Span::new(place.start + 1, place.end - 1);
        let value =
            (!value.is_empty()).then(|| (Span::new(end - value.len(), end), value.to_owned()));
        Some(RunIn { title, span, lists: Vec::new(), value, is_separated })
    }

    /// The name that inline events begin with, as a label.
    fn run_in(&self, inline: Range<usize>) -> Option<RunIn> {
        let Read { plain, name: said, lists } = elements::read(self.reader, inline, 0);
        let name = said.name?;
        let value = plain.text[said.text.clone()].trim();
        let behind = &plain.text[name.end..said.text.start.max(name.end)];
        Some(RunIn {
            title: plain.text[name].to_owned(),
            span: said.name_span,
            lists,
            value: (!value.is_empty()).then(|| (said.text_span, value.to_owned())),
            is_separated: !behind.trim().is_empty()
                || value.is_empty() && plain.text.trim_end().ends_with([':', '：']),
        })
    }

    /// Starts the stretch of a group with this label.
    fn start_group(&mut self, current: usize, label: &RunIn) {
        let mut attributes: Vec<Attribute> = Vec::new();
        for list in &label.lists {
            elements::read_list(self.reader, *list, &mut attributes);
        }
        self.reader.labels.push(label.span);
        let title = labels::plain(&label.title);
        let is_known_group = matches!(self.detected.names(&title), Some(Named::Group(_)));
        let gathering = &mut self.gatherings[current];
        let part = Part {
            title,
            span: label.span,
            department: false,
            parent: gathering.open.last().map(|(_, part)| *part),
            heading: None,
            attributes: GivenAttributes::new(self.reader.source, &attributes),
            lead: Vec::new(),
        };
        gathering.add_part(part, is_known_group);
    }

    /// Adds the text after a label on its line.
    fn value(&mut self, label: &RunIn, events: Range<usize>) {
        if let Some((span, _)) = label.value {
            let end = span_of(self.reader.text, self.reader.events, events.clone()).end;
            let span = Span { start: span.start, end: end.max(span.end) };
            self.content(Piece { kind: PieceKind::Value, span, events, goes_on: false });
        }
    }

    /// Makes what follows belong to the group that was started last, as below a bold line.
    fn open_last(&mut self, current: usize) {
        let gathering = &mut self.gatherings[current];
        gathering.close(BOLD_LINE);
        if let Some(part) = gathering.stretches.last().and_then(|stretch| stretch.part) {
            gathering.open.push((BOLD_LINE, part));
        }
    }

    /// Makes what follows belong to what the group is in.
    fn end_group(&mut self, current: usize) {
        self.gatherings[current].resume();
    }
}
