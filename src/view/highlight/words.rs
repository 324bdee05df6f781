//! Languages of words, strings and comments. Every piece is read once and never again, so the time
//! grows with the length only.

use super::Painter;
use super::languages::{Language, Quote};

/// Paints `code` in a language.
pub fn paint(painter: &mut Painter, code: &str, language: &Language) {
    let mut place = Place { previous: '\n', before: '\n' };
    let mut rest = code;
    while let Some(first) = rest.chars().next() {
        let (length, class) = piece(rest, first, place, language).unwrap_or((first.len_utf8(), ""));
        let (token, behind) = rest.split_at(length);
        painter.push(token, class);
        for character in token.chars() {
            place.previous = character;
            if !is_blank(character) {
                place.before = character;
            }
        }
        rest = behind;
    }
}

/// What stands before a piece.
#[derive(Clone, Copy)]
struct Place {
    /// The character before it, `\n` at the start.
    previous: char,
    /// The last character before it that is no blank.
    before: char,
}

/// How long the piece at the start of `rest` is, and its class; none for a character of its own.
fn piece(
    rest: &str,
    first: char,
    place: Place,
    language: &Language,
) -> Option<(usize, &'static str)> {
    if let Some(length) = comment(rest, place, language) {
        return Some((length, "comment"));
    }
    if language.has_headings && first == '[' && place.previous == '\n' {
        let line = &rest[..line_end(rest)];
        return Some((line.find('#').map_or(line, |at| line[..at].trim_end()).len(), "heading"));
    }
    let may_quote =
        language.quotes_after.is_empty() || language.quotes_after.contains(place.before);
    let quote = language.quotes.iter().find(|quote| may_quote && rest.starts_with(quote.mark));
    if let Some(quote) = quote {
        let length = string_end(rest, quote);
        return Some((length, if is_key(&rest[length..], language) { "key" } else { "string" }));
    }
    let is_sigil = language.sigils.contains(first) && !place.previous.is_alphanumeric();
    if !is_sigil && !first.is_alphanumeric() && first != '_' {
        return None;
    }
    let length = match first {
        '0'..='9' => number_end(rest),
        _ => word_end(rest, is_sigil, language.is_dashed),
    };
    let word = &rest[..length];
    let class = if is_sigil || is_key(&rest[length..], language) {
        "key"
    } else if is_listed(word, language.keywords, language.ignores_case) {
        "keyword"
    } else if first.is_ascii_digit() || is_listed(word, language.constants, language.ignores_case) {
        "constant"
    } else {
        ""
    };
    Some((length, class))
}

fn comment(rest: &str, place: Place, language: &Language) -> Option<usize> {
    if let Some((start, end)) = language.block_comment
        && let Some(inside) = rest.strip_prefix(start)
    {
        let length = inside.find(end).map_or(inside.len(), |at| at + end.len());
        return Some(start.len() + length);
    }
    // `$#`, `a#b` and `https://` hold no comment.
    let may_start = !place.previous.is_alphanumeric() && !"$:{&\\".contains(place.previous);
    let starts = may_start && language.line_comments.iter().any(|start| rest.starts_with(start));
    starts.then(|| line_end(rest))
}

/// Where the string ends that `rest` starts with: behind its closing quote, else with the line or
/// the code.
fn string_end(rest: &str, quote: &Quote) -> usize {
    let mut is_escaped = false;
    for (at, character) in rest.char_indices().skip(quote.mark.len()) {
        if character == '\n' && !quote.is_long {
            return at;
        }
        if is_escaped {
            is_escaped = false;
        } else if character == '\\' && quote.has_escapes {
            is_escaped = true;
        } else if rest[at..].starts_with(quote.mark) {
            return at + quote.mark.len();
        }
    }
    rest.len()
}

/// Numbers hold dots and letters (`1.5e3`, `0xff`), dates and times hold signs between digits.
fn number_end(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let continues = |at: usize| match bytes[at] {
        b'-' | b':' | b'+' => bytes.get(at + 1).is_some_and(u8::is_ascii_digit),
        byte => byte.is_ascii_alphanumeric() || byte == b'.' || byte == b'_',
    };
    (1..bytes.len()).find(|at| !continues(*at)).unwrap_or(bytes.len())
}

fn word_end(rest: &str, is_sigil: bool, is_dashed: bool) -> usize {
    let word =
        if is_sigil { rest.trim_start_matches(['$', '{', '<', '/', '!', '-']) } else { rest };
    let is_inner = |character: char| {
        character.is_alphanumeric() || character == '_' || (is_dashed && "-.".contains(character))
    };
    rest.len() - word.trim_start_matches(is_inner).len()
}

/// True where the piece before `rest` names what follows.
fn is_key(rest: &str, language: &Language) -> bool {
    language.key.is_some_and(|key| rest.trim_start_matches(is_blank).starts_with(key))
}

fn is_listed(word: &str, list: &str, ignores_case: bool) -> bool {
    list.split_ascii_whitespace().any(|listed| match ignores_case {
        true => listed.eq_ignore_ascii_case(word),
        false => listed == word,
    })
}

fn is_blank(character: char) -> bool {
    character == ' ' || character == '\t'
}

fn line_end(rest: &str) -> usize {
    rest.find('\n').unwrap_or(rest.len())
}
