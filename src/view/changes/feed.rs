//! Recent changes as feeds (Atom, RFC 4287): that of the handbook, and one beside the history of each canvas.

use std::fmt::Write as _;

use super::{COMMITS_PER_PAGE, latest, path as page, versions};
use crate::date;
use crate::handbook::DocumentIndex;
use crate::history::{Commit, History, Revision};
use crate::source::SourcePath;
use crate::view::edition::{At, Content, Edition, PageKind};
use crate::view::revision::Past;
use crate::view::url::SitePath;
use crate::view::words::Words;
use crate::view::{escape, history, revision};

/// The feed of the handbook, if it has a history and a base URL: feeds contain whole addresses.
pub const HANDBOOK: PageKind = PageKind {
    id: "changes.xml",
    pages: |edition| {
        let is_made = base(edition).is_some() && versions(edition).is_some();
        is_made.then(|| (path(), At::default())).into_iter().collect()
    },
    content: Content::Data(|edition, _| of_handbook(edition).into_bytes()),
    ..FILE
};

/// The feeds of canvases, beside the pages of their histories.
pub const CANVAS: PageKind = PageKind {
    id: "history.xml",
    pages: |edition| {
        if base(edition).is_none() {
            return Vec::new();
        }
        let canvases = edition.handbook.canvases().map(|(index, ..)| index);
        let known = canvases.filter(|index| history::last_changed(edition, *index).is_some());
        known.map(|index| (history::feed(edition, index), At::item(index.0))).collect()
    },
    is_of_documents: true,
    content: Content::Data(|edition, at| of_canvas(edition, DocumentIndex(at.item)).into_bytes()),
    source: |edition, at| Some(edition.source(DocumentIndex(at.item))),
    ..FILE
};

/// The common parts of both kinds of feed.
const FILE: PageKind = PageKind {
    id: "",
    pages: |_| Vec::new(),
    is_of_documents: false,
    content: Content::Data(|_, _| Vec::new()),
    source: |_, _| None,
    navigation: |_| Vec::new(),
    is_visited: false,
};

/// How many entries a feed has, the newest: programs read all of it again and again.
const MOST_ENTRIES: usize = 40;

/// The number of bytes of an entry after which further documents are only counted.
const MOST_BYTES: usize = 4 * 1024;

fn path() -> SitePath {
    SitePath::new("changes/feed.xml")
}

fn base(edition: &Edition) -> Option<&str> {
    edition.handbook.config.base_url.as_deref()
}

/// The address of the feed of the handbook; `None` if there is none.
pub(super) fn url(edition: &Edition, from: &SitePath) -> Option<String> {
    base(edition).map(|_| from.link(&path(), None))
}

/// The newest commits of the handbook.
fn of_handbook(edition: &Edition) -> String {
    let words = &edition.words;
    let mut feed = Feed::new(edition, words);
    let Some(versions) = versions(edition) else { return feed.finish() };
    let history = &versions.history;
    feed.head(&path(), &page(1), edition.title(), history.commits.first());
    let (latest, mut past) = (latest(edition, versions), Past::default());
    for (at, (commit, listed)) in history.commits.iter().zip(&latest.commits).enumerate() {
        if at == MOST_ENTRIES {
            break;
        }
        let mut html = String::new();
        let mut documents = listed.documents.iter();
        while html.len() < MOST_BYTES
            && let Some((revision, _)) = documents.next()
        {
            feed.push_document(&mut html, history, *revision, &mut past);
        }
        let more = documents.len() + listed.more;
        if more > 0 {
            revision::push_paragraph(&mut html, &words.counted("more_documents", more), words);
        }
        feed.push_note(&mut html, commit);
        feed.entry(commit, None, &page(at / COMMITS_PER_PAGE + 1), &html);
    }
    feed.finish()
}

/// The newest revisions of a canvas.
fn of_canvas(edition: &Edition, index: DocumentIndex) -> String {
    let words = edition.words_of(index);
    let mut feed = Feed::new(edition, words);
    let Some(versions) = versions(edition) else { return feed.finish() };
    let (history, revisions) = (&versions.history, versions.of_document(index.0 as usize));
    let title = &edition.entry(index).document.title;
    let title = words.get("history_of").replace("{title}", title);
    let newest = revisions.first().map(|revision| revision.of(history).0);
    let page = history::path(edition, index);
    feed.head(&history::feed(edition, index), &page, &title, newest);
    let mut past = Past::default();
    for revision in revisions.iter().take(MOST_ENTRIES) {
        let (commit, change) = revision.of(history);
        let mut html = String::new();
        feed.push_document(&mut html, history, *revision, &mut past);
        feed.push_note(&mut html, commit);
        feed.entry(commit, Some(change.path()), &page, &html);
    }
    feed.finish()
}

