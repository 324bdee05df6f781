//! The head of a canvas's page: its facts, its introduction, its other sections, and the references
//! to it.

use super::{FactView, Page, SectionView};
use crate::front_matter::Date;
use crate::handbook::DocumentIndex;
use crate::source::Span;
use crate::view::edition::Edition;
use crate::view::markup::without;
use crate::view::{BacklinksView, EntryView, LinkView, comparison, folder, history};

/// How many scenarios are named at the head of their base; the page of comparisons has all.
const MOST_SCENARIOS: usize = 8;

impl Page<'_> {
    /// The facts in the front matter.
    pub(super) fn facts(&self) -> Vec<FactView> {
        let front = &self.document.front;
        let text = |title: &str| LinkView { title: title.to_owned(), url: None };
        let mut facts = Vec::new();
        let mut add = |key: &str, values: Vec<LinkView>, date: Option<Date>| {
            if !values.is_empty() {
                let datetime = date.map(|date| date.to_string());
                facts.push(FactView { key: key.to_owned(), values, datetime });
            }
        };
        let (edition, path) = (self.edition, self.path);
        let stages = front.stage.iter().map(|stage| Edition::stage(path, *stage));
        add("stage", stages.collect(), None);
        let owners = front.owner.iter().map(|owner| edition.owner(path, owner));
        add("owner", owners.collect(), None);
        let day = |date: Option<Date>| date.iter().map(|d| text(&self.words.date(*d))).collect();
        // A canvas is dated when it is written and when it is reviewed: often on the same day.
        let date = front.date.filter(|date| Some(*date) != front.reviewed);
        add("date", day(date), date);
        add("version", front.version.iter().map(|version| text(version)).collect(), None);
        let is_unknown = front.last_review().is_none() && self.document.reviews().next().is_some();
        match is_unknown {
            true => add("reviewed", vec![text(self.words.get("never_reviewed"))], None),
            false => add("reviewed", day(front.reviewed), front.reviewed),
        }
        let next = self.document.next_review();
        let is_over = next.is_some_and(|next| edition.handbook.is_over(next));
        add(if is_over { "review_due" } else { "next_review" }, day(next), next);
        if let Some(changed) = history::last_changed(edition, self.index) {
            let url = path.link(&history::path(edition, self.index), None);
            let title = self.words.date(changed);
            add("last_changed", vec![LinkView { title, url: Some(url) }], Some(changed));
        }
        let link = |index: &DocumentIndex| LinkView {
            title: edition.entry(*index).document.title.clone(),
            url: Some(path.link(edition.path(*index), None)),
        };
        let base = self.entry.based_on.filter(|base| *base != self.index);
        add("scenario_of", base.iter().map(link).collect(), None);
        let scenarios = edition.handbook.scenarios.of(self.index);
        add("scenarios", scenarios.iter().take(MOST_SCENARIOS).map(link).collect(), None);
        add("compared_canvas", comparison::page::links(edition, path, self.index), None);
        add("tags", front.tags.iter().map(|tag| edition.tag(path, tag)).collect(), None);
        facts
    }

    /// The text before the first block, without the heading that is the page's title.
    pub(super) fn introduction(&mut self) -> String {
        let spans = without(self.canvas.introduction, self.document.title_heading);
        self.html(&spans)
    }

    /// The sections that are shown.
    pub(super) fn sections(&mut self) -> Vec<SectionView> {
        let mut sections = Vec::new();
        for (place, section) in self.canvas.sections.iter().enumerate() {
            if !self.edition.handbook.shows_section(self.index, place) {
                continue;
            }
            let html = self.html(&[section.body]);
            let heading = section.heading.map(|index| &self.document.headings[index as usize]);
            // Nothing can refer to a bold line, but the contents link to it.
            let id = heading.map_or_else(|| format!("_section-{place}"), |h| h.id.clone());
            sections.push(SectionView { id, title: section.title.clone(), html });
        }
        sections
    }

    /// The other documents in the folder whose page the canvas is. At the root they are in the list
    /// of canvases.
    pub(super) fn section_entries(&self) -> (Vec<EntryView>, usize) {
        let section = self.edition.section_of(self.index);
        if section.own_page != Some(self.index) || section.folder.is_empty() {
            return (Vec::new(), 0);
        }
        let lang = self.edition.language(self.index);
        folder::entries(self.edition, self.path, section, &section.documents, lang)
    }

    /// Whole Markdown blocks as HTML.
    pub(super) fn html(&mut self, spans: &[Span]) -> String {
        let (edition, path, index) = (self.edition, self.path, self.index);
        let links = |link: usize| edition.destination(path, index, link);
        let mut html = spans.iter().map(|span| self.markup.blocks(*span, &links));
        // Most have one.
        let first = html.next().unwrap_or_default();
        html.fold(first, |html, next| html + &next)
    }

    /// The inside of a paragraph as HTML.
    pub(super) fn inline(&mut self, span: Span) -> String {
        let (edition, path, index) = (self.edition, self.path, self.index);
        self.markup.inline(span, &|link: usize| edition.destination(path, index, link))
    }

    /// The footnotes that the page has referred to.
    pub(super) fn footnotes(&mut self) -> String {
        let (edition, path, index) = (self.edition, self.path, self.index);
        let back = self.words.get("back_to_reference");
        self.markup.footnotes(back, &|link: usize| edition.destination(path, index, link))
    }

    /// The references to the canvas or a spot in it from other pages.
    pub(super) fn page_backlinks(&self) -> BacklinksView {
        let references = self.edition.handbook.backlinks(self.index);
        let foreign = references.iter().filter(|r| r.from.document != self.index);
        self.edition.backlinks_by_document(self.path, foreign, self.words)
    }
}
