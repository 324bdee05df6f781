//! The Markdown that canvasbook reads, as a stream of events with their places. Everything reads
//! Markdown through this module, so that the parser of canvases and the renderer of pages never
//! interpret a text differently.

mod addresses;
mod block_ids;
mod callouts;
mod comments;
mod extensions;
mod headings;
pub mod plain;
mod shown;
pub mod written;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

pub use block_ids::block_id;
use comments::{Bare, Comments, OfHtml};
use extensions::extended;
pub use extensions::width;
pub use headings::heading_marks;
pub use shown::{shown, unshown};

use crate::source::{Returns, Span, with_line_feeds, without};

/// How many punctuation marks and ends of lines of a document are read. Markdown is made of them, and each
/// may cost a kilobyte while it is read, e.g. a link within a quotation within a list. A book of three
/// megabytes has about 150,000.
pub const MOST_MARKS: usize = 500_000;

/// The part of `body` that has no more than [`MOST_MARKS`]: usually all of it, else its first lines.
pub fn readable(text: &str, body: Span) -> Span {
    let source = body.of(text);
    if source.len() <= MOST_MARKS {
        return body;
    }
    let is_mark = |byte: &u8| byte.is_ascii_punctuation() || *byte == b'\n';
    let mut marks = source.bytes().enumerate().filter(|(_, byte)| is_mark(byte));
    let Some((first, _)) = marks.nth(MOST_MARKS) else { return body };
    let end = source[..first].rfind('\n').map_or(first, |end| end + 1);
    Span::new(body.start as usize, body.start as usize + end)
}

/// The tag of `==marks==`. The parser does not know them, nor, with these options, superscripts.
pub const MARK: Tag<'static> = Tag::Superscript;

/// The Markdown of a document.
pub struct Markdown<'t> {
    /// Its events, each with its byte range in the text.
    pub events: Vec<(Event<'t>, Range<usize>)>,
    /// The places of its `%%comments%%`, which are in no event.
    pub comments: Vec<Span>,
    /// The comment that is not closed.
    pub unclosed: Option<Unclosed>,
}

/// A comment that is not closed.
#[derive(Clone, Copy)]
pub struct Unclosed {
    /// The mark that opens it.
    pub mark: Span,
    /// Whether it hides the rest of its paragraph rather than the rest of the document.
    pub is_paragraph: bool,
}

/// Reads `body`, a part of `text`.
///
/// CommonMark with tables, footnotes, strikethrough, task lists, `[[wiki links]]`, `%%comments%%`, `==marks==` and bare
/// addresses. Heading attributes are ours ([`crate::canvas::Attributes`]), not the parser's, because they may be
/// quoted.
///
/// Lines in events end with line feeds, whatever the text has: the parser would leave carriage returns in titles and
/// HTML, and count each as a blank in code.
pub fn read(text: &str, body: Span) -> Markdown<'_> {
    /// A canvas has an event for about this number of bytes; growing the list would copy it several
    /// times.
    const BYTES_PER_EVENT: usize = 10;
    let (base, source) = (body.start as usize, body.of(text));
    let mut events = Vec::with_capacity(source.len() / BYTES_PER_EVENT);
    let feeds = with_line_feeds(source);
    let Comments { places, unclosed } = Comments::of(&feeds);
    if let (Cow::Borrowed(source), []) = (&feeds, &*places) {
        let parser = Parser::new_ext(source, options()).into_offset_iter();
        events
            .extend(parser.map(|(event, Range { start, end })| (event, start + base..end + base)));
        let events = extended(text, source, events);
        return Markdown { events, comments: Vec::new(), unclosed: None };
    }
    let returns = Returns::of(source);
    let in_text = |Range { start, end }: Range<usize>| {
        returns.offset(start) + base..returns.offset(end) + base
    };
    let bare = Bare::new(&feeds, &places);
    events.extend(bare.events().map(|(event, range)| {
        let range = in_text(range);
        (of_text(event, text, &range), range)
    }));
    let span = |range| Span::from(in_text(range));
    let unclosed = unclosed.map(|mark| {
        let is_paragraph = places.last().is_some_and(|last| last.end < feeds.len());
        Unclosed { mark: span(mark), is_paragraph }
    });
    let comments = places.into_iter().map(span).collect();
    let events = extended(text, source, events);
    Markdown { events, comments, unclosed }
}

