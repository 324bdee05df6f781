//! The key: what the site in the output was made from and how its files looked then. A build that
//! finds both unchanged has nothing to do.
//!
//! A key is a fact, "from this was made that", and stays true whoever writes to the output: then
//! that is no longer there, and the key fits nothing. So only a whole build that was told to keeps
//! one, nobody needs to remove one, and two runs can do no harm by keeping theirs at once.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::thread;
use std::time::Duration;

use rayon::prelude::*;
use xxhash_rust::xxh3::{Xxh3, xxh3_128};

use super::destination::Site;
use super::manifest;
use super::plan::Plan;
use super::staging::{self, Staging};
use super::{KEY, MANIFEST, folders_of, place_of};
use crate::edge::look::Look;
use crate::edge::origin::Mark;
use crate::edge::watch;

/// The first line. It tells people what they look at, and a later canvasbook which form it has.
const HEADER: &str = "# canvasbook key 1: by which a build knows that nothing changed; without it \
                      everything is made anew";

/// So often and so long apart it is looked whether the file system's clock has moved on. One that
/// takes longer is so coarse that looks tell little.
const TRIES: u32 = 30;
const PAUSE: Duration = Duration::from_millis(1);

/// What is kept of a build.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Key {
    /// What the site was made from.
    pub origin: Mark,
    /// A hash of how the output looked.
    pub outputs: u128,
    /// What whoever builds wants to know the next time; no line breaks.
    pub note: String,
}

impl Key {
    /// The key in an output folder. None where there is none or somebody changed it: it can do no
    /// more than save work.
    pub fn read(output: &Path) -> Option<Self> {
        let path = output.join(KEY);
        if !fs::symlink_metadata(&path).ok()?.is_file() {
            return None;
        }
        Self::parse(&fs::read_to_string(path).ok()?)
    }

    fn parse(text: &str) -> Option<Self> {
        let rest = text.strip_prefix(HEADER)?.strip_prefix('\n')?;
        let (check, rest) = rest.split_once('\n')?;
        if hash(check)? != xxh3_128(rest.as_bytes()) {
            return None;
        }
        let mut lines = rest.lines();
        let mut next = |name: &str| lines.next()?.strip_prefix(name);
        let key = Self {
            origin: Mark {
                looks: hash(next("sources ")?)?,
                contents: hash(next("contents ")?)?,
                young: next("young")?
                    .split_whitespace()
                    .map(str::parse)
                    .collect::<Result<_, _>>()
                    .ok()?,
            },
            outputs: hash(next("outputs ")?)?,
            note: next("note ")?.to_owned(),
        };
        lines.next().is_none().then_some(key)
    }

    fn to_text(&self) -> String {
        let Mark { looks, contents, young } = &self.origin;
        let mut rest = format!("sources {looks:032x}\ncontents {contents:032x}\nyoung");
        for number in young {
            write!(rest, " {number}").expect("a String takes every text");
        }
        writeln!(rest, "\noutputs {:032x}\nnote {}", self.outputs, self.note)
            .expect("a String takes every text");
        format!("{HEADER}\n{:032x}\n{rest}", xxh3_128(rest.as_bytes()))
    }
}

fn hash(text: &str) -> Option<u128> {
    (text.len() == 32).then(|| u128::from_str_radix(text, 16).ok())?
}

/// The key of an output that looks as it did when that was kept, and how many files the site has.
pub(super) fn untouched(output: &Path) -> Option<(Key, usize)> {
    let key = Key::read(output)?;
    // Another run is at work, or was killed and left something to clear.
    if fs::symlink_metadata(output.join(staging::INSIDE)).is_ok() {
        return None;
    }
    let text = fs::read_to_string(output.join(MANIFEST)).ok()?;
    let paths: Vec<&str> = manifest::paths_in(&text).collect();
    let state = State::look(output, &paths)?;
    (state.hash == key.outputs).then_some((key, paths.len()))
}

