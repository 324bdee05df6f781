//! The plain texts of a document, stored together. Most of them are in the source as they are, and
//! then only their place is kept: a large handbook has a million.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use crate::source::Span;

/// The source of a document, and its texts that differ from how they are written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Texts {
    source: Arc<str>,
    others: Box<str>,
}

/// A text in [`Texts`]: a place in the source; offsets after the end of the source continue into
/// the other texts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Passage(Span);

impl Passage {
    pub(super) fn is_empty(self) -> bool {
        self.0.is_empty()
    }
}

/// A plain text, and its place in the source if it is written as it reads.
#[derive(Clone, Debug)]
pub struct Words<'w> {
    /// The text.
    pub text: &'w str,
    /// The place in the source that contains it.
    pub within: Range<usize>,
}

/// A plain text that may be made of pieces, between which the source has links and emphasis.
#[derive(Clone, Copy, Debug)]
pub struct Text<'c> {
    texts: &'c Texts,
    pieces: &'c [Passage],
}

impl<'c> Text<'c> {
    pub(super) fn new(texts: &'c Texts, pieces: &'c [Passage]) -> Self {
        Self { texts, pieces }
    }

    /// The text as one string.
    pub fn get(self) -> Cow<'c, str> {
        match self.pieces {
            [] => Cow::Borrowed(""),
            [piece] => Cow::Borrowed(self.texts.get(*piece)),
            pieces => {
                let length = pieces.iter().map(|piece| piece.0.range().len()).sum();
                let mut text = String::with_capacity(length);
                text.extend(pieces.iter().map(|piece| self.texts.get(*piece)));
                Cow::Owned(text)
            }
        }
    }

    /// Whether it is empty.
    pub fn is_empty(self) -> bool {
        self.pieces.is_empty()
    }
}

impl Texts {
    pub(super) fn source(&self) -> &str {
        &self.source
    }

    pub(super) fn get(&self, Passage(span): Passage) -> &str {
        let before = self.source.len();
        match (span.start as usize).checked_sub(before) {
            Some(start) => self.others.get(start..span.end as usize - before).unwrap_or(""),
            None => span.of(&self.source),
        }
    }
}

/// The texts of a document while they are gathered.
#[derive(Debug)]
pub(super) struct TextsBuilder {
    source: Arc<str>,
    others: String,
}

impl TextsBuilder {
    pub(super) fn new(source: &Arc<str>) -> Self {
        Self { source: Arc::clone(source), others: String::new() }
    }

    /// Whether the source has this text at a place.
    pub(super) fn says(&self, place: Range<usize>, text: &str) -> bool {
        self.source.get(place) == Some(text)
    }

    /// Keeps a text as its place in the source, or as a copy if it is not there.
    pub(super) fn keep(&mut self, words: Words<'_>) -> Passage {
        let Words { text, within } = words;
        if text.is_empty() {
            return Passage::default();
        }
        let written = self.source.get(within.clone()).unwrap_or_default();
        // Most texts are exactly what is written, and searching has its price.
        let at = if written == text { Some(0) } else { written.find(text) };
        if let Some(at) = at {
            let start = within.start + at;
            return Passage(Span::new(start, start + text.len()));
        }
        let start = self.source.len() + self.others.len();
        self.others.push_str(text);
        Passage(Span::new(start, start + text.len()))
    }

    /// Keeps the pieces of a text one after the other; pieces that adjoin become one.
    pub(super) fn keep_all<'w>(
        &mut self,
        words: impl Iterator<Item = Words<'w>>,
        pieces: &mut Vec<Passage>,
    ) {
        let first = pieces.len();
        let end_of_source = u32::try_from(self.source.len()).unwrap_or(u32::MAX);
        for piece in words.map(|words| self.keep(words)).filter(|piece| !piece.is_empty()) {
            match pieces[first..].last_mut() {
                Some(Passage(last)) if last.end == piece.0.start && last.end != end_of_source => {
                    last.end = piece.0.end;
                }
                _ => pieces.push(piece),
            }
        }
    }

    pub(super) fn finish(self) -> Texts {
        Texts { source: self.source, others: Box::from(&*self.others) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_reads_as_it_is_written_is_not_kept_twice() {
        let source: Arc<str> = "a [b](c) d".into();
        let mut builder = TextsBuilder::new(&source);
        let words = [("b", 2..5), ("a b d", 0..10), ("d", 9..10), ("", 4..4), ("far", 100..103)];
        let words = words.map(|(text, within)| Words { text, within });
        let kept = words.clone().map(|words| builder.keep(words));
        let texts = builder.finish();
        assert_eq!(kept.map(|passage| texts.get(passage)), words.map(|words| words.text));
        assert_eq!(&*texts.others, "a b dfar");
    }

    #[test]
    fn a_text_is_put_together_from_what_is_written() {
        let source: Arc<str> = "a [b](c)&amp; d".into();
        for (words, count, others) in [
            (vec![("a ", 0..2), ("b", 2..8), ("&", 8..13), (" ", 13..14), ("d", 14..15)], 4, ""),
            (vec![("d", 14..15), ("x", 15..15), ("y", 15..15)], 2, "xy"),
            (vec![("", 0..0)], 0, ""),
        ] {
            let (mut builder, mut pieces) = (TextsBuilder::new(&source), Vec::new());
            let given = words.iter().map(|(text, at)| Words { text, within: at.clone() });
            builder.keep_all(given, &mut pieces);
            let texts = builder.finish();
            let whole: String = words.iter().map(|(text, _)| *text).collect();
            assert_eq!(Text::new(&texts, &pieces).get(), whole);
            assert_eq!((pieces.len(), &*texts.others), (count, others));
        }
    }
}
