//! The entries of a canvas's blocks. A large handbook has half a million, so only the place of each is
//! kept; it is put together when it is needed, which allocates nothing.

use std::borrow::Cow;
use std::num::NonZeroU32;
use std::ops::Range;
use std::sync::Arc;

use super::attributes::{Attribute, AttributeKey, Attributes};
use super::texts::{Passage, Text, Texts, TextsBuilder, Words};
use super::{ReviewInterval, Spanned};
use crate::kind::BlockIndex;
use crate::source::Span;

/// One entry of a block.
#[derive(Clone, Copy, Debug)]
pub struct Element<'c> {
    /// Its block.
    pub block: BlockIndex,
    /// The innermost part it is in: an index into [`super::Block::parts`] of its block.
    pub part: Option<u32>,
    /// Its name as plain text; `None` for a long item without a separator.
    pub name: Option<&'c str>,
    /// The name with its markup.
    pub name_span: Span,
    /// What follows the name in the element's first paragraph, as plain text; may be empty.
    pub text: Text<'c>,
    /// The text with its markup.
    pub text_span: Span,
    /// The pieces that its text is made of if these are apart: the cells of a row, or what counts it before its name.
    pub cells: &'c [Cell],
    /// Nested lists and further paragraphs, as spans of whole Markdown blocks.
    pub detail: &'c [Span],
    /// The whole element.
    pub span: Span,
    /// The attribute list after the name or at the end of the first line.
    pub attributes: Attributes<'c>,
}

impl<'c> Element<'c> {
    /// The name of the element, else its text.
    pub fn title(&self) -> Cow<'c, str> {
        self.name.map_or_else(|| self.text.get(), Cow::Borrowed)
    }

    /// The place of [`Self::title`].
    pub fn title_span(&self) -> Span {
        if self.name.is_some() { self.name_span } else { self.text_span }
    }
}

/// The elements of a canvas, in order of appearance.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Elements {
    kept: Box<[Kept]>,
    texts: Texts,
    /// The pieces of the texts of all elements.
    pieces: Box<[Passage]>,
    details: Box<[Span]>,
    attributes: Box<[Attribute]>,
    /// The cells, in the order of their elements; only rows of tables and entries that are counted have any.
    cells: Box<[Cell]>,
}

/// A cell of a table, or another place, with a part of an element's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The element.
    pub row: Span,
    /// The column's header, if the text names it; else empty.
    pub label: Span,
    /// The text of the cell.
    pub value: Span,
}

/// The stored form of an element.
#[derive(Clone, Debug, PartialEq)]
struct Kept {
    place: ElementPlace,
    /// The name; empty if it has none.
    name: Passage,
    /// The range of its pieces among those of all elements.
    text: Span,
    detail: Span,
    attributes: Span,
}

/// The place of an element and of its pieces.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ElementPlace {
    block: BlockIndex,
    /// The part's index plus one, so that the `Option` costs no space.
    part: Option<NonZeroU32>,
    span: Span,
    name: Span,
    text: Span,
}

impl ElementPlace {
    /// The place of an element in a block and a part of it: that of the whole element, of its name
    /// and of its text.
    pub fn new(block: BlockIndex, part: Option<u32>, [span, name, text]: [Span; 3]) -> Self {
        let part = part.and_then(|part| NonZeroU32::new(part.saturating_add(1)));
        Self { block, part, span, name, text }
    }
}

