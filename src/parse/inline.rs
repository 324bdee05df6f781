//! The content of a paragraph: its plain text, and where an element's name ends.

mod writer;

use std::ops::Range;

use pulldown_cmark::Event;

use super::brackets::{Brackets, is_bracket};
use super::separators::{dash, is_dash, strip_separator};
use crate::canvas::Words;
use crate::characters::{is_box_drawing, is_bullet, is_emoji};
use crate::source::Span;

pub(super) use writer::{is_mark, plain};

/// Inline events with their places.
pub(super) type Inline<'e, 't> = &'e [(Event<'t>, Range<usize>)];

/// Items longer than this are not names. Source: PRODUCT.md, "Elements".
pub(super) const LONGEST_NAME: usize = 80;
/// A separator counts within this many characters only.
const SEPARATOR_WITHIN: usize = 60;

/// Plain text whose pieces know their places in the source.
#[derive(Default)]
pub(super) struct Plain {
    pub text: String,
    pieces: Vec<Piece>,
    /// The bold run that starts the text.
    bold: Option<Bold>,
    /// The marks of footnotes: each with the length of the text before it, and its place in the source.
    marks: Vec<(usize, Range<usize>)>,
}

/// A piece of plain text.
struct Piece {
    /// The offset of its start in the plain text.
    start: usize,
    /// Its place in the source.
    source: Range<usize>,
    /// The place of what contains it: the whole link, the whole emphasis; else its own.
    outer: Range<usize>,
    /// Whether it is equal to its source, so that offsets can be mapped.
    is_literal: bool,
    /// Whether it is text of the paragraph itself, which may contain a separator.
    is_own: bool,
}

/// The bold run that starts a text.
#[derive(Clone)]
struct Bold {
    /// Its place in the plain text.
    inside: Range<usize>,
    /// Its place in the source, without the marks; with them if a link or emphasis is around it.
    source: Range<usize>,
    /// The offset after the closing marks.
    source_end: usize,
    /// The place of what contains it, if anything.
    outer: Option<Range<usize>>,
}

impl Plain {
    /// The piece that contains an offset of the plain text.
    fn piece(&self, offset: usize) -> Option<&Piece> {
        let at = self.pieces.partition_point(|piece| piece.start <= offset).checked_sub(1)?;
        Some(&self.pieces[at])
    }

    /// The offset in the source at which the plain text from `offset` on starts, without splitting
    /// markup.
    fn source_from(&self, offset: usize) -> Option<usize> {
        let piece = self.piece(offset).filter(|_| offset < self.text.len())?;
        Some(match piece.is_literal && piece.is_own {
            true => piece.source.start + offset - piece.start,
            false => piece.outer.start,
        })
    }

    /// The offset in the source of a character of the plain text, whatever marks are around it; `None` if it
    /// is written differently.
    pub(super) fn place(&self, offset: usize) -> Option<usize> {
        let piece = self.piece(offset).filter(|piece| piece.is_literal)?;
        Some(piece.source.start + offset - piece.start)
    }

    /// The offset in the source at which the plain text up to `offset` ends, without splitting
    /// markup.
    fn source_up_to(&self, offset: usize) -> Option<usize> {
        let piece = self.piece(offset.checked_sub(1)?)?;
        Some(match piece.is_literal && piece.is_own {
            true => piece.source.start + offset - piece.start,
            false => piece.outer.end,
        })
    }

    /// Whether the text consists of questions only.
    pub(super) fn only_asks(&self) -> bool {
        let bare = self.text.trim_end_matches(|c: char| {
            c.is_whitespace() || matches!(c, '"' | '”' | '“' | '»' | '«' | '*' | '_' | ')' | '）')
        });
        bare.ends_with(['?', '？', '؟'])
            && self.bold.as_ref().is_none_or(|bold| bold.inside.end >= bare.len())
            && !has_statement(bare)
    }

    /// Whether there is nothing to read, or only lines drawn from characters.
    pub(super) fn says_nothing(&self) -> bool {
        // In UTF-8, characters for drawing lines start with these bytes; hardly any text has them.
        let bytes = self.text.as_bytes();
        let may_draw = |pair: &[u8]| pair[0] == 0xe2 && matches!(pair[1], 0x94..=0x96);
        if !bytes.contains(&0xe2) || !bytes.windows(2).any(may_draw) {
            return !self.text.contains(char::is_alphanumeric);
        }
        let drawing = self.text.chars().filter(|c| is_box_drawing(*c)).count();
        let letters = self.text.chars().filter(|c| c.is_alphanumeric()).count();
        letters == 0 || drawing > letters
    }

