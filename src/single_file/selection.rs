//! Which pages go into the file.

use super::Page;
use crate::compile::Compiled;
use crate::handbook::DepartmentIndex;
use crate::slug::nearest;
use crate::view::edition::Edition;
use crate::view::edition::{CONTENT, Index, below};
use crate::view::pages::{PageKey, Pages};
use crate::view::url::SitePath;
use crate::view::{canvas, home, page};

/// How many canvases a file may have. Each is about 60 KB, and no mail takes more.
pub const MOST_CANVASES: usize = 500;

/// How many smaller parts are named if a part is too large.
const MOST_NAMED: usize = 3;

/// The part of a handbook that goes into the file.
#[derive(Clone, Copy, Debug)]
pub enum Part<'p> {
    /// The whole handbook.
    Whole,
    /// A document, or all documents of a folder, by the path from the root or from `content/`. The root and
    /// `content/` mean the whole handbook.
    Path(&'p str),
    /// The activities of a department in every canvas, by its id.
    Department(&'p str),
}

/// Why a file of a part cannot be made.
#[derive(Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It has too many canvases.
    TooLarge {
        /// The number of canvases.
        canvases: usize,
        /// Smaller parts, in the form in which they are requested.
        instead: Vec<String>,
    },
    /// There is no such document or folder; with similar paths.
    NoDocument(Vec<String>),
    /// No department with activities has this id; with similar ids.
    NoDepartment(Vec<String>),
}

/// The pages of a part, in the order of the file.
pub(super) fn pages(compiled: &Compiled, part: Part<'_>) -> Result<Vec<Page>, Refusal> {
    let pages = match part {
        Part::Whole => whole(compiled),
        Part::Path(path) => of_path(compiled, path)?,
        Part::Department(id) => of_department(compiled, id)?,
    };
    let canvases = pages.iter().filter(|page| is_canvas(page.key)).count();
    if canvases > MOST_CANVASES {
        return Err(Refusal::TooLarge { canvases, instead: smaller(compiled) });
    }
    Ok(pages)
}

fn is_canvas(key: PageKey) -> bool {
    key.kind().id == canvas::PAGE.id
}

fn every_page(edition: &Edition) -> Vec<(SitePath, PageKey)> {
    Pages::of(edition).iter().map(|(path, key)| (path.clone(), key)).collect()
}

/// Whether a page is made of a document or a folder of them.
fn is_of_documents(key: PageKey) -> bool {
    [canvas::PAGE.id, page::PAGE.id, page::SECTION.id].contains(&key.kind().id)
}

/// Every page that readers visit: the list of canvases, documents, and what is made of them.
fn whole(compiled: &Compiled) -> Vec<Page> {
    let pages = every_page(&compiled.edition);
    let visited = pages.into_iter().filter(|(_, key)| key.kind().is_visited);
    sorted(compiled, visited.map(|(path, key)| Page { path, key }).collect())
}

/// Whether pages are all those that readers visit.
pub(super) fn is_whole(compiled: &Compiled, pages: &[Page]) -> bool {
    pages.len() == whole(compiled).len()
}

fn sorted(compiled: &Compiled, mut pages: Vec<Page>) -> Vec<Page> {
    let canvases = compiled.edition.canvases();
    let places: std::collections::BTreeMap<u32, usize> =
        canvases.iter().enumerate().map(|(place, (_, index))| (index.0, place)).collect();
    pages.sort_by_cached_key(|page| {
        let is_home = page.key.kind().id == home::PAGE.id;
        let place = places.get(&page.key.at.item).filter(|_| is_canvas(page.key)).copied();
        (!is_home, place.is_none(), place, !is_of_documents(page.key), page.path.clone())
    });
    pages
}

fn of_path(compiled: &Compiled, path: &str) -> Result<Vec<Page>, Refusal> {
    let edition = &compiled.edition;
    if let Some(index) = edition.document_at(path.trim_matches('/'), &["", ".md"]) {
        let path = edition.path(index).clone();
        let key = every_page(edition).into_iter().find(|(other, _)| *other == path);
        return Ok(key.map(|(path, key)| Page { path, key }).into_iter().collect());
    }
    let folder = below(path.trim_matches('/'), CONTENT);
    if folder.is_empty() {
        return Ok(whole(compiled));
    }
    let is_within = |page: &SitePath| {
        page.as_str().strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
    };
    let pages = every_page(edition).into_iter();
    let pages = pages.filter(|(page, key)| is_of_documents(*key) && is_within(page));
    let pages: Vec<Page> = pages.map(|(path, key)| Page { path, key }).collect();
    if pages.is_empty() {
        let paths = edition.handbook.documents.iter().map(|entry| &entry.document.path);
        let below = below(path, CONTENT);
        let names = paths.map(|path| self::below(path.as_str(), CONTENT));
        let near = nearest(below, names).into_iter();
        return Err(Refusal::NoDocument(near.map(|path| format!("{CONTENT}/{path}")).collect()));
    }
    let own = SitePath::new(&format!("{folder}/index.html"));
    let (own, rest): (Vec<Page>, Vec<Page>) =
        sorted(compiled, pages).into_iter().partition(|page| page.path == own);
    Ok(own.into_iter().chain(rest).collect())
}

fn of_department(compiled: &Compiled, id: &str) -> Result<Vec<Page>, Refusal> {
    let edition = &compiled.edition;
    let department = |index: &DepartmentIndex| edition.handbook.department(*index);
    let all = edition.departments();
    let Some(index) = all.iter().find(|index| department(index).id == id) else {
        let near = nearest(id, all.iter().map(|index| department(index).id.as_str()));
        return Err(Refusal::NoDepartment(near.into_iter().map(str::to_owned).collect()));
    };
    let first = edition.department_path(*index);
    let further = first.as_str().trim_end_matches(".html");
    let is_further = |path: &SitePath| path.folder() == further;
    let pages = every_page(edition).into_iter();
    let is_page = |(path, key): &(SitePath, PageKey)| {
        key.kind().is_visited && (path == first || is_further(path))
    };
    let mut pages: Vec<Page> =
        pages.filter(is_page).map(|(path, key)| Page { path, key }).collect();
    pages.sort_by_key(|page| page.key.at.number());
    Ok(pages)
}

/// Parts that fit into a file: the folders with most canvases, and the department with most
/// activities.
fn smaller(compiled: &Compiled) -> Vec<String> {
    let edition = &compiled.edition;
    let mut folders = std::collections::BTreeMap::<&str, usize>::new();
    for (section, _) in edition.canvases() {
        let folder = edition.section(*section).folder.as_str();
        for (end, _) in folder.match_indices('/').chain([(folder.len(), "")]) {
            *folders.entry(&folder[..end]).or_default() += 1;
        }
    }
    let mut folders: Vec<(&str, usize)> = folders
        .into_iter()
        .filter(|(folder, count)| !folder.is_empty() && *count <= MOST_CANVASES)
        .collect();
    folders.sort_by_key(|(folder, count)| (std::cmp::Reverse(*count), *folder));
    let folders = folders.into_iter().take(MOST_NAMED - 1);
    let folders = folders.map(|(folder, _)| format!("{CONTENT}/{folder}"));
    let department = edition.departments().first();
    let department = department
        .map(|index| format!("department:{}", edition.handbook.department(*index).id))
        .filter(|_| Index::Departments.exists(edition));
    folders.chain(department).collect()
}
