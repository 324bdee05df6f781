//! The differences between the states of the repository's tags. Templates see them as `comparison`.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::hash::Hash as _;
use std::sync::Arc;

use xxhash_rust::xxh3::Xxh3;

use crate::canvas::Document;
use crate::comparison;
use crate::config::{self, Config};
use crate::handbook::{Entry, Handbook, Place};
use crate::history::{History, Tag, Version, renamed};
use crate::kind::Kinds;
use crate::parse;
use crate::source::{Source, SourcePath};
use crate::view::comparison::page::{ComparisonView, Links, MOST_CHANGES, Page, TEMPLATE};
use crate::view::comparison::{self as compared, Handbooks};
use crate::view::edition::{About, At, Content, Edition, Filled, PageKind};
use crate::view::escape;
use crate::view::layout::LayoutView;
use crate::view::revision::digits;
use crate::view::table::{attribute, day};
use crate::view::url::SitePath;
use crate::view::words::Words;

/// The pages of tags, each compared with the previous one, and of changes since the newest tag.
pub const PAGE: PageKind = PageKind {
    id: "tag",
    pages: |edition| {
        let steps = (0u32..).zip(steps(edition));
        steps.map(|(at, step)| (step.path, At::item(at))).collect()
    },
    is_of_documents: false,
    content: Content::Page {
        template: TEMPLATE,
        view: |edition, at| Filled::new(view(edition, &steps(edition)[at.item as usize])),
    },
    source: |_, _| None,
    navigation: |_| Vec::new(),
    is_visited: false,
};

/// The number of bytes of a page's canvases after which others are only named.
const MOST_BYTES: usize = 200 * 1024;

/// A tag and the state after it.
struct Step<'e> {
    history: &'e History,
    before: &'e Tag,
    /// The tag after; `None` for the present state.
    after: Option<&'e Tag>,
    path: SitePath,
}

fn history(edition: &Edition) -> Option<&History> {
    edition.handbook.versions.as_ref().map(|versions| &*versions.history)
}

/// Each tag with the state after it, newest first.
fn steps<'e>(edition: &'e Edition) -> Vec<Step<'e>> {
    let Some(history) = history(edition) else { return Vec::new() };
    let Some(newest) = history.tags.first() else { return Vec::new() };
    // It is unknown what is not tagged on another branch.
    let is_of_head = edition.handbook.config.history.branch.is_none();
    let is_tagged = history.documents.as_deref() == Some(&*newest.documents);
    let now = (is_of_head && !is_tagged).then_some((newest, None));
    let tags = history.tags.windows(2).map(|pair| (&pair[1], Some(&pair[0])));
    let step = |(before, after): (_, Option<&'e Tag>)| {
        // A name would be another one if the same commit got one more, or another tag a similar one.
        let name = after.map_or_else(|| "index".to_owned(), |tag| digits(&tag.commit));
        Step { history, before, after, path: SitePath::new(&format!("changes/tags/{name}.html")) }
    };
    now.into_iter().chain(tags).map(step).collect()
}

/// The name of a state.
fn name(tag: &Tag) -> String {
    tag.names.join(", ")
}

/// The title of a page.
fn title(before: &Tag, after: Option<&Tag>, words: &Words) -> String {
    let name_before = name(before);
    match after {
        Some(after) => compared::title([Some(name_before), Some(name(after))], words),
        None => words.get("since_tag").replace("{tag}", &name_before),
    }
}

/// The pages as a list, newest first; empty without tags.
pub(super) fn list(edition: &Edition, from: &SitePath) -> String {
    let words = &edition.words;
    let mut html = String::new();
    for Step { before, after, path, .. } in steps(edition) {
        let url = attribute(&from.link(&path, None));
        let _ = write!(html, "\n<li><a href=\"{url}\">");
        escape::text(&mut html, &title(before, after, words));
        html.push_str("</a>");
        if let Some(after) = after {
            let _ = write!(html, " <small>{}</small>", day(after.day, true, words));
        }
        html.push_str("</li>");
    }
    if html.is_empty() { html } else { format!("<ul class=\"changes\">{html}\n</ul>") }
}

/// A remark if older tags are not compared; may be empty.
pub(super) fn note(edition: &Edition) -> String {
    let is_cut = history(edition).is_some_and(|history| history.older_tags > 0);
    if is_cut { edition.words.owned("tags_most") } else { String::new() }
}

/// The page of a tag and the state after it.
fn view(edition: &Edition, step: &Step<'_>) -> (LayoutView, ComparisonView) {
    let words = &edition.words;
    let Step { before, after, ref path, .. } = *step;
    let made = edition.kept(path, |made: &Made| made.is_of(edition, path), || make(edition, step));
    let mut view = made.view.clone();
    view.title = title(before, after, words);
    let days = [Some(before.day), after.map(|tag| tag.day)];
    let days: Vec<String> = days.into_iter().flatten().map(|day| words.date(day)).collect();
    view.lede = format!("{} · {}", days.join(" – "), view.lede);
    let language = &edition.handbook.config.language;
    let home = std::iter::once(Edition::home_crumb(path, words));
    let about = About {
        title: view.title.clone(),
        description: view.lede.clone(),
        breadcrumbs: home.chain(super::link(edition, path, language)).collect(),
        ..About::default()
    };
    (edition.layout(path, about, Vec::new()), view)
}

/// Two compared states. Two tags differ in the same way whatever is saved later; only what links lead to may be
/// another.
struct Made {
    view: ComparisonView,
    /// The present documents if they are one of the two states.
    present: Option<Arc<[Arc<Entry>]>>,
    /// The documents that are named.
    named: Vec<SourcePath>,
    /// The hash of [`ties`].
    ties: u64,
}

