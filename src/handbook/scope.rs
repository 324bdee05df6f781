//! Names within one document: which spots a fragment or a wiki name may mean.

use std::sync::OnceLock;

use xxhash_rust::xxh3::xxh3_64;

use super::facts::qualified;
use super::host_anchors;
use super::{Department, DepartmentIndex, ElementsFacts, Entry, PartDepartments, Spot};
use crate::canvas::Document;
use crate::diagnostic::catalogue::MOST_CANDIDATES;
use crate::kind::BlockIndex;
use crate::slug::{as_slug, slug};

/// How many of the spots that share a qualified form are compared to find the one that is meant.
const MOST_COMPARED: usize = 10;

/// The rank of a name: a lower one counts only if no higher one fits. Source: PRODUCT.md,
/// "References".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    ExplicitId,
    Element,
    Department,
    Block,
    Heading,
    /// The document's own title, if no other heading has it.
    Title,
}

/// A name as its hash, its rank and its spot, so that ten thousand documents take little memory.
type Name = (u64, Meant);

/// A rank and a spot in one number with the same order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Meant(u64);

impl Meant {
    fn new(rank: Rank, spot: Spot) -> Self {
        let (kind, index) = match spot {
            Spot::Document => (0, 0),
            Spot::Heading(index) => (1, index),
            Spot::Block(BlockIndex(index)) => (2, u32::from(index)),
            Spot::Department(DepartmentIndex(index)) => (3, index),
            Spot::Element(index) => (4, index),
            Spot::Paragraph(index) => (5, index),
        };
        Self((rank as u64) << 40 | kind << 32 | u64::from(index))
    }

    /// The rank, as a number.
    fn rank(self) -> u64 {
        self.0 >> 40
    }

    fn spot(self) -> Spot {
        // The lower half is the index.
        let index = self.0 as u32;
        match self.0 >> 32 & 0xff {
            0 => Spot::Document,
            1 => Spot::Heading(index),
            2 => Spot::Block(BlockIndex(index as u8)),
            3 => Spot::Department(DepartmentIndex(index)),
            4 => Spot::Element(index),
            _ => Spot::Paragraph(index),
        }
    }
}

/// The names of one document.
pub(super) struct Scope {
    /// The names without qualification.
    names: Vec<Name>,
    /// The qualified forms, `channels/web-shop`. Few documents have a reference in that form, and
    /// each form takes as much memory as a name; they are made when the first one is looked up.
    qualified: OnceLock<Vec<Name>>,
    /// The anchors of git hosts, made when a name is looked up that nothing else has.
    host_anchors: OnceLock<Vec<(String, Spot)>>,
}

/// The meaning of a name.
pub(super) enum Found {
    Nothing,
    One(Spot),
    /// The first spots, and the number of all.
    Several(Vec<Spot>, usize),
}

/// A document with its facts while links are resolved.
#[derive(Clone, Copy)]
pub(super) struct Known<'k> {
    pub document: &'k Document,
    pub elements: &'k ElementsFacts,
    pub part_departments: &'k [PartDepartments],
    pub departments: &'k [Department],
}

impl<'k> Known<'k> {
    /// The facts of a document that was resolved.
    pub(super) fn of(entry: &'k Entry, departments: &'k [Department]) -> Self {
        let Entry { document, elements, part_departments, .. } = entry;
        Self { document, elements, part_departments, departments }
    }

    /// Whether every name means the same in both, whatever refers to it.
    pub(super) fn means_the_same(self, other: Known<'_>) -> bool {
        let meanings = |known| {
            let mut meanings = Vec::new();
            each_name(known, &mut |name, rank, spot| {
                let forms = [qualified_path(known, spot), path(known, spot)];
                meanings.push((hash(name), rank, spot, forms.map(|form| hash(&form))));
            });
            (meanings, host_anchors::of(known))
        };
        meanings(self) == meanings(other)
    }
}

