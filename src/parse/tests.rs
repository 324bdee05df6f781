//! How documents are read: text in, a compact dump out, with diagnostics drawn below.
//!
//! An element is a line `- name | text | attributes`, without absent parts.

mod attributes;
mod detection;
mod elements;
mod groups;
mod hints;
mod lines;
mod names;
mod parts;
mod sections;
mod tables;

use std::fmt::Write as _;

use expect_test::Expect;

use super::document;
use crate::canvas::{Attributes, Block, Canvas, Document, Element};
use crate::diagnostic::drawn::draw;
use crate::kind::tests::built_in;
use crate::source::{Source, Span};

/// A text without the indentation that fits it into its test.
pub(crate) fn unindented(text: &str) -> String {
    let Some(text) = text.strip_prefix('\n') else { return text.to_owned() };
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    let indent = lines.map(|line| line.len() - line.trim_start_matches(' ').len()).min();
    let lines = text.lines().map(|line| line.get(indent.unwrap_or(0)..).unwrap_or(""));
    lines.fold(String::new(), |text, line| text + line + "\n")
}

/// Checks a whole document: its kind, its title, its blocks with their content, its headings.
fn check_canvas(text: &str, expected: Expect) {
    let (document, drawn) = read(&unindented(text));
    expected.assert_eq(&(dump(&document) + &drawn));
}

/// Checks the part below the label of a block, in a canvas of which nothing else is shown.
fn check_block(label: &str, body: &str, expected: Expect) {
    let text = format!("+++\ncanvas = true\n+++\n## {label}\n{}", unindented(body));
    let (document, drawn) = read(&text);
    let canvas = document.canvas.as_ref().expect("the front matter says so");
    let mut dumped = String::new();
    for block in &canvas.blocks {
        dump_inside(&mut dumped, &document, canvas, block, "");
    }
    expected.assert_eq(&(dumped + &drawn));
}

/// Reads a canvas and draws its diagnostics.
pub(crate) fn read(text: &str) -> (Document, String) {
    let mut diagnostics = Vec::new();
    let source = Source::new("content/a.md", text);
    let document = document(&source, &built_in(), &mut diagnostics);
    crate::diagnostic::sort(&mut diagnostics);
    (document, draw(text, &diagnostics))
}

/// The parsed document, one line for each block, part and element.
pub(crate) fn dump(document: &Document) -> String {
    let mut out = String::new();
    match &document.canvas {
        Some(canvas) => {
            let _ = writeln!(out, "{} \"{}\"", canvas.kind.id, document.title);
            line(&mut out, "introduction", &[canvas.introduction], document);
            for block in &canvas.blocks {
                let id = &canvas.kind.block_kind(block.index).id;
                let own =
                    block.id.as_ref().map_or_else(String::new, |id| format!(" #{}", id.value));
                let _ = writeln!(out, "[{id}] {}{own}", canvas.label(block));
                dump_inside(&mut out, document, canvas, block, "  ");
            }
            for section in &canvas.sections {
                let _ = writeln!(out, "section {}", section.title);
                line(&mut out, "  body", &[section.body], document);
            }
        }
        None => {
            let _ = writeln!(out, "page \"{}\"", document.title);
        }
    }
    for heading in &document.headings {
        let explicit = if heading.explicit { "!" } else { "" };
        let _ = writeln!(out, "h{} {} #{}{explicit}", heading.level, heading.title, heading.id);
    }
    out
}

/// Dumps the content of a block without its label.
fn dump_inside(
    out: &mut String,
    document: &Document,
    canvas: &Canvas,
    block: &Block,
    indent: &str,
) {
    line(out, &format!("{indent}lead"), &block.lead, document);
    dump_elements(out, document, canvas, block, None, indent);
    for (index, part) in (0u32..).zip(&block.parts) {
        let mut depth = indent.to_owned();
        let mut parent = part.parent;
        while let Some(outer) = parent {
            depth.push_str("  ");
            parent = block.parts[outer as usize].parent;
        }
        let what = if part.department { "department" } else { "group" };
        let attributes = attributes(part.attributes.get());
        let _ = writeln!(out, "{depth}{what} {}{attributes}", part.title);
        line(out, &format!("{depth}  lead"), &part.lead, document);
        dump_elements(out, document, canvas, block, Some(index), &format!("{depth}  "));
    }
    line(out, &format!("{indent}rest"), &block.rest, document);
}

fn dump_elements(
    out: &mut String,
    document: &Document,
    canvas: &Canvas,
    block: &Block,
    part: Option<u32>,
    indent: &str,
) {
    let here = |element: &Element<'_>| element.block == block.index && element.part == part;
    for element in canvas.elements.iter().filter(here) {
        let name = element.name.unwrap_or("(no name)");
        let text = match &*element.text.get() {
            "" => String::new(),
            text => format!(" | {text}"),
        };
        let attributes = attributes(element.attributes);
        let _ = writeln!(out, "{indent}- {name}{text}{attributes}");
        line(out, &format!("{indent}    detail"), element.detail, document);
    }
}

fn attributes(attributes: Attributes<'_>) -> String {
    let mut written = Vec::new();
    written.extend(attributes.id().iter().map(|id| format!("#{}", id.value)));
    written.extend(attributes.classes().map(|class| format!(".{class}")));
    written
        .extend(attributes.category().iter().map(|category| format!("category={}", category.id())));
    written.extend(attributes.department().iter().map(|name| format!("department={}", name.value)));
    written.extend(attributes.with().map(|name| format!("with={}", name.value)));
    written.extend(attributes.owner().iter().map(|owner| format!("owner={owner}")));
    written.extend(attributes.status().iter().map(|status| format!("status={status}")));
    written.extend(
        attributes.review_every().iter().map(|every| format!("review_every={:?}", every.value)),
    );
    if written.is_empty() { String::new() } else { format!(" | {}", written.join(" ")) }
}

/// The sources of some spans on one line, unless they are empty.
fn line(out: &mut String, what: &str, spans: &[Span], document: &Document) {
    let texts = spans.iter().map(|span| span.of(&document.text).trim().replace('\n', "⏎"));
    let texts: Vec<String> = texts.filter(|text| !text.is_empty()).collect();
    if !texts.is_empty() {
        let _ = writeln!(out, "{what}: {}", texts.join(" ¶ "));
    }
}
