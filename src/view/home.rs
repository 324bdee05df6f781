//! The home page: the handbook's own text and its canvases with miniature posters. Templates see it
//! as `home`.

use std::cmp::Reverse;

use serde::Serialize;

use super::card::{self, CARDS_PER_PAGE, CanvasCardView};
use super::edition::{
    About, At, CANVASES, Content, Edition, Filled, Index, NavigationEntry, NavigationTitle,
    PageKind, SectionIndex, on_page, paging, theme_file,
};
use super::layout::LayoutView;
use super::url::SitePath;
use super::{BacklinksView, EntryView, LinkView, PagingView, page};
use crate::handbook::DocumentIndex;

/// The home page, and the further pages of its list of canvases.
pub const PAGE: PageKind = PageKind {
    id: "home",
    pages: |edition| {
        let pages = At::default().numbered(pages(edition));
        pages.map(|at| (edition.list_path(at.number()), at)).collect()
    },
    content: Content::Page {
        template: theme_file!(
            "templates/home.html",
            "The home page, and further pages of its list of canvases."
        ),
        view: |edition, at| Filled::new(view(edition, at.number())),
    },
    source: |edition, at| {
        let document = edition.home_document().filter(|_| at.number() == 1);
        document.map(|index| edition.source(index))
    },
    navigation: |edition| {
        let entry = NavigationEntry {
            title: NavigationTitle::Word(CANVASES),
            path: edition.list_path(1),
            anchor: Some("_canvases"),
            is_main: true,
        };
        if edition.canvases().is_empty() { Vec::new() } else { vec![entry] }
    },
    is_visited: true,
};

/// The home page, or a further page of its list of canvases.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct HomeView {
    /// The handbook's title.
    pub title: String,
    /// One sentence; may be empty.
    pub summary: String,
    /// The text of `content/index.md`; empty on further pages.
    pub html: String,
    /// The canvases of this page, grouped by folder in the order of the folders.
    pub folders: Vec<FolderView>,
    /// How many canvases the handbook has.
    pub canvas_count: usize,
    /// Ways to fewer of them, where there is something to choose; empty on further pages.
    pub filters: Vec<FilterView>,
    /// The departments of the handbook, most activities first; capped.
    pub departments: Vec<EntryView>,
    /// How many departments are not listed.
    pub more_departments: usize,
    /// Leads to the list of all departments, where any is listed.
    pub departments_url: Option<String>,
    /// The ordinary pages at the root of the handbook.
    pub pages: Vec<EntryView>,
    /// Who refers to the home page.
    pub backlinks: BacklinksView,
    /// Present where the canvases fill more than one page.
    pub paging: Option<PagingView>,
}

/// What parts the canvases of the handbook: their stages, their owners or their tags.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct FilterView {
    /// `Stage`, `Owner` or `Tags`.
    pub title: String,
    /// The values, each with its page and the number of canvases there; capped.
    pub items: Vec<EntryView>,
    /// How many values are not listed.
    pub more: usize,
    /// Leads to all of them.
    pub url: String,
}

/// The canvases of one folder.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct FolderView {
    /// The folder's own page's title, else its name; absent for the root of the content.
    pub folder: Option<LinkView>,
    /// Its canvases.
    pub canvases: Vec<CanvasCardView>,
}

/// So many values of a filter the home page names.
const MOST_FILTERS: usize = 12;
/// So many departments the home page names.
const MOST_DEPARTMENTS: usize = 12;
/// So many pages of the root the home page names.
const MOST_PAGES: usize = 40;

/// How many pages the list of canvases fills; at least one.
pub fn pages(edition: &Edition) -> usize {
    card::pages(edition.canvases().len())
}

/// A page of the list of canvases, from 1; the first one is the home page, unless that is a canvas.
pub fn view(edition: &Edition, number: usize) -> (LayoutView, HomeView) {
    let path = edition.list_path(number);
    let is_home = path.as_str() == "index.html";
    let document = edition.home_document().filter(|_| is_home);
    let text = document.map(|index| page::text(edition, &path, index)).unwrap_or_default();
    let shown = on_page(edition.canvases(), number, CARDS_PER_PAGE);
    let lang =
        document.map_or(&edition.handbook.config.language[..], |index| edition.language(index));
    let front = document.map(|index| &edition.entry(index).document.front);
    let title = if is_home { edition.title().to_owned() } else { edition.words.owned("canvases") };
    let mut home = HomeView {
        title: title.clone(),
        summary: front.and_then(|front| front.summary.clone()).unwrap_or_default(),
        html: text.html,
        folders: folders(edition, &path, lang, shown),
        canvas_count: edition.canvases().len(),
        filters: Vec::new(),
        departments: Vec::new(),
        more_departments: 0,
        departments_url: None,
        pages: Vec::new(),
        backlinks: document
            .map_or_else(BacklinksView::default, |index| page::backlinks(edition, &path, index)),
        paging: paging(&path, number, pages(edition), |number| edition.list_path(number)),
    };
    // A canvas that is the home page leads nowhere else, so the list's first page does it as well.
    if number <= 1 {
        home.filters = filters(edition, &path, lang);
        (home.departments, home.more_departments) = departments(edition, &path);
        home.departments_url =
            (!home.departments.is_empty()).then(|| path.link(&Index::Departments.path(1), None));
        home.pages = root_pages(edition, &path, lang);
    }
    let about = About {
        title,
        description: home.summary.clone(),
        is_draft: front.is_some_and(|front| front.draft),
        lang: front.and_then(|front| front.lang.clone()),
        breadcrumbs: if is_home {
            Vec::new()
        } else {
            vec![Edition::home_crumb(&path, &edition.words)]
        },
        section: Some(CANVASES),
        ..About::default()
    };
    (edition.layout(&path, about, text.contents), home)
}

