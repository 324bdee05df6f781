//! What the handbook adds to each element of a document, stored together for all of them.

use std::num::NonZeroU32;
use std::ops::Range;

use super::DepartmentIndex;
use crate::canvas::Category;

/// What the handbook adds to an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ElementFacts<'e> {
    /// Its anchor and exported id: the explicit id, else `<block>/<slug>` or
    /// `<block>/<department>/<slug>`.
    pub id: &'e str,
    /// The department that leads it.
    pub department: Option<DepartmentIndex>,
    /// The departments that contribute, beginning with those that the headings above name.
    pub contributing: &'e [DepartmentIndex],
    /// For an activity: its own category, else that of the nearest heading above it up to its
    /// department's, else the canvas's.
    pub category: Option<Category>,
    /// For an activity: its own owner, else its department's, as set by its heading, else by the
    /// canvas, else by the configuration. For any other element its own.
    pub owner: Option<&'e str>,
}

/// The facts of all elements of a document, in the order of the elements.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ElementsFacts {
    kept: Box<[Kept]>,
    ids: Box<str>,
    contributing: Box<[DepartmentIndex]>,
    /// Each name once: one owner is responsible for most elements of a canvas.
    owners: Box<[Box<str>]>,
}

/// The stored form of an element's facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Kept {
    /// Where its own ends among those of all elements; each begins where the previous one ends.
    id: u32,
    contributing: u32,
    /// The index plus one, so that the `Option` costs no space.
    department: Option<NonZeroU32>,
    owner: Option<NonZeroU32>,
    category: Option<Category>,
}

impl ElementsFacts {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.kept.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }

    /// The facts of an element, which must exist.
    pub fn at(&self, element: u32) -> ElementFacts<'_> {
        let at = element as usize;
        let kept = self.kept[at];
        let before = at.checked_sub(1).map(|at| self.kept[at]);
        let (id, contributing) = before.map_or((0, 0), |before| (before.id, before.contributing));
        let ids = range(id, kept.id);
        let owner = kept.owner.map(|owner| &*self.owners[owner.get() as usize - 1]);
        ElementFacts {
            id: self.ids.get(ids).unwrap_or_default(),
            department: kept.department.map(|index| DepartmentIndex(index.get() - 1)),
            contributing: &self.contributing[range(contributing, kept.contributing)],
            category: kept.category,
            owner,
        }
    }

    /// The facts of an element.
    pub fn get(&self, element: u32) -> Option<ElementFacts<'_>> {
        ((element as usize) < self.len()).then(|| self.at(element))
    }

    /// The facts of every element.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = ElementFacts<'_>> + Clone {
        (0..offset(self.len())).map(|element| self.at(element))
    }
}

/// The facts of a document's elements while they are gathered.
#[derive(Debug, Default)]
pub(super) struct ElementsFactsBuilder {
    kept: Vec<Kept>,
    ids: String,
    contributing: Vec<DepartmentIndex>,
    owners: Vec<Box<str>>,
}

impl ElementsFactsBuilder {
    /// A builder without facts, with room for `count`.
    pub(super) fn with_capacity(count: usize) -> Self {
        Self { kept: Vec::with_capacity(count), ..Self::default() }
    }

    /// Adds the facts of the next element.
    pub(super) fn push(&mut self, facts: ElementFacts<'_>) {
        self.ids.push_str(facts.id);
        self.contributing.extend(facts.contributing);
        let owner = facts.owner.map(|owner| self.owner(owner));
        self.kept.push(Kept {
            id: offset(self.ids.len()),
            contributing: offset(self.contributing.len()),
            department: facts.department.and_then(|index| NonZeroU32::new(index.0 + 1)),
            owner: owner.and_then(|owner| NonZeroU32::new(offset(owner) + 1)),
            category: facts.category,
        });
    }

    /// The index of an owner's name.
    fn owner(&mut self, name: &str) -> usize {
        // There are only a few, and that of the previous element is the likeliest.
        let known = self.owners.iter().rposition(|known| **known == *name);
        known.unwrap_or_else(|| {
            self.owners.push(name.into());
            self.owners.len() - 1
        })
    }

    /// The facts, without room for more.
    pub(super) fn finish(self) -> ElementsFacts {
        ElementsFacts {
            kept: Box::from(&*self.kept),
            ids: Box::from(&*self.ids),
            contributing: Box::from(&*self.contributing),
            owners: self.owners.into(),
        }
    }
}

fn range(start: u32, end: u32) -> Range<usize> {
    start as usize..end as usize
}

/// Texts are capped far below what four bytes can count, and so are their pieces.
fn offset(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
