//! The further page of a canvas: what does not fit together, what its activities serve, and what would
//! happen without one of its elements. Templates see it as `analysis`.

mod coverage;
pub mod csv;
mod drawing;
mod threads;

use serde::Serialize;

use super::edition::{About, At, CANVASES, Content, Edition, Filled, PageKind, theme_file};
use super::gap::Gap;
use super::layout::{ContentsView, LayoutView};
use super::links::LinksHtml;
use super::table::{self, Heading, Row};
use super::url::SitePath;
use super::words::Words;
use super::{LinkView, escape};
use crate::canvas::Canvas;
use crate::check::{GapKey, gaps};
use crate::handbook::{DocumentIndex, Entry, Neighbours};

/// The further pages of canvases.
pub const PAGE: PageKind = PageKind {
    id: "analysis",
    is_of_documents: true,
    pages: |edition| {
        let canvases = edition.handbook.canvases();
        canvases.map(|(index, ..)| (path(edition, index), At::item(index.0))).collect()
    },
    content: Content::Page {
        template: theme_file!(
            "templates/analysis.html",
            "The further page of a canvas: its gaps, its coverage, its threads."
        ),
        view: |edition, at| {
            let view = view(edition, DocumentIndex(at.item));
            Filled::new(view.expect("`pages` lists canvases only"))
        },
    },
    source: |edition, at| Some(edition.source(DocumentIndex(at.item))),
    navigation: |_| Vec::new(),
    is_visited: true,
};

/// The path of the further page of a canvas.
pub(super) fn path(edition: &Edition, index: DocumentIndex) -> SitePath {
    edition.path(index).beside("analysis.html")
}

/// The analysis of a canvas.
#[derive(Clone, Debug, Default, PartialEq, Hash, Serialize)]
pub struct AnalysisView {
    /// The canvas's title.
    pub title: String,
    /// The canvas's page.
    pub canvas_url: String,
    /// The gaps, then those that were left on purpose, as a table; may be empty.
    pub gaps_html: String,
    /// Whether no gap is open, or every open one was left on purpose.
    pub is_coherent: bool,
    /// Whether the kind of canvas has activities, which may serve something.
    pub has_coverage: bool,
    /// What each activity serves, by department, as a table whose rows with a hole have the class `hole`; empty
    /// for a canvas without activities.
    pub coverage_html: String,
    /// Whether the table has a hole.
    pub has_holes: bool,
    /// The address of the table for spreadsheets; absent if the configuration asks for none.
    pub coverage_csv_url: Option<String>,
    /// All elements and their relations as an SVG; empty if nothing is related or there is too much of it.
    pub drawing_html: String,
    /// What each element needs and what would happen to others without it, as a section for each on which any
    /// other depends; empty if there is none.
    pub threads_html: String,
    /// How many such elements are not listed.
    pub more_threads: usize,
}

/// The values that the parts of the page are made of.
struct Analysis<'e> {
    edition: &'e Edition,
    index: DocumentIndex,
    entry: &'e Entry,
    canvas: &'e Canvas,
    path: SitePath,
    /// The canvas's page, written as an attribute's value.
    canvas_url: String,
    words: &'e Words,
    neighbours: Neighbours,
}

/// The further page of a canvas; `None` for an ordinary document.
pub fn view(edition: &Edition, index: DocumentIndex) -> Option<(LayoutView, AnalysisView)> {
    let analysis = Analysis::new(edition, index)?;
    let Analysis { entry, canvas, path, .. } = &analysis;
    let canvas_url = path.link(edition.path(index), None);
    let (coverage_html, has_holes) = analysis.coverage();
    let (threads_html, more_threads) = analysis.threads();
    let view = AnalysisView {
        title: entry.document.title.clone(),
        canvas_url,
        gaps_html: analysis.gaps(),
        is_coherent: edition.findings.gaps(index).open == 0,
        has_coverage: canvas.kind.departments_block().is_some(),
        has_holes,
        coverage_csv_url: csv::link(edition, index, path).filter(|_| !coverage_html.is_empty()),
        coverage_html,
        drawing_html: analysis.drawing(),
        threads_html,
        more_threads,
    };
    let layout = analysis.layout(&view);
    Some((layout, view))
}

