//! Makes text from a handbook safe to print: whatever a name or a text contains, it starts no escape
//! sequence, moves no cursor, changes no reading direction and begins no line of its own.

use std::borrow::Cow;
use std::io::{self, Write};

use serde::Serialize;

use crate::characters::overrides_direction;

/// The sign for text that was cut away.
pub const CUT: char = '…';

/// Returns the text with everything replaced that could move the cursor, start an escape sequence,
/// end the line or change the reading direction of what follows. Every character stays one
/// character; tabs stay, because the annotation renderer expands them.
pub fn harmless(text: &str) -> Cow<'_, str> {
    if text.chars().all(|character| shown_as(character) == character) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(shown_as).collect())
}

/// The replacement of a character in a harmless text: mostly the character itself.
pub fn shown_as(character: char) -> char {
    match character {
        '\t' => '\t',
        // The block of control pictures repeats the control characters in their order.
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(character)).unwrap_or('\u{fffd}'),
        '\u{7f}' => '␡',
        // A terminal may take U+009B for the start of an escape sequence. U+E000 and U+E001 mark
        // places for the drawing itself.
        '\u{80}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{e000}' | '\u{e001}' => '\u{fffd}',
        turning if overrides_direction(turning) => '\u{fffd}',
        _ => character,
    }
}

/// One line of a message: harmless, without line breaks, and at most `limit` characters long,
/// because a message may quote what somebody wrote at any length.
pub fn one_line(text: &str, limit: usize) -> String {
    let mut line: String = text
        .chars()
        .take(limit)
        .map(|character| if character.is_whitespace() { ' ' } else { shown_as(character) })
        .collect();
    line.truncate(line.trim_end().len());
    if text.chars().nth(limit).is_some() {
        line.push(CUT);
    }
    line
}

/// Writes a value as JSON and a line break. JSON escapes some control characters itself; here all are
/// escaped that [`harmless`] replaces, which changes no value.
///
/// # Errors
/// Those of `out`.
pub fn write_json(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    let mut escaping = Escaping(out);
    serde_json::to_writer_pretty(&mut escaping, value)?;
    escaping.0.write_all(b"\n")
}

/// A writer that escapes harmful characters in JSON; they can only be within its texts.
struct Escaping<'o>(&'o mut dyn Write);

impl Write for Escaping<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // The serializer hands over whole characters.
        let text = str::from_utf8(bytes).unwrap_or_default();
        let mut rest = 0;
        let is_escaped = |character: char| character != '\n' && shown_as(character) != character;
        for (at, character) in text.char_indices().filter(|(_, character)| is_escaped(*character)) {
            self.0.write_all(&bytes[rest..at])?;
            // All of their code points have four digits.
            write!(self.0, "\\u{:04x}", u32::from(character))?;
            rest = at + character.len_utf8();
        }
        self.0.write_all(&bytes[rest..])?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Characters that do something to a terminal, a log or a reader.
    const HARMFUL: &str = "\u{1b}]0;title\u{7}\r\n\0\u{7f}\u{85}\u{9b}31m\u{202e}\u{2066}\u{2028}";

    #[test]
    fn every_character_that_does_something_is_shown() {
        assert_eq!(harmless(HARMFUL), "␛]0;title␇␍␊␀␡\u{fffd}\u{fffd}31m\u{fffd}\u{fffd}\u{fffd}");
        assert_eq!(harmless("Café\tעברית 日本"), "Café\tעברית 日本");
        assert_eq!(one_line("a\n::error::b\u{1b}", 20), "a ::error::b␛");
    }

    #[test]
    fn json_says_the_same_without_them() {
        let mut written = Vec::new();
        write_json(&[HARMFUL, "Café"], &mut written).expect("it can be written");
        let written = String::from_utf8(written).expect("it is a text");
        assert_eq!(harmless(&written).replace('␊', "\n"), written);
        let read: Vec<String> = serde_json::from_str(&written).expect("it is JSON");
        assert_eq!(read, [HARMFUL, "Café"]);
    }
}
