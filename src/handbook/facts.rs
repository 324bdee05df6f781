//! What the handbook adds to each element: its id, its departments, its category, its owner.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use xxhash_rust::xxh3::xxh3_64;

use super::departments::Registry;
use super::element_facts::ElementsFactsBuilder;
use super::{DepartmentIndex, ElementFacts, ElementsFacts, Entry, PartDepartments};
use crate::canvas::{Canvas, Category, Document, Element, Part, Spanned};
use crate::diagnostic::{Diagnostic, catalogue};
use crate::front_matter::DepartmentFacts;
use crate::slug::{Distinct, slug};
use crate::source::Location;

/// How many departments at most contribute to every activity below one heading: they are kept with
/// each activity, and no organisation has more than a handful.
const MOST_INHERITED: usize = 20;

/// The departments of each part, and the facts of each element.
#[derive(Default)]
pub(super) struct Facts {
    pub elements: Arc<ElementsFacts>,
    pub part_departments: Arc<[PartDepartments]>,
    pub departments: Arc<BTreeMap<DepartmentIndex, DepartmentFacts>>,
    /// The diagnostics.
    pub said: Vec<Diagnostic>,
}

impl Facts {
    /// The facts of a document that was resolved, without diagnostics.
    pub(super) fn of(entry: &Entry) -> Self {
        Self {
            elements: Arc::clone(&entry.elements),
            part_departments: Arc::clone(&entry.part_departments),
            departments: Arc::clone(&entry.departments),
            said: Vec::new(),
        }
    }
}

/// Gathers the facts of one document.
pub(super) fn gather(document: &Document, registry: &Registry) -> Facts {
    let mut said = Vec::new();
    let diagnostics = &mut said;
    let Some(canvas) = &document.canvas else {
        return Facts::default();
    };
    let departments = named_here(document, registry, diagnostics);
    let mut gatherer = Gatherer { document, canvas, registry, diagnostics };
    let parts = gatherer.parts();
    let part_departments =
        parts.iter().map(|parts| parts.iter().map(|part| part.department).collect()).collect();
    let led: Vec<Led> =
        canvas.elements.iter().map(|element| gatherer.led(&element, &parts)).collect();
    let cards = cards(canvas, &parts, &led, registry);
    let ids = ids(document, canvas, &led, &cards, registry, diagnostics);
    let activities = canvas.kind.departments_block();
    let mut elements = ElementsFactsBuilder::with_capacity(ids.len());
    for ((element, led), id) in canvas.elements.iter().zip(&led).zip(&ids) {
        let Led { department, contributing, home } = led;
        let department = *department;
        let is_activity = activities == Some(element.block);
        let attributes = element.attributes;
        let category = attributes.category().or_else(|| {
            let default = home.category.or(document.front.category);
            is_activity.then_some(default).flatten()
        });
        let owner = attributes.owner().or_else(|| {
            let department = department.filter(|_| is_activity)?;
            // The owner in its heading is not that of any other department.
            let of_part = home.owner.filter(|_| home.department == Some(department));
            let here = || departments.get(&department).and_then(|facts| facts.owner.as_deref());
            let everywhere = || registry.departments()[department.0 as usize].owner.as_deref();
            of_part.or_else(here).or_else(everywhere)
        });
        elements.push(ElementFacts { id, department, contributing, category, owner });
    }
    let elements = Arc::new(elements.finish());
    Facts { elements, part_departments, departments: Arc::new(departments), said }
}

/// The settings of departments in the front matter, by department.
fn named_here(
    document: &Document,
    registry: &Registry,
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeMap<DepartmentIndex, DepartmentFacts> {
    let mut here = BTreeMap::new();
    for (name, facts) in &document.front.departments {
        match registry.find(name) {
            Some(index) => {
                here.insert(index, facts.value.clone());
            }
            None => {
                let place = Location::new(&document.path, facts.span);
                let near = registry.nearest(name);
                diagnostics.push(catalogue::unknown_department(place, name, &near));
            }
        }
    }
    here
}

/// The settings of a part for its elements, including those of the parts around it.
#[derive(Clone, Default)]
struct Home<'d> {
    department: Option<DepartmentIndex>,
    contributing: Vec<DepartmentIndex>,
    category: Option<Category>,
    owner: Option<&'d str>,
}

