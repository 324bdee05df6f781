//! The changes of commits in canvases: determined from the two states of each, and written for the pages
//! of histories.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write as _;
use std::sync::Arc;

use super::comparison::{Drawn, DrawnBlock, Handbooks, draw, effect, in_words, sign, values};
use super::edition::{Differing, Edition, Revised, RevisedBlock, shortened};
use super::grid::{self, Step};
use super::table::attribute;
use super::words::Words;
use super::{areas, axes, escape};
use crate::canvas::Document;
use crate::comparison::word_diff::{self as text, Piece};
use crate::comparison::{self, Change, ChangeKind, Compared, Comparison, Detail, Outcome};
use crate::handbook::{DocumentIndex, ElementKey};
use crate::history::{Blob, Commit, FileChange, History, Revision, Version};
use crate::parse;
use crate::source::{Source, SourcePath};

/// The documents of a commit are compared together, so that an element is seen to move from one to another. If a
/// commit changes more of them, each is compared by itself: whoever changes all canvases at once moves nothing
/// between two.
const TOGETHER: usize = 16;

/// How many changes of a revision are shown.
const MOST_CHANGES: usize = 20;

/// How many characters are shown before and after a change in a text, and at both ends of one that was added
/// or removed.
const AROUND: usize = 60;

/// A document before and after a change; `None` for a side on which it does not exist.
pub(super) type States = [Option<Arc<Document>>; 2];

/// Past versions of documents, which were read for a page: one revision ends with what the next one
/// begins with.
#[derive(Default)]
pub(super) struct Past(HashMap<(SourcePath, Blob), Arc<Document>>);

impl Past {
    /// A past version of a document; `None` if its text is unknown.
    pub(super) fn read(
        &mut self,
        edition: &Edition,
        history: &History,
        version: &Version,
    ) -> Option<Arc<Document>> {
        let text = history.text(version.blob)?;
        let key = (version.path.clone(), version.blob);
        let read = self.0.entry(key).or_insert_with(|| document(edition, &version.path, text));
        Some(Arc::clone(read))
    }
}

/// A past version of a document, which may be the present one.
fn document(edition: &Edition, path: &SourcePath, text: &Arc<str>) -> Arc<Document> {
    let documents = &edition.handbook.documents;
    let at = documents.binary_search_by(|entry| entry.document.path.cmp(path));
    let now = at.ok().map(|at| &documents[at].document).filter(|now| now.text == *text);
    now.cloned().unwrap_or_else(|| {
        let source = Source { path: path.clone(), text: text.clone() };
        Arc::new(parse::document(&source, &edition.handbook.kinds, &mut Vec::new()))
    })
}

/// The changes of a revision.
pub(super) fn revised<'e>(
    edition: &'e Edition,
    history: &History,
    revision: Revision,
    past: &mut Past,
) -> &'e Revised {
    edition.revised(revision, || {
        let commit = &history.commits[revision.commit as usize];
        let wanted = match commit.changes.len() {
            0..=TOGETHER => 0..commit.changes.len(),
            _ => revision.change as usize..revision.change as usize + 1,
        };
        let all = wanted.map(|at| (u32::try_from(at).unwrap_or(u32::MAX), &commit.changes[at]));
        let (mut made, mut known, mut states) = (Vec::new(), Vec::new(), Vec::new());
        for (at, change) in all {
            let versions = [change.before(), change.after()];
            let read = versions.map(|it| it.map(|it| past.read(edition, history, it)));
            match read {
                [Some(None), _] | [_, Some(None)] => {
                    let title = change.path().stem().to_owned();
                    made.push((at, Revised { title, is_canvas: true, ..Revised::default() }));
                }
                read => {
                    known.push(at);
                    states.push(read.map(Option::flatten));
                }
            }
        }
        made.extend(known.into_iter().zip(between(edition, states)));
        made
    })
}

