//! The page that a server shows if there is no other. Templates see it as `not_found`.

use serde::Serialize;

use super::LinkView;
use super::edition::{
    About, At, Content, Edition, Filled, NavigationTitle, PageKind, ThemeFile, theme_file,
};
use super::layout::LayoutView;
use super::url::SitePath;

/// The path at which a host looks for the page.
const PATH: &str = "404.html";

/// The template of the page.
pub const TEMPLATE: ThemeFile =
    theme_file!("templates/not_found.html", "What a server shows where there is no page.");

/// The page for addresses without a page.
pub const PAGE: PageKind = PageKind {
    id: "not_found",
    pages: |edition| {
        let path = SitePath::new(PATH);
        // An author's own page takes precedence.
        if edition.has_file(&path) { Vec::new() } else { vec![(path, At::default())] }
    },
    is_of_documents: false,
    content: Content::Page {
        template: TEMPLATE,
        view: |edition, _| Filled::new(view(edition, &root(edition))),
    },
    source: |_, _| None,
    navigation: |_| Vec::new(),
    is_visited: false,
};

/// The page for addresses without a page.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct NotFoundView {
    /// The pages to visit instead: the home page and the indexes.
    pub places: Vec<LinkView>,
}

/// The path of the published site on its host, with a `/` at the end: that of the base URL, or the
/// top of the host if the handbook has none.
pub fn root(edition: &Edition) -> String {
    edition.handbook.config.base_url.as_deref().map_or("/".to_owned(), |base| {
        let host = base.find("://").map_or(0, |at| at + 3);
        let folder = base[host..].find('/').map_or("", |at| &base[host + at..]);
        format!("{folder}/")
    })
}

/// The page. A server shows it at any address, however deep, so its links start at the site's root.
pub fn view(edition: &Edition, root: &str) -> (LayoutView, NotFoundView) {
    let path = SitePath::new(PATH);
    let about = About { title: edition.words.owned("not_found"), ..About::default() };
    let mut layout = edition.layout(&path, about, Vec::new());
    let mut places = vec![Edition::home_crumb(&path, &edition.words)];
    // The list of canvases is mostly the home page, which is included already.
    let entries = edition.navigation_entries().iter().filter(|entry| entry.anchor.is_none());
    places.extend(entries.filter_map(|entry| match entry.title {
        NavigationTitle::Word(key) => {
            let url = Some(path.link(&entry.path, None));
            Some(LinkView { title: edition.words.owned(key), url })
        }
        NavigationTitle::Document(_) => None,
    }));
    layout.start_at(root);
    for place in &mut places {
        place.url = place.url.take().map(|url| format!("{root}{url}"));
    }
    (layout, NotFoundView { places })
}
