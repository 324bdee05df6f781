//! Writes the site of a handbook and prints the result: `build` does that once, `watch` again and
//! again.

use std::ffi::OsStr;
use std::path::PathBuf;
use std::time::Duration;

use super::Trouble;
use crate::check::Counts;
use crate::compile::Output;
use crate::diagnostic::Diagnostic;
use crate::edge::cli::{Cli, Format};
use crate::edge::output::Written;
use crate::edge::preview::browser;
use crate::edge::session::Opened;
use crate::edge::streams::Stream;
use crate::edge::terminal::counted;

/// Prints diagnostics: for people in addition to the results, and only if there are any; for
/// programs as the result.
pub(super) fn print(
    cli: &Cli,
    opened: &Opened,
    diagnostics: &[&Diagnostic],
) -> Result<(), Trouble> {
    match cli.format() {
        Format::Human if diagnostics.is_empty() => Ok(()),
        Format::Human => opened.print(cli, Stream::Messages, diagnostics),
        _ => opened.print(cli, Stream::Results, diagnostics),
    }
}

/// The result of a build.
pub(super) struct Built {
    /// How many pages the site has.
    pub pages: usize,
    /// Where the site is.
    pub output: PathBuf,
    /// What was done to the files of the site.
    pub written: Written,
    /// The number of diagnostics by severity, printed or not.
    pub counts: Counts,
}

/// How many pages the site has.
pub(super) fn pages(opened: &Opened) -> usize {
    opened.compiled.site.values().filter(|output| matches!(output, Output::Page(_))).count()
}

impl Built {
    /// A summary of the build for people, in lines.
    pub fn summary(&self, took: Duration) -> Vec<String> {
        let Self { pages, output, written, counts } = self;
        let output = output.strip_prefix(".").unwrap_or(output);
        let mut lines = vec![format!(
            "Built {} in {}: {} written, {} unchanged, {} removed ({})",
            counted(*pages, "page", "pages"),
            output.display(),
            written.written,
            written.unchanged,
            written.removed,
            shown(took),
        )];
        lines.extend(kept(written));
        let unprinted = [
            (counts.coherence, "coherence finding", "coherence findings"),
            (counts.advice, "piece of advice", "pieces of advice"),
        ];
        let unprinted = unprinted.into_iter().filter(|(count, ..)| *count > 0);
        let unprinted: Vec<String> =
            unprinted.map(|(count, one, many)| counted(count, one, many)).collect();
        if !unprinted.is_empty() {
            let unprinted = unprinted.join(" and ");
            lines.push(format!("{unprinted}: `canvasbook check` shows what"));
        }
        lines.push(format!("Open {}", output.join("index.html").display()));
        lines
    }
}

/// Opens an address in the browser, and prints a warning if that fails.
pub(super) fn open_in_browser(address: &OsStr) -> Result<(), Trouble> {
    if let Err(error) = browser::open(address) {
        Stream::Messages.line(&format!("note: the browser could not be opened: {error}"))?;
    }
    Ok(())
}

/// The pages that the site no longer has and that are kept all the same, one per line.
pub(super) fn kept(written: &Written) -> impl Iterator<Item = String> {
    let line =
        |path: &String| format!("Kept {path}: it is no longer part of the site, but was changed");
    written.kept.iter().map(line)
}

/// A duration for people: `35 ms`, `1.2 s`.
pub(super) fn shown(took: Duration) -> String {
    if took.as_millis() < 1000 {
        format!("{} ms", took.as_millis())
    } else {
        format!("{:.1} s", took.as_secs_f64())
    }
}
