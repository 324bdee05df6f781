//! The page of two canvases that are compared, drawn on the poster of their kind. Templates see it as
//! `comparison`.

use std::fmt::Write as _;

use serde::Serialize;

use super::{Drawn, DrawnBlock, DrawnEntry, Handbooks, counted, draw, said, sign, title};
use crate::comparison::word_diff::{self, Piece};
use crate::comparison::{
    Between, Change, ChangeKind, Compared, Comparison, Outcome, Side, canvases,
};
use crate::handbook::{Beside, DocumentIndex, Entry, Place};
use crate::source::SourcePath;
use crate::view::areas;
use crate::view::axes;
use crate::view::edition::{
    About, At, Content, Edition, Filled, PageKind, ThemeFile, shortened, theme_file,
};
use crate::view::grid::{self, Step};
use crate::view::layout::LayoutView;
use crate::view::table::attribute;
use crate::view::url::SitePath;
use crate::view::{LinkView, escape};

/// The template of the pages, and of the file that `canvasbook diff` prints.
pub const TEMPLATE: ThemeFile = theme_file!(
    "templates/comparison.html",
    "What a scenario changes, or what two canvases or two states of a handbook do not share."
);

/// The path that a page has which the site does not have.
pub const FILE: &str = "comparison.html";

/// The pages of canvases that are compared.
pub const PAGE: PageKind = PageKind {
    id: "comparison",
    pages: |edition| {
        let pairs = (0u32..).zip(edition.handbook.scenarios.pairs());
        pairs.map(|(at, pair)| (path(edition, *pair), At::item(at))).collect()
    },
    is_of_documents: false,
    content: Content::Page {
        template: TEMPLATE,
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

/// How many changes are listed; `canvasbook diff` prints all.
pub(in crate::view) const MOST_CHANGES: usize = 300;

/// How many elements of a block are named.
const MOST_NAMED: usize = 60;

/// The number of characters after which a text is cut.
pub(super) const LONGEST: usize = 600;

/// The differences between a scenario and its base, between two canvases, or between two states of a
/// handbook.
#[derive(Clone, Debug, Default, PartialEq, Hash, Serialize)]
pub struct ComparisonView {
    /// The titles of the two canvases; `Changes` if there are several.
    pub title: String,
    /// How many elements were added, removed, moved, changed and are unchanged; or that nothing
    /// differs.
    pub lede: String,
    /// The compared revisions, as git names them; empty on pages of two canvases.
    pub revisions: String,
    /// The canvases that differ. On pages of two canvases there is one.
    pub canvases: Vec<ComparedView>,
    /// Others that differ and are not drawn, each with the number of differences, as a list; may be
    /// empty.
    pub more_html: String,
    /// The effects of the changes, as a list; empty if there are none.
    pub impact_html: String,
    /// The findings that only one side has, as lists below headings; empty on pages of the site.
    pub findings_html: String,
    /// Who is responsible for what changed or is affected.
    pub owners: Vec<LinkView>,
    /// The departments that the changes concern.
    pub departments: Vec<LinkView>,
}

/// A canvas that is compared.
#[derive(Clone, Debug, Default, PartialEq, Hash, Serialize)]
pub struct ComparedView {
    /// Its title, with that of the other one if they differ.
    pub title: String,
    /// How many of its elements were added, removed, moved, changed and are unchanged.
    pub lede: String,
    /// The scenario, or the canvas that names the other one, and its page; absent if it is gone.
    pub after: Option<LinkView>,
    /// Its base, or the canvas that is named, and its page; absent if it is new.
    pub before: Option<LinkView>,
    /// The blocks of the poster with their elements and what happened to each.
    pub poster_html: String,
    /// Blocks that the poster of the kind does not have; may be empty.
    pub others_html: String,
    /// The author and licence of the kind of canvas, with links.
    pub attribution_html: String,
    /// The changes by block, as lists; empty if nothing differs.
    pub changes_html: String,
    /// How many changes are not listed.
    pub more: usize,
}

/// The path of the page of two canvases. A canvas has one base, and names one other canvas besides.
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
    /// How many are named; the page of comparisons has all.
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

/// The page of two canvases of the handbook.
pub fn view(edition: &Edition, pair: Beside) -> (LayoutView, ComparisonView) {
    let (path, words) = (path(edition, pair), &edition.words);
    let comparison = compare(edition, pair);
    let handbooks = Handbooks { before: &edition.handbook, after: &edition.handbook };
    let page = Page {
        edition,
        path: &path,
        handbooks,
        links: Links::Canvases,
        comparison: &comparison,
        most: MOST_CHANGES,
        room: usize::MAX,
    };
    let view = page.view(String::new());
    let index = LinkView {
        title: words.owned("comparisons"),
        url: Some(path.link(&super::index::path(1), None)),
    };
    let about = About {
        title: view.title.clone(),
        description: view.lede.clone(),
        breadcrumbs: vec![Edition::home_crumb(&path, words), index],
        ..About::default()
    };
    (edition.layout(&path, about, Vec::new()), view)
}

/// A page of any comparison, which the site does not have, as it would be at [`FILE`]. `edition` is that of the
/// later state; `revisions` are the revisions as typed.
pub fn of_comparison(
    edition: &Edition,
    handbooks: Handbooks<'_>,
    comparison: &Comparison,
    revisions: Option<&str>,
) -> (LayoutView, ComparisonView) {
    let path = SitePath::new(FILE);
    let links = if revisions.is_some() { Links::Either } else { Links::Canvases };
    let (most, room) = (usize::MAX, usize::MAX);
    let page = Page { edition, path: &path, handbooks, links, comparison, most, room };
    let view = page.view(revisions.unwrap_or_default().to_owned());
    let about =
        About { title: view.title.clone(), description: view.lede.clone(), ..About::default() };
    (edition.layout(&path, about, Vec::new()), view)
}

/// The values that a page is made of.
pub(in crate::view) struct Page<'p> {
    pub(in crate::view) edition: &'p Edition,
    pub(in crate::view) path: &'p SitePath,
    pub(in crate::view) handbooks: Handbooks<'p>,
    pub(in crate::view) links: Links,
    pub(in crate::view) comparison: &'p Comparison,
    /// How many changes of a canvas are listed.
    pub(in crate::view) most: usize,
    /// The number of bytes of canvases after which others are only named.
    pub(in crate::view) room: usize,
}

/// The pages that names on a page lead to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::view) enum Links {
    /// The pages of the two canvases, which the edition has.
    Canvases,
    /// The pages of the edition, though it may be a later state than both.
    Now,
    /// The pages that both states have: it is unknown which of the two is published.
    Either,
}

