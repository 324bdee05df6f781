//! Every kind of page and of file for programs, in one table: a new kind is one row here, a file
//! beside this one and a template.

use std::sync::Arc;

use super::edition::{At, Edition, KindPages, PageKind};
use super::url::SitePath;
use super::{
    a_z, analysis, canvas, changes, comparison, data, gaps, history, home, index, list,
    markdown_file, not_found, page, redirect, reviews, search,
};

/// All kinds of page. Their navigation is in this order.
pub const PAGES: &[PageKind] = &[
    home::PAGE,
    index::PAGE,
    a_z::PAGE,
    list::PAGE,
    list::csv::FILE,
    reviews::PAGE,
    reviews::calendar::FILE,
    gaps::PAGE,
    gaps::csv::FILE,
    analysis::csv::FILE,
    changes::PAGE,
    changes::tags::PAGE,
    changes::feed::HANDBOOK,
    comparison::index::PAGE,
    comparison::page::PAGE,
    canvas::PAGE,
    analysis::PAGE,
    history::PAGE,
    changes::feed::CANVAS,
    page::PAGE,
    page::SECTION,
    redirect::PAGE,
    not_found::PAGE,
    search::PAGE,
    data::CATALOGUE,
    data::CANVAS,
    markdown_file::FILE,
    data::ROBOTS,
    data::SITEMAP,
    search::ROOT,
    search::TERMS,
    search::RECORDS,
];

/// A page of the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PageKey {
    /// The index of its kind in [`PAGES`].
    kind: u8,
    /// The page of that kind.
    pub at: At,
}

impl PageKey {
    /// Its kind.
    pub fn kind(self) -> &'static PageKind {
        &PAGES[usize::from(self.kind)]
    }
}

/// Every page of a site, kind by kind.
#[derive(Clone, Debug)]
pub struct Pages(Vec<KindPages>);

impl Pages {
    /// All pages of an edition.
    pub fn of(edition: &Edition) -> Self {
        Self((0..PAGES.len()).map(|kind| edition.pages(kind).clone()).collect())
    }

    /// Each page with its path.
    pub fn iter(&self) -> impl Iterator<Item = (&SitePath, PageKey)> {
        let pages = |(kind, pages)| {
            let pages: &KindPages = pages;
            pages.iter().map(move |(path, at)| (path, PageKey { kind, at: *at }))
        };
        (0..).zip(&self.0).flat_map(pages)
    }
}

impl PartialEq for Pages {
    fn eq(&self, other: &Self) -> bool {
        // Most lists are reused from one time to the next.
        let mut kinds = self.0.iter().zip(&other.0);
        kinds.all(|(one, other)| Arc::ptr_eq(one, other) || one == other)
    }
}
