//! The references that lead to each document.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::relations::references;
use super::{DocumentIndex, Entry, Reference};

/// Whether a reference is listed at its target. A relation is listed as such at both ends.
fn is_backlink(reference: &Reference) -> bool {
    reference.from != reference.to && !reference.is_relation()
}

/// The references that lead to each document. `changed` are the documents whose references may differ
/// from those in `backlinks`.
pub(super) fn turn_round(
    backlinks: &Arc<[Arc<[Reference]>]>,
    old: &[Arc<Entry>],
    new: &[Arc<Entry>],
    changed: &BTreeSet<u32>,
) -> Arc<[Arc<[Reference]>]> {
    let of = |entries: &[Arc<Entry>], index: u32| -> Vec<Reference> {
        let entry = entries.get(index as usize);
        let found = entry.map(|e| references(DocumentIndex(index), &e.document, &e.targets));
        found.into_iter().flatten().filter(is_backlink).collect()
    };
    let mut come: Vec<Option<Vec<Reference>>> = vec![None; new.len()];
    let mut moved = BTreeSet::new();
    for index in changed {
        let (before, now) = (of(old, *index), of(new, *index));
        if before == now {
            continue;
        }
        moved.insert(*index);
        for reference in before {
            come[reference.to.document.0 as usize].get_or_insert_default();
        }
        for reference in now {
            come[reference.to.document.0 as usize].get_or_insert_default().push(reference);
        }
    }
    if moved.is_empty() {
        return Arc::clone(backlinks);
    }
    let places = come.into_iter().zip(backlinks.iter());
    let turned = places.map(|(come, there)| {
        let Some(mut come) = come else { return Arc::clone(there) };
        let stay = there.iter().filter(|found| !moved.contains(&found.from.document.0));
        come.extend(stay.copied());
        come.sort_unstable_by_key(|found| (found.to, found.from, found.link));
        come.into()
    });
    turned.collect()
}
