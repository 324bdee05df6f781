//! The paths of the pages of departments, categories, owners, stages, tags, blocks and kinds, and links
//! to them.

use std::sync::Arc;

use super::Edition;
use crate::canvas::Category;
use crate::handbook::{Department, DepartmentIndex, ElementKey, Handbook};
use crate::terms::Stage;
use crate::view::url::{SitePath, page_name};
use crate::view::words::Words;
use crate::view::{CategoryView, LinkView};

/// An index of entries.
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
    /// Everybody who is responsible for anything.
    Owners,
    /// All tags.
    Tags,
    /// The kinds of canvas.
    Kinds,
}

/// How many entries are on one page of an index.
pub const ROWS_PER_PAGE: usize = 200;

impl Index {
    /// All indexes, in the order of the navigation.
    pub const ALL: [Self; 7] = [
        Self::Departments,
        Self::Categories,
        Self::Blocks,
        Self::Stages,
        Self::Owners,
        Self::Tags,
        Self::Kinds,
    ];

    /// Its folder in the site, and the key of its interface words.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Departments => "departments",
            Self::Categories => "categories",
            Self::Blocks => "blocks",
            Self::Stages => "stages",
            Self::Owners => "owners",
            Self::Tags => "tags",
            Self::Kinds => "kinds",
        }
    }

    /// The word for one of its entries.
    pub const fn entry_word(self) -> &'static str {
        match self {
            Self::Departments => "department",
            Self::Categories => "category",
            Self::Blocks => "block",
            Self::Stages => "stage",
            Self::Owners => "owner",
            Self::Tags => "tag",
            Self::Kinds => "kind",
        }
    }

    /// Whether it is in the main navigation: those by which Key Activities are divided.
    pub const fn is_main(self) -> bool {
        matches!(self, Self::Departments | Self::Categories)
    }

    /// Whether the handbook has any entries for it; otherwise it is not made.
    pub fn exists(self, edition: &Edition) -> bool {
        match self {
            Self::Categories => !edition.handbook.lists.categories.is_empty(),
            Self::Stages => !edition.handbook.lists.stages.is_empty(),
            _ => self.len(edition) > 0,
        }
    }

    /// How many entries it has.
    pub fn len(self, edition: &Edition) -> usize {
        let lists = &edition.handbook.lists;
        match self {
            Self::Departments => edition.departments().len(),
            Self::Categories => Category::ALL.len(),
            Self::Blocks => lists.blocks.len(),
            Self::Stages => Stage::ALL.len(),
            Self::Owners => lists.owners.len(),
            Self::Tags => lists.tags.len(),
            Self::Kinds => lists.kinds.len(),
        }
    }

    /// A number for each of its entries that has a page, in the order of their pages: the index of a
    /// department, that of a stage or a category among all, and that of any other one in its list.
    pub fn entries(self, edition: &Edition) -> Vec<u32> {
        let stages = &edition.handbook.lists.stages;
        let places = 0u32..;
        match self {
            Self::Departments => {
                let mut departments: Vec<u32> = edition.departments().iter().map(|i| i.0).collect();
                departments.sort_unstable();
                departments
            }
            Self::Stages => {
                let stages = places.zip(Stage::ALL).filter(|(_, stage)| stages.contains_key(stage));
                stages.map(|(place, _)| place).collect()
            }
            _ => places.take(self.len(edition)).collect(),
        }
    }

    /// How many pages it fills.
    pub fn pages(self, edition: &Edition) -> usize {
        self.len(edition).div_ceil(ROWS_PER_PAGE).max(1)
    }

    /// The path of one of its pages, from 1.
    pub fn path(self, number: usize) -> SitePath {
        SitePath::numbered(self.id(), "index", number)
    }

    /// The path of a page of one of its entries, from 1.
    pub fn entry_path(self, id: &str, number: usize) -> SitePath {
        SitePath::numbered(self.id(), &page_name(id), number)
    }
}

/// The first page of each department.
pub(super) fn department_pages(handbook: &Handbook) -> Arc<[SitePath]> {
    let page = |department: &Department| Index::Departments.entry_path(&department.id, 1);
    handbook.departments.iter().map(page).collect()
}

impl Edition {
    /// The activities of a category, in order.
    pub fn activities_of(&self, category: Category) -> &[ElementKey] {
        self.handbook.lists.categories.get(&category).map_or(&[], |keys| keys)
    }

    /// The first page of a department.
    pub fn department_path(&self, index: DepartmentIndex) -> &SitePath {
        &self.department_pages[index.0 as usize]
    }

    /// Whether a department has a page, which those without activities do not.
    pub fn has_page(&self, index: DepartmentIndex) -> bool {
        self.handbook.department(index).canvases > 0
    }

    /// The first page of an owner, by its index in [`crate::handbook::Lists::owners`].
    pub fn owner_path(&self, owner: usize) -> SitePath {
        Index::Owners.entry_path(&self.handbook.lists.owners[owner].id, 1)
    }

    /// The first page of a stage.
    pub fn stage_path(stage: Stage) -> SitePath {
        Index::Stages.entry_path(stage.id(), 1)
    }

    /// The first page of a tag, by its index in [`crate::handbook::Lists::tags`].
    pub fn tag_path(&self, tag: usize) -> SitePath {
        Index::Tags.entry_path(&self.handbook.lists.tags[tag].id, 1)
    }

    /// A category as a badge on a page.
    pub fn category(from: &SitePath, category: Category, words: &Words) -> CategoryView {
        CategoryView {
            id: category.id().to_owned(),
            title: words.category(category),
            letter: words.category_letter(category),
            url: from.link(&Index::Categories.entry_path(category.id(), 1), None),
        }
    }

    /// A department and its page, seen from a page; one without activities has none.
    pub fn department(&self, from: &SitePath, index: DepartmentIndex) -> LinkView {
        let department: &Department = self.handbook.department(index);
        let url = self.has_page(index).then(|| from.link(self.department_path(index), None));
        LinkView { title: department.title.clone(), url }
    }

    /// An owner, as named, and its page.
    pub fn owner(&self, from: &SitePath, name: &str) -> LinkView {
        let url = self.handbook.lists.owner(name).map(|at| from.link(&self.owner_path(at), None));
        LinkView { title: name.to_owned(), url }
    }

    /// A tag, as written, and its page.
    pub fn tag(&self, from: &SitePath, tag: &str) -> LinkView {
        let url = self.handbook.lists.tag(tag).map(|at| from.link(&self.tag_path(at), None));
        LinkView { title: tag.to_owned(), url }
    }

    /// A stage by its id, since templates have a word for it, and its page.
    pub fn stage(from: &SitePath, stage: Stage) -> LinkView {
        let url = from.link(&Self::stage_path(stage), None);
        LinkView { title: stage.id().to_owned(), url: Some(url) }
    }
}
