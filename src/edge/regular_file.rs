//! Opens regular files, and nothing else: the only place where a file that exists is opened.
//!
//! Anything with a name in a folder may be a pipe, a device or a socket, and may become one between
//! inspecting and opening it. Opening a pipe waits until somebody writes into it, which may be
//! never; reading from a device may wait as well, or never end.

#![expect(clippy::disallowed_methods, reason = "this is the edge that opens files")]

use std::fs::{self, File, FileType, OpenOptions};
use std::io::{self, Read as _};
use std::path::Path;

use super::descriptors::patiently;

/// Opens a regular file to read it. Links are followed.
///
/// # Errors
/// What is there instead, in words that follow "cannot be read: ", or the system's reason.
pub fn open(path: &Path) -> io::Result<File> {
    open_as(OpenOptions::new().read(true), path)
}

/// Opens a regular file to write to it, and makes it if it does not exist. Its content stays.
///
/// # Errors
/// Those of [`open`].
pub fn open_or_create(path: &Path) -> io::Result<File> {
    open_as(OpenOptions::new().write(true).create(true).truncate(false), path)
}

fn open_as(options: &mut OpenOptions, path: &Path) -> io::Result<File> {
    // Checked before: opening a device may already have an effect.
    if let Ok(data) = fs::metadata(path) {
        regular(data.file_type())?;
    }
    without_waiting(options);
    let file = patiently(|| options.open(path))?;
    // Checked again: the file that was opened may have come a moment ago.
    regular(file.metadata()?.file_type())?;
    Ok(file)
}

/// Makes opening a pipe return at once.
#[cfg(unix)]
fn without_waiting(options: &mut OpenOptions) {
    use std::os::unix::fs::OpenOptionsExt as _;
    options.custom_flags(rustix::fs::OFlags::NONBLOCK.bits().cast_signed());
}

/// On other systems folders contain no pipes.
#[cfg(not(unix))]
fn without_waiting(_options: &mut OpenOptions) {}

/// Reads a regular file of at most `most` bytes. The limit also applies while reading, since files
/// grow.
///
/// # Errors
/// [`io::ErrorKind::FileTooLarge`] for a larger file; else those of [`open`], and what keeps the
/// machine from reading.
pub fn read(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let too_large = || {
        let why = format!("it is larger than {} MiB", most / (1024 * 1024));
        Err(io::Error::new(io::ErrorKind::FileTooLarge, why))
    };
    let file = open(path)?;
    let size = file.metadata()?.len();
    if size > most {
        return too_large();
    }
    // One more, to see the end without asking for more memory. The size may be wrong: files of
    // `/proc` have none.
    let mut bytes = Vec::with_capacity(usize::try_from(size + 1).unwrap_or_default());
    file.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most { too_large() } else { Ok(bytes) }
}

/// The description of what takes the place of a regular file, in words that follow "cannot be read:
/// "; `None` for a regular file.
pub fn flaw(kind: FileType) -> Option<&'static str> {
    if kind.is_file() {
        None
    } else if kind.is_dir() {
        Some("it is a folder")
    } else {
        Some("it is a pipe, a socket or a device")
    }
}

fn regular(kind: FileType) -> io::Result<()> {
    flaw(kind).map_or(Ok(()), |flaw| Err(io::Error::other(flaw)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_up_to_a_limit() {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let path = folder.path().join("a");
        assert_eq!(read(&path, 5).expect_err("it is not there").kind(), io::ErrorKind::NotFound);
        fs::write(&path, "bread").expect("can be written");
        assert_eq!(read(&path, 5).expect("is there"), b"bread");
        assert_eq!(read(&path, 4).expect_err("is longer").kind(), io::ErrorKind::FileTooLarge);
        let folder = read(folder.path(), 5).expect_err("is no file");
        assert_eq!(folder.to_string(), "it is a folder");
    }

    /// The system reports a size of 0 for it.
    #[cfg(target_os = "linux")]
    #[test]
    fn a_file_without_a_size_is_read_to_its_end() {
        let status = Path::new("/proc/self/status");
        assert!(!read(status, 1 << 20).expect("can be read").is_empty());
        assert!(read(status, 10).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn nothing_else_is_waited_for() {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let (pipe, socket) = (folder.path().join("pipe"), folder.path().join("socket"));
        let made = std::process::Command::new("mkfifo").arg(&pipe).status();
        assert!(made.is_ok_and(|status| status.success()), "mkfifo is part of POSIX");
        let _listener = std::os::unix::net::UnixListener::bind(&socket).expect("can be made");
        for path in [&*pipe, &*socket, Path::new("/dev/zero")] {
            let why = read(path, 10).expect_err("is no file").to_string();
            assert_eq!(why, "it is a pipe, a socket or a device", "{path:?}");
            assert!(open_or_create(path).is_err(), "{path:?}");
        }
    }

    /// One thread opens a name at which another puts pipes, files and folders in turn.
    #[cfg(unix)]
    #[test]
    fn what_comes_between_the_look_and_the_opening_is_not_waited_for() {
        use std::sync::atomic::{AtomicBool, Ordering};
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let at = |name: &str| folder.path().join(name);
        let made = std::process::Command::new("mkfifo").arg(at("pipe")).status();
        assert!(made.is_ok_and(|status| status.success()), "mkfifo is part of POSIX");
        fs::write(at("file"), "bread").expect("can be written");
        let is_done = AtomicBool::new(false);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                for name in ["file", "pipe"].iter().cycle() {
                    if is_done.load(Ordering::Relaxed) {
                        break;
                    }
                    fs::hard_link(at(name), at("next")).expect("can be linked");
                    fs::rename(at("next"), at("name")).expect("can be renamed");
                    // Renaming a hard link over another one of the same file leaves both.
                    let _ = fs::remove_file(at("next"));
                }
            });
            let mut seen = [0, 0];
            while seen[0] < 100 || seen[1] < 100 {
                match read(&at("name"), 10) {
                    Ok(bytes) => assert_eq!(bytes, b"bread"),
                    Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                    Err(error) => {
                        assert_eq!(error.to_string(), "it is a pipe, a socket or a device");
                        seen[1] += 1;
                        continue;
                    }
                }
                seen[0] += 1;
            }
            is_done.store(true, Ordering::Relaxed);
        });
    }
}
