//! Whether there is anything to build: what a build keeps beside its site to say the same again, and
//! what the next one makes of it.

#![expect(
    clippy::disallowed_methods,
    reason = "it reads the files that diagnostics are drawn from"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::Trouble;
use super::handbook::{self, Opened};
use super::site::{Built, pages};
use crate::diagnostic::{Diagnostic, Edit, Fix, Related, Severity, catalogue};
use crate::edge::cli::Cli;
use crate::edge::disk;
use crate::edge::origin::{Mark, Origin};
use crate::edge::output::{self, Destination, Written};
use crate::source::{Location, SourcePath, Span};

/// The handbook that the command line speaks of, looked at from outside.
pub(super) struct Outside {
    root: PathBuf,
    output: PathBuf,
    origin: Option<Origin>,
    /// What the last build says still, where nothing changed since.
    pub last: Option<Last>,
}

/// What a build said.
pub(super) struct Last {
    /// The folder of the handbook.
    pub root: PathBuf,
    /// What it did, and this time does not do.
    pub built: Built,
    /// The diagnostics that are told.
    pub told: Vec<Diagnostic>,
    /// The texts of the files that these name.
    pub texts: BTreeMap<SourcePath, String>,
}

/// The same as a line of text.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Note {
    pages: usize,
    advice: usize,
    told: Vec<Told>,
    /// The files that these name and that have a text; a picture has none.
    texts: Vec<String>,
}

/// A diagnostic as it is kept.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Told {
    code: String,
    severity: String,
    message: String,
    help: Option<String>,
    place: Place,
    label: String,
    related: Vec<(String, Place)>,
    fix: Option<Vec<(Place, String)>>,
}

/// A file and a span of it.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Place(String, u32, u32);

impl Outside {
    /// Looks at the handbook and at its output.
    pub fn look(cli: &Cli, drafts: bool, adopt: bool) -> Result<Self, Trouble> {
        let root = handbook::root(cli)?;
        let output = handbook::output(cli, &root, &handbook::config(&disk::read_config(&root)));
        let destination = Destination { root: &root, output: &output, adopt };
        let (origin, kept) = rayon::join(
            || Origin::take(&root, &output, drafts),
            || output::untouched(&destination),
        );
        let mut outside = Self { root, output, origin, last: None };
        outside.last = kept.and_then(|kept| outside.say_again(&kept));
        Ok(outside)
    }

    /// What the last build said, where it was made from the same.
    fn say_again(&self, kept: &output::Untouched) -> Option<Last> {
        let origin = self.origin.as_ref().filter(|origin| origin.is(&kept.origin))?;
        let note: Note = serde_json::from_str(&kept.note).ok()?;
        let told: Vec<Diagnostic> =
            note.told.into_iter().map(Told::into_diagnostic).collect::<Option<_>>()?;
        let mut texts = BTreeMap::new();
        if !note.texts.is_empty() {
            let known = origin.files();
            for file in note.texts.into_iter().map(SourcePath::new) {
                // A key that somebody made up has us read nothing else.
                let file = *known.get(&file)?;
                let bytes = fs::read(self.root.join(file.as_str())).ok()?;
                texts.insert(file.clone(), String::from_utf8_lossy(&bytes).into_owned());
            }
        }
        let written = Written { unchanged: kept.files, ..Written::default() };
        let (pages, findings) = (note.pages, note.advice);
        let built = Built { pages, output: self.output.clone(), written, findings };
        Some(Last { root: self.root.clone(), built, told, texts })
    }

    /// What the site is about to be made from. It is asked for before anything is read.
    pub fn mark(&self) -> Option<Mark> {
        self.origin.as_ref()?.mark()
    }

