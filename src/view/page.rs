//! An ordinary Markdown page. Templates see it as `page`.

use serde::Serialize;

use super::canvas::without;
use super::edition::{CONTENT, Edition, below};
use super::layout::{ContentsView, LayoutView};
use super::markup::Markup;
use super::url::SitePath;
use super::{BacklinksView, EntryView};
use crate::handbook::DocumentIndex;

/// An ordinary page.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PageView {
    /// Its title.
    pub title: String,
    /// One sentence; may be empty.
    pub summary: String,
    /// Its text.
    pub html: String,
    /// For a folder's own page: what is in the folder, in order; capped.
    pub entries: Vec<EntryView>,
    /// How many entries are not listed.
    pub more_entries: usize,
    /// Who refers to it.
    pub backlinks: BacklinksView,
    /// The front matter's `extra`, for templates of one's own; null where absent.
    pub extra: Option<Box<serde_json::Value>>,
}

/// So many entries of its folder a folder's own page lists.
const MOST_ENTRIES: usize = 200;
/// Headings down to this level stand in a page's contents.
const DEEPEST_CONTENTS: u8 = 3;

/// An ordinary document's page.
pub fn view(edition: &Edition, index: DocumentIndex) -> (LayoutView, PageView) {
    let path = edition.path(index);
    let document = &edition.entry(index).document;
    let text = text(edition, path, index);
    let folder = below(document.path.folder(), CONTENT);
    let mut listed = Vec::new();
    if edition.own_page(folder) == Some(index) && !folder.is_empty() {
        listed.extend(entries(edition, path, folder).into_iter().map(|(_, entry)| entry));
    }
    let more_entries = listed.len().saturating_sub(MOST_ENTRIES);
    listed.truncate(MOST_ENTRIES);
    let view = PageView {
        title: document.title.clone(),
        summary: document.front.summary.clone().unwrap_or_default(),
        html: text.html,
        entries: listed,
        more_entries,
        backlinks: backlinks(edition, path, index),
        extra: document.front.extra.clone(),
    };
    (edition.layout(path, edition.about_document(index), text.contents), view)
}

/// The text of an ordinary document.
#[derive(Default)]
pub(super) struct Text {
    pub html: String,
    pub contents: Vec<ContentsView>,
}

/// Renders an ordinary document for the page at `path`.
pub(super) fn text(edition: &Edition, path: &SitePath, index: DocumentIndex) -> Text {
    let document = &*edition.entry(index).document;
    let mut markup = Markup::new(document);
    let links = |link: usize| edition.destination(path, index, link);
    let mut html = String::new();
    for span in without(document.body, document.title_heading) {
        html.push_str(&markup.blocks(span, &links));
    }
    html.push_str(&markup.footnotes(edition.words.get("back_to_reference"), &links));
    let headings = document.headings.iter().filter(|heading| heading.level <= DEEPEST_CONTENTS);
    let contents = headings.map(|heading| ContentsView {
        title: heading.title.clone(),
        id: heading.id.clone(),
        level: heading.level.max(2),
    });
    Text { html, contents: contents.collect() }
}

/// Who refers to a document from another page.
pub(super) fn backlinks(edition: &Edition, path: &SitePath, index: DocumentIndex) -> BacklinksView {
    let references = edition.handbook.backlinks(index);
    edition.backlinks(path, references.filter(|r| r.from.document != index), true)
}

/// What stands in a folder: its documents, then its sub-folders' own pages; each with whether it
/// is a canvas.
pub(super) fn entries(edition: &Edition, path: &SitePath, folder: &str) -> Vec<(bool, EntryView)> {
    let own = edition.subfolders(folder).filter_map(|folder| edition.own_page(folder));
    let documents = edition.folder(folder).iter().copied().chain(own);
    documents
        .map(|index| {
            let document = &edition.entry(index).document;
            let entry = EntryView {
                title: document.title.clone(),
                url: path.link(edition.path(index), None),
                note: document.front.summary.clone().unwrap_or_default(),
                count: None,
            };
            (document.canvas.is_some(), entry)
        })
        .collect()
}
