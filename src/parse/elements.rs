//! List items and paragraphs as elements.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::Reader;
use super::attributes;
use super::inline::{self, Name, Plain};
use super::lines::Line;
use super::outline::{block_end, is_silent, span_of};
use super::separators::is_dash;
use super::tables;
use crate::canvas::{Attribute, Cell, ElementPlace, Words};
use crate::kind::{BlockIndex, columns};
use crate::markdown;
use crate::source::Span;

/// The attribute list that ends a label, without decoding it.
pub(super) fn attribute_list(reader: &Reader<'_, '_>, label: Range<usize>) -> Option<Span> {
    let mut whole = span_of(reader.text, reader.events, label.clone());
    if let Some(id) = reader.block_ids.at_end(&label) {
        whole.end = id.start;
    }
    if !whole.of(reader.text).contains('{') {
        return None;
    }
    braces(reader, label).find(|list| {
        let behind = &reader.text[list.end as usize..whole.end.max(list.end) as usize];
        behind.trim_matches([' ', '\t', '*', '_', ':', '：', '#']).is_empty()
    })
}

/// The hidden parts of a label: its attribute list and its id.
pub(super) fn hidden(
    reader: &Reader<'_, '_>,
    label: Range<usize>,
) -> impl Iterator<Item = Span> + use<> {
    let id = reader.block_ids.at_end(&label);
    attribute_list(reader, label).into_iter().chain(id)
}

/// The text of a label without attributes, which are not decoded.
pub(super) fn plain(reader: &Reader<'_, '_>, label: Range<usize>) -> Plain {
    let hidden: Vec<Span> = hidden(reader, label.clone()).collect();
    inline::plain(&reader.events[label], &hidden)
}

/// The attribute list that ends a label, read and hidden, and its id.
pub(super) fn attributes(reader: &mut Reader<'_, '_>, label: Range<usize>) -> Vec<Attribute> {
    let list = attribute_list(reader, label.clone());
    // An id in braces takes precedence.
    let mut attributes: Vec<Attribute> = reader.block_ids.take(&label).into_iter().collect();
    if let Some(list) = list {
        read_list(reader, list, &mut attributes);
    }
    attributes
}

/// Reads an attribute list and hides it.
pub(super) fn read_list(reader: &mut Reader<'_, '_>, list: Span, attributes: &mut Vec<Attribute>) {
    let list_with_blanks = with_blanks(reader.text, list);
    reader.hidden.push(list_with_blanks);
    attributes::read(reader.path, reader.text, list, attributes, reader.diagnostics);
}

/// The places of attribute lists among inline events, wherever they are.
fn braces<'r>(
    reader: &'r Reader<'_, '_>,
    inside: Range<usize>,
) -> impl Iterator<Item = Span> + use<'r> {
    let (text, events) = (reader.text, &reader.events[inside]);
    let mut behind = 0;
    events
        .iter()
        .filter(|(event, _)| matches!(event, Event::Text(_)))
        .flat_map(move |(_, range)| {
            text[range.clone()].match_indices('{').map(move |(at, _)| range.start + at)
        })
        .filter_map(move |open| {
            if open < behind {
                return None;
            }
            let end = attributes::end(text, open)?;
            behind = end;
            Some(Span::new(open, end))
        })
}

/// A list together with the blanks before it.
fn with_blanks(text: &str, list: Span) -> Span {
    let before = &text[..list.start as usize];
    Span::new(before.trim_end_matches([' ', '\t']).len(), list.end as usize)
}

/// The lists among `candidates` at the places of an element's attributes: directly after its name,
/// or at the end of its first line, which is at `line_end`.
fn in_place(text: &str, candidates: &[Span], name: &Name, line_end: usize) -> Vec<Span> {
    let is_gap = |from: usize, to: usize| {
        let gap = text.get(from..to).unwrap_or("");
        gap.trim_matches([' ', '\t', ':', '：', '*', '_']).is_empty()
    };
    let mut accepted = vec![false; candidates.len()];
    let mut end = line_end;
    for (list, accepted) in candidates.iter().zip(&mut accepted).rev() {
        if !is_gap(list.end as usize, end) {
            break;
        }
        *accepted = true;
        end = list.start as usize;
    }
    let mut behind = name.behind;
    for (list, accepted) in candidates.iter().zip(&mut accepted) {
        let (start, end) = (list.start as usize, list.end as usize);
        if start < behind {
            // Within the bold name, at its end.
            *accepted |= is_gap(end, name.behind);
        } else if is_gap(behind, start) {
            *accepted = true;
            behind = end;
        }
    }
    candidates.iter().zip(accepted).filter(|(_, accepted)| *accepted).map(|(l, _)| *l).collect()
}

