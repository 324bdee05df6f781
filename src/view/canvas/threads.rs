//! Value threads: for each element of the offer what makes it possible, what carries it, and whom
//! it is for.

use super::{Page, ThreadView, push_element};
use crate::canvas::Canvas;
use crate::handbook::{Neighbours, Thread};
use crate::kind::{BlockIndex, Kind, Role};
use crate::view::edition::Edition;
use crate::view::escape;
use crate::view::links::LinksHtml;

/// How many elements of the offer have a thread at most: higher numbers are of no use to a reader,
/// and the work for each grows with the canvas.
const MOST_THREADS: usize = 40;

/// The threads of a canvas, numbered.
pub(super) struct Threads {
    /// The elements of the offer, in order; their number is their index plus one.
    pub offer: Vec<u32>,
    /// For each element the numbers of the offer's elements whose threads it is on.
    pub numbers: Vec<Vec<usize>>,
    /// The threads of the first elements of the offer.
    threads: Vec<Thread>,
}

impl Threads {
    /// Numbers the threads of a canvas.
    pub(super) fn of(canvas: &Canvas, neighbours: &Neighbours) -> Self {
        let offer_block = canvas.kind.offer_block();
        let offer = offer_block.into_iter().flat_map(|block| canvas.elements.in_block(block));
        let offer: Vec<u32> = offer.map(|(index, _)| index).collect();
        let first = offer.iter().take(MOST_THREADS);
        let threads: Vec<Thread> =
            first.map(|offer| Thread::of(canvas, neighbours, *offer)).collect();
        let mut numbers = vec![Vec::new(); canvas.elements.len()];
        for (number, thread) in (1..).zip(&threads) {
            for element in thread.needs.iter().chain(&thread.others) {
                numbers[*element as usize].push(number);
            }
        }
        Self { offer, numbers, threads }
    }
}

/// The column of a thread in which a neighbour of the offer is shown that the offer does not need.
enum Strand {
    /// The one with what makes the offer possible.
    Supply,
    /// The one with what carries it to people.
    Ways,
    /// The one with the people.
    People,
    /// None.
    None,
}

impl Strand {
    fn of(kind: &Kind, block: BlockIndex) -> Self {
        let (offer, audience) = (kind.offer_block(), kind.audience_block());
        let leads_to = |to| kind.relations.iter().any(|r| r.from == block && r.to == to);
        if Some(block) == audience {
            Self::People
        } else if kind.block_kind(block).role == Some(Role::Money) {
            Self::None
        } else if audience.is_some_and(leads_to)
            && !offer.is_some_and(|offer| kind.depends(offer, block))
        {
            Self::Ways
        } else {
            Self::Supply
        }
    }
}

impl Page<'_> {
    /// The rows of the table of threads; empty if the offer has no relation at all.
    pub(super) fn thread_views(&self) -> Vec<ThreadView> {
        let Threads { offer, threads, .. } = &self.threads;
        if threads.iter().all(|thread| thread.needs.is_empty() && thread.others.is_empty()) {
            return Vec::new();
        }
        let canvas = self.canvas;
        let strand = |element: u32| Strand::of(&canvas.kind, canvas.elements.block(element));
        (1..)
            .zip(offer.iter().zip(threads))
            .map(|(number, (offer, thread))| {
                let mut supply = thread.needs.clone();
                let (mut ways, mut people) = (Vec::new(), Vec::new());
                for element in &thread.others {
                    match strand(*element) {
                        Strand::Supply => supply.push(*element),
                        Strand::Ways => ways.push(*element),
                        Strand::People => people.push(*element),
                        Strand::None => {}
                    }
                }
                ThreadView {
                    number,
                    title: Edition::element_title(self.document, *offer).into_owned(),
                    anchor: self.entry.elements.at(*offer).id.to_owned(),
                    supply_html: self.by_block(supply),
                    ways_html: self.by_block(ways),
                    people_html: self.by_block(people),
                }
            })
            .collect()
    }

    /// Elements by their block, in the kind's reading order, the nearest to the offer first: one
    /// paragraph for each, which begins with the block's label.
    fn by_block(&self, mut elements: Vec<u32>) -> String {
        let mut html = String::new();
        let block = |element: &u32| self.canvas.elements.block(*element);
        elements.sort_by_key(|element| (block(element), *element));
        for elements in elements.chunk_by(|a, b| block(a) == block(b)) {
            html.push_str("<p><b>");
            escape::text(&mut html, self.short_labels[usize::from(block(&elements[0]).0)]);
            html.push_str("</b> ");
            let mut links = LinksHtml::default();
            for element in elements {
                push_element(&mut links, self.entry, *element);
            }
            html.push_str(links.as_str());
            html.push_str("</p>");
        }
        html
    }
}
