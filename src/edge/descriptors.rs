//! Descriptors of files and connections, of which a process has a limited number.

use std::io;
use std::thread;
use std::time::Duration;

/// How often, and at which intervals, something is opened again while there is no descriptor left:
/// together longer than the preview leaves unused connections open.
const TRIES: u32 = 500;
const PAUSE: Duration = Duration::from_millis(20);

/// How many descriptors are needed besides connections: by the watcher, the listeners, and the
/// threads that read the handbook.
#[cfg(unix)]
const OWN: usize = 32;

/// How many descriptors the system grants beyond those that canvasbook needs to read a handbook;
/// `None` if it names no number.
#[cfg(unix)]
pub fn spare() -> Option<usize> {
    use rustix::process::{Resource, getrlimit};
    let granted = getrlimit(Resource::Nofile).current?;
    Some(usize::try_from(granted).unwrap_or(usize::MAX).saturating_sub(OWN))
}

/// How many descriptors the system grants beyond those that canvasbook needs to read a handbook;
/// `None` if it names no number.
#[cfg(not(unix))]
pub fn spare() -> Option<usize> {
    None
}

/// Whether an error means that this process or the whole system has no descriptor left, which has
/// nothing to do with the file that was to be opened.
#[cfg(unix)]
pub fn are_used_up(error: &io::Error) -> bool {
    use rustix::io::Errno;
    matches!(Errno::from_io_error(error), Some(Errno::MFILE | Errno::NFILE))
}

/// Whether an error means that this process or the whole system has no descriptor left, which has
/// nothing to do with the file that was to be opened.
#[cfg(not(unix))]
pub fn are_used_up(error: &io::Error) -> bool {
    /// `ERROR_TOO_MANY_OPEN_FILES` of Windows.
    const TOO_MANY: i32 = 4;
    error.raw_os_error() == Some(TOO_MANY)
}

/// Opens something for reading, and waits a while for a descriptor if there is none left: a file
/// that cannot be opened for that reason must not look as if it did not exist.
pub fn patiently<T>(mut open: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    for _ in 1..TRIES {
        match open() {
            Err(error) if are_used_up(&error) => thread::sleep(PAUSE),
            opened => return opened,
        }
    }
    open()
}

#[cfg(all(test, unix))]
mod tests {
    use rustix::io::Errno;

    use super::*;

    #[test]
    fn only_for_a_descriptor_it_is_waited() {
        for lacking in [Errno::MFILE, Errno::NFILE] {
            let mut tries = 0;
            let opened = patiently(|| {
                tries += 1;
                if tries < 3 { Err(lacking.into()) } else { Ok(tries) }
            });
            assert_eq!(opened.expect("it can be opened at last"), 3);
        }
        let mut tries = 0;
        let opened: io::Result<()> = patiently(|| {
            tries += 1;
            Err(Errno::NOENT.into())
        });
        assert_eq!(
            (opened.map_err(|error| error.kind()), tries),
            (Err(io::ErrorKind::NotFound), 1)
        );
    }
}
