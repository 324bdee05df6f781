//! The lists while documents come and go.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::initials::{Initial, Titled, initial};
use super::{BlockList, KindList, Lists, Owner, Tag};
use crate::canvas::{Canvas, Category};
use crate::handbook::{Department, DepartmentIndex, DocumentIndex, ElementKey, Entry};
use crate::kind::Kinds;
use crate::kind::shared::SharedBlocks;
use crate::slug::slug;
use crate::terms::Stage;

/// Elements, shared with the lists that were made last: lists that are not changed are not copied.
type Keys = Arc<Vec<ElementKey>>;

/// The source of all lists, from which a document can be removed and to which it can be added
/// again.
#[derive(Default)]
pub(in crate::handbook) struct Ledger {
    /// One for each department.
    departments: Vec<Work>,
    categories: BTreeMap<Category, Keys>,
    uncategorised: usize,
    /// By id.
    owners: BTreeMap<String, Owned>,
    /// The slug of each name: most owners are named thousands of times in the same way.
    slugs: HashMap<String, String>,
    /// By id.
    tags: BTreeMap<String, Vec<DocumentIndex>>,
    stages: BTreeMap<Stage, Vec<DocumentIndex>>,
    reviews: Vec<DocumentIndex>,
    /// The blocks of all kinds.
    shared: SharedBlocks,
    /// The elements of each of them, and the number of canvases that have any.
    blocks: Vec<(Arc<Titled>, usize)>,
    /// By the first letter of their titles.
    initials: BTreeMap<char, Arc<Titled>>,
    /// The canvases of each kind, by its id.
    kinds: BTreeMap<String, Vec<DocumentIndex>>,
}

/// The activities of a department.
#[derive(Clone, Default)]
struct Work {
    /// The activities that it leads, by category, with those without one last.
    leads: BTreeMap<(bool, Option<Category>), Vec<ElementKey>>,
    contributes: Vec<ElementKey>,
    canvases: usize,
}

/// What an owner is responsible for.
#[derive(Default)]
struct Owned {
    canvases: Vec<DocumentIndex>,
    departments: Vec<DepartmentIndex>,
    elements: Keys,
}

/// What happens to a document.
#[derive(Clone, Copy, PartialEq)]
enum Update {
    Add,
    Remove,
}

impl Ledger {
    /// The lists of a handbook without documents.
    pub(in crate::handbook) fn new(departments: &[Department], kinds: &Kinds) -> Self {
        let shared = SharedBlocks::of(kinds);
        let mut ledger = Self {
            departments: vec![Work::default(); departments.len()],
            blocks: vec![Default::default(); shared.names.len()],
            shared,
            ..Self::default()
        };
        for (index, department) in (0u32..).map(DepartmentIndex).zip(departments) {
            let owner = department.owner.as_deref();
            if let Some(owned) = owner.and_then(|name| ledger.owned(name, Update::Add)) {
                owned.departments.push(index);
            }
        }
        ledger
    }

    /// Puts a document in.
    pub(in crate::handbook) fn add(&mut self, index: DocumentIndex, entry: &Entry) {
        self.update(index, entry, Update::Add);
    }

    /// Takes a document out that was put in with this entry.
    pub(in crate::handbook) fn remove(&mut self, index: DocumentIndex, entry: &Entry) {
        self.update(index, entry, Update::Remove);
    }

    /// Releases the spare capacity of lists: in a large handbook it was a quarter of what they contain.
    pub(in crate::handbook) fn shrink_to_fit(&mut self) {
        let titled = self.blocks.iter_mut().map(|(titled, _)| titled);
        for titled in titled.chain(self.initials.values_mut()) {
            Arc::make_mut(titled).keys_mut().shrink_to_fit();
        }
        let owned = self.owners.values_mut().map(|owned| &mut owned.elements);
        for keys in owned.chain(self.categories.values_mut()) {
            Arc::make_mut(keys).shrink_to_fit();
        }
        for work in &mut self.departments {
            work.leads.values_mut().for_each(Vec::shrink_to_fit);
            work.contributes.shrink_to_fit();
        }
    }

