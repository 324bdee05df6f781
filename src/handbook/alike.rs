//! Documents and owners that can hardly be told apart: those with one title in one folder, and owners that
//! differ by a letter.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use xxhash_rust::xxh3::xxh3_64;

use super::DocumentIndex;
use crate::canvas::Document;
use crate::config::Config;
use crate::slug::slug;

/// A document with the title of another one in its folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Namesake {
    /// The canvas where it is said.
    pub document: DocumentIndex,
    /// The other.
    pub other: DocumentIndex,
}

/// Two owners whose names differ by a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NearlyOne {
    /// The first canvas that names the one that is met later.
    pub document: DocumentIndex,
    /// The owner, as that canvas writes it.
    pub owner: String,
    /// The other, as it is first written.
    pub other: String,
}

/// What can hardly be told apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Alike {
    /// In the order of the documents.
    titles: Vec<Namesake>,
    /// In the order of the documents.
    owners: Vec<NearlyOne>,
}

impl Alike {
    /// The others that have the title of a canvas.
    pub fn namesakes(&self, document: DocumentIndex) -> &[Namesake] {
        of(&self.titles, document, |found| found.document)
    }

    /// The owners that a canvas names first and that are nearly others.
    pub fn nearly_one(&self, document: DocumentIndex) -> &[NearlyOne] {
        of(&self.owners, document, |found| found.document)
    }

    /// The documents where something is said.
    pub(super) fn documents(&self) -> impl Iterator<Item = u32> {
        let titles = self.titles.iter().map(|found| found.document.0);
        titles.chain(self.owners.iter().map(|found| found.document.0))
    }
}

/// Those of a document among some in order.
fn of<T>(all: &[T], document: DocumentIndex, at: fn(&T) -> DocumentIndex) -> &[T] {
    let start = all.partition_point(|found| at(found) < document);
    let end = all.partition_point(|found| at(found) <= document);
    &all[start..end]
}

/// Whether two versions of a document have other titles or owners.
pub(super) fn differ(old: &Document, new: &Document) -> bool {
    old.title != new.title
        || old.canvas.is_some() != new.canvas.is_some()
        || !owners(old).eq(owners(new))
}

/// Finds what is alike in all documents, which are in order.
pub(super) fn find(documents: &[Arc<Document>], config: &Config) -> Arc<Alike> {
    Arc::new(Alike { titles: titles(documents), owners: nearly_one(documents, config) })
}

/// The second and further documents of each folder that have a title; where that is no canvas, the first.
fn titles(documents: &[Arc<Document>]) -> Vec<Namesake> {
    let mut first: HashMap<(&str, String), DocumentIndex> = HashMap::new();
    let mut found = Vec::new();
    for (index, document) in (0u32..).map(DocumentIndex).zip(documents) {
        let before = *first.entry((document.path.folder(), slug(&document.title))).or_insert(index);
        let is_canvas = |index: DocumentIndex| documents[index.0 as usize].canvas.is_some();
        if before == index {
            continue;
        }
        if is_canvas(index) {
            found.push(Namesake { document: index, other: before });
        } else if is_canvas(before) {
            found.push(Namesake { document: before, other: index });
        }
    }
    found.sort_by_key(|found| (found.document, found.other));
    found
}

/// Everyone whom a canvas names as an owner.
fn owners(document: &Document) -> impl Iterator<Item = &str> {
    let canvas = document.canvas.iter();
    let front = canvas.clone().flat_map(|_| {
        let departments = document.front.departments.iter();
        let of_departments = departments.filter_map(|(_, facts)| facts.value.owner.as_deref());
        document.front.owner.as_deref().into_iter().chain(of_departments)
    });
    let parts = canvas.clone().flat_map(|canvas| &canvas.blocks).flat_map(|block| &block.parts);
    let parts = parts.filter_map(|part| part.attributes.get().owner());
    let elements = canvas.flat_map(|canvas| canvas.elements.iter());
    front.chain(parts).chain(elements.filter_map(|element| element.attributes.owner()))
}

/// An owner: where it is first named, if a canvas does, and how.
struct Owner<'d> {
    document: Option<DocumentIndex>,
    name: &'d str,
}

/// The owners that differ by a letter, each pair once. No owner is compared with all others: two that differ by
/// a letter have a form in common from which one letter is left out.
fn nearly_one(documents: &[Arc<Document>], config: &Config) -> Vec<NearlyOne> {
    /// So many that have a form in common are a series of names, not slips.
    const SERIES: usize = 4;
    let mut all: BTreeMap<String, Owner<'_>> = BTreeMap::new();
    for name in
        config.departments.values().filter_map(|department| department.value.owner.as_deref())
    {
        all.entry(slug(name)).or_insert(Owner { document: None, name });
    }
    for (index, document) in (0u32..).map(DocumentIndex).zip(documents) {
        let mut last = "";
        for name in owners(document) {
            // Most owners are named many times, one after the other.
            if std::mem::replace(&mut last, name) != name {
                all.entry(slug(name)).or_insert(Owner { document: Some(index), name });
            }
        }
    }
    let all: Vec<(String, Owner<'_>)> = all.into_iter().collect();
    let mut forms: HashMap<u64, Vec<usize>> = HashMap::new();
    let mut form = String::new();
    for (at, (slug, _)) in all.iter().enumerate() {
        let mut keep = |form: &str| {
            let with = forms.entry(xxh3_64(form.as_bytes())).or_default();
            if with.last() != Some(&at) && with.len() <= SERIES {
                with.push(at);
            }
        };
        keep(slug);
        for (left_out, character) in slug.char_indices() {
            form.clear();
            form.push_str(&slug[..left_out]);
            form.push_str(&slug[left_out + character.len_utf8()..]);
            keep(&form);
        }
    }
    let few = forms.into_values().filter(|with| (2..SERIES).contains(&with.len()));
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for with in few {
        for (at, one) in with.iter().enumerate() {
            let slips =
                with[at + 1..].iter().filter(|other| is_slip(&all[*one].0, &all[**other].0));
            pairs.extend(slips.map(|other| (*one, *other)));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    let mut found: Vec<NearlyOne> = Vec::new();
    for (one, other) in pairs {
        let mut both = [&all[one].1, &all[other].1];
        both.sort_by_key(|owner| owner.document);
        let [first, later] = both;
        if let Some(document) = later.document {
            let (owner, other) = (later.name.to_owned(), first.name.to_owned());
            found.push(NearlyOne { document, owner, other });
        }
    }
    found.sort_by_key(|found| found.document);
    found
}

/// Whether two slugs differ by one letter of a long word. Numbers, and letters that count, tell owners apart.
fn is_slip(one: &str, other: &str) -> bool {
    /// A shorter word may be another one.
    const SHORTEST: usize = 5;
    let words = || one.split('-').zip(other.split('-'));
    let is_same_count = one.split('-').count() == other.split('-').count();
    let mut different = words().filter(|(a, b)| a != b);
    let (Some((a, b)), None) = (different.next(), different.next()) else { return false };
    let is_word =
        |word: &str| word.chars().count() >= SHORTEST && word.chars().all(char::is_alphabetic);
    is_same_count && is_word(a) && is_word(b) && strsim::levenshtein(a, b) == 1
}
