//! The number of each record.
//!
//! Smaller numbers come first among equals: entries of lists, then documents, then their parts. Numbers are
//! not dense. Each list, each document and each part of a canvas begins at a round number, so that one
//! element more moves only those after it in its part.

use std::ops::Range;

use crate::canvas::{Canvas, Document};
use crate::handbook::DocumentIndex;

/// Lists begin at multiples of this.
const LIST: u32 = 64;
/// The parts of a document begin at a multiple of this.
const DOCUMENT: u32 = 32;
/// The elements of a part of a block begin at a multiple of this.
const PART: u32 = 4;

/// The number of each record.
#[derive(Debug)]
pub struct Numbers {
    /// The first number of each list, followed by that of the documents.
    lists: Vec<u32>,
    /// The first number of each document's parts, followed by the end.
    documents: Vec<u32>,
}

impl Numbers {
    /// Assigns numbers to lists with these numbers of entries, and to documents.
    pub fn new(lists: impl IntoIterator<Item = usize>, documents: &[Size]) -> Self {
        let mut next = 0;
        let mut starts = Vec::new();
        for entries in lists {
            starts.push(next);
            next = round(next + length(entries), LIST);
        }
        starts.push(next);
        next = round(next + length(documents.len()), LIST);
        let mut within = Vec::with_capacity(documents.len() + 1);
        for document in documents {
            within.push(next);
            next += document.room;
        }
        within.push(next);
        Self { lists: starts, documents: within }
    }

    /// The end of all numbers.
    pub fn end(&self) -> u32 {
        self.documents.last().copied().unwrap_or(0)
    }

    /// The numbers of a list, by its index, including the spare ones after its entries.
    pub fn list(&self, list: usize) -> Range<u32> {
        self.lists[list]..self.lists[list + 1]
    }

    /// The number of a document as a whole.
    pub fn document(&self, index: DocumentIndex) -> u32 {
        self.first_document() + index.0
    }

    fn first_document(&self) -> u32 {
        self.lists.last().copied().unwrap_or(0)
    }

    /// The documents whose own number is in a range.
    pub fn whole_documents(&self, numbers: &Range<u32>) -> Range<u32> {
        let (first, count) = (self.first_document(), length(self.documents.len() - 1));
        let index = |number: u32| number.saturating_sub(first).min(count);
        index(numbers.start)..index(numbers.end)
    }

    /// The numbers of a document's parts.
    pub fn within(&self, index: DocumentIndex) -> Range<u32> {
        let at = index.0 as usize;
        self.documents[at]..self.documents[at + 1]
    }

    /// The documents whose parts have numbers in a range.
    pub fn documents(&self, numbers: &Range<u32>) -> Range<u32> {
        let start = self.documents.partition_point(|start| *start <= numbers.start);
        let end = self.documents.partition_point(|start| *start < numbers.end);
        let last = self.documents.len() - 1;
        length(start.saturating_sub(1).min(last))..length(end.min(last))
    }

    /// The elements of a canvas, each with its number.
    pub fn elements(&self, index: DocumentIndex, canvas: &Canvas) -> Vec<u32> {
        let room = self.within(index);
        let mut numbers = Vec::with_capacity(canvas.elements.len());
        let (mut next, mut before) = (room.start, None);
        for element in canvas.elements.iter() {
            let part = Some((element.block, element.part));
            if std::mem::replace(&mut before, part) != part {
                next = round(next, PART);
            }
            numbers.push(next);
            next += 1;
        }
        // Parts that alternate could need more room than there is.
        if next > room.end { (room.start..).take(numbers.len()).collect() } else { numbers }
    }
}

/// How many things can be found in a document.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// The number of bytes of its text.
    pub bytes: u32,
    /// How many numbers its parts may take.
    room: u32,
}

impl Size {
    /// The size of a document.
    pub fn of(document: &Document) -> Self {
        Self { bytes: length(document.text.len()), room: room(document) }
    }
}

/// How many numbers the parts of a document may take.
fn room(document: &Document) -> u32 {
    let Some(canvas) = &document.canvas else {
        return round(length(document.headings.len()), DOCUMENT);
    };
    let parts: usize = canvas.blocks.iter().map(|block| 1 + block.parts.len()).sum();
    round(length(canvas.elements.len()) + PART * length(parts), DOCUMENT)
}

fn round(number: u32, to: u32) -> u32 {
    number.div_ceil(to) * to
}

fn length(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
