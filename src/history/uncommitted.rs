//! Which documents are elsewhere than in the newest commit.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{History, Version, renamed};
use crate::source::SourcePath;

/// Documents that were renamed or removed and not committed so.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Uncommitted {
    /// By the path of a document the one that the newest commit has it at.
    pub renamed: BTreeMap<SourcePath, SourcePath>,
    /// What the newest commit has and nobody else, sorted by path.
    pub removed: Vec<Version>,
    /// How many documents the newest commit does not have.
    added: usize,
}

/// What the newest commit has of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Committed<'h> {
    /// Nobody knows.
    Unknown,
    /// It is not there.
    Absent,
    /// It is there, perhaps under another path.
    At(&'h Version),
}

impl Uncommitted {
    /// Compares the newest commit with the documents that there are, drafts included, sorted by path.
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
        // What is no document is at a path that none has.
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

    /// Whether it may be another if texts change: a document may turn out to be one that was removed.
    pub(super) fn follows_texts(&self) -> bool {
        !self.renamed.is_empty() || self.added > 0 && !self.removed.is_empty()
    }
}

impl History {
    /// What the newest commit has at a path.
    pub fn committed(&self, path: &SourcePath) -> Committed<'_> {
        let Some(documents) = &self.documents else { return Committed::Unknown };
        let find = |path: &str| {
            let at = documents.binary_search_by(|version| version.path.as_str().cmp(path));
            at.ok().map(|at| &documents[at])
        };
        match find(path.as_str()) {
            Some(version) if self.text(version.blob).is_some() => Committed::At(version),
            Some(_) => Committed::Unknown,
            // What is behind a link or in another repository, this one knows nothing of.
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
