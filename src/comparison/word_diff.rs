//! Texts compared word by word: which parts are equal, which were cut and which were added.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::characters::is_east_asian;

/// How many words of each text are compared one by one at most, besides those that both begin and end with. In
/// longer texts everything between is cut and added.
pub const MOST_WORDS: usize = 2_000;

/// A part of a text in comparison with another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'t> {
    /// Both texts have it.
    Same(&'t str),
    /// Only the first text has it.
    Cut(&'t str),
    /// Only the second text has it.
    Added(&'t str),
}

/// The pieces that lead from one text to the other: those that are equal or cut are the first text, those that
/// are equal or added the second.
pub fn compare<'t>(before: &'t str, after: &'t str) -> Vec<Piece<'t>> {
    let (old, new) = (split(before), split(after));
    let start = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
    let (old_rest, new_rest) = (&old[start..], &new[start..]);
    let pairs = old_rest.iter().rev().zip(new_rest.iter().rev());
    let end = pairs.take_while(|(old, new)| old == new).count();
    let old_rest = &old_rest[..old_rest.len() - end];
    let new_rest = &new_rest[..new_rest.len() - end];
    let ops = match old_rest.len().max(new_rest.len()) {
        0..=MOST_WORDS => capture_diff_slices(Algorithm::Myers, old_rest, new_rest),
        _ => vec![whole(old_rest, new_rest)],
    };
    let mut pieces = Vec::new();
    let mut push = |piece: fn(&'t str) -> Piece<'t>, text: &'t str, words: &[&str]| {
        if let (Some(first), Some(last)) = (words.first(), words.last()) {
            let offset = |word: &str| word.as_ptr() as usize - text.as_ptr() as usize;
            pieces.push(piece(&text[offset(first)..offset(last) + last.len()]));
        }
    };
    push(Piece::Same, before, &old[..start]);
    for op in legible(ops, old_rest, new_rest) {
        let (of_old, of_new) = (&old_rest[op.old_range()], &new_rest[op.new_range()]);
        match op {
            DiffOp::Equal { .. } => push(Piece::Same, before, of_old),
            _ => {
                push(Piece::Cut, before, of_old);
                push(Piece::Added, after, of_new);
            }
        }
    }
    push(Piece::Same, before, &old[old.len() - end..]);
    pieces
}

/// Everything is cut and everything is added.
fn whole(old: &[&str], new: &[&str]) -> DiffOp {
    DiffOp::Replace { old_index: 0, old_len: old.len(), new_index: 0, new_len: new.len() }
}

/// Merges changes that are only a few words apart, e.g. blanks and articles: nobody can read a text that changes
/// from word to word. An equal part that remains is longer than each of the changes beside it, or has at least three
/// words.
fn legible(ops: Vec<DiffOp>, old: &[&str], new: &[&str]) -> Vec<DiffOp> {
    /// How many words can be read as a text of their own.
    const LEGIBLE: usize = 3;
    let words = |all: &[&str]| all.iter().filter(|piece| is_word(piece)).count();
    let weight = |op: &DiffOp| words(&old[op.old_range()]).max(words(&new[op.new_range()]));
    let mut merged: Vec<DiffOp> = Vec::with_capacity(ops.len());
    let last = ops.len().saturating_sub(1);
    for (at, op) in ops.iter().enumerate() {
        let is_between = at > 0 && at < last;
        let is_short = |op: &DiffOp| {
            let own = weight(op);
            own == 0 || own < LEGIBLE && own < weight(&ops[at - 1]).max(weight(&ops[at + 1]))
        };
        let is_same = matches!(op, DiffOp::Equal { .. });
        let is_change = !is_same || is_between && is_short(op);
        match merged.last_mut() {
            Some(last) if is_change && !matches!(last, DiffOp::Equal { .. }) => {
                *last = joined(last, op);
            }
            _ if is_change => merged.push(joined(op, op)),
            _ => merged.push(*op),
        }
    }
    merged
}

/// The span of two operations, as one change.
fn joined(first: &DiffOp, last: &DiffOp) -> DiffOp {
    let (old, new) = (first.old_range().start, first.new_range().start);
    DiffOp::Replace {
        old_index: old,
        old_len: last.old_range().end - old,
        new_index: new,
        new_len: last.new_range().end - new,
    }
}

/// The words of a text and the pieces between them, which together are the text. A word is a run of
/// letters and digits; of scripts that put no blanks between words, each character.
pub fn split(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut start = 0;
    let mut last = Sort::Other;
    for (at, character) in text.char_indices() {
        let sort = Sort::of(character);
        if at > start && !(sort == last && sort != Sort::Other) {
            words.push(&text[start..at]);
            start = at;
        }
        last = sort;
    }
    if start < text.len() {
        words.push(&text[start..]);
    }
    words
}

/// Whether a piece of a text that [`split`] made is a word.
pub fn is_word(piece: &str) -> bool {
    piece.chars().next().is_some_and(char::is_alphanumeric)
}

/// The role of a character in a text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Letter,
    Blank,
    /// Each is a piece of its own.
    Other,
}

impl Sort {
    fn of(character: char) -> Self {
        match character {
            _ if is_east_asian(character) => Self::Other,
            _ if character.is_whitespace() => Self::Blank,
            _ if character.is_alphanumeric() => Self::Letter,
            _ if unicode_normalization::char::is_combining_mark(character) => Self::Letter,
            _ => Self::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(before: &str, after: &str, expected: &str) {
        let pieces = compare(before, after);
        let drawn: String = pieces
            .iter()
            .map(|piece| match piece {
                Piece::Same(text) => (*text).to_owned(),
                Piece::Cut(text) => format!("[-{text}-]"),
                Piece::Added(text) => format!("[+{text}+]"),
            })
            .collect();
        assert_eq!(drawn, expected);
        let side = |is_cut: bool| -> String {
            let of_side = pieces.iter().map(|piece| match piece {
                Piece::Same(text) => text,
                Piece::Cut(text) if is_cut => text,
                Piece::Added(text) if !is_cut => text,
                _ => "",
            });
            of_side.collect()
        };
        assert_eq!((&*side(true), &*side(false)), (before, after));
    }

    #[test]
    fn texts_are_compared_by_word() {
        check("roasted on Monday", "roasted on Friday", "roasted on [-Monday-][+Friday+]");
        check("", "new", "[+new+]");
        check("same", "same", "same");
        check(
            "seven bars that serve espresso",
            "five metres at the station: espresso",
            "[-seven bars that serve-][+five metres at the station:+] espresso",
        );
        check(
            "Bread for all of us, and cake",
            "Buns for all of us, and pie",
            "[-Bread-][+Buns+] for all of us, and [-cake-][+pie+]",
        );
        check("two days", "two working days", "two [+working +]days");
        check("in 24 hours.", "in 48 hours!", "in [-24-][+48+] hours[-.-][+!+]");
        check("焙煎する豆", "焙煎した豆", "焙煎[-する-][+した+]豆");
        check("cafe\u{301} au lait", "café au lait", "[-cafe\u{301}-][+café+] au lait");
    }

    #[test]
    fn of_long_texts_the_middle_is_taken_as_a_whole() {
        let long =
            |word: &str| format!("start {} end", format!("{word} ").repeat(MOST_WORDS).trim());
        let (before, after) = (long("a"), long("b"));
        let pieces = compare(&before, &after);
        assert_eq!(pieces.len(), 4);
        assert_eq!(pieces[0], Piece::Same("start "));
        assert_eq!(pieces[3], Piece::Same(" end"));
    }
}
