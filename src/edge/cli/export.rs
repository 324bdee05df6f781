//! The command line of `canvasbook export`.

use clap::Args;

/// `canvasbook export`.
#[derive(Clone, Debug, PartialEq, Eq, Args)]
pub struct Export {
    /// With `--format html`: a document, a folder of them or `department:ID` [default: everything].
    pub part: Option<String>,
    /// Export drafts as well.
    #[arg(long)]
    pub drafts: bool,
}
