//! The page of a department: everything it leads or contributes to, in every canvas. Templates see
//! it as `department`. The index of the departments is `departments`.

use std::collections::BTreeSet;

use serde::Serialize;

use super::activity::{self, ACTIVITIES_PER_PAGE, Says};
use super::edition::{About, Edition, NavigationSection, paging};
use super::layout::{ContentsView, LayoutView};
use super::url::SitePath;
use super::{BacklinksView, CategoryView, LinkView, PagingView};
use crate::canvas::Category;
use crate::handbook::{Department, DepartmentIndex, ElementKey, Spot};

/// A department's page, or a further page of its list.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DepartmentView {
    /// Its title.
    pub title: String,
    /// Other names that the handbook's canvases use for it.
    pub also_called: Vec<String>,
    /// Who answers for it; empty where nobody is named.
    pub owner: String,
    /// How many activities it leads in the whole handbook.
    pub leads: usize,
    /// How many activities it contributes to.
    pub contributes: usize,
    /// In how many canvases.
    pub canvases: usize,
    /// What it leads on this page, by category; the last may have no category.
    pub categories: Vec<DepartmentCategoryView>,
    /// What it contributes to on this page, by canvas.
    pub contributions: Vec<CanvasActivitiesView>,
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
    pub canvases: Vec<CanvasActivitiesView>,
}

/// Activities of one canvas.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CanvasActivitiesView {
    /// The canvas.
    pub canvas: LinkView,
    /// Its activities as a list.
    pub activities_html: String,
}

/// The index of the departments.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DepartmentsView {
    /// All departments that have an activity, most activities first.
    pub departments: Vec<DepartmentRowView>,
    /// Present where they fill more than one page.
    pub paging: Option<PagingView>,
}

/// A department as a row of the index.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DepartmentRowView {
    /// Its title.
    pub title: String,
    /// Its page.
    pub url: String,
    /// Who answers for it; may be empty.
    pub owner: String,
    /// How many activities it leads.
    pub leads: usize,
    /// How many activities it contributes to.
    pub contributes: usize,
    /// In how many canvases.
    pub canvases: usize,
}

/// So many departments stand on one page of the index.
const DEPARTMENTS_PER_PAGE: usize = 200;

/// The departments that lead or contribute to an activity, most led activities first.
pub fn listed(edition: &Edition) -> Vec<DepartmentIndex> {
    let departments = &edition.handbook.departments;
    let mut listed: Vec<DepartmentIndex> = (0u32..)
        .zip(departments)
        .filter(|(_, department)| {
            !(department.leads.is_empty() && department.contributes.is_empty())
        })
        .map(|(index, _)| DepartmentIndex(index))
        .collect();
    listed.sort_by_key(|index| {
        let department = &departments[index.0 as usize];
        let weight = (department.leads.len(), department.contributes.len());
        (std::cmp::Reverse(weight), index.0)
    });
    listed
}

/// How many pages a department's activities fill.
pub fn pages(edition: &Edition, index: DepartmentIndex) -> usize {
    let department = edition.handbook.department(index);
    (department.leads.len() + department.contributes.len()).div_ceil(ACTIVITIES_PER_PAGE).max(1)
}

/// A page of a department, from 1.
pub fn view(
    edition: &Edition,
    index: DepartmentIndex,
    number: usize,
) -> (LayoutView, DepartmentView) {
    let path = edition.department_path(index, number);
    let department = edition.handbook.department(index);
    let (leads, contributes) = on_page(department, number);
    let owner = department.owner.as_deref().unwrap_or_default();
    let categories = categories(edition, &path, leads, owner);
    let contributions = activity::by_canvas(edition, &path, contributes, &Says::default());
    let contents = contents(edition, &categories, &contributions);
    let view = DepartmentView {
        title: department.title.clone(),
        also_called: department.also_called.clone(),
        owner: department.owner.clone().unwrap_or_default(),
        leads: department.leads.len(),
        contributes: department.contributes.len(),
        canvases: canvases(department),
        categories,
        contributions,
        backlinks: if number <= 1 {
            backlinks(edition, &path, index)
        } else {
            BacklinksView::default()
        },
        paging: paging(&path, number, pages(edition, index), |n| edition.department_path(index, n)),
    };
    let departments = SitePath::new("departments/index.html");
    let all = LinkView {
        title: edition.words.owned("departments"),
        url: Some(path.link(&departments, None)),
    };
    let about = About {
        title: department.title.clone(),
        breadcrumbs: vec![edition.home_crumb(&path), all],
        section: NavigationSection::Departments,
        ..About::default()
    };
    (edition.layout(&path, about, contents), view)
}