/// Keeps the key of a site that has just been put in place. Without one the next build makes
/// everything anew, so that nothing here is an error.
pub(super) fn keep(plan: &Plan<'_>, site: &Site, staging: &Staging, origin: &Mark, note: &str) {
    let (output, place) = (site.output(), staging.key());
    let try_to = || {
        // Others write there, and looks tell late of it.
        if watch::is_silent(&output) {
            return None;
        }
        let now = later(&place)?;
        let state = State::look(&output, plan.paths)?;
        // What changes from now on has another time. What was changed by somebody else meanwhile
        // is not ours to vouch for.
        let is_settled = state.newest < now && plan.is_as_left(&state.files);
        let key = is_settled.then(|| Key {
            origin: origin.clone(),
            outputs: state.hash,
            note: note.to_owned(),
        })?;
        fs::write(&place, key.to_text()).ok()?;
        fs::rename(&place, output.join(KEY)).ok()
    };
    let _: Option<()> = try_to();
}

/// Waits until the clock of the file system has moved on, and gives its time. It ticks every few
/// milliseconds; within one tick two changes have the same time. `place` is a file of ours.
fn later(place: &Path) -> Option<i128> {
    let clock = || {
        fs::write(place, ".").ok()?;
        Some(Look::of(&fs::symlink_metadata(place).ok()?).last_change())
    };
    let start = clock()?;
    for _ in 0..TRIES {
        let now = clock()?;
        if now > start {
            return Some(now);
        }
        thread::sleep(PAUSE);
    }
    None
}

/// How the output looks: the folders of the site, the manifest and the files that it lists. What
/// others put beside them makes no difference to a build.
struct State {
    hash: u128,
    /// The files of the site in their order.
    files: Vec<Look>,
    /// When the last change was.
    newest: i128,
}

impl State {
    /// None where something is missing or is no file or folder.
    fn look(output: &Path, paths: &[impl AsRef<str> + Sync]) -> Option<Self> {
        let files: Vec<Look> = paths
            .par_iter()
            .map(|path| file(&place_of(output, path.as_ref())))
            .collect::<Option<_>>()?;
        let manifest = file(&output.join(MANIFEST))?;
        let mut hasher = Xxh3::new();
        folder(output)?.add_identity_to(&mut hasher);
        let mut folders = BTreeSet::new();
        let mut last = None;
        for path in paths {
            // Files of one folder stand together, so that most are done with here.
            let parent = path.as_ref().rsplit_once('/').map(|(parent, _)| parent);
            if parent != last {
                folders.extend(folders_of(path.as_ref()));
                last = parent;
            }
        }
        for path in folders {
            folder(&place_of(output, path))?.add_identity_to(&mut hasher);
        }
        manifest.add_to(&mut hasher);
        for look in &files {
            look.add_to(&mut hasher);
        }
        let newest = files.iter().chain([&manifest]).map(Look::last_change).max()?;
        Some(Self { hash: hasher.digest128(), files, newest })
    }
}

fn file(place: &Path) -> Option<Look> {
    let data = fs::symlink_metadata(place).ok()?;
    data.is_file().then(|| Look::of(&data))
}

fn folder(place: &Path) -> Option<Look> {
    let data = fs::symlink_metadata(place).ok()?;
    data.is_dir().then(|| Look::of(&data))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(note: &str) -> Key {
        let origin = Mark { looks: 1, young: vec![0, 12], contents: u128::MAX };
        Key { origin, outputs: 7, note: note.to_owned() }
    }

    #[test]
    fn a_key_reads_what_it_writes() {
        for note in ["", "{\"pages\":3}", "a b  c ä"] {
            assert_eq!(Key::parse(&key(note).to_text()), Some(key(note)));
        }
        let none_young = Key { origin: Mark { young: vec![], ..key("").origin }, ..key("") };
        assert_eq!(Key::parse(&none_young.to_text()), Some(none_young));
    }

    #[test]
    fn a_key_with_any_byte_changed_or_missing_is_none() {
        let text = key("{}").to_text();
        for at in 0..text.len() {
            let mut bytes = text.clone().into_bytes();
            bytes[at] ^= 1;
            let changed = String::from_utf8(bytes).expect("it is ASCII");
            assert_eq!(Key::parse(&changed), None, "{changed}");
            assert_eq!(Key::parse(&text[..at]), None);
        }
    }

    #[test]
    fn the_clock_moves_on() {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let file = folder.path().join("a");
        fs::write(&file, "a").expect("can be written");
        let written = Look::of(&fs::metadata(&file).expect("is there")).last_change();
        assert!(later(&folder.path().join("b")).is_some_and(|now| now > written));
    }
}
