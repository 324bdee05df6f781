//! The home page: the handbook's own text and its canvases with miniature posters. Templates see it
//! as `home`.

use std::collections::BTreeMap;

use serde::Serialize;

use super::edition::{About, Edition, NavigationSection, paging};
use super::layout::LayoutView;
use super::url::SitePath;
use super::{BacklinksView, EntryView, LinkView, PagingView, department, page};
use crate::handbook::DocumentIndex;
use crate::kind::Area;

/// The home page, or a further page of its list of canvases.
#[derive(Clone, Debug, PartialEq, Serialize)]
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
    /// The departments of the handbook, most activities first; capped.
    pub departments: Vec<EntryView>,
    /// How many departments are not listed.
    pub more_departments: usize,
    /// Leads to the list of all departments, where the handbook has any.
    pub departments_url: Option<String>,
    /// The ordinary pages at the root of the handbook.
    pub pages: Vec<EntryView>,
    /// Who refers to the home page.
    pub backlinks: BacklinksView,
    /// Present where the canvases fill more than one page.
    pub paging: Option<PagingView>,
}

/// The canvases of one folder.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FolderView {
    /// The folder's own page's title, else its name; absent for the root of the content.
    pub folder: Option<LinkView>,
    /// Its canvases.
    pub canvases: Vec<CanvasCardView>,
}

/// A canvas as a card.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CanvasCardView {
    /// Its title.
    pub title: String,
    /// Its page.
    pub url: String,
    /// One sentence; may be empty.
    pub summary: String,
    /// Its stage; may be empty.
    pub stage: String,
    /// Its owner; may be empty.
    pub owner: String,
    /// Its tags.
    pub tags: Vec<String>,
    /// What sort of canvas it is: `Business Model Canvas`.
    pub kind: String,
    /// How many elements it has.
    pub element_count: usize,
    /// The miniature poster: columns from left to right, blocks from top to bottom.
    pub columns: Vec<Vec<MiniatureBlockView>>,
    /// The miniature poster's bottom row.
    pub bottom: Vec<MiniatureBlockView>,
}

/// A block of a miniature poster.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MiniatureBlockView {
    /// Decides the colour.
    pub area: Area,
    /// How many elements it has, capped at 6: the lines to draw.
    pub lines: usize,
}

/// So many canvases stand on one page of the list.
const CANVASES_PER_PAGE: usize = 60;
/// So many departments the home page names.
const MOST_DEPARTMENTS: usize = 12;
/// So many pages of the root the home page names.
const MOST_PAGES: usize = 40;
/// A miniature block draws so many lines at the most.
const MOST_LINES: usize = 6;

/// How many pages the list of canvases fills; at least one.
pub fn pages(edition: &Edition) -> usize {
    edition.handbook.canvases().count().div_ceil(CANVASES_PER_PAGE).max(1)
}

/// A page of the list of canvases, from 1; the first one is the home page, unless that is a canvas.
pub fn view(edition: &Edition, number: usize) -> (LayoutView, HomeView) {
    let path = edition.list_path(number);
    let is_home = path.as_str() == "index.html";
    let document = edition.home_document().filter(|_| is_home);
    let text = document.map(|index| page::text(edition, &path, index)).unwrap_or_default();
    let listed = listed(edition);
    let canvas_count = listed.len();
    let start = (number.max(1) - 1) * CANVASES_PER_PAGE;
    let shown = listed.into_iter().skip(start).take(CANVASES_PER_PAGE);
    let (departments, more_departments) = departments(edition, &path);
    let front = document.map(|index| &edition.entry(index).document.front);
    let title = if is_home { edition.title().to_owned() } else { edition.words.owned("canvases") };
    let home = HomeView {
        title: title.clone(),
        summary: front.and_then(|front| front.summary.clone()).unwrap_or_default(),
        html: text.html,
        folders: folders(edition, &path, shown),
        canvas_count,
        departments_url: (!departments.is_empty())
            .then(|| path.link(&SitePath::new("departments/index.html"), None)),
        departments: if is_home { departments } else { Vec::new() },
        more_departments,
        pages: if is_home { root_pages(edition, &path) } else { Vec::new() },
        backlinks: document
            .map_or_else(BacklinksView::default, |index| page::backlinks(edition, &path, index)),
        paging: paging(&path, number, pages(edition), |number| edition.list_path(number)),
    };
    let about = About {
        title,
        description: home.summary.clone(),
        lang: front.and_then(|front| front.lang.clone()),
        breadcrumbs: if is_home { Vec::new() } else { vec![edition.home_crumb(&path)] },
        section: NavigationSection::Canvases,
        ..About::default()
    };
    (edition.layout(&path, about, text.contents), home)
}

