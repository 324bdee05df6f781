//! The interface words: those that views ask for by name exist, and templates write none themselves.

use std::collections::BTreeSet;

use canvasbook::kind::Kinds;

use crate::{files, none, read};

/// The text before the name of a word in Rust.
const ASKED: [&str; 3] = ["word(\"", "words.get(\"", ".owned(\""];

/// The names that a source asks for: each begins after `before`.
fn asked<'s>(source: &'s str, before: &str) -> impl Iterator<Item = &'s str> {
    let is_name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    source.split(before).skip(1).map(move |rest| rest.split(|c| !is_name(c)).next().unwrap_or(rest))
}

#[test]
fn every_word_that_is_asked_for_exists() {
    let words = read("themes/default/words/en.toml");
    let there: BTreeSet<&str> =
        words.lines().filter_map(|line| Some(line.split_once(" = ")?.0)).collect();
    let mut missing = Vec::new();
    for path in files("src/view").into_iter().filter(|path| path.ends_with(".rs")) {
        let source = read(&path);
        for name in ASKED.iter().flat_map(|before| asked(&source, before)) {
            if !there.contains(name) {
                missing.push(format!("{path}: {name}"));
            }
        }
    }
    for path in files("themes/default/templates") {
        let source = read(&path);
        for name in asked(&source, "words.") {
            if !there.contains(name) {
                missing.push(format!("{path}: {name}"));
            }
        }
    }
    let months = (1..=12).map(|number| format!("month_{number}"));
    missing.extend(months.filter(|name| !there.contains(name.as_str())));
    none("themes/default/words/en.toml has every word that a page shows", &missing);
}

/// The beginnings of names that are put together, each with a part from the data.
const FAMILIES: [&str; 7] = ["verb_", "month_", "category_", "stage_", "gap_", "detail_", "level_"];

#[test]
fn every_word_is_asked_for() {
    let sources = [files("src/view"), files("src/single_file")].concat();
    let views: String = sources.iter().map(|path| read(path)).collect();
    let templates: String =
        files("themes/default/templates").iter().map(|path| read(path)).collect();
    let portfolios = read("src/terms.rs");
    let names: BTreeSet<&str> = asked(&templates, "words.").collect();
    let is_quoted = |name: &str| {
        let quoted = format!("\"{name}\"");
        views.contains(&quoted) || portfolios.contains(&quoted)
    };
    let is_asked = |key: &str| {
        let stem = ["_one", "_many", "_lede"].iter().find_map(|end| key.strip_suffix(end));
        names.contains(key)
            || is_quoted(key)
            || stem.is_some_and(is_quoted)
            || FAMILIES.iter().any(|family| key.starts_with(family))
    };
    let words = entries("themes/default/words/en.toml");
    let unused: Vec<String> =
        words.into_iter().map(|(key, _)| key).filter(|key| !is_asked(key)).collect();
    none("every word of themes/default/words/en.toml stands on some page", &unused);
}

/// The words of a file by their keys, in order.
fn entries(path: &str) -> Vec<(String, String)> {
    let source = read(path);
    let pair = |line: &str| {
        let (key, word) = line.split_once(" = ")?;
        Some((key.to_owned(), word.trim_matches('"').to_owned()))
    };
    source.lines().filter(|line| !line.starts_with('#')).filter_map(pair).collect()
}

/// The placeholders of a word, sorted: `{n}`, `{of}`.
fn placeholders(word: &str) -> Vec<&str> {
    let open = word.match_indices('{').map(|(at, _)| &word[at..]);
    let mut found: Vec<&str> =
        open.map(|rest| rest.find('}').map_or(rest, |end| &rest[..=end])).collect();
    found.sort_unstable();
    found
}

#[test]
fn every_language_has_the_same_words() {
    let english = entries("themes/default/words/en.toml");
    let mut offenders = Vec::new();
    let languages = files("themes/default/words");
    assert!(languages.len() >= 4, "English, German, French and Spanish are there");
    for path in languages {
        let own = entries(&path);
        let keys = |words: &[(String, String)]| -> Vec<String> {
            words.iter().map(|(key, _)| key.clone()).collect()
        };
        let (there, meant) = (keys(&own), keys(&english));
        let missing = meant.iter().filter(|key| !there.contains(key));
        offenders.extend(missing.map(|key| format!("{path} lacks {key}")));
        let odd = there.iter().filter(|key| !meant.contains(key));
        offenders.extend(odd.map(|key| format!("{path}: English has no {key}")));
        if offenders.is_empty() && there != meant {
            offenders.push(format!("{path} has the keys in another order than English"));
        }
        for (key, word) in &own {
            let english = english.iter().find(|(other, _)| other == key);
            let meant = english.map_or("", |(_, word)| word.as_str());
            if placeholders(word) != placeholders(meant) {
                offenders.push(format!("{path}: {key} is filled in otherwise than in English"));
            }
            if word.trim() != word || word.is_empty() {
                offenders.push(format!("{path}: {key} begins or ends with a blank, or is empty"));
            }
        }
    }
    none("every language has the words of English, with the same places to fill in", &offenders);
}

#[test]
fn every_verb_of_a_kind_has_a_word() {
    let words = entries("themes/default/words/en.toml");
    let mut missing = Vec::new();
    for (_, kind) in Kinds::built_in().iter() {
        for relation in &kind.relations {
            let said = [(&relation.verb, &relation.verbs), (&relation.inverse, &relation.inverses)];
            for (verb, others) in said {
                let key = format!("verb_{}", verb.replace(' ', "_"));
                let has_word = words.iter().any(|(other, _)| *other == key);
                // A kind may bring its own translations.
                if !has_word && !["de", "es", "fr"].iter().all(|tag| others.contains_key(*tag)) {
                    missing.push(format!("{}: {key}", kind.id));
                }
            }
        }
    }
    none("every verb of a relation has a word", &missing);
}

#[test]
fn french_signs_do_not_break_from_their_word() {
    let breaks = |word: &str| {
        let mut before = ' ';
        word.replace("\\u00A0", "\u{a0}").chars().any(|sign| {
            let is_sign = matches!(sign, ':' | ';' | '!' | '?' | '%' | '»') && before != '\u{a0}';
            before = sign;
            is_sign
        })
    };
    let words = entries("themes/default/words/fr.toml");
    let offenders: Vec<String> =
        words.into_iter().filter(|(_, word)| breaks(word)).map(|(key, _)| key).collect();
    none("a space that does not break stands before `:`, `;`, `!`, `?`, `%` and `»`", &offenders);
}

#[test]
fn the_manual_shows_words_that_exist() {
    let english = entries("themes/default/words/en.toml");
    let manual = read("content/manual/themes.md");
    let section = manual.split("\n## ").find(|section| section.starts_with("Words\n"));
    let examples = section.expect("the manual speaks of words").split("```toml\n").skip(1);
    let lines = examples.filter_map(|rest| rest.split("```").next()).flat_map(str::lines);
    let mut count = 0;
    let mut offenders = Vec::new();
    for (key, word) in lines.filter_map(|line| line.split_once(" = ")) {
        count += 1;
        let meant = english.iter().find(|(other, _)| other == key);
        if meant.is_none_or(|(_, meant)| placeholders(meant) != placeholders(word)) {
            offenders.push(format!("{key} = {word}"));
        }
    }
    assert!(count >= 4, "the manual shows words");
    none("words in content/manual/themes.md are keys of English, filled in alike", &offenders);
}
