//! Files for programs: the site map, the rules for crawlers, and canvases as JSON.

use std::borrow::Borrow;
use std::fmt::Write as _;

use serde::Serialize;

use super::edition::{At, Content, Edition, PageKind};
use super::escape;
use super::export::{CanvasFile, Catalogue};
use super::url::SitePath;
use crate::handbook::DocumentIndex;

/// The catalogue of the handbook's data, with addresses.
pub const CATALOGUE: PageKind = PageKind {
    id: "handbook.json",
    pages: |_| vec![(SitePath::new("handbook.json"), At::default())],
    content: Content::Data(|edition, _| json(&Catalogue::of(edition))),
    ..FILE
};

/// The content of a canvas, beside its page.
pub const CANVAS: PageKind = PageKind {
    id: "canvas.json",
    pages: |edition| {
        let canvases = edition.handbook.canvases();
        let file = |(index, ..): (DocumentIndex, &_, &_)| {
            (edition.path(index).beside("json"), At::item(index.0))
        };
        canvases.map(file).collect()
    },
    is_of_documents: true,
    content: Content::Data(|edition, at| json(&CanvasFile::of(edition, DocumentIndex(at.item)))),
    source: |edition, at| Some(edition.source(DocumentIndex(at.item))),
    ..FILE
};

/// The rules for crawlers, with the address of the site map.
pub const ROBOTS: PageKind = PageKind {
    id: "robots.txt",
    pages: |edition| {
        let path = SitePath::new("robots.txt");
        // An author's own robots.txt wins over ours.
        if edition.has_file(&path) { Vec::new() } else { vec![(path, At::default())] }
    },
    content: Content::Data(|edition, _| robots(edition).into_bytes()),
    ..FILE
};

/// The addresses of all pages; for a large handbook, the addresses of its parts, which are numbered
/// from 1. A site map contains whole addresses, so it needs a base URL.
pub const SITEMAP: PageKind = PageKind {
    id: "sitemap.xml",
    pages: |edition| {
        if edition.handbook.config.base_url.is_none() {
            return Vec::new();
        }
        let parts = At::default().numbered(parts(addresses(edition).count()));
        let parts = parts.map(|at| (part_path(at.number()), at));
        [(SitePath::new("sitemap.xml"), At::default())].into_iter().chain(parts).collect()
    },
    content: Content::Data(|edition, at| {
        let text = if at.number == 0 { sitemap(edition) } else { urls(edition, at.number()) };
        text.into_bytes()
    }),
    ..FILE
};

/// The common parts of the kinds of files for programs.
const FILE: PageKind = PageKind {
    id: "",
    pages: |_| Vec::new(),
    is_of_documents: false,
    content: Content::Data(|_, _| Vec::new()),
    source: |_, _| None,
    navigation: |_| Vec::new(),
    is_visited: false,
};

/// The largest number of addresses in one file. Source: the sitemaps.org protocol.
const MOST_ADDRESSES: usize = 50_000;

/// JSON in one line.
fn json(value: &impl Serialize) -> Vec<u8> {
    // Keys are texts, and memory takes every byte, so this cannot fail.
    let mut bytes = serde_json::to_vec(value).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

fn robots(edition: &Edition) -> String {
    let mut robots = "User-agent: *\nAllow: /\n".to_owned();
    if let Some(base) = &edition.handbook.config.base_url {
        let _ = writeln!(robots, "Sitemap: {}", SitePath::new("sitemap.xml").below(base));
    }
    robots
}

/// The pages of the site that crawlers should visit.
fn addresses(edition: &Edition) -> impl Iterator<Item = &SitePath> {
    let visited = edition.kinds().iter().enumerate().filter(|(_, kind)| kind.is_visited);
    visited.flat_map(|(kind, _)| edition.pages(kind).iter()).map(|(path, _)| path)
}

/// The number of parts of a site map with this number of addresses; 0 if one file is enough.
fn parts(addresses: usize) -> usize {
    if addresses > MOST_ADDRESSES { addresses.div_ceil(MOST_ADDRESSES) } else { 0 }
}

fn part_path(part: usize) -> SitePath {
    SitePath::new(&format!("sitemap-{part}.xml"))
}

fn sitemap(edition: &Edition) -> String {
    match parts(addresses(edition).count()) {
        0 => urls(edition, 1),
        parts => listing(edition, "sitemapindex", "sitemap", (1..=parts).map(part_path)),
    }
}

fn urls(edition: &Edition, part: usize) -> String {
    let skipped = (part - 1) * MOST_ADDRESSES;
    listing(edition, "urlset", "url", addresses(edition).skip(skipped).take(MOST_ADDRESSES))
}

/// The elements of the protocol around addresses.
fn listing(
    edition: &Edition,
    outer: &str,
    inner: &str,
    paths: impl Iterator<Item: Borrow<SitePath>>,
) -> String {
    let base = edition.handbook.config.base_url.as_deref().unwrap_or_default();
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{outer} xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"
    );
    for path in paths {
        let _ = write!(xml, "<{inner}><loc>");
        escape::text(&mut xml, &path.borrow().below(base));
        let _ = writeln!(xml, "</loc></{inner}>");
    }
    let _ = writeln!(xml, "</{outer}>");
    xml
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn a_site_map_falls_into_parts_when_one_file_may_not_hold_it() {
        let counted = [0, 1, 50_000, 50_001, 100_000, 100_001].map(parts);
        assert_eq!(counted, [0, 0, 0, 2, 2, 3]);
    }
}
