//! The differences between two canvases or two handbooks, and their effects.
//!
//! 1. Canvases are matched: by path, by known renames, by title.
//! 2. Their elements are matched ([`matching`]): by id, then by name, then by similarity. The rest of all
//!    canvases is matched once more, so that an element may move from one canvas to another.
//! 3. The differences of each pair are a list of changes ([`changes`]). Only what a reader sees counts: texts
//!    are compared without their markup, and a relation is the same whichever end refers to the other.
//! 4. Relations, links and owners determine the effects on elements that need not have changed themselves
//!    ([`impact`]).
//! 5. Findings that only one side has are new or mended ([`findings`]).
//!
//! A comparison owns the texts in [`Comparison::changes`] and [`Comparison::impact`], so that it outlives the
//! handbooks; [`Comparison::canvases`] are indexes into them, for drawing both sides.
//!
//! This module does not depend on the history: the caller decides where the two sides come from.

mod changes;
mod detail;
pub mod findings;
mod front;
mod impact;
mod level;
mod matching;
mod pair;
mod references;
mod similarity;
#[cfg(test)]
mod tests;
pub mod word_diff;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::ops::Range;

use crate::check::Findings;
use crate::handbook::{DocumentIndex, ElementKey, Handbook};
use crate::kind::{BlockIndex, Role};
use crate::source::SourcePath;

pub use detail::Detail;
pub use findings::FindingChange;
pub use impact::{Effect, Impact};
pub use level::Level;
pub use matching::Match;
pub use similarity::{LEAST_LIKE, MOST_CANDIDATES, MOST_WORDS_WEIGHED};

/// The differences between two sides.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Comparison {
    /// The canvases of both sides, including those that are on one side only, sorted by path.
    pub canvases: Vec<Compared>,
    /// The changes, by canvas, then in the order of its blocks and elements.
    pub changes: Vec<Change>,
    /// The effects of the changes, worst first.
    pub impact: Vec<Impact>,
    /// The findings that only one side has, worst first.
    pub findings: Vec<FindingChange>,
}

/// A canvas on both sides, or on one of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compared {
    /// The canvas before; an index into the documents of the first handbook. `None` if it was added.
    pub before: Option<DocumentIndex>,
    /// The canvas after; an index into the documents of the second handbook. `None` if it was removed.
    pub after: Option<DocumentIndex>,
    /// The elements of both: those of the canvas after in their order, then those that are only in the
    /// one before. An element that moved from one canvas to another is listed in both.
    pub pairs: Vec<Pair>,
    /// The range of its changes among all changes.
    pub changes: Range<usize>,
}

/// An element on both sides, or on one of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The element before. `None` if it was added.
    pub before: Option<ElementKey>,
    /// The element after. `None` if it was removed.
    pub after: Option<ElementKey>,
    /// How the two were matched. `None` if there is only one.
    pub found: Option<Match>,
    /// What happened to it.
    pub outcome: Outcome,
}

/// What happened to an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// It is unchanged in the same place.
    Same,
    /// It differs, in the same place.
    Changed,
    /// It is in another block, department or canvas; its text may differ as well.
    Moved,
    /// It is only in the canvas after.
    Added,
    /// It is only in the canvas before.
    Removed,
}

impl Outcome {
    /// The outcome of a kind of change, if nothing else is known.
    pub fn of(change: ChangeKind) -> Self {
        match change {
            ChangeKind::Addition => Self::Added,
            ChangeKind::Removal => Self::Removed,
            ChangeKind::Modification => Self::Changed,
            ChangeKind::Move => Self::Moved,
        }
    }
}

/// A single difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The kind of change.
    pub kind: ChangeKind,
    /// Its level.
    pub level: Level,
    /// The path of the canvas: after the change, unless it is gone.
    pub canvas: SourcePath,
    /// The id of the block that it is in. `None` if it is about the canvas as a whole.
    pub block: Option<String>,
    /// The element with its name after the change, unless it is gone. `None` if the change is about a block
    /// or the canvas.
    pub element: Option<Named>,
    /// The part that changed.
    pub detail: Detail,
    /// The former value: the text of what is gone, the id of the block or department or the path of the canvas
    /// that something left, the old value. `None` if there was none.
    pub from: Option<String>,
    /// The present value. `None` if there is none.
    pub to: Option<String>,
    /// Who is responsible for it, before and after.
    pub owners: Vec<String>,
    /// The ids of the departments that it concerns, before and after: see [`Comparison::departments`].
    pub departments: Vec<String>,
}

/// The kind of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChangeKind {
    /// It did not exist before.
    Addition,
    /// It does not exist any more.
    Removal,
    /// It is in the same place and differs.
    Modification,
    /// It is in another block, department or canvas.
    Move,
}

/// An element in the form for data.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Named {
    /// Its id.
    pub id: String,
    /// Its title: its name, else its text.
    pub name: String,
}

