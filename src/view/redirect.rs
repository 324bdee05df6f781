//! A page at an old path that leads to the present page of a document. Templates see it as
//! `redirect`.

use serde::Serialize;

use super::edition::{About, At, Content, Edition, Filled, PageKind, theme_file};
use super::layout::LayoutView;
use super::url::SitePath;
use crate::handbook::DocumentIndex;
use crate::source::Location;

/// The pages at the old paths of documents; their numbers are the indexes of a document's aliases.
pub const PAGE: PageKind = PageKind {
    id: "redirect",
    pages: |edition| {
        let pages = edition.handbook.entries().flat_map(|(index, _)| {
            let numbers = (1..).map(move |number| At { number, ..At::item(index.0) });
            paths(edition, index).zip(numbers)
        });
        pages.collect()
    },
    is_of_documents: true,
    content: Content::Page {
        template: theme_file!(
            "templates/redirect.html",
            "A page at an old path that leads to the new one."
        ),
        view: |edition, at| Filled::new(view(edition, DocumentIndex(at.item), at.number() - 1)),
    },
    source: |edition, at| {
        let document = &edition.entry(DocumentIndex(at.item)).document;
        let alias = &document.front.aliases[at.number() - 1];
        Some(Location::new(&document.path, alias.span))
    },
    navigation: |_| Vec::new(),
    is_visited: false,
};

/// A redirect.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct RedirectView {
    /// The title of the page that it leads to.
    pub title: String,
    /// The address of that page.
    pub url: String,
}

/// The path of each of a document's aliases, in the order written.
fn paths(edition: &Edition, index: DocumentIndex) -> impl Iterator<Item = SitePath> + '_ {
    edition.entry(index).document.front.aliases.iter().map(|alias| path(&alias.value))
}

/// The path of an alias: `bars.html` and `old/` unchanged; `bars` and `bars.md`, the name of a
/// source, mean `bars.html`.
fn path(alias: &str) -> SitePath {
    let alias = alias.trim_start_matches('/');
    if alias.is_empty() || alias.ends_with('/') {
        return SitePath::new(&format!("{alias}index.html"));
    }
    let stem = alias.strip_suffix(".md").unwrap_or(alias);
    // Servers treat only these as pages; `release-1.0` has no extension.
    let is_page = [".html", ".htm"].iter().any(|extension| stem.ends_with(extension));
    if is_page { SitePath::new(stem) } else { SitePath::new(&format!("{stem}.html")) }
}

/// The page at one of a document's aliases, by its index.
pub fn view(edition: &Edition, index: DocumentIndex, alias: usize) -> (LayoutView, RedirectView) {
    let alias = edition.entry(index).document.front.aliases.get(alias);
    let from = alias.map_or_else(|| edition.path(index).clone(), |alias| path(&alias.value));
    let title = edition.entry(index).document.title.clone();
    let url = from.link(edition.path(index), None);
    let about = About {
        title: title.clone(),
        lang: edition.entry(index).document.front.lang.clone(),
        ..About::default()
    };
    (edition.layout(&from, about, Vec::new()), RedirectView { title, url })
}

#[cfg(test)]
mod tests {
    use super::path;

    #[test]
    fn aliases_are_paths_of_the_site_or_of_sources() {
        for (alias, expected) in [
            ("bars.html", "bars.html"),
            ("bars", "bars.html"),
            ("old/bars.md", "old/bars.html"),
            ("/old/", "old/index.html"),
            ("v1.2/release-1.0", "v1.2/release-1.0.html"),
        ] {
            assert_eq!(path(alias).as_str(), expected);
        }
    }
}
