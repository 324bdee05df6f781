//! The details of an element or a department as one line of markup.

use super::escape;
use super::links::LinksHtml;
use super::words::Words;

/// The details of an element, as a line of parts with points between them; nothing without parts.
pub struct RunIn<'h> {
    html: &'h mut String,
    words: &'h Words,
    is_open: bool,
}

impl<'h> RunIn<'h> {
    /// Begins a line without parts.
    pub fn new(html: &'h mut String, words: &'h Words) -> Self {
        Self { html, words, is_open: false }
    }

    /// Adds markup, unless it is empty.
    pub fn part(&mut self, part: &str) {
        if !part.is_empty() {
            self.begin();
            self.html.push_str(part);
        }
    }

    /// Adds a text, unless it is empty.
    pub fn text(&mut self, text: &str) {
        if !text.is_empty() {
            self.begin();
            escape::text(self.html, text);
        }
    }

    /// Adds links after a word of the interface, unless there are none.
    pub fn links(&mut self, word: &str, links: &LinksHtml) {
        if links.as_str().is_empty() {
            return;
        }
        self.begin();
        match self.words.foreign() {
            None => escape::text(self.html, word),
            Some(lang) => {
                self.html.push_str("<span lang=\"");
                escape::attribute(self.html, lang);
                self.html.push_str("\">");
                escape::text(self.html, word);
                self.html.push_str("</span>");
            }
        }
        self.html.push(' ');
        self.html.push_str(links.as_str());
    }

    fn begin(&mut self) {
        let before = if self.is_open { " · " } else { "<p class=\"about\">" };
        self.html.push_str(before);
        self.is_open = true;
    }

    /// Ends the line.
    pub fn close(self) {
        if self.is_open {
            self.html.push_str("</p>\n");
        }
    }
}
