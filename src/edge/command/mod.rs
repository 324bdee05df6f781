//! The commands: each does one thing, most of them with the handbook that was read and compiled.

mod build;
mod check;
mod clocks;
mod completions;
mod diff;
mod export;
mod handbook;
mod theme;
mod init;
mod kind;
mod man;
mod new;
mod schema;
mod serve;
mod site;
mod thread;
mod watch;
mod writer;

use std::ffi::OsString;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::cli::{Cli, Command};
use super::harmless::harmless;
use super::output::OutputError;
use super::session::NoHandbook;
use super::streams::Stream;
use super::threads;
pub use theme::EjectError;

/// The exit status if something is wrong in a file of the handbook.
const WRONG: u8 = 1;
/// The exit status if something is wrong with a flag, the output folder or the machine.
const MACHINE: u8 = 2;

/// Why a command could not do its work at all. Errors in the handbook are rarely such a reason.
#[derive(Debug)]
pub enum Trouble {
    /// No handbook was found.
    NoHandbook {
        /// The folder that was named, or the current one.
        folder: PathBuf,
        /// Whether `--root` named it.
        named: bool,
    },
    /// The output folder, or the machine while writing to it.
    Output(OutputError),
    /// Files of the theme could not be copied.
    Eject(EjectError),
    /// The command refuses what was asked for, with the reason.
    Refused(String),
    /// A file of the handbook must be mended first, for this reason.
    Source(String),
    /// A file could not be written.
    Write {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        error: io::Error,
    },
    /// Printing failed.
    Print(io::Error),
}

impl fmt::Display for Trouble {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoHandbook { folder, named: true } => {
                write!(
                    formatter,
                    "`{}` is no handbook: it has neither canvasbook.toml nor content/",
                    folder.display()
                )
            }
            Self::NoHandbook { folder, named: false } => write!(
                formatter,
                "no handbook here: neither `{}` nor a folder above it has canvasbook.toml or content/; `canvasbook init` starts one",
                folder.display()
            ),
            Self::Output(error) => error.fmt(formatter),
            Self::Eject(error) => error.fmt(formatter),
            Self::Refused(why) | Self::Source(why) => formatter.write_str(why),
            Self::Write { path, error } => {
                write!(formatter, "cannot write `{}`: {error}", path.display())
            }
            Self::Print(error) => write!(formatter, "cannot print: {error}"),
        }
    }
}

impl Trouble {
    /// The lines of the message.
    fn lines(&self) -> Vec<String> {
        let mut lines = vec![format!("error: {self}")];
        if let Self::Eject(EjectError::Taken(files)) = self {
            lines.extend(files.iter().map(|file| format!("  {file}")));
        }
        lines
    }
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Self {
        Self::Print(error)
    }
}

impl From<OutputError> for Trouble {
    fn from(error: OutputError) -> Self {
        Self::Output(error)
    }
}

impl From<NoHandbook> for Trouble {
    fn from(NoHandbook(folder): NoHandbook) -> Self {
        Self::NoHandbook { folder, named: true }
    }
}

impl From<EjectError> for Trouble {
    fn from(error: EjectError) -> Self {
        Self::Eject(error)
    }
}

/// Runs a command line, the program's own name first, and returns the exit status: 0 for success, 1
/// if something is wrong in the handbook, 2 if something is wrong with a flag, the output folder or the
/// machine.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let cli = match Cli::read(&arguments) {
        Ok(cli) => cli,
        Err(asked) => {
            // Its message names arguments, and a shell may have put names of files among them.
            let shown = arguments.iter().map(|it| harmless(&it.to_string_lossy()).into_owned());
            let asked = Cli::read(shown).err().unwrap_or(asked);
            // If even that cannot be printed there is nobody left to inform.
            let _ = asked.print();
            return ExitCode::from(u8::try_from(asked.exit_code()).unwrap_or(MACHINE));
        }
    };
    let done = threads::deep(|| match &cli.command {
        Command::Init(flags) => init::run(&cli, flags),
        Command::New(flags) => new::run(&cli, flags),
        Command::Serve(flags) => serve::run(&cli, flags),
        Command::Build(flags) => build::run(&cli, flags),
        Command::Watch(flags) => watch::run(&cli, flags),
        Command::Check(flags) => check::run(&cli, flags),
        Command::Export(flags) => export::run(&cli, flags),
        Command::Thread(flags) => thread::run(&cli, flags),
        Command::Diff(flags) => diff::run(&cli, flags),
        Command::Kind(flags) => kind::run(&cli, flags),
        Command::Theme(flags) => theme::run(&cli, flags),
        Command::Schema(flags) => schema::run(&cli, flags),
        Command::Completions(flags) => completions::run(flags),
        Command::Man => man::run(),
    });
    match done {
        Ok(well) => ExitCode::from(if well { 0 } else { WRONG }),
        Err(trouble) => {
            let _ = Stream::Messages.lines(trouble.lines());
            let is_of_sources =
                matches!(trouble, Trouble::Source(_) | Trouble::Eject(EjectError::LeadsAway(_)));
            ExitCode::from(if is_of_sources { WRONG } else { MACHINE })
        }
    }
}

/// The error for a file that is not written because a link leads out of the handbook.
fn leads_away(file: &Path) -> Trouble {
    let why = "a symbolic link leads out of the handbook or to a hidden folder";
    Trouble::Source(format!("`{}` was not written, because {why}", file.display()))
}

/// A word of a command line, quoted for a shell. Double quotes mean the same to all shells, so single
/// ones are used only for what occurs in names on Unix alone.
fn for_shell(word: &str) -> String {
    let is_plain =
        |c: char| c.is_alphanumeric() || "/:._-+,@%".contains(c) || (cfg!(windows) && c == '\\');
    if word.chars().all(is_plain) {
        word.to_owned()
    } else if cfg!(windows) || !word.contains(['"', '$', '`', '\\', '!']) {
        format!("\"{word}\"")
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}
