//! The command line of `canvasbook theme`.

use clap::{Args, Subcommand};

/// `canvasbook theme`.
#[derive(Clone, Debug, PartialEq, Eq, Args)]
pub struct Theme {
    /// What to do.
    #[command(subcommand)]
    pub command: ThemeCommand,
}

/// A command of `canvasbook theme`.
#[derive(Clone, Debug, PartialEq, Eq, Subcommand)]
pub enum ThemeCommand {
    /// Copy files of the built-in theme into the handbook to change them; without a file, list them.
    Eject(Eject),
}

/// `canvasbook theme eject`.
#[derive(Clone, Debug, PartialEq, Eq, Args)]
pub struct Eject {
    /// Files to copy, such as templates/canvas.html.
    #[arg(value_name = "FILE")]
    pub files: Vec<String>,
    /// Copy all files.
    #[arg(long, conflicts_with = "files")]
    pub all: bool,
    /// Theme to copy into: themes/NAME/ [default: the configured one, else ours].
    #[arg(long)]
    pub name: Option<String>,
    /// Overwrite files that were changed.
    #[arg(long)]
    pub force: bool,
}
