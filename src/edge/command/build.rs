//! `canvasbook build`: writes the site, unless it stands there already.

#![expect(clippy::disallowed_methods, reason = "a person who waits wants to know how long it took")]

use std::time::Instant;

use super::Trouble;
use super::handbook::{self, open};
use super::site::{Built, pages, print, stream, told, write};
use super::unchanged::{Last, Outside};
use crate::diagnostic::has_errors;
use crate::edge::cli::{Build, Cli, Format};
use crate::edge::output::{self, Destination, Failure, Keep};
use crate::edge::streams::Stream;

/// Builds the site; false where the handbook has errors.
pub(super) fn run(cli: &Cli, flags: &Build) -> Result<bool, Trouble> {
    let started = Instant::now();
    let Build { drafts, adopt } = *flags;
    let mut outside = Outside::look(cli, drafts, adopt)?;
    if let Some(Last { root, built, told, texts }) = outside.last.take() {
        let texts = |file: &_| texts.get(file).map(String::as_str);
        if let Some(stream) = stream(cli, &told) {
            handbook::print(cli, &root, &texts, stream, &told)?;
        }
        say(cli, &built, started)?;
        return Ok(true);
    }
    let mark = outside.mark();
    let opened = open(cli, drafts)?;
    let destination = Destination { root: &opened.read.root, output: &opened.read.output, adopt };
    // A folder that is refused is told before a page of warnings, not behind it.
    output::check(&destination)?;
    let (told, findings) = told(&opened);
    print(cli, &opened, &told)?;
    if has_errors(&told) {
        return Ok(false);
    }
    let key = mark.zip(outside.note(&opened, &told, findings));
    let keep = key.map_or(Keep::Nothing, |(mark, note)| Keep::Key(mark, note));
    let written = match write(&opened, &destination, keep) {
        Ok(written) => written,
        Err(Failure::Output(error)) => return Err(error.into()),
        Err(Failure::Produce { error, .. }) => {
            print(cli, &opened, &[*error])?;
            return Ok(false);
        }
    };
    let (pages, output) = (pages(&opened), opened.read.output.clone());
    say(cli, &Built { pages, output, written, findings }, started)?;
    // The process ends next; taking a large handbook apart piece by piece would only make it wait.
    std::mem::forget(opened);
    Ok(true)
}

/// Tells people what came of it.
fn say(cli: &Cli, built: &Built, started: Instant) -> Result<(), Trouble> {
    if !cli.globals.quiet && cli.format() == Format::Human {
        Stream::Results.print(&built.summary(started.elapsed()))?;
    }
    Ok(())
}
