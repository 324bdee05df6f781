//! Gaps: what does not fit together in business models, by rule, canvas, department and owner.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Add;
use std::sync::OnceLock;

use super::{Finding, Findings};
use crate::diagnostic::Code;
use crate::handbook::{DepartmentIndex, DocumentIndex, Entry, Handbook};

/// The number of findings of rules of coherence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GapCounts {
    /// The findings that are not waived.
    pub open: usize,
    /// The findings that are waived.
    pub waived: usize,
}

impl Add for GapCounts {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { open: self.open + other.open, waived: self.waived + other.waived }
    }
}

/// A finding of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GapKey {
    /// The document.
    pub document: DocumentIndex,
    /// An index into what [`Findings::of`] returns.
    pub finding: u32,
}

/// The criterion by which gaps are gathered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// By the rule that found them.
    Rule,
    /// By the canvas that they are in.
    Canvas,
    /// By the department that leads the activity.
    Department,
    /// By who is responsible for the element, else for the canvas.
    Owner,
}

impl By {
    /// All, in the order in which pages name them.
    pub const ALL: [Self; 4] = [Self::Rule, Self::Canvas, Self::Department, Self::Owner];
}

/// What the gaps of a group have in common. Groups without it are sorted last.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Concern {
    /// The rule that found them.
    Rule(Code),
    /// Their canvas.
    Canvas(DocumentIndex),
    /// The department that leads the activity.
    Department(DepartmentIndex),
    /// Who is responsible: an index into [`crate::handbook::Lists::owners`].
    Owner(usize),
    /// No department leads it, or nobody is responsible for it.
    Nobody,
    /// A canvas waives them.
    Waived,
}

/// Gaps that have something in common, in the order of the documents.
#[derive(Clone, Debug)]
pub struct Group {
    /// What they have in common.
    pub of: Concern,
    /// How many gaps are in the groups before this one.
    pub start: usize,
    /// The gaps.
    pub gaps: Vec<GapKey>,
}

/// The gaps of a handbook, gathered when they are first needed.
#[derive(Debug, Default)]
pub struct Gaps {
    by: [OnceLock<Vec<Group>>; By::ALL.len()],
}

impl Gaps {
    /// The gaps of all canvases except scenarios in groups, the largest first; by rule, the waived ones come last.
    pub fn by(&self, by: By, handbook: &Handbook, findings: &Findings) -> &[Group] {
        self.by[by as usize].get_or_init(|| gather(by, handbook, findings))
    }
}

fn gather(by: By, handbook: &Handbook, findings: &Findings) -> Vec<Group> {
    let mut groups: BTreeMap<Concern, Vec<GapKey>> = BTreeMap::new();
    for (document, entry) in handbook.entries() {
        // A gap in a scenario's plan is not a gap in reality.
        if findings.gaps(document) == GapCounts::default() || entry.document.is_scenario() {
            continue;
        }
        for (finding, found) in (0u32..).zip(findings.of(document)) {
            let of = match (by, found.waived) {
                _ if !found.is_coherence => continue,
                (By::Rule, Some(_)) => Concern::Waived,
                (_, Some(_)) => continue,
                (By::Rule, None) => Concern::Rule(found.diagnostic.code.clone()),
                (By::Canvas, None) => Concern::Canvas(document),
                (By::Department, None) => {
                    let department = department(entry, found);
                    department.map_or(Concern::Nobody, Concern::Department)
                }
                (By::Owner, None) => {
                    let owner = owner(entry, found);
                    let owner = owner.and_then(|owner| handbook.lists.owner(owner));
                    owner.map_or(Concern::Nobody, Concern::Owner)
                }
            };
            groups.entry(of).or_default().push(GapKey { document, finding });
        }
    }
    let mut groups: Vec<(Concern, Vec<GapKey>)> = groups.into_iter().collect();
    groups.sort_by_key(|(of, gaps)| {
        let is_last = matches!(of, Concern::Nobody | Concern::Waived);
        (is_last, Reverse(gaps.len()))
    });
    let mut start = 0;
    let groups = groups.into_iter().map(|(of, gaps)| {
        let group = Group { of, start, gaps };
        start += group.gaps.len();
        group
    });
    groups.collect()
}

/// The department that leads the activity that a gap is about.
pub fn department(entry: &Entry, gap: &Finding) -> Option<DepartmentIndex> {
    entry.elements.get(gap.element?)?.department
}

/// Who is responsible for the element that a gap is about, else for the canvas.
pub fn owner<'e>(entry: &'e Entry, gap: &Finding) -> Option<&'e str> {
    let element = gap.element.and_then(|element| entry.elements.get(element)?.owner);
    element.or(entry.document.front.owner.as_deref())
}
