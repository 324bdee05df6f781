//! All documents together: the departments, the targets of links, the relations, and who refers to
//! whom.
//!
//! Contains no HTML and no URLs: places are indexes, and views turn them into links.

mod alike;
mod alone;
mod backlinks;
mod departments;
mod directory;
mod element_facts;
mod facts;
mod gather;
mod linked;
mod lists;
mod host_anchors;
mod introductions;
mod relations;
mod resolve;
mod scenarios;
mod scope;
mod sections;
mod spots;
#[cfg(test)]
pub(crate) mod tests;
mod threads;
mod translations;
mod titles;
mod unknown;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::canvas::{Canvas, Document, Element};
use crate::config::Config;
use crate::date::Date;
use crate::front_matter::DepartmentFacts;
use crate::history::Versions;
use crate::kind::{BlockIndex, Kinds};
use crate::slug::slug;
use crate::source::SourcePath;

pub use alike::{Alike, NearlyOne};
use departments::Registry;
pub use departments::{KnownDepartments, MOST_COMPARED};
pub use element_facts::{ElementFacts, ElementsFacts};
pub use gather::{Parts, Resolution, resolve};
pub use introductions::{Introduced, Introduction, Overlap};
pub use lists::{
    BlockList, DIGITS_AND_SIGNS, Gathered, Initial, KindList, Lists, Owner, Tag, Titled,
};
use relations::references;
pub use relations::{Neighbour, Neighbours};
pub use resolve::{join, relative};
pub use scenarios::{Beside, Scenarios};
pub use threads::{Loss, Step, Thread, needs};
pub use translations::Translations;

/// An index into [`Handbook::documents`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentIndex(pub u32);

/// An index into [`Handbook::departments`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DepartmentIndex(pub u32);

/// The resolved handbook. Everything in it is shared, so that it is cheap to clone, and one that
/// was resolved again shares what did not change.
#[derive(Clone, Debug)]
pub struct Handbook {
    /// The configuration that it was resolved with.
    pub config: Arc<Config>,
    /// All kinds of canvas.
    pub kinds: Arc<Kinds>,
    /// The day that reviews are due by; `None` if it is unknown.
    pub today: Option<Date>,
    /// The commits that changed each document; `None` without a history.
    pub versions: Option<Versions>,
    /// Every page and canvas, sorted by path; drafts only if they were requested.
    pub documents: Arc<[Arc<Entry>]>,
    /// Every department that a canvas, the configuration or canvasbook itself names, sorted by id.
    pub departments: Arc<[Department]>,
    /// The names of these departments.
    registry: Arc<Registry>,
    /// The departments that canvases introduce, and where.
    pub introduced: Arc<Introduced>,
    /// Documents and owners that are hard to tell apart.
    pub alike: Arc<Alike>,
    /// Categories, owners, tags, stages and blocks, each with what belongs to it.
    pub lists: Arc<Lists>,
    /// The documents that are translations of each other.
    pub translations: Arc<Translations>,
    /// Which canvases are scenarios of others, and which are compared.
    pub scenarios: Arc<Scenarios>,
    /// For each document the references that lead to it and are not relations, sorted by the place
    /// that they lead to, then by their own.
    backlinks: Arc<[Arc<[Reference]>]>,
    /// Files beside the documents that links may lead to, sorted.
    pub files: Arc<[SourcePath]>,
    /// The folders of documents, and the folders around them, sorted.
    pub folders: Arc<[String]>,
}

/// A document with what the handbook adds to it.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The document as parsed.
    pub document: Arc<Document>,
    /// What the handbook adds to each element of the canvas.
    pub elements: Arc<ElementsFacts>,
    /// The department of each part of each block; indexes as in [`crate::canvas::Canvas::blocks`]
    /// and [`crate::canvas::Block::parts`].
    pub part_departments: Arc<[PartDepartments]>,
    /// The settings of departments in the canvas's front matter.
    pub departments: Arc<BTreeMap<DepartmentIndex, DepartmentFacts>>,
    /// The document that this one is a translation of.
    pub translation_of: Option<DocumentIndex>,
    /// The document that this one names as its base.
    pub based_on: Option<DocumentIndex>,
    /// The document that this one is compared with.
    pub compare_with: Option<DocumentIndex>,
    /// The target of each link of the document.
    pub targets: Box<[Target]>,
    /// The relations within the canvas, sorted by the two elements; one for each pair.
    pub relations: Box<[Relation]>,
}

