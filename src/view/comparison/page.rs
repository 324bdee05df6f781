//! The page of two canvases that are compared, drawn on the poster of their kind. Templates see it as
//! `comparison`.

use std::fmt::Write as _;

use serde::Serialize;

use super::{Drawn, DrawnBlock, DrawnEntry, Handbooks, counted, draw, effect, said, sign};
use crate::comparison::words::{self, Piece};
use crate::comparison::{
    Between, Change, ChangeKind, Compared, Comparison, Outcome, Side, canvases,
};
use crate::handbook::{Beside, DocumentIndex};
use crate::source::SourcePath;
use crate::view::edition::{About, At, Content, Edition, Filled, PageKind, shortened, theme_file};
use crate::view::grid::{self, Step};
use crate::view::layout::LayoutView;
use crate::view::links::LinksHtml;
use crate::view::table::attribute;
use crate::view::url::SitePath;
use crate::view::{LinkView, escape};

/// The pages of canvases that are compared.
pub const PAGE: PageKind = PageKind {
    id: "comparison",
    pages: |edition| {
        let pairs = (0u32..).zip(edition.handbook.scenarios.pairs());
        pairs.map(|(at, pair)| (path(edition, *pair), At::item(at))).collect()
    },
    is_of_documents: false,
    content: Content::Page {
        template: theme_file!(
            "templates/comparison.html",
            "What a scenario changes, or what two canvases do not share."
        ),
        view: |edition, at| {
            Filled::new(view(edition, edition.handbook.scenarios.pairs()[at.item as usize]))
        },
    },
    source: |edition, at| {
        let pair = edition.handbook.scenarios.pairs()[at.item as usize];
        Some(edition.source(pair.after))
    },
    navigation: |_| Vec::new(),
    is_visited: true,
};

/// So many changes are listed; `canvasbook diff` prints all.
const MOST_CHANGES: usize = 300;

/// So many elements of a block are named.
const MOST_NAMED: usize = 60;

/// A text is cut after so many characters.
const LONGEST: usize = 600;

/// What a scenario changes, or what two canvases do not share.
#[derive(Clone, Debug, Default, PartialEq, Hash, Serialize)]
pub struct ComparisonView {
    /// The canvas, compared with the other one.
    pub title: String,
    /// How many elements came, went, moved, changed and are the same; or that nothing differs.
    pub lede: String,
    /// The scenario, or the canvas that names the other one, and its page.
    pub after: Option<LinkView>,
    /// Its base, or the canvas that is named, and its page.
    pub before: Option<LinkView>,
    /// The blocks of the poster with their elements and what became of each.
    pub poster_html: String,
    /// Blocks that the poster of the kind does not have; may be empty.
    pub others_html: String,
    /// Whose the kind of canvas is, with links.
    pub attribution_html: String,
    /// What the changes do, as a list; empty if they do nothing.
    pub impact_html: String,
    /// The changes by block, as lists; empty if nothing differs.
    pub changes_html: String,
    /// How many changes are not listed.
    pub more: usize,
    /// Who answers for what changed or is concerned by it.
    pub owners: Vec<LinkView>,
}

/// Where the page of two canvases is. A canvas has one base, and names one canvas besides.
pub(super) fn path(edition: &Edition, pair: Beside) -> SitePath {
    let is_base = edition.entry(pair.after).based_on == Some(pair.before);
    let folder = if is_base { "scenarios" } else { "beside" };
    SitePath::new(&format!("comparisons/{folder}/{}", edition.path(pair.after).as_str()))
}

/// Compares two canvases of the handbook.
pub(super) fn compare(edition: &Edition, pair: Beside) -> Comparison {
    let side = |document| Side { handbook: &edition.handbook, document };
    canvases(side(pair.before), side(pair.after), Between::Canvases)
}

/// The links to the comparisons of a canvas, by the title of the other one.
pub fn links(edition: &Edition, from: &SitePath, canvas: DocumentIndex) -> Vec<LinkView> {
    /// So many are named; the page of comparisons has all.
    const MOST: usize = 8;
    let scenarios = &edition.handbook.scenarios;
    let pairs = scenarios.pairs_of(canvas).iter().take(MOST);
    let link = |at: &u32| {
        let pair = scenarios.pairs()[*at as usize];
        let other = if pair.after == canvas { pair.before } else { pair.after };
        let title = edition.entry(other).document.title.clone();
        LinkView { title, url: Some(from.link(&path(edition, pair), None)) }
    };
    pairs.map(link).collect()
}

