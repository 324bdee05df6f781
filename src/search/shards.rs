//! Terms and their postings in the characters of a script.
//!
//! A shard is a sequence of terms. Each is written as the number of UTF-16 units that it shares with the
//! previous one, the number of those that follow, and these; the number of records that have it in their
//! names, and these; the number of those that have it in their texts, and these; the number of ranges of
//! records in places with that name, and these. Records are ascending, so each number is the difference from
//! the previous one.

use std::cmp::Ordering;
use std::ops::Range;

use xxhash_rust::xxh3::xxh3_64;

use super::builder::Postings;

/// The terms of a handbook, divided into shards.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Index {
    /// The shards, in the order of their terms.
    pub shards: Vec<Shard>,
}

/// A run of terms.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shard {
    /// The first term.
    pub first: Box<str>,
    /// All terms with their postings. No character needs an escape between quotation marks.
    pub text: String,
}

/// The digits that end a number, from `#` on, and those that continue it; `\` is neither.
const LAST: u64 = 57;
const FURTHER: u64 = 34;

/// How many letters of a word precede its tail; see [`tail`].
const HEAD: usize = 3;

/// The order of terms: that of UTF-16, in which a browser compares texts.
pub(super) fn order(a: &str, b: &str) -> Ordering {
    /// Up to this byte the order of bytes is that of UTF-16.
    const SURROGATES: u8 = 0xed;
    if a.bytes().chain(b.bytes()).all(|byte| byte < SURROGATES) {
        return a.cmp(b);
    }
    a.encode_utf16().cmp(b.encode_utf16())
}

/// Divides sorted terms into `shards` shards.
pub(super) fn encode(terms: Vec<(Box<str>, Postings)>, shards: usize) -> Index {
    let terms = with_ways(terms);
    let bodies: Vec<String> = terms.iter().map(|(_, postings)| body(postings)).collect();
    // The offset of each term, as if it shared nothing.
    let mut starts = Vec::with_capacity(terms.len());
    let mut total = 0;
    for ((term, _), body) in terms.iter().zip(&bodies) {
        starts.push(total);
        total += term.len() + body.len();
    }
    let cuts = cuts(&terms, &starts, total, shards);
    let shard = |range: Range<usize>| {
        let first = terms.get(range.start).map_or("\u{ffff}".into(), |(term, _)| term.clone());
        let mut text = String::new();
        let mut before: &str = "";
        for at in range {
            push_term(&mut text, before, &terms[at].0);
            text.push_str(&bodies[at]);
            before = &terms[at].0;
        }
        Shard { first, text }
    };
    Index { shards: cuts.windows(2).map(|pair| shard(pair[0]..pair[1])).collect() }
}

/// Where shards begin, and the end of the last.
///
/// A cut is near the place that makes shards equally large, at the term with the smallest hash around
/// it. So a term more or less moves hardly any cut, and all shards except its own stay as they were.
fn cuts(
    terms: &[(Box<str>, Postings)],
    starts: &[usize],
    total: usize,
    shards: usize,
) -> Vec<usize> {
    let shards = shards.max(1);
    let size = total / shards;
    let mut cuts = vec![0];
    for number in 1..shards {
        let ideal = number * total / shards;
        let within = |at: usize| starts.partition_point(|start| *start < at);
        let (from, to) = (within(ideal - size / 4), within(ideal + size / 4));
        let cut = (from..to).min_by_key(|at| xxh3_64(terms[*at].0.as_bytes()));
        let last = cuts[number - 1];
        cuts.push(cut.unwrap_or(from).max(last));
    }
    // A term that fills shards alone leaves empty ones, which come last: a browser looks into neighbours.
    cuts.dedup();
    cuts.resize(shards + 1, terms.len());
    cuts
}

/// Adds terms that lead to others. The tail of a word leads from its end to its beginning: so a browser finds
/// a word in spite of a slip in its first letters, since `~sting~roa` is next to others with that end. The
/// filters are listed once more as `?dept:marketing`, where completing them needs none of their postings.
fn with_ways(mut terms: Vec<(Box<str>, Postings)>) -> Vec<(Box<str>, Postings)> {
    let ways: Vec<Box<str>> = terms.iter().filter_map(|(term, _)| tail(term)).collect();
    let filters = terms.iter().filter(|(term, _)| term.contains(':'));
    let filters: Vec<Box<str>> = filters.map(|(term, _)| format!("?{term}").into()).collect();
    terms.extend(ways.into_iter().chain(filters).map(|term| (term, Postings::default())));
    terms.sort_by(|(a, _), (b, _)| order(a, b));
    terms
}

/// The tail of a word that is long enough for a slip to be recognised.
fn tail(term: &str) -> Option<Box<str>> {
    let (end, _) = term.char_indices().nth(HEAD)?;
    // A browser counts letters in units of UTF-16.
    let is_word = term.chars().all(|letter| letter.is_alphabetic() && letter.len_utf16() == 1);
    is_word.then(|| format!("~{}~{}", &term[end..], &term[..end]).into())
}

fn push_term(text: &mut String, before: &str, term: &str) {
    let pairs = before.chars().zip(term.chars());
    let shared = pairs.take_while(|(a, b)| a == b).map(|(letter, _)| letter.len_utf8()).sum();
    let (shared, rest) = term.split_at(shared);
    push_number(text, shared.encode_utf16().count() as u64);
    push_number(text, rest.encode_utf16().count() as u64);
    text.push_str(rest);
}

/// The text of a term after its letters.
fn body(postings: &Postings) -> String {
    let Postings { names, texts, within, is_cut } = postings;
    let mut body = String::new();
    // One number encodes both how many names there are and whether some were left out.
    push_number(&mut body, (names.len() as u64) << 1 | u64::from(*is_cut));
    let mut before = 0;
    for name in names {
        // The rank is unchanged, and the number of the record becomes a difference.
        push_number(&mut body, name - before);
        before = name & !0xf;
    }
    push_number(&mut body, texts.len() as u64);
    let mut before = 0;
    for text in texts {
        push_number(&mut body, u64::from(text - before));
        before = *text;
    }
    let ranges = merged(within);
    push_number(&mut body, ranges.len() as u64);
    let mut before = 0;
    for Range { start, end } in ranges {
        push_number(&mut body, u64::from(start - before));
        push_number(&mut body, u64::from(end - start));
        before = end;
    }
    body
}

/// Ranges in ascending order, with those that touch merged.
fn merged(ranges: &[Range<u32>]) -> Vec<Range<u32>> {
    let mut sorted = ranges.to_vec();
    sorted.sort_unstable_by_key(|range| (range.start, range.end));
    let mut merged: Vec<Range<u32>> = Vec::with_capacity(sorted.len());
    for range in sorted {
        match merged.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged
}

/// Writes a number; its last digit marks its end.
fn push_number(text: &mut String, number: u64) {
    let (mut rest, last) = (number / LAST, number % LAST);
    let mut digits = [0u8; 16];
    let mut at = digits.len() - 1;
    digits[at] = b'#' + last as u8;
    while rest > 0 {
        // Digits from 1 to 34, so that each number has only one form.
        let digit = (rest - 1) % FURTHER;
        rest = (rest - 1) / FURTHER;
        at -= 1;
        digits[at] = b']' + digit as u8;
    }
    text.extend(digits[at..].iter().map(|digit| char::from(*digit)));
}
