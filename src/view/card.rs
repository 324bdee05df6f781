//! Canvases as cards with miniature posters, as lists of canvases show them.

use serde::Serialize;

use super::edition::Edition;
use super::url::SitePath;
use super::{LanguageView, LinkView};
use crate::handbook::DocumentIndex;
use crate::kind::Area;

/// A canvas as a card.
#[derive(Clone, Debug, PartialEq, Serialize)]
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
    /// Its tags.
    pub tags: Vec<LinkView>,
    /// The language of title and summary, where it is not the page's.
    pub language: Option<LanguageView>,
    /// What sort of canvas it is: `Business Model Canvas`.
    pub kind: String,
    /// How many elements it has.
    pub element_count: usize,
    /// The miniature poster: columns from left to right, blocks from top to bottom.
    pub columns: Vec<Vec<MiniatureBlockView>>,
    /// The miniature poster's bottom row.
    pub bottom: Vec<MiniatureBlockView>,
}

/// A block of a miniature poster.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MiniatureBlockView {
    /// Decides the colour.
    pub area: Area,
    /// How many elements it has, capped at 6: the lines to draw.
    pub lines: usize,
}

/// So many cards stand on one page of a list.
pub(super) const CARDS_PER_PAGE: usize = 60;
/// A miniature block draws so many lines at the most.
const MOST_LINES: usize = 6;

/// A canvas as a card, seen from a page in a language.
pub(super) fn card(
    edition: &Edition,
    path: &SitePath,
    index: DocumentIndex,
    page_lang: &str,
) -> CanvasCardView {
    let document = &edition.entry(index).document;
    let front = &document.front;
    let (mut columns, mut element_count, mut kind) = (Vec::new(), 0, String::new());
    if let Some(canvas) = &document.canvas {
        element_count = canvas.elements.len();
        kind.clone_from(&canvas.kind.title);
        let lines = |id: &str| {
            let block = canvas.kind.block(id)?;
            let count = canvas.elements.iter().filter(|element| element.block == block).count();
            let area = canvas.kind.block_kind(block).area;
            Some(MiniatureBlockView { area, lines: count.min(MOST_LINES) })
        };
        let column = |ids: &Vec<String>| ids.iter().filter_map(|id| lines(id)).collect();
        columns = canvas.kind.poster.iter().map(column).collect();
    }
    let bottom = columns.pop().unwrap_or_default();
    CanvasCardView {
        title: document.title.clone(),
        url: path.link(edition.path(index), None),
        summary: front.summary.clone().unwrap_or_default(),
        stage: front.stage.map_or_else(String::new, |stage| stage.id().to_owned()),
        owner: front.owner.clone().unwrap_or_default(),
        tags: front.tags.iter().map(|tag| edition.tag(path, tag)).collect(),
        language: edition.foreign(index, page_lang),
        kind,
        element_count,
        columns,
        bottom,
    }
}

/// How many pages a list of so many canvases fills; at least one.
pub(super) fn pages(canvases: usize) -> usize {
    canvases.div_ceil(CARDS_PER_PAGE).max(1)
}
