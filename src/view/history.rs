//! The revisions of a canvas in git, the newest first. Templates see them as `history`.

use std::collections::HashMap;
use std::sync::Arc;

use serde::Serialize;

use super::edition::{At, Content, Edition, Filled, PageKind, Revised, theme_file};
use super::layout::LayoutView;
use super::revision::Past;
use super::table::{self, Row, attribute, day};
use super::url::SitePath;
use super::words::Words;
use super::{LinkView, escape, grid, revision};
use crate::comparison::Level;
use crate::date::Date;
use crate::handbook::{DocumentIndex, ElementKey};
use crate::history::{Commit, Committed, FileChange, History, Reach, Revision, Version};

/// The pages of canvases with a history, beside those of the canvases themselves.
pub const PAGE: PageKind = PageKind {
    id: "history",
    pages: |edition| {
        let canvases = edition.handbook.canvases().map(|(index, ..)| index);
        let known = canvases.filter(|index| last_changed(edition, *index).is_some());
        known.map(|index| (path(edition, index), At::item(index.0))).collect()
    },
    content: Content::Page {
        template: theme_file!("templates/history.html", "The revisions of a canvas."),
        view: |edition, at| Filled::new(view(edition, DocumentIndex(at.item))),
    },
    source: |edition, at| Some(edition.source(DocumentIndex(at.item))),
    navigation: |_| Vec::new(),
    is_visited: false,
    is_of_documents: true,
};

/// How many revisions are shown, the newest.
const MOST_REVISIONS: usize = 50;

/// The number of bytes of revisions after which older ones are not shown.
const MOST_BYTES: usize = 200 * 1024;

/// The revisions of a canvas.
#[derive(Clone, Debug, Default, PartialEq, Hash, Serialize)]
pub struct HistoryView {
    /// The canvas and its page.
    pub canvas: Option<LinkView>,
    /// A sentence on how many revisions there are.
    pub lede: String,
    /// The revisions, newest first, after uncommitted changes.
    pub revisions: Vec<RevisionView>,
    /// How many older ones are not shown.
    pub more: usize,
    /// Why there may be older ones that are unknown; may be empty.
    pub note: String,
    /// The feed of the canvas, if the handbook has a base URL.
    pub feed_url: Option<String>,
    /// When each element of the canvas was last changed, as a table; empty if it has none.
    pub elements_html: String,
    /// The author and licence of the kind of canvas, with links.
    pub attribution_html: String,
}

/// A revision of a canvas.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct RevisionView {
    /// Its anchor.
    pub id: String,
    /// The first paragraph of its message, or that it is not committed yet.
    pub subject: String,
    /// The day, in the form of the page's language; empty for uncommitted changes.
    pub day: String,
    /// The day: `2026-09-30`.
    pub datetime: String,
    /// Its author.
    pub author: String,
    /// The first digits of its commit's id; empty for uncommitted changes.
    pub commit: String,
    /// What happened to the file, if it did not only change: it was added, removed or renamed. May be
    /// empty.
    pub file: String,
    /// The blocks of the poster with their differences; empty if there are none or they are unknown.
    pub poster_html: String,
    /// The note that its commit changed so many documents that each is compared by itself; may be empty.
    pub note: String,
    /// The differences from the previous revision, as paragraphs and lists; may be empty if the file was added or
    /// removed.
    pub changes_html: String,
    /// The effects of the changes, as a list; empty if there are none.
    pub impact_html: String,
}

/// The page of a canvas's history.
pub fn path(edition: &Edition, index: DocumentIndex) -> SitePath {
    edition.path(index).beside("history.html")
}

/// The feed of a canvas's history.
pub(super) fn feed(edition: &Edition, index: DocumentIndex) -> SitePath {
    edition.path(index).beside("history.xml")
}

/// The day of the newest revision of a document; `None` if no commit is known that touched it.
pub(super) fn last_changed(edition: &Edition, index: DocumentIndex) -> Option<Date> {
    let versions = edition.handbook.versions.as_ref()?;
    revisions(edition, index).first().map(|revision| revision.of(&versions.history).0.day)
}

