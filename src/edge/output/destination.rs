//! Whether canvasbook may write to a folder.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use crate::edge::disk;

use super::failure::{OutputError, Refusal};
use super::{MANIFEST, staging};

/// Folders of the root that hold sources: nothing is written into them.
const SOURCES: [&str; 5] = [disk::CONTENT, disk::STATIC, disk::THEMES, disk::KINDS, ".git"];

/// Where the site goes, and what must not be harmed on the way.
#[derive(Clone, Copy, Debug)]
pub struct Destination<'a> {
    /// The handbook's root.
    pub root: &'a Path,
    /// The output folder, absolute or relative to the working directory. It need not exist.
    pub output: &'a Path,
    /// Take over a folder that holds other files: `--adopt`. They are all kept.
    pub adopt: bool,
    /// Whether a person typed the path: `--output`. Such a path may lead anywhere. One from the
    /// handbook's files may not, since these may come from somebody else.
    pub typed: bool,
}

/// An output folder that may be written to. Paths are real: no link and no `..` is left in them.
pub(super) enum Site {
    /// It exists.
    Present { output: PathBuf },
    /// It does not exist: `parent` does, but not the folder `first` in it, and the output is `rest`
    /// in that; `rest` is empty if only the output itself is missing.
    Absent { parent: PathBuf, first: OsString, rest: PathBuf },
}

impl Destination<'_> {
    /// Finds the real output folder, and refuses one that must not be written to.
    pub(super) fn settle(&self) -> Result<Site, OutputError> {
        self.settle_for(env::home_dir().as_deref())
    }

    /// Like [`Self::settle`], with a given home folder.
    pub(super) fn settle_for(&self, home: Option<&Path>) -> Result<Site, OutputError> {
        let site = self.locate(home)?;
        if let Site::Present { output } = &site
            && !self.adopt
            && is_unclaimed(output)?
        {
            return Err(self.refused(Refusal::Unclaimed));
        }
        Ok(site)
    }

    fn refused(&self, refusal: Refusal) -> OutputError {
        OutputError::Refused { output: self.output.to_owned(), refusal }
    }

    /// Finds the real output folder, and refuses one that no flag can permit, whatever it contains.
    pub(super) fn locate(&self, home: Option<&Path>) -> Result<Site, OutputError> {
        let refused = |refusal| self.refused(refusal);
        let site = self.resolve()?;
        let output = site.output();
        let root = fs::canonicalize(self.root).map_err(OutputError::machine("read", self.root))?;
        if !self.typed && !lies_in(&output, &root) {
            return Err(refused(Refusal::Outside));
        }
        if output.parent().is_none() {
            return Err(refused(Refusal::FileSystemRoot));
        }
        if lies_in(&root, &output) {
            return Err(refused(Refusal::Handbook));
        }
        for name in SOURCES {
            let folder = root.join(name);
            let folder = fs::canonicalize(&folder).unwrap_or(folder);
            if lies_in(&output, &folder) || lies_in(&folder, &output) || named(&output, &root, name)
            {
                return Err(refused(Refusal::Sources(name.to_owned())));
            }
        }
        // `HOME` may itself be a link, and be empty for a user without a home.
        let home = home.and_then(|home| fs::canonicalize(home).ok());
        if home.is_some_and(|home| lies_in(&home, &output)) {
            return Err(refused(Refusal::Home));
        }
        Ok(site)
    }

    /// Resolves the path part by part as the system would, so that `..` and links are handled
    /// correctly even if the end of the path does not exist yet.
    fn resolve(&self) -> Result<Site, OutputError> {
        let absolute =
            std::path::absolute(self.output).map_err(OutputError::machine("find", self.output))?;
        let not_a_folder = |path: PathBuf| self.refused(Refusal::NotAFolder(path));
        let mut real = PathBuf::new();
        let mut missing: Vec<OsString> = Vec::new();
        for component in absolute.components() {
            match component {
                Component::Prefix(_) | Component::RootDir => real.push(component),
                Component::CurDir => {}
                Component::ParentDir => {
                    if missing.pop().is_none() {
                        real.pop();
                    }
                }
                Component::Normal(name) if !missing.is_empty() => missing.push(name.to_owned()),
                Component::Normal(name) => {
                    let next = real.join(name);
                    match fs::canonicalize(&next) {
                        Ok(found) if found.is_dir() => real = found,
                        Ok(_) => return Err(not_a_folder(next)),
                        Err(error) if error.kind() != io::ErrorKind::NotFound => {
                            return Err(OutputError::machine("read", &next)(error));
                        }
                        Err(_) if fs::symlink_metadata(&next).is_ok() => {
                            return Err(not_a_folder(next));
                        }
                        Err(_) => missing.push(name.to_owned()),
                    }
                }
            }
        }
        let mut missing = missing.into_iter();
        Ok(match missing.next() {
            None => Site::Present { output: real },
            Some(first) => Site::Absent { parent: real, first, rest: missing.collect() },
        })
    }
}

impl Site {
    /// The output folder.
    pub(super) fn output(&self) -> PathBuf {
        match self {
            Self::Present { output } => output.clone(),
            Self::Absent { parent, first, rest } if rest.as_os_str().is_empty() => {
                parent.join(first)
            }
            Self::Absent { parent, first, rest } => parent.join(first).join(rest),
        }
    }
}

/// Whether `inner` is `outer` or is in it. Names are not enough: on a file system that folds case,
/// or below a bind mount, one folder has several.
fn lies_in(inner: &Path, outer: &Path) -> bool {
    inner.starts_with(outer) || inner.ancestors().any(|folder| is_same(folder, outer))
}

/// Whether both paths lead to one file or folder that exists.
#[cfg(unix)]
pub(super) fn is_same(one: &Path, other: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    match (fs::metadata(one), fs::metadata(other)) {
        (Ok(one), Ok(other)) => (one.dev(), one.ino()) == (other.dev(), other.ino()),
        _ => false,
    }
}

/// Whether both paths lead to one file or folder that exists.
#[cfg(not(unix))]
pub(super) fn is_same(one: &Path, other: &Path) -> bool {
    matches!((fs::canonicalize(one), fs::canonicalize(other)), (Ok(one), Ok(other)) if one == other)
}

/// Whether `output` is in a folder of the root with this name in any case: `Content` is refused
/// even before there is a `content`, since on other systems they are one folder.
fn named(output: &Path, root: &Path, name: &str) -> bool {
    output
        .strip_prefix(root)
        .ok()
        .and_then(|inside| inside.iter().next())
        .is_some_and(|first| first.to_string_lossy().to_lowercase() == name)
}

/// Whether a folder contains files but no manifest. What a killed run left behind does not count.
fn is_unclaimed(output: &Path) -> Result<bool, OutputError> {
    let reading = || OutputError::machine("read", output);
    // A link in the place of the manifest claims nothing: reading the manifest will refuse it.
    if fs::symlink_metadata(output.join(MANIFEST)).is_ok() {
        return Ok(false);
    }
    for entry in fs::read_dir(output).map_err(reading())? {
        if entry.map_err(reading())?.file_name() != staging::INSIDE {
            return Ok(true);
        }
    }
    Ok(false)
}
