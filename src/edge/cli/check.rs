//! The command line of `canvasbook check`.

use std::path::PathBuf;

use clap::{Args, ValueHint};

/// `canvasbook check`.
#[derive(Clone, Debug, PartialEq, Eq, Args)]
pub struct Check {
    /// Report these files and folders only; the whole handbook is read all the same.
    #[arg(value_name = "FILE", value_hint = ValueHint::AnyPath)]
    pub files: Vec<PathBuf>,
    /// Fail on warnings too.
    #[arg(long)]
    pub strict: bool,
    /// Check drafts as well.
    #[arg(long)]
    pub drafts: bool,
}
