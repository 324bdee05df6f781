//! The lines that open and close front matter.

use crate::node::Language;
use crate::source::Span;

/// Front matter as delimited by its fences.
pub(super) struct Fenced {
    /// The language that the fence announces.
    pub language: Language,
    /// The opening fence, without blanks and its line's end.
    pub opening: Span,
    /// The start of the line after the opening fence.
    pub behind: u32,
    /// The text between the fences, and the text after the closing one; `None` if no line closes
    /// it.
    pub closed: Option<(Span, Span)>,
}

/// Looks for front matter at the offset `start`, which is after a byte-order mark.
pub(super) fn find(text: &str, start: usize) -> Option<Fenced> {
    let start = first_line(text, start);
    let (first, behind) = line(text, start);
    let (fence, language) = match first.trim_end_matches([' ', '\t']) {
        "+++" => ("+++", Language::Toml),
        "---" => ("---", Language::Yaml),
        _ => return None,
    };
    let opening = Span::new(start, start + fence.len());
    let mut at = behind;
    while at < text.len() {
        let (content, next) = line(text, at);
        if content.trim_end_matches([' ', '\t']) == fence {
            let closed = Some((Span::new(behind, at), Span::new(next, text.len())));
            return Some(Fenced {
                language,
                opening,
                behind: Span::new(behind, behind).start,
                closed,
            });
        }
        at = next;
    }
    // In Markdown `---` alone is a thematic break, so it is a fence only if a key follows.
    let meant = language == Language::Toml || is_key(line(text, behind).0);
    meant.then(|| Fenced {
        language,
        opening,
        behind: Span::new(behind, behind).start,
        closed: None,
    })
}

/// The start of the first line that is not blank: editors and scripts leave blank ones before it.
fn first_line(text: &str, start: usize) -> usize {
    let mut at = start;
    loop {
        let (content, next) = line(text, at);
        if !content.trim().is_empty() || next >= text.len() {
            return at;
        }
        at = next;
    }
}

/// Whether the first line that is not blank looks like a YAML key, and not like prose.
pub(super) fn begins_with_key(yaml: &str) -> bool {
    let says_something = |line: &&str| !line.trim().is_empty() && !line.starts_with('#');
    yaml.split(['\n', '\r']).find(says_something).is_some_and(is_key)
}

/// Whether the first line that is not blank is TOML's `key = value`.
pub(super) fn begins_with_toml(text: &str) -> bool {
    let says_something = |line: &&str| !line.trim().is_empty() && !line.starts_with('#');
    let is_pair = |line: &str| {
        let Some((key, value)) = line.split_once('=') else { return false };
        let key = key.trim();
        let is_name = |c: char| c.is_ascii_alphanumeric() || "_-.".contains(c);
        !key.is_empty() && key.chars().all(is_name) && !value.trim().is_empty()
    };
    text.split(['\n', '\r']).find(says_something).is_some_and(is_pair)
}

/// Whether a line is `key:` or `key: value`. Prose may have a colon too, but not after its first
/// word.
fn is_key(line: &str) -> bool {
    let Some((key, rest)) = line.split_once(':') else { return false };
    let key = key.trim_end().trim_matches(['"', '\'']);
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    !key.is_empty() && key.chars().all(fits) && (rest.is_empty() || rest.starts_with([' ', '\t']))
}

/// The line at `at` without its end, and the start of the next one.
fn line(text: &str, at: usize) -> (&str, usize) {
    let rest = text.get(at..).unwrap_or("");
    let Some(length) = rest.find(['\n', '\r']) else { return (rest, text.len()) };
    let ending = if rest[length..].starts_with("\r\n") { 2 } else { 1 };
    (&rest[..length], at + length + ending)
}
