//! Reads one Markdown source. Cannot fail: it yields a document and diagnostics.
//!
//! 1. The front matter is read ([`crate::front_matter`]).
//! 2. The Markdown is cut into top-level pieces: labels, paragraphs, lists (`outline`).
//! 3. The labels determine whether it is a canvas, of which kind, and at which level its blocks are
//!    (`detect`).
//! 4. The pieces become blocks, parts and elements (`blocks`, `fill`, `elements`), names are separated
//!    from texts (`inline`), attribute lists are read and hidden (`attributes`).
//! 5. Links are assigned to what contains them (`links`).
//! 6. Parts that no reader will see, or will see as source, are reported (`unread`).

mod attributes;
mod block_ids;
mod blocks;
mod brackets;
mod conflicts;
mod detect;
mod elements;
mod fill;
mod headings;
mod ids;
mod inline;
mod lines;
mod links;
mod outline;
mod remarks;
mod run_in;
mod separators;
mod tables;
#[cfg(test)]
pub(crate) mod tests;
mod unread;

use std::sync::Arc;

use crate::canvas::{Attribute, Attributes, Canvas, Document, ElementsBuilder};
use crate::diagnostic::{Diagnostic, catalogue};
use crate::front_matter::{self, CanvasChoice, FrontMatter};
use crate::kind::Kinds;
use crate::markdown::{self, Markdown};
use crate::slug::spelled_out;
use crate::source::{Location, Source, SourcePath, Span};

pub use attributes::KEYS as ATTRIBUTE_KEYS;

use outline::{BOLD_LINE, Events, Piece, PieceKind};

/// Reads a document, which may be a canvas of one of the kinds, and adds errors to `diagnostics`.
pub fn document(source: &Source, kinds: &Kinds, diagnostics: &mut Vec<Diagnostic>) -> Document {
    let (front, whole) = front_matter::read(source, kinds, diagnostics);
    let body = readable(source, whole, diagnostics);
    let Markdown { events, comments, unclosed } = markdown::read(&source.text, body);
    conflicts::tell(source, &events, diagnostics);
    let block_ids = block_ids::BlockIds::of(&source.text, &events);
    let hidden = comments.into_iter().chain(block_ids.hidden()).collect();
    let mut reader = Reader {
        path: &source.path,
        source: &source.text,
        text: &source.text,
        events: &events,
        hidden,
        block_ids,
        labels: Vec::new(),
        elements: ElementsBuilder::new(&source.text),
        diagnostics,
    };
    let (pieces, detected) = pieces(&mut reader, kinds, front.canvas);
    let title = title(&mut reader, kinds, &pieces, detected.as_ref(), &front);
    reader.labels.extend(title.heading);
    let mut headings = headings::Headings::new(title.heading);
    let (mut canvas, regions) = if let Some(detected) = detected {
        let built = blocks::build(&mut reader, &pieces, &detected, body, &mut headings);
        (Some(built.canvas), built.regions)
    } else {
        headings.collect(&mut reader, &pieces);
        (None, Vec::new())
    };
    let mut hidden = std::mem::take(&mut reader.hidden);
    hidden.sort();
    hidden.dedup_by(|next, last| last.contains(*next));
    let is_canvas = canvas.is_some();
    reader.labels.sort();
    let known = unread::Known { hidden: &hidden, unclosed, title: title.heading, is_canvas, body };
    let unused_footnotes = unread::tell(&mut reader, &known);
    canvas.iter().for_each(|canvas| unread::misplaced::tell(&mut reader, canvas));
    if canvas.as_ref().is_none_or(|canvas| canvas.blocks.is_empty())
        && front.canvas != CanvasChoice::Page
    {
        unread::shapes::tell(&mut reader, kinds);
    }
    let elements = canvas.as_ref().map(|canvas| &canvas.elements);
    let links = links::collect(&reader, elements, &regions);
    let block_ids = std::mem::take(&mut reader.block_ids);
    let paragraphs = block_ids.rest(reader.text, reader.events, elements);
    let headings = headings.finish(&ids::taken(canvas.as_ref(), &paragraphs));
    ids::check(&source.path, canvas.as_ref(), &headings, &paragraphs, diagnostics);
    exact(&mut hidden);
    canvas.iter_mut().for_each(exact_blocks);
    Document {
        path: source.path.clone(),
        text: source.text.clone(),
        front,
        body,
        title: title.text,
        title_heading: title.heading,
        headings,
        paragraphs,
        links,
        hidden,
        unused_footnotes,
        is_plain: markdown::are_plain(&events),
        canvas,
    }
}

