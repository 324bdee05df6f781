//! `canvasbook build`: writes the site.

#![expect(clippy::disallowed_methods, reason = "a person who waits wants to know how long it took")]

use std::time::Instant;

use super::Trouble;
use super::handbook::open;
use super::site::{print, summary, told, write};
use crate::diagnostic::has_errors;
use crate::edge::cli::{Build, Cli, Format};
use crate::edge::output::{self, Destination, Failure};
use crate::edge::streams::Stream;

/// Builds the site; false where the handbook has errors.
pub(super) fn run(cli: &Cli, flags: &Build) -> Result<bool, Trouble> {
    let started = Instant::now();
    let opened = open(cli, flags.drafts)?;
    let destination =
        Destination { root: &opened.read.root, output: &opened.read.output, adopt: flags.adopt };
    // A folder that is refused is told before a page of warnings, not behind it.
    output::check(&destination)?;
    let (told, findings) = told(&opened);
    print(cli, &opened, &told)?;
    if has_errors(&told) {
        return Ok(false);
    }
    let written = match write(&opened, &destination) {
        Ok(written) => written,
        Err(Failure::Output(error)) => return Err(error.into()),
        Err(Failure::Produce { error, .. }) => {
            print(cli, &opened, &[*error])?;
            return Ok(false);
        }
    };
    if !cli.globals.quiet && cli.format() == Format::Human {
        let summary = summary(&opened, &written, findings, started.elapsed());
        Stream::Results.print(&summary)?;
    }
    Ok(true)
}
