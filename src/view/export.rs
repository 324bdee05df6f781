//! The handbook as data for other programs: what `export --format json` prints.
//!
//! Its form is a promise: fields are added, and none changes its meaning within one version.

use std::borrow::Cow;
use std::io;

use rayon::prelude::*;
use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use super::RELATES_TO;
use super::edition::Edition;
use crate::canvas::{Block, Canvas, Document};
use crate::handbook::{Department, DepartmentIndex, DocumentIndex, Entry, Handbook, Relation};
use crate::markdown::without_comments;
use crate::source::{LineIndex, Position, Span, with_line_feeds};
use crate::terms::{Category, Stage};

/// The version of the form.
const VERSION: u32 = 1;

/// The whole handbook. It is written canvas by canvas, for a large one fills hundreds of megabytes.
#[derive(Clone, Copy, Debug)]
pub struct Export<'e>(pub &'e Edition);

#[derive(Debug, Serialize)]
struct CanvasExport<'e> {
    path: &'e str,
    url: &'e str,
    kind: &'e str,
    title: &'e str,
    summary: Option<&'e str>,
    stage: Option<Stage>,
    owner: Option<&'e str>,
    category: Option<Category>,
    date: Option<String>,
    version: Option<&'e str>,
    reviewed: Option<String>,
    review_every: Option<String>,
    based_on: Option<&'e str>,
    compare_with: Option<&'e str>,
    tags: &'e [String],
    lang: Option<&'e str>,
    weight: i64,
    draft: bool,
    extra: Option<&'e serde_json::Value>,
    blocks: Vec<BlockExport<'e>>,
}

#[derive(Debug, Serialize)]
struct BlockExport<'e> {
    id: &'e str,
    label: &'e str,
    lead: String,
    elements: Vec<ElementExport<'e>>,
}

#[derive(Debug, Serialize)]
struct ElementExport<'e> {
    id: &'e str,
    name: Option<&'e str>,
    text: Cow<'e, str>,
    detail: String,
    department: Option<&'e str>,
    contributing: Vec<&'e str>,
    category: Option<Category>,
    owner: Option<&'e str>,
    status: Option<&'e str>,
    group: Option<Cow<'e, str>>,
    span: SpanExport,
}

#[derive(Debug, Serialize)]
struct SpanExport {
    start: Position,
    end: Position,
}

#[derive(Debug, Serialize)]
struct DepartmentExport<'e> {
    id: &'e str,
    title: &'e str,
    owner: Option<&'e str>,
}

#[derive(Debug, Serialize)]
struct ReferenceExport<'e> {
    canvas: &'e str,
    from: Option<Cow<'e, str>>,
    to_canvas: &'e str,
    to: Option<Cow<'e, str>>,
}

#[derive(Debug, Serialize)]
struct RelationExport<'e> {
    canvas: &'e str,
    from: &'e str,
    verb: &'e str,
    to: &'e str,
}

