//! Parts of a document's Markdown as HTML that is safe to print as it is.
//!
//! A page shows pieces of a document in many places, an element's name here and its detail there.
//! Plain words and links are written directly from the source (`direct.rs`). For anything else
//! [`Markup`] reads the document once; each piece is then found by its span and written by a walk
//! over the events inside, with no recursion, so that no nesting is too deep. Whatever an author
//! writes, only the tags named in `writer.rs` and `blocks.rs` come out: raw HTML is shown as text,
//! comments are left out, and every value is escaped where it is written.

mod blocks;
mod events;
mod direct;
mod writer;

#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_safety;
#[cfg(test)]
mod tests_words;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::canvas::Document;
use crate::source::Span;
use crate::view::escape;
use crate::view::words::Words;

use events::Events;
use writer::{Mode, Writer};

/// The target of a document's link on the page that shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    /// A URL, percent-encoded as necessary; escaping for HTML is done here. A URL whose scheme is
    /// not one of `https`, `http`, `mailto` and `tel` is shown as text all the same.
    Url {
        /// The URL, relative to the page or absolute.
        url: String,
        /// The tooltip; without it, the title that the author wrote, if any.
        title: Option<String>,
        /// Whether it leaves the site: such a link has the class `external`.
        external: bool,
    },
    /// Nothing: only the link's text, or an image's alternative text, is shown.
    Text,
}

/// A function that returns the target of `document.links[index]`.
pub type Links<'l> = &'l dyn Fn(usize) -> Destination;

/// The target of a link; nothing if its scheme is unsafe.
fn destination(index: usize, links: Links) -> Destination {
    match links(index) {
        Destination::Url { url, .. } if !escape::is_safe_url(&url) => Destination::Text,
        destination => destination,
    }
}

/// A span without a part of it.
pub fn without(span: Span, hole: Option<Span>) -> Vec<Span> {
    match hole.filter(|hole| span.contains(*hole)) {
        Some(hole) => vec![
            Span { start: span.start, end: hole.start },
            Span { start: hole.end, end: span.end },
        ],
        None => vec![span],
    }
}

/// A document that is shown on one page.
///
/// Ids on the page stay distinct: a heading that is shown twice has its id the first time only, and
/// the ids of footnotes, `_fn-1` and `_fn-1-1`, start with `_` like all ids that authors cannot
/// give.
pub struct Markup<'d> {
    /// The events, read once a piece is more than words and links.
    events: Option<Events<'d>>,
    shown: Shown<'d>,
    /// Whether words are themselves wherever they are: the document has no code, HTML or deletion.
    is_wordy: bool,
}

/// The document, and the parts of it that have been shown.
struct Shown<'d> {
    document: &'d Document,
    /// The words of the page.
    words: Option<&'d Words>,
    /// For each of [`Document::headings`], whether its id is on the page.
    anchors: Vec<bool>,
    /// For each of [`Document::paragraphs`], whether its id is on the page.
    paragraphs: Vec<bool>,
    /// The footnotes that were referred to, in the order of their first references.
    footnotes: Vec<Footnote>,
    /// Their indexes in that list, by their definitions.
    numbers: BTreeMap<usize, usize>,
}

impl<'d> Shown<'d> {
    fn new(document: &'d Document) -> Self {
        let anchors = vec![false; document.headings.len()];
        let paragraphs = vec![false; document.paragraphs.len()];
        Self {
            document,
            words: None,
            anchors,
            paragraphs,
            footnotes: Vec::new(),
            numbers: BTreeMap::new(),
        }
    }

    /// Counts a reference to a footnote: its number on the page, and which of its references this is.
    fn refer(&mut self, definition: usize) -> (usize, usize) {
        let at = *self.numbers.entry(definition).or_insert(self.footnotes.len());
        if at == self.footnotes.len() {
            self.footnotes.push(Footnote { definition, references: 0 });
        }
        self.footnotes[at].references += 1;
        (at + 1, self.footnotes[at].references)
    }
}

/// A footnote that was referred to.
struct Footnote {
    /// The index of its definition's start among the events.
    definition: usize,
    /// How often it was referred to.
    references: usize,
}

impl<'d> Markup<'d> {
    /// Makes the markup of a document of which nothing has been shown yet.
    pub fn new(document: &'d Document) -> Self {
        let body = document.body.of(&document.text);
        let is_mark = |byte| matches!(byte, b'<' | b'~');
        let is_written = body.bytes().fold(false, |found, byte| found | is_mark(byte));
        let is_written = is_written || body.contains("%%") || body.contains("==");
        let is_wordy = document.is_plain && document.paragraphs.is_empty() && !is_written;
        Self { events: None, shown: Shown::new(document), is_wordy }
    }

