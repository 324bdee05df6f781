//! A document as a sequence of top-level pieces: headings, bold lines, paragraphs, lists, the rest.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};

use super::block_ids::BlockIds;
use super::lines::is_bulleted;
use crate::source::Span;

/// A document's Markdown events with their places.
pub(super) type Events<'t> = Vec<(Event<'t>, Range<usize>)>;

/// The level of a line that is only bold: below all headings.
pub(super) const BOLD_LINE: u8 = 7;

/// One piece of a document's top level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub kind: PieceKind,
    /// Its source, without the blank lines around it.
    pub span: Span,
    /// Its events: for a heading, a bold line and a paragraph those inside, for a list and other
    /// pieces its start and end too.
    pub events: Range<usize>,
    /// Whether its paragraph continues in the next piece.
    pub goes_on: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PieceKind {
    /// A heading of level 1 to 6, or [`BOLD_LINE`].
    Label(u8),
    Paragraph,
    List,
    /// A table with rows below its head.
    Table,
    Quote,
    /// The text after a label on its line.
    Value,
    /// A heading that is an entry; what follows describes it.
    Entry,
    /// Code, raw HTML, footnotes.
    Other,
    /// Rules and comments, which are invisible to readers.
    Silent,
}

/// Cuts events into pieces.
pub(super) fn pieces(
    text: &str,
    events: &Events<'_>,
    within: Range<usize>,
    ids: &BlockIds,
) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut at = within.start;
    while at < within.end {
        let (event, range) = &events[at];
        let end = block_end(events, at);
        let span = trimmed(text, range.clone());
        let kind = match event {
            Event::Start(Tag::Heading { level, .. }) => Some(PieceKind::Label(number(*level))),
            Event::Start(Tag::Paragraph) if ids.is_all(span) => Some(PieceKind::Silent),
            Event::Start(Tag::Paragraph) => None,
            Event::Start(Tag::List(_)) => Some(PieceKind::List),
            Event::Start(Tag::Table(_)) if has_rows(&events[at..end]) => Some(PieceKind::Table),
            Event::Start(Tag::BlockQuote(None)) => Some(PieceKind::Quote),
            event if is_silent(text, event, span) => Some(PieceKind::Silent),
            _ => Some(PieceKind::Other),
        };
        match kind {
            Some(kind @ PieceKind::Label(_)) => {
                pieces.push(Piece { kind, span, events: at + 1..end - 1, goes_on: false });
            }
            Some(kind) => pieces.push(Piece { kind, span, events: at..end, goes_on: false }),
            None => paragraph(text, events, at + 1..end - 1, ids, &mut pieces),
        }
        at = end;
    }
    pieces
}

/// Whether an event starts a block, at `span`, that is invisible to readers: a rule, or comments and
/// nothing else.
pub(super) fn is_silent(text: &str, event: &Event<'_>, span: Span) -> bool {
    match event {
        Event::Rule => true,
        Event::Start(Tag::HtmlBlock) => is_comment(span.of(text)),
        _ => false,
    }
}

/// Whether raw HTML consists of comments only.
fn is_comment(html: &str) -> bool {
    let mut rest = html.trim();
    while let Some(inside) = rest.strip_prefix("<!--") {
        match inside.split_once("-->") {
            Some((_, behind)) => rest = behind.trim_start(),
            // An unclosed comment hides everything behind it.
            None => return true,
        }
    }
    rest.is_empty()
}

