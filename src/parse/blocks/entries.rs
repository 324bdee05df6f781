//! Headings that are entries of their block, since they count with its own word:
//! `### Segment 1: Home brewers`.

use super::{Builder, State};
use crate::diagnostic::catalogue;
use crate::kind::BlockIndex;
use crate::kind::labels::Named;
use crate::parse::detect::Says;
use crate::parse::outline::{Piece, PieceKind};
use crate::parse::separators::{dash, is_dash};
use crate::source::{Location, Span};

/// A separator counts within this many characters only.
const SEPARATOR_WITHIN: usize = 60;

impl Builder<'_, '_, '_> {
    /// Where in the source the name of an entry starts that a label counts: of *Home brewers* in
    /// `Segment 1: Home brewers`, below Customer Segments.
    pub(super) fn counted_entry(&self, level: u8, says: &Says<'_>) -> Option<u32> {
        let State::Block(current) = self.state else { return None };
        let text = &says.plain.text;
        let Split { head, name } = split(text).filter(|_| level >= self.detected.level)?;
        let word = without_counter(head)?;
        let block = self.gatherings[current].block.index;
        let start = says.plain.place(name).filter(|_| self.is_one_of(block, word))?;
        u32::try_from(start).ok()
    }

    /// Starts an entry whose name begins at `name` in its label.
    pub(super) fn start_entry(&mut self, piece: &Piece, level: u8, name: u32) -> usize {
        let State::Block(current) = self.state else { return 1 };
        self.reader.labels.push(Span { start: piece.span.start, end: name });
        let gathering = &mut self.gatherings[current];
        gathering.close(level);
        gathering.resume();
        let span = Span { start: name, end: piece.span.end };
        let kind = PieceKind::Entry;
        self.content(Piece { kind, span, events: piece.events.clone(), goes_on: false });
        self.entry = Some(level);
        1
    }

    /// Tells of a group that may be meant as an entry: it is called so and does not count.
    pub(super) fn tell_doubtful_group(&mut self, block: BlockIndex, title: &str, span: Span) {
        let Some(Split { head, name }) = split(title) else { return };
        let is_word = |word: &&str| self.is_one_of(block, word);
        let Some(word) = head.split_whitespace().find(is_word) else { return };
        let place = Location::new(self.reader.path, span);
        let told = catalogue::doubtful_group(place, title, word, &title[name..]);
        self.reader.diagnostics.push(told);
    }

    /// Whether an entry of a block is called so: `Segment` in Customer Segments.
    fn is_one_of(&self, block: BlockIndex, word: &str) -> bool {
        /// What the plural of a word may add to it, of which labels in the plural know it.
        const ENDINGS: [&str; 6] = ["", "s", "es", "e", "en", "n"];
        let mut forms = ENDINGS.iter().map(|ending| format!("{word}{ending}"));
        match forms.find_map(|form| self.detected.names(&form)) {
            Some(names) => names == Named::Block(block),
            // A word of the block's label, as it is written or usual: `Source` of `Sources de revenus`.
            None => {
                let written = self.gatherings.iter().find(|known| known.block.index == block);
                let written = written.and_then(|known| known.block.label.as_deref());
                let usual = self.detected.kind.block_kind(block).label.as_str();
                let mut words = written.into_iter().chain([usual]).flat_map(str::split_whitespace);
                words.any(|of_label| is_plural(word, of_label))
            }
        }
    }
}

/// A label with a separator in it.
struct Split<'t> {
    /// What is before the separator.
    head: &'t str,
    /// Where what is behind it starts.
    name: usize,
}

fn split(text: &str) -> Option<Split<'_>> {
    let mut previous = ' ';
    for (at, character) in text.char_indices().take(SEPARATOR_WITHIN) {
        let length = match character {
            ':' | '：' => Some(character.len_utf8()),
            _ if is_dash(character) => dash(&text[at..], character, previous),
            _ => None,
        };
        if let Some(length) = length {
            let behind = text[at + length..].trim_start();
            let name = text.len() - behind.len();
            let says_something = behind.contains(char::is_alphanumeric);
            return says_something.then_some(Split { head: text[..at].trim(), name });
        }
        previous = character;
    }
    None
}

/// What a text says before the number or the letter that it ends with: `Segment 1`, `Segment #2`,
/// `Partner B`.
fn without_counter(text: &str) -> Option<&str> {
    let bare = text.trim_end_matches(char::is_numeric);
    let digits = text.len() - bare.len();
    let word = if digits > 0 {
        bare.trim_end_matches('#').trim_end()
    } else {
        let (word, letter) = text.rsplit_once(char::is_whitespace)?;
        let is_letter = letter.chars().all(|c| c.is_uppercase()) && letter.chars().count() == 1;
        if is_letter { word.trim_end() } else { return None }
    };
    let word = word.trim_start_matches(|c: char| !c.is_alphanumeric());
    (digits <= 2 && word.contains(char::is_alphabetic)).then_some(word)
}

/// Whether a word of a label is the plural of another word, or the same: they differ in their last letters.
fn is_plural(word: &str, of_label: &str) -> bool {
    /// Shorter words, such as `key`, are alike by chance.
    const SHORTEST: usize = 4;
    let (word, of_label) = (word.to_lowercase(), of_label.to_lowercase());
    let common = word.chars().zip(of_label.chars()).take_while(|(a, b)| a == b).count();
    let (own, other) = (word.chars().count(), of_label.chars().count());
    own >= SHORTEST && common + 1 >= own && other <= common + 3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counters_are_numbers_and_single_letters() {
        for (text, word) in [
            ("Segment 1", Some("Segment")),
            ("🎯 Customer Segment #2", Some("Customer Segment")),
            ("Partner B", Some("Partner")),
            ("セグメント1", Some("セグメント")),
            ("Segment", None),
            ("Early adopters", None),
            ("Plan 2027", None),
            ("1", None),
        ] {
            assert_eq!(without_counter(text), word, "{text}");
        }
    }

    #[test]
    fn plurals_differ_in_their_last_letters() {
        for (word, of_label) in [
            ("Source", "SOURCES"),
            ("Activity", "Activities"),
            ("Canal", "Canaux"),
            ("Coût", "Coûts"),
        ] {
            assert!(is_plural(word, of_label), "{word}");
        }
        for (word, of_label) in [("Key", "Key"), ("Model", "Revenue")] {
            assert!(!is_plural(word, of_label), "{word}");
        }
    }
}
