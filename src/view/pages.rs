//! Every kind of page and of file for programs, in one table: a new kind is one row here, a file
//! beside this one and a template.

use super::edition::{At, Edition, PageKind};
use super::url::SitePath;
use super::{
    a_z, canvas, data, gaps, home, index, list, markdown_file, not_found, page, redirect, reviews,
    search,
};

/// Every kind. Their navigation is in this order.
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
    canvas::PAGE,
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

/// Which page of the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PageKey {
    /// The place of its kind among [`PAGES`].
    kind: u8,
    /// Which page of that kind.
    pub at: At,
}

impl PageKey {
    /// What kind of page it is.
    pub fn kind(self) -> &'static PageKind {
        &PAGES[usize::from(self.kind)]
    }
}

/// Every page of the site with its place.
pub fn all(edition: &Edition) -> Vec<(SitePath, PageKey)> {
    let kinds = (0..).zip(PAGES);
    let pages = kinds.flat_map(|(number, kind)| {
        let pages = (kind.pages)(edition).into_iter();
        pages.map(move |(path, at)| (path, PageKey { kind: number, at }))
    });
    pages.collect()
}
