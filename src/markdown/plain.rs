//! The words of pieces of a document: without markup, comments and attributes.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::{events, is_inline};
use crate::canvas::Document;
use crate::source::{Span, joined, without};

/// The words of pieces of a document, with one blank between them. Texts that differ only in their
/// Markdown, such as bullets, emphasis or the ends of lines, are equal.
pub fn plain(document: &Document, pieces: &[Span]) -> String {
    let mut said = String::new();
    for piece in pieces {
        let source = shown(document, *piece);
        walk(&source, Span::new(0, source.len()), |text, _| said.push_str(text));
        said.push(' ');
    }
    said.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A piece of a document without the parts that its page does not show.
pub fn shown(document: &Document, piece: Span) -> Cow<'_, str> {
    without(&document.text, piece, &joined(hidden(document, piece).collect()))
}

/// The ranges in a piece of a document that its page does not show. Both lists are in order.
pub fn hidden(document: &Document, piece: Span) -> impl Iterator<Item = Span> {
    let lists = [&document.hidden[..], &document.unused_footnotes[..]];
    lists.into_iter().flat_map(move |places| {
        let first = places.partition_point(|place| place.end <= piece.start);
        places[first..].iter().copied().take_while(move |place| place.start < piece.end)
    })
}

/// Calls `said` with the words of a part of a text and their ranges, and with a blank between
/// blocks.
pub fn walk(text: &str, part: Span, mut said: impl FnMut(&str, Range<usize>)) {
    for (event, range) in events(text, part) {
        match event {
            Event::Text(text) | Event::Code(text) => said(&text, range),
            Event::SoftBreak | Event::HardBreak => said(" ", range),
            Event::Start(Tag::Item | Tag::TableCell) => said(" ", range.start..range.start),
            Event::End(tag) if !is_inline(&tag) && tag != TagEnd::Item => {
                said(" ", range.end..range.end);
            }
            _ => {}
        }
    }
}
