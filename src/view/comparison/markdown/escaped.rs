//! Texts of a handbook in a comment on a git host: whatever they contain, they are shown as they
//! are.

use std::fmt::Write as _;
use std::iter::Peekable;
use std::str::Chars;

use crate::view::edition::shortened;

/// A break that makes two words of one: hosts look for references in the displayed text, where neither a
/// backslash nor an entity stops them.
const BREAK: &str = "&#8203;";

/// Signs with a meaning in Markdown or HTML.
const SIGNS: &str = "\\`*_[]{}<>&|~$!#@^";

/// Signs that begin a reference on some host: to a person, an issue, a request, a label, a milestone.
const BEGINS: &str = "@#!$~%^&";

/// A text on one line, cut after `longest` characters, that Markdown and HTML show unchanged, and that no host takes
/// for a reference, an address or a command.
pub(super) fn escaped(text: &str, longest: usize) -> String {
    let text = shortened(text.into(), longest);
    let mut out = String::with_capacity(text.len() + 16);
    let mut before = [' '; 3];
    let mut rest = text.chars().peekable();
    while let Some(character) = rest.next() {
        if character.is_whitespace() || character.is_control() {
            if before[2] != ' ' {
                out.push(' ');
            }
            before = [before[1], before[2], ' '];
            continue;
        }
        match SIGNS.contains(character) {
            true => drop(write!(out, "&#{};", u32::from(character))),
            false => out.push(character),
        }
        if is_reference(before, character, &mut rest) {
            out.push_str(BREAK);
        }
        before = [before[1], before[2], character];
    }
    out
}

/// Whether some host could take a sign, with the text around it, for the beginning of a reference.
fn is_reference(before: [char; 3], sign: char, rest: &mut Peekable<Chars<'_>>) -> bool {
    let Some(next) = rest.peek().copied() else { return false };
    let is_word = next.is_alphanumeric() || next == '_';
    let last = before.map(|character| character.to_ascii_lowercase());
    match sign {
        _ if BEGINS.contains(sign) => is_word || matches!(next, '"' | '{' | '.' | '-'),
        // A time of day is neither an address nor a picture.
        ':' if last[2].is_ascii_digit() && next.is_ascii_digit() => false,
        ':' => is_word || matches!(next, '/' | '+' | '-'),
        '+' | '-' if matches!(next, ']' | '}') => true,
        '-' => matches!(last, [_, 'g', 'h' | 'l']) && !last[0].is_alphanumeric() && is_word,
        '.' => last == ['w'; 3],
        '[' | '{' => matches!(next, '+' | '-' | '['),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_shown_and_references_are_none() {
        for (text, expected) in [
            ("flour, 3 % more: 14:00 – well-known", "flour, 3 % more: 14:00 – well-known"),
            (" two\n\n  words\u{7} ", "two words "),
            ("<b>&amp;", "&#60;b&#62;&#38;&#8203;amp;"),
            ("@all", "&#64;&#8203;all"),
            ("fixes #12, !3, GH-26", "fixes &#35;&#8203;12, &#33;&#8203;3, GH-&#8203;26"),
            ("$19", "&#36;&#8203;19"),
            (":smile: a:b", ":&#8203;smile: a:&#8203;b"),
            ("https://example.org", "https:&#8203;//example.org"),
            ("www.example.org", "www.&#8203;example.org"),
            ("[-cut-]", "&#91;&#8203;-cut-&#8203;&#93;"),
            ("%{project}", "%&#8203;&#123;project&#125;"),
            ("| `a` | **b**", "&#124; &#96;a&#96; &#124; &#42;&#42;b&#42;&#42;"),
        ] {
            assert_eq!(escaped(text, 100), expected, "{text}");
        }
        assert_eq!(escaped("one two three", 8), "one two …");
    }
}
