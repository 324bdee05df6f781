//! The system's reports of changed files, which are taken for no more than hints.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;
use std::time::Instant;

use notify::event::{AccessKind, AccessMode, CreateKind, ModifyKind};
use notify::{ErrorKind, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use crate::edge::disk::is_ignored;

/// Whether one watch covers everything below a folder. Linux watches single folders: asked for
/// more, the library adds the watches one after the other, and files that are written into a new
/// folder before its watch exists are never reported. We add them ourselves and look afterwards.
const DEEP: bool = cfg!(any(target_os = "macos", target_os = "windows"));

/// A hint that something may have changed.
#[derive(Debug)]
pub(super) struct Hint {
    /// When it arrived.
    pub at: Instant,
    /// The paths; empty if the system lost events.
    pub paths: Vec<PathBuf>,
    /// Whether folders at these paths may no longer, or not yet, be those that are watched.
    pub moved: bool,
}

/// The folders that the system watches for us.
pub(super) struct Watched {
    watcher: RecommendedWatcher,
    /// Real paths.
    folders: BTreeSet<PathBuf>,
}

/// The result of adding watches.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Added {
    /// Whether some folders are watched only now: changes in them before were not reported.
    pub some: bool,
    /// Whether some folders do not exist, and nothing may report when they do.
    pub missing: bool,
}

impl Watched {
    /// Makes a watcher that watches nothing yet; its hints go to `hints`.
    ///
    /// # Errors
    /// Why the system cannot watch.
    pub fn new(hints: Sender<Hint>) -> Result<Self, String> {
        let tell = move |reported: notify::Result<Event>| {
            if let Some(hint) = hint(reported, Instant::now()) {
                // The receiver is gone only when the program ends.
                let _ = hints.send(hint);
            }
        };
        let watcher = notify::recommended_watcher(tell).map_err(|error| reason(&error))?;
        Ok(Self { watcher, folders: BTreeSet::new() })
    }

    /// Watches these folders and no others. The root is one of them.
    ///
    /// # Errors
    /// Why the system cannot watch them all.
    pub fn set(&mut self, folders: &BTreeSet<PathBuf>, root: &Path) -> Result<Added, String> {
        let wanted = wanted(folders, root, DEEP);
        let left: Vec<PathBuf> = self.folders.difference(&wanted).cloned().collect();
        for folder in left {
            // A folder that is gone took its watch along.
            let _ = self.watcher.unwatch(&folder);
            self.folders.remove(&folder);
        }
        let mut added = Added::default();
        for folder in wanted {
            if self.folders.contains(&folder) {
                continue;
            }
            let is_deep = DEEP && folder != root;
            let mode = if is_deep { RecursiveMode::Recursive } else { RecursiveMode::NonRecursive };
            match self.watcher.watch(&folder, mode) {
                Ok(()) => added.some = true,
                Err(error) if is_missing(&error) => {
                    added.missing = true;
                    continue;
                }
                // Such a folder cannot be read either, which a build reports; its parent reports
                // when it can be read again.
                Err(error) if is_forbidden(&error) => {}
                Err(error) => return Err(reason(&error)),
            }
            self.folders.insert(folder);
        }
        Ok(added)
    }

    /// Forgets the watches at and below these paths, or all of them if there is no path: another
    /// folder with that name may be there now, which is not watched.
    pub fn forget(&mut self, paths: &[PathBuf]) {
        if paths.is_empty() {
            self.folders.clear();
        }
        for path in paths {
            let below = self.folders.range(path.clone()..);
            let below: Vec<PathBuf> =
                below.take_while(|folder| folder.starts_with(path)).cloned().collect();
            for folder in below {
                let _ = self.watcher.unwatch(&folder);
                self.folders.remove(&folder);
            }
        }
    }
}

/// The folders to watch so that nothing in `folders` happens unseen. If watches are deep, those
/// that are in no other suffice; but the root, which contains the output, is never watched deeply.
fn wanted(folders: &BTreeSet<PathBuf>, root: &Path, is_deep: bool) -> BTreeSet<PathBuf> {
    if !is_deep {
        return folders.clone();
    }
    let mut wanted: BTreeSet<PathBuf> = BTreeSet::new();
    let mut outermost: Option<&PathBuf> = None;
    for folder in folders {
        if folder == root {
            wanted.insert(folder.clone());
        } else if outermost.is_none_or(|outer| !folder.starts_with(outer)) {
            wanted.insert(folder.clone());
            outermost = Some(folder);
        }
    }
    wanted
}

/// The hint of an event; `None` if no source can have changed. The system also reports that a file
/// was opened or read, which looks do themselves: reacting to that would never end.
fn hint(reported: notify::Result<Event>, at: Instant) -> Option<Hint> {
    let lost = |at| Some(Hint { at, paths: Vec::new(), moved: true });
    let Ok(event) = reported else { return lost(at) };
    if event.need_rescan() {
        return lost(at);
    }
    let moved = match event.kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => false,
        EventKind::Access(_) => return None,
        EventKind::Create(CreateKind::File) | EventKind::Modify(ModifyKind::Data(_)) => false,
        EventKind::Modify(ModifyKind::Metadata(_)) => false,
        _ => true,
    };
    let name = |path: &PathBuf| path.file_name().map(|name| name.to_string_lossy().into_owned());
    let seen = |path: &PathBuf| name(path).is_none_or(|name| !is_ignored(&name));
    let paths: Vec<PathBuf> = event.paths.into_iter().filter(seen).collect();
    (!paths.is_empty()).then_some(Hint { at, paths, moved })
}

fn is_missing(error: &notify::Error) -> bool {
    match &error.kind {
        ErrorKind::PathNotFound => true,
        ErrorKind::Io(error) => {
            matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
        }
        _ => false,
    }
}

fn is_forbidden(error: &notify::Error) -> bool {
    matches!(&error.kind, ErrorKind::Io(error) if error.kind() == io::ErrorKind::PermissionDenied)
}

/// Why the system cannot watch, for people.
fn reason(error: &notify::Error) -> String {
    match &error.kind {
        ErrorKind::MaxFilesWatch => "the system watches no more folders".to_owned(),
        ErrorKind::Io(error) => format!("the system watches no folders: {error}"),
        _ => format!("the system watches no folders: {error}"),
    }
}

#[cfg(test)]
mod tests;
