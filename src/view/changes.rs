//! Recent changes: of the handbook, of a department and of an owner. Templates see it as `changes`.

pub mod feed;
mod latest;
pub mod tags;
mod uncommitted;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Serialize;

use super::edition::{
    About, At, Content, Edition, Filled, PageKind, Revised, paging, shortened, theme_file,
};
use super::layout::LayoutView;
use super::revision::Past;
use super::table::attribute;
use super::url::SitePath;
use super::words::Words;
use super::{LinkView, PagingView, escape, history, revision};
use crate::comparison::{Change, Detail, Level, Outcome};
use crate::handbook::{DepartmentIndex, DocumentIndex};
use crate::history::{FileChange, History, Revision, Versions};
use crate::slug::slug;

use latest::latest;

/// The pages of recent changes, if there is a history.
pub const PAGE: PageKind = PageKind {
    id: "changes",
    pages,
    is_of_documents: false,
    content: Content::Page {
        template: theme_file!(
            "templates/changes.html",
            "What changed lately, in the handbook or for a department or an owner."
        ),
        view: |edition, at| Filled::new(view(edition, at)),
    },
    source: |_, _| None,
    navigation: |_| Vec::new(),
    is_visited: false,
};

/// How many commits are read: the newest.
const MOST_COMMITS: usize = 200;

/// How many commits are on a page.
const COMMITS_PER_PAGE: usize = 20;

/// How many documents of a commit are named, canvases first.
const MOST_DOCUMENTS: usize = 20;

/// How many changed elements of a document are named.
const MOST_NAMES: usize = 4;

/// The number of bytes of a department's or an owner's changes after which older ones are not
/// listed.
const MOST_BYTES: usize = 100 * 1024;

/// Recent changes.
#[derive(Clone, Debug, Default, PartialEq, Hash, Serialize)]
pub struct ChangesView {
    /// `Changes`, or the name of the department or owner.
    pub title: String,
    /// A sentence on how many there are.
    pub lede: String,
    /// The department or the owner and its page; absent for the handbook.
    pub of: Option<LinkView>,
    /// The feed of the handbook, if it has a base URL.
    pub feed_url: Option<String>,
    /// Documents with uncommitted changes, as a list; empty if there are none, and on further pages.
    pub uncommitted_html: String,
    /// The tags of the repository, each with the changes since the previous one, as a list; empty if there are none,
    /// and on further pages.
    pub tags_html: String,
    /// A remark if there are older tags that are not listed; may be empty.
    pub tags_note: String,
    /// The commits, newest first.
    pub commits: Vec<CommitView>,
    /// A remark if there are older ones that are not shown; may be empty.
    pub note: String,
    /// Present if they fill more than one page.
    pub paging: Option<PagingView>,
}

/// The changes of a commit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct CommitView {
    /// Its anchor.
    pub id: String,
    /// The first paragraph of its message.
    pub subject: String,
    /// The day, in the form of the page's language.
    pub day: String,
    /// The day: `2026-09-30`.
    pub datetime: String,
    /// Its author.
    pub author: String,
    /// The note that it changed so many documents that each is compared by itself; may be empty.
    pub note: String,
    /// The documents that it changed, each with the changes in it, as a list.
    pub changes_html: String,
}

/// The department or owner whose changes a page lists, if it is not the handbook.
#[derive(Clone, Copy)]
enum Of {
    Handbook,
    Department(DepartmentIndex),
    /// An index into [`crate::handbook::Lists::owners`].
    Owner(usize),
}

impl Of {
    /// The owner of the changes of a page, by its key.
    fn new(at: At) -> Self {
        match at.list {
            1 => Self::Department(DepartmentIndex(at.item)),
            2 => Self::Owner(at.item as usize),
            _ => Self::Handbook,
        }
    }
}

/// The history of the handbook, if it has any commit.
fn versions(edition: &Edition) -> Option<&Versions> {
    edition.handbook.versions.as_ref().filter(|versions| !versions.history.commits.is_empty())
}

fn pages(edition: &Edition) -> Vec<(SitePath, At)> {
    let Some(versions) = versions(edition) else { return Vec::new() };
    let commits = versions.history.commits.len().min(MOST_COMMITS);
    let numbered = At::default().numbered(commits.div_ceil(COMMITS_PER_PAGE));
    let mut pages: Vec<(SitePath, At)> = numbered.map(|at| (path(at.number()), at)).collect();
    let at = |list, item| At { list, ..At::item(item) };
    for index in edition.departments() {
        pages.push((beside(edition.department_path(*index)), at(1, index.0)));
    }
    for (item, at_owner) in (0u32..).zip(0..edition.handbook.lists.owners.len()) {
        pages.push((beside(&edition.owner_path(at_owner)), at(2, item)));
    }
    pages
}

/// The path of a page of the handbook's changes, from 1.
fn path(number: usize) -> SitePath {
    SitePath::numbered("changes", "index", number)
}

/// The path of the changes of a department or an owner, given its own page.
fn beside(page: &SitePath) -> SitePath {
    SitePath::new(&format!("changes/{}", page.as_str()))
}

