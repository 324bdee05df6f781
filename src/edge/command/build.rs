//! `canvasbook build`: writes the site.

#![expect(
    clippy::disallowed_methods,
    reason = "it looks at the clock, and asks where the site really is"
)]

use std::fs;
use std::sync::Arc;
use std::time::Instant;

use super::Trouble;
use super::handbook::open;
use super::site::{Built, open_in_browser, pages, print};
use super::writer::Writer;
use crate::diagnostic::Diagnostic;
use crate::edge::cli::{Build, Cli, Format};
use crate::edge::output::{self, Failure};
use crate::edge::streams::Stream;

/// Builds the site. Returns `false` if the handbook has errors.
pub(super) fn run(cli: &Cli, flags: &Build) -> Result<bool, Trouble> {
    let started = Instant::now();
    let Build { drafts, adopt, open: opens, rev: _ } = *flags;
    let opened = Arc::new(open(cli, drafts)?);
    if !opened.diagnostics.has_errors() {
        // A folder that is refused is reported before a page of warnings, not after it.
        output::check(&opened.destination(adopt))?;
    }
    let reported: Vec<&Diagnostic> = opened.diagnostics.printed().collect();
    print(cli, &opened, &reported)?;
    if opened.diagnostics.has_errors() {
        return Ok(false);
    }
    let written = match Writer::default().write(&opened, adopt, false) {
        Ok(written) => written,
        Err(Failure::Output(error)) => return Err(error.into()),
        Err(Failure::Produce { error, .. }) => {
            print(cli, &opened, &[&*error])?;
            return Ok(false);
        }
    };
    let (pages, output) = (pages(&opened), opened.read.output.clone());
    if !cli.globals.quiet && cli.format() == Format::Human {
        let counts = opened.diagnostics.counts();
        let built = Built { pages, output, written, counts };
        Stream::Results.lines(built.summary(started.elapsed()))?;
    }
    if opens {
        let page = opened.read.output.join("index.html");
        open_in_browser(fs::canonicalize(&page).unwrap_or(page).as_os_str())?;
    }
    // The process ends next, and dropping a large handbook piece by piece would only make the user
    // wait. The sources of a past state are in a folder that must be removed.
    if opened.is_of_folder() {
        std::mem::forget(opened);
    }
    Ok(true)
}