    /// Splits an element's first paragraph, which is at `span`, into its name and its text.
    pub(super) fn name(&self, span: Span) -> Name {
        let bold = self.bold.as_ref().and_then(|bold| self.bold_name(bold, span));
        let mut name = bold.unwrap_or_else(|| self.plain_name(span));
        self.keep_marks(&mut name);
        name
    }

    /// Extends a name and its text by the marks of footnotes next to them, which are shown there.
    fn keep_marks(&self, name: &mut Name) {
        let Some(words) = name.name.clone() else { return };
        let has_text = !name.text.is_empty();
        for (at, mark) in &self.marks {
            let (span, text) = (&mut name.name_span, &mut name.text_span);
            let (start, end) = (mark.start as u32, mark.end as u32);
            if end <= span.start && *at <= words.start {
                span.start = start;
            } else if start >= span.end && (*at <= words.end || !has_text) {
                span.end = end;
                if start as usize == name.behind {
                    name.behind = mark.end;
                }
                text.start = text.start.max(end);
                text.end = text.end.max(end);
            } else if start >= span.end && end <= text.start {
                text.start = start;
            }
        }
    }

    fn bold_name(&self, bold: &Bold, span: Span) -> Option<Name> {
        let inside = &self.text[bold.inside.clone()];
        let name = trim_name(inside);
        if !name.contains(char::is_alphanumeric) {
            return None;
        }
        // A colon inside the bold text separates too.
        let name_end = bold.inside.start + (inside.len() - inside.trim_start().len()) + name.len();
        let colon = self
            .piece(name_end)
            .filter(|piece| bold.outer.is_none() && piece.is_literal && name_end < bold.inside.end);
        let source_end = colon.map_or(bold.source.end, |piece| {
            (piece.source.start + name_end - piece.start).clamp(bold.source.start, bold.source.end)
        });
        let text = self.text.len() - strip_separator(&self.text[bold.inside.end..]).len();
        let start = self.source_from(text);
        let start = start.unwrap_or(span.end as usize).max(bold.source_end);
        Some(Name {
            name: Some(name_end - name.len()..name_end),
            // A sign may be within the marks.
            name_span: Span::new(bold.source.start.max(span.start as usize), source_end),
            behind: bold.source_end,
            text: text..self.text.len(),
            text_span: Span::new(start.min(span.end as usize), span.end as usize),
        })
    }

    fn plain_name(&self, span: Span) -> Name {
        let text = self.text.trim_start_matches(|c: char| c.is_whitespace() || is_decoration(c));
        let first = self.text.len() - text.len();
        let named = |name: &str, text_from: usize| {
            let start = self.source_from(first).unwrap_or(span.start as usize);
            let end = self.source_up_to(first + name.len()).unwrap_or(span.end as usize);
            let text_start = self.source_from(text_from).unwrap_or(span.end as usize).max(end);
            Name {
                name: Some(first..first + name.len()),
                name_span: Span::new(start, end),
                behind: end,
                text: text_from..self.text.len(),
                text_span: Span::new(text_start.min(span.end as usize), span.end as usize),
            }
        };
        if let Some((at, length)) = self.separator(first) {
            let name = trim_name(&self.text[first..at]);
            if name.contains(char::is_alphanumeric) {
                let rest = self.text[at + length..].trim_start();
                return named(name, self.text.len() - rest.len());
            }
        }
        if text.trim_end().chars().nth(LONGEST_NAME).is_none() {
            return named(trim_name(text), self.text.len());
        }
        Name {
            name: None,
            name_span: Span { start: span.start, end: span.start },
            behind: span.end as usize,
            text: 0..self.text.len(),
            text_span: span,
        }
    }

