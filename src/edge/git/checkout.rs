//! A handbook as it was at a commit, in a folder of its own.

#![expect(clippy::disallowed_methods, reason = "an edge: it writes the folder")]

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use gix::ObjectId;
use gix::objs::tree::EntryKind;
use tempfile::TempDir;

use super::{Problem, Repository, problem};
use crate::edge::disk::SOURCES;

/// How deep folders may be nested; deeper ones are left out, as on a disk.
const DEEPEST: usize = 100;

/// How many files are written at most.
const MOST_FILES: usize = 1_000_000;

/// The sources of a handbook at a commit, in a folder that is removed with this value.
pub struct Checkout {
    folder: TempDir,
    commit: ObjectId,
}

impl Checkout {
    /// The folder of the sources.
    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    /// The commit.
    pub fn commit(&self) -> ObjectId {
        self.commit
    }
}

impl Repository {
    /// Writes the sources of the handbook at a commit to a folder for temporary files, so that they are read
    /// like any others.
    ///
    /// # Errors
    /// If the commit cannot be read, has no such handbook, or there is no room for it.
    pub fn check_out(&self, commit: ObjectId) -> Result<Checkout, Problem> {
        let repository = self.shared.to_thread_local();
        let folder = tempfile::Builder::new().prefix("canvasbook-").tempdir().map_err(problem)?;
        let mut tree = repository.find_commit(commit).map_err(problem)?.tree().map_err(problem)?;
        for part in &self.folder {
            let entry = tree.find_entry(part.as_str()).filter(|entry| entry.mode().is_tree());
            let Some(id) = entry.map(|entry| entry.object_id()) else {
                return Err("the folder of the handbook was not there".to_owned());
            };
            tree = repository.find_tree(id).map_err(problem)?;
        }
        let mut written = Written { repository: &repository, files: 0, links: Vec::new() };
        for source in SOURCES {
            if let Some(entry) = tree.find_entry(source) {
                let (kind, id) = (entry.mode().kind(), entry.object_id());
                written.entry(kind, id, folder.path().join(source), 0)?;
            }
        }
        // No file is written through them.
        for (link, target) in std::mem::take(&mut written.links) {
            make_link(&link, &target).map_err(problem)?;
        }
        Ok(Checkout { folder, commit })
    }
}

/// The parts of a commit that were written.
struct Written<'r> {
    repository: &'r gix::Repository,
    files: usize,
    /// Symbolic links that are still to be made, with their targets.
    links: Vec<(PathBuf, PathBuf)>,
}

impl Written<'_> {
    fn entry(
        &mut self,
        kind: EntryKind,
        id: ObjectId,
        place: PathBuf,
        depth: usize,
    ) -> Result<(), Problem> {
        self.files += 1;
        if self.files > MOST_FILES {
            return Err(format!("it has more than {MOST_FILES} files"));
        }
        match kind {
            EntryKind::Tree => self.folder(id, &place, depth),
            EntryKind::Blob | EntryKind::BlobExecutable => {
                let blob = self.repository.find_blob(id).map_err(problem)?;
                fs::write(place, &blob.data).map_err(problem)
            }
            EntryKind::Link => {
                let blob = self.repository.find_blob(id).map_err(problem)?;
                let target = gix::path::from_byte_slice(&blob.data).map_err(problem)?;
                self.links.push((place, target.to_owned()));
                Ok(())
            }
            // Another repository, of which this one has no content.
            EntryKind::Commit => fs::create_dir(place).map_err(problem),
        }
    }

    fn folder(&mut self, id: ObjectId, place: &Path, depth: usize) -> Result<(), Problem> {
        fs::create_dir(place).map_err(problem)?;
        if depth == DEEPEST {
            return Ok(());
        }
        let tree = self.repository.find_tree(id).map_err(problem)?;
        for entry in tree.iter() {
            let entry = entry.map_err(problem)?;
            // A name that leads elsewhere, which only an attacker writes.
            let options = gix::validate::path::component::Options::default();
            let name = gix::validate::path::component(entry.filename(), None, options);
            let name = gix::path::from_bstr(name.map_err(problem)?).map_err(problem)?;
            self.entry(entry.kind(), entry.object_id(), place.join(name), depth + 1)?;
        }
        Ok(())
    }
}

#[cfg(unix)]
fn make_link(link: &Path, target: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(target, link)
}

/// On such systems links need rights that few people have, so git writes files as well.
#[cfg(not(unix))]
fn make_link(link: &Path, target: &Path) -> io::Result<()> {
    fs::write(link, target.to_string_lossy().as_bytes())
}
