//! Value threads: what an element needs, and what would happen to others without it.

use std::collections::{BTreeMap, BTreeSet};

use super::{DocumentIndex, ElementKey, Handbook, Neighbours, Spot};
use crate::canvas::Canvas;
use crate::kind::{BlockIndex, Role};

/// The thread of an element of the offer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Thread {
    /// The elements that it depends on, directly or through others: indexes into
    /// [`Canvas::elements`], sorted.
    pub needs: Vec<u32>,
    /// Its other neighbours, without those of the offer, sorted.
    pub others: Vec<u32>,
}

/// An element on the way from another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// The element.
    pub element: u32,
    /// The previous element on the way, from which this one was reached first.
    pub through: u32,
}

/// The elements of a canvas that an element depends on, directly or through others, the nearest
/// first.
pub fn needs(canvas: &Canvas, neighbours: &Neighbours, element: u32) -> Vec<Step> {
    let mut seen = vec![false; canvas.elements.len()];
    seen[element as usize] = true;
    let mut steps: Vec<Step> = Vec::new();
    let mut through = element;
    for done in 0.. {
        for neighbour in neighbours.of(through) {
            let is_new = !seen[neighbour.element as usize];
            if is_new && neighbour.is_needed(&canvas.kind) {
                seen[neighbour.element as usize] = true;
                steps.push(Step { element: neighbour.element, through });
            }
        }
        let Some(next) = steps.get(done) else { break };
        through = next.element;
    }
    steps
}

impl Thread {
    /// Follows the relations of a canvas from an element of its offer.
    pub fn of(canvas: &Canvas, neighbours: &Neighbours, offer: u32) -> Self {
        let steps = needs(canvas, neighbours, offer);
        let mut needs: Vec<u32> = steps.into_iter().map(|step| step.element).collect();
        needs.sort_unstable();
        let is_of_offer =
            |element| Some(canvas.elements.block(element)) == canvas.kind.offer_block();
        let is_other = |other: &u32| {
            *other != offer && needs.binary_search(other).is_err() && !is_of_offer(*other)
        };
        // An element has one relation to each of its neighbours, so none occurs twice.
        let others = neighbours.of(offer).map(|neighbour| neighbour.element);
        let mut others: Vec<u32> = others.filter(is_other).collect();
        others.sort_unstable();
        Self { needs, others }
    }
}

/// What would happen to a canvas, and to others, without some of its elements.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Loss {
    /// Elements without any supporter left in a block that supported them, the nearest first.
    pub falls: Vec<Step>,
    /// Elements that lose supporters and keep others in each block; in order.
    pub weakened: Vec<u32>,
    /// Costs that nothing drives any more; in order.
    pub no_longer_incurred: Vec<u32>,
    /// Costs that something else drives as well; in order.
    pub incurred_less: Vec<u32>,
    /// Elements of other canvases that refer to a lost one; in order.
    pub relies_on: BTreeSet<ElementKey>,
}

impl Loss {
    /// Removes elements from a canvas. Each relation is followed once, so circles end.
    pub fn of(
        handbook: &Handbook,
        document: DocumentIndex,
        canvas: &Canvas,
        neighbours: &Neighbours,
        lost: &[u32],
    ) -> Self {
        let kind = &canvas.kind;
        let block = |element: u32| canvas.elements.block(element);
        // The number of supporters that an element has in a block, or of drivers of a cost; counted when
        // it is first needed.
        let mut left: BTreeMap<(u32, BlockIndex), usize> = BTreeMap::new();
        let mut drivers: BTreeMap<u32, usize> = BTreeMap::new();
        let mut met = BTreeSet::new();
        let mut is_gone = vec![false; canvas.elements.len()];
        lost.iter().for_each(|lost| is_gone[*lost as usize] = true);
        let mut falls: Vec<Step> = Vec::new();
        let mut gone = lost.to_vec();
        let mut done = 0;
        while let Some(through) = gone.get(done).copied() {
            done += 1;
            for neighbour in neighbours.of(through) {
                let other = neighbour.element;
                if neighbour.depends(kind) {
                    let is_new = met.insert(other);
                    if is_new {
                        for needed in neighbours.of(other).filter(|it| it.is_needed(kind)) {
                            *left.entry((other, block(needed.element))).or_default() += 1;
                        }
                    }
                    let left = left.entry((other, block(through))).or_default();
                    *left = left.saturating_sub(1);
                    if *left == 0 && !is_gone[other as usize] {
                        is_gone[other as usize] = true;
                        gone.push(other);
                        falls.push(Step { element: other, through });
                    }
                } else if neighbour.is_only_named(kind) && is_cost(canvas, other) {
                    let count = || neighbours.of(other).filter(|it| it.is_only_named(kind)).count();
                    *drivers.entry(other).or_insert_with(count) -= 1;
                }
            }
        }
        let weakened = met.into_iter().filter(|element| !is_gone[*element as usize]).collect();
        let costs = |is_driven: bool| {
            let found = drivers.iter().filter(move |(_, left)| (**left > 0) == is_driven);
            found.map(|(cost, _)| *cost).collect()
        };
        let referrers = gone.into_iter().flat_map(|element| {
            handbook.backlinks_of(document, Spot::Element(element)).iter().filter_map(|reference| {
                match reference.from.spot {
                    Spot::Element(element) if reference.from.document != document => {
                        Some(ElementKey { document: reference.from.document, element })
                    }
                    _ => None,
                }
            })
        });
        let relies_on = referrers.collect();
        let (no_longer_incurred, incurred_less) = (costs(false), costs(true));
        Self { falls, weakened, no_longer_incurred, incurred_less, relies_on }
    }
}

/// Whether an element is a cost: it has the role of money, and no relation of its block makes it
/// depend on anything, as a revenue does.
fn is_cost(canvas: &Canvas, element: u32) -> bool {
    let block = canvas.elements.block(element);
    canvas.kind.block_kind(block).role == Some(Role::Money)
        && canvas.kind.relations.iter().all(|it| it.dependence().is_none_or(|(of, _)| of != block))
}
