//! What the documents say of themselves, turned round: which canvases are at a stage, what carries a
//! tag, who answers for what, and which elements a block has across all canvases.

use std::collections::{BTreeMap, BTreeSet};

use super::{DepartmentIndex, DocumentIndex, ElementKey, Entry, Handbook};
use crate::kind::{self, BlockIndex, Kind};
use crate::slug::slug;
use crate::terms::Stage;

/// The lists of a handbook; each in the order of the documents.
#[derive(Clone, Debug, Default)]
pub struct Lists {
    /// Who answers for anything, sorted by id.
    pub owners: Vec<Owner>,
    /// Every tag, sorted by id.
    pub tags: Vec<Tag>,
    /// The canvases of each stage; none of a stage without canvases.
    pub stages: BTreeMap<Stage, Vec<DocumentIndex>>,
    /// The blocks that have elements, in the reading order of their kinds; a block that two kinds
    /// share stands where the first of them that the handbook has a canvas of has it.
    pub blocks: Vec<BlockList>,
}

/// A role that answers for canvases, departments or elements. Names that differ in case or
/// punctuation only are one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Owner {
    /// The slug of the name.
    pub id: String,
    /// The name as first met: in the configuration, else in the documents.
    pub title: String,
    /// The canvases that it owns.
    pub canvases: Vec<DocumentIndex>,
    /// The departments that it answers for everywhere.
    pub departments: Vec<DepartmentIndex>,
    /// The activities and other elements that it answers for.
    pub elements: Vec<ElementKey>,
}

/// A tag. Tags that differ in case or punctuation only are one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tag {
    /// The slug of the tag.
    pub id: String,
    /// The tag as first written.
    pub title: String,
    /// The canvases and pages that carry it.
    pub documents: Vec<DocumentIndex>,
}

/// A building block across all canvases.
#[derive(Clone, Debug, PartialEq)]
pub struct BlockList {
    /// The first kind that has the block, of those that the handbook has a canvas of.
    pub kind: &'static Kind,
    /// The block in that kind.
    pub index: BlockIndex,
    /// Its elements in every canvas, of whichever kind.
    pub elements: Vec<ElementKey>,
    /// In how many canvases it has any.
    pub canvases: usize,
}

impl Lists {
    /// The owner of a name, if it has a list.
    pub fn owner(&self, name: &str) -> Option<usize> {
        let id = slug(name);
        self.owners.binary_search_by(|owner| owner.id.cmp(&id)).ok()
    }

    /// The tag of a name, if it has a list.
    pub fn tag(&self, name: &str) -> Option<usize> {
        let id = slug(name);
        self.tags.binary_search_by(|tag| tag.id.cmp(&id)).ok()
    }
}

/// Gathers the lists of a handbook.
pub(super) fn gather(handbook: &Handbook) -> Lists {
    let mut lists = Gatherer::default();
    for (index, department) in (0u32..).map(DepartmentIndex).zip(&handbook.departments) {
        if let Some(owner) = department.owner.as_deref().and_then(|name| lists.owner(name)) {
            owner.departments.push(index);
        }
    }
    for (index, entry) in handbook.entries() {
        lists.document(index, entry);
    }
    lists.finish()
}

#[derive(Default)]
struct Gatherer {
    owners: BTreeMap<String, Owner>,
    /// The slug of each name met: most owners are named thousands of times in the same way.
    slugs: BTreeMap<String, String>,
    tags: BTreeMap<String, Tag>,
    stages: BTreeMap<Stage, Vec<DocumentIndex>>,
    blocks: BTreeMap<&'static str, Vec<ElementKey>>,
    /// The ids of the kinds that canvases are of.
    kinds: BTreeSet<&'static str>,
}

impl Gatherer {
    /// The owner of a name; none for a name of signs only, which no address can be made of.
    fn owner(&mut self, name: &str) -> Option<&mut Owner> {
        if !self.slugs.contains_key(name) {
            self.slugs.insert(name.to_owned(), slug(name));
        }
        let id = self.slugs.get(name).filter(|id| !id.is_empty())?;
        if !self.owners.contains_key(id) {
            let owner = Owner { id: id.clone(), title: name.to_owned(), ..Owner::default() };
            self.owners.insert(id.clone(), owner);
        }
        self.owners.get_mut(id)
    }

    fn document(&mut self, index: DocumentIndex, entry: &Entry) {
        let front = &entry.document.front;
        for title in &front.tags {
            let id = slug(title);
            if id.is_empty() {
                continue;
            }
            let tag = self.tags.entry(id.clone()).or_insert_with(|| Tag {
                id,
                title: title.clone(),
                documents: Vec::new(),
            });
            // A document may write one tag in two ways.
            if tag.documents.last() != Some(&index) {
                tag.documents.push(index);
            }
        }
        let Some(canvas) = &entry.document.canvas else { return };
        self.kinds.insert(&canvas.kind.id);
        if let Some(stage) = front.stage {
            self.stages.entry(stage).or_default().push(index);
        }
        if let Some(owner) = front.owner.as_deref().and_then(|name| self.owner(name)) {
            owner.canvases.push(index);
        }
        let elements = (0u32..).zip(&canvas.elements).zip(&entry.elements);
        for ((element, written), facts) in elements {
            let key = ElementKey { document: index, element };
            let block = canvas.kind.block_kind(written.block).id.as_str();
            self.blocks.entry(block).or_default().push(key);
            if let Some(owner) = facts.owner.as_deref().and_then(|name| self.owner(name)) {
                owner.elements.push(key);
            }
        }
    }

    fn finish(mut self) -> Lists {
        let mut blocks = Vec::new();
        for kind in kind::kinds().iter().filter(|kind| self.kinds.contains(kind.id.as_str())) {
            for (index, block) in (0u8..).map(BlockIndex).zip(&kind.blocks) {
                if let Some(elements) = self.blocks.remove(block.id.as_str()) {
                    let canvases = elements.chunk_by(|a, b| a.document == b.document).count();
                    blocks.push(BlockList { kind, index, elements, canvases });
                }
            }
        }
        Lists {
            owners: self.owners.into_values().collect(),
            tags: self.tags.into_values().collect(),
            stages: self.stages,
            blocks,
        }
    }
}
