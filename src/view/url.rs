//! Paths of the built site and the links between them. Every URL is made here.

use std::fmt;
use std::sync::Arc;

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};
use unicode_normalization::UnicodeNormalization;

use crate::diagnostic::catalogue::name_flaw;

/// The path of a file of the built site, relative to the site's root: `retail/espresso-bar.html`.
/// `/` between the parts, NFC.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SitePath(Arc<str>);

/// The characters that a URL's path must encode, besides everything beyond ASCII; and the single
/// quotation mark and parentheses, which end an address that is not an attribute of its own, as in a
/// redirect.
const PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'\'')
    .add(b'(')
    .add(b')')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');
/// The characters that a fragment must encode.
const FRAGMENT: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'%').add(b'<').add(b'>').add(b'`');

impl SitePath {
    /// Takes a path relative to the site's root and composes its letters.
    pub fn new(path: &str) -> Self {
        if path.is_ascii() {
            return Self(path.into());
        }
        Self(path.nfc().collect::<String>().into())
    }

    /// A page of a long list, from 1: `departments/production.html`, and `departments/production/2.html`
    /// for the second one.
    pub fn numbered(folder: &str, name: &str, number: usize) -> Self {
        match number {
            0 | 1 => Self::new(&format!("{folder}/{name}.html")),
            number => Self::new(&format!("{folder}/{name}/{number}.html")),
        }
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The folder of the file, without a trailing `/`; empty at the root.
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// The path beside a page with its name and another extension.
    pub fn beside(&self, extension: &str) -> Self {
        let name = self.0.strip_suffix(".html").unwrap_or(&self.0);
        Self(format!("{name}.{extension}").into())
    }

    /// The form that must be distinct within a site; see [`folded`].
    pub fn folded(&self) -> String {
        folded(&self.0)
    }

    /// The path from this page to the site's root: empty, `../`, `../../` …
    pub fn to_root(&self) -> String {
        "../".repeat(self.0.matches('/').count())
    }

    /// The URL of another page or file, relative to this page, with a fragment.
    pub fn link(&self, to: &SitePath, fragment: Option<&str>) -> String {
        let length = self.0.len() + to.0.len() + fragment.map_or(0, str::len);
        let mut url = String::with_capacity(length);
        if self != to {
            self.push_way(&mut url, to);
        } else if fragment.is_none() {
            encode(&mut url, to.as_str().rsplit('/').next().unwrap_or(""), PATH);
        }
        if let Some(fragment) = fragment {
            push_fragment(&mut url, fragment);
        }
        url
    }

    /// Appends the path from this page's folder to another path.
    fn push_way(&self, url: &mut String, to: &SitePath) {
        let folder = self.folder();
        // The common folders of both end after a `/` of the other path.
        let mut shared = 0;
        for (end, _) in to.0.match_indices('/') {
            let is_shared = folder.get(shared..end) == Some(&to.0[shared..end])
                && matches!(folder.as_bytes().get(end), None | Some(b'/'));
            if !is_shared {
                break;
            }
            shared = end + 1;
        }
        let left = folder.get(shared..).filter(|left| !left.is_empty());
        for _ in 0..left.map_or(0, |left| left.split('/').count()) {
            url.push_str("../");
        }
        let path = &to.0[shared..];
        // A first part with a colon would read as a scheme.
        if url.is_empty() && path.split('/').next().is_some_and(|first| first.contains(':')) {
            url.push_str("./");
        }
        encode(url, path, PATH);
    }

    /// The page's address below a base URL that has no trailing `/`.
    pub fn below(&self, base: &str) -> String {
        let path = self.0.strip_suffix("index.html").filter(|p| p.is_empty() || p.ends_with('/'));
        format!("{base}/{}", utf8_percent_encode(path.unwrap_or(&self.0), PATH))
    }
}

/// The common form of paths that are one file on many systems: those that differ only in case or in how
/// their letters are composed.
///
/// Letters that differ in lower case but not in upper case are equal too, as on APFS: `σ` and `ς`, `ß`
/// and `ss`. So a letter is put into upper case. It is put into lower case before that because `ẞ` is
/// its own capital.
pub fn folded(path: &str) -> String {
    /// Its capital is that of `i`, but no file system treats the two as one.
    const DOTLESS_I: char = 'ı';
    if path.is_ascii() {
        return path.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(path.len());
    for small in path.nfd().flat_map(char::to_lowercase) {
        if small == DOTLESS_I {
            folded.push(small);
        } else {
            folded.extend(small.to_uppercase().flat_map(char::to_lowercase));
        }
    }
    folded.nfc().collect()
}

/// Appends the anchor of a place, encoded for a URL.
pub fn push_fragment(url: &mut String, fragment: &str) {
    url.push('#');
    encode(url, fragment, FRAGMENT);
}

/// Appends a text, percent-encoded as necessary. Most texts need no encoding, and most of a page's
/// links are such texts.
fn encode(url: &mut String, text: &str, set: &'static AsciiSet) {
    if is_plain(text) {
        url.push_str(text);
    } else {
        url.extend(utf8_percent_encode(text, set));
    }
}

/// Whether a text is unchanged in a URL and in an attribute.
pub(super) fn is_plain(text: &str) -> bool {
    let plain =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'/' | b'_');
    text.bytes().fold(true, |all, byte| all & plain(byte))
}

/// A text, encoded as a part of a query.
pub fn in_query(text: &str) -> String {
    const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
    utf8_percent_encode(text, PLAIN).to_string()
}

/// A path, encoded for a URL.
pub fn encoded(path: &str) -> String {
    utf8_percent_encode(path, PATH).to_string()
}

/// The file name of the page for an id, without its extension: the id, unless that is `index`,
/// which is the folder's page, or cannot be a file everywhere. No id starts with `_`.
pub fn page_name(id: &str) -> String {
    /// With an extension this stays below the 255 bytes that file systems allow.
    const LONGEST: usize = 200;
    if id.len() > LONGEST {
        let end = (0..=LONGEST).rev().find(|end| id.is_char_boundary(*end)).unwrap_or(0);
        return format!("_{}-{:x}", &id[..end], xxhash_rust::xxh3::xxh3_64(id.as_bytes()));
    }
    if id == "index" || name_flaw(id).is_some() { format!("_{id}") } else { id.to_owned() }
}

impl fmt::Display for SitePath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_relative_and_spell_the_file_out() {
        let link = |from: &str, to: &str, fragment: Option<&str>| {
            SitePath::new(from).link(&SitePath::new(to), fragment)
        };
        assert_eq!(link("index.html", "retail/bar.html", None), "retail/bar.html");
        assert_eq!(link("retail/bar.html", "index.html", Some("a/b")), "../index.html#a/b");
        assert_eq!(link("retail/bar.html", "retail/bar.html", Some("x")), "#x");
        assert_eq!(link("retail/bar.html", "retail/bar.html", None), "bar.html");
        assert_eq!(link("a/b/c.html", "a/d.html", None), "../d.html");
        assert_eq!(link("a.html", "50%25 off?.html", None), "50%2525%20off%3F.html");
        assert_eq!(link("a/b/c.html", "a/b2/d.html", None), "../b2/d.html");
        assert_eq!(link("a/b/c.html", "a/b/d/e.html", None), "d/e.html");
        assert_eq!(link("a/b.html", "b.html", None), "../b.html");
        assert_eq!(link("a/b/c.html", "d/b/e.html", None), "../../d/b/e.html");
        assert_eq!(link("a/b/c.html", "a/b.html", None), "../b.html");
        assert_eq!(link("a.html", "b:c.html", None), "./b:c.html");
        assert_eq!(link("a.html", "'b' (c).html", None), "%27b%27%20%28c%29.html");
        assert_eq!(link("a.html", "[b]{c|d}^.html", None), "%5Bb%5D%7Bc%7Cd%7D%5E.html");
        assert_eq!(link("a.html", "café.html", Some("größe")), "caf%C3%A9.html#gr%C3%B6%C3%9Fe");
    }

