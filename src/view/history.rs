//! How a canvas came to be what it is: its revisions in git, the newest first. Templates see it as
//! `history`.

use serde::Serialize;

use super::LinkView;
use super::edition::{At, Content, Edition, Filled, PageKind, theme_file};
use super::layout::LayoutView;
use super::url::SitePath;
use super::words::Words;
use crate::date::Date;
use crate::handbook::DocumentIndex;
use crate::history::{Commit, FileChange, History, Reach};

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

/// So many revisions are shown, the newest.
const MOST_REVISIONS: usize = 50;

/// So many digits of a commit's id are shown: enough to find it in any repository.
const DIGITS: usize = 10;

/// The revisions of a canvas.
#[derive(Clone, Debug, Default, PartialEq, Hash, Serialize)]
pub struct HistoryView {
    /// The canvas and its page.
    pub canvas: Option<LinkView>,
    /// A sentence on how many revisions there are.
    pub lede: String,
    /// The revisions, newest first.
    pub revisions: Vec<RevisionView>,
    /// How many older ones are not shown.
    pub more: usize,
    /// Why there may be older ones that nobody knows of; may be empty.
    pub note: String,
}

/// A revision of a canvas.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct RevisionView {
    /// What its author says that it does.
    pub subject: String,
    /// The day, as the page's language writes it.
    pub day: String,
    /// The day: `2026-09-30`.
    pub datetime: String,
    /// Who wrote it.
    pub author: String,
    /// The first digits of its commit's id.
    pub commit: String,
    /// What became of the file, if it did not only change: it was added, removed or renamed. May be empty.
    pub file: String,
}

/// The page of a canvas's history.
pub fn path(edition: &Edition, index: DocumentIndex) -> SitePath {
    edition.path(index).beside("history.html")
}

/// The day of the newest revision of a document; `None` if no commit is known that touched it.
pub(super) fn last_changed(edition: &Edition, index: DocumentIndex) -> Option<Date> {
    revisions(edition, index).next().map(|(commit, _)| commit.day)
}

/// The revisions of a document, newest first.
fn revisions(
    edition: &Edition,
    index: DocumentIndex,
) -> impl Iterator<Item = (&Commit, &FileChange)> {
    let versions = edition.handbook.versions.iter();
    versions.flat_map(move |versions| versions.of_document(index.0 as usize))
}

/// The history of a canvas.
pub fn view(edition: &Edition, index: DocumentIndex) -> (LayoutView, HistoryView) {
    let (path, words) = (path(edition, index), edition.words_of(index));
    let title = edition.entry(index).document.title.clone();
    let count = revisions(edition, index).count();
    let shown = revisions(edition, index).take(MOST_REVISIONS);
    let versions = edition.handbook.versions.as_ref();
    let canvas = LinkView { title, url: Some(path.link(edition.path(index), None)) };
    let mut about = edition.about_document(index);
    about.title = words.get("history_of").replace("{title}", &canvas.title);
    about.description = String::new();
    about.breadcrumbs.push(canvas.clone());
    (about.previous, about.next, about.data_url, about.markdown_url) = (None, None, None, None);
    about.translations.clear();
    let view = HistoryView {
        canvas: Some(canvas),
        lede: words.counted("revisions", count),
        revisions: shown.map(|(commit, change)| revision(commit, change, words)).collect(),
        more: count.saturating_sub(MOST_REVISIONS),
        note: versions.map(|versions| note(&versions.history, words)).unwrap_or_default(),
    };
    (edition.layout(&path, about, Vec::new()), view)
}

fn revision(commit: &Commit, change: &FileChange, words: &Words) -> RevisionView {
    RevisionView {
        subject: commit.subject.to_string(),
        day: words.date(commit.day),
        datetime: commit.day.to_string(),
        author: commit.author.to_string(),
        commit: commit.id.chars().take(DIGITS).collect(),
        file: match change {
            FileChange::Added(_) => words.owned("file_added"),
            FileChange::Removed(_) => words.owned("file_removed"),
            FileChange::Changed { before, after } if before.path != after.path => {
                words.get("file_renamed").replace("{path}", before.path.as_str())
            }
            FileChange::Changed { .. } => String::new(),
        },
    }
}

/// Why older revisions may be unknown.
fn note(history: &History, words: &Words) -> String {
    match history.reach {
        Reach::Whole => String::new(),
        Reach::Shallow => words.owned("history_shallow"),
        Reach::Since(day) => words.get("history_since").replace("{date}", &words.date(day)),
        Reach::Most => words.owned("history_most"),
    }
}
