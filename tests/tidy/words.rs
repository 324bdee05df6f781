//! The interface words: what the views ask for by name is there, and templates write none themselves.

use std::collections::BTreeSet;

use crate::{files, none, read};

/// What stands before the name of a word in Rust.
const ASKED: [&str; 4] = ["word(\"", "words.get(\"", "words.owned(\"", ".owned(\""];

/// The names that a source asks for: what stands between `before` and the end of a name.
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
