//! The state of the sources at a moment, to determine what changed between two moments.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::time::SystemTime;

use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_64;

use crate::diagnostic::Code;
use crate::edge::disk::{self, LARGEST_TEXT, Survey};
use crate::edge::look::Look;
use crate::edge::regular_file;
use crate::source::SourcePath;

/// The sources at a moment.
#[derive(Debug, Default)]
pub(super) struct Snapshot {
    entries: BTreeMap<SourcePath, PathState>,
    /// The real folders that the sources are in.
    pub folders: BTreeSet<PathBuf>,
    /// The real paths of files that links in the handbook give another name.
    elsewhere: BTreeSet<PathBuf>,
}

/// Some paths of the sources at a moment, compared with a snapshot.
#[derive(Debug)]
pub(super) struct Glance {
    /// The entries at these paths.
    files: BTreeMap<SourcePath, Option<PathState>>,
    /// The differences from the snapshot.
    pub differences: BTreeMap<SourcePath, Difference>,
}

/// The entry at a path.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum PathState {
    File(FileState),
    /// A theme, possibly empty.
    Theme,
    /// Something that cannot be read, by the code of its diagnostic.
    Fault(Code),
}

/// The state of a file at a moment.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct FileState {
    look: Look,
    /// Whether it changed so recently that its look may not show the next change.
    is_young: bool,
    /// The content's hash, if the look alone is not enough.
    hash: Option<u64>,
}

/// How a path differs between two moments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Difference {
    /// It has other content.
    Changed,
    /// It did not exist before.
    Appeared,
    /// It does not exist any more.
    Vanished,
    /// It exists and is empty, which it was not before.
    Emptied,
}

impl Difference {
    /// Whether the difference may vanish by itself, since many programs save in several steps.
    pub fn is_doubtful(self) -> bool {
        !matches!(self, Self::Changed)
    }
}

impl Snapshot {
    /// Looks at the sources of the handbook at `root`, without the folder `output`. `before` is the
    /// snapshot that this one will be compared with.
    pub fn take(root: &Path, output: &Path, before: &Self, now: SystemTime) -> Self {
        let Survey { files, folders, themes, problems } = disk::survey(root, output);
        let is_elsewhere = |path: &SourcePath, real: &Path| {
            real.strip_prefix(root) != Ok(Path::new(path.as_str()))
        };
        let elsewhere = files.iter().filter(|(path, real)| is_elsewhere(path, real));
        let elsewhere = elsewhere.map(|(_, real)| real.clone()).collect();
        let files: Vec<(SourcePath, Option<FileState>)> = files
            .into_par_iter()
            .map(|(path, real)| {
                let state = FileState::of(&real, before.file(&path), now);
                (path, state)
            })
            .collect();
        let mut entries = BTreeMap::new();
        for theme in themes {
            entries.insert(SourcePath::new(format!("{}/{theme}", disk::THEMES)), PathState::Theme);
        }
        for problem in problems {
            entries.insert(problem.location.file, PathState::Fault(problem.code));
        }
        // A file that is gone already counts as never seen.
        let files = files.into_iter().filter_map(|(path, state)| Some((path, state?)));
        entries.extend(files.map(|(path, state)| (path, PathState::File(state))));
        Self { entries, folders, elsewhere }
    }

