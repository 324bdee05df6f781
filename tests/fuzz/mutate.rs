//! Changes texts at random, as people and attackers do: lines that move, marks that are lost, doubled or
//! nested, characters that are not what they look like.

use crate::numbers::Numbers;

/// Texts that mean something somewhere, or are awkward everywhere.
const TOKENS: [&str; 97] = [
    "#",
    "##",
    "###### ",
    "- ",
    "* ",
    "1. ",
    "> ",
    "    ",
    "\t",
    "\n",
    "\n\n",
    "\r",
    "\r\n",
    "```",
    "~~~",
    "`",
    "**",
    "*",
    "_",
    "~~",
    "|",
    "|--|:-:|\n",
    "---\n",
    "+++\n",
    "***\n",
    "===\n",
    "- **",
    "** — ",
    "[",
    "]",
    "](",
    ")",
    "![",
    "[[",
    "]]",
    "[[#",
    "[^1]",
    "[^1]: ",
    "[a]: ",
    "<",
    ">",
    "<!--",
    "-->",
    "<b>",
    "<script>",
    "</script>",
    "<https://a.example>",
    "javascript:alert(1)",
    "data:text/html,",
    "mill.md",
    "#fresh-bread",
    "index.md#",
    "../",
    "//",
    "\\",
    "&",
    "&amp;",
    "&#0;",
    "&#x10FFFF;",
    "{",
    "}",
    "{#id}",
    "{.class}",
    "{with=\"Sales\"}",
    "{category=platform owner='x'}",
    "=",
    ":",
    ": ",
    "\"",
    "'",
    "\"\"\"",
    "''",
    ",",
    "{{",
    "}}",
    "{%",
    "%}",
    "{{ page.title }}",
    "{% for a in page.entries %}",
    "{% endfor %}",
    "{% if ",
    "| safe",
    "true",
    "null",
    "-1",
    "9223372036854775808",
    "1e999",
    "2026-02-30",
    "\u{0}",
    "\u{7f}",
    "\u{feff}",
    "\u{202e}",
    "\u{301}",
    "é",
    "🤝",
    "İ",
    "ﬃ",
];

/// How often a token is repeated at most: deeper than any sensible nesting.
const REPEATED: usize = 300;

/// Makes one of several changes to `text`; inserted lines may come from any of `others`.
fn change(text: &mut String, others: &[&str], numbers: &mut Numbers) {
    let token = TOKENS[numbers.below(TOKENS.len())];
    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
    let line = numbers.below(lines.len() + 1);
    let end = (line + 1 + numbers.below(3)).min(lines.len());
    *text = match numbers.below(12) {
        0 => {
            lines.drain(line.min(end)..end);
            lines.concat()
        }
        1 => {
            let block = lines[line.min(end)..end].concat();
            lines.insert(numbers.below(lines.len() + 1), &block);
            lines.concat()
        }
        2 if lines.len() > 1 => {
            let last = lines.len() - 1;
            lines.swap(line.min(last), numbers.below(last + 1));
            lines.concat()
        }
        3 | 4 => {
            let other: Vec<&str> =
                others[numbers.below(others.len())].split_inclusive('\n').collect();
            let from = numbers.below(other.len() + 1);
            let to = (from + 1 + numbers.below(6)).min(other.len());
            let block = other[from.min(to)..to].concat();
            lines.insert(line, &block);
            lines.concat()
        }
        5 => {
            lines.insert(line, token);
            lines.concat()
        }
        6 => {
            let at = boundary(text, numbers);
            let repeated = token.repeat(1 + numbers.below(REPEATED));
            format!("{}{repeated}{}", &text[..at], &text[at..])
        }
        7 => text[..boundary(text, numbers)].to_owned(),
        8 => {
            let (start, end) = slice(text, numbers);
            format!("{}{}", &text[..start], &text[end..])
        }
        9 => {
            let (start, end) = slice(text, numbers);
            format!("{}{token}{}", &text[..start], &text[end..])
        }
        _ => {
            let at = boundary(text, numbers);
            format!("{}{token}{}", &text[..at], &text[at..])
        }
    };
}

/// A random offset at the start of a character, or the end of the text.
fn boundary(text: &str, numbers: &mut Numbers) -> usize {
    boundary_at(text, numbers.below(text.len() + 1))
}

/// The last boundary of characters up to an offset.
fn boundary_at(text: &str, offset: usize) -> usize {
    let offset = offset.min(text.len());
    (0..=offset).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// The range of a few characters.
fn slice(text: &str, numbers: &mut Numbers) -> (usize, usize) {
    let start = boundary(text, numbers);
    (start, boundary_at(text, start + numbers.below(12)).max(start))
}

/// A text that was changed one to six times.
pub fn mutated(text: &str, others: &[&str], numbers: &mut Numbers) -> String {
    let mut text = text.to_owned();
    for _ in 0..=numbers.below(6) {
        change(&mut text, others, numbers);
    }
    text
}

/// As few lines of `text` as still make `does` return true.
pub fn reduced(mut text: String, does: impl Fn(&str) -> bool) -> String {
    let mut step = text.lines().count().max(1);
    while step > 0 {
        let mut at = 0;
        loop {
            let lines: Vec<&str> = text.split_inclusive('\n').collect();
            if at >= lines.len() {
                break;
            }
            let less = [&lines[..at], &lines[(at + step).min(lines.len())..]].concat().concat();
            if does(&less) {
                text = less;
            } else {
                at += step;
            }
        }
        step /= 2;
    }
    text
}

#[test]
fn changes_are_the_same_for_one_number_and_reduce_to_what_matters() {
    let text = "# A\n\nbread\n- b\n- c\n";
    let changed = |seed| mutated(text, &["## Other\n"], &mut Numbers(seed));
    assert_eq!(changed(7), changed(7));
    assert!((0..50).filter(|seed| changed(*seed) != text).count() > 40);
    assert_eq!(reduced(text.to_owned(), |text| text.contains("read")), "bread\n");
}
