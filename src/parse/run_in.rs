//! Labels of blocks that are bold at the start of a line, followed by the block's text:
//! `**Channels:** van, stall`.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::Reader;
use super::detect::LONGEST_LABEL;
use super::inline;
use super::lines;
use super::outline::{BOLD_LINE, Piece, PieceKind, block_end, span_of};
use crate::kind::Kinds;
use crate::source::Span;

/// The pieces of a document, with the labels that begin lines of paragraphs as labels of their own;
/// `None` if there are none.
pub(super) fn apart(
    reader: &Reader<'_, '_>,
    kinds: &Kinds,
    pieces: &[Piece],
) -> Option<Vec<Piece>> {
    let mut apart = Vec::with_capacity(pieces.len());
    for piece in pieces {
        match piece.kind {
            PieceKind::Paragraph => paragraph(reader, kinds, piece, &mut apart),
            _ => apart.push(piece.clone()),
        }
    }
    (apart.len() > pieces.len()).then_some(apart)
}

/// Adds a paragraph, cut before and after each label that begins a line of it.
fn paragraph(reader: &Reader<'_, '_>, kinds: &Kinds, piece: &Piece, pieces: &mut Vec<Piece>) {
    let mut push = |kind, events: Range<usize>, span: Span| {
        pieces.push(Piece { kind, span, events, goes_on: false });
    };
    let text = |events: Range<usize>, start: usize| {
        let whole = span_of(reader.text, reader.events, events.clone());
        let span = Span::new(start.max(whole.start as usize), whole.end as usize);
        let says_something = span.of(reader.text).contains(char::is_alphanumeric);
        (!events.is_empty() && says_something).then_some((PieceKind::Paragraph, events, span))
    };
    // The part without a label so far.
    let mut rest = (piece.events.clone(), piece.span.start as usize);
    for line in lines::split(reader, piece.events.clone()) {
        let Some((label, behind)) = label(reader, kinds, &line) else { continue };
        if let Some((kind, events, span)) = text(rest.0.start..line.start, rest.1) {
            push(kind, events, span);
        }
        let span = span_of(reader.text, reader.events, label.clone());
        rest = (label.end..piece.events.end, behind);
        push(PieceKind::Label(BOLD_LINE), label, span);
    }
    if let Some((kind, events, span)) = text(rest.0, rest.1) {
        push(kind, events, span);
    }
}

/// The events of the label that begins a line, and the start of what follows it.
fn label(
    reader: &Reader<'_, '_>,
    kinds: &Kinds,
    line: &Range<usize>,
) -> Option<(Range<usize>, usize)> {
    const COLONS: [char; 2] = [':', '：'];
    // Emoji may be before it.
    let is_mark = |event: &Event<'_>| matches!(event, Event::Text(text) if !text.contains(char::is_alphanumeric));
    let start = line.start + usize::from(is_mark(&reader.events.get(line.start)?.0));
    let (Event::Start(Tag::Strong), range) = reader.events.get(start)? else { return None };
    let end = block_end(reader.events, start).min(line.end);
    let text = inline::plain(&reader.events[start..end], &[]).text;
    let behind = reader.text.get(range.end..).unwrap_or("");
    let rest = behind.trim_start_matches([' ', '\t']);
    let colon = rest.strip_prefix(COLONS);
    let is_label = text.trim_end().ends_with(COLONS) || colon.is_some();
    if !is_label || text.len() > LONGEST_LABEL || kinds.label(&text).is_none() {
        return None;
    }
    let goes_on =
        range.end + behind.len() - colon.unwrap_or(rest).trim_start_matches([' ', '\t']).len();
    Some((line.start..end, goes_on))
}