/// An element's first paragraph, read.
pub(super) struct Read {
    pub plain: Plain,
    pub name: Name,
    pub lists: Vec<Span>,
}

/// Reads an element's first paragraph: its name, its text and its attribute lists. The part before
/// `from` is the sign that it begins with.
pub(super) fn read(reader: &Reader<'_, '_>, inline: Range<usize>, from: u32) -> Read {
    let (text, events) = (reader.text, &reader.events[inline.clone()]);
    let mut whole = span_of(text, reader.events, inline.clone());
    let sign = (whole.start < from).then_some(Span { start: whole.start, end: from });
    whole.start = whole.start.max(from);
    let id = reader.block_ids.at_end(&inline);
    whole.end = id.map_or(whole.end, |id| id.start.max(whole.start));
    if !whole.of(text).contains('{') {
        let hidden: Vec<Span> = sign.into_iter().chain(id).collect();
        let plain = inline::plain(events, &hidden);
        let name = plain.name(whole);
        return Read { plain, name, lists: Vec::new() };
    }
    let line_end = whole.start as usize + first_line(whole.of(text)).trim_end().len();
    let candidates: Vec<Span> =
        braces(reader, inline).take_while(|list| list.end as usize <= line_end).collect();
    let hide = |lists: &[Span]| {
        let lists = lists.iter().map(|list| with_blanks(text, *list));
        let hidden: Vec<Span> = sign.into_iter().chain(lists).chain(id).collect();
        let plain = inline::plain(events, &hidden);
        let name = plain.name(whole);
        (plain, name)
    };
    let (plain, name) = hide(&candidates);
    let lists = in_place(text, &candidates, &name, line_end);
    if lists.len() == candidates.len() {
        return Read { plain, name, lists };
    }
    let (plain, name) = hide(&lists);
    Read { plain, name, lists }
}

/// A text up to its first line break.
fn first_line(text: &str) -> &str {
    // Searching for one byte examines many at once, so searching twice is faster than searching for
    // either.
    let line = text.split_once('\n').map_or(text, |(line, _)| line);
    line.split_once('\r').map_or(line, |(line, _)| line)
}

/// The items of a list: the event ranges between their starts and ends, both included.
pub(super) fn items(reader: &Reader<'_, '_>, list: Range<usize>) -> Vec<Range<usize>> {
    let mut items = Vec::new();
    let mut at = list.start + 1;
    while at + 1 < list.end {
        let end = block_end(reader.events, at);
        items.push(at..end);
        at = end;
    }
    items
}

/// The meaning of a list item or a paragraph.
pub(super) enum ItemKind {
    /// An element, which was added to those of the reader.
    Element,
    /// A question above a list of answers: its text, and the lists.
    Question(Vec<Span>, Vec<Range<usize>>),
    /// A question without answers, and its place.
    Asks(Span),
    /// A total or a forecast, and its place.
    Sum(Span),
    /// Text, a picture or code that is not an element, and its place.
    Other(Span),
    /// Nothing at all.
    Empty,
}

/// The place of an element in the canvas.
#[derive(Clone, Copy)]
pub(super) struct Home {
    pub block: BlockIndex,
    pub part: Option<u32>,
    /// Whether the block is about money, where totals are not elements.
    pub is_money: bool,
}

/// The meaning of a list item. A question without answers is an element only if it `may_ask`.
pub(super) fn of_item(
    reader: &mut Reader<'_, '_>,
    item: Range<usize>,
    home: Home,
    may_ask: bool,
) -> ItemKind {
    let (inline, rest) = first_paragraph(reader, item.clone());
    let mut detail = Vec::new();
    let mut lists = Vec::new();
    let mut says = vec![span_of(reader.text, reader.events, inline.clone())];
    let mut at = rest;
    while at + 1 < item.end {
        let end = block_end(reader.events, at);
        if matches!(reader.events[at].0, Event::Start(Tag::List(_))) {
            lists.push(at..end);
        }
        let span = span_of(reader.text, reader.events, at..end);
        if !is_silent(reader.text, &reader.events[at].0, span) && !reader.block_ids.is_all(span) {
            detail.push(span);
            if lists.last() != Some(&(at..end)) {
                says.push(span);
            }
        }
        at = end;
    }
    let span = span_of(reader.text, reader.events, item);
    let is_bare = detail.is_empty();
    let may_ask = may_ask && lists.is_empty();
    match element(reader, inline, Extent { home, span, detail, counter: None }, may_ask) {
        Ok(()) => ItemKind::Element,
        Err(Flaw::Asks) if !lists.is_empty() => ItemKind::Question(says, lists),
        Err(Flaw::Asks) => ItemKind::Asks(span),
        Err(Flaw::IsEmpty) if is_bare => ItemKind::Empty,
        Err(Flaw::SumsUp) => ItemKind::Sum(span),
        Err(_) => ItemKind::Other(span),
    }
}

