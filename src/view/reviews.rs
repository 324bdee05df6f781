//! The reviews, by the day on which they are due. Templates see them as `reviews`.

pub mod calendar;

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::Serialize;

use super::edition::{
    About, At, Content, Due, Edition, Filled, PageKind, on_page, paging, theme_file,
};
use super::layout::LayoutView;
use super::links::LinksHtml;
use super::table::{self, Counted, Heading, ROWS_PER_PAGE, Row, attribute, day};
use super::url::SitePath;
use super::{LanguageView, LinkView, PagingView};
use crate::date::Date;
use crate::handbook::{DocumentIndex, Handbook, Place, Spot};

/// The pages of canvases that have to be reviewed, if there are any.
pub const PAGE: PageKind = PageKind {
    id: "reviews",
    pages: |edition| {
        let pages = At::default().numbered(pages(&edition.handbook));
        pages.map(|at| (path(at.number()), at)).collect()
    },
    is_of_documents: false,
    content: Content::Page {
        template: theme_file!(
            "templates/reviews.html",
            "The canvases that are to be reviewed, by the day on which they are due."
        ),
        view: |edition, at| Filled::new(view(edition, at.number())),
    },
    source: |_, _| None,
    navigation: |_| Vec::new(),
    is_visited: true,
};

/// How many owners are named with their overdue reviews.
const MOST_OWNERS: usize = 12;

/// The canvases that have to be reviewed.
#[derive(Clone, Debug, Default, PartialEq, Hash, Serialize)]
pub struct ReviewsView {
    /// `Reviews`.
    pub title: String,
    /// A sentence on how many are overdue.
    pub lede: String,
    /// The owners with most overdue reviews, with the number of canvases, as a table; empty if nobody
    /// has more than one, and on further pages.
    pub owners_html: String,
    /// The canvases of this page, as a table: those that have not been reviewed yet, then by day.
    pub canvases_html: String,
    /// The address of the calendar.
    pub calendar_url: String,
    /// Present if they fill more than one page.
    pub paging: Option<PagingView>,
}

/// The link to the page, with the number of canvases that are overdue or were never reviewed, for other
/// pages; `None` if there is none.
pub(super) fn link(edition: &Edition, from: &SitePath, lang: &str) -> Option<LinkView> {
    let url = (!edition.due().is_empty()).then(|| from.link(&path(1), None))?;
    let words = edition.words_in(lang);
    let title = match edition.overdue() {
        0 => words.owned("reviews"),
        count => words.counted("reviews_overdue", count),
    };
    Some(LinkView { title, url: Some(url) })
}

/// Whether a canvas with regular reviews has to be reviewed now.
pub(super) fn is_due(handbook: &Handbook, document: DocumentIndex) -> bool {
    let written = &handbook.entry(document).document;
    let day = written.next_review();
    written.reviews().next().is_some() && Due { day, document }.is_over(handbook)
}

fn pages(handbook: &Handbook) -> usize {
    handbook.lists.reviews.len().div_ceil(ROWS_PER_PAGE)
}

fn path(number: usize) -> SitePath {
    SitePath::numbered("reviews", "index", number)
}

/// A page of the reviews, from 1.
pub fn view(edition: &Edition, number: usize) -> (LayoutView, ReviewsView) {
    let (handbook, words, path) = (&edition.handbook, &edition.words, path(number));
    let (due, overdue) = (edition.due(), edition.overdue());
    let view = ReviewsView {
        title: words.owned("reviews"),
        lede: match overdue {
            0 => words.owned("reviews_none_overdue"),
            count => words.counted("reviews_lede", count),
        },
        owners_html: if number == 1 {
            owners(edition, &path, &due[..overdue])
        } else {
            String::new()
        },
        canvases_html: canvases(edition, &path, on_page(due, number, ROWS_PER_PAGE)),
        calendar_url: path.link(&calendar::path(), None),
        paging: paging(&path, number, pages(handbook), self::path),
    };
    let about = About {
        title: view.title.clone(),
        description: view.lede.clone(),
        breadcrumbs: vec![Edition::home_crumb(&path, words)],
        ..About::default()
    };
    (edition.layout(&path, about, Vec::new()), view)
}

