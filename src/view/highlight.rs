//! Code with colours, as classes for the theme to paint.
//!
//! A handbook shows little code, mostly files of its own kind and commands. So this module knows
//! five languages as data, and distinguishes comments, strings and keys rather than understanding
//! them; code in any other language is plain. It reads every byte once, whatever the input; the
//! grammars of regular expressions that editors use take seconds for a line made to be slow.
//!
//! The classes are `hl-comment`, `hl-string`, `hl-constant`, `hl-keyword`, `hl-key`, `hl-heading`,
//! `hl-strong` and `hl-link`.

use crate::view::escape;

/// Longer code stays plain: nobody reads it for its colours, and spans make a page several times
/// heavier.
const LONGEST: usize = 64 * 1024;

/// The properties that distinguish the parts of a language.
struct Language {
    /// The words that name it after a fence.
    names: &'static [&'static str],
    /// The sign that starts a comment that ends with its line.
    comment: Option<char>,
    /// The kinds of strings, longer quotes first: the mark, whether it may span lines, and whether a
    /// backslash escapes the next character.
    quotes: &'static [(&'static str, bool, bool)],
    /// The characters after which a string may start, blanks left out and `\n` for the start of a
    /// line; empty if it may start anywhere.
    quotes_after: &'static str,
    /// The separator of a key and its value.
    key: Option<char>,
    /// The signs that start a word that is always a key: `$HOME`, `--output`.
    sigils: &'static str,
    /// Whether a line that starts with `[` is a heading.
    has_headings: bool,
    /// Words that are values, separated by blanks.
    constants: &'static str,
}

const LANGUAGES: [Language; 4] = [
    Language {
        names: &["toml"],
        comment: Some('#'),
        quotes: &[
            ("\"\"\"", true, true),
            ("'''", true, false),
            ("\"", false, true),
            ("'", false, false),
        ],
        quotes_after: "",
        key: Some('='),
        sigils: "",
        has_headings: true,
        constants: "true false inf nan",
    },
    Language {
        names: &["json"],
        comment: None,
        quotes: &[("\"", false, true)],
        quotes_after: "",
        key: Some(':'),
        sigils: "",
        has_headings: false,
        constants: "true false null",
    },
    Language {
        names: &["yaml", "yml"],
        comment: Some('#'),
        quotes: &[("\"", true, true), ("'", true, false)],
        // An apostrophe in a text without quotes is not a quote.
        quotes_after: "\n:-[{,",
        key: Some(':'),
        sigils: "",
        has_headings: false,
        constants: "true false null",
    },
    Language {
        names: &["sh", "bash", "shell", "console"],
        comment: Some('#'),
        quotes: &[("\"", true, true), ("'", true, false)],
        quotes_after: "",
        key: None,
        sigils: "$-",
        has_headings: false,
        constants: "",
    },
];

/// Appends `code` as HTML: in colours if `language`, the first word of a fence, is known.
pub fn code(html: &mut String, code: &str, language: &str) {
    if code.len() > LONGEST {
        return escape::text(html, code);
    }
    let mut painter = Painter { html, class: "" };
    match &*language.to_ascii_lowercase() {
        "markdown" | "md" => markdown(&mut painter, code),
        name => words(&mut painter, code, name),
    }
    painter.finish();
}

/// Writes code piece by piece; neighbours of one class share a span.
struct Painter<'h> {
    html: &'h mut String,
    /// The class of the open span; empty if there is none.
    class: &'static str,
}

impl Painter<'_> {
    fn push(&mut self, text: &str, class: &'static str) {
        if text.is_empty() {
            return;
        }
        if class != self.class {
            self.finish();
            if !class.is_empty() {
                self.html.push_str("<span class=\"hl-");
                self.html.push_str(class);
                self.html.push_str("\">");
            }
            self.class = class;
        }
        escape::text(self.html, text);
    }

    fn finish(&mut self) {
        if !self.class.is_empty() {
            self.html.push_str("</span>");
        }
        self.class = "";
    }
}