    /// Looks at a few paths only, relative to the same root. `None` if that is not enough to tell
    /// what changed: something other than a file is or was there, or a file has other names.
    pub fn glance<'p>(
        &self,
        root: &Path,
        paths: impl IntoIterator<Item = &'p PathBuf>,
        now: SystemTime,
    ) -> Option<Glance> {
        let mut glance = Glance { files: BTreeMap::new(), differences: BTreeMap::new() };
        for path in paths {
            let (real, source) = (root.join(path), source(path)?);
            if self.elsewhere.contains(&real)
                || self.folders.contains(&real)
                || self.is_above(&source)
            {
                return None;
            }
            let before = self.entries.get(&source);
            let old = match before {
                Some(PathState::File(state)) => Some(state),
                Some(_) => return None,
                None => None,
            };
            let after = match fs::symlink_metadata(&real) {
                Ok(data) if data.is_file() => FileState::of(&real, old, now).map(PathState::File),
                Err(error) if error.kind() == io::ErrorKind::NotFound => None,
                _ => return None,
            };
            // The root contains many files that are not sources, and programs write some of them
            // often.
            if before.is_none() && source.folder().is_empty() && source.as_str() != disk::CONFIG {
                continue;
            }
            if let Some(difference) = difference(before, after.as_ref()) {
                glance.differences.insert(source.clone(), difference);
            }
            glance.files.insert(source, after);
        }
        Some(glance)
    }

    /// Adds transient changes at some paths, relative to the root, to the differences of a later look,
    /// `after`: a file was written and has its old content again, or came and is gone. Nothing
    /// differs, but the sources may have been read meanwhile.
    pub fn add_passed<'a>(
        &self,
        root: &Path,
        differences: &mut BTreeMap<SourcePath, Difference>,
        paths: &BTreeSet<PathBuf>,
        after: impl Fn(&SourcePath) -> Option<&'a PathState>,
    ) {
        // A folder is not an entry, but exists.
        let is_gone = |path: &SourcePath| fs::symlink_metadata(root.join(path.as_str())).is_err();
        for path in paths.iter().filter_map(|path| source(path)) {
            let passed = match (self.entries.get(&path), after(&path)) {
                (Some(PathState::File(old)), Some(PathState::File(new)))
                    if old.look != new.look =>
                {
                    Difference::Changed
                }
                (None, None) if is_read(&path) && is_gone(&path) => Difference::Vanished,
                _ => continue,
            };
            differences.entry(path).or_insert(passed);
        }
    }

    /// The files that were written since `before`, even if their content is unchanged.
    pub fn written_since(&self, before: &Self) -> impl Iterator<Item = PathBuf> {
        let is_written =
            |(path, entry): &(&SourcePath, &PathState)| match (before.entries.get(*path), entry) {
                (Some(PathState::File(old)), PathState::File(new)) => old.look != new.look,
                _ => false,
            };
        self.entries.iter().filter(is_written).map(|(path, _)| PathBuf::from(path.as_str()))
    }

    /// The entry at a path.
    pub fn entry(&self, path: &SourcePath) -> Option<&PathState> {
        self.entries.get(path)
    }

    /// Takes over the entries of a glance.
    pub fn update(&mut self, glance: Glance) {
        for (path, entry) in glance.files {
            match entry {
                Some(entry) => self.entries.insert(path, entry),
                None => self.entries.remove(&path),
            };
        }
    }

    /// The differences from `before`, by path.
    pub fn differences(&self, before: &Self) -> BTreeMap<SourcePath, Difference> {
        let mut differences = BTreeMap::new();
        for (path, entry) in &self.entries {
            if let Some(difference) = difference(before.entries.get(path), Some(entry)) {
                differences.insert(path.clone(), difference);
            }
        }
        for path in before.entries.keys().filter(|path| !self.entries.contains_key(*path)) {
            differences.insert(path.clone(), Difference::Vanished);
        }
        differences
    }

    /// The paths of the differences from `before`, if each is that of a document with another text;
    /// `None` if anything else differs.
    pub fn texts(
        &self,
        before: &Self,
        differences: &BTreeMap<SourcePath, Difference>,
    ) -> Option<Vec<SourcePath>> {
        let texts = before.texts_after(differences)?;
        texts.iter().all(|path| self.file(path).is_some()).then_some(texts)
    }

    /// Like [`Self::texts`], for a glance: an entry that it found is a file.
    pub fn texts_after(
        &self,
        differences: &BTreeMap<SourcePath, Difference>,
    ) -> Option<Vec<SourcePath>> {
        let is_text = |(path, difference): (&SourcePath, &Difference)| {
            *difference != Difference::Vanished && is_document(path) && self.file(path).is_some()
        };
        differences.iter().map(|it| is_text(it).then(|| it.0.clone())).collect()
    }

    /// Whether there are sources below a path.
    fn is_above(&self, path: &SourcePath) -> bool {
        let folder = SourcePath::new(format!("{path}/"));
        let next = self.entries.range::<SourcePath, _>(&folder..).next();
        next.is_some_and(|(next, _)| next.as_str().starts_with(folder.as_str()))
    }

    fn file(&self, path: &SourcePath) -> Option<&FileState> {
        match self.entries.get(path) {
            Some(PathState::File(state)) => Some(state),
            _ => None,
        }
    }
}

