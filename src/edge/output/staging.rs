//! The folder in which a run prepares its files, and the lock that keeps a second run out.
//!
//! It is in the handbook's root, which nobody publishes: what a killed run leaves must never be carried
//! to a server with the site. It is beside the output only if the root is on another file system, so
//! that files cannot be renamed from it, or cannot be written to; and in the output itself only if the
//! output is a file system of its own, so that there is no other place.
//!
//! There is one such folder for each output, under a fixed name. Thus a run finds what a killed one
//! left behind, and two live ones meet. A lock on the marker file shows whether the other is alive: the
//! system drops it with the process, however that ends, so that it never goes stale.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File, TryLockError};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{PoisonError, RwLock};

use xxhash_rust::xxh3::xxh3_64;

use super::destination::Site;
use super::failure::OutputError;
use crate::edge::regular_file;

/// The staging folder's name in the output itself.
pub(super) const INSIDE: &str = ".canvasbook-staging";

/// The beginning of the staging folder's name anywhere else.
const BESIDE: &str = ".canvasbook-staging-";

/// The file that marks a staging folder as ours and carries the lock.
const MARKER: &str = ".canvasbook-lock";

/// The file that keeps the folder out of git: a killed run may leave it in a repository.
const GIT: &str = ".gitignore";

/// The text of the marker, for people who find it.
const MARKER_TEXT: &str = "canvasbook prepares files in this folder and removes it afterwards.\n";

/// A staging folder, ours as long as the value lives and removed with it.
#[derive(Debug)]
pub(super) struct Staging {
    folder: PathBuf,
    /// The marker. The lock ends when it is closed.
    lock: File,
    /// Where in the tree the site's files go; deeper only if several folders are missing.
    files: PathBuf,
    stage: RwLock<Stage>,
}

/// How far a run has got with its staging folder.
#[derive(Debug)]
enum Stage {
    /// Files are staged.
    Filling,
    /// Files are put in place.
    Placing,
    /// The run was given up, and anybody may use the folder.
    Left,
}

impl Staging {
    /// Makes the staging folder for an output of the handbook at `root`, a real path, and locks it,
    /// after removing what a killed run left.
    pub fn claim(site: &Site, root: &Path) -> Result<Self, OutputError> {
        let output = site.output();
        // The folder that the files are renamed to.
        let (target, rest) = match site {
            Site::Present { output } => (output, Path::new("")),
            Site::Absent { parent, rest, .. } => (parent, rest.as_path()),
        };
        let folders = [Some(root), output.parent().filter(|parent| parent.is_dir()), Some(target)];
        let error = io::Error::from(io::ErrorKind::CrossesDevices);
        let mut refused = OutputError::machine("write", target)(error);
        for folder in folders.into_iter().flatten() {
            let place = place_in(folder, &output);
            match Self::open(place.clone(), rest) {
                Ok(staging) if staging.can_rename_to(target) => {
                    sweep(&output, root, &place);
                    return Ok(staging);
                }
                // Dropping it removes it.
                Ok(_) => {}
                // The folder cannot be written to.
                Err(error) if fs::symlink_metadata(&place).is_err() => refused = error,
                Err(error) => return Err(error),
            }
        }
        Err(refused)
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
            // Some network file systems have no locks. Writing there unlocked is better than never.
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {}
            Err(TryLockError::Error(error)) => {
                return Err(OutputError::machine("lock", &marker)(error));
            }
        }
        if !is_still(&lock, &marker) {
            return Err(busy());
        }
        let files = folder.join("tree").join(rest);
        let mut staging = Self { folder, lock, files, stage: RwLock::new(Stage::Filling) };
        staging.prepare(&marker)?;
        Ok(staging)
    }

    /// Removes what a killed run left and makes the folder that the files go to.
    fn prepare(&mut self, marker: &Path) -> Result<(), OutputError> {
        self.clear();
        let written =
            self.lock.set_len(0).and_then(|()| self.lock.write_all(MARKER_TEXT.as_bytes()));
        written.map_err(OutputError::machine("write", marker))?;
        let git = self.folder.join(GIT);
        fs::write(&git, "*\n").map_err(OutputError::machine("write", &git))?;
        // It must be new: in one that could not be removed, links may lead anywhere.
        let tree = self.tree();
        fs::create_dir(&tree).map_err(OutputError::machine("create", &tree))?;
        fs::create_dir_all(&self.files).map_err(OutputError::machine("create", &self.files))
    }

    /// Whether files can be renamed from here to a folder.
    fn can_rename_to(&self, folder: &Path) -> bool {
        // The system notices the missing file last: even for a mount point of the same file system,
        // it first reports that it does not rename across.
        let probe = fs::rename(self.folder.join("nothing"), folder.join("nothing"));
        let crosses = probe.is_err_and(|error| error.kind() == io::ErrorKind::CrossesDevices);
        !crosses && is_one_device(&self.folder, folder)
    }

    /// The folder that is renamed as a whole if the output does not exist.
    pub fn tree(&self) -> PathBuf {
        self.folder.join("tree")
    }

    /// The folder that corresponds to the output: site paths are below it.
    pub fn files(&self) -> &Path {
        &self.files
    }

    /// The path of the manifest that is used while files are renamed.
    pub fn union(&self) -> PathBuf {
        self.folder.join("union")
    }

    /// Keeps the folder ours as long as the returned value lives, so that a file can be staged.
    pub fn fill(&self) -> Result<impl Drop, OutputError> {
        let stage = self.stage.read().unwrap_or_else(PoisonError::into_inner);
        if matches!(*stage, Stage::Left) { Err(self.busy()) } else { Ok(stage) }
    }

    /// From now on the run cannot be given up, since files are put in place.
    pub fn place(&self) -> Result<(), OutputError> {
        let mut stage = self.stage.write().unwrap_or_else(PoisonError::into_inner);
        if matches!(*stage, Stage::Left) {
            return Err(self.busy());
        }
        *stage = Stage::Placing;
        Ok(())
    }

    /// Leaves the folder to the next run although this one goes on, which stages and places no more
    /// files. Returns `false` if it is placing files already.
    pub fn leave(&self) -> bool {
        let mut stage = self.stage.write().unwrap_or_else(PoisonError::into_inner);
        if matches!(*stage, Stage::Filling) {
            self.remove();
            let _ = self.lock.unlock();
            *stage = Stage::Left;
        }
        matches!(*stage, Stage::Left)
    }

    fn busy(&self) -> OutputError {
        OutputError::Busy { staging: self.folder.clone() }
    }

    /// Removes the folder, unless somebody has put a file of theirs into it.
    fn remove(&self) {
        self.clear();
        let _ = fs::remove_file(self.folder.join(MARKER));
        let _ = fs::remove_dir(&self.folder);
    }

    /// Removes what a run puts here, and nothing else: if somebody has put a file of theirs beside
    /// it, the folder stays with that file. What cannot be removed is left to the next run.
    fn clear(&self) {
        // The only removal of a folder with its content: we made it, and we have its lock.
        let _ = fs::remove_dir_all(self.tree());
        let _ = fs::remove_file(self.union());
        let _ = fs::remove_file(self.folder.join(GIT));
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
        let stage = self.stage.get_mut().unwrap_or_else(PoisonError::into_inner);
        if !matches!(stage, Stage::Left) {
            self.remove();
        }
    }
}

