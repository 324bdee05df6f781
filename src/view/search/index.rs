//! The words of each record of the handbook, term by term.

use std::ops::Range;

use super::texts;
use crate::canvas::{Canvas, Document};
use crate::handbook::{DepartmentIndex, DocumentIndex, Entry};
use crate::kind::labels;
use crate::search::{Builder, Index as Terms, Numbers};
use crate::view::edition::{Edition, Index};
use crate::view::listed::Of;

/// The keys of filters.
pub(super) const FILTERS: [&str; 7] =
    ["dept", "owner", "tag", "stage", "kind", "block", "category"];

/// The index of a handbook, in `shards` shards.
pub(super) fn index(edition: &Edition, shards: usize) -> Terms {
    let numbers = super::numbers(edition);
    let mut builder = Builder::default();
    for (list, index) in Index::ALL.into_iter().enumerate() {
        for (number, at) in numbers.list(list).zip(super::entries(edition, index)) {
            add_entry(&mut builder, edition, number, index, Of::new(index, at as usize));
        }
    }
    let mut said = Vec::new();
    for (index, entry) in edition.handbook.entries() {
        said.push(add_document(&mut builder, numbers.document(index), entry));
    }
    for ((index, entry), said) in edition.handbook.entries().zip(said) {
        match &entry.document.canvas {
            Some(canvas) => {
                let elements = Elements { edition, index, entry, canvas };
                elements.add(&mut builder, numbers);
            }
            None => add_sections(&mut builder, numbers.within(index), &entry.document, &said),
        }
    }
    builder.finish(shards)
}

fn one(number: u32) -> Range<u32> {
    number..number + 1
}

/// The filter of an entry's list.
fn key(index: Index) -> &'static str {
    match index {
        Index::Departments => "dept",
        index => index.entry_word(),
    }
}

/// Adds an entry of a list, which its own filter finds too.
fn add_entry(builder: &mut Builder, edition: &Edition, number: u32, index: Index, of: Of) {
    builder.name(number, &of.title(edition));
    builder.filter(&one(number), "kind", index.entry_word());
    let id = match of {
        // Its elements are found by the id in canvases.
        Of::Block(at) => edition.handbook.lists.blocks[at].id(),
        of => of.id(edition),
    };
    builder.filter(&one(number), key(index), id);
    if let Of::Department(department) = of {
        for other in &edition.handbook.department(department).also_called {
            builder.text(number, other);
            builder.filter(&one(number), key(index), other);
        }
    }
}

/// Adds a document as a whole. Returns the texts below the headings of a page.
fn add_document(builder: &mut Builder, number: u32, entry: &Entry) -> Vec<String> {
    let document = &*entry.document;
    let front = &document.front;
    builder.name(number, &document.title);
    builder.text(number, front.summary.as_deref().unwrap_or_default());
    let (kind, said) = match &document.canvas {
        Some(canvas) => {
            builder.filter(&one(number), "kind", &canvas.kind.id);
            builder.text(number, &texts::of_pieces(document, &around(document, canvas)));
            ("canvas", Vec::new())
        }
        None => {
            let said = texts::of_page(document);
            builder.text(number, said.first().map_or("", String::as_str));
            ("page", said)
        }
    };
    builder.filter(&one(number), "kind", kind);
    add_facts(builder, &one(number), document);
    said
}

/// Adds the front matter as filters of the document or of everything in it.
fn add_facts(builder: &mut Builder, records: &Range<u32>, document: &Document) {
    let front = &document.front;
    for tag in &front.tags {
        builder.filter(records, "tag", tag);
    }
    if let Some(stage) = front.stage {
        builder.filter(records, "stage", stage.id());
    }
    if let Some(owner) = &front.owner {
        builder.filter(records, "owner", owner);
    }
}

