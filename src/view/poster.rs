//! The common parts of the poster of a canvas and the empty form of a kind. Templates print both in the same way.

use serde::Serialize;

use super::entries::PosterGroup;
use super::grid::{self, Step};
use super::words::Words;
use super::{LanguageView, areas, axes};
use crate::kind::{Area, Attribution, BlockIndex, Kind, Role};
use crate::language;

/// A block on the poster.
#[derive(Clone, Debug, Default, PartialEq, Hash, Serialize)]
pub struct PosterBlockView {
    /// The `div`s that start before the block: a `band` of columns, a `grid` of places, a `column`; and those with
    /// the labels of a matrix's columns and rows, for the eye only.
    pub start_html: String,
    /// The ends of `div`s after the block.
    pub end_html: String,
    /// `key-activities`; the target of its heading's anchor.
    pub id: String,
    /// The class that has its sign: the id of a block of the classic canvases; for any other one with `is-`
    /// before it, so that no other style applies.
    pub class: String,
    /// The labels of a matrix's columns and rows for it: `Internal · Helpful`; empty for any other
    /// poster.
    pub place: String,
    /// The label in the canvas, else in its language.
    pub label: String,
    /// One or two words for the phone's map, in the canvas's language; long ones with soft hyphens.
    pub short: String,
    /// The anchor of the block in full, if the page has it.
    pub anchor: Option<String>,
    /// The class that has its colour.
    pub area: String,
    /// Whether the elements of the block are numbered.
    pub is_offer: bool,
    /// How many elements it has.
    pub count: usize,
    /// Its elements: a list for each department or group, whose title is an `h4` above it; may be
    /// empty.
    pub elements_html: String,
    /// The elements after the first few, in the same form, on a poster that has too many for any
    /// sheet.
    pub folded_html: String,
    /// The groups that `elements_html` was written from.
    #[serde(skip)]
    pub groups: Vec<PosterGroup>,
}

/// An area in the legend.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct AreaView {
    /// The class that has its colour.
    pub class: String,
    /// Its label.
    pub label: String,
    /// The language of the label, if it is not the page's.
    pub language: Option<LanguageView>,
}

/// The author and licence of a kind of canvas.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct AttributionView {
    /// `Business Model Canvas`.
    pub kind: String,
    /// `Strategyzer`.
    pub author: String,
    /// The author's page.
    pub url: String,
    /// `CC BY-SA 3.0`.
    pub license: String,
    /// The licence's page; may be empty, as may be everything but the author.
    pub license_url: String,
    /// How it differs from the author's form, as a sentence in English; may be empty.
    pub changes: String,
    /// All of it as a text in the page's language, with links.
    pub html: String,
}

impl PosterBlockView {
    /// Makes a block without content.
    pub(super) fn new(kind: &Kind, index: BlockIndex) -> Self {
        let block = kind.block_kind(index);
        Self {
            id: block.id.clone(),
            class: grid::block_class(block),
            area: areas::class(kind, index),
            is_offer: block.role == Some(Role::Offer),
            ..Self::default()
        }
    }
}

/// The blocks of a poster in the order of their markup, with the markup around each.
pub(super) fn in_places(
    kind: &Kind,
    language: &str,
    mut block: impl FnMut(BlockIndex) -> PosterBlockView,
) -> Vec<PosterBlockView> {
    let mut blocks: Vec<PosterBlockView> = Vec::new();
    let mut start_html = String::new();
    for step in grid::steps(kind) {
        match (step, blocks.last_mut()) {
            (Step::Block(index), _) => {
                let start_html = std::mem::take(&mut start_html);
                let place = axes::place(kind, index, language);
                blocks.push(PosterBlockView { start_html, place, ..block(index) });
            }
            // A part that ends before the next block starts belongs to the last one.
            (Step::End, Some(last)) if start_html.is_empty() => last.end_html.push_str("</div>"),
            (step, _) => grid::push(&mut start_html, step, kind, language),
        }
    }
    blocks
}

/// The legend of a kind's poster: its areas, if there are several, in the language of a page, else in that of
/// the handbook.
pub(super) fn legend(kind: &Kind, language: &str, handbook: &str) -> Vec<AreaView> {
    let area = |area: &Area| {
        let own = area.label_in(language);
        let is_known = language::is_same(own.1, language);
        let (label, lang) = if is_known { own } else { area.label_in(handbook) };
        AreaView {
            class: areas::class_of(kind, area),
            label: label.to_owned(),
            language: LanguageView::unless(lang, language),
        }
    };
    let areas = kind.areas.iter().map(area);
    if kind.areas.len() > 1 { areas.collect() } else { Vec::new() }
}

/// The author and licence of a kind.
pub(super) fn attribution(kind: &Kind, words: &Words) -> Option<AttributionView> {
    let Attribution { author, url, license, license_url, changes } = kind.attribution.as_ref()?;
    Some(AttributionView {
        html: grid::attribution(kind, words)?,
        kind: kind.title.clone(),
        author: author.clone(),
        url: url.clone(),
        license: license.clone(),
        license_url: license_url.clone(),
        changes: changes.clone(),
    })
}
