//! Whatever is written, reading and resolving it never panics, and every span is within the text.

use std::sync::Arc;

use crate::canvas::{Attributes, Document, Holder};
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::handbook::{self, Handbook, Parts};
use crate::kind::tests::built_in;
use crate::markdown::MOST_MARKS;
use crate::parse;
use crate::parse::tests::{dump, read};
use crate::source::{Source, Span};

/// Pieces that mean something to the parser, or look like it.
const PIECES: [&str; 104] = [
    "+++\n",
    "---\n",
    "canvas = true\n",
    "canvas: lean\n",
    "title = \"é\"\n",
    "\u{feff}",
    "\r\n",
    "\r",
    "\n",
    "\n\n",
    "\0",
    "\t",
    " ",
    "  ",
    "    ",
    "\u{a0}",
    "\u{3000}",
    "\u{2028}",
    "# ",
    "## ",
    "### ",
    "## Channels\n",
    "## Key Activities\n",
    "## Value Propositions\n",
    "### Production\n",
    "## CS\n",
    "## 2.\n",
    "## Early Adopters\n",
    "## Problem\n",
    "**Key Partners**\n",
    "**R&D**\n",
    "**Note:**\n",
    "#### Group\n",
    "Costs\n=====\n",
    "Lead\n-----\n",
    "- ",
    "* ",
    "1. ",
    "2) ",
    "- [ ] ",
    "> ",
    "  - ",
    "- a\n",
    "- **Name** — text\n",
    "- Name: text\n",
    "- Who asks?\n",
    "- é：日本\n",
    "**",
    "*",
    "_",
    "__",
    "~~",
    "`",
    "```\n",
    "~~~\n",
    "<!-- ",
    " -->",
    "<b>",
    "</b>",
    "<a href='x'>",
    "&amp;",
    "&#0;",
    "&mdash;",
    "\\",
    "\\{",
    "{",
    "}",
    "{#id}",
    "{#é .c}",
    "{#",
    "{a=\"",
    "{with=\"R&D, x\"}",
    "{department=é}",
    "{category=x}",
    "{review_every=\"6 months\"}",
    "{owner='",
    "[",
    "]",
    "[[",
    "]]",
    "[[#Name]]",
    "[[a#b|c]]",
    "[[#",
    "](#name)",
    "[x](#name)",
    "[x](b.md#é)",
    "[x](%F0%9F)",
    "![i](x)",
    "[^1]",
    "[^1]: note\n",
    "[r]: #x\n",
    "<https://example.org>",
    "| a | b |\n|---|---|\n",
    "| c |\n",
    "***\n",
    ":",
    "：",
    " — ",
    " - ",
    "？",
    "🎯",
    "👨‍👩‍👧",
    "e\u{301}",
    "\u{202e}",
];

/// A small generator of numbers, the same in every run. Source: Knuth's MMIX constants.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound
    }

    /// At most `most` pieces in a row, some of which are repeated.
    fn text(&mut self, most: usize) -> String {
        let mut text = String::new();
        if self.below(2) == 0 {
            text.push_str("+++\ncanvas = true\n+++\n");
        }
        for _ in 0..self.below(most) {
            let piece = PIECES[self.below(PIECES.len())];
            let times = if self.below(12) == 0 { self.below(40) } else { 1 };
            text.push_str(&piece.repeat(times));
        }
        text
    }
}

/// Reads and resolves two texts that refer to each other, and checks every span.
fn check(texts: [&str; 2]) -> Handbook {
    let mut diagnostics = Vec::new();
    let kinds = built_in();
    let documents = ["content/a.md", "content/b.md"].into_iter().zip(texts).map(|(path, text)| {
        Arc::new(parse::document(&Source::new(path, text), &kinds, &mut diagnostics))
    });
    let documents: Vec<Arc<Document>> = documents.collect();
    for document in &documents {
        check_spans(document);
        dump(document);
    }
    let config = Arc::new(Config::default());
    let parts =
        Parts { config, kinds, documents, drafts: vec![], files: &[], today: None, history: None };
    let handbook = handbook::resolve(parts, &mut diagnostics);
    for diagnostic in &diagnostics {
        check_diagnostic(diagnostic, &handbook);
    }
    handbook
}

