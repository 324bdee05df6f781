//! Reports parts that no reader of the site will see, or will see as source, at their places.
//!
//! This is one walk over the events of the Markdown. It is about text that looks like something
//! else, so code is skipped.

mod attributes;
mod code;
mod footnotes;
mod html;
mod links;
pub(super) mod misplaced;
pub(super) mod shapes;

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Tag, TagEnd};

use super::Reader;
use crate::diagnostic::{Diagnostic, catalogue};
use crate::markdown::{self, Unclosed};
use crate::source::{Location, SourcePath, Span};

use footnotes::Footnotes;
use links::Brackets;

/// The properties of a document that the walk needs.
pub(super) struct Known<'k> {
    /// The attribute lists that were read and the comments, in order.
    pub hidden: &'k [Span],
    /// The comment that is not closed.
    pub unclosed: Option<Unclosed>,
    /// The heading that is the title.
    pub title: Option<Span>,
    pub is_canvas: bool,
    /// The text that was read.
    pub body: Span,
}

/// Reports what is not read of a document. Returns the footnotes that are shown nowhere.
pub(super) fn tell(reader: &mut Reader<'_, '_>, known: &Known<'_>) -> Box<[Span]> {
    let mut walk = Walk {
        path: reader.path,
        text: reader.text,
        hidden: known.hidden,
        title: known.title,
        labels: &reader.labels,
        is_canvas: known.is_canvas,
        diagnostics: &mut *reader.diagnostics,
        brackets: Brackets::default(),
        footnotes: Footnotes::default(),
        has_html: false,
        is_code: false,
        begins: false,
        cell_end: 0,
        line: 0..0,
        numbered: 0..0,
    };
    if let Some(Unclosed { mark, is_paragraph }) = known.unclosed {
        let made = |place| catalogue::percent_comment_never_closed(place, is_paragraph);
        walk.tell(mark.range(), made);
    }
    walk.unused_definitions(known.body, reader.events);
    for (event, range) in reader.events {
        walk.event(event, range);
    }
    std::mem::take(&mut walk.footnotes).finish(&mut walk)
}

struct Walk<'w, 't> {
    path: &'w SourcePath,
    text: &'t str,
    hidden: &'w [Span],
    title: Option<Span>,
    labels: &'w [Span],
    is_canvas: bool,
    diagnostics: &'w mut Vec<Diagnostic>,
    /// The open brackets of the paragraph.
    brackets: Brackets,
    footnotes: Footnotes<'w>,
    /// Whether HTML has been reported: once per file is enough.
    has_html: bool,
    is_code: bool,
    /// Whether the next event is the first one in its paragraph.
    begins: bool,
    /// The end of the last cell of the table's row.
    cell_end: usize,
    /// The part of a line that was searched last, to its end.
    line: Range<usize>,
    /// The last numbered list that ended.
    numbered: Range<usize>,
}