/// The link to the recent changes, for other pages; `None` without a history.
pub(super) fn link(edition: &Edition, from: &SitePath, lang: &str) -> Option<LinkView> {
    versions(edition)?;
    let title = edition.words_in(lang).owned("changes");
    Some(LinkView { title, url: Some(from.link(&path(1), None)) })
}

/// The address of the recent changes of an entry of a list, seen from its page; `None` without a
/// history.
pub(super) fn link_of(edition: &Edition, from: &SitePath, first: &SitePath) -> Option<String> {
    versions(edition)?;
    Some(from.link(&beside(first), None))
}

/// Whether a change concerns the department or owner of a page.
fn concerns(edition: &Edition, of: Of, revised: &Revised, change: &Change) -> bool {
    match of {
        Of::Handbook => true,
        Of::Owner(at) => {
            let id = &edition.handbook.lists.owners[at].id;
            change.owners.iter().any(|owner| slug(owner) == *id)
        }
        Of::Department(index) => {
            let id = &edition.handbook.department(index).id;
            let departments = revised.differing.as_ref().map(|it| &it.departments);
            let Some(departments) = departments else { return false };
            match &change.element {
                Some(element) => departments.get(&element.id).is_some_and(|of| of.contains(id)),
                // A canvas that was added or removed is one change, whatever it contains.
                None => {
                    let is_whole = change.detail == Detail::Whole;
                    is_whole && departments.values().any(|of| of.contains(id))
                }
            }
        }
    }
}

/// A page of recent changes.
pub fn view(edition: &Edition, at: At) -> (LayoutView, ChangesView) {
    let of = Of::new(at);
    let words = &edition.words;
    let path = match of {
        Of::Handbook => path(at.number()),
        Of::Department(index) => beside(edition.department_path(index)),
        Of::Owner(owner) => beside(&edition.owner_path(owner)),
    };
    let page = Page { edition, path: &path, words };
    let mut view = match (of, versions(edition)) {
        (_, None) => ChangesView::default(),
        (Of::Handbook, Some(versions)) => page.of_handbook(versions, at.number()),
        (of, Some(versions)) => page.of_entry(versions, of),
    };
    if view.commits.is_empty() && view.uncommitted_html.is_empty() {
        view.lede = words.owned("changes_none");
    }
    let index =
        LinkView { title: words.owned("changes"), url: Some(path.link(&self::path(1), None)) };
    let is_index = matches!(of, Of::Handbook);
    let crumbs = [Edition::home_crumb(&path, words)].into_iter();
    let about = About {
        title: view.title.clone(),
        description: view.lede.clone(),
        breadcrumbs: crumbs.chain((!is_index).then_some(index)).collect(),
        ..About::default()
    };
    (edition.layout(&path, about, Vec::new()), view)
}

/// The values that a page is made of.
struct Page<'p> {
    edition: &'p Edition,
    path: &'p SitePath,
    words: &'p Words,
}

