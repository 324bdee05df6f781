//! The pieces of a canvas as blocks, parts, elements and sections.

mod entries;
mod run_in_groups;

use std::sync::Arc;

use pulldown_cmark::{Event, Tag};

use super::Reader;
use super::detect::{Detected, Meaning, Says};
use super::fill;
use super::headings::Headings;
use super::inline::Plain;
use super::lines;
use super::outline::{BOLD_LINE, Piece, PieceKind, span_of};
use super::remarks::{is_remark, is_sentence};
use crate::canvas::{
    Attributes, Block, Canvas, DoubtfulLabel, ElementsBuilder, GivenAttributes, Part, Section,
    Spanned,
};
use crate::diagnostic::catalogue;
use crate::kind::BlockIndex;
use crate::kind::departments::{built_in_of, key};
use crate::kind::labels::{self, Label};
use crate::source::{Location, Span};

/// A canvas, and the stretches of the source that belong to each block.
pub(super) struct Built {
    pub canvas: Canvas,
    /// The stretches, in order of appearance.
    pub regions: Vec<(Span, BlockIndex)>,
}

/// Adjacent pieces below a block's label, or below a part's.
pub(super) struct Stretch {
    pub part: Option<u32>,
    /// Whether it is below a label that the kind knows as a group of the block, such as Early
    /// Adopters.
    pub is_known_group: bool,
    pub pieces: Vec<Piece>,
}

/// A block while its pieces are gathered.
struct Gathering {
    block: Block,
    /// Whether the block's label was found, and not only a group of it.
    is_labelled: bool,
    stretches: Vec<Stretch>,
    /// The open parts, outermost first: their level and index.
    open: Vec<(u8, u32)>,
    /// The parts that only repeat the block's name.
    own_names: Vec<u32>,
}

impl Gathering {
    /// Adds a part, and the stretch that begins with it.
    fn add_part(&mut self, part: Part, is_known_group: bool) -> u32 {
        let index = u32::try_from(self.block.parts.len()).unwrap_or(u32::MAX);
        self.block.parts.push(part);
        let part = Some(index);
        self.stretches.push(Stretch { part, is_known_group, pieces: Vec::new() });
        index
    }

    /// Closes the parts of a level and those below it.
    fn close(&mut self, level: u8) {
        while self.open.last().is_some_and(|(open, _)| *open >= level) {
            self.open.pop();
        }
    }

    /// Begins a stretch that continues the innermost open part.
    fn resume(&mut self) {
        let part = self.open.last().map(|(_, part)| *part);
        let before = self.stretches.iter().rev().find(|stretch| stretch.part == part);
        let is_known_group = before.is_some_and(|before| before.is_known_group);
        self.stretches.push(Stretch { part, is_known_group, pieces: Vec::new() });
    }
}

/// The present place of the reading.
enum Within {
    Introduction,
    Block(usize),
    Section,
}

struct Builder<'b, 'r, 't> {
    reader: &'b mut Reader<'r, 't>,
    pieces: &'b [Piece],
    /// For each piece whether a list or a table is between the labels of the block level around it.
    lists: Vec<bool>,
    detected: &'b Detected<'b>,
    headings: &'b mut Headings,
    within: Within,
    gatherings: Vec<Gathering>,
    sections: Vec<Section>,
    doubtful_labels: Vec<DoubtfulLabel>,
    regions: Vec<(Span, BlockIndex)>,
    introduction_end: Option<u32>,
    body: Span,
    /// The level of the heading that is an entry and contains what is below it.
    entry: Option<u8>,
}

/// Builds the canvas.
pub(super) fn build(
    reader: &mut Reader<'_, '_>,
    pieces: &[Piece],
    detected: &Detected<'_>,
    body: Span,
    headings: &mut Headings,
) -> Built {
    let mut builder = Builder {
        reader,
        pieces,
        lists: lists_around(pieces, detected.level),
        detected,
        headings,
        within: Within::Introduction,
        gatherings: Vec::new(),
        sections: Vec::new(),
        doubtful_labels: Vec::new(),
        regions: Vec::new(),
        introduction_end: None,
        body,
        entry: None,
    };
    let mut at = 0;
    while let Some(piece) = pieces.get(at) {
        at += match piece.kind {
            PieceKind::Label(level) => builder.label(at, level),
            _ => builder.body(at),
        };
    }
    builder.finish()
}

