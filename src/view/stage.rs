//! The page of a stage: the canvases that are at it. Templates see it as `stage`.

use serde::Serialize;

use super::PagingView;
use super::card::{self, CARDS_PER_PAGE, CanvasCardView};
use super::edition::{Edition, Index, on_page, paging};
use super::layout::LayoutView;
use super::shown::Shown;
use crate::handbook::DocumentIndex;
use crate::terms::Stage;

/// A stage's page, or a further page of its list.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StageView {
    /// The stage's name.
    pub title: String,
    /// `explore`, `transfer` or `exploit`; the key of the interface word for it.
    pub portfolio: String,
    /// What is done at this stage.
    pub explanation: String,
    /// How many canvases are at it.
    pub count: usize,
    /// The canvases of this page.
    pub canvases: Vec<CanvasCardView>,
    /// Present where they fill more than one page.
    pub paging: Option<PagingView>,
}

fn canvases(edition: &Edition, stage: Stage) -> &[DocumentIndex] {
    edition.handbook.lists.stages.get(&stage).map_or(&[], Vec::as_slice)
}

/// How many pages a stage's canvases fill.
pub fn pages(edition: &Edition, stage: Stage) -> usize {
    card::pages(canvases(edition, stage).len())
}

/// The key of the word that explains a stage.
pub(super) fn explanation(stage: Stage) -> String {
    format!("stage_{}_covers", stage.id())
}

/// What a page of a stage shows.
pub(super) fn shown(edition: &Edition, stage: Stage, number: usize) -> Shown<'_> {
    let canvases = canvases(edition, stage);
    Shown {
        counts: [canvases.len(), 0, 0],
        documents: on_page(canvases, number, CARDS_PER_PAGE),
        ..Shown::default()
    }
}

/// A page of a stage, from 1.
pub fn view(edition: &Edition, stage: Stage, number: usize) -> (LayoutView, StageView) {
    let path = Edition::stage_path(stage, number);
    let Shown { counts: [count, ..], documents, .. } = shown(edition, stage, number);
    let lang = &edition.handbook.config.language;
    let view = StageView {
        title: edition.words.stage(stage),
        portfolio: stage.portfolio().to_owned(),
        explanation: edition.words.owned(&explanation(stage)),
        count,
        canvases: card::cards(edition, &path, documents, lang),
        paging: paging(&path, number, pages(edition, stage), |number| {
            Edition::stage_path(stage, number)
        }),
    };
    let description = view.explanation.clone();
    let about = edition.about_listed(&path, Index::Stages, view.title.clone(), description);
    (edition.layout(&path, about, Vec::new()), view)
}
