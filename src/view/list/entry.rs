//! What the pages of each list show.

use super::{ListGroupView, ListView, Listed, category_explanation, stage_explanation};
use crate::canvas::Category;
use crate::handbook::{DepartmentIndex, DocumentIndex, ElementKey, Spot};
use crate::kind::labels;
use crate::slug::slug;
use crate::terms::Stage;
use crate::view::activity::{self, CanvasElementsView, Says};
use crate::view::card::{self, CanvasCardView};
use crate::view::edition::Edition;
use crate::view::url::SitePath;
use crate::view::{BacklinksView, LanguageView, NumberView};

/// What the views of all lists are made from.
pub(super) struct Page<'e> {
    pub(super) edition: &'e Edition,
    pub(super) path: &'e SitePath,
    /// All that the entry lists.
    pub(super) all: Listed<'e>,
    /// What of it this page shows.
    pub(super) shown: Listed<'e>,
    /// From 1.
    pub(super) number: usize,
}

impl<'e> Page<'e> {
    fn word(&self, key: &str) -> String {
        self.edition.words.owned(key)
    }

    fn number(&self, key: &str, value: usize) -> NumberView {
        NumberView { label: self.word(key), value }
    }

    /// A word with something of the handbook filled in.
    fn filled(&self, key: &str, place: &str, with: &str) -> String {
        self.edition.words.get(key).replace(place, with)
    }

    /// The language of interface words, where it is not the page's.
    fn words_language(&self) -> Option<LanguageView> {
        self.edition.words.foreign().map(LanguageView::of)
    }

    fn elements(&self, keys: &[ElementKey], says: &Says<'_>) -> Vec<CanvasElementsView> {
        activity::by_canvas(self.edition, self.path, keys, says)
    }

    fn cards(&self, documents: &[DocumentIndex]) -> Vec<CanvasCardView> {
        card::cards(self.edition, self.path, documents, &self.edition.handbook.config.language)
    }

    /// All elements of the page as one group.
    fn one_group(&self, says: &Says<'_>) -> Vec<ListGroupView> {
        let elements = self.elements(self.shown.elements[0], says);
        let group = ListGroupView { elements, ..ListGroupView::default() };
        if group.elements.is_empty() { Vec::new() } else { vec![group] }
    }

