//! The canvases that are compared, with the number of differences of each. Templates see it as
//! `comparisons`.

use serde::Serialize;

use super::{counted, page};
use crate::handbook::{Beside, DocumentIndex};
use crate::view::edition::{
    About, At, Content, Edition, Filled, PageKind, on_page, paging, theme_file,
};
use crate::view::layout::LayoutView;
use crate::view::table::{self, Row, attribute};
use crate::view::url::SitePath;
use crate::view::{LinkView, PagingView, escape};

/// The canvases that are compared, if there are any.
pub const PAGE: PageKind = PageKind {
    id: "comparisons",
    pages: |edition| {
        let pages = At::default().numbered(pages(edition));
        pages.map(|at| (path(at.number()), at)).collect()
    },
    is_of_documents: false,
    content: Content::Page {
        template: theme_file!(
            "templates/comparisons.html",
            "The scenarios of all canvases, and other canvases that are compared."
        ),
        view: |edition, at| Filled::new(view(edition, at.number())),
    },
    source: |_, _| None,
    navigation: |_| Vec::new(),
    is_visited: true,
};

/// How many comparisons are on a page: each is made in order to be counted.
const ROWS: usize = 50;

/// The canvases that are compared.
#[derive(Clone, Debug, Default, PartialEq, Hash, Serialize)]
pub struct ComparisonsView {
    /// `Comparisons`.
    pub title: String,
    /// A sentence about the comparisons.
    pub lede: String,
    /// The comparisons of this page, as a table.
    pub table_html: String,
    /// Present if they fill more than one page.
    pub paging: Option<PagingView>,
}

fn pages(edition: &Edition) -> usize {
    edition.handbook.scenarios.pairs().len().div_ceil(ROWS)
}

pub(super) fn path(number: usize) -> SitePath {
    SitePath::numbered("comparisons", "index", number)
}

/// The link to the comparisons, for other pages; `None` if there are none.
pub fn link(edition: &Edition, from: &SitePath, lang: &str) -> Option<LinkView> {
    let url = (pages(edition) > 0).then(|| from.link(&path(1), None))?;
    Some(LinkView { title: edition.words_in(lang).owned("comparisons"), url: Some(url) })
}

/// A page of the comparisons, from 1.
pub fn view(edition: &Edition, number: usize) -> (LayoutView, ComparisonsView) {
    let (path, words) = (path(number), &edition.words);
    let row = |pair: &Beside| {
        let title = |document: DocumentIndex| edition.entry(document).document.title.as_str();
        let comparison = page::compare(edition, *pair);
        let counts = comparison.canvases.first().map(|it| counted([it], words).join(" · "));
        let is_base = edition.entry(pair.after).based_on == Some(pair.before);
        let text = |text: &str| {
            let mut html = String::new();
            escape::text(&mut html, text);
            html
        };
        Row {
            title: title(pair.after).into(),
            url: attribute(&path.link(&page::path(edition, *pair), None)),
            cells: vec![
                text(title(pair.before)),
                if is_base { text(words.get("scenario")) } else { String::new() },
                text(&counts.unwrap_or_default()),
            ],
            ..Row::default()
        }
    };
    let pairs = edition.handbook.scenarios.pairs();
    let rows = on_page(pairs, number, ROWS).iter().map(row).collect();
    let headings = ["canvas", "compared_canvas", "scenario", "diff_changes"];
    let headings = headings.map(|key| words.get(key).into());
    let view = ComparisonsView {
        title: words.owned("comparisons"),
        lede: words.owned("comparisons_lede"),
        table_html: table::tables("list", &headings, &[rows], words).concat(),
        paging: paging(&path, number, pages(edition), self::path),
    };
    let about = About {
        title: view.title.clone(),
        description: view.lede.clone(),
        breadcrumbs: vec![Edition::home_crumb(&path, words)],
        ..About::default()
    };
    (edition.layout(&path, about, Vec::new()), view)
}
