//! The command line of `canvasbook kind`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueHint};

/// `canvasbook kind`.
#[derive(Clone, Debug, PartialEq, Eq, Args)]
pub struct Kind {
    /// What to do.
    #[command(subcommand)]
    pub command: KindCommand,
}

/// A command of `canvasbook kind`.
#[derive(Clone, Debug, PartialEq, Eq, Subcommand)]
pub enum KindCommand {
    /// Print every kind of canvas, a line each: its id, how many canvases are of it, its title.
    List,
    /// Start a kind of canvas in kinds/, with comments on what it can contain.
    New(NewKind),
    /// Report what is wrong with the file of a kind, and write nothing.
    Check(CheckKind),
}

/// `canvasbook kind new`.
#[derive(Clone, Debug, PartialEq, Eq, Args)]
pub struct NewKind {
    /// Id of the kind and name of its file, such as idea-board.
    #[arg(value_name = "ID")]
    pub id: String,
    /// Title of the kind; by default its id spelled out.
    #[arg(long)]
    pub title: Option<String>,
    /// Start from this kind, such as lean: what the file leaves out is as there.
    #[arg(long, value_name = "ID")]
    pub from: Option<String>,
    /// Overwrite the file if it is there.
    #[arg(long)]
    pub force: bool,
}

/// `canvasbook kind check`.
#[derive(Clone, Debug, PartialEq, Eq, Args)]
pub struct CheckKind {
    /// The file, such as kinds/idea-board.toml.
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
}