impl<'e> Export<'e> {
    /// A document, where it is a canvas.
    fn canvas(self, index: DocumentIndex) -> Option<CanvasExport<'e>> {
        let entry = self.0.entry(index);
        Some(canvas_export(self.0, index, entry, entry.document.canvas.as_ref()?))
    }

    /// The references of a document.
    fn references(self, index: DocumentIndex) -> impl Iterator<Item = ReferenceExport<'e>> {
        let edition = self.0;
        let path = |index: DocumentIndex| edition.entry(index).document.path.as_str();
        edition.handbook.references_of(index).map(move |reference| ReferenceExport {
            canvas: path(reference.from.document),
            from: edition.anchor(reference.from),
            to_canvas: path(reference.to.document),
            to: edition.anchor(reference.to),
        })
    }

    /// The relations of a document.
    fn relations(self, index: DocumentIndex) -> impl Iterator<Item = RelationExport<'e>> {
        let entry = self.0.entry(index);
        let canvas = entry.document.canvas.iter();
        let relations = canvas.flat_map(|canvas| entry.relations.iter().map(move |r| (canvas, r)));
        relations.map(|(canvas, relation)| relation_export(entry, canvas, relation))
    }

    fn departments(self) -> impl Iterator<Item = DepartmentExport<'e>> {
        let handbook = &self.0.handbook;
        let named = handbook.departments.iter().filter(|d| is_named(handbook, d));
        named.map(|department| DepartmentExport {
            id: &department.id,
            title: &department.title,
            owner: department.owner.as_deref(),
        })
    }

    /// Writes it without blanks, many documents at a time: of a large handbook it is larger than all
    /// pages of canvases together.
    ///
    /// # Errors
    /// What `out` says.
    pub fn write(self, out: &mut dyn io::Write) -> io::Result<()> {
        write!(out, "{{\"version\":{VERSION},\"canvases\":[")?;
        self.write_each(out, |index| self.canvas(index).into_iter())?;
        out.write_all(b"],\"departments\":")?;
        serde_json::to_writer(&mut *out, &Each(|| self.departments()))?;
        out.write_all(b",\"references\":[")?;
        self.write_each(out, |index| self.references(index))?;
        out.write_all(b"],\"relations\":[")?;
        self.write_each(out, |index| self.relations(index))?;
        out.write_all(b"]}")
    }

    /// Writes what a list has of each document.
    fn write_each<I: Iterator<Item: Serialize>>(
        self,
        out: &mut dyn io::Write,
        items: impl Fn(DocumentIndex) -> I + Sync,
    ) -> io::Result<()> {
        /// Enough for all processors, and a few megabytes.
        const BATCH: usize = 128;
        let text = |index: &DocumentIndex| -> io::Result<Vec<u8>> {
            let mut text = Vec::new();
            for item in items(*index) {
                text.push(b',');
                serde_json::to_writer(&mut text, &item)?;
            }
            Ok(text)
        };
        let documents: Vec<DocumentIndex> = self.documents().collect();
        let mut is_first = true;
        for batch in documents.chunks(BATCH) {
            let texts: Vec<Vec<u8>> = batch.par_iter().map(text).collect::<io::Result<_>>()?;
            for text in texts.iter().filter(|text| !text.is_empty()) {
                out.write_all(&text[usize::from(is_first)..])?;
                is_first = false;
            }
        }
        Ok(())
    }

    fn documents(self) -> impl Iterator<Item = DocumentIndex> {
        self.0.handbook.entries().map(|(index, _)| index)
    }
}

impl Serialize for Export<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut export = serializer.serialize_struct("Export", 5)?;
        export.serialize_field("version", &VERSION)?;
        let canvases = || self.documents().filter_map(|index| self.canvas(index));
        export.serialize_field("canvases", &Each(canvases))?;
        export.serialize_field("departments", &Each(|| self.departments()))?;
        let references = || self.documents().flat_map(|index| self.references(index));
        export.serialize_field("references", &Each(references))?;
        let relations = || self.documents().flat_map(|index| self.relations(index));
        export.serialize_field("relations", &Each(relations))?;
        export.end()
    }
}

/// A list whose items are made one by one while they are written.
struct Each<F>(F);

impl<F, I> Serialize for Each<F>
where
    F: Fn() -> I,
    I: Iterator<Item: Serialize>,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((self.0)())
    }
}

fn relation_export<'e>(
    entry: &'e Entry,
    canvas: &'e Canvas,
    relation: &Relation,
) -> RelationExport<'e> {
    RelationExport {
        canvas: entry.document.path.as_str(),
        from: entry.elements.at(relation.from).id,
        verb: relation.verb.map_or(RELATES_TO, |verb| &canvas.kind.relations[verb as usize].verb),
        to: entry.elements.at(relation.to).id,
    }
}

/// Whether a canvas or the configuration names a department: those that only canvasbook knows would
/// be noise.
fn is_named(handbook: &Handbook, department: &Department) -> bool {
    !department.leads.is_empty()
        || !department.contributes.is_empty()
        || handbook.config.departments.contains_key(&department.id)
}

