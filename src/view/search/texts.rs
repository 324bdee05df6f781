//! The texts of documents that are kept with their markup, as plain words.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::canvas::Document;
use crate::markdown::{self, is_inline};
use crate::source::Span;

/// What pieces of a document say, as words. Comments and attributes are left out.
pub(super) fn of_pieces<'d>(document: &'d Document, pieces: &[Span]) -> Cow<'d, str> {
    let mut said = Cow::Borrowed("");
    for piece in pieces {
        let piece = of_piece(document, *piece);
        if said.is_empty() {
            said = piece;
        } else {
            let said = said.to_mut();
            said.push(' ');
            said.push_str(&piece);
        }
    }
    said
}

fn of_piece(document: &Document, piece: Span) -> Cow<'_, str> {
    let text = &document.text;
    let mut hidden = hidden(document, piece).peekable();
    let source = piece.of(text);
    let source = if hidden.peek().is_none() {
        Cow::Borrowed(source)
    } else {
        let mut shown = String::with_capacity(source.len());
        let mut at = piece.start;
        let mut places: Vec<Span> = hidden.collect();
        places.sort();
        for place in places {
            if place.start > at {
                shown.push_str(Span { start: at, end: place.start }.of(text));
            }
            at = at.max(place.end);
        }
        if at < piece.end {
            shown.push_str(Span { start: at, end: piece.end }.of(text));
        }
        Cow::Owned(shown)
    };
    // Bullets, emphasis and quotation marks separate words as blanks do; these hold what is no word.
    if !source.contains(['<', '(', '`', '&', '%', '[']) {
        return source;
    }
    let mut said = String::with_capacity(source.len());
    walk(&source, Span::new(0, source.len()), |text, _| said.push_str(text));
    Cow::Owned(said)
}

/// The places in a piece of a document that its page does not show. Both lists are in order.
fn hidden(document: &Document, piece: Span) -> impl Iterator<Item = Span> {
    let lists = [&document.hidden[..], &document.unused_footnotes[..]];
    lists.into_iter().flat_map(move |places| {
        let first = places.partition_point(|place| place.end <= piece.start);
        places[first..].iter().copied().take_while(move |place| place.start < piece.end)
    })
}

/// What an ordinary page says: before its first heading, and below each heading.
pub(super) fn of_page(document: &Document) -> Vec<String> {
    let headings = &document.headings;
    let mut said = vec![String::new(); headings.len() + 1];
    walk(&document.text, document.body, |text, range| {
        let below = headings.partition_point(|heading| heading.span.start as usize <= range.start);
        let is_heading = below > 0 && range.start < headings[below - 1].span.end as usize;
        let is_title =
            document.title_heading.is_some_and(|title| title.range().contains(&range.start));
        if !is_heading && !is_title && hidden(document, range.into()).next().is_none() {
            said[below].push_str(text);
        }
    });
    said
}

/// Hands out the words of a part of a text with their places, and a blank between blocks.
fn walk(text: &str, part: Span, mut said: impl FnMut(&str, Range<usize>)) {
    for (event, range) in markdown::events(text, part) {
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