/// The pieces of a document, and whether it is a canvas. Labels with text after them are looked for only
/// if there are no other labels.
fn pieces<'k>(
    reader: &mut Reader<'_, '_>,
    kinds: &'k Kinds,
    choice: CanvasChoice,
) -> (Vec<Piece>, Option<detect::Detected<'k>>) {
    let pieces =
        outline::pieces(reader.text, reader.events, 0..reader.events.len(), &reader.block_ids);
    let detected = detect::detect(reader, kinds, &pieces, choice);
    let is_found = detected.as_ref().is_some_and(detect::Detected::has_blocks);
    if !is_found
        && choice != CanvasChoice::Page
        && let Some(apart) = run_in::apart(reader, kinds, &pieces)
        && let Some(found) = detect::detect(reader, kinds, &apart, choice)
    {
        return (apart, Some(found));
    }
    (pieces, detected)
}

/// The part of a document's body that is read; reports it if that is not everything.
fn readable(source: &Source, whole: Span, diagnostics: &mut Vec<Diagnostic>) -> Span {
    let body = markdown::readable(&source.text, whole);
    if body != whole {
        let place = Location::new(&source.path, Span { start: body.end, end: body.end });
        diagnostics.push(catalogue::too_much_markup(place, markdown::MOST_MARKS));
    }
    body
}

/// Removes the spare capacity of a finished list, which would be a third of the memory of a large
/// handbook. An allocator that is asked to shrink a block by less than half may leave it as it is, so
/// the list moves.
fn exact<T>(list: &mut Vec<T>) {
    if list.capacity() > list.len() {
        let mut moved = Vec::with_capacity(list.len());
        moved.append(list);
        *list = moved;
    }
}

/// Removes the spare capacity of the lists of a canvas's blocks.
fn exact_blocks(canvas: &mut Canvas) {
    exact(&mut canvas.blocks);
    for block in &mut canvas.blocks {
        exact(&mut block.parts);
        exact(&mut block.lead);
        exact(&mut block.rest);
    }
}

/// The state that the steps of reading one document share.
struct Reader<'r, 't> {
    path: &'r SourcePath,
    source: &'r Arc<str>,
    /// The text of the source.
    text: &'t str,
    events: &'r Events<'t>,
    /// Comments, ids, and attribute lists found so far.
    hidden: Vec<Span>,
    block_ids: block_ids::BlockIds,
    /// Parts of which only the words are shown: labels, and heads of tables whose rows are
    /// elements.
    labels: Vec<Span>,
    /// Elements found so far.
    elements: ElementsBuilder,
    diagnostics: &'r mut Vec<Diagnostic>,
}

impl Reader<'_, '_> {
    /// The attribute list at the end of a label, read and hidden.
    fn label_attributes(&mut self, piece: &Piece) -> Vec<Attribute> {
        elements::attributes(self, piece.events.clone())
    }

    /// The attributes of a label for which only the id counts; reports the others.
    fn label_with_id(&mut self, piece: &Piece) -> Vec<Attribute> {
        let attributes = self.label_attributes(piece);
        let given = Attributes::new(self.text, &attributes);
        unread::misplaced::of_heading(self.path, self.text, given, self.diagnostics);
        let counts = given.id().map(|id| id.span);
        let others = given.ids().filter(|id| Some(id.span) != counts);
        let places = others.map(|id| Location::new(self.path, id.span));
        self.diagnostics.extend(places.map(catalogue::second_id));
        attributes
    }

    /// The text of a label without attributes, which are not decoded.
    fn label(&self, piece: &Piece) -> inline::Plain {
        elements::plain(self, piece.events.clone())
    }