    fn update(&mut self, index: DocumentIndex, entry: &Entry, update: Update) {
        let front = &entry.document.front;
        for id in front.tags.iter().map(|title| slug(title)).filter(|id| !id.is_empty()) {
            put_in(&mut self.tags, id, index, update);
        }
        let Some(canvas) = &entry.document.canvas else { return };
        put_in(&mut self.kinds, canvas.kind.id.clone(), index, update);
        if let Some(stage) = front.stage {
            put_in(&mut self.stages, stage, index, update);
        }
        if entry.document.reviews().next().is_some() {
            put(&mut self.reviews, index, update);
        }
        let owner = front.owner.as_deref().filter(|_| !entry.document.is_scenario());
        if let Some(owned) = owner.and_then(|name| self.owned(name, update)) {
            put(&mut owned.canvases, index, update);
        }
        self.elements(index, canvas, update);
        self.work(index, canvas, entry, update);
        if update == Update::Remove {
            self.owners.retain(|_, owned| !owned.is_empty());
        }
    }

    /// The record of an owner; `None` for a name of signs only, of which no address can be made.
    fn owned(&mut self, name: &str, update: Update) -> Option<&mut Owned> {
        if !self.slugs.contains_key(name) {
            self.slugs.insert(name.to_owned(), slug(name));
        }
        let id = self.slugs.get(name).filter(|id| !id.is_empty())?;
        if update == Update::Add && !self.owners.contains_key(id) {
            self.owners.insert(id.clone(), Owned::default());
        }
        self.owners.get_mut(id)
    }

    /// The elements of a canvas by block and by the first letter of their titles.
    fn elements(&mut self, document: DocumentIndex, canvas: &Canvas, update: Update) {
        let Some(places) = self.shared.places.get(&canvas.kind.id) else { return };
        let mut blocks = BTreeSet::new();
        for (element, written) in (0u32..).zip(canvas.elements.iter()) {
            let key = ElementKey { document, element };
            let titled = self.initials.entry(initial(&written.title())).or_default();
            put(Arc::make_mut(titled).keys_mut(), key, update);
            let block = places[usize::from(written.block.0)];
            put(Arc::make_mut(&mut self.blocks[block].0).keys_mut(), key, update);
            blocks.insert(block);
        }
        for block in blocks {
            count(&mut self.blocks[block].1, update);
        }
    }

    /// The activities of a canvas by category and department, and the elements by owner. A scenario is a plan, which
    /// nobody works on yet.
    fn work(&mut self, document: DocumentIndex, canvas: &Canvas, entry: &Entry, update: Update) {
        let is_scenario = entry.document.is_scenario();
        let activities = canvas.kind.departments_block();
        let mut departments = BTreeSet::new();
        for (element, facts) in (0u32..).zip(entry.elements.iter()) {
            let key = ElementKey { document, element };
            let owner = facts.owner.filter(|_| !is_scenario);
            if let Some(owned) = owner.and_then(|name| self.owned(name, update)) {
                put(Arc::make_mut(&mut owned.elements), key, update);
            }
            if Some(canvas.elements.block(element)) != activities {
                continue;
            }
            match facts.category {
                Some(category) => {
                    let of_category = self.categories.entry(category).or_default();
                    put(Arc::make_mut(of_category), key, update);
                }
                None => count(&mut self.uncategorised, update),
            }
            if is_scenario {
                continue;
            }
            if let Some(index) = facts.department {
                let rank = (facts.category.is_none(), facts.category);
                put_in(&mut self.departments[index.0 as usize].leads, rank, key, update);
                departments.insert(index);
            }
            for index in facts.contributing {
                put(&mut self.departments[index.0 as usize].contributes, key, update);
                departments.insert(*index);
            }
        }
        for index in departments {
            count(&mut self.departments[index.0 as usize].canvases, update);
        }
    }

    /// The activities of departments, and all lists; `documents` are those that were put in.
    pub(in crate::handbook) fn lists(
        &self,
        kinds: &Kinds,
        departments: &[Department],
        documents: &[Arc<Entry>],
    ) -> (Arc<[Department]>, Lists) {
        let works = departments.iter().zip(&self.departments).map(|(department, work)| {
            let leads = work.leads.values().flatten().copied().collect();
            let (contributes, canvases) = (work.contributes.clone(), work.canvases);
            Department { leads, contributes, canvases, ..department.clone() }
        });
        let owner = |(id, owned): (&String, &Owned)| Owner {
            id: id.clone(),
            title: owned.title(departments, documents).to_owned(),
            canvases: owned.canvases.clone(),
            departments: owned.departments.clone(),
            elements: owned.elements.clone(),
        };
        let tag = |(id, of_tag): (&String, &Vec<DocumentIndex>)| Tag {
            id: id.clone(),
            title: tag_title(id, &documents[of_tag[0].0 as usize]).to_owned(),
            documents: of_tag.clone(),
        };
        let lists = Lists {
            categories: self.categories(),
            uncategorised: self.uncategorised,
            owners: self.owners.iter().map(owner).collect(),
            tags: self.tags.iter().map(tag).collect(),
            stages: self.stages.clone(),
            reviews: self.reviews.clone(),
            blocks: self.blocks(kinds),
            kinds: self.kinds(kinds),
            initials: self.initials(),
        };
        (works.collect(), lists)
    }

