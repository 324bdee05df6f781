//! What relates to what within a canvas, and who refers to whom.

use super::{DocumentIndex, Place, Reference, Relation, Spot, Target};
use crate::canvas::{Canvas, Document, Holder};
use crate::diagnostic::{Diagnostic, catalogue};
use crate::kind::{BlockIndex, Kind};
use crate::source::Location;

/// The references of one document, sorted by where they stand.
pub fn references(index: DocumentIndex, document: &Document, targets: &[Target]) -> Vec<Reference> {
    let links = (0u32..).zip(document.links.iter().zip(targets));
    let mut references: Vec<Reference> = links
        .filter_map(|(link, (written, target))| {
            let Target::Place(to) = *target else { return None };
            let spot = match written.holder {
                Holder::Element(element) => Spot::Element(element),
                Holder::Block(block) => Spot::Block(block),
                Holder::Document => Spot::Document,
            };
            Some(Reference { from: Place { document: index, spot }, to, link })
        })
        .collect();
    references.sort();
    references
}

/// The relations of one canvas: a reference between two of its elements, one for each pair.
pub(super) fn relations(
    index: DocumentIndex,
    document: &Document,
    targets: &[Target],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Relation> {
    let Some(canvas) = &document.canvas else { return Vec::new() };
    let references = references(index, document, targets);
    // Each as its two elements, the first one first, and which of them refers to which.
    let mut pairs: Vec<((u32, u32), (u32, u32))> = Vec::new();
    for reference in references {
        let (Spot::Element(from), Spot::Element(to)) = (reference.from.spot, reference.to.spot)
        else {
            continue;
        };
        if reference.from.document != reference.to.document {
            continue;
        }
        if from == to {
            let span = document.links.at(reference.link as usize).span;
            diagnostics.push(catalogue::self_reference(Location::new(&document.path, span)));
            continue;
        }
        pairs.push(((from.min(to), from.max(to)), (from, to)));
    }
    // Of two that refer to each other, the reference that stands first counts; sorting keeps it so.
    pairs.sort_by_key(|(pair, _)| *pair);
    pairs.dedup_by_key(|(pair, _)| *pair);
    let directed = |(_, (from, to))| directed(canvas, from, to);
    let mut relations: Vec<Relation> = pairs.into_iter().map(directed).collect();
    relations.sort();
    relations
}

/// Turns two elements the way their verb reads.
fn directed(canvas: &Canvas, from: u32, to: u32) -> Relation {
    let block = |element: u32| canvas.elements.block(element);
    let (from, to, verb) = match verb(&canvas.kind, block(from), block(to)) {
        Some(verb) => (from, to, Some(verb)),
        None => match verb(&canvas.kind, block(to), block(from)) {
            Some(verb) => (to, from, Some(verb)),
            None => (from, to, None),
        },
    };
    Relation { from, to, verb }
}

/// The relation that a kind knows between two blocks, as an index into [`Kind::relations`].
fn verb(kind: &Kind, from: BlockIndex, to: BlockIndex) -> Option<u16> {
    let found = kind.relations.iter().position(|r| r.from == from && r.to == to)?;
    u16::try_from(found).ok()
}