fn canvas_export<'e>(
    edition: &'e Edition,
    index: DocumentIndex,
    entry: &'e Entry,
    canvas: &'e Canvas,
) -> CanvasExport<'e> {
    let document = &*entry.document;
    let front = &document.front;
    let lines = LineIndex::new(&document.text);
    let text = |span: &Span| {
        let shown = shown(*span, document);
        with_line_feeds(without_comments(&shown)).into_owned()
    };
    let blocks = canvas.blocks.iter().map(|block| BlockExport {
        id: &canvas.kind.block_kind(block.index).id,
        label: canvas.label(block),
        lead: block.lead.iter().map(text).collect::<Vec<_>>().join("\n\n"),
        elements: elements(edition, entry, canvas, block, &lines),
    });
    CanvasExport {
        path: document.path.as_str(),
        url: edition.path(index).as_str(),
        kind: &canvas.kind.id,
        title: &document.title,
        summary: front.summary.as_deref(),
        stage: front.stage,
        owner: front.owner.as_deref(),
        category: front.category,
        date: front.date.map(|date| date.to_string()),
        version: front.version.as_deref(),
        reviewed: front.reviewed.map(|date| date.to_string()),
        review_every: front.review_every.map(|interval| interval.to_string()),
        based_on: front.based_on.as_ref().map(|path| path.value.as_str()),
        compare_with: front.compare_with.as_ref().map(|path| path.value.as_str()),
        tags: &front.tags,
        lang: front.lang.as_deref(),
        weight: front.weight,
        draft: front.draft,
        extra: front.extra.as_deref(),
        blocks: blocks.collect(),
    }
}

fn elements<'e>(
    edition: &'e Edition,
    entry: &'e Entry,
    canvas: &'e Canvas,
    block: &'e Block,
    lines: &LineIndex<'_>,
) -> Vec<ElementExport<'e>> {
    let document: &Document = &entry.document;
    let id = |index: DepartmentIndex| edition.handbook.department(index).id.as_str();
    let elements = canvas.elements.in_block(block.index);
    elements
        .map(|(index, element)| {
            let facts = entry.elements.at(index);
            let detail = element.detail.iter().map(|span| dedented(*span, document));
            let detail = detail.collect::<Vec<_>>().join("\n\n");
            ElementExport {
                id: facts.id,
                name: element.name,
                text: element.text.get(),
                detail: without_comments(&detail).into_owned(),
                department: facts.department.map(id),
                contributing: facts.contributing.iter().map(|index| id(*index)).collect(),
                category: facts.category,
                owner: facts.owner,
                status: element.attributes.status(),
                group: element.part.and_then(|part| block.group(part)),
                span: SpanExport {
                    start: lines.position(element.span.start),
                    end: lines.position(element.span.end),
                },
            }
        })
        .collect()
}

/// A piece of the source without what is hidden in it.
fn shown(span: Span, document: &Document) -> Cow<'_, str> {
    let next = document.hidden.partition_point(|hidden| hidden.start < span.start);
    let inside = |hidden: &&Span| hidden.end <= span.end;
    let mut hidden = document.hidden[next..].iter().take_while(inside).peekable();
    if hidden.peek().is_none() {
        return Cow::Borrowed(span.of(&document.text));
    }
    let (mut shown, mut from) = (String::new(), span.start);
    for hidden in hidden {
        shown.push_str(Span { start: from, end: hidden.start }.of(&document.text));
        from = hidden.end;
    }
    Cow::Owned(shown + Span { start: from, end: span.end }.of(&document.text))
}

/// Markdown that stands in a list item, as it would stand alone: its further lines lose the blanks
/// that its first line stands behind.
fn dedented(span: Span, document: &Document) -> String {
    let before = &document.text[..span.start as usize];
    let line = &before[before.rfind(['\n', '\r']).map_or(0, |end| end + 1)..];
    let depth = line.chars().count();
    let shown = shown(span, document);
    let mut lines = shown.lines();
    let mut out = lines.next().unwrap_or("").to_owned();
    for line in lines {
        let blanks = line.len() - line.trim_start_matches(' ').len();
        out.push('\n');
        out.push_str(&line[blanks.min(depth)..]);
    }
    out
}
