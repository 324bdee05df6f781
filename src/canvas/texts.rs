//! The plain texts of a document, kept in one piece. Most of them read as they are written, and of
//! those only the place is kept: a large handbook has a million.

use std::sync::Arc;

use crate::source::Span;

/// The source of a document, and its texts that read otherwise than they are written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Texts {
    source: Arc<str>,
    others: Box<str>,
}

/// A text among [`Texts`]: a place in the source; one behind the source's end counts on into the
/// others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Passage(Span);

impl Passage {
    pub(super) fn is_empty(self) -> bool {
        self.0.is_empty()
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

    /// Keeps a text as the first of these places in the source where it stands, or as it is where it
    /// stands at none.
    pub(super) fn keep(&mut self, text: &str, starts: &[usize]) -> Passage {
        if text.is_empty() {
            return Passage::default();
        }
        let places = starts.iter().map(|start| *start..start + text.len());
        let mut written = places.filter(|place| self.source.get(place.clone()) == Some(text));
        if let Some(place) = written.next() {
            return Passage(place.into());
        }
        let start = self.source.len() + self.others.len();
        self.others.push_str(text);
        Passage(Span::new(start, start + text.len()))
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
        let words = [("b", 3), ("a b d", 0), ("d", 9), ("", 4), ("far", 1000)];
        let kept = words.map(|(text, start)| builder.keep(text, &[5, start]));
        let texts = builder.finish();
        assert_eq!(kept.map(|passage| texts.get(passage)), words.map(|(text, _)| text));
        assert_eq!(&*texts.others, "a b dfar");
    }
}
