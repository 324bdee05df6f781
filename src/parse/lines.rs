//! Paragraphs whose lines are elements: they begin with signs that are text in Markdown, or are
//! plain lines below each other.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::Reader;
use super::inline;
use super::outline::{line_end, span_of};
use crate::source::Span;

/// Blanks that word processors leave behind a sign, which Markdown takes for letters.
const NO_BREAK_SPACES: [char; 2] = ['\u{a0}', '\u{202f}'];

/// A longer line without a name belongs to a paragraph that was wrapped.
const LONGEST_BARE_LINE: usize = 50;

/// A line, or several if the first begins with a sign and the others continue it.
pub(super) struct Line {
    pub events: Range<usize>,
    /// Its start, after its sign.
    pub start: usize,
}

/// A paragraph as lines.
pub(super) struct Lines {
    /// The part above the first of them.
    pub lead: Option<Range<usize>>,
    pub lines: Vec<Line>,
    /// Whether they begin with signs for lists, which any reader takes them for.
    pub are_signs: bool,
}

/// The lines of inline events.
pub(super) fn split(reader: &Reader<'_, '_>, inline: Range<usize>) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut start = inline.start;
    while start < inline.end {
        let end = line_end(reader.events, start, inline.end);
        lines.push(start..end);
        start = end + 1;
    }
    lines
}

/// A paragraph whose lines begin with signs: `•`, `–`, `*)`, a number that begins no list there, or,
/// if all do, emoji.
pub(super) fn marked(reader: &Reader<'_, '_>, inline: Range<usize>) -> Option<Lines> {
    let whole = span_of(reader.text, reader.events, inline.clone()).of(reader.text);
    let may_be = |character: char| !character.is_alphanumeric() || character.is_ascii_digit();
    // Hardly any paragraph has a line that begins with such a sign.
    let begins = |line: &str| line.trim_start().chars().next().is_some_and(may_be);
    if !whole.lines().any(|line| begins(line) || line.get(1..2) == Some(")")) {
        return None;
    }
    let lines = split(reader, inline.clone());
    let signs: Vec<Option<Sign>> =
        lines.iter().map(|line| sign(source(reader, line.clone()))).collect();
    let count = signs.iter().flatten().count();
    let is_certain = signs.iter().flatten().any(|sign| sign.is_bullet);
    if count == 0 || count == 1 && !is_certain {
        let decorated = |line: &Range<usize>| {
            let first = source(reader, line.clone()).chars().next();
            first.is_some_and(inline::is_decoration)
        };
        let all = lines.len() > 1 && lines.iter().all(decorated);
        let lines = lines.into_iter().map(|line| bare_line(reader, line)).collect();
        return all.then_some(Lines { lead: None, lines, are_signs: false });
    }
    let mut found: Vec<Line> = Vec::with_capacity(count);
    let mut lead: Option<Range<usize>> = None;
    for (events, sign) in lines.into_iter().zip(signs) {
        match (sign, found.last_mut()) {
            (Some(sign), _) => {
                let start = span_of(reader.text, reader.events, events.clone()).start as usize;
                found.push(Line { events, start: start + sign.length });
            }
            // A line without a sign continues the one above.
            (None, Some(last)) => last.events.end = events.end,
            (None, None) => lead = Some(inline.start..events.end),
        }
    }
    Some(Lines { lead, lines: found, are_signs: true })
}

/// A paragraph whose lines are entries below each other, and not wrapped sentences: each is short or begins
/// with a name, and they begin and end alike.
pub(super) fn bare(reader: &Reader<'_, '_>, inline: Range<usize>) -> Option<Lines> {
    let mut lines = split(reader, inline);
    let is_lead = lines.len() > 2 && source(reader, lines[0].clone()).ends_with([':', '：']);
    let lead = is_lead.then(|| lines.remove(0));
    let (first, behind) = lines.split_first()?;
    let is_bold = |line: &Range<usize>| {
        matches!(reader.events.get(line.start), Some((Event::Start(Tag::Strong), _)))
    };
    // A bold line with others below it is a name and its text.
    let bold = behind.iter().filter(|line| is_bold(line)).count();
    if behind.is_empty() || is_bold(first) && bold < behind.len() {
        return None;
    }
    let is_entry = |line: &Range<usize>| {
        let plain = inline::plain(&reader.events[line.clone()], &[]);
        let name = plain.name(Span::default());
        let is_named = name.name.is_some() && !name.text.is_empty();
        is_named || plain.text.trim().chars().nth(LONGEST_BARE_LINE).is_none()
    };
    let texts: Vec<&str> = lines.iter().map(|line| source(reader, line.clone())).collect();
    let are_entries = bold == behind.len() && is_bold(first)
        || lines.iter().all(is_entry) && begin_alike(&texts) && end_alike(&texts);
    let lines = lines.into_iter().map(|line| bare_line(reader, line)).collect();
    are_entries.then_some(Lines { lead, lines, are_signs: false })
}

