//! `^id` at the end of a paragraph, an item or a heading, with which Obsidian refers to it.

use std::ops::Range;

/// Shorter numbers are exponents: `m ^2`.
const SHORTEST_NUMBER: usize = 3;

/// The range of the id at the end of a text, including its `^`: letters, digits and dashes of ASCII
/// after a blank or at the beginning.
pub fn block_id(text: &str) -> Option<Range<usize>> {
    let text = text.trim_end();
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'-';
    let length = text.bytes().rev().take_while(is_part).count();
    let (before, id) = text.split_at(text.len() - length);
    let before = before.strip_suffix('^')?;
    let is_apart = before.is_empty() || before.ends_with(char::is_whitespace);
    let is_id = id.contains(|c: char| c.is_ascii_alphabetic()) || length >= SHORTEST_NUMBER;
    (is_apart && is_id).then_some(before.len()..text.len())
}

#[cfg(test)]
mod tests {
    use super::block_id;

    #[test]
    fn an_id_ends_a_text_behind_a_blank() {
        for (text, expected) in [
            ("Roasting ^roast-1", Some("^roast-1")),
            ("Roasting ^37066d \n", Some("^37066d")),
            ("Roasting\n^a", Some("^a")),
            ("^roast", Some("^roast")),
            ("m ^100", Some("^100")),
            ("m ^2", None),
            ("m^two", None),
            ("^roast comes first", None),
            ("Roasting ^röst", None),
            ("Roasting ^", None),
            ("", None),
        ] {
            assert_eq!(block_id(text).map(|place| &text[place]), expected, "{text:?}");
        }
    }
}
