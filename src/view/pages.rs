//! Every kind of page, in one list: a new kind is one entry here, one file beside this one and one
//! template.

use std::sync::Arc;

use super::edition::{Edition, Index, Section, SectionIndex};
use super::url::SitePath;
use super::{block, category, department, home, owner, redirect, stage, tag};
use crate::canvas::Category;
use crate::handbook::{DepartmentIndex, DocumentIndex, Entry};
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

impl PageKey {
    /// Another page of the same list.
    fn numbered(self, number: usize) -> Self {
        match self {
            Self::Home(_) => Self::Home(number),
            Self::Index(index, _) => Self::Index(index, number),
            Self::Department(index, _) => Self::Department(index, number),
            Self::Category(category, _) => Self::Category(category, number),
            Self::Block(at, _) => Self::Block(at, number),
            Self::Stage(stage, _) => Self::Stage(stage, number),
            Self::Owner(at, _) => Self::Owner(at, number),
            Self::Tag(at, _) => Self::Tag(at, number),
            key @ (Self::Document(_) | Self::Redirect(..) | Self::Section(_) | Self::NotFound) => {
                key
            }
        }
    }
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
    for list in lists(edition) {
        pages.extend((1..=list.pages).map(|number| (list.path(number), list.key.numbered(number))));
    }
    pages
}

/// True where an edition has the same pages as the one that it was made again from.
pub fn are_same(edition: &Edition, before: &Edition) -> bool {
    let (new, old) = (&edition.handbook, &before.handbook);
    let decides =
        |entry: &Entry| (entry.document.front.aliases.clone(), entry.document.canvas.is_some());
    let mut pairs = new.documents.iter().zip(old.documents.iter());
    new.is_again_of(old)
        && pairs.all(|(new, old)| {
            Arc::ptr_eq(&new.document, &old.document) || decides(new) == decides(old)
        })
        && (Arc::ptr_eq(&new.lists, &old.lists) || lists(edition) == lists(before))
}

/// A list that is cut into pages: an index, or an entry of one.
#[derive(PartialEq, Eq)]
struct List<'e> {
    index: Index,
    /// The id of the entry; none for the index itself.
    id: Option<&'e str>,
    /// The first page.
    key: PageKey,
    pages: usize,
}

impl List<'_> {
    fn path(&self, number: usize) -> SitePath {
        match self.id {
            Some(id) => self.index.entry_path(id, number),
            None => self.index.path(number),
        }
    }
}

/// Every list that the handbook has anything for.
fn lists(edition: &Edition) -> Vec<List<'_>> {
    let mut all = Vec::new();
    for index in Index::ALL.into_iter().filter(|index| index.exists(edition)) {
        let (key, pages) = (PageKey::Index(index, 1), index.pages(edition));
        all.push(List { index, id: None, key, pages });
        let of_entry = |(id, key, pages)| List { index, id: Some(id), key, pages };
        all.extend(entries(edition, index).into_iter().map(of_entry));
    }
    all
}

/// The entries of an index, sorted by what they are: id, first page, number of pages.
fn entries(edition: &Edition, index: Index) -> Vec<(&str, PageKey, usize)> {
    let lists = &edition.handbook.lists;
    match index {
        Index::Departments => {
            let mut departments = edition.departments().to_vec();
            departments.sort_unstable();
            let entry = |index: DepartmentIndex| {
                let id = edition.handbook.department(index).id.as_str();
                (id, PageKey::Department(index, 1), department::pages(edition, index))
            };
            departments.into_iter().map(entry).collect()
        }
        Index::Categories => {
            let entry = |category: Category| {
                (category.id(), PageKey::Category(category, 1), category::pages(edition, category))
            };
            Category::ALL.into_iter().map(entry).collect()
        }
        Index::Blocks => {
            let blocks = lists.blocks.iter().map(|list| &*list.kind.block_kind(list.index).id);
            let blocks = blocks.enumerate();
            blocks.map(|(at, id)| (id, PageKey::Block(at, 1), block::pages(edition, at))).collect()
        }
        Index::Stages => {
            let entry = |stage: &Stage| {
                (stage.id(), PageKey::Stage(*stage, 1), stage::pages(edition, *stage))
            };
            lists.stages.keys().map(entry).collect()
        }
        Index::Owners => {
            let owners = lists.owners.iter().map(|owner| &*owner.id).enumerate();
            owners.map(|(at, id)| (id, PageKey::Owner(at, 1), owner::pages(edition, at))).collect()
        }
        Index::Tags => {
            let tags = lists.tags.iter().map(|tag| &*tag.id).enumerate();
            tags.map(|(at, id)| (id, PageKey::Tag(at, 1), tag::pages(edition, at))).collect()
        }
    }
}
