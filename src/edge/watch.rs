//! Waits for changes of a handbook's sources.
//!
//! Events of the system ([`hints`]) are never believed, only taken as a reason to look: names, kinds
//! and order of events differ between systems and editors, and some are lost. The truth is the
//! difference between two snapshots of the sources ([`snapshot`]). When and where to look, and when
//! a look is enough, is decided without a clock and a disk in [`settle`].
//!
//! A look at everything takes as long as there are files. So if hints name a few documents, only
//! these are looked at, and their changes are reported at once; everything is looked at soon
//! afterwards.
//!
//! If the system cannot watch, or is known to report nothing ([`mounts`]), looks are taken at
//! intervals.

#![expect(clippy::disallowed_methods, reason = "this is the edge that waits for the disk")]

mod hints;
mod mounts;
mod settle;
mod snapshot;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::{Duration, Instant, SystemTime};

use crate::edge::disk;
use crate::edge::regular_file;
use crate::edge::streams::Stream;
use crate::source::SourcePath;

use hints::{Hint, Watched};
use settle::Settle;
use snapshot::{Difference, Glance, Snapshot};

/// The interval between looks if nothing reports changes: half a second is soon enough for somebody
/// who turns from the editor to the browser.
const POLL: Duration = Duration::from_millis(500);

/// A look that takes long, as in a large handbook on a network, is followed by a pause of this many
/// times its length, so that looking never takes more than a tenth of a processor.
const POLL_SHARE: u32 = 9;

/// How much later than a change the system may report it.
const LATE: Duration = Duration::from_millis(50);

/// Waits for changes of a handbook's sources.
pub struct Watch {
    root: PathBuf,
    output: PathBuf,
    start: Instant,
    settle: Settle,
    /// The sources as they were reported last.
    reported: Snapshot,
    /// The sources at the last look at everything, if they differed from those that were reported.
    seen: Option<Snapshot>,
    /// When the look began that was reported last. From then until the next wait the sources are
    /// read.
    read_from: Duration,
    read_until: Duration,
    /// Paths of hints that came while the sources were read, and that have not settled.
    passed: BTreeSet<PathBuf>,
    /// `None` if nothing reports changes: then every look happens because its time has come.
    watched: Option<Watched>,
    hints: Receiver<Hint>,
    /// Keeps the channel open while nothing is watched.
    _hinter: Sender<Hint>,
    /// Whether a folder is missing whose appearance nothing will report.
    is_blind: bool,
    /// When the last look at everything ended, and how long to wait from then to the next if no
    /// hint arrives.
    looked: Duration,
    pause: Duration,
}

/// What changed, after it settled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The files that changed, relative to the root, sorted, to be shown.
    pub paths: Vec<PathBuf>,
    /// If only the texts of some documents changed, these documents, sorted. Each of them was a
    /// file before and still is one, although it may not be readable as a text. `None` if anything
    /// else changed: a file appeared or vanished, an asset, the theme, the configuration.
    pub texts: Option<Vec<SourcePath>>,
    /// When its first event was seen.
    pub seen: Instant,
}

/// Why sources cannot be watched at all.
#[derive(Debug)]
pub struct WatchError {
    root: PathBuf,
    error: io::Error,
}

impl fmt::Display for WatchError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "cannot watch `{}`: {}", self.root.display(), self.error)
    }
}

impl Watch {
    /// Starts to watch the handbook at `root` without its folder `output`. Every change after this
    /// call is reported. With `poll`, or if the system cannot watch, the files are looked at from
    /// time to time; that it cannot is printed once.
    ///
    /// # Errors
    /// If the folder does not exist.
    pub fn new(root: &Path, output: &Path, poll: bool) -> Result<Self, WatchError> {
        let real =
            fs::canonicalize(root).map_err(|error| WatchError { root: root.to_owned(), error })?;
        let (hinter, hints) = mpsc::channel();
        let mut watch = Self {
            root: real,
            output: output.to_owned(),
            start: Instant::now(),
            settle: Settle::default(),
            reported: Snapshot::default(),
            seen: None,
            read_from: Duration::ZERO,
            read_until: Duration::ZERO,
            passed: BTreeSet::new(),
            watched: None,
            hints,
            _hinter: hinter.clone(),
            is_blind: false,
            looked: Duration::ZERO,
            pause: POLL,
        };
        if !poll {
            let silent = mounts::silent(&mounted(), &watch.root);
            match silent {
                Some(kind) => {
                    say_polling(&format!("changes on a {kind} file system may go unreported"))
                }
                None => match Watched::new(hinter) {
                    Ok(watched) => watch.watched = Some(watched),
                    Err(why) => say_polling(&why),
                },
            }
        }
        watch.reported = watch.look();
        Ok(watch)
    }

    /// Leaves out another folder from now on, since the configuration may have named a new one.
    pub fn set_output(&mut self, output: &Path) {
        if self.output != output {
            output.clone_into(&mut self.output);
            // A link to either folder may hide or show files now.
            self.settle.hint(self.start.elapsed(), []);
        }
    }

    /// Blocks until the sources differ from those that were reported last, and returns the change. It
    /// includes files that came and went since then, because they may have been read.
    pub fn wait(&mut self) -> Change {
        loop {
            if let Some(change) = self.wait_at_most(Duration::MAX) {
                return change;
            }
        }
    }