    pub(super) fn department(&self, index: DepartmentIndex) -> (ListView, String) {
        let department = self.edition.handbook.department(index);
        let owner = department.owner.as_deref();
        let [leads, contributes] = self.all.elements;
        let mut groups = self.by_category(&slug(owner.unwrap_or_default()));
        let says = Says { contributing: Some(index), ..Says::default() };
        let contributions = self.elements(self.shown.elements[1], &says);
        if !contributions.is_empty() {
            groups.push(ListGroupView {
                id: "_contributions".to_owned(),
                title: self.word("contributes_to"),
                elements: contributions,
                ..ListGroupView::default()
            });
        }
        let note = match &*department.also_called {
            [] => String::new(),
            names => self.filled("also_called", "{names}", &names.join(", ")),
        };
        let view = ListView {
            kicker: self.word("department"),
            title: department.title.clone(),
            owner: owner.map(|owner| self.edition.owner(self.path, owner)),
            note,
            numbers: vec![
                self.number("leads", leads.len()),
                self.number("contributes_to", contributes.len()),
                self.number("in_canvases", department.canvases),
            ],
            nothing: self.word("no_activities"),
            backlinks: match self.number {
                1 => self.backlinks(index),
                _ => BacklinksView::default(),
            },
            groups,
            ..ListView::default()
        };
        let description = self.filled("department_description", "{title}", &department.title);
        (view, description)
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
                title: badge.as_ref().map_or_else(|| self.word("no_category"), |b| b.title.clone()),
                category: badge,
                elements: self.elements(keys, &says),
                ..ListGroupView::default()
            }
        };
        groups.map(group).collect()
    }

    /// Who refers to a department's part of a canvas from another page.
    fn backlinks(&self, index: DepartmentIndex) -> BacklinksView {
        let all = self.all.elements.into_iter().flatten();
        let mut documents: Vec<DocumentIndex> = all.map(|key| key.document).collect();
        documents.sort_unstable();
        documents.dedup();
        let handbook = &self.edition.handbook;
        let references = documents
            .into_iter()
            .flat_map(|document| handbook.backlinks_of(document, Spot::Department(index)));
        self.edition.backlinks(self.path, references, false)
    }

    pub(super) fn category(&self, category: Category) -> (ListView, String) {
        let lede = self.word(&category_explanation(category));
        let view = ListView {
            kicker: self.word("category"),
            title: self.edition.words.category(category),
            title_language: self.words_language(),
            lede: lede.clone(),
            lede_language: self.words_language(),
            numbers: vec![self.number("activities", self.all.len())],
            groups: self.one_group(&Says { category: true, ..Says::default() }),
            nothing: self.word("no_activities"),
            ..ListView::default()
        };
        (view, lede)
    }

    pub(super) fn block(&self, at: usize) -> (ListView, String) {
        let list = &self.edition.handbook.lists.blocks[at];
        let kind = list.kind.block_kind(list.index);
        let language = &self.edition.handbook.config.language;
        let (prompt, prompt_language) = kind.prompt_in(language);
        let view = ListView {
            area: Some(kind.area),
            kicker: self.word("block"),
            title: labels::label(&list.kind, list.index, language).to_owned(),
            lede: prompt.to_owned(),
            lede_language: LanguageView::unless(prompt_language, language),
            numbers: vec![
                self.number("elements", self.all.len()),
                self.number("in_canvases", list.canvases),
            ],
            // What they relate to is on each canvas; here they are compared.
            groups: self.one_group(&Says { relations: true, ..Says::default() }),
            ..ListView::default()
        };
        (view, prompt.to_owned())
    }

    pub(super) fn stage(&self, stage: Stage) -> (ListView, String) {
        let lede = self.word(&stage_explanation(stage));
        let canvases = ListGroupView {
            title: self.word("canvases"),
            is_unseen: true,
            canvases: self.cards(self.shown.documents),
            ..ListGroupView::default()
        };
        let view = ListView {
            kicker: format!("{} · {}", self.word("stage"), self.word(stage.portfolio())),
            title: self.edition.words.stage(stage),
            title_language: self.words_language(),
            lede: lede.clone(),
            lede_language: self.words_language(),
            numbers: vec![self.number("in_canvases", self.all.documents.len())],
            groups: vec![canvases],
            ..ListView::default()
        };
        (view, lede)
    }

    pub(super) fn owner(&self, at: usize) -> (ListView, String) {
        let owner = &self.edition.handbook.lists.owners[at];
        let heading = |key: &str, id: &str| ListGroupView {
            id: id.to_owned(),
            title: self.word(key),
            ..ListGroupView::default()
        };
        let departments = owner.departments.iter().filter(|_| self.number == 1);
        let departments = departments.map(|index| self.edition.department(self.path, *index));
        let says = Says { owner: &owner.id, ..Says::default() };
        let mut groups = vec![
            ListGroupView {
                departments: departments.collect(),
                ..heading("departments", "_departments")
            },
            ListGroupView {
                canvases: self.cards(self.shown.documents),
                ..heading("canvases", "_canvases")
            },
            ListGroupView {
                elements: self.elements(self.shown.elements[0], &says),
                ..heading("answers_for", "_elements")
            },
        ];
        groups.retain(ListGroupView::has_any);
        let view = ListView {
            kicker: self.word("owner"),
            title: owner.title.clone(),
            numbers: vec![
                self.number("in_canvases", self.all.documents.len()),
                self.number("elements", self.all.len()),
            ],
            groups,
            ..ListView::default()
        };
        (view, self.filled("owner_description", "{owner}", &owner.title))
    }

    pub(super) fn tag(&self, at: usize) -> (ListView, String) {
        let tag = &self.edition.handbook.lists.tags[at];
        let (canvases, others): (Vec<_>, Vec<_>) =
            self.shown.documents.iter().partition(|index| self.edition.is_canvas(**index));
        let lang = &self.edition.handbook.config.language;
        let page = |index| card::entry(self.edition, self.path, index, lang);
        let mut groups = vec![
            ListGroupView {
                title: self.word("canvases"),
                canvases: self.cards(&canvases),
                ..ListGroupView::default()
            },
            ListGroupView {
                title: self.word("pages"),
                pages: others.into_iter().map(page).collect(),
                ..ListGroupView::default()
            },
        ];
        groups.retain(ListGroupView::has_any);
        let view = ListView {
            kicker: self.word("tag"),
            title: tag.title.clone(),
            groups,
            ..ListView::default()
        };
        (view, self.filled("tag_description", "{title}", &tag.title))
    }
}
