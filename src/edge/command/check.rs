//! `canvasbook check`: prints every diagnostic, and writes nothing.

#![expect(clippy::disallowed_methods, reason = "it asks where the handbook really stands")]

use std::fs;
use std::path::{Path, PathBuf};

use super::Trouble;
use super::handbook::open;
use super::new::joined;
use crate::diagnostic::{Diagnostic, Severity};
use crate::edge::cli::{Check, Cli, Format};
use crate::edge::disk;
use crate::edge::session::Opened;
use crate::edge::streams::Stream;
use crate::edge::terminal::counted;
use crate::source::SourcePath;

/// Checks the handbook. Returns `false` if it has errors, or warnings that count as errors.
pub(super) fn run(cli: &Cli, flags: &Check) -> Result<bool, Trouble> {
    let opened = open(cli, flags.drafts)?;
    let places = places(&opened, &flags.files)?;
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

/// The files and folders that were asked for, as paths of the handbook; the root is empty.
fn places(opened: &Opened, files: &[PathBuf]) -> Result<Vec<String>, Trouble> {
    let inputs = &opened.read.inputs;
    let settings = inputs.config.iter().chain(&inputs.kinds).map(|source| &source.path);
    let sources = || settings.clone().chain(inputs.documents.keys()).chain(&inputs.files);
    let known = |file: &PathBuf| {
        let place = [place(opened, file)?];
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
pub(super) fn place(opened: &Opened, file: &Path) -> Option<String> {
    let root = fs::canonicalize(&opened.read.root).unwrap_or_else(|_| opened.read.root.clone());
    let inside = joined(&disk::here(), file)?.strip_prefix(&root).ok()?.to_owned();
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
