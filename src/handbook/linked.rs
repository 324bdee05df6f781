//! What each document adds to the handbook, and the targets of its links, determined for many documents
//! at once.

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

use super::departments::Registry;
use super::directory::{Contents, Directory};
use super::facts::{self, Facts};
use super::relations::relations;
use super::unknown::{self, Unknown};
use super::{DocumentIndex, Entry, Relation, Target, resolve as links};
use crate::canvas::Document;
use crate::config::Config;
use crate::diagnostic::Diagnostic;

/// How many documents are worked on by one thread. Fewer than twice as many are not shared out, so that a
/// thread that resolves a few of them gets no other work while it waits: a page that is being made would be
/// made again below itself.
const AT_ONCE: usize = 16;

/// What resolving one document's links yields.
pub(super) struct Linked {
    pub targets: Box<[Target]>,
    pub relations: Box<[Relation]>,
    pub translation_of: Option<DocumentIndex>,
    pub based_on: Option<DocumentIndex>,
    pub compare_with: Option<DocumentIndex>,
    /// The links that lead nowhere, which are not reported yet.
    unknown: Vec<Unknown>,
    pub diagnostics: Vec<Diagnostic>,
}

impl Linked {
    /// Whether the links lead to the same targets as before.
    pub fn leads_as(&self, old: &Entry) -> bool {
        self.targets == old.targets
            && self.relations == old.relations
            && self.translation_of == old.translation_of
            && self.based_on == old.based_on
            && self.compare_with == old.compare_with
    }
}

/// What the handbook adds to each document that changed.
pub(super) fn gather(
    documents: &[Arc<Document>],
    changed: &BTreeSet<u32>,
    registry: &Registry,
) -> Vec<Option<Facts>> {
    let gather = |(index, document): (u32, &Arc<Document>)| {
        changed.contains(&index).then(|| facts::gather(document, registry))
    };
    let indexes = 0..u32::try_from(documents.len()).unwrap_or(u32::MAX);
    match changed.len() == documents.len() {
        true => indexes.into_par_iter().zip(documents).with_min_len(AT_ONCE).map(gather).collect(),
        false => indexes.zip(documents).map(gather).collect(),
    }
}

/// Resolves the links of some documents, in their order.
pub(super) fn link(
    directory: &Directory,
    contents: &Contents<'_>,
    documents: &BTreeSet<u32>,
) -> Vec<Linked> {
    let documents: Vec<DocumentIndex> = documents.iter().copied().map(DocumentIndex).collect();
    let link = |index: &DocumentIndex| {
        let mut diagnostics = Vec::new();
        let document = &contents.documents[index.0 as usize];
        let (targets, mut unknown) = links::targets(directory, contents, *index, &mut diagnostics);
        let front = &document.front;
        let paths = [&front.translation_of, &front.based_on, &front.compare_with];
        let [translation_of, based_on, compare_with] = paths.map(|path| {
            links::named(directory, document, path.as_ref(), &mut unknown, &mut diagnostics)
        });
        let relations = relations(*index, document, &targets, &mut diagnostics);
        // Only copies are certain to have no spare capacity.
        let (targets, relations) = (Box::from(&*targets), Box::from(&*relations));
        Linked { targets, relations, translation_of, based_on, compare_with, unknown, diagnostics }
    };
    documents.par_iter().with_min_len(AT_ONCE).map(link).collect()
}

/// Reports each link that leads nowhere, with a suggestion.
pub(super) fn tell(
    linked: &mut [Linked],
    directory: &Directory,
    contents: &Contents<'_>,
    config: &Config,
) {
    // One after the other, since the limit of comparisons applies to all of them together.
    let unknown = linked.iter_mut().map(|linked| std::mem::take(&mut linked.unknown));
    let told =
        unknown::tell(contents, &directory.files.all, unknown.collect(), config.unknown_references);
    for (linked, told) in linked.iter_mut().zip(told) {
        linked.diagnostics.extend(told);
    }
}