/// What a department leads and contributes to on one of its pages.
fn on_page(department: &Department, number: usize) -> (&[ElementKey], &[ElementKey]) {
    let start = (number.max(1) - 1) * ACTIVITIES_PER_PAGE;
    let end = start + ACTIVITIES_PER_PAGE;
    let part = |keys: &'_ [ElementKey], offset: usize| {
        let clamp = |at: usize| at.saturating_sub(offset).min(keys.len());
        clamp(start)..clamp(end)
    };
    let leads = part(&department.leads, 0);
    let contributes = part(&department.contributes, department.leads.len());
    (&department.leads[leads], &department.contributes[contributes])
}

/// In how many canvases a department works.
fn canvases(department: &Department) -> usize {
    let keys = department.leads.iter().chain(&department.contributes);
    keys.map(|key| key.document).collect::<BTreeSet<_>>().len()
}

/// Activities that are sorted by category, grouped.
fn categories(
    edition: &Edition,
    path: &SitePath,
    keys: &[ElementKey],
    owner: &str,
) -> Vec<DepartmentCategoryView> {
    let says = Says { department: true, category: true, owner };
    let category = |key: &ElementKey| -> Option<Category> {
        edition.handbook.element(*key).and_then(|(_, _, facts)| facts.category)
    };
    keys.chunk_by(|a, b| category(a) == category(b))
        .map(|keys| {
            let of = keys.first().and_then(category);
            DepartmentCategoryView {
                category: of.map(|of| edition.category(path, of)),
                id: of.map_or("no-category", Category::id).to_owned(),
                canvases: activity::by_canvas(edition, path, keys, &says),
            }
        })
        .collect()
}

fn contents(
    edition: &Edition,
    categories: &[DepartmentCategoryView],
    contributions: &[CanvasActivitiesView],
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
    let department = handbook.department(index);
    let activities = department.leads.iter().chain(&department.contributes);
    let mut documents: Vec<_> = activities.map(|key| key.document).collect();
    documents.sort_unstable();
    documents.dedup();
    let references = documents
        .into_iter()
        .flat_map(|document| handbook.backlinks_of(document, Spot::Department(index)))
        .map(|at| &handbook.references[*at as usize]);
    edition.backlinks(path, references, false)
}

/// How many pages the index of the departments fills.
pub fn index_pages(edition: &Edition) -> usize {
    listed(edition).len().div_ceil(DEPARTMENTS_PER_PAGE).max(1)
}

/// Where a page of the index stands.
pub fn index_path(number: usize) -> SitePath {
    match number {
        0 | 1 => SitePath::new("departments/index.html"),
        number => SitePath::new(&format!("departments/index/{number}.html")),
    }
}

/// A page of the index of the departments, from 1.
pub fn index_view(edition: &Edition, number: usize) -> (LayoutView, DepartmentsView) {
    let path = index_path(number);
    let start = (number.max(1) - 1) * DEPARTMENTS_PER_PAGE;
    let rows = listed(edition).into_iter().skip(start).take(DEPARTMENTS_PER_PAGE).map(|index| {
        let department = edition.handbook.department(index);
        DepartmentRowView {
            title: department.title.clone(),
            url: path.link(&edition.department_path(index, 1), None),
            owner: department.owner.clone().unwrap_or_default(),
            leads: department.leads.len(),
            contributes: department.contributes.len(),
            canvases: canvases(department),
        }
    });
    let view = DepartmentsView {
        departments: rows.collect(),
        paging: paging(&path, number, index_pages(edition), index_path),
    };
    let about = About {
        title: edition.words.owned("departments"),
        breadcrumbs: vec![edition.home_crumb(&path)],
        section: NavigationSection::Departments,
        ..About::default()
    };
    (edition.layout(&path, about, Vec::new()), view)
}
