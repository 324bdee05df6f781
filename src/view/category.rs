//! The page of a category of activities. Templates see it as `category`.

use serde::Serialize;

use super::activity::{self, CanvasElementsView, ELEMENTS_PER_PAGE, Says};
use super::edition::{Edition, Index, on_page, paging};
use super::layout::LayoutView;
use super::shown::Shown;
use super::{CategoryView, PagingView};
use crate::canvas::Category;
use crate::handbook::ElementKey;

/// A category's page, or a further page of its list.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CategoryPageView {
    /// Which one.
    pub category: CategoryView,
    /// What it covers.
    pub explanation: String,
    /// How many activities are of it.
    pub count: usize,
    /// The activities of this page by canvas.
    pub canvases: Vec<CanvasElementsView>,
    /// Present where they fill more than one page.
    pub paging: Option<PagingView>,
}

/// The activities of a category, in order.
pub(super) fn activities(edition: &Edition, category: Category) -> &[ElementKey] {
    edition.handbook.lists.categories.get(&category).map_or(&[], |keys| keys)
}

/// How many pages a category's activities fill.
pub fn pages(edition: &Edition, category: Category) -> usize {
    activities(edition, category).len().div_ceil(ELEMENTS_PER_PAGE).max(1)
}

/// What a page of a category shows.
pub(super) fn shown(edition: &Edition, category: Category, number: usize) -> Shown<'_> {
    let activities = activities(edition, category);
    Shown {
        counts: [activities.len(), 0, 0],
        elements: [on_page(activities, number, ELEMENTS_PER_PAGE), &[]],
        ..Shown::default()
    }
}

/// A page of a category, from 1.
pub fn view(
    edition: &Edition,
    category: Category,
    number: usize,
) -> (LayoutView, CategoryPageView) {
    let path = Edition::category_path(category, number);
    let Shown { counts: [count, ..], elements: [shown, _], .. } = shown(edition, category, number);
    let says = Says { category: true, ..Says::default() };
    let view = CategoryPageView {
        category: Edition::category(&path, category, &edition.words),
        explanation: edition.words.owned(&explanation(category)),
        count,
        canvases: activity::by_canvas(edition, &path, shown, &says),
        paging: paging(&path, number, pages(edition, category), |number| {
            Edition::category_path(category, number)
        }),
    };
    let description = view.explanation.clone();
    let about =
        edition.about_listed(&path, Index::Categories, view.category.title.clone(), description);
    let contents = activity::contents(&view.canvases);
    (edition.layout(&path, about, contents), view)
}

/// The key of the word that explains a category.
pub(super) fn explanation(category: Category) -> String {
    format!("category_{}_covers", category.id().replace('-', "_"))
}