fn bare_line(reader: &Reader<'_, '_>, events: Range<usize>) -> Line {
    let start = span_of(reader.text, reader.events, events.clone()).start as usize;
    Line { events, start }
}

fn source<'t>(reader: &Reader<'_, 't>, line: Range<usize>) -> &'t str {
    span_of(reader.text, reader.events, line).of(reader.text).trim()
}

/// Whether all lines begin with a lower-case letter, or none does. A wrapped sentence continues in lower
/// case.
fn begin_alike(lines: &[&str]) -> bool {
    let small = lines.iter().filter(|line| line.starts_with(char::is_lowercase)).count();
    small == 0 || small == lines.len()
}

/// Whether all lines end a sentence, or none does, and all or none end with a comma.
fn end_alike(lines: &[&str]) -> bool {
    let ends = |marks: &[char], lines: &[&str]| {
        let count = lines.iter().filter(|line| line.ends_with(marks)).count();
        count == 0 || count == lines.len()
    };
    let before_last = lines.split_last().map_or(lines, |(_, before)| before);
    let commas: &[char] = &[',', ';', '、', '，', '،'];
    let is_broken = before_last.len() == 1 && before_last[0].ends_with(commas);
    !is_broken && ends(&['.', '!', '…', '。', '！', '؟'], lines) && ends(commas, before_last)
}

/// A sign that begins an entry.
struct Sign {
    /// Its length in bytes, with the blanks after it.
    length: usize,
    /// Whether it has no other meaning, even in a single line.
    is_bullet: bool,
}

/// Whether a line begins with a bullet, so that it is not a label.
pub(super) fn is_bulleted(line: &str) -> bool {
    sign(line).is_some_and(|sign| sign.is_bullet)
}

/// The sign that a line begins with.
fn sign(line: &str) -> Option<Sign> {
    let first = line.chars().next()?;
    let behind = &line[first.len_utf8()..];
    let is_bullet =
        matches!(first, '•' | '‣' | '◦' | '▪' | '▫' | '●' | '○' | '■' | '◆' | '∙' | '⁃');
    let rest = match first {
        _ if is_bullet => behind,
        // Without a blank they may be the start of a word, a number or a rule.
        '–' | '—' | '−' | '·' | '・' => behind.strip_prefix(char::is_whitespace)?,
        '-' | '*' | '+' => match behind.strip_prefix(')') {
            Some(rest) => rest.strip_prefix(char::is_whitespace)?,
            None if first == '-' && behind.starts_with(char::is_alphabetic) => behind,
            None => behind.strip_prefix(NO_BREAK_SPACES)?,
        },
        '0'..='9' | '(' | 'a'..='z' => {
            let inside = line.strip_prefix('(').unwrap_or(line);
            let count = inside.find(|c: char| !c.is_ascii_alphanumeric())?;
            let is_counter = (1..=2).contains(&count)
                && inside[..count].bytes().all(|byte| byte.is_ascii_digit())
                || count == 1 && inside[count..].starts_with(')');
            let rest = inside[count..].strip_prefix(')');
            let rest = rest.or_else(|| inside[count..].strip_prefix('.').filter(|_| first != '('));
            rest.filter(|_| is_counter)?.strip_prefix(char::is_whitespace)?
        }
        _ => return None,
    };
    let rest = rest.trim_start();
    let is_any = rest.contains(char::is_alphanumeric);
    is_any.then_some(Sign { length: line.len() - rest.len(), is_bullet })
}

/// Splits the text of an item of a list if a line of it begins with a sign: such a line belongs to the
/// lines above the list, since Markdown lets a paragraph continue without being indented.
pub(super) fn lazy(reader: &Reader<'_, '_>, inline: Range<usize>) -> (Range<usize>, Vec<Line>) {
    let mut own = inline.clone();
    let Some(found) = marked(reader, inline).filter(|lines| lines.are_signs) else {
        return (own, Vec::new());
    };
    let mut lines = found.lines;
    match found.lead {
        Some(lead) => own = lead,
        None => own = lines.remove(0).events,
    }
    (own, lines)
}