/// The owners with most overdue reviews.
fn owners(edition: &Edition, path: &SitePath, due: &[Due]) -> String {
    let mut counts: BTreeMap<Option<usize>, usize> = BTreeMap::new();
    let handbook = &edition.handbook;
    for due in due {
        let owner = handbook.entry(due.document).document.front.owner.as_deref();
        let owner = owner.and_then(|name| handbook.lists.owner(name));
        *counts.entry(owner).or_default() += 1;
    }
    let mut counts: Vec<(Option<usize>, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(owner, count)| (Reverse(*count), owner.is_none(), *owner));
    let entries = counts.iter().take(MOST_OWNERS).map(|(owner, count)| match owner {
        Some(at) => Counted {
            title: &handbook.lists.owners[*at].title,
            url: path.link(&edition.owner_path(*at), None),
            count: *count,
        },
        None => Counted { title: edition.words.get("nobody"), url: String::new(), count: *count },
    });
    let entries: Vec<Counted<'_>> = entries.collect();
    // If each has one, the list of canvases shows that already.
    if entries.first().is_none_or(|entry| entry.count == 1) {
        return String::new();
    }
    let words = &edition.words;
    table::counts([words.get("owner"), words.get("overdue")], &entries, words)
}

fn canvases(edition: &Edition, path: &SitePath, due: &[Due]) -> String {
    let (handbook, words) = (&edition.handbook, &edition.words);
    let row = |due: &Due| {
        let document = &handbook.entry(due.document).document;
        let front = &document.front;
        let owner = front.owner.as_deref().map(|owner| edition.owner(path, owner));
        let owner: LinksHtml = owner.into_iter().collect();
        let date =
            |date: Option<Date>| date.map_or_else(String::new, |date| day(date, true, words));
        Row {
            title: document.title.as_str().into(),
            url: attribute(&path.link(edition.path(due.document), None)),
            language: edition.foreign(due.document, &handbook.config.language),
            cells: vec![
                date(due.day),
                elements(edition, path, due),
                date(front.last_review()),
                owner.as_str().to_owned(),
            ],
            ..Row::default()
        }
    };
    let language = words.foreign().map(LanguageView::of);
    let group = |key: &str| Row {
        title: words.owned(key).into(),
        language: language.clone(),
        ..Row::default()
    };
    let mut rows = Vec::new();
    for part in due.chunk_by(|a, b| a.is_over(handbook) == b.is_over(handbook)) {
        let key = if part[0].is_over(handbook) { "overdue" } else { "to_come" };
        rows.push(group(key));
        rows.extend(part.iter().map(row));
    }
    let headings = ["canvas", "due", "elements", "reviewed", "owner"];
    // If a phone shows a row as one line, each of two days needs its word.
    let headings = headings.map(|key| Heading {
        is_repeated: matches!(key, "due" | "reviewed"),
        ..words.get(key).into()
    });
    table::tables("list", &headings, &[rows], words).concat()
}

/// The elements that are due before their canvas, because they have to be reviewed more often.
fn elements(edition: &Edition, path: &SitePath, due: &Due) -> String {
    let document = &edition.handbook.entry(due.document).document;
    let Some(last) = document.front.last_review() else { return String::new() };
    let own = document.front.review_every.map(|every| every.value.after(last));
    let is_before = |day: Date| own.is_none_or(|own| day < own);
    let elements = document.reviews().filter(|(_, every)| is_before(every.value.after(last)));
    let links = elements.filter_map(|(element, _)| {
        let spot = Spot::Element(element?);
        let title = Edition::element_title(document, element?).into_owned();
        let url = Some(edition.url(path, Place { document: due.document, spot }));
        Some(LinkView { title, url })
    });
    links.collect::<LinksHtml>().as_str().to_owned()
}
