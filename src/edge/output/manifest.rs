//! The list of files that canvasbook wrote: the only permission to remove one.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::io::{self, Read as _};
use std::path::Path;

use xxhash_rust::xxh3::Xxh3;

use super::failure::{OutputError, Refusal};
use super::{MANIFEST, path_flaw, place_of};
use crate::edge::regular_file;

/// The first line. It explains the file to people, and names its form for a later canvasbook.
const HEADER: &str = "# canvasbook manifest 1: what it wrote here (xxh3-128, size, path)";

/// The largest manifest that is read, in bytes: the list of some ten million files.
const LARGEST: u64 = 1024 * 1024 * 1024;

/// How much of a file is read at once: large enough that calls cost nothing, small enough to stay
/// in a core's own cache.
pub(super) const CHUNK: usize = 64 * 1024;

/// The fingerprint of a content: its size and hash. The hash is no defence against forgery, and
/// need not be: anyone who can write to the output can remove files there without our help.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Fingerprint {
    /// xxh3, 128 bits.
    pub hash: u128,
    /// In bytes.
    pub size: u64,
}

/// The contents that canvasbook wrote, for each file. There are two if a run was about to replace
/// one with the other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Manifest {
    files: BTreeMap<String, BTreeSet<Fingerprint>>,
    /// The text of the manifest in the output.
    pub text: Option<String>,
}

impl Manifest {
    /// Reads the manifest of an output folder. With `adopt`, a damaged one is read as far as
    /// possible.
    pub fn read(output: &Path, adopt: bool) -> Result<Self, OutputError> {
        let path = output.join(MANIFEST);
        let refused = || OutputError::Refused {
            output: output.to_owned(),
            refusal: Refusal::DamagedManifest,
        };
        match fs::symlink_metadata(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => return Err(OutputError::machine("read", &path)(error)),
            Ok(data) if data.is_file() => {}
            // Nobody may make us read or replace another file through a link in the place of the
            // manifest.
            Ok(_) => {
                return Err(OutputError::InTheWay { path, what: "a link, a folder or a pipe" });
            }
        }
        let bytes = regular_file::read(&path, LARGEST);
        let bytes = bytes.map_err(OutputError::machine("read", &path))?;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (files, whole) = parse(&text);
        if whole || adopt { Ok(Self { files, text: Some(text) }) } else { Err(refused()) }
    }

    /// The manifest of a whole site.
    pub fn of(paths: &[String], fingerprints: impl IntoIterator<Item = Fingerprint>) -> Self {
        let sets = fingerprints.into_iter().map(|fingerprint| BTreeSet::from([fingerprint]));
        Self { files: paths.iter().cloned().zip(sets).collect(), text: None }
    }

    /// Both lists in one, for the time while one becomes the other.
    pub fn union(&self, other: &Self) -> Self {
        let mut files = self.files.clone();
        for (path, fingerprints) in &other.files {
            files.entry(path.clone()).or_default().extend(fingerprints);
        }
        Self { files, text: None }
    }

