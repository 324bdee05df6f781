//! The entries of the indexes.

use super::IndexRowView;
use crate::canvas::Category;
use crate::kind::labels;
use crate::terms::Stage;
use crate::view::edition::{Edition, Index};
use crate::view::url::SitePath;
use crate::view::{LanguageView, NumberView, list};

/// The entry at a place of an index.
pub(super) fn row(edition: &Edition, path: &SitePath, index: Index, at: usize) -> IndexRowView {
    let rows = Rows { edition, path };
    match index {
        Index::Departments => rows.department(at),
        Index::Categories => rows.category(Category::ALL[at]),
        Index::Blocks => rows.block(at),
        Index::Stages => rows.stage(Stage::ALL[at]),
        Index::Owners => rows.owner(at),
        Index::Tags => rows.tag(at),
    }
}

/// What every entry is made from.
struct Rows<'r> {
    edition: &'r Edition,
    path: &'r SitePath,
}

impl Rows<'_> {
    fn number(&self, key: &str, value: usize) -> NumberView {
        NumberView { label: self.edition.words.owned(key), value }
    }

    fn link(&self, to: &SitePath) -> Option<String> {
        Some(self.path.link(to, None))
    }

    fn department(&self, at: usize) -> IndexRowView {
        let index = self.edition.departments()[at];
        let department = self.edition.handbook.department(index);
        let owner = department.owner.as_deref();
        IndexRowView {
            title: department.title.clone(),
            url: self.link(&self.edition.department_path(index, 1)),
            note: owner.map_or_else(String::new, |owner| self.edition.words.owned_by(owner)),
            numbers: vec![
                self.number("leads", department.leads.len()),
                self.number("contributes_to", department.contributes.len()),
                self.number("in_canvases", department.canvases),
            ],
            ..IndexRowView::default()
        }
    }

    fn category(&self, category: Category) -> IndexRowView {
        let activities = self.edition.activities_of(category);
        let canvases = activities.chunk_by(|a, b| a.document == b.document).count();
        let badge = Edition::category(self.path, category, &self.edition.words);
        IndexRowView {
            title: badge.title.clone(),
            url: Some(badge.url.clone()),
            note: self.edition.words.owned(&list::category_explanation(category)),
            category: Some(badge),
            numbers: vec![
                self.number("activities", activities.len()),
                self.number("in_canvases", canvases),
            ],
            ..IndexRowView::default()
        }
    }

    fn block(&self, at: usize) -> IndexRowView {
        let block = &self.edition.handbook.lists.blocks[at];
        let kind = block.kind.block_kind(block.index);
        let language = &self.edition.handbook.config.language;
        let (prompt, prompt_language) = kind.prompt_in(language);
        IndexRowView {
            title: labels::label(&block.kind, block.index, language).to_owned(),
            url: self.link(&Edition::block_path(block, 1)),
            area: Some(kind.area),
            note: prompt.to_owned(),
            note_language: LanguageView::unless(prompt_language, language),
            numbers: vec![
                self.number("elements", block.elements.len()),
                self.number("in_canvases", block.canvases),
            ],
            ..IndexRowView::default()
        }
    }

    fn stage(&self, stage: Stage) -> IndexRowView {
        let canvases = self.edition.handbook.lists.stages.get(&stage).map_or(0, Vec::len);
        let url = self.link(&Edition::stage_path(stage, 1));
        IndexRowView {
            title: self.edition.words.stage(stage),
            url: url.filter(|_| canvases > 0),
            note: self.edition.words.owned(&list::stage_explanation(stage)),
            numbers: vec![self.number("in_canvases", canvases)],
            ..IndexRowView::default()
        }
    }

    fn owner(&self, at: usize) -> IndexRowView {
        let owner = &self.edition.handbook.lists.owners[at];
        IndexRowView {
            title: owner.title.clone(),
            url: self.link(&self.edition.owner_path(at, 1)),
            numbers: vec![
                self.number("in_canvases", owner.canvases.len()),
                self.number("departments", owner.departments.len()),
                self.number("elements", owner.elements.len()),
            ],
            ..IndexRowView::default()
        }
    }

    fn tag(&self, at: usize) -> IndexRowView {
        let tag = &self.edition.handbook.lists.tags[at];
        let is_canvas = |index: &&_| self.edition.is_canvas(**index);
        let canvases = tag.documents.iter().filter(is_canvas).count();
        IndexRowView {
            title: tag.title.clone(),
            url: self.link(&self.edition.tag_path(at, 1)),
            numbers: vec![
                self.number("in_canvases", canvases),
                self.number("pages", tag.documents.len() - canvases),
            ],
            ..IndexRowView::default()
        }
    }
}
