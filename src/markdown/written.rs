//! Where the source of a link or of a definition has its address, for code that replaces it.

use std::borrow::Cow;

use pulldown_cmark::{Event, Options, Parser, Tag};

use crate::canvas::{LinkTarget, url_target};

/// The text before the address of a link, and of a definition.
pub const OPENERS: [&str; 2] = ["](", "]:"];

/// How deep parentheses within an address may be nested, so that no piece of a text is examined too
/// often.
const DEEPEST: usize = 32;

/// The address within a link or definition as written, with its offset: it follows an `opener`, means
/// `target` and is followed by nothing but a title. `None` if it is written in another way, such as by
/// name.
pub fn address<'w>(
    written: &'w str,
    opener: &str,
    target: &LinkTarget<'_>,
) -> Option<(usize, &'w str)> {
    let is_link = opener == OPENERS[0];
    let inside = if is_link { written.strip_suffix(')')?.trim_end() } else { written };
    let found = |(at, _): (usize, &str)| {
        let rest = inside[at + opener.len()..].trim_start();
        let whole = whole(rest, is_link)?;
        let raw = whole.strip_prefix('<').map_or(whole, |raw| raw.trim_end_matches('>'));
        let is_last = !is_link || is_title(&rest[whole.len()..]);
        let at = inside.len() - rest.len() + usize::from(raw.len() < whole.len());
        (is_last && url_target(&decoded(whole, raw)) == *target).then_some((at, raw))
    };
    // The text of a link may contain others, and its code anything that looks like one. A name contains
    // no bracket.
    match is_link {
        true => inside.rmatch_indices(opener).find_map(found),
        false => {
            inside.match_indices(opener).find(|(at, _)| !is_escaped(&inside[..*at])).and_then(found)
        }
    }
}

/// The address that begins a text, with the angle brackets around it.
fn whole(text: &str, is_link: bool) -> Option<&str> {
    let is_bracketed = text.starts_with('<');
    let (mut depth, mut is_escaped) = (0, false);
    for (at, c) in text.char_indices().skip(usize::from(is_bracketed)) {
        let was_escaped = is_escaped;
        is_escaped = c == '\\' && !was_escaped;
        match c {
            '\n' | '<' if is_bracketed && !was_escaped => return None,
            '>' if is_bracketed && !was_escaped => return Some(&text[..=at]),
            _ if is_bracketed => {}
            _ if c.is_whitespace() => return Some(&text[..at]),
            '(' if is_link && !was_escaped && depth == DEEPEST => return None,
            '(' if is_link && !was_escaped => depth += 1,
            ')' if is_link && !was_escaped && depth == 0 => return Some(&text[..at]),
            ')' if is_link && !was_escaped => depth -= 1,
            _ => {}
        }
    }
    (!is_bracketed).then_some(text)
}

/// Whether a text is empty or the title of a link, possibly on a further line of a quotation.
fn is_title(text: &str) -> bool {
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '>');
    let close = match text.chars().next() {
        Some('(') => ')',
        Some(quote @ ('"' | '\'')) => quote,
        other => return other.is_none(),
    };
    text.len() > 1 && text.ends_with(close)
}

fn is_escaped(before: &str) -> bool {
    (before.len() - before.trim_end_matches('\\').len()) % 2 == 1
}

/// The meaning of an address that is written with entities and backslashes.
fn decoded<'w>(whole: &str, raw: &'w str) -> Cow<'w, str> {
    if !raw.contains(['&', '\\']) {
        return Cow::Borrowed(raw);
    }
    let link = format!("[a]({whole})");
    let url = Parser::new_ext(&link, Options::empty()).find_map(|event| match event {
        Event::Start(Tag::Link { dest_url, .. }) => Some(dest_url.to_string()),
        _ => None,
    });
    url.map_or(Cow::Borrowed(raw), Cow::Owned)
}

#[cfg(test)]
mod tests {
    use super::{OPENERS, address};
    use crate::canvas::url_target;

    #[test]
    fn an_address_is_found_as_it_is_written() {
        for (written, url, raw) in [
            ("[a](b.md)", "b.md", Some("b.md")),
            ("[a]( <b c.md> 't' )", "b c.md", Some("b c.md")),
            ("[a](b.md#R&amp;D \"t\")", "b.md#R&D", Some("b.md#R&amp;D")),
            (r"[a](b\.md (t))", "b.md", Some(r"b\.md")),
            ("[a](b(c).md)", "b(c).md", Some("b(c).md")),
            ("[a](b.md\n> \"t\")", "b.md", Some("b.md")),
            ("[`](<b.md>)`](b\\.md)", "b.md", Some(r"b\.md")),
            ("[a](b.md \"see ](b.md) there\")", "b.md", Some("b.md")),
            ("[![a](b.md)][c]", "b.md", None),
            ("[a](b.md)", "c.md", None),
        ] {
            let found = address(written, OPENERS[0], &url_target(url));
            assert_eq!(found.map(|(_, raw)| raw), raw, "{written:?}");
            assert!(found.is_none_or(|(at, raw)| written[at..].starts_with(raw)), "{written:?}");
        }
        let found = address(r"[a\]: b]: <c&amp;d> 't'", OPENERS[1], &url_target("c&d"));
        assert_eq!(found, Some((11, "c&amp;d")));
    }
}
