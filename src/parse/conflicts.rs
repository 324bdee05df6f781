//! Marks that a merge left behind.

use pulldown_cmark::{Event, Tag};

use super::outline::Events;
use crate::diagnostic::{Diagnostic, catalogue};
use crate::source::{Location, Source};

/// The marks with which git begins and ends a place where two versions meet; a label follows.
const BEGINS: &str = "<<<<<<< ";
const ENDS: &str = ">>>>>>> ";

/// Reports the places where a merge left two versions, except within code.
pub(super) fn tell(source: &Source, events: &Events<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let text = &*source.text;
    if !text.contains(BEGINS) {
        return;
    }
    // In order, and not nested.
    let code: Vec<_> = events
        .iter()
        .filter(|(event, _)| matches!(event, Event::Start(Tag::CodeBlock(_))))
        .map(|(_, range)| range)
        .collect();
    let is_code = |at: usize| {
        let behind = code.partition_point(|range| range.start <= at);
        behind.checked_sub(1).is_some_and(|last| code[last].contains(&at))
    };
    let mut at = 0;
    let mut open = None;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        if !line.starts_with(BEGINS) && !line.starts_with(ENDS) || is_code(start) {
            continue;
        }
        if line.starts_with(BEGINS) {
            open = Some(start..start + line.trim_end().len());
        } else if let Some(span) = open.take() {
            diagnostics.push(catalogue::conflict_marker(Location::new(&source.path, span)));
        }
    }
}
