//! The separators between a name and its text.

/// Whether a character is a hyphen, a dash or a minus sign, of any keyboard.
pub(super) fn is_dash(character: char) -> bool {
    matches!(character, '-' | '–' | '—' | '‒' | '―' | '−' | '－')
}

/// The length of the dash that a text begins with, if it separates: up to three dashes with blanks
/// around them, or the long dash of East Asian texts, which is two dashes without blanks.
pub(super) fn dash(text: &str, character: char, previous: char) -> Option<usize> {
    let behind = text.trim_start_matches(character);
    let length = text.len() - behind.len();
    let count = length / character.len_utf8();
    let is_spaced = previous.is_whitespace() && behind.starts_with(char::is_whitespace);
    let is_long = matches!(character, '—' | '―') && count == 2 && !behind.is_empty();
    (count <= 3 && (is_spaced || is_long) && previous != character).then_some(length)
}

/// The text after a bold name, without the separator.
pub(super) fn strip_separator(rest: &str) -> &str {
    let bare = rest.trim_start();
    for arrow in ["->", "=>", "---", "--", "-", "−", "－"] {
        let behind = bare.strip_prefix(arrow).filter(|b| b.starts_with(char::is_whitespace));
        if let Some(behind) = behind {
            return behind.trim_start();
        }
    }
    let long = ["——", "――", "––"].into_iter().find_map(|long| bare.strip_prefix(long));
    let behind = long.or_else(|| bare.strip_prefix([':', '：', '—', '–', '―', '|', '→', '⇒']));
    behind.map_or(bare, str::trim_start)
}