    /// What to note of a build for the next time. None where that could not say the same: where the
    /// handbook or its output is another one by now, or where a diagnostic is drawn from a text that is
    /// not looked at.
    pub fn note(&self, opened: &Opened, told: &[Diagnostic], findings: usize) -> Option<String> {
        let origin = self.origin.as_ref()?;
        let is_here = opened.read.root == self.root && opened.read.output == self.output;
        let texts: BTreeSet<&SourcePath> =
            told.iter().flat_map(files).filter(|file| opened.text(file).is_some()).collect();
        if !is_here || !texts.is_empty() && !texts.is_subset(&origin.files()) {
            return None;
        }
        let note = Note {
            pages: pages(opened),
            advice: findings,
            told: told.iter().map(Told::of).collect(),
            texts: texts.into_iter().map(|file| file.as_str().to_owned()).collect(),
        };
        serde_json::to_string(&note).ok()
    }
}

/// The files that a diagnostic names.
fn files(diagnostic: &Diagnostic) -> impl Iterator<Item = &SourcePath> {
    let related = diagnostic.related.iter().map(|related| &related.location.file);
    let edits = diagnostic.fix.iter().flat_map(|fix| &fix.edits);
    let edited = edits.map(|edit| &edit.location.file);
    std::iter::once(&diagnostic.location.file).chain(related).chain(edited)
}

impl Told {
    fn of(diagnostic: &Diagnostic) -> Self {
        // Each part is named, so that one that is added is not forgotten here.
        let Diagnostic { code, severity, message, help, location, label, related, fix } =
            diagnostic;
        let edits = |fix: &Fix| {
            fix.edits.iter().map(|edit| (Place::of(&edit.location), edit.text.clone())).collect()
        };
        Self {
            code: (*code).to_owned(),
            severity: severity.as_str().to_owned(),
            message: message.clone(),
            help: help.clone(),
            place: Place::of(location),
            label: label.clone(),
            related: related
                .iter()
                .map(|Related { message, location }| (message.clone(), Place::of(location)))
                .collect(),
            fix: fix.as_ref().map(edits),
        }
    }

    fn into_diagnostic(self) -> Option<Diagnostic> {
        let (code, ..) = catalogue::codes().find(|(code, ..)| *code == self.code)?;
        let severity = [Severity::Advice, Severity::Warning, Severity::Error]
            .into_iter()
            .find(|severity| severity.as_str() == self.severity)?;
        let edit = |(place, text): (Place, String)| Edit { location: place.into_location(), text };
        Some(Diagnostic {
            code,
            severity,
            message: self.message,
            help: self.help,
            location: self.place.into_location(),
            label: self.label,
            related: self
                .related
                .into_iter()
                .map(|(message, place)| Related { message, location: place.into_location() })
                .collect(),
            fix: self.fix.map(|edits| Fix { edits: edits.into_iter().map(edit).collect() }),
        })
    }
}

impl Place {
    fn of(location: &Location) -> Self {
        let Location { file, span } = location;
        Self(file.as_str().to_owned(), span.start, span.end)
    }

    fn into_location(self) -> Location {
        let Self(file, start, end) = self;
        Location { file: SourcePath::new(file), span: Span { start, end } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_diagnostic_comes_back_as_it_was() {
        let place = |start, end| Location {
            file: SourcePath::new("content/a.md"),
            span: Span::new(start, end),
        };
        let plain = Diagnostic::new("link-cycle", Severity::Warning, place(0, 3), "round".into());
        let full = Diagnostic::new("missing-block", Severity::Advice, place(7, 9), "a\nb".into())
            .help("mend it")
            .label("here")
            .related(place(1, 2), "and there")
            .replace(Span::new(4, 5), "\"text\"");
        for diagnostic in [plain, full] {
            let line = serde_json::to_string(&Told::of(&diagnostic)).expect("it is a text");
            assert!(!line.contains('\n'), "{line}");
            let told: Told = serde_json::from_str(&line).expect("it was written so");
            assert_eq!(told.into_diagnostic(), Some(diagnostic));
        }
    }
}
