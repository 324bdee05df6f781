//! The links of a document. Only the places of a link and of its address are kept: its target is
//! read from the address when it is needed, which allocates only if it is percent-encoded.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use percent_encoding::percent_decode_str;

use super::texts::{Passage, Texts, TextsBuilder, Words};
use crate::kind::BlockIndex;
use crate::source::Span;

/// A link, an image or a wiki link as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link<'d> {
    /// The whole link.
    pub span: Span,
    /// Whether it is an image.
    pub image: bool,
    /// What contains it.
    pub holder: Holder,
    form: Form,
    url: &'d str,
}

/// The target of a link, before it is known whether that exists.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum LinkTarget<'d> {
    /// A URL with an allowed scheme (`https`, `http`, `mailto`, `tel`), shown unchanged.
    External(Cow<'d, str>),
    /// A URL whose scheme is not allowed; shown as text.
    Unsafe(Cow<'d, str>),
    /// `#fragment` in the same document, percent-decoded.
    Fragment(Cow<'d, str>),
    /// `path#fragment` relative to the document's folder, percent-decoded.
    Path {
        /// The path as written.
        path: Cow<'d, str>,
        /// What follows `#`, if anything.
        fragment: Option<Cow<'d, str>>,
    },
    /// `/path#fragment`: a page or file of the built site, percent-decoded, without the slash.
    Site {
        /// The path after the first `/`.
        path: Cow<'d, str>,
        /// What follows `#`, if anything.
        fragment: Option<Cow<'d, str>>,
    },
    /// `[[canvas#name]]`: a file stem or title, a name, or both.
    Wiki {
        /// The part before `#`.
        document: Option<Cow<'d, str>>,
        /// The part after `#`.
        name: Option<Cow<'d, str>>,
    },
}

/// The part of a document that contains a link, which determines whether the link makes a relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Holder {
    /// An element's name, text or detail; its index in [`super::Canvas::elements`].
    Element(u32),
    /// A block's lead text, a group or another part of the block that is not an element.
    Block(BlockIndex),
    /// Anything else in the document.
    Document,
}

/// URL schemes that may be in a page. Others could run a script or leave the browser.
const SCHEMES: [&str; 4] = ["https", "http", "mailto", "tel"];

/// The form of an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    External,
    Unsafe,
    /// Within the handbook or the site.
    Inside,
    Wiki,
}

impl<'d> Link<'d> {
    /// The target as written.
    pub fn target(&self) -> LinkTarget<'d> {
        target(self.form, self.url)
    }

    /// The text of a wiki link without a text of its own; `None` for another link.
    pub fn wiki_text(&self) -> Option<&'d str> {
        let text = (self.form == Form::Wiki).then(|| wiki_text(self.url));
        text.filter(|text| !text.is_empty())
    }
}

/// The text of a wiki link without a text of its own: the name if it has one, else the document. An id,
/// which tells readers nothing, is shown only if there is nothing else.
pub fn wiki_text(url: &str) -> &str {
    let (document, name) = url.split_once('#').unwrap_or((url, ""));
    let (document, name) = (document.trim(), name.trim());
    match name.strip_prefix('^') {
        Some(id) if document.is_empty() => id,
        None if !name.is_empty() => name,
        _ => document,
    }
}

/// The links of a document, in order of appearance.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Links {
    kept: Box<[Kept]>,
    texts: Texts,
}

/// The stored form of a link.
#[derive(Clone, Debug, PartialEq)]
struct Kept {
    span: Span,
    url: Passage,
    holder: Holder,
    form: Form,
    image: bool,
}

impl Links {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.kept.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }

    /// The link with an index, which must exist.
    pub fn at(&self, index: usize) -> Link<'_> {
        self.link(&self.kept[index])
    }

    /// Every link.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Link<'_>> + Clone {
        self.kept.iter().map(|kept| self.link(kept))
    }

    /// The index of the link that starts at an offset.
    pub fn starting_at(&self, place: usize) -> Option<usize> {
        self.kept.binary_search_by_key(&place, |kept| kept.span.start as usize).ok()
    }

    /// The index of the first link that starts at an offset or after it.
    pub fn next_from(&self, place: u32) -> usize {
        self.kept.partition_point(|kept| kept.span.start < place)
    }

    fn link(&self, kept: &Kept) -> Link<'_> {
        let Kept { span, url, holder, form, image } = *kept;
        Link { span, image, holder, form, url: self.texts.get(url) }
    }
}

