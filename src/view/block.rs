//! The page of a building block: its elements in every canvas. Templates see it as `block`.

use serde::Serialize;

use super::activity::{self, CanvasElementsView, ELEMENTS_PER_PAGE, Says};
use super::edition::{Edition, Index, on_page, paging};
use super::layout::LayoutView;
use super::shown::Shown;
use super::{LanguageView, PagingView};
use crate::kind::{Area, labels};

/// A block's page, or a further page of its list.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BlockPageView {
    /// Its id: `key-activities`.
    pub id: String,
    /// Its label.
    pub title: String,
    /// Decides the colour.
    pub area: Area,
    /// What to ask to fill it.
    pub prompt: String,
    /// The language of the question, where it is not the page's.
    pub prompt_language: Option<LanguageView>,
    /// How many elements it has in all canvases.
    pub count: usize,
    /// In how many canvases it has any.
    pub canvas_count: usize,
    /// The elements of this page, by canvas.
    pub canvases: Vec<CanvasElementsView>,
    /// Present where they fill more than one page.
    pub paging: Option<PagingView>,
}

/// How many pages a block's elements fill.
pub fn pages(edition: &Edition, block: usize) -> usize {
    edition.handbook.lists.blocks[block].elements.len().div_ceil(ELEMENTS_PER_PAGE).max(1)
}

/// What a page of a block shows.
pub(super) fn shown(edition: &Edition, block: usize, number: usize) -> Shown<'_> {
    let list = &edition.handbook.lists.blocks[block];
    Shown {
        counts: [list.elements.len(), list.canvases, 0],
        elements: [on_page(&list.elements, number, ELEMENTS_PER_PAGE), &[]],
        ..Shown::default()
    }
}

/// A page of a block, from 1; `block` is its place among [`crate::handbook::Lists::blocks`].
pub fn view(edition: &Edition, block: usize, number: usize) -> (LayoutView, BlockPageView) {
    let list = &edition.handbook.lists.blocks[block];
    let kind = list.kind.block_kind(list.index);
    let path = Edition::block_path(list, number);
    let [shown, _] = shown(edition, block, number).elements;
    // What they relate to is on each canvas; here they are compared.
    let says = Says { relations: true, ..Says::default() };
    let canvases = activity::by_canvas(edition, &path, shown, &says);
    let contents = activity::contents(&canvases);
    let language = &edition.handbook.config.language;
    let (prompt, prompt_language) = kind.prompt_in(language);
    let view = BlockPageView {
        id: kind.id.clone(),
        title: labels::label(&list.kind, list.index, language).to_owned(),
        area: kind.area,
        prompt: prompt.to_owned(),
        prompt_language: LanguageView::unless(prompt_language, language),
        count: list.elements.len(),
        canvas_count: list.canvases,
        canvases,
        paging: paging(&path, number, pages(edition, block), |n| Edition::block_path(list, n)),
    };
    let description = view.prompt.clone();
    let about = edition.about_listed(&path, Index::Blocks, view.title.clone(), description);
    (edition.layout(&path, about, contents), view)
}