impl<'w> Walk<'w, '_> {
    fn event(&mut self, event: &'w Event<'_>, range: &Range<usize>) {
        let begins = std::mem::replace(&mut self.begins, false);
        match event {
            Event::Text(_) if self.is_code => {}
            Event::Text(text) => self.words(text, range, begins),
            Event::Start(Tag::Strong) if self.is_canvas && !begins => self.bold_line(range),
            Event::Start(tag) => self.start(tag, range),
            Event::End(TagEnd::CodeBlock) => self.is_code = false,
            Event::End(TagEnd::TableCell) => self.cell_end = range.end,
            Event::End(TagEnd::TableRow) => self.surplus_cells(range),
            Event::End(TagEnd::FootnoteDefinition) => self.footnotes.end(),
            Event::End(TagEnd::List(true)) => self.numbered = range.clone(),
            Event::InlineHtml(_) => self.html(range.clone()),
            Event::FootnoteReference(name) => {
                self.footnotes.refer(name, range, !self.is_in_label(range));
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: &'w Tag<'_>, range: &Range<usize>) {
        match tag {
            Tag::Paragraph | Tag::Item | Tag::Heading { .. } | Tag::TableCell => {
                self.brackets.clear();
                self.begins = true;
            }
            Tag::CodeBlock(kind) => {
                self.is_code = true;
                match kind {
                    CodeBlockKind::Fenced(language) => {
                        if self.fence(range) && self.is_canvas && language.is_empty() {
                            self.fenced_list(range);
                        }
                    }
                    CodeBlockKind::Indented if self.is_canvas => self.indented(range),
                    CodeBlockKind::Indented => {}
                }
            }
            Tag::List(None) if self.is_canvas => self.below_number(range),
            Tag::HtmlBlock => {
                self.comment(range);
                self.html(range.clone());
            }
            Tag::Link { link_type: LinkType::WikiLink { .. }, .. }
                if self.text[range.clone()].starts_with('!') =>
            {
                self.tell(range.clone(), catalogue::embedded_document);
            }
            Tag::FootnoteDefinition(label) => self.footnotes.define(label, range),
            _ => {}
        }
    }

    /// Whether a place is in a label.
    fn is_in_label(&self, range: &Range<usize>) -> bool {
        let at = self.labels.partition_point(|label| label.range().end <= range.start);
        self.labels.get(at).is_some_and(|label| label.range().contains(&range.start))
    }

    /// Checks text, as the parser sees it.
    fn words(&mut self, text: &str, range: &Range<usize>, begins: bool) {
        let before = &self.text[..range.start];
        let slashes = before.len() - before.trim_end_matches('\\').len();
        let is_escaped = slashes % 2 == 1;
        match text.as_bytes() {
            [b'['] | [b'!', b'['] if !is_escaped => self.open_bracket(range),
            [b']'] => self.close_bracket(range),
            [b'*'] if !is_escaped => {
                if begins {
                    self.bold(range.start);
                }
            }
            [b'<', ..] if !is_escaped => self.open_comment(range.start),
            bytes => {
                if bytes.first() == Some(&b'#') {
                    self.heading(range);
                }
                if bytes.contains(&b'{') {
                    self.braces(range);
                }
            }
        }
    }

    /// Checks `**` at the beginning of a paragraph, which is text to the parser.
    fn bold(&mut self, start: usize) {
        let Some(behind) = self.text[start..].strip_prefix("**") else { return };
        let is_meant = behind.starts_with(|c: char| c.is_alphanumeric() || c == '[');
        if is_meant && !paragraph(behind).contains("**") {
            self.tell(start..start + 2, catalogue::bold_never_closed);
        }
    }

    /// Checks a bold line between two items of a list, which continues the first of them.
    fn bold_line(&mut self, range: &Range<usize>) {
        let begins_line = self.text[..range.start].ends_with('\n');
        let behind = self.text[range.end..].split_once('\n');
        let is_label = behind.is_some_and(|(rest, next)| {
            matches!(rest.trim(), "" | ":") && code::begins_item(next.trim_end())
        });
        if begins_line && is_label && !self.is_in_label(range) {
            self.tell(range.clone(), catalogue::label_as_text);
        }
    }

    /// Checks heading marks that begin a line that continues a paragraph of a list.
    fn heading(&mut self, range: &Range<usize>) {
        let before = self.text[..range.start].trim_end_matches([' ', '\t']);
        let Some((count, length)) = markdown::heading_marks(self.text, range) else { return };
        if before.ends_with(['\n', '\r']) {
            let marks = range.start..range.start + length;
            self.tell(marks, |place| catalogue::heading_as_text(place, count));
        }
    }

    fn surplus_cells(&mut self, row: &Range<usize>) {
        let is_frame = |c: char| c.is_whitespace() || c == '|';
        let Some(surplus) = self.text.get(self.cell_end..row.end) else { return };
        let surplus = surplus.trim_end_matches(is_frame);
        let start = self.cell_end + surplus.len() - surplus.trim_start_matches(is_frame).len();
        let end = self.cell_end + surplus.len();
        if start < end {
            self.tell(start..end, catalogue::surplus_cells);
        }
    }

    /// Adds the diagnostic that `make` returns for a place.
    fn tell(&mut self, range: Range<usize>, make: impl FnOnce(Location) -> Diagnostic) {
        let place = self.at(range);
        self.diagnostics.push(make(place));
    }

    fn at(&self, range: Range<usize>) -> Location {
        Location::new(self.path, Span::from(range))
    }

    /// The end of the line of `at`.
    fn line_end(&mut self, at: usize) -> usize {
        // A line may have any number of places to check, and is searched for its end once.
        if !(self.line.start..=self.line.end).contains(&at) || self.line.is_empty() {
            let rest = &self.text[at..];
            self.line = at..at + rest.find(['\n', '\r']).unwrap_or(rest.len());
        }
        self.line.end
    }
}

/// The part of a text that an attribute list, an address or the name of a link may take: the search from
/// each possible beginning ends there.
fn near(text: &str) -> &str {
    const MOST: usize = 2_048;
    if text.len() <= MOST {
        return text;
    }
    let end = (0..=MOST).rev().find(|at| text.is_char_boundary(*at));
    &text[..end.unwrap_or(0)]
}

/// A text up to its first blank line.
fn paragraph(text: &str) -> &str {
    let mut end = 0;
    for line in text.split_inclusive('\n') {
        if end > 0 && line.trim().is_empty() {
            break;
        }
        end += line.len();
    }
    &text[..end]
}

#[cfg(test)]
mod tests;
