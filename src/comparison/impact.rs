//! The effects of changes on elements that need not have changed themselves.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::matching::Matched;
use super::{
    Comparison, Documents, Level, Named, Referrers, Sides, departments, named, owned, owner,
    references,
};
use crate::canvas::{Canvas, Holder, Link, LinkTarget};
use crate::handbook::{
    DocumentIndex, ElementKey, Entry, Handbook, Loss, Neighbours, Place, Spot, Target,
};
use crate::kind::Kind;
use crate::source::SourcePath;

/// What happens to an element, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// It has no supporter left in a block that supported it.
    Falls,
    /// It refers to something that does not exist any more.
    Breaks,
    /// It lost supporters and keeps others, or its supporter falls.
    Weakened,
}

/// An effect of the changes on one element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Impact {
    /// What happens to it.
    pub effect: Effect,
    /// The path of its canvas, after the change.
    pub canvas: SourcePath,
    /// The id of its block. `None` if a document is affected as a whole.
    pub block: Option<String>,
    /// The element. `None` if a document refers to something outside its elements.
    pub element: Option<Named>,
    /// The elements that it lost: its supporters, or the targets of its references.
    pub because: Vec<Named>,
    /// Who is responsible for it.
    pub owners: Vec<String>,
    /// The ids of the departments that it concerns: see [`Comparison::departments`].
    pub departments: Vec<String>,
}

/// An effect with its sort key.
type Found = (Effect, Reverse<Level>, Impact);

/// The effects of the changes between the canvases of a comparison.
pub(super) fn of(
    sides: Sides<'_>,
    matched: &Matched,
    comparison: &Comparison,
    documents: &Documents,
    referrers: Referrers,
) -> Vec<Impact> {
    let mut found: Vec<Found> = Vec::new();
    for compared in &comparison.canvases {
        if let (Some(before), Some(after)) = (compared.before, compared.after) {
            supports(sides, matched, [before, after], &mut found);
            if referrers == Referrers::Others {
                left_alone(sides, matched, [before, after], &mut found);
            }
        }
    }
    if referrers == Referrers::Links {
        for pair in documents {
            if let (Some(before), Some(after)) = *pair {
                broken_links(sides, [before, after], &mut found);
            }
        }
    }
    found.sort_by(|a, b| (a.0, a.1, &a.2.canvas).cmp(&(b.0, b.1, &b.2.canvas)));
    found.into_iter().map(|(.., impact)| impact).collect()
}

/// An effect on an element.
fn on(handbook: &Handbook, key: ElementKey, effect: Effect, because: Vec<Named>) -> Option<Found> {
    let (entry, element, _) = handbook.element(key)?;
    let kind = &entry.document.canvas.as_ref()?.kind;
    let impact = Impact {
        effect,
        canvas: entry.document.path.clone(),
        block: Some(kind.block_kind(element.block).id.clone()),
        element: named(handbook, key),
        because,
        owners: owned(owner(handbook, key)),
        departments: owned(departments(handbook, key)),
    };
    Some((effect, Reverse(Level::of_loss(kind, element.block)), impact))
}

/// An effect that concerns the departments of the lost elements as well.
fn of_departments(
    (effect, level, mut impact): Found,
    before: &Handbook,
    lost: &[ElementKey],
) -> Found {
    let own = impact.departments.iter().map(String::as_str);
    let all: BTreeSet<&str> =
        own.chain(lost.iter().flat_map(|key| departments(before, *key))).collect();
    impact.departments = owned(all);
    (effect, level, impact)
}

/// The supporters of an element by the ids that their blocks have now.
fn supporters<'k>(
    canvas: &'k Canvas,
    neighbours: &Neighbours,
    element: u32,
    now: &'k Kind,
) -> BTreeMap<&'k str, Vec<u32>> {
    let mut supporters: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    for neighbour in neighbours.of(element).filter(|it| it.is_needed(&canvas.kind)) {
        let block = canvas.elements.block(neighbour.element);
        let id = now.current_id(&canvas.kind.block_kind(block).id);
        supporters.entry(id).or_default().push(neighbour.element);
    }
    supporters
}