/// A part as [`Gatherer::parts`] sees it.
struct PartFacts<'d> {
    /// The department that its heading names.
    department: Option<DepartmentIndex>,
    home: Home<'d>,
}

/// The departments of an element.
struct Led<'d> {
    department: Option<DepartmentIndex>,
    contributing: Vec<DepartmentIndex>,
    home: Home<'d>,
}

struct Gatherer<'g, 'd> {
    document: &'d Document,
    canvas: &'d Canvas,
    registry: &'g Registry,
    diagnostics: &'g mut Vec<Diagnostic>,
}

impl<'d> Gatherer<'_, 'd> {
    /// The settings of each part of each block.
    fn parts(&mut self) -> Vec<Vec<PartFacts<'d>>> {
        let canvas = self.canvas;
        let mut blocks = Vec::with_capacity(canvas.blocks.len());
        for block in &canvas.blocks {
            let mut parts: Vec<PartFacts<'d>> = Vec::with_capacity(block.parts.len());
            for part in &block.parts {
                let outer = part.parent.map(|parent| parts[parent as usize].home.clone());
                parts.push(self.part(part, outer.unwrap_or_default()));
            }
            blocks.push(parts);
        }
        blocks
    }

    fn part(&mut self, part: &'d Part, outer: Home<'d>) -> PartFacts<'d> {
        let attributes = part.attributes.get();
        // Only reported if it means nothing.
        attributes.department().map(|name| self.named(name));
        let department = part.department.then(|| self.registry.of_part(part)).flatten();
        let mut contributing = outer.contributing;
        self.contribute(attributes.with(), &mut contributing);
        contributing.truncate(MOST_INHERITED);
        let home = Home {
            department: department.or(outer.department),
            contributing,
            category: attributes.category().or(outer.category),
            owner: attributes.owner().or(outer.owner),
        };
        PartFacts { department, home }
    }

    /// The departments that lead an element and contribute to it.
    fn led(&mut self, element: &Element<'_>, parts: &[Vec<PartFacts<'d>>]) -> Led<'d> {
        let at = self.canvas.blocks.iter().position(|block| block.index == element.block);
        let part = at.zip(element.part).map(|(at, part)| &parts[at][part as usize]);
        let home = part.map(|part| part.home.clone()).unwrap_or_default();
        let own = element.attributes.department();
        let department = own.and_then(|name| self.named(name)).or(home.department);
        let mut contributing = home.contributing.clone();
        self.contribute(element.attributes.with(), &mut contributing);
        contributing.retain(|index| Some(*index) != department);
        Led { department, contributing, home }
    }

    /// Adds the departments with some names, each once.
    fn contribute<'n>(
        &mut self,
        names: impl Iterator<Item = Spanned<&'n str>>,
        to: &mut Vec<DepartmentIndex>,
    ) {
        let mut names = names.peekable();
        if names.peek().is_none() {
            return;
        }
        let mut known: BTreeSet<DepartmentIndex> = to.iter().copied().collect();
        for name in names {
            if let Some(index) = self.named(name)
                && known.insert(index)
            {
                to.push(index);
            }
        }
    }

    fn named(&mut self, name: Spanned<&str>) -> Option<DepartmentIndex> {
        let found = self.registry.find(name.value);
        if found.is_none() {
            let place = Location::new(&self.document.path, name.span);
            let near = self.registry.nearest(name.value);
            self.diagnostics.push(catalogue::unknown_department(place, name.value, &near));
        }
        found
    }
}

