//! Writes sites, and gives up those whose template does not end.

#![expect(clippy::disallowed_methods, reason = "a page may only take so long")]

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::clocks::{self, Clocks};
use crate::compile::Output;
use crate::diagnostic::Diagnostic;
use crate::edge::output::{self, Content, Failure, Keep, Looks, OutputError, Run, Written};
use crate::edge::session::Opened;
use crate::edge::threads::{self, Left};
use crate::view::url::SitePath;

/// Writes sites, one after the other.
#[derive(Default)]
pub(super) struct Writer {
    /// The site that was written last, and how its files looked then.
    last: Last,
    left: Left,
    /// The page for which a site was given up last.
    overdue: Option<(String, Diagnostic)>,
}

/// A site that was written, and how its files looked then.
type Last = Option<(Arc<Opened>, Looks)>;

/// The result of writing a site.
type Done = Result<Written, Failure<Box<Diagnostic>>>;

impl Writer {
    /// Writes every file of the site. With `keep`, for a site that will be written again, a file that
    /// must be equal to that of last time is only inspected.
    pub fn write(&mut self, opened: &Arc<Opened>, adopt: bool, keep: bool) -> Done {
        if self.left.is_too_much()
            && let Some((path, error)) = self.overdue.clone()
        {
            let error = Box::new(error.help(threads::TOO_MUCH_LEFT));
            return Err(Failure::Produce { path, error });
        }
        let started = Instant::now();
        let pool = threads::pool().map_err(|error| {
            let path = opened.read.output.clone();
            OutputError::Machine { doing: "start threads to write to", path, error }
        })?;
        let (clocks, run) = (Clocks::new(&pool), Run::default());
        let job = Arc::new(Job { opened: Arc::clone(opened), adopt, keep, clocks, run });
        let limit = Duration::from_secs(opened.compiled.handbook().config.timeout);
        let last = self.last.take();
        let give_up = || job.clocks.overdue(limit).filter(|_| job.run.give_up());
        match clocks::wait(&pool, &job, |job| job.write(last), give_up) {
            Ok((done, last)) => {
                self.last = last;
                done
            }
            Err(index) => {
                self.left.add(started, &job);
                let (path, error) = job.failure(index);
                self.overdue = Some((path.clone(), error.clone()));
                Err(Failure::Produce { path, error: Box::new(error) })
            }
        }
    }
}

/// A site that is being written.
struct Job {
    opened: Arc<Opened>,
    adopt: bool,
    keep: bool,
    /// Pages by their index in the site.
    clocks: Clocks<usize>,
    run: Run,
}

impl Job {
    fn write(&self, last: Last) -> (Done, Last) {
        let Self { opened, keep, run, .. } = self;
        let site: Vec<(&SitePath, &Output)> = opened.compiled.site.iter().collect();
        let paths: Vec<String> = site.iter().map(|(path, _)| path.as_str().to_owned()).collect();
        let destination = opened.destination(self.adopt);
        let (before, looks) = last.unzip();
        let mut looks = looks.unwrap_or_default();
        let changes = before.as_ref().map(|before| opened.compiled.changes(&before.compiled));
        let is_same = |index: usize| {
            let (path, output) = site[index];
            changes.as_ref().is_some_and(|changes| !changes.may_have(path, output))
        };
        let kept = if *keep { Keep::Looks(&mut looks, &is_same) } else { Keep::Nothing };
        let produce = |index: usize| self.produce(index, site[index].1);
        let done = output::write(&destination, &paths, produce, kept, run);
        let stands = if done.is_ok() { Some(Arc::clone(opened)) } else { before };
        (done, stands.filter(|_| *keep).map(|stands| (stands, looks)))
    }

    fn produce(&self, index: usize, output: &Output) -> Result<Content, Box<Diagnostic>> {
        let Opened { compiled, read, .. } = &*self.opened;
        match output {
            Output::Page(key) => {
                self.clocks.timed(index, || compiled.render(*key)).map(Content::Bytes)
            }
            Output::Data(key) => Ok(Content::Bytes(compiled.data(*key))),
            Output::Asset(path) => Ok(Content::Bytes(compiled.asset(path).to_vec())),
            // Each file of the site is one of those that were found, with links resolved at that
            // time.
            Output::File(file) => Ok(Content::CopyOf(read.assets[file].clone())),
        }
    }

    /// The error of a site that has an overdue page.
    fn failure(&self, index: usize) -> (String, Diagnostic) {
        let compiled = &self.opened.compiled;
        let seconds = compiled.handbook().config.timeout;
        let page = compiled.site.iter().nth(index).and_then(|(path, output)| match output {
            Output::Page(key) => Some((path.as_str().to_owned(), compiled.overdue(*key, seconds)?)),
            _ => None,
        });
        // A clock is set around the rendering of a page alone.
        page.expect("only pages are timed")
    }
}