/// A feed while it is written.
struct Feed<'f> {
    edition: &'f Edition,
    words: &'f Words,
    base: &'f str,
    xml: String,
}

impl<'f> Feed<'f> {
    fn new(edition: &'f Edition, words: &'f Words) -> Self {
        let xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n";
        Self { edition, words, base: base(edition).unwrap_or_default(), xml: xml.to_owned() }
    }

    fn finish(mut self) -> String {
        self.xml.push_str("</feed>\n");
        self.xml
    }

    /// Writes the data of the feed itself.
    fn head(&mut self, feed: &SitePath, page: &SitePath, title: &str, newest: Option<&Commit>) {
        let address = feed.below(self.base);
        self.element("id", &address);
        self.element("title", title);
        self.element("subtitle", self.words.get("impact_scope"));
        self.element("updated", &date::moment(newest.map_or(0, |commit| commit.seconds)));
        self.element("generator", "canvasbook");
        self.link("self", "application/atom+xml", &address);
        self.link("alternate", "text/html", &page.below(self.base));
    }

    /// Writes an entry. Its id is that of the commit, whatever happens to the handbook; for a canvas it includes
    /// the path at that time.
    fn entry(&mut self, commit: &Commit, path: Option<&SourcePath>, page: &SitePath, html: &str) {
        // A tag URI (RFC 4151): its owner, a date, and a name.
        let host = self.base.split_once("://").map_or(self.base, |(_, rest)| rest);
        let host = host.split(['/', ':', '?', '#']).next().unwrap_or_default();
        let id = format!("tag:{host},{}:{}", commit.day, commit.id);
        let place = path.map(|path| SitePath::new(path.as_str()).below(""));
        self.xml.push_str("<entry>\n");
        self.element("id", &(id + &place.unwrap_or_default()));
        self.element("title", &commit.subject);
        self.element("updated", &date::moment(commit.seconds));
        let author = if commit.author.is_empty() { self.edition.title() } else { &commit.author };
        self.xml.push_str("<author>");
        self.element("name", author);
        self.xml.push_str("</author>\n");
        let address = format!("{}#{}", page.below(self.base), revision::anchor(commit));
        self.link("alternate", "text/html", &address);
        self.xml.push_str("<content type=\"html\">");
        self.text(html);
        self.xml.push_str("</content>\n</entry>\n");
    }

    /// Appends the changes of a commit in a document, as markup without addresses.
    fn push_document(&self, html: &mut String, history: &History, one: Revision, past: &mut Past) {
        let (_, change) = one.of(history);
        let revised = revision::revised(self.edition, history, one, past);
        html.push_str("<h3>");
        escape::text(html, &revised.title);
        html.push_str("</h3>\n");
        let file = revision::file(change, self.words);
        if !file.is_empty() {
            revision::push_paragraph(html, &file, self.words);
            html.push('\n');
        }
        if let Some(differing) =
            revised.differing.as_ref().filter(|_| file.is_empty() || change.before().is_some())
        {
            html.push_str(&revision::changes(&differing.changes, self.words));
            html.push_str(&revision::impact(differing, self.words));
        }
    }

    fn push_note(&self, html: &mut String, commit: &Commit) {
        let note = revision::apart(commit, self.words);
        if !note.is_empty() {
            html.push('\n');
            revision::push_paragraph(html, &note, self.words);
        }
    }

    fn element(&mut self, name: &str, text: &str) {
        let _ = write!(self.xml, "<{name}>");
        self.text(text);
        let _ = writeln!(self.xml, "</{name}>");
    }

    fn link(&mut self, rel: &str, kind: &str, address: &str) {
        let _ = write!(self.xml, "<link rel=\"{rel}\" type=\"{kind}\" href=\"");
        escape::attribute(&mut self.xml, address);
        self.xml.push_str("\"/>\n");
    }

    /// Appends a text without the characters that XML does not allow.
    fn text(&mut self, text: &str) {
        let is_known = |c: char| !c.is_control() || matches!(c, '\t' | '\n');
        let is_known = |c: &char| is_known(*c) && !matches!(c, '\u{fffe}' | '\u{ffff}');
        let text: String = text.chars().filter(is_known).collect();
        escape::text(&mut self.xml, &text);
    }
}
