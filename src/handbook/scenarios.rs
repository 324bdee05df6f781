//! Canvases that are variants of others, and those that are compared.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{DocumentIndex, Entry};
use crate::diagnostic::{Diagnostic, catalogue};
use crate::source::{Location, Spanned};

/// The scenarios of all canvases, and which canvases are compared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scenarios {
    by_base: BTreeMap<DocumentIndex, Vec<DocumentIndex>>,
    /// Each pair once, sorted by the canvas that names the other one.
    pairs: Vec<Beside>,
    /// The indexes of a canvas's pairs, by either canvas.
    by_canvas: BTreeMap<DocumentIndex, Vec<u32>>,
}

/// Two canvases that are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Beside {
    /// The canvas that names the other one: the scenario.
    pub after: DocumentIndex,
    /// The canvas that it names: its base.
    pub before: DocumentIndex,
}

impl Scenarios {
    /// The canvases that are based on one, in order.
    pub fn of(&self, base: DocumentIndex) -> &[DocumentIndex] {
        self.by_base.get(&base).map_or(&[], |scenarios| scenarios)
    }

    /// How many canvases are scenarios.
    pub fn count(&self) -> usize {
        self.by_base.values().map(Vec::len).sum()
    }

    /// Every scenario with its base, and every two canvases of which one names the other in `compare_with`.
    pub fn pairs(&self) -> &[Beside] {
        &self.pairs
    }

    /// The indexes of the pairs that a canvas is in.
    pub fn pairs_of(&self, canvas: DocumentIndex) -> &[u32] {
        self.by_canvas.get(&canvas).map_or(&[], |pairs| pairs)
    }

    /// Gathers them from the canvases that name another one, `naming`. Reports errors in what they name.
    pub(super) fn gather(
        entries: &[Arc<Entry>],
        naming: &BTreeSet<u32>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        let at = |index: DocumentIndex| &*entries[index.0 as usize];
        let mut scenarios = Self::default();
        let mut known: BTreeSet<(DocumentIndex, DocumentIndex)> = BTreeSet::new();
        let circles = circles(entries, naming);
        for after in naming.iter().copied().map(DocumentIndex) {
            let entry = at(after);
            let front = &entry.document.front;
            let named = [
                ("based_on", entry.based_on, &front.based_on),
                ("compare_with", entry.compare_with, &front.compare_with),
            ];
            for (key, before, written) in named {
                let (Some(before), Some(Spanned { span, .. })) = (before, written) else {
                    continue;
                };
                let place = || Location::new(&entry.document.path, *span);
                let title = &at(before).document.title;
                if before == after {
                    diagnostics.push(catalogue::named_itself(place(), key));
                } else if at(before).document.canvas.is_none() {
                    diagnostics.push(catalogue::no_canvas_to_compare(place(), key, title));
                } else if key == "based_on" && circles.contains(&after) {
                    diagnostics.push(catalogue::bases_in_a_circle(place(), title));
                } else {
                    if key == "based_on" {
                        scenarios.by_base.entry(before).or_default().push(after);
                    }
                    if known.insert((before.min(after), before.max(after))) {
                        scenarios.pairs.push(Beside { after, before });
                    }
                }
            }
        }
        for (place, pair) in (0u32..).zip(&scenarios.pairs) {
            for canvas in [pair.before, pair.after] {
                scenarios.by_canvas.entry(canvas).or_default().push(place);
            }
        }
        scenarios
    }
}

/// The canvases whose bases lead back to themselves. Each is visited once.
fn circles(entries: &[Arc<Entry>], naming: &BTreeSet<u32>) -> BTreeSet<DocumentIndex> {
    let base = |index: DocumentIndex| entries[index.0 as usize].based_on;
    let mut done: BTreeSet<DocumentIndex> = BTreeSet::new();
    let mut circles = BTreeSet::new();
    for start in naming.iter().copied().map(DocumentIndex) {
        let mut way: Vec<DocumentIndex> = Vec::new();
        let mut on_way: BTreeSet<DocumentIndex> = BTreeSet::new();
        let mut next = Some(start);
        while let Some(canvas) = next.filter(|canvas| !done.contains(canvas)) {
            if !on_way.insert(canvas) {
                let first = way.iter().position(|it| *it == canvas).unwrap_or(0);
                circles.extend(&way[first..]);
                break;
            }
            way.push(canvas);
            next = base(canvas);
        }
        done.extend(way);
    }
    circles
}
