//! `canvasbook check`: prints every diagnostic, and writes nothing.

#![expect(clippy::disallowed_methods, reason = "it asks where the handbook really is")]

use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use super::Trouble;
use super::handbook::session;
use super::new::joined;
use crate::diagnostic::{Diagnostic, Severity};
use crate::edge::cli::{Check, Cli, Format};
use crate::edge::disk;
use crate::edge::session::{Opened, Session};
use crate::edge::streams::Stream;
use crate::edge::terminal::counted;
use crate::source::SourcePath;

/// Checks the handbook. Returns `false` if it has errors, or warnings that count as errors.
pub(super) fn run(cli: &Cli, flags: &Check) -> Result<bool, Trouble> {
    let mut session = session(cli, flags.drafts)?;
    let edited = flags.stdin_filename.as_deref().map(|file| edited(&mut session, file));
    let edited = edited.transpose()?;
    let opened = session.open(None)?;
    let places = match edited {
        Some(document) => vec![document.as_str().to_owned()],
        None => places(&opened, &flags.files)?,
    };
    let is_asked = |path: &SourcePath| places.is_empty() || holds(&places, path.as_str());
    let all = opened.diagnostics.iter();
    let diagnostics: Vec<&Diagnostic> = all.filter(|it| is_asked(&it.location.file)).collect();
    if cli.format() != Format::Human || !diagnostics.is_empty() {
        opened.print(cli, Stream::Results, &diagnostics)?;
    } else if !cli.globals.quiet {
        let documents = opened.compiled.handbook().documents.iter();
        let (canvases, pages): (Vec<_>, Vec<_>) = documents
            .map(|entry| &entry.document)
            .filter(|document| is_asked(&document.path))
            .partition(|document| document.canvas.is_some());
        let all_is_well = format!(
            "All is well: {} and {}",
            counted(canvases.len(), "canvas", "canvases"),
            counted(pages.len(), "page", "pages")
        );
        Stream::Results.line(&all_is_well)?;
    }
    let least = if flags.strict { Severity::Warning } else { Severity::Error };
    let passes = diagnostics.iter().all(|diagnostic| diagnostic.severity < least);
    // The process ends next, and dropping a large handbook piece by piece would only make the user
    // wait.
    std::mem::forget(opened);
    Ok(passes)
}

/// Reads the text of a document from the standard input into the session. Returns the document.
fn edited(session: &mut Session, file: &Path) -> Result<SourcePath, Trouble> {
    let inside = place(session.root(), file);
    let below =
        inside.as_deref().and_then(|path| path.strip_prefix(disk::CONTENT)?.strip_prefix('/'));
    let Some(path) = inside.as_deref().filter(|_| below.is_some_and(disk::is_document)) else {
        let file = file.display();
        return Err(Trouble::Refused(format!(
            "`{file}` is no Markdown file in `{}/`",
            disk::CONTENT
        )));
    };
    let mut bytes = Vec::new();
    let read = io::stdin().take(disk::LARGEST_TEXT + 1).read_to_end(&mut bytes);
    let failed = |why| Trouble::Refused(format!("the standard input cannot be read: {why}"));
    read.map_err(failed)?;
    let is_small = bytes.len() as u64 <= disk::LARGEST_TEXT;
    let Some(text) = Some(bytes).filter(|_| is_small).and_then(disk::text_of) else {
        let most = disk::LARGEST_TEXT / 1024 / 1024;
        return Err(Trouble::Refused(format!(
            "the standard input is no UTF-8 text of at most {most} MiB"
        )));
    };
    let path = SourcePath::new(path);
    session.set_text(path.clone(), text);
    Ok(path)
}

/// The files and folders that were asked for, as paths of the handbook; the root is empty.
fn places(opened: &Opened, files: &[PathBuf]) -> Result<Vec<String>, Trouble> {
    let inputs = &opened.read.inputs;
    let settings = inputs.config.iter().chain(&inputs.kinds).map(|source| &source.path);
    let sources = || settings.clone().chain(inputs.documents.keys()).chain(&inputs.files);
    let known = |file: &PathBuf| {
        let place = [place(&opened.read.root, file)?];
        // A file that cannot be read is not a source, but has a message.
        let is_known = sources().any(|path| holds(&place, path.as_str()))
            || opened.diagnostics.iter().any(|it| holds(&place, it.location.file.as_str()));
        let [place] = place;
        is_known.then_some(place)
    };
    let unknown = |file: &PathBuf| {
        Trouble::Refused(format!("`{}` is no file of the handbook", file.display()))
    };
    files.iter().map(|file| known(file).ok_or_else(|| unknown(file))).collect()
}

/// Turns a path from the current folder into one from the root of the handbook, which is empty for the
/// root itself. `None` if it leads out of the handbook.
pub(super) fn place(root: &Path, file: &Path) -> Option<String> {
    let root = fs::canonicalize(root).unwrap_or_else(|_| root.to_owned());
    let file = joined(&disk::here(), file)?;
    // An absolute path may lead through a link, such as `/tmp` on macOS; the file need not exist.
    let real = file.ancestors().skip(1).find_map(|folder| {
        Some(fs::canonicalize(folder).ok()?.join(file.strip_prefix(folder).ok()?))
    });
    let inside = file.strip_prefix(&root).ok().map(Path::to_owned);
    let inside = inside.or_else(|| Some(real?.strip_prefix(&root).ok()?.to_owned()))?;
    let parts: Option<Vec<&str>> = inside.iter().map(|part| part.to_str()).collect();
    Some(parts?.join("/"))
}

/// Whether `path` is one of `places`, or is below one of them.
pub(super) fn holds(places: &[String], path: &str) -> bool {
    let is_in = |place: &String| {
        let below = path.strip_prefix(place.as_str());
        place.is_empty() || below.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    places.iter().any(is_in)
}
