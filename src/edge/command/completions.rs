//! `canvasbook completions`: a script for a shell.

use clap::CommandFactory;

use super::Trouble;
use crate::edge::cli::{Cli, Completions};
use crate::edge::streams::Stream;

/// Prints the script.
pub(super) fn run(flags: &Completions) -> Result<bool, Trouble> {
    // The generator panics if it cannot write, so it writes into memory, which always works.
    let mut script = Vec::new();
    clap_complete::generate(flags.shell, &mut Cli::command(), "canvasbook", &mut script);
    Stream::Results.write(|out| out.write_all(&script))?;
    Ok(true)
}