impl Elements {
    /// The attributes of all elements, in their order.
    pub fn all_attributes(&self) -> Attributes<'_> {
        Attributes::new(self.texts.source(), &self.attributes)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.kept.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }

    /// The element with an index, which must exist.
    pub fn at(&self, index: u32) -> Element<'_> {
        self.element(&self.kept[index as usize])
    }

    /// The element with an index.
    pub fn get(&self, index: u32) -> Option<Element<'_>> {
        Some(self.element(self.kept.get(index as usize)?))
    }

    /// Every element.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Element<'_>> + Clone {
        self.kept.iter().map(|kept| self.element(kept))
    }

    /// The elements of a block with their indexes.
    pub fn in_block(&self, block: BlockIndex) -> impl Iterator<Item = (u32, Element<'_>)> {
        let of_block = (0u32..).zip(&self.kept).filter(move |(_, kept)| kept.place.block == block);
        of_block.map(|(index, kept)| (index, self.element(kept)))
    }

    /// The block of an element, which must exist.
    pub fn block(&self, index: u32) -> BlockIndex {
        self.kept[index as usize].place.block
    }

    /// The name of an element, if it exists and has one.
    pub fn name(&self, index: u32) -> Option<&str> {
        let name = self.kept.get(index as usize)?.name;
        (!name.is_empty()).then(|| self.texts.get(name))
    }

    /// The title of an element, empty if it does not exist; see [`Element::title`].
    pub fn title(&self, index: u32) -> Cow<'_, str> {
        match self.name(index) {
            Some(name) => Cow::Borrowed(name),
            None => self.get(index).map(|element| element.title()).unwrap_or_default(),
        }
    }

    /// The index of the element that contains a piece of the source.
    pub fn holding(&self, piece: Span) -> Option<u32> {
        let at = self.kept.partition_point(|kept| kept.place.span.end <= piece.start);
        let is_inside = self.kept.get(at)?.place.span.contains(piece);
        is_inside.then(|| u32::try_from(at).unwrap_or(u32::MAX))
    }

    /// The index of the first element that starts in a piece of the source.
    pub fn first_in(&self, piece: Span) -> Option<u32> {
        let at = self.kept.partition_point(|kept| kept.place.span.start < piece.start);
        let is_inside = self.kept.get(at)?.place.span.start < piece.end;
        is_inside.then(|| u32::try_from(at).unwrap_or(u32::MAX))
    }

    fn element(&self, kept: &Kept) -> Element<'_> {
        let ElementPlace { block, part, span, name, text } = kept.place;
        let pieces = self.pieces.get(kept.text.range()).unwrap_or_default();
        let attributes = self.attributes.get(kept.attributes.range()).unwrap_or_default();
        Element {
            block,
            part: part.map(|part| part.get() - 1),
            name: (!kept.name.is_empty()).then(|| self.texts.get(kept.name)),
            name_span: name,
            text: Text::new(&self.texts, pieces),
            text_span: text,
            cells: self.cells(span),
            detail: self.details.get(kept.detail.range()).unwrap_or_default(),
            span,
            attributes: Attributes::new(self.texts.source(), attributes),
        }
    }

    /// The elements with a review interval of their own.
    pub fn reviewed(&self) -> impl Iterator<Item = (u32, Spanned<ReviewInterval>)> {
        let has_any = self.attributes.iter().any(|it| it.key == AttributeKey::ReviewEvery);
        let elements = (0..).zip(self.iter()).take_while(move |_| has_any);
        elements.filter_map(|(index, element)| Some((index, element.attributes.review_every()?)))
    }

    /// The cells of the element at a place.
    fn cells(&self, row: Span) -> &[Cell] {
        let start = self.cells.partition_point(|cell| cell.row < row);
        let of_row = &self.cells[start..];
        &of_row[..of_row.partition_point(|cell| cell.row == row)]
    }
}

/// The elements of a canvas while they are gathered.
#[derive(Debug)]
pub struct ElementsBuilder {
    kept: Vec<Kept>,
    texts: TextsBuilder,
    pieces: Vec<Passage>,
    details: Vec<Span>,
    attributes: Vec<Attribute>,
    cells: Vec<Cell>,
}

impl ElementsBuilder {
    /// A builder without elements, for a document with this source.
    pub fn new(source: &Arc<str>) -> Self {
        let (kept, texts) = (Vec::new(), TextsBuilder::new(source));
        let (pieces, details, attributes, cells) = Default::default();
        Self { kept, texts, pieces, details, attributes, cells }
    }

    /// Reserves room for about `count` elements.
    pub fn reserve(&mut self, count: usize) {
        self.kept.reserve(count);
    }

    /// Adds an element.
    pub fn push<'w>(
        &mut self,
        place: ElementPlace,
        name: Option<Words<'_>>,
        text: impl Iterator<Item = Words<'w>>,
        detail: &[Span],
        attributes: &[Attribute],
    ) {
        let name = name.map_or_else(Passage::default, |name| self.texts.keep(name));
        let start = self.pieces.len();
        self.texts.keep_all(text, &mut self.pieces);
        let text = (start..self.pieces.len()).into();
        let detail = added(&mut self.details, detail).into();
        let attributes = added(&mut self.attributes, attributes).into();
        self.kept.push(Kept { place, name, text, detail, attributes });
    }

    /// Adds the cells with the text of an element.
    pub fn push_cells(&mut self, cells: &[Cell]) {
        self.cells.extend(cells);
    }

    /// The elements in order of appearance, without room for more.
    pub fn finish(mut self) -> Elements {
        // A block that is named twice has elements in two places.
        self.kept.sort_by_key(|kept| kept.place.span);
        self.cells.sort_by_key(|cell| cell.row);
        Elements {
            kept: Box::from(&*self.kept),
            texts: self.texts.finish(),
            pieces: Box::from(&*self.pieces),
            details: Box::from(&*self.details),
            attributes: Box::from(&*self.attributes),
            cells: Box::from(&*self.cells),
        }
    }
}

/// Adds some items to a list of all, and returns their range.
fn added<T: Copy>(all: &mut Vec<T>, some: &[T]) -> Range<usize> {
    let start = all.len();
    all.extend_from_slice(some);
    start..all.len()
}
