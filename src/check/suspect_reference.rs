//! `suspect-reference`: a reference to an element of another canvas that has changed since the referring canvas
//! was reviewed.
//!
//! Only what is committed counts, so that an edit of one canvas finds nothing in others until it is recorded. An
//! element is recognised by its id, else by its name in its block, since a reference that still leads somewhere
//! does not show more.

use std::collections::HashSet;
use std::hash::{Hash, Hasher};

use xxhash_rust::xxh3::Xxh3;

use super::{Rule, Subject};
use crate::canvas::{Canvas, Date, Document, Element};
use crate::characters::spoken;
use crate::diagnostic::{Diagnostic, catalogue};
use crate::handbook::{DocumentIndex, ElementKey, Entry, Handbook, Place, Spot, Target};
use crate::history::{Digest, Version, Versions};
use crate::markdown::plain::plain;
use crate::parse;
use crate::slug::slug;
use crate::source::{Location, Source};

pub(super) const RULE: Rule = Rule::of_coherence(
    CODE,
    "A reference to an element of another canvas that has changed since the last review.",
    check,
);

/// Its code.
pub(super) const CODE: &str = "suspect-reference";

/// A reference from a canvas that was reviewed to an element of another one.
#[derive(Clone, Copy)]
struct Reference {
    from: DocumentIndex,
    to: ElementKey,
    /// The link: an index into those of the document.
    link: usize,
    reviewed: Date,
}

fn check(subject: &Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let handbook = subject.handbook;
    let Some(versions) = &handbook.versions else { return };
    for reference in references(handbook, subject.index) {
        if is_suspect(handbook, versions, reference) == Some(true)
            && let Some((entry, target, _)) = handbook.element(reference.to)
        {
            let link = subject.entry.document.links.at(reference.link);
            let there = Location::new(&entry.document.path, target.span);
            diagnostics.push(catalogue::suspect_reference(
                subject.place(link.span),
                &target.title(),
                reference.reviewed,
                there,
            ));
        }
    }
}

/// A canvas that was reviewed before the history begins and that refers to another one, with the day of the
/// review: it is unknown whether that has changed. `None` if the history goes far enough.
pub(super) fn out_of_reach(handbook: &Handbook) -> Option<(DocumentIndex, Date)> {
    let versions = handbook.versions.as_ref()?;
    let is_early = |entry: &Entry| {
        entry.document.front.reviewed.is_some_and(|reviewed| !versions.reaches(reviewed))
    };
    let early = handbook.entries().filter(|(_, entry)| is_early(entry));
    let all = early.flat_map(|(index, _)| references(handbook, index));
    let mut unknown = all.filter(|reference| is_suspect(handbook, versions, *reference).is_none());
    unknown.next().map(|reference| (reference.from, reference.reviewed))
}

/// The references of a canvas to elements of others, only one for each element; empty unless it is known when the
/// canvas was reviewed.
fn references(handbook: &Handbook, from: DocumentIndex) -> Vec<Reference> {
    let entry = handbook.entry(from);
    let reviewed = entry.document.front.reviewed.filter(|_| entry.document.canvas.is_some());
    let Some(reviewed) = reviewed else { return Vec::new() };
    let (mut references, mut known) = (Vec::new(), HashSet::new());
    for (link, target) in entry.targets.iter().enumerate() {
        let Target::Place(Place { document, spot: Spot::Element(element) }) = *target else {
            continue;
        };
        let to = ElementKey { document, element };
        if document != from && known.insert(to) {
            references.push(Reference { from, to, link, reviewed });
        }
    }
    references
}

/// Whether the target of a reference has changed since the day of the review, on which the reference existed;
/// `None` if the history does not reach back to that day.
fn is_suspect(handbook: &Handbook, versions: &Versions, reference: Reference) -> Option<bool> {
    let Reference { from, to, link, reviewed } = reference;
    let [from, index] = [from, to.document].map(|index| index.0 as usize);
    let then = versions.on(index, reviewed)?;
    let (Some(then), Some(now)) = (then, versions.newest(index)) else { return Some(false) };
    if then.blob == now.blob {
        return Some(false);
    }
    let Some(own) = versions.on(from, reviewed)? else { return Some(false) };
    let link = hash(&handbook.entry(reference.from).document.links.at(link).target());
    if digest(handbook, versions, own).links.binary_search(&link).is_err() {
        return Some(false);
    }
    let entry = handbook.entry(to.document);
    let canvas = entry.document.canvas.as_ref();
    let found = canvas.and_then(|canvas| Some((canvas, canvas.elements.get(to.element)?)));
    let Some((canvas, element)) = found else { return Some(false) };
    let keys = keys(canvas, &element);
    let [then, now] = [then, now].map(|version| {
        let elements = &digest(handbook, versions, version).elements;
        let find = |key: &u64| elements.binary_search_by_key(key, |(key, _)| *key).ok();
        keys.iter().find_map(find).map(|at| elements[at].1)
    });
    Some(then.zip(now).is_some_and(|(then, now)| then != now))
}

/// The content of a version, as hashes.
fn digest<'v>(handbook: &Handbook, versions: &'v Versions, version: &Version) -> &'v Digest {
    versions.digest(version.blob, |text| {
        let documents = &handbook.documents;
        let at = documents.binary_search_by(|entry| entry.document.path.cmp(&version.path));
        let now = at.ok().map(|at| &*documents[at].document).filter(|now| now.text == *text);
        if let Some(now) = now {
            return of_document(now);
        }
        let source = Source { path: version.path.clone(), text: text.clone() };
        of_document(&parse::document(&source, &handbook.kinds, &mut Vec::new()))
    })
}

fn of_document(document: &Document) -> Digest {
    let mut links: Vec<u64> = document.links.iter().map(|link| hash(&link.target())).collect();
    links.sort_unstable();
    let mut elements = Vec::new();
    if let Some(canvas) = &document.canvas {
        for element in canvas.elements.iter() {
            let mut meaning = Xxh3::new();
            let nested = plain(document, element.detail);
            for text in [element.name.unwrap_or_default(), &element.text.get(), &nested] {
                spoken(text).for_each(|character| character.hash(&mut meaning));
                meaning.write_u8(0);
            }
            let keys = keys(canvas, &element);
            elements.extend(keys.into_iter().map(|key| (key, meaning.finish())));
        }
    }
    // If several have one name, the first is meant.
    elements.sort_by_key(|(key, _)| *key);
    elements.dedup_by_key(|(key, _)| *key);
    Digest { elements: elements.into(), links: links.into() }
}

/// The keys by which an element is recognised, the surest first: its id, then its name in its block, then its
/// name alone, which may have become its id.
fn keys(canvas: &Canvas, element: &Element<'_>) -> Vec<u64> {
    let name = slug(&element.title());
    let block = &*canvas.kind.block_kind(element.block).id;
    let id = element.attributes.id().map(|id| hash(&("", id.value)));
    let by_name = [hash(&(block, &*name)), hash(&("", &*name))];
    id.into_iter().chain(by_name).collect()
}

fn hash(value: &impl Hash) -> u64 {
    let mut hasher = Xxh3::new();
    value.hash(&mut hasher);
    hasher.finish()
}