impl Page<'_> {
    /// The changes of the handbook.
    fn of_handbook(&self, versions: &Versions, number: usize) -> ChangesView {
        let (edition, words) = (self.edition, self.words);
        let history = &versions.history;
        let commits = &latest(edition, versions).commits;
        let start = (number.max(1) - 1) * COMMITS_PER_PAGE;
        let shown = commits.iter().enumerate().skip(start).take(COMMITS_PER_PAGE);
        let of = shown.map(|(at, commit)| {
            let revisions = commit.documents.iter();
            let mut html = "<ul class=\"changes\">".to_owned();
            for (revision, document) in revisions {
                self.push_document(&mut html, history, *revision, *document);
            }
            html.push_str("\n</ul>");
            if commit.more > 0 {
                html.push('\n');
                let more = words.counted("more_documents", commit.more);
                revision::push_paragraph(&mut html, &more, words);
            }
            CommitView { changes_html: html, ..self.commit(history, at) }
        });
        ChangesView {
            title: words.owned("changes"),
            lede: words.counted("changes_lede", commits.len()),
            feed_url: feed::url(edition, self.path),
            uncommitted_html: if number <= 1 { self.uncommitted(versions) } else { String::new() },
            tags_html: if number <= 1 { tags::list(edition, self.path) } else { String::new() },
            tags_note: if number <= 1 { tags::note(edition) } else { String::new() },
            commits: of.collect(),
            note: self.note(history),
            paging: paging(self.path, number, commits.len().div_ceil(COMMITS_PER_PAGE), path),
            ..ChangesView::default()
        }
    }

    /// The changes of a department or an owner.
    fn of_entry(&self, versions: &Versions, of: Of) -> ChangesView {
        let (edition, words) = (self.edition, self.words);
        let (history, latest) = (&versions.history, latest(edition, versions));
        let lists = &edition.handbook.lists;
        let (title, page, revisions) = match of {
            Of::Department(index) => {
                let department = edition.handbook.department(index);
                let revisions = latest.departments.get(&department.id);
                (&department.title, edition.department_path(index).clone(), revisions)
            }
            Of::Owner(at) => {
                let owner = &lists.owners[at];
                (&owner.title, edition.owner_path(at), latest.owners.get(&owner.id))
            }
            Of::Handbook => return ChangesView::default(),
        };
        let revisions = revisions.map_or(&[][..], Vec::as_slice);
        let (mut commits, mut bytes, mut note) = (Vec::new(), 0, self.note(history));
        for of_commit in revisions.chunk_by(|a, b| a.commit == b.commit) {
            if bytes > MOST_BYTES {
                note = words.owned("history_most");
                break;
            }
            let mut html = String::new();
            for revision in of_commit {
                let revised = revision::revised(edition, history, *revision, &mut Past::default());
                let changes = revised.differing.iter().flat_map(|it| it.changes.iter());
                let changes = changes.filter(|change| concerns(edition, of, revised, change));
                let list = revision::changes(changes, words);
                if !list.is_empty() {
                    let document = latest.documents.get(revision).copied();
                    html.push_str("\n<h3>");
                    self.push_title(&mut html, history, *revision, document, revised);
                    let _ = write!(html, "</h3>\n{list}");
                }
            }
            bytes += html.len();
            if !html.is_empty() {
                let commit = self.commit(history, of_commit[0].commit as usize);
                commits.push(CommitView { changes_html: html, ..commit });
            }
        }
        ChangesView {
            title: words.get("changes_of").replace("{title}", title),
            lede: words.counted("changes_lede", latest.commits.len()),
            of: Some(LinkView { title: title.clone(), url: Some(self.path.link(&page, None)) }),
            commits,
            note,
            ..ChangesView::default()
        }
    }

    /// The data of a commit itself.
    fn commit(&self, history: &History, at: usize) -> CommitView {
        let commit = &history.commits[at];
        CommitView {
            id: revision::anchor(commit),
            subject: commit.subject.to_string(),
            day: self.words.date(commit.day),
            datetime: commit.day.to_string(),
            author: commit.author.to_string(),
            note: revision::apart(commit, self.words),
            changes_html: String::new(),
        }
    }

    /// The reason why older commits are not shown.
    fn note(&self, history: &History) -> String {
        match history.commits.len() {
            more if more > MOST_COMMITS => self.words.counted("changes_most", MOST_COMMITS),
            _ => history::note(history, self.words),
        }
    }

    /// Appends the title of a document, with a link to its revision.
    fn push_title(
        &self,
        html: &mut String,
        history: &History,
        revision: Revision,
        document: Option<DocumentIndex>,
        revised: &Revised,
    ) {
        let (commit, _) = revision.of(history);
        let now = document.map(|index| (index, &self.edition.entry(index).document));
        let title = now.map_or(&revised.title, |(_, document)| &document.title);
        let url = now.map(|(index, document)| match document.canvas {
            Some(_) => {
                let anchor = revision::anchor(commit);
                self.path.link(&history::path(self.edition, index), Some(&anchor))
            }
            None => self.path.link(self.edition.path(index), None),
        });
        if let Some(url) = &url {
            let _ = write!(html, "<a href=\"{}\">", attribute(url));
        }
        escape::text(html, title);
        if url.is_some() {
            html.push_str("</a>");
        }
    }

    /// Appends a document as an item: what happened to its file, and the names of what changed in it, the
    /// most important first.
    fn push_document(
        &self,
        html: &mut String,
        history: &History,
        revision: Revision,
        document: Option<DocumentIndex>,
    ) {
        let (_, change) = revision.of(history);
        let revised = revision::revised(self.edition, history, revision, &mut Past::default());
        html.push_str("\n<li>");
        let outcome = match change {
            FileChange::Added(_) => Outcome::Added,
            FileChange::Removed(_) => Outcome::Removed,
            FileChange::Changed { .. } => Outcome::Changed,
        };
        revision::push_sign(html, outcome, self.words);
        self.push_title(html, history, revision, document, revised);
        if outcome == Outcome::Changed {
            self.push_names(html, revised);
        }
        html.push_str("</li>");
    }

    fn push_names(&self, html: &mut String, revised: &Revised) {
        let Some(differing) = &revised.differing else { return };
        let mut named: BTreeMap<&str, (Level, Outcome, &str)> = BTreeMap::new();
        for change in &differing.changes {
            let Some(element) = &change.element else { continue };
            let outcome = Outcome::of(change.kind);
            let known = named.entry(&element.id).or_insert((change.level, outcome, &element.name));
            known.0 = known.0.max(change.level);
            known.1 = known.1.max(outcome);
        }
        let mut named: Vec<(Level, Outcome, &str)> = named.into_values().collect();
        named.sort_by(|a, b| (b.0, a.1, a.2).cmp(&(a.0, b.1, b.2)));
        let more = named.len().saturating_sub(MOST_NAMES);
        for (at, (_, outcome, name)) in named.iter().take(MOST_NAMES).enumerate() {
            html.push_str(if at == 0 { ": " } else { ", " });
            revision::push_sign(html, *outcome, self.words);
            escape::text(html, &shortened((*name).into(), 80));
        }
        if more > 0 {
            html.push_str(" <small>");
            escape::text(html, &self.words.counted("more_changes", more));
            html.push_str("</small>");
        }
    }
}
