//! Headings whose marks are followed by no blank, or by one that is not a blank in Markdown: `##Channels`.
//!
//! Git hosts used to accept them, and keyboards and word processors insert no-break spaces unasked. One mark
//! without a blank stays text: `#tag`.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};

type Events<'t> = Vec<(Event<'t>, Range<usize>)>;

/// Whether a text may have such headings.
pub(super) fn may_be_in(text: &str) -> bool {
    text.match_indices('#').any(|(at, _)| {
        let behind = text[at + 1..].chars().next();
        behind.is_some_and(|character| match character {
            ' ' | '\t' | '\n' | '\r' => false,
            _ if character.is_whitespace() => true,
            _ => character.is_alphabetic() && text[..at].ends_with('#'),
        })
    })
}

/// The events in which such lines of paragraphs are headings.
pub(super) fn read<'t>(text: &'t str, events: Events<'t>) -> Events<'t> {
    let mut out = Vec::with_capacity(events.len());
    let mut events = events.into_iter();
    while let Some((event, range)) = events.next() {
        if event != Event::Start(Tag::Paragraph) {
            out.push((event, range));
            continue;
        }
        let is_inside =
            |(event, _): &(Event<'_>, Range<usize>)| *event != Event::End(TagEnd::Paragraph);
        let inside: Events<'t> = events.by_ref().take_while(is_inside).collect();
        paragraph(text, inside, range, &mut out);
    }
    out
}

/// Adds a paragraph, split at lines that are headings.
fn paragraph<'t>(text: &'t str, inside: Events<'t>, range: Range<usize>, out: &mut Events<'t>) {
    let mut pending: Events<'t> = Vec::new();
    let mut start = range.start;
    let push = |pending: &mut Events<'t>, range: Range<usize>, out: &mut Events<'t>| {
        if pending
            .last()
            .is_some_and(|(event, _)| matches!(event, Event::SoftBreak | Event::HardBreak))
        {
            pending.pop();
        }
        if !pending.is_empty() {
            out.push((Event::Start(Tag::Paragraph), range.clone()));
            out.append(pending);
            out.push((Event::End(TagEnd::Paragraph), range));
        }
    };
    for line in lines(inside) {
        let first = line.first().map_or(range.end, |(_, range)| range.start);
        let Some((level, marks)) = marks(text, &line) else {
            pending.extend(line);
            continue;
        };
        push(&mut pending, start..first, out);
        let mut line = line;
        let is_last = !matches!(line.last(), Some((Event::SoftBreak | Event::HardBreak, _)));
        let end = if is_last { range.end } else { line.pop().map_or(first, |(_, at)| at.end) };
        let tag = Tag::Heading { level, id: None, classes: Vec::new(), attrs: Vec::new() };
        out.push((Event::Start(tag), first..end));
        without(&mut line, marks);
        out.append(&mut line);
        out.push((Event::End(TagEnd::Heading(level)), first..end));
        start = end;
    }
    push(&mut pending, start..range.end, out);
}

/// The lines of a paragraph, each with the break at its end.
fn lines<'t>(inside: Events<'t>) -> Vec<Events<'t>> {
    let mut lines = Vec::new();
    let mut line = Vec::new();
    let mut depth = 0usize;
    for (event, range) in inside {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        let ends = depth == 0 && matches!(event, Event::SoftBreak | Event::HardBreak);
        line.push((event, range));
        if ends {
            lines.push(std::mem::take(&mut line));
        }
    }
    lines.push(line);
    lines
}

/// The level of the heading that a line is, and the length of its marks with the blanks after them.
fn marks(text: &str, line: &[(Event<'_>, Range<usize>)]) -> Option<(HeadingLevel, usize)> {
    let (Event::Text(_), range) = line.first()? else { return None };
    let (count, length) = heading_marks(text, range)?;
    Some((HeadingLevel::try_from(count).ok()?, length))
}

/// The number of heading marks at the beginning of a text that Markdown takes for text, and their length
/// with the blanks after them; `None` if there are none.
pub fn heading_marks(text: &str, range: &Range<usize>) -> Option<(usize, usize)> {
    let written = text.get(range.start..)?.split(['\n', '\r']).next()?;
    let behind = written.trim_start_matches('#');
    let words = behind.trim_start();
    let count = written.len() - behind.len();
    let is_escaped = text[..range.start].ends_with('\\');
    let is_heading = match behind.len() - words.len() {
        0 => count > 1 && words.starts_with(char::is_alphabetic),
        _ => !words.is_empty() && !behind.starts_with([' ', '\t']),
    };
    let is_meant = (1..=6).contains(&count) && is_heading && !is_escaped;
    is_meant.then_some((count, written.len() - words.len()))
}

/// Removes the marks before and after the words of a heading.
fn without(line: &mut Events<'_>, marks: usize) {
    if let Some((Event::Text(said), range)) = line.first_mut() {
        range.start += marks;
        *said = said.get(marks..).unwrap_or_default().to_owned().into();
    }
    let Some((Event::Text(said), _)) = line.last_mut() else { return };
    let bare = said.trim_end().trim_end_matches('#');
    if bare.ends_with(char::is_whitespace) {
        *said = bare.trim_end().to_owned().into();
    }
}