/// The revisions of a document, newest first.
fn revisions(edition: &Edition, index: DocumentIndex) -> &[Revision] {
    let versions = edition.handbook.versions.as_ref();
    versions.map_or(&[], |versions| versions.of_document(index.0 as usize))
}

/// The history of a canvas.
pub fn view(edition: &Edition, index: DocumentIndex) -> (LayoutView, HistoryView) {
    let (path, words) = (path(edition, index), edition.words_of(index));
    let document = &edition.entry(index).document;
    let all = revisions(edition, index);
    let known = edition.handbook.versions.as_ref().map(|versions| &*versions.history);
    let mut past = Past::default();
    let mut views: Vec<RevisionView> =
        not_committed(edition, index, &mut past, words).into_iter().collect();
    let (mut bytes, mut shown) = (0, Vec::new());
    for one in all.iter().take(MOST_REVISIONS) {
        let Some(history) = known else { break };
        let (commit, change) = one.of(history);
        let revised = revision::revised(edition, history, *one, &mut past);
        let view = committed(commit, change, revised, words);
        bytes += view.poster_html.len() + view.changes_html.len() + view.impact_html.len();
        if bytes > MOST_BYTES && !views.is_empty() {
            break;
        }
        shown.push((commit, change, revised));
        views.push(view);
    }
    let canvas =
        LinkView { title: document.title.clone(), url: Some(path.link(edition.path(index), None)) };
    let mut about = edition.about_document(index);
    about.title = words.get("history_of").replace("{title}", &canvas.title);
    about.description = format!("{}: {}", about.title, words.counted("revisions", all.len()));
    about.breadcrumbs.push(canvas.clone());
    (about.previous, about.next, about.data_url, about.markdown_url) = (None, None, None, None);
    about.translations.clear();
    let has_feed = edition.handbook.config.base_url.is_some();
    let kind = document.canvas.as_ref().map(|canvas| &*canvas.kind);
    let attribution = kind.and_then(|kind| grid::attribution(kind, words));
    let view = HistoryView {
        canvas: Some(canvas),
        lede: words.counted("revisions", all.len()),
        revisions: views,
        more: all.len() - shown.len(),
        note: known.map(|history| note(history, words)).unwrap_or_default(),
        feed_url: has_feed.then(|| path.link(&feed(edition, index), None)),
        elements_html: elements(edition, index, &path, &shown),
        attribution_html: attribution.unwrap_or_default(),
    };
    (edition.layout(&path, about, Vec::new()), view)
}

/// A revision for the page.
fn committed(
    commit: &Commit,
    change: &FileChange,
    revised: &Revised,
    words: &Words,
) -> RevisionView {
    RevisionView {
        id: revision::anchor(commit),
        subject: commit.subject.to_string(),
        day: words.date(commit.day),
        datetime: commit.day.to_string(),
        author: commit.author.to_string(),
        commit: revision::digits(&commit.id),
        file: revision::file(change, words),
        note: revision::apart(commit, words),
        ..differing(revised, matches!(change, FileChange::Changed { .. }), words)
    }
}

/// The differences for the page. `is_both` is whether the canvas exists before and afterwards.
fn differing(revised: &Revised, is_both: bool, words: &Words) -> RevisionView {
    let paragraph = |key: &str| {
        let mut html = String::new();
        revision::push_paragraph(&mut html, words.get(key), words);
        html
    };
    let Some(differing) = &revised.differing else {
        // A canvas whose texts are known always has something to show.
        let changes_html = if is_both { paragraph("not_compared") } else { String::new() };
        return RevisionView { changes_html, ..RevisionView::default() };
    };
    if is_both && differing.changes.is_empty() {
        return RevisionView { changes_html: paragraph("only_form"), ..RevisionView::default() };
    }
    let changes =
        if is_both { revision::changes(&differing.changes, words) } else { String::new() };
    RevisionView {
        poster_html: revision::poster(differing, words),
        changes_html: changes,
        impact_html: revision::impact(differing, words),
        ..RevisionView::default()
    }
}

/// The anchor of uncommitted changes.
pub(super) const NOW: &str = "_now";