/// Whether an item has a text that is not a question.
pub(super) fn states(reader: &Reader<'_, '_>, item: Range<usize>) -> bool {
    let (inline, _) = first_paragraph(reader, item);
    let plain = inline::plain(&reader.events[inline], &[]);
    !plain.says_nothing() && !plain.only_asks()
}

/// The meaning of a paragraph.
pub(super) fn of_paragraph(
    reader: &mut Reader<'_, '_>,
    inline: Range<usize>,
    home: Home,
) -> ItemKind {
    let start = span_of(reader.text, reader.events, inline.clone()).start as usize;
    of_line(reader, Line { events: inline, start }, Vec::new(), home)
}

/// The meaning of a line of a paragraph, with what belongs to it.
pub(super) fn of_line(
    reader: &mut Reader<'_, '_>,
    line: Line,
    detail: Vec<Span>,
    home: Home,
) -> ItemKind {
    if is_hint(reader, line.events.clone()) {
        let end = detail.last().map(|last| last.end);
        let own = span_of(reader.text, reader.events, line.events);
        return ItemKind::Other(Span::new(line.start, end.unwrap_or(own.end) as usize));
    }
    of_text(reader, line, detail, home, None)
}

/// The meaning of a label that counts an entry, with what belongs to it: the line starts with its
/// name.
pub(super) fn of_counted(
    reader: &mut Reader<'_, '_>,
    line: Line,
    detail: Vec<Span>,
    home: Home,
) -> ItemKind {
    let whole = span_of(reader.text, reader.events, line.events.clone());
    let name = Span::new(line.start, whole.end as usize);
    let plain = inline::plain(&reader.events[line.events.clone()], &[name]);
    let is_mark = |c: char| c.is_whitespace() || is_dash(c) || matches!(c, ':' | '：' | '*' | '_');
    let before = plain.text.trim_end_matches(is_mark);
    // At the separator: the marks behind it belong to the name.
    let end = plain.place(before.len()).unwrap_or(line.start);
    let written = &reader.text[whole.start as usize..end];
    let start = end - written.trim_start_matches(is_mark).len();
    let span = Span::new(start, whole.start as usize + written.trim_end_matches(is_mark).len());
    let text = before.trim_start_matches(is_mark).to_owned();
    of_text(reader, line, detail, home, Some(Counter { text, span }))
}

fn of_text(
    reader: &mut Reader<'_, '_>,
    line: Line,
    detail: Vec<Span>,
    home: Home,
    counter: Option<Counter>,
) -> ItemKind {
    let own = span_of(reader.text, reader.events, line.events.clone());
    let end = detail.last().map_or(own.end, |last| last.end);
    let span = Span::new(line.start, end as usize);
    match element(reader, line.events, Extent { home, span, detail, counter }, false) {
        Ok(()) => ItemKind::Element,
        Err(Flaw::IsEmpty) => ItemKind::Empty,
        Err(Flaw::SumsUp) => ItemKind::Sum(span),
        Err(_) => ItemKind::Other(span),
    }
}

/// The range of an element, and what belongs to it.
pub(super) struct Extent {
    pub home: Home,
    pub span: Span,
    pub detail: Vec<Span>,
    /// The counter before its name.
    pub counter: Option<Counter>,
}

/// The text before the name of an entry that is counted, such as `Segment 1`: a part of its text, so that it is
/// shown.
pub(super) struct Counter {
    text: String,
    span: Span,
}

/// Why something is not an element.
enum Flaw {
    Asks,
    /// It shows something that cannot be read: a picture, a drawing.
    SaysNothing,
    SumsUp,
    IsEmpty,
}