    /// The place of a label's text, without marks and attributes.
    fn label_span(&self, piece: &Piece) -> Span {
        let whole = outline::span_of(self.text, self.events, piece.events.clone());
        let hidden = elements::hidden(self, piece.events.clone()).next();
        let end = hidden.map_or(whole.end, |hidden| hidden.start).max(whole.start);
        outline::trimmed(self.text, whole.start as usize..end as usize)
    }
}

/// A document's title, and the heading that is not shown because it repeats the title.
struct Title {
    text: String,
    heading: Option<Span>,
}

/// The front matter's title, else the first heading that is not a block's label, else the file
/// name.
fn title(
    reader: &mut Reader<'_, '_>,
    kinds: &Kinds,
    pieces: &[Piece],
    detected: Option<&detect::Detected<'_>>,
    front: &FrontMatter,
) -> Title {
    let is_label = |at: usize| {
        detected.is_some_and(|found| {
            let is_meant = |says| found.meaning(says).is_some();
            pieces[at].kind == PieceKind::Label(found.level) && found.says(at).is_some_and(is_meant)
        })
    };
    let first_label = (0..pieces.len()).find(|at| is_label(*at)).unwrap_or(pieces.len());
    let text = |at: usize| reader.label(&pieces[at]).text.trim().to_owned();
    let names = |at: &usize| {
        let says = text(*at);
        // A number on a line of its own belongs to the block's label after it. A page with only a few
        // labels does not get its title from one of them, unless that is above everything.
        let is_number = at + 1 == first_label && blocks::is_only_number(&says);
        let is_part = || level(&pieces[*at]) > Some(1) && kinds.label(&says).is_some();
        !(says.is_empty() || is_number || detected.is_none() && is_part())
    };
    // Where the labels are bold lines, so may the title be.
    let is_bold = detected.is_some_and(|found| found.level == BOLD_LINE);
    let heads = |at: &usize| {
        level(&pieces[*at]).is_some() || is_bold && pieces[*at].kind == PieceKind::Label(BOLD_LINE)
    };
    let first = (0..first_label).find(|at| heads(at) && names(at));
    let mut ones = (0..pieces.len()).filter(|at| level(&pieces[*at]) == Some(1));
    let named = first.or_else(|| ones.find(names).filter(|at| !is_label(*at)));
    let written = named.map(text);
    // After the first block it is a section of its own, even if the title is that of the section.
    let repeats = |at: &usize| {
        let says_title = || front.title.is_none() || front.title == written;
        let is_beside = || detected.is_some_and(|found| level(&pieces[*at]) == Some(found.level));
        level(&pieces[*at]) == Some(1)
            || says_title() && !is_beside() && heads_all(reader, pieces, *at, is_label)
    };
    let heading = first.filter(|at| level(&pieces[*at]).is_some() && repeats(at));
    let heading = heading.map(|at| pieces[at].span);
    let text = front.title.clone().or(written);
    Title { text: text.unwrap_or_else(|| name_of(reader.path)), heading }
}

/// Whether a heading of a deeper level is above a whole document like one of the first level: at
/// its start, and alone at its level except for the blocks.
fn heads_all(
    reader: &Reader<'_, '_>,
    pieces: &[Piece],
    at: usize,
    is_label: impl Fn(usize) -> bool,
) -> bool {
    let own = level(&pieces[at]);
    let mut others = (at + 1..pieces.len()).filter(|other| !is_label(*other));
    pieces[..at].iter().all(|piece| piece.kind == PieceKind::Silent)
        && others.all(|other| level(&pieces[other]).is_none_or(|other| Some(other) > own))
        // Its id in braces would be lost with it.
        && elements::attribute_list(reader, pieces[at].events.clone()).is_none()
}

/// The level of a heading; `None` for anything else.
fn level(piece: &Piece) -> Option<u8> {
    match piece.kind {
        PieceKind::Label(level @ 1..=6) => Some(level),
        _ => None,
    }
}

/// A title from a file's name: `espresso-bar.md` becomes `Espresso bar`, `retail/index.md` becomes
/// `Retail`.
pub fn name_of(path: &SourcePath) -> String {
    let stem = path.stem();
    let is_own_page = path.may_be_own_page();
    let name = if is_own_page { path.folder().rsplit('/').next().unwrap_or(stem) } else { stem };
    spelled_out(name)
}