/// The committed version of a document with uncommitted changes: `Some(None)` if the newest commit does not have it,
/// and `None` if it has no such changes. The history of another branch is not compared with the checked-out one.
pub(super) fn uncommitted(edition: &Edition, index: DocumentIndex) -> Option<Option<&Version>> {
    let versions = edition.handbook.versions.as_ref()?;
    if edition.handbook.config.history.branch.is_some() {
        return None;
    }
    let document = &edition.entry(index).document;
    let version = match versions.committed(&document.path) {
        Committed::Unknown => return None,
        Committed::Absent => return Some(None),
        Committed::At(version) => version,
    };
    // Git may write other ends of lines than it records.
    let text = versions.history.text(version.blob)?;
    let is_same = version.path == document.path && text.lines().eq(document.text.lines());
    (!is_same).then_some(Some(version))
}

/// The uncommitted changes of a canvas.
fn not_committed(
    edition: &Edition,
    index: DocumentIndex,
    past: &mut Past,
    words: &Words,
) -> Option<RevisionView> {
    let history = &edition.handbook.versions.as_ref()?.history;
    let version = uncommitted(edition, index)?;
    let before = version.map(|version| past.read(edition, history, version));
    let is_both = before.is_some();
    let now = Arc::clone(&edition.entry(index).document);
    let path = version.map(|version| &version.path).filter(|path| **path != now.path);
    let file = path.map(|path| revision::renamed(path, words)).unwrap_or_default();
    let revised = revision::between(edition, vec![[before.flatten(), Some(now)]]).pop()?;
    Some(RevisionView {
        id: NOW.to_owned(),
        subject: words.owned("not_committed"),
        file,
        ..differing(&revised, is_both, words)
    })
}

/// When each element of the canvas was last changed, as a table by day.
fn elements(
    edition: &Edition,
    index: DocumentIndex,
    path: &SitePath,
    shown: &[(&Commit, &FileChange, &Revised)],
) -> String {
    let (entry, words) = (edition.entry(index), edition.words_of(index));
    let Some(canvas) = &entry.document.canvas else { return String::new() };
    // The id of each element at the present revision.
    let mut open: HashMap<String, u32> = (0u32..)
        .zip(entry.elements.iter())
        .map(|(element, facts)| (facts.id.to_owned(), element))
        .collect();
    let mut found: Vec<(usize, u32)> = Vec::new();
    for (at, (_, change, revised)) in shown.iter().enumerate() {
        let Some(differing) = &revised.differing else { continue };
        // A canvas that was added is one change, whatever it contains.
        let came = differing.departments.keys();
        let came = came.filter(|_| matches!(change, FileChange::Added(_)));
        let real = differing.changes.iter().filter(|change| change.level > Level::Cosmetic);
        let real = real.filter_map(|change| change.element.as_ref()).map(|element| &element.id);
        for id in came.chain(real) {
            found.extend(open.remove(id).map(|element| (at, element)));
        }
        for (after, before) in &differing.renamed {
            if let Some(element) = open.remove(after) {
                open.insert(before.clone(), element);
            }
        }
    }
    found.sort_unstable();
    let row = |(at, element): &(usize, u32)| {
        let commit = shown[*at].0;
        let key = ElementKey { document: index, element: *element };
        let id = edition.handbook.element(key).map(|(_, _, facts)| facts.id);
        let mut label = String::new();
        let block = canvas.elements.block(*element);
        escape::text(&mut label, &edition.block_label(index, block));
        let date = day(commit.day, true, words);
        let anchor = revision::anchor(commit);
        Row {
            title: Edition::element_title(&entry.document, *element),
            url: attribute(&path.link(edition.path(index), id)),
            cells: vec![label, format!("<a href=\"#{anchor}\">{date}</a>")],
            ..Row::default()
        }
    };
    let rows: Vec<Row<'_>> = found.iter().map(row).collect();
    if rows.is_empty() {
        return String::new();
    }
    let headings = ["element", "block", "last_changed"].map(|key| words.get(key).into());
    table::tables("list", &headings, &[rows], words).concat()
}

/// Why older revisions may be unknown.
pub(super) fn note(history: &History, words: &Words) -> String {
    match history.reach {
        Reach::Whole => String::new(),
        Reach::Shallow => words.owned("history_shallow"),
        Reach::Since(day) => words.get("history_since").replace("{date}", &words.date(day)),
        Reach::Most => words.owned("history_most"),
    }
}
