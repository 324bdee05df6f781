//! Which pages may say something else after an edit: what a page reads, asked the other way round.
//!
//! A page that is named here without need is rendered once more and found to be the same; one that is
//! missing would stay as it was. `tests/incremental.rs` renders all pages after random edits and
//! compares those that are not named here.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::edition::{About, Edition, Section};
use super::pages::PageKey;
use super::shown::Shown;
use super::url::SitePath;
use super::{block, category, department, home, owner, stage, tag};
use crate::handbook::{BlockList, DepartmentIndex, DocumentIndex, ElementKey, Entry, Target};
use crate::kind::{BlockIndex, Kind};

/// The pages of an edition that may say something else than in the one before.
pub struct Stale<'e> {
    now: &'e Edition,
    before: &'e Edition,
    /// The documents of which anything is not as it was.
    written: BTreeSet<DocumentIndex>,
    /// These, what they refer or referred to, and what refers or referred to them.
    near: BTreeSet<DocumentIndex>,
    /// The documents with another title.
    retitled: BTreeSet<DocumentIndex>,
    /// The folders whose page lists something else.
    listings: BTreeSet<&'e str>,
    /// The folders whose section has another title.
    renamed: Vec<&'e str>,
    /// The departments that lead more or fewer activities; canvases say how many.
    recounted: BTreeSet<DepartmentIndex>,
}

impl<'e> Stale<'e> {
    /// Compares two editions that were made with the same settings. None where every page may be another
    /// one: where documents came, went or moved, or the frame of all pages is another.
    pub fn between(before: &'e Edition, now: &'e Edition) -> Option<Self> {
        let is_again = now.handbook.is_again_of(&before.handbook);
        if !is_again || frame(before) != frame(now) || links_to_lists(before) != links_to_lists(now)
        {
            return None;
        }
        let pairs = before.handbook.documents.iter().zip(now.handbook.documents.iter());
        let written = (0u32..).map(DocumentIndex).zip(pairs);
        let written = written.filter(|(_, (old, new))| !Arc::ptr_eq(old, new));
        let mut stale = Self {
            now,
            before,
            written: written.map(|(index, _)| index).collect(),
            near: BTreeSet::new(),
            retitled: BTreeSet::new(),
            listings: BTreeSet::new(),
            renamed: Vec::new(),
            recounted: BTreeSet::new(),
        };
        for index in stale.written.clone() {
            stale.look_around(index);
        }
        let sections = before.sections().zip(now.sections());
        let renamed = sections.filter(|((_, old), (_, new))| old.title != new.title);
        stale.renamed.extend(renamed.map(|(_, (_, new))| &*new.folder));
        let departments = before.handbook.departments.iter().zip(now.handbook.departments.iter());
        let departments = (0u32..).map(DepartmentIndex).zip(departments);
        let recounted = departments.filter(|(_, (old, new))| old.leads.len() != new.leads.len());
        stale.recounted.extend(recounted.map(|(index, _)| index));
        Some(stale)
    }

    /// Notes what a document that was written has to do with others.
    fn look_around(&mut self, index: DocumentIndex) {
        let (before, now) = (self.before, self.now);
        self.near.insert(index);
        for edition in [before, now] {
            self.near.extend(targets(edition.entry(index)));
            let references = edition.handbook.backlinks(index).iter();
            self.near.extend(references.map(|reference| reference.from.document));
        }
        if before.entry(index).document.title != now.entry(index).document.title {
            self.retitled.insert(index);
        }
        let section = now.section_of(index);
        self.listings.insert(&section.folder);
        // A section's own page is shown by the one above.
        if section.own_page == Some(index) {
            let above = section.folder.rsplit_once('/').map_or("", |(above, _)| above);
            self.listings.insert(above);
        }
    }

    /// True where not one page is another.
    pub fn is_none(&self) -> bool {
        self.written.is_empty()
    }

