//! Value threads: what an element of the offer needs, and what else it is related to.

use super::Neighbours;
use crate::canvas::Canvas;

/// What is on the thread of an element of the offer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Thread {
    /// What the element depends on, directly or through others: indexes into [`Canvas::elements`],
    /// sorted.
    pub needs: Vec<u32>,
    /// Its other neighbours that are not of the offer themselves, sorted.
    pub others: Vec<u32>,
}

impl Thread {
    /// Follows the relations of a canvas from an element of its offer.
    pub fn of(canvas: &Canvas, neighbours: &Neighbours, offer: u32) -> Self {
        let mut seen = vec![false; canvas.elements.len()];
        seen[offer as usize] = true;
        let mut needs = Vec::new();
        let mut open = vec![offer];
        while let Some(element) = open.pop() {
            for neighbour in neighbours.of(element) {
                let is_new = !seen[neighbour.element as usize];
                if is_new && neighbour.is_needed(&canvas.kind) {
                    seen[neighbour.element as usize] = true;
                    needs.push(neighbour.element);
                    open.push(neighbour.element);
                }
            }
        }
        let is_of_offer =
            |element| Some(canvas.elements.block(element)) == canvas.kind.offer_block();
        // An element has one relation to each of its neighbours, so that none is met twice.
        let others = neighbours.of(offer).map(|neighbour| neighbour.element);
        let mut others: Vec<u32> =
            others.filter(|other| !seen[*other as usize] && !is_of_offer(*other)).collect();
        needs.sort_unstable();
        others.sort_unstable();
        Self { needs, others }
    }
}
