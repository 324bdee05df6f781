//! Where the pages of departments, categories, owners, stages, tags and blocks stand, and links to
//! them.

use std::sync::Arc;

use super::Edition;
use crate::canvas::Category;
use crate::handbook::{BlockList, Department, DepartmentIndex, Handbook};
use crate::terms::Stage;
use crate::view::index::Index;
use crate::view::url::SitePath;
use crate::view::words::Words;
use crate::view::{CategoryView, LinkView};

/// The first page of each department.
pub(super) fn department_pages(handbook: &Handbook) -> Arc<[SitePath]> {
    let page = |department: &Department| Index::Departments.entry_path(&department.id, 1);
    handbook.departments.iter().map(page).collect()
}

impl Edition {
    /// A department's page.
    pub fn department_path(&self, index: DepartmentIndex, number: usize) -> SitePath {
        match number {
            0 | 1 => self.department_pages[index.0 as usize].clone(),
            _ => Index::Departments.entry_path(&self.handbook.department(index).id, number),
        }
    }

    /// A category's page.
    pub fn category_path(category: Category, number: usize) -> SitePath {
        Index::Categories.entry_path(category.id(), number)
    }

    /// An owner's page, by its place among [`crate::handbook::Lists::owners`].
    pub fn owner_path(&self, owner: usize, number: usize) -> SitePath {
        Index::Owners.entry_path(&self.handbook.lists.owners[owner].id, number)
    }

    /// A stage's page.
    pub fn stage_path(stage: Stage, number: usize) -> SitePath {
        Index::Stages.entry_path(stage.id(), number)
    }

    /// A tag's page, by its place among [`crate::handbook::Lists::tags`].
    pub fn tag_path(&self, tag: usize, number: usize) -> SitePath {
        Index::Tags.entry_path(&self.handbook.lists.tags[tag].id, number)
    }

    /// A block's page.
    pub fn block_path(block: &BlockList, number: usize) -> SitePath {
        Index::Blocks.entry_path(&block.kind.block_kind(block.index).id, number)
    }

    /// A category as a badge on a page.
    pub fn category(from: &SitePath, category: Category, words: &Words) -> CategoryView {
        CategoryView {
            id: category.id().to_owned(),
            title: words.category(category),
            letter: words.category_letter(category),
            url: from.link(&Self::category_path(category, 1), None),
        }
    }

    /// A department and its page, seen from a page; one that does nothing has none.
    pub fn department(&self, from: &SitePath, index: DepartmentIndex) -> LinkView {
        let department: &Department = self.handbook.department(index);
        let has_page = department.canvases > 0;
        let url = has_page.then(|| from.link(&self.department_pages[index.0 as usize], None));
        LinkView { title: department.title.clone(), url }
    }

    /// An owner, as named, and its page.
    pub fn owner(&self, from: &SitePath, name: &str) -> LinkView {
        let url =
            self.handbook.lists.owner(name).map(|at| from.link(&self.owner_path(at, 1), None));
        LinkView { title: name.to_owned(), url }
    }

    /// A tag, as written, and its page.
    pub fn tag(&self, from: &SitePath, tag: &str) -> LinkView {
        let url = self.handbook.lists.tag(tag).map(|at| from.link(&self.tag_path(at, 1), None));
        LinkView { title: tag.to_owned(), url }
    }

    /// A stage by its id, for templates have a word for it, and its page.
    pub fn stage(from: &SitePath, stage: Stage) -> LinkView {
        let url = from.link(&Self::stage_path(stage, 1), None);
        LinkView { title: stage.id().to_owned(), url: Some(url) }
    }
}
