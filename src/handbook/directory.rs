//! What links may lead to: the documents by each of their names, and the names in each.

use std::borrow::{Borrow, Cow};
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, OnceLock};

use super::facts::Facts;
use super::scope::{Known, Scope};
use super::titles::{FileNames, Titles};
use super::{Department, DocumentIndex, Entry};
use crate::canvas::Document;
use crate::slug::composed;
use crate::source::SourcePath;

/// The documents by path, folder and title. Of their content it has only the titles, so it is made once,
/// and only [`Directory::rename`] changes it.
///
/// Paths are looked up in composed form, since file systems and editors write accents in different ways.
pub(super) struct Directory {
    pub by_path: HashMap<SourcePath, DocumentIndex>,
    /// The own page of each folder that has one.
    pub own_pages: HashMap<String, DocumentIndex>,
    pub names: Titles,
    pub files: Listed<SourcePath>,
    /// Made when the first wiki link names no document.
    file_names: OnceLock<FileNames>,
    pub folders: Listed<String>,
    pub drafts: Vec<Arc<Document>>,
    pub drafts_by_path: HashMap<SourcePath, usize>,
    pub draft_names: Titles,
}

/// What a path means.
pub(super) enum Named {
    Document(DocumentIndex),
    /// An index into [`Directory::drafts`].
    Draft(usize),
}

/// Paths, sorted.
pub(super) struct Listed<P> {
    pub all: Arc<[P]>,
    /// The indexes of those that are not in composed form, by that form.
    decomposed: HashMap<String, u32>,
}

impl<P: Borrow<str>> Listed<P> {
    fn of(all: Arc<[P]>) -> Self {
        let decomposed =
            (0u32..).zip(&*all).filter_map(|(at, path)| match composed(path.borrow()) {
                Cow::Owned(path) => Some((path, at)),
                Cow::Borrowed(_) => None,
            });
        let decomposed = decomposed.collect();
        Self { all, decomposed }
    }

    /// The index of a path, which is in composed form.
    pub(super) fn find(&self, path: &str) -> Option<u32> {
        let found = self.all.binary_search_by(|other| other.borrow().cmp(path)).ok();
        let found = found.and_then(|at| u32::try_from(at).ok());
        found.or_else(|| self.decomposed.get(path).copied())
    }
}

/// A source's path in composed form.
fn composed_path(path: &SourcePath) -> SourcePath {
    match composed(path.as_str()) {
        Cow::Borrowed(_) => path.clone(),
        Cow::Owned(path) => SourcePath::new(path),
    }
}

impl Directory {
    pub(super) fn new(
        documents: &[Arc<Document>],
        files: Arc<[SourcePath]>,
        folders: Arc<[String]>,
        drafts: Vec<Arc<Document>>,
    ) -> Self {
        let mut by_path = HashMap::with_capacity(documents.len());
        let mut own_pages = HashMap::new();
        for (index, document) in (0u32..).map(DocumentIndex).zip(documents) {
            let path = composed_path(&document.path);
            // Paths are sorted, but `README.md` sorts before `index.md`.
            if path.stem() == "index" {
                own_pages.insert(path.folder().to_owned(), index);
            } else if path.may_be_own_page() {
                own_pages.entry(path.folder().to_owned()).or_insert(index);
            }
            by_path.insert(path, index);
        }
        let names = Titles::of(documents);
        let draft_names = Titles::of(&drafts);
        let paths = drafts.iter().enumerate().map(|(at, draft)| (composed_path(&draft.path), at));
        let drafts_by_path = paths.collect();
        let (files, folders) = (Listed::of(files), Listed::of(folders));
        let file_names = OnceLock::new();
        Self {
            by_path,
            own_pages,
            names,
            files,
            file_names,
            folders,
            drafts,
            drafts_by_path,
            draft_names,
        }
    }

    /// The document that a path from the root means, with its extension or without it, or by its
    /// folder.
    pub(super) fn document(&self, path: &str) -> Option<Named> {
        let folder = path.trim_end_matches('/');
        let mut form = path.to_owned();
        for ending in ["", ".md", ".markdown", "/index.md", "/README.md"] {
            if !ending.is_empty() {
                form.replace_range(folder.len().., ending);
            }
            if let Some(document) = self.by_path.get(form.as_str()) {
                return Some(Named::Document(*document));
            }
            if let Some(draft) = self.drafts_by_path.get(form.as_str()) {
                return Some(Named::Draft(*draft));
            }
        }
        self.own_pages.get(folder).map(|document| Named::Document(*document))
    }

    /// The files that a wiki link may name.
    pub(super) fn files_called(&self, name: &str) -> &[u32] {
        self.file_names.get_or_init(|| FileNames::of(&self.files.all)).find(name)
    }

    /// Changes the title of a document. Returns the documents whose references by this name may now
    /// resolve differently, because they have that title too.
    pub(super) fn rename(&mut self, index: DocumentIndex, old: &str, new: &str) -> Vec<u32> {
        self.names.rename(index.0, old, new)
    }
}

/// The folders that documents are in, and the folders around those, sorted.
pub(super) fn folders(documents: &[Arc<Document>]) -> Vec<String> {
    let mut folders = BTreeSet::new();
    for document in documents {
        let folder = document.path.folder();
        let ends = folder.match_indices('/').map(|(end, _)| end).chain([folder.len()]);
        folders.extend(ends.map(|end| &folder[..end]));
    }
    folders.into_iter().map(str::to_owned).collect()
}

/// The contents of every document while links are resolved: the new facts of those that were
/// gathered anew, and of the others the facts of before.
pub(super) struct Contents<'c> {
    pub documents: &'c [Arc<Document>],
    fresh: &'c [Option<Facts>],
    entries: &'c [Arc<Entry>],
    departments: &'c [Department],
    /// The names of documents that links lead into, each gathered for the first such link, and
    /// dropped with this.
    scopes: Vec<OnceLock<Scope>>,
}

impl<'c> Contents<'c> {
    /// `fresh` has an item for each document, `entries` those that are missing in it.
    pub(super) fn new(
        documents: &'c [Arc<Document>],
        fresh: &'c [Option<Facts>],
        entries: &'c [Arc<Entry>],
        departments: &'c [Department],
    ) -> Self {
        let scopes = documents.iter().map(|_| OnceLock::new()).collect();
        Self { documents, fresh, entries, departments, scopes }
    }

    /// The known facts of a document.
    pub(super) fn known(&self, index: DocumentIndex) -> Known<'c> {
        let at = index.0 as usize;
        let departments = self.departments;
        match &self.fresh[at] {
            Some(facts) => Known {
                document: &self.documents[at],
                elements: &facts.elements,
                part_departments: &facts.part_departments,
                departments,
            },
            None => Known::of(&self.entries[at], departments),
        }
    }

    /// The names of a document that a link leads into.
    pub(super) fn scope(&self, index: DocumentIndex) -> &Scope {
        self.scopes[index.0 as usize].get_or_init(|| Scope::of(self.known(index)))
    }
}
