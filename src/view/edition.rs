//! What views are made from: the handbook, where its pages stand, and the interface words.

mod frame;

use std::collections::{BTreeMap, HashSet};

use super::links::LinksHtml;
use super::markup::Destination;
use super::url::SitePath;
use super::words::Words;
use super::{BacklinkView, BacklinksView, CategoryView, LinkView, PagingView};
use crate::canvas::{Category, Document, LinkTarget};
use crate::config::Config;
use crate::handbook::{
    Department, DepartmentIndex, DocumentIndex, Entry, Handbook, Place, Reference, Spot, Target,
};
use crate::source::SourcePath;

pub use frame::{About, NavigationSection};

/// The folder of canvases and pages below the handbook's root.
pub const CONTENT: &str = "content";
/// The folder of files that are copied as they are.
pub const STATIC: &str = "static";
/// So many references a page or an element lists: one that everything refers to would grow with the
/// handbook.
const MOST_BACKLINKS: usize = 50;
/// So many entries of top-level pages the main navigation has at the most: it is the same on every
/// page, so it must stay small however large the handbook grows.
const MOST_NAVIGATION_PAGES: usize = 4;

/// A handbook with the places of its pages.
#[derive(Clone, Debug)]
pub struct Edition {
    /// The handbook.
    pub handbook: Handbook,
    /// The interface words of the handbook's language.
    pub words: Words,
    /// The page of each document.
    paths: Vec<SitePath>,
    /// The site's path of each file beside the documents.
    files: Vec<SitePath>,
    /// The documents of each folder below `content/`, in the order in which they are shown, the
    /// folder's own page left out.
    folders: BTreeMap<String, Vec<DocumentIndex>>,
    /// The place of each document in its folder.
    places: Vec<usize>,
    /// The own page of each folder that has one.
    own_pages: BTreeMap<String, DocumentIndex>,
    /// The entries of the main navigation behind canvases, departments and categories.
    top_pages: Vec<DocumentIndex>,
    has_departments: bool,
    has_categories: bool,
}

impl Edition {
    /// Gives every page of the handbook its place.
    pub fn new(handbook: Handbook, words: Words) -> Self {
        let indexed: HashSet<&str> = handbook
            .documents
            .iter()
            .filter(|entry| entry.document.path.stem() == "index")
            .map(|entry| entry.document.path.folder())
            .collect();
        let is_own = |path: &SourcePath| {
            let stands_in = path.stem() == "index" || !indexed.contains(path.folder());
            path.may_be_own_page() && stands_in
        };
        let mut own_pages = BTreeMap::new();
        let mut folders: BTreeMap<String, Vec<DocumentIndex>> = BTreeMap::new();
        let mut paths = Vec::with_capacity(handbook.documents.len());
        for (index, entry) in handbook.entries() {
            let path = &entry.document.path;
            let folder = below(path.folder(), CONTENT).to_owned();
            let own = is_own(path);
            paths.push(page_path(path, own));
            if own {
                own_pages.entry(folder).or_insert(index);
            } else {
                folders.entry(folder).or_default().push(index);
            }
        }
        let mut places = vec![0; handbook.documents.len()];
        for documents in folders.values_mut() {
            documents.sort_by_key(|index| order(handbook.entry(*index)));
            for (place, index) in documents.iter().enumerate() {
                places[index.0 as usize] = place;
            }
        }
        let files = handbook.files.iter().map(file_path).collect();
        let has_departments = handbook
            .departments
            .iter()
            .any(|department| !(department.leads.is_empty() && department.contributes.is_empty()));
        let has_categories = !handbook.categories.is_empty();
        let mut edition = Self {
            handbook,
            words,
            paths,
            files,
            folders,
            places,
            own_pages,
            top_pages: Vec::new(),
            has_departments,
            has_categories,
        };
        edition.top_pages = edition.find_top_pages();
        edition
    }

