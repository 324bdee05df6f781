//! The page of a department: everything it leads or contributes to, in every canvas. Templates see
//! it as `department`.

use serde::Serialize;

use super::activity::{self, CanvasElementsView, ELEMENTS_PER_PAGE, Says};
use super::edition::{Edition, Index, paging};
use super::layout::{ContentsView, LayoutView};
use super::shown::Shown;
use super::url::SitePath;
use super::{BacklinksView, CategoryView, LinkView, PagingView};
use crate::canvas::Category;
use crate::handbook::{Department, DepartmentIndex, ElementKey, Spot};
use crate::slug::slug;

/// A department's page, or a further page of its list.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DepartmentView {
    /// Its title.
    pub title: String,
    /// Other names that the handbook's canvases use for it.
    pub also_called: Vec<String>,
    /// Who answers for it; absent where nobody is named.
    pub owner: Option<LinkView>,
    /// How many activities it leads in the whole handbook.
    pub leads: usize,
    /// How many activities it contributes to.
    pub contributes: usize,
    /// In how many canvases.
    pub canvases: usize,
    /// What it leads on this page, by category; the last may have no category.
    pub categories: Vec<DepartmentCategoryView>,
    /// What it contributes to on this page, by canvas.
    pub contributions: Vec<CanvasElementsView>,
    /// Who refers to the department.
    pub backlinks: BacklinksView,
    /// Present where the activities fill more than one page.
    pub paging: Option<PagingView>,
}

/// A department's activities of one category.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DepartmentCategoryView {
    /// The category; absent for activities without one.
    pub category: Option<CategoryView>,
    /// The anchor of the group.
    pub id: String,
    /// The activities by canvas.
    pub canvases: Vec<CanvasElementsView>,
}

/// How many pages a department's activities fill.
pub fn pages(edition: &Edition, index: DepartmentIndex) -> usize {
    let department = edition.handbook.department(index);
    (department.leads.len() + department.contributes.len()).div_ceil(ELEMENTS_PER_PAGE).max(1)
}

/// A page of a department, from 1.
pub fn view(
    edition: &Edition,
    index: DepartmentIndex,
    number: usize,
) -> (LayoutView, DepartmentView) {
    let path = edition.department_path(index, number);
    let department = edition.handbook.department(index);
    let Shown { counts, elements: [leads, contributes], .. } = shown(edition, index, number);
    let [lead_count, contribution_count, canvas_count] = counts;
    let owner = slug(department.owner.as_deref().unwrap_or_default());
    let categories = categories(edition, &path, leads, &owner);
    let says = Says { contributing: Some(index), ..Says::default() };
    let contributions = activity::by_canvas(edition, &path, contributes, &says);
    let contents = contents(edition, &categories, &contributions);
    let view = DepartmentView {
        title: department.title.clone(),
        also_called: department.also_called.clone(),
        owner: department.owner.as_deref().map(|owner| edition.owner(&path, owner)),
        leads: lead_count,
        contributes: contribution_count,
        canvases: canvas_count,
        categories,
        contributions,
        backlinks: if number <= 1 {
            backlinks(edition, &path, index)
        } else {
            BacklinksView::default()
        },
        paging: paging(&path, number, pages(edition, index), |n| edition.department_path(index, n)),
    };
    let description =
        edition.words.get("department_description").replace("{title}", &department.title);
    let about =
        edition.about_listed(&path, Index::Departments, department.title.clone(), description);
    (edition.layout(&path, about, contents), view)
}

/// What a department leads and contributes to on one of its pages.
fn on_page(department: &Department, number: usize) -> [&[ElementKey]; 2] {
    let start = (number.max(1) - 1) * ELEMENTS_PER_PAGE;
    let end = start + ELEMENTS_PER_PAGE;
    let part = |keys: &'_ [ElementKey], offset: usize| {
        let clamp = |at: usize| at.saturating_sub(offset).min(keys.len());
        clamp(start)..clamp(end)
    };
    let leads = part(&department.leads, 0);
    let contributes = part(&department.contributes, department.leads.len());
    [&department.leads[leads], &department.contributes[contributes]]
}

/// What a page of a department shows.
pub(super) fn shown(edition: &Edition, index: DepartmentIndex, number: usize) -> Shown<'_> {
    let department = edition.handbook.department(index);
    let Department { leads, contributes, canvases, .. } = department;
    Shown {
        counts: [leads.len(), contributes.len(), *canvases],
        elements: on_page(department, number),
        ..Shown::default()
    }
}

/// Every activity that a department leads or contributes to.
pub(super) fn all(edition: &Edition, index: DepartmentIndex) -> impl Iterator<Item = &ElementKey> {
    let department = edition.handbook.department(index);
    department.leads.iter().chain(&department.contributes)
}

/// Activities that are sorted by category, grouped.
fn categories(
    edition: &Edition,
    path: &SitePath,
    keys: &[ElementKey],
    owner: &str,
) -> Vec<DepartmentCategoryView> {
    let says = Says { department: true, category: true, owner, ..Says::default() };
    let category = |key: &ElementKey| -> Option<Category> {
        edition.handbook.element(*key).and_then(|(_, _, facts)| facts.category)
    };
    keys.chunk_by(|a, b| category(a) == category(b))
        .map(|keys| {
            let of = keys.first().and_then(category);
            DepartmentCategoryView {
                category: of.map(|of| Edition::category(path, of, &edition.words)),
                id: of.map_or("no-category", Category::id).to_owned(),
                canvases: activity::by_canvas(edition, path, keys, &says),
            }
        })
        .collect()
}

fn contents(
    edition: &Edition,
    categories: &[DepartmentCategoryView],
    contributions: &[CanvasElementsView],
) -> Vec<ContentsView> {
    let mut contents: Vec<ContentsView> = categories
        .iter()
        .map(|group| ContentsView {
            title: match &group.category {
                Some(category) => category.title.clone(),
                None => edition.words.owned("no_category"),
            },
            id: group.id.clone(),
            level: 2,
        })
        .collect();
    if !contributions.is_empty() {
        let title = edition.words.owned("contributes_to");
        contents.push(ContentsView { title, id: "_contributions".to_owned(), level: 2 });
    }
    contents
}

/// Who refers to a department's part of a canvas from another page.
fn backlinks(edition: &Edition, path: &SitePath, index: DepartmentIndex) -> BacklinksView {
    let handbook = &edition.handbook;
    let mut documents: Vec<_> = all(edition, index).map(|key| key.document).collect();
    documents.sort_unstable();
    documents.dedup();
    let references = documents
        .into_iter()
        .flat_map(|document| handbook.backlinks_of(document, Spot::Department(index)));
    edition.backlinks(path, references, false)
}