/// The staging folder of an output within one of the folders that it may be in.
fn place_in(folder: &Path, output: &Path) -> PathBuf {
    /// With the part before it, the name stays below the 255 bytes that file systems allow.
    const LONGEST: usize = 200;
    if folder == output {
        return folder.join(INSIDE);
    }
    let is_short = |name: &&OsStr| name.len() <= LONGEST;
    let name = output.file_name().filter(is_short).filter(|_| output.parent() == Some(folder));
    let mut place = OsString::from(BESIDE);
    match name {
        Some(name) => place.push(name),
        // Several outputs may have one name.
        None => place.push(format!("{:016x}", xxh3_64(output.as_os_str().as_encoded_bytes()))),
    }
    folder.join(place)
}

/// Removes what killed runs left of an output in the other folders that its staging may be in, or may
/// have been in before the output and the folders around it existed. The folder of a live run is
/// locked and stays.
fn sweep(output: &Path, root: &Path, chosen: &Path) {
    for folder in output.ancestors().chain([root]) {
        let place = place_in(folder, output);
        if place != chosen && fs::symlink_metadata(&place).is_ok() && is_ours(&place) {
            // Opening clears it and dropping removes it. Left-overs do no harm, so one that cannot
            // be removed is no reason to fail.
            drop(Staging::open(place, Path::new("")));
        }
    }
}

/// Whether both folders are on one file system.
#[cfg(unix)]
fn is_one_device(one: &Path, other: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    match (fs::metadata(one), fs::metadata(other)) {
        (Ok(one), Ok(other)) => one.dev() == other.dev(),
        _ => false,
    }
}

/// Whether both folders, which are real paths, are on one drive.
#[cfg(not(unix))]
fn is_one_device(one: &Path, other: &Path) -> bool {
    one.components().next() == other.components().next()
}

/// Whether it is a real folder that contains our marker, or nothing yet: a run may be killed after
/// making the folder and before making the marker.
fn is_ours(folder: &Path) -> bool {
    let is_folder = fs::symlink_metadata(folder).is_ok_and(|data| data.is_dir());
    let marker = fs::symlink_metadata(folder.join(MARKER));
    let is_empty = || fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_none());
    is_folder && (marker.is_ok_and(|data| data.is_file()) || is_empty())
}

/// Whether the locked file is the one that has the marker's name now. A run that ended between our
/// opening and our locking has removed it, and its lock protects nothing.
#[cfg(unix)]
fn is_still(lock: &File, marker: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    match (lock.metadata(), fs::symlink_metadata(marker)) {
        (Ok(lock), Ok(marker)) => (lock.dev(), lock.ino()) == (marker.dev(), marker.ino()),
        _ => false,
    }
}

/// Whether the marker exists: on other systems an open file keeps its name.
#[cfg(not(unix))]
fn is_still(_lock: &File, marker: &Path) -> bool {
    fs::symlink_metadata(marker).is_ok()
}
