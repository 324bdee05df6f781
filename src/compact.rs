//! Style sheets without what browsers skip: comments and blanks between tokens.
//!
//! Only what is always safe is dropped; nothing is renamed, reordered or merged, so that a theme's
//! author finds every rule again in the browser's tools.

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

/// Adds one blank where one may matter: behind these characters none does. A blank before `:`
/// matters in a selector, and one around `+` and `-` in a calculation.
fn blank(compact: &mut String) {
    if !compact.is_empty() && !compact.ends_with([' ', '{', '}', ';', ',', ':', '>']) {
        compact.push(' ');
    }
}

/// Behind the quote that ends the string at the start of `text`.
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
    use super::css;

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
