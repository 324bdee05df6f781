//! Front matter changed key by key, for texts that start from another one: its comments, its order and
//! its other keys stay as they are.

use toml_edit::{DocumentMut, Value};

use super::fence;
use crate::node::yaml::{self, Yaml};
use crate::node::{KeyValue, Language, Table};
use crate::source::Span;

/// A change of a key at the top of front matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Gives a key this string. A new key goes below `title`, or to the top if there is none.
    Set(&'static str, String),
    /// Removes a key.
    Remove(&'static str),
}

/// Returns the pieces of `text` to replace, with their new texts, so that its front matter is changed;
/// a text without front matter gets some at `body`. `None` if the front matter is written so that a key
/// cannot be changed alone, such as a YAML mapping in braces.
pub fn edits(text: &str, body: u32, changes: &[Change]) -> Option<Vec<(Span, String)>> {
    let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let with_line_ends = |text: String| match line_end {
        "\n" => text,
        other => text.replace("\r\n", "\n").replace('\n', other),
    };
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let Some(fenced) = fence::find(text, start) else {
        let head = format!("+++\n{}+++\n\n", toml("", changes)?);
        return Some(vec![(Span { start: body, end: body }, with_line_ends(head))]);
    };
    let (inside, _) = fenced.closed?;
    match fenced.language {
        Language::Toml => Some(vec![(inside, with_line_ends(toml(inside.of(text), changes)?))]),
        Language::Yaml => yaml_edits(text, inside, changes, line_end),
    }
}

/// Returns a TOML text with these changes; `None` if it breaks TOML's rules.
fn toml(text: &str, changes: &[Change]) -> Option<String> {
    let mut document: DocumentMut = text.parse().ok()?;
    let mut order: Vec<String> = document.iter().map(|(key, _)| key.to_owned()).collect();
    for change in changes {
        match change {
            Change::Remove(key) => {
                document.remove(key);
            }
            Change::Set(key, string) => match document.get_mut(key) {
                Some(item) => {
                    let old = item.as_value_mut()?;
                    let mut value = Value::from(string);
                    *value.decor_mut() = old.decor().clone();
                    *old = value;
                }
                None => {
                    document.insert(key, toml_edit::value(string));
                    let title = order.iter().position(|name| name == "title");
                    order.insert(title.map_or(0, |at| at + 1), (*key).to_owned());
                }
            },
        }
    }
    let place = |key: &str| order.iter().position(|name| name == key);
    document.sort_values_by(|a, _, b, _| place(a.get()).cmp(&place(b.get())));
    Some(document.to_string())
}

/// The edits of single lines of YAML, for which no crate keeps comments and order.
fn yaml_edits(
    text: &str,
    inside: Span,
    changes: &[Change],
    line_end: &str,
) -> Option<Vec<(Span, String)>> {
    let lines = inside.of(text);
    let root = match yaml::read(lines, inside.start as usize) {
        Yaml::Mapping(root, _) => root,
        Yaml::Nothing if lines.trim().is_empty() => Table::default(),
        _ => return None,
    };
    let find = |name: &str| root.entries.iter().find(|entry| entry.key == name);
    let indent = root.entries.first().map_or("", |entry| {
        let line = &text[line_start(text, entry.key_span)..entry.key_span.start as usize];
        &line[..line.len() - line.trim_start().len()]
    });
    let (mut edits, mut missing) = (Vec::new(), String::new());
    for change in changes {
        match change {
            Change::Remove(key) => {
                if let Some(entry) = find(key) {
                    edits.push((lines_of(text, entry)?, String::new()));
                }
            }
            Change::Set(key, string) => {
                // A string of JSON is also one of YAML.
                let value = serde_json::Value::from(string.as_str());
                match find(key) {
                    // The text between the two may belong to the old value: the `>-` of a text in
                    // several lines.
                    Some(entry) => {
                        let (start, end) = (entry.key_span.end, value_end(text, entry));
                        edits.push((Span { start, end }, format!(": {value}")));
                    }
                    None => missing.push_str(&format!("{indent}{key}: {value}{line_end}")),
                }
            }
        }
    }
    let below = find("title").map(|title| lines_of(text, title).map(|lines| lines.end));
    let place = below.unwrap_or(Some(inside.start))?;
    edits.push((Span { start: place, end: place }, missing));
    Some(edits)
}

/// Where the line of a key starts.
fn line_start(text: &str, key: Span) -> usize {
    text[..key.start as usize].rfind('\n').map_or(0, |at| at + 1)
}

/// Where a value ends, without the blank lines that YAML counts to it.
fn value_end(text: &str, entry: &KeyValue<'_>) -> u32 {
    let span = entry.value.span;
    Span::new(0, span.start as usize + span.of(text).trim_end().len()).end
}

/// The whole lines of a key and its value; `None` if something else is on them.
fn lines_of(text: &str, entry: &KeyValue<'_>) -> Option<Span> {
    let start = line_start(text, entry.key_span);
    let value_end = value_end(text, entry) as usize;
    let rest = &text[value_end..];
    let length = rest.find('\n').map_or(rest.len(), |at| at + 1);
    let (before, after) = (&text[start..entry.key_span.start as usize], rest[..length].trim());
    let is_alone = before.trim().is_empty() && (after.is_empty() || after.starts_with('#'));
    is_alone.then(|| Span::new(start, value_end + length))
}