    /// The paths of the files, sorted.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// Whether canvasbook wrote a file with this path, whatever it contains by now.
    pub fn lists(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    /// The fingerprint of a file, if it has only one.
    pub fn fingerprint(&self, path: &str) -> Option<Fingerprint> {
        let fingerprints = self.files.get(path)?;
        fingerprints.first().filter(|_| fingerprints.len() == 1).copied()
    }

    /// Whether the file of this path in `output` still contains what canvasbook wrote. The caller
    /// knows that it is a regular file and not reached through a link.
    pub fn is_unmodified(&self, output: &Path, path: &str) -> Result<bool, OutputError> {
        let Some(fingerprints) = self.files.get(path) else { return Ok(false) };
        let file = place_of(output, path);
        let fingerprint = || -> io::Result<Option<Fingerprint>> {
            let mut open = regular_file::open(&file)?;
            let size = open.metadata()?.len();
            if !fingerprints.iter().any(|fingerprint| fingerprint.size == size) {
                return Ok(None);
            }
            let (mut hasher, mut size, mut chunk) = (Xxh3::new(), 0, vec![0; CHUNK]);
            loop {
                match open.read(&mut chunk)? {
                    0 => return Ok(Some(Fingerprint { hash: hasher.digest128(), size })),
                    count => {
                        hasher.update(&chunk[..count]);
                        size += count as u64;
                    }
                }
            }
        };
        let fingerprint = fingerprint().map_err(OutputError::machine("read", &file))?;
        Ok(fingerprint.is_some_and(|fingerprint| fingerprints.contains(&fingerprint)))
    }

    /// The manifest as text: one line for each content, sorted, the same on every system.
    pub fn to_text(&self) -> String {
        let mut text = String::from(HEADER);
        text.push('\n');
        for (path, fingerprints) in &self.files {
            for Fingerprint { hash, size } in fingerprints {
                writeln!(text, "{hash:032x}  {size}  {path}").expect("a String takes every text");
            }
        }
        text
    }
}

/// Reads a manifest's lines, and returns whether all of them were valid. A run writes the manifest
/// to another file and renames that, so only somebody else can have damaged a line.
fn parse(text: &str) -> (BTreeMap<String, BTreeSet<Fingerprint>>, bool) {
    let mut lines = text.lines();
    let mut whole = lines.next() == Some(HEADER) && text.ends_with('\n');
    let mut files: BTreeMap<String, BTreeSet<Fingerprint>> = BTreeMap::new();
    for line in lines {
        match parse_line(line) {
            Some((path, fingerprint)) => {
                files.entry(path.to_owned()).or_default().insert(fingerprint);
            }
            None => whole = false,
        }
    }
    (files, whole)
}

fn parse_line(line: &str) -> Option<(&str, Fingerprint)> {
    let mut parts = line.splitn(3, "  ");
    let hash = parts.next().filter(|hash| hash.len() == 32)?;
    let fingerprint = Fingerprint {
        hash: u128::from_str_radix(hash, 16).ok()?,
        size: parts.next()?.parse().ok()?,
    };
    let path = parts.next().filter(|path| path_flaw(path).is_none())?;
    Some((path, fingerprint))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fingerprint(hash: u128, size: u64) -> Fingerprint {
        Fingerprint { hash, size }
    }

    #[test]
    fn a_manifest_reads_what_it_writes() {
        let paths = ["a  b.html".to_owned(), "ä/#x".to_owned()];
        let one = Manifest::of(&paths, [fingerprint(1, 2), fingerprint(u128::MAX, u64::MAX)]);
        let two = Manifest::of(&paths[..1], [fingerprint(3, 2)]);
        let both = one.union(&two);
        assert_eq!(
            both.to_text(),
            format!(
                "{HEADER}\n{:032x}  2  a  b.html\n{:032x}  2  a  b.html\n{}  {}  ä/#x\n",
                1,
                3,
                "f".repeat(32),
                u64::MAX
            )
        );
        assert_eq!(parse(&both.to_text()), (both.files, true));
    }

    #[test]
    fn lines_that_lead_out_of_the_output_are_damage() {
        let good = format!("{:032x}  2  a.html", 1);
        assert!(parse(&format!("{HEADER}\n{good}\n")).1);
        for wrong in [
            format!("{HEADER}\n{good}"),
            format!("{good}\n"),
            format!("{HEADER}\n{:032x}  2  ../a.html\n", 1),
            format!("{HEADER}\n{:032x}  2  /etc/passwd\n", 1),
            format!("{HEADER}\n{:032x}  2  a/../../b\n", 1),
            format!("{HEADER}\n{:032x}  2  .canvasbook-manifest\n", 1),
            format!("{HEADER}\n{:031x}  2  a.html\n", 1),
            format!("{HEADER}\n<<<<<<< HEAD\n{good}\n"),
            String::new(),
        ] {
            assert!(!parse(&wrong).1, "{wrong}");
        }
    }
}