    /// True where a page may say something else. Both editions have a page of this key.
    pub fn has(&self, key: PageKey) -> bool {
        if self.is_none() {
            return false;
        }
        match key {
            PageKey::Document(index) => {
                self.near.contains(&index)
                    || self.has_other_frame(index)
                    || self.has_other_counts(self.now.entry(index))
            }
            PageKey::Redirect(index, _) => self.written.contains(&index),
            PageKey::Section(index) => {
                let section = self.now.section(index);
                self.listings.contains(&*section.folder) || self.has_other_crumbs(section)
            }
            // They count the whole handbook.
            PageKey::Home(0 | 1) | PageKey::Index(..) => true,
            PageKey::Home(number) => {
                !self.renamed.is_empty()
                    || self.before.canvases().len() != self.now.canvases().len()
                    || home::shown(self.before, number) != home::shown(self.now, number)
                    || home::shown(self.now, number).iter().any(|(_, i)| self.written.contains(i))
            }
            PageKey::Department(index, number) => {
                let is_near = |key: &ElementKey| self.near.contains(&key.document);
                self.is_other(|edition| department::shown(edition, index, number))
                    || number <= 1 && department::all(self.now, index).any(is_near)
            }
            PageKey::Category(category, number) => {
                self.is_other(|edition| category::shown(edition, category, number))
            }
            PageKey::Block(at, number) => {
                self.is_other(|edition| block::shown(edition, at, number))
            }
            PageKey::Stage(stage, number) => {
                self.is_other(|edition| stage::shown(edition, stage, number))
            }
            PageKey::Owner(at, number) => {
                self.is_other(|edition| owner::shown(edition, at, number))
            }
            PageKey::Tag(at, number) => self.is_other(|edition| tag::shown(edition, at, number)),
            PageKey::NotFound => false,
        }
    }

    /// True where a page of a list shows others than before, or one that was written.
    fn is_other(&self, shown: impl Fn(&'e Edition) -> Shown<'e>) -> bool {
        let now = shown(self.now);
        let elements = now.elements.into_iter().flatten().map(|key| &key.document);
        now.documents.iter().chain(elements).any(|index| self.written.contains(index))
            || shown(self.before) != now
    }

    /// True where a document's page is framed by others than before, or lists others.
    fn has_other_frame(&self, index: DocumentIndex) -> bool {
        let section = self.now.section_of(index);
        if section.own_page == Some(index) && self.listings.contains(&*section.folder) {
            return true;
        }
        let neighbours = self.now.neighbours(index);
        neighbours != self.before.neighbours(index)
            || neighbours.iter().flatten().any(|index| self.retitled.contains(index))
            || self.has_other_crumbs(section)
    }

    /// True where a canvas says of a department how much it leads in the handbook, and that is
    /// another number than before.
    fn has_other_counts(&self, entry: &Entry) -> bool {
        if self.recounted.is_empty() {
            return false;
        }
        let is_recounted = |index: &DepartmentIndex| self.recounted.contains(index);
        entry.part_departments.iter().flatten().flatten().any(is_recounted)
            || entry
                .elements
                .iter()
                .any(|facts| facts.department.iter().chain(facts.contributing).any(is_recounted))
    }

    /// True where a section or one around it has another title.
    fn has_other_crumbs(&self, section: &Section) -> bool {
        let folder = &section.folder;
        let is_around = |around: &&str| {
            folder.strip_prefix(around).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        self.renamed.iter().any(is_around)
    }
}

/// The documents that one refers to.
fn targets(entry: &Entry) -> impl Iterator<Item = DocumentIndex> + '_ {
    entry.targets.iter().filter_map(|target| match target {
        Target::Place(place) => Some(place.document),
        _ => None,
    })
}

/// What all pages of an edition have in common, as seen from one that is not there.
fn frame(edition: &Edition) -> impl PartialEq + use<> {
    edition.layout(&SitePath::new("_"), About::default(), Vec::new())
}

/// What pages link to wherever it exists: owners, tags and departments that anything is listed of;
/// what the numbers in the keys of pages stand for; and the kinds that say what blocks are called.
fn links_to_lists(edition: &Edition) -> impl PartialEq + use<'_> {
    let lists = &*edition.handbook.lists;
    let owners: Vec<&str> = lists.owners.iter().map(|owner| &*owner.id).collect();
    let tags: Vec<&str> = lists.tags.iter().map(|tag| &*tag.id).collect();
    let block = |list: &BlockList| (Arc::clone(&list.kind), list.index);
    let blocks: Vec<(Arc<Kind>, BlockIndex)> = lists.blocks.iter().map(block).collect();
    let departments = edition.handbook.departments.iter();
    let departments: Vec<bool> = departments.map(|department| department.canvases > 0).collect();
    (owners, tags, blocks, departments)
}
