//! The page of a canvas: its poster, its value threads, its activities by department, every block
//! in full, and the references to it. Templates see it as `canvas`.

mod activities;
mod detail;
mod former;
mod head;
mod poster;
mod threads;

use std::cell::OnceCell;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::rc::Rc;

use serde::Serialize;

use super::edition::{At, Content, Edition, Filled, PageKind, theme_file};
use super::entries::Terms;
use super::layout::{ContentsView, LayoutView};
use super::links::LinksHtml;
use super::markup::Markup;
use super::poster::{AreaView, AttributionView, PosterBlockView, attribution, legend};
use super::url::SitePath;
use super::words::Words;
use super::{BacklinksView, EntryView, LinkView};
use super::{analysis, fit, grid};
use crate::canvas::{Canvas, Category, Document, Holder};
use crate::handbook::{DepartmentIndex, DocumentIndex, Entry, Neighbours, Place, Spot, Target};
use crate::kind::labels;
use threads::Threads;

/// The pages of canvases.
pub const PAGE: PageKind = PageKind {
    id: "canvas",
    pages: |edition| {
        let canvases = edition.handbook.canvases();
        canvases.map(|(index, ..)| (edition.path(index).clone(), At::item(index.0))).collect()
    },
    is_of_documents: true,
    content: Content::Page {
        template: theme_file!("templates/canvas.html", "The page of a canvas."),
        view: |edition, at| {
            let view = view(edition, DocumentIndex(at.item));
            Filled::new(view.expect("`pages` lists canvases only"))
        },
    },
    source: |edition, at| Some(edition.source(DocumentIndex(at.item))),
    navigation: |_| Vec::new(),
    is_visited: true,
};

/// The page of a canvas.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct CanvasView {
    /// Its title.
    pub title: String,
    /// One sentence; may be empty.
    pub summary: String,
    /// The kind's id, such as `business-model`.
    pub kind: String,
    /// Stage, owner, date, version, tags … in this order, only those that are given.
    pub facts: Vec<FactView>,
    /// The text before the first block; may be empty.
    pub introduction_html: String,
    /// 1 for up to 60 elements on the poster, 2 for up to 110, 3 above.
    pub density: u8,
    /// The step of the poster's type in print, from 1 for the largest to 9.
    pub type_step: u8,
    /// The poster's blocks, each with the markup of the bands and columns around it.
    pub poster: Vec<PosterBlockView>,
    /// The class of the poster, if its kind has one.
    pub poster_class: Option<String>,
    /// The areas of the poster; empty if all of it has one colour.
    pub areas: Vec<AreaView>,
    /// The author and licence of the kind, if it names an author.
    pub attribution: Option<AttributionView>,
    /// The anchor of the first block that is shown in full; empty if there is none.
    pub below_poster: String,
    /// One row for each element of the offer block; empty if none has a relation.
    pub threads: Vec<ThreadView>,
    /// The address of the analysis: what does not fit together, what the activities serve, and what
    /// depends on what.
    pub analysis_url: String,
    /// The number of gaps: `2 gaps`; empty if there are none.
    pub gaps: String,
    /// The id of the block that `departments` show; empty for a kind without departments.
    pub departments_id: String,
    /// The anchors that they had before their block was renamed.
    pub departments_former: Vec<String>,
    /// Key Activities by department; empty for a kind without departments or without activities.
    pub departments: Vec<DepartmentCardView>,
    /// Departments that only contribute to activities of others; may be empty.
    pub contributors: Vec<ContributorView>,
    /// If there are `departments`: the text of Key Activities before the first of them; may be
    /// empty.
    pub departments_lead_html: String,
    /// If there are `departments`: everything else in Key Activities; may be empty.
    pub departments_rest_html: String,
    /// Every written block in full, in the kind's reading order; Key Activities only if it is not
    /// shown as `departments`.
    pub blocks: Vec<BlockView>,
    /// Other sections of the canvas.
    pub sections: Vec<SectionView>,
    /// For a section's own page: its other documents, then the sections below it, in order; capped.
    pub entries: Vec<EntryView>,
    /// How many entries are not listed.
    pub more_entries: usize,
    /// The references to this canvas from other pages, sorted.
    pub backlinks: BacklinksView,
    /// Footnotes of the canvas; may be empty.
    pub footnotes_html: String,
    /// The front matter's `extra`, for templates of one's own; null if absent.
    pub extra: Option<Box<serde_json::Value>>,
}

/// A fact of the canvas's head.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct FactView {
    /// The key of the interface word: `stage`, `owner`, `date`, `version`, `reviewed`,
    /// `next_review`, `review_due`, `last_changed`, `tags`.
    pub key: String,
    /// Its values; several for tags.
    pub values: Vec<LinkView>,
    /// `2026-09-30` for a date, for the `time` element.
    pub datetime: Option<String>,
}