/// The page of two canvases that are compared.
pub fn view(edition: &Edition, pair: Beside) -> (LayoutView, ComparisonView) {
    let (path, words) = (path(edition, pair), &edition.words);
    let comparison = compare(edition, pair);
    let page = Page { edition, path: &path, comparison: &comparison };
    let link = |document: DocumentIndex| LinkView {
        title: edition.entry(document).document.title.clone(),
        url: Some(path.link(edition.path(document), None)),
    };
    let (before, after) = (link(pair.before), link(pair.after));
    let title = words.get("compared_with");
    let title = title.replace("{after}", &after.title).replace("{before}", &before.title);
    let drawn = comparison.canvases.first().and_then(|compared| draw(page.handbooks(), compared));
    let lede = match comparison.canvases.first() {
        Some(compared) if !comparison.is_empty() => counted(compared, words).join(" · "),
        _ => words.owned("diff_none"),
    };
    let kind = drawn.as_ref().map(|drawn| drawn.kind);
    let attribution = kind.and_then(|kind| grid::attribution(kind, words));
    let owners = comparison.owners();
    let view = ComparisonView {
        title: title.clone(),
        lede: lede.clone(),
        poster_html: drawn.as_ref().map(|drawn| page.poster(drawn)).unwrap_or_default(),
        others_html: drawn.as_ref().map(|drawn| page.others(drawn)).unwrap_or_default(),
        attribution_html: attribution.unwrap_or_default(),
        impact_html: page.impact(),
        changes_html: page.changes(comparison.canvases.first(), drawn.as_ref()),
        more: comparison.changes.len().saturating_sub(MOST_CHANGES),
        owners: owners.keys().map(|owner| edition.owner(&path, owner)).collect(),
        after: Some(after),
        before: Some(before),
    };
    let index = LinkView {
        title: words.owned("comparisons"),
        url: Some(path.link(&super::index::path(1), None)),
    };
    let about = About {
        title,
        description: lede,
        breadcrumbs: vec![Edition::home_crumb(&path, words), index],
        ..About::default()
    };
    (edition.layout(&path, about, Vec::new()), view)
}

/// What a page is made of.
struct Page<'p> {
    edition: &'p Edition,
    path: &'p SitePath,
    comparison: &'p Comparison,
}