    /// A range of the text with single spaces between its words, piece by piece; `room` is for a
    /// piece that has others.
    pub(super) fn words<'w>(
        &'w self,
        range: Range<usize>,
        room: &'w mut String,
    ) -> impl Iterator<Item = Words<'w>> {
        put_on_one_line(&self.text[range.clone()], room);
        // If the words move, no piece is equal to the source.
        let is_moved = !room.is_empty();
        let moved = is_moved.then_some(Words { text: room, within: 0..0 });
        let after = self.pieces.partition_point(|piece| piece.start <= range.start);
        let pieces = if is_moved { &[] } else { &self.pieces[after.saturating_sub(1)..] };
        let ends = pieces.iter().skip(1).map(|next| next.start).chain([self.text.len()]);
        let in_range =
            pieces.iter().zip(ends).take_while(move |(piece, _)| piece.start < range.end);
        moved.into_iter().chain(in_range.map(move |(piece, end)| {
            let (start, end) = (piece.start.max(range.start), end.min(range.end));
            let within = match piece.is_literal {
                true => {
                    let before = piece.source.start;
                    before + start - piece.start..before + end - piece.start
                }
                false => piece.source.clone(),
            };
            Words { text: &self.text[start..end], within }
        }))
    }

    /// A range of the text with single spaces between its words, as one.
    pub(super) fn word<'w>(&'w self, range: Range<usize>, room: &'w mut String) -> Words<'w> {
        let text = &self.text[range.clone()];
        put_on_one_line(text, room);
        let literal = self.piece(range.start).filter(|piece| piece.is_literal && room.is_empty());
        let start = literal.map(|piece| piece.source.start + range.start - piece.start);
        let within = start.map_or(0..0, |start| start..start + text.len());
        Words { text: if room.is_empty() { text } else { room }, within }
    }

    /// The first separator of a text without a bold start, which begins at `first`: its offset and
    /// length in the plain text. Texts in brackets or quotation marks stay together.
    fn separator(&self, first: usize) -> Option<(usize, usize)> {
        let is_own = |at: usize| self.piece(at).is_some_and(|piece| piece.is_own);
        let mut previous = ' ';
        let mut brackets = Brackets::default();
        // The first separator after an open bracket, which may never be closed.
        let mut within: Option<(usize, usize)> = None;
        for (count, (offset, character)) in self.text[first..].char_indices().enumerate() {
            let may_separate = count < SEPARATOR_WITHIN;
            if !may_separate && within.is_none() {
                break;
            }
            let at = first + offset;
            let behind = &self.text[at + character.len_utf8()..];
            let ends = behind.is_empty() || behind.starts_with(char::is_whitespace);
            let length = match character {
                ':' => ends.then_some(1),
                '：' => Some(character.len_utf8()),
                _ if is_dash(character) => dash(&self.text[at..], character, previous),
                _ => None,
            };
            if let Some(length) = length.filter(|_| may_separate && at > first && is_own(at)) {
                let found = (at, length);
                if !brackets.any_open() {
                    return Some(found);
                }
                within.get_or_insert(found);
            } else if is_bracket(character) && is_own(at) {
                let next = behind.chars().next().unwrap_or(' ');
                let closed = brackets.read(at, previous, character, next);
                within = within.filter(|(at, _)| closed.is_none_or(|open| *at < open));
            }
            previous = character;
        }
        within
    }
}

/// An element's first paragraph, split; name and text are ranges of the plain text.
pub(super) struct Name {
    pub name: Option<Range<usize>>,
    pub name_span: Span,
    /// The offset in the source where the name ends, marks included.
    pub behind: usize,
    pub text: Range<usize>,
    pub text_span: Span,
}

/// Whether a sentence that is not a question comes before another one.
fn has_statement(text: &str) -> bool {
    let mut word = 0usize;
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let ends = match character {
            '。' | '！' => true,
            '!' => characters.peek().is_some_and(|next| next.is_whitespace()),
            // Shorter words before a full stop are abbreviations.
            '.' => word >= 3 && characters.peek().is_some_and(|next| next.is_whitespace()),
            _ => false,
        };
        if ends {
            return true;
        }
        word = if character.is_alphanumeric() { word + 1 } else { 0 };
    }
    false
}

/// Whether people start a line with a character where Markdown sees no list, or decorate names with
/// it: bullets, check marks, arrows, emoji.
pub(super) fn is_decoration(character: char) -> bool {
    matches!(character, '–' | '—' | '→' | '⇒' | '\u{200d}' | '\u{fe0f}')
        || is_bullet(character)
        || is_emoji(character)
        || is_box_drawing(character)
}

/// Puts a text into `line` with single spaces between its words, unless it has those already.
fn put_on_one_line(text: &str, line: &mut String) {
    if is_on_one_line(text) {
        return;
    }
    line.reserve(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    if line == text {
        line.clear();
    }
}

/// Whether a text is ASCII with single spaces between its words.
fn is_on_one_line(text: &str) -> bool {
    // Loops that do not end early process many bytes at once.
    let bytes = text.as_bytes();
    let is_odd = |byte: u8| !matches!(byte, b' '..=0x7f);
    let odd = bytes.iter().fold(false, |odd, byte| odd | is_odd(*byte));
    let pairs = bytes.iter().zip(bytes.iter().skip(1));
    let gap = pairs.fold(false, |gap, (a, b)| gap | (*a == b' ' && *b == b' '));
    !odd && !gap && !text.starts_with(' ') && !text.ends_with(' ')
}

fn trim_name(name: &str) -> &str {
    name.trim().trim_end_matches([':', '：']).trim_end()
}
