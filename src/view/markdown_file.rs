//! A document as Markdown, beside its page: for readers and programs that take a text rather than a page.
//!
//! It has the content of the page and nothing else. The front matter is left out, since it is for the
//! authors of the handbook: it may contain reasons of waivers, comments and anything in `extra`. The file
//! has only the parts of it that head the page, title and summary.

use std::collections::HashMap;

use super::edition::{At, Content, Edition, MARKDOWN, PageKind};
use super::markup::Destination;
use crate::canvas::{Document, Link, LinkTarget, url_target};
use crate::handbook::{DocumentIndex, Target};
use crate::markdown::written::{self, OPENERS};
use crate::markdown::{self, shown};
use crate::source::{Span, edited, with_line_feeds};

/// The files of documents, if the configuration asks for them.
pub const FILE: PageKind = PageKind {
    id: "document.md",
    pages: |edition| {
        let documents = edition.handbook.entries().map(|(index, _)| index);
        let documents = documents.filter(|_| edition.handbook.config.publish_markdown);
        documents.map(|index| (edition.path(index).beside(MARKDOWN), At::item(index.0))).collect()
    },
    is_of_documents: true,
    content: Content::Data(|edition, at| text(edition, DocumentIndex(at.item)).into_bytes()),
    source: |edition, at| Some(edition.source(DocumentIndex(at.item))),
    navigation: |_| Vec::new(),
    is_visited: false,
};

/// The Markdown of a document, with links that lead to other files like it.
fn text(edition: &Edition, index: DocumentIndex) -> String {
    let document = &*edition.entry(index).document;
    let body = document.body;
    let mut edits = links(edition, index);
    let comments = markdown::read(&document.text, body).comments;
    edits.extend(comments.into_iter().map(|place| (place, String::new())));
    let footnotes = document.unused_footnotes.iter();
    edits.extend(footnotes.map(|footnote| (*footnote, String::new())));
    edits.extend(document.title_heading.map(|heading| (heading, String::new())));
    for (span, _) in &mut edits {
        *span = Span { start: span.start - body.start, end: span.end - body.start };
    }
    let written = edited(body.of(&document.text), &mut edits);
    let is_home = edition.home_document() == Some(index);
    let title = if is_home { edition.title() } else { &document.title };
    let mut text = format!("# {}\n", escaped(title));
    if let Some(summary) = &document.front.summary {
        text.push('\n');
        text.push_str(&escaped(summary));
        text.push('\n');
    }
    let written = shown(&with_line_feeds(written));
    let written = written.trim_matches('\n');
    if !written.is_empty() {
        text.push('\n');
        text.push_str(written);
        text.push('\n');
    }
    text
}

/// The texts that replace links and definitions.
fn links(edition: &Edition, index: DocumentIndex) -> Vec<(Span, String)> {
    let document = &*edition.entry(index).document;
    let mut edits = Vec::new();
    // A definition has the target of the links by its name.
    let mut by_target = HashMap::new();
    for (at, link) in document.links.iter().enumerate() {
        let Some(url) = address(edition, index, at) else { continue };
        let target = link.target();
        let edit = match target {
            LinkTarget::Wiki { .. } => Some((link.span, wiki_link(document, &link, &url))),
            _ => address_in(document, link.span, OPENERS[0], &target, &url),
        };
        match edit {
            Some(edit) => edits.push(edit),
            None => drop(by_target.insert(target, url)),
        }
    }
    for (url, range) in markdown::definitions(&document.text, document.body) {
        let target = url_target(&url);
        if let Some(url) = by_target.get(&target) {
            edits.extend(address_in(document, range.into(), OPENERS[1], &target, url));
        }
    }
    edits
}

/// The target of a link, seen from the file; `None` if it stays as it is.
fn address(edition: &Edition, index: DocumentIndex, at: usize) -> Option<String> {
    let from = edition.path(index).beside(MARKDOWN);
    match edition.entry(index).targets.get(at)? {
        Target::Place(place) => {
            let to = edition.path(place.document).beside(MARKDOWN);
            Some(from.link(&to, edition.anchor(*place).as_deref()))
        }
        Target::Folder(_) | Target::File(_) | Target::Site => {
            match edition.destination(&from, index, at) {
                Destination::Url { url, .. } => Some(url),
                Destination::Text => None,
            }
        }
        Target::External | Target::Broken => None,
    }
}

/// The place of the address of a link or definition, with its replacement.
fn address_in(
    document: &Document,
    place: Span,
    opener: &str,
    target: &LinkTarget<'_>,
    url: &str,
) -> Option<(Span, String)> {
    let (at, raw) = written::address(place.of(&document.text), opener, target)?;
    let start = place.start as usize + at;
    Some((Span::new(start, start + raw.len()), url.to_owned()))
}

/// A wiki link as one of Markdown, which every program knows.
fn wiki_link(document: &Document, link: &Link<'_>, url: &str) -> String {
    let sign = if link.image { "!" } else { "" };
    let written = link.span.of(&document.text);
    let inside = written.strip_suffix("]]").unwrap_or(written);
    let label = match inside.split_once('|') {
        Some((_, label)) if !link.image || markdown::width(label).is_none() => bracketed(label),
        _ => escaped(link.wiki_text().unwrap_or_default()),
    };
    format!("{sign}[{label}]({url})")
}

/// The text of a wiki link, as the text of a Markdown link, which a single bracket would end.
fn bracketed(label: &str) -> String {
    let mut escaped = String::with_capacity(label.len());
    let mut is_escaped = false;
    for c in label.chars() {
        if matches!(c, '[' | ']') && !is_escaped {
            escaped.push('\\');
        }
        is_escaped = c == '\\' && !is_escaped;
        escaped.push(c);
    }
    escaped
}

/// A text as Markdown with this meaning, at the beginning of a line as well.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let text = text.trim();
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    for (at, c) in text.char_indices() {
        let is_mark = matches!(
            c,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '#' | '|' | '{' | '}' | '~'
        );
        let is_double = matches!(c, '=' | '%') && text[at + 1..].starts_with(c);
        let begins_list =
            at == digits && (at == 0 && matches!(c, '-' | '+') || at > 0 && matches!(c, '.' | ')'));
        if is_mark || is_double || begins_list {
            escaped.push('\\');
        }
        escaped.push(if c == '\n' { ' ' } else { c });
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn a_title_reads_as_it_is() {
        for (text, markdown) in [
            ("R&D <b>", r"R\&D \<b\>"),
            ("1. Bar", r"1\. Bar"),
            ("- Bar - 46 %", r"\- Bar - 46 %"),
            ("C# %%", r"C\# \%%"),
            ("2026", "2026"),
        ] {
            assert_eq!(escaped(text), markdown);
        }
    }
}
