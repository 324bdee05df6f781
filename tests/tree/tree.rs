//! A folder's files as values, to compare two of them and say how they differ.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// How many differing lines of a file are shown: enough to see what happened.
const SHOWN_LINES: usize = 12;

/// The files of a folder by their path in it, `/` between the parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tree(pub BTreeMap<String, Vec<u8>>);

impl Tree {
    /// Reads every file below a folder, following links; a folder that does not exist has none.
    pub fn read(folder: &Path) -> Self {
        let content = |path: &str| {
            let file = folder.join(path);
            match fs::read_link(&file) {
                Ok(target) => target.into_os_string().into_encoded_bytes(),
                Err(_) => fs::read(&file).expect("it can be read"),
            }
        };
        Self(paths(folder).into_iter().map(|path| (path.clone(), content(&path))).collect())
    }

    /// How `self` differs from what was expected, file by file; empty if it does not.
    pub fn differences(&self, expected: &Self) -> String {
        let mut told = String::new();
        let paths: BTreeSet<&String> = self.0.keys().chain(expected.0.keys()).collect();
        for path in paths {
            match (expected.0.get(path), self.0.get(path)) {
                (Some(_), None) => writeln!(told, "{path}: missing").expect("a text takes it"),
                (None, Some(_)) => writeln!(told, "{path}: not expected").expect("a text takes it"),
                (Some(expected), Some(found)) if expected != found => {
                    writeln!(told, "{path}: differs").expect("a text takes it");
                    told.push_str(&lines(expected, found));
                }
                _ => {}
            }
        }
        told
    }
}

/// The paths of the files below a folder, sorted.
pub fn paths(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![PathBuf::new()];
    while let Some(inner) = open.pop() {
        let Ok(entries) = fs::read_dir(folder.join(&inner)) else { continue };
        for entry in entries {
            let entry = entry.expect("the folder can be read");
            let path = inner.join(entry.file_name());
            if entry.file_type().expect("it is there").is_dir() {
                open.push(path);
            } else {
                found.push(path.to_str().expect("names are UTF-8").replace('\\', "/"));
            }
        }
    }
    found.sort();
    found
}

/// Where two texts differ: the lines between their common start and their common end.
fn lines(expected: &[u8], found: &[u8]) -> String {
    let (expected, found) = (String::from_utf8_lossy(expected), String::from_utf8_lossy(found));
    let (expected, found): (Vec<&str>, Vec<&str>) =
        (expected.split('\n').collect(), found.split('\n').collect());
    let same = expected.iter().zip(&found).take_while(|(one, other)| one == other).count();
    let (one, other) = (&expected[same..], &found[same..]);
    let end = one.iter().rev().zip(other.iter().rev()).take_while(|(a, b)| a == b).count();
    let mut told = format!("  from line {}:\n", same + 1);
    for (sign, lines) in [('-', &one[..one.len() - end]), ('+', &other[..other.len() - end])] {
        for line in lines.iter().take(SHOWN_LINES) {
            writeln!(told, "  {sign} {line}").expect("a text takes it");
        }
        if lines.len() > SHOWN_LINES {
            let more = lines.len() - SHOWN_LINES;
            writeln!(told, "  {sign} … and {more} more lines").expect("a text takes it");
        }
    }
    told
}

#[test]
fn differences_name_the_file_and_the_lines() {
    let tree = |files: &[(&str, &str)]| {
        Tree(
            files
                .iter()
                .map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec()))
                .collect(),
        )
    };
    let expected = tree(&[("a", "1\n2\n3\n"), ("b", ""), ("same", "x")]);
    let found = tree(&[("a", "1\n!\n3\n"), ("c", ""), ("same", "x")]);
    assert_eq!(
        found.differences(&expected),
        "a: differs\n  from line 2:\n  - 2\n  + !\nb: missing\nc: not expected\n"
    );
    assert_eq!(found.differences(&found), "");
}
