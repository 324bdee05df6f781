//! The indexes: all departments, blocks, categories, owners, stages and tags, each with what it
//! counts. Templates see them all as `index`.

mod rows;

use serde::Serialize;

use super::edition::{About, Edition, NavigationSection, paging};
use super::layout::LayoutView;
use super::url::{SitePath, page_name};
use super::{CategoryView, LanguageView, PagingView};
use crate::canvas::Category;
use crate::kind::Area;
use crate::terms::Stage;

/// Which index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Index {
    /// All departments with an activity.
    Departments,
    /// The three categories of activities.
    Categories,
    /// The building blocks across all canvases.
    Blocks,
    /// All stages.
    Stages,
    /// Who answers for anything.
    Owners,
    /// All tags.
    Tags,
}

/// A page of an index.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct IndexView {
    /// `departments`, `categories`, `blocks`, `stages`, `owners` or `tags`.
    pub id: String,
    /// What it lists: `Departments`.
    pub title: String,
    /// A sentence on it.
    pub lede: String,
    /// The entries; in one group without a title, unless they fall into several.
    pub groups: Vec<IndexGroupView>,
    /// What the index leaves out; may be empty.
    pub note: String,
    /// Present where they fill more than one page.
    pub paging: Option<PagingView>,
}

/// Entries of an index that belong together.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct IndexGroupView {
    /// What they share; may be empty.
    pub title: String,
    /// The entries.
    pub rows: Vec<IndexRowView>,
}

/// An entry of an index.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct IndexRowView {
    /// What it is called.
    pub title: String,
    /// Its page; absent where nothing is of it.
    pub url: Option<String>,
    /// For a block its area, which decides the colour.
    pub area: Option<Area>,
    /// For a category its badge.
    pub category: Option<CategoryView>,
    /// A sentence on it, or who answers for it; may be empty.
    pub note: String,
    /// The language of that, where it is not the page's.
    pub note_language: Option<LanguageView>,
    /// What it counts.
    pub numbers: Vec<NumberView>,
}

/// A number with what it counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NumberView {
    /// `Canvases`.
    pub label: String,
    /// How many.
    pub value: usize,
}

/// So many entries stand on one page of an index.
const ROWS_PER_PAGE: usize = 200;

impl Index {
    /// All, in the order of the navigation.
    pub const ALL: [Self; 6] =
        [Self::Departments, Self::Categories, Self::Blocks, Self::Stages, Self::Owners, Self::Tags];

    /// Its folder in the site, and the key of its interface words.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Departments => "departments",
            Self::Categories => "categories",
            Self::Blocks => "blocks",
            Self::Stages => "stages",
            Self::Owners => "owners",
            Self::Tags => "tags",
        }
    }

    /// True for those of the main navigation: what Key Activities are broken down by.
    pub const fn is_main(self) -> bool {
        matches!(self, Self::Departments | Self::Categories)
    }

    /// True where the handbook has anything to list; else the index is not made.
    pub fn exists(self, edition: &Edition) -> bool {
        match self {
            Self::Categories => !edition.handbook.lists.categories.is_empty(),
            Self::Stages => !edition.handbook.lists.stages.is_empty(),
            _ => self.len(edition) > 0,
        }
    }

    /// How many entries it has.
    fn len(self, edition: &Edition) -> usize {
        let lists = &edition.handbook.lists;
        match self {
            Self::Departments => edition.departments().len(),
            Self::Categories => Category::ALL.len(),
            Self::Blocks => lists.blocks.len(),
            Self::Stages => Stage::ALL.len(),
            Self::Owners => lists.owners.len(),
            Self::Tags => lists.tags.len(),
        }
    }

    /// How many pages it fills.
    pub fn pages(self, edition: &Edition) -> usize {
        self.len(edition).div_ceil(ROWS_PER_PAGE).max(1)
    }

    /// Where a page of it stands, from 1.
    pub fn path(self, number: usize) -> SitePath {
        numbered(self.id(), "index", number)
    }

    /// Where a page of one of its entries stands, from 1.
    pub fn entry_path(self, id: &str, number: usize) -> SitePath {
        numbered(self.id(), &page_name(id), number)
    }
}

/// `departments/production.html`, and `departments/production/2.html` for its second page.
fn numbered(folder: &str, name: &str, number: usize) -> SitePath {
    match number {
        0 | 1 => SitePath::new(&format!("{folder}/{name}.html")),
        number => SitePath::new(&format!("{folder}/{name}/{number}.html")),
    }
}

/// A page of an index, from 1.
pub fn view(edition: &Edition, index: Index, number: usize) -> (LayoutView, IndexView) {
    let path = index.path(number);
    let start = (number.max(1) - 1) * ROWS_PER_PAGE;
    let shown = start..(start + ROWS_PER_PAGE).min(index.len(edition));
    let mut groups: Vec<IndexGroupView> = Vec::new();
    for at in shown {
        let title = group(edition, index, at);
        if groups.last().is_none_or(|group| group.title != title) {
            groups.push(IndexGroupView { title, rows: Vec::new() });
        }
        if let Some(group) = groups.last_mut() {
            group.rows.push(rows::row(edition, &path, index, at));
        }
    }
    let lede = edition.words.owned(&format!("{}_lede", index.id()));
    let view = IndexView {
        id: index.id().to_owned(),
        title: edition.words.owned(index.id()),
        lede: lede.clone(),
        groups,
        note: note(edition, index),
        paging: paging(&path, number, index.pages(edition), |number| index.path(number)),
    };
    let about = About {
        title: view.title.clone(),
        description: lede,
        breadcrumbs: vec![Edition::home_crumb(&path, &edition.words)],
        section: NavigationSection::Index(index),
        ..About::default()
    };
    (edition.layout(&path, about, Vec::new()), view)
}

/// What the entry at a place shares with those beside it; empty where all are of one group.
fn group(edition: &Edition, index: Index, at: usize) -> String {
    match index {
        Index::Stages => edition.words.owned(Stage::ALL[at].portfolio()),
        Index::Blocks => {
            let blocks = &edition.handbook.lists.blocks;
            let kind = blocks[at].kind;
            let is_one = blocks.iter().all(|block| block.kind.id == kind.id);
            if is_one { String::new() } else { kind.title.clone() }
        }
        _ => String::new(),
    }
}

/// What an index leaves out.
fn note(edition: &Edition, index: Index) -> String {
    let without = edition.handbook.lists.uncategorised;
    if index == Index::Categories && without > 0 {
        edition.words.counted("without_category", without)
    } else {
        String::new()
    }
}
