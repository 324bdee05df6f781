//! The page of an entry of a list: of a department, a category, a building block, a stage, an owner or
//! a tag, with everything that the canvases say of it. Templates see it as `list`.

mod entry;

use serde::Serialize;

use super::activity::{self, CanvasElementsView, ELEMENTS_PER_PAGE};
use super::card::{self, CARDS_PER_PAGE, CanvasCardView};
use super::edition::{At, Content, Edition, Filled, Index, PageKind, on_page, paging, theme_file};
use super::layout::{ContentsView, LayoutView};
use super::url::SitePath;
use super::{
    BacklinksView, CategoryView, EntryView, LanguageView, LinkView, NumberView, PagingView,
};
use crate::canvas::Category;
use crate::handbook::{DepartmentIndex, DocumentIndex, ElementKey};
use crate::kind::Area;
use crate::terms::Stage;

use entry::Page;

/// The pages of the entries of all lists.
pub const PAGE: PageKind = PageKind {
    id: "list",
    pages,
    content: Content::Page {
        template: theme_file!(
            "templates/list.html",
            "The page of an entry of a list: a department, category, building block, stage, owner or tag."
        ),
        view: |edition, at| {
            let variant = Index::ALL[at.list as usize].id();
            Filled { variant: Some(variant), ..Filled::new(view(edition, at)) }
        },
    },
    source: |_, _| None,
    navigation: |_| Vec::new(),
    is_visited: true,
};

/// The page of an entry of a list, or a further page of what the entry lists.
#[derive(Clone, Debug, Default, PartialEq, Hash, Serialize)]
pub struct ListView {
    /// `departments`, `categories`, `blocks`, `stages`, `owners` or `tags`.
    pub id: String,
    /// For a block its area, which decides the colour.
    pub area: Option<Area>,
    /// What it is: `Department`; for a stage with its portfolio: `Stage · Explore`.
    pub kicker: String,
    /// What it is called.
    pub title: String,
    /// The language of that, where it is not the page's.
    pub title_language: Option<LanguageView>,
    /// A sentence on it; may be empty.
    pub lede: String,
    /// The language of that, where it is not the page's.
    pub lede_language: Option<LanguageView>,
    /// Who answers for the department; absent where nobody is named.
    pub owner: Option<LinkView>,
    /// Other names that the handbook's canvases use for the department; may be empty.
    pub note: String,
    /// What it counts in the whole handbook.
    pub numbers: Vec<NumberView>,
    /// What it lists on this page.
    pub groups: Vec<ListGroupView>,
    /// What to say where it lists nothing; may be empty.
    pub nothing: String,
    /// Who refers to the department.
    pub backlinks: BacklinksView,
    /// Present where it fills more than one page.
    pub paging: Option<PagingView>,
}

/// What an entry lists below one heading: links, canvases, pages or elements.
#[derive(Clone, Debug, Default, PartialEq, Hash, Serialize)]
pub struct ListGroupView {
    /// The anchor of the heading; empty where none leads there.
    pub id: String,
    /// The heading; empty where the page's own says it.
    pub title: String,
    /// True where only a screen reader needs the heading.
    pub is_unseen: bool,
    /// For activities of one category its badge.
    pub category: Option<CategoryView>,
    /// The departments that an owner answers for.
    pub departments: Vec<LinkView>,
    /// Canvases.
    pub canvases: Vec<CanvasCardView>,
    /// Ordinary pages.
    pub pages: Vec<EntryView>,
    /// Activities and other elements by canvas.
    pub elements: Vec<CanvasElementsView>,
}

/// An entry of a list.
#[derive(Clone, Copy, Debug)]
enum Of {
    Department(DepartmentIndex),
    Category(Category),
    /// By its place among [`crate::handbook::Lists::blocks`].
    Block(usize),
    Stage(Stage),
    /// By its place among [`crate::handbook::Lists::owners`].
    Owner(usize),
    /// By its place among [`crate::handbook::Lists::tags`].
    Tag(usize),
}

impl Of {
    fn new(index: Index, item: u32) -> Self {
        let at = item as usize;
        match index {
            Index::Departments => Self::Department(DepartmentIndex(item)),
            Index::Categories => Self::Category(Category::ALL[at]),
            Index::Blocks => Self::Block(at),
            Index::Stages => Self::Stage(Stage::ALL[at]),
            Index::Owners => Self::Owner(at),
            Index::Tags => Self::Tag(at),
        }
    }

    /// Its id, after which its page is called.
    fn id(self, edition: &Edition) -> &str {
        let lists = &edition.handbook.lists;
        match self {
            Self::Department(index) => &edition.handbook.department(index).id,
            Self::Category(category) => category.id(),
            Self::Block(at) => {
                let list = &lists.blocks[at];
                &list.kind.block_kind(list.index).id
            }
            Self::Stage(stage) => stage.id(),
            Self::Owner(at) => &lists.owners[at].id,
            Self::Tag(at) => &lists.tags[at].id,
        }
    }

