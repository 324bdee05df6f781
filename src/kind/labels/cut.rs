//! Divides a heading into the names that may be in it.

use super::FIRST_BEHIND_LATIN;
use crate::characters::is_east_asian;

/// Whether a text cannot be several names: it has no brackets, separators or second script.
/// Full-width letters may turn out to belong to another script.
pub(super) fn is_one_name(text: &str) -> bool {
    let (mut is_latin, mut is_other) = (false, false);
    for character in text.chars() {
        match character {
            '\u{ff00}'..='\u{ffef}' => return false,
            ' ' | '&' | '\'' | '’' | ',' | '.' => {}
            letter if letter.is_alphabetic() => {
                let latin = letter < FIRST_BEHIND_LATIN;
                is_latin |= latin;
                is_other |= !latin;
            }
            other if other.is_numeric() => {}
            _ => return false,
        }
    }
    !(is_latin && is_other)
}

/// The text without its parentheses and brackets, and the texts within them.
pub(super) fn without_asides(text: &str) -> (String, Vec<String>) {
    let mut outer = String::with_capacity(text.len());
    let mut insides: Vec<String> = Vec::new();
    let mut depth = 0_usize;
    for character in text.chars() {
        match character {
            '(' | '[' | '【' => {
                if depth == 0 {
                    insides.push(String::new());
                    outer.push(' ');
                }
                depth += 1;
            }
            ')' | ']' | '】' => depth = depth.saturating_sub(1),
            other => match insides.last_mut() {
                Some(inside) if depth > 0 => inside.push(other),
                _ => outer.push(other),
            },
        }
    }
    (outer, insides)
}

/// The parts between slashes, bars, colons, and dashes that have spaces around them.
pub(super) fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut start = 0;
    let mut pieces = Vec::new();
    for (at, character) in text.char_indices() {
        let end = at + character.len_utf8();
        let is_spaced = text[..at].ends_with(' ') && text[end..].starts_with(' ');
        let separates = match character {
            '/' | '|' | '·' | '•' | '–' | '—' | '=' | '→' => true,
            ':' => text[end..].starts_with(' ') || text[end..].starts_with(is_east_asian),
            '-' | '・' => is_spaced,
            _ => false,
        };
        if separates {
            pieces.push(&text[start..at]);
            start = end;
        }
    }
    pieces.push(&text[start..]);
    pieces.into_iter().map(str::trim).filter(|piece| !piece.is_empty())
}
