//! Writes a file for the author of a handbook: never over an existing file unless that is wanted,
//! and never half of it.

#![expect(clippy::disallowed_methods, reason = "this is an edge that writes into the handbook")]

use std::ffi::OsStr;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::disk::{CONFIG, is_ignored};
use super::regular_file;

/// What is at the path of a file to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Occupancy {
    /// Nothing.
    Free,
    /// A file with the same bytes.
    Same,
    /// Anything else except a folder; a broken link too.
    Taken,
}

/// Inspects the path of a file that is to have these bytes.
///
/// # Errors
/// If there is a folder, which no file can replace, or the system fails.
pub fn look(path: &Path, bytes: &[u8]) -> io::Result<Occupancy> {
    let data = match fs::symlink_metadata(path) {
        Ok(data) => data,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Occupancy::Free),
        Err(error) => return Err(error),
    };
    if data.is_dir() {
        return Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder"));
    }
    let may_be_same = data.is_file() && data.len() == bytes.len() as u64;
    let is_same = may_be_same && regular_file::read(path, data.len())? == bytes;
    Ok(if is_same { Occupancy::Same } else { Occupancy::Taken })
}

/// Whether there is anything at a path, even a link to nothing.
pub fn is_taken(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// Whether a file at `path` would belong to the handbook at `root`: with links on the way resolved, it
/// is in that folder, which need not exist, and not in a hidden one, which is never read.
pub fn lies_in(path: &Path, root: &Path) -> bool {
    let is_hidden = |part: &OsStr| is_ignored(&part.to_string_lossy());
    let places = real_folder(path).zip(real_folder(&root.join(CONFIG)));
    let inside = places.and_then(|(folder, root)| Some(folder.strip_prefix(root).ok()?.to_owned()));
    inside.is_some_and(|inside| !inside.iter().any(is_hidden))
}

/// The nearest folder above a path that exists, with links resolved.
pub fn real_folder(path: &Path) -> Option<PathBuf> {
    path.ancestors().skip(1).find_map(|folder| {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        fs::canonicalize(folder).ok()
    })
}

/// Writes a new file; with `force`, over any existing file.
///
/// # Errors
/// [`io::ErrorKind::AlreadyExists`] without `force` if there is anything, even if it came a moment
/// ago; otherwise an error of the system.
pub fn write(path: &Path, bytes: &[u8], force: bool) -> io::Result<()> {
    if force { replace(path, bytes) } else { create(path, bytes) }
}

/// Writes a new file, and makes the folders that it needs.
///
/// # Errors
/// If there is something by now, or the system fails; then there is no such file.
pub fn create(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut file = fs::File::create_new(path)?;
    let written = file.write_all(bytes);
    if written.is_err() {
        // The disk is full; half a file would be taken for a whole one.
        let _ = fs::remove_file(path);
    }
    written
}

/// Writes a file over any existing file.
///
/// # Errors
/// If the system fails; then the old file is unchanged.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    // The new file is beside the old one, so that renaming is one step, and hidden, so that nobody
    // reads it meanwhile.
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let staged = path.with_file_name(format!(".{name}.canvasbook"));
    match fs::remove_file(&staged) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    create(&staged, bytes)?;
    fs::rename(&staged, path).inspect_err(|_| {
        let _ = fs::remove_file(&staged);
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_made_once_and_replaced_when_wanted() {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let path = folder.path().join("a/b.html");
        assert_eq!(look(&path, b"new").expect("can look"), Occupancy::Free);
        create(&path, b"new").expect("can be made");
        assert_eq!(look(&path, b"new").expect("can look"), Occupancy::Same);
        assert_eq!(look(&path, b"old").expect("can look"), Occupancy::Taken);
        let why = look(folder.path(), b"").expect_err("it is no file");
        assert_eq!(why.kind(), io::ErrorKind::IsADirectory);
        let again = create(&path, b"other").expect_err("it is there");
        assert_eq!(again.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read(&path).expect("is there"), b"new");
        replace(&path, b"other").expect("can be replaced");
        assert_eq!(fs::read(&path).expect("is there"), b"other");
        let names = fs::read_dir(folder.path().join("a")).expect("is there").count();
        assert_eq!(names, 1, "nothing is left beside it");
    }

    #[cfg(unix)]
    #[test]
    fn links_that_lead_away_are_seen() {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let root = folder.path().join("handbook");
        fs::create_dir(&root).expect("can be made");
        fs::create_dir(folder.path().join("other")).expect("can be made");
        assert!(lies_in(&root.join("themes/ours/a.css"), &root));
        std::os::unix::fs::symlink("../other", root.join("themes")).expect("can be made");
        assert!(!lies_in(&root.join("themes/ours/a.css"), &root));
        let link = root.join("link.css");
        std::os::unix::fs::symlink("nowhere", &link).expect("can be made");
        assert_eq!(look(&link, b"").expect("can look"), Occupancy::Taken);
        assert!(create(&link, b"").is_err());
        replace(&link, b"a{}").expect("the link is replaced, not followed");
        assert!(!root.join("nowhere").exists());
    }
}
