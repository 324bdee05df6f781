//! The differences between two canvases, as people see them: the poster of the kind with what was added,
//! removed, changed and moved, then each change in words.

mod concerned;
pub mod index;
pub mod json;
pub mod markdown;
pub mod page;
mod said;

use std::borrow::Cow;

use crate::canvas::Canvas;
use crate::comparison::{Compared, Outcome, Pair};
use crate::handbook::{DocumentIndex, ElementKey, Entry, Handbook};
use crate::kind::{BlockIndex, Kind};
use crate::source::SourcePath;

pub(in crate::view) use concerned::department_link;
pub use said::{
    Said, counted, department, departments, effect, finding, findings, in_words, said, title,
    values,
};

/// The two handbooks of a comparison, which may be one.
#[derive(Clone, Copy, Debug)]
pub struct Handbooks<'h> {
    /// The handbook of the canvases before.
    pub before: &'h Handbook,
    /// The handbook of the canvases after.
    pub after: &'h Handbook,
}

/// A canvas of a comparison by the blocks of its poster.
#[derive(Clone, Debug)]
pub struct Drawn<'h> {
    /// The kind of the canvas after; of the one before if it is gone.
    pub kind: &'h Kind,
    /// Its blocks, in reading order.
    pub blocks: Vec<DrawnBlock<'h>>,
    /// Blocks of the canvas before that its kind does not have.
    pub others: Vec<DrawnBlock<'h>>,
}

/// A block with its elements of both sides.
#[derive(Clone, Debug)]
pub struct DrawnBlock<'h> {
    /// The kind that it belongs to.
    pub kind: &'h Kind,
    /// Its index in the kind.
    pub index: BlockIndex,
    /// Its label in the canvas.
    pub label: &'h str,
    /// Its elements, including those that left.
    pub entries: Vec<DrawnEntry<'h>>,
}

/// An element in a block of a comparison.
#[derive(Clone, Debug)]
pub struct DrawnEntry<'h> {
    /// The element on both sides.
    pub pair: Pair,
    /// Its title after the change, unless it is gone.
    pub name: Cow<'h, str>,
    /// Whether it left this block.
    pub has_left: bool,
}

impl<'h> Drawn<'h> {
    /// The label of a block in the canvas.
    pub fn label(&self, id: &str) -> Option<&'h str> {
        let mut blocks = self.blocks.iter().chain(&self.others);
        blocks.find(|block| block.id() == id).map(|block| block.label)
    }
}

impl<'h> DrawnBlock<'h> {
    /// Its id.
    pub fn id(&self) -> &'h str {
        &self.kind.block_kind(self.index).id
    }
}

impl DrawnEntry<'_> {
    /// The sign of what happened to it, which works without colour.
    pub fn sign(&self) -> &'static str {
        sign(self.pair.outcome)
    }
}

/// The sign of what happened to an element.
pub fn sign(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Same => " ",
        Outcome::Changed => "~",
        Outcome::Moved => "→",
        Outcome::Added => "+",
        Outcome::Removed => "−",
    }
}

impl<'h> Handbooks<'h> {
    /// The entries of a canvas on both sides.
    pub fn entries(self, compared: &Compared) -> [Option<&'h Entry>; 2] {
        let entry = |handbook: &'h Handbook, document: Option<DocumentIndex>| {
            document.map(|document| handbook.entry(document))
        };
        [entry(self.before, compared.before), entry(self.after, compared.after)]
    }

    /// The paths of a canvas on both sides.
    pub fn paths(self, compared: &Compared) -> [Option<&'h str>; 2] {
        self.entries(compared).map(|entry| entry.map(|entry| entry.document.path.as_str()))
    }

    /// The title of the document with a path, after the change if it still exists; empty if there is none.
    pub fn title(self, path: &SourcePath) -> &'h str {
        let title = |handbook: &'h Handbook| {
            handbook.document(path).map(|index| &*handbook.entry(index).document.title)
        };
        title(self.after).or_else(|| title(self.before)).unwrap_or_default()
    }

    /// The label of a block in a canvas, after the change if it still exists.
    pub fn label(self, path: &SourcePath, block: &str) -> Option<&'h str> {
        let label = |handbook: &'h Handbook| {
            let document = &handbook.entry(handbook.document(path)?).document;
            let canvas = document.canvas.as_ref()?;
            Some(canvas.label_of(canvas.kind.block(block)?))
        };
        label(self.after).or_else(|| label(self.before))
    }

    /// The title of an element after the change, unless it is gone.
    pub fn name(self, pair: &Pair) -> Cow<'h, str> {
        let title = |handbook: &'h Handbook, key: ElementKey| {
            let canvas = handbook.entry(key.document).document.canvas.as_ref();
            canvas.map(|canvas| canvas.elements.title(key.element))
        };
        let after = pair.after.and_then(|key| title(self.after, key));
        after.or_else(|| pair.before.and_then(|key| title(self.before, key))).unwrap_or_default()
    }
}

/// Puts the elements of a canvas into the blocks of its poster. `None` if neither side is a canvas.
pub fn draw<'h>(handbooks: Handbooks<'h>, compared: &Compared) -> Option<Drawn<'h>> {
    let [old, new] = handbooks.entries(compared).map(|entry| entry?.document.canvas.as_ref());
    let canvas = new.or(old)?;
    let kind = &*canvas.kind;
    let of = |canvas: &'h Canvas| {
        canvas.kind.indexes().map(move |index| DrawnBlock {
            kind: &canvas.kind,
            index,
            label: canvas.label_of(index),
            entries: Vec::new(),
        })
    };
    let mut blocks: Vec<DrawnBlock<'h>> = of(canvas).collect();
    let foreign = old.into_iter().flat_map(of);
    let mut others: Vec<DrawnBlock<'h>> =
        foreign.filter(|block| kind.block(kind.current_id(block.id())).is_none()).collect();
    for pair in &compared.pairs {
        let id = |handbook: &'h Handbook, key: Option<ElementKey>| {
            let (entry, element, _) = handbook.element(key?)?;
            Some(&*entry.document.canvas.as_ref()?.kind.block_kind(element.block).id)
        };
        let (from, to) = (id(handbooks.before, pair.before), id(handbooks.after, pair.after));
        let from = from.map(|id| kind.current_id(id));
        let is_here = pair.before.map(|key| key.document) == compared.before;
        let is_there = pair.after.map(|key| key.document) == compared.after;
        let mut put = |id: Option<&str>, has_left: bool| {
            let mut all = blocks.iter_mut().chain(&mut others);
            if let Some(block) = all.find(|block| Some(block.id()) == id) {
                block.entries.push(DrawnEntry {
                    pair: *pair,
                    name: handbooks.name(pair),
                    has_left,
                });
            }
        };
        if pair.after.is_some() && is_there {
            put(to, false);
        }
        let has_left = pair.after.is_none() || from != to || !is_there;
        if pair.before.is_some() && is_here && has_left {
            put(from, true);
        }
    }
    others.retain(|block| !block.entries.is_empty());
    Some(Drawn { kind, blocks, others })
}

/// How many elements of a canvas have each outcome.
pub fn count(compared: &Compared, outcome: Outcome) -> usize {
    compared.pairs.iter().filter(|pair| pair.outcome == outcome).count()
}
