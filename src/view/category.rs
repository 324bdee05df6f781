//! The page of a category of activities. Templates see it as `category`; the index is `categories`.

use std::collections::BTreeSet;

use serde::Serialize;

use super::activity::{self, ACTIVITIES_PER_PAGE, Says};
use super::department::CanvasActivitiesView;
use super::edition::{About, Edition, NavigationSection, paging};
use super::layout::LayoutView;
use super::url::SitePath;
use super::{CategoryView, LinkView, PagingView};
use crate::canvas::Category;
use crate::handbook::ElementKey;

/// A category's page, or a further page of its list.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CategoryPageView {
    /// Which one.
    pub category: CategoryView,
    /// What it covers: the key of the interface word with the explanation, e.g.
    /// `category_production_covers`.
    pub explanation: String,
    /// How many activities are of it.
    pub count: usize,
    /// The activities of this page by canvas.
    pub canvases: Vec<CanvasActivitiesView>,
    /// Present where they fill more than one page.
    pub paging: Option<PagingView>,
}

/// The index of the categories.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CategoriesView {
    /// All three.
    pub categories: Vec<CategoryRowView>,
    /// How many activities have none.
    pub without: usize,
}

/// A category as an entry of the index.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CategoryRowView {
    /// Which one.
    pub category: CategoryView,
    /// What it covers, as an interface word's key.
    pub explanation: String,
    /// How many activities are of it.
    pub count: usize,
    /// In how many canvases.
    pub canvases: usize,
}

/// The activities of a category, in order.
fn activities(edition: &Edition, category: Category) -> &[ElementKey] {
    edition.handbook.categories.get(&category).map_or(&[], Vec::as_slice)
}

/// How many pages a category's activities fill.
pub fn pages(edition: &Edition, category: Category) -> usize {
    activities(edition, category).len().div_ceil(ACTIVITIES_PER_PAGE).max(1)
}

/// A page of a category, from 1.
pub fn view(
    edition: &Edition,
    category: Category,
    number: usize,
) -> (LayoutView, CategoryPageView) {
    let path = Edition::category_path(category, number);
    let activities = activities(edition, category);
    let mut chunks = activities.chunks(ACTIVITIES_PER_PAGE);
    let shown = chunks.nth(number.max(1) - 1).unwrap_or_default();
    let says = Says { category: true, ..Says::default() };
    let view = CategoryPageView {
        category: edition.category(&path, category),
        explanation: explanation(category),
        count: activities.len(),
        canvases: activity::by_canvas(edition, &path, shown, &says),
        paging: paging(&path, number, pages(edition, category), |number| {
            Edition::category_path(category, number)
        }),
    };
    let index = SitePath::new("categories/index.html");
    let all =
        LinkView { title: edition.words.owned("categories"), url: Some(path.link(&index, None)) };
    let about = About {
        title: view.category.title.clone(),
        breadcrumbs: vec![edition.home_crumb(&path), all],
        section: NavigationSection::Categories,
        ..About::default()
    };
    (edition.layout(&path, about, Vec::new()), view)
}

/// The key of the word that explains a category.
fn explanation(category: Category) -> String {
    format!("category_{}_covers", category.id().replace('-', "_"))
}

/// The index of the categories.
pub fn index_view(edition: &Edition) -> (LayoutView, CategoriesView) {
    let path = SitePath::new("categories/index.html");
    let row = |category: Category| {
        let activities = activities(edition, category);
        let canvases: BTreeSet<_> = activities.iter().map(|key| key.document).collect();
        CategoryRowView {
            category: edition.category(&path, category),
            explanation: explanation(category),
            count: activities.len(),
            canvases: canvases.len(),
        }
    };
    let categories = Category::ALL.map(row).into();
    let view = CategoriesView { categories, without: edition.handbook.uncategorised };
    let about = About {
        title: edition.words.owned("categories"),
        breadcrumbs: vec![edition.home_crumb(&path)],
        section: NavigationSection::Categories,
        ..About::default()
    };
    (edition.layout(&path, about, Vec::new()), view)
}