/// The events of `body`, a part of `text`, each with its byte range in `text`.
pub fn events(text: &str, body: Span) -> Vec<(Event<'_>, Range<usize>)> {
    read(text, body).events
}

/// An event that borrows from the text instead of another one, as the content of most events is in
/// the text.
fn of_text<'t>(event: Event<'_>, text: &'t str, range: &Range<usize>) -> Event<'t> {
    match event {
        Event::Text(said) => match text.get(range.clone()) {
            Some(written) if *said == *written => Event::Text(written.into()),
            _ => Event::Text(said.into_static()),
        },
        other => other.into_static(),
    }
}

/// Whether there is nothing but headings, paragraphs, lists, emphasis, deletions, links, task boxes and HTML:
/// none of these needs styles that only pages of text have.
pub fn are_plain(events: &[(Event<'_>, Range<usize>)]) -> bool {
    events.iter().all(|(event, _)| match event {
        Event::Start(tag) => matches!(
            tag,
            Tag::Paragraph
                | Tag::Heading { .. }
                | Tag::List(_)
                | Tag::Item
                | Tag::Emphasis
                | Tag::Strong
                | Tag::Strikethrough
                | Tag::Superscript
                | Tag::Link { .. }
                | Tag::HtmlBlock
        ),
        Event::End(_) | Event::Text(_) | Event::SoftBreak | Event::HardBreak => true,
        Event::Html(_) | Event::InlineHtml(_) | Event::TaskListMarker(_) => true,
        _ => false,
    })
}

/// Whether raw HTML is `<br>`, which Markdown has no sign for in the cell of a table.
pub fn is_line_break(html: &str) -> bool {
    let name = html.trim().strip_prefix('<').and_then(|html| html.strip_suffix('>'));
    name.is_some_and(|name| name.trim_end_matches('/').trim_end().eq_ignore_ascii_case("br"))
}

/// Markdown without its comments; those within code stay.
pub fn without_comments(markdown: &str) -> Cow<'_, str> {
    if !markdown.contains("<!--") {
        return Cow::Borrowed(markdown);
    }
    let whole = Span::new(0, markdown.len());
    let (mut html, mut places) = (OfHtml::default(), Vec::new());
    for (event, range) in events(markdown, whole) {
        html.meet(markdown, &event, &range, &mut places);
    }
    let places: Vec<Span> = places.into_iter().map(Span::from).collect();
    without(markdown, whole, &places)
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

/// The definitions as [`definitions`] returns them, except for those that a link among `events`, the events of `body`, uses.
pub fn unused_definitions(
    text: &str,
    body: Span,
    events: &[(Event<'_>, Range<usize>)],
) -> Vec<(String, Range<usize>)> {
    let parser = Parser::new_ext(body.of(text), options());
    // They are looked up as the parser does, which knows which names are equal.
    let known = parser.reference_definitions();
    let used: BTreeSet<usize> = events
        .iter()
        .filter_map(|(event, _)| match event {
            Event::Start(Tag::Link { id, .. } | Tag::Image { id, .. }) => known.get(id),
            _ => None,
        })
        .map(|definition| definition.span.start + body.start as usize)
        .collect();
    let mut definitions = definitions(text, body);
    definitions.retain(|(_, range)| !used.contains(&range.start));
    definitions
}

/// Whether a tag is an inline one.
pub fn is_inline(tag: &TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image
    )
}

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_WIKILINKS
        | Options::ENABLE_GFM
}

#[cfg(test)]
mod tests {
    use super::without_comments;

    #[test]
    fn comments_go_and_quoted_ones_stay() {
        for (markdown, rest) in [
            ("Plain", "Plain"),
            ("A <!-- b --> c <!-- d -->e", "A  c e"),
            ("A\n\n<!-- one\n\ntwo -->\n\nB", "A\n\n\n\nB"),
            ("<!-- never closed\nA", ""),
            ("`<!-- code -->`", "`<!-- code -->`"),
            ("```\n<!-- code -->\n```", "```\n<!-- code -->\n```"),
            ("- a <!-- é -->\n- b", "- a \n- b"),
            ("<!-- a --> <!-- b -->", " "),
            ("- <!-- never closed\n- b --> c", "- - b --> c"),
        ] {
            assert_eq!(without_comments(markdown), rest, "{markdown:?}");
        }
    }
}