impl Scope {
    /// Gathers the names of a document.
    pub(super) fn of(known: Known<'_>) -> Self {
        let mut names = Vec::with_capacity(most_names(known));
        each_name(known, &mut |name, rank, spot| names.push((hash(name), Meant::new(rank, spot))));
        let (qualified, host_anchors) = Default::default();
        Self { names: sorted(names), qualified, host_anchors }
    }

    /// The spots that a qualified form of slugs means.
    fn find_qualified(&self, known: Known<'_>, written: &str) -> Fitting {
        let names = self.qualified.get_or_init(|| qualified_names(known));
        let found = lookup(names, written.trim_start_matches('/'));
        if found.count > 1
            && let Some(exact) = exact(known, &found.spots, written)
        {
            return Fitting { count: exact.len(), spots: exact, ..found };
        }
        found
    }

    /// The meaning of `name`: a slug, a name, or a qualified form with `/`.
    pub(super) fn find(&self, known: Known<'_>, name: &str) -> Found {
        // A name may contain a slash of its own, so it is tried whole first.
        let whole = lookup(&self.names, &as_slug(name));
        let Fitting { mut spots, mut count, rank } = match whole {
            Fitting { count: 0, .. } if name.contains('/') => {
                let parts: Vec<String> = name.split('/').map(slug).collect();
                let written = parts.join("/");
                match self.find_qualified(known, &written) {
                    // The block that it names may have been renamed since it was written.
                    Fitting { count: 0, .. } => with_present_block(known, &written)
                        .map_or_else(Fitting::default, |now| self.find_qualified(known, &now)),
                    found => found,
                }
            }
            whole => whole,
        };
        // A repeated id is reported at its second place, not at each reference to it.
        if rank == Some(Rank::ExplicitId as u64) {
            count = count.min(1);
        }
        match spots[..] {
            [] => {
                let anchors = self.host_anchors.get_or_init(|| host_anchors::of(known));
                let written = host_anchors::anchor(name);
                let found = anchors.iter().find(|(anchor, _)| *anchor == written);
                found.map_or(Found::Nothing, |(_, spot)| Found::One(*spot))
            }
            [spot, ..] if count == 1 => Found::One(spot),
            _ => {
                spots.truncate(MOST_CANDIDATES);
                Found::Several(spots, count)
            }
        }
    }
}

/// A qualified form with the id that a block has now in the place of one that it had before; `None` if it does
/// not begin with such an id.
fn with_present_block(known: Known<'_>, written: &str) -> Option<String> {
    let (was, rest) = written.trim_start_matches('/').split_once('/')?;
    let kind = &known.document.canvas.as_ref()?.kind;
    let block = kind.block_that_was(was)?;
    Some(format!("{}/{rest}", kind.block_kind(block).id))
}

fn hash(name: &str) -> u64 {
    xxh3_64(name.as_bytes())
}

fn sorted(mut names: Vec<Name>) -> Vec<Name> {
    names.sort_unstable();
    names.dedup();
    names.shrink_to_fit();
    names
}

/// The spots that fit a name.
#[derive(Default)]
struct Fitting {
    /// The first spots.
    spots: Vec<Spot>,
    count: usize,
    rank: Option<u64>,
}

/// The spots of the highest rank that have a name. Names are sorted, so that a frequent name costs
/// no more than another.
fn lookup(names: &[Name], name: &str) -> Fitting {
    let hash = hash(name);
    let names = &names[names.partition_point(|(known, ..)| *known < hash)..];
    let first = names.first().filter(|(known, _)| *known == hash && !name.is_empty());
    let Some(rank) = first.map(|(_, meant)| meant.rank()) else { return Fitting::default() };
    let fits = |(known, meant): &Name| *known == hash && meant.rank() == rank;
    let names = &names[..names.partition_point(fits)];
    let spots = names.iter().take(MOST_COMPARED).map(|(_, meant)| meant.spot());
    Fitting { spots: spots.collect(), count: names.len(), rank: Some(rank) }
}