/// The relationship of two canvases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Between {
    /// Two states of one canvas. Every difference is a change.
    Revisions,
    /// Two canvases beside each other, such as a scenario and its base. Differences between any two canvases do
    /// not count: their titles, addresses and dates, and the base that they name.
    Canvases,
}

/// A canvas of a handbook.
#[derive(Clone, Copy, Debug)]
pub struct Side<'h> {
    /// The handbook.
    pub handbook: &'h Handbook,
    /// The canvas.
    pub document: DocumentIndex,
}

/// Compares two canvases, which may be of one handbook. Documents that are not canvases have no
/// elements.
pub fn canvases(before: Side<'_>, after: Side<'_>, between: Between) -> Comparison {
    let sides = Sides::of([before.handbook, after.handbook], between, None);
    let documents = vec![(Some(before.document), Some(after.document))];
    sides.compare(documents, Referrers::Others)
}

/// Compares two states of a handbook, with their findings if they are given. `renamed` maps paths before to paths after
/// for files that are known to have been renamed; any other canvas that is not at its path any more is looked for by
/// its title.
///
/// Canvases with the same text are taken to be the same, unless the configurations differ.
pub fn handbooks(
    [before, after]: [&Handbook; 2],
    findings: Option<[&Findings; 2]>,
    renamed: &BTreeMap<SourcePath, SourcePath>,
) -> Comparison {
    let sides = Sides::of([before, after], Between::Revisions, findings);
    sides.compare(matching::documents(before, after, renamed), Referrers::Links)
}

/// How references that a change breaks are found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Referrers {
    /// The first handbook has elements that refer to something that is gone.
    Others,
    /// The second handbook has links that lead nowhere.
    Links,
}

/// Documents of both sides that are compared, each with its partner, sorted by path.
type Documents = Vec<(Option<DocumentIndex>, Option<DocumentIndex>)>;

/// The two sides of a comparison.
#[derive(Clone, Copy, Debug)]
struct Sides<'h> {
    before: &'h Handbook,
    after: &'h Handbook,
    between: Between,
    /// The findings of both, if they are compared.
    findings: Option<[&'h Findings; 2]>,
    /// Whether both have the same configuration and kinds, so that the same text means the same.
    have_one_setting: bool,
}

impl<'h> Sides<'h> {
    fn of(
        [before, after]: [&'h Handbook; 2],
        between: Between,
        findings: Option<[&'h Findings; 2]>,
    ) -> Self {
        let have_one_setting =
            before.config == after.config && before.kinds.iter().eq(after.kinds.iter());
        Self { before, after, between, findings, have_one_setting }
    }

    fn compare(self, documents: Documents, referrers: Referrers) -> Comparison {
        let matched = matching::Matched::of(self, &documents);
        let mut comparison = Comparison::default();
        for pair in &documents {
            let (before, after) = *pair;
            if !is_canvas(self.before, before) && !is_canvas(self.after, after) {
                continue;
            }
            let first = comparison.changes.len();
            let pairs = match self.same(before, after) {
                Some((before, after)) => self.all_same(before, after),
                None => changes::of_canvas(self, &matched, *pair, &mut comparison.changes),
            };
            let changes = first..comparison.changes.len();
            comparison.canvases.push(Compared { before, after, pairs, changes });
        }
        comparison.impact = impact::of(self, &matched, &comparison, &documents, referrers);
        comparison.findings = findings::of(self, &matched, &documents);
        comparison
    }

    /// Two documents, if they need not be compared because they cannot differ.
    fn same(
        self,
        before: Option<DocumentIndex>,
        after: Option<DocumentIndex>,
    ) -> Option<(DocumentIndex, DocumentIndex)> {
        let (before, after) = (before?, after?);
        let (old, new) = (self.before.entry(before), self.after.entry(after));
        let is_same = old.document.path == new.document.path
            && old.document.text == new.document.text
            && self.have_one_setting;
        is_same.then_some((before, after))
    }

    /// The id of a block of the canvas before, as the canvas after or, if that is gone, its kind calls it now.
    fn block_after(
        self,
        before: DocumentIndex,
        after: Option<DocumentIndex>,
        block: BlockIndex,
    ) -> &'h str {
        let kind = |handbook: &'h Handbook, document: DocumentIndex| {
            handbook.entry(document).document.canvas.as_ref().map(|canvas| &*canvas.kind)
        };
        let Some(old) = kind(self.before, before) else { return "" };
        let same = || {
            let mut kinds = self.after.kinds.iter().map(|(_, kind)| &**kind);
            kinds.find(|kind| kind.id == old.id)
        };
        let id = &*old.block_kind(block).id;
        let new = after.and_then(|after| kind(self.after, after)).or_else(same);
        new.map_or(id, |new| new.current_id(id))
    }

