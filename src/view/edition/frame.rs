//! The frame of every page: navigation, crumbs and links to the previous and the next page.

use super::{Edition, Index, NavigationEntry, NavigationTitle, Section};
use crate::check::gaps;
use crate::handbook::DocumentIndex;
use crate::language;
use crate::search;
use crate::view::layout::{ContentsView, LayoutView, LogoView, NavigationView, TranslationView};
use crate::view::url::{self, SitePath};
use crate::view::words::Words;
use crate::view::{LanguageView, LinkView};

impl Edition {
    /// The documents of the main navigation.
    pub fn top_pages(&self) -> &[DocumentIndex] {
        &self.order.top_pages
    }

    /// Whether readers can search: there is something to find, and the configuration does not forbid it.
    pub fn has_search(&self) -> bool {
        self.handbook.config.search && !self.handbook.documents.is_empty()
    }

    /// The values that the files of the search are made of, which are made when they are needed.
    pub(in crate::view) fn search(&self) -> &search::Search {
        &self.search
    }

    /// The gaps of the canvases, in groups.
    pub(in crate::view) fn gaps(&self, by: gaps::By) -> &[gaps::Group] {
        self.gaps.by(by, &self.handbook, &self.findings)
    }

    /// The frame of a page; `contents` are its headings.
    pub fn layout(&self, path: &SitePath, about: About, contents: Vec<ContentsView>) -> LayoutView {
        let config = &self.handbook.config;
        let home = SitePath::new("index.html");
        let lang = about.lang.unwrap_or_else(|| config.language.clone());
        let words = self.words_in(&lang);
        LayoutView {
            dir: language::direction(&lang).to_owned(),
            words_lang: words.foreign().map(str::to_owned),
            navigation: self.navigation(path, about.section, &lang, true),
            indexes: self.navigation(path, about.section, &lang, false),
            lang,
            is_draft: about.is_draft,
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
            has_search: self.has_search(),
            needs_pages_css: true,
            edit_url: about.edit_url,
            data_url: about.data_url,
            markdown_url: about.markdown_url,
            translations: about.translations,
            canonical: config.base_url.as_deref().map(|base| path.below(base)),
            breadcrumbs: about.breadcrumbs,
            contents,
            siblings: about.siblings,
            previous: about.previous,
            next: about.next,
        }
    }

    /// The entries of the main navigation, or those behind a button of it.
    fn navigation(
        &self,
        path: &SitePath,
        section: Option<&str>,
        lang: &str,
        is_main: bool,
    ) -> Vec<NavigationView> {
        let words = self.words_in(lang);
        let entries = self.navigation.iter().filter(|entry| entry.is_main == is_main);
        let view = |NavigationEntry { title, path: to, anchor, .. }: &NavigationEntry| {
            let url = path.link(to, *anchor);
            match *title {
                NavigationTitle::Word(key) => NavigationView {
                    title: words.owned(key),
                    url,
                    current: section == Some(key),
                    language: words.foreign().map(LanguageView::of),
                },
                NavigationTitle::Document(index) => {
                    let folder = to.folder();
                    let is_below = || path.as_str().starts_with(&format!("{folder}/"));
                    NavigationView {
                        title: self.entry(index).document.title.clone(),
                        url,
                        current: to == path || !folder.is_empty() && is_below(),
                        language: self.foreign(index, lang),
                    }
                }
            }
        };
        entries.map(view).collect()
    }

    /// The address where a document can be edited, by the configuration's pattern.
    fn edit_url(&self, index: DocumentIndex) -> Option<String> {
        let pattern = self.handbook.config.edit_url.as_deref()?;
        let path = self.entry(index).document.path.as_str();
        Some(pattern.replace("{path}", &url::encoded(path)))
    }

    /// A document in all its languages, seen from its page.
    pub fn translations(&self, index: DocumentIndex) -> Vec<TranslationView> {
        let from = self.path(index);
        let base = self.handbook.config.base_url.as_deref();
        let all = self.handbook.translations.of(index).iter();
        let view = |other: &DocumentIndex| {
            let (path, words) = (self.path(*other), self.words_of(*other));
            let url = from.link(path, None);
            TranslationView {
                title: match words.foreign() {
                    None => words.owned("in_this_language"),
                    Some(_) => self.entry(*other).document.title.clone(),
                },
                language: LanguageView::of(self.language(*other)),
                address: base.map_or_else(|| url.clone(), |base| path.below(base)),
                url,
                is_current: *other == index,
            }
        };
        all.map(view).collect()
    }

