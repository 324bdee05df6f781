//! A comparison as one file for a browser.

use std::sync::Arc;
use std::time::Duration;

use super::super::Trouble;
use super::super::clocks::{self, Clocks};
use super::super::export;
use super::Compared;
use crate::diagnostic::Diagnostic;
use crate::edge::cli::Cli;
use crate::edge::streams::Stream;
use crate::edge::threads;
use crate::single_file::Piece;
use crate::view::comparison::page::{FILE, TEMPLATE, of_comparison};
use crate::view::edition::Filled;
use crate::view::url::SitePath;

/// Prints a comparison as one file.
pub(super) fn print(cli: &Cli, compared: &Arc<Compared>) -> Result<(), Trouble> {
    if Stream::Results.is_terminal() {
        let why =
            format!("a terminal cannot show the file; add `> {FILE}`, or another name for it");
        return Err(Trouble::Refused(why));
    }
    match in_time(compared)? {
        Ok(pieces) => export::write(&compared.opened, &pieces).map(drop),
        Err(diagnostic) => {
            export::wrong(cli, &compared.opened, &[&diagnostic])?;
            let why = "the comparison cannot be printed, because a template of the theme fails";
            Err(Trouble::Refused(why.to_owned()))
        }
    }
}

/// A file that is being made.
struct Job {
    compared: Arc<Compared>,
    clocks: Clocks<()>,
}

/// The file, unless its page takes too long.
fn in_time(compared: &Arc<Compared>) -> Result<Result<Vec<Piece>, Box<Diagnostic>>, Trouble> {
    let pool = threads::pool()
        .map_err(|error| Trouble::Refused(format!("threads cannot be started: {error}")))?;
    let clocks = Clocks::new(&pool);
    let job = Arc::new(Job { compared: Arc::clone(compared), clocks });
    let compiled = &compared.opened.compiled;
    let seconds = compiled.handbook().config.timeout;
    let overdue = || {
        let overdue = job.clocks.overdue(Duration::from_secs(seconds));
        overdue.map(|()| Box::new(compiled.overdue_view(TEMPLATE, &job.view(), seconds)))
    };
    let file = clocks::wait(&pool, &job, Job::file, overdue);
    Ok(file.unwrap_or_else(Err))
}

impl Job {
    fn file(&self) -> Result<Vec<Piece>, Box<Diagnostic>> {
        let compiled = &self.compared.opened.compiled;
        let html = self.clocks.timed((), || compiled.render_view(TEMPLATE, &self.view()))?;
        Ok(compiled.file_of_page(&SitePath::new(FILE), &html))
    }

    fn view(&self) -> Filled {
        let Compared { opened, comparison, revisions, .. } = &*self.compared;
        let (edition, handbooks) = (&opened.compiled.edition, self.compared.handbooks());
        Filled::new(of_comparison(edition, handbooks, comparison, revisions.as_deref()))
    }
}
