//! The commits that changed each of the present documents.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use super::{Blob, Commit, Committed, FileChange, History, Reach, Uncommitted, Version};
use crate::date::Date;
use crate::source::SourcePath;

/// One change of one document in one commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Revision {
    /// An index into [`History::commits`].
    pub commit: u32,
    /// An index into [`Commit::changes`].
    pub change: u32,
}

/// A history with the revisions of each document. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Versions {
    /// The history.
    pub history: Arc<History>,
    /// The documents whose path differs from that in the newest commit.
    pub uncommitted: Arc<Uncommitted>,
    /// The revisions of each document, newest first.
    revisions: Arc<[Box<[Revision]>]>,
    /// The digest of each content.
    digests: Arc<[OnceLock<Digest>]>,
}

/// A content as hashes, by which parts of two contents can be compared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Digest {
    /// The keys of each element, by which it may be recognised, each with its content; sorted.
    pub elements: Box<[(u64, u64)]>,
    /// The targets of its references, sorted.
    pub links: Box<[u64]>,
}

impl Revision {
    /// The commit, and its change of the document.
    pub fn of(self, history: &History) -> (&Commit, &FileChange) {
        let commit = &history.commits[self.commit as usize];
        (commit, &commit.changes[self.change as usize])
    }
}

impl Versions {
    /// Finds the revisions of documents with these paths, each followed to the paths that it had before.
    pub fn of<'p>(
        history: Arc<History>,
        paths: impl IntoIterator<Item = &'p SourcePath>,
        uncommitted: Uncommitted,
    ) -> Self {
        let committed = paths.into_iter().map(|path| uncommitted.renamed.get(path).unwrap_or(path));
        let revisions = revisions(&history, committed).into_iter().map(Into::into).collect();
        let digests = history.blobs.iter().map(|_| OnceLock::new()).collect();
        Self { history, uncommitted: Arc::new(uncommitted), revisions, digests }
    }

    /// Whether it may change if only texts of documents change.
    pub fn follows_texts(&self) -> bool {
        self.uncommitted.follows_texts()
    }

    /// The version of the document at a path in the newest commit.
    pub fn committed(&self, path: &SourcePath) -> Committed<'_> {
        self.history.committed(self.uncommitted.renamed.get(path).unwrap_or(path))
    }

    /// Whether both have one history and the same documents.
    pub fn is_again_of(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.revisions, &other.revisions)
    }

    /// The newest version of a document; `None` if no commit has it.
    pub fn newest(&self, index: usize) -> Option<&Version> {
        self.of_document(index).first()?.of(&self.history).1.after()
    }

    /// Whether every change after a day is known.
    pub fn reaches(&self, day: Date) -> bool {
        match self.history.reach {
            Reach::Whole => true,
            _ => self.history.begins.is_some_and(|begins| begins <= day),
        }
    }

    /// A document at the end of a day: `Some(None)` if it did not exist, or if no change of it is known. `None` if the
    /// history does not reach back so far.
    pub fn on(&self, index: usize, day: Date) -> Option<Option<&Version>> {
        let of = |revision: &Revision| revision.of(&self.history);
        let revisions = self.of_document(index);
        match revisions.iter().map(of).find(|(commit, _)| commit.day <= day) {
            Some((_, change)) => Some(change.after()),
            None if self.reaches(day) => Some(revisions.last().and_then(|it| of(it).1.before())),
            None => None,
        }
    }

    /// The digest of a content, which `make` computes the first time. It is empty for a content
    /// that is not a text.
    pub fn digest(&self, blob: Blob, make: impl FnOnce(&Arc<str>) -> Digest) -> &Digest {
        let made = || self.history.text(blob).map(make).unwrap_or_default();
        self.digests[blob.0 as usize].get_or_init(made)
    }

    /// The revisions of a document, newest first, by its index in the paths.
    pub fn of_document(&self, index: usize) -> &[Revision] {
        self.revisions.get(index).map_or(&[], |revisions| revisions)
    }
}

/// The revisions of documents with these paths, newest first.
fn revisions<'p>(
    history: &History,
    paths: impl IntoIterator<Item = &'p SourcePath>,
) -> Vec<Vec<Revision>> {
    let mut revisions: Vec<Vec<Revision>> = Vec::new();
    // The documents by their path at the present commit.
    let mut followed: HashMap<&SourcePath, Vec<usize>> = HashMap::new();
    for path in paths {
        followed.entry(path).or_default().push(revisions.len());
        revisions.push(Vec::new());
    }
    for (at, commit) in (0u32..).zip(&history.commits) {
        let mut renamed = Vec::new();
        for (change_at, change) in (0u32..).zip(&commit.changes) {
            let Some(documents) = followed.get(change.path()) else { continue };
            for document in documents {
                revisions[*document].push(Revision { commit: at, change: change_at });
            }
            let before = change.before().map(|before| &before.path);
            let is_renamed = before.is_some_and(|before| before != change.path());
            renamed.extend(before.filter(|_| is_renamed).map(|before| (change.path(), before)));
        }
        // Two documents may have swapped paths. Whatever has such a name later is another document.
        let moves = renamed.into_iter().map(|(after, before)| (before, followed.remove(after)));
        let moves: Vec<(&SourcePath, Option<Vec<usize>>)> = moves.collect();
        for (before, documents) in moves {
            followed.insert(before, documents.unwrap_or_default());
        }
    }
    revisions
}