    #[test]
    fn every_id_names_a_file_of_its_own() {
        assert_eq!(page_name("head-of-product"), "head-of-product");
        assert_eq!(page_name("index"), "_index");
        assert_eq!(page_name("con"), "_con");
        let long = |end: &str| page_name(&format!("{}{end}", "ä".repeat(200)));
        assert!(long("a").len() < 255 && long("a") != long("b"));
    }

    #[test]
    fn addresses_leave_index_out() {
        let below = |path: &str| SitePath::new(path).below("https://example.org/book");
        assert_eq!(below("index.html"), "https://example.org/book/");
        assert_eq!(below("retail/index.html"), "https://example.org/book/retail/");
        assert_eq!(below("retail/bar.html"), "https://example.org/book/retail/bar.html");
    }

    #[test]
    fn folding_makes_case_and_composition_equal() {
        for (one, other) in [
            ("Cafe\u{301}.html", "CAFÉ.html"),
            ("ΟΔΟΣ.html", "οδος.html"),
            ("οδος.html", "οδοσ.html"),
            ("Straße.html", "STRASSE.html"),
            ("STRA\u{1e9e}E.html", "strasse.html"),
            ("\u{fb01}n.html", "FIN.html"),
            ("\u{1f0}.html", "J\u{30c}.html"),
        ] {
            assert_eq!(SitePath::new(one).folded(), SitePath::new(other).folded(), "{one} {other}");
        }
        for (one, other) in [("cafe.html", "café.html"), ("kır.html", "kir.html"), ("a", "a/")] {
            assert_ne!(SitePath::new(one).folded(), SitePath::new(other).folded(), "{one} {other}");
        }
    }
}
