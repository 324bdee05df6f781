//! What the pages of each list show below their heads.

use super::ListGroupView;
use crate::canvas::Category;
use crate::handbook::{DepartmentIndex, DocumentIndex, ElementKey};
use crate::slug::slug;
use crate::view::activity::{self, CanvasElementsView, Says};
use crate::view::card::{self, CanvasCardView};
use crate::view::edition::Edition;
use crate::view::listed::{Listed, Of};
use crate::view::url::SitePath;

/// What the groups of a page are made from.
pub(super) struct Groups<'e> {
    pub edition: &'e Edition,
    pub path: &'e SitePath,
    /// What the page shows of all that the entry lists.
    pub shown: Listed<'e>,
    /// The page's number, from 1.
    pub number: usize,
}

impl Groups<'_> {
    /// The groups of an entry that list anything.
    pub fn of(&self, of: Of) -> Vec<ListGroupView> {
        let all = self.shown.elements[0];
        let mut groups = match of {
            Of::Department(index) => self.of_department(index),
            Of::Category(_) => {
                let says = Says { category: true, ..Says::default() };
                vec![ListGroupView { elements: self.elements(all, &says), ..group("", "") }]
            }
            Of::Block(_) => {
                // What they relate to is on each canvas; here they are compared.
                let says = Says { relations: true, ..Says::default() };
                vec![ListGroupView { elements: self.elements(all, &says), ..group("", "") }]
            }
            Of::Stage(_) => vec![ListGroupView {
                is_unseen: true,
                canvases: self.cards(self.shown.documents),
                ..group(self.word("canvases"), "")
            }],
            Of::Owner(at) => self.of_owner(at),
            Of::Tag(_) => self.of_tag(),
        };
        groups.retain(ListGroupView::has_any);
        groups
    }

    fn word<'w>(&'w self, key: &'w str) -> &'w str {
        self.edition.words.get(key)
    }

    fn elements(&self, keys: &[ElementKey], says: &Says<'_>) -> Vec<CanvasElementsView> {
        activity::by_canvas(self.edition, self.path, keys, says)
    }

    fn cards(&self, documents: &[DocumentIndex]) -> Vec<CanvasCardView> {
        card::cards(self.edition, self.path, documents, &self.edition.handbook.config.language)
    }

    fn of_department(&self, index: DepartmentIndex) -> Vec<ListGroupView> {
        let owner = self.edition.handbook.department(index).owner.as_deref();
        let mut groups = self.by_category(&slug(owner.unwrap_or_default()));
        let says = Says { contributing: Some(index), ..Says::default() };
        groups.push(ListGroupView {
            elements: self.elements(self.shown.elements[1], &says),
            ..group(self.word("contributes_to"), "_contributions")
        });
        groups
    }

    /// What a department with this owner leads, which is sorted by category; the last may have none.
    fn by_category(&self, owner: &str) -> Vec<ListGroupView> {
        let says = Says { department: true, category: true, owner, ..Says::default() };
        let category = |key: &ElementKey| -> Option<Category> {
            self.edition.handbook.element(*key).and_then(|(_, _, facts)| facts.category)
        };
        let groups = self.shown.elements[0].chunk_by(|a, b| category(a) == category(b));
        let group = |keys: &[ElementKey]| {
            let of = keys.first().and_then(category);
            let badge = of.map(|of| Edition::category(self.path, of, &self.edition.words));
            ListGroupView {
                id: of.map_or("no-category", Category::id).to_owned(),
                title: badge
                    .as_ref()
                    .map_or_else(|| self.word("no_category").to_owned(), |b| b.title.clone()),
                category: badge,
                elements: self.elements(keys, &says),
                ..ListGroupView::default()
            }
        };
        groups.map(group).collect()
    }

    fn of_owner(&self, at: usize) -> Vec<ListGroupView> {
        let owner = &self.edition.handbook.lists.owners[at];
        let departments = owner.departments.iter().filter(|_| self.number == 1);
        let departments = departments.map(|index| self.edition.department(self.path, *index));
        let says = Says { owner: &owner.id, ..Says::default() };
        vec![
            ListGroupView {
                departments: departments.collect(),
                ..group(self.word("departments"), "_departments")
            },
            ListGroupView {
                canvases: self.cards(self.shown.documents),
                ..group(self.word("canvases"), "_canvases")
            },
            ListGroupView {
                elements: self.elements(self.shown.elements[0], &says),
                ..group(self.word("answers_for"), "_elements")
            },
        ]
    }

    fn of_tag(&self) -> Vec<ListGroupView> {
        let (canvases, others): (Vec<_>, Vec<_>) =
            self.shown.documents.iter().partition(|index| self.edition.is_canvas(**index));
        let lang = &self.edition.handbook.config.language;
        let page = |index| card::entry(self.edition, self.path, index, lang);
        vec![
            ListGroupView { canvases: self.cards(&canvases), ..group(self.word("canvases"), "") },
            ListGroupView {
                pages: others.into_iter().map(page).collect(),
                ..group(self.word("pages"), "")
            },
        ]
    }
}

/// A group without anything in it.
fn group(title: &str, id: &str) -> ListGroupView {
    ListGroupView { title: title.to_owned(), id: id.to_owned(), ..ListGroupView::default() }
}
