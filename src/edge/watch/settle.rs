//! When to look at the disk and when to believe what is there: a state of times and names, without
//! a clock and without a disk.
//!
//! The first hint after a quiet moment is looked into almost at once, so that one save shows at
//! once. What follows is gathered until it is quiet. A file that is suddenly missing, new or empty
//! may be half a save: it is looked at again before it is believed.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::snapshot::Difference;
use crate::source::SourcePath;

/// From the first hint to the first look. A save in place is two events, to empty the file and to
/// write it, less than a millisecond apart; one look for both costs nobody a visible moment.
pub(super) const AT_ONCE: Duration = Duration::from_millis(3);

/// So long without a hint is quiet. Editors take up to some 10 ms between the steps of a save;
/// people do not save twice within 25 ms.
pub(super) const QUIET: Duration = Duration::from_millis(25);

/// Quiet is waited for no longer than this: somebody who saves without end wants to see something.
pub(super) const LONGEST: Duration = Duration::from_millis(250);

/// More paths than this are not a save but a checkout, a merge or a program that rewrites files.
pub(super) const MANY: usize = 50;

/// So long is quiet among many paths: a checkout pauses now and then, for the disk or for itself.
pub(super) const QUIET_OF_MANY: Duration = Duration::from_millis(100);

/// Quiet among many paths, and certainty about any path, are waited for no longer than this.
pub(super) const LONGEST_OF_MANY: Duration = Duration::from_secs(5);

/// After so long a doubtful file is looked at again. Between removing a file and putting another in
/// its place editors take a few milliseconds, and more on a busy machine.
pub(super) const AGAIN: Duration = Duration::from_millis(50);

/// What was hinted at and not told yet. Times are counted from one moment that does not matter.
#[derive(Debug, Default)]
pub(super) struct Settle {
    first: Option<Duration>,
    /// The last hint of all, told or not.
    last: Option<Duration>,
    /// No hint came for a while before the first one.
    at_once: bool,
    /// Paths hinted at since it was quiet, told or not: a slow checkout is one all the same.
    hinted: BTreeSet<PathBuf>,
    many: bool,
    doubts: BTreeMap<SourcePath, Doubt>,
}

/// A difference that may go by itself.
#[derive(Debug)]
struct Doubt {
    difference: Difference,
    since: Duration,
}

impl Settle {
    /// Notes that something may have changed at these paths.
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
        for path in paths {
            if self.hinted.len() > MANY {
                break;
            }
            self.hinted.insert(path.to_owned());
        }
        self.many |= self.hinted.len() > MANY;
    }

    /// The first hint that nothing came of yet.
    pub fn first(&self) -> Option<Duration> {
        self.first
    }

    /// When to look at the disk; none while nothing hints at a change.
    pub fn due(&self) -> Option<Duration> {
        let (first, last) = (self.first?, self.last?);
        let latest = first + LONGEST_OF_MANY;
        let settled = if self.many {
            latest.min(last + QUIET_OF_MANY)
        } else if self.at_once {
            first + AT_ONCE
        } else {
            (last + QUIET).min(first + LONGEST)
        };
        let believed = self.doubts.values().map(|doubt| doubt.since + AGAIN).max();
        Some(believed.map_or(settled, |believed| settled.max(believed.min(latest))))
    }

    /// Takes what a look at the disk found. True where it is to be acted on now; otherwise
    /// [`Settle::due`] says when to look again, if at all.
    pub fn looked(&mut self, now: Duration, found: &BTreeMap<SourcePath, Difference>) -> bool {
        self.many |= found.len() > MANY;
        self.doubt(now, found);
        let acts = !found.is_empty() && self.due().is_none_or(|due| due <= now);
        if acts || found.is_empty() {
            self.first = None;
            self.doubts.clear();
        } else {
            self.at_once = false;
        }
        acts
    }

    /// Keeps the doubts that still stand, with the time since when, and adds the new ones.
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
