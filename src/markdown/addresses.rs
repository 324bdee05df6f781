//! Bare addresses in a text, as GitHub recognises them. Source: GitHub Flavored Markdown, "Autolinks
//! (extension)".

use std::ops::Range;

/// An address in a text.
#[derive(Debug, PartialEq)]
pub(super) struct Address {
    pub place: Range<usize>,
    /// The beginning of a link to it, before the address.
    pub before: &'static str,
    pub is_mail: bool,
}

/// The addresses in a part of a text, in order.
pub(super) fn find(text: &str, place: Range<usize>) -> Vec<Address> {
    let mut found = Vec::new();
    let (mut from, mut next) = (place.start, place.start);
    while let Some(at) = text[next..place.end].find([':', '@', 'w']) {
        let at = next + at;
        let address = match text.as_bytes()[at] {
            b':' => web(text, from, at, place.end),
            b'@' => mail(text, from, at, place.end),
            _ => www(text, from, at, place.end),
        };
        next = at + 1;
        if let Some(address) = address {
            from = address.place.end;
            next = from;
            found.push(address);
        }
    }
    found
}

/// An address with `http` or `https` before its colon.
fn web(text: &str, from: usize, colon: usize, end: usize) -> Option<Address> {
    let rest = text[colon..end].strip_prefix("://")?;
    let scheme = ["https", "http"].into_iter().find(|scheme| {
        let start = colon.checked_sub(scheme.len()).filter(|start| *start >= from);
        start
            .and_then(|start| text.get(start..colon))
            .is_some_and(|it| it.eq_ignore_ascii_case(scheme))
    })?;
    let start = colon - scheme.len();
    let is_word = text[from..start].ends_with(char::is_alphanumeric);
    let length = length(rest).filter(|_| !is_word)?;
    let place = start..colon + "://".len() + length;
    Some(Address { place, before: "", is_mail: false })
}

/// An address that begins with `www.`.
fn www(text: &str, from: usize, start: usize, end: usize) -> Option<Address> {
    let rest = &text[start..end];
    let before = text[from..start].chars().next_back();
    let is_free = before.is_none_or(|c| c.is_whitespace() || matches!(c, '*' | '_' | '~' | '('));
    if !rest.starts_with("www.")
        || !is_free
        || (before.is_none() && text[..start].ends_with(char::is_alphanumeric))
    {
        return None;
    }
    let place = start..start + length(rest)?;
    Some(Address { place, before: "http://", is_mail: false })
}

/// A host has no more bytes than this, as a name of the Domain Name System. The search for the end of an
/// address stops there, so that a text of dots and letters does not take long.
const LONGEST_HOST: usize = 253;

/// The number of bytes of an address that begins with its host.
fn length(rest: &str) -> Option<usize> {
    let in_host = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    let end = rest.char_indices().find(|(at, c)| *at > LONGEST_HOST || !in_host(*c));
    let host = &rest[..end.map_or(rest.len(), |(at, _)| at)];
    if host.len() > LONGEST_HOST {
        return None;
    }
    let host = host.trim_end_matches('.');
    let mut parts = host.rsplit('.');
    let (last, before) = (parts.next()?, parts.next()?);
    if last.is_empty() || before.is_empty() || last.contains('_') || before.contains('_') {
        return None;
    }
    let is_end = |c: char| {
        c.is_whitespace() || matches!(c, '<' | '。' | '，' | '、' | '（' | '）' | '「' | '」')
    };
    let mut address = &rest[..rest.find(is_end).unwrap_or(rest.len())];
    // If more of these close than open, those at the end do not belong to the address.
    let count = |sign| address.matches(sign).count();
    let mut surplus = count(')').saturating_sub(count('('));
    loop {
        let trimmed = address.trim_end_matches(['?', '!', '.', ',', ':', '*', '_', '~', '\'', '"']);
        let trimmed = match trimmed.strip_suffix(')') {
            Some(open) if surplus > 0 => {
                surplus -= 1;
                open
            }
            _ => trimmed,
        };
        let trimmed = match trimmed.strip_suffix(';') {
            // `&copy;` does not belong to it.
            Some(entity) => {
                let name = entity.trim_end_matches(|c: char| c.is_ascii_alphanumeric());
                name.strip_suffix('&').filter(|_| name.len() < entity.len()).unwrap_or(entity)
            }
            None => trimmed,
        };
        if trimmed.len() == address.len() {
            return (address.len() >= host.len()).then_some(address.len());
        }
        address = trimmed;
    }
}

/// An address for mail.
fn mail(text: &str, from: usize, at: usize, end: usize) -> Option<Address> {
    let before = &text[from..at];
    let in_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '+');
    let name = before.len() - before.trim_end_matches(in_name).len();
    let start = at - name;
    let behind = &text[at + 1..end];
    let in_host = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    let host = &behind[..behind.find(|c| !in_host(c)).unwrap_or(behind.len())];
    let host = host.trim_end_matches('.');
    let is_host = host.contains('.')
        && host.split('.').all(|part| !part.is_empty())
        && !host.ends_with(['-', '_']);
    let is_path = text[..start].ends_with(['/', '@', '\\']);
    if name == 0 || !is_host || is_path {
        return None;
    }
    Some(Address { place: start..at + 1 + host.len(), before: "", is_mail: true })
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn addresses_end_where_their_sentence_goes_on() {
        for (text, addresses) in [
            ("Our shop: https://example.org/shop", &["https://example.org/shop"][..]),
            (
                "(see http://example.org/a_(b)) or www.example.org, too.",
                &["http://example.org/a_(b)", "www.example.org"],
            ),
            ("Is it https://example.org?", &["https://example.org"]),
            ("\"https://example.org/a?b=c&d=e\".", &["https://example.org/a?b=c&d=e"]),
            (
                "https://example.org/a&copy; https://example.org/b;",
                &["https://example.org/a", "https://example.org/b"],
            ),
            ("店は https://example.org/店。来て", &["https://example.org/店"]),
            ("Write to first.last+shop@example.org.", &["first.last+shop@example.org"]),
            ("wow@example.org", &["wow@example.org"]),
            ("HTTPS://EXAMPLE.ORG", &["HTTPS://EXAMPLE.ORG"]),
        ] {
            let found: Vec<&str> =
                find(text, 0..text.len()).into_iter().map(|found| &text[found.place]).collect();
            assert_eq!(found, addresses, "{text}");
        }
        for text in [
            "14:00",
            "https://",
            "https://shop",
            "xhttps://example.org",
            "ftp://example.org",
            "awww.example.org",
            "www.",
            "https://a.b_c",
            "a@b",
            "@team and a@b.c-",
            "npm/@scope.org",
        ] {
            assert_eq!(find(text, 0..text.len()), [], "{text}");
        }
    }
}
