//! Every element of every canvas by the first letter of its title. Templates see it as `a_z`.

use serde::Serialize;

use super::edition::{
    About, At, Content, Edition, Filled, NavigationEntry, NavigationTitle, PageKind, ROWS_PER_PAGE,
    on_page, paging, theme_file,
};
use super::layout::LayoutView;
use super::url::{SitePath, page_name};
use super::{EntryView, LinkView, PagingView, escape};
use crate::handbook::{DIGITS_AND_SIGNS, ElementKey, Initial, Place, Spot};

/// The index; in a large handbook it has a page for each initial.
pub const PAGE: PageKind = PageKind {
    id: "a-z",
    pages,
    is_of_documents: false,
    content: Content::Page {
        template: theme_file!(
            "templates/a_z.html",
            "All elements by the first letter of their titles."
        ),
        view: |edition, at| Filled::new(view(edition, at)),
    },
    source: |_, _| None,
    navigation: |edition| {
        let entry = NavigationEntry {
            title: NavigationTitle::Word(WORD),
            path: index_path(1),
            anchor: None,
            is_main: false,
        };
        if edition.handbook.lists.initials.is_empty() { Vec::new() } else { vec![entry] }
    },
    is_visited: true,
};

/// The interface word for the index, and its folder in the site.
const WORD: &str = "a_z";
const FOLDER: &str = "a-z";
/// How many elements one page lists; a handbook with more has pages for each initial.
const MOST_ELEMENTS: usize = 400;
/// The number of the list of pages for initials.
const INITIALS: u32 = 1;

/// The index, or a page of the elements of an initial.
#[derive(Clone, Debug, Default, PartialEq, Hash, Serialize)]
pub struct AToZView {
    /// `A–Z`, or the letter of an initial.
    pub title: String,
    /// A sentence on it.
    pub lede: String,
    /// On the index: the initials, each with the number of its elements and their address.
    pub initials: Vec<EntryView>,
    /// The elements of this page.
    pub groups: Vec<AToZGroupView>,
    /// Present if it fills more than one page.
    pub paging: Option<PagingView>,
}

/// The elements of an initial.
#[derive(Clone, Debug, Default, PartialEq, Hash, Serialize)]
pub struct AToZGroupView {
    /// The anchor of the heading; empty if there is none.
    pub id: String,
    /// The letter; empty if it is in the page's own heading.
    pub title: String,
    /// An `li` for each element, with a link to it, its canvas and its block.
    pub rows_html: String,
}

/// Whether there are more than one page can have.
fn is_large(initials: &[Initial]) -> bool {
    initials.iter().map(|initial| initial.elements.len()).sum::<usize>() > MOST_ELEMENTS
}

fn pages(edition: &Edition) -> Vec<(SitePath, At)> {
    let initials = &edition.handbook.lists.initials;
    let index = At::default().numbered(initials.len().div_ceil(ROWS_PER_PAGE));
    let index = index.map(|at| (index_path(at.number()), at));
    let of_initials = (0..).zip(initials).filter(|_| is_large(initials));
    let of_initials = of_initials.flat_map(|(item, initial)| {
        let at = At { list: INITIALS, ..At::item(item) };
        let pages = at.numbered(initial.elements.len().div_ceil(MOST_ELEMENTS));
        pages.map(|at| (initial_path(initial.letter, at.number()), at))
    });
    index.chain(of_initials).collect()
}

fn index_path(number: usize) -> SitePath {
    SitePath::numbered(FOLDER, "index", number)
}

fn initial_path(letter: char, number: usize) -> SitePath {
    SitePath::numbered(FOLDER, &page_name(&initial_id(letter)), number)
}

/// The link from a page to the index; `None` if there is none.
pub(super) fn link(edition: &Edition, from: &SitePath) -> Option<LinkView> {
    let is_empty = edition.handbook.lists.initials.is_empty();
    let link = || LinkView {
        title: edition.words.owned(WORD),
        url: Some(from.link(&index_path(1), None)),
    };
    (!is_empty).then(link)
}

/// The name of an initial's page and anchor.
fn initial_id(letter: char) -> String {
    if letter == DIGITS_AND_SIGNS { "0-9".to_owned() } else { letter.to_string() }
}

fn initial_title(edition: &Edition, letter: char) -> String {
    match letter {
        DIGITS_AND_SIGNS => edition.words.owned("digits_and_signs"),
        letter => letter.to_uppercase().collect(),
    }
}

