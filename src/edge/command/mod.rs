//! The commands: each reads the handbook, compiles it and does one thing with the result.

mod build;
mod check;
mod export;
mod handbook;
mod theme;

use std::ffi::OsString;
use std::fmt;
use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use super::cli::{Cli, Command};
use super::output::OutputError;
use super::streams::Stream;
pub use theme::EjectError;

/// Something is wrong in a file of the handbook.
const WRONG: u8 = 1;
/// Something is wrong with a flag, the output folder or the machine.
const MACHINE: u8 = 2;

/// Why a command could not do its work at all; what is wrong in the handbook is no such thing.
#[derive(Debug)]
pub enum Trouble {
    /// There is no handbook where one was looked for.
    NoHandbook {
        /// The folder that was named or stood in.
        folder: PathBuf,
        /// True where `--root` named it.
        named: bool,
    },
    /// The output folder, or the machine while writing to it.
    Output(OutputError),
    /// Files of the theme could not be copied.
    Eject(EjectError),
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
                "no handbook here: neither `{}` nor a folder above it has canvasbook.toml or content/",
                folder.display()
            ),
            Self::Output(error) => error.fmt(formatter),
            Self::Eject(error) => error.fmt(formatter),
            Self::Print(error) => write!(formatter, "cannot print: {error}"),
        }
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

impl From<EjectError> for Trouble {
    fn from(error: EjectError) -> Self {
        Self::Eject(error)
    }
}

/// Runs a command line, the program's own name first, and gives the exit status: 0 well, 1 something
/// is wrong in the handbook, 2 something is wrong with a flag, the output folder or the machine.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::read(arguments) {
        Ok(cli) => cli,
        Err(asked) => {
            // Where even that cannot be printed there is nobody left to tell.
            let _ = asked.print();
            return ExitCode::from(u8::try_from(asked.exit_code()).unwrap_or(MACHINE));
        }
    };
    let done = match &cli.command {
        Command::Build(flags) => build::run(&cli, flags),
        Command::Check(flags) => check::run(&cli, flags),
        Command::Export(flags) => export::run(&cli, flags),
        Command::Theme(flags) => theme::run(&cli, flags),
    };
    match done {
        Ok(well) => ExitCode::from(if well { 0 } else { WRONG }),
        Err(trouble) => {
            let _ = Stream::Messages.print(&format!("error: {trouble}\n"));
            ExitCode::from(MACHINE)
        }
    }
}
