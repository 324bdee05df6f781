//! Lints the repository itself: rules of the house that neither the compiler nor clippy knows.
//!
//! Each test gathers everything that breaks one rule and fails with the whole list, so that one run
//! is enough to mend it.

#![expect(clippy::disallowed_methods, reason = "it reads the repository's own files")]

#[path = "tidy/code.rs"]
mod code;
#[path = "tidy/examples.rs"]
mod examples;
#[path = "tidy/fields.rs"]
mod fields;
#[path = "tree/history.rs"]
mod history;
#[path = "tidy/idioms.rs"]
mod idioms;
#[path = "tidy/layers.rs"]
mod layers;
#[path = "tidy/manual.rs"]
mod manual;
#[path = "tidy/opened.rs"]
mod opened;
#[path = "tidy/views.rs"]
mod views;
#[path = "tidy/words.rs"]
mod words;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use canvasbook::theme::BUILT_IN;

use code::Code;

/// A longer file is not read from top to bottom.
const MOST_LINES_OF_A_FILE: usize = 500;

/// A longer function does not fit on a screen.
const MOST_LINES_OF_A_FUNCTION: usize = 70;

/// Names without a meaning: everything fits into a module with such a name, and so everything ends
/// there.
const EMPTY_NAMES: [&str; 6] = ["utils", "util", "helpers", "helper", "manager", "common"];

/// Files that are not sources: made by a tool, fetched, or somebody else's text.
const NO_SOURCES: [&str; 8] = [
    ".git",
    "Cargo.lock",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "node_modules",
    "package-lock.json",
    "public",
    "target",
];

/// The repository's root.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below a folder of the repository, by its path from the root, sorted.
fn files(folder: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![PathBuf::from(folder)];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(root().join(&folder)).expect("the folder can be read") {
            let entry = entry.expect("the folder can be read");
            let name = entry.file_name();
            if NO_SOURCES.iter().any(|no_source| name == *no_source) {
                continue;
            }
            let path = folder.join(&name);
            if entry.file_type().expect("the file is there").is_dir() {
                open.push(path);
            } else {
                found.push(path.to_str().expect("names are UTF-8").replace('\\', "/"));
            }
        }
    }
    found.sort();
    found
}

/// The Rust files below a folder of the repository.
fn rust_files(folder: &str) -> impl Iterator<Item = (String, Code)> {
    files(folder).into_iter().filter(|path| path.ends_with(".rs")).map(|path| {
        let code = Code::new(&read(&path));
        (path, code)
    })
}

/// The text of a file of the repository.
fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Fails with everything that breaks a rule.
#[track_caller]
fn none(rule: &str, offenders: &[String]) {
    assert!(offenders.is_empty(), "{rule}:\n  {}\n", offenders.join("\n  "));
}

/// The items that are in only one of two sets, both ways.
fn differences<'n>(
    one: &BTreeSet<&'n str>,
    only_one: &str,
    other: &BTreeSet<&'n str>,
    only_other: &str,
) -> Vec<String> {
    let told = |names: Vec<&&str>, what: &str| -> Vec<String> {
        names.into_iter().map(|name| format!("{name}: {what}")).collect()
    };
    let mut all = told(one.difference(other).collect(), only_one);
    all.extend(told(other.difference(one).collect(), only_other));
    all
}

#[test]
fn a_module_uses_only_modules_above_its_own() {
    let mut offenders = Vec::new();
    for (folder, list) in [(&[][..], "src/lib.rs"), (&["view"], "src/view/mod.rs")] {
        let order = layers::order(&Code::new(&read(list)));
        assert!(order.len() > 10, "{list} lists the modules: {order:?}");
        for (path, code) in rust_files("src") {
            offenders.extend(layers::downward(&path, &code, folder, &order));
        }
    }
    none("a module uses only what is above it in src/lib.rs or src/view/mod.rs", &offenders);
}

#[test]
fn files_are_short() {
    let mut offenders = Vec::new();
    for (path, code) in ["src", "tests", "benches"].into_iter().flat_map(rust_files) {
        let lines = code.lines();
        if lines >= MOST_LINES_OF_A_FILE {
            offenders.push(format!("{path}: {lines} lines"));
        }
    }
    none(&format!("a file has fewer than {MOST_LINES_OF_A_FILE} lines"), &offenders);
}