/// The differences between states of documents.
pub(super) fn between(edition: &Edition, states: Vec<States>) -> Vec<Revised> {
    let mut renamed = BTreeMap::new();
    let mut sides: [BTreeMap<SourcePath, Arc<Document>>; 2] = Default::default();
    let mut paths = Vec::with_capacity(states.len());
    for state in states {
        let own = state.each_ref().map(|it| it.as_ref().map(|document| document.path.clone()));
        if let [Some(before), Some(after)] = &own
            && before != after
        {
            renamed.insert(before.clone(), after.clone());
        }
        for (side, document) in sides.iter_mut().zip(state) {
            side.extend(document.map(|document| (document.path.clone(), document)));
        }
        paths.push(own);
    }
    let [before, after] = sides.map(|side| edition.handbook.alone(side.into_values().collect()));
    let comparison = comparison::handbooks([&before, &after], None, &renamed);
    let handbooks = Handbooks { before: &before, after: &after };
    paths.iter().map(|paths| of_document(handbooks, &comparison, paths)).collect()
}

/// What happened to a document with these paths.
fn of_document(
    handbooks: Handbooks<'_>,
    comparison: &Comparison,
    paths: &[Option<SourcePath>; 2],
) -> Revised {
    let sides = [(handbooks.before, &paths[0]), (handbooks.after, &paths[1])];
    let [before, after] = sides.map(|(handbook, path)| {
        let path = path.as_ref()?;
        let entries = &handbook.documents;
        let at = entries.binary_search_by(|entry| entry.document.path.cmp(path)).ok()?;
        Some((DocumentIndex(u32::try_from(at).ok()?), &*entries[at].document))
    });
    let there = || [before, after].into_iter().flatten().map(|(_, document)| document);
    let compared = comparison.canvases.iter().find(|compared| match after {
        Some((index, _)) => compared.after == Some(index),
        None => compared.before == before.map(|(index, _)| index),
    });
    // A removed document that is compared with one at another path was renamed to that.
    let compared = compared.filter(|compared| after.is_some() || compared.after.is_none());
    Revised {
        title: there().next_back().map(|document| document.title.clone()).unwrap_or_default(),
        is_canvas: there().any(|document| document.canvas.is_some()),
        owners: there().filter_map(|document| document.front.owner.clone()).collect(),
        differing: compared.and_then(|compared| differing(handbooks, comparison, compared)),
    }
}

/// The differences between two states of a canvas.
fn differing(
    handbooks: Handbooks<'_>,
    comparison: &Comparison,
    compared: &Compared,
) -> Option<Differing> {
    let entries = handbooks.entries(compared);
    let canvases = entries.map(|entry| entry.and_then(|entry| entry.document.canvas.as_ref()));
    let [old, new] = canvases;
    let Drawn { blocks, others, .. } = draw(handbooks, compared)?;
    // The former path of its file is shown with the revision.
    let is_file = |change: &Change| change.element.is_none() && change.detail == Detail::Canvas;
    let changes = comparison.changes_of(compared).iter().filter(|change| !is_file(change));
    let changes = changes.map(|change| {
        let [from, to] = values(handbooks, change);
        Change { from, to, ..change.clone() }
    });
    let paths = handbooks.paths(compared);
    let is_own = |path: &SourcePath| paths.contains(&Some(path.as_str()));
    let impact = comparison.impact.iter().filter(|impact| is_own(&impact.canvas)).cloned();
    let mut departments: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut renamed = BTreeMap::new();
    for pair in compared.pairs.iter().filter(|pair| pair.outcome != Outcome::Same) {
        let sides = [(handbooks.before, pair.before), (handbooks.after, pair.after)];
        let known = sides.map(|(handbook, key)| {
            let key: ElementKey = key?;
            Some((handbook, handbook.element(key)?.2))
        });
        let ids = known.map(|known| known.map(|(_, facts)| facts.id));
        let Some(id) = ids[1].or(ids[0]) else { continue };
        if let [Some(before), Some(after)] = ids
            && before != after
        {
            renamed.insert(after.to_owned(), before.to_owned());
        }
        let of = known.into_iter().flatten().flat_map(|(handbook, facts)| {
            let all = facts.department.into_iter().chain(facts.contributing.iter().copied());
            all.map(|index| handbook.department(index).id.clone())
        });
        departments.entry(id.to_owned()).or_default().extend(of);
    }
    Some(Differing {
        kind: Arc::clone(&new.or(old)?.kind),
        blocks: blocks.into_iter().chain(others).map(block).collect(),
        changes: changes.collect(),
        impact: impact.collect(),
        departments,
        renamed,
    })
}

