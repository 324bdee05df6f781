//! Style sheets and scripts without what browsers skip: comments, and blanks between tokens or at the start
//! of lines.
//!
//! Only what can always be dropped safely is dropped; nothing is renamed, reordered or merged, so that a
//! theme's author finds every rule and every line again in the browser's tools.

use std::borrow::Cow;

/// The style sheet without comments, line breaks and blanks that separate nothing.
pub fn css(text: &str) -> String {
    let mut compact = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        if rest.starts_with("/*") {
            let end = rest.find("*/").map_or(rest.len(), |end| end + 2);
            rest = &rest[end..];
            blank(&mut compact);
        } else if character == '"' || character == '\'' {
            let end = string_end(rest, character);
            compact.push_str(&rest[..end]);
            rest = &rest[end..];
        } else if character.is_ascii_whitespace() {
            blank(&mut compact);
            rest = &rest[1..];
        } else {
            if matches!(character, '{' | '}' | ';' | ',' | '>') && compact.ends_with(' ') {
                compact.pop();
            }
            // The last declaration of a rule needs no end.
            if character == '}' && compact.ends_with(';') {
                compact.pop();
            }
            compact.push(character);
            rest = &rest[character.len_utf8()..];
        }
    }
    let end = compact.trim_end().len();
    compact.truncate(end);
    compact
}

/// The script without lines that contain nothing but a `//` comment, without indentation, without blanks
/// next to most signs and without line breaks after some. A script in which a text or a comment may go on
/// over several lines, or a comment is written as in HTML, stays as it is.
pub fn js(text: &str) -> Cow<'_, str> {
    if ["`", "/*", "\\\n", "<!--", "-->"].iter().any(|sign| text.contains(sign)) {
        return Cow::Borrowed(text);
    }
    let lines = text.lines().map(str::trim);
    let lines = lines.filter(|line| !line.is_empty() && !line.starts_with("//"));
    let mut compact = String::with_capacity(text.len());
    for line in lines {
        let may_join = push_line(&mut compact, line);
        if !may_join || !compact.ends_with([';', ',', '{', '(', '[']) {
            compact.push('\n');
        }
    }
    Cow::Owned(compact)
}

/// Appends a line of a script. From a slash on it may be a regular expression, in which every blank matters.
///
/// Returns whether it certainly contains no comment, which would swallow what follows on the same line.
fn push_line(compact: &mut String, line: &str) -> bool {
    /// Not `+` and `-`, since two in a row are another sign, nor `<`, with which a comment may begin.
    const SIGNS: [char; 16] =
        ['=', '>', '(', ')', '{', '}', '[', ']', ',', ';', ':', '?', '&', '|', '*', '%'];
    let mut rest = line;
    let mut is_code = true;
    while let Some(character) = rest.chars().next() {
        is_code &= character != '/';
        let end = match character {
            '"' | '\'' => string_end(rest, character),
            '/' => rest.len(),
            _ => character.len_utf8(),
        };
        let next = rest[end..].chars().next();
        let is_idle = compact.ends_with(SIGNS) || next.is_some_and(|next| SIGNS.contains(&next));
        if character != ' ' || !is_idle {
            compact.push_str(&rest[..end]);
        }
        rest = &rest[end..];
    }
    is_code
}

/// Adds one blank if one may matter: after these characters none does. A blank before `:` matters
/// in a selector, and one around `+` and `-` in a calculation.
fn blank(compact: &mut String) {
    if !compact.is_empty() && !compact.ends_with([' ', '{', '}', ';', ',', ':', '>']) {
        compact.push(' ');
    }
}

/// The offset after the quote that ends the string at the start of `text`.
fn string_end(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, character) in text.char_indices().skip(1) {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if character == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::{css, js};

    #[test]
    fn lines_of_scripts_lose_their_indentation_and_comments_their_lines() {
        for (written, compact) in [
            ("// One.\na();\n\n  // Two.\n  b(); // three,\n c", "a();b();// three,\nc\n"),
            ("a(\n  b,\n  [\n    c\n  ]\n)\nd\n++e;\n", "a(b,[c\n]\n)\nd\n++e;"),
            ("a();\n--> b\n  c <!-- d;\n", "a();\n--> b\n  c <!-- d;\n"),
            ("a = /[,\nb", "a=/[,\nb\n"),
            ("if (a) { b = c ? \"d = e\" : [1, 2] }\n", "if(a){b=c?\"d = e\":[1,2]}\n"),
            ("a = b + +c - -d;\n", "a=b + +c - -d;"),
            ("a = b < !--c || d;\n", "a=b < !--c||d;"),
            ("a = / = /.test(b) ? 1 : 2;\n", "a=/ = /.test(b) ? 1 : 2;\n"),
            ("a(\"// no comment\");\n", "a(\"// no comment\");"),
            ("a(`\n  // text\n`);\n", "a(`\n  // text\n`);\n"),
            ("/*\n// */ a();\n", "/*\n// */ a();\n"),
            ("a(\"\\\n  // text\");\n", "a(\"\\\n  // text\");\n"),
            ("", ""),
        ] {
            assert_eq!(js(written), compact);
        }
    }

    #[test]
    fn blanks_go_where_they_separate_nothing() {
        for (written, compact) in [
            (
                "a { color: red; }\n\nb , c {\n  margin: 0 auto ;\n}\n",
                "a{color:red}b,c{margin:0 auto}",
            ),
            (
                ".a :hover > b + c { width: calc(1px + 2px) }",
                ".a :hover>b + c{width:calc(1px + 2px)}",
            ),
            ("/* one */ a { /* two */ color : red }", "a{color :red}"),
            ("a::before { content: \" /* \\\" */ { \" }", "a::before{content:\" /* \\\" */ { \"}"),
            (
                "@media (min-width: 1px) { a { b: url(\"x y\") } }",
                "@media (min-width:1px){a{b:url(\"x y\")}}",
            ),
            ("a { b: 1 } /* never closed", "a{b:1}"),
            ("", ""),
        ] {
            assert_eq!(css(written), compact);
        }
    }
}
