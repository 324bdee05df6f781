//! Reads one Markdown source. Cannot fail: it yields a document, and diagnostics for what is wrong
//! with it.
//!
//! 1. The front matter is read off the head ([`crate::front_matter`]).
//! 2. The Markdown is cut into top-level pieces: labels, paragraphs, lists (`outline`).
//! 3. The labels say whether it is a canvas, of which kind, and at which level its blocks stand
//!    (`detect`).
//! 4. The pieces become blocks, parts and elements (`blocks`, `fill`, `elements`), names are parted from
//!    texts (`inline`), attribute lists are read and hidden (`attributes`).
//! 5. Links learn what holds them (`links`).
//! 6. What no reader will see, or will see as source, is told (`unread`).

mod attributes;
mod blocks;
mod brackets;
mod conflicts;
mod detect;
mod elements;
mod fill;
mod headings;
mod ids;
mod inline;
mod links;
mod outline;
mod remarks;
#[cfg(test)]
pub(crate) mod tests;
mod unread;

use std::sync::Arc;

use crate::canvas::{Attribute, Document, ElementsBuilder};
use crate::diagnostic::{Diagnostic, catalogue};
use crate::front_matter::{self, FrontMatter};
use crate::kind::Kinds;
use crate::markdown::{self, Markdown};
use crate::slug::spelled_out;
use crate::source::{Location, Source, SourcePath, Span};

pub use attributes::KEYS as ATTRIBUTE_KEYS;
pub use links::wiki_text;

use outline::{Events, Piece, PieceKind};

/// Reads a document, which may be a canvas of one of the kinds, and adds to `diagnostics` what is
/// wrong with it.
pub fn document(source: &Source, kinds: &Kinds, diagnostics: &mut Vec<Diagnostic>) -> Document {
    let (front, whole) = front_matter::read(source, kinds, diagnostics);
    let body = readable(source, whole, diagnostics);
    let Markdown { events, comments, unclosed } = markdown::read(&source.text, body);
    conflicts::tell(source, &events, diagnostics);
    let pieces = outline::pieces(&source.text, &events);
    let mut reader = Reader {
        path: &source.path,
        source: &source.text,
        text: &source.text,
        events: &events,
        hidden: comments,
        elements: ElementsBuilder::new(&source.text),
        diagnostics,
    };
    let detected = detect::detect(&mut reader, kinds, &pieces, front.canvas);
    let title = title(&mut reader, &pieces, detected.as_ref(), &front);
    let mut headings = headings::Headings::new(title.heading);
    let mut regions = Vec::new();
    let mut canvas = match detected {
        Some(detected) => {
            let built = blocks::build(&mut reader, &pieces, &detected, body, &mut headings);
            regions = built.regions;
            Some(built.canvas)
        }
        None => {
            headings.collect(&mut reader, &pieces);
            None
        }
    };
    let mut hidden = std::mem::take(&mut reader.hidden);
    hidden.sort();
    hidden.dedup_by(|next, last| last.contains(*next));
    let is_canvas = canvas.is_some();
    let known = unread::Known { hidden: &hidden, unclosed, title: title.heading, is_canvas };
    unread::tell(&mut reader, &known);
    let links = links::collect(&reader, canvas.as_ref().map(|canvas| &canvas.elements), &regions);
    // A canvas's page needs the ids of its blocks, and its elements have those that they are given;
    // what the theme adds itself starts with `_`, which no slug does.
    let kind = canvas.iter().flat_map(|canvas| &canvas.kind.blocks);
    let mut taken: Vec<&str> = kind.map(|block| block.id.as_str()).collect();
    let elements = canvas.iter().flat_map(|canvas| canvas.elements.iter());
    taken.extend(elements.filter_map(|element| element.attributes.id()).map(|id| id.value));
    let headings = headings.finish(&taken);
    ids::check(&source.path, canvas.as_ref(), &headings, diagnostics);
    exact(&mut hidden);
    if let Some(canvas) = &mut canvas {
        exact(&mut canvas.blocks);
        for block in &mut canvas.blocks {
            exact(&mut block.parts);
            exact(&mut block.lead);
            exact(&mut block.rest);
        }
    }
    Document {
        path: source.path.clone(),
        text: source.text.clone(),
        front,
        body,
        title: title.text,
        title_heading: title.heading,
        headings,
        links,
        hidden,
        is_plain: markdown::are_plain(&events),
        canvas,
    }
}

