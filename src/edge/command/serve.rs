//! `canvasbook serve`: shows the site in a browser, and every change while it is written.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::net::{IpAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use super::Trouble;
use super::handbook::{open_after, session};
use super::site::{open_in_browser, shown};
use crate::check::Diagnostics;
use crate::diagnostic::Diagnostic;
use crate::edge::cli::{Cli, Serve};
use crate::edge::harmless::harmless;
use crate::edge::preview::editor::Editor;
use crate::edge::preview::hosts::Hosts;
use crate::edge::preview::{
    EditorAccess, Effect, Options, Preview, Problem, Served, Unserved, address,
};
use crate::edge::session::Opened;
use crate::edge::streams::Stream;
use crate::edge::terminal::counted;
use crate::edge::threads::Left;
use crate::edge::watch::Watch;

/// How many changed files are named in a line.
const NAMED: usize = 3;

/// Serves until it is stopped.
pub(super) fn run(cli: &Cli, flags: &Serve) -> Result<bool, Trouble> {
    let mut session = session(cli, flags.drafts)?;
    let host = flags.host.as_deref();
    let listeners = address::listen(host, flags.port).map_err(Trouble::Refused)?;
    // Changes from here on are noticed, even while the handbook is read for the first time.
    let mut watch = Watch::new(session.root(), &session.output(), flags.poll)
        .map_err(|error| Trouble::Refused(error.to_string()))?;
    let opened = session.open(None)?;
    let mut last = Diagnostics::default();
    tell(cli, &opened, &mut last)?;
    let errors = opened.draw_each(&errors(&opened));
    let port = listeners[0].local_addr()?.port();
    warn_if_open(host, &listeners)?;
    let options = Options {
        hosts: Hosts::new(host, port),
        editing: editing(session.root(), &listeners)?,
        follow: flags.follow,
    };
    let left = Arc::new(Left::default());
    let preview = Preview::start(listeners, options, served(opened, &left), errors)?;
    let url = address::url(host, port);
    say(cli, &format!("Serving at {url}"))?;
    if flags.open {
        open_in_browser(url.as_ref())?;
    }
    let mut pending = BTreeSet::new();
    // A change that was noticed while the pages of the previous one were made.
    let mut next = None;
    loop {
        let change = next.take().unwrap_or_else(|| watch.wait());
        let (change, opened) = open_after(&mut session, change, &mut watch);
        pending.extend(change.paths.iter().cloned());
        let done = match opened {
            Ok(opened) => {
                watch.set_output(&opened.read.output);
                tell(cli, &opened, &mut last)?;
                let is_outdated = || {
                    next = watch.wait_at_most(Duration::ZERO);
                    next.is_some()
                };
                publish(&preview, opened, &left, &mut pending, is_outdated)?
            }
            // The handbook's folder may be about to be moved, or to come back.
            Err(gone) => {
                let text = harmless(&format!("error: {}", Trouble::from(gone))).into_owned();
                Stream::Messages.line(&text)?;
                preview.keep(vec![Problem { text, origin: None }]);
                "the pages stay as they were".to_owned()
            }
        };
        let took = shown(change.seen.elapsed());
        say(cli, &format!("{}: {done} ({took})", named(&change.paths)))?;
    }
}

/// Hands a handbook over to the tabs, and prints what that did. `pending` are the files that
/// changed since the last one was handed over.
fn publish(
    preview: &Preview,
    opened: Opened,
    left: &Arc<Left>,
    pending: &mut BTreeSet<PathBuf>,
    is_outdated: impl FnMut() -> bool,
) -> Result<String, Trouble> {
    let errors = errors(&opened);
    if !errors.is_empty() {
        preview.keep(opened.draw_each(&errors));
        let errors = counted(errors.len(), "error", "errors");
        return Ok(format!("{errors}, the pages stay as they were"));
    }
    let paths: Vec<PathBuf> = pending.iter().cloned().collect();
    match preview.publish(served(opened, left), &paths, is_outdated) {
        Ok(effect) => {
            pending.clear();
            Ok(said(effect))
        }
        Err(Unserved::Outdated) => {
            Ok("a page was not finished before the next change, the pages stay as they were"
                .to_owned())
        }
        Err(Unserved::Failed(failure)) => {
            Stream::Messages.lines(failure.lines())?;
            Ok("a page cannot be made, the pages stay as they were".to_owned())
        }
    }
}

