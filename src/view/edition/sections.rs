//! The folders of the content, as sections of the handbook: the documents in each, in their order.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::{CONTENT, Edition, below, file_path};
use crate::handbook::{DocumentIndex, Entry, Handbook};
use crate::slug::spelled_out;
use crate::source::SourcePath;
use crate::view::url::SitePath;

/// An index into the sections of an edition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SectionIndex(pub u32);

/// A folder of the content with everything in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// The folder below `content/`; empty for the content itself.
    pub folder: String,
    /// Its own page's title, else its name spelled out.
    pub title: String,
    /// The path of its page.
    pub path: SitePath,
    /// The document that is its page; without one a page is generated.
    pub own_page: Option<DocumentIndex>,
    /// Whether its page is neither a document nor a file of the author's.
    pub is_made: bool,
    /// Its other documents, by weight, then title.
    pub documents: Vec<DocumentIndex>,
    /// The sections right below it, by their pages' weight, then title.
    pub subsections: Vec<SectionIndex>,
}

impl Edition {
    /// The folders of the content, sorted, with their indexes.
    pub fn sections(&self) -> impl Iterator<Item = (SectionIndex, &Section)> {
        (0u32..).map(SectionIndex).zip(&self.order.sections)
    }

    /// The section of an index.
    pub fn section(&self, index: SectionIndex) -> &Section {
        &self.order.sections[index.0 as usize]
    }

    /// The section that a document is in.
    pub fn section_of(&self, index: DocumentIndex) -> &Section {
        self.folder(below(self.entry(index).document.path.folder(), CONTENT))
    }

    /// The documents before and after one in its section; `None` for the section's own page.
    pub fn neighbours(&self, index: DocumentIndex) -> [Option<DocumentIndex>; 2] {
        let section = self.section_of(index);
        if section.own_page == Some(index) {
            return [None, None];
        }
        let place = self.order.places[index.0 as usize];
        let at = |place: usize| section.documents.get(place).copied();
        [place.checked_sub(1).and_then(at), at(place + 1)]
    }

    /// The section of a folder below `content/`; the content itself for a folder without documents.
    pub fn folder(&self, folder: &str) -> &Section {
        let at =
            self.order.sections.binary_search_by(|section| section.folder.as_str().cmp(folder));
        &self.order.sections[at.unwrap_or(0)]
    }
}

/// The sections of a handbook, sorted by folder; the first is the content itself. Also returns
/// whether each document is its section's own page.
pub(super) fn gather(handbook: &Handbook) -> (Vec<Section>, Vec<bool>) {
    let indexed: HashSet<&str> = handbook
        .documents
        .iter()
        .filter(|entry| entry.document.path.stem() == "index")
        .map(|entry| entry.document.path.folder())
        .collect();
    let is_own = |path: &SourcePath| {
        let stands_in = path.stem() == "index" || !indexed.contains(path.folder());
        path.may_be_own_page() && stands_in
    };
    let mut own_pages = BTreeMap::new();
    let mut folders: BTreeMap<&str, Vec<DocumentIndex>> = BTreeMap::from([("", Vec::new())]);
    let mut owns = Vec::with_capacity(handbook.documents.len());
    for (index, entry) in handbook.entries() {
        let path = &entry.document.path;
        let folder = below(path.folder(), CONTENT);
        for (end, _) in folder.match_indices('/') {
            folders.entry(&folder[..end]).or_default();
        }
        let documents = folders.entry(folder).or_default();
        // If two may be the page, such as README.md and readme.md, the first is.
        let own = is_own(path);
        owns.push(own);
        if own {
            own_pages.entry(folder).or_insert(index);
        } else {
            documents.push(index);
        }
    }
    let files: BTreeSet<String> =
        handbook.files.iter().map(|file| file_path(file).folded()).collect();
    let mut sections = Vec::with_capacity(folders.len());
    for (folder, documents) in folders {
        let own_page = own_pages.get(folder).copied();
        let path = match folder {
            "" => SitePath::new("index.html"),
            folder => SitePath::new(&format!("{folder}/index.html")),
        };
        let name = folder.rsplit('/').next().unwrap_or(folder);
        let mut section = Section {
            folder: folder.to_owned(),
            title: own_page.map_or_else(
                || spelled_out(name),
                |index| handbook.entry(index).document.title.clone(),
            ),
            is_made: !folder.is_empty() && own_page.is_none() && !files.contains(&path.folded()),
            path,
            own_page,
            documents,
            subsections: Vec::new(),
        };
        section.sort(handbook);
        sections.push(section);
    }
    place_subsections(&mut sections, handbook);
    (sections, owns)
}

impl Section {
    /// Sorts its documents.
    pub(super) fn sort(&mut self, handbook: &Handbook) {
        self.documents.sort_by_cached_key(|index| order(handbook.entry(*index)));
    }
}

/// Puts every section below the one that contains its folder.
pub(super) fn place_subsections(sections: &mut [Section], handbook: &Handbook) {
    for section in sections.iter_mut() {
        section.subsections.clear();
    }
    let mut below: Vec<(usize, (i64, String), SectionIndex)> = Vec::new();
    for (index, section) in (0u32..).map(SectionIndex).zip(sections.iter()).skip(1) {
        let parent = section.folder.rsplit_once('/').map_or("", |(parent, _)| parent);
        let Ok(parent) = sections.binary_search_by(|other| other.folder.as_str().cmp(parent))
        else {
            continue;
        };
        let weight = section.own_page.map_or(0, |page| handbook.entry(page).document.front.weight);
        below.push((parent, (weight, section.title.to_lowercase()), index));
    }
    below.sort();
    for (parent, _, index) in below {
        sections[parent].subsections.push(index);
    }
}

/// The sort key of a folder's documents: weight, then title, then path.
pub(super) fn order(entry: &Entry) -> (i64, String, SourcePath) {
    let document = &entry.document;
    (document.front.weight, document.title.to_lowercase(), document.path.clone())
}
