//! The order of documents: what their paths, titles, weights and languages determine.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::{Arc, OnceLock};

use super::page_kind::{KindPages, PageKind, unknown_pages};
use super::revised::{self, AllRevised, Latest};
use super::sections::{self, Section, SectionIndex};
use super::{CONTENT, below, file_path, page_path};
use crate::canvas::Document;
use crate::handbook::{DocumentIndex, Entry, Handbook};
use crate::view::url::SitePath;
use crate::view::words::{Vocabulary, Words};

/// How many entries of top-level pages the main navigation has at most: it is on every page, so it
/// must stay small however large the handbook grows.
const MOST_NAVIGATION_PAGES: usize = 4;

/// The order of a handbook's documents.
#[derive(Clone, Debug)]
pub(super) struct Order {
    /// The words of pages in other languages, by the tag that a document names.
    pub other_words: Arc<BTreeMap<String, Words>>,
    /// The page of each document.
    pub paths: Arc<[SitePath]>,
    /// The site's path of each file beside the documents.
    pub files: Arc<[SitePath]>,
    /// The folders below `content/`, sorted.
    pub sections: Vec<Section>,
    /// The position of each document in its section.
    pub places: Vec<usize>,
    /// All canvases in the order of the list: by section, a section's own page first.
    pub canvases: Vec<(SectionIndex, DocumentIndex)>,
    /// The entries of the main navigation after canvases, departments and categories.
    pub top_pages: Vec<DocumentIndex>,
    /// The pages of each kind that is [`PageKind::is_of_documents`].
    pub pages: Arc<[OnceLock<KindPages>]>,
    /// The changes of commits, which do not depend on the present texts of documents and take long to
    /// determine.
    pub revised: AllRevised,
    /// The changes of the newest commits, and whom they concern.
    pub latest: Arc<OnceLock<Box<Latest>>>,
}

impl Order {
    pub(super) fn of(handbook: &Handbook, vocabulary: &Vocabulary, kinds: &[PageKind]) -> Self {
        let (sections, owns) = sections::gather(handbook);
        let paths = handbook.documents.iter().zip(owns);
        let paths = paths.map(|(entry, own)| page_path(&entry.document.path, own)).collect();
        let mut places = vec![0; handbook.documents.len()];
        for section in &sections {
            for (place, index) in section.documents.iter().enumerate() {
                places[index.0 as usize] = place;
            }
        }
        let files = handbook.files.iter().map(file_path).collect();
        let language = &handbook.config.language;
        let named = handbook.entries().filter_map(|(_, entry)| entry.document.front.lang.as_ref());
        let named: BTreeSet<&String> = named.filter(|lang| *lang != language).collect();
        let words_in =
            |lang: &String| (lang.clone(), vocabulary.on_page(lang, language, &handbook.kinds));
        let other_words = Arc::new(named.into_iter().map(words_in).collect());
        let canvases = canvases(handbook, &sections);
        let top_pages = top_pages(handbook, &sections, &canvases);
        let pages = unknown_pages(kinds);
        let revised = revised::unknown(handbook);
        let latest = Arc::default();
        Self {
            other_words,
            paths,
            files,
            sections,
            places,
            canvases,
            top_pages,
            pages,
            revised,
            latest,
        }
    }
}

/// The order of a handbook that was resolved again, from that of `before`.
pub(super) fn again(
    order: &Arc<Order>,
    before: &Handbook,
    now: &Handbook,
    vocabulary: &Vocabulary,
    kinds: &[PageKind],
) -> Arc<Order> {
    let anew = || Arc::new(Order::of(now, vocabulary, kinds));
    if !now.is_again_of(before) {
        return anew();
    }
    let mut moved = Vec::new();
    for index in now.others_than(before) {
        let (old, new) = (&before.entry(index).document, &now.entry(index).document);
        let is_canvas = |document: &Document| document.canvas.is_some();
        let aliases = |document: &Document| document.front.aliases.clone();
        if old.front.lang != new.front.lang
            || is_canvas(old) != is_canvas(new)
            || aliases(old) != aliases(new)
        {
            return anew();
        }
        if old.title != new.title || old.front.weight != new.front.weight {
            moved.push(index);
        }
    }
    match moved.is_empty() {
        true => Arc::clone(order),
        false => Arc::new(order.with_moved(now, &moved)),
    }
}

impl Order {
    /// The order after these documents got other titles or weights.
    fn with_moved(&self, handbook: &Handbook, moved: &[DocumentIndex]) -> Self {
        let mut order = self.clone();
        let sections = &mut order.sections;
        let mut touched = BTreeSet::new();
        for index in moved {
            let document = &handbook.entry(*index).document;
            let folder = below(document.path.folder(), CONTENT);
            let place = sections.binary_search_by(|section| section.folder.as_str().cmp(folder));
            let Ok(at) = place else { continue };
            if sections[at].own_page == Some(*index) {
                sections[at].title.clone_from(&document.title);
            }
            touched.insert(at);
        }
        for at in touched {
            sections[at].sort(handbook);
            for (place, index) in sections[at].documents.iter().enumerate() {
                order.places[index.0 as usize] = place;
            }
        }
        sections::place_subsections(sections, handbook);
        order.canvases = canvases(handbook, sections);
        order.top_pages = top_pages(handbook, sections, &order.canvases);
        order
    }
}

fn is_canvas(entry: &Entry) -> bool {
    entry.document.canvas.is_some()
}

/// All canvases, section by section from the top.
fn canvases(handbook: &Handbook, sections: &[Section]) -> Vec<(SectionIndex, DocumentIndex)> {
    let mut canvases = Vec::new();
    let mut open = vec![SectionIndex(0)];
    while let Some(index) = open.pop() {
        let section = &sections[index.0 as usize];
        let documents = section.own_page.iter().chain(&section.documents);
        let of_section = documents.filter(|document| is_canvas(handbook.entry(**document)));
        canvases.extend(of_section.map(|document| (index, *document)));
        open.extend(section.subsections.iter().rev());
    }
    canvases
}

/// Ordinary pages at the root and own pages of folders without canvases, in order.
fn top_pages(
    handbook: &Handbook,
    sections: &[Section],
    canvases: &[(SectionIndex, DocumentIndex)],
) -> Vec<DocumentIndex> {
    let section = |index: SectionIndex| &sections[index.0 as usize];
    let with_canvases: HashSet<&str> = canvases
        .iter()
        .map(|(index, _)| section(*index).folder.as_str())
        .map(|folder| folder.split('/').next().unwrap_or(folder))
        .collect();
    let root = section(SectionIndex(0));
    let below = root.subsections.iter().map(|index| section(*index));
    let own = below.filter(|section| !with_canvases.contains(section.folder.as_str()));
    let mut pages: Vec<DocumentIndex> = own.filter_map(|section| section.own_page).collect();
    pages.extend(&root.documents);
    pages.retain(|index| !is_canvas(handbook.entry(*index)));
    pages.sort_by_key(|index| sections::order(handbook.entry(*index)));
    pages.truncate(MOST_NAVIGATION_PAGES);
    pages
}
