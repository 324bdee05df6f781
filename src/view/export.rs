//! The handbook as data for other programs: the output of `canvasbook export`, the file beside the page
//! of each canvas, and the catalogue of these files.
//!
//! Their form is a promise: fields are added, and none changes its meaning within one version. A field
//! without a value is absent.

mod form;

use super::RELATES_TO;
use super::edition::Edition;
use crate::canvas::{Block, Canvas, Document};
use crate::check::Finding;
use crate::handbook::{
    Department, DepartmentIndex, DocumentIndex, Entry, Handbook, Reference, Relation,
};
use crate::markdown;
use crate::source::{LineIndex, Span, joined, with_line_feeds, without};
pub use form::Export;
use form::{
    BlockExport, CanvasExport, DepartmentExport, ElementExport, ElementRelationExport, GapExport,
    HeadExport, OwnerExport, ReferenceExport, RelationExport, SpanExport, VERSION,
};
pub(super) use form::{CanvasFile, Catalogue};

impl<'e> Catalogue<'e> {
    /// The export of a handbook.
    pub(super) fn of(edition: &'e Edition) -> Self {
        let canvases = edition.handbook.canvases();
        let owners = edition.handbook.lists.owners.iter().enumerate().map(|(at, owner)| {
            OwnerExport { title: &owner.title, url: edition.owner_path(at).to_string() }
        });
        Self {
            version: VERSION,
            canvases: canvases
                .map(|(index, entry, canvas)| head(edition, index, entry, canvas))
                .collect(),
            departments: departments(edition).collect(),
            owners: owners.collect(),
        }
    }
}

impl<'e> CanvasFile<'e> {
    /// The export of a document; `None` if it is not a canvas.
    pub(super) fn of(edition: &'e Edition, index: DocumentIndex) -> Option<Self> {
        let entry = edition.entry(index);
        let canvas = entry.document.canvas.as_ref()?;
        let references = edition.handbook.references_of(index).filter(|to| !to.is_relation());
        Some(Self {
            version: VERSION,
            canvas: canvas_export(edition, index, entry, canvas, None),
            references: references.map(|to| reference_export(edition, to, None)).collect(),
        })
    }
}

impl<'e> Export<'e> {
    /// The export of a handbook.
    pub fn of(edition: &'e Edition) -> Self {
        Self {
            version: VERSION,
            canvases: edition,
            departments: edition,
            references: edition,
            relations: edition,
        }
    }
}

/// All canvases with the places of their elements, each made when it is needed.
fn canvases(edition: &Edition) -> impl Iterator<Item = CanvasExport<'_>> {
    edition.handbook.canvases().map(|(index, entry, canvas)| {
        let lines = LineIndex::new(&entry.document.text);
        canvas_export(edition, index, entry, canvas, Some(&lines))
    })
}

/// The references of all documents.
fn all_references(edition: &Edition) -> impl Iterator<Item = ReferenceExport<'_>> {
    edition.handbook.entries().flat_map(|(index, entry)| {
        let references = edition.handbook.references_of(index);
        references.map(|reference| reference_export(edition, reference, Some(path(entry))))
    })
}

/// The relations of all canvases.
fn all_relations(edition: &Edition) -> impl Iterator<Item = RelationExport<'_>> {
    let all = edition.handbook.canvases();
    all.flat_map(|(_, entry, canvas)| {
        entry.relations.iter().map(move |relation| RelationExport {
            canvas: path(entry),
            from: entry.elements.at(relation.from).id,
            verb: verb(canvas, relation),
            to: entry.elements.at(relation.to).id,
        })
    })
}

fn verb<'e>(canvas: &'e Canvas, relation: &Relation) -> &'e str {
    relation.verb.map_or(RELATES_TO, |verb| &canvas.kind.relations[verb as usize].verb)
}

/// The relations of an element to other elements of its canvas.
fn relations_from<'e>(
    entry: &'e Entry,
    canvas: &'e Canvas,
    element: u32,
) -> Vec<ElementRelationExport<'e>> {
    let start = entry.relations.partition_point(|relation| relation.from < element);
    let from = entry.relations[start..].iter().take_while(|relation| relation.from == element);
    let relations = from.map(|relation| ElementRelationExport {
        verb: verb(canvas, relation),
        to: entry.elements.at(relation.to).id,
    });
    relations.collect()
}

fn path(entry: &Entry) -> &str {
    entry.document.path.as_str()
}

/// A reference of a document, which is called `canvas` unless the file names it.
fn reference_export<'e>(
    edition: &'e Edition,
    reference: Reference,
    canvas: Option<&'e str>,
) -> ReferenceExport<'e> {
    ReferenceExport {
        canvas,
        from: edition.anchor(reference.from),
        to_canvas: path(edition.entry(reference.to.document)),
        to: edition.anchor(reference.to),
    }
}

fn departments(edition: &Edition) -> impl Iterator<Item = DepartmentExport<'_>> {
    let handbook = &edition.handbook;
    let all = (0..).map(DepartmentIndex).zip(handbook.departments.iter());
    let named = all.filter(|(_, department)| is_named(handbook, department));
    named.map(|(index, department)| DepartmentExport {
        id: &department.id,
        title: &department.title,
        url: edition.has_page(index).then(|| edition.department_path(index).as_str()),
        owner: department.owner.as_deref(),
    })
}

