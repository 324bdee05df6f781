//! The page of an owner: the canvases, departments and activities that it answers for. Templates see
//! it as `owner`.

use serde::Serialize;

use super::activity::{self, CanvasElementsView, ELEMENTS_PER_PAGE, Says};
use super::card::{self, CARDS_PER_PAGE, CanvasCardView};
use super::edition::{Edition, Index, on_page, paging};
use super::layout::{ContentsView, LayoutView};
use super::shown::Shown;
use super::{LinkView, PagingView};

/// An owner's page, or a further page of its lists.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OwnerView {
    /// What it is called.
    pub title: String,
    /// How many canvases it owns.
    pub canvas_count: usize,
    /// How many activities and other elements it answers for.
    pub element_count: usize,
    /// The departments that it answers for; empty on further pages.
    pub departments: Vec<LinkView>,
    /// The canvases of this page.
    pub canvases: Vec<CanvasCardView>,
    /// The activities and other elements of this page, by canvas.
    pub elements: Vec<CanvasElementsView>,
    /// Present where the canvases or the elements fill more than one page.
    pub paging: Option<PagingView>,
}

/// How many pages an owner's lists fill: the canvases and the elements go on side by side.
pub fn pages(edition: &Edition, owner: usize) -> usize {
    let owner = &edition.handbook.lists.owners[owner];
    let elements = owner.elements.len().div_ceil(ELEMENTS_PER_PAGE);
    card::pages(owner.canvases.len()).max(elements)
}

/// What a page of an owner shows. Its departments are those of the configuration.
pub(super) fn shown(edition: &Edition, owner: usize, number: usize) -> Shown<'_> {
    let list = &edition.handbook.lists.owners[owner];
    Shown {
        title: &list.title,
        counts: [list.canvases.len(), list.elements.len(), 0],
        documents: on_page(&list.canvases, number, CARDS_PER_PAGE),
        elements: [on_page(&list.elements, number, ELEMENTS_PER_PAGE), &[]],
    }
}

/// A page of an owner, from 1; `owner` is its place among [`crate::handbook::Lists::owners`].
pub fn view(edition: &Edition, owner: usize, number: usize) -> (LayoutView, OwnerView) {
    let path = edition.owner_path(owner, number);
    let list = &edition.handbook.lists.owners[owner];
    let Shown { title, counts, documents, elements: [elements, _] } = shown(edition, owner, number);
    let [canvas_count, element_count, _] = counts;
    let departments = list.departments.iter().filter(|_| number <= 1);
    let says = Says { owner: &list.id, ..Says::default() };
    let lang = &edition.handbook.config.language;
    let view = OwnerView {
        title: title.to_owned(),
        canvas_count,
        element_count,
        departments: departments.map(|index| edition.department(&path, *index)).collect(),
        canvases: card::cards(edition, &path, documents, lang),
        elements: activity::by_canvas(edition, &path, elements, &says),
        paging: paging(&path, number, pages(edition, owner), |n| edition.owner_path(owner, n)),
    };
    let mut contents = Vec::new();
    let mut add = |key: &str, id: &str, is_there: bool| {
        let title = edition.words.owned(key);
        contents.extend(is_there.then(|| ContentsView { title, id: id.to_owned(), level: 2 }));
    };
    add("departments", "_departments", !view.departments.is_empty());
    add("canvases", "_canvases", !view.canvases.is_empty());
    add("answers_for", "_elements", !view.elements.is_empty());
    let description = edition.words.get("owner_description").replace("{owner}", &view.title);
    let about = edition.about_listed(&path, Index::Owners, view.title.clone(), description);
    (edition.layout(&path, about, contents), view)
}