fn element(
    reader: &mut Reader<'_, '_>,
    inline: Range<usize>,
    place: Extent,
    may_ask: bool,
) -> Result<(), Flaw> {
    if is_only_image(reader, inline.clone()) {
        return Err(Flaw::SaysNothing);
    }
    let Read { plain, name, lists } = read(reader, inline.clone(), place.span.start);
    if plain.says_nothing() {
        let is_empty = plain.text.trim().is_empty();
        return Err(if is_empty { Flaw::IsEmpty } else { Flaw::SaysNothing });
    }
    if !may_ask && plain.only_asks() {
        return Err(Flaw::Asks);
    }
    let of_text = |range: &Range<usize>| plain.text[range.clone()].trim();
    let (named, text) = (name.name.as_ref().map(of_text), of_text(&name.text));
    if place.home.is_money && named.is_some_and(|named| columns::is_sum(named, text)) {
        return Err(Flaw::SumsUp);
    }
    // An id in braces takes precedence.
    let mut attributes: Vec<Attribute> = reader.block_ids.take(&inline).into_iter().collect();
    for list in lists {
        read_list(reader, list, &mut attributes);
    }
    let Extent { home, span, detail, counter } = place;
    let spans = [span, name.name_span, name.text_span];
    let place = ElementPlace::new(home.block, home.part, spans);
    let (mut one, mut other) = (String::new(), String::new());
    let mut before = Vec::new();
    if let Some(Counter { text, span: within }) = &counter {
        let cell = |value| Cell { row: span, label: Span::default(), value };
        before.push(Words { text, within: within.range() });
        reader.elements.push_cells(&[cell(*within)]);
        if !name.text.is_empty() {
            before.push(Words { text: tables::BETWEEN, within: 0..0 });
            reader.elements.push_cells(&[cell(name.text_span)]);
        }
    }
    let text = before.into_iter().chain(plain.words(name.text, &mut one));
    let name = name.name.map(|name| plain.word(name, &mut other));
    reader.elements.push(place, name, text, &detail, &attributes);
    Ok(())
}

/// The inline events of an item's first paragraph, and the index of what follows it.
pub(super) fn first_paragraph(
    reader: &Reader<'_, '_>,
    item: Range<usize>,
) -> (Range<usize>, usize) {
    let events = reader.events;
    let inside = item.start + 1..item.end.saturating_sub(1);
    let mut start = inside.start;
    while start < inside.end && matches!(events[start].0, Event::TaskListMarker(_)) {
        start += 1;
    }
    if start < inside.end && matches!(events[start].0, Event::Start(Tag::Paragraph)) {
        let end = block_end(events, start);
        let mut first = start + 1;
        while first < end - 1 && matches!(events[first].0, Event::TaskListMarker(_)) {
            first += 1;
        }
        return (first..end - 1, end);
    }
    let mut at = start;
    while at < inside.end && !starts_block(&events[at].0) {
        at = block_end(events, at);
    }
    (start..at, at)
}

fn starts_block(event: &Event<'_>) -> bool {
    match event {
        Event::Start(tag) => !markdown::is_inline(&tag.to_end()),
        Event::Rule => true,
        _ => false,
    }
}

/// Whether inline events show pictures and nothing else.
fn is_only_image(reader: &Reader<'_, '_>, inline: Range<usize>) -> bool {
    let mut images = 0usize;
    let mut seen = false;
    for (event, _) in &reader.events[inline] {
        match event {
            Event::Start(Tag::Image { .. }) => {
                images += 1;
                seen = true;
            }
            Event::End(TagEnd::Image) => images = images.saturating_sub(1),
            Event::Start(_) | Event::End(_) | Event::SoftBreak | Event::HardBreak => {}
            Event::Text(text) if images == 0 && text.trim().is_empty() => {}
            _ if images > 0 => {}
            _ => return false,
        }
    }
    seen
}

/// Whether the text of inline events is all in italics, as templates write what to fill in.
fn is_hint(reader: &Reader<'_, '_>, inline: Range<usize>) -> bool {
    let (mut depth, mut seen) = (0usize, false);
    for (event, _) in &reader.events[inline] {
        match event {
            Event::Start(Tag::Emphasis) => depth += 1,
            Event::End(TagEnd::Emphasis) => depth = depth.saturating_sub(1),
            Event::Start(Tag::Strong) => return false,
            Event::Text(text) | Event::Code(text) if text.contains(char::is_alphanumeric) => {
                if depth == 0 {
                    return false;
                }
                seen = true;
            }
            _ => {}
        }
    }
    seen
}