/// An element of the offer with its thread.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct ThreadView {
    /// From 1.
    pub number: usize,
    /// The element.
    pub title: String,
    /// Its anchor on this page.
    pub anchor: String,
    /// What makes it possible: a paragraph for each block, in reading order, that begins with the
    /// block's label; may be empty.
    pub supply_html: String,
    /// What carries it to people, in the same form; may be empty.
    pub ways_html: String,
    /// Whom it is for, in the same form; may be empty.
    pub people_html: String,
}

/// A department's part of the canvas's key activities.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct DepartmentCardView {
    /// The anchor of the card.
    pub id: String,
    /// The anchors that it had before its block was renamed.
    pub former: Vec<String>,
    /// The department and its page; absent for activities without a department.
    pub department: Option<LinkView>,
    /// Who is responsible for the department in this canvas; empty if nobody is named.
    pub owner: String,
    /// The card's text before its activities; may be empty.
    pub lead_html: String,
    /// How many activities it leads in this canvas.
    pub leads: usize,
    /// The activities that it leads, as a list for each group; may be empty.
    pub activities_html: String,
    /// How many activities the department leads in the whole handbook.
    pub in_handbook: usize,
    /// Its activities' category, who is responsible for it, how much it leads and what it contributes
    /// to, as a paragraph; may be empty.
    pub about_html: String,
}

/// A department that leads no activity of a canvas, but contributes to some.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct ContributorView {
    /// Its anchor.
    pub id: String,
    /// The anchors that it had before its block was renamed.
    pub former: Vec<String>,
    /// The department and its page.
    pub department: LinkView,
    /// The activities that it contributes to, as links.
    pub activities_html: LinksHtml,
}

/// A block in full.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct BlockView {
    /// `channels`; also its anchor.
    pub id: String,
    /// The anchors that it had before it was renamed.
    pub former: Vec<String>,
    /// The class that has its sign, as on the poster.
    pub class: String,
    /// The label as the canvas writes it.
    pub label: String,
    /// The class that has its colour.
    pub area: String,
    /// Its text before the first element; may be empty.
    pub lead_html: String,
    /// Its elements: a list for each group, below the group's heading and text; may be empty.
    pub elements_html: String,
    /// Everything else in it; may be empty.
    pub rest_html: String,
}

/// Another section of the canvas.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct SectionView {
    /// Its anchor.
    pub id: String,
    /// Its heading.
    pub title: String,
    /// Its text.
    pub html: String,
}

/// The values that the parts of a canvas's page are made of.
struct Page<'e> {
    edition: &'e Edition,
    index: DocumentIndex,
    path: &'e SitePath,
    entry: &'e Entry,
    document: &'e Document,
    canvas: &'e Canvas,
    /// The interface words of the page.
    words: &'e Words,
    markup: Markup<'e>,
    neighbours: Neighbours,
    /// The elements that the text of an element links, as pairs of both, sorted.
    linked: Vec<(u32, u32)>,
    threads: Threads,
    /// Each block's label in one or two words, in the canvas's language.
    short_labels: Vec<&'e str>,
    /// Parts that many elements show, each made once: links to departments, categories.
    departments: HashMap<DepartmentIndex, DepartmentHere>,
    categories: BTreeMap<Category, Rc<str>>,
    /// Departments by the headings of the canvas, once they are needed.
    written_titles: OnceCell<HashMap<DepartmentIndex, &'e str>>,
    /// Every anchor of the document, if a block was renamed.
    anchors: OnceCell<HashSet<String>>,
    terms: Terms<'e>,
}

/// A department as a canvas shows it.
struct DepartmentHere {
    /// Its title in this canvas and its page.
    link: LinkView,
    /// The link as markup.
    html: LinksHtml,
}

/// The page of a canvas; `None` for an ordinary document.
pub fn view(edition: &Edition, index: DocumentIndex) -> Option<(LayoutView, CanvasView)> {
    let entry = edition.entry(index);
    let document = &*entry.document;
    let canvas = document.canvas.as_ref()?;
    let path = edition.path(index);
    let neighbours = Neighbours::new(entry);
    let threads = Threads::of(canvas, &neighbours);
    let words = edition.words_of(index);
    let markup = Markup::new(document).with_words(words);
    let mut page = Page {
        edition,
        index,
        path,
        entry,
        document,
        canvas,
        words,
        markup,
        neighbours,
        linked: linked(index, entry),
        threads,
        short_labels: labels::short(&canvas.kind, edition.language(index)),
        departments: HashMap::new(),
        categories: BTreeMap::new(),
        written_titles: OnceCell::new(),
        anchors: OnceCell::new(),
        terms: Terms::of(words),
    };
    let view = page.view();
    let contents = page.contents(&view);
    let mut layout = edition.layout(path, edition.about_document(index), contents);
    // A canvas is read more often than anything else, and most have plain texts only.
    layout.needs_pages_css = !document.is_plain;
    Some((layout, view))
}

