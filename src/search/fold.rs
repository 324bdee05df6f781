//! Words in the form in which they are compared: lower-case letters without accents, in every script.
//!
//! A word is a run of letters, digits and marks. The word boundaries of Unicode would keep `l'équipe` and
//! `node.js` in one piece, and a browser does not have the same ones; this rule is one expression in a
//! browser. Scripts without blanks between words are cut into pairs of letters instead.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use serde::Serialize;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// How many UTF-16 units of a word count, as a browser counts them.
const LONGEST: usize = 32;

/// Letters that no decomposition takes apart, and letters that people write instead of each other.
const LETTERS: &[(char, &str)] = &[
    ('ß', "ss"),
    ('æ', "ae"),
    ('œ', "oe"),
    ('ø', "o"),
    ('ł', "l"),
    ('đ', "d"),
    ('ð', "d"),
    ('þ', "th"),
    ('ı', "i"),
    ('ς', "σ"),
    ('ى', "ي"),
    ('ة', "ه"),
    ('ک', "ك"),
    ('ی', "ي"),
];

/// Letters that have a second spelling in ASCII.
const UMLAUTS: &[(char, &str)] = &[('ä', "ae"), ('ö', "oe"), ('ü', "ue"), ('ø', "oe"), ('å', "aa")];

/// Accents of Latin, Greek and Cyrillic letters, points of Hebrew and Arabic ones, and invisible
/// characters.
const DROPPED: &[RangeInclusive<char>] = &[
    '\u{ad}'..='\u{ad}',
    '\u{300}'..='\u{36f}',
    '\u{591}'..='\u{5c7}',
    '\u{640}'..='\u{640}',
    '\u{64b}'..='\u{65f}',
    '\u{670}'..='\u{670}',
    '\u{200b}'..='\u{200f}',
    '\u{2060}'..='\u{2060}',
    '\u{feff}'..='\u{feff}',
];

/// Scripts that are written without blanks between words or, like Korean, with compound words.
const PAIRED: &[RangeInclusive<char>] = &[
    '\u{e00}'..='\u{109f}',
    '\u{1780}'..='\u{17ff}',
    '\u{2e80}'..='\u{d7ff}',
    '\u{f900}'..='\u{faff}',
    '\u{20000}'..='\u{3ffff}',
];

/// A text folded: compatible forms unified, in lower case, without accents, points or invisible
/// characters.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let small = text.nfkd().collect::<String>().to_lowercase();
    let mut folded = String::with_capacity(small.len());
    for letter in small.chars().filter(|letter| !is_in(DROPPED, *letter)) {
        match LETTERS.iter().find(|(other, _)| *other == letter) {
            Some((_, others)) => folded.push_str(others),
            None => folded.push(letter),
        }
    }
    folded.nfkc().collect()
}

/// The data with which a browser folds a text like [`fold`].
#[derive(Debug, Serialize)]
pub struct Folding {
    /// The characters that are dropped, as those of a regular expression.
    dropped: String,
    /// Letters in a row that are cut into pairs, as a group of a regular expression.
    paired: String,
    /// Letters, each with its replacement.
    letters: BTreeMap<char, &'static str>,
}

impl Default for Folding {
    fn default() -> Self {
        Self {
            dropped: expression(DROPPED),
            paired: format!("({}+)", expression(PAIRED)),
            letters: LETTERS.iter().copied().collect(),
        }
    }
}

/// Ranges of characters as a regular expression.
fn expression(ranges: &[RangeInclusive<char>]) -> String {
    let escaped = |letter: char| format!("\\u{{{:x}}}", u32::from(letter));
    let ranges = ranges.iter().map(|range| {
        let [start, end] = [range.start(), range.end()].map(|letter| escaped(*letter));
        if start == end { start } else { format!("{start}-{end}") }
    });
    format!("[{}]", ranges.collect::<String>())
}

fn is_in(ranges: &[RangeInclusive<char>], letter: char) -> bool {
    ranges.iter().any(|range| range.contains(&letter))
}

/// Calls `found` with the words of a text, each with its number; the second spelling of a word, and the
/// last letter of a run of pairs, has the number of the word before it. Returns the number of words.
pub fn words(text: &str, mut found: impl FnMut(usize, &str)) -> usize {
    let bytes = text.as_bytes();
    let (mut at, mut count) = (0, 0);
    let mut word = String::with_capacity(LONGEST);
    while at < bytes.len() {
        if !is_part(bytes, at) {
            at += 1;
            continue;
        }
        let start = at;
        let mut is_ascii = true;
        while at < bytes.len() && is_part(bytes, at) {
            is_ascii &= bytes[at].is_ascii();
            at += 1;
        }
        let piece = &text[start..at];
        if is_ascii {
            word.clear();
            word.extend(piece.chars().take(LONGEST).map(|letter| letter.to_ascii_lowercase()));
            found(count, &word);
            count += 1;
        } else {
            count = beyond_ascii(piece, count, &mut found);
        }
    }
    count
}

/// Whether a byte may belong to a word: if it is an ASCII letter or digit, or not ASCII. Dashes,
/// quotation marks and dots, U+2010 to U+203F, are in most texts, and folding each would take as long as
/// all words.
fn is_part(bytes: &[u8], at: usize) -> bool {
    let byte = bytes[at];
    if byte.is_ascii() {
        return byte.is_ascii_alphanumeric();
    }
    let is_sign = |start: usize| {
        bytes.get(start..start + 3).is_some_and(|sign| {
            sign[0] == 0xe2 && sign[1] == 0x80 && (0x90..=0xbf).contains(&sign[2])
        })
    };
    !(0..3).any(|back| at.checked_sub(back).is_some_and(is_sign))
}

