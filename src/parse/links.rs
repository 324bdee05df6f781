//! Links as written: where they point, before anybody looks whether it is there.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;
use pulldown_cmark::{Event, LinkType, Tag};

use super::outline::Events;
use crate::canvas::{Holder, Link, LinkTarget};
use crate::source::Span;

/// URL schemes that may stand in a page. Everything else could run script or leave the browser.
const SCHEMES: [&str; 4] = ["https", "http", "mailto", "tel"];

/// Every link and image of the events, in order, each held by the document for now.
pub(super) fn collect(events: &Events<'_>) -> Vec<Link> {
    let mut links = Vec::new();
    for (event, range) in events {
        let (kind, url, image) = match event {
            Event::Start(Tag::Link { link_type, dest_url, .. }) => (*link_type, dest_url, false),
            Event::Start(Tag::Image { link_type, dest_url, .. }) => (*link_type, dest_url, true),
            _ => continue,
        };
        let target = target(kind, url);
        links.push(Link {
            span: Span::from(range.clone()),
            target,
            image,
            holder: Holder::Document,
        });
    }
    links
}

/// Reads where a link points.
fn target(kind: LinkType, url: &str) -> LinkTarget {
    match kind {
        LinkType::WikiLink { .. } => wiki(url),
        LinkType::Email => LinkTarget::External(format!("mailto:{url}").into()),
        _ => url_target(url),
    }
}

fn wiki(url: &str) -> LinkTarget {
    let part = |text: &str| {
        let text = text.trim();
        (!text.is_empty()).then(|| Box::from(text))
    };
    match url.split_once('#') {
        Some((document, name)) => LinkTarget::Wiki { document: part(document), name: part(name) },
        None => LinkTarget::Wiki { document: part(url), name: None },
    }
}

/// Where the URL of a link points, wiki links aside.
pub fn url_target(url: &str) -> LinkTarget {
    // Browsers drop tabs and line breaks inside a URL and spaces before it, so a scheme must be
    // looked for in what is left of it.
    let dropped = ['\t', '\n', '\r'];
    let bare = match url.contains(dropped) {
        true => Cow::Owned(url.replace(dropped, "")),
        false => Cow::Borrowed(url),
    };
    let bare = bare.trim_start_matches(|c: char| c <= ' ');
    if let Some(scheme) = scheme(bare) {
        return if SCHEMES.contains(&scheme.to_ascii_lowercase().as_str()) {
            LinkTarget::External(url.into())
        } else {
            LinkTarget::Unsafe(url.into())
        };
    }
    if bare.starts_with("//") || bare.starts_with("\\\\") || bare.starts_with("/\\") {
        return LinkTarget::Unsafe(url.into());
    }
    let decode = |text: &str| -> Box<str> {
        match text.contains('%') {
            true => percent_decode_str(text).decode_utf8_lossy().into(),
            false => text.into(),
        }
    };
    let (path, fragment) = match bare.split_once('#') {
        Some((path, fragment)) => (path, Some(decode(fragment)).filter(|f| !f.is_empty())),
        None => (bare, None),
    };
    let path = decode(path.split('?').next().unwrap_or(path));
    match (path.strip_prefix('/'), fragment) {
        (Some(path), fragment) => LinkTarget::Site { path: path.into(), fragment },
        (None, Some(fragment)) if path.is_empty() => LinkTarget::Fragment(fragment),
        (None, fragment) => LinkTarget::Path { path, fragment },
    }
}

/// The scheme of a URL that has one. Source: RFC 3986, 3.1.
fn scheme(url: &str) -> Option<&str> {
    let (scheme, _) = url.split_once(':')?;
    let mut bytes = scheme.bytes();
    let starts = bytes.next().is_some_and(|byte| byte.is_ascii_alphabetic());
    let goes_on = bytes.all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    (starts && goes_on).then_some(scheme)
}

/// What an unpiped wiki link shows: the name where it has one, else the document.
pub fn wiki_text(url: &str) -> &str {
    match url.split_once('#') {
        Some((_, name)) if !name.trim().is_empty() => name.trim(),
        Some((document, _)) => document.trim(),
        None => url.trim(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_are_told_apart() {
        let external = |url: &str| LinkTarget::External(url.into());
        let hostile = |url: &str| LinkTarget::Unsafe(url.into());
        let path = |path: &str, fragment: Option<&str>| LinkTarget::Path {
            path: path.into(),
            fragment: fragment.map(Box::from),
        };
        for (url, expected) in [
            ("https://example.org/a", external("https://example.org/a")),
            ("HTTP://example.org", external("HTTP://example.org")),
            ("mailto:office@example.org", external("mailto:office@example.org")),
            ("javascript:alert(1)", hostile("javascript:alert(1)")),
            ("JaVa\tScript:alert(1)", hostile("JaVa\tScript:alert(1)")),
            (" data:text/html,x", hostile(" data:text/html,x")),
            ("//example.org/x", hostile("//example.org/x")),
            ("#a%20b", LinkTarget::Fragment("a b".into())),
            ("../retail/bar.md#x", path("../retail/bar.md", Some("x"))),
            ("caf%C3%A9.md", path("café.md", None)),
            ("a.md?plain=1#x", path("a.md", Some("x"))),
            ("/tags/", LinkTarget::Site { path: "tags/".into(), fragment: None }),
            ("", path("", None)),
        ] {
            assert_eq!(url_target(url), expected, "{url}");
        }
    }

    #[test]
    fn wiki_links_have_a_document_a_name_or_both() {
        let read = |url: &str| match wiki(url) {
            LinkTarget::Wiki { document, name } => (document, name),
            _ => unreachable!("wiki() yields wiki targets"),
        };
        assert_eq!(read("#Home brewers"), (None, Some("Home brewers".into())));
        assert_eq!(read("Espresso Bar"), (Some("Espresso Bar".into()), None));
        assert_eq!(read("bar # Menu"), (Some("bar".into()), Some("Menu".into())));
        assert_eq!(wiki_text("bar#Menu"), "Menu");
        assert_eq!(wiki_text("bar#"), "bar");
    }
}
