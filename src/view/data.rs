//! Files for programs: the site map, the rules for crawlers and the handbook as JSON.

use std::fmt::Write as _;
use std::io;

use super::edition::Edition;
use super::escape;
use super::export;
use super::pages::{self, PageKey};
use super::url::SitePath;

/// Which file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Data {
    /// What crawlers may visit, and where the site map is.
    Robots,
    /// The addresses of all pages; of a large handbook, the addresses of its parts.
    Sitemap,
    /// A part of a large handbook's site map, from 1.
    SitemapPart(usize),
    /// Everything that `canvasbook export` prints.
    Handbook,
}

/// The most addresses of one file. Source: the sitemaps.org protocol.
const MOST_ADDRESSES: usize = 50_000;

/// The files of a handbook. A site map holds whole addresses, so it needs a base URL.
pub fn all(edition: &Edition) -> impl Iterator<Item = (SitePath, Data)> {
    let mut files = vec![(SitePath::new("handbook.json"), Data::Handbook)];
    // What an author says to crawlers goes before what we would say.
    let robots = SitePath::new("robots.txt");
    if !edition.has_file(&robots) {
        files.push((robots, Data::Robots));
    }
    if edition.handbook.config.base_url.is_some() {
        files.push((SitePath::new("sitemap.xml"), Data::Sitemap));
        let parts = 1..=parts(addresses(edition).count());
        files.extend(parts.map(|part| (part_path(part), Data::SitemapPart(part))));
    }
    files.into_iter()
}

/// Writes a file, piece by piece: that of a large handbook is larger than all else together.
///
/// # Errors
/// What `out` says.
pub fn write(edition: &Edition, data: Data, out: &mut dyn io::Write) -> io::Result<()> {
    match data {
        Data::Robots => out.write_all(robots(edition).as_bytes()),
        Data::Sitemap => out.write_all(sitemap(edition).as_bytes()),
        Data::SitemapPart(part) => out.write_all(urls(edition, part).as_bytes()),
        Data::Handbook => {
            export::Export(edition).write(out)?;
            out.write_all(b"\n")
        }
    }
}

fn robots(edition: &Edition) -> String {
    let mut robots = "User-agent: *\nAllow: /\n".to_owned();
    if let Some(base) = &edition.handbook.config.base_url {
        let _ = writeln!(robots, "Sitemap: {}", SitePath::new("sitemap.xml").below(base));
    }
    robots
}

/// The pages of the site without those that only lead to others.
fn addresses(edition: &Edition) -> impl Iterator<Item = SitePath> {
    let is_page = |key: &PageKey| !matches!(key, PageKey::Redirect(..));
    pages::pages(edition).into_iter().filter(move |(_, key)| is_page(key)).map(|(path, _)| path)
}

/// In how many parts a site map of so many addresses falls; in none where one file holds it.
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
    paths: impl Iterator<Item = SitePath>,
) -> String {
    let base = edition.handbook.config.base_url.as_deref().unwrap_or_default();
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{outer} xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"
    );
    for path in paths {
        let _ = write!(xml, "<{inner}><loc>");
        escape::text(&mut xml, &path.below(base));
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
