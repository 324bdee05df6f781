//! The command line of `canvasbook check`.

use std::path::PathBuf;

use clap::{Args, ValueHint};

/// `canvasbook check`.
#[derive(Clone, Debug, PartialEq, Eq, Args)]
pub struct Check {
    /// Report these files and folders only; the whole handbook is read all the same.
    #[arg(value_name = "FILE", value_hint = ValueHint::AnyPath)]
    pub files: Vec<PathBuf>,
    /// Read this document from standard input, as an editor has it, and report it only.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with = "files")]
    pub stdin_filename: Option<PathBuf>,
    /// Fail on warnings too.
    #[arg(long)]
    pub strict: bool,
    /// Check drafts as well.
    #[arg(long)]
    pub drafts: bool,
}
