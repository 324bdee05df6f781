//! What the documents say of themselves, turned round: what each department does, which activities
//! a category has, which canvases are at a stage, what carries a tag, who answers for what, and which
//! elements a block has across all canvases.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Department, DepartmentIndex, DocumentIndex, ElementFacts, ElementKey, Entry};
use crate::canvas::Category;
use crate::kind::{self, BlockIndex, Kind};
use crate::slug::slug;
use crate::terms::Stage;

/// The lists of a handbook; each in the order of the documents.
#[derive(Clone, Debug, Default)]
pub struct Lists {
    /// The activities of each category, in order; none of a category without activities.
    pub categories: BTreeMap<Category, Vec<ElementKey>>,
    /// How many activities have no category.
    pub uncategorised: usize,
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

/// Gathers the lists of a handbook, and tells each department which activities it leads and
/// contributes to.
pub(super) fn gather(
    documents: &[Arc<Entry>],
    mut departments: Vec<Department>,
) -> (Vec<Department>, Lists) {
    let mut lists = Gatherer::default();
    for (index, department) in (0u32..).map(DepartmentIndex).zip(&departments) {
        if let Some(owner) = department.owner.as_deref().and_then(|name| lists.owner(name)) {
            owner.departments.push(index);
        }
    }
    for (index, entry) in (0u32..).map(DocumentIndex).zip(documents) {
        lists.document(index, entry);
        lists.activities(index, entry, &mut departments);
    }
    for department in &mut departments {
        department.leads.sort_by_cached_key(|key| {
            let category =
                documents[key.document.0 as usize].elements[key.element as usize].category;
            (category.is_none(), category, *key)
        });
    }
    (departments, lists.finish())
}

/// True where two documents that stand in the same place give every list the same.
pub(super) fn are_same(old: &Entry, new: &Entry) -> bool {
    let front = |entry: &Entry| {
        let front = &entry.document.front;
        (front.tags.clone(), front.stage, front.owner.clone())
    };
    let kind = |entry: &Entry| entry.document.canvas.as_ref().map(|canvas| &canvas.kind.id);
    let elements = |entry: &Entry| {
        entry.document.canvas.as_ref().map_or(&[][..], |canvas| &canvas.elements).len()
    };
    fn listed(entry: &Entry) -> impl Iterator<Item = Listed<'_>> {
        let elements = entry.document.canvas.iter().flat_map(|canvas| &canvas.elements);
        let facts = entry.elements.iter();
        elements.zip(facts).map(|(element, facts)| {
            let ElementFacts { department, contributing, category, owner, .. } = facts;
            (element.block, *department, &**contributing, *category, owner.as_deref())
        })
    }
    front(old) == front(new)
        && kind(old) == kind(new)
        && elements(old) == elements(new)
        && listed(old).eq(listed(new))
}

/// What the lists take of an element.
type Listed<'e> =
    (BlockIndex, Option<DepartmentIndex>, &'e [DepartmentIndex], Option<Category>, Option<&'e str>);

impl Department {
    /// Takes note of a canvas in which it has an activity; canvases come in order, before its lists
    /// are sorted.
    fn meet(&mut self, canvas: DocumentIndex) {
        let is_last = |keys: &[ElementKey]| keys.last().is_some_and(|key| key.document == canvas);
        if !is_last(&self.leads) && !is_last(&self.contributes) {
            self.canvases += 1;
        }
    }
}

#[derive(Default)]
struct Gatherer {
    categories: BTreeMap<Category, Vec<ElementKey>>,
    uncategorised: usize,
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
        let elements = (0u32..).zip(&canvas.elements).zip(&*entry.elements);
        for ((element, written), facts) in elements {
            let key = ElementKey { document: index, element };
            let block = canvas.kind.block_kind(written.block).id.as_str();
            self.blocks.entry(block).or_default().push(key);
            if let Some(owner) = facts.owner.as_deref().and_then(|name| self.owner(name)) {
                owner.elements.push(key);
            }
        }
    }

    fn activities(
        &mut self,
        document: DocumentIndex,
        entry: &Entry,
        departments: &mut [Department],
    ) {
        let Some(canvas) = &entry.document.canvas else { return };
        let activities = canvas.kind.departments_block();
        for ((element, written), facts) in (0u32..).zip(&canvas.elements).zip(&*entry.elements) {
            if Some(written.block) != activities {
                continue;
            }
            let key = ElementKey { document, element };
            match facts.category {
                Some(category) => self.categories.entry(category).or_default().push(key),
                None => self.uncategorised += 1,
            }
            if let Some(index) = facts.department {
                let department = &mut departments[index.0 as usize];
                department.meet(document);
                department.leads.push(key);
            }
            for index in &facts.contributing {
                let department = &mut departments[index.0 as usize];
                department.meet(document);
                department.contributes.push(key);
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
            categories: self.categories,
            uncategorised: self.uncategorised,
            owners: self.owners.into_values().collect(),
            tags: self.tags.into_values().collect(),
            stages: self.stages,
            blocks,
        }
    }
}