/// An upper bound, or nearly, of the number of names of [`each_name`].
fn most_names(known: Known<'_>) -> usize {
    let blocks = known.document.canvas.iter().flat_map(|canvas| &canvas.blocks);
    let of_blocks: usize = blocks.map(|block| 4 + 2 * block.parts.len()).sum();
    2 + known.document.headings.len()
        + known.document.paragraphs.len()
        + of_blocks
        + known.elements.len()
}

/// Calls `add` with each name that means a spot without qualification.
fn each_name(known: Known<'_>, add: &mut dyn FnMut(&str, Rank, Spot)) {
    add(&as_slug(&known.document.title), Rank::Title, Spot::Document);
    if let Some(heading) = known.document.title_heading {
        let written = without_attributes(heading.of(&known.document.text));
        add(&as_slug(written), Rank::Title, Spot::Document);
    }
    for (index, heading) in (0u32..).zip(&known.document.headings) {
        let rank = if heading.explicit { Rank::ExplicitId } else { Rank::Heading };
        add(&as_slug(&heading.id), rank, Spot::Heading(index));
    }
    for (index, paragraph) in (0u32..).zip(&known.document.paragraphs) {
        let is_title =
            known.document.title_heading.is_some_and(|it| it.contains(paragraph.id.span));
        let spot = match paragraph.element {
            _ if is_title => Spot::Document,
            Some(element) => Spot::Element(element),
            None => Spot::Paragraph(index),
        };
        add(&as_slug(&paragraph.id.value), Rank::ExplicitId, spot);
    }
    let Some(canvas) = &known.document.canvas else { return };
    for (block, departments) in canvas.blocks.iter().zip(known.part_departments) {
        let spot = Spot::Block(block.index);
        // The anchor as GitHub would make it: from the heading as it is, including numbering.
        let written = as_slug(without_attributes(block.heading.of(&known.document.text)));
        let kind = canvas.kind.block_kind(block.index);
        for name in [kind.id.as_str(), &as_slug(canvas.label(block)), &written] {
            add(name, Rank::Block, spot);
        }
        // For references that were written before the block was renamed.
        for was in &kind.was {
            add(was, Rank::Block, spot);
        }
        if let Some(id) = &block.id {
            add(&as_slug(&id.value), Rank::ExplicitId, spot);
        }
        for (part, department) in block.parts.iter().zip(departments) {
            let Some(index) = *department else { continue };
            let spot = Spot::Department(index);
            add(&known.departments[index.0 as usize].id, Rank::Department, spot);
            add(&as_slug(&part.title), Rank::Department, spot);
            for id in part.attributes.get().ids() {
                add(&as_slug(id.value), Rank::ExplicitId, spot);
            }
        }
    }
    for ((index, element), facts) in (0u32..).zip(canvas.elements.iter()).zip(known.elements.iter())
    {
        let spot = Spot::Element(index);
        let name = element.name.map(as_slug);
        let mut ids = element.attributes.ids().peekable();
        if ids.peek().is_none() {
            // The `-2` of a repeated name is only in the id.
            let last = facts.id.rsplit('/').next().unwrap_or("");
            if name.as_deref() != Some(last) {
                add(last, Rank::Element, spot);
            }
        }
        ids.for_each(|id| add(&as_slug(id.value), Rank::ExplicitId, spot));
        if let Some(name) = name {
            add(&name, Rank::Element, spot);
        }
    }
}

/// The forms that include what contains a spot: `production/bake`,
/// `key-activities/production/bake`, and, as people write it, `key-activities/bake`.
fn qualified_names(known: Known<'_>) -> Vec<Name> {
    let mut names = Vec::new();
    each_name(known, &mut |name, rank, spot| {
        let path = qualified_path(known, spot);
        let Some((parents, _)) = path.rsplit_once('/') else { return };
        let meant = Meant::new(rank, spot);
        let mut add = |before: &str| names.push((hash(&format!("{before}/{name}")), meant));
        add(parents);
        if let Some((block, department)) = parents.split_once('/') {
            add(block);
            add(department);
        }
    });
    sorted(names)
}

