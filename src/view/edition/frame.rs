//! The frame of every page: navigation, crumbs and what stands before and behind it.

use super::{Edition, Index, Section};
use crate::handbook::DocumentIndex;
use crate::language;
use crate::view::layout::{ContentsView, LayoutView, LogoView, NavigationView};
use crate::view::url::{self, SitePath};
use crate::view::words::Words;
use crate::view::{LanguageView, LinkView};

impl Edition {
    /// The frame of a page; `contents` are its headings.
    pub fn layout(&self, path: &SitePath, about: About, contents: Vec<ContentsView>) -> LayoutView {
        let config = &self.handbook.config;
        let home = SitePath::new("index.html");
        let lang = about.lang.unwrap_or_else(|| config.language.clone());
        let words = self.words_in(&lang);
        LayoutView {
            dir: language::direction(&lang).to_owned(),
            words_lang: words.foreign().map(str::to_owned),
            navigation: self.navigation(path, about.section, &lang),
            indexes: self.indexes(path, about.section, &lang),
            lang,
            title: about.title,
            description: about.description,
            handbook: self.title().to_owned(),
            logo: self.logo.as_ref().map(|logo| LogoView {
                url: path.link(&logo.path, None),
                width: logo.size.map(|[width, _]| width),
                height: logo.size.map(|[_, height]| height),
            }),
            home: path.link(&home, None),
            is_home: *path == home,
            root: path.to_root(),
            needs_pages_css: true,
            edit_url: about.edit_url,
            canonical: config.base_url.as_deref().map(|base| path.below(base)),
            breadcrumbs: about.breadcrumbs,
            contents,
            previous: about.previous,
            next: about.next,
        }
    }

    fn navigation(
        &self,
        path: &SitePath,
        section: NavigationSection,
        lang: &str,
    ) -> Vec<NavigationView> {
        let words = self.words_in(lang);
        let entry = |key: &str, to: &SitePath, anchor: Option<&str>, current: bool| {
            let language = words.foreign().map(LanguageView::of);
            NavigationView {
                title: words.owned(key),
                url: path.link(to, anchor),
                current,
                language,
            }
        };
        let mut navigation = Vec::new();
        if !self.order.canvases.is_empty() {
            let current = section == NavigationSection::Canvases;
            let list = self.list_path(1);
            navigation.push(entry("canvases", &list, Some("_canvases"), current));
        }
        for index in Index::ALL.into_iter().filter(|index| index.is_main() && index.exists(self)) {
            let current = section == NavigationSection::Index(index);
            navigation.push(entry(index.id(), &index.path(1), None, current));
        }
        for index in &self.order.top_pages {
            let to = self.path(*index);
            let below =
                !to.folder().is_empty() && path.as_str().starts_with(&format!("{}/", to.folder()));
            navigation.push(NavigationView {
                title: self.entry(*index).document.title.clone(),
                url: path.link(to, None),
                current: to == path || below,
                language: self.foreign(*index, lang),
            });
        }
        navigation
    }

    /// The indexes that the main navigation leaves out.
    fn indexes(
        &self,
        path: &SitePath,
        section: NavigationSection,
        lang: &str,
    ) -> Vec<NavigationView> {
        let words = self.words_in(lang);
        let further = Index::ALL.into_iter().filter(|index| !index.is_main() && index.exists(self));
        let entry = |index: Index| NavigationView {
            title: words.owned(index.id()),
            url: path.link(&index.path(1), None),
            current: section == NavigationSection::Index(index),
            language: words.foreign().map(LanguageView::of),
        };
        further.map(entry).collect()
    }

    /// Where a document can be edited, by the configuration's pattern.
    fn edit_url(&self, index: DocumentIndex) -> Option<String> {
        let pattern = self.handbook.config.edit_url.as_deref()?;
        let path = self.entry(index).document.path.as_str();
        Some(pattern.replace("{path}", &url::encoded(path)))
    }

    /// What the frame of a document's page says: its way from the home page and its neighbours.
    pub fn about_document(&self, index: DocumentIndex) -> About {
        let path = self.path(index);
        let document = &self.entry(index).document;
        let section = self.section_of(index);
        let is_own = section.own_page == Some(index);
        let link = |index: DocumentIndex| LinkView {
            title: self.entry(index).document.title.clone(),
            url: Some(path.link(self.path(index), None)),
        };
        let [previous, next] = self.neighbours(index).map(|neighbour| neighbour.map(link));
        About {
            title: document.title.clone(),
            description: document.front.summary.clone().unwrap_or_default(),
            lang: document.front.lang.clone(),
            breadcrumbs: self.breadcrumbs(path, section, is_own, self.words_of(index)),
            section: match document.canvas {
                Some(_) => NavigationSection::Canvases,
                None => NavigationSection::Page,
            },
            previous,
            next,
            edit_url: self.edit_url(index),
        }
    }

    /// The way from the home page to a section; without the section itself for its own page.
    pub fn breadcrumbs(
        &self,
        path: &SitePath,
        section: &Section,
        is_own: bool,
        words: &Words,
    ) -> Vec<LinkView> {
        if section.folder.is_empty() && is_own {
            return Vec::new();
        }
        let mut crumbs = vec![Self::home_crumb(path, words)];
        let ends = section.folder.match_indices('/').map(|(end, _)| end);
        let ends =
            ends.chain((!is_own && !section.folder.is_empty()).then_some(section.folder.len()));
        crumbs.extend(ends.map(|end| {
            let above = self.folder(&section.folder[..end]);
            LinkView { title: above.title.clone(), url: Some(path.link(&above.path, None)) }
        }));
        crumbs
    }

    /// What the frame of an entry of an index says: its way from the home page leads over the index.
    pub fn about_listed(
        &self,
        path: &SitePath,
        index: Index,
        title: String,
        description: String,
    ) -> About {
        let url = path.link(&index.path(1), None);
        let all = LinkView { title: self.words.owned(index.id()), url: Some(url) };
        About {
            title,
            description,
            breadcrumbs: vec![Self::home_crumb(path, &self.words), all],
            section: NavigationSection::Index(index),
            ..About::default()
        }
    }

    /// The first crumb of every page but the home page.
    pub fn home_crumb(path: &SitePath, words: &Words) -> LinkView {
        let url = path.link(&SitePath::new("index.html"), None);
        LinkView { title: words.owned("home"), url: Some(url) }
    }
}

/// The picture in the head of every page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logo {
    /// Where the site has it.
    pub path: SitePath,
    /// Width and height in pixels or, of a vector picture, in any unit; none where unknown.
    pub size: Option<[usize; 2]>,
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
    /// See [`LayoutView::edit_url`].
    pub edit_url: Option<String>,
}

/// The part of the handbook that a page belongs to, for the navigation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NavigationSection {
    /// Canvases and their list.
    Canvases,
    /// An index and the pages that it lists.
    Index(Index),
    /// None of them.
    #[default]
    Page,
}
