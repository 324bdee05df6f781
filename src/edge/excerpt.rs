//! Cuts the few lines out of a source that an excerpt on the terminal shows.
//!
//! The excerpt fits the terminal and is harmless to it, whatever the source contains: a line of a
//! megabyte is cut to what is around the marks, control characters are replaced by pictures. What
//! an excerpt costs depends on the terminal's width and not on the source.

use std::ops::Range;

use unicode_width::UnicodeWidthChar;

use super::harmless::{CUT, harmless, shown_as};
use crate::source::{LineIndex, Span};

/// A span over more lines is drawn as its first line: an excerpt shows where to look, and is not
/// meant for reading a whole section.
pub(super) const LINES: usize = 8;

/// The annotation renderer draws a tab as four spaces.
const TAB_COLUMNS: usize = 4;

/// A place to mark, and what to write under it.
#[derive(Clone, Copy)]
pub(super) struct Mark<'a> {
    /// The place in the source.
    pub(super) span: Span,
    /// The words under it; may be empty.
    pub(super) label: &'a str,
}

/// Some lines of a source, ready to draw.
pub(super) struct Excerpt {
    /// The 1-based number of the first line.
    pub(super) first_line: usize,
    /// The lines, each without its ending, joined by `\n`.
    pub(super) text: String,
    /// Where the marks are in `text`, in the order in which they were given.
    pub(super) marks: Vec<Range<usize>>,
}

/// A mark on its lines.
struct MarkedLines {
    bytes: Range<usize>,
    first_line: usize,
    last_line: usize,
}

impl Excerpt {
    /// Cuts out the lines of all marks, each line at most `room` columns wide if that leaves
    /// anything visible.
    pub(super) fn new(index: &LineIndex<'_>, marks: &[Mark<'_>], room: usize) -> Self {
        let places: Vec<MarkedLines> = marks.iter().map(|mark| place(index, mark.span)).collect();
        let first_line = places.iter().map(|place| place.first_line).min().unwrap_or(1);
        let last_line = places.iter().map(|place| place.last_line).max().unwrap_or(first_line);
        let longest_label = marks.iter().map(|mark| columns_of(mark.label)).max().unwrap_or(0);

        let mut excerpt = Self { first_line, text: String::new(), marks: Vec::new() };
        excerpt.marks = places.iter().map(|_| 0..0).collect();
        for number in first_line..=last_line {
            if number > first_line {
                excerpt.text.push('\n');
            }
            let line = index.line(number);
            let window = Window::new(&index.text()[line.clone()], line.start, room, longest_label)
                .around(focus(&places, number, &line, index.text()));
            for (place, mark) in places.iter().zip(&mut excerpt.marks) {
                if place.first_line == number {
                    mark.start = excerpt.text.len() + window.offset_of(place.bytes.start);
                }
                if place.last_line == number {
                    mark.end = excerpt.text.len() + window.offset_of(place.bytes.end);
                }
            }
            window.write(&mut excerpt.text);
        }
        excerpt
    }
}

/// The lines of a span without the line endings and spaces after it, which carry no information and
/// would draw the mark down to the next line. A span over too many lines becomes its first line.
fn place(index: &LineIndex<'_>, span: Span) -> MarkedLines {
    let text = index.text();
    let start = index.position(span.start);
    let end = index.position(span.end.max(span.start));
    let covered = &text[start.offset..end.offset];
    let end = index.position(Span::new(0, start.offset + covered.trim_end().len()).end);
    if end.line - start.line < LINES {
        return MarkedLines {
            bytes: start.offset..end.offset,
            first_line: start.line,
            last_line: end.line,
        };
    }
    let first_line = index.line(start.line);
    MarkedLines {
        bytes: start.offset..first_line.end.max(start.offset),
        first_line: start.line,
        last_line: start.line,
    }
}

/// The part of a line that must be visible: the marks in it, or the first or last character of
/// those that go over several lines.
fn focus(places: &[MarkedLines], number: usize, line: &Range<usize>, text: &str) -> Range<usize> {
    let mut focus: Option<Range<usize>> = None;
    for place in
        places.iter().filter(|place| (place.first_line..=place.last_line).contains(&number))
    {
        let starts_here = place.first_line == number;
        let ends_here = place.last_line == number;
        let part = match (starts_here, ends_here) {
            (true, true) => place.bytes.clone(),
            (true, false) => place.bytes.start..place.bytes.start,
            (false, true) => {
                let last = text[line.start..place.bytes.end].chars().next_back();
                place.bytes.end - last.map_or(0, char::len_utf8)..place.bytes.end
            }
            (false, false) => line.start..line.start,
        };
        focus = Some(match focus {
            Some(focus) => focus.start.min(part.start)..focus.end.max(part.end),
            None => part,
        });
    }
    focus.unwrap_or(line.start..line.start)
}