    /// Sets the words of the page, for parts that are shown as a word.
    pub fn with_words(mut self, words: &'d Words) -> Self {
        self.shown.words = Some(words);
        self
    }

    /// The Markdown blocks in `span`: a paragraph, a list, a section, the whole body. Inline content
    /// that is alone becomes a paragraph, items without their list get one. The heading that is the
    /// document's title is left out, since the page shows the title itself.
    pub fn blocks(&mut self, span: Span, links: Links) -> String {
        self.blocks_shifted(span, 0, links)
    }

    /// Like [`Self::blocks`], with headings `shift` levels deeper, for a part that is below others.
    pub fn blocks_shifted(&mut self, span: Span, shift: u8, links: Links) -> String {
        self.write(span, Mode::Blocks { shift }, links)
    }

    /// The inline content in `span`, which may start and end in the middle of a text, without a
    /// paragraph around it. If the span cuts through a link or a deletion, its part keeps that
    /// meaning; if it cuts through emphasis, that is dropped, since it applied to the whole.
    pub fn inline(&mut self, span: Span, links: Links) -> String {
        let mut html = self.write(span, Mode::Inline, links);
        html.truncate(html.trim_end().len());
        let blank = html.len() - html.trim_start().len();
        html.drain(..blank);
        html
    }

    /// The visible text in `span`, without any markup, on one line; not escaped.
    pub fn plain_text(&mut self, span: Span) -> String {
        let document = self.shown.document;
        let events = self.events.get_or_insert_with(|| Events::read(document));
        // This does not appear on the page, so nothing that was shown changes.
        let mut shown = Shown::new(document);
        let first = events.first(span.start);
        let text = Writer::new(events, &mut shown, span, Mode::Plain, &|_| Destination::Text)
            .write_from(first);
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The footnotes that the parts written so far refer to, as a list; empty if there are none.
    /// `back` names the links back, together with a number: `Back to reference 2`. Call this last.
    pub fn footnotes(&mut self, back: &str, links: Links) -> String {
        let mut texts = Vec::new();
        // A part that refers to a footnote was written from the events.
        let Some(events) = &self.events else { return String::new() };
        // A footnote may refer to another one, which then joins the end of the list.
        while let Some(footnote) = self.shown.footnotes.get(texts.len()) {
            let definition = footnote.definition;
            let span = Span::from(events.list[definition].1.clone());
            let mode = Mode::Blocks { shift: 0 };
            let writer = Writer::new(events, &mut self.shown, span, mode, links);
            texts.push(writer.write_from(definition + 1));
        }
        if texts.is_empty() {
            return String::new();
        }
        let mut html = "<ol class=\"footnotes\">\n".to_owned();
        for (at, (text, footnote)) in texts.iter().zip(&self.shown.footnotes).enumerate() {
            let number = at + 1;
            let (text, close) = match text.strip_suffix("</p>\n") {
                Some(text) => (text, "</p>\n"),
                None => (text.as_str(), ""),
            };
            let _ = write!(html, "<li id=\"_fn-{number}\">{text}");
            back_links(&mut html, number, footnote.references, back);
            html.push_str(close);
            html.push_str("</li>\n");
        }
        html + "</ol>\n"
    }

    fn write(&mut self, span: Span, mode: Mode, links: Links) -> String {
        let document = self.shown.document;
        let written = match mode {
            _ if !self.is_wordy => None,
            Mode::Inline => direct::inline(document, span, links),
            Mode::Blocks { .. } => direct::blocks(document, span, links),
            Mode::Plain => None,
        };
        written.unwrap_or_else(|| {
            let events = self.events.get_or_insert_with(|| Events::read(document));
            let first = events.first(span.start);
            Writer::new(events, &mut self.shown, span, mode, links).write_from(first)
        })
    }
}

/// Links from a footnote to each place that refers to it.
fn back_links(html: &mut String, number: usize, references: usize, back: &str) {
    for reference in 1..=references {
        let _ = write!(html, " <a class=\"back\" href=\"#_fn-{number}-{reference}\" aria-label=\"");
        escape::attribute(html, back);
        let _ = write!(html, " {number}");
        if reference > 1 {
            let _ = write!(html, "-{reference}");
        }
        html.push_str("\">↩</a>");
    }
}
