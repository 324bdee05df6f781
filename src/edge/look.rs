//! How a file looks from outside: enough to tell, without reading it, that nobody has written to it
//! since.

use std::fs::Metadata;
use std::time::{Duration, SystemTime};

/// The step of the coarsest clock: FAT counts the times of files in two seconds, others in one.
const COARSE_STEP: Duration = Duration::from_secs(2);

/// More than a step of any finer clock. Where times have nanoseconds, they are taken from the
/// system's timer, which ticks every 16 ms or faster.
const FINE_STEP: Duration = Duration::from_millis(50);

/// The times of a fine clock are hardly ever whole milliseconds. One that is by accident is only
/// taken for a coarse one's.
const FINE: i128 = 1_000_000;

/// The metadata of a file that changes when the file does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    size: u64,
    /// When it was written to, in nanoseconds since 1970. Programs can set this time.
    modified: i128,
    /// When anything about it changed, its name and its `modified` included, if the system keeps
    /// such a time, which nobody can set; elsewhere the time of its creation.
    changed: i128,
    /// Which file it is, by its disk and its number there, if files have one.
    file: (u64, u64),
}

impl Look {
    /// The look of a file, from its metadata.
    #[cfg(unix)]
    pub fn of(data: &Metadata) -> Self {
        use std::os::unix::fs::MetadataExt as _;
        let time =
            |seconds: i64, nanos: i64| i128::from(seconds) * 1_000_000_000 + i128::from(nanos);
        Self {
            size: data.len(),
            modified: time(data.mtime(), data.mtime_nsec()),
            changed: time(data.ctime(), data.ctime_nsec()),
            file: (data.dev(), data.ino()),
        }
    }

    /// The look of a file, from its metadata.
    #[cfg(not(unix))]
    pub fn of(data: &Metadata) -> Self {
        Self {
            size: data.len(),
            modified: data.modified().map_or(0, nanoseconds),
            changed: data.created().map_or(0, nanoseconds),
            file: (0, 0),
        }
    }

    /// The size in bytes.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// When it changed last, in nanoseconds since 1970, by the clock of its file system.
    pub fn last_change(&self) -> i128 {
        if cfg!(unix) { self.changed } else { self.modified }
    }

    /// Whether its last change is so close to the moment `now`, or after it, that another change
    /// could follow and leave the same time.
    pub fn is_young(&self, now: SystemTime) -> bool {
        let step = if self.last_change() % FINE == 0 { COARSE_STEP } else { FINE_STEP };
        self.last_change() + step.as_nanos() as i128 >= nanoseconds(now)
    }

    /// Whether it is the same file with the same content, possibly under another name.
    pub fn is_renamed(&self, other: &Self) -> bool {
        let written = |look: &Self| (look.size, look.modified, look.file);
        written(self) == written(other)
    }
}

fn nanoseconds(time: SystemTime) -> i128 {
    match time.duration_since(SystemTime::UNIX_EPOCH) {
        Ok(since) => since.as_nanos() as i128,
        Err(before) => -(before.duration().as_nanos() as i128),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_young_until_its_clock_has_moved_on() {
        let second = 1_000_000_000;
        let check = |change: i128, after: Duration| {
            let look = Look { size: 1, modified: change, changed: change, file: (1, 2) };
            let changed = SystemTime::UNIX_EPOCH + Duration::from_nanos(change as u64);
            look.is_young(changed + after)
        };
        for coarse in [1000 * second, 1000 * second + 120_000_000] {
            assert!(check(coarse, Duration::from_secs(2)));
            assert!(!check(coarse, Duration::from_millis(2001)));
        }
        let fine = 1000 * second + 123_456_789;
        assert!(check(fine, Duration::from_millis(50)));
        assert!(!check(fine, Duration::from_millis(51)));
        let future = Look { size: 1, modified: fine, changed: fine, file: (1, 2) };
        assert!(future.is_young(SystemTime::UNIX_EPOCH), "a clock that was set back tells nothing");
    }
}