impl<'p> Page<'p> {
    fn handbooks(&self) -> Handbooks<'p> {
        Handbooks { before: &self.edition.handbook, after: &self.edition.handbook }
    }

    fn word(&self, key: &str) -> String {
        escaped(self.edition.words.get(key))
    }

    /// The blocks in their places.
    fn poster(&self, drawn: &Drawn<'_>) -> String {
        let mut html = String::new();
        for step in grid::steps(drawn.kind) {
            match step {
                Step::Start(div) => {
                    let _ = write!(html, "<div class=\"{}\">", div.classes(drawn.kind));
                }
                Step::End => html.push_str("</div>"),
                Step::Block(index) => {
                    let area = drawn.kind.block_kind(index).area.id();
                    self.block(&mut html, area, &drawn.blocks[usize::from(index.0)]);
                }
            }
        }
        html
    }

    /// Blocks that the poster has no place for.
    fn others(&self, drawn: &Drawn<'_>) -> String {
        let mut html = String::new();
        for block in &drawn.others {
            self.block(&mut html, "infrastructure", block);
        }
        html
    }

    fn block(&self, html: &mut String, area: &str, block: &DrawnBlock<'_>) {
        let id = block.id;
        let label = escaped(block.label);
        let _ = write!(html, "<section class=\"block {area} {id}\"><h3><span>{label}</span></h3>");
        if block.entries.is_empty() {
            let _ = write!(html, "<p class=\"nothing\">{}</p>", self.word("empty_block"));
        } else {
            html.push_str("<ul>");
            for entry in block.entries.iter().take(MOST_NAMED) {
                self.entry(html, entry);
            }
            html.push_str("</ul>");
        }
        if let Some(more) = block.entries.len().checked_sub(MOST_NAMED).filter(|more| *more > 0) {
            let more = escaped(&self.edition.words.counted("more_entries", more));
            let _ = write!(html, "<p class=\"more\">{more}</p>");
        }
        html.push_str("</section>");
    }

    fn entry(&self, html: &mut String, entry: &DrawnEntry<'_>) {
        let (class, key) = match entry.pair.outcome {
            Outcome::Same => ("same", ""),
            Outcome::Changed => ("changed", "outcome_changed"),
            Outcome::Moved => ("moved", "outcome_moved"),
            Outcome::Added => ("added", "outcome_added"),
            Outcome::Removed => ("removed", "outcome_removed"),
        };
        let _ = write!(html, "<li class=\"{class}\">");
        if !key.is_empty() {
            let label = attribute(self.edition.words.get(key));
            let _ = write!(html, "<b role=\"img\" aria-label=\"{label}\">{}</b>", entry.sign());
        }
        let key = entry.pair.after.filter(|_| !entry.has_left).or(entry.pair.before);
        let id = key.map(|key| self.edition.entry(key.document).elements.at(key.element).id);
        html.push_str(&self.linked(key.map(|key| key.document), id, &entry.name));
        html.push_str("</li>");
    }

    /// What the changes do.
    fn impact(&self) -> String {
        let (edition, words) = (self.edition, &self.edition.words);
        let mut html = String::new();
        for impact in self.comparison.impact.iter().take(MOST_CHANGES) {
            let document = self.document(&impact.canvas);
            let canvas = document.map(|it| &*edition.entry(it).document.title).unwrap_or_default();
            let element = impact.element.as_ref();
            let anchor = element.map(|element| &*element.id).or(impact.block.as_deref());
            let name = element.map_or(canvas, |element| &element.name);
            let _ = write!(html, "<li>{}", self.linked(document, anchor, name));
            if element.is_some() && !self.is_own(&impact.canvas) {
                let _ = write!(html, " ({})", escaped(canvas));
            }
            let effect = effect(impact, words);
            let _ = write!(html, " {}", escaped(&shortened(effect.into(), LONGEST)));
            let owners = impact.owners.iter().map(|owner| edition.owner(self.path, owner));
            let owners: LinksHtml = owners.collect();
            if !owners.as_str().is_empty() {
                let _ = write!(html, " <small>{}</small>", owners.as_str());
            }
            html.push_str("</li>");
        }
        if html.is_empty() { html } else { format!("<ul class=\"changes\">{html}</ul>") }
    }

    /// A name that leads to a place in a document.
    fn linked(&self, document: Option<DocumentIndex>, anchor: Option<&str>, name: &str) -> String {
        let name = escaped(&shortened(name.into(), 200));
        let Some(document) = document else { return name };
        let url = attribute(&self.path.link(self.edition.path(document), anchor));
        format!("<a href=\"{url}\">{name}</a>")
    }

    fn document(&self, path: &SourcePath) -> Option<DocumentIndex> {
        let documents = &self.edition.handbook.documents;
        let at = documents.binary_search_by(|entry| entry.document.path.cmp(path)).ok()?;
        u32::try_from(at).ok().map(DocumentIndex)
    }

    /// Whether a canvas is one of the two.
    fn is_own(&self, path: &SourcePath) -> bool {
        let compared = self.comparison.canvases.first();
        compared.is_some_and(|it| self.handbooks().paths(it).contains(&Some(path.as_str())))
    }

    /// The changes below the labels of their blocks, those of one element in one item.
    fn changes(&self, compared: Option<&Compared>, drawn: Option<&Drawn<'_>>) -> String {
        let Some(compared) = compared else { return String::new() };
        let changes = self.comparison.changes_of(compared);
        let changes = &changes[..changes.len().min(MOST_CHANGES)];
        let mut html = String::new();
        for of_block in changes.chunk_by(|a, b| a.block == b.block) {
            let block = of_block[0].block.as_deref();
            let label = block.and_then(|id| drawn?.label(id));
            let label = label.unwrap_or_else(|| self.edition.words.get("canvas"));
            let _ = write!(html, "<h3>{}</h3><ul class=\"changes\">", escaped(label));
            let is_same = |a: &Change, b: &Change| a.element.is_some() && a.element == b.element;
            for of_element in of_block.chunk_by(is_same) {
                self.item(&mut html, of_element);
            }
            html.push_str("</ul>");
        }
        html
    }

    /// What changed of an element, or one thing that changed of the canvas or a block.
    fn item(&self, html: &mut String, changes: &[Change]) {
        let first = &changes[0];
        let level = changes.iter().map(|change| change.level).max().unwrap_or(first.level);
        let _ = write!(html, "<li><b>{}</b> ", sign(Outcome::of(first.kind)));
        let level = self.word(&format!("level_{level}"));
        let level = format!(" <small>{level}</small>");
        let Some(element) = &first.element else {
            let _ = write!(html, "{}{level}</li>", self.said(first));
            return;
        };
        let document = self.document(&first.canvas);
        html.push_str(&self.linked(document, Some(&element.id), &element.name));
        html.push_str(&level);
        for change in changes.iter().map(|change| self.said(change)) {
            if !change.is_empty() {
                let _ = write!(html, "<p>{change}</p>");
            }
        }
        html.push_str("</li>");
    }

    /// What changed, and from what to what, as markup.
    fn said(&self, change: &Change) -> String {
        let said = said(self.handbooks(), change, &self.edition.words);
        let cut = |text: &str| escaped(&shortened(text.into(), LONGEST));
        let values = match (&said.from, &said.to) {
            (Some(from), Some(to)) if change.kind == ChangeKind::Move => {
                format!("{} → {}", cut(from), cut(to))
            }
            (Some(from), Some(to)) => compared(from, to),
            (Some(from), None) => format!("<del>{}</del>", cut(from)),
            (None, Some(to)) => format!("<ins>{}</ins>", cut(to)),
            (None, None) => String::new(),
        };
        let parts = [escaped(&said.what), values].into_iter().filter(|part| !part.is_empty());
        parts.collect::<Vec<_>>().join(": ")
    }
}

/// Two texts as one.
fn compared(before: &str, after: &str) -> String {
    let cut = |text: &str| shortened(text.into(), LONGEST).into_owned();
    let (before, after) = (cut(before), cut(after));
    let mut html = String::new();
    for piece in words::compare(&before, &after) {
        match piece {
            Piece::Same(same) => escape::text(&mut html, same),
            Piece::Cut(cut) => drop(write!(html, "<del>{}</del>", escaped(cut))),
            Piece::Added(added) => drop(write!(html, "<ins>{}</ins>", escaped(added))),
        }
    }
    html
}

fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    escape::text(&mut html, text);
    html
}
