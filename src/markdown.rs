//! The Markdown that canvasbook reads, as a stream of events with their places. One place, so
//! that the parser of canvases and the renderer of pages never read a text in two ways.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser};

use crate::source::Span;

/// The events of `body`, a part of `text`, each with its byte range in `text`.
///
/// CommonMark with tables, footnotes, strikethrough, task lists and `[[wiki links]]`. Heading
/// attributes are ours ([`crate::canvas::Attributes`]), not the parser's, because they may be quoted.
pub fn events(text: &str, body: Span) -> impl Iterator<Item = (Event<'_>, Range<usize>)> {
    let base = body.start as usize;
    Parser::new_ext(body.of(text), options())
        .into_offset_iter()
        .map(move |(event, range)| (event, range.start + base..range.end + base))
}

/// The link reference definitions of `body`, `[name]: url`: the URL and the byte range of each in
/// `text`, in order.
pub fn definitions(text: &str, body: Span) -> Vec<(String, Range<usize>)> {
    let base = body.start as usize;
    let parser = Parser::new_ext(body.of(text), options());
    let definitions = parser.reference_definitions().iter().map(|(_, definition)| {
        let Range { start, end } = definition.span;
        (definition.dest.to_string(), start + base..end + base)
    });
    let mut definitions: Vec<_> = definitions.collect();
    definitions.sort_by_key(|(_, range)| range.start);
    definitions
}

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_WIKILINKS
}
