//! Which record has which number.
//!
//! Smaller numbers come first among equals: entries of lists, then documents, then what is in them. Numbers
//! are not dense. Each list, each document and each part of a canvas begins at a round number, so that one
//! element more moves only those behind it in its part.

use std::ops::Range;

use crate::canvas::{Canvas, Document};
use crate::handbook::DocumentIndex;
use crate::view::edition::{Edition, Index};

/// Lists begin at multiples of this.
const LIST: u32 = 64;
/// What is in a document begins at a multiple of this.
const DOCUMENT: u32 = 32;
/// The elements of a part of a block begin at a multiple of this.
const PART: u32 = 4;

/// Which record has which number.
pub(super) struct Numbers {
    /// Where each list begins, in the order of [`Index::ALL`]; then where documents do.
    lists: Vec<u32>,
    /// Where what is in each document begins; then where it ends.
    documents: Vec<u32>,
}

impl Numbers {
    /// Those of a handbook.
    pub fn of(edition: &Edition) -> Self {
        let mut next = 0;
        let mut lists = Vec::with_capacity(Index::ALL.len() + 1);
        for index in Index::ALL {
            lists.push(next);
            next = round(next + length(super::entries(edition, index).len()), LIST);
        }
        lists.push(next);
        next = round(next + length(edition.handbook.documents.len()), LIST);
        let mut documents = Vec::with_capacity(edition.handbook.documents.len() + 1);
        for entry in edition.handbook.documents.iter() {
            documents.push(next);
            next += room(&entry.document);
        }
        documents.push(next);
        Self { lists, documents }
    }

    /// The end of all.
    pub fn end(&self) -> u32 {
        self.documents.last().copied().unwrap_or(0)
    }

    /// The first entry of a list, by its place in [`Index::ALL`].
    pub fn list(&self, list: usize) -> u32 {
        self.lists[list]
    }

    /// A document as a whole.
    pub fn document(&self, index: DocumentIndex) -> u32 {
        self.lists[Index::ALL.len()] + index.0
    }

    /// What is in a document.
    pub fn within(&self, index: DocumentIndex) -> Range<u32> {
        let at = index.0 as usize;
        self.documents[at]..self.documents[at + 1]
    }

    /// The documents that have any of some numbers for what is in them.
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

/// How many numbers what is in a document may take.
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
