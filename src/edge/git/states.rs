//! Whole states of a handbook: that of the newest commit, and those of tags.

use std::collections::{BTreeMap, HashMap};

use gix::ObjectId;
use gix::bstr::ByteSlice;
use gix::objs::tree::EntryKind;

use super::Repository;
use super::log::{Touched, day};
use crate::date::Date;
use crate::edge::disk::{self, CONFIG, CONTENT, KINDS};
use crate::history::{Blob, FileChange, Tag, Version};
use crate::source::SourcePath;

/// How many tags are read, the newest.
const MOST_TAGS: usize = 20;

/// The number of documents in tags after which older ones are not read: each two adjacent ones are compared as
/// a whole. Two tags are always read.
const MOST_DOCUMENTS: usize = 20_000;

/// The object of each tag, by its name.
pub(super) type Tags = BTreeMap<String, ObjectId>;

/// The distinct contents, in the order in which they were met.
#[derive(Default)]
pub(super) struct Ids {
    pub all: Vec<ObjectId>,
    known: HashMap<ObjectId, Blob>,
}

impl Ids {
    pub fn changes(&mut self, touched: Vec<Touched>) -> Vec<FileChange> {
        let changes = touched.into_iter().filter_map(|Touched { path, before, after }| {
            let mut version =
                |id: Option<ObjectId>| Some(Version { path: path.clone(), blob: self.blob(id?) });
            match (version(before), version(after)) {
                (Some(before), Some(after)) => Some(FileChange::Changed { before, after }),
                (None, Some(after)) => Some(FileChange::Added(after)),
                (Some(before), None) => Some(FileChange::Removed(before)),
                (None, None) => None,
            }
        });
        changes.collect()
    }

    fn blob(&mut self, id: ObjectId) -> Blob {
        *self.known.entry(id).or_insert_with(|| {
            self.all.push(id);
            // Nobody reads a history of four billion documents.
            Blob(u32::try_from(self.all.len() - 1).unwrap_or(u32::MAX))
        })
    }

    /// The files as versions, sorted by path.
    fn versions(&mut self, files: Vec<(String, ObjectId)>) -> Box<[Version]> {
        let version = |(path, id)| Version { path: SourcePath::new(path), blob: self.blob(id) };
        let mut versions: Vec<Version> = files.into_iter().map(version).collect();
        versions.sort_by(|one, other| one.path.cmp(&other.path));
        versions.into()
    }
}

