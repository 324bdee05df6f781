//! Versions of the documents: the commits that touched them, as values.
//!
//! Nothing here reads a repository: an edge hands a [`History`] in.

mod renames;
mod uncommitted;
mod revisions;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use crate::date::Date;
use crate::source::SourcePath;

pub use renames::{renamed, with_renames};
pub use revisions::{Digest, Revision, Versions};
pub use uncommitted::{Committed, Uncommitted};

/// The commits that touched a handbook's documents.
#[derive(Debug, Default)]
pub struct History {
    /// The commits, newest first.
    pub commits: Vec<Commit>,
    /// The distinct contents that documents have had; see [`Blob`].
    pub blobs: Vec<Option<Arc<str>>>,
    /// The documents of the newest commit, sorted by path. `None` if some of them are unknown. They include paths
    /// at which it has something else, such as a link, with a content that is not a text.
    pub documents: Option<Box<[Version]>>,
    /// The states of tags, newest first, as many as are read.
    pub tags: Vec<Tag>,
    /// The number of older tags that are not read.
    pub older_tags: usize,
    /// The day of the newest commit, whatever it touched.
    pub day: Option<Date>,
    /// How far it goes back.
    pub reach: Reach,
    /// The day from which on every change is known, if it does not go back to the beginning.
    pub begins: Option<Date>,
}

/// The content of a document in some commits: an index into [`History::blobs`]. Equal contents have equal
/// indexes. A content that is not a text, is too large or is missing has `None` there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Blob(pub u32);

/// Why a history does not go back further.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reach {
    /// There is nothing before it.
    #[default]
    Whole,
    /// The repository is a shallow clone, or parts of it are missing.
    Shallow,
    /// The configuration asks for nothing older.
    Since(Date),
    /// It is longer than the limit.
    Most,
}

/// A commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit {
    /// Its id in hexadecimal digits.
    pub id: Box<str>,
    /// When it was committed, in seconds since 1970.
    pub seconds: i64,
    /// The day of that, where it was committed.
    pub day: Date,
    /// The name of its author, without an address.
    pub author: Arc<str>,
    /// The first paragraph of its message, on one line.
    pub subject: Box<str>,
    /// What it did to documents, sorted by their paths. Of a merge, only what none of its parents has.
    pub changes: Box<[FileChange]>,
}

/// A state of the handbook that has a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// Its names, sorted: several if several tags have one commit.
    pub names: Box<[Box<str>]>,
    /// The id of the commit in hexadecimal digits.
    pub commit: Box<str>,
    /// The day of the commit, where it was made.
    pub day: Date,
    /// The documents, sorted by path.
    pub documents: Box<[Version]>,
    /// The configuration; `None` if it had none.
    pub config: Option<Version>,
    /// The files that describe kinds, sorted by path.
    pub kinds: Box<[Version]>,
}

/// The change of one document in a commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileChange {
    /// It was added, perhaps again.
    Added(Version),
    /// It was removed.
    Removed(Version),
    /// Its content, its path, or both changed.
    Changed {
        /// The version of the first parent of the commit.
        before: Version,
        /// The version of the commit.
        after: Version,
    },
}

/// A document at some commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Its path.
    pub path: SourcePath,
    /// Its content.
    pub blob: Blob,
}

impl FileChange {
    /// The path afterwards; the one before if the document was removed.
    pub fn path(&self) -> &SourcePath {
        match self {
            Self::Added(version) | Self::Removed(version) => &version.path,
            Self::Changed { after, .. } => &after.path,
        }
    }

    /// The version before; `None` if the document did not exist.
    pub fn before(&self) -> Option<&Version> {
        match self {
            Self::Added(_) => None,
            Self::Removed(before) | Self::Changed { before, .. } => Some(before),
        }
    }

    /// The version afterwards; `None` if the document no longer existed.
    pub fn after(&self) -> Option<&Version> {
        match self {
            Self::Removed(_) => None,
            Self::Added(after) | Self::Changed { after, .. } => Some(after),
        }
    }
}

impl History {
    /// The text of a content; `None` if it has none.
    pub fn text(&self, blob: Blob) -> Option<&Arc<str>> {
        self.blobs.get(blob.0 as usize)?.as_ref()
    }
}