/// A page of the index or of an initial.
pub fn view(edition: &Edition, at: At) -> (LayoutView, AToZView) {
    let initials = &edition.handbook.lists.initials;
    match at.list {
        INITIALS => initial(edition, initials, at.item as usize, at.number()),
        _ => index(edition, initials, at.number()),
    }
}

/// The index of the initials, with their elements unless there are too many.
fn index(edition: &Edition, initials: &[Initial], number: usize) -> (LayoutView, AToZView) {
    let words = &edition.words;
    let path = index_path(number);
    let of = initials.len().div_ceil(ROWS_PER_PAGE);
    let mut view = AToZView {
        title: words.owned(WORD),
        lede: words.owned("a_z_lede"),
        paging: paging(&path, number, of, index_path),
        ..AToZView::default()
    };
    for Initial { letter, elements } in on_page(initials, number, ROWS_PER_PAGE) {
        let id = format!("_{}", initial_id(*letter));
        let title = initial_title(edition, *letter);
        let url = match is_large(initials) {
            true => path.link(&initial_path(*letter, 1), None),
            false => path.link(&path, Some(&id)),
        };
        if !is_large(initials) {
            let keys = elements.by_title(&edition.handbook.documents);
            let rows_html = rows(edition, &path, keys);
            view.groups.push(AToZGroupView { id, title: title.clone(), rows_html });
        }
        let (note, count, language) = (String::new(), Some(elements.len()), None);
        view.initials.push(EntryView { title, url, note, count, language });
    }
    let about = About {
        title: view.title.clone(),
        description: view.lede.clone(),
        breadcrumbs: vec![Edition::home_crumb(&path, words)],
        section: Some(WORD),
        ..About::default()
    };
    (edition.layout(&path, about, Vec::new()), view)
}

/// A page of the elements of an initial, from 1.
fn initial(
    edition: &Edition,
    initials: &[Initial],
    item: usize,
    number: usize,
) -> (LayoutView, AToZView) {
    let words = &edition.words;
    let Initial { letter, elements } = &initials[item];
    let path = initial_path(*letter, number);
    let keys = elements.by_title(&edition.handbook.documents);
    let shown = on_page(keys, number, MOST_ELEMENTS);
    let of = keys.len().div_ceil(MOST_ELEMENTS);
    let group =
        AToZGroupView { rows_html: rows(edition, &path, shown), ..AToZGroupView::default() };
    let view = AToZView {
        title: initial_title(edition, *letter),
        lede: words.counted("elements", keys.len()),
        groups: vec![group],
        paging: paging(&path, number, of, |number| initial_path(*letter, number)),
        ..AToZView::default()
    };
    let link = |to: &SitePath, title: String| LinkView { title, url: Some(path.link(to, None)) };
    let neighbour = |initial: &Initial| {
        link(&initial_path(initial.letter, 1), initial_title(edition, initial.letter))
    };
    let all = link(&index_path(1), words.owned(WORD));
    let about = About {
        title: format!("{} · {}", view.title, words.get(WORD)),
        description: words.owned("a_z_lede"),
        breadcrumbs: vec![Edition::home_crumb(&path, words), all],
        section: Some(WORD),
        previous: item.checked_sub(1).map(|before| neighbour(&initials[before])),
        next: initials.get(item + 1).map(neighbour),
        ..About::default()
    };
    (edition.layout(&path, about, Vec::new()), view)
}

/// A row for each element: its title, and its place.
fn rows(edition: &Edition, path: &SitePath, keys: &[ElementKey]) -> String {
    let page_lang = &edition.handbook.config.language;
    let mut html = String::with_capacity(keys.len() * 160);
    for ElementKey { document, element } in keys {
        let entry = edition.entry(*document);
        let Some(canvas) = &entry.document.canvas else { continue };
        let label = edition.block_label(*document, canvas.elements.block(*element));
        let title = Edition::element_title(&entry.document, *element);
        let place = Place { document: *document, spot: Spot::Element(*element) };
        html.push_str("<li");
        let language = entry.document.front.lang.as_ref();
        let language = language.and_then(|_| edition.foreign(*document, page_lang));
        if let Some(language) = language {
            language.push_attributes(&mut html);
        }
        html.push_str("><a href=\"");
        escape::url(&mut html, &edition.url(path, place));
        html.push_str("\">");
        // A picture alone has no words.
        escape::text(&mut html, if title.is_empty() { &label } else { &title });
        html.push_str("</a> <small>");
        escape::text(&mut html, &entry.document.title);
        html.push_str(" › ");
        escape::text(&mut html, &label);
        html.push_str("</small></li>\n");
    }
    html
}
