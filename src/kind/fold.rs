//! Spellings of one name made equal, for comparing labels and departments.

use std::borrow::Cow;

use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

use crate::characters::{is_east_asian, is_invisible};

/// A name in the form that its spellings share: lower case, one space for whatever separates words,
/// `&` for every "and". Accents count; see [`without_accents`].
pub(super) fn fold(name: &str) -> String {
    // Most names are in this form already, and normalising is most of the work.
    let name = match is_nfkc_quick(name.chars()) {
        IsNormalized::Yes => Cow::Borrowed(name),
        _ => Cow::Owned(name.nfkc().collect::<String>()),
    };
    let name = match name.contains(is_shaping) {
        false => name,
        true => Cow::Owned(name.replace(is_shaping, "")),
    };
    let has_small_letters = name.contains(char::is_lowercase);
    let words = words(&name);
    let mut folded = String::with_capacity(name.len());
    for (at, word) in words.iter().enumerate() {
        let is_between = at > 0 && at + 1 < words.len();
        let word = match is_between && is_and(word, has_small_letters) {
            true => "&".to_owned(),
            false => small_letters(word),
        };
        // East Asian scripts put no spaces between words, but people do.
        let joined = folded.ends_with(is_east_asian) && word.starts_with(is_east_asian);
        if !folded.is_empty() && !joined {
            folded.push(' ');
        }
        folded.push_str(&word);
    }
    folded
}

/// The form without the accents of Latin and Greek letters, for look-ups that the form with them
/// has failed: `ACTIVITES CLES`.
pub(super) fn without_accents(folded: &str) -> Cow<'_, str> {
    let may_have_accents = |c| matches!(c, '\u{80}'..='\u{3ff}' | '\u{1e00}'..='\u{1fff}');
    if !folded.contains(may_have_accents) {
        return Cow::Borrowed(folded);
    }
    let mut base = ' ';
    let kept = folded.nfd().filter(|&character| {
        if !is_combining_mark(character) {
            base = character;
        }
        !(('\u{300}'..='\u{36f}').contains(&character) && base < '\u{400}')
    });
    Cow::Owned(kept.nfc().collect())
}

/// Marks that only shape letters: joiners, the lengthening stroke, direction marks.
fn is_shaping(character: char) -> bool {
    matches!(character, '\u{640}' | '\u{200d}') || is_invisible(character)
}

/// The words of a name, with `&` and `+` as words if they mean "and". The dollar of `C$` and a
/// question mark belong to their words: a question is not a name.
fn words(name: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut start = 0;
    let mut before = ' ';
    for (at, character) in name.char_indices() {
        if !is_in_word(character) {
            if start < at {
                words.push(&name[start..at]);
            }
            start = at + character.len_utf8();
            let next = name[start..].chars().next().unwrap_or(' ');
            // `I+D` and `I + D` add, the plus of `C++` and `A+ team` does not.
            let adds = before.is_alphanumeric() && next.is_alphanumeric()
                || before.is_whitespace() && next.is_whitespace();
            if character == '&' || character == '+' && adds {
                words.push(&name[at..start]);
            }
        }
        before = character;
    }
    if start < name.len() {
        words.push(&name[start..]);
    }
    words
}

fn is_in_word(character: char) -> bool {
    character.is_alphanumeric() || is_combining_mark(character) || matches!(character, '$' | '?')
}

/// "And" in the languages of the labels. A single letter may also be a name (`Team A Support`,
/// `Class I Products`), so it must be in lower case, or all letters in upper case.
fn is_and(word: &str, has_small_letters: bool) -> bool {
    const AND: [&str; 18] = [
        "and",
        "und",
        "et",
        "ed",
        "en",
        "og",
        "och",
        "oraz",
        "ve",
        "dan",
        "và",
        "és",
        "및",
        "และ",
        "與",
        "与",
        "和",
        "及",
    ];
    const AND_IN_A_LETTER: [&str; 5] = ["y", "e", "i", "и", "و"];
    let small = small_letters(word);
    let is_small = small == word;
    matches!(small.as_str(), "&" | "+")
        || AND.contains(&small.as_str())
        || AND_IN_A_LETTER.contains(&small.as_str()) && (is_small || !has_small_letters)
        || word == "a" && has_small_letters
}

/// Lower case, with letters that are equal in upper case unified: the Turkish dotted and dotless i,
/// the German sharp s, the Greek final sigma; the Russian ё, which is mostly written е; the Arabic
/// letters that Persian keyboards lack.
fn small_letters(word: &str) -> String {
    let mut small = String::with_capacity(word.len());
    for character in word.chars().flat_map(char::to_lowercase) {
        match character {
            'ı' => small.push('i'),
            '\u{307}' if small.ends_with('i') => {}
            'ß' => small.push_str("ss"),
            'ς' => small.push('σ'),
            'ё' => small.push('е'),
            'ي' | 'ى' => small.push('ی'),
            'ك' => small.push('ک'),
            other => small.push(other),
        }
    }
    small
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_are_equal() {
        for (spelling, folded) in [
            ("Key Activities", "key activities"),
            ("KEY_ACTIVITIES", "key activities"),
            ("key--activities ", "key activities"),
            ("Ｋｅｙ　Ａｃｔｉｖｉｔｉｅｓ", "key activities"),
            ("Coûts d’exploitation", "coûts d exploitation"),
            ("Cou\u{302}ts d'exploitation", "coûts d exploitation"),
            ("KİLİT ORTAKLAR", "kilit ortaklar"),
            ("MALİYET YAPISI", "maliyet yapisi"),
            ("Maliyet yapısı", "maliyet yapisi"),
            ("Straße", "strasse"),
            ("STRASSE", "strasse"),
            ("ΠΕΛΆΤΕΣ", "πελάτεσ"),
            ("Πελάτες", "πελάτεσ"),
            ("Партнёры", "партнеры"),
            ("فعالیت‌های كليدي", "فعالیت های کلیدی"),
            ("핵심 파트너", "핵심파트너"),
            ("キー・パートナー", "キーパートナー"),
            ("ｷｰﾊﾟｰﾄﾅｰ", "キーパートナー"),
            ("关键 合作 Partner", "关键合作 partner"),
            ("R&D", "r & d"),
            ("R + D", "r & d"),
            ("I+D", "i & d"),
            ("Research AND Development", "research & development"),
            ("VENTAS Y SERVICIO", "ventas & servicio"),
            ("Ventas y servicio", "ventas & servicio"),
            ("Team A Support", "team a support"),
            ("Class I Products", "class i products"),
            ("C++ Team", "c team"),
            ("and", "and"),
            ("C$", "c$"),
            ("Partners?", "partners?"),
        ] {
            assert_eq!(fold(spelling), folded, "{spelling}");
        }
    }

    #[test]
    fn accents_go_where_letters_are_latin_or_greek() {
        for (folded, without) in [
            ("activités clés", "activites cles"),
            ("các kênh", "cac kenh"),
            ("schlüssel", "schlussel"),
            ("ガラス", "ガラス"),
            ("край", "край"),
            ("핵심", "핵심"),
            ("ช่องทาง", "ช่องทาง"),
        ] {
            assert_eq!(without_accents(folded), without, "{folded}");
        }
    }
}