fn served(opened: Opened, left: &Arc<Left>) -> Served {
    let Opened { compiled, read, .. } = opened;
    Served::new(compiled, read.inputs, read.assets, Arc::clone(left))
}

fn errors(opened: &Opened) -> Vec<&Diagnostic> {
    opened.diagnostics.errors().collect()
}

/// Prints the diagnostics, unless they are those that were printed last. Advice of rules is left to
/// `check`.
fn tell(cli: &Cli, opened: &Opened, last: &mut Diagnostics) -> Result<(), Trouble> {
    if !opened.diagnostics.print_as(last) {
        let now: Vec<&Diagnostic> = opened.diagnostics.printed().collect();
        if !now.is_empty() {
            opened.print(cli, Stream::Messages, &now)?;
        }
    }
    *last = opened.diagnostics.clone();
    Ok(())
}

fn say(cli: &Cli, text: &str) -> Result<(), Trouble> {
    if !cli.globals.quiet {
        Stream::Results.line(text)?;
    }
    Ok(())
}

/// What requests may open in an editor; `None` if others can reach the preview.
fn editing(root: &Path, listeners: &[TcpListener]) -> Result<Option<EditorAccess>, Trouble> {
    for listener in listeners {
        if !listener.local_addr()?.ip().is_loopback() {
            return Ok(None);
        }
    }
    Ok(Editor::of_environment().map(|editor| EditorAccess { root: root.to_owned(), editor }))
}

/// Prints who can see the preview, if that is anybody but this machine.
fn warn_if_open(host: Option<&str>, listeners: &[TcpListener]) -> Result<(), Trouble> {
    let Some(host) = host else { return Ok(()) };
    let addresses = listeners.iter().filter_map(|listener| listener.local_addr().ok());
    let ips: Vec<IpAddr> = addresses.map(|address| address.ip()).collect();
    if ips.iter().all(IpAddr::is_loopback) {
        return Ok(());
    }
    let whom = if ips.iter().any(IpAddr::is_unspecified) {
        "every machine that reaches this one by any of its networks".to_owned()
    } else {
        format!("every machine that reaches {host}")
    };
    let drafts = "drafts with `--drafts` and the text of errors included";
    Ok(Stream::Messages.line(&format!("note: {whom} can read this handbook now, {drafts}"))?)
}

/// The files that changed, as one text that begins with the first of them by name.
fn named(paths: &[PathBuf]) -> String {
    let shown = paths.iter().take(NAMED);
    let mut text =
        shown.map(|path| path.to_string_lossy().replace('\\', "/")).collect::<Vec<_>>().join(", ");
    if paths.len() > NAMED {
        let _ = write!(text, " and {} more", paths.len() - NAMED);
    }
    text
}

/// The effect of a change on the pages, as a text.
fn said(effect: Effect) -> String {
    let Effect { open, changed, added, removed } = effect;
    let mut parts = vec![match open {
        0 => "no page is open".to_owned(),
        open => format!("{changed} of {} changed", counted(open, "open page", "open pages")),
    }];
    for (count, what) in [(added, "added"), (removed, "removed")] {
        if count > 0 {
            parts.push(format!("{} {what}", counted(count, "page", "pages")));
        }
    }
    parts.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_names_few_files_and_counts_pages() {
        let named = |count: usize| {
            let paths = (1..=count).map(|number| PathBuf::from(format!("{number}.md")));
            named(&paths.collect::<Vec<_>>())
        };
        assert_eq!(named(1), "1.md");
        assert_eq!(named(5), "1.md, 2.md, 3.md and 2 more");
        assert_eq!(said(Effect::default()), "no page is open");
        assert_eq!(
            said(Effect { open: 2, changed: 1, added: 1, removed: 3 }),
            "1 of 2 open pages changed, 1 page added, 3 pages removed"
        );
    }
}