/// Whether a canvas or the configuration names a department: those that are only built in would be
/// noise.
fn is_named(handbook: &Handbook, department: &Department) -> bool {
    !department.leads.is_empty()
        || !department.contributes.is_empty()
        || handbook.config.departments.contains_key(&department.id)
}

fn head<'e>(
    edition: &'e Edition,
    index: DocumentIndex,
    entry: &'e Entry,
    canvas: &'e Canvas,
) -> HeadExport<'e> {
    let front = &entry.document.front;
    HeadExport {
        path: path(entry),
        url: edition.path(index).as_str(),
        json: edition.path(index).beside("json").to_string(),
        kind: &canvas.kind.id,
        title: &entry.document.title,
        stage: front.stage,
        owner: front.owner.as_deref(),
    }
}

/// A canvas; with the places of its elements if its lines are counted.
fn canvas_export<'e>(
    edition: &'e Edition,
    index: DocumentIndex,
    entry: &'e Entry,
    canvas: &'e Canvas,
    lines: Option<&LineIndex<'_>>,
) -> CanvasExport<'e> {
    let document = &*entry.document;
    let front = &document.front;
    let unshown = unshown(document);
    let text = |span: &Span| with_line_feeds(without(&document.text, *span, &unshown)).into_owned();
    let blocks = canvas.blocks.iter().map(|block| BlockExport {
        id: &canvas.kind.block_kind(block.index).id,
        label: canvas.label(block),
        lead: block.lead.iter().map(text).collect::<Vec<_>>().join("\n\n"),
        elements: elements(edition, entry, canvas, block, &unshown, lines),
    });
    CanvasExport {
        head: head(edition, index, entry, canvas),
        summary: front.summary.as_deref(),
        category: front.category,
        date: front.date.map(|date| date.to_string()),
        version: front.version.as_deref(),
        reviewed: front.reviewed.map(|date| date.to_string()),
        review_every: front.review_every.map(|every| every.value.to_string()),
        based_on: front.based_on.as_ref().map(|path| path.value.as_str()),
        compare_with: front.compare_with.as_ref().map(|path| path.value.as_str()),
        tags: &front.tags,
        lang: front.lang.as_deref(),
        weight: front.weight,
        draft: front.draft,
        extra: front.extra.as_deref(),
        blocks: blocks.collect(),
        gaps: lines.map_or_else(Vec::new, |_| gaps(edition, index, entry)),
    }
}

/// The gaps of a canvas, including those that it waives.
fn gaps<'e>(edition: &'e Edition, index: DocumentIndex, entry: &'e Entry) -> Vec<GapExport<'e>> {
    let found = edition.findings.of(index).iter().filter(|found| found.is_coherence);
    let gap = |found: &'e Finding| GapExport {
        rule: &found.diagnostic.code,
        level: found.diagnostic.severity.as_str(),
        element: found.element.map(|element| entry.elements.at(element).id),
        message: &found.diagnostic.message,
        waived: found.waived.map(|at| &*entry.document.front.waive[at as usize].reason),
    };
    found.map(gap).collect()
}

fn elements<'e>(
    edition: &'e Edition,
    entry: &'e Entry,
    canvas: &'e Canvas,
    block: &'e Block,
    unshown: &[Span],
    lines: Option<&LineIndex<'_>>,
) -> Vec<ElementExport<'e>> {
    let document: &Document = &entry.document;
    let id = |index: DepartmentIndex| edition.handbook.department(index).id.as_str();
    let elements = canvas.elements.in_block(block.index);
    elements
        .map(|(index, element)| {
            let facts = entry.elements.at(index);
            let detail = element.detail.iter().map(|span| dedented(*span, document, unshown));
            ElementExport {
                id: facts.id,
                name: element.name,
                text: element.text.get(),
                detail: detail.collect::<Vec<_>>().join("\n\n"),
                department: facts.department.map(id),
                contributing: facts.contributing.iter().map(|index| id(*index)).collect(),
                category: facts.category,
                owner: facts.owner,
                status: element.attributes.status(),
                group: element.part.and_then(|part| block.group(part)),
                relations: match lines {
                    None => relations_from(entry, canvas, index),
                    Some(_) => Vec::new(),
                },
                span: lines.map(|lines| SpanExport {
                    start: lines.position(element.span.start),
                    end: lines.position(element.span.end),
                }),
            }
        })
        .collect()
}

/// The ranges of a document's text that are not shown, in order.
fn unshown(document: &Document) -> Vec<Span> {
    let found = markdown::unshown(&document.text, document.body, &document.unused_footnotes);
    joined(document.hidden.iter().copied().chain(found).collect())
}

/// Markdown from a list item in the form that it has outside of a list: its further lines lose the
/// blanks that are before its first line.
fn dedented(span: Span, document: &Document, unshown: &[Span]) -> String {
    let before = &document.text[..span.start as usize];
    let line = &before[before.rfind(['\n', '\r']).map_or(0, |end| end + 1)..];
    let depth = line.chars().count();
    let shown = without(&document.text, span, unshown);
    let mut lines = shown.lines();
    let mut out = lines.next().unwrap_or("").to_owned();
    for line in lines {
        let blanks = line.len() - line.trim_start_matches(' ').len();
        out.push('\n');
        out.push_str(&line[blanks.min(depth)..]);
    }
    out
}
