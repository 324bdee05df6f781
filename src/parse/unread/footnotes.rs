//! Footnotes and their marks.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::Walk;
use crate::diagnostic::catalogue;

/// The footnotes met so far.
#[derive(Default)]
pub(super) struct Footnotes<'w> {
    referred: BTreeSet<String>,
    /// Each with its name and its place.
    defined: Vec<(&'w str, Range<usize>)>,
}

impl<'w> Footnotes<'w> {
    pub(super) fn refer(&mut self, label: &str) {
        self.referred.insert(label.to_lowercase());
    }

    pub(super) fn define(&mut self, label: &'w str, range: &Range<usize>) {
        self.defined.push((label, range.clone()));
    }

    /// Tells those that are shown nowhere.
    pub(super) fn finish(self, walk: &mut Walk<'_, '_>) {
        let mut first: BTreeMap<String, Range<usize>> = BTreeMap::new();
        for (label, range) in self.defined {
            let range = range.start..range.start + walk.text[range].trim_end().len();
            let name = label.to_lowercase();
            if let Some(before) = first.get(&name) {
                let before = walk.at(before.clone());
                walk.tell(range, |place| catalogue::repeated_footnote(place, label, before));
                continue;
            }
            if !self.referred.contains(&name) {
                walk.tell(range.clone(), |place| catalogue::unused_footnote(place, label));
            }
            first.insert(name, range);
        }
    }
}
