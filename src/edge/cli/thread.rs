//! The command line of `canvasbook thread`.

use clap::Args;

/// `canvasbook thread`.
#[derive(Clone, Debug, PartialEq, Eq, Args)]
pub struct Thread {
    /// An element by its id or its name, behind its canvas: bakery.md#bread.
    #[arg(value_name = "CANVAS#ELEMENT")]
    pub element: String,
    /// Look into drafts as well.
    #[arg(long)]
    pub drafts: bool,
}