    /// Ordinary pages at the root and own pages of folders that hold no canvas, in order.
    fn find_top_pages(&self) -> Vec<DocumentIndex> {
        let with_canvases: HashSet<&str> = self
            .handbook
            .canvases()
            .map(|(_, entry, _)| below(entry.document.path.folder(), CONTENT))
            .map(|folder| folder.split('/').next().unwrap_or(folder))
            .collect();
        let is_page = |index: &DocumentIndex| self.entry(*index).document.canvas.is_none();
        let own = self.own_pages.iter().filter(|(folder, index)| {
            let is_top = !folder.is_empty() && !folder.contains('/');
            is_top && !with_canvases.contains(folder.as_str()) && is_page(index)
        });
        let mut pages: Vec<DocumentIndex> = own.map(|(_, index)| *index).collect();
        pages.extend(self.folder("").iter().filter(|index| is_page(index)));
        pages.sort_by_key(|index| order(self.entry(*index)));
        pages.truncate(MOST_NAVIGATION_PAGES);
        pages
    }

    /// The handbook's title: the configuration's, else that of its home page, else `Handbook`.
    pub fn title(&self) -> &str {
        let config = &self.handbook.config.title;
        let home = self.home_document().map(|index| &self.entry(index).document.title);
        home.filter(|_| *config == Config::default().title).unwrap_or(config)
    }

    /// The entry of a document.
    pub fn entry(&self, index: DocumentIndex) -> &Entry {
        self.handbook.entry(index)
    }

    /// The page of a document.
    pub fn path(&self, index: DocumentIndex) -> &SitePath {
        &self.paths[index.0 as usize]
    }

    /// The site's path of a file beside the documents: an index into [`Handbook::files`].
    pub fn file(&self, index: u32) -> &SitePath {
        &self.files[index as usize]
    }

    /// The documents of a folder below `content/`, in the order in which they are shown.
    pub fn folder(&self, folder: &str) -> &[DocumentIndex] {
        self.folders.get(folder).map_or(&[], Vec::as_slice)
    }

    /// The folders that hold documents, by name.
    pub fn folders(&self) -> impl Iterator<Item = (&str, &[DocumentIndex])> {
        self.folders.iter().map(|(folder, documents)| (folder.as_str(), documents.as_slice()))
    }

    /// The folders right below a folder, by name.
    pub fn subfolders<'f>(&'f self, folder: &'f str) -> impl Iterator<Item = &'f str> {
        let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        self.own_pages.keys().map(String::as_str).filter(move |other| {
            other.strip_prefix(&prefix).is_some_and(|r| !r.is_empty() && !r.contains('/'))
        })
    }

    /// The own pages of folders, by folder.
    pub fn own_pages(&self) -> impl Iterator<Item = (&str, DocumentIndex)> {
        self.own_pages.iter().map(|(folder, index)| (folder.as_str(), *index))
    }

    /// The own page of a folder.
    pub fn own_page(&self, folder: &str) -> Option<DocumentIndex> {
        self.own_pages.get(folder).copied()
    }

    /// The handbook's own text, where it is an ordinary page.
    pub fn home_document(&self) -> Option<DocumentIndex> {
        self.own_page("").filter(|index| self.entry(*index).document.canvas.is_none())
    }

    /// The page that lists the canvases: the home page, unless that is a canvas itself.
    pub fn list_path(&self, number: usize) -> SitePath {
        let home_is_canvas = self.own_page("").is_some() && self.home_document().is_none();
        match (number, home_is_canvas) {
            (0 | 1, false) => SitePath::new("index.html"),
            (0 | 1, true) => SitePath::new("canvases/index.html"),
            (number, _) => SitePath::new(&format!("canvases/{number}.html")),
        }
    }

    /// A department's page.
    pub fn department_path(&self, index: DepartmentIndex, number: usize) -> SitePath {
        numbered("departments", &self.handbook.department(index).id, number)
    }

    /// A category's page.
    pub fn category_path(category: Category, number: usize) -> SitePath {
        numbered("categories", category.id(), number)
    }

    /// A category as a badge on a page.
    pub fn category(&self, from: &SitePath, category: Category) -> CategoryView {
        let letter = match category {
            Category::Production => "P",
            Category::ProblemSolving => "S",
            Category::Platform => "N",
        };
        CategoryView {
            id: category.id().to_owned(),
            title: self.words.category(category),
            letter: letter.to_owned(),
            url: from.link(&Self::category_path(category, 1), None),
        }
    }

