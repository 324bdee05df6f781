//! How a canvas came to be what it is: its revisions in git, the newest first. Templates see it as
//! `history`.

use std::borrow::Cow;

use serde::Serialize;

use super::comparison::{Handbooks, said, sign};
use super::edition::{At, Content, Edition, Filled, PageKind, theme_file};
use super::layout::LayoutView;
use super::url::SitePath;
use super::words::Words;
use super::{LanguageView, LinkView, escape};
use crate::comparison::words::{self as text, Piece};
use crate::comparison::{self, Between, Change, ChangeKind, Detail, Outcome, Side};
use crate::date::Date;
use crate::handbook::{DocumentIndex, Handbook};
use crate::history::{Blob, Commit, FileChange, History, Reach, Version};
use crate::parse;
use crate::source::Source;

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

/// So many changes of a revision are shown.
const MOST_CHANGES: usize = 20;

/// So many characters are shown before and behind what changed in a text, and at both ends of one that came or
/// went.
const AROUND: usize = 60;

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
    /// What it says otherwise than the one before, as paragraphs and lists; empty if the file came or went.
    pub changes_html: String,
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
    let changes = edition.revisions(index, || changes(edition, index, words));
    let shown = shown.zip(changes);
    let versions = edition.handbook.versions.as_ref();
    let canvas = LinkView { title, url: Some(path.link(edition.path(index), None)) };
    let mut about = edition.about_document(index);
    about.title = words.get("history_of").replace("{title}", &canvas.title);
    about.description = format!("{}: {}", about.title, words.counted("revisions", count));
    about.breadcrumbs.push(canvas.clone());
    (about.previous, about.next, about.data_url, about.markdown_url) = (None, None, None, None);
    about.translations.clear();
    let view = HistoryView {
        canvas: Some(canvas),
        lede: words.counted("revisions", count),
        revisions: shown
            .map(|((commit, change), changes)| RevisionView {
                changes_html: changes.clone(),
                ..revision(commit, change, words)
            })
            .collect(),
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
        changes_html: String::new(),
    }
}

/// What the shown revisions of a document changed, newest first, as markup.
fn changes(edition: &Edition, index: DocumentIndex, words: &Words) -> Box<[String]> {
    let Some(versions) = &edition.handbook.versions else { return Box::default() };
    let history = &versions.history;
    // The state before a revision is mostly the one after the revision before.
    let mut states: Option<(Blob, Option<Handbook>)> = None;
    let shown = revisions(edition, index).take(MOST_REVISIONS);
    let changes = shown.map(|(_, change)| {
        let FileChange::Changed { before, after } = change else { return String::new() };
        let newer = states.take().filter(|(blob, _)| *blob == after.blob);
        let newer = newer.map_or_else(|| state(edition, history, after), |(_, state)| state);
        let older = state(edition, history, before);
        let html = match (&older, &newer) {
            (Some(older), Some(newer)) => compared(older, newer, words),
            _ => paragraph(words.get("not_compared"), words),
        };
        states = Some((before.blob, older));
        html
    });
    changes.collect()
}

/// A document as it was, as a handbook of its own; `None` if nobody knows what it said.
fn state(edition: &Edition, history: &History, version: &Version) -> Option<Handbook> {
    let source = Source { path: version.path.clone(), text: history.text(version.blob)?.clone() };
    let document = parse::document(&source, &edition.handbook.kinds, &mut Vec::new());
    Some(edition.handbook.alone(document))
}

/// What differs between two states of a document.
fn compared(before: &Handbook, after: &Handbook, words: &Words) -> String {
    let document = DocumentIndex(0);
    let [old, new] = [before, after].map(|handbook| Side { handbook, document });
    let comparison = comparison::canvases(old, new, Between::Revisions);
    // Where its file was, the revision says.
    let is_file = |change: &&Change| change.element.is_none() && change.detail == Detail::Canvas;
    let changes: Vec<&Change> = comparison.changes.iter().filter(|it| !is_file(it)).collect();
    if changes.is_empty() {
        return paragraph(words.get("only_form"), words);
    }
    let handbooks = Handbooks { before, after };
    let mut html = "<ul class=\"changes\">".to_owned();
    for change in changes.iter().take(MOST_CHANGES) {
        html.push_str("\n<li>");
        push_change(&mut html, handbooks, change, words);
        html.push_str("</li>");
    }
    html.push_str("\n</ul>");
    let more = changes.len().saturating_sub(MOST_CHANGES);
    if more > 0 {
        html.push('\n');
        html.push_str(&paragraph(&words.counted("more_changes", more), words));
    }
    html
}

/// A paragraph of interface words.
fn paragraph(said: &str, words: &Words) -> String {
    let mut html = "<p".to_owned();
    if let Some(language) = words.foreign().map(LanguageView::of) {
        language.push_attributes(&mut html);
    }
    html.push('>');
    escape::text(&mut html, said);
    html + "</p>"
}

fn push_change(html: &mut String, handbooks: Handbooks<'_>, change: &Change, words: &Words) {
    let said = said(handbooks, change, words);
    html.push_str(sign(Outcome::of(change.kind)));
    if let Some(element) = &change.element {
        html.push_str(" <b>");
        escape::text(html, &element.name);
        html.push_str("</b>");
    }
    if !said.what.is_empty() {
        html.push(' ');
        escape::text(html, &said.what);
    }
    match (&said.from, &said.to) {
        (None, None) => {}
        (Some(from), Some(to)) if change.kind == ChangeKind::Move => {
            html.push_str(": ");
            escape::text(html, from);
            html.push_str(" → ");
            escape::text(html, to);
        }
        (from, to) => {
            html.push_str(": ");
            push_compared(html, from.as_deref(), to.as_deref());
        }
    }
}

/// Two texts as one, with what was cut and what was added marked.
fn push_compared(html: &mut String, before: Option<&str>, after: Option<&str>) {
    let pieces = match (before, after) {
        (Some(before), Some(after)) => text::compare(before, after),
        (Some(before), None) => vec![Piece::Cut(before)],
        (None, after) => after.map(Piece::Added).into_iter().collect(),
    };
    for piece in pieces {
        let (tag, text) = match piece {
            Piece::Same(text) => ("", text),
            Piece::Cut(text) => ("del", text),
            Piece::Added(text) => ("ins", text),
        };
        if !tag.is_empty() {
            html.push_str(&format!("<{tag}>"));
        }
        escape::text(html, &cut(text));
        if !tag.is_empty() {
            html.push_str(&format!("</{tag}>"));
        }
    }
}

/// A text without its middle, if it is long.
fn cut(text: &str) -> Cow<'_, str> {
    let count = text.chars().count();
    if count <= 2 * AROUND {
        return text.into();
    }
    let head: String = text.chars().take(AROUND).collect();
    let tail: String = text.chars().skip(count - AROUND).collect();
    format!("{head} … {tail}").into()
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
