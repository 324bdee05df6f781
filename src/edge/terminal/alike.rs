//! Findings that are drawn as one: those of one rule in one file are nearly equal, and a page of
//! them would hide everything else.

use std::collections::{BTreeMap, BTreeSet};
use std::iter;

use super::counted;
use crate::check::Rules;
use crate::diagnostic::Diagnostic;
use crate::edge::harmless::one_line;
use crate::edge::places::Places;
use crate::source::SourcePath;

/// How many findings of one rule in one file are each drawn on their own. Of more, only the first
/// is drawn: a pair takes little room, and the line about the rest takes some too.
const DRAWN_ALONE: usize = 2;

/// How many of the findings that are not drawn are named.
const NAMED: usize = 10;

/// A diagnostic to draw, and those like it that are not drawn.
pub(super) struct Alike<'d> {
    pub first: &'d Diagnostic,
    pub others: Vec<&'d Diagnostic>,
}

impl<'d> Alike<'d> {
    /// Groups the findings of each rule in each file at the position of the first of them. Other
    /// diagnostics stay alone, since each is mended in its own way.
    pub fn group(diagnostics: &[&'d Diagnostic], rules: &Rules) -> Vec<Self> {
        let key = |it: &'d Diagnostic| -> Option<(&'d SourcePath, &'d str)> {
            rules.find(&it.code).is_some().then_some((&it.location.file, &*it.code))
        };
        let mut counts: BTreeMap<(&SourcePath, &str), usize> = BTreeMap::new();
        for key in diagnostics.iter().filter_map(|diagnostic| key(diagnostic)) {
            *counts.entry(key).or_default() += 1;
        }
        let mut groups: Vec<Self> = Vec::new();
        let mut started = BTreeMap::new();
        for diagnostic in diagnostics {
            let key = key(diagnostic).filter(|key| counts[key] > DRAWN_ALONE);
            if let Some(at) = key.and_then(|key| started.get(&key)) {
                let group: &mut Self = &mut groups[*at];
                group.others.push(diagnostic);
                continue;
            }
            started.extend(key.map(|key| (key, groups.len())));
            groups.push(Self { first: diagnostic, others: Vec::new() });
        }
        groups
    }

    /// The number of diagnostics in the group.
    pub fn count(&self) -> usize {
        1 + self.others.len()
    }

    /// A note about how many are not drawn, and where: a line of text for each that has a message of
    /// its own, up to `width` columns, else their line numbers. `None` if all are drawn.
    pub fn note(&self, places: &Places<'_>, width: usize) -> Option<String> {
        if self.others.is_empty() {
            return None;
        }
        let head = format!("{} more like it in this file", self.others.len());
        let line = |other: &Diagnostic| Some(places.range(&other.location)?.0.line);
        let has_own_words = self.others.iter().any(|it| it.message != self.first.message);
        if !has_own_words {
            let lines: BTreeSet<usize> = self.others.iter().filter_map(|it| line(it)).collect();
            return Some(head + &on_lines(&lines));
        }
        let shown = self.others.iter().take(NAMED).map(|other| {
            let message = one_line(&other.message, width);
            line(other).map_or(message.clone(), |line| format!("line {line}: {message}"))
        });
        let more = self.others.len().saturating_sub(NAMED);
        let more = (more > 0).then(|| format!("and {}", counted(more, "other", "others")));
        let rows: Vec<String> = iter::once(head + ":").chain(shown).chain(more).collect();
        Some(rows.join("\n"))
    }
}

/// `, on lines 12, 15 and 20`; empty if there are none.
fn on_lines(lines: &BTreeSet<usize>) -> String {
    let mut named: Vec<String> = lines.iter().take(NAMED).map(usize::to_string).collect();
    let more = lines.len().saturating_sub(NAMED);
    if more > 0 {
        named.push(counted(more, "other", "others"));
    }
    match &named[..] {
        [] => String::new(),
        [line] => format!(", on line {line}"),
        [lines @ .., last] => format!(", on lines {} and {last}", lines.join(", ")),
    }
}
