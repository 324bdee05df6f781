//! The inverse of what the documents declare: what each department does, the activities of a
//! category, the canvases at a stage, the documents with a tag, what each owner is responsible for,
//! and the elements of a block across all canvases.

mod initials;
mod ledger;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::{DepartmentIndex, DocumentIndex, ElementFacts, ElementKey, Entry};
use crate::canvas::Category;
use crate::kind::{BlockIndex, Kind};
use crate::slug::slug;
use crate::terms::Stage;

pub use initials::{DIGITS_AND_SIGNS, Gathered, Initial, Titled};
pub(super) use ledger::Ledger;

/// The lists of a handbook; each in the order of the documents.
#[derive(Clone, Debug, Default)]
pub struct Lists {
    /// The activities of each category, in order; categories without activities are missing.
    pub categories: BTreeMap<Category, Arc<Vec<ElementKey>>>,
    /// How many activities have no category.
    pub uncategorised: usize,
    /// Everybody who is responsible for anything, sorted by id.
    pub owners: Vec<Owner>,
    /// Every tag, sorted by id.
    pub tags: Vec<Tag>,
    /// The canvases of each stage; stages without canvases are missing.
    pub stages: BTreeMap<Stage, Vec<DocumentIndex>>,
    /// The canvases that have a review interval, or an element with one.
    pub reviews: Vec<DocumentIndex>,
    /// The blocks that have elements, in the reading order of their kinds; a block that two kinds
    /// share is where the first of them with a canvas in the handbook has it.
    pub blocks: Vec<BlockList>,
    /// The kinds of the handbook's canvases, the default one first.
    pub kinds: Vec<KindList>,
    /// The elements of all canvases by the first letter of their titles, sorted by it.
    pub initials: Vec<Initial>,
}

/// A role that is responsible for canvases, departments or elements. Names that differ only in case
/// or punctuation are one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Owner {
    /// The slug of the name.
    pub id: String,
    /// The name as it first occurs: in the configuration, else in the documents.
    pub title: String,
    /// The canvases that it owns.
    pub canvases: Vec<DocumentIndex>,
    /// The departments that it is responsible for everywhere.
    pub departments: Vec<DepartmentIndex>,
    /// The activities and other elements that it is responsible for.
    pub elements: Arc<Vec<ElementKey>>,
}

/// A tag. Tags that differ only in case or punctuation are one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tag {
    /// The slug of the tag.
    pub id: String,
    /// The tag as first written.
    pub title: String,
    /// The canvases and pages that have it.
    pub documents: Vec<DocumentIndex>,
}

/// A kind of canvas.
#[derive(Clone, Debug)]
pub struct KindList {
    /// The kind.
    pub kind: Arc<Kind>,
    /// Its canvases.
    pub canvases: Vec<DocumentIndex>,
}

/// A building block across all canvases.
#[derive(Clone, Debug)]
pub struct BlockList {
    /// The name of its page: the id, unless an earlier kind gave that to a block with another
    /// label.
    pub name: String,
    /// The first kind that has the block and a canvas in the handbook.
    pub kind: Arc<Kind>,
    /// The block in that kind.
    pub index: BlockIndex,
    /// Its elements in every canvas, of whichever kind.
    pub elements: Arc<Titled>,
    /// In how many canvases it has elements.
    pub canvases: usize,
}

impl BlockList {
    /// The block's id in its kinds.
    pub fn id(&self) -> &str {
        &self.kind.block_kind(self.index).id
    }

    /// Whether elements of one name are one thing; see [`BlockKind::gathers`](crate::kind::BlockKind::gathers).
    pub fn gathers(&self) -> bool {
        self.kind.block_kind(self.index).gathers
    }
}

impl Lists {
    /// The index of the owner with a name, if it has a list.
    pub fn owner(&self, name: &str) -> Option<usize> {
        let id = slug(name);
        self.owners.binary_search_by(|owner| owner.id.cmp(&id)).ok()
    }

    /// The index of the tag with a name, if it has a list.
    pub fn tag(&self, name: &str) -> Option<usize> {
        let id = slug(name);
        self.tags.binary_search_by(|tag| tag.id.cmp(&id)).ok()
    }
}

/// Whether the entries of two documents at the same index contribute equally to every list.
pub(super) fn are_same(old: &Entry, new: &Entry) -> bool {
    let front = |entry: &Entry| {
        let front = &entry.document.front;
        let is_reviewed = entry.document.reviews().next().is_some();
        let is_scenario = entry.document.is_scenario();
        (front.tags.clone(), front.stage, front.owner.clone(), is_reviewed, is_scenario)
    };
    let kind = |entry: &Entry| Some(Arc::clone(&entry.document.canvas.as_ref()?.kind));
    let elements =
        |entry: &Entry| entry.document.canvas.as_ref().map_or(0, |canvas| canvas.elements.len());
    fn listed(entry: &Entry) -> impl Iterator<Item = Listed<'_>> {
        let elements = entry.document.canvas.iter().flat_map(|canvas| canvas.elements.iter());
        let facts = entry.elements.iter();
        elements.zip(facts).map(|(element, facts)| {
            let ElementFacts { department, contributing, category, owner, .. } = facts;
            (element.block, department, contributing, category, owner, element.title())
        })
    }
    front(old) == front(new)
        && kind(old) == kind(new)
        && elements(old) == elements(new)
        && listed(old).eq(listed(new))
}

/// The properties of an element that lists depend on.
type Listed<'e> = (
    BlockIndex,
    Option<DepartmentIndex>,
    &'e [DepartmentIndex],
    Option<Category>,
    Option<&'e str>,
    Cow<'e, str>,
);
