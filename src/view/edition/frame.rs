//! The frame of every page: navigation, crumbs and what stands before and behind it.

use super::{CONTENT, Edition, below};
use crate::handbook::DocumentIndex;
use crate::view::LinkView;
use crate::view::layout::{ContentsView, LayoutView, NavigationView};
use crate::view::url::SitePath;

impl Edition {
    /// The frame of a page; `contents` are its headings.
    pub fn layout(&self, path: &SitePath, about: About, contents: Vec<ContentsView>) -> LayoutView {
        let config = &self.handbook.config;
        let home = SitePath::new("index.html");
        let lang = about.lang.unwrap_or_else(|| config.language.clone());
        LayoutView {
            dir: direction(&lang).to_owned(),
            lang,
            title: about.title,
            description: about.description,
            handbook: self.title().to_owned(),
            home: path.link(&home, None),
            is_home: *path == home,
            root: path.to_root(),
            needs_pages_css: true,
            canonical: config.base_url.as_deref().map(|base| path.below(base)),
            navigation: self.navigation(path, about.section),
            breadcrumbs: about.breadcrumbs,
            contents,
            previous: about.previous,
            next: about.next,
        }
    }

    fn navigation(&self, path: &SitePath, section: NavigationSection) -> Vec<NavigationView> {
        let entry = |title: String, to: &SitePath, anchor: Option<&str>, current: bool| {
            NavigationView { title, url: path.link(to, anchor), current }
        };
        let word = |key: &str| self.words.owned(key);
        let mut navigation = Vec::new();
        if self.handbook.canvases().next().is_some() {
            let current = section == NavigationSection::Canvases;
            let list = self.list_path(1);
            navigation.push(entry(word("canvases"), &list, Some("_canvases"), current));
        }
        if self.has_departments {
            let to = SitePath::new("departments/index.html");
            let current = section == NavigationSection::Departments;
            navigation.push(entry(word("departments"), &to, None, current));
        }
        if self.has_categories {
            let to = SitePath::new("categories/index.html");
            let current = section == NavigationSection::Categories;
            navigation.push(entry(word("categories"), &to, None, current));
        }
        for index in &self.top_pages {
            let to = self.path(*index);
            let below =
                !to.folder().is_empty() && path.as_str().starts_with(&format!("{}/", to.folder()));
            let title = self.entry(*index).document.title.clone();
            navigation.push(entry(title, to, None, to == path || below));
        }
        navigation
    }

    /// What the frame of a document's page says: its way from the home page and its neighbours.
    pub fn about_document(&self, index: DocumentIndex) -> About {
        let path = self.path(index);
        let document = &self.entry(index).document;
        let folder = below(document.path.folder(), CONTENT);
        let is_own = self.own_page(folder) == Some(index);
        let (mut previous, mut next) = (None, None);
        if !is_own {
            let neighbours = self.folder(folder);
            let place = self.places[index.0 as usize];
            let link = |index: &DocumentIndex| LinkView {
                title: self.entry(*index).document.title.clone(),
                url: Some(path.link(self.path(*index), None)),
            };
            previous = place.checked_sub(1).and_then(|at| neighbours.get(at)).map(link);
            next = neighbours.get(place + 1).map(link);
        }
        About {
            title: document.title.clone(),
            description: document.front.summary.clone().unwrap_or_default(),
            lang: document.front.lang.clone(),
            breadcrumbs: self.breadcrumbs(path, folder, is_own),
            section: match document.canvas {
                Some(_) => NavigationSection::Canvases,
                None => NavigationSection::Page,
            },
            previous,
            next,
        }
    }

    /// The way from the home page to a folder; without the folder itself for its own page.
    fn breadcrumbs(&self, path: &SitePath, folder: &str, is_own: bool) -> Vec<LinkView> {
        if folder.is_empty() && is_own {
            return Vec::new();
        }
        let mut crumbs = vec![self.home_crumb(path)];
        let parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
        let shown = if is_own { parts.len().saturating_sub(1) } else { parts.len() };
        for depth in 1..=shown {
            let folder = parts[..depth].join("/");
            crumbs.push(self.folder_link(path, &folder));
        }
        crumbs
    }

    /// A folder by its own page's title, else its name.
    pub fn folder_link(&self, path: &SitePath, folder: &str) -> LinkView {
        match self.own_page(folder) {
            Some(index) => LinkView {
                title: self.entry(index).document.title.clone(),
                url: Some(path.link(self.path(index), None)),
            },
            None => {
                let name = folder.rsplit('/').next().unwrap_or(folder);
                LinkView { title: name.replace(['-', '_'], " "), url: None }
            }
        }
    }

    /// The first crumb of every page but the home page.
    pub fn home_crumb(&self, path: &SitePath) -> LinkView {
        let url = path.link(&SitePath::new("index.html"), None);
        LinkView { title: self.words.owned("home"), url: Some(url) }
    }
}

/// What a page tells its frame.
#[derive(Clone, Debug, Default)]
pub struct About {
    /// The page's title.
    pub title: String,
    /// One sentence; may be empty.
    pub description: String,
    /// The page's own language, where it differs from the handbook's.
    pub lang: Option<String>,
    /// See [`LayoutView::breadcrumbs`].
    pub breadcrumbs: Vec<LinkView>,
    /// Which entry of the navigation it belongs to.
    pub section: NavigationSection,
    /// The page before.
    pub previous: Option<LinkView>,
    /// The page behind.
    pub next: Option<LinkView>,
}

/// The entries of the main navigation that every handbook has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NavigationSection {
    /// Canvases and their list.
    Canvases,
    /// Departments.
    Departments,
    /// Categories.
    Categories,
    /// None of them.
    #[default]
    Page,
}

/// The direction of a language's usual script. Source: CLDR's layout data for languages that are
/// written from right to left.
fn direction(lang: &str) -> &'static str {
    // A script that is named decides; it is the subtag of four letters.
    const RTL_SCRIPTS: [&str; 8] = ["adlm", "arab", "hebr", "mand", "nkoo", "rohg", "syrc", "thaa"];
    if let Some(script) = lang.split(['-', '_']).skip(1).find(|subtag| subtag.len() == 4) {
        let rtl = RTL_SCRIPTS.contains(&script.to_ascii_lowercase().as_str());
        return if rtl { "rtl" } else { "ltr" };
    }
    let language = lang.split(['-', '_']).next().unwrap_or(lang).to_ascii_lowercase();
    let rtl = ["ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "syr", "ug", "ur", "yi"];
    if rtl.contains(&language.as_str()) { "rtl" } else { "ltr" }
}