/// The texts of a canvas outside of its elements.
fn around(document: &Document, canvas: &Canvas) -> Vec<crate::source::Span> {
    let of_blocks = canvas.blocks.iter().flat_map(|block| {
        let of_parts = block.parts.iter().flat_map(|part| &part.lead);
        block.lead.iter().chain(of_parts).chain(&block.rest)
    });
    let of_sections = canvas.sections.iter().map(|section| &section.body);
    let all = std::iter::once(&canvas.introduction).chain(of_blocks).chain(of_sections);
    // The title is the name already.
    let is_title = |span| document.title_heading.is_some_and(|title| title == span);
    all.copied().filter(|span| !span.is_empty() && !is_title(*span)).collect()
}

/// Adds the sections of a page.
fn add_sections(builder: &mut Builder, room: Range<u32>, document: &Document, said: &[String]) {
    let sections = document.headings.iter().zip(said.iter().skip(1));
    let count = u32::try_from(document.headings.len()).unwrap_or(u32::MAX);
    let all = room.start..room.start + count;
    builder.place(&all, &document.title);
    builder.filter(&all, "kind", "section");
    add_facts(builder, &all, document);
    for (number, (heading, said)) in room.zip(sections) {
        // The title of the page is the page itself.
        if document.title_heading != Some(heading.span) {
            builder.name(number, &heading.title);
        }
        builder.text(number, said);
    }
}

/// The elements of a canvas.
struct Elements<'e> {
    edition: &'e Edition,
    index: DocumentIndex,
    entry: &'e Entry,
    canvas: &'e Canvas,
}

impl Elements<'_> {
    fn add(&self, builder: &mut Builder, numbers: &Numbers) {
        let Self { edition, index, entry, canvas } = self;
        let document = &*entry.document;
        let given = numbers.elements(*index, canvas);
        if given.is_empty() {
            return;
        }
        // Including spare numbers, so that the range of adjacent canvases with something in common
        // is one.
        let all = numbers.within(*index);
        builder.place(&all, &document.title);
        builder.filter(&all, "kind", "element");
        add_facts(builder, &all, document);
        self.add_runs(builder, &given);
        for ((number, element), at) in given.iter().zip(canvas.elements.iter()).zip(0u32..) {
            builder.name(*number, &Edition::element_title(document, at));
            builder.text(*number, &element.text.get());
            if !element.detail.is_empty() {
                builder.text(*number, &texts::of_pieces(document, element.detail));
            }
            let facts = entry.elements.at(at);
            for department in facts.contributing {
                builder.filter(&one(*number), "dept", &edition.handbook.department(*department).id);
            }
            let owner = facts.owner.filter(|owner| document.front.owner.as_deref() != Some(owner));
            if let Some(owner) = owner {
                builder.filter(&one(*number), "owner", owner);
            }
            if let Some(category) = facts.category {
                builder.filter(&one(*number), "category", category.id());
            }
        }
    }

    /// Adds what adjacent elements have in common: their block, department and category.
    fn add_runs(&self, builder: &mut Builder, given: &[u32]) {
        let Self { edition, index, entry, canvas } = self;
        let departments: Vec<Option<DepartmentIndex>> =
            entry.elements.iter().map(|facts| facts.department).collect();
        let elements = canvas.elements.iter().zip(&departments).zip(given);
        let keys: Vec<_> = elements
            .map(|((element, department), number)| (*number, element.block, *department))
            .collect();
        for run in keys.chunk_by(|a, b| a.1 == b.1) {
            let (records, block) = (span(run), run[0].1);
            builder.filter(&records, "block", &canvas.kind.block_kind(block).id);
            builder.place(&records, &edition.block_label(*index, block));
            let label = labels::label(&canvas.kind, block, &edition.handbook.config.language);
            builder.place(&records, label);
            if canvas.kind.departments_block() == Some(block) {
                builder.filter(&records, "kind", "activity");
            }
        }
        for run in keys.chunk_by(|a, b| a.2 == b.2) {
            if let Some(department) = run[0].2 {
                let department = edition.handbook.department(department);
                builder.filter(&span(run), "dept", &department.id);
                builder.place(&span(run), &department.title);
            }
        }
    }
}

/// The records from the first of some to the last.
fn span<A, B>(run: &[(u32, A, B)]) -> Range<u32> {
    run[0].0..run[run.len() - 1].0 + 1
}
