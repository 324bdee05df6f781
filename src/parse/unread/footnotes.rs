//! Footnotes and their marks.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::Walk;
use crate::diagnostic::catalogue;
use crate::source::Span;

/// The footnotes met so far.
#[derive(Default)]
pub(super) struct Footnotes<'w> {
    /// The referenced footnotes, by the footnote that contains the mark; `None` for the text of the
    /// document.
    referred: BTreeMap<Option<String>, BTreeSet<String>>,
    /// Footnotes that only labels refer to, each with the first mark.
    in_labels: BTreeMap<String, Range<usize>>,
    /// The definitions, each with its name and its place.
    defined: Vec<(&'w str, Range<usize>)>,
    /// The open footnote.
    open: Option<String>,
}

impl<'w> Footnotes<'w> {
    /// Counts a mark; that of a label is not shown.
    pub(super) fn refer(&mut self, name: &str, mark: &Range<usize>, is_shown: bool) {
        let name = name.to_lowercase();
        if is_shown {
            self.referred.entry(self.open.clone()).or_default().insert(name);
        } else {
            self.in_labels.entry(name).or_insert_with(|| mark.clone());
        }
    }

    pub(super) fn define(&mut self, label: &'w str, range: &Range<usize>) {
        self.defined.push((label, range.clone()));
        self.open = Some(label.to_lowercase());
    }

    /// The end of a footnote.
    pub(super) fn end(&mut self) {
        self.open = None;
    }

    /// The footnotes that the text refers to, directly or through others.
    fn reached(&mut self) -> BTreeSet<String> {
        let mut reached = BTreeSet::new();
        let mut rest: Vec<String> = self.referred.remove(&None).into_iter().flatten().collect();
        while let Some(name) = rest.pop() {
            if !reached.contains(&name) {
                let further = self.referred.remove(&Some(name.clone()));
                rest.extend(further.into_iter().flatten());
                reached.insert(name);
            }
        }
        reached
    }

    /// Reports those that are shown nowhere, and returns their places.
    pub(super) fn finish(mut self, walk: &mut Walk<'_, '_>) -> Box<[Span]> {
        let mut unused = Vec::new();
        let reached = self.reached();
        let mut first: BTreeMap<String, Range<usize>> = BTreeMap::new();
        for (label, range) in self.defined {
            let range = range.start..range.start + walk.text[range].trim_end().len();
            let name = label.to_lowercase();
            if let Some(before) = first.get(&name) {
                let before = walk.at(before.clone());
                unused.push(Span::from(range.clone()));
                walk.tell(range, |place| catalogue::repeated_footnote(place, label, before));
                continue;
            }
            if !reached.contains(&name) {
                unused.push(Span::from(range.clone()));
                let mark = self.in_labels.get(&name).map(|mark| walk.at(mark.clone()));
                walk.tell(range.clone(), |place| match mark {
                    Some(mark) => catalogue::footnote_of_label(place, label, mark),
                    None => catalogue::unused_footnote(place, label),
                });
            }
            first.insert(name, range);
        }
        unused.into()
    }
}