fn block(block: DrawnBlock<'_>) -> RevisedBlock {
    let is_same = |outcome| outcome == Outcome::Same;
    let same = block.entries.iter().filter(|entry| is_same(entry.pair.outcome)).count();
    let differing = block.entries.into_iter().filter(|entry| !is_same(entry.pair.outcome));
    RevisedBlock {
        classes: format!(
            "{} {}",
            areas::class(block.kind, block.index),
            grid::block_class(block.kind.block_kind(block.index))
        ),
        label: block.label.to_owned(),
        entries: differing.map(|it| (it.pair.outcome, it.name.into_owned())).collect(),
        same,
    }
}

/// The poster of a canvas with the elements that changed, and the number of others in each block.
pub(super) fn poster(differing: &Differing, words: &Words) -> String {
    let kind = &differing.kind;
    let (mut html, language) = (String::new(), words.language());
    for step in grid::steps(kind) {
        match step {
            Step::Block(index) => {
                let place = axes::place(kind, index, language);
                push_block(&mut html, &differing.blocks[usize::from(index.0)], &place, words);
            }
            step => grid::push(&mut html, step, kind, language),
        }
    }
    for block in differing.blocks.iter().skip(kind.indexes().count()) {
        push_block(&mut html, block, "", words);
    }
    html
}

/// Writes a block, and the labels of a matrix's axes for it.
fn push_block(html: &mut String, block: &RevisedBlock, place: &str, words: &Words) {
    let _ = write!(html, "<section class=\"block {}\"><h3><span>", block.classes);
    escape::text(html, &block.label);
    html.push_str("</span></h3>");
    axes::push_place(html, place);
    if !block.entries.is_empty() {
        html.push_str("<ul>");
        for (outcome, name) in block.entries.iter().take(MOST_CHANGES) {
            let _ = write!(html, "<li class=\"{}\">", outcome_id(*outcome));
            push_sign(html, *outcome, words);
            html.push_str("<span>");
            escape::text(html, &shortened(name.into(), 2 * AROUND));
            html.push_str("</span></li>");
        }
        html.push_str("</ul>");
    }
    let more = block.entries.len().saturating_sub(MOST_CHANGES);
    let notes = [("more_entries", more), ("diff_same", block.same)];
    for (key, count) in notes.into_iter().filter(|(_, count)| *count > 0) {
        html.push_str("<p class=\"nothing\">");
        escape::text(html, &words.counted(key, count));
        html.push_str("</p>");
    }
    html.push_str("</section>");
}

fn outcome_id(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Same => "same",
        Outcome::Changed => "changed",
        Outcome::Moved => "moved",
        Outcome::Added => "added",
        Outcome::Removed => "removed",
    }
}

/// The sign of what happened to something, which works without colour and without eyes.
pub(super) fn push_sign(html: &mut String, outcome: Outcome, words: &Words) {
    let label = words.get(&format!("outcome_{}", outcome_id(outcome))).to_owned();
    let _ =
        write!(html, "<b role=\"img\" aria-label=\"{}\">{}</b> ", attribute(&label), sign(outcome));
}

/// Changes as a list, those of one element in one item; empty without changes.
pub(super) fn changes<'c>(changes: impl IntoIterator<Item = &'c Change>, words: &Words) -> String {
    let changes: Vec<&Change> = changes.into_iter().collect();
    let shown = &changes[..changes.len().min(MOST_CHANGES)];
    if shown.is_empty() {
        return String::new();
    }
    let is_same = |a: &&Change, b: &&Change| {
        a.element.is_some() && a.element == b.element && a.canvas == b.canvas
    };
    let mut html = "<ul class=\"changes\">".to_owned();
    for of_one in shown.chunk_by(is_same) {
        html.push_str("\n<li>");
        push_item(&mut html, of_one, words);
        html.push_str("</li>");
    }
    html.push_str("\n</ul>");
    let more = changes.len() - shown.len();
    if more > 0 {
        html.push('\n');
        push_paragraph(&mut html, &words.counted("more_changes", more), words);
    }
    html
}

