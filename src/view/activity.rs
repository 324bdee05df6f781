//! Activities and other elements as the pages of departments, categories, owners and blocks list
//! them: by canvas.

use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use serde::Serialize;

use super::edition::{Edition, shortened};
use super::entries::{self, ActivityView, RelationView, Terms};
use super::layout::ContentsView;
use super::links::LinksHtml;
use super::url::SitePath;
use super::{LanguageView, LinkView, RELATES_TO};
use crate::canvas::Category;
use crate::handbook::{DepartmentIndex, ElementKey, Entry};
use crate::slug::slug;

/// So many elements stand on one page of a list: enough to search with the eye, small enough to
/// load at once, and the same however large the handbook grows.
pub(super) const ELEMENTS_PER_PAGE: usize = 200;

/// So many departments that contribute, and so many relations, an element of a list shows. Each of these
/// departments has a page that lists the element, so that more would make as many pages of as many
/// links; the canvas's page shows all.
const MOST_LINKS: usize = 24;

/// A longer text of an element is cut in a list, in characters: the canvas's page has all of it.
const LONGEST_TEXT: usize = 4_000;

/// Elements of one canvas.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
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
    let mut list = List {
        edition,
        path,
        says,
        departments: HashMap::new(),
        categories: BTreeMap::new(),
        terms: Terms::of(&edition.words),
    };
    keys.chunk_by(|a, b| a.document == b.document).map(|keys| list.canvas(keys)).collect()
}

/// A list on a page, with what many of its elements show.
struct List<'e> {
    edition: &'e Edition,
    path: &'e SitePath,
    says: &'e Says<'e>,
    departments: HashMap<DepartmentIndex, LinksHtml>,
    categories: BTreeMap<Category, Rc<str>>,
    terms: Terms<'e>,
}

impl<'e> List<'e> {
    /// Elements of one canvas.
    fn canvas(&mut self, keys: &[ElementKey]) -> CanvasElementsView {
        let (edition, path) = (self.edition, self.path);
        let index = keys[0].document;
        let language = edition.foreign(index, &edition.handbook.config.language);
        let url = path.link(edition.path(index), None);
        let elements: Vec<ActivityView<'_>> =
            keys.iter().filter_map(|key| self.activity(*key, &url)).collect();
        CanvasElementsView {
            id: anchor(edition.path(index)),
            elements_html: entries::activities(&elements, &url, language.as_ref(), &self.terms),
            language,
            canvas: LinkView { title: edition.entry(index).document.title.clone(), url: Some(url) },
        }
    }

    /// An element of the canvas at `url`.
    fn activity(&mut self, key: ElementKey, url: &str) -> Option<ActivityView<'e>> {
        let (entry, element, facts) = self.edition.handbook.element(key)?;
        let says = self.says;
        let department = facts.department.filter(|_| !says.department);
        let contributing = facts.contributing.iter().copied();
        let contributing = contributing.filter(|index| Some(*index) != says.contributing);
        let said = |owner: &&str| !says.owner.is_empty() && slug(owner) == says.owner;
        let owner = facts.owner.filter(|owner| !said(owner));
        Some(ActivityView {
            title: Edition::element_title(&entry.document, key.element),
            id: facts.id,
            text: match element.name {
                Some(_) => shortened(element.text.get(), LONGEST_TEXT),
                None => "".into(),
            },
            category: facts.category.filter(|_| !says.category).map(|of| self.category(of)),
            department: self.departments(department),
            contributing: self.departments(contributing),
            owner: owner.unwrap_or_default(),
            relations: if says.relations {
                Vec::new()
            } else {
                self.relations(entry, key.element, url)
            },
        })
    }

    fn category(&mut self, category: Category) -> Rc<str> {
        let badge = || {
            let view = Edition::category(self.path, category, &self.edition.words);
            entries::badge(&view).into()
        };
        self.categories.entry(category).or_insert_with(badge).clone()
    }

    fn departments(&mut self, indexes: impl IntoIterator<Item = DepartmentIndex>) -> LinksHtml {
        let mut links = LinksHtml::default();
        let mut indexes = indexes.into_iter();
        for index in indexes.by_ref().take(MOST_LINKS) {
            let link = || std::iter::once(self.edition.department(self.path, index)).collect();
            links.append(self.departments.entry(index).or_insert_with(link));
        }
        links.more(indexes.count());
        links
    }

    /// What an activity supports, runs, earns …: the relations of which it is the subject.
    fn relations(&self, entry: &'e Entry, element: u32, url: &str) -> Vec<RelationView<'e>> {
        let Some(canvas) = &entry.document.canvas else { return Vec::new() };
        let edition = self.edition;
        let mut views: Vec<RelationView<'e>> = Vec::new();
        // Relations are sorted by their subject.
        let start = entry.relations.partition_point(|relation| relation.from < element);
        let relations = &entry.relations[start..];
        let count = relations.partition_point(|relation| relation.from == element);
        for relation in relations[..count].iter().take(MOST_LINKS) {
            let verb = match relation.verb {
                Some(verb) => canvas.kind.relations[verb as usize].verb.as_str(),
                None => RELATES_TO,
            };
            let title = Edition::element_title(&entry.document, relation.to);
            let links = RelationView::links_under(&mut views, edition.words.verb(verb));
            links.push_anchor(&title, url, entry.elements.at(relation.to).id);
        }
        if let Some(last) = views.last_mut() {
            last.links.more(count.saturating_sub(MOST_LINKS));
        }
        views
    }
}

/// The anchor of a canvas's part of a list: its path, without the blanks that no id may have. No id of
/// the theme starts with `_/`.
fn anchor(path: &SitePath) -> String {
    let name = path.as_str().strip_suffix(".html").unwrap_or(path.as_str());
    format!("_/{}", name.replace('%', "%25").replace(' ', "%20"))
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