    /// A department and its page, seen from a page.
    pub fn department(&self, from: &SitePath, index: DepartmentIndex) -> LinkView {
        let department: &Department = self.handbook.department(index);
        let url = from.link(&self.department_path(index, 1), None);
        LinkView { title: department.title.clone(), url: Some(url) }
    }

    /// Several departments and their pages, seen from a page.
    pub fn departments(&self, from: &SitePath, indexes: &[DepartmentIndex]) -> LinksHtml {
        let mut links = LinksHtml::default();
        for index in indexes {
            let url = from.link(&self.department_path(*index, 1), None);
            links.push(&self.handbook.department(*index).title, &url);
        }
        links
    }

    /// The anchor of a spot on its document's page; none for the page as a whole.
    pub fn anchor(&self, place: Place) -> Option<String> {
        let entry = self.entry(place.document);
        let canvas = entry.document.canvas.as_ref();
        match place.spot {
            Spot::Document => None,
            Spot::Heading(index) => Some(entry.document.headings[index as usize].id.clone()),
            Spot::Block(index) => canvas.map(|canvas| canvas.kind.block_kind(index).id.clone()),
            Spot::Department(index) => Some(self.department_anchor(entry, index)),
            Spot::Element(index) => Some(entry.elements[index as usize].id.clone()),
        }
    }

    /// The anchor of a department's card on a canvas's page.
    pub fn department_anchor(&self, entry: &Entry, index: DepartmentIndex) -> String {
        let canvas = entry.document.canvas.as_ref();
        let block = canvas.and_then(|canvas| {
            canvas.kind.departments_block().map(|block| canvas.kind.block_kind(block).id.as_str())
        });
        format!("{}/{}", block.unwrap_or("departments"), self.handbook.department(index).id)
    }

    /// The URL of a place, seen from a page.
    pub fn url(&self, from: &SitePath, place: Place) -> String {
        from.link(self.path(place.document), self.anchor(place).as_deref())
    }

    /// The name of an element, else its text; see [`super::ActivityView::title`].
    pub fn element_title(document: &Document, element: u32) -> String {
        let elements = document.canvas.as_ref().map_or(&[][..], |canvas| &canvas.elements);
        let Some(element) = elements.get(element as usize) else { return String::new() };
        element.name.clone().unwrap_or_else(|| shortened(&element.text))
    }

    /// Where a link of a document leads, seen from the page that shows it.
    pub fn destination(&self, from: &SitePath, index: DocumentIndex, link: usize) -> Destination {
        let entry = self.entry(index);
        let Some(target) = entry.targets.get(link) else { return Destination::Text };
        let internal = |url| Destination::Url { url, title: None, external: false };
        match (target, &entry.document.links[link].target) {
            (Target::External, LinkTarget::External(url)) => {
                Destination::Url { url: url.clone(), title: None, external: true }
            }
            (Target::Place(place), _) => internal(self.url(from, *place)),
            (Target::File(file), _) => internal(from.link(self.file(*file), None)),
            (Target::Site, LinkTarget::Site { path, fragment }) => {
                let to = SitePath::new(&site_file(path));
                internal(from.link(&to, fragment.as_deref()))
            }
            _ => Destination::Text,
        }
    }

    /// References as backlinks seen from a page; `to` says whether they name what they refer to.
    /// Several from one place to one place count once.
    pub fn backlinks<'r>(
        &self,
        from: &SitePath,
        references: impl Iterator<Item = &'r Reference>,
        name_target: bool,
    ) -> BacklinksView {
        let mut seen = HashSet::new();
        let mut view = BacklinksView::default();
        for reference in references.filter(|r| seen.insert((r.from, r.to))) {
            if view.items.len() == MOST_BACKLINKS {
                view.more += 1;
                continue;
            }
            let entry = self.entry(reference.from.document);
            view.items.push(BacklinkView {
                document: entry.document.title.clone(),
                place: place_name(&entry.document, reference.from.spot),
                url: self.url(from, reference.from),
                to: if name_target { self.spot_title(reference.to) } else { String::new() },
            });
        }
        view
    }

    /// What a spot is called; empty for a document as a whole.
    fn spot_title(&self, place: Place) -> String {
        let document = &self.entry(place.document).document;
        match place.spot {
            Spot::Document => String::new(),
            Spot::Heading(index) => document.headings[index as usize].title.clone(),
            Spot::Block(index) => block_label(document, index),
            Spot::Department(index) => self.handbook.department(index).title.clone(),
            Spot::Element(index) => Self::element_title(document, index),
        }
    }
}