/// A heading's source without the attribute list after it.
fn without_attributes(heading: &str) -> &str {
    heading.split('{').next().unwrap_or(heading)
}

/// Of the spots that a qualified form may mean, those whose id it is, else those directly below the
/// spot that it names; `None` if there are neither.
fn exact(known: Known<'_>, spots: &[Spot], written: &str) -> Option<Vec<Spot>> {
    let is_tail = |path: &str| {
        path.strip_suffix(written).is_some_and(|rest| rest.is_empty() || rest.ends_with('/'))
    };
    let is_id = |spot: &Spot| is_tail(&path(known, *spot));
    let is_direct = |spot: &Spot| is_tail(&qualified_path(known, *spot));
    let mut fitting: Vec<Spot> = spots.iter().copied().filter(is_id).collect();
    if fitting.is_empty() {
        fitting = spots.iter().copied().filter(is_direct).collect();
    }
    (!fitting.is_empty()).then_some(fitting)
}

/// What to write for a spot: its explicit id, else its qualified form.
pub(super) fn path(known: Known<'_>, spot: Spot) -> String {
    match spot {
        Spot::Element(index) => known.elements.at(index).id.to_owned(),
        _ => qualified_path(known, spot),
    }
}

/// The qualified form of a spot: `key-activities/production/batch-roasting`.
fn qualified_path(known: Known<'_>, spot: Spot) -> String {
    let canvas = known.document.canvas.as_ref();
    let block_id = |index| canvas.map_or("", |canvas| canvas.kind.block_kind(index).id.as_str());
    let department = |index: DepartmentIndex| known.departments[index.0 as usize].id.as_str();
    match spot {
        Spot::Document => String::new(),
        Spot::Heading(index) => known.document.headings[index as usize].id.clone(),
        Spot::Paragraph(index) => known.document.paragraphs[index as usize].id.value.clone(),
        Spot::Block(index) => block_id(index).to_owned(),
        Spot::Department(index) => {
            let block = canvas.and_then(|canvas| canvas.kind.departments_block());
            format!("{}/{}", block.map_or("", block_id), department(index))
        }
        Spot::Element(index) => {
            let facts = known.elements.at(index);
            let Some(canvas) = canvas else { return facts.id.to_owned() };
            let element = canvas.elements.at(index);
            if element.attributes.id().is_none() {
                return facts.id.to_owned();
            }
            let block = block_id(element.block);
            qualified(block, facts.department.map(department), &element)
                .unwrap_or_else(|| facts.id.to_owned())
        }
    }
}

/// Every name that could have been meant by one that means nothing, in the form to write after `#`.
pub(super) fn all_names(known: Known<'_>) -> Vec<String> {
    let mut names: Vec<String> =
        known.document.headings.iter().map(|heading| heading.id.clone()).collect();
    let paragraphs = known.document.paragraphs.iter();
    names.extend(paragraphs.map(|paragraph| paragraph.id.value.clone()));
    if let Some(canvas) = &known.document.canvas {
        names.extend(canvas.blocks.iter().map(|b| canvas.kind.block_kind(b.index).id.clone()));
        for (element, facts) in canvas.elements.iter().zip(known.elements.iter()) {
            let explicit = element.attributes.id().map(|id| id.value.to_owned());
            let slug = element.name.map(slug);
            names.extend(explicit.clone());
            names.extend(slug.or_else(|| Some(facts.id.to_owned())));
        }
        let departments = known.part_departments.iter().flatten().flatten();
        names.extend(departments.map(|index| known.departments[index.0 as usize].id.clone()));
    }
    names.sort();
    names.dedup();
    names
}
