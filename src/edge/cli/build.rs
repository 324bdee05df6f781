//! The command line of `canvasbook build`.

use clap::Args;

/// `canvasbook build`.
#[derive(Clone, Debug, PartialEq, Eq, Args)]
pub struct Build {
    /// Publish drafts as well.
    #[arg(long)]
    pub drafts: bool,
    /// Write into a folder with files of others, which stay.
    #[arg(long)]
    pub adopt: bool,
    /// Build the handbook as it was at a commit, such as a tag, and leave its folder alone.
    #[arg(long, value_name = "REV")]
    pub rev: Option<String>,
    /// Open the site in the browser.
    #[arg(long)]
    pub open: bool,
}
