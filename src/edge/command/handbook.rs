//! Which handbook a command line is about, and how its diagnostics are printed.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::Trouble;
use crate::check::Rules;
use crate::diagnostic::Diagnostic;
use crate::edge::cli::{Build, Cli, Command, Format};
use crate::edge::disk;
use crate::edge::git::{CommitId, Repository};
use crate::edge::harmless::harmless;
use crate::edge::places::Texts;
use crate::edge::preview::Problem;
use crate::edge::report;
use crate::edge::session::{NoHandbook, Opened, Session};
use crate::edge::streams::Stream;
use crate::edge::terminal::{self, Drawing};
use crate::edge::today::Today;
use crate::edge::watch::{Change, Watch};
use crate::source::SourcePath;

/// How long the sudden errors of a handbook are doubted: an editor may be half way through writing
/// a file.
const HALF_WRITTEN: Duration = Duration::from_millis(50);

/// Finds the handbook that the command line is about.
pub(super) fn session(cli: &Cli, drafts: bool) -> Result<Session, Trouble> {
    let mut session = Session::new(root(cli)?, cli.globals.output.clone(), drafts, today(cli)?);
    if let Command::Build(Build { rev: Some(revision), .. }) = &cli.command {
        let commit =
            repository(session.root())?.commit(revision).map_err(|why| unknown(revision, &why))?;
        session = at(session, commit, revision)?;
    }
    // Only pages and rules use the history, and the other commands are faster without it.
    let is_wanted = matches!(
        cli.command,
        Command::Build(_)
            | Command::Check(_)
            | Command::Export(_)
            | Command::Serve(_)
            | Command::Watch(_)
    );
    Ok(if is_wanted { session.with_history() } else { session })
}

/// The repository around a handbook.
pub(super) fn repository(root: &Path) -> Result<Repository, Trouble> {
    let found = Repository::around(root);
    let found =
        found.map_err(|why| Trouble::Refused(format!("the repository cannot be read: {why}")))?;
    found.ok_or_else(|| Trouble::Refused("the handbook is in no git repository".to_owned()))
}

/// The message about an unknown revision.
pub(super) fn unknown(revision: &str, why: &str) -> Trouble {
    Trouble::Refused(format!("`{}` is no revision: {}", harmless(revision), harmless(why)))
}

/// A session with the handbook as it was at `commit`, which the user named as `revision`.
pub(super) fn at(session: Session, commit: CommitId, revision: &str) -> Result<Session, Trouble> {
    let checkout = repository(session.root())?.check_out(commit);
    let checkout = checkout.map_err(|why| {
        let (revision, why) = (harmless(revision), harmless(&why));
        Trouble::Refused(format!("the state of `{revision}` cannot be read: {why}"))
    })?;
    if !disk::is_root(checkout.root()) {
        let revision = harmless(revision);
        return Err(Trouble::Refused(format!("there was no handbook at `{revision}`")));
    }
    Ok(session.at(checkout))
}

/// Today's date: the one that was typed, else that of the environment. Without either it depends on the
/// command: someone who writes while the command runs wants to know what is due now, and what is published
/// or handed on must not depend on the hour.
fn today(cli: &Cli) -> Result<Today, Trouble> {
    if let Some(day) = cli.globals.today {
        return Ok(Today::Fixed(day));
    }
    let said = Today::of_environment().map_err(Trouble::Refused)?;
    Ok(said.unwrap_or(match cli.command {
        Command::Build(_)
        | Command::Watch(_)
        | Command::Export(_)
        | Command::Thread(_)
        | Command::Diff(_) => Today::OfSources,
        _ => Today::OfMachine,
    }))
}

/// Finds, reads and compiles the handbook that the command line is about.
pub(super) fn open(cli: &Cli, drafts: bool) -> Result<Opened, Trouble> {
    Ok(session(cli, drafts)?.open(None)?)
}

