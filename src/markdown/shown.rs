//! Markdown without what its page does not show, for whoever hands the text on.

use std::collections::BTreeSet;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Parser, Tag};

use super::written::{self, OPENERS};
use super::{options, read, without_comments};
use crate::canvas::url_target;
use crate::comments::PAIRS;
use crate::source::{Span, edited};

/// What is taken out may be all that names a definition, so the text is read again. Nothing needs more
/// readings than these.
const MOST_READINGS: usize = 8;

/// Markdown without any form of comment: those of HTML and of Obsidian, titles of links with one, what
/// stands behind the language of a piece of code, and definitions of links and footnotes that nothing
/// refers to, which people use as comments as well.
pub fn shown(markdown: &str) -> String {
    let mut shown = markdown.to_owned();
    for _ in 0..MOST_READINGS {
        let mut edits = silent(&shown);
        if !edits.is_empty() {
            shown = edited(&shown, &mut edits);
            continue;
        }
        let without = without_comments(&shown).into_owned();
        if without == shown {
            break;
        }
        shown = without;
    }
    shown
}

/// What is not shown of a text, comments of HTML aside, each with what is written instead.
fn silent(text: &str) -> Vec<(Span, String)> {
    let markdown = read(text, Span::new(0, text.len()));
    let mut edits: Vec<(Span, String)> =
        markdown.comments.iter().map(|place| (*place, String::new())).collect();
    let mut named = BTreeSet::new();
    let mut footnotes = Footnotes::default();
    for (event, range) in &markdown.events {
        footnotes.meet(event, range.start, range.end);
        match event {
            Event::Start(Tag::Link { link_type, dest_url, title, id })
            | Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
                let by_name = matches!(
                    link_type,
                    LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut
                );
                if by_name {
                    named.insert(folded(id));
                } else if *link_type == LinkType::Inline && holds_comment(title) {
                    let written = &text[range.clone()];
                    edits.push(without_title(range.start, written, OPENERS[0], dest_url));
                }
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) if holds_comment(info) => {
                let at = text[range.clone()].find(&**info).map(|at| range.start + at);
                let language = info.split(char::is_whitespace).next().unwrap_or_default();
                let language = if holds_comment(language) { "" } else { language };
                let edit = |at| (Span::new(at, at + info.len()), language.to_owned());
                edits.extend(at.map(edit));
            }
            _ => {}
        }
    }
    edits.extend(footnotes.unused().map(|place| (place, String::new())));
    for (name, definition) in Parser::new_ext(text, options()).reference_definitions().iter() {
        let place = Span::from(definition.span.clone());
        if !named.contains(&folded(name)) {
            edits.push((place, String::new()));
        } else if definition.title.as_deref().is_some_and(holds_comment) {
            let (start, written) = (definition.span.start, place.of(text));
            edits.push(without_title(start, written, OPENERS[1], &definition.dest));
        }
    }
    edits
}

/// Names of definitions are compared without regard to case and to how many blanks they have.
fn folded(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

fn holds_comment(text: &str) -> bool {
    PAIRS.iter().any(|(open, _)| text.contains(open))
}

/// A link or definition without its title; without all of it if its address cannot be found.
fn without_title(start: usize, written: &str, opener: &str, url: &str) -> (Span, String) {
    let whole = Span::new(start, start + written.len());
    let Some((at, address)) = written::address(written, opener, &url_target(url)) else {
        return (whole, String::new());
    };
    let is_bracketed = written[at + address.len()..].starts_with('>');
    let behind = start + at + address.len() + usize::from(is_bracketed);
    let end = if opener == OPENERS[0] { ")" } else { "" };
    (Span { start: Span::new(behind, behind).start, end: whole.end }, end.to_owned())
}

/// The footnotes of a text and what refers to them.
#[derive(Default)]
struct Footnotes {
    /// Each definition with its name and its place; the definitions that are open are the last.
    defined: Vec<(String, Span)>,
    /// What each reference names, and the definition that it stands in.
    referred: Vec<(Option<usize>, String)>,
}

impl Footnotes {
    fn meet(&mut self, event: &Event<'_>, start: usize, end: usize) {
        match event {
            Event::Start(Tag::FootnoteDefinition(name)) => {
                self.defined.push((name.to_lowercase(), Span::new(start, end)));
            }
            Event::FootnoteReference(name) => {
                let around = self.defined.len().checked_sub(1);
                let around = around.filter(|last| end <= self.defined[*last].1.end as usize);
                self.referred.push((around, name.to_lowercase()));
            }
            _ => {}
        }
    }

    /// The definitions that are shown nowhere: nothing that is shown refers to them, or another has the
    /// name already.
    fn unused(&self) -> impl Iterator<Item = Span> {
        let mut used = vec![false; self.defined.len()];
        let mut first = std::collections::BTreeMap::new();
        for (at, (name, _)) in self.defined.iter().enumerate() {
            first.entry(name.as_str()).or_insert(at);
        }
        let mut within: Vec<Vec<usize>> = vec![Vec::new(); self.defined.len()];
        let mut next: Vec<usize> = Vec::new();
        for (around, name) in &self.referred {
            let Some(to) = first.get(name.as_str()) else { continue };
            match around {
                Some(around) => within[*around].push(*to),
                None => next.push(*to),
            }
        }
        while let Some(at) = next.pop() {
            if !std::mem::replace(&mut used[at], true) {
                next.extend(&within[at]);
            }
        }
        let all = self.defined.iter().zip(used);
        all.filter(|(_, used)| !used).map(|((_, place), _)| *place)
    }
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn no_form_of_comment_is_left() {
        for (markdown, rest) in [
            ("a <!-- x --> b\n", "a  b\n"),
            ("a\n\n<!-- x\n\ny -->\n\nb\n", "a\n\n\n\nb\n"),
            ("a %%x%% b\n", "a b\n"),
            ("a\n\n%%\nx\n\n- y\n%%\n\nb\n", "a\n\n\nb\n"),
            ("a\n\n[//]: # (x)\n[x]: <y> 'z'\n\nb\n", "a\n\n\n\n\nb\n"),
            ("[a][B  c]\n\n[b c]: d.md \"<!-- x --> e\"\n", "[a][B  c]\n\n[b c]: d.md\n"),
            ("[a](b.md \"c %%x%%\") [d](<e f.md> '%%x')\n", "[a](b.md) [d](<e f.md>)\n"),
            (
                "a[^1]\n\n[^1]: b[^2]\n\n[^2]: c\n\n[^3]: x[^4]\n\n[^4]: x\n",
                "a[^1]\n\n[^1]: b[^2]\n\n[^2]: c\n\n",
            ),
            ("a[^1]\n\n[^1]: b\n\n[^1]: x\n", "a[^1]\n\n[^1]: b\n\n"),
            ("[^3]: [x][x]\n\n[x]: x\n\na\n", "\n\na\n"),
            ("```sh %%x%%\necho %%a%% <!-- b -->\n```\n", "```sh\necho %%a%% <!-- b -->\n```\n"),
            ("`<!-- a -->` \\%%a\n", "`<!-- a -->` \\%%a\n"),
        ] {
            assert_eq!(shown(markdown), rest, "{markdown:?}");
        }
    }
}
