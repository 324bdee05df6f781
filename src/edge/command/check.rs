//! `canvasbook check`: every diagnostic, and nothing written.

use super::Trouble;
use super::handbook::open;
use crate::diagnostic::{Diagnostic, Severity};
use crate::edge::cli::{Check, Cli, Format};
use crate::edge::streams::Stream;
use crate::edge::terminal::counted;

/// Checks the handbook; false where it has errors, or warnings where they count too.
pub(super) fn run(cli: &Cli, flags: &Check) -> Result<bool, Trouble> {
    let opened = open(cli, flags.drafts)?;
    let diagnostics: Vec<&Diagnostic> = opened.diagnostics.iter().collect();
    if cli.format() != Format::Human || !diagnostics.is_empty() {
        opened.print(cli, Stream::Results, &diagnostics)?;
    } else if !cli.globals.quiet {
        let canvases = opened.compiled.handbook().canvases().count();
        let documents = opened.compiled.handbook().documents.len();
        let all_is_well = format!(
            "All is well: {} and {}",
            counted(canvases, "canvas", "canvases"),
            counted(documents - canvases, "page", "pages")
        );
        Stream::Results.line(&all_is_well)?;
    }
    let least = if flags.strict { Severity::Warning } else { Severity::Error };
    let passes = diagnostics.iter().all(|diagnostic| diagnostic.severity < least);
    // The process ends next; taking a large handbook apart piece by piece would only make it wait.
    std::mem::forget(opened);
    Ok(passes)
}