fn check_diagnostic(diagnostic: &Diagnostic, handbook: &Handbook) {
    let related = diagnostic.related.iter().map(|related| &related.location);
    for location in related.chain([&diagnostic.location]) {
        let entry = handbook.entries().find(|(_, entry)| entry.document.path == location.file);
        let (_, entry) = entry.expect("a diagnostic is in one of the files");
        check_span(location.span, &entry.document.text, &diagnostic.code);
    }
}

fn check_span(span: Span, text: &str, what: &str) {
    assert!(text.get(span.range()).is_some(), "{what} {span:?} does not fit {text:?}");
}

fn check_spans(document: &Document) {
    let text = &document.text;
    let mut spans = vec![("body", document.body)];
    spans.extend(document.title_heading.map(|span| ("title", span)));
    spans.extend(document.headings.iter().map(|heading| ("heading", heading.span)));
    spans.extend(document.links.iter().map(|link| ("link", link.span)));
    spans.extend(document.hidden.iter().map(|span| ("hidden", *span)));
    let Some(canvas) = &document.canvas else {
        return spans.into_iter().for_each(|(what, span)| check_span(span, text, what));
    };
    spans.push(("introduction", canvas.introduction));
    spans.extend(canvas.sections.iter().map(|section| ("section", section.body)));
    for block in &canvas.blocks {
        spans.push(("label", block.heading));
        spans.extend(block.lead.iter().map(|span| ("lead", *span)));
        spans.extend(block.rest.iter().map(|span| ("rest", *span)));
        for part in &block.parts {
            spans.push(("part", part.span));
            spans.extend(part.lead.iter().map(|span| ("lead", *span)));
            check_attributes(part.attributes.get(), &mut spans);
            assert!(part.heading.is_none_or(|at| (at as usize) < document.headings.len()));
        }
    }
    for element in canvas.elements.iter() {
        spans.extend([("element", element.span), ("name", element.name_span)]);
        spans.push(("text", element.text_span));
        spans.extend(element.detail.iter().map(|span| ("detail", *span)));
        check_attributes(element.attributes, &mut spans);
        let has_both = element.name.is_some() && !element.text.is_empty();
        assert!(!has_both || element.name_span.end <= element.text_span.start, "{text:?}");
        let block = canvas.blocks.iter().find(|block| block.index == element.block);
        let parts = block.expect("an element is in a written block").parts.len();
        assert!(element.part.is_none_or(|at| (at as usize) < parts));
    }
    for (what, span) in spans {
        check_span(span, text, what);
    }
    let mut pairs = canvas.elements.iter().zip(canvas.elements.iter().skip(1));
    let in_order = pairs.all(|(before, element)| before.span.end <= element.span.start);
    assert!(in_order, "elements stand behind each other in {text:?}");
    assert!(document.hidden.is_sorted());
    for link in document.links.iter() {
        if let Holder::Element(at) = link.holder {
            assert!(canvas.elements.at(at).span.contains(link.span), "{text:?}");
        }
    }
}

fn check_attributes(attributes: Attributes<'_>, spans: &mut Vec<(&'static str, Span)>) {
    let single = attributes.id().into_iter().chain(attributes.department());
    let single = single.chain(attributes.with());
    spans.extend(single.map(|value| ("attribute", value.span)));
}

#[test]
fn random_texts_are_read_and_resolved() {
    let mut numbers = Numbers(1);
    for _ in 0..600 {
        let texts = [numbers.text(60), numbers.text(20)];
        check([&texts[0], &texts[1]]);
    }
}

#[test]
fn every_beginning_of_a_canvas_is_read() {
    let text = "+++\r\ncanvas = true\n+++\n# Bäckerei\n\nLead\n\n## Channels {#ways}\n- **Café** {#c with=\"R&D\"} — [[#Café|x]] &amp; *y*\n  - d\n\n> q\n\n## Key Activities\n### 1. R&D {category=production}\n日本：語\n**Bold?**\n✅ a\n✅ b\n<!-- c -->\n";
    for (at, _) in text.char_indices() {
        check([&text[..at], &text[at..]]);
    }
}