    /// The address for asking about an element of a canvas, if the configuration has one.
    pub fn issue_link(&self, index: DocumentIndex, element: u32, anchor: &str) -> Option<LinkView> {
        let config = &self.handbook.config;
        let pattern = config.issue_url.as_deref()?;
        let document = &self.entry(index).document;
        let element = Self::element_title(document, element);
        let title = format!("{}: {element}", document.title);
        let mut address = self.path(index).below(config.base_url.as_deref().unwrap_or_default());
        url::push_fragment(&mut address, anchor);
        // Braces in a title are not placeholders.
        let parts =
            pattern.split("{title}").map(|part| part.replace("{url}", &url::in_query(&address)));
        let url = parts.collect::<Vec<_>>().join(&url::in_query(&title));
        Some(LinkView { title: element.to_string(), url: Some(url) })
    }

    /// The address of a document as Markdown, seen from its page, if the configuration publishes
    /// it.
    pub fn markdown_url(&self, index: DocumentIndex) -> Option<String> {
        let path = self.path(index);
        let is_published = self.handbook.config.publish_markdown;
        is_published.then(|| path.link(&path.beside(MARKDOWN), None))
    }

    /// The parts of the frame of a document's page: its path from the home page and its neighbours.
    pub fn about_document(&self, index: DocumentIndex) -> About {
        let path = self.path(index);
        let document = &self.entry(index).document;
        let section = self.section_of(index);
        let is_own = section.own_page == Some(index);
        let link = |index: DocumentIndex| LinkView {
            title: self.entry(index).document.title.clone(),
            url: Some(path.link(self.path(index), None)),
        };
        let siblings =
            if document.canvas.is_none() && !is_own { self.siblings(index) } else { Vec::new() };
        let [previous, next] = self.neighbours(index).map(|neighbour| neighbour.map(link));
        About {
            title: document.title.clone(),
            description: document.front.summary.clone().unwrap_or_default(),
            is_draft: document.front.draft,
            lang: document.front.lang.clone(),
            breadcrumbs: self.breadcrumbs(path, section, is_own, self.words_of(index)),
            section: document.canvas.is_some().then_some(CANVASES),
            siblings,
            previous,
            next,
            edit_url: self.edit_url(index),
            data_url: document.canvas.is_some().then(|| path.link(&path.beside("json"), None)),
            markdown_url: self.markdown_url(index),
            translations: self.translations(index),
        }
    }

    /// The documents of a document's folder, including itself; empty if it is alone or if they are too
    /// many to be listed beside it.
    fn siblings(&self, index: DocumentIndex) -> Vec<NavigationView> {
        const MOST: usize = 30;
        let documents = &self.section_of(index).documents;
        if !(2..=MOST).contains(&documents.len()) {
            return Vec::new();
        }
        let (path, lang) = (self.path(index), self.language(index));
        let entry = |sibling: &DocumentIndex| NavigationView {
            title: self.entry(*sibling).document.title.clone(),
            url: path.link(self.path(*sibling), None),
            current: *sibling == index,
            language: self.foreign(*sibling, lang),
        };
        documents.iter().map(entry).collect()
    }

    /// The path from the home page to a section; without the section itself on its own page.
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

    /// The parts of the frame of an index's entry: its path from the home page leads over the index.
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
            section: Some(index.id()),
            ..About::default()
        }
    }

    /// The first crumb of every page but the home page.
    pub fn home_crumb(path: &SitePath, words: &Words) -> LinkView {
        let url = path.link(&SitePath::new("index.html"), None);
        LinkView { title: words.owned("home"), url: Some(url) }
    }
}

/// The word in the navigation that leads to all canvases.
pub const CANVASES: &str = "canvases";

/// The extension of a document's file of Markdown.
pub const MARKDOWN: &str = "md";

/// The picture in the head of every page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logo {
    /// Its path in the site.
    pub path: SitePath,
    /// Width and height in pixels or, of a vector picture, in any unit; `None` if they are unknown.
    pub size: Option<[usize; 2]>,
}

/// The properties of a page that its frame shows.
#[derive(Clone, Debug, Default)]
pub struct About {
    /// The page's title.
    pub title: String,
    /// One sentence; may be empty.
    pub description: String,
    /// See [`LayoutView::is_draft`].
    pub is_draft: bool,
    /// The page's own language, if it differs from the handbook's.
    pub lang: Option<String>,
    /// See [`LayoutView::breadcrumbs`].
    pub breadcrumbs: Vec<LinkView>,
    /// The key of the word in the navigation that it belongs to, if there is one.
    pub section: Option<&'static str>,
    /// The previous page.
    pub previous: Option<LinkView>,
    /// The next page.
    pub next: Option<LinkView>,
    /// See [`LayoutView::siblings`].
    pub siblings: Vec<NavigationView>,
    /// See [`LayoutView::edit_url`].
    pub edit_url: Option<String>,
    /// See [`LayoutView::data_url`].
    pub data_url: Option<String>,
    /// See [`LayoutView::markdown_url`].
    pub markdown_url: Option<String>,
    /// See [`LayoutView::translations`].
    pub translations: Vec<TranslationView>,
}