/// The words of a piece that has letters beyond ASCII, counted from `count` on.
fn beyond_ascii(piece: &str, count: usize, found: &mut impl FnMut(usize, &str)) -> usize {
    let next = split(&fold(piece), count, found);
    let composed: String = piece.nfc().flat_map(char::to_lowercase).collect();
    if composed.contains(|letter| UMLAUTS.iter().any(|(umlaut, _)| *umlaut == letter)) {
        let spelled =
            UMLAUTS.iter().fold(composed, |text, (umlaut, spelled)| text.replace(*umlaut, spelled));
        split(&fold(&spelled), count, found);
    }
    next
}

/// The words of a folded text, counted from `count` on.
fn split(folded: &str, mut count: usize, found: &mut impl FnMut(usize, &str)) -> usize {
    for mut rest in folded.split(|letter| !is_of_word(letter)) {
        while let Some(first) = rest.chars().next() {
            let is_other = |letter| is_in(PAIRED, letter) != is_in(PAIRED, first);
            let (word, others) = rest.split_at(rest.find(is_other).unwrap_or(rest.len()));
            rest = others;
            if is_in(PAIRED, first) {
                count = pairs(word, count, found);
            } else {
                found(count, shortened(word));
                count += 1;
            }
        }
    }
    count
}

/// The pairs of letters of a run, counted from `count` on, and its last letter.
fn pairs(run: &str, count: usize, found: &mut impl FnMut(usize, &str)) -> usize {
    let letters: Vec<char> = run.chars().collect();
    for (at, pair) in (count..).zip(letters.windows(2)) {
        found(at, &pair.iter().collect::<String>());
    }
    let next = count + (letters.len() - 1).max(1);
    if let Some(last) = letters.last() {
        found(next - 1, last.encode_utf8(&mut [0; 4]));
    }
    next
}

fn is_of_word(letter: char) -> bool {
    letter.is_alphanumeric() || is_combining_mark(letter)
}

/// The part of a word that counts.
fn shortened(word: &str) -> &str {
    let mut units = 0;
    let end = word.char_indices().find(|(_, letter)| {
        units += letter.len_utf16();
        units > LONGEST
    });
    end.map_or(word, |(end, _)| &word[..end])
}

/// The value of a filter: folded, with one `-` for whatever separates words.
pub fn value(text: &str) -> String {
    let folded = fold(text);
    let parts = folded.split(|letter| !is_of_word(letter));
    parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> String {
        let mut all = Vec::new();
        words(text, |number, word| all.push(format!("{number}:{word}")));
        all.join(" ")
    }

    #[test]
    fn words_are_runs_of_letters_digits_and_marks() {
        for (text, found) in [
            ("Roast profiling", "0:roast 1:profiling"),
            ("R&D, v2.0 — “day-one”…", "0:r 1:d 2:v2 3:0 4:day 5:one"),
            ("l'équipe’s node.js", "0:l 1:equipe 2:s 3:node 4:js"),
            ("a_b  \u{1f600} !?", "0:a 1:b"),
            ("Wert\u{ad}versprechen", "0:wertversprechen"),
            ("½ № ﬁn", "0:1 1:2 2:no 3:fin"),
            ("", ""),
        ] {
            assert_eq!(all(text), found, "{text}");
        }
    }

    #[test]
    fn case_and_accents_do_not_count_and_umlauts_have_two_spellings() {
        for (text, found) in [
            ("Röstprofil", "0:rostprofil 0:roestprofil"),
            ("Ro\u{308}ster", "0:roster 0:roester"),
            ("GRÖSSE Größe", "0:grosse 0:groesse 1:grosse 1:groesse"),
            ("Øre, Łódź, İzmir", "0:ore 0:oere 1:lodz 2:izmir"),
            ("Πελάτης ΠΕΛΆΤΗΣ", "0:πελατησ 1:πελατησ"),
            ("Партнёры", "0:партнеры"),
            ("أُسْرَة الأسرة", "0:اسره 1:الاسره"),
            ("שָׁלוֹם", "0:שלום"),
            ("ＡＢＣ ｶﾞｽ", "0:abc 1:ガス 1:ス"),
        ] {
            assert_eq!(all(text), found, "{text}");
        }
    }

    #[test]
    fn scripts_without_blanks_are_cut_into_pairs() {
        for (text, found) in [
            ("品質保証", "0:品質 1:質保 2:保証 2:証"),
            ("豆", "0:豆"),
            ("B2Bの顧客", "0:b2b 1:の顧 2:顧客 2:客"),
            ("커피를", "0:커피 1:피를 1:를"),
            ("กาแฟ", "0:กา 1:าแ 2:แฟ 2:ฟ"),
        ] {
            assert_eq!(all(text), found, "{text}");
        }
    }

    #[test]
    fn long_words_count_up_to_a_length() {
        let word = "ab".repeat(150);
        assert_eq!(all(&word), format!("0:{}", &word[..LONGEST]));
        let word = "é".repeat(100);
        assert_eq!(all(&word), format!("0:{}", "e".repeat(LONGEST)));
    }

    #[test]
    fn values_of_filters_are_words_with_hyphens() {
        for (text, found) in [
            ("Head of Bars", "head-of-bars"),
            ("R&D", "r-d"),
            ("Café-Leitung", "cafe-leitung"),
            ("!", ""),
        ] {
            assert_eq!(value(text), found, "{text}");
        }
    }
}
