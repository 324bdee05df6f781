//! What a server shows where there is no page. Templates see it as `not_found`.

use serde::Serialize;

use super::LinkView;
use super::edition::{About, Edition, Index};
use super::layout::LayoutView;
use super::url::SitePath;

/// The page for addresses without a page.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NotFoundView {
    /// Where to look instead: the home page and the indexes.
    pub places: Vec<LinkView>,
}

/// Where the published site stands on its host, with a `/` at the end: the base URL's path, or the
/// top of the host where the handbook has no base URL.
pub fn root(edition: &Edition) -> String {
    edition.handbook.config.base_url.as_deref().map_or("/".to_owned(), |base| {
        let host = base.find("://").map_or(0, |at| at + 3);
        let folder = base[host..].find('/').map_or("", |at| &base[host + at..]);
        format!("{folder}/")
    })
}

/// The page. A server shows it at any address, however deep, so its links start at the site's root.
pub fn view(edition: &Edition, root: &str) -> (LayoutView, NotFoundView) {
    let path = SitePath::new("404.html");
    let about = About { title: edition.words.owned("not_found"), ..About::default() };
    let mut layout = edition.layout(&path, about, Vec::new());
    let mut places = vec![Edition::home_crumb(&path, &edition.words)];
    places.extend(Index::ALL.into_iter().filter(|index| index.exists(edition)).map(|index| {
        let url = Some(path.link(&index.path(1), None));
        LinkView { title: edition.words.owned(index.id()), url }
    }));
    layout.start_at(root);
    for place in &mut places {
        place.url = place.url.take().map(|url| format!("{root}{url}"));
    }
    (layout, NotFoundView { places })
}
