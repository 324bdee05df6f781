//! Words and links, of which most elements are made, written straight from the source. Reading the
//! Markdown of a document again takes a quarter of the time of its page, and for these it would yield
//! nothing new: the places of links are known.
//!
//! Nothing here decides what Markdown means. Texts that might have another meaning are left to the
//! events; a test compares what is written here with them.

use crate::canvas::{Document, Link};
use crate::source::Span;
use crate::view::escape;

use super::writer::start_link;
use super::{Destination, Links, destination};

/// The inline content of `span`, if it is nothing but words and links.
pub fn inline(document: &Document, span: Span, links: Links) -> Option<String> {
    let all = &document.links;
    let next = all.next_from(span.start);
    if next.checked_sub(1).is_some_and(|before| all.at(before).span.end > span.start) {
        return None;
    }
    // Room for a link, so that growing is seldom.
    let mut html = String::with_capacity(span.of(&document.text).len() + 128);
    let mut at = span.start;
    for index in next..all.len() {
        let link = all.at(index);
        if link.span.start >= span.end {
            break;
        }
        words(&mut html, Span { start: at, end: link.span.start }.of(&document.text))?;
        self::link(&mut html, document, &link, destination(index, links))?;
        at = link.span.end;
    }
    if at > span.end {
        return None;
    }
    words(&mut html, Span { start: at, end: span.end }.of(&document.text))?;
    Some(html)
}

/// The blocks of `span`, if they are a paragraph of words and links, a list of such lines or nothing.
pub fn blocks(document: &Document, span: Span, links: Links) -> Option<String> {
    let source = span.of(&document.text);
    let text = source.trim_matches('\n').trim_end_matches(' ');
    let start = source.len() - source.trim_start_matches('\n').len() + span.start as usize;
    if text.is_empty() {
        Some(String::new())
    } else if text.starts_with(['-', '*', '+']) {
        list(document, start, text, links)
    } else {
        Some(format!("<p>{}</p>\n", paragraph(document, start, text, links)?))
    }
}

/// The content of a paragraph that starts at `start`.
fn paragraph(document: &Document, start: usize, text: &str, links: Links) -> Option<String> {
    // A text that starts with a letter is nothing but a paragraph.
    let is_text = text.starts_with(char::is_alphabetic) && !text.ends_with(' ');
    is_text.then(|| inline(document, Span::new(start, start + text.len()), links))?
}

/// A list that starts at `start`, with one line per item and none between them. One line alone may
/// be an item of a list with blank lines, which is not visible from here.
fn list(document: &Document, start: usize, text: &str, links: Links) -> Option<String> {
    let line = document.text[..start].rfind('\n').map_or(0, |end| end + 1);
    let indent = &document.text[line..start];
    let marker = text.get(..2).filter(|marker| marker.ends_with(' '))?;
    if !indent.bytes().all(|byte| byte == b' ') || !text.contains('\n') {
        return None;
    }
    let mut html = "<ul>\n".to_owned();
    let mut at = start;
    for line in text.split('\n') {
        let item = if at == start { line } else { line.strip_prefix(indent)? };
        let item = item.strip_prefix(marker)?;
        let end = at + line.len();
        html.push_str("<li>");
        html.push_str(&paragraph(document, end - item.len(), item, links)?);
        html.push_str("</li>\n");
        at = end + 1;
    }
    Some(html + "</ul>\n")
}

/// Appends text that is nothing but words, with the ends of its lines.
fn words(html: &mut String, text: &str) -> Option<()> {
    let mut lines = text.split('\n');
    let mut before = lines.next()?;
    escape::text(html, as_words(before)?);
    for line in lines {
        // Two blanks at its end break a line, and one that starts with a letter continues a paragraph.
        let line = line.trim_start_matches(' ');
        if before.ends_with(' ') || !line.starts_with(char::is_alphabetic) {
            return None;
        }
        html.push('\n');
        escape::text(html, as_words(line)?);
        before = line;
    }
    Some(())
}

/// Appends a link whose text is words.
fn link(
    html: &mut String,
    document: &Document,
    link: &Link<'_>,
    destination: Destination,
) -> Option<()> {
    let source = link.span.of(&document.text);
    let label = if link.image {
        return None;
    } else if let Some(name) = source.strip_prefix("[[") {
        as_words(name.strip_suffix("]]")?)?;
        link.wiki_text()?
    } else {
        let (label, url) = source.strip_prefix('[')?.split_once("](")?;
        // After a blank there is a title.
        if label.is_empty() || url.contains(char::is_whitespace) {
            return None;
        }
        as_words(label)?
    };
    match destination {
        Destination::Url { url, title, external } => {
            let class = if external { "external" } else { "" };
            start_link(html, &url, title.as_deref().unwrap_or_default(), class);
            escape::text(html, label);
            html.push_str("</a>");
        }
        Destination::Text => escape::text(html, label),
    }
    Some(())
}

/// The text, if no character of it can have another meaning within a line.
fn as_words(text: &str) -> Option<&str> {
    let is_special = |byte: u8| {
        let is_mark = matches!(byte, b'*' | b'_' | b'`' | b'~' | b'\\' | b'<' | b'&' | b'|');
        byte < b' ' || is_mark || matches!(byte, b'[' | b']' | b'{' | b'}' | b'^')
    };
    // Without an early exit, the loop compares many bytes at once.
    let is_any = text.bytes().fold(false, |found, byte| found | is_special(byte));
    (!is_any).then_some(text)
}
