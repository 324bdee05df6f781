//! The page of a tag: the canvases and pages that carry it. Templates see it as `tag`.

use serde::Serialize;

use super::card::{self, CARDS_PER_PAGE, CanvasCardView};
use super::edition::{Edition, Index, on_page, paging};
use super::layout::LayoutView;
use super::shown::Shown;
use super::{EntryView, PagingView};

/// A tag's page, or a further page of its list.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TagView {
    /// The tag as first written.
    pub title: String,
    /// How many canvases and pages carry it.
    pub count: usize,
    /// The canvases of this page.
    pub canvases: Vec<CanvasCardView>,
    /// The ordinary pages of this page.
    pub pages: Vec<EntryView>,
    /// Present where they fill more than one page.
    pub paging: Option<PagingView>,
}

/// How many pages a tag's documents fill.
pub fn pages(edition: &Edition, tag: usize) -> usize {
    card::pages(edition.handbook.lists.tags[tag].documents.len())
}

/// What a page of a tag shows.
pub(super) fn shown(edition: &Edition, tag: usize, number: usize) -> Shown<'_> {
    let list = &edition.handbook.lists.tags[tag];
    Shown {
        title: &list.title,
        counts: [list.documents.len(), 0, 0],
        documents: on_page(&list.documents, number, CARDS_PER_PAGE),
        ..Shown::default()
    }
}

/// A page of a tag, from 1; `tag` is its place among [`crate::handbook::Lists::tags`].
pub fn view(edition: &Edition, tag: usize, number: usize) -> (LayoutView, TagView) {
    let path = edition.tag_path(tag, number);
    let Shown { title, counts: [count, ..], documents, .. } = shown(edition, tag, number);
    let (canvases, others): (Vec<_>, Vec<_>) =
        documents.iter().partition(|index| edition.is_canvas(**index));
    let lang = &edition.handbook.config.language;
    let view = TagView {
        title: title.to_owned(),
        count,
        canvases: card::cards(edition, &path, &canvases, lang),
        pages: others.into_iter().map(|index| card::entry(edition, &path, index, lang)).collect(),
        paging: paging(&path, number, pages(edition, tag), |n| edition.tag_path(tag, n)),
    };
    let description = edition.words.get("tag_description").replace("{title}", &view.title);
    let about = edition.about_listed(&path, Index::Tags, view.title.clone(), description);
    (edition.layout(&path, about, Vec::new()), view)
}
