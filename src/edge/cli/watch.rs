//! The command line of `canvasbook watch`.

use clap::Args;

/// `canvasbook watch`.
#[derive(Clone, Debug, PartialEq, Eq, Args)]
pub struct Watch {
    /// Publish drafts as well.
    #[arg(long)]
    pub drafts: bool,
    /// Write into a folder with files of others, which stay.
    #[arg(long)]
    pub adopt: bool,
    /// Look at the files twice a second instead of asking the system what changes.
    #[arg(long)]
    pub poll: bool,
}
