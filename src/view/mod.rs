//! The views of pages: one struct and one file for each kind of page.
//!
//! A view has texts, URLs and yes-or-no answers, never a model to search in: templates print it and
//! decide nothing. Every URL in a view is relative to the page that shows it. A field called
//! `html`, or ending in `_html`, is markup that is safe to print as it is; all other texts are
//! escaped by the template engine.
//!
//! The modules are in the order of their layers, as in `lib.rs`: each uses only those above it, and
//! `tests/tidy.rs` holds them to that.

// Text: URLs, words and markup. They know no page.
pub mod url;
pub(crate) mod escape;
pub mod highlight;
pub mod links;
pub mod layout;
pub mod words;
mod run_in;
pub mod markup;
pub mod entries;
pub mod areas;
mod axes;
pub mod grid;
pub mod poster;
pub mod fit;

// The paths of pages, and parts that many of them show.
pub mod edition;
pub mod folder;
mod table;
mod csv;
mod gap;
mod listed;
pub mod export;
pub mod comparison;
mod revision;

// The pages.
pub mod history;
pub mod changes;
pub mod list;
pub mod index;
pub mod a_z;
pub mod analysis;
pub mod canvas;
pub mod page;
pub mod reviews;
pub mod gaps;
pub mod home;
pub mod redirect;
pub mod not_found;
pub mod search;
pub mod data;
pub mod markdown_file;

// All of them.
pub mod pages;

use serde::Serialize;

use crate::language;

/// The verb of two elements whose blocks have none of their own.
pub const RELATES_TO: &str = "relates to";

/// A text that may be a link.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct LinkView {
    /// Its text.
    pub title: String,
    /// Its address; absent if there is no page for it.
    pub url: Option<String>,
}

/// The language of a text on a page in another one.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct LanguageView {
    /// Its BCP 47 tag.
    pub lang: String,
    /// `ltr` or `rtl`.
    pub dir: String,
}

impl LanguageView {
    /// The language with a tag.
    pub fn of(lang: &str) -> Self {
        Self { lang: lang.to_owned(), dir: language::direction(lang).to_owned() }
    }

    /// The language with a tag, unless a page in `page` can be read aloud with it.
    pub fn unless(lang: &str, page: &str) -> Option<Self> {
        (!language::is_same(lang, page)).then(|| Self::of(lang))
    }

    /// Appends the attributes of an element whose text is in the language.
    fn push_attributes(&self, html: &mut String) {
        html.push_str(" lang=\"");
        escape::attribute(html, &self.lang);
        html.push_str("\" dir=\"");
        html.push_str(&self.dir);
        html.push('"');
    }
}

/// Markup as a part of a page, in its own language if that is not the page's.
fn in_language(language: Option<&LanguageView>, markup: String) -> String {
    match language {
        Some(language) if !markup.is_empty() => {
            let mut html = "<span".to_owned();
            language.push_attributes(&mut html);
            html + ">" + &markup + "</span>"
        }
        _ => markup,
    }
}

/// A link with details, as an entry of a list.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct EntryView {
    /// Its text.
    pub title: String,
    /// Its address.
    pub url: String,
    /// A line below it; may be empty.
    pub note: String,
    /// The number of its activities, or of canvases in a filter; absent if nothing is counted.
    pub count: Option<usize>,
    /// The language of title and note, if it is not the page's.
    pub language: Option<LanguageView>,
}

/// The references to a page or an element: the first of them, and the number of the others.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct BacklinksView {
    /// The references, in the order of their documents.
    pub items: Vec<BacklinkView>,
    /// How many are not listed.
    pub more: usize,
}

/// A reference that leads here from another place.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct BacklinkView {
    /// The page that contains it.
    pub document: String,
    /// The block's label and the element's name, if it is in one: `Channels › Web shop`.
    pub place: String,
    /// The address of the place that refers.
    pub url: String,
    /// The part of this page that it refers to: an element's name, or empty for the page as a
    /// whole.
    pub to: String,
}

/// A category of activities as a badge.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct CategoryView {
    /// `production`, `problem-solving` or `platform`; the badge's class.
    pub id: String,
    /// `Production`, `Problem Solving` or `Platform / Network`.
    pub title: String,
    /// One letter that distinguishes it without colour: `P`, `S` or `N`.
    pub letter: String,
    /// The address of the category's page.
    pub url: String,
}

/// A number with what it counts.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct NumberView {
    /// `Canvases`.
    pub label: String,
    /// How many.
    pub value: usize,
}

/// The pages of a long list; fields are absent if there is only one.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct PagingView {
    /// 1-based.
    pub number: usize,
    /// How many pages there are.
    pub of: usize,
    /// The address of the previous page.
    pub previous: Option<String>,
    /// The address of the next page.
    pub next: Option<String>,
    /// The first page, the last one and those between; if there are very many, some of them, and
    /// more near this one.
    pub pages: Vec<PageLinkView>,
}

/// One of the pages of a long list.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct PageLinkView {
    /// 1-based.
    pub number: usize,
    /// Its address; absent for the page that shows the list.
    pub url: Option<String>,
}
