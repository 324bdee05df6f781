//! Headings that are entries of their block, since they count with its word:
//! `### Segment 1: Home brewers`.

use super::{Builder, Within};
use crate::diagnostic::catalogue;
use crate::kind::labels::Named;
use crate::kind::{BlockIndex, columns};
use crate::parse::detect::Says;
use crate::parse::outline::{Piece, PieceKind};
use crate::parse::separators::{dash, is_dash};
use crate::source::{Location, Span};

/// A separator counts within this many characters only.
const SEPARATOR_WITHIN: usize = 60;

impl Builder<'_, '_, '_> {
    /// The offset of an entry's name in a label that counts it: of *Home brewers* in
    /// `Segment 1: Home brewers`, below Customer Segments.
    pub(super) fn counted_entry(&self, at: usize, level: u8, says: &Says<'_>) -> Option<u32> {
        let Within::Block(current) = self.within else { return None };
        let text = &says.plain.text;
        let Split { head, name } = split(text).filter(|_| level >= self.detected.level)?;
        let block = self.gatherings[current].block.index;
        let counts = without_counter(head).is_some_and(|word| self.is_one_of(block, word))
            || self.is_ranked(at, level, block);
        let start = says.plain.place(name).filter(|_| counts)?;
        u32::try_from(start).ok()
    }

    /// Whether a label has the rank of an entry, and the label before or after it another rank: `Primary segment: …`,
    /// `Secondary segment: …`. One alone may be above a list of entries.
    fn is_ranked(&self, at: usize, level: u8, block: BlockIndex) -> bool {
        let rank = |at: usize| {
            let Ranked { word, rank } =
                without_rank(split(&self.detected.says(at)?.plain.text)?.head)?;
            self.is_single(block, &word).then_some(rank)
        };
        let Some(own) = rank(at) else { return false };
        let is_within = |at: &usize| {
            let is_above = |other: u8| other < level || other < self.detected.level;
            !matches!(self.pieces[*at].kind, PieceKind::Label(other) if is_above(other))
        };
        let is_beside = |at: &usize| self.pieces[*at].kind == PieceKind::Label(level);
        let behind = (at + 1..self.pieces.len()).take_while(is_within).find(is_beside);
        let before = (0..at).rev().take_while(is_within).find(is_beside);
        behind.into_iter().chain(before).filter_map(rank).any(|other| other != own)
    }

    /// Starts an entry whose name begins at `name` in its label.
    pub(super) fn start_entry(&mut self, piece: &Piece, level: u8, name: u32) -> usize {
        let Within::Block(current) = self.within else { return 1 };
        let gathering = &mut self.gatherings[current];
        gathering.close(level);
        gathering.resume();
        let span = Span { start: name, end: piece.span.end };
        let kind = PieceKind::Entry;
        self.content(Piece { kind, span, events: piece.events.clone(), goes_on: false });
        self.entry = Some(level);
        1
    }

    /// Reports a group that may be meant as an entry: it has the word for one and does not count.
    pub(super) fn tell_doubtful_group(&mut self, block: BlockIndex, title: &str, span: Span) {
        let Some(Split { head, name }) = split(title) else { return };
        let is_word = |word: &&str| self.is_one_of(block, word);
        let Some(word) = head.split_whitespace().find(is_word) else { return };
        let place = Location::new(self.reader.path, span);
        let told = catalogue::doubtful_group(place, title, word, &title[name..]);
        self.reader.diagnostics.push(told);
    }

    /// Whether a word means an entry of a block: `Segment` in Customer Segments.
    fn is_one_of(&self, block: BlockIndex, word: &str) -> bool {
        match self.detected.names(word).or_else(|| self.plural_names(word)) {
            Some(names) => names == Named::Block(block),
            None => self.label_words(block).any(|of_label| is_plural(word, of_label)),
        }
    }

    /// Whether a word means a single entry of a block: `Segment`, not `Segments`.
    fn is_single(&self, block: BlockIndex, word: &str) -> bool {
        match self.plural_names(word) {
            Some(names) => names == Named::Block(block),
            None => self
                .label_words(block)
                .any(|of_label| of_label.len() > word.len() && is_plural(word, of_label)),
        }
    }

    /// The meaning of the plural of a word.
    fn plural_names(&self, word: &str) -> Option<Named> {
        /// The endings that the plural may add.
        const ENDINGS: [&str; 5] = ["s", "es", "e", "en", "n"];
        ENDINGS.iter().find_map(|ending| self.detected.names(&format!("{word}{ending}")))
    }

    /// The words of a block's label, in the written and in the usual form: `Source` is one of
    /// `Sources de revenus`.
    fn label_words(&self, block: BlockIndex) -> impl Iterator<Item = &str> {
        let written = self.gatherings.iter().find(|known| known.block.index == block);
        let written = written.and_then(|known| known.block.label.as_deref());
        let usual = self.detected.kind.block_kind(block).label.as_str();
        written.into_iter().chain([usual]).flat_map(str::split_whitespace)
    }
}

/// A label with a separator in it.
struct Split<'t> {
    /// The text before the separator.
    head: &'t str,
    /// The offset of the text after it.
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

/// The text before the number or the letter that a text ends with: `Segment 1`, `Segment #2`,
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

/// A label with a word of rank.
struct Ranked<'t> {
    /// The words next to it.
    word: String,
    rank: &'t str,
}

/// The rank in a text, and what it is the rank of: `Primary segment`, `Segmento Primario (70%)`.
fn without_rank(text: &str) -> Option<Ranked<'_>> {
    let bare = text.split(['(', '（']).next()?;
    let bare = bare.trim_matches(|c: char| !c.is_alphanumeric());
    let rank = bare.split_whitespace().find(|word| columns::is_rank(word))?;
    let others: Vec<&str> = bare.split_whitespace().filter(|word| *word != rank).collect();
    (!others.is_empty()).then(|| Ranked { word: others.join(" "), rank })
}

/// Whether a word of a label is the plural of another word, or equal to it: they differ in their last
/// letters.
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
