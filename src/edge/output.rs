//! Writes the site so that nothing of anybody else's is lost and no visitor sees half of it.
//!
//! A run goes through these stages, and only the last one changes the output:
//!
//! 1. `destination`: may canvasbook write to the folder?
//! 2. `staging`: a folder of our own on the same file system, which nobody publishes, locked as
//!    long as the run lives.
//! 3. `plan`: every file is produced, compared with what is in its place and, if it differs,
//!    written into the staging folder.
//! 4. `place`: once every folder is known to be writable, the staged files are renamed into place,
//!    and files that the site no longer has are removed.
//!
//! An error in the first three leaves the old site as it was, byte for byte. If the fourth is
//! killed, each file is whole, the old or the new one, and the `manifest` lists both, so that the
//! next run ends where a clean one would.
//!
//! No file is flushed to the disk (`fsync`): 10,000 flushes take minutes, and what they protect
//! against is a power cut, after which the next run compares every file and mends what differs.

#![expect(clippy::disallowed_methods, reason = "this is the edge that writes the site")]

mod content;
mod destination;
mod failure;
mod manifest;
mod place;
mod plan;
mod staging;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, Weak};

pub use destination::Destination;
pub use failure::{Failure, OutputError, Refusal};

use crate::diagnostic::catalogue::OWN_NAMES;
use crate::view::url::folded;
use destination::Site;
use manifest::Manifest;
use plan::{FileStamp, Plan};
use staging::Staging;

/// The file in the output that lists what canvasbook wrote there.
pub const MANIFEST: &str = ".canvasbook-manifest";

/// The content of a file of the site.
pub enum Content {
    /// These bytes.
    Bytes(Vec<u8>),
    /// This text, as UTF-8.
    Text(String),
    /// The content of this regular file, which is copied piece by piece and never read whole.
    CopyOf(PathBuf),
}

/// What a run did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Files that are new or have new content.
    pub written: usize,
    /// Files that were equal already and are untouched.
    pub unchanged: usize,
    /// Files of the last run that the site no longer has.
    pub removed: usize,
    /// Files of the last run that the site no longer has, but that somebody has changed since: they
    /// are kept, and from now on belong to whoever changed them. Site paths, sorted.
    pub kept: Vec<String>,
    /// The number of bytes in the written files.
    pub bytes: u64,
}

/// What a run keeps for the next one.
pub enum Keep<'k> {
    /// Nothing: each file is produced and compared.
    Nothing,
    /// How the files looked when the run was done with them, in memory. A file that must be
    /// unchanged, according to the function, which gets its index, is not produced unless it looks
    /// different from then.
    Looks(&'k mut Looks, &'k (dyn Fn(usize) -> bool + Sync)),
}

/// How the files of a site looked when a run was done with them; empty before the first run. After
/// an error they are those of the previous run.
///
/// A write to a file of the output at the very moment it is put in place, with as many bytes, may
/// go unnoticed: only the content would tell.
#[derive(Debug, Default)]
pub struct Looks(BTreeMap<String, FileStamp>);

/// A run of [`write`], for another thread to give it up.
#[derive(Debug, Default)]
pub struct Run(Mutex<Weak<Staging>>);

impl Run {
    fn is(&self, staging: &Arc<Staging>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Arc::downgrade(staging);
    }

    /// Gives the run up, although its thread may go on for ever: it changes nothing in the output
    /// any more, and the next run may begin. Returns `false` if it is changing the output already or
    /// has not begun.
    pub fn give_up(&self) -> bool {
        let staging = self.0.lock().unwrap_or_else(PoisonError::into_inner).upgrade();
        staging.is_some_and(|staging| staging.leave())
    }
}

/// Checks whether `destination` may be written to, without touching it, so that this is known
/// before the work.
///
/// # Errors
/// Why the folder is refused, or what kept the machine from looking.
pub fn check(destination: &Destination<'_>) -> Result<(), OutputError> {
    destination.settle().map(|_| ())
}