/// Paints code in a language of words, strings and comments; plain if no language has this name.
fn words(painter: &mut Painter, code: &str, name: &str) {
    let Some(language) = LANGUAGES.iter().find(|language| language.names.contains(&name)) else {
        return painter.push(code, "");
    };
    // The character before a piece, `\n` at the start, and the last one that is not a blank.
    let (mut previous, mut before) = ('\n', '\n');
    let mut rest = code;
    while let Some(first) = rest.chars().next() {
        let found = piece(rest, first, (previous, before), language);
        let (length, class) = found.unwrap_or((first.len_utf8(), ""));
        let (token, after) = rest.split_at(length);
        painter.push(token, class);
        previous = token.chars().next_back().unwrap_or(previous);
        before = token.trim_end_matches(BLANKS).chars().next_back().unwrap_or(before);
        rest = after;
    }
}

const BLANKS: [char; 2] = [' ', '\t'];

/// Returns the length of the piece at the start of `rest`, and its class; `None` for a single
/// character.
fn piece(
    rest: &str,
    first: char,
    (previous, before): (char, char),
    language: &Language,
) -> Option<(usize, &'static str)> {
    // `$#`, `a#b` and `https://` contain no comment.
    let is_apart = !previous.is_alphanumeric() && !"$:{&\\".contains(previous);
    if is_apart && language.comment == Some(first) {
        return Some((line_end(rest), "comment"));
    }
    if language.has_headings && first == '[' && previous == '\n' {
        let line = &rest[..line_end(rest)];
        return Some((line.find('#').map_or(line, |at| line[..at].trim_end()).len(), "heading"));
    }
    let is_key = |length: usize| {
        language.key.is_some_and(|key| rest[length..].trim_start_matches(BLANKS).starts_with(key))
    };
    if language.quotes_after.is_empty() || language.quotes_after.contains(before) {
        let quote = language.quotes.iter().find(|(mark, ..)| rest.starts_with(mark));
        if let Some(&(mark, is_long, has_escapes)) = quote {
            let length = string_end(rest, mark, is_long, has_escapes);
            return Some((length, if is_key(length) { "key" } else { "string" }));
        }
    }
    let is_sigil = language.sigils.contains(first) && !previous.is_alphanumeric();
    if !is_sigil && !first.is_alphanumeric() && first != '_' {
        return None;
    }
    let length = if first.is_ascii_digit() { number_end(rest) } else { word_end(rest, is_sigil) };
    let is_constant = || language.constants.split(' ').any(|word| word == &rest[..length]);
    let class = if is_sigil || is_key(length) {
        "key"
    } else if first.is_ascii_digit() || is_constant() {
        "constant"
    } else {
        ""
    };
    Some((length, class))
}

/// Returns the end of the string that `rest` starts with: after its closing quote, else with the line
/// or the code.
fn string_end(rest: &str, mark: &str, is_long: bool, has_escapes: bool) -> usize {
    let mut is_escaped = false;
    for (at, character) in rest.char_indices().skip(mark.len()) {
        if character == '\n' && !is_long {
            return at;
        }
        if is_escaped {
            is_escaped = false;
        } else if character == '\\' && has_escapes {
            is_escaped = true;
        } else if rest[at..].starts_with(mark) {
            return at + mark.len();
        }
    }
    rest.len()
}

/// The end of a number. Numbers contain dots and letters (`1.5e3`, `0xff`), dates and times contain
/// signs between digits.
fn number_end(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let continues = |at: usize| match bytes[at] {
        b'-' | b':' | b'+' => bytes.get(at + 1).is_some_and(u8::is_ascii_digit),
        byte => byte.is_ascii_alphanumeric() || byte == b'.' || byte == b'_',
    };
    (1..bytes.len()).find(|at| !continues(*at)).unwrap_or(bytes.len())
}

fn word_end(rest: &str, is_sigil: bool) -> usize {
    let word = if is_sigil { rest.trim_start_matches(['$', '{', '-']) } else { rest };
    let is_inner = |character: char| character.is_alphanumeric() || "_-.".contains(character);
    rest.len() - word.trim_start_matches(is_inner).len()
}

