//! Canvases as cards with miniature posters, and documents and sections as entries of lists.

use std::collections::HashMap;
use std::fmt::Write as _;

use serde::Serialize;

use super::edition::{Edition, Section};
use super::grid::{self, Step};
use super::url::SitePath;
use super::{EntryView, LanguageView, LinkView};
use crate::canvas::Canvas;
use crate::handbook::DocumentIndex;

/// A canvas as a card.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct CanvasCardView {
    /// Its title.
    pub title: String,
    /// Its page.
    pub url: String,
    /// One sentence; may be empty.
    pub summary: String,
    /// Its stage; may be empty.
    pub stage: String,
    /// Its owner; may be empty.
    pub owner: String,
    /// Its tags; capped.
    pub tags: Vec<LinkView>,
    /// How many tags are not listed.
    pub more_tags: usize,
    /// The language of title and summary, where it is not the page's.
    pub language: Option<LanguageView>,
    /// What sort of canvas it is: `Business Model Canvas`.
    pub kind: String,
    /// How many elements it has.
    pub element_count: usize,
    /// The same in words: `45 elements`.
    pub elements: String,
    /// The miniature poster: a `div` with a `div` for each band of columns, and in it one for each
    /// column. A block is an `i`, with its area and `l0` to `l6`, the lines to draw, as classes.
    pub miniature_html: String,
}

/// So many cards stand on one page of a list.
pub(super) const CARDS_PER_PAGE: usize = 60;
/// So many pages and sections a section's page lists.
const MOST_ENTRIES: usize = 200;
/// So many tags a card lists. Each tag has a page with the card, so that more would make as many pages of
/// as many tags.
const MOST_TAGS: usize = 12;
/// A miniature block draws so many lines at the most.
const MOST_LINES: usize = 6;

/// Canvases as cards, seen from a page in a language.
pub(super) fn cards<'i>(
    edition: &Edition,
    path: &SitePath,
    canvases: impl IntoIterator<Item = &'i DocumentIndex>,
    page_lang: &str,
) -> Vec<CanvasCardView> {
    let mut tags = HashMap::new();
    let canvases = canvases.into_iter();
    canvases.map(|index| card(edition, path, *index, page_lang, &mut tags)).collect()
}

/// A canvas as a card; `tags` are the links of a page's tags that are known already.
fn card<'e>(
    edition: &'e Edition,
    path: &SitePath,
    index: DocumentIndex,
    page_lang: &str,
    tags: &mut HashMap<&'e str, LinkView>,
) -> CanvasCardView {
    let document = &edition.entry(index).document;
    let front = &document.front;
    let canvas = document.canvas.as_ref();
    let link = |tag: &'e String| {
        tags.entry(tag.as_str()).or_insert_with(|| edition.tag(path, tag)).clone()
    };
    let element_count = canvas.map_or(0, |canvas| canvas.elements.len());
    CanvasCardView {
        title: document.title.clone(),
        url: path.link(edition.path(index), None),
        summary: front.summary.clone().unwrap_or_default(),
        stage: front.stage.map_or_else(String::new, |stage| stage.id().to_owned()),
        owner: front.owner.clone().unwrap_or_default(),
        tags: front.tags.iter().take(MOST_TAGS).map(link).collect(),
        more_tags: front.tags.len().saturating_sub(MOST_TAGS),
        language: edition.foreign(index, page_lang),
        kind: canvas.map_or_else(String::new, |canvas| canvas.kind.title.clone()),
        element_count,
        elements: edition.words_in(page_lang).counted("elements", element_count),
        miniature_html: canvas.map_or_else(String::new, miniature),
    }
}

/// The miniature poster of a canvas. A list of sixty would be slow if its template drew each block.
fn miniature(canvas: &Canvas) -> String {
    let mut lines = vec![0; canvas.kind.blocks.len()];
    for element in canvas.elements.iter() {
        lines[usize::from(element.block.0)] += 1;
    }
    let mut html = "<div class=\"miniature\" aria-hidden=\"true\">".to_owned();
    for step in grid::steps(&canvas.kind) {
        match step {
            Step::Start(div) => match div.own_class(&canvas.kind) {
                Some(class) => {
                    let _ = write!(html, "<div class=\"{class}\">");
                }
                None => html.push_str("<div>"),
            },
            Step::Block(block) => {
                let area = canvas.kind.block_kind(block).area.id();
                let lines = lines[usize::from(block.0)].min(MOST_LINES);
                let _ = write!(html, "<i class=\"{area} l{lines}\"></i>");
            }
            Step::End => html.push_str("</div>"),
        }
    }
    html.push_str("</div>");
    html
}

/// How many pages a list of so many canvases fills; at least one.
pub(super) fn pages(canvases: usize) -> usize {
    canvases.div_ceil(CARDS_PER_PAGE).max(1)
}

/// Documents of a section, then the sections below it, as entries of its page in a language; and how
/// many are not listed.
pub(super) fn entries(
    edition: &Edition,
    path: &SitePath,
    section: &Section,
    documents: &[DocumentIndex],
    lang: &str,
) -> (Vec<EntryView>, usize) {
    let more = (documents.len() + section.subsections.len()).saturating_sub(MOST_ENTRIES);
    let documents = documents.iter().map(|index| entry(edition, path, *index, lang));
    let entries = documents.chain(subsections(edition, path, section, lang));
    (entries.take(MOST_ENTRIES).collect(), more)
}

/// The sections right below one, as entries of a list on a page in a language.
pub(super) fn subsections<'e>(
    edition: &'e Edition,
    path: &'e SitePath,
    section: &'e Section,
    lang: &'e str,
) -> impl Iterator<Item = EntryView> {
    section.subsections.iter().map(move |index| {
        let section = edition.section(*index);
        let front = section.own_page.map(|index| &edition.entry(index).document.front);
        EntryView {
            title: section.title.clone(),
            url: path.link(&section.path, None),
            note: front.and_then(|front| front.summary.clone()).unwrap_or_default(),
            count: None,
            language: section.own_page.and_then(|index| edition.foreign(index, lang)),
        }
    })
}

/// A document as an entry of a list, seen from a page in a language.
pub(super) fn entry(
    edition: &Edition,
    path: &SitePath,
    index: DocumentIndex,
    lang: &str,
) -> EntryView {
    let document = &edition.entry(index).document;
    EntryView {
        title: document.title.clone(),
        url: path.link(edition.path(index), None),
        note: document.front.summary.clone().unwrap_or_default(),
        count: None,
        language: edition.foreign(index, lang),
    }
}
