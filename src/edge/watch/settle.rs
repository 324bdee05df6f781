//! When to look at the disk and when to believe what is there, decided from times and names, without
//! a clock and without a disk.
//!
//! The first hint after a quiet moment is looked into almost at once, so that one save shows at once.
//! What follows is gathered until it is quiet. A file that is suddenly missing, new or empty may be
//! half a save: it is looked at again before it is believed.
//!
//! A look goes only where hints point, if that can tell. Hints are not to be trusted, though, so such
//! looks leave a debt: a look at everything, once nobody writes.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::snapshot::Difference;
use crate::source::SourcePath;

/// From the first hint to the first look. A save in place is two events, to empty the file and to
/// write it, less than a millisecond apart; one look for both costs nobody a visible moment.
pub(super) const AT_ONCE: Duration = Duration::from_millis(3);

/// The time without a hint that counts as quiet. Editors take up to some 10 ms between the steps of
/// a save; people do not save twice within 25 ms.
pub(super) const QUIET: Duration = Duration::from_millis(25);

/// Quiet is not awaited for longer than this: somebody who saves without end wants to see
/// something.
pub(super) const LONGEST: Duration = Duration::from_millis(250);

/// More paths than this are not a save but a checkout, a merge or a program that rewrites files.
pub(super) const MANY: usize = 50;

/// The time that counts as quiet among many paths: a checkout pauses now and then, for the disk or
/// for itself.
pub(super) const QUIET_OF_MANY: Duration = Duration::from_millis(100);

/// Quiet among many paths, and certainty about any path, are not awaited for longer than this.
pub(super) const LONGEST_OF_MANY: Duration = Duration::from_secs(5);

/// The time after which a doubtful file is looked at again. Between removing a file and putting
/// another in its place editors take a few milliseconds, and more on a busy machine.
pub(super) const AGAIN: Duration = Duration::from_millis(50);

/// The time after the last hint at which everything is looked at, if it was not yet. That takes about
/// 15 ms with 10,000 files, more if the disk is slow, and somebody who saves again should not wait for
/// it: people save again within a second or leave it.
pub(super) const CALM: Duration = Duration::from_millis(1500);

/// For somebody who never pauses that long, everything is looked at this often.
pub(super) const LONGEST_UNSEEN: Duration = Duration::from_secs(20);

/// Hints that were not reported yet. Times are counted from an arbitrary moment.
#[derive(Debug, Default)]
pub(super) struct Settle {
    first: Option<Duration>,
    /// The last hint, reported or not.
    last: Option<Duration>,
    /// Whether no hint came for a while before the first one.
    at_once: bool,
    /// Paths of hints since it was quiet, reported or not, so that a slow checkout counts as one.
    hinted: BTreeSet<PathBuf>,
    many: bool,
    /// Whether a difference may be where no hint pointed.
    anywhere: bool,
    /// Since when not everything was looked at; `None` if nothing is owed.
    owed: Option<Duration>,
    /// The last look.
    looked: Option<Duration>,
    doubts: BTreeMap<SourcePath, Doubt>,
}

/// A difference that may vanish by itself.
#[derive(Debug)]
struct Doubt {
    difference: Difference,
    since: Duration,
}

impl Settle {
    /// Notes that something may have changed at these paths, relative to the root; anywhere, if
    /// there are none.
    pub fn hint<'p>(&mut self, now: Duration, paths: impl IntoIterator<Item = &'p Path>) {
        if self.first.is_none() {
            let since = self.last.map_or(Duration::MAX, |last| now.saturating_sub(last));
            self.first = Some(now);
            self.at_once = since >= QUIET;
            if since >= QUIET_OF_MANY {
                self.hinted.clear();
                self.many = false;
            }
        }
        self.last = Some(now);
        let mut paths = paths.into_iter().peekable();
        self.anywhere |= paths.peek().is_none();
        for path in paths {
            if self.hinted.len() > MANY {
                break;
            }
            // The file is being written: its earlier state is of no interest any more.
            self.doubts.retain(|doubted, _| Path::new(doubted.as_str()) != path);
            self.hinted.insert(path.to_owned());
        }
        self.many |= self.hinted.len() > MANY;
    }

    /// The first hint that has led to nothing yet.
    pub fn first(&self) -> Option<Duration> {
        self.first
    }

    /// The paths to look at; `None` if everything is to be looked at.
    pub fn places(&self) -> Option<&BTreeSet<PathBuf>> {
        (self.first.is_some() && !self.many && !self.anywhere).then_some(&self.hinted)
    }

    /// When to look at the disk; `None` as long as nothing hints at a change.
    pub fn due(&self) -> Option<Duration> {
        let last = self.last?;
        let Some(first) = self.first else {
            return self.owed.map(|owed| (last + CALM).min(owed + LONGEST_UNSEEN));
        };
        let latest = first + LONGEST_OF_MANY;
        let settled = if self.many {
            latest.min(last + QUIET_OF_MANY)
        } else if self.at_once {
            first + AT_ONCE
        } else {
            let settled = (last + QUIET).min(first + LONGEST);
            // Not at every hint, if one look did not settle it.
            self.looked.map_or(settled, |looked| settled.max(looked + QUIET))
        };
        let believed = self.doubts.values().map(|doubt| doubt.since + AGAIN).max();
        Some(believed.map_or(settled, |believed| settled.max(believed.min(latest))))
    }

    /// Takes the result of a look that was due, at [`Settle::places`] or everywhere. Returns
    /// whether to act on it now; otherwise [`Settle::due`] returns when to look again, if at all.
    pub fn looked(
        &mut self,
        now: Duration,
        found: &BTreeMap<SourcePath, Difference>,
        everywhere: bool,
    ) -> bool {
        if self.first.is_none() && !found.is_empty() {
            // A difference without a hint is no more certain than others.
            self.hint(now, found.keys().map(|path| Path::new(path.as_str())));
        }
        self.many |= found.len() > MANY;
        self.doubt(now, found);
        let acts = !found.is_empty() && self.due().is_none_or(|due| due <= now);
        if !acts {
            self.looked = Some(now);
            self.at_once = false;
        }
        if everywhere {
            self.owed = None;
            // The difference may be elsewhere than the hint, and must be found again.
            self.anywhere = !found.is_empty();
        } else {
            self.owed.get_or_insert(now);
        }
        if found.is_empty() {
            self.forget();
        }
        acts
    }

    /// Forgets the hints: they were acted on, or nothing came of them.
    pub fn forget(&mut self) {
        self.first = None;
        self.anywhere = false;
        self.doubts.clear();
    }

    /// Keeps the doubts that remain, with their times, and adds the new ones.
    fn doubt(&mut self, now: Duration, found: &BTreeMap<SourcePath, Difference>) {
        let mut before = std::mem::take(&mut self.doubts);
        for (path, difference) in found.iter().filter(|(_, difference)| difference.is_doubtful()) {
            let known = before.remove(path).filter(|doubt| doubt.difference == *difference);
            let since = known.map_or(now, |doubt| doubt.since);
            self.doubts.insert(path.clone(), Doubt { difference: *difference, since });
        }
    }
}

#[cfg(test)]
mod tests;
