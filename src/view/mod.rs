//! What pages show, decided: one struct and one file for each kind of page.
//!
//! A view holds texts, URLs and yes-or-no answers, never a model to search in: templates print it
//! and decide nothing. Every URL in a view is relative to the page that shows it. A field called
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

// Where every page is, and what many of them show.
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

/// A text that may lead somewhere.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct LinkView {
    /// What is shown.
    pub title: String,
    /// Where it leads; absent where there is no page for it.
    pub url: Option<String>,
}

/// The language of a text that stands on a page in another one.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct LanguageView {
    /// Its BCP 47 tag.
    pub lang: String,
    /// `ltr` or `rtl`.
    pub dir: String,
}

impl LanguageView {
    /// The language of a tag.
    pub fn of(lang: &str) -> Self {
        Self { lang: lang.to_owned(), dir: language::direction(lang).to_owned() }
    }

    /// The language of a tag, unless a page in `page` can be read aloud with it.
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

/// Something with a link and what to know about it, as an entry of a list.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct EntryView {
    /// What is shown.
    pub title: String,
    /// Where it leads.
    pub url: String,
    /// A line below it; may be empty.
    pub note: String,
    /// How many activities it stands for, or canvases as a filter; absent where nothing is counted.
    pub count: Option<usize>,
    /// The language of title and note, where it is not the page's.
    pub language: Option<LanguageView>,
}

/// Who refers to a page or an element: the first of them, and how many more there are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct BacklinksView {
    /// The references, in the order of the documents that they stand in.
    pub items: Vec<BacklinkView>,
    /// How many are not listed.
    pub more: usize,
}

/// A reference that leads here from another place.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct BacklinkView {
    /// The page it stands in.
    pub document: String,
    /// The block's label and the element's name, where it stands in one: `Channels › Web shop`.
    pub place: String,
    /// Leads to the place that refers.
    pub url: String,
    /// What of the page that shows the backlink it refers to: an element's name, or empty for the
    /// page as a whole.
    pub to: String,
}

/// A category of activities as a badge.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct CategoryView {
    /// `production`, `problem-solving` or `platform`; the badge's class.
    pub id: String,
    /// `Production`, `Problem Solving` or `Platform / Network`.
    pub title: String,
    /// One letter that tells it apart without colour: `P`, `S` or `N`.
    pub letter: String,
    /// Leads to the category's page.
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

/// The pages of a long list; absent fields where there is only one.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct PagingView {
    /// 1-based.
    pub number: usize,
    /// How many pages there are.
    pub of: usize,
    /// Leads to the page before.
    pub previous: Option<String>,
    /// Leads to the page after.
    pub next: Option<String>,
    /// The first page, the last and those between; of very many some, more of those near this one.
    pub pages: Vec<PageLinkView>,
}

/// One of the pages of a long list.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct PageLinkView {
    /// 1-based.
    pub number: usize,
    /// Leads to it; absent for the page that shows the list.
    pub url: Option<String>,
}