/// All canvases in the order of the list: by folder, a folder's own page first.
fn listed(edition: &Edition) -> Vec<(&str, DocumentIndex)> {
    let is_canvas = |index: &DocumentIndex| edition.entry(*index).document.canvas.is_some();
    let mut listed = Vec::new();
    let mut folders: BTreeMap<&str, Vec<DocumentIndex>> = BTreeMap::new();
    for (folder, documents) in edition.folders() {
        folders.entry(folder).or_default().extend(documents.iter().filter(|i| is_canvas(i)));
    }
    for (folder, index) in edition.own_pages() {
        if is_canvas(&index) {
            folders.entry(folder).or_default().insert(0, index);
        }
    }
    for (folder, documents) in folders {
        listed.extend(documents.into_iter().map(|index| (folder, index)));
    }
    listed
}

fn folders<'e>(
    edition: &'e Edition,
    path: &SitePath,
    listed: impl Iterator<Item = (&'e str, DocumentIndex)>,
) -> Vec<FolderView> {
    let mut folders: Vec<(&str, FolderView)> = Vec::new();
    for (folder, index) in listed {
        let card = card(edition, path, index);
        match folders.last_mut().filter(|(last, _)| *last == folder) {
            Some((_, view)) => view.canvases.push(card),
            None => {
                let link = (!folder.is_empty()).then(|| edition.folder_link(path, folder));
                folders.push((folder, FolderView { folder: link, canvases: vec![card] }));
            }
        }
    }
    folders.into_iter().map(|(_, view)| view).collect()
}

fn card(edition: &Edition, path: &SitePath, index: DocumentIndex) -> CanvasCardView {
    let document = &edition.entry(index).document;
    let front = &document.front;
    let (mut columns, mut element_count, mut kind) = (Vec::new(), 0, String::new());
    if let Some(canvas) = &document.canvas {
        element_count = canvas.elements.len();
        kind.clone_from(&canvas.kind.title);
        let lines = |id: &str| {
            let block = canvas.kind.block(id)?;
            let count = canvas.elements.iter().filter(|element| element.block == block).count();
            let area = canvas.kind.block_kind(block).area;
            Some(MiniatureBlockView { area, lines: count.min(MOST_LINES) })
        };
        let column = |ids: &Vec<String>| ids.iter().filter_map(|id| lines(id)).collect();
        columns = canvas.kind.poster.iter().map(column).collect();
    }
    let bottom = columns.pop().unwrap_or_default();
    CanvasCardView {
        title: document.title.clone(),
        url: path.link(edition.path(index), None),
        summary: front.summary.clone().unwrap_or_default(),
        stage: front.stage.map_or_else(String::new, |stage| stage.id().to_owned()),
        owner: front.owner.clone().unwrap_or_default(),
        tags: front.tags.clone(),
        kind,
        element_count,
        columns,
        bottom,
    }
}

/// The departments with the most activities, and how many more there are.
fn departments(edition: &Edition, path: &SitePath) -> (Vec<EntryView>, usize) {
    let listed = department::listed(edition);
    let more = listed.len().saturating_sub(MOST_DEPARTMENTS);
    let entries = listed.into_iter().take(MOST_DEPARTMENTS).map(|index| {
        let department = edition.handbook.department(index);
        EntryView {
            title: department.title.clone(),
            url: path.link(&edition.department_path(index, 1), None),
            note: department.owner.clone().unwrap_or_default(),
            count: Some(department.leads.len()),
        }
    });
    (entries.collect(), more)
}

/// The ordinary pages of the root: its pages, then the own pages of its folders.
fn root_pages(edition: &Edition, path: &SitePath) -> Vec<EntryView> {
    let pages = page::entries(edition, path, "");
    pages.into_iter().filter(|(is_canvas, _)| !is_canvas).map(|(_, e)| e).take(MOST_PAGES).collect()
}