/// How the entry at a path differs from the earlier one.
fn difference(before: Option<&PathState>, after: Option<&PathState>) -> Option<Difference> {
    Some(match (before, after) {
        (None, None) => return None,
        (Some(_), None) => Difference::Vanished,
        (Some(old), Some(entry)) if old.is_same(entry) => return None,
        (Some(old), Some(entry)) if entry.is_empty() && !old.is_empty() => Difference::Emptied,
        (None, Some(entry)) if entry.is_empty() => Difference::Emptied,
        (None, Some(_)) => Difference::Appeared,
        (Some(PathState::File(_)), Some(entry)) if !matches!(entry, PathState::File(_)) => {
            Difference::Vanished
        }
        (Some(_), Some(_)) => Difference::Changed,
    })
}

/// Whether files at this path are read, if there are any.
fn is_read(path: &SourcePath) -> bool {
    let top = path.as_str().split('/').next().unwrap_or_default();
    path.as_str() == disk::CONFIG
        || (path.as_str() != top && [disk::CONTENT, disk::STATIC, disk::THEMES].contains(&top))
}

/// A path relative to the root, in the form of source paths; `None` if it has no such form.
fn source(path: &Path) -> Option<SourcePath> {
    let parts: Option<Vec<&str>> = path
        .components()
        .map(|part| match part {
            Component::Normal(name) => name.to_str(),
            _ => None,
        })
        .collect();
    parts.filter(|parts| !parts.is_empty()).map(|parts| SourcePath::new(parts.join("/")))
}

/// Whether the path is that of a document.
fn is_document(path: &SourcePath) -> bool {
    let below = path.as_str().strip_prefix(disk::CONTENT);
    below.is_some_and(|below| below.starts_with('/')) && disk::is_markdown(path.file_name())
}

impl Glance {
    /// The entry at a path that was looked at.
    pub fn entry(&self, path: &SourcePath) -> Option<&PathState> {
        self.files.get(path).and_then(Option::as_ref)
    }
}

impl PathState {
    fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::File(one), Self::File(other)) => match (one.hash, other.hash) {
                (Some(one), Some(other)) => one == other,
                _ => one.look == other.look,
            },
            _ => self == other,
        }
    }

    fn is_empty(&self) -> bool {
        matches!(self, Self::File(state) if state.look.size() == 0)
    }
}

impl FileState {
    /// The state of a real file; `None` if it is gone.
    fn of(real: &Path, before: Option<&Self>, now: SystemTime) -> Option<Self> {
        let look = Look::of(&fs::metadata(real).ok()?);
        let is_young = look.is_young(now);
        let was_young = before.is_some_and(|before| before.is_young && before.look == look);
        let is_doubtful = (is_young || was_young) && look.size() <= LARGEST_TEXT;
        let hash = || Some(xxh3_64(&regular_file::read(real, LARGEST_TEXT).ok()?));
        Some(Self { look, is_young, hash: is_doubtful.then(hash).flatten() })
    }
}

#[cfg(test)]
mod tests;
