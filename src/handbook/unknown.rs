//! References that lead nowhere, and what may have been meant.

use std::collections::HashMap;

use super::DocumentIndex;
use super::directory::Contents;
use super::resolve::relative;
use super::scope;
use super::titles;
use crate::diagnostic::{Diagnostic, Severity, catalogue};
use crate::slug::{nearest, slug};
use crate::source::{Location, SourcePath};

/// How many names are compared to find the one that was meant; after that, references are reported
/// without a suggestion. That is a second of work: enough for thousands of slips in handbooks of a
/// usual size, and a folder of notes with ten thousand broken links is still read at once.
const COMPARISONS: usize = 1_000_000;

/// A reference that leads nowhere.
pub(super) struct Unknown {
    pub place: Location,
    /// The reference as written, in backquotes.
    pub what: String,
    pub wanted: Wanted,
}

/// What a reference was looking for.
pub(super) enum Wanted {
    /// A name in a document.
    Name(DocumentIndex, String),
    /// A path from the root.
    Path(String),
    /// A document by its wiki name.
    Wiki(String),
    /// Something outside of the handbook.
    Nothing,
}

/// Reports the references of each document, with the nearest names.
pub(super) fn tell(
    contents: &Contents<'_>,
    files: &[SourcePath],
    unknown: Vec<Vec<Unknown>>,
    severity: Severity,
) -> Vec<Vec<Diagnostic>> {
    let mut guesser = Guesser { contents, files, left: COMPARISONS, names: HashMap::new() };
    let mut tell = |Unknown { place, what, wanted }| {
        let is_of_site = matches!(&wanted, Wanted::Wiki(name) if name.starts_with('/'));
        let near = match wanted {
            Wanted::Name(document, name) => guesser.names(document, &name),
            Wanted::Path(path) => guesser.paths(place.file.folder(), &path),
            Wanted::Wiki(name) => guesser.documents(&name),
            Wanted::Nothing => Vec::new(),
        };
        let mut diagnostic = catalogue::unknown_reference(place, &what, &near);
        if is_of_site && near.is_empty() {
            diagnostic = catalogue::wiki_name_of_site(diagnostic);
        }
        diagnostic.severity = severity;
        diagnostic
    };
    unknown.into_iter().map(|unknown| unknown.into_iter().map(&mut tell).collect()).collect()
}

struct Guesser<'g> {
    contents: &'g Contents<'g>,
    files: &'g [SourcePath],
    left: usize,
    /// The names in the documents that were searched, each gathered once.
    names: HashMap<DocumentIndex, Vec<String>>,
}

impl Guesser<'_> {
    /// Whether `count` more comparisons may be made; they count as made then.
    fn may_compare(&mut self, count: usize) -> bool {
        let left = self.left.checked_sub(count);
        self.left = left.unwrap_or(self.left);
        left.is_some()
    }

    fn names(&mut self, document: DocumentIndex, name: &str) -> Vec<String> {
        let known = self.contents.known(document);
        if !self.may_compare(known.elements.len() + known.document.headings.len()) {
            return Vec::new();
        }
        let names = self.names.entry(document).or_insert_with(|| scope::all_names(known));
        let mut near = nearest(&slug(name), names.iter().map(String::as_str));
        if near.is_empty() {
            let tail = slug(name.rsplit('/').next().unwrap_or(name));
            near = nearest(&tail, names.iter().map(String::as_str));
        }
        near.into_iter().map(|name| format!("#{name}")).collect()
    }

    fn paths(&mut self, folder: &str, path: &str) -> Vec<String> {
        let documents = self.contents.documents;
        if !self.may_compare(documents.len() + self.files.len()) {
            return Vec::new();
        }
        let paths = documents.iter().map(|document| &document.path).chain(self.files);
        let near = nearest(path, paths.map(SourcePath::as_str));
        near.into_iter().map(|near| relative(folder, near)).collect()
    }

    fn documents(&mut self, name: &str) -> Vec<String> {
        let documents = self.contents.documents;
        if !self.may_compare(2 * documents.len()) {
            return Vec::new();
        }
        let names = documents.iter().flat_map(|document| [&*document.title, document.path.stem()]);
        nearest(titles::bare(name), names).into_iter().map(|near| format!("[[{near}]]")).collect()
    }
}
