//! The page of an entry of a list: of a department, a category, a building block, a stage, an owner, a tag or
//! a kind of canvas, with its activities, elements and canvases. Templates see it as `list`.

pub mod csv;
mod groups;
mod kind;
mod losses;

use serde::Serialize;

use super::edition::{At, Content, Edition, Filled, Index, PageKind, paging, theme_file};
use super::layout::{ContentsView, LayoutView};
use super::listed::Of;
use super::url::SitePath;
use super::{
    BacklinksView, CategoryView, EntryView, LanguageView, LinkView, NumberView, PagingView, changes,
};
use crate::handbook::{DepartmentIndex, DocumentIndex, Spot};

use groups::Groups;
use kind::FormView;

/// The pages of the entries of all lists.
pub const PAGE: PageKind = PageKind {
    id: "list",
    pages,
    is_of_documents: false,
    content: Content::Page {
        template: theme_file!(
            "templates/list.html",
            "The page of an entry of a list: a department, category, building block, stage, owner, tag or kind."
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

/// The page of an entry of a list, or a further page of what it lists.
#[derive(Clone, Debug, Default, PartialEq, Hash, Serialize)]
pub struct ListView {
    /// `departments`, `categories`, `blocks`, `stages`, `owners`, `tags` or `kinds`.
    pub id: String,
    /// For a block: its area, which determines the colour.
    pub area: Option<String>,
    /// The sort of entry: `Department`; for a stage with its portfolio: `Stage · Explore`.
    pub kicker: String,
    /// Its title.
    pub title: String,
    /// The language of the title, if it is not the page's.
    pub title_language: Option<LanguageView>,
    /// A sentence about it; may be empty.
    pub lede: String,
    /// The language of the lede, if it is not the page's.
    pub lede_language: Option<LanguageView>,
    /// Who is responsible for the department; absent if nobody is named.
    pub owner: Option<LinkView>,
    /// Other names that the handbook's canvases use for the department; may be empty.
    pub note: String,
    /// Its numbers in the whole handbook.
    pub numbers: Vec<NumberView>,
    /// For a kind of canvas: its empty form, on the first page.
    pub form: Option<FormView>,
    /// The groups on this page.
    pub groups: Vec<ListGroupView>,
    /// A sentence for a page that lists nothing; may be empty.
    pub nothing: String,
    /// The address of everything that it lists as a table for spreadsheets, if the configuration asks for
    /// it.
    pub csv_url: Option<String>,
    /// The address of the recent changes for a department or an owner, if there is a history.
    pub changes_url: Option<String>,
    /// The references to the department.
    pub backlinks: BacklinksView,
    /// Present if it fills more than one page.
    pub paging: Option<PagingView>,
}

/// What an entry lists below one heading: links, rows of a table or pages.
#[derive(Clone, Debug, Default, PartialEq, Hash, Serialize)]
pub struct ListGroupView {
    /// The anchor of the heading; empty if nothing links to it.
    pub id: String,
    /// The heading; empty if it is that of the page.
    pub title: String,
    /// Whether only a screen reader needs the heading.
    pub is_unseen: bool,
    /// Whether it is shown only on request.
    pub is_folded: bool,
    /// For activities of one category: its badge.
    pub category: Option<CategoryView>,
    /// The departments that an owner is responsible for.
    pub departments: Vec<LinkView>,
    /// Activities, other elements, canvases or counts as a table; may be empty.
    pub table_html: String,
    /// Ordinary pages.
    pub pages: Vec<EntryView>,
}

/// The pages of all entries of all lists that exist in the handbook.
fn pages(edition: &Edition) -> Vec<(SitePath, At)> {
    let mut pages = Vec::new();
    for (list, index) in (0..).zip(Index::ALL).filter(|(_, index)| index.exists(edition)) {
        for item in index.entries(edition) {
            let of = Of::new(index, item as usize);
            let id = of.id(edition);
            let at = At { list, ..At::item(item) };
            let numbered = at.numbered(of.pages(edition));
            pages.extend(numbered.map(|at| (index.entry_path(id, at.number()), at)));
        }
    }
    pages
}

/// A page of an entry.
pub fn view(edition: &Edition, at: At) -> (LayoutView, ListView) {
    let index = Index::ALL[at.list as usize];
    let of = Of::new(index, at.item as usize);
    let (id, all, number) = (of.id(edition), of.listed(edition), at.number());
    let path = index.entry_path(id, number);
    let shown = all.on_page(number);
    let groups = Groups { edition, path: &path, all, shown, number }.of(of);
    let summary = of.summary(edition, &path);
    let title = summary.title;
    let filled = |key: &str, place: &str| edition.words.get(key).replace(place, &title);
    let description = match of {
        Of::Department(_) => filled("department_description", "{title}"),
        Of::Owner(_) => filled("owner_description", "{owner}"),
        Of::Tag(_) => filled("tag_description", "{title}"),
        Of::Category(_) | Of::Block(_) | Of::Stage(_) | Of::Kind(_) => summary.sentence.clone(),
    };
    let mut view = ListView {
        id: index.id().to_owned(),
        area: summary.area,
        kicker: edition.words.owned(index.entry_word()),
        title: title.clone(),
        title_language: summary.title_language,
        lede: summary.sentence,
        lede_language: summary.sentence_language,
        numbers: summary.numbers,
        groups,
        csv_url: csv::link(edition, &path, &index.entry_path(id, 1)),
        changes_url: match of {
            Of::Department(_) | Of::Owner(_) => {
                changes::link_of(edition, &path, &index.entry_path(id, 1))
            }
            Of::Category(_) | Of::Block(_) | Of::Stage(_) | Of::Tag(_) | Of::Kind(_) => None,
        },
        paging: paging(&path, number, of.pages(edition), |number| index.entry_path(id, number)),
        ..ListView::default()
    };
    match of {
        Of::Department(index) => view.add_department(edition, &path, index, number),
        Of::Category(_) => view.nothing = edition.words.owned("no_activities"),
        Of::Stage(stage) => {
            view.kicker = format!("{} · {}", view.kicker, edition.words.get(stage.portfolio()));
        }
        Of::Kind(at) if number == 1 => {
            let kind = &edition.handbook.lists.kinds[at].kind;
            view.form = Some(FormView::of(edition, kind));
        }
        Of::Block(_) | Of::Owner(_) | Of::Tag(_) | Of::Kind(_) => {}
    }
    let about = edition.about_listed(&path, index, title, description);
    (edition.layout(&path, about, contents(&view.groups)), view)
}

/// The headings of a page.
fn contents(groups: &[ListGroupView]) -> Vec<ContentsView> {
    let groups = groups.iter().filter(|group| !group.id.is_empty());
    let entry = |group: &ListGroupView| ContentsView {
        title: group.title.clone(),
        id: group.id.clone(),
        level: 2,
    };
    groups.map(entry).collect()
}

impl ListView {
    /// Adds the parts that only a department has.
    fn add_department(
        &mut self,
        edition: &Edition,
        path: &SitePath,
        index: DepartmentIndex,
        number: usize,
    ) {
        let department = edition.handbook.department(index);
        self.owner = department.owner.as_deref().map(|owner| edition.owner(path, owner));
        if !department.also_called.is_empty() {
            let names = department.also_called.join(", ");
            self.note = edition.words.get("also_called").replace("{names}", &names);
        }
        self.nothing = edition.words.owned("no_activities");
        if number == 1 {
            self.backlinks = backlinks(edition, path, index);
        }
    }
}

/// The references to a department's part of a canvas from other pages.
fn backlinks(edition: &Edition, path: &SitePath, index: DepartmentIndex) -> BacklinksView {
    let all = Of::Department(index).listed(edition).elements.into_iter().flatten();
    let mut documents: Vec<DocumentIndex> = all.map(|key| key.document).collect();
    documents.sort_unstable();
    documents.dedup();
    let references = documents
        .into_iter()
        .flat_map(|document| edition.handbook.backlinks_of(document, Spot::Department(index)));
    edition.backlinks(path, references, false)
}

impl ListGroupView {
    /// Whether it lists anything.
    fn has_any(&self) -> bool {
        let Self { departments, table_html, pages, .. } = self;
        !(departments.is_empty() && table_html.is_empty() && pages.is_empty())
    }
}
