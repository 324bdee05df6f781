//! An ordinary Markdown page, and the page of a section. Templates see both as `page`.

use serde::Serialize;

use super::edition::{
    About, At, CANVASES, CONTENT, Content, Edition, Filled, NavigationEntry, NavigationTitle,
    PageKind, Section, SectionIndex, ThemeFile, theme_file,
};
use super::folder;
use super::layout::{ContentsView, LayoutView};
use super::markup::{Markup, without};
use super::table::{self, MOST_SENTENCES, ROWS_PER_PAGE, SaysOfCanvases};
use super::url::SitePath;
use super::{BacklinksView, EntryView};
use crate::handbook::DocumentIndex;
use crate::source::{Location, SourcePath, Span};

const TEMPLATE: ThemeFile =
    theme_file!("templates/page.html", "An ordinary written page, and the page of a section.");

/// The pages of documents that are not canvases, except the home page.
pub const PAGE: PageKind = PageKind {
    id: "page",
    pages: |edition| {
        let documents = edition.handbook.entries().map(|(index, _)| index);
        let pages = documents
            .filter(|index| !edition.is_canvas(*index) && Some(*index) != edition.home_document());
        pages.map(|index| (edition.path(index).clone(), At::item(index.0))).collect()
    },
    is_of_documents: true,
    content: Content::Page {
        template: TEMPLATE,
        view: |edition, at| Filled::new(view(edition, DocumentIndex(at.item))),
    },
    source: |edition, at| Some(edition.source(DocumentIndex(at.item))),
    navigation: |edition| {
        let entry = |index: &DocumentIndex| NavigationEntry {
            title: NavigationTitle::Document(*index),
            path: edition.path(*index).clone(),
            anchor: None,
            is_main: true,
        };
        edition.top_pages().iter().map(entry).collect()
    },
    is_visited: true,
};

/// The pages of sections without a document of their own.
pub const SECTION: PageKind = PageKind {
    id: "section",
    pages: |edition| {
        // If the home page is a canvas, the list of canvases is the page of their folder as well.
        let list = edition.list_path(1);
        let made =
            edition.sections().filter(|(_, section)| section.is_made && section.path != list);
        made.map(|(index, section)| (section.path.clone(), At::item(index.0))).collect()
    },
    is_of_documents: true,
    content: Content::Page {
        template: TEMPLATE,
        view: |edition, at| Filled::new(section_view(edition, SectionIndex(at.item))),
    },
    source: |edition, at| {
        let folder = &edition.section(SectionIndex(at.item)).folder;
        let folder = SourcePath::new(format!("{CONTENT}/{folder}"));
        Some(Location::new(&folder, Span::default()))
    },
    navigation: |_| Vec::new(),
    is_visited: true,
};

/// An ordinary page, or the page of a section.
#[derive(Clone, Debug, Default, PartialEq, Hash, Serialize)]
pub struct PageView {
    /// Its title.
    pub title: String,
    /// One sentence; may be empty.
    pub summary: String,
    /// Its text.
    pub html: String,
    /// For a section's own page: its canvases in order, as a table; capped. May be empty.
    pub canvases_html: String,
    /// How many canvases are not shown.
    pub more_canvases: usize,
    /// For a section's own page: its other pages, then the sections below it, in order; capped.
    pub entries: Vec<EntryView>,
    /// How many entries are not listed.
    pub more_entries: usize,
    /// The references to it.
    pub backlinks: BacklinksView,
    /// The front matter's `extra`, for templates of one's own; null if absent.
    pub extra: Option<Box<serde_json::Value>>,
}

/// Headings down to this level are in a page's contents.
const DEEPEST_CONTENTS: u8 = 3;

/// An ordinary document's page.
pub fn view(edition: &Edition, index: DocumentIndex) -> (LayoutView, PageView) {
    let path = edition.path(index);
    let document = &edition.entry(index).document;
    let text = text(edition, path, index);
    let section = edition.section_of(index);
    let is_own = section.own_page == Some(index) && !section.folder.is_empty();
    let view = PageView {
        title: document.title.clone(),
        summary: document.front.summary.clone().unwrap_or_default(),
        html: text.html,
        backlinks: backlinks(edition, path, index),
        extra: document.front.extra.clone(),
        ..if is_own { listing(edition, path, section) } else { PageView::default() }
    };
    (edition.layout(path, edition.about_document(index), text.contents), view)
}

/// The generated page of a section without a document of its own.
pub fn section_view(edition: &Edition, index: SectionIndex) -> (LayoutView, PageView) {
    let section = edition.section(index);
    let view =
        PageView { title: section.title.clone(), ..listing(edition, &section.path, section) };
    let about = About {
        title: section.title.clone(),
        breadcrumbs: edition.breadcrumbs(&section.path, section, true, &edition.words),
        section: (!view.canvases_html.is_empty()).then_some(CANVASES),
        ..About::default()
    };
    (edition.layout(&section.path, about, Vec::new()), view)
}

/// The content of a section.
fn listing(edition: &Edition, path: &SitePath, section: &Section) -> PageView {
    let (canvases, pages): (Vec<_>, Vec<_>) =
        section.documents.iter().partition(|index| edition.is_canvas(**index));
    let lang = match section.own_page {
        Some(index) => edition.language(index),
        None => &edition.handbook.config.language,
    };
    let (entries, more_entries) = folder::entries(edition, path, section, &pages, lang);
    let shown = &canvases[..canvases.len().min(ROWS_PER_PAGE)];
    let has_sentences = canvases.len() <= MOST_SENTENCES;
    let says = SaysOfCanvases::default();
    PageView {
        canvases_html: table::canvases(edition, path, &[(None, shown)], says, has_sentences, lang),
        more_canvases: canvases.len().saturating_sub(ROWS_PER_PAGE),
        entries,
        more_entries,
        ..PageView::default()
    }
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
    let mut markup = Markup::new(document).with_words(edition.words_of(index));
    let links = |link: usize| edition.destination(path, index, link);
    let mut html = String::new();
    for span in without(document.body, document.title_heading) {
        html.push_str(&markup.blocks(span, &links));
    }
    html.push_str(&markup.footnotes(edition.words_of(index).get("back_to_reference"), &links));
    let headings = document.headings.iter().filter(|heading| heading.level <= DEEPEST_CONTENTS);
    let contents = headings.map(|heading| ContentsView {
        title: heading.title.clone(),
        id: heading.id.clone(),
        level: heading.level.max(2),
    });
    Text { html, contents: contents.collect() }
}

/// The references to a document from other pages.
pub(super) fn backlinks(edition: &Edition, path: &SitePath, index: DocumentIndex) -> BacklinksView {
    let references = edition.handbook.backlinks(index);
    edition.backlinks(path, references.iter().filter(|r| r.from.document != index), true)
}