/// The links of a document while they are gathered.
#[derive(Debug)]
pub struct LinksBuilder {
    kept: Vec<Kept>,
    texts: TextsBuilder,
}

impl LinksBuilder {
    /// A builder without links, for a document with this source.
    pub fn new(source: &Arc<str>) -> Self {
        Self { kept: Vec::new(), texts: TextsBuilder::new(source) }
    }

    /// Adds a link to a URL.
    pub fn push_url(&mut self, span: Span, image: bool, holder: Holder, url: &str) {
        let (form, url) = form(url);
        self.push(span, image, holder, form, &url);
    }

    /// Adds a wiki link.
    pub fn push_wiki(&mut self, span: Span, image: bool, holder: Holder, name: &str) {
        self.push(span, image, holder, Form::Wiki, name);
    }

    fn push(&mut self, span: Span, image: bool, holder: Holder, form: Form, url: &str) {
        let Range { start, end } = span.range();
        // The address is the last part of most links, so that it need not be searched for.
        let behind = if form == Form::Wiki { "]]" } else { ")" }.len();
        let end_of_url = end.saturating_sub(behind);
        let last = end_of_url.saturating_sub(url.len())..end_of_url;
        let within = if self.texts.says(last.clone(), url) { last } else { start..end };
        let url = self.texts.keep(Words { text: url, within });
        self.kept.push(Kept { span, url, holder, form, image });
    }

    /// The links, without room for more.
    pub fn finish(self) -> Links {
        Links { kept: Box::from(&*self.kept), texts: self.texts.finish() }
    }
}

/// The target of a link's URL, which is not a wiki link.
pub fn url_target(url: &str) -> LinkTarget<'_> {
    match form(url) {
        (form, Cow::Borrowed(url)) => target(form, url),
        (form, Cow::Owned(url)) => target(form, &url).into_owned(),
    }
}

/// The form of a URL, and the part of it that is used.
fn form(url: &str) -> (Form, Cow<'_, str>) {
    // Browsers drop tabs and line breaks inside a URL and spaces before it, so a scheme must be
    // looked for in what remains.
    let dropped = ['\t', '\n', '\r'];
    let bare = match url.contains(dropped) {
        true => Cow::Owned(url.replace(dropped, "")),
        false => Cow::Borrowed(url),
    };
    let is_blank = |c: char| c <= ' ';
    let bare = match bare {
        Cow::Owned(bare) => Cow::Owned(bare.trim_start_matches(is_blank).to_owned()),
        Cow::Borrowed(bare) => Cow::Borrowed(bare.trim_start_matches(is_blank)),
    };
    if let Some(scheme) = scheme(&bare) {
        let is_allowed = SCHEMES.contains(&scheme.to_ascii_lowercase().as_str());
        return (if is_allowed { Form::External } else { Form::Unsafe }, Cow::Borrowed(url));
    }
    if bare.starts_with("//") || bare.starts_with("\\\\") || bare.starts_with("/\\") {
        return (Form::Unsafe, Cow::Borrowed(url));
    }
    (Form::Inside, bare)
}

fn target(form: Form, url: &str) -> LinkTarget<'_> {
    match form {
        Form::External => LinkTarget::External(url.into()),
        Form::Unsafe => LinkTarget::Unsafe(url.into()),
        Form::Inside => inside(url),
        Form::Wiki => wiki(url),
    }
}

fn wiki(url: &str) -> LinkTarget<'_> {
    fn part(text: &str) -> Option<Cow<'_, str>> {
        Some(text.trim()).filter(|text| !text.is_empty()).map(Cow::Borrowed)
    }
    match url.split_once('#') {
        Some((document, name)) => LinkTarget::Wiki { document: part(document), name: part(name) },
        None => LinkTarget::Wiki { document: part(url), name: None },
    }
}

