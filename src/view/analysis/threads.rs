//! What an element needs, and what would happen to others without it.

use super::Analysis;
use crate::handbook::{ElementKey, Loss, Place, Spot, needs};
use crate::view::links::{self, LinksHtml};
use crate::view::{LinkView, escape};

/// How many elements have a section. The work for each grows with the canvas, and nobody reads
/// more.
const MOST_SECTIONS: usize = 120;

/// How many elements of other canvases are named.
const MOST_ELSEWHERE: usize = 20;

/// The beginning of a section's anchor.
pub(super) const WITHOUT: &str = "_without/";

impl Analysis<'_> {
    /// What would happen without each element on which any other depends, by block in the reading order, and
    /// how many elements are left out.
    pub(super) fn threads(&self) -> (String, usize) {
        let words = [
            "thread_needs",
            "thread_falls",
            "thread_weakened",
            "thread_no_longer_incurred",
            "thread_incurred_less",
            "thread_relies_on",
        ];
        let language = self.words_language();
        let terms = words.map(|key| {
            let mut html = format!("<dt{language}>");
            escape::text(&mut html, self.words.get(key));
            html + "</dt><dd>"
        });
        let mut elements: Vec<u32> = self.supporters().collect();
        let more = elements.len().saturating_sub(MOST_SECTIONS);
        elements.sort_by_key(|element| (self.canvas.elements.block(*element), *element));
        let mut html = String::new();
        let mut last = None;
        for element in elements.into_iter().take(MOST_SECTIONS) {
            let block = self.canvas.elements.block(element);
            if last.replace(block) != Some(block) {
                html.push_str("<h3>");
                escape::text(&mut html, &self.edition.block_label(self.index, block));
                html.push_str("</h3>\n");
            }
            self.push_thread(&mut html, element, &terms);
        }
        (html, more)
    }

    /// The elements on which any other depends, including those of other canvases.
    fn supporters(&self) -> impl Iterator<Item = u32> {
        let count = u32::try_from(self.canvas.elements.len()).unwrap_or(u32::MAX);
        (0..count).filter(|element| self.has_section(*element))
    }

    /// Whether any other element depends on one.
    pub(super) fn has_section(&self, element: u32) -> bool {
        let kind = &self.canvas.kind;
        let mut neighbours = self.neighbours.of(element);
        neighbours.any(|it| it.depends(kind)) || self.is_relied_on(element)
    }

    fn is_relied_on(&self, element: u32) -> bool {
        let references = self.edition.handbook.backlinks_of(self.index, Spot::Element(element));
        references.iter().any(|reference| {
            matches!(reference.from.spot, Spot::Element(_)) && reference.from.document != self.index
        })
    }

    fn push_thread(&self, html: &mut String, element: u32, terms: &[String; 6]) {
        let Self { canvas, neighbours, .. } = self;
        let loss = Loss::of(&self.edition.handbook, self.index, canvas, neighbours, &[element]);
        let id = self.entry.elements.at(element).id;
        html.push_str("<h4 id=\"");
        html.push_str(WITHOUT);
        escape::attribute(html, id);
        html.push_str("\">");
        self.push_link(html, element);
        html.push_str("</h4>\n<dl>");
        let needed = needs(canvas, neighbours, element);
        let needed: Vec<u32> = needed.into_iter().map(|step| step.element).collect();
        let falls: Vec<u32> = loss.falls.iter().map(|step| step.element).collect();
        let lists =
            [&needed, &falls, &loss.weakened, &loss.no_longer_incurred, &loss.incurred_less];
        for (term, elements) in terms.iter().zip(lists) {
            if !elements.is_empty() {
                html.push_str(term);
                self.push_names(html, elements.iter().copied());
                html.push_str("</dd>");
            }
        }
        if !loss.relies_on.is_empty() {
            html.push_str(&terms[5]);
            let mut links: LinksHtml = loss
                .relies_on
                .iter()
                .take(MOST_ELSEWHERE)
                .map(|key| self.elsewhere(*key))
                .collect();
            links.more(loss.relies_on.len().saturating_sub(MOST_ELSEWHERE));
            html.push_str(links.as_str());
            html.push_str("</dd>");
        }
        html.push_str("</dl>\n");
    }

    /// An element of another canvas.
    fn elsewhere(&self, key: ElementKey) -> LinkView {
        let place = Place { document: key.document, spot: Spot::Element(key.element) };
        LinkView {
            title: self.edition.full_title(place),
            url: Some(self.edition.url(&self.path, place)),
        }
    }

    /// Appends the address of the details of an element: its section, else the canvas's page.
    pub(super) fn push_section_url(&self, html: &mut String, element: u32) {
        let id = self.entry.elements.at(element).id;
        if self.has_section(element) {
            links::push_url(html, "", &format!("{WITHOUT}{id}"));
        } else {
            html.push_str(&self.canvas_url);
            links::push_url(html, "", id);
        }
    }
}
