//! Why the site could not be written.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Why a run ended without the new site.
#[derive(Debug)]
pub enum Failure<E> {
    /// A file's content could not be produced.
    Produce {
        /// Its site path.
        path: String,
        /// The error of `produce`.
        error: E,
    },
    /// The output folder or the machine made it impossible.
    Output(OutputError),
}

/// What is wrong with the output folder or the machine.
#[derive(Debug)]
pub enum OutputError {
    /// The folder must not be written to.
    Refused {
        /// The folder as it was given.
        output: PathBuf,
        /// Why.
        refusal: Refusal,
    },
    /// Something that canvasbook did not write has the place of a file or folder of the site.
    InTheWay {
        /// What is there.
        path: PathBuf,
        /// What it is.
        what: &'static str,
    },
    /// Another run writes to the same folder at this moment.
    Busy {
        /// The folder in which that run prepares its files.
        staging: PathBuf,
    },
    /// A path that no file of the site can have.
    SitePath {
        /// The path.
        path: String,
        /// Why not.
        why: &'static str,
    },
    /// The system refused: no space, no permission, a disk that fails.
    Machine {
        /// What was tried: `read`, `write`.
        doing: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// The system's reason.
        error: io::Error,
    },
}

/// Why a folder is refused as the output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The handbook names it, and a link leads out of the root.
    Outside,
    /// It is `/` or a drive.
    FileSystemRoot,
    /// It is the home folder or contains it.
    Home,
    /// It is the handbook's root or contains it.
    Handbook,
    /// It is, contains or is in this folder of sources.
    Sources(String),
    /// It, or a part of its path, is a file or a link into nothing.
    NotAFolder(PathBuf),
    /// It contains files, and no manifest shows that canvasbook wrote them.
    Unclaimed,
    /// Its manifest is not one that canvasbook wrote.
    DamagedManifest,
}

impl OutputError {
    /// Turns an error of the system about `path` into an [`OutputError`]; for `map_err`.
    pub(super) fn machine(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |error| Self::Machine { doing, path: path.to_owned(), error }
    }
}

impl<E> From<OutputError> for Failure<E> {
    fn from(error: OutputError) -> Self {
        Self::Output(error)
    }
}

impl<E: fmt::Display> fmt::Display for Failure<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Produce { path, error } => write!(formatter, "`{path}`: {error}"),
            Self::Output(error) => error.fmt(formatter),
        }
    }
}

impl<E: fmt::Debug + fmt::Display> std::error::Error for Failure<E> {}

impl fmt::Display for OutputError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused { output, refusal } => {
                write!(formatter, "the output folder `{}` ", output.display())?;
                refusal.fmt(formatter)
            }
            Self::InTheWay { path, what } => write!(
                formatter,
                "`{}` is {what} that canvasbook did not write, and the site needs its place: \
                 move it away, or choose another output folder",
                path.display()
            ),
            Self::Busy { staging } => write!(
                formatter,
                "another run of canvasbook is writing the same output: it works in `{}`",
                staging.display()
            ),
            Self::SitePath { path, why } => {
                write!(formatter, "`{path}` cannot be a file of the site: {why}")
            }
            Self::Machine { doing, path, error } => {
                write!(formatter, "cannot {doing} `{}`: {error}", path.display())
            }
        }
    }
}

impl std::error::Error for OutputError {}

impl fmt::Display for Refusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Outside => write!(
                formatter,
                "leads out of the handbook by a symbolic link, which only --output may do"
            ),
            Self::FileSystemRoot => write!(formatter, "is the root of the file system"),
            Self::Home => write!(formatter, "is the home folder or holds it"),
            Self::Handbook => write!(formatter, "is the handbook's own folder or holds it"),
            Self::Sources(name) => {
                write!(formatter, "is, holds or lies in the handbook's own folder `{name}`")
            }
            Self::NotAFolder(path) => {
                write!(
                    formatter,
                    "is not a folder: `{}` is a file or a broken link",
                    path.display()
                )
            }
            Self::Unclaimed => write!(
                formatter,
                "holds files that canvasbook did not write; \
                 with --adopt the site is written beside them and none of them is changed"
            ),
            Self::DamagedManifest => write!(
                formatter,
                "has a `{}` that canvasbook did not write or that was damaged; \
                 with --adopt what cannot be read of it is ignored",
                super::MANIFEST
            ),
        }
    }
}
