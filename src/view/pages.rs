//! Every kind of page, in one list: a new kind is one entry here, one file beside this one and one
//! template.

use super::edition::Edition;
use super::url::SitePath;
use super::{category, department, home, redirect};
use crate::canvas::Category;
use crate::handbook::{DepartmentIndex, DocumentIndex};

/// Which page: its kind, what it is about, and for a page of a list its number from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PageKey {
    /// The home page, and the further pages of its list of canvases.
    Home(usize),
    /// A canvas or an ordinary page.
    Document(DocumentIndex),
    /// An old path of a document: which of its aliases.
    Redirect(DocumentIndex, usize),
    /// The index of the departments.
    Departments(usize),
    /// A department.
    Department(DepartmentIndex, usize),
    /// The index of the categories.
    Categories,
    /// A category.
    Category(Category, usize),
}

/// Every page of the site with its place.
pub fn all(edition: &Edition) -> Vec<(SitePath, PageKey)> {
    let mut pages = Vec::new();
    for (index, _) in edition.handbook.entries() {
        if Some(index) != edition.home_document() {
            pages.push((edition.path(index).clone(), PageKey::Document(index)));
        }
    }
    for (index, _) in edition.handbook.entries() {
        let aliases = redirect::paths(edition, index).enumerate();
        pages.extend(aliases.map(|(alias, path)| (path, PageKey::Redirect(index, alias))));
    }
    for number in 1..=home::pages(edition) {
        pages.push((edition.list_path(number), PageKey::Home(number)));
    }
    let departments = department::listed(edition);
    if !departments.is_empty() {
        for number in 1..=department::index_pages(edition) {
            pages.push((department::index_path(number), PageKey::Departments(number)));
        }
    }
    for index in departments {
        for number in 1..=department::pages(edition, index) {
            let path = edition.department_path(index, number);
            pages.push((path, PageKey::Department(index, number)));
        }
    }
    if !edition.handbook.categories.is_empty() {
        pages.push((SitePath::new("categories/index.html"), PageKey::Categories));
        for category in Category::ALL {
            for number in 1..=category::pages(edition, category) {
                let path = Edition::category_path(category, number);
                pages.push((path, PageKey::Category(category, number)));
            }
        }
    }
    pages
}
