//! The newest commits, and whom their changes concern.

use std::collections::BTreeMap;

use super::{MOST_COMMITS, MOST_DOCUMENTS};
use crate::handbook::DocumentIndex;
use crate::history::{Revision, Versions};
use crate::slug::slug;
use crate::view::edition::{Edition, Latest, LatestCommit, Revised};
use crate::view::revision::{self, Past};

/// How many documents of a commit are checked for departments and owners.
const MOST_CONCERNING: usize = 200;

/// The newest commits, which are gathered once.
pub(super) fn latest<'e>(edition: &'e Edition, versions: &Versions) -> &'e Latest {
    edition.latest(|| {
        let history = &versions.history;
        let mut documents: BTreeMap<Revision, DocumentIndex> = BTreeMap::new();
        for (index, _) in edition.handbook.entries() {
            let revisions = versions.of_document(index.0 as usize).iter();
            let newest = revisions.take_while(|it| (it.commit as usize) < MOST_COMMITS);
            documents.extend(newest.map(|revision| (*revision, index)));
        }
        let (mut latest, mut past) = (Latest::default(), Past::default());
        for (at, commit) in (0u32..).zip(history.commits.iter().take(MOST_COMMITS)) {
            let changes = (0u32..).zip(commit.changes.iter());
            let revisions = changes.map(|(change, _)| Revision { commit: at, change });
            let mut revisions: Vec<Revision> = revisions.collect();
            let count = revisions.len();
            // Readers want the business first.
            let is_canvas =
                |it: &Revision| documents.get(it).is_some_and(|index| edition.is_canvas(*index));
            revisions.sort_by_key(|revision| !is_canvas(revision));
            revisions.truncate(MOST_CONCERNING);
            for revision in &revisions {
                let revised = revision::revised(edition, history, *revision, &mut past);
                for id in departments(revised) {
                    latest.departments.entry(id.to_owned()).or_default().push(*revision);
                }
                for id in owners(revised) {
                    latest.owners.entry(id).or_default().push(*revision);
                }
            }
            revisions.truncate(MOST_DOCUMENTS);
            let find = |it: Revision| (it, documents.get(&it).copied());
            let more = count - revisions.len();
            let documents = revisions.into_iter().map(find).collect();
            latest.commits.push(LatestCommit { documents, more });
        }
        latest.documents = documents;
        latest
    })
}

/// The ids of departments that the changes of a commit in a document concern.
fn departments(revised: &Revised) -> impl Iterator<Item = &str> {
    let differing = revised.differing.iter();
    let mut all: Vec<&str> =
        differing.flat_map(|it| it.departments.values().flatten().map(String::as_str)).collect();
    all.sort_unstable();
    all.dedup();
    all.into_iter()
}

/// The ids of owners that the changes of a commit in a document concern.
fn owners(revised: &Revised) -> impl Iterator<Item = String> {
    let changes = revised.differing.iter().flat_map(|it| it.changes.iter());
    let mut all: Vec<String> =
        changes.flat_map(|change| change.owners.iter().map(|owner| slug(owner))).collect();
    all.sort_unstable();
    all.dedup();
    all.into_iter()
}
