//! Language tags (BCP 47): which language replaces one that is missing, and in which direction a
//! language is written.

mod names;

use std::collections::BTreeMap;

/// Whether it is a tag in the form of BCP 47: subtags of at most eight letters and digits with hyphens
/// between them, the first of two letters or more. Whether the language exists is another question:
/// [`is_known`].
pub fn is_tag(tag: &str) -> bool {
    let fits = |subtag: &str| {
        (1..=8).contains(&subtag.len()) && subtag.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    let first = tag.split('-').next().unwrap_or("");
    first.len() >= 2
        && first.bytes().all(|byte| byte.is_ascii_alphabetic())
        && tag.split('-').all(fits)
}

/// Whether it is a tag whose language exists. Every tag with three letters, of which there are thousands,
/// counts as one.
pub fn is_known(tag: &str) -> bool {
    let primary = primary(tag).to_ascii_lowercase();
    is_tag(tag) && (primary.len() == 3 || names::CODES.split(' ').any(|code| code == primary))
}

/// The tag for the name of a language, in English or in that language itself, or for the code of a country:
/// `de` for `German` and `Deutsch`, `cs` for `cz`.
pub fn meant(written: &str) -> Option<&'static str> {
    let written = written.trim().to_lowercase();
    let mut names = names::NAMES.iter();
    names.find(|(_, names)| names.split(' ').any(|name| name == written)).map(|(tag, _)| *tag)
}

/// The first of the languages that may replace `tag` among `names`: itself, then what is left when
/// subtags are removed from its end. `de-AT` finds `de`; `zh-TW` finds `zh-Hant`.
pub fn find<'n>(tag: &str, names: impl Iterator<Item = &'n str> + Clone) -> Option<&'n str> {
    let candidates = candidates(tag);
    candidates.iter().find_map(|tag| names.clone().find(|name| name.eq_ignore_ascii_case(tag)))
}

/// A tag in lower case and those that may replace it, nearest first: `de-at`, `de`.
pub fn candidates(tag: &str) -> Vec<String> {
    let tag = tag.to_ascii_lowercase();
    let mut candidates = vec![tag.clone()];
    let mut rest = tag.as_str();
    while let Some((shorter, _)) = rest.rsplit_once('-') {
        candidates.push(shorter.to_owned());
        rest = shorter;
    }
    // Chinese is written in two scripts, and few tags name theirs: the region decides.
    if rest == "zh" && script(&tag).is_none() {
        let traditional =
            ["tw", "hk", "mo"].iter().any(|region| tag.split('-').any(|t| t == *region));
        let written = if traditional { "zh-hant" } else { "zh-hans" };
        candidates.insert(candidates.len() - 1, written.to_owned());
    }
    candidates
}

/// A text in the requested language, with the tag of the language that it is in: one of `others`, by tag,
/// if one fits, else `english`.
pub fn text_in<'t>(
    english: &'t str,
    others: &'t BTreeMap<String, String>,
    language: &str,
) -> (&'t str, &'t str) {
    let known = find(language, others.keys().map(String::as_str));
    let found = known.and_then(|tag| Some((others.get(tag)?.as_str(), tag)));
    found.unwrap_or((english, "en"))
}

/// Whether a text in one language can be read aloud by the rules of the other: `de` and `de-AT`.
pub fn is_same(one: &str, other: &str) -> bool {
    primary(one).eq_ignore_ascii_case(primary(other))
}

/// The direction of a language's usual script, as HTML names it. Source: CLDR's layout data for
/// languages that are written from right to left.
pub fn direction(tag: &str) -> &'static str {
    const RTL_SCRIPTS: [&str; 8] = ["adlm", "arab", "hebr", "mand", "nkoo", "rohg", "syrc", "thaa"];
    const RTL: [&str; 13] =
        ["ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "syr", "ug", "ur", "yi"];
    let is_in = |list: &[&str], subtag: &str| list.iter().any(|of| of.eq_ignore_ascii_case(subtag));
    // A script that is named takes precedence.
    let is_rtl = match script(tag) {
        Some(script) => is_in(&RTL_SCRIPTS, script),
        None => is_in(&RTL, primary(tag)),
    };
    if is_rtl { "rtl" } else { "ltr" }
}

/// The script that a tag names: its subtag of four letters.
fn script(tag: &str) -> Option<&str> {
    tag.split('-')
        .skip(1)
        .find(|subtag| subtag.len() == 4 && subtag.bytes().all(|byte| byte.is_ascii_alphabetic()))
}

fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_found_by_its_nearest_relative() {
        let names = ["de", "de-AT", "en", "zh-Hans", "zh-Hant"];
        for (tag, expected) in [
            ("de", Some("de")),
            ("DE-at", Some("de-AT")),
            ("de-CH", Some("de")),
            ("de-Latn-AT", Some("de")),
            ("en-GB-oxendict", Some("en")),
            ("zh", Some("zh-Hans")),
            ("zh-CN", Some("zh-Hans")),
            ("zh-TW", Some("zh-Hant")),
            ("zh-Hant-HK", Some("zh-Hant")),
            ("den", None),
            ("fa", None),
        ] {
            assert_eq!(find(tag, names.into_iter()), expected, "{tag}");
        }
    }

    #[test]
    fn languages_that_exist_are_known_and_names_are_not_tags() {
        for tag in ["de", "pt-BR", "EN-gb", "gsw", "zh-Hant"] {
            assert!(is_known(tag), "{tag}");
        }
        for (written, tag) in [
            ("German", Some("de")),
            ("deutsch", Some("de")),
            ("Français", Some("fr")),
            ("cz", Some("cs")),
            ("xx", None),
            ("de_DE", None),
            ("", None),
        ] {
            assert!(!is_known(written), "{written}");
            assert_eq!(meant(written), tag, "{written}");
        }
        let known = |(tag, _): &(&str, &str)| is_known(tag);
        assert!(names::NAMES.iter().all(known));
    }

    #[test]
    fn a_script_that_is_named_decides_the_direction() {
        for (tag, expected) in [
            ("fa", "rtl"),
            ("ar-EG", "rtl"),
            ("HE", "rtl"),
            ("az-Arab", "rtl"),
            ("ks-Deva", "ltr"),
            ("de-1996", "ltr"),
            ("en", "ltr"),
        ] {
            assert_eq!(direction(tag), expected, "{tag}");
        }
    }
}