impl<'p> Page<'p> {
    pub(in crate::view) fn view(&self, revisions: String) -> ComparisonView {
        let (words, comparison) = (&self.edition.words, self.comparison);
        let (mut canvases, mut bytes, mut more_html) = (Vec::new(), 0, String::new());
        for compared in &comparison.canvases {
            if bytes > self.room {
                more_html.push_str(&self.named(compared));
                continue;
            }
            let view = self.compared(compared);
            bytes += view.poster_html.len() + view.others_html.len() + view.changes_html.len();
            canvases.push(view);
        }
        let title = match &comparison.canvases[..] {
            [_] => canvases[0].title.clone(),
            _ => words.owned("diff_changes"),
        };
        let counts = counted(&comparison.canvases, words);
        let lede = match comparison.is_empty() || counts.is_empty() {
            true => words.owned("diff_none"),
            false => counts.join(" · "),
        };
        let owners = comparison.owners();
        ComparisonView {
            title,
            lede,
            revisions,
            canvases,
            more_html,
            impact_html: self.impact(),
            findings_html: self.findings(),
            departments: self.departments(),
            owners: owners.keys().map(|owner| self.edition.owner(self.path, owner)).collect(),
        }
    }

    /// A canvas that is not drawn, as an item of a list.
    fn named(&self, compared: &Compared) -> String {
        let words = &self.edition.words;
        let entry = self.handbooks.entries(compared).into_iter().flatten().next_back();
        let Some(document) = entry.map(|entry| &entry.document) else { return String::new() };
        let name = self.linked(self.document(&document.path), None, &document.title);
        let counts = escaped(&counted([compared], words).join(" · "));
        format!("<li>{name} <small>{counts}</small></li>")
    }

    fn compared(&self, compared: &Compared) -> ComparedView {
        let words = &self.edition.words;
        let entries = self.handbooks.entries(compared);
        let link = |entry: Option<&Entry>| {
            let document = &entry?.document;
            let page = self.document(&document.path).map(|document| self.edition.path(document));
            let url = page.map(|page| self.path.link(page, None));
            Some(LinkView { title: document.title.clone(), url })
        };
        let [before, after] = entries.map(link);
        let titles = entries.map(|entry| entry.map(|entry| entry.document.title.clone()));
        let drawn = draw(self.handbooks, compared);
        let attribution = drawn.as_ref().and_then(|drawn| grid::attribution(drawn.kind, words));
        let changes = self.comparison.changes_of(compared);
        ComparedView {
            title: title(titles, words),
            lede: counted([compared], words).join(" · "),
            after,
            before,
            poster_html: drawn.as_ref().map(|drawn| self.poster(drawn)).unwrap_or_default(),
            others_html: drawn.as_ref().map(|drawn| self.others(drawn)).unwrap_or_default(),
            attribution_html: attribution.unwrap_or_default(),
            changes_html: self.changes(&changes[..changes.len().min(self.most)], drawn.as_ref()),
            more: changes.len().saturating_sub(self.most),
        }
    }