/// How a folder's documents are ordered: by weight, then title, then path.
fn order(entry: &Entry) -> (i64, String, SourcePath) {
    let document = &entry.document;
    (document.front.weight, document.title.to_lowercase(), document.path.clone())
}

/// A path below a folder, without it.
pub fn below<'p>(path: &'p str, folder: &str) -> &'p str {
    path.strip_prefix(folder).map_or(path, |rest| rest.trim_start_matches('/'))
}

fn page_path(path: &SourcePath, own: bool) -> SitePath {
    let folder = below(path.folder(), CONTENT);
    let stem = if own { "index" } else { path.stem() };
    if folder.is_empty() {
        SitePath::new(&format!("{stem}.html"))
    } else {
        SitePath::new(&format!("{folder}/{stem}.html"))
    }
}

/// The site's path of a file: beside the pages of its folder, or at the root for a static file.
pub fn file_path(path: &SourcePath) -> SitePath {
    let path = path.as_str();
    let in_folder = |folder: &str| path.strip_prefix(folder)?.strip_prefix('/');
    SitePath::new(in_folder(CONTENT).or_else(|| in_folder(STATIC)).unwrap_or(path))
}

/// The file that a path of the built site means: a folder means its `index.html`.
pub fn site_file(path: &str) -> String {
    let path = path.trim_start_matches('/');
    if path.is_empty() || path.ends_with('/') {
        format!("{path}index.html")
    } else {
        path.to_owned()
    }
}

/// `departments/production.html`, and `departments/production/2.html` for its second page.
fn numbered(folder: &str, id: &str, number: usize) -> SitePath {
    match number {
        0 | 1 => SitePath::new(&format!("{folder}/{id}.html")),
        number => SitePath::new(&format!("{folder}/{id}/{number}.html")),
    }
}

/// The paging of a list that fills `of` pages; none where it fills one. `path` gives each page.
pub fn paging(
    from: &SitePath,
    number: usize,
    of: usize,
    path: impl Fn(usize) -> SitePath,
) -> Option<PagingView> {
    (of > 1).then(|| PagingView {
        number,
        of,
        previous: (number > 1).then(|| from.link(&path(number - 1), None)),
        next: (number < of).then(|| from.link(&path(number + 1), None)),
    })
}

/// What of a page a reference stands in: the block's label and the element's name.
fn place_name(document: &Document, spot: Spot) -> String {
    match spot {
        Spot::Element(index) => {
            let elements = document.canvas.as_ref().map_or(&[][..], |canvas| &canvas.elements);
            let Some(element) = elements.get(index as usize) else { return String::new() };
            let label = block_label(document, element.block);
            format!("{label} › {}", Edition::element_title(document, index))
        }
        Spot::Block(index) => block_label(document, index),
        _ => String::new(),
    }
}

fn block_label(document: &Document, index: crate::kind::BlockIndex) -> String {
    let Some(canvas) = &document.canvas else { return String::new() };
    let written = canvas.blocks.iter().find(|block| block.index == index);
    written.map_or_else(|| canvas.kind.block_kind(index).label.clone(), |block| block.label.clone())
}

/// A long text cut behind a word, for places that need a name.
pub fn shortened(text: &str) -> String {
    const LONGEST: usize = 80;
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    let cut: String = text.chars().take(LONGEST).collect();
    let end = cut.rfind(char::is_whitespace).filter(|end| *end > LONGEST / 2).unwrap_or(cut.len());
    format!("{} …", cut[..end].trim_end_matches([',', ';', '.', ':', ' ']))
}
