//! Elements by their titles: by the first letter, and by the whole.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::characters::is_ideograph;

use crate::handbook::{ElementKey, Entry};

/// The initial of titles that begin with a digit or contain no letter.
pub const DIGITS_AND_SIGNS: char = '#';
/// The initial of titles that begin with an ideograph: Han has too many of them, and no order that
/// is common to readers of every language.
const IDEOGRAPHS: char = '漢';

/// The elements whose titles begin with a letter.
#[derive(Clone, Debug)]
pub struct Initial {
    /// The letter, small and without accents; [`DIGITS_AND_SIGNS`] if there is none, and `漢` for all
    /// ideographs.
    pub letter: char,
    /// The elements.
    pub elements: Arc<Titled>,
}

/// Elements that are sorted by their titles once that is needed.
#[derive(Clone, Debug, Default)]
pub struct Titled {
    pub(super) keys: Vec<ElementKey>,
    sorted: OnceLock<Arc<[ElementKey]>>,
    gathered: OnceLock<Gathered>,
}

/// Elements with equal names side by side.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gathered {
    /// First those whose names are in several canvases, then the others; both sorted by their
    /// titles.
    pub elements: Vec<ElementKey>,
    /// Where each name of several canvases begins, followed by where the last one ends.
    pub starts: Vec<usize>,
}

impl Titled {
    /// How many elements there are.
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// The elements in the order of the documents, to be changed.
    pub(super) fn keys_mut(&mut self) -> &mut Vec<ElementKey> {
        self.sorted.take();
        self.gathered.take();
        &mut self.keys
    }

    /// The elements in the order of the documents.
    pub fn in_order(&self) -> &[ElementKey] {
        &self.keys
    }

    /// The elements with equal names side by side, whatever their case, accents and signs.
    pub fn gathered(&self, documents: &[Arc<Entry>]) -> &Gathered {
        self.gathered.get_or_init(|| {
            let mut gathered = Gathered::default();
            let mut alone = Vec::new();
            let name = |key: &ElementKey| {
                let mut name = String::new();
                add_sort_key(&mut name, &title(documents, *key));
                name
            };
            for same in self.by_title(documents).chunk_by(|a, b| name(a) == name(b)) {
                if same.iter().all(|key| key.document == same[0].document) {
                    alone.extend_from_slice(same);
                } else {
                    gathered.starts.push(gathered.elements.len());
                    gathered.elements.extend_from_slice(same);
                }
            }
            gathered.starts.push(gathered.elements.len());
            gathered.elements.append(&mut alone);
            gathered
        })
    }

    /// The elements by their titles, equal ones in the order of the documents; `documents` must be
    /// those that the list was made from.
    pub fn by_title(&self, documents: &[Arc<Entry>]) -> &[ElementKey] {
        self.sorted.get_or_init(|| {
            // The texts are stored together, and their beginnings next to the elements: most
            // comparisons of thousands of titles end there.
            let mut texts = String::with_capacity(self.keys.len() * 24);
            let entry = |key: &ElementKey| {
                let start = texts.len();
                add_sort_key(&mut texts, &title(documents, *key));
                let mut beginning = [0; 8];
                beginning
                    .iter_mut()
                    .zip(&texts.as_bytes()[start..])
                    .for_each(|(to, byte)| *to = *byte);
                (u64::from_be_bytes(beginning), start..texts.len(), *key)
            };
            let mut sorted: Vec<_> = self.keys.iter().map(entry).collect();
            sorted.sort_unstable_by(|(a, at, one), (b, of, other)| {
                a.cmp(b)
                    .then_with(|| texts[at.clone()].cmp(&texts[of.clone()]))
                    .then(one.cmp(other))
            });
            sorted.into_iter().map(|(_, _, key)| key).collect()
        })
    }
}

/// The title of an element.
fn title(documents: &[Arc<Entry>], key: ElementKey) -> Cow<'_, str> {
    let canvas = documents[key.document.0 as usize].document.canvas.as_ref();
    canvas.map(|canvas| canvas.elements.title(key.element)).unwrap_or_default()
}

/// The initial under which a title is listed.
pub(super) fn initial(title: &str) -> char {
    let first = title.chars().find(|character| character.is_alphanumeric());
    match first {
        Some(letter) if letter.is_ascii_alphabetic() => letter.to_ascii_lowercase(),
        Some(other) if !other.is_ascii() => {
            let mut folded = String::new();
            add_folded(&mut folded, other);
            folded.chars().next().map_or(DIGITS_AND_SIGNS, representative)
        }
        _ => DIGITS_AND_SIGNS,
    }
}