    /// Like [`Watch::wait`], but returns `None` after `limit`.
    pub fn wait_at_most(&mut self, limit: Duration) -> Option<Change> {
        let began = self.start.elapsed();
        self.read_until = began + LATE;
        loop {
            while let Ok(hint) = self.hints.try_recv() {
                self.take(hint);
            }
            let now = self.start.elapsed();
            let left = limit.saturating_sub(now.saturating_sub(began));
            let wait = match self.settle.due() {
                Some(due) => due.saturating_sub(now),
                None if self.watched.is_none() || self.is_blind => {
                    (self.looked + self.pause).saturating_sub(now)
                }
                None => Duration::MAX,
            };
            if wait > left {
                if left.is_zero() || !self.receive(left) {
                    return None;
                }
                continue;
            }
            if !wait.is_zero() && self.receive(wait) {
                continue;
            }
            if let Some(change) = self.compare() {
                return Some(change);
            }
        }
    }

    /// Waits for a hint. Returns whether one came.
    fn receive(&mut self, wait: Duration) -> bool {
        let hint = if wait == Duration::MAX {
            self.hints.recv().ok()
        } else {
            self.hints.recv_timeout(wait).ok()
        };
        let came = hint.is_some();
        if let Some(hint) = hint {
            self.take(hint);
        }
        came
    }

    fn take(&mut self, hint: Hint) {
        if let Some(watched) = &mut self.watched
            && hint.moved
        {
            watched.forget(&hint.paths);
        }
        let at = hint.at.saturating_duration_since(self.start);
        let paths = hint.paths.iter().map(|path| path.strip_prefix(&self.root).unwrap_or(path));
        if (self.read_from..=self.read_until).contains(&at) {
            self.passed.extend(paths.clone().map(Path::to_owned));
        }
        self.settle.hint(at, paths);
    }

    /// Looks at the sources, and returns the change if it has settled.
    fn compare(&mut self) -> Option<Change> {
        let began = self.start.elapsed();
        let is_reported = self.watched.is_some() && !self.is_blind;
        let places = self.settle.places().filter(|_| is_reported);
        let glance =
            places.and_then(|places| self.reported.glance(&self.root, places, SystemTime::now()));
        let change = match glance {
            Some(glance) => self.compare_places(glance),
            None => self.compare_everything(is_reported),
        };
        if change.is_some() {
            self.read_from = began;
        }
        if self.settle.first().is_none() {
            self.passed.clear();
        }
        change
    }

    /// Compares the paths that were hinted at. Changes of more than texts are left to a look at
    /// everything.
    fn compare_places(&mut self, mut glance: Glance) -> Option<Change> {
        let now = self.start.elapsed();
        let mut found = std::mem::take(&mut glance.differences);
        self.reported.add_passed(&self.root, &mut found, &self.passed, |path| glance.entry(path));
        let first = self.settle.first().unwrap_or(now);
        if !self.settle.looked(now, &found, false) {
            if found.is_empty() {
                // Unchanged content with a new time counts as reported.
                self.reported.update(glance);
            }
            return None;
        }
        let Some(texts) = self.reported.texts_after(&found) else {
            return self.compare_everything(true);
        };
        self.reported.update(glance);
        self.settle.forget();
        Some(Change { paths: paths(&found), texts: Some(texts), seen: self.start + first })
    }

    /// Compares all sources. If `is_reported` is false, only looks show that something is going on.
    fn compare_everything(&mut self, is_reported: bool) -> Option<Change> {
        let seen = self.look();
        let now = self.start.elapsed();
        if !is_reported {
            let moved = seen.differences(self.seen.as_ref().unwrap_or(&self.reported));
            if !moved.is_empty() {
                self.settle.hint(now, moved.keys().map(|path| Path::new(path.as_str())));
            }
        }
        let mut found = seen.differences(&self.reported);
        if !is_reported {
            // No hint names files that came and went between two looks.
            self.passed.extend(seen.written_since(&self.reported));
        }
        self.reported.add_passed(&self.root, &mut found, &self.passed, |path| seen.entry(path));
        let first = self.settle.first().unwrap_or(now);
        if self.settle.looked(now, &found, true) {
            let texts = seen.texts(&self.reported, &found);
            self.settle.forget();
            (self.reported, self.seen) = (seen, None);
            return Some(Change { paths: paths(&found), texts, seen: self.start + first });
        }
        if found.is_empty() {
            (self.reported, self.seen) = (seen, None);
        } else {
            self.seen = Some(seen);
        }
        None
    }

    /// Looks at the sources, after watching each of their folders, so that changes after this look
    /// are reported.
    fn look(&mut self) -> Snapshot {
        loop {
            let began = Instant::now();
            let snapshot =
                Snapshot::take(&self.root, &self.output, &self.reported, SystemTime::now());
            self.pause = POLL.max(began.elapsed() * POLL_SHARE);
            self.looked = self.start.elapsed();
            let Some(watched) = &mut self.watched else { return snapshot };
            match watched.set(&snapshot.folders, &self.root) {
                Ok(added) => {
                    self.is_blind = added.missing;
                    if !added.some {
                        return snapshot;
                    }
                }
                Err(why) => {
                    say_polling(&why);
                    self.watched = None;
                    return snapshot;
                }
            }
        }
    }
}

fn paths(found: &BTreeMap<SourcePath, Difference>) -> Vec<PathBuf> {
    found.keys().map(|path| PathBuf::from(path.as_str())).collect()
}

/// Prints that the program polls for changes, and why.
fn say_polling(why: &str) {
    // If nothing can be printed, the work goes on all the same.
    let _ = Stream::Messages
        .line(&format!("note: {why}; looking for changes every {} ms instead", POLL.as_millis()));
}

/// The table of mounted file systems; empty if the system has none.
fn mounted() -> String {
    const TABLE: &str = "/proc/self/mountinfo";
    let table = regular_file::read(Path::new(TABLE), disk::LARGEST_TEXT).unwrap_or_default();
    String::from_utf8_lossy(&table).into_owned()
}
