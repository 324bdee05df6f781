//! Activities and other elements as the pages of departments, categories, owners and blocks list
//! them: by canvas.

use serde::Serialize;

use super::edition::Edition;
use super::entries::{self, ActivityView, RelationView};
use super::layout::ContentsView;
use super::url::SitePath;
use super::{LanguageView, LinkView, RELATES_TO};
use crate::handbook::{DepartmentIndex, ElementKey, Entry, Place, Spot};
use crate::slug::slug;

/// So many elements stand on one page of a list: enough to search with the eye, small enough to
/// load at once, and the same however large the handbook grows.
pub(super) const ELEMENTS_PER_PAGE: usize = 200;

/// Elements of one canvas.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CanvasElementsView {
    /// The canvas.
    pub canvas: LinkView,
    /// The canvas's language, where it is not the page's.
    pub language: Option<LanguageView>,
    /// The anchor of the canvas's part of a list that holds each canvas once.
    pub id: String,
    /// The elements as a list.
    pub elements_html: String,
}

/// What a list says of all its elements already, so that none of them repeats it.
#[derive(Clone, Copy, Default)]
pub(super) struct Says<'s> {
    /// Which department leads them.
    pub department: bool,
    /// Which category they are of.
    pub category: bool,
    /// Who answers for them: the slug of the name; may be empty.
    pub owner: &'s str,
    /// Which department contributes to them.
    pub contributing: Option<DepartmentIndex>,
    /// What they relate to. A list that only compares elements says it of none.
    pub relations: bool,
}

/// Elements that are sorted by document, grouped by canvas.
pub(super) fn by_canvas(
    edition: &Edition,
    path: &SitePath,
    keys: &[ElementKey],
    says: &Says<'_>,
) -> Vec<CanvasElementsView> {
    keys.chunk_by(|a, b| a.document == b.document)
        .map(|keys| {
            let index = keys[0].document;
            let language = edition.foreign(index, &edition.handbook.config.language);
            let elements: Vec<ActivityView> =
                keys.iter().filter_map(|key| activity(edition, path, *key, says)).collect();
            CanvasElementsView {
                canvas: LinkView {
                    title: edition.entry(index).document.title.clone(),
                    url: Some(path.link(edition.path(index), None)),
                },
                id: anchor(edition.path(index)),
                elements_html: entries::activities(&elements, language.as_ref(), &edition.words),
                language,
            }
        })
        .collect()
}

/// The anchor of a canvas's part of a list: its path, without the blanks that no id may have.
fn anchor(path: &SitePath) -> String {
    let name = path.as_str().strip_suffix(".html").unwrap_or(path.as_str());
    format!("_{}", name.replace('%', "%25").replace(' ', "%20"))
}

fn activity(
    edition: &Edition,
    path: &SitePath,
    key: ElementKey,
    says: &Says<'_>,
) -> Option<ActivityView> {
    let (entry, element, facts) = edition.handbook.element(key)?;
    let place = Place { document: key.document, spot: Spot::Element(key.element) };
    let department = facts.department.filter(|_| !says.department);
    let contributing = facts.contributing.iter().copied();
    let contributing = contributing.filter(|index| Some(*index) != says.contributing);
    let said = |owner: &&String| !says.owner.is_empty() && slug(owner) == says.owner;
    let owner = facts.owner.as_ref().filter(|owner| !said(owner));
    let link = |index| edition.department(path, index);
    Some(ActivityView {
        title: Edition::element_title(&entry.document, key.element),
        url: edition.url(path, place),
        text: if element.name.is_some() { element.text.clone() } else { String::new() },
        category: facts
            .category
            .filter(|_| !says.category)
            .map(|category| Edition::category(path, category, &edition.words)),
        department: department.into_iter().map(link).collect(),
        contributing: contributing.map(link).collect(),
        owner: owner.cloned().unwrap_or_default(),
        relations: if says.relations { Vec::new() } else { relations(edition, path, entry, key) },
    })
}

/// The contents of a list that holds each canvas once.
pub(super) fn contents(canvases: &[CanvasElementsView]) -> Vec<ContentsView> {
    let entry = |part: &CanvasElementsView| ContentsView {
        title: part.canvas.title.clone(),
        id: part.id.clone(),
        level: 2,
    };
    if canvases.len() > 1 { canvases.iter().map(entry).collect() } else { Vec::new() }
}

/// What an activity supports, runs, earns …: the relations of which it is the subject.
fn relations(
    edition: &Edition,
    path: &SitePath,
    entry: &Entry,
    key: ElementKey,
) -> Vec<RelationView> {
    let Some(canvas) = &entry.document.canvas else { return Vec::new() };
    let mut views: Vec<RelationView> = Vec::new();
    // Relations are sorted by their subject.
    let start = entry.relations.partition_point(|relation| relation.from < key.element);
    for relation in entry.relations[start..].iter().take_while(|r| r.from == key.element) {
        let verb = match relation.verb {
            Some(verb) => canvas.kind.relations[verb as usize].verb.as_str(),
            None => RELATES_TO,
        };
        let verb = edition.words.verb(verb);
        let place = Place { document: key.document, spot: Spot::Element(relation.to) };
        let title = Edition::element_title(&entry.document, relation.to);
        RelationView::add(&mut views, verb, &title, &edition.url(path, place));
    }
    views
}