    fn word(&self, key: &str) -> String {
        escaped(self.edition.words.get(key))
    }

    /// The blocks in their places.
    fn poster(&self, drawn: &Drawn<'_>) -> String {
        let mut html = String::new();
        let language = &self.edition.handbook.config.language;
        for step in grid::steps(drawn.kind) {
            match step {
                Step::Block(index) => {
                    let block = &drawn.blocks[usize::from(index.0)];
                    self.block(&mut html, block, &axes::place(drawn.kind, index, language));
                }
                step => grid::push(&mut html, step, drawn.kind, language),
            }
        }
        html
    }

    /// Blocks that have no place on the poster.
    fn others(&self, drawn: &Drawn<'_>) -> String {
        let mut html = String::new();
        for block in &drawn.others {
            self.block(&mut html, block, "");
        }
        html
    }

    /// Writes a block, and the labels of a matrix's axes for it.
    fn block(&self, html: &mut String, block: &DrawnBlock<'_>, place: &str) {
        let DrawnBlock { kind, index, label, .. } = *block;
        let area = areas::class(kind, index);
        let class = grid::block_class(kind.block_kind(index));
        let label = escaped(label);
        let _ =
            write!(html, "<section class=\"block {area} {class}\"><h3><span>{label}</span></h3>");
        axes::push_place(html, place);
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
        let Handbooks { before, after } = self.handbooks;
        let after = entry.pair.after.filter(|_| !entry.has_left).map(|key| (after, key));
        let side = after.or_else(|| Some((before, entry.pair.before?)));
        let side = side.map(|(handbook, key)| (handbook.entry(key.document), key.element));
        let id = side.map(|(entry, element)| entry.elements.at(element).id);
        let document = side.and_then(|(entry, _)| self.document(&entry.document.path));
        html.push_str(&self.linked(document, id, &entry.name));
        html.push_str("</li>");
    }

    /// A name that links to a place in a document.
    pub(super) fn linked(
        &self,
        document: Option<DocumentIndex>,
        anchor: Option<&str>,
        name: &str,
    ) -> String {
        let name = escaped(&shortened(name.into(), 200));
        let Some(document) = document else { return name };
        // A place that existed then need not exist now.
        let is_there = |anchor: &&str| self.links != Links::Now || self.has(document, anchor);
        let anchor = anchor.filter(is_there);
        let url = attribute(&self.path.link(self.edition.path(document), anchor));
        format!("<a href=\"{url}\">{name}</a>")
    }

    /// Whether the page of a document has an anchor.
    fn has(&self, document: DocumentIndex, anchor: &str) -> bool {
        let place = |spot| Place { document, spot };
        let mut spots = self.edition.entry(document).spots();
        spots.any(|(spot, _)| self.edition.anchor(place(spot)).as_deref() == Some(anchor))
    }

    /// The document with a path, if it is known that the site has a page of it.
    pub(super) fn document(&self, path: &SourcePath) -> Option<DocumentIndex> {
        let is_published = match self.links {
            Links::Canvases | Links::Now => true,
            Links::Either => self.handbooks.before.document(path).is_some(),
        };
        self.edition.handbook.document(path).filter(|_| is_published)
    }

    /// Whether a canvas is the only one that is compared.
    pub(super) fn is_own(&self, path: &SourcePath) -> bool {
        match &self.comparison.canvases[..] {
            [one] => self.handbooks.paths(one).contains(&Some(path.as_str())),
            _ => false,
        }
    }

    /// The changes below the labels of their blocks, those of one element in one item.
    fn changes(&self, changes: &[Change], drawn: Option<&Drawn<'_>>) -> String {
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

    /// The changes of an element, or a single change of the canvas or a block.
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

    /// A change and its values before and after, as markup.
    fn said(&self, change: &Change) -> String {
        let said = said(self.handbooks, change, &self.edition.words);
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
    for piece in word_diff::compare(&before, &after) {
        match piece {
            Piece::Same(same) => escape::text(&mut html, same),
            Piece::Cut(cut) => drop(write!(html, "<del>{}</del>", escaped(cut))),
            Piece::Added(added) => drop(write!(html, "<ins>{}</ins>", escaped(added))),
        }
    }
    html
}

pub(super) fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    escape::text(&mut html, text);
    html
}