/// As much of a document's body as is read; tells where it is not all.
fn readable(source: &Source, whole: Span, diagnostics: &mut Vec<Diagnostic>) -> Span {
    let body = markdown::readable(&source.text, whole);
    if body != whole {
        let place = Location::new(&source.path, Span { start: body.end, end: body.end });
        diagnostics.push(catalogue::too_much_markup(place, markdown::MOST_MARKS));
    }
    body
}

/// Takes the room for growth off a list that is finished: it is a third of what a large handbook
/// would weigh. An allocator that is asked to shrink a block by less than half may leave it as it is,
/// so the list moves.
fn exact<T>(list: &mut Vec<T>) {
    if list.capacity() > list.len() {
        let mut moved = Vec::with_capacity(list.len());
        moved.append(list);
        *list = moved;
    }
}

/// What the steps of reading one document share.
struct Reader<'r, 't> {
    path: &'r SourcePath,
    source: &'r Arc<str>,
    /// The same text.
    text: &'t str,
    events: &'r Events<'t>,
    /// Comments, and attribute lists found so far.
    hidden: Vec<Span>,
    /// Elements found so far.
    elements: ElementsBuilder,
    diagnostics: &'r mut Vec<Diagnostic>,
}

impl Reader<'_, '_> {
    /// The attribute list at the end of a label, read and hidden.
    fn label_attributes(&mut self, piece: &Piece) -> Vec<Attribute> {
        elements::attributes(self, piece.events.clone())
    }

    /// What a label says, attributes left out without being judged.
    fn label(&self, piece: &Piece) -> inline::Plain {
        let hidden: Vec<Span> =
            elements::attribute_list(self, piece.events.clone()).into_iter().collect();
        inline::plain(&self.events[piece.events.clone()], &hidden)
    }

    /// The place of what a label says, without marks and attributes.
    fn label_span(&self, piece: &Piece) -> Span {
        let whole = outline::span_of(self.text, self.events, piece.events.clone());
        let list = elements::attribute_list(self, piece.events.clone());
        let end = list.map_or(whole.end, |list| list.start).max(whole.start);
        outline::trimmed(self.text, whole.start as usize..end as usize)
    }
}

/// A document's title and the heading that says it.
struct Title {
    text: String,
    heading: Option<Span>,
}

/// The front matter's title, else the first level-one heading that is no block, else the file name.
fn title(
    reader: &mut Reader<'_, '_>,
    pieces: &[Piece],
    detected: Option<&detect::Detected<'_>>,
    front: &FrontMatter,
) -> Title {
    let is_block = |at: usize| {
        detected.is_some_and(|found| {
            pieces[at].kind == PieceKind::Label(found.level) && found.is_block(at)
        })
    };
    let headings = (0..pieces.len()).filter(|at| pieces[*at].kind == PieceKind::Label(1));
    let mut says = headings.filter(|at| !reader.label(&pieces[*at]).text.trim().is_empty());
    let first = says.next().filter(|at| !is_block(*at));
    let written = || Some(reader.label(&pieces[first?]).text.trim().to_owned());
    let text = front.title.clone().or_else(written);
    // Behind the first block it is a section of its own, whatever it gives its name to.
    let heading = first.filter(|at| !(0..*at).any(is_block)).map(|at| pieces[at].span);
    Title { text: text.unwrap_or_else(|| name_of(reader.path)), heading }
}

/// A title from a file's name: `espresso-bar.md` is `Espresso bar`, `retail/index.md` is `Retail`.
pub fn name_of(path: &SourcePath) -> String {
    let stem = path.stem();
    let is_own_page = path.may_be_own_page();
    let name = if is_own_page { path.folder().rsplit('/').next().unwrap_or(stem) } else { stem };
    spelled_out(name)
}