/// Canvases in the order of the list, by section.
fn folders(
    edition: &Edition,
    path: &SitePath,
    lang: &str,
    listed: &[(SectionIndex, DocumentIndex)],
) -> Vec<FolderView> {
    listed
        .chunk_by(|a, b| a.0 == b.0)
        .map(|canvases| {
            let section = edition.section(canvases[0].0);
            let link = || LinkView {
                title: section.title.clone(),
                url: Some(path.link(&section.path, None)),
            };
            FolderView {
                folder: (!section.folder.is_empty()).then(link),
                canvases: card::cards(edition, path, canvases.iter().map(|(_, i)| i), lang),
            }
        })
        .collect()
}

/// The stages, owners and tags that part the canvases, each with what leads to its canvases.
fn filters(edition: &Edition, path: &SitePath, lang: &str) -> Vec<FilterView> {
    let words = edition.words_in(lang);
    let lists = &edition.handbook.lists;
    let entry = |title: String, to: &SitePath, count: usize| EntryView {
        title,
        url: path.link(to, None),
        note: String::new(),
        count: Some(count),
        language: None,
    };
    let filter = |key: &str, index: Index, items: Vec<EntryView>| FilterView {
        title: words.owned(key),
        more: items.len().saturating_sub(MOST_FILTERS),
        items: items.into_iter().take(MOST_FILTERS).collect(),
        url: path.link(&index.path(1), None),
    };
    let stages = lists.stages.iter().map(|(stage, canvases)| {
        let title = words.stage(*stage);
        entry(title, &Edition::stage_path(*stage), canvases.len())
    });
    let owners = lists.owners.iter().enumerate().map(|(at, owner)| {
        entry(owner.title.clone(), &edition.owner_path(at), owner.canvases.len())
    });
    let tags = lists.tags.iter().enumerate().map(|(at, tag)| {
        let canvases = tag.documents.iter().filter(|index| edition.is_canvas(**index));
        entry(tag.title.clone(), &edition.tag_path(at), canvases.count())
    });
    let by_count = |items: &mut dyn Iterator<Item = EntryView>| {
        let mut items: Vec<EntryView> = items.filter(|item| item.count > Some(0)).collect();
        items.sort_by_key(|item| Reverse(item.count));
        items
    };
    let mut filters = vec![
        filter("stage", Index::Stages, stages.collect()),
        filter("owner", Index::Owners, by_count(&mut owners.into_iter())),
        filter("tags", Index::Tags, by_count(&mut tags.into_iter())),
    ];
    // One value for all canvases parts nothing.
    filters.retain(|filter| filter.items.len() > 1);
    filters
}

/// The departments with the most activities, and how many more there are.
fn departments(edition: &Edition, path: &SitePath) -> (Vec<EntryView>, usize) {
    let listed = edition.departments();
    let more = listed.len().saturating_sub(MOST_DEPARTMENTS);
    let entries = listed.iter().take(MOST_DEPARTMENTS).map(|index| {
        let department = edition.handbook.department(*index);
        EntryView {
            title: department.title.clone(),
            url: path.link(edition.department_path(*index), None),
            note: department.owner.clone().unwrap_or_default(),
            count: Some(department.leads.len()),
            language: None,
        }
    });
    (entries.collect(), more)
}

/// The ordinary pages of the root, then its sections.
fn root_pages(edition: &Edition, path: &SitePath, lang: &str) -> Vec<EntryView> {
    let root = edition.section(SectionIndex(0));
    let pages = root.documents.iter().filter(|index| !edition.is_canvas(**index));
    let pages = pages.map(|index| card::entry(edition, path, *index, lang));
    pages.chain(card::subsections(edition, path, root, lang)).take(MOST_PAGES).collect()
}