#[test]
fn deep_nesting_is_read() {
    const DEEP: usize = 20_000;
    for piece in
        ["> ", "- ", "[", "*", "**", "_a", "[[", "![", "(", "{", "{#a", "<b>", "`", "1. ", "- a?\n"]
    {
        check([&format!("## Channels\n## Costs\n## Partners\n{}x", piece.repeat(DEEP)), ""]);
    }
    let lists: String = (0..400).map(|depth| " ".repeat(2 * depth) + "- a?\n").collect();
    check([&format!("+++\ncanvas = true\n+++\n## Channels\n{lists}"), ""]);
}

#[test]
fn odd_beginnings_and_endings_of_lines_do_not_matter() {
    let text = "# Bakery\n\n## Channels\n- **Web shop** {#web} — sells\n  more\n\n**Online**\n- Café\n## Partners\nMill.\n## Costs\n1. Flour\n";
    let (expected, _) = read(text);
    for ending in ["\r\n", "\r"] {
        for mark in ["", "\u{feff}"] {
            let (document, drawn) = read(&(mark.to_owned() + &text.replace('\n', ending)));
            assert_eq!(drawn, "");
            let dumped =
                dump(&document).replace("\r\n", "\n").replace('\r', "\n").replace('\n', "⏎");
            let expected = dump(&expected).replace('\n', "⏎");
            assert_eq!(dumped, expected, "{ending:?} {mark:?}");
        }
    }
}

#[test]
fn empty_documents_are_pages() {
    for text in
        ["", "\u{feff}", "\n", "\0", "+++\n+++\n", "+++\ntitle = \"A\"\n+++", "---\n---\n", "\r"]
    {
        assert_eq!(read(text).0.canvas, None, "{text:?}");
    }
}

#[test]
fn a_document_is_read_as_far_as_its_markup_fills_no_memory() {
    for (line, count) in
        [("\n", MOST_MARKS), ("- a: b\n", MOST_MARKS / 3), ("é.\n", MOST_MARKS / 2)]
    {
        let text = format!("+++\n+++\n{}", line.repeat(count));
        let (document, drawn) = read(&text);
        assert_eq!((document.body.end as usize, drawn.as_str()), (text.len(), ""), "{line:?} fits");
        let (document, drawn) = read(&(text.clone() + "..." + &line.repeat(9)));
        assert!(drawn.contains("error[too-much-markup]"), "{line:?}: {drawn}");
        assert!(
            document.body.of(&document.text).ends_with('\n')
                && document.body.end as usize <= text.len()
        );
    }
    // Without the end of a line, too.
    let (document, drawn) = read(&"_é".repeat(MOST_MARKS + 9));
    assert!(drawn.contains("error[too-much-markup]"));
    assert_eq!(document.body.of(&document.text).matches('_').count(), MOST_MARKS);
}

#[test]
fn front_matter_that_would_fill_the_memory_is_not_read() {
    for (fence, value) in [("+++", "a = [[],[]]\n"), ("---", "a: [[],[]]\n")] {
        let text = |count| format!("{fence}\ntitle{}\n{fence}\n# A\n", &value[1..].repeat(count));
        let (_, drawn) = read(&text(120_000));
        assert!(
            drawn.contains("it is longer than the 1048576 bytes"),
            "{}",
            &drawn[drawn.len() - 200..]
        );
    }
}

#[test]
fn strings_and_ids_that_are_too_long_for_every_page_are_told() {
    let long = "é".repeat(2_001);
    for (front, code) in [
        (format!("+++\ntitle = \"{long}\"\n+++\n"), "invalid-value"),
        (format!("+++\ntags = [\"{long}\"]\n+++\n"), "invalid-value"),
        (format!("+++\n[departments.quality]\nowner = \"{long}\"\n+++\n"), "invalid-value"),
        (format!("---\nsummary: {long}\n---\n"), "invalid-value"),
        (format!("# A\n\n## B {{#{long}}}\n"), "malformed-attributes"),
    ] {
        let (document, drawn) = read(&front);
        assert!(drawn.contains(&format!("error[{code}]")), "{drawn}");
        assert!(document.title.len() <= 4_000);
    }
}
