//! Raw HTML, which is shown as text, and comments, which are not shown.

use std::ops::Range;

use super::Walk;
use crate::diagnostic::catalogue;
use crate::markdown::is_line_break;

/// The elements of HTML that people write in Markdown. Others are not HTML but words between angle
/// brackets, which are meant to be shown.
const ELEMENTS: [&str; 66] = [
    "a",
    "abbr",
    "article",
    "aside",
    "audio",
    "b",
    "big",
    "blockquote",
    "body",
    "br",
    "button",
    "caption",
    "center",
    "cite",
    "code",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "font",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "i",
    "iframe",
    "img",
    "input",
    "ins",
    "kbd",
    "li",
    "main",
    "mark",
    "nav",
    "ol",
    "p",
    "picture",
    "pre",
    "s",
    "section",
    "small",
    "span",
    "strong",
    "style",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "u",
    "ul",
];

impl Walk<'_, '_> {
    /// Reports a comment that is opened in a block of HTML and hides the rest of it.
    pub(super) fn comment(&mut self, block: &Range<usize>) {
        let text = self.text;
        let mut at = block.start;
        while let Some(open) = text[at..block.end].find("<!--").map(|open| at + open) {
            // `<!-->` is a whole comment.
            let Some(end) = text[open + 2..block.end].find("-->") else {
                let (line, below) = text[open..block.end].split_once('\n').unwrap_or_default();
                let says_something = line.contains(char::is_alphanumeric);
                let is_paragraph = below.lines().next().is_none_or(|next| next.trim().is_empty());
                let end = open + line.trim_end().len();
                let end = (says_something && is_paragraph).then_some(end);
                let is_line = below.trim().is_empty();
                return self.tell(open..open + 4, |place| {
                    catalogue::comment_never_closed(place, is_line, end)
                });
            };
            at = open + 2 + end + 3;
        }
    }

    /// Reports a comment that is text to the parser: it is opened within a paragraph, and the paragraph
    /// ends before it does.
    pub(super) fn open_comment(&mut self, start: usize) {
        if self.text[start..].starts_with("<!--") {
            self.tell(start..start + 4, catalogue::comment_shown);
        }
    }

    /// Reports the first HTML of the document.
    pub(super) fn html(&mut self, range: Range<usize>) {
        if self.has_html {
            return;
        }
        let html = &self.text[range.clone()];
        if let Some(tag) = first_tag(html) {
            self.has_html = true;
            let start = range.start + tag.start;
            self.tell(start..range.start + tag.end, catalogue::html_as_text);
        }
    }
}

/// The first tag that is shown as text.
fn first_tag(html: &str) -> Option<Range<usize>> {
    let mut at = 0;
    while let Some(open) = html[at..].find('<').map(|open| at + open) {
        let behind = &html[open..];
        if behind.starts_with("<!--") {
            at = open + 2 + behind[2..].find("-->")? + 3;
            continue;
        }
        let name = behind[1..].trim_start_matches('/');
        let name = name.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("");
        if ELEMENTS.contains(&name.to_ascii_lowercase().as_str()) {
            let end = open + behind.find('>').map_or(behind.len(), |end| end + 1);
            if !is_line_break(&html[open..end]) {
                return Some(open..end);
            }
        }
        at = open + 1;
    }
    None
}
