//! Texts that look like a link but are not.

use std::ops::Range;

use pulldown_cmark::Event;

use super::{Walk, near, paragraph};
use crate::diagnostic::catalogue;
use crate::markdown;
use crate::source::Span;

/// The places of opened brackets in a paragraph that are text to the parser, and the text between the
/// last two that were closed.
#[derive(Default)]
pub(super) struct Brackets {
    open: Vec<usize>,
    /// The range that the last pair encloses, brackets included.
    last: Range<usize>,
}

impl Brackets {
    pub(super) fn clear(&mut self) {
        self.open.clear();
        self.last = 0..0;
    }
}

impl Walk<'_, '_> {
    /// Tells the definitions in `body` that none of the events refers to: a note such as `[Note]: later` is one.
    pub(super) fn unused_definitions(&mut self, body: Span, events: &[(Event<'_>, Range<usize>)]) {
        if !body.of(self.text).contains("]:") {
            return;
        }
        let unused = markdown::unused_definitions(self.text, body, events).into_iter();
        // `[//]: # (…)` is a comment, as Markdown knows no other.
        let is_comment = |url: &str| url.is_empty() || url == "#";
        for (_, range) in unused.filter(|(url, _)| !is_comment(url)) {
            let written = self.text[range.clone()].trim_end();
            let name = written.strip_prefix('[').and_then(|name| name.split("]:").next());
            let Some(name) = name else { continue };
            let place = range.start..range.start + written.len();
            if !self.hidden.iter().any(|hidden| hidden.contains(place.clone().into())) {
                self.tell(place, |place| catalogue::unused_definition(place, name));
            }
        }
    }

    /// `[` or `![`.
    pub(super) fn open_bracket(&mut self, range: &Range<usize>) {
        let is_wiki = self.text[range.end..].starts_with('[');
        if is_wiki && !self.text[..range.start].ends_with('[') {
            let inside = &self.text[range.end + 1..];
            let is_meant = inside.starts_with(char::is_alphanumeric);
            if is_meant && !paragraph(near(inside)).contains("]]") {
                self.tell(range.start..range.end + 1, catalogue::link_never_closed);
            }
        }
        self.brackets.open.push(range.start);
    }

    /// `]`, which an address or a name may follow.
    pub(super) fn close_bracket(&mut self, range: &Range<usize>) {
        let Some(open) = self.brackets.open.pop() else { return };
        let before = std::mem::replace(&mut self.brackets.last, open..range.end);
        let inside = self.text[open..range.start].trim_start_matches('!').trim_start_matches('[');
        if let Some(name) = inside.strip_prefix('^')
            && is_name(name)
            && !self.text[range.end..].starts_with(':')
        {
            return self.tell(open..range.end, |place| catalogue::missing_footnote(place, name));
        }
        if !before.is_empty() && before.end == open && says_something(&self.text[before.clone()]) {
            let name = inside.to_owned();
            if !name.trim().is_empty() {
                let whole = before.start..range.end;
                self.tell(whole, |place| catalogue::undefined_link(place, &name));
            }
            return;
        }
        self.address(open, range.end);
    }

    /// Checks whether an address in parentheses follows the text of a link that begins at `open` and
    /// ends at `end`.
    fn address(&mut self, open: usize, end: usize) {
        let line = near(&self.text[end..self.line_end(end)]);
        let behind = line.trim_start_matches([' ', '\t']);
        let gap = line.len() - behind.len();
        let Some(inside) = behind.strip_prefix('(').and_then(|behind| {
            let close = behind.find(')')?;
            Some(&behind[..close])
        }) else {
            return;
        };
        if !says_something(&self.text[open..end]) {
            return;
        }
        let start = end + gap + 1;
        let whole = open..start + inside.len() + 1;
        let (address, title) = parted(inside);
        if !is_address(address) {
            return;
        }
        let address_span = start..start + address.len();
        if gap > 0 {
            if !address.contains(char::is_whitespace) && title.is_none() {
                let gap = (end..end + gap).into();
                self.tell(whole, |place| catalogue::blank_before_address(place, gap));
            }
        } else if address.contains(char::is_whitespace) {
            self.tell(whole, |place| {
                catalogue::blanks_in_address(place, address_span.into(), address)
            });
        } else if let Some(title) = title.filter(|title| title.starts_with(CURLY)) {
            let at = inside.len() - title.len();
            let span = start + at..start + inside.len();
            let mended = format!("\"{}\"", title.trim_matches(CURLY).replace('"', "\\\""));
            self.tell(whole, |place| catalogue::curly_title(place, span.into(), &mended));
        }
    }
}

/// Signs that word processors make of straight quotation marks.
const CURLY: [char; 8] = ['“', '”', '„', '«', '»', '‘', '’', '‚'];

/// The content of a link's parentheses as its address and its title.
fn parted(inside: &str) -> (&str, Option<&str>) {
    let quotes = |c: char| CURLY.contains(&c) || c == '"' || c == '\'';
    let is_closed = inside.ends_with(quotes);
    let title = inside
        .char_indices()
        .find(|(at, character)| quotes(*character) && inside[..*at].ends_with(char::is_whitespace));
    match title.filter(|_| is_closed) {
        Some((at, _)) => (inside[..at].trim_end(), Some(&inside[at..])),
        None => (inside.trim_end(), None),
    }
}

/// Whether words in parentheses are meant to be an address: a place on the web, a path with a slash or
/// with the ending of a file, or a name after `#`.
fn is_address(inside: &str) -> bool {
    let path = inside.split(['#', '?']).next().unwrap_or(inside);
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    let has_ending = (1..=5).contains(&ending.len())
        && ending.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && ending.contains(|c: char| c.is_ascii_alphabetic());
    let is_web = ["http://", "https://", "mailto:"].iter().any(|scheme| inside.starts_with(scheme));
    let is_path = ["./", "../", "/"].iter().any(|start| inside.starts_with(start));
    let is_fragment =
        inside.strip_prefix('#').is_some_and(|name| name.starts_with(char::is_alphabetic));
    is_web || is_path || is_fragment || has_ending
}

/// Whether a text has a word to click on.
fn says_something(text: &str) -> bool {
    text.chars().filter(|character| character.is_alphabetic()).nth(1).is_some()
}

/// Whether a text may be the name of a footnote.
fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_')
}