/// Reads and compiles a handbook after a change.
pub(super) fn open_after(
    session: &mut Session,
    mut change: Change,
    watch: &mut Watch,
) -> (Change, Result<Opened, NoHandbook>) {
    let was_broken = session.is_broken();
    let mut opened = session.open(change.texts.as_deref());
    if !was_broken
        && session.is_broken()
        && let Some(next) = watch.wait_at_most(HALF_WRITTEN)
    {
        opened = session.open(next.texts.as_deref());
        change.paths.extend(next.paths);
        change.paths.sort();
        change.paths.dedup();
    }
    (change, opened)
}

/// The folder of the handbook that the command line is about.
pub(super) fn root(cli: &Cli) -> Result<PathBuf, Trouble> {
    match &cli.globals.root {
        Some(root) if disk::is_root(root) => Ok(root.clone()),
        Some(root) => Err(Trouble::NoHandbook { folder: root.clone(), named: true }),
        None => disk::find_root(Path::new("."))
            .map(|found| shown(&found))
            .ok_or_else(|| Trouble::NoHandbook { folder: disk::here(), named: false }),
    }
}

/// A folder as people would name it: relative to the current folder if that is shorter.
pub(super) fn shown(folder: &Path) -> PathBuf {
    let here = disk::here();
    match here.strip_prefix(folder) {
        Ok(below) => {
            let up: PathBuf = below.components().map(|_| "..").collect();
            if up.as_os_str().is_empty() { PathBuf::from(".") } else { up }
        }
        Err(_) => folder.to_owned(),
    }
}

impl Opened {
    /// Draws diagnostics without colours, each on its own, up to [`terminal::DRAWN`].
    pub(super) fn draw_each(&self, diagnostics: &[&Diagnostic]) -> Vec<Problem> {
        let texts = |file: &SourcePath| self.text(file);
        let drawing = Drawing { colour: false, width: 100, limit: 1 };
        let drawn = diagnostics.iter().take(terminal::DRAWN);
        let drawn = drawn.map(|diagnostic| {
            let drawn = terminal::draw_alone(diagnostic, &texts, drawing);
            Problem::new(diagnostic, drawn, texts(&diagnostic.location.file))
        });
        let mut drawn: Vec<Problem> = drawn.collect();
        if diagnostics.len() > drawn.len() {
            let more = diagnostics.len() - drawn.len();
            let text = format!("… and {more} more; `canvasbook check` lists all");
            drawn.push(Problem { text, origin: None });
        }
        drawn
    }

    /// Prints diagnostics to a stream in the format that was asked for.
    pub(super) fn print(
        &self,
        cli: &Cli,
        stream: Stream,
        diagnostics: &[&Diagnostic],
    ) -> Result<(), Trouble> {
        let texts: Texts<'_, '_> = &|file| self.text(file);
        print(
            cli,
            stream,
            diagnostics,
            Sources { rules: self.compiled.rules(), texts, root: &self.read.root },
        )
    }
}

/// The files, and the rules, that diagnostics refer to.
#[derive(Clone, Copy)]
pub(super) struct Sources<'s> {
    /// The rules that may have found the diagnostics.
    pub rules: &'s Rules,
    /// The texts of the files that they name.
    pub texts: Texts<'s, 's>,
    /// The folder that the files are in.
    pub root: &'s Path,
}

/// Prints diagnostics to a stream in the format that was asked for.
pub(super) fn print(
    cli: &Cli,
    stream: Stream,
    diagnostics: &[&Diagnostic],
    sources: Sources<'_>,
) -> Result<(), Trouble> {
    let Sources { rules, texts, root } = sources;
    let folder = root.to_string_lossy();
    let folder = folder.trim_start_matches("./").trim_end_matches('/');
    let folder = if folder == "." { "" } else { folder };
    let text = match cli.format() {
        Format::Json => report::json(diagnostics, texts),
        Format::Github => report::github(diagnostics, texts, folder),
        Format::Sarif => report::sarif(diagnostics, rules, texts, folder),
        // HTML and Markdown have no place for diagnostics.
        Format::Human | Format::Html | Format::Markdown => {
            let colour = stream.is_coloured(cli.globals.color);
            let (width, limit) = (stream.width(), terminal::DRAWN);
            terminal::draw(diagnostics, rules, texts, Drawing { colour, width, limit })
        }
    };
    stream.write(|out| out.write_all(text.as_bytes()))?;
    Ok(())
}
