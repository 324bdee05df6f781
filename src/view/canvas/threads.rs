//! Value threads: for each element of the offer what makes it possible, what carries it, whom it
//! is for.

use super::{Page, ThreadView, push_element};
use crate::canvas::Canvas;
use crate::handbook::Entry;
use crate::kind::{BlockIndex, End, Kind, Role};
use crate::view::edition::Edition;
use crate::view::escape;
use crate::view::links::LinksHtml;

/// So many elements of the offer have a thread at the most: numbers beyond that tell a reader
/// nothing, and the work for each grows with the canvas.
const MOST_THREADS: usize = 40;

/// What hangs together in a canvas.
pub(super) struct Threads {
    /// The elements of the offer, in order; their number is their place from 1.
    pub offer: Vec<u32>,
    /// For each element the numbers of the offer's elements that it is on the thread of.
    pub numbers: Vec<Vec<usize>>,
    /// For each element its relations: an index into [`Entry::relations`], and true where the
    /// element is the subject.
    pub relations: Vec<Vec<(usize, bool)>>,
    /// For each thread the elements that make its offer possible.
    supply: Vec<Vec<u32>>,
    /// For each thread the other elements that relate to its offer.
    around: Vec<Vec<u32>>,
}

impl Threads {
    /// Follows the relations of a canvas.
    pub(super) fn of(entry: &Entry, canvas: &Canvas) -> Self {
        let count = canvas.elements.len();
        let mut relations = vec![Vec::new(); count];
        for (index, relation) in entry.relations.iter().enumerate() {
            relations[relation.from as usize].push((index, true));
            relations[relation.to as usize].push((index, false));
        }
        let offer_block = canvas.kind.offer_block();
        let offer = offer_block.into_iter().flat_map(|block| canvas.elements.in_block(block));
        let offer = offer.map(|(index, _)| index).collect();
        let mut threads = Self {
            offer,
            numbers: vec![Vec::new(); count],
            relations,
            supply: Vec::new(),
            around: Vec::new(),
        };
        for at in 0..threads.offer.len().min(MOST_THREADS) {
            threads.follow(entry, canvas, at);
        }
        threads
    }

    /// Gathers what is on the thread of the offer's element at `at`.
    fn follow(&mut self, entry: &Entry, canvas: &Canvas, at: usize) {
        let start = self.offer[at];
        let mut seen = vec![false; canvas.elements.len()];
        seen[start as usize] = true;
        let mut supply = Vec::new();
        let mut open = vec![start];
        while let Some(element) = open.pop() {
            for (index, is_subject) in &self.relations[element as usize] {
                let relation = &entry.relations[*index];
                let verb = relation.verb.map(|verb| &canvas.kind.relations[verb as usize]);
                let (dependent, other) = match is_subject {
                    true => (End::From, relation.to),
                    false => (End::To, relation.from),
                };
                let depends = verb.is_some_and(|verb| verb.supplies == Some(dependent));
                if depends && !seen[other as usize] {
                    seen[other as usize] = true;
                    supply.push(other);
                    open.push(other);
                }
            }
        }
        let mut around = Vec::new();
        for (index, is_subject) in &self.relations[start as usize] {
            let relation = &entry.relations[*index];
            let other = if *is_subject { relation.to } else { relation.from };
            if !seen[other as usize]
                && Some(canvas.elements.block(other)) != canvas.kind.offer_block()
            {
                seen[other as usize] = true;
                around.push(other);
            }
        }
        supply.sort_unstable();
        around.sort_unstable();
        for element in supply.iter().chain(&around) {
            self.numbers[*element as usize].push(at + 1);
        }
        self.supply.push(supply);
        self.around.push(around);
    }
}

/// Where a thread shows an element that relates to the offer and is no supply of it.
enum Strand {
    /// With what makes the offer possible.
    Supply,
    /// With what carries it to people.
    Ways,
    /// With the people.
    People,
    /// Nowhere.
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
    /// The rows of the table of threads; none where the offer has no relation at all.
    pub(super) fn thread_views(&self) -> Vec<ThreadView> {
        let threads = &self.threads;
        if threads.supply.iter().chain(&threads.around).all(Vec::is_empty) {
            return Vec::new();
        }
        let canvas = self.canvas;
        let stands = |element: u32| Strand::of(&canvas.kind, canvas.elements.block(element));
        (0..threads.supply.len())
            .map(|at| {
                let mut supply = threads.supply[at].clone();
                let (mut ways, mut people) = (Vec::new(), Vec::new());
                for element in &threads.around[at] {
                    match stands(*element) {
                        Strand::Supply => supply.push(*element),
                        Strand::Ways => ways.push(*element),
                        Strand::People => people.push(*element),
                        Strand::None => {}
                    }
                }
                ThreadView {
                    number: at + 1,
                    title: Edition::element_title(self.document, threads.offer[at]).into_owned(),
                    anchor: self.entry.elements.at(threads.offer[at]).id.to_owned(),
                    supply_html: self.by_block(supply, true),
                    ways_html: self.by_block(ways, false),
                    people_html: self.by_block(people, false),
                }
            })
            .collect()
    }

    /// Elements by their block, in the kind's reading order, the nearest to the offer first: a
    /// paragraph each, with the block's label where that is wanted.
    fn by_block(&self, mut elements: Vec<u32>, is_labelled: bool) -> String {
        let mut html = String::new();
        let block = |element: &u32| self.canvas.elements.block(*element);
        elements.sort_by_key(|element| (block(element), *element));
        for elements in elements.chunk_by(|a, b| block(a) == block(b)) {
            html.push_str("<p>");
            if is_labelled {
                html.push_str("<b>");
                escape::text(&mut html, self.short_labels[usize::from(block(&elements[0]).0)]);
                html.push_str("</b> ");
            }
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