/// The department of each part of a block.
pub type PartDepartments = Box<[Option<DepartmentIndex>]>;

/// A department of the handbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Department {
    /// Its id: that of the configuration or of canvasbook's own list, else the slug of its first title.
    pub id: String,
    /// Its title: the configuration's, else as first written.
    pub title: String,
    /// Every other way in which canvases write it, sorted.
    pub also_called: Vec<String>,
    /// The owner in the configuration.
    pub owner: Option<String>,
    /// Whether the configuration or canvasbook itself defines it, before any canvas is read.
    pub is_expected: bool,
    /// The activities that it leads, by category, then in order; those without a category last.
    pub leads: Vec<ElementKey>,
    /// The activities that it contributes to, in order.
    pub contributes: Vec<ElementKey>,
    /// The number of canvases in which it leads or contributes to any.
    pub canvases: usize,
}

/// An element of a canvas.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ElementKey {
    /// The canvas.
    pub document: DocumentIndex,
    /// Index into [`crate::canvas::Canvas::elements`].
    pub element: u32,
}

/// The target of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// Out of the handbook.
    External,
    /// Nowhere: the scheme is not allowed, or nothing fits, which is reported.
    Broken,
    /// To a place in the handbook.
    Place(Place),
    /// To a file beside the documents: an index into [`Handbook::files`].
    File(u32),
    /// To a folder that has no page of its own: an index into [`Handbook::folders`].
    Folder(u32),
    /// To a path of the built site; whether it exists is known once the site is.
    Site,
}

/// A place in the handbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The document.
    pub document: DocumentIndex,
    /// The spot in it.
    pub spot: Spot,
}

/// A place in a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Spot {
    /// The document as a whole.
    Document,
    /// An index into [`Document::headings`].
    Heading(u32),
    /// A block of the canvas.
    Block(BlockIndex),
    /// A department's part of Key Activities.
    Department(DepartmentIndex),
    /// An index into [`crate::canvas::Canvas::elements`].
    Element(u32),
    /// An index into [`Document::paragraphs`].
    Paragraph(u32),
}

/// A link to a place in the handbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reference {
    /// What contains the link: an element, a block or the document.
    pub from: Place,
    /// The place that it leads to.
    pub to: Place,
    /// The link: an index into [`Document::links`] of `from`'s document.
    pub link: u32,
}

impl Reference {
    /// Whether it relates two elements of one canvas. Then there is a [`Relation`], too.
    pub fn is_relation(&self) -> bool {
        let Self { from, to, .. } = self;
        matches!((from.spot, to.spot), (Spot::Element(_), Spot::Element(_)))
            && from.document == to.document
            && from.spot != to.spot
    }
}

/// Two elements of one canvas that refer to each other, with the verb for their blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Relation {
    /// The subject: an index into [`crate::canvas::Canvas::elements`].
    pub from: u32,
    /// The object.
    pub to: u32,
    /// Index into [`crate::kind::Kind::relations`]; `None` means "relates to".
    pub verb: Option<u16>,
}

impl Entry {
    /// The elements that a person means by a name: by id, by the end of a qualified id or by name.
    pub fn elements_called(&self, name: &str) -> Vec<u32> {
        let name = name.trim_start_matches('#');
        let wanted = slug(name);
        let Some(canvas) = &self.document.canvas else { return Vec::new() };
        let elements = (0u32..).zip(canvas.elements.iter().zip(self.elements.iter()));
        let called = elements.filter(|(_, (element, facts))| {
            let is_end = facts.id.strip_suffix(name).is_some_and(|head| head.ends_with('/'));
            *facts.id == *name || is_end || element.name.map(slug).as_deref() == Some(&wanted)
        });
        called.map(|(index, _)| index).collect()
    }
}