    fn categories(&self) -> BTreeMap<Category, Keys> {
        let any = self.categories.iter().filter(|(_, keys)| !keys.is_empty());
        any.map(|(category, keys)| (*category, Arc::clone(keys))).collect()
    }

    fn initials(&self) -> Vec<Initial> {
        let any = self.initials.iter().filter(|(_, elements)| !elements.is_empty());
        any.map(|(letter, elements)| Initial { letter: *letter, elements: elements.clone() })
            .collect()
    }

    fn blocks(&self, kinds: &Kinds) -> Vec<BlockList> {
        let mut blocks = Vec::new();
        let mut listed = BTreeSet::new();
        for (_, kind) in kinds.iter().filter(|(_, kind)| self.kinds.contains_key(&kind.id)) {
            let places = self.shared.places.get(&kind.id).into_iter().flatten();
            for (index, place) in kind.indexes().zip(places) {
                let (elements, canvases) = &self.blocks[*place];
                if !elements.is_empty() && listed.insert(*place) {
                    let (elements, canvases) = (elements.clone(), *canvases);
                    let (kind, name) = (Arc::clone(kind), self.shared.names[*place].clone());
                    blocks.push(BlockList { name, kind, index, elements, canvases });
                }
            }
        }
        blocks
    }

    /// The kinds of the handbook's canvases.
    fn kinds(&self, kinds: &Kinds) -> Vec<KindList> {
        let listed = kinds.iter().filter_map(|(_, kind)| {
            let canvases = self.kinds.get(&kind.id)?.clone();
            Some(KindList { kind: Arc::clone(kind), canvases })
        });
        listed.collect()
    }
}

impl Owned {
    fn is_empty(&self) -> bool {
        self.canvases.is_empty() && self.departments.is_empty() && self.elements.is_empty()
    }

    /// The name as it first occurs: in the configuration, else in the documents.
    fn title<'n>(&self, departments: &'n [Department], documents: &'n [Arc<Entry>]) -> &'n str {
        if let Some(index) = self.departments.first() {
            return departments[index.0 as usize].owner.as_deref().unwrap_or_default();
        }
        let canvas = self.canvases.first();
        let element = self.elements.first();
        let name = match (canvas, element) {
            // A canvas names its own owner before those of its elements.
            (Some(canvas), element) if element.is_none_or(|key| *canvas <= key.document) => {
                documents[canvas.0 as usize].document.front.owner.as_deref()
            }
            (_, Some(ElementKey { document, element })) => {
                documents[document.0 as usize].elements.at(*element).owner
            }
            _ => None,
        };
        name.unwrap_or_default()
    }
}

/// The spelling of a tag where a document first has it.
fn tag_title<'e>(id: &str, entry: &'e Entry) -> &'e str {
    let mut tags = entry.document.front.tags.iter();
    tags.find(|title| slug(title) == id).map_or("", String::as_str)
}

/// Puts an item into a sorted list once, or takes it out.
fn put<T: Ord>(list: &mut Vec<T>, it: T, update: Update) {
    // If all documents are put in, each comes after those before it.
    if update == Update::Add && list.last().is_none_or(|last| *last < it) {
        list.push(it);
        return;
    }
    match (list.binary_search(&it), update) {
        (Err(at), Update::Add) => list.insert(at, it),
        (Ok(at), Update::Remove) => drop(list.remove(at)),
        (Ok(_), Update::Add) | (Err(_), Update::Remove) => {}
    }
}

/// Like [`put`], for one of several lists by key. Removes the key when its list becomes empty.
fn put_in<K: Ord, T: Ord>(lists: &mut BTreeMap<K, Vec<T>>, key: K, it: T, update: Update) {
    match update {
        Update::Add => put(lists.entry(key).or_default(), it, update),
        Update::Remove => {
            if let Some(list) = lists.get_mut(&key) {
                put(list, it, update);
                if list.is_empty() {
                    lists.remove(&key);
                }
            }
        }
    }
}

fn count(counter: &mut usize, update: Update) {
    match update {
        Update::Add => *counter += 1,
        Update::Remove => *counter -= 1,
    }
}
