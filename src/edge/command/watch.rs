//! `canvasbook watch`: writes the site, and again whenever a file of the handbook changes.

#![expect(clippy::disallowed_methods, reason = "a person who waits wants to know how long it took")]

use std::path::PathBuf;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use super::Trouble;
use super::handbook::{open_after, session};
use super::site::{Built, kept, pages, print, shown};
use super::writer::Writer;
use crate::check::Diagnostics;
use crate::diagnostic::Diagnostic;
use crate::edge::cli::{self, Cli};
use crate::edge::output::{self, Failure, OutputError, Written};
use crate::edge::session::{Opened, Session};
use crate::edge::streams::Stream;
use crate::edge::terminal::counted;
use crate::edge::watch::{Change, Watch};

/// How often, and at which intervals, a build is tried again while another one holds the output
/// folder. A build takes seconds, and after this long the user should know.
const TRIES: u32 = 50;
const PAUSE: Duration = Duration::from_millis(200);

/// Builds until it is ended from outside. It ends by itself only if something is wrong at the start:
/// a flag, a folder.
pub(super) fn run(cli: &Cli, flags: &cli::Watch) -> Result<bool, Trouble> {
    let started = Instant::now();
    let session = session(cli, flags.drafts)?;
    let output = session.output();
    let mut watch = Watch::new(session.root(), &output, flags.poll)
        .map_err(|error| Trouble::Refused(error.to_string()))?;
    let mut builder = Builder {
        cli,
        flags,
        session,
        output,
        printed: Printed::default(),
        writer: Writer::default(),
    };
    let opened = builder.session.open(None)?;
    let outcome = builder.build(opened)?;
    builder.say(match &outcome {
        Outcome::Built(built) => built.summary(started.elapsed()),
        Outcome::Wrong(errors) => {
            vec![format!("Nothing written: {}", counted(*errors, "error", "errors"))]
        }
    })?;
    builder.say(["Watching for changes; Ctrl-C ends it"])?;
    loop {
        let (change, opened) = open_after(&mut builder.session, watch.wait(), &mut watch);
        let outcome = builder.build_again(opened.map_err(Trouble::from))?;
        builder.say(lines(&change, outcome.as_ref()))?;
        watch.set_output(&builder.output);
    }
}

/// What is kept from one build to the next.
struct Builder<'f> {
    cli: &'f Cli,
    flags: &'f cli::Watch,
    session: Session,
    output: PathBuf,
    printed: Printed,
    writer: Writer,
}

/// The result of a build.
enum Outcome {
    /// The site was written.
    Built(Built),
    /// The handbook has this number of errors.
    Wrong(usize),
}

/// The messages that were printed last, which are not printed again.
#[derive(Default)]
struct Printed {
    diagnostics: Diagnostics,
    trouble: Option<String>,
}

impl Builder<'_> {
    /// Builds, and prints the messages that were not printed the last time.
    fn build(&mut self, opened: Opened) -> Result<Outcome, Trouble> {
        let opened = Arc::new(opened);
        self.output.clone_from(&opened.read.output);
        let mut written = None;
        let mut diagnostics = opened.diagnostics.clone();
        if !diagnostics.has_errors() {
            output::check(&opened.destination(self.flags.adopt))?;
            match patiently(|| self.writer.write(&opened, self.flags.adopt, true)) {
                Ok(done) => written = Some(done),
                Err(Failure::Output(error)) => {
                    self.tell(&opened, diagnostics)?;
                    return Err(error.into());
                }
                Err(Failure::Produce { error, .. }) => {
                    diagnostics = diagnostics.with(&[*error]);
                }
            }
        }
        let counts = diagnostics.counts();
        self.tell(&opened, diagnostics)?;
        self.printed.trouble = None;
        let Some(written) = written else { return Ok(Outcome::Wrong(counts.errors)) };
        let (pages, output) = (pages(&opened), opened.read.output.clone());
        Ok(Outcome::Built(Built { pages, output, written, counts }))
    }

    /// Builds after a change. A reason why a build is impossible is only printed, and yields
    /// `None`.
    fn build_again(&mut self, opened: Result<Opened, Trouble>) -> Result<Option<Outcome>, Trouble> {
        let trouble = match opened.and_then(|opened| self.build(opened)) {
            Ok(outcome) => return Ok(Some(outcome)),
            Err(Trouble::Print(error)) => return Err(Trouble::Print(error)),
            Err(trouble) => format!("error: {trouble}"),
        };
        if self.printed.trouble.as_ref() != Some(&trouble) {
            Stream::Messages.line(&trouble)?;
            self.printed.trouble = Some(trouble);
        }
        Ok(None)
    }

    fn tell(&mut self, opened: &Opened, diagnostics: Diagnostics) -> Result<(), Trouble> {
        if !diagnostics.print_as(&self.printed.diagnostics) {
            let now: Vec<&Diagnostic> = diagnostics.printed().collect();
            print(self.cli, opened, &now)?;
        }
        self.printed.diagnostics = diagnostics;
        Ok(())
    }

    fn say(&self, lines: impl IntoIterator<Item = impl AsRef<str>>) -> Result<(), Trouble> {
        if !self.cli.globals.quiet {
            Stream::Results.lines(lines)?;
        }
        Ok(())
    }
}

/// Tries again while another build holds the output folder. That build may have read the sources
/// before the change, so its site is not enough.
fn patiently<E>(
    mut write: impl FnMut() -> Result<Written, Failure<E>>,
) -> Result<Written, Failure<E>> {
    for _ in 1..TRIES {
        match write() {
            Err(Failure::Output(OutputError::Busy { .. })) => thread::sleep(PAUSE),
            done => return done,
        }
    }
    write()
}

/// The change and its outcome: one line, and one for each page that is kept although the site no
/// longer has it.
fn lines(change: &Change, outcome: Option<&Outcome>) -> Vec<String> {
    let what = match &change.paths[..] {
        [path] => path.display().to_string(),
        paths => counted(paths.len(), "file", "files"),
    };
    let (did, stays) = match outcome {
        Some(Outcome::Built(Built { written: done, .. })) => {
            let Written { written, unchanged, removed, .. } = done;
            let did = format!("{written} written, {unchanged} unchanged, {removed} removed");
            (did, kept(done).collect())
        }
        Some(Outcome::Wrong(errors)) => {
            let errors = counted(*errors, "error", "errors");
            (format!("{errors}, the site stays as it was"), Vec::new())
        }
        None => ("the site stays as it was".to_owned(), Vec::new()),
    };
    let mut lines = vec![format!("Changed {what}: {did} ({})", shown(change.seen.elapsed()))];
    lines.extend(stays);
    lines
}