/// The elements that lost supporters, and those that fall because they have none left.
fn supports(
    sides: Sides<'_>,
    matched: &Matched,
    [before, after]: [DocumentIndex; 2],
    found: &mut Vec<Found>,
) {
    let (old, new) = (sides.before.entry(before), sides.after.entry(after));
    let (Some(old_canvas), Some(new_canvas)) = (&old.document.canvas, &new.document.canvas) else {
        return;
    };
    let (old_neighbours, new_neighbours) = (Neighbours::new(old), Neighbours::new(new));
    let mut fallen: Vec<u32> = Vec::new();
    let mut weakened = BTreeSet::new();
    let here = |element| ElementKey { document: after, element };
    for element in (0u32..).zip(new.elements.iter()).map(|(element, _)| element) {
        let partner = matched.before(here(element)).filter(|it| it.document == before);
        let Some(partner) = partner else { continue };
        let was = supporters(old_canvas, &old_neighbours, partner.element, &new_canvas.kind);
        if was.is_empty() {
            continue;
        }
        let is = supporters(new_canvas, &new_neighbours, element, &new_canvas.kind);
        let all: HashSet<u32> = is.values().flatten().copied().collect();
        let mut lost: Vec<ElementKey> = Vec::new();
        let mut has_fallen = false;
        for (block, supporters) in &was {
            let stays = |old: &&u32| {
                let old = ElementKey { document: before, element: **old };
                matched
                    .after(old)
                    .is_some_and(|(new, _)| new.document == after && all.contains(&new.element))
            };
            let gone: Vec<&u32> = supporters.iter().filter(|old| !stays(old)).collect();
            let left = is.get(block).map_or(0, Vec::len);
            if gone.is_empty() || left >= supporters.len() {
                continue;
            }
            has_fallen |= left == 0;
            lost.extend(gone.iter().map(|old| ElementKey { document: before, element: **old }));
        }
        let effect = if has_fallen { Effect::Falls } else { Effect::Weakened };
        if has_fallen {
            fallen.push(element);
        } else if !lost.is_empty() {
            weakened.insert(element);
        }
        if !lost.is_empty() {
            let because = lost.iter().filter_map(|key| named(sides.before, *key)).collect();
            let effect = on(sides.after, here(element), effect, because);
            found.extend(effect.map(|found| of_departments(found, sides.before, &lost)));
        }
    }
    let loss = Loss::of(sides.after, after, new_canvas, &new_neighbours, &fallen);
    for step in &loss.falls {
        let because = named(sides.after, here(step.through)).into_iter().collect();
        found.extend(on(sides.after, here(step.element), Effect::Falls, because));
    }
    let gone: HashSet<u32> = loss.falls.iter().map(|step| step.element).chain(fallen).collect();
    for element in loss.weakened.iter().filter(|element| !weakened.contains(element)) {
        let needed = new_neighbours.of(*element).filter(|it| it.is_needed(&new_canvas.kind));
        let lost = needed.filter(|it| gone.contains(&it.element));
        let because = lost.filter_map(|it| named(sides.after, here(it.element))).collect();
        found.extend(on(sides.after, here(*element), Effect::Weakened, because));
    }
}

/// Elements of other documents that refer to something that is only in the canvas before.
fn left_alone(
    sides: Sides<'_>,
    matched: &Matched,
    [before, after]: [DocumentIndex; 2],
    found: &mut Vec<Found>,
) {
    let handbook = sides.before;
    let is_one = std::ptr::eq(sides.before, sides.after);
    let mut gone: BTreeMap<Place, Vec<Named>> = BTreeMap::new();
    for reference in handbook.backlinks(before) {
        let Spot::Element(element) = reference.to.spot else { continue };
        let from = reference.from;
        let lost = ElementKey { document: before, element };
        let is_own = from.document == before || is_one && from.document == after;
        if !is_own && matched.after(lost).is_none() {
            gone.entry(from).or_default().extend(named(handbook, lost));
        }
    }
    for (from, mut because) in gone {
        because.dedup();
        found.extend(on_place(handbook, from, because));
    }
}

/// Links that led somewhere before and lead nowhere now.
fn broken_links(sides: Sides<'_>, [before, after]: [DocumentIndex; 2], found: &mut Vec<Found>) {
    let (old, new) = (sides.before.entry(before), sides.after.entry(after));
    if !new.targets.contains(&Target::Broken) {
        return;
    }
    let mut led: HashMap<LinkTarget<'_>, Named> = HashMap::new();
    for (link, target) in links(old) {
        if let Target::Place(place) = target {
            let document = place.document;
            let named = match place.spot {
                Spot::Element(element) => named(sides.before, ElementKey { document, element }),
                spot => Some(Named {
                    id: references::spot(sides.before, document, spot),
                    name: sides.before.entry(document).document.title.clone(),
                }),
            };
            led.extend(named.map(|named| (link.target(), named)));
        }
    }
    let mut gone: BTreeMap<Place, Vec<Named>> = BTreeMap::new();
    for (link, _) in links(new).filter(|(_, target)| **target == Target::Broken) {
        if let Some(because) = led.get(&link.target()) {
            let spot = match link.holder {
                Holder::Element(element) => Spot::Element(element),
                Holder::Block(block) => Spot::Block(block),
                Holder::Document => Spot::Document,
            };
            let place = Place { document: after, spot };
            gone.entry(place).or_default().push(because.clone());
        }
    }
    for (from, mut because) in gone {
        because.sort();
        because.dedup();
        found.extend(on_place(sides.after, from, because));
    }
}

fn links(entry: &Entry) -> impl Iterator<Item = (Link<'_>, &Target)> {
    entry.document.links.iter().zip(&entry.targets)
}

/// A place that refers to something that is gone.
fn on_place(handbook: &Handbook, from: Place, because: Vec<Named>) -> Option<Found> {
    if let Spot::Element(element) = from.spot {
        let key = ElementKey { document: from.document, element };
        return on(handbook, key, Effect::Breaks, because);
    }
    let document = &handbook.entry(from.document).document;
    let block = match from.spot {
        Spot::Block(_) => Some(references::spot(handbook, from.document, from.spot)),
        _ => None,
    };
    let impact = Impact {
        effect: Effect::Breaks,
        canvas: document.path.clone(),
        block,
        element: None,
        because,
        owners: document.front.owner.iter().cloned().collect(),
        departments: Vec::new(),
    };
    Some((Effect::Breaks, Reverse(Level::Detail), impact))
}
