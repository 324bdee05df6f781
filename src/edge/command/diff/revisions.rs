//! The differences between two states of a handbook.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::super::Trouble;
use super::super::check::{self, holds};
use super::super::export;
use super::super::handbook::{at, repository, root, session, unknown};
use super::Compared;
use crate::comparison::{self, Comparison};
use crate::date::Date;
use crate::diagnostic::{Diagnostic, Severity};
use crate::edge::cli::{self, Cli};
use crate::edge::git::{CommitId, Repository};
use crate::edge::harmless::harmless;
use crate::edge::session::Opened;
use crate::edge::streams::Stream;
use crate::handbook::Handbook;
use crate::history::renamed;
use crate::source::SourcePath;
use crate::view::comparison::markdown::Accepted;

/// A state to compare: that of a commit, with the revision that named it, or the one on the disk.
type NamedState<'a> = Option<(CommitId, &'a str)>;

/// Compares the states that a command line names; returns `None` if it names canvases.
pub(super) fn compare(cli: &Cli, flags: &cli::Diff) -> Result<Option<Compared>, Trouble> {
    let root = root(cli)?;
    let is_file = |name: &String| Path::new(name).is_file() || is_document(&root, name);
    if flags.sides.iter().any(is_file) {
        return Ok(None);
    }
    let repository = match repository(&root) {
        Ok(repository) => repository,
        // Titles name canvases too.
        Err(_) if flags.sides.len() == 2 => return Ok(None),
        Err(trouble) => return Err(trouble),
    };
    let states = match &flags.sides[..] {
        [] => (Some((head(&repository)?, "HEAD")), None),
        [range] => {
            let (before, after) = repository.compared(range).map_err(|why| unknown(range, &why))?;
            (Some((before, &**range)), after.map(|after| (after, &**range)))
        }
        [before, after, ..] => {
            let commit = |revision| repository.commit(revision);
            match (commit(before), commit(after)) {
                (Ok(old), Ok(new)) => (Some((old, &**before)), Some((new, &**after))),
                (Err(_), Err(_)) => return Ok(None),
                (Err(why), Ok(_)) => return Err(unknown(before, &why)),
                (Ok(_), Err(why)) => return Err(unknown(after, &why)),
            }
        }
    };
    // Both sides are checked for one day, so that no review becomes overdue between them.
    let after = state(cli, flags, states.1, None)?;
    let before = state(cli, flags, states.0, after.compiled.handbook().today)?;
    let renamed = renamed(&before.read.inputs.documents, &after.read.inputs.documents);
    let (old, new) = (before.compiled.handbook(), after.compiled.handbook());
    let findings = [&before.compiled.edition.findings, &after.compiled.edition.findings];
    let mut comparison = comparison::handbooks([old, new], Some(findings), &renamed);
    readable(cli, &before, &after, &comparison)?;
    let places = places(&after, [old, new], &flags.paths)?;
    comparison.keep(|compared| {
        let sides = [(old, compared.before), (new, compared.after)];
        let mut sides = sides.into_iter().filter_map(|(handbook, document)| {
            document.map(|document| &handbook.entry(document).document.path)
        });
        places.is_empty() || sides.any(|path| holds(&places, path.as_str()))
    });
    let is_asked = |path: &SourcePath| places.is_empty() || holds(&places, path.as_str());
    comparison.impact.retain(|it| is_asked(&it.canvas));
    comparison.findings.retain(|it| is_asked(&it.canvas));
    let revisions = match &flags.sides[..] {
        [] => "HEAD".to_owned(),
        sides => sides.join(" "),
    };
    let own = [Some(old.clone()), None];
    let accepted = accepted(&repository, states)?;
    Ok(Some(Compared { opened: after, own, comparison, revisions: Some(revisions), accepted }))
}

/// Whether a name leads to a document of the handbook.
fn is_document(root: &Path, name: &str) -> bool {
    super::place(name.as_ref(), root).is_ok_and(|path| root.join(path.as_str()).is_file())
}

