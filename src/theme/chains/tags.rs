//! The tags of a template that lead to others, read as the engine reads them.

use std::borrow::Cow;

use crate::source::Span;

/// A tag such as `{% include "poster.html" %}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tag<'t> {
    /// Its first word: `include`.
    pub word: &'t str,
    /// Its argument: a string without its quotes, or a word. Empty if it is anything else.
    pub argument: Cow<'t, str>,
    /// The place of the argument, or of the tag's first word if there is none.
    pub span: Span,
}

/// The tokens of a tag, as far as they matter here.
enum Token<'t> {
    Word(&'t str),
    Text(Cow<'t, str>),
    Other,
}

/// The tags of a template that begin with a word, in the order of the text. Comments and text between
/// `{% raw %}` and `{% endraw %}` contain none. In a text that the engine refuses, the tags after an
/// error may be anything.
pub(super) fn tags(text: &str) -> Vec<Tag<'_>> {
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some(mark) = mark(text, at) {
        let inside = mark + 2;
        at = match &text.as_bytes()[mark + 1] {
            b'#' => behind(text, inside, "#}"),
            b'{' => read(text, inside, "}}").1,
            _ => match raw(text, inside, "raw") {
                Some(body) => behind_raw(text, body),
                None => {
                    let (tag, behind) = read(text, inside, "%}");
                    tags.extend(tag);
                    behind
                }
            },
        };
    }
    tags
}

/// The next place where a tag, an expression or a comment begins.
fn mark(text: &str, from: usize) -> Option<usize> {
    let is_mark = |pair: &[u8]| matches!(pair, b"{{" | b"{%" | b"{#");
    text.as_bytes()[from..].windows(2).position(is_mark).map(|at| from + at)
}

fn behind(text: &str, from: usize, end: &str) -> usize {
    text[from..].find(end).map_or(text.len(), |at| from + at + end.len())
}

/// The offset after a tag that consists of `word` alone.
fn raw(text: &str, inside: usize, word: &str) -> Option<usize> {
    let rest = &text[inside..];
    let rest = rest.strip_prefix('-').unwrap_or(rest).trim_ascii_start();
    let rest = rest.strip_prefix(word)?.trim_ascii_start();
    let rest = rest.strip_prefix('-').unwrap_or(rest).strip_prefix("%}")?;
    Some(text.len() - rest.len())
}

fn behind_raw(text: &str, body: usize) -> usize {
    let ends = text[body..].match_indices("{%").map(|(at, _)| body + at + 2);
    ends.filter_map(|inside| raw(text, inside, "endraw")).next().unwrap_or(text.len())
}

/// Reads a tag or an expression up to `end`. Returns the tag, if it begins with a word, and the offset
/// after it.
fn read<'t>(text: &'t str, inside: usize, end: &str) -> (Option<Tag<'t>>, usize) {
    let mut at = inside;
    let mut tokens = Vec::with_capacity(2);
    loop {
        let rest = text[at..].trim_ascii_start();
        at = text.len() - rest.len();
        if rest.is_empty() || rest.starts_with(end) {
            break;
        }
        let token = token(rest);
        let span = Span::new(at, at + token.1);
        at = span.range().end;
        // The sign that removes the blanks before a tag does not belong to it.
        if tokens.len() < 2 && !(span.range().start == inside && rest.starts_with('-')) {
            tokens.push((token.0, span));
        }
    }
    let behind = text.len().min(at + end.len());
    let mut tokens = tokens.into_iter();
    let Some((Token::Word(word), place)) = tokens.next() else { return (None, behind) };
    let (argument, span) = match tokens.next() {
        Some((Token::Word(word), span)) => (Cow::Borrowed(word), span),
        Some((Token::Text(text), span)) => (text, span),
        _ => (Cow::Borrowed(""), place),
    };
    (Some(Tag { word, argument, span }), behind)
}

/// The token that a text begins with, and its length.
fn token(text: &str) -> (Token<'_>, usize) {
    let first = text.as_bytes()[0];
    if first.is_ascii_alphabetic() || first == b'_' {
        let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
        let length = text.bytes().take_while(is_word).count();
        return (Token::Word(&text[..length]), length);
    }
    if !matches!(first, b'"' | b'\'' | b'`') {
        return (Token::Other, text.chars().next().map_or(1, char::len_utf8));
    }
    let mut is_escaped = false;
    let is_end = |byte: u8| {
        let was_escaped = is_escaped;
        is_escaped = !was_escaped && byte == b'\\';
        !was_escaped && byte == first
    };
    let end = text.bytes().skip(1).position(is_end).map_or(text.len(), |at| at + 1);
    let inner = &text[1..end];
    (Token::Text(unescaped(inner)), text.len().min(end + 1))
}

/// The value of a string.
fn unescaped(inner: &str) -> Cow<'_, str> {
    if !inner.contains('\\') {
        return Cow::Borrowed(inner);
    }
    let mut characters = inner.chars();
    let mut said = String::new();
    while let Some(character) = characters.next() {
        said.extend(match character {
            '\\' => characters.next().map(|escaped| match escaped {
                'n' => '\n',
                't' => '\t',
                'r' => '\r',
                other => other,
            }),
            other => Some(other),
        });
    }
    Cow::Owned(said)
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Expect) {
        let shown = tags(text)
            .into_iter()
            .map(|tag| format!("{} [{}] {}\n", tag.word, tag.argument, &text[tag.span.range()]));
        expected.assert_eq(&shown.collect::<String>());
    }

    #[test]
    fn tags_are_found_however_they_are_written() {
        check(
            "{% include \"a.html\" %}{%include'b.html'%}{%-\n include\t`c.html` -%}{% block main %}",
            expect![[r#"
                include [a.html] "a.html"
                include [b.html] 'b.html'
                include [c.html] `c.html`
                block [main] main
            "#]],
        );
        check(
            r#"{% include "a\"b\\.html" %}{% if a %}{% elif "%}" %}{% endif %}"#,
            expect![[r#"
                include [a"b\.html] "a\"b\\.html"
                if [a] a
                elif [%}] "%}"
                endif [] endif
            "#]],
        );
    }

    #[test]
    fn what_only_looks_like_a_tag_is_none() {
        check(
            "{# {% include 'a' %} #}{% raw %}{% include 'b' %}{%- endraw -%}{{ '{% include \"c\" %}' }}\
             {% <row item={\"%}\"}> %}{% - x %}{%",
            expect![[""]],
        );
        check("{% raw %}{% include 'a' %}", expect![[""]]);
        check("{# {% include 'a' %}", expect![[""]]);
    }

    #[test]
    fn any_text_can_be_read() {
        for text in
            ["{%", "{%-", "{% é", "{% \"", "{% include \"\\", "{{", "{% include é %}", "{% raw"]
        {
            tags(text);
            tags(&format!("{text} %}}"));
        }
    }
}
