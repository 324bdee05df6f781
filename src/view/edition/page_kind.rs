//! A kind of page: a row of the table in [`crate::view::pages`].

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

/// A kind of page, or of a file for programs: the paths of its pages and their content.
#[derive(Clone, Copy, Debug)]
pub struct PageKind {
    /// Its id: `canvas`.
    pub id: &'static str,
    /// The pages of a handbook, each with its path. An author's own file takes precedence over a
    /// generated page.
    pub pages: fn(&Edition) -> Vec<(SitePath, At)>,
    /// Whether the pages follow from the configuration and from which documents exist, their paths, which of
    /// them are canvases and which have a history. Then they are gathered only once as long as these are
    /// unchanged, whatever the documents contain.
    pub is_of_documents: bool,
    /// Their content.
    pub content: Content,
    /// The source that a page is made from; `None` for the handbook as a whole.
    pub source: fn(&Edition, At) -> Option<Location>,
    /// The entries in the navigation of every page that lead to it.
    pub navigation: fn(&Edition) -> Vec<NavigationEntry>,
    /// Whether crawlers should visit the pages, so that the site map lists them.
    pub is_visited: bool,
}

/// The pages of a kind, each with its path.
pub type KindPages = Arc<[(SitePath, At)]>;

/// Empty cells for the pages of these kinds, which are gathered when they are needed.
pub(super) fn unknown_pages(kinds: &[PageKind]) -> Arc<[OnceLock<KindPages>]> {
    kinds.iter().map(|_| OnceLock::new()).collect()
}

impl Edition {
    /// The pages of a kind, by its index in [`Edition::kinds`].
    pub fn pages(&self, kind: usize) -> &KindPages {
        let PageKind { pages, is_of_documents, .. } = self.kinds[kind];
        let known = if is_of_documents { &self.order.pages } else { &self.pages };
        known[kind].get_or_init(|| pages(self).into())
    }
}

/// The content of the pages of a kind.
#[derive(Clone, Copy, Debug)]
pub enum Content {
    /// HTML: the view, printed by the template.
    Page {
        /// The template of the built-in theme. In it, the view has the name of the file without
        /// `.html`.
        template: ThemeFile,
        /// Makes the view of a page.
        view: fn(&Edition, At) -> Filled,
    },
    /// A file for programs, written by the view itself, since there is nothing for a theme to decide.
    Data(fn(&Edition, At) -> Vec<u8>),
}

impl Content {
    /// A hash of everything that determines the content of a page. Pages with equal fingerprints
    /// are equal.
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

/// A page of a kind. The kind defines the meaning of the numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct At {
    /// The list of pages, if the kind has several.
    pub list: u32,
    /// The document, section or entry of a list.
    pub item: u32,
    /// The number of the page, from 1; 0 if there is only one.
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
    /// Its title.
    pub title: NavigationTitle,
    /// The page that it leads to.
    pub path: SitePath,
    /// A place on that page.
    pub anchor: Option<&'static str>,
    /// Whether it is in the main navigation, or else behind a button of it.
    pub is_main: bool,
}

/// The title of an entry of the navigation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NavigationTitle {
    /// The interface word with this key.
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
    /// The name of a template for pages of this sort alone, which a theme may have.
    pub variant: Option<&'static str>,
}

impl Filled {
    /// Makes a page of the result of its kind's function.
    pub fn new<V: View + 'static>((layout, view): (LayoutView, V)) -> Self {
        Self { layout, view: Box::new(view), variant: None }
    }
}

/// A value that a template can print, whatever its type.
pub trait View: fmt::Debug {
    /// The value in the form of the template engine.
    fn value(&self) -> Value;

    /// Adds its whole content to a hash.
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
    /// Its purpose, in a sentence, for somebody who chooses a file to change.
    pub about: &'static str,
    /// Its content.
    pub bytes: &'static [u8],
}

impl ThemeFile {
    /// The name of the file without its extension, which a template also uses for the page's view.
    pub fn name(&self) -> &'static str {
        let file = self.path.rsplit('/').next().unwrap_or(self.path);
        file.split('.').next().unwrap_or(file)
    }
}

/// Embeds a file of the built-in theme by its path in it, with its purpose.
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
