//! The plain text of inline events while it is written.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::{Bold, Inline, Piece, Plain};
use crate::canvas::wiki_text;
use crate::markdown::is_line_break;
use crate::source::Span;

/// The plain text of inline events, as a reader sees it: without marks and hidden spans, with
/// spaces for line breaks. The hidden spans are those among the events, in order.
pub(in crate::parse) fn plain(events: Inline<'_, '_>, hidden: &[Span]) -> Plain {
    let mut writer = Writer::default();
    if let (Some((_, first)), Some((_, last))) = (events.first(), events.last()) {
        writer.plain.text.reserve(last.end.saturating_sub(first.start));
        writer.plain.pieces.reserve(events.len());
    }
    for (event, range) in events {
        let is_hidden = || is_within(range, hidden);
        match event {
            Event::Start(tag) => writer.start(tag, range, is_hidden()),
            Event::End(end) => writer.end(*end),
            _ if writer.in_wiki_link => {}
            Event::Text(text) if hidden.is_empty() => writer.push(text, range.clone(), true),
            Event::Text(text) => {
                for (piece, from) in visible(text, range, hidden) {
                    let is_whole = piece.len() == text.len();
                    let to = if is_whole { range.end } else { from + piece.len() };
                    writer.push(piece, from..to, true);
                }
            }
            _ if is_hidden() => {}
            Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                writer.push(text, range.clone(), false);
            }
            Event::InlineHtml(html) if is_line_break(html) => {
                writer.push(" ", range.clone(), false);
            }
            Event::InlineHtml(html) | Event::Html(html) => {
                if !html.starts_with("<!--") {
                    writer.push(html, range.clone(), false);
                }
            }
            Event::SoftBreak | Event::HardBreak => writer.push(" ", range.clone(), false),
            Event::FootnoteReference(_) => {
                let mark = writer.outermost(range);
                writer.plain.marks.push((writer.plain.text.len(), mark));
            }
            Event::TaskListMarker(_) | Event::Rule => {}
        }
    }
    writer.plain
}

/// The plain text while it is written.
#[derive(Default)]
struct Writer {
    plain: Plain,
    /// The number of open tags, and the place of the outermost.
    depth: usize,
    outer: Range<usize>,
    /// The open bold run, and the number of tags that were open before it.
    open: Option<(Bold, usize)>,
    /// Whether it is within a wiki link without a text of its own, whose text was written from its
    /// target.
    in_wiki_link: bool,
}

impl Writer {
    fn start(&mut self, tag: &Tag<'_>, range: &Range<usize>, is_hidden: bool) {
        if self.depth == 0 {
            self.outer = range.clone();
        }
        let at = self.plain.text.len();
        let is_first = self.plain.bold.is_none() && self.open.is_none();
        if *tag == Tag::Strong && is_first && is_mark(&self.plain.text) {
            let is_outermost = self.depth == 0;
            // The marks are two characters on each side.
            let inside = range.start + 2..range.end.saturating_sub(2).max(range.start + 2);
            let bold = Bold {
                inside: at..at,
                source: if is_outermost { inside } else { self.outer.clone() },
                source_end: if is_outermost { range.end } else { self.outer.end },
                outer: (!is_outermost).then(|| self.outer.clone()),
            };
            self.open = Some((bold, self.depth));
        }
        self.depth += 1;
        if let Tag::Link {
            link_type: LinkType::WikiLink { has_pothole: false }, dest_url, ..
        } = tag
        {
            if !is_hidden {
                // It is the last thing within the brackets.
                let (label, end) = (wiki_text(dest_url), range.end.saturating_sub(2));
                self.push(label, end.saturating_sub(label.len())..end, false);
            }
            self.in_wiki_link = true;
        }
    }

    fn end(&mut self, end: TagEnd) {
        self.depth = self.depth.saturating_sub(1);
        if end == TagEnd::Link {
            self.in_wiki_link = false;
        }
        if let Some((mut bold, _)) = self.open.take_if(|(_, depth)| *depth == self.depth) {
            bold.inside.end = self.plain.text.len();
            self.plain.bold = Some(bold);
        }
        // A link that is bold only at its start is not a bold name.
        if self.depth == 0
            && let Some(bold) = &self.plain.bold
            && bold.outer.as_ref() == Some(&self.outer)
            && self.plain.text[bold.inside.end..].contains(char::is_alphanumeric)
        {
            self.plain.bold = None;
        }
    }

    fn push(&mut self, text: &str, source: Range<usize>, is_text: bool) {
        if text.is_empty() {
            return;
        }
        let is_own = is_text && self.depth == 0;
        self.plain.pieces.push(Piece {
            start: self.plain.text.len(),
            is_literal: is_text && text.len() == source.len(),
            outer: self.outermost(&source),
            source,
            is_own,
        });
        self.plain.text.push_str(text);
    }

    /// The place of what contains an event: the whole link, the whole emphasis; else its own.
    fn outermost(&self, source: &Range<usize>) -> Range<usize> {
        if self.depth == 0 { source.clone() } else { self.outer.clone() }
    }
}

/// Whether a text may come before a bold name: emoji, punctuation, a tag in brackets (`[P1]`).
pub(in crate::parse) fn is_mark(text: &str) -> bool {
    const LONGEST: usize = 80;
    let mut depth = 0usize;
    for character in text.chars().take(LONGEST) {
        match character {
            '[' | '(' | '（' | '【' => depth += 1,
            ']' | ')' | '）' | '】' => depth = depth.saturating_sub(1),
            _ if depth == 0 && character.is_alphanumeric() => return false,
            _ => {}
        }
    }
    depth == 0 && text.len() <= LONGEST
}

/// Whether a range is within one of the hidden spans.
fn is_within(range: &Range<usize>, hidden: &[Span]) -> bool {
    let at = hidden.partition_point(|span| (span.end as usize) < range.end);
    hidden.get(at).is_some_and(|span| span.start as usize <= range.start)
}

/// The parts of a text event that are not in a hidden span, each with its place.
fn visible<'t>(text: &'t str, range: &Range<usize>, hidden: &[Span]) -> Vec<(&'t str, usize)> {
    let at = hidden.partition_point(|span| (span.end as usize) <= range.start);
    let covers = hidden.get(at).filter(|span| (span.start as usize) < range.end);
    let Some(first) = covers else { return vec![(text, range.start)] };
    // A text that differs in length from its source was decoded, and cannot be cut.
    if text.len() != range.len() {
        let is_covered = first.start as usize <= range.start && range.end <= first.end as usize;
        return if is_covered { Vec::new() } else { vec![(text, range.start)] };
    }
    let mut parts = Vec::new();
    let mut from = range.start;
    for span in std::iter::once(first).chain(&hidden[at + 1..]) {
        let span = span.range();
        if span.start >= range.end {
            break;
        }
        if span.start > from {
            parts.push((&text[from - range.start..span.start - range.start], from));
        }
        from = span.end.min(range.end);
    }
    if from < range.end {
        parts.push((&text[from - range.start..], from));
    }
    parts
}