impl Handbook {
    /// The entry with an index.
    pub fn entry(&self, index: DocumentIndex) -> &Entry {
        &self.documents[index.0 as usize]
    }

    /// The document with a path, if it exists.
    pub fn document(&self, path: &SourcePath) -> Option<DocumentIndex> {
        let at = self.documents.binary_search_by(|entry| entry.document.path.cmp(path)).ok()?;
        u32::try_from(at).ok().map(DocumentIndex)
    }

    /// The department with an index.
    pub fn department(&self, index: DepartmentIndex) -> &Department {
        &self.departments[index.0 as usize]
    }

    /// Whether a day is in the past.
    pub fn is_over(&self, day: Date) -> bool {
        self.today.is_some_and(|today| day < today)
    }

    /// Every document with its index.
    pub fn entries(&self) -> impl Iterator<Item = (DocumentIndex, &Entry)> {
        (0u32..).map(DocumentIndex).zip(self.documents.iter().map(|entry| &**entry))
    }

    /// Every canvas with its index.
    pub fn canvases(&self) -> impl Iterator<Item = (DocumentIndex, &Entry, &Canvas)> {
        self.entries().filter_map(|(index, entry)| {
            entry.document.canvas.as_ref().map(|canvas| (index, entry, canvas))
        })
    }

    /// Whether `self` was resolved incrementally from `other`, so that both have the same files and
    /// history, and indexes mean the same documents. Two that were resolved independently are not, however
    /// equal they are.
    pub fn is_again_of(&self, other: &Self) -> bool {
        // A list that is made for documents is reused as long as there are the same. An empty list
        // may be shared by chance, but then nothing can be wrong with it.
        Arc::ptr_eq(&self.files, &other.files)
            && Arc::ptr_eq(&self.folders, &other.folders)
            && self.documents.len() == other.documents.len()
            && match (&self.versions, &other.versions) {
                (Some(versions), Some(before)) => versions.is_again_of(before),
                (None, None) => true,
                _ => false,
            }
    }

    /// The documents that differ from those in another handbook, of which this [is one
    /// again](Self::is_again_of).
    pub fn others_than(&self, before: &Self) -> impl Iterator<Item = DocumentIndex> {
        let entries = self.documents.iter().zip(before.documents.iter());
        let others = (0u32..).zip(entries).filter(|(_, (new, old))| !Arc::ptr_eq(new, old));
        others.map(|(index, _)| DocumentIndex(index))
    }

    /// Every link that leads to a place in the handbook, sorted by its own place.
    pub fn references(&self) -> impl Iterator<Item = Reference> {
        self.entries().flat_map(|(index, _)| self.references_of(index))
    }

    /// The links of one document that lead to a place in the handbook, sorted by their own.
    pub fn references_of(&self, index: DocumentIndex) -> impl Iterator<Item = Reference> + use<> {
        let entry = self.entry(index);
        references(index, &entry.document, &entry.targets).into_iter()
    }

    /// The references that lead to a document or a spot in it, except those that are relations of
    /// its elements; sorted by that spot, then by their own place.
    pub fn backlinks(&self, index: DocumentIndex) -> &[Reference] {
        &self.backlinks[index.0 as usize]
    }

    /// The references that lead to one spot of a document, except relations, sorted by their own
    /// place.
    pub fn backlinks_of(&self, index: DocumentIndex, spot: Spot) -> &[Reference] {
        let of_document = self.backlinks(index);
        let start = of_document.partition_point(|reference| reference.to.spot < spot);
        let end = of_document.partition_point(|reference| reference.to.spot <= spot);
        &of_document[start..end]
    }

    /// An element of a canvas with what the handbook adds to it.
    pub fn element(&self, key: ElementKey) -> Option<(&Entry, Element<'_>, ElementFacts<'_>)> {
        let entry = self.entry(key.document);
        let element = entry.document.canvas.as_ref()?.elements.get(key.element)?;
        Some((entry, element, entry.elements.get(key.element)?))
    }
}