/// The reasons with which commits between two states accept their changes.
fn accepted(
    repository: &Repository,
    (before, after): (NamedState<'_>, NamedState<'_>),
) -> Result<Vec<Accepted>, Trouble> {
    /// How many digits of a commit's id are shown.
    const DIGITS: usize = 10;
    let Some((from, _)) = before else { return Ok(Vec::new()) };
    let to = match after {
        Some((to, _)) => to,
        None => head(repository)?,
    };
    let trailers = repository.trailers(from, to, "Accepts").map_err(|why| {
        let why = harmless(&why).into_owned();
        Trouble::Refused(format!("the messages of the commits cannot be read: {why}"))
    })?;
    let accepted = trailers.into_iter().map(|trailer| Accepted {
        commit: trailer.commit.to_hex_with_len(DIGITS).to_string(),
        reason: trailer.value,
    });
    Ok(accepted.collect())
}

fn head(repository: &Repository) -> Result<CommitId, Trouble> {
    repository.head().ok_or_else(|| Trouble::Refused("nothing is committed yet".to_owned()))
}

/// Reads and compiles a state, on a day if one is given.
fn state(
    cli: &Cli,
    flags: &cli::Diff,
    state: NamedState<'_>,
    today: Option<Date>,
) -> Result<Opened, Trouble> {
    let mut session = session(cli, flags.drafts)?.on(today);
    let name = match state {
        Some((commit, revision)) => {
            session = at(session, commit, revision)?;
            format!("the state of `{}`", harmless(revision))
        }
        None => "the handbook".to_owned(),
    };
    let opened = session.open(None)?;
    let unread: Vec<_> = opened.unread().collect();
    if unread.is_empty() {
        return Ok(opened);
    }
    opened.print(cli, Stream::Messages, &unread)?;
    Err(Trouble::Refused(format!("{name} cannot be compared, because it cannot be read whole")))
}

/// Refuses two states if the front matter of a document differs and can be read in neither. The comparison would
/// not show it, as if nothing had changed.
fn readable(
    cli: &Cli,
    before: &Opened,
    after: &Opened,
    comparison: &Comparison,
) -> Result<(), Trouble> {
    let said: BTreeSet<&SourcePath> = comparison.changes.iter().map(|it| &it.canvas).collect();
    let old = before.compiled.handbook();
    for (index, entry) in after.compiled.handbook().entries() {
        let path = &entry.document.path;
        let Some(partner) = old.document(path) else { continue };
        if said.contains(path) || old.entry(partner).document.text == entry.document.text {
            continue;
        }
        for (opened, index) in [(after, index), (before, partner)] {
            let edition = &opened.compiled.edition;
            let body = edition.entry(index).document.body.start;
            let found = edition.findings.of(index).iter().map(|finding| &finding.diagnostic);
            let is_unread =
                |it: &&Diagnostic| it.severity == Severity::Error && it.location.span.start < body;
            let unread: Vec<&Diagnostic> = found.filter(is_unread).collect();
            if !unread.is_empty() {
                export::wrong(cli, opened, &unread)?;
                let path = harmless(path.as_str()).into_owned();
                let why = "cannot be compared, because it cannot be read whole";
                return Err(Trouble::Refused(format!("`{path}` {why}")));
            }
        }
    }
    Ok(())
}

/// The files and folders that were asked for. One that neither state has is refused, since a slip would
/// never show a difference.
fn places(
    opened: &Opened,
    handbooks: [&Handbook; 2],
    paths: &[PathBuf],
) -> Result<Vec<String>, Trouble> {
    let is_known = |place: &String| {
        let place = std::slice::from_ref(place);
        let mut documents = handbooks.iter().flat_map(|it| it.documents.iter());
        documents.any(|entry| holds(place, entry.document.path.as_str()))
    };
    let place = |path: &PathBuf| {
        check::place(&opened.read.root, path).filter(is_known).ok_or_else(|| {
            let path = path.to_string_lossy();
            Trouble::Refused(format!("`{}` is in neither of the two states", harmless(&path)))
        })
    };
    paths.iter().map(place).collect()
}
