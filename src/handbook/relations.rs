//! The relations within a canvas, the neighbours of an element, and who refers to whom.

use super::{DocumentIndex, Entry, Place, Reference, Relation, Spot, Target};
use crate::canvas::{Canvas, Document, Holder};
use crate::diagnostic::{Diagnostic, catalogue};
use crate::kind::{BlockIndex, End, Kind};
use crate::source::Location;

/// The references of one document, sorted by their own place.
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

/// The relations of one canvas: references between two of its elements, one for each pair.
pub(super) fn relations(
    index: DocumentIndex,
    document: &Document,
    targets: &[Target],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Relation> {
    let Some(canvas) = &document.canvas else { return Vec::new() };
    let references = references(index, document, targets);
    // Each pair is its two elements, the first one first, followed by which of them refers to
    // which.
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
    // If two refer to each other, the first reference counts; sorting keeps it so.
    pairs.sort_by_key(|(pair, _)| *pair);
    pairs.dedup_by_key(|(pair, _)| *pair);
    let directed = |(_, (from, to))| directed(canvas, from, to);
    let mut relations: Vec<Relation> = pairs.into_iter().map(directed).collect();
    relations.sort();
    relations
}

/// The relation between two elements, in the direction of its verb.
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

/// The relation that a kind has between two blocks, as an index into [`Kind::relations`].
fn verb(kind: &Kind, from: BlockIndex, to: BlockIndex) -> Option<u16> {
    let found = kind.relations.iter().position(|r| r.from == from && r.to == to)?;
    u16::try_from(found).ok()
}

/// The relations of a canvas, by element.
#[derive(Clone, Debug)]
pub struct Neighbours {
    /// Each relation from both of its ends, sorted by the element, then as in [`Entry::relations`].
    all: Vec<(u32, Neighbour)>,
}

/// An element that is related to another one, as seen from that one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Neighbour {
    /// The neighbour: an index into [`Canvas::elements`].
    pub element: u32,
    /// The end of the relation at which the other element is.
    here: End,
    /// Index into [`Kind::relations`].
    verb: Option<u16>,
}

impl Neighbours {
    /// The relations of a canvas's elements.
    pub fn new(entry: &Entry) -> Self {
        let both = entry.relations.iter().flat_map(|Relation { from, to, verb }| {
            let seen = |element: &u32, here| Neighbour { element: *element, here, verb: *verb };
            [(*from, seen(to, End::From)), (*to, seen(from, End::To))]
        });
        let mut all: Vec<_> = both.collect();
        all.sort_by_key(|(element, _)| *element);
        Self { all }
    }

    /// The neighbours of an element.
    pub fn of(&self, element: u32) -> impl Iterator<Item = &Neighbour> {
        let start = self.all.partition_point(|(other, _)| *other < element);
        let of_element = self.all[start..].iter().take_while(move |(other, _)| *other == element);
        of_element.map(|(_, neighbour)| neighbour)
    }
}

impl Neighbour {
    /// The verb that leads to the neighbour: `supports`, or `is supported by` seen from the other end.
    /// `None` if the kind of the canvas has no relation between the two blocks.
    pub fn verb<'k>(&self, kind: &'k Kind) -> Option<&'k str> {
        let relation = &kind.relations[usize::from(self.verb?)];
        Some(match self.here {
            End::From => &relation.verb,
            End::To => &relation.inverse,
        })
    }

    /// Whether the other element depends on this neighbour.
    pub fn is_needed(&self, kind: &Kind) -> bool {
        self.verb.is_some_and(|verb| kind.relations[usize::from(verb)].supplies == Some(self.here))
    }

    /// Whether this neighbour depends on the other element.
    pub fn depends(&self, kind: &Kind) -> bool {
        let supplies = self.verb.and_then(|verb| kind.relations[usize::from(verb)].supplies);
        supplies.is_some_and(|end| end != self.here)
    }

    /// Whether the relation has a verb of the kind, and neither end depends on the other.
    pub fn is_only_named(&self, kind: &Kind) -> bool {
        self.verb.is_some_and(|verb| kind.relations[usize::from(verb)].supplies.is_none())
    }
}