impl Builder<'_, '_, '_> {
    /// Reads a label, and returns how many pieces it took.
    fn label(&mut self, at: usize, level: u8) -> usize {
        let piece = &self.pieces[at];
        let block_level = self.detected.level;
        let Some(says) = self.detected.says(at) else { return self.content(piece.clone()) };
        if self.entry.is_some_and(|open| level > open) {
            return self.content(piece.clone());
        }
        if is_only_number(&says.plain.text) {
            return self.number(at);
        }
        self.entry = None;
        // A title above the blocks may have the name of one.
        let is_stray = level != block_level
            && !matches!(self.within, Within::Introduction)
            && self.detected.is_stray_block(self.pieces, at, level);
        if level == block_level || is_stray {
            match self.detected.meaning(says) {
                Some(Meaning::Block(block, label)) => return self.start_block(piece, block, label),
                Some(Meaning::Group(block)) => return self.start_known_group(piece, says, block),
                None => {}
            }
        }
        if let Some(name) = self.counted_entry(at, level, says) {
            return self.start_entry(piece, level, name);
        }
        match self.within {
            Within::Block(current)
                if level == block_level
                    && self.is_activities(current)
                    && is_known_department(&says.plain.text) =>
            {
                return self.start_part(piece, level, says, false);
            }
            Within::Block(current)
                if level > block_level || self.names_department(level, current) =>
            {
                return self.inner_label(at, level, current, says);
            }
            Within::Block(_) | Within::Section if level <= block_level => {
                self.start_section(piece, &says.plain);
            }
            _ => {
                self.headings.add(self.reader, piece);
            }
        }
        1
    }

    /// Whether a label is a bold line in Key Activities where the blocks' labels are bold lines too: there
    /// is no lower level left for departments.
    fn names_department(&self, level: u8, current: usize) -> bool {
        level == BOLD_LINE && self.is_activities(current)
    }

    /// Whether a block is the one whose parts are departments.
    fn is_activities(&self, current: usize) -> bool {
        self.detected.kind.departments_block() == Some(self.gatherings[current].block.index)
    }

    /// Skips a heading that has a number or an emoji and no word: it belongs to the next one. A
    /// bold line below the block level is text.
    fn number(&mut self, at: usize) -> usize {
        let piece = &self.pieces[at];
        if piece.kind == PieceKind::Label(BOLD_LINE) && self.detected.level != BOLD_LINE {
            return self.content(piece.clone());
        }
        let next = self.pieces.get(at + 1).map(|next| next.kind);
        let is_for_block =
            next == Some(PieceKind::Label(self.detected.level)) && self.detected.is_block(at + 1);
        if matches!(self.within, Within::Introduction) && is_for_block {
            self.introduction_end.get_or_insert(piece.span.start);
        }
        1
    }

    /// Reads a label below the block level within a block: a part, unless it only asks, is a bold
    /// sentence or has nothing below it.
    fn inner_label(&mut self, at: usize, level: u8, current: usize, says: &Says<'_>) -> usize {
        let piece = &self.pieces[at];
        if says.plain.only_asks() {
            return self.content(piece.clone());
        }
        if level == BOLD_LINE {
            let mut next = self.pieces[at + 1..].iter();
            let next = next.find(|next| next.kind != PieceKind::Silent).map(|next| next.kind);
            let holds_nothing = matches!(next, None | Some(PieceKind::Label(_)));
            if holds_nothing || is_sentence(&says.plain.text) {
                return self.content(piece.clone());
            }
            if let Some(whole) = self.named_paragraph(at, current) {
                self.content(whole);
                return 2;
            }
        }
        self.start_part(piece, level, says, false)
    }

    /// A bold line and the lines that follow it in the same paragraph, as one paragraph: a name
    /// with its text. In a block that has lists, and in the block of departments, the bold line is
    /// a sub-heading.
    fn named_paragraph(&self, at: usize, current: usize) -> Option<Piece> {
        let (piece, next) = (&self.pieces[at], self.pieces.get(at + 1)?);
        let block = self.gatherings[current].block.index;
        if !piece.goes_on
            || next.kind != PieceKind::Paragraph
            || self.detected.kind.departments_block() == Some(block)
            || self.lists[at]
            || lines::marked(self.reader, next.events.clone()).is_some()
        {
            return None;
        }
        let events = piece.events.start..next.events.end;
        let span = span_of(self.reader.text, self.reader.events, events.clone());
        Some(Piece { kind: PieceKind::Paragraph, span, events, goes_on: false })
    }

    fn start_block(&mut self, piece: &Piece, block: BlockIndex, label: &Label<'_>) -> usize {
        self.end_stretch(piece.span.start);
        if self.detected.is_nonstandard(label) {
            let written = label.written.clone();
            self.doubtful_labels.push(DoubtfulLabel { written, block, span: piece.span });
        }
        let attributes = self.reader.label_with_id(piece);
        self.reader.labels.push(piece.span);
        self.regions.push((piece.span, block));
        let current = self.gathering(block);
        let gathering = &mut self.gatherings[current];
        if !gathering.is_labelled {
            gathering.is_labelled = true;
            let usual = self.detected.kind.block_kind(block).label.as_str();
            let is_usual = label.written == usual;
            gathering.block.label = (!is_usual).then(|| label.written.as_str().into());
            gathering.block.heading = piece.span;
        } else {
            let usual = self.detected.kind.block_kind(block).label.as_str();
            let first = gathering.block.label.as_deref().unwrap_or(usual);
            if label.written != first {
                let (place, before) = (piece.span, gathering.block.heading);
                let at = |span| Location::new(self.reader.path, span);
                let told = catalogue::second_heading(at(place), first, at(before));
                self.reader.diagnostics.push(told);
            }
        }
        let given = Attributes::new(self.reader.source, &attributes).id();
        let given = given.map(|id| Box::new(Spanned { value: id.value.to_owned(), span: id.span }));
        gathering.block.id = gathering.block.id.take().or(given);
        gathering.open.clear();
        let root = Stretch { part: None, is_known_group: false, pieces: Vec::new() };
        gathering.stretches.push(root);
        self.within = Within::Block(current);
        1
    }

    /// A group at the block level, such as Early Adopters, belongs to its block, wherever it is,
    /// even if nothing else of the block is written.
    fn start_known_group(&mut self, piece: &Piece, says: &Says<'_>, block: BlockIndex) -> usize {
        self.end_stretch(piece.span.start);
        self.regions.push((piece.span, block));
        let current = self.gathering(block);
        if !self.gatherings[current].is_labelled {
            let start = piece.span.start;
            self.gatherings[current].block.heading = Span { start, end: start };
        }
        self.within = Within::Block(current);
        self.start_part(piece, self.detected.level, says, true)
    }

    /// The index of a block among those met so far; a new one has no label yet.
    fn gathering(&mut self, index: BlockIndex) -> usize {
        let known = self.gatherings.iter().position(|known| known.block.index == index);
        known.unwrap_or_else(|| {
            let block = Block {
                index,
                label: None,
                heading: Span::default(),
                id: None,
                lead: Vec::new(),
                parts: Vec::new(),
                rest: Vec::new(),
            };
            let (stretches, open, own_names) = Default::default();
            let is_labelled = false;
            self.gatherings.push(Gathering { block, is_labelled, stretches, open, own_names });
            self.gatherings.len() - 1
        })
    }

    fn start_part(
        &mut self,
        piece: &Piece,
        level: u8,
        says: &Says<'_>,
        at_block_level: bool,
    ) -> usize {
        let Within::Block(current) = self.within else { return 1 };
        let title = labels::plain(&says.plain.text);
        let meaning = self.detected.meaning(says);
        let is_known_group = at_block_level || matches!(meaning, Some(Meaning::Group(_)));
        let attributes = self.reader.label_attributes(piece);
        self.reader.labels.push(piece.span);
        let gathering = &mut self.gatherings[current];
        gathering.close(level);
        // A built-in department is one of its own, whatever heading it is below.
        let parent = gathering.open.last().map(|(_, part)| *part);
        let is_activities = self.detected.kind.departments_block() == Some(gathering.block.index);
        let parent = parent.filter(|part| {
            let is_own = gathering.own_names.contains(part);
            !is_activities || is_own || !is_known_department(&title)
        });
        // `Core Activities` only repeats the block's name.
        let own = gathering.block.index;
        let is_own = matches!(meaning, Some(Meaning::Block(index, _)) if index == own);
        let department = is_activities
            && !is_own
            && !is_remark(&title)
            && parent.is_none_or(|parent| gathering.own_names.contains(&parent));
        let heading = if department {
            None
        } else {
            let given = Attributes::new(self.reader.source, &attributes);
            self.headings.push(piece, &title, given.id())
        };
        let span = self.reader.label_span(piece);
        if !(is_activities || is_own || is_known_group) {
            self.tell_doubtful_group(own, &title, span);
        }
        let gathering = &mut self.gatherings[current];
        let attributes = GivenAttributes::new(self.reader.source, &attributes);
        let lead = Vec::new();
        let part = Part { title, span, department, parent, heading, attributes, lead };
        let index = gathering.add_part(part, is_known_group);
        gathering.open.push((level, index));
        if is_own {
            gathering.own_names.push(index);
        }
        1
    }

    fn start_section(&mut self, piece: &Piece, says: &Plain) {
        self.end_stretch(piece.span.start);
        let title = says.text.trim().to_owned();
        let heading = self.headings.add(self.reader, piece);
        let body = Span { start: piece.span.end, end: piece.span.end };
        self.reader.labels.push(piece.span);
        self.sections.push(Section { heading, title, body });
        self.within = Within::Section;
    }

    fn content(&mut self, piece: Piece) -> usize {
        if let Within::Block(current) = self.within
            && let Some(stretch) = self.gatherings[current].stretches.last_mut()
        {
            stretch.pieces.push(piece);
        }
        1
    }

    /// Closes the introduction, the block's region or the section that reaches up to `end`.
    fn end_stretch(&mut self, end: u32) {
        match self.within {
            Within::Introduction => {
                self.introduction_end.get_or_insert(end);
            }
            Within::Block(_) => {
                if let Some((region, _)) = self.regions.last_mut() {
                    region.end = end.max(region.start);
                }
            }
            Within::Section => {
                if let Some(section) = self.sections.last_mut() {
                    section.body.end = end.max(section.body.start);
                }
            }
        }
    }

    fn finish(mut self) -> Built {
        self.end_stretch(self.body.end);
        let is_item = |(event, _): &&(Event<'_>, _)| matches!(event, Event::Start(Tag::Item));
        self.reader.elements.reserve(self.reader.events.iter().filter(is_item).count());
        let mut blocks = Vec::with_capacity(self.gatherings.len());
        for gathering in std::mem::take(&mut self.gatherings) {
            let mut block = gathering.block;
            fill::fill(self.reader, &mut block, &gathering.stretches, self.detected);
            blocks.push(block);
        }
        let none = ElementsBuilder::new(self.reader.source);
        let elements = std::mem::replace(&mut self.reader.elements, none).finish();
        let introduction = Span {
            start: self.body.start,
            end: self.introduction_end.unwrap_or(self.body.end).max(self.body.start),
        };
        let kind = Arc::clone(self.detected.kind);
        let doubtful_labels = self.doubtful_labels.into();
        let sections = self.sections;
        let canvas = Canvas { kind, introduction, blocks, elements, sections, doubtful_labels };
        Built { canvas, regions: self.regions }
    }
}

/// For each piece whether a list or a table is between the labels of the block level around it.
fn lists_around(pieces: &[Piece], block_level: u8) -> Vec<bool> {
    let starts =
        |piece: &Piece| matches!(piece.kind, PieceKind::Label(level) if level <= block_level);
    let mut around = Vec::with_capacity(pieces.len());
    while let Some((_, behind)) = pieces[around.len()..].split_first() {
        let count = 1 + behind.iter().take_while(|piece| !starts(piece)).count();
        let of_block = &pieces[around.len()..around.len() + count];
        let lists = |piece: &Piece| matches!(piece.kind, PieceKind::List | PieceKind::Table);
        let has_list = of_block.iter().any(lists);
        around.resize(around.len() + count, has_list);
    }
    around
}

/// Whether a title is that of a built-in department.
fn is_known_department(title: &str) -> bool {
    built_in_of(&key(title)).is_some()
}

/// Whether a label only numbers the next one: `1.`, `§2`, `🔟`, `3`.
pub(super) fn is_only_number(label: &str) -> bool {
    let plain = labels::plain(label);
    plain.len() <= 2 && plain.chars().all(|character| character.is_ascii_digit())
}