    /// Everything that it lists.
    fn listed(self, edition: &Edition) -> Listed<'_> {
        let lists = &edition.handbook.lists;
        let elements = |elements| Listed { elements: [elements, &[]], ..Listed::default() };
        let documents = |documents| Listed { documents, ..Listed::default() };
        match self {
            Self::Department(index) => {
                let department = edition.handbook.department(index);
                let elements = [&*department.leads, &*department.contributes];
                Listed { elements, ..Listed::default() }
            }
            Self::Category(category) => elements(edition.activities_of(category)),
            Self::Block(at) => elements(&lists.blocks[at].elements),
            Self::Stage(stage) => documents(lists.stages.get(&stage).map_or(&[], Vec::as_slice)),
            Self::Owner(at) => {
                let owner = &lists.owners[at];
                Listed { documents: &owner.canvases, elements: [&owner.elements, &[]] }
            }
            Self::Tag(at) => documents(&lists.tags[at].documents),
        }
    }
}

/// What an entry lists: documents and elements, which go on from page to page side by side.
#[derive(Clone, Copy, Debug, Default)]
struct Listed<'e> {
    documents: &'e [DocumentIndex],
    /// One list after the other.
    elements: [&'e [ElementKey]; 2],
}

impl Listed<'_> {
    /// How many elements there are.
    fn len(&self) -> usize {
        self.elements.iter().map(|elements| elements.len()).sum()
    }

    /// How many pages it fills.
    fn pages(&self) -> usize {
        card::pages(self.documents.len()).max(self.len().div_ceil(ELEMENTS_PER_PAGE))
    }

    /// What is on one of its pages, from 1.
    fn on_page(&self, number: usize) -> Self {
        let start = (number - 1) * ELEMENTS_PER_PAGE;
        let mut before = 0;
        let elements = self.elements.map(|elements| {
            let clamp = |at: usize| at.saturating_sub(before).min(elements.len());
            let shown = &elements[clamp(start)..clamp(start + ELEMENTS_PER_PAGE)];
            before += elements.len();
            shown
        });
        Self { documents: on_page(self.documents, number, CARDS_PER_PAGE), elements }
    }
}

/// The pages of all entries of all lists that the handbook has anything for.
fn pages(edition: &Edition) -> Vec<(SitePath, At)> {
    let mut pages = Vec::new();
    for (list, index) in (0..).zip(Index::ALL).filter(|(_, index)| index.exists(edition)) {
        for item in index.entries(edition) {
            let of = Of::new(index, item);
            let id = of.id(edition);
            let at = At { list, ..At::item(item) };
            let numbered = at.numbered(of.listed(edition).pages());
            pages.extend(numbered.map(|at| (index.entry_path(id, at.number()), at)));
        }
    }
    pages
}

/// A page of an entry.
pub fn view(edition: &Edition, at: At) -> (LayoutView, ListView) {
    let index = Index::ALL[at.list as usize];
    let of = Of::new(index, at.item);
    let (id, all, number) = (of.id(edition), of.listed(edition), at.number());
    let path = index.entry_path(id, number);
    let page = Page { edition, path: &path, all, shown: all.on_page(number), number };
    let (view, description) = match of {
        Of::Department(index) => page.department(index),
        Of::Category(category) => page.category(category),
        Of::Block(at) => page.block(at),
        Of::Stage(stage) => page.stage(stage),
        Of::Owner(at) => page.owner(at),
        Of::Tag(at) => page.tag(at),
    };
    let view = ListView {
        id: index.id().to_owned(),
        paging: paging(&path, number, all.pages(), |number| index.entry_path(id, number)),
        ..view
    };
    let about = edition.about_listed(&path, index, view.title.clone(), description);
    (edition.layout(&path, about, contents(&view.groups)), view)
}

/// The headings of a page; of elements in one group those of their canvases.
fn contents(groups: &[ListGroupView]) -> Vec<ContentsView> {
    if let [ListGroupView { title, elements, .. }] = groups
        && title.is_empty()
    {
        return activity::contents(elements);
    }
    let groups = groups.iter().filter(|group| !group.id.is_empty());
    let entry = |group: &ListGroupView| ContentsView {
        title: group.title.clone(),
        id: group.id.clone(),
        level: 2,
    };
    groups.map(entry).collect()
}

impl ListGroupView {
    /// Whether it lists anything.
    fn has_any(&self) -> bool {
        let Self { departments, canvases, pages, elements, .. } = self;
        !(departments.is_empty() && canvases.is_empty() && pages.is_empty() && elements.is_empty())
    }
}

/// The key of the word that explains a category.
pub(super) fn category_explanation(category: Category) -> String {
    format!("category_{}_covers", category.id().replace('-', "_"))
}

/// The key of the word that explains a stage.
pub(super) fn stage_explanation(stage: Stage) -> String {
    format!("stage_{}_covers", stage.id())
}
