//! What a site is made from, as it shows from outside: the program, what it was asked for, and a
//! look at every file that it would read or copy.
//!
//! Two origins that are equal give the same site with the same diagnostics. No page depends on the
//! day or the environment, so neither is part of it; a test reminds whoever adds such an input.

#![expect(
    clippy::disallowed_methods,
    reason = "this is an edge that looks at the handbook's files"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use rayon::prelude::*;
use xxhash_rust::xxh3::Xxh3;

use super::disk::{self, Survey};
use super::look::Look;
use super::watch;
use crate::source::SourcePath;

/// The running program. By its path another one may stand there by now.
const PROGRAM: &str = "/proc/self/exe";

/// Another number each time that the system starts. After a crash a file may look as it was
/// written and yet hold less.
const START: &str = "/proc/sys/kernel/random/boot_id";

/// How much of a file is read at once.
const CHUNK: usize = 64 * 1024;

/// What a site is made from.
pub struct Origin {
    sources: Vec<Source>,
    /// A hash of everything that shows.
    looks: u128,
    /// When it was looked at.
    taken: SystemTime,
}

/// A file that is read or copied.
struct Source {
    path: SourcePath,
    real: PathBuf,
    /// None where it was gone, or what it was could not be told.
    look: Option<Look>,
}

/// What is kept of an origin, to know it again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    pub(super) looks: u128,
    /// The sources, by their number, that changed so short a time before that the next change might
    /// not show. Of them the contents are compared.
    pub(super) young: Vec<usize>,
    /// A hash of what these hold.
    pub(super) contents: u128,
}

impl Origin {
    /// Looks at the handbook at `root` without its folder `output`, and at the program. None where
    /// the program cannot be told from another one.
    pub fn take(root: &Path, output: &Path, drafts: bool) -> Option<Self> {
        let taken = SystemTime::now();
        let Survey { files, folders, themes, problems } = disk::survey(root, output);
        let sources: Vec<Source> = files
            .into_par_iter()
            .map(|(path, real)| {
                let look = fs::metadata(&real).ok().map(|data| Look::of(&data));
                Source { path, real, look }
            })
            .collect();
        let mut hasher = Xxh3::new();
        add(&mut hasher, env!("CARGO_PKG_VERSION"));
        program()?.add_to(&mut hasher);
        add(&mut hasher, fs::read(START).unwrap_or_default());
        hasher.update(&[u8::from(drafts)]);
        for source in &sources {
            add(&mut hasher, source.path.as_str());
            add(&mut hasher, source.real.as_os_str().as_encoded_bytes());
            match &source.look {
                Some(look) => look.add_to(&mut hasher),
                None => add(&mut hasher, "gone"),
            }
        }
        for folder in folders {
            add(&mut hasher, folder.as_os_str().as_encoded_bytes());
        }
        for theme in themes {
            add(&mut hasher, theme);
        }
        for problem in problems {
            add(&mut hasher, problem.code);
            add(&mut hasher, problem.location.file.as_str());
            add(&mut hasher, problem.message);
        }
        Some(Self { sources, looks: hasher.digest128(), taken })
    }

    /// What to keep of it. Files that are young are read, so this is asked before the site is made.
    /// None where that fails, or where other machines change files and looks tell late of it.
    pub fn mark(&self) -> Option<Mark> {
        let mut disks: BTreeMap<u64, &Path> = BTreeMap::new();
        let mut young = Vec::new();
        for (number, source) in self.sources.iter().enumerate() {
            let look = source.look?;
            disks.entry(look.disk()).or_insert(&source.real);
            if look.is_young(self.taken) {
                young.push(number);
            }
        }
        if disks.values().any(|file| watch::is_silent(file)) {
            return None;
        }
        let contents = self.contents(&young).ok()?;
        Some(Mark { looks: self.looks, young, contents })
    }

    /// True where it is the origin of which this was kept.
    pub fn is(&self, mark: &Mark) -> bool {
        self.looks == mark.looks
            && self.contents(&mark.young).is_ok_and(|contents| contents == mark.contents)
    }

    /// The files that were looked at.
    pub fn files(&self) -> BTreeSet<&SourcePath> {
        self.sources.iter().map(|source| &source.path).collect()
    }

    /// A hash of what some of the sources hold.
    fn contents(&self, numbers: &[usize]) -> io::Result<u128> {
        let hash = |number: &usize| {
            let source = self.sources.get(*number).ok_or(io::ErrorKind::InvalidData)?;
            let (mut file, mut chunk) = (fs::File::open(&source.real)?, vec![0; CHUNK]);
            let mut hasher = Xxh3::new();
            loop {
                match file.read(&mut chunk)? {
                    0 => return Ok(hasher.digest128()),
                    count => hasher.update(&chunk[..count]),
                }
            }
        };
        let hashes: Vec<u128> = numbers.par_iter().map(hash).collect::<io::Result<_>>()?;
        let mut hasher = Xxh3::new();
        for hash in hashes {
            hasher.update(&hash.to_le_bytes());
        }
        Ok(hasher.digest128())
    }
}

/// The look of the running program.
fn program() -> Option<Look> {
    let data = fs::metadata(PROGRAM).or_else(|_| fs::metadata(env::current_exe()?));
    data.ok().map(|data| Look::of(&data))
}

/// Adds a text to a hash so that it cannot run into the next one.
fn add(hasher: &mut Xxh3, text: impl AsRef<[u8]>) {
    hasher.update(&(text.as_ref().len() as u64).to_le_bytes());
    hasher.update(text.as_ref());
}

#[cfg(test)]
mod tests;