impl<'e> Analysis<'e> {
    /// The analysis of a document; `None` if it is not a canvas.
    fn new(edition: &'e Edition, index: DocumentIndex) -> Option<Self> {
        let entry = edition.entry(index);
        let canvas = entry.document.canvas.as_ref()?;
        let path = path(edition, index);
        Some(Self {
            edition,
            index,
            entry,
            canvas,
            canvas_url: table::attribute(&path.link(edition.path(index), None)),
            words: edition.words_of(index),
            neighbours: Neighbours::new(entry),
            path,
        })
    }
}

impl Analysis<'_> {
    fn layout(&self, view: &AnalysisView) -> LayoutView {
        let Self { edition, index, words, .. } = self;
        let document = edition.about_document(*index);
        let mut breadcrumbs = document.breadcrumbs;
        breadcrumbs
            .push(LinkView { title: view.title.clone(), url: Some(view.canvas_url.clone()) });
        let sections = [
            (true, "gaps", "_gaps"),
            (view.has_coverage, "coverage", "_coverage"),
            (true, "threads_all", "_threads"),
        ];
        let sections = sections.into_iter().filter(|(is_there, ..)| *is_there);
        let contents = sections.map(|(_, key, id)| ContentsView {
            title: words.owned(key),
            id: id.to_owned(),
            level: 2,
        });
        let about = About {
            title: words.get("analysis_of").replace("{title}", &view.title),
            description: words.owned("analysis_lede"),
            lang: document.lang,
            is_draft: document.is_draft,
            breadcrumbs,
            section: Some(CANVASES),
            edit_url: document.edit_url,
            ..About::default()
        };
        edition.layout(&self.path, about, contents.collect())
    }

    /// The gaps, then those that were left on purpose.
    fn gaps(&self) -> String {
        let (edition, words, document) = (self.edition, self.words, self.index);
        let counts = edition.findings.gaps(document);
        if counts.open + counts.waived == 0 {
            return String::new();
        }
        let found = (0u32..).zip(edition.findings.of(document));
        let mut found: Vec<_> = found.filter(|(_, found)| found.is_coherence).collect();
        found.sort_by_key(|(_, found)| found.waived.is_some());
        let rows = found.into_iter().map(|(finding, found)| {
            let gap = Gap::new(edition, &self.path, words, GapKey { document, finding });
            let owner = gaps::owner(self.entry, found);
            let owner = owner.map(|owner| edition.owner(&self.path, owner));
            let owner: LinksHtml = owner.into_iter().collect();
            let mut reason = String::new();
            escape::text(&mut reason, gap.reason);
            Row {
                title: gap.title.into(),
                url: gap.url,
                cells: vec![
                    gap.phrase_html,
                    owner.as_str().to_owned(),
                    gap.level.to_owned(),
                    reason,
                ],
                ..Row::default()
            }
        });
        let headings = ["element", "missing", "owner", "level", "reason"];
        let headings = headings.map(|key| Heading {
            is_repeated: matches!(key, "owner" | "reason"),
            ..words.get(key).into()
        });
        table::tables("list", &headings, &[rows.collect()], words).concat()
    }

    /// Appends the title of an element, with a link to it.
    fn push_link(&self, html: &mut String, element: u32) {
        let title = Edition::element_title(&self.entry.document, element);
        html.push_str("<a href=\"");
        html.push_str(&self.canvas_url);
        super::links::push_url(html, "", self.entry.elements.at(element).id);
        html.push_str("\">");
        escape::text(html, &title);
        html.push_str("</a>");
    }

    /// Appends the names of elements with commas between them; if there are many, the first of them and the
    /// number of the others.
    fn push_names(&self, html: &mut String, elements: impl ExactSizeIterator<Item = u32>) {
        /// Readers who want all can ask for the thread of one element.
        const MOST: usize = 40;
        let more = elements.len().saturating_sub(MOST);
        for (at, element) in elements.take(MOST).enumerate() {
            if at > 0 {
                html.push_str(", ");
            }
            escape::text(html, &Edition::element_title(&self.entry.document, element));
        }
        if more > 0 {
            html.push_str(&format!(", +{more}"));
        }
    }

    /// The attribute that names the language of the interface words, if that is not the page's.
    fn words_language(&self) -> String {
        let mut html = String::new();
        if let Some(lang) = self.words.foreign() {
            html.push_str(" lang=\"");
            escape::attribute(&mut html, lang);
            html.push('"');
        }
        html
    }
}
