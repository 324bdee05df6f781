//! Parts that are written without the events must be equal to those that are written from them.

use pulldown_cmark::{Event, Tag};

use super::Markup;
use super::tests::{destinations, document};
use crate::canvas::Document;
use crate::markdown;
use crate::source::Span;

/// Pieces of Markdown, to be put together in any order.
const PIECES: [&str; 43] = [
    "words",
    "More words, and more.",
    "größer — “so”",
    "it's \"5 > 4\"",
    "a-b",
    "1. ",
    "!",
    "#",
    "=",
    "[label](b.md)",
    "[label](b.md \"title\")",
    "[two\nlines](b.md)",
    "[](b.md)",
    "[*em*](b.md)",
    "[label](missing.md)",
    "[label](javascript:x)",
    "[[#name]]",
    "[[other#name]]",
    "[[other|label]]",
    "![image](b.md)",
    "[unknown]",
    "*em*",
    "**bold**",
    "a_b_c",
    "~~gone~~",
    "`code`",
    "&amp;",
    "\\*",
    "{#id}",
    "%%",
    "==",
    "https://example.org/a",
    "<b>",
    " ",
    "  ",
    "\t",
    "\n",
    "\n  ",
    "\n\n",
    "\n- ",
    "\n* ",
    "\n  - ",
    "\n    - ",
];

/// The markup of every block and of every cut through a paragraph.
fn shown(document: &Document) -> Vec<String> {
    let links = destinations(document);
    let mut markup = Markup::new(document);
    let events = markdown::events(&document.text, document.body);
    let mut texts = Vec::new();
    let mut shown = Vec::new();
    for (event, range) in &events {
        match event {
            Event::Text(text) if text.len() == range.len() => {
                // The first and the last offset of a text represent all of them.
                texts.extend([range.start, range.end]);
            }
            Event::Start(Tag::Paragraph | Tag::List(_)) => {
                shown.push(markup.blocks(Span::from(range.clone()), &links));
            }
            Event::End(_) | Event::Start(Tag::Item) => {
                if matches!(event, Event::Start(_)) {
                    // A question is shown as it is, one item by itself.
                    let item = document.text[range.clone()].trim_end();
                    let span = Span::new(range.start, range.start + item.len());
                    shown.push(markup.blocks(span, &links));
                }
                for (at, start) in texts.iter().enumerate() {
                    for end in &texts[at..] {
                        shown.push(markup.inline(Span::new(*start, *end), &links));
                    }
                }
                texts.clear();
            }
            _ => {}
        }
    }
    shown
}

#[test]
fn words_and_links_are_written_as_their_events_say() {
    /// Of this number of texts several hundred are words and links only.
    const TEXTS: u32 = 20_000;
    let mut state = 7_u32;
    let mut random = |below: usize| {
        // Source: Numerical Recipes. The upper bits are the good ones.
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 16) as usize % below
    };
    for _ in 0..TEXTS {
        let count = 1 + random(8);
        let pieces: Vec<&str> = (0..count).map(|_| PIECES[random(PIECES.len())]).collect();
        let text = pieces.join(if random(2) == 0 { " " } else { "" });
        let read = document(&text);
        let events = markdown::events(&text, read.body);
        let plain = Document { is_plain: markdown::are_plain(&events), ..read.clone() };
        assert_eq!(shown(&plain), shown(&read), "{text:?}");
    }
}

/// Whether the whole text is written without the events.
fn is_wordy(text: &str) -> bool {
    let document = Document { is_plain: true, ..document(text) };
    let mut markup = Markup::new(&document);
    markup.blocks(document.body, &destinations(&document));
    markup.events.is_none()
}

#[test]
fn only_words_and_links_are_written_without_the_events() {
    for text in [
        "Words, with [a link](b.md) and [[#name]].",
        "Two\nlines with [a link](b.md)",
        "- one\n- two [link](b.md)\n",
        "\n\n",
    ] {
        assert!(is_wordy(text), "{text:?}");
    }
    for text in [
        "Words with *emphasis*",
        "A break  \nof lines",
        "A [title](b.md \"t\")",
        "Text\n===",
        "- one\n\n- two",
        "- one\n  - two",
        "1. one",
    ] {
        assert!(!is_wordy(text), "{text:?}");
    }
}