impl Made {
    /// Whether the page is the same in an edition.
    fn is_of(&self, edition: &Edition, path: &SitePath) -> bool {
        let documents = &edition.handbook.documents;
        self.present.as_ref().is_none_or(|present| Arc::ptr_eq(present, documents))
            && ties(edition, path, &self.named, &self.view) == self.ties
    }
}

/// A hash of what the links of a page lead to: the pages and anchors of the documents that it names, the owners and
/// the departments.
fn ties(edition: &Edition, path: &SitePath, named: &[SourcePath], view: &ComparisonView) -> u64 {
    let mut hasher = Xxh3::new();
    for document in named.iter().map(|path| edition.handbook.document(path)) {
        document.map(|document| edition.path(document)).hash(&mut hasher);
        let Some(document) = document else { continue };
        for (spot, _) in edition.entry(document).spots() {
            edition.anchor(Place { document, spot }).hash(&mut hasher);
        }
    }
    for owner in &view.owners {
        edition.owner(path, &owner.title).hash(&mut hasher);
    }
    for department in &view.departments {
        compared::department_link(edition, path, &department.title).hash(&mut hasher);
    }
    hasher.digest()
}

/// Compares a tag with the state after it.
fn make(edition: &Edition, step: &Step<'_>) -> Made {
    let Step { history, before, after, ref path } = *step;
    let old = TaggedState::of(edition, history, before);
    let new = after
        .map_or_else(|| TaggedState::now(edition), |tag| TaggedState::of(edition, history, tag));
    let moved = renamed(&old.texts, &new.texts);
    let (old, new) = (&*old.handbook, &*new.handbook);
    let mut comparison = comparison::handbooks([old, new], None, &moved);
    comparison.keep(|_| true);
    let level = |compared: &comparison::Compared| {
        comparison.changes[compared.changes.clone()].iter().map(|change| change.level).max()
    };
    let mut canvases = std::mem::take(&mut comparison.canvases);
    canvases.sort_by_key(|compared| std::cmp::Reverse(level(compared)));
    comparison.canvases = canvases;
    let handbooks = Handbooks { before: old, after: new };
    let page = Page {
        edition,
        path,
        handbooks,
        links: Links::Now,
        comparison: &comparison,
        most: MOST_CHANGES,
        room: MOST_BYTES,
    };
    let names = [Some(&before.names[0]), after.map(|tag| &tag.names[0])];
    let names: Vec<&str> = names.into_iter().flatten().map(|name| &**name).collect();
    let view = page.view(names.join(" "));
    let entries = comparison.canvases.iter().flat_map(|compared| handbooks.entries(compared));
    let compared = entries.flatten().map(|entry| &entry.document.path);
    let affected = comparison.impact.iter().map(|impact| &impact.canvas);
    let named: BTreeSet<&SourcePath> = compared.chain(affected).collect();
    let named: Vec<SourcePath> = named.into_iter().cloned().collect();
    let ties = ties(edition, path, &named, &view);
    let present = after.is_none().then(|| Arc::clone(&edition.handbook.documents));
    Made { view, present, named, ties }
}

/// A state of the handbook.
struct TaggedState<'e> {
    handbook: Cow<'e, Handbook>,
    /// The texts of its documents.
    texts: BTreeMap<SourcePath, Arc<str>>,
}

impl<'e> TaggedState<'e> {
    /// The present state, without drafts.
    fn now(edition: &'e Edition) -> Self {
        let handbook = &edition.handbook;
        let all = || handbook.documents.iter().map(|entry| &entry.document);
        let published = || all().filter(|document| !document.front.draft).cloned();
        let handbook = match all().all(|document| !document.front.draft) {
            true => Cow::Borrowed(handbook),
            false => Cow::Owned(handbook.alone(published().collect())),
        };
        let texts = published().map(|it| (it.path.clone(), Arc::clone(&it.text))).collect();
        Self { handbook, texts }
    }

    /// The state of a tag, read with its own settings.
    fn of(edition: &Edition, history: &History, tag: &Tag) -> Self {
        let now = &edition.handbook;
        let source = |version: &Version| {
            Some(Source { path: version.path.clone(), text: history.text(version.blob)?.clone() })
        };
        let config = tag.config.as_ref().and_then(source);
        let config = config.map_or_else(Config::default, |it| config::read(&it, &mut Vec::new()));
        let config = if config == *now.config { Arc::clone(&now.config) } else { Arc::new(config) };
        let own: Vec<Source> = tag.kinds.iter().filter_map(source).collect();
        let kinds = Kinds::read(&own, &mut Vec::new());
        // Documents that were read with equal kinds need not be read again.
        let is_same = kinds.iter().eq(now.kinds.iter());
        let kinds = if is_same { Arc::clone(&now.kinds) } else { Arc::new(kinds) };
        let mut texts = BTreeMap::new();
        let mut documents: Vec<Arc<Document>> = Vec::new();
        for Source { path, text } in tag.documents.iter().filter_map(source) {
            texts.insert(path.clone(), text.clone());
            let known = now.document(&path).map(|index| &now.entry(index).document);
            let known = known.filter(|document| is_same && document.text == text);
            let document = known.cloned().unwrap_or_else(|| {
                Arc::new(parse::document(&Source { path, text }, &kinds, &mut Vec::new()))
            });
            documents.extend(Some(document).filter(|document| !document.front.draft));
        }
        let handbook = Cow::Owned(Handbook::of_state(config, kinds, documents));
        Self { handbook, texts }
    }
}
