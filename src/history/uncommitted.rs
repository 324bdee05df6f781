//! The documents whose path differs from that in the newest commit.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{History, Version, renamed};
use crate::source::SourcePath;

/// Documents that were renamed or removed without a commit of that.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Uncommitted {
    /// The path in the newest commit of each renamed document, by its present path.
    pub renamed: BTreeMap<SourcePath, SourcePath>,
    /// The documents that only the newest commit has, sorted by path.
    pub removed: Vec<Version>,
    /// The number of documents that the newest commit does not have.
    added: usize,
}

/// The version of a document in the newest commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Committed<'h> {
    /// It is unknown.
    Unknown,
    /// It does not exist.
    Absent,
    /// It exists, perhaps with another path.
    At(&'h Version),
}

impl Uncommitted {
    /// Compares the newest commit with the present documents, drafts included, sorted by path.
    pub fn of<'d>(
        history: &History,
        documents: impl IntoIterator<Item = (&'d SourcePath, &'d Arc<str>)>,
    ) -> Self {
        let Some(committed) = &history.documents else { return Self::default() };
        let mut added: BTreeMap<SourcePath, Arc<str>> = BTreeMap::new();
        let mut left = committed.iter().peekable();
        let mut removed: Vec<&Version> = Vec::new();
        for (path, text) in documents {
            removed.extend(std::iter::from_fn(|| left.next_if(|version| version.path < *path)));
            if left.next_if(|version| version.path == *path).is_none()
                && history.committed(path) == Committed::Absent
            {
                added.insert(path.clone(), Arc::clone(text));
            }
        }
        removed.extend(left);
        // An entry that is not a document is at a path that no document has.
        let text = |version: &Version| history.text(version.blob).cloned();
        let texts: BTreeMap<SourcePath, Arc<str>> =
            removed.iter().filter_map(|it| Some((it.path.clone(), text(it)?))).collect();
        let moved = renamed(&texts, &added);
        let gone = |version: &&Version| {
            texts.contains_key(&version.path) && !moved.contains_key(&version.path)
        };
        let removed = removed.into_iter().filter(gone).cloned().collect();
        let count = added.len();
        let renamed = moved.into_iter().map(|(before, after)| (after, before)).collect();
        Self { renamed, removed, added: count }
    }

    /// Whether it may change if texts change: a document may turn out to be one that was removed.
    pub(super) fn follows_texts(&self) -> bool {
        !self.renamed.is_empty() || self.added > 0 && !self.removed.is_empty()
    }
}

impl History {
    /// The version at a path in the newest commit.
    pub fn committed(&self, path: &SourcePath) -> Committed<'_> {
        let Some(documents) = &self.documents else { return Committed::Unknown };
        let find = |path: &str| {
            let at = documents.binary_search_by(|version| version.path.as_str().cmp(path));
            at.ok().map(|at| &documents[at])
        };
        match find(path.as_str()) {
            Some(version) if self.text(version.blob).is_some() => Committed::At(version),
            Some(_) => Committed::Unknown,
            // This repository knows nothing of files behind a link or in another repository.
            None => {
                let mut folders =
                    path.as_str().match_indices('/').map(|(at, _)| &path.as_str()[..at]);
                match folders.any(|folder| find(folder).is_some()) {
                    true => Committed::Unknown,
                    false => Committed::Absent,
                }
            }
        }
    }
}