/// The changes of an element, or a single change of the canvas or a block.
fn push_item(html: &mut String, changes: &[&Change], words: &Words) {
    let first = changes[0];
    push_sign(html, Outcome::of(first.kind), words);
    if let Some(element) = &first.element {
        escape::text(html, &shortened((&*element.name).into(), 2 * AROUND));
    } else {
        push_said(html, first, words);
    }
    let level = changes.iter().map(|change| change.level).max().unwrap_or(first.level);
    let _ = write!(html, " <small>{}</small>", attribute(words.get(&format!("level_{level}"))));
    for change in changes.iter().filter(|change| change.element.is_some()) {
        let start = html.len();
        html.push_str("<p>");
        push_said(html, change, words);
        if html.len() == start + "<p>".len() {
            html.truncate(start);
        } else {
            html.push_str("</p>");
        }
    }
}

/// A change and its values before and after.
fn push_said(html: &mut String, change: &Change, words: &Words) {
    let said = in_words(change, [change.from.clone(), change.to.clone()], words);
    escape::text(html, &said.what);
    if !said.what.is_empty() && (said.from.is_some() || said.to.is_some()) {
        html.push_str(": ");
    }
    match (&said.from, &said.to) {
        (None, None) => {}
        (Some(from), Some(to)) if change.kind == ChangeKind::Move => {
            escape::text(html, from);
            html.push_str(" → ");
            escape::text(html, to);
        }
        (from, to) => push_compared(html, from.as_deref(), to.as_deref()),
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
            let _ = write!(html, "<{tag}>");
        }
        escape::text(html, &cut(text));
        if !tag.is_empty() {
            let _ = write!(html, "</{tag}>");
        }
    }
}

/// A text without its middle, if it is long.
fn cut(text: &str) -> std::borrow::Cow<'_, str> {
    let count = text.chars().count();
    if count <= 2 * AROUND {
        return text.into();
    }
    let head: String = text.chars().take(AROUND).collect();
    let tail: String = text.chars().skip(count - AROUND).collect();
    format!("{head} … {tail}").into()
}

/// The effects of changes, as a list; empty if there are none.
pub(super) fn impact(differing: &Differing, words: &Words) -> String {
    if differing.impact.is_empty() {
        return String::new();
    }
    let mut html = "<ul class=\"changes\">".to_owned();
    for impact in differing.impact.iter().take(MOST_CHANGES) {
        html.push_str("\n<li>");
        if let Some(element) = &impact.element {
            escape::text(&mut html, &shortened((&*element.name).into(), 2 * AROUND));
            html.push(' ');
        }
        escape::text(&mut html, &shortened(effect(impact, words).into(), 4 * AROUND));
        html.push_str("</li>");
    }
    html.push_str("\n</ul>");
    html
}

/// A paragraph of interface words.
pub(super) fn push_paragraph(html: &mut String, said: &str, words: &Words) {
    html.push_str("<p");
    if let Some(language) = words.foreign().map(super::LanguageView::of) {
        language.push_attributes(html);
    }
    html.push('>');
    escape::text(html, said);
    html.push_str("</p>");
}

/// What happened to the file of a document; empty if it only changed.
pub(super) fn file(change: &FileChange, words: &Words) -> String {
    match change {
        FileChange::Added(_) => words.owned("file_added"),
        FileChange::Removed(_) => words.owned("file_removed"),
        FileChange::Changed { before, after } if before.path != after.path => {
            renamed(&before.path, words)
        }
        FileChange::Changed { .. } => String::new(),
    }
}

/// The former path of a document's file.
pub(super) fn renamed(before: &SourcePath, words: &Words) -> String {
    words.get("file_renamed").replace("{path}", before.as_str())
}

/// The note that the documents of a commit are compared one by one; empty if they are not.
pub(super) fn apart(commit: &Commit, words: &Words) -> String {
    let is_new = commit.changes.iter().all(|change| change.before().is_none());
    if is_new || commit.changes.len() <= TOGETHER {
        return String::new();
    }
    let count = commit.changes.len().to_string();
    words
        .get("apart")
        .replace("{n}", &count)
        .replace("{commit}", &format!("{}^!", digits(&commit.id)))
}

/// The first digits of a commit's id: enough to find it in any repository.
pub(super) fn digits(commit: &str) -> String {
    const DIGITS: usize = 10;
    commit.chars().take(DIGITS).collect()
}

/// The anchor of a commit on a page.
pub(super) fn anchor(commit: &Commit) -> String {
    format!("_{}", digits(&commit.id))
}