/// Why the folder that the handbook at `root` names for its output must not be written to, whatever
/// it contains; `None` also if the machine cannot tell.
pub fn refusal(root: &Path, output: &Path) -> Option<Refusal> {
    let destination = Destination { root, output, adopt: false, typed: false };
    match destination.locate(env::home_dir().as_deref()) {
        // What is reported about a handbook does not depend on where it is.
        Err(OutputError::Refused { refusal: Refusal::NotAFolder(path), .. }) => {
            let root = fs::canonicalize(root).unwrap_or_default();
            let inside = path.strip_prefix(root).map(Path::to_owned);
            Some(Refusal::NotAFolder(inside.unwrap_or(path)))
        }
        Err(OutputError::Refused { refusal, .. }) => Some(refusal),
        _ => None,
    }
}

/// Makes the output folder contain the site: a file for each of `paths`, with the content that
/// `produce` returns for its index. `produce` is called from several threads, at most once for each
/// index, and each content is dropped before the next is asked for.
///
/// `paths` are site paths such as `a/b.html`, sorted by their bytes and without repetition.
///
/// # Errors
/// The first of `produce`'s errors in the order of the paths, or an error of the folder or the
/// machine. The old site is untouched unless renaming itself failed half-way, e.g. because somebody
/// changed the folder at the same moment; the next run mends that.
pub fn write<E: Send>(
    destination: &Destination<'_>,
    paths: &[String],
    produce: impl Fn(usize) -> Result<Content, E> + Sync,
    mut keep: Keep<'_>,
    run: &Run,
) -> Result<Written, Failure<E>> {
    check_paths(paths)?;
    let site = destination.settle()?;
    let root = fs::canonicalize(destination.root);
    let root = root.map_err(OutputError::machine("read", destination.root))?;
    let staging = Arc::new(Staging::claim(&site, &root)?);
    run.is(&staging);
    // Only now: a run that has just ended may have changed the manifest.
    let old = match &site {
        Site::Absent { .. } => Manifest::default(),
        Site::Present { output } => Manifest::read(output, destination.adopt)?,
    };
    let left = |index: usize| match &keep {
        Keep::Looks(looks, is_same) if is_same(index) => looks.0.get(&paths[index]).copied(),
        _ => None,
    };
    let plan = Plan::make(&site, &old, &staging, paths, &produce, &left)?;
    let steps = place::steps(&plan, &site, &staging)?;
    place::check(&steps)?;
    staging.place()?;
    place::apply(&steps)?;
    if let Keep::Looks(looks, _) = &mut keep {
        looks.0 = plan.left().collect();
    }
    Ok(plan.written())
}

/// Site paths come from names that people gave to files, so they are not trusted: one that would
/// leave the output, or that could not be distinguished from a line of the manifest, is refused.
fn check_paths(paths: &[String]) -> Result<(), OutputError> {
    let refuse =
        |path: &str, why| Err(OutputError::SitePath { path: path.escape_debug().to_string(), why });
    for path in paths {
        if let Some(why) = path_flaw(path) {
            return refuse(path, why);
        }
        let is_claimed =
            |folder: &&str| paths.binary_search_by(|path| (**path).cmp(folder)).is_ok();
        if let Some(folder) = folders_of(path).find(is_claimed) {
            return refuse(folder, "it is both a file and a folder of the site");
        }
    }
    match paths.windows(2).find(|pair| pair[0] >= pair[1]) {
        Some(pair) => refuse(&pair[1], "it is claimed twice, or the paths are not sorted"),
        None => Ok(()),
    }
}

/// Why a path cannot be a file of the site; `None` if it can. Also used for the paths in a
/// manifest, which anybody may have written.
fn path_flaw(path: &str) -> Option<&'static str> {
    if folded(path).starts_with(OWN_NAMES) {
        return Some("names that begin with `.canvasbook-` are kept for the output's own files");
    }
    if path.contains(|character: char| character.is_control() || character == '\\') {
        return Some("it holds a control character or a backslash");
    }
    if path.contains(':') {
        return Some("it holds a colon, which names a drive or a hidden stream on Windows");
    }
    let leads_away = |part: &str| matches!(part, "" | "." | "..");
    path.split('/').any(leads_away).then_some("it leads out of the site")
}

/// The folders that a site path is in, the outermost first: `a` and `a/b` for `a/b/c.html`.
fn folders_of(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at])
}

/// The file in `folder` that a site path means.
fn place_of(folder: &Path, path: &str) -> PathBuf {
    // `/` is a separator on every system that Rust supports, so the parts need not be joined one by
    // one.
    folder.join(path)
}
