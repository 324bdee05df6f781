//! Idioms that comments are free of, so that nobody has to read a sentence twice.

use crate::code::Code;

/// Words that have a plainer one, each with that.
const WORDS: [(&str, &str); 10] = [
    ("stand", "is"),
    ("stands", "is"),
    ("told", "reported"),
    ("be it", "even if"),
    ("none where", "`None` if"),
    ("None where", "`None` if"),
    ("`None` where", "`None` if"),
    ("belong into", "belong in"),
    ("belongs into", "belongs in"),
    ("otherwise than", "differs from"),
];

/// Words that no doc comment begins with, each with how it begins instead.
const BEGINNINGS: [(&str, &str); 7] = [
    ("True ", "Whether"),
    ("None ", "`None` if"),
    ("The same", "what the item is or returns"),
    ("As above", "what the item is or returns"),
    ("Likewise", "what the item is or returns"),
    ("That ", "what the item is or returns"),
    ("Those ", "what the item is or returns"),
];

/// The words that may follow `say` and `says`, besides a quotation, since they begin a clause.
/// Without one, the verb is *be* or *contain*.
const SAID: [&str; 11] =
    ["what", "why", "how", "that", "which", "whether", "where", "when", "who", "so", "it"];

/// Each idiom in the comments of a source, with its line and with what to write instead.
pub fn idioms(path: &str, code: &Code) -> Vec<String> {
    let mut found = Vec::new();
    for comment in joined(code) {
        let mut add = |idiom: &str, instead: &str| {
            found.push(format!("{path}:{}: `{idiom}`: write {instead}", comment.line + 1));
        };
        for (idiom, instead) in WORDS {
            if has_words(&comment.text, idiom) {
                add(idiom, instead);
            }
        }
        for (idiom, instead) in BEGINNINGS {
            if comment.is_documentation && comment.text.starts_with(idiom) {
                add(idiom.trim_end(), instead);
            }
        }
        for word in ["say", "says"] {
            if is_figurative(&comment.text, word) {
                add(word, "is, has or contains, unless a clause or a quotation follows");
            }
        }
    }
    found
}

/// A comment of one or more lines.
struct Comment {
    /// Its first line, from 0.
    line: usize,
    is_documentation: bool,
    /// Its text without marks, on one line.
    text: String,
}

/// The comments of a source, with those on consecutive lines as one.
fn joined(code: &Code) -> Vec<Comment> {
    let mut comments: Vec<Comment> = Vec::new();
    let mut next = None;
    for (line, comment) in &code.comments {
        let marks = comment.find(|c| c != '/' && c != '!').unwrap_or(comment.len());
        let (marks, text) = comment.split_at(marks);
        let is_documentation = marks.len() > 2;
        match comments.last_mut() {
            Some(last) if next == Some(*line) && last.is_documentation == is_documentation => {
                last.text.push(' ');
                last.text.push_str(text.trim());
            }
            _ => comments.push(Comment {
                line: *line,
                is_documentation,
                text: text.trim().to_owned(),
            }),
        }
        next = Some(line + 1);
    }
    comments
}

/// The texts after each occurrence of some words that are not a part of longer ones.
fn after<'t>(text: &'t str, words: &'t str) -> impl Iterator<Item = &'t str> {
    text.match_indices(words).filter_map(move |(at, _)| {
        let rest = &text[at + words.len()..];
        let is_inside = text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '`')
            || rest.starts_with(|c: char| c.is_alphanumeric() || c == '`');
        (!is_inside).then_some(rest)
    })
}

fn has_words(text: &str, words: &str) -> bool {
    after(text, words).next().is_some()
}

/// Whether a text has `word`, `say` or `says`, with neither a clause nor a quotation after it.
fn is_figurative(text: &str, word: &str) -> bool {
    after(text, word).any(|rest| {
        let rest = rest.trim_start_matches([' ', ':', ',']);
        let next = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        !SAID.contains(&next) && !rest.starts_with(['`', '"'])
    })
}

#[test]
fn idioms_are_found() {
    let sound = "\
//! A sentence that says why, and a message that says `none`.

/// Whether it is here; the standard one.
fn understood() -> &'static str {
    // A reader says that it stands.
    \"/// The same: told, be it\"
}
";
    // `stands` is one, wherever it is.
    let code = Code::new(sound);
    assert_eq!(idioms("a.rs", &code), ["a.rs:5: `stands`: write is"]);
    let offences = [
        ("/// True where it is.", "True"),
        ("/// The same with a file.", "The same"),
        ("/// Those of a document.", "Those"),
        ("/// A name.\n/// None where\n/// it is gone.", "None where"),
        ("// A name; none where it is gone.", "none where"),
        ("let a = 1; // What the front matter says.", "says"),
        ("// What documents say of it.", "say"),
        ("//! Errors are told once.", "told"),
        ("// Written, be it by us.", "be it"),
        ("// It belongs into a list.", "belongs into"),
    ];
    for (source, idiom) in offences {
        let found = idioms("a.rs", &Code::new(source));
        assert!(
            found.iter().any(|it| it.starts_with(&format!("a.rs:1: `{idiom}`"))),
            "{source}: {found:?}"
        );
    }
}
