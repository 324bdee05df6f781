//! Documents and owners that are hard to tell apart: those with one title in one folder, and owners that
//! differ by a letter.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use xxhash_rust::xxh3::xxh3_64;

use super::{DocumentIndex, Owner};
use crate::canvas::Document;

/// A document with the title of another one in its folder.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Namesake {
    /// The later document, where it is reported.
    pub document: DocumentIndex,
    /// The first document with that title.
    pub other: DocumentIndex,
}

/// Two owners whose names differ by a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NearlyOne {
    /// The first canvas that names the later one of the two.
    pub document: DocumentIndex,
    /// The owner as that canvas spells it.
    pub owner: String,
    /// The other owner as it is first spelled.
    pub other: String,
}

/// Documents and owners that are hard to tell apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Alike {
    /// In the order of the documents.
    titles: Vec<Namesake>,
    /// In the order of the documents.
    owners: Vec<NearlyOne>,
}

impl Alike {
    /// The first document of the folder with the title of this later one, if there is one.
    pub fn namesake(&self, document: DocumentIndex) -> Option<DocumentIndex> {
        of(&self.titles, document, |found| found.document).first().map(|found| found.other)
    }

    /// The owners that a canvas is the first to name and that are similar to others.
    pub fn nearly_one(&self, document: DocumentIndex) -> &[NearlyOne] {
        of(&self.owners, document, |found| found.document)
    }

    /// The documents in which something is reported.
    pub(super) fn documents(&self) -> impl Iterator<Item = u32> {
        let titles = self.titles.iter().map(|found| found.document.0);
        titles.chain(self.owners.iter().map(|found| found.document.0))
    }

    /// Updates the documents whose titles may have changed: all that have, or had, one of some titles. `groups`
    /// are the documents of each of these titles now.
    pub(super) fn retitled<'g>(
        &mut self,
        documents: &[Arc<Document>],
        changed: &BTreeSet<u32>,
        groups: impl Iterator<Item = &'g [u32]>,
    ) {
        let groups: Vec<&[u32]> = groups.collect();
        let again: BTreeSet<u32> =
            groups.iter().flat_map(|group| *group).chain(changed).copied().collect();
        let is_again = |index: DocumentIndex| again.contains(&index.0);
        self.titles.retain(|found| !is_again(found.document) && !is_again(found.other));
        self.titles.extend(groups.into_iter().flat_map(|group| namesakes(documents, group)));
        self.titles.sort_by_key(|found| found.document);
    }

    /// Updates all owners.
    pub(super) fn list_owners(&mut self, owners: &[Owner]) {
        self.owners = nearly_one(owners);
    }
}

/// The items of a document among some in order.
fn of<T>(all: &[T], document: DocumentIndex, at: fn(&T) -> DocumentIndex) -> &[T] {
    let start = all.partition_point(|found| at(found) < document);
    let end = all.partition_point(|found| at(found) <= document);
    &all[start..end]
}

/// The second and further documents of each folder, among those that have one title.
fn namesakes(documents: &[Arc<Document>], group: &[u32]) -> Vec<Namesake> {
    let mut first: HashMap<&str, DocumentIndex> = HashMap::new();
    let mut found = Vec::new();
    // Most titles have only one document.
    for index in group.iter().filter(|_| group.len() > 1).copied().map(DocumentIndex) {
        let folder = documents[index.0 as usize].path.folder();
        let other = *first.entry(folder).or_insert(index);
        if other != index {
            found.push(Namesake { document: index, other });
        }
    }
    found
}

/// The canvas where an owner is first named; `None` for one that the configuration names.
fn first_named(owner: &Owner) -> Option<DocumentIndex> {
    let element = owner.elements.first().map(|key| key.document);
    let first = owner.canvases.first().copied().into_iter().chain(element).min();
    first.filter(|_| owner.departments.is_empty())
}

/// The owners that differ by a letter, each pair once. No owner is compared with all others: two that differ by
/// a letter have a form with one letter left out in common.
fn nearly_one(owners: &[Owner]) -> Vec<NearlyOne> {
    /// This many names with a form in common are a series, not slips.
    const SERIES: usize = 4;
    let mut forms: HashMap<u64, Vec<usize>> = HashMap::new();
    let mut form = String::new();
    for (at, Owner { id, .. }) in owners.iter().enumerate() {
        let mut keep = |form: &str| {
            let with = forms.entry(xxh3_64(form.as_bytes())).or_default();
            if with.last() != Some(&at) && with.len() <= SERIES {
                with.push(at);
            }
        };
        keep(id);
        for (left_out, character) in id.char_indices() {
            form.clear();
            form.push_str(&id[..left_out]);
            form.push_str(&id[left_out + character.len_utf8()..]);
            keep(&form);
        }
    }
    let few = forms.into_values().filter(|with| (2..SERIES).contains(&with.len()));
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for with in few {
        for (at, one) in with.iter().enumerate() {
            let slips = with[at + 1..]
                .iter()
                .filter(|other| is_slip(&owners[*one].id, &owners[**other].id));
            pairs.extend(slips.map(|other| (*one, *other)));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    let mut found: Vec<NearlyOne> = Vec::new();
    for (one, other) in pairs {
        let mut both = [one, other].map(|at| (first_named(&owners[at]), owners[at].title.as_str()));
        both.sort_by_key(|(document, _)| *document);
        let [(_, first), (document, later)] = both;
        if let Some(document) = document {
            found.push(NearlyOne { document, owner: later.to_owned(), other: first.to_owned() });
        }
    }
    found.sort_by_key(|found| found.document);
    found
}

/// Whether two slugs differ by one letter of a long word. Numbers, and single letters, distinguish owners.
fn is_slip(one: &str, other: &str) -> bool {
    /// A shorter word may be another word.
    const SHORTEST: usize = 5;
    let words = || one.split('-').zip(other.split('-'));
    let is_same_count = one.split('-').count() == other.split('-').count();
    let mut different = words().filter(|(a, b)| a != b);
    let (Some((a, b)), None) = (different.next(), different.next()) else { return false };
    let is_word =
        |word: &str| word.chars().count() >= SHORTEST && word.chars().all(char::is_alphabetic);
    is_same_count && is_word(a) && is_word(b) && strsim::levenshtein(a, b) == 1
}
