//! The texts of documents that are kept with their markup, as plain words.

use std::borrow::Cow;

use crate::canvas::Document;
use crate::markdown::plain::{hidden, shown, walk};
use crate::source::Span;

/// The words of pieces of a document, without comments and attributes.
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
    let source = shown(document, piece);
    // Bullets, emphasis and quotation marks separate words like blanks; these signs may contain
    // something else.
    if !source.contains(['<', '(', '`', '&', '%', '[']) {
        return source;
    }
    let mut said = String::with_capacity(source.len());
    walk(&source, Span::new(0, source.len()), |text, _| said.push_str(text));
    Cow::Owned(said)
}

/// The texts of an ordinary page: before its first heading, and below each heading.
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