    /// The pairs of two equal canvases.
    fn all_same(self, before: DocumentIndex, after: DocumentIndex) -> Vec<Pair> {
        let elements = 0u32..;
        let elements =
            elements.zip(self.after.entry(after).elements.iter()).map(|(element, _)| Pair {
                before: Some(ElementKey { document: before, element }),
                after: Some(ElementKey { document: after, element }),
                found: Some(Match::Id),
                outcome: Outcome::Same,
            });
        elements.collect()
    }
}

impl Comparison {
    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// The changes of a canvas.
    pub fn changes_of(&self, compared: &Compared) -> &[Change] {
        &self.changes[compared.changes.clone()]
    }

    /// Keeps only canvases that changed and that `is_wanted`, with their changes.
    pub fn keep(&mut self, is_wanted: impl Fn(&Compared) -> bool) {
        let mut changes = Vec::new();
        self.canvases.retain_mut(|compared| {
            if compared.changes.is_empty() || !is_wanted(compared) {
                return false;
            }
            let start = changes.len();
            changes.extend_from_slice(&self.changes[compared.changes.clone()]);
            compared.changes = start..changes.len();
            true
        });
        self.changes = changes;
    }

    /// The highest level of any change. `None` if there is no change.
    pub fn level(&self) -> Option<Level> {
        self.changes.iter().map(|change| change.level).max()
    }

    /// Who is responsible for what changed or is affected, each with the number of changes and of effects,
    /// sorted by name.
    pub fn owners(&self) -> BTreeMap<&str, (usize, usize)> {
        let changes = self.changes.iter().flat_map(|change| &change.owners);
        tally(changes, self.impact.iter().flat_map(|impact| &impact.owners))
    }

    /// The ids of the departments that the changes or their effects concern, each with the number of both, sorted:
    /// those that lead an activity or contribute to it, and of any other element those of the activities that it is
    /// related to, since they have to fulfil it.
    pub fn departments(&self) -> BTreeMap<&str, (usize, usize)> {
        let changes = self.changes.iter().flat_map(|change| &change.departments);
        tally(changes, self.impact.iter().flat_map(|impact| &impact.departments))
    }
}

/// How often each name is among those of changes and of effects.
fn tally<'c>(
    changes: impl Iterator<Item = &'c String>,
    effects: impl Iterator<Item = &'c String>,
) -> BTreeMap<&'c str, (usize, usize)> {
    let mut tally: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    changes.for_each(|name| tally.entry(name).or_default().0 += 1);
    effects.for_each(|name| tally.entry(name).or_default().1 += 1);
    tally
}

impl fmt::Display for ChangeKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Addition => "addition",
            Self::Removal => "removal",
            Self::Modification => "modification",
            Self::Move => "move",
        })
    }
}

fn is_canvas(handbook: &Handbook, document: Option<DocumentIndex>) -> bool {
    document.is_some_and(|document| handbook.entry(document).document.canvas.is_some())
}

/// An element of a handbook in the form for data.
fn named(handbook: &Handbook, key: ElementKey) -> Option<Named> {
    let (_, element, facts) = handbook.element(key)?;
    Some(Named { id: facts.id.to_owned(), name: element.title().into_owned() })
}

/// Who is responsible for an element: its own owner, else that of the canvas.
fn owner(handbook: &Handbook, key: ElementKey) -> Option<&str> {
    let (entry, _, facts) = handbook.element(key)?;
    facts.owner.or(entry.document.front.owner.as_deref())
}

/// The ids of the departments that an element concerns; see [`Comparison::departments`].
fn departments(handbook: &Handbook, key: ElementKey) -> BTreeSet<&str> {
    let Some((entry, ..)) = handbook.element(key) else { return BTreeSet::new() };
    let Some(canvas) = &entry.document.canvas else { return BTreeSet::new() };
    let is_activity = |element: u32| {
        canvas.kind.block_kind(canvas.elements.block(element)).role == Some(Role::Activities)
    };
    let concerned: Vec<u32> = match is_activity(key.element) {
        true => vec![key.element],
        false => {
            let relations = entry.relations.iter();
            let others = relations.filter_map(|it| match key.element {
                element if it.from == element => Some(it.to),
                element if it.to == element => Some(it.from),
                _ => None,
            });
            others.filter(|other| is_activity(*other)).collect()
        }
    };
    let facts = concerned.into_iter().filter_map(|element| entry.elements.get(element));
    let indexes =
        facts.flat_map(|it| it.department.into_iter().chain(it.contributing.iter().copied()));
    indexes.map(|index| &*handbook.department(index).id).collect()
}

/// Names as a list of owned texts.
fn owned<'n>(names: impl IntoIterator<Item = &'n str>) -> Vec<String> {
    names.into_iter().map(str::to_owned).collect()
}
