//! The commands that go on until they are stopped.

use clap::Args;

/// `canvasbook serve`.
#[derive(Clone, Debug, PartialEq, Eq, Args)]
pub struct Serve {
    /// Port to serve at; by default the first free one from 8000.
    #[arg(long, value_name = "N")]
    pub port: Option<u16>,
    /// Serve at this address of the machine, for others too; by default this machine only.
    #[arg(long, value_name = "ADDR")]
    pub host: Option<String>,
    /// Let the browser go to the page and the place being written.
    #[arg(long)]
    pub follow: bool,
    /// Open the browser.
    #[arg(long)]
    pub open: bool,
    /// Look for changes again and again, if the system does not report them.
    #[arg(long)]
    pub poll: bool,
    /// Show drafts as well.
    #[arg(long)]
    pub drafts: bool,
}
