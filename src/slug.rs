//! Names as ids, and names that are similar to others.

use std::borrow::Cow;
use std::collections::HashMap;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// The slug of a name: NFC, lower-cased, letters and digits of every script (and the marks that
/// belong to them) kept, everything else replaced with one `-` between words. Empty if nothing is
/// left.
pub fn slug(name: &str) -> String {
    if name.is_ascii() {
        return ascii_slug(name);
    }
    let mut slug = String::with_capacity(name.len());
    let mut gap = false;
    let small: String = composed(name).chars().flat_map(char::to_lowercase).collect();
    for character in composed(&small).chars() {
        if character.is_alphanumeric() || unicode_normalization::char::is_combining_mark(character)
        {
            if gap && !slug.is_empty() {
                slug.push('-');
            }
            gap = false;
            slug.push(character);
        } else {
            gap = true;
        }
    }
    slug
}

/// The NFC of a text, in which letters that are encoded in different ways are equal. Most texts have that
/// form, and finding that out takes less than making it.
pub fn composed(text: &str) -> Cow<'_, str> {
    match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => Cow::Borrowed(text),
        _ => Cow::Owned(text.nfc().collect()),
    }
}

/// Like [`slug`], without a copy of a name that is a slug already, as most ids and many references
/// are.
pub fn as_slug(name: &str) -> Cow<'_, str> {
    // A slug has no dash at the start, at the end or after another one.
    let mut behind_letter = false;
    for byte in name.bytes() {
        let is_letter = byte.is_ascii_lowercase() || byte.is_ascii_digit();
        if !(is_letter || byte == b'-' && behind_letter) {
            return Cow::Owned(slug(name));
        }
        behind_letter = is_letter;
    }
    match behind_letter || name.is_empty() {
        true => Cow::Borrowed(name),
        false => Cow::Owned(slug(name)),
    }
}

/// The slug of ASCII, which needs no Unicode tables: most names of most handbooks, and every name
/// and every reference is turned into a slug.
fn ascii_slug(name: &str) -> String {
    let mut slug = Vec::with_capacity(name.len());
    let mut gap = false;
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() {
            if gap && !slug.is_empty() {
                slug.push(b'-');
            }
            gap = false;
            slug.push(byte.to_ascii_lowercase());
        } else {
            gap = true;
        }
    }
    String::from_utf8(slug).unwrap_or_default()
}

/// Names made distinct by `-2`, `-3` … with one look-up each, however many share a name.
#[derive(Debug, Default, PartialEq)]
pub struct Distinct {
    /// The names that are taken, each with the number that its next repetition tries first.
    taken: HashMap<String, usize>,
}

impl Distinct {
    /// Reserves names that must not be given to others.
    pub fn take(&mut self, names: impl IntoIterator<Item = String>) {
        for name in names {
            self.taken.entry(name).or_insert(2);
        }
    }

    /// The name itself if it is free, else with the first number that makes it so.
    pub fn next(&mut self, name: &str) -> String {
        let Some(mut number) = self.taken.get(name).copied() else {
            self.taken.insert(name.to_owned(), 2);
            return name.to_owned();
        };
        let mut free = format!("{name}-{number}");
        while self.taken.contains_key(&free) {
            number += 1;
            free = format!("{name}-{number}");
        }
        self.taken.insert(name.to_owned(), number + 1);
        self.taken.insert(free.clone(), 2);
        free
    }
}

/// A name with a capital at its start: `is served by` becomes `Is served by`.
pub fn capitalised(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().collect::<String>() + letters.as_str()
    })
}

/// A file's name or an id as a title: `espresso-bar` becomes `Espresso bar`.
pub fn spelled_out(name: &str) -> String {
    capitalised(&name.replace(['-', '_'], " "))
}

/// The candidates that are most similar to `name`, best first, at most three; none that is too
/// different to be meant.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let wanted = name.to_lowercase();
    let mut scored: Vec<(usize, &str)> = candidates
        .into_iter()
        .map(|candidate| (distance(&wanted, &candidate.to_lowercase()), candidate))
        .filter(|(distance, candidate)| {
            // A third of the letters may differ; in a name of two letters that is none.
            let length = wanted.chars().count().max(candidate.chars().count());
            *distance <= length / 3
        })
        .collect();
    scored.sort();
    scored.dedup_by(|a, b| a.1 == b.1);
    scored.into_iter().take(3).map(|(_, candidate)| candidate).collect()
}

/// How many letters must be inserted, deleted, changed or swapped. A name of a thousand letters is
/// no slip, and comparing it would be slow.
fn distance(a: &str, b: &str) -> usize {
    const LONGEST: usize = 200;
    if a.len().abs_diff(b.len()) > LONGEST || a.len().max(b.len()) > LONGEST {
        return usize::MAX;
    }
    strsim::osa_distance(a, b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_keep_letters_of_every_script() {
        assert_eq!(slug("A consistent cup"), "a-consistent-cup");
        assert_eq!(slug("  R&D / Forschung  "), "r-d-forschung");
        assert_eq!(slug("Schlüsselaktivitäten"), "schlüsselaktivitäten");
        assert_eq!(slug("価値提案 (2)"), "価値提案-2");
        assert_eq!(slug("Cafe\u{301}"), "café");
        assert_eq!(slug("🎯"), "");
        assert_eq!(slug("พันธมิตรหลัก"), "พันธมิตรหลัก");
    }

    #[test]
    fn what_is_a_slug_already_is_not_copied() {
        for name in ["", "a", "a-consistent-cup", "7-1", "-a", "a-", "a--b", "-", "A", "a b", "é"]
        {
            let same = as_slug(name);
            assert_eq!(same, slug(name), "{name:?}");
            assert_eq!(matches!(same, Cow::Borrowed(_)), slug(name) == name && name.is_ascii());
        }
    }

    #[test]
    fn the_nearest_names_come_first_and_far_ones_not_at_all() {
        let names = ["production", "problem-solving", "platform"];
        assert_eq!(nearest("producton", names), ["production"]);
        assert_eq!(nearest("PLATFORM ", names), ["platform"]);
        assert!(nearest("marketing", names).is_empty());
    }

    #[test]
    fn repeated_names_take_numbers_that_nobody_else_has() {
        let mut distinct = Distinct::default();
        distinct.take(["taken".to_owned(), "a-3".to_owned()]);
        let given = ["a", "a", "a", "a-2", "taken"].map(|name| distinct.next(name));
        assert_eq!(given, ["a", "a-2", "a-4", "a-2-2", "taken-2"]);
    }
}