fn line_end(rest: &str) -> usize {
    rest.find('\n').unwrap_or(rest.len())
}

/// Paints Markdown with the front matter and the attributes that canvases have.
fn markdown(painter: &mut Painter, code: &str) {
    let (front, body) = front_matter(code);
    words(painter, front, if front.starts_with('+') { "toml" } else { "yaml" });
    let (mut in_fence, mut in_comment) = (None, false);
    for line in body.split_inclusive('\n') {
        let text = line.trim_start_matches(BLANKS);
        let fence = ["```", "~~~"].into_iter().find(|fence| text.starts_with(fence));
        if in_fence.is_some() || fence.is_some() {
            painter.push(line, "string");
            match in_fence {
                None => in_fence = fence,
                open if open == fence => in_fence = None,
                _ => {}
            }
        } else if in_comment || text.starts_with("<!--") {
            painter.push(line, "comment");
            in_comment = !line.contains("-->");
        } else if text.starts_with('#') && text.trim_start_matches('#').starts_with(BLANKS) {
            let attributes = text.find(" {").unwrap_or(text.len());
            let attributes = line.len() - text.len() + attributes;
            painter.push(&line[..attributes], "heading");
            inline(painter, &line[attributes..]);
        } else {
            let marker = line.len() - text.len() + marker(text);
            painter.push(&line[..marker], "keyword");
            inline(painter, &line[marker..]);
        }
    }
}

/// Splits off front matter with its fences; empty if there is none.
fn front_matter(code: &str) -> (&str, &str) {
    for fence in ["+++\n", "---\n"] {
        if let Some(inside) = code.strip_prefix(fence)
            && let Some(end) = inside.find(&format!("\n{fence}"))
        {
            return code.split_at(fence.len() + end + 1 + fence.len());
        }
    }
    ("", code)
}

/// Returns the length of the marker that makes a line an item of a list or a quotation.
fn marker(text: &str) -> usize {
    let digits = text.len() - text.trim_start_matches(|digit: char| digit.is_ascii_digit()).len();
    let after = &text[digits..];
    let is_marker = match digits {
        0 => after.starts_with(['-', '*', '+', '>']),
        _ => after.starts_with(['.', ')']),
    };
    let is_apart = after.get(1..).is_some_and(|rest| rest.starts_with(BLANKS));
    if is_marker && is_apart { digits + 1 } else { 0 }
}

/// Marks that come in pairs within a line: opening, closing, class.
const PAIRS: [(&str, &str, &str); 5] = [
    ("**", "**", "strong"),
    ("`", "`", "string"),
    ("[[", "]]", "link"),
    ("[", "]", "link"),
    ("{", "}", "key"),
];

fn inline(painter: &mut Painter, line: &str) {
    // A closing mark that is not found from here will not be found further on: remembering it
    // keeps a line of opening marks from being searched again for each of them.
    let mut is_missing = [false; PAIRS.len()];
    let mut is_target_missing = false;
    let mut rest = line;
    'pieces: while let Some(start) = rest.find(['*', '`', '[', '{']) {
        painter.push(&rest[..start], "");
        rest = &rest[start..];
        for (pair, (opening, closing, class)) in PAIRS.into_iter().enumerate() {
            if !rest.starts_with(opening) || is_missing[pair] {
                continue;
            }
            let Some(end) = rest[opening.len()..].find(closing) else {
                is_missing[pair] = true;
                continue;
            };
            let mut length = opening.len() + end + closing.len();
            if closing == "]" && !is_target_missing && rest[length..].starts_with('(') {
                let target = rest[length..].find(')');
                is_target_missing = target.is_none();
                length += target.map_or(0, |at| at + 1);
            }
            painter.push(&rest[..length], class);
            rest = &rest[length..];
            continue 'pieces;
        }
        painter.push(&rest[..1], "");
        rest = &rest[1..];
    }
    painter.push(rest, "");
}

#[cfg(test)]
mod tests;
