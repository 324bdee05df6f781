//! The changes of commits in documents, kept as long as documents and history are the same.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use super::Edition;
use crate::comparison::{Change, Impact, Outcome};
use crate::handbook::{DocumentIndex, Handbook};
use crate::history::Revision;
use crate::kind::Kind;

/// The changes of a commit in a document. It is in the past, so it contains the names of that time.
#[derive(Clone, Debug, Default)]
pub struct Revised {
    /// The title of the document: afterwards, unless it was removed.
    pub title: String,
    /// Whether it was a canvas, before or afterwards.
    pub is_canvas: bool,
    /// Who was responsible for the canvas, before and afterwards.
    pub owners: BTreeSet<String>,
    /// The differences; `None` if they are unknown, or if it was not a canvas.
    pub differing: Option<Differing>,
}

/// The differences between two states of a canvas.
#[derive(Clone, Debug)]
pub struct Differing {
    /// The kind of the canvas afterwards, unless it was removed.
    pub kind: Arc<Kind>,
    /// The blocks of the kind in its order, then those of the canvas before that the kind does not have.
    pub blocks: Box<[RevisedBlock]>,
    /// The changes. Values that are ids are replaced with what they mean.
    pub changes: Box<[Change]>,
    /// The effects of the changes on elements of the canvas.
    pub impact: Box<[Impact]>,
    /// The ids of the departments that led or contributed to each changed element, before and afterwards, by
    /// the element's id.
    pub departments: BTreeMap<String, BTreeSet<String>>,
    /// The ids of elements afterwards that had another one before, each with that.
    pub renamed: BTreeMap<String, String>,
}

/// A block in two states of a canvas.
#[derive(Clone, Debug)]
pub struct RevisedBlock {
    /// The classes that have its colour and its sign.
    pub classes: String,
    /// Its label in the canvas.
    pub label: String,
    /// Its elements that changed: what happened to each, and its title.
    pub entries: Box<[(Outcome, String)]>,
    /// How many are unchanged.
    pub same: usize,
}

/// The newest commits, gathered for the pages of recent changes.
#[derive(Clone, Debug, Default)]
pub struct Latest {
    /// As many commits of the history as are read, in its order.
    pub commits: Vec<LatestCommit>,
    /// The document of each revision, if it still exists.
    pub documents: BTreeMap<Revision, DocumentIndex>,
    /// The revisions that concern a department, newest first, by its id.
    pub departments: BTreeMap<String, Vec<Revision>>,
    /// The revisions that concern an owner, newest first, by their id.
    pub owners: BTreeMap<String, Vec<Revision>>,
}

/// The documents that a commit touched.
#[derive(Clone, Debug, Default)]
pub struct LatestCommit {
    /// The documents that are named: the revision, and the document if it still exists.
    pub documents: Vec<(Revision, Option<DocumentIndex>)>,
    /// The number of the others.
    pub more: usize,
}

/// The changes of each commit, by commit and change.
pub(super) type AllRevised = Arc<[Box<[OnceLock<Box<Revised>>]>]>;

/// Empty cells for the changes of each commit.
pub(super) fn unknown(handbook: &Handbook) -> AllRevised {
    let history = handbook.versions.as_ref().map(|versions| &versions.history);
    let commits = history.into_iter().flat_map(|history| &history.commits);
    commits.map(|commit| commit.changes.iter().map(|_| OnceLock::new()).collect()).collect()
}

impl Edition {
    /// The newest commits, which `make` gathers the first time.
    pub(in crate::view) fn latest(&self, make: impl FnOnce() -> Latest) -> &Latest {
        // Made outside of the cell, as below.
        if let Some(latest) = self.order.latest.get() {
            return latest;
        }
        let made = make();
        self.order.latest.get_or_init(|| Box::new(made))
    }

    /// The changes of a revision. `make` determines those of its whole commit, by the indexes of its changes,
    /// among them that of the revision.
    pub(in crate::view) fn revised(
        &self,
        revision: Revision,
        make: impl FnOnce() -> Vec<(u32, Revised)>,
    ) -> &Revised {
        let of_commit = &self.order.revised[revision.commit as usize];
        let cell = &of_commit[revision.change as usize];
        if cell.get().is_none() {
            // Made outside of the cell: the thread that makes it may be given other pages to make while it waits,
            // and these may need the same value.
            for (change, made) in make() {
                of_commit[change as usize].get_or_init(|| Box::new(made));
            }
        }
        cell.get_or_init(Box::default)
    }
}
