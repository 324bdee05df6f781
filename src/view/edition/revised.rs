//! What commits changed in documents, kept for as long as documents and history are the same.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use super::Edition;
use crate::comparison::{Change, Impact, Outcome};
use crate::handbook::{DocumentIndex, Handbook};
use crate::history::Revision;
use crate::kind::Kind;

/// What a commit changed in a document. It is of the past, so it holds what things were called.
#[derive(Clone, Debug, Default)]
pub struct Revised {
    /// What the document was called: afterwards, unless it was removed.
    pub title: String,
    /// Whether it was a canvas, before or afterwards.
    pub is_canvas: bool,
    /// Who answered for the canvas, before and afterwards.
    pub owners: BTreeSet<String>,
    /// What differs; `None` if that is not known, or if it was no canvas.
    pub differing: Option<Differing>,
}

/// What differs between two states of a canvas.
#[derive(Clone, Debug)]
pub struct Differing {
    /// The kind of the canvas afterwards, unless it was removed.
    pub kind: Arc<Kind>,
    /// The blocks of the kind in its order, then those of the canvas before that the kind does not have.
    pub blocks: Box<[RevisedBlock]>,
    /// What changed. Values that are ids are replaced by what they mean.
    pub changes: Box<[Change]>,
    /// What the changes do to elements of the canvas.
    pub impact: Box<[Impact]>,
    /// By the id of each element that is not the same the ids of the departments that led or contributed to it,
    /// before and afterwards.
    pub departments: BTreeMap<String, BTreeSet<String>>,
    /// The ids of elements afterwards that had another one before, with that.
    pub renamed: BTreeMap<String, String>,
}

/// A block in two states of a canvas.
#[derive(Clone, Debug)]
pub struct RevisedBlock {
    /// The classes that have its colour and its sign.
    pub classes: String,
    /// What the canvas calls it.
    pub label: String,
    /// Its elements that are not the same: what became of each, and what it is called.
    pub entries: Box<[(Outcome, String)]>,
    /// How many are the same.
    pub same: usize,
}

/// The newest commits, looked through for those who ask what changed lately.
#[derive(Clone, Debug, Default)]
pub struct Latest {
    /// As many of the commits of the history as are looked through, in its order.
    pub commits: Vec<LatestCommit>,
    /// The document that each revision is of, if it is still there.
    pub documents: BTreeMap<Revision, DocumentIndex>,
    /// By id of a department the revisions that concern it, newest first.
    pub departments: BTreeMap<String, Vec<Revision>>,
    /// By id of an owner the revisions that concern them, newest first.
    pub owners: BTreeMap<String, Vec<Revision>>,
}

/// The documents that a commit touched.
#[derive(Clone, Debug, Default)]
pub struct LatestCommit {
    /// Those that are named: the revision, and the document if it is still there.
    pub documents: Vec<(Revision, Option<DocumentIndex>)>,
    /// How many others there are.
    pub more: usize,
}

/// By commit and change what the commit changed there.
pub(super) type AllRevised = Arc<[Box<[OnceLock<Box<Revised>>]>]>;

/// Room for what each commit changed.
pub(super) fn unknown(handbook: &Handbook) -> AllRevised {
    let history = handbook.versions.as_ref().map(|versions| &versions.history);
    let commits = history.into_iter().flat_map(|history| &history.commits);
    commits.map(|commit| commit.changes.iter().map(|_| OnceLock::new()).collect()).collect()
}

impl Edition {
    /// The newest commits, which `make` looks through.
    pub(in crate::view) fn latest(&self, make: impl FnOnce() -> Latest) -> &Latest {
        // Made outside of the cell, as below.
        if let Some(latest) = self.order.latest.get() {
            return latest;
        }
        let made = make();
        self.order.latest.get_or_init(|| Box::new(made))
    }

    /// What a revision changed. `make` finds out what its commit changed, by the places of changes in it; that of
    /// the revision is among them.
    pub(in crate::view) fn revised(
        &self,
        revision: Revision,
        make: impl FnOnce() -> Vec<(u32, Revised)>,
    ) -> &Revised {
        let of_commit = &self.order.revised[revision.commit as usize];
        let cell = &of_commit[revision.change as usize];
        if cell.get().is_none() {
            // Made outside of the cell: whoever makes it may be given other pages to make while it waits, and these
            // may ask for the same.
            for (change, made) in make() {
                of_commit[change as usize].get_or_init(|| Box::new(made));
            }
        }
        cell.get_or_init(Box::default)
    }
}
