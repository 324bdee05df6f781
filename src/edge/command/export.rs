//! `canvasbook export`: the handbook as JSON.

use super::Trouble;
use super::handbook::open;
use crate::diagnostic::Diagnostic;
use crate::edge::cli::{self, Cli, Format};
use crate::edge::harmless::write_json;
use crate::edge::streams::Stream;
use crate::view::export::Export;

/// Prints the handbook; false where it has errors.
pub(super) fn run(cli: &Cli, flags: &cli::Export) -> Result<bool, Trouble> {
    let opened = open(cli, flags.drafts)?;
    let errors: Vec<&Diagnostic> = opened.diagnostics.errors().collect();
    if !errors.is_empty() {
        // The result is JSON, but these are for whoever asked.
        let mut human = cli.clone();
        human.globals.format = Some(Format::Human);
        opened.print(&human, Stream::Messages, &errors)?;
        return Ok(false);
    }
    Stream::Results.write(|out| write_json(&Export::of(&opened.compiled.edition), out))?;
    Ok(true)
}
