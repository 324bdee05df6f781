//! Every kind of page, in one list: a new kind is one entry here, one file beside this one and one
//! template.

use super::edition::{Edition, Section, SectionIndex};
use super::index::Index;
use super::url::SitePath;
use super::{block, category, department, home, owner, redirect, stage, tag};
use crate::canvas::Category;
use crate::handbook::{DepartmentIndex, DocumentIndex};
use crate::terms::Stage;

/// Which page: its kind, what it is about, and for a page of a list its number from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PageKey {
    /// The home page, and the further pages of its list of canvases.
    Home(usize),
    /// A canvas or an ordinary page.
    Document(DocumentIndex),
    /// An old path of a document: which of its aliases.
    Redirect(DocumentIndex, usize),
    /// The page of a section that has no document for it.
    Section(SectionIndex),
    /// A page of an index.
    Index(Index, usize),
    /// A department.
    Department(DepartmentIndex, usize),
    /// A category.
    Category(Category, usize),
    /// A block, by its place among [`crate::handbook::Lists::blocks`].
    Block(usize, usize),
    /// A stage.
    Stage(Stage, usize),
    /// An owner, by its place among [`crate::handbook::Lists::owners`].
    Owner(usize, usize),
    /// A tag, by its place among [`crate::handbook::Lists::tags`].
    Tag(usize, usize),
    /// What a server shows where there is no page.
    NotFound,
}

/// Every page of the site with its place.
pub fn all(edition: &Edition) -> Vec<(SitePath, PageKey)> {
    let mut all = pages(edition);
    // An author's own page goes before ours.
    let not_found = SitePath::new("404.html");
    if !edition.has_file(&not_found) {
        all.push((not_found, PageKey::NotFound));
    }
    all
}

/// The pages that have an address of their own.
pub fn pages(edition: &Edition) -> Vec<(SitePath, PageKey)> {
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
    // Where the home page is a canvas, the list of canvases is the page of their folder as well.
    let list = edition.list_path(1);
    let is_made = |section: &Section| section.is_made && section.path != list;
    for (index, section) in edition.sections().filter(|(_, section)| is_made(section)) {
        pages.push((section.path.clone(), PageKey::Section(index)));
    }
    for index in Index::ALL.into_iter().filter(|index| index.exists(edition)) {
        for number in 1..=index.pages(edition) {
            pages.push((index.path(number), PageKey::Index(index, number)));
        }
        listed(edition, index, &mut pages);
    }
    pages
}

/// The pages of what an index lists.
fn listed(edition: &Edition, index: Index, pages: &mut Vec<(SitePath, PageKey)>) {
    let mut add = |of: usize, path: &dyn Fn(usize) -> SitePath, key: &dyn Fn(usize) -> PageKey| {
        pages.extend((1..=of).map(|number| (path(number), key(number))));
    };
    let lists = &edition.handbook.lists;
    match index {
        Index::Departments => {
            for index in edition.departments() {
                let path = |number| edition.department_path(*index, number);
                let key = |number| PageKey::Department(*index, number);
                add(department::pages(edition, *index), &path, &key);
            }
        }
        Index::Categories => {
            for category in Category::ALL {
                let path = |number| Edition::category_path(category, number);
                let key = |number| PageKey::Category(category, number);
                add(category::pages(edition, category), &path, &key);
            }
        }
        Index::Blocks => {
            for (at, block) in lists.blocks.iter().enumerate() {
                let path = |number| Edition::block_path(block, number);
                add(block::pages(edition, at), &path, &|number| PageKey::Block(at, number));
            }
        }
        Index::Stages => {
            for stage in lists.stages.keys() {
                let path = |number| Edition::stage_path(*stage, number);
                add(stage::pages(edition, *stage), &path, &|n| PageKey::Stage(*stage, n));
            }
        }
        Index::Owners => {
            for at in 0..lists.owners.len() {
                let path = |number| edition.owner_path(at, number);
                add(owner::pages(edition, at), &path, &|number| PageKey::Owner(at, number));
            }
        }
        Index::Tags => {
            for at in 0..lists.tags.len() {
                let path = |number| edition.tag_path(at, number);
                add(tag::pages(edition, at), &path, &|number| PageKey::Tag(at, number));
            }
        }
    }
}
