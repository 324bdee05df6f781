//! The folder in which a run prepares its files, and the lock that keeps a second run out.
//!
//! There is one such folder for each output, under a fixed name. Thus a run finds what a killed one
//! left behind, and two live ones meet. Whether the other is alive is told by a lock on the marker
//! file: the system drops it with the process, however that ends, so that it never goes stale.

use std::fs::{self, File, TryLockError};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::destination::Site;
use super::failure::OutputError;
use crate::edge::regular_file;

/// The staging folder's name in an output that exists. It stands inside because only there it is
/// sure to be on the same file system: the output may be a mount point or behind a link.
pub(super) const INSIDE: &str = ".canvasbook-staging";

/// The beginning of its name beside an output that does not exist; the output's name follows.
const BESIDE: &str = ".canvasbook-staging-";

/// The file that marks a staging folder as ours and carries the lock.
const MARKER: &str = ".canvasbook-lock";

/// What the marker says to people who find it.
const MARKER_TEXT: &str = "canvasbook prepares files in this folder and removes it afterwards.\n";

/// A staging folder, ours as long as the value lives and removed with it.
pub(super) struct Staging {
    folder: PathBuf,
    /// The marker. The lock ends when it is closed.
    lock: File,
    /// Where in the tree the site's files go; deeper only where several folders are missing.
    files: PathBuf,
}

impl Staging {
    /// Makes the staging folder for an output and locks it, after clearing what a killed run left.
    pub fn claim(site: &Site) -> Result<Self, OutputError> {
        match site {
            Site::Present { output } => {
                sweep_beside(output);
                Self::open(output.join(INSIDE), Path::new(""))
            }
            Site::Absent { parent, first, rest } => {
                let mut name = std::ffi::OsString::from(BESIDE);
                name.push(first);
                Self::open(parent.join(name), rest)
            }
        }
    }

    fn open(folder: PathBuf, rest: &Path) -> Result<Self, OutputError> {
        let busy = || OutputError::Busy { staging: folder.clone() };
        match fs::create_dir(&folder) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                if !is_ours(&folder) {
                    let what = "a file or folder";
                    return Err(OutputError::InTheWay { path: folder, what });
                }
            }
            Err(error) => return Err(OutputError::machine("create", &folder)(error)),
        }
        let marker = folder.join(MARKER);
        let lock = match regular_file::open_or_create(&marker) {
            Ok(lock) => lock,
            // The folder was there a moment ago: a run that ends now has removed it.
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(busy()),
            Err(error) => return Err(OutputError::machine("create", &marker)(error)),
        };
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(busy()),
            // Some network file systems know no locks. Better to write there unlocked than never.
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {}
            Err(TryLockError::Error(error)) => {
                return Err(OutputError::machine("lock", &marker)(error));
            }
        }
        if !is_still(&lock, &marker) {
            return Err(busy());
        }
        let files = folder.join("tree").join(rest);
        let mut staging = Self { folder, lock, files };
        staging.prepare(&marker)?;
        Ok(staging)
    }

    /// Clears what a killed run left and makes the folder that the files go to.
    fn prepare(&mut self, marker: &Path) -> Result<(), OutputError> {
        self.clear();
        let written =
            self.lock.set_len(0).and_then(|()| self.lock.write_all(MARKER_TEXT.as_bytes()));
        written.map_err(OutputError::machine("write", marker))?;
        fs::create_dir_all(&self.files).map_err(OutputError::machine("create", &self.files))
    }

    /// The folder that is renamed as a whole where the output does not exist.
    pub fn tree(&self) -> PathBuf {
        self.folder.join("tree")
    }

    /// The folder that stands for the output: site paths are below it.
    pub fn files(&self) -> &Path {
        &self.files
    }

    /// Where the manifest for the time of renaming is prepared.
    pub fn union(&self) -> PathBuf {
        self.folder.join("union")
    }

    /// Removes what a run puts here, and nothing else: should somebody have laid a file of theirs
    /// beside it, the folder stays with that file. What fails to go is the next run's to remove.
    fn clear(&self) {
        // The only removal of a folder with its content: we made it and hold its lock.
        let _ = fs::remove_dir_all(self.tree());
        let _ = fs::remove_file(self.union());
    }

    /// Lets go as a killed process does: the lock is gone, the files stay.
    #[cfg(test)]
    pub fn abandon(self) {
        let staging = std::mem::ManuallyDrop::new(self);
        staging.lock.unlock().expect("the lock is ours");
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        self.clear();
        let _ = fs::remove_file(self.folder.join(MARKER));
        let _ = fs::remove_dir(&self.folder);
    }
}

/// Removes the staging folders that killed runs left beside an output or beside a folder above it,
/// from when those did not exist. A live run's is locked and stays.
fn sweep_beside(output: &Path) {
    for folder in output.ancestors() {
        let (Some(parent), Some(name)) = (folder.parent(), folder.file_name()) else { break };
        let mut beside = std::ffi::OsString::from(BESIDE);
        beside.push(name);
        let beside = parent.join(beside);
        if fs::symlink_metadata(&beside).is_ok() && is_ours(&beside) {
            // Opening clears it and dropping removes it. Left-overs harm nobody, so that one that
            // cannot be removed is no reason to fail.
            drop(Staging::open(beside, Path::new("")));
        }
    }
}

/// True for a real folder that holds our marker, or nothing yet: a run may be killed between making
/// the folder and the marker.
fn is_ours(folder: &Path) -> bool {
    let is_folder = fs::symlink_metadata(folder).is_ok_and(|data| data.is_dir());
    let marker = fs::symlink_metadata(folder.join(MARKER));
    let is_empty = || fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_none());
    is_folder && (marker.is_ok_and(|data| data.is_file()) || is_empty())
}

/// True when the locked file is the one that has the marker's name now. A run that ended between
/// our opening and our locking has removed it, and its lock keeps nobody out.
#[cfg(unix)]
fn is_still(lock: &File, marker: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    match (lock.metadata(), fs::symlink_metadata(marker)) {
        (Ok(lock), Ok(marker)) => (lock.dev(), lock.ino()) == (marker.dev(), marker.ino()),
        _ => false,
    }
}

/// True when the marker is there: elsewhere a file that is open keeps its name.
#[cfg(not(unix))]
fn is_still(_lock: &File, marker: &Path) -> bool {
    fs::symlink_metadata(marker).is_ok()
}