impl Page<'_> {
    fn view(&mut self) -> CanvasView {
        // In the order of the page, because footnotes are numbered in the order of their marks.
        let introduction_html = self.introduction();
        let cards = self.cards();
        let has_cards = !cards.is_empty();
        let (mut departments_lead_html, mut departments_rest_html) = Default::default();
        let (mut departments, mut contributors) = Default::default();
        if has_cards {
            departments_lead_html = self.activities_lead();
            (departments, contributors) = self.department_cards(cards);
            departments_rest_html = self.activities_rest();
        }
        let kind = &self.canvas.kind;
        let activities = kind.departments_block();
        let departments_id =
            activities.map_or_else(String::new, |block| kind.block_kind(block).id.clone());
        let departments_former =
            activities.map_or_else(Vec::new, |block| self.former(block, &departments_id));
        let blocks = self.blocks(has_cards);
        let sections = self.sections();
        let poster = self.poster();
        let (entries, more_entries) = self.section_entries();
        let first = departments.first().map(|_| &departments_id);
        let first = first.or_else(|| blocks.first().map(|block| &block.id));
        let handbook = &self.edition.handbook.config.language;
        let mut view = CanvasView {
            title: self.document.title.clone(),
            summary: self.document.front.summary.clone().unwrap_or_default(),
            kind: self.canvas.kind.id.clone(),
            facts: self.facts(),
            introduction_html,
            density: self.density(),
            type_step: 1,
            poster,
            poster_class: grid::poster_class(kind),
            areas: legend(kind, self.edition.language(self.index), handbook),
            attribution: attribution(kind, self.words),
            below_poster: first.cloned().unwrap_or_default(),
            threads: self.thread_views(),
            analysis_url: self.path.link(&analysis::path(self.edition, self.index), None),
            gaps: match self.edition.findings.gaps(self.index).open {
                0 => String::new(),
                open => self.words.counted("gaps_open", open),
            },
            departments_id,
            departments_former,
            departments_lead_html,
            departments_rest_html,
            departments,
            contributors,
            blocks,
            sections,
            entries,
            more_entries,
            backlinks: self.page_backlinks(),
            footnotes_html: self.footnotes(),
            extra: self.document.front.extra.clone(),
        };
        view.type_step = fit::type_step(&fit::Measure {
            title: &view.title,
            summary: &view.summary,
            density: view.density,
            poster: &kind.poster,
            blocks: view.poster.iter().map(|block| &*block.groups).collect(),
        });
        view
    }

    /// The headings of the page, for its contents.
    fn contents(&self, view: &CanvasView) -> Vec<ContentsView> {
        let entry = |title: String, id: &str| ContentsView { title, id: id.to_owned(), level: 2 };
        let word = |key: &str| self.words.owned(key);
        let mut contents = vec![entry(word("poster"), "_poster")];
        if !view.threads.is_empty() {
            contents.push(entry(word("threads"), "_threads"));
        }
        if !view.departments.is_empty() {
            contents.push(entry(word("activities_by_department"), &view.departments_id));
        }
        contents.extend(view.blocks.iter().map(|block| entry(block.label.clone(), &block.id)));
        contents.extend(view.sections.iter().map(|s| entry(s.title.clone(), &s.id)));
        if !view.entries.is_empty() {
            contents.push(entry(word("in_this_folder"), "_in-this-folder"));
        }
        contents
    }
}

/// The elements of a canvas that the text of an element links, as pairs of both, sorted.
fn linked(index: DocumentIndex, entry: &Entry) -> Vec<(u32, u32)> {
    let links = entry.document.links.iter().zip(&entry.targets);
    let mut linked: Vec<(u32, u32)> = links
        .filter_map(|(link, target)| match (link.holder, target) {
            (Holder::Element(from), Target::Place(Place { document, spot: Spot::Element(to) }))
                if *document == index =>
            {
                Some((from, *to))
            }
            _ => None,
        })
        .collect();
    linked.sort_unstable();
    linked
}

/// Adds a link to an element of the canvas that the page shows.
fn push_element(links: &mut LinksHtml, entry: &Entry, element: u32) {
    let title = Edition::element_title(&entry.document, element);
    links.push_anchor(&title, "", entry.elements.at(element).id);
}