/// The visible part of one line.
struct Window<'text> {
    line: &'text str,
    /// Where the line starts in the source.
    base: usize,
    /// The shown bytes of the line.
    shown: Range<usize>,
    room: usize,
    label: usize,
}

impl<'text> Window<'text> {
    fn new(line: &'text str, base: usize, room: usize, label: usize) -> Self {
        Self { line, base, shown: 0..line.len(), room, label }
    }

    /// Shows as much as there is room for around `focus`, a range of the source. A focus that is
    /// too wide itself is cut so that its label still has room beside it; nothing after the cut is
    /// shown then, because the mark would look as if it ended there.
    fn around(mut self, focus: Range<usize>) -> Self {
        if fits(self.line, self.room) {
            return self;
        }
        let start = focus.start.saturating_sub(self.base).min(self.line.len());
        let end = focus.end.saturating_sub(self.base).clamp(start, self.line.len());
        // One column on each side is for the sign that something was cut away.
        let room = self.room.saturating_sub(2);
        let room_beside_label = room - (self.label + 1).min(room / 2);

        let (mut before, used) = self.before(start, end, room_beside_label);
        let (in_focus, focused) = forwards(&self.line[start..end], room_beside_label - used);
        let is_whole = start + in_focus == end;
        let after = if is_whole { &self.line[end..] } else { "" };
        let (after, behind) = forwards(after, room - used - focused);
        // Room that the end of the line leaves free goes to the text before the focus.
        let most = (room - focused - behind).min(room_beside_label - focused);
        before = before.max(backwards(&self.line[..start], most).0);
        self.shown = start - before..start + in_focus + after;
        self
    }

    /// How many bytes and columns to show before the focus: the whole start of the line if
    /// possible, else as much as remains for what follows.
    fn before(&self, start: usize, end: usize, room: usize) -> (usize, usize) {
        let (in_focus, focused) = forwards(&self.line[start..end], room);
        let free = room - focused;
        let (before, used) = backwards(&self.line[..start], free);
        if before == start {
            return (before, used);
        }
        let is_whole = start + in_focus == end;
        backwards(&self.line[..start], if is_whole { free / 2 } else { room / 4 })
    }

    /// Translates an offset of the source into one of the excerpt; an offset that was cut away
    /// becomes the nearest end.
    fn offset_of(&self, offset: usize) -> usize {
        let offset = offset.saturating_sub(self.base).min(self.line.len());
        let sign = if self.shown.start > 0 { CUT.len_utf8() } else { 0 };
        if offset < self.shown.start {
            return 0;
        }
        let upto = offset.min(self.shown.end);
        let written = harmless(&self.line[self.shown.start..upto]).len();
        // A mark that goes on after the cut covers the sign for it.
        let behind = if offset > self.shown.end { CUT.len_utf8() } else { 0 };
        sign + written + behind
    }

    fn write(&self, text: &mut String) {
        if self.shown.start > 0 {
            text.push(CUT);
        }
        text.push_str(&harmless(&self.line[self.shown.clone()]));
        if self.shown.end < self.line.len() {
            text.push(CUT);
        }
    }
}

/// How many bytes and columns of the start of `text` fit into `room` columns.
fn forwards(text: &str, room: usize) -> (usize, usize) {
    fitting(text.chars(), room)
}

/// How many bytes and columns of the end of `text` fit into `room` columns.
fn backwards(text: &str, room: usize) -> (usize, usize) {
    fitting(text.chars().rev(), room)
}

fn fitting(characters: impl Iterator<Item = char>, room: usize) -> (usize, usize) {
    let (mut bytes, mut columns) = (0, 0);
    // Characters without width could go on for megabytes, so their number is limited as well.
    for character in characters.take(room * 2) {
        let wide = columns_of_character(character);
        if columns + wide > room {
            break;
        }
        bytes += character.len_utf8();
        columns += wide;
    }
    (bytes, columns)
}

fn fits(text: &str, room: usize) -> bool {
    forwards(text, room).0 == text.len()
}

/// How wide a text is on a terminal.
pub(super) fn columns_of(text: &str) -> usize {
    text.chars().map(columns_of_character).sum()
}

fn columns_of_character(character: char) -> usize {
    match character {
        '\t' => TAB_COLUMNS,
        _ => shown_as(character).width().unwrap_or(1),
    }
}