fn inside(url: &str) -> LinkTarget<'_> {
    let (path, fragment) = match url.split_once('#') {
        Some((path, fragment)) => (path, Some(decoded(fragment)).filter(|it| !it.is_empty())),
        None => (url, None),
    };
    let path = path.split('?').next().unwrap_or(path);
    // An encoded slash leads to the site as well.
    let path = decoded(path);
    let of_site = match &path {
        Cow::Borrowed(path) => path.strip_prefix('/').map(Cow::Borrowed),
        Cow::Owned(path) => path.strip_prefix('/').map(|path| Cow::Owned(path.to_owned())),
    };
    match (of_site, fragment) {
        (Some(path), fragment) => LinkTarget::Site { path, fragment },
        (None, Some(fragment)) if path.is_empty() => LinkTarget::Fragment(fragment),
        (None, fragment) => LinkTarget::Path { path, fragment },
    }
}

fn decoded(text: &str) -> Cow<'_, str> {
    match text.contains('%') {
        true => percent_decode_str(text).decode_utf8_lossy(),
        false => Cow::Borrowed(text),
    }
}

/// The scheme of a URL, if it has one. Source: RFC 3986, 3.1.
fn scheme(url: &str) -> Option<&str> {
    let (scheme, _) = url.split_once(':')?;
    let mut bytes = scheme.bytes();
    let starts = bytes.next().is_some_and(|byte| byte.is_ascii_alphabetic());
    let goes_on = bytes.all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    (starts && goes_on).then_some(scheme)
}

impl LinkTarget<'_> {
    /// The target without borrowed texts.
    pub fn into_owned(self) -> LinkTarget<'static> {
        fn own(text: Cow<'_, str>) -> Cow<'static, str> {
            Cow::Owned(text.into_owned())
        }
        match self {
            Self::External(url) => LinkTarget::External(own(url)),
            Self::Unsafe(url) => LinkTarget::Unsafe(own(url)),
            Self::Fragment(name) => LinkTarget::Fragment(own(name)),
            Self::Path { path, fragment } => {
                LinkTarget::Path { path: own(path), fragment: fragment.map(own) }
            }
            Self::Site { path, fragment } => {
                LinkTarget::Site { path: own(path), fragment: fragment.map(own) }
            }
            Self::Wiki { document, name } => {
                LinkTarget::Wiki { document: document.map(own), name: name.map(own) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_are_told_apart() {
        fn external(url: &str) -> LinkTarget<'_> {
            LinkTarget::External(url.into())
        }
        fn hostile(url: &str) -> LinkTarget<'_> {
            LinkTarget::Unsafe(url.into())
        }
        fn path<'p>(path: &'p str, fragment: Option<&'p str>) -> LinkTarget<'p> {
            LinkTarget::Path { path: path.into(), fragment: fragment.map(Cow::from) }
        }
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
            (" a\tb.md#x", path("ab.md", Some("x"))),
            ("%2Ftags/", LinkTarget::Site { path: "tags/".into(), fragment: None }),
            ("", path("", None)),
        ] {
            assert_eq!(url_target(url), expected, "{url}");
        }
    }

    #[test]
    fn a_wiki_link_shows_the_name_or_the_document() {
        for (url, text) in [
            ("bar#Menu", "Menu"),
            ("bar#", "bar"),
            ("bar", "bar"),
            ("bar#^a1", "bar"),
            ("#^a1", "a1"),
        ] {
            assert_eq!(wiki_text(url), text, "{url}");
        }
    }

    #[test]
    fn wiki_links_have_a_document_a_name_or_both() {
        for (url, document, name) in [
            ("#Home brewers", None, Some("Home brewers")),
            ("Espresso Bar", Some("Espresso Bar"), None),
            ("bar # Menu", Some("bar"), Some("Menu")),
        ] {
            let (document, name) = (document.map(Cow::from), name.map(Cow::from));
            assert_eq!(wiki(url), LinkTarget::Wiki { document, name }, "{url}");
        }
    }
}