/// Whether a table has more than its head.
fn has_rows(table: &[(Event<'_>, Range<usize>)]) -> bool {
    table.iter().any(|(event, _)| matches!(event, Event::Start(Tag::TableRow)))
}

/// The index after the last event of the block that starts at `at`.
pub(super) fn block_end(events: &Events<'_>, at: usize) -> usize {
    let mut depth = 0usize;
    for (offset, (event, _)) in events[at..].iter().enumerate() {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return at + offset + 1;
        }
    }
    events.len()
}

/// Makes a paragraph's lines that are only bold labels of their own; the lines between stay
/// paragraphs.
fn paragraph(
    text: &str,
    events: &Events<'_>,
    inside: Range<usize>,
    ids: &BlockIds,
    pieces: &mut Vec<Piece>,
) {
    let mut pending = inside.start..inside.start;
    let mut start = inside.start;
    while start < inside.end {
        let end = line_end(events, start, inside.end);
        let id = ids.at_end(&(start..end));
        let is_label = is_only_bold(&events[start..end], id)
            && !is_bulleted(span_of(text, events, start..end).of(text));
        if is_label {
            push_paragraph(text, events, pending.clone(), pieces);
            let span = span_of(text, events, start..end);
            let goes_on = end + 1 < inside.end;
            let kind = PieceKind::Label(BOLD_LINE);
            pieces.push(Piece { kind, span, events: start..end, goes_on });
            pending = end..end;
        } else {
            pending.end = end;
        }
        // After the line break.
        start = end + 1;
        if pending.is_empty() {
            pending = start..start;
        }
    }
    push_paragraph(text, events, pending, pieces);
}

fn push_paragraph(text: &str, events: &Events<'_>, inside: Range<usize>, out: &mut Vec<Piece>) {
    if !inside.is_empty() && inside.start < events.len() {
        let span = span_of(text, events, inside.clone());
        out.push(Piece { kind: PieceKind::Paragraph, span, events: inside, goes_on: false });
    }
}

/// The index of the line break that ends the line from `start`, at the top level of the paragraph,
/// or `end`.
pub(super) fn line_end(events: &Events<'_>, start: usize, end: usize) -> usize {
    let mut depth = 0usize;
    for (offset, (event, _)) in events[start..end].iter().enumerate() {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            Event::SoftBreak | Event::HardBreak if depth == 0 => return start + offset,
            _ => {}
        }
    }
    end
}

/// Whether the letters of a line are all bold. Emoji, numbering, punctuation, an attribute list and an id
/// may be around them.
fn is_only_bold(line: &[(Event<'_>, Range<usize>)], id: Option<Span>) -> bool {
    let mut strong = 0usize;
    let mut seen = false;
    // Braces may contain the line's attributes, which are several texts if they have underscores or
    // an ampersand.
    let mut in_braces = false;
    for (event, range) in line {
        match event {
            Event::Start(Tag::Strong) => strong += 1,
            Event::End(TagEnd::Strong) => strong = strong.saturating_sub(1),
            Event::Text(text) if strong > 0 => seen |= text.chars().any(char::is_alphanumeric),
            Event::Text(text) => {
                let text = match id.map(|id| id.range()) {
                    Some(id) if id.end == range.end => &text[..text.len().saturating_sub(id.len())],
                    _ => text,
                };
                for character in text.chars() {
                    // Digits before the bold text number it; after it they are a value.
                    let says = match seen {
                        true => character.is_alphanumeric(),
                        false => character.is_alphabetic(),
                    };
                    match character {
                        '{' => in_braces = true,
                        '}' => in_braces = false,
                        _ if says && !in_braces => return false,
                        _ => {}
                    }
                }
            }
            Event::Start(Tag::Emphasis) | Event::End(TagEnd::Emphasis) => {}
            Event::InlineHtml(html) if html.starts_with("<!--") => {}
            _ if strong > 0 => {}
            _ => return false,
        }
    }
    seen
}

/// The source that a range of events covers.
pub(super) fn span_of(text: &str, events: &Events<'_>, range: Range<usize>) -> Span {
    match (events.get(range.start), events.get(range.end.saturating_sub(1))) {
        (Some((_, first)), Some((_, last))) => trimmed(text, first.start..last.end),
        _ => Span::default(),
    }
}

/// The range without white space at its end.
pub(super) fn trimmed(text: &str, range: Range<usize>) -> Span {
    let inside = text.get(range.clone()).unwrap_or("");
    Span::new(range.start, range.start + inside.trim_end().len())
}

/// 1 to 6.
pub(super) fn number(level: HeadingLevel) -> u8 {
    level as u8
}