#[test]
fn functions_are_short() {
    let mut offenders = Vec::new();
    for (path, code) in ["src", "tests", "benches"].into_iter().flat_map(rust_files) {
        for function in code.functions() {
            if function.lines >= MOST_LINES_OF_A_FUNCTION {
                let (line, name, lines) = (function.line, function.name, function.lines);
                offenders.push(format!("{path}:{line}: `{name}` has {lines} lines"));
            }
        }
    }
    none(
        &format!(
            "a function has fewer than {MOST_LINES_OF_A_FUNCTION} lines, texts in literals aside"
        ),
        &offenders,
    );
}

#[test]
fn comments_are_plain() {
    let sources = ["src", "tests", "benches"].into_iter().flat_map(rust_files);
    let offenders = sources.flat_map(|(path, code)| idioms::idioms(&path, &code));
    let offenders: Vec<String> = offenders.collect();
    none("comments are in the English of the documentation of Rust's own library", &offenders);
}

#[test]
fn files_are_opened_in_one_place() {
    let offenders = rust_files("src").flat_map(|(path, code)| opened::elsewhere(&path, &code));
    let offenders: Vec<String> = offenders.collect();
    none("files are opened by `edge::regular_file`, which waits for no pipe", &offenders);
}

#[test]
fn modules_have_names_that_say_something() {
    let is_empty = |part: &str| {
        let stem = part.strip_suffix(".rs").unwrap_or(part);
        EMPTY_NAMES.iter().any(|name| stem == *name || stem.ends_with(&format!("_{name}")))
    };
    let paths = ["src", "tests", "benches"].into_iter().flat_map(files);
    let offenders: Vec<String> = paths.filter(|path| path.split('/').any(is_empty)).collect();
    none("a module is named after what it is about", &offenders);
}

#[test]
fn every_file_of_the_built_in_theme_is_embedded() {
    let paths = files("themes/default");
    let there: BTreeSet<&str> =
        paths.iter().filter_map(|path| path.strip_prefix("themes/default/")).collect();
    let embedded: BTreeSet<&str> = BUILT_IN.iter().map(|file| file.path).collect();
    let offenders = differences(
        &there,
        "not in theme::BUILT_IN",
        &embedded,
        "in theme::BUILT_IN, but not in themes/default/",
    );
    none("themes/default/ and theme::BUILT_IN hold the same files", &offenders);
}

#[test]
fn no_source_names_a_machine_or_puts_work_off() {
    // Written in two pieces, so that this file does not offend.
    let folders = ["work", "tmp", "root", "home"].map(|folder| format!("/{folder}/"));
    let words = [["TO", "DO"].concat(), ["FIX", "ME"].concat(), ["XX", "X"].concat()];
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut offenders = Vec::new();
    for path in files("") {
        // Pictures and fonts are no texts.
        let Ok(text) = String::from_utf8(fs::read(root().join(&path)).expect("it can be read"))
        else {
            continue;
        };
        for (number, line) in text.lines().enumerate() {
            let at = |start: usize, length: usize| {
                let before = line[..start].chars().next_back();
                let after = line[start + length..].chars().next();
                (before, after)
            };
            let path_here = folders.iter().any(|folder| {
                line.match_indices(folder.as_str()).any(|(start, _)| {
                    // `content/work/a.md` is a path of a handbook, not of a machine.
                    at(start, 0).0.is_none_or(|c| !is_word(c) && !matches!(c, '.' | ']' | '}'))
                })
            });
            let word_here = words.iter().any(|word| {
                line.match_indices(word.as_str()).any(|(start, _)| {
                    let (before, after) = at(start, word.len());
                    !before.is_some_and(is_word) && !after.is_some_and(is_word)
                })
            });
            if path_here || word_here {
                offenders.push(format!("{path}:{}: {}", number + 1, line.trim()));
            }
        }
    }
    none("a source names no folder of a machine and puts no work off", &offenders);
}

#[test]
fn links_of_the_documentation_lead_somewhere() {
    let mut offenders = Vec::new();
    for path in files("").iter().filter(|path| !path.contains('/') && path.ends_with(".md")) {
        let text = read(path);
        for target in manual::links(&text) {
            let file = target.split('#').next().unwrap_or(target);
            let is_outside = target.contains("://") || target.starts_with("mailto:");
            if !is_outside && !file.is_empty() && !root().join(file).exists() {
                offenders.push(format!("{path}: {target}"));
            }
        }
    }
    none("a link in the repository's own documents leads to a file", &offenders);
}
