//! Where in the sources something on a page comes from, by our own map: a page can only name its
//! address and one of its anchors, never a file.

use crate::compile::Compiled;
use crate::diagnostic::Diagnostic;
use crate::handbook::DocumentIndex;
use crate::source::{LineIndex, Location, SourcePath, Span};

/// Anchors of the poster lead to the same blocks as those of the full text.
const POSTER: &str = "_poster/";

/// A place in a source, as editors count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The file.
    pub file: SourcePath,
    /// Its line, from 1.
    pub line: usize,
    /// The column, from 1.
    pub column: usize,
}

impl Origin {
    /// Where a location starts in a text.
    pub fn new(location: &Location, text: &str) -> Self {
        let position = LineIndex::new(text).position(location.span.start);
        Self { file: location.file.clone(), line: position.line, column: position.column }
    }
}

/// What is wrong, as people read it, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The message with its excerpt.
    pub text: String,
    /// Where it is; none where it is in no text.
    pub origin: Option<Origin>,
}

impl Problem {
    /// A diagnostic that was drawn, with the text that it speaks of.
    pub fn new(diagnostic: &Diagnostic, drawn: String, text: Option<&str>) -> Self {
        let origin = text.map(|text| Origin::new(&diagnostic.location, text));
        Self { text: drawn, origin }
    }
}

/// Where the thing with an anchor on a document's page was written: the thing itself, else the nearest
/// that holds it, else the start of the document.
pub(super) fn find(compiled: &Compiled, index: DocumentIndex, anchor: &str) -> Origin {
    let document = &compiled.edition.entry(index).document;
    let mut anchor = anchor.strip_prefix(POSTER).unwrap_or(anchor);
    let span = loop {
        match (span(compiled, index, anchor), anchor.rsplit_once('/')) {
            (Some(span), _) => break span,
            (None, Some((outer, _))) => anchor = outer,
            (None, None) => break Span::default(),
        }
    };
    Origin::new(&Location::new(&document.path, span), &document.text)
}

/// The anchor of what stands at an offset of a document, as far as it has one on the page.
pub(super) fn anchor(compiled: &Compiled, index: DocumentIndex, offset: u32) -> Option<String> {
    let entry = compiled.edition.entry(index);
    let headings = entry.document.headings.iter().map(|it| (it.span, it.id.clone()));
    let mut anchors: Vec<(Span, String)> = headings.collect();
    if let Some(canvas) = &entry.document.canvas {
        let block = |index| canvas.kind.block_kind(index).id.clone();
        anchors.extend(canvas.blocks.iter().map(|it| (it.heading, block(it.index))));
        let elements = canvas.elements.iter().zip(entry.elements.iter());
        anchors.extend(elements.map(|(it, facts)| (it.span, facts.id.to_string())));
    }
    let above = anchors.into_iter().filter(|(span, _)| span.start <= offset);
    // Of a block and its heading, which start at one place, the page has the block.
    above.max_by_key(|(span, _)| span.start).map(|(_, anchor)| anchor)
}

fn span(compiled: &Compiled, index: DocumentIndex, anchor: &str) -> Option<Span> {
    let edition = &compiled.edition;
    let entry = edition.entry(index);
    let document = &entry.document;
    if let Some(canvas) = &document.canvas {
        let element = entry.elements.iter().position(|facts| facts.id == anchor);
        if let Some(element) = element.and_then(|at| canvas.elements.get(u32::try_from(at).ok()?)) {
            return Some(element.span);
        }
        let kind = &canvas.kind;
        let block = canvas.blocks.iter().find(|b| kind.block_kind(b.index).id == anchor);
        if let Some(block) = block {
            return Some(block.heading);
        }
        for (block, departments) in canvas.blocks.iter().zip(entry.part_departments.iter()) {
            let is_it = |department: &Option<_>| {
                department.is_some_and(|index| edition.department_anchor(entry, index) == anchor)
            };
            if let Some(part) = departments.iter().position(is_it) {
                return Some(block.parts[part].span);
            }
        }
    }
    let heading = document.headings.iter().find(|heading| heading.id == anchor);
    heading.map(|heading| heading.span)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compile::{Inputs, Memo, compile};

    const CANVAS: &str = "\
# Bakery

## Value Propositions

- **Fresh bread**
- **Late bread** {#late}

## Channels

- **Shop**

## Key Activities

### Production

- **Baking**

## Notes

Text.
";

    #[test]
    fn anchors_lead_to_the_lines_where_they_were_written() {
        let documents = [(SourcePath::new("content/bakery.md"), CANVAS.into())].into();
        let inputs = Inputs { documents, ..Inputs::default() };
        let compiled = compile(&inputs, &mut Memo::default());
        let line = |anchor: &str| find(&compiled, DocumentIndex(0), anchor).line;
        for (anchor, expected) in [
            ("", 1),
            ("nothing", 1),
            ("value-propositions", 3),
            ("_poster/value-propositions", 3),
            ("value-propositions/fresh-bread", 5),
            ("value-propositions/of-yesterday", 3),
            ("late", 6),
            ("key-activities/production", 14),
            ("key-activities/production/baking", 16),
            ("notes", 18),
        ] {
            assert_eq!(line(anchor), expected, "{anchor}");
        }
    }

    #[test]
    fn what_is_written_has_the_anchor_above_it() {
        let documents = [(SourcePath::new("content/bakery.md"), CANVAS.into())].into();
        let inputs = Inputs { documents, ..Inputs::default() };
        let compiled = compile(&inputs, &mut Memo::default());
        let above = |text: &str| {
            let offset = CANVAS.find(text).expect("it is there") as u32;
            anchor(&compiled, DocumentIndex(0), offset)
        };
        assert_eq!(above("resh bread").as_deref(), Some("value-propositions/fresh-bread"));
        assert_eq!(above("Channels").as_deref(), Some("channels"));
        assert_eq!(above("Baking").as_deref(), Some("key-activities/production/baking"));
        assert_eq!(above("Text.").as_deref(), Some("notes"));
    }
}
