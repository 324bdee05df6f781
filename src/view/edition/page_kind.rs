//! What a kind of page is: a row of the table that [`crate::view::pages`] has of them.

use std::fmt;
use std::hash::Hash;
use std::sync::{Arc, OnceLock};

use serde::Serialize;
use tera::Value;
use xxhash_rust::xxh3::Xxh3;

use super::Edition;
use crate::handbook::DocumentIndex;
use crate::source::Location;
use crate::view::layout::LayoutView;
use crate::view::url::SitePath;

/// A kind of page, or of a file for programs: where its pages are and what is in them.
#[derive(Clone, Copy, Debug)]
pub struct PageKind {
    /// What it is called: `canvas`.
    pub id: &'static str,
    /// The pages of a handbook, each with its place. An author's own file goes before a page that is
    /// not an author's.
    pub pages: fn(&Edition) -> Vec<(SitePath, At)>,
    /// Whether the pages follow from the configuration and from what documents there are, where, which of them
    /// are canvases and which have a history. Then they are gathered once for as long as that is so, whatever
    /// documents say.
    pub is_of_documents: bool,
    /// What is in them.
    pub content: Content,
    /// What of the sources a page is made from; `None` for the handbook as a whole.
    pub source: fn(&Edition, At) -> Option<Location>,
    /// What in the navigation of every page leads to it.
    pub navigation: fn(&Edition) -> Vec<NavigationEntry>,
    /// Whether crawlers should visit the pages, so that the site map lists them.
    pub is_visited: bool,
}

/// The pages of a kind, each with its place.
pub type KindPages = Arc<[(SitePath, At)]>;

/// Room for the pages of so many kinds, which are gathered when somebody asks for them.
pub(super) fn unknown_pages(kinds: &[PageKind]) -> Arc<[OnceLock<KindPages>]> {
    kinds.iter().map(|_| OnceLock::new()).collect()
}

impl Edition {
    /// The pages of the kind of this place among [`Edition::kinds`].
    pub fn pages(&self, kind: usize) -> &KindPages {
        let PageKind { pages, is_of_documents, .. } = self.kinds[kind];
        let known = if is_of_documents { &self.order.pages } else { &self.pages };
        known[kind].get_or_init(|| pages(self).into())
    }
}

/// What is in the pages of a kind.
#[derive(Clone, Copy, Debug)]
pub enum Content {
    /// HTML: the view, printed by the template.
    Page {
        /// The template of the built-in theme. Its name without `.html` is what it calls the view.
        template: ThemeFile,
        /// Makes the view of a page.
        view: fn(&Edition, At) -> Filled,
    },
    /// A file for programs, written by the view itself, since there is nothing for a theme to decide.
    Data(fn(&Edition, At) -> Vec<u8>),
}

impl Content {
    /// A hash of all that decides what is in a page. Pages with the same fingerprint are the same.
    pub fn fingerprint(&self, edition: &Edition, at: At) -> u64 {
        let mut hasher = Xxh3::new();
        match self {
            Self::Page { view, .. } => {
                let Filled { layout, view, .. } = view(edition, at);
                layout.hash(&mut hasher);
                view.hash_into(&mut hasher);
            }
            Self::Data(bytes) => hasher.update(&bytes(edition, at)),
        }
        hasher.digest()
    }
}

/// Which page of its kind. What the numbers mean is the kind's own business.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct At {
    /// Which list of pages, where the kind has several.
    pub list: u32,
    /// Which document, section or entry of a list.
    pub item: u32,
    /// Which page of those that it fills, from 1; 0 where it fills one.
    pub number: u32,
}

impl At {
    /// The page of an item.
    pub fn item(item: u32) -> Self {
        Self { item, ..Self::default() }
    }

    /// The pages from 1 to `last` of something long.
    pub fn numbered(self, last: usize) -> impl Iterator<Item = Self> {
        let last = u32::try_from(last).unwrap_or(u32::MAX);
        (1..=last).map(move |number| Self { number, ..self })
    }

    /// The number of the page, from 1.
    pub fn number(self) -> usize {
        self.number.max(1) as usize
    }
}

/// An entry of the navigation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NavigationEntry {
    /// What it is called.
    pub title: NavigationTitle,
    /// The page that it leads to.
    pub path: SitePath,
    /// A place on that page.
    pub anchor: Option<&'static str>,
    /// Whether it is in the main navigation, or else behind a button of it.
    pub is_main: bool,
}

/// What an entry of the navigation is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NavigationTitle {
    /// The interface word of this key.
    Word(&'static str),
    /// The title of a document.
    Document(DocumentIndex),
}

/// A page without its template: the frame, and a view of any kind.
#[derive(Debug)]
pub struct Filled {
    /// The frame.
    pub layout: LayoutView,
    /// The view.
    pub view: Box<dyn View>,
    /// What a template for pages of this sort alone is called, which a theme may have.
    pub variant: Option<&'static str>,
}

impl Filled {
    /// A page from what the function of its kind returns.
    pub fn new<V: View + 'static>((layout, view): (LayoutView, V)) -> Self {
        Self { layout, view: Box::new(view), variant: None }
    }
}

/// What a template can print, whatever its type.
pub trait View: fmt::Debug {
    /// All of it as the template engine holds values.
    fn value(&self) -> Value;

    /// Adds everything that it holds to a hash.
    fn hash_into(&self, hasher: &mut Xxh3);
}

impl<V: Serialize + Hash + fmt::Debug> View for V {
    fn value(&self) -> Value {
        Value::from_serializable(self)
    }

    fn hash_into(&self, hasher: &mut Xxh3) {
        self.hash(hasher);
    }
}

/// A file of the built-in theme.
#[derive(Clone, Copy, Debug)]
pub struct ThemeFile {
    /// Its path in the theme: `templates/canvas.html`.
    pub path: &'static str,
    /// What it is for, in a sentence, for somebody who chooses one to change.
    pub about: &'static str,
    /// What is in it.
    pub bytes: &'static [u8],
}

impl ThemeFile {
    /// The name of the file without its extension; for a template that of a page's view in it.
    pub fn name(&self) -> &'static str {
        let file = self.path.rsplit('/').next().unwrap_or(self.path);
        file.split('.').next().unwrap_or(file)
    }
}

/// Embeds a file of the built-in theme by its path in it, with what it is for.
macro_rules! theme_file {
    ($path:literal, $about:literal) => {
        $crate::view::edition::ThemeFile {
            path: $path,
            about: $about,
            bytes: include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/themes/default/", $path)),
        }
    };
}

pub(crate) use theme_file;