/// The letter under which all titles with a folded letter are listed.
fn representative(folded: char) -> char {
    /// The initial consonants of syllables, as they are written alone.
    const HANGUL: &str = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";
    match folded {
        '\u{1100}'..='\u{1112}' => HANGUL.chars().nth(folded as usize - 0x1100).unwrap_or(folded),
        _ if is_ideograph(folded) => IDEOGRAPHS,
        _ if folded.is_alphabetic() => folded,
        _ => DIGITS_AND_SIGNS,
    }
}

/// Adds the key by which a title is sorted: lower-case letters without accents, and a space for
/// whatever separates words.
fn add_sort_key(keys: &mut String, title: &str) {
    /// Of a long text only the beginning counts.
    const LONGEST: usize = 80;
    let start = keys.len();
    let mut gap = false;
    for character in title.chars() {
        // A mark belongs to the letter before it, and at the start there is none.
        let is_of_word = match is_combining_mark(character) {
            true => keys.len() > start,
            false => character.is_alphanumeric(),
        };
        if !is_of_word {
            gap = true;
            continue;
        }
        if keys.len() >= start + LONGEST {
            break;
        }
        if std::mem::take(&mut gap) && keys.len() > start {
            keys.push(' ');
        }
        // Most letters need no tables.
        match character.is_ascii() {
            true => keys.push(character.to_ascii_lowercase()),
            false => add_folded(keys, character),
        }
    }
}

/// Adds a letter or digit in the form for sorting: in lower case, in its compatible form, Latin and
/// Greek letters and syllables of kana without marks, katakana as hiragana.
fn add_folded(folded: &mut String, character: char) {
    for part in character.nfkd().flat_map(char::to_lowercase) {
        let before = folded.chars().next_back().unwrap_or(' ');
        match part {
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'ß' => folded.push_str("ss"),
            'þ' => folded.push_str("th"),
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'đ' | 'ð' => folded.push('d'),
            'ħ' => folded.push('h'),
            'ŋ' => folded.push('n'),
            'ŧ' => folded.push('t'),
            'ı' => folded.push('i'),
            'ə' => folded.push('e'),
            'ς' => folded.push('σ'),
            '\u{30a1}'..='\u{30f6}' => {
                folded.push(char::from_u32(part as u32 - 0x60).unwrap_or(part));
            }
            _ if !is_combining_mark(part) => folded.push(part),
            _ if before < '\u{400}' || ('\u{3041}'..='\u{3096}').contains(&before) => {}
            // `й` is a letter of its own: it is composed again.
            mark => match unicode_normalization::char::compose(before, mark) {
                Some(whole) => {
                    folded.pop();
                    folded.push(whole);
                }
                None => folded.push(mark),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_listed_under_the_letter_that_readers_look_for() {
        for (title, letter) in [
            ("Roasting", 'r'),
            ("roasting", 'r'),
            ("Öl", 'o'),
            ("O\u{308}l", 'o'),
            ("Ørsted", 'o'),
            ("Œuvre", 'o'),
            ("Łódź", 'l'),
            ("Straße", 's'),
            ("ﬁlter", 'f'),
            ("Ｒｏａｓｔ", 'r'),
            ("“Fast” delivery", 'f'),
            ("(optional) tasting", 'o'),
            ("🎯 Targets", 't'),
            ("24 hours", DIGITS_AND_SIGNS),
            ("٣ أيام", DIGITS_AND_SIGNS),
            ("① first", DIGITS_AND_SIGNS),
            ("½ price", DIGITS_AND_SIGNS),
            ("→", DIGITS_AND_SIGNS),
            ("", DIGITS_AND_SIGNS),
            ("Ύδωρ", 'υ'),
            ("Йогурт", 'й'),
            ("أيام", 'أ'),
            ("가격", 'ㄱ'),
            ("핵심", 'ㅎ'),
            ("ガラス", 'か'),
            ("がらす", 'か'),
            ("ｶﾞﾗｽ", 'か'),
            ("焙煎", IDEOGRAPHS),
            ("𠮷野家", IDEOGRAPHS),
            ("ग्राहक", 'ग'),
        ] {
            assert_eq!(initial(title), letter, "{title}");
        }
    }

    #[test]
    fn titles_are_sorted_as_they_are_read() {
        let mut titles =
            ["Öle", "Ofen, groß", "„Ofen“", "\u{327}Ofen C", "Oz", "ofen", "Ofen-Ä", "Ofen B"];
        titles.sort_by_cached_key(|title| {
            // After another one, which stays as it is.
            let mut keys = "a".to_owned();
            add_sort_key(&mut keys, title);
            assert_eq!(keys.remove(0), 'a', "{title}");
            keys
        });
        assert_eq!(
            titles.join(" | "),
            "„Ofen“ | ofen | Ofen-Ä | Ofen B | \u{327}Ofen C | Ofen, groß | Öle | Oz"
        );
    }
}