impl Repository {
    /// The tags whose names match a pattern, in which `*` is any text.
    pub(super) fn tags(&self, pattern: Option<&str>) -> Tags {
        let repository = self.shared.to_thread_local();
        let Ok(references) = repository.references() else { return Tags::new() };
        let Ok(tags) = references.tags() else { return Tags::new() };
        let tag = |reference: gix::Reference<'_>| {
            let name = reference.name().shorten().to_str().ok()?.to_owned();
            let is_wanted = pattern.is_none_or(|pattern| fits(pattern, &name));
            is_wanted.then_some((name, reference.try_id()?.detach()))
        };
        tags.filter_map(Result::ok).filter_map(tag).collect()
    }

    /// The states of tags, newest first in the order of their commits in `order`, and the number of tags before
    /// these that are not read. Those of commits that are not in `order` belong to another line of work; if a state
    /// has no documents, the handbook did not exist yet.
    pub(super) fn tagged(
        &self,
        repository: &gix::Repository,
        order: impl Iterator<Item = ObjectId>,
        tags: &Tags,
        ids: &mut Ids,
    ) -> (Vec<Tag>, usize) {
        let mut names: HashMap<ObjectId, Vec<Box<str>>> = HashMap::new();
        for (name, id) in tags {
            let object = repository.find_object(*id).ok();
            if let Some(commit) = object.and_then(|object| object.peel_to_commit().ok()) {
                names.entry(commit.id).or_default().push(name.as_str().into());
            }
        }
        let (mut found, mut older, mut documents) = (Vec::new(), 0, 0);
        for id in order {
            if names.is_empty() {
                break;
            }
            let Some(names) = names.remove(&id) else { continue };
            if found.len() == MOST_TAGS || found.len() >= 2 && documents > MOST_DOCUMENTS {
                older += names.len();
                continue;
            }
            if let Some(tag) = self.tag(repository, id, names, ids) {
                documents += tag.documents.len();
                found.push(tag);
            }
        }
        (found, older)
    }

    fn tag(
        &self,
        repository: &gix::Repository,
        commit: ObjectId,
        names: Vec<Box<str>>,
        ids: &mut Ids,
    ) -> Option<Tag> {
        let mut documents = self.documents(repository, commit, ids)?.into_vec();
        documents.retain(|version| disk::is_markdown(version.path.file_name()));
        if documents.is_empty() {
            return None;
        }
        let root = self.root(repository, commit)?;
        let kinds = below(repository, &root, KINDS, disk::is_kind)?;
        let config = root.find_entry(CONFIG).filter(|entry| entry.mode().is_blob());
        let config = config.map(|entry| Version {
            path: SourcePath::new(CONFIG),
            blob: ids.blob(entry.object_id()),
        });
        Some(Tag {
            names: names.into(),
            commit: commit.to_string().into(),
            day: day(repository, commit).ok().flatten().unwrap_or(Date::MIN),
            documents: documents.into(),
            config,
            kinds: ids.versions(kinds),
        })
    }

    /// The documents of a commit, and entries among them that are not files: a link or another repository. `None` if
    /// a part of it is missing.
    pub(super) fn documents(
        &self,
        repository: &gix::Repository,
        commit: ObjectId,
        ids: &mut Ids,
    ) -> Option<Box<[Version]>> {
        let root = self.root(repository, commit)?;
        let files = below(repository, &root, CONTENT, disk::is_document)?;
        Some(ids.versions(files))
    }

    /// The folder of the handbook at a commit; an empty one if it does not exist.
    fn root<'r>(&self, repository: &'r gix::Repository, commit: ObjectId) -> Option<gix::Tree<'r>> {
        let mut tree = repository.find_commit(commit).ok()?.tree().ok()?;
        for part in &self.folder {
            let entry = tree.find_entry(part.as_str()).filter(|entry| entry.mode().is_tree());
            let Some(id) = entry.map(|entry| entry.object_id()) else {
                return Some(repository.empty_tree());
            };
            tree = repository.find_tree(id).ok()?;
        }
        Some(tree)
    }
}

/// The files below a folder of the handbook that `is_wanted`, by their paths in it. Entries that are neither file nor
/// folder are included, with a content that nothing else has.
fn below(
    repository: &gix::Repository,
    root: &gix::Tree<'_>,
    folder: &str,
    is_wanted: fn(&str) -> bool,
) -> Option<Vec<(String, ObjectId)>> {
    let entry = root.find_entry(folder).filter(|entry| entry.mode().is_tree());
    let Some(id) = entry.map(|entry| entry.object_id()) else { return Some(Vec::new()) };
    let found = repository.find_tree(id).ok()?.traverse().breadthfirst.files().ok()?;
    let file = |entry: gix::traverse::tree::recorder::Entry| {
        let path = entry.filepath.to_str().ok()?;
        let id = match entry.mode.kind() {
            EntryKind::Tree => return None,
            EntryKind::Blob | EntryKind::BlobExecutable => is_wanted(path).then_some(entry.oid)?,
            EntryKind::Link | EntryKind::Commit => ObjectId::null(repository.object_hash()),
        };
        Some((format!("{folder}/{path}"), id))
    };
    Some(found.into_iter().filter_map(file).collect())
}

/// Whether a text matches a pattern, in which `*` is any text.
fn fits(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| text.strip_prefix(first)) else {
        return false;
    };
    let Some(last) = parts.next_back() else { return rest.is_empty() };
    for part in parts {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns() {
        for (pattern, fitting, others) in [
            ("*", &["", "v1"][..], &[][..]),
            ("v*", &["v", "v1.0"], &["1", "rev"]),
            ("v1", &["v1"], &["v10", "v", ""]),
            ("", &[""], &["v1"]),
            ("*-q*", &["2026-q3", "-q"], &["2026q3"]),
            ("a*a", &["aa", "aba"], &["a", "ab"]),
            ("book/*/v*", &["book/plans/v1"], &["book/v1"]),
        ] {
            for text in fitting {
                assert!(fits(pattern, text), "{pattern} {text}");
            }
            for text in others {
                assert!(!fits(pattern, text), "{pattern} {text}");
            }
        }
    }
}
