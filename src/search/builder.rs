//! The words of records, gathered by term.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;

use xxhash_rust::xxh3::xxh3_64_with_seed;

use super::fold;
use super::shards::{self, Index};

/// How many records with a term in their texts are kept: those with the smallest numbers. A word in
/// more texts distinguishes little, and alone it finds more than anybody reads.
const MOST_TEXTS: usize = 1_200;
/// How many records with a term in their names are kept.
const MOST_NAMES: usize = 2_400;
/// How many ranges of records are kept for a word in the name of their place. Filters keep all.
const MOST_PLACES: usize = 1_200;

/// Gathers the words of records. Records are added in ascending order, each with its name before its
/// text.
#[derive(Default)]
pub struct Builder {
    places: HashMap<Box<str>, u32, BuildHasherDefault<WordHasher>>,
    terms: Vec<Postings>,
}

/// The records of a term.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Postings {
    /// Records with the term in their names, in ascending order: four bits, those of [`rank`], after the
    /// number of the record.
    pub names: Vec<u64>,
    /// Records with the term in their texts alone, in ascending order.
    pub texts: Vec<u32>,
    /// Ranges of records that are in a place with the term in its name.
    pub within: Vec<Range<u32>>,
    /// Whether some were left out.
    pub is_cut: bool,
}

impl Builder {
    /// Adds the name of a record.
    pub fn name(&mut self, record: u32, name: &str) {
        let count = fold::words(name, |_, _| {});
        fold::words(name, |at, word| {
            let Postings { names, is_cut, .. } = self.term(word);
            let posting = u64::from(record) << 4 | rank(at, count);
            if names.last().is_some_and(|last| last >> 4 == u64::from(record)) {
                return;
            }
            match names.len() {
                MOST_NAMES => *is_cut = true,
                _ => names.push(posting),
            }
        });
    }

    /// Adds the text of a record besides its name.
    pub fn text(&mut self, record: u32, text: &str) {
        fold::words(text, |_, word| {
            let Postings { names, texts, is_cut, .. } = self.term(word);
            if texts.len() == MOST_TEXTS {
                *is_cut = true;
                return;
            }
            let is_named = names.last().is_some_and(|last| last >> 4 == u64::from(record));
            if !is_named && texts.last() != Some(&record) {
                texts.push(record);
            }
        });
    }

    /// Adds the name of a place that some records are in.
    pub fn place(&mut self, records: &Range<u32>, name: &str) {
        fold::words(name, |_, word| {
            let Postings { within, is_cut, .. } = self.term(word);
            match within.len() {
                MOST_PLACES => *is_cut = true,
                _ => add(within, records),
            }
        });
    }

    /// Adds a filter for some records: `dept`, `Marketing`.
    pub fn filter(&mut self, records: &Range<u32>, key: &str, text: &str) {
        let value = fold::value(text);
        if !value.is_empty() {
            add(&mut self.term(&format!("{key}:{value}")).within, records);
        }
    }

    /// The index, in `shards` shards.
    pub fn finish(self, shards: usize) -> Index {
        let mut terms: Vec<(Box<str>, u32)> = self.places.into_iter().collect();
        terms.sort_unstable_by(|(a, _), (b, _)| shards::order(a, b));
        let mut postings = self.terms;
        let terms =
            terms.into_iter().map(|(term, at)| (term, std::mem::take(&mut postings[at as usize])));
        shards::encode(terms.collect(), shards)
    }

    fn term(&mut self, word: &str) -> &mut Postings {
        let next = u32::try_from(self.terms.len()).unwrap_or(u32::MAX);
        let at = match self.places.get(word) {
            Some(at) => *at,
            None => {
                self.places.insert(word.into(), next);
                self.terms.push(Postings::default());
                next
            }
        };
        &mut self.terms[at as usize]
    }
}

/// How significant a word is for a name, in four bits: three for the number of words that the name has, up
/// to eight, and the lowest for a word that is not the first.
fn rank(at: usize, count: usize) -> u64 {
    (count.clamp(1, 8) as u64 - 1) << 1 | u64::from(at > 0)
}

/// Adds a range; if it continues the last one, that becomes longer.
fn add(ranges: &mut Vec<Range<u32>>, range: &Range<u32>) {
    match ranges.last_mut() {
        Some(last) if last.start <= range.start && range.start <= last.end => {
            last.end = last.end.max(range.end);
        }
        _ => ranges.push(range.clone()),
    }
}

/// A hasher that takes each word at once.
#[derive(Default)]
struct WordHasher(u64);

impl Hasher for WordHasher {
    fn write(&mut self, bytes: &[u8]) {
        self.0 = xxh3_64_with_seed(bytes, self.0);
    }

    fn write_u8(&mut self, _: u8) {
        // The end of a text; the map contains nothing but texts.
    }

    fn finish(&self) -> u64 {
        self.0
    }
}