/// The anchors that the cards of departments have on the canvas's page: those of every department that
/// an activity or a heading of the block names.
fn cards(
    canvas: &Canvas,
    parts: &[Vec<PartFacts<'_>>],
    led: &[Led<'_>],
    registry: &Registry,
) -> BTreeSet<String> {
    let Some(activities) = canvas.kind.departments_block() else { return BTreeSet::new() };
    let block = &canvas.kind.block_kind(activities).id;
    let elements = canvas.elements.iter().zip(led);
    let named = elements
        .filter(|(element, _)| element.block == activities)
        .flat_map(|(_, led)| led.department.iter().chain(&led.contributing));
    let parts = parts.iter().flatten().filter_map(|part| part.department.as_ref());
    let departments: BTreeSet<DepartmentIndex> = named.chain(parts).copied().collect();
    departments.into_iter().map(|index| format!("{block}/{}", registry.id(index))).collect()
}

/// The id of each element: see [`ElementFacts::id`]. A name that occurs once in its place keeps its id
/// whatever is added elsewhere; if several share one, all but the first get a number after it.
fn ids(
    document: &Document,
    canvas: &Canvas,
    led: &[Led<'_>],
    cards: &BTreeSet<String>,
    registry: &Registry,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<String> {
    let mut ordinals = vec![0_usize; canvas.kind.blocks.len()];
    let wanted: Vec<String> = canvas
        .elements
        .iter()
        .zip(led)
        .map(|(element, led)| {
            let ordinal = &mut ordinals[usize::from(element.block.0)];
            *ordinal += 1;
            let block = &canvas.kind.block_kind(element.block).id;
            let department = led.department.map(|index| registry.id(index));
            let explicit = element.attributes.id().map(|id| id.value.to_owned());
            let id = explicit.or_else(|| qualified(block, department, &element));
            id.unwrap_or_else(|| format!("{block}-{ordinal}"))
        })
        .collect();
    let headings = document.headings.iter().map(|heading| heading.id.as_str());
    if are_distinct(wanted.iter().chain(cards).map(String::as_str).chain(headings)) {
        return wanted;
    }
    let is_explicit = |element: &Element<'_>| element.attributes.id().is_some();
    let given = canvas.elements.iter().filter_map(|element| element.attributes.id());
    let headings = document.headings.iter().filter(|heading| heading.explicit);
    let given = given.map(|id| (id.value, id.span));
    for (id, span) in given.chain(headings.map(|heading| (heading.id.as_str(), heading.span))) {
        if cards.contains(id) {
            diagnostics.push(catalogue::taken_id(Location::new(&document.path, span), id));
        }
    }
    let explicit = canvas.elements.iter().zip(&wanted).filter(|(element, _)| is_explicit(element));
    let mut distinct = Distinct::default();
    // The ids that are taken before the first element needs one.
    let mut owned: HashSet<&str> = explicit.map(|(_, id)| &**id).collect();
    owned.extend(document.headings.iter().map(|heading| heading.id.as_str()));
    owned.extend(cards.iter().map(String::as_str));
    distinct.take(owned.iter().map(|id| (*id).to_owned()));
    distinct.take(wanted.iter().cloned());
    let elements = canvas.elements.iter().zip(&wanted);
    elements
        .map(|(element, id)| match is_explicit(&element) || owned.insert(id) {
            true => id.clone(),
            false => distinct.next(id),
        })
        .collect()
}

/// Whether no id is given twice, as in most documents; then nothing has to be looked up.
fn are_distinct<'i>(ids: impl Iterator<Item = &'i str>) -> bool {
    let mut hashes: Vec<u64> = ids.map(|id| xxh3_64(id.as_bytes())).collect();
    hashes.sort_unstable();
    !hashes.windows(2).any(|pair| pair[0] == pair[1])
}

/// `<block>/<slug>` or `<block>/<department>/<slug>`; `None` for an element without a name.
pub(super) fn qualified(
    block: &str,
    department: Option<&str>,
    element: &Element<'_>,
) -> Option<String> {
    /// A name of more bytes is cut, since an id is repeated in everything that leads to its
    /// element.
    const LONGEST: usize = 400;
    let mut slug = slug(element.name?);
    if slug.is_empty() {
        return None;
    }
    if slug.len() > LONGEST {
        slug.truncate((0..=LONGEST).rev().find(|end| slug.is_char_boundary(*end)).unwrap_or(0));
    }
    Some(match department {
        Some(department) => [block, "/", department, "/", &slug].concat(),
        None => [block, "/", &slug].concat(),
    })
}
