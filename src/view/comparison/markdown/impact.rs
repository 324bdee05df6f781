//! The effects of the changes, in a comment: the worst first, and whom to ask.

use std::collections::BTreeMap;

use super::changes::NAME;
use super::escaped::escaped;
use super::{Comment, SENTENCE};
use crate::comparison::findings::Outcome as FindingOutcome;
use crate::comparison::{Change, Detail, Effect, FindingChange, Level, Outcome};
use crate::view::comparison::{department, effect, finding, sign};

/// How many items of each list are open.
const OPEN: usize = 8;

/// The number of bytes for all lists together.
const LISTS: usize = 20_000;

/// How many owners, and how many departments, are named.
const MOST_ASKED: usize = 20;

impl Comment<'_> {
    /// Writes what loses its last support, which promises go or change, which references break, which findings are
    /// new, what loses some support, and which findings remain or are mended.
    pub(super) fn impact(&mut self) {
        let comparison = self.comparison;
        let promises: Vec<&[Change]> = comparison
            .changes
            .chunk_by(|a, b| a.element.is_some() && a.element == b.element && a.canvas == b.canvas)
            .filter(|changes| changes.iter().any(|change| change.level == Level::Promise))
            .collect();
        let promises = promises.into_iter().map(|changes| self.promise(changes)).collect();
        let lists = [
            ("comment_falls", self.effects(Effect::Falls)),
            ("comment_promises", promises),
            ("comment_breaks", self.effects(Effect::Breaks)),
            ("findings_new", self.findings(FindingOutcome::New)),
            ("comment_weakened", self.effects(Effect::Weakened)),
            ("waived", self.findings(FindingOutcome::Waived)),
            ("findings_mended", self.findings(FindingOutcome::Mended)),
        ];
        let asked = self.asked();
        if lists.iter().any(|(_, items)| !items.is_empty()) {
            self.text.push_str(&format!("### {}\n\n", self.word("diff_impact")));
        }
        let end = self.text.len() + LISTS;
        for (key, items) in lists.into_iter().filter(|(_, items)| !items.is_empty()) {
            let heading = format!("{} ({})", self.word(key), items.len());
            self.text.push_str(&format!("{}\n\n", self.bold(&heading)));
            let room = self.room(end.saturating_sub(self.text.len()));
            self.list(items, OPEN, room);
        }
        if !asked.is_empty() {
            self.text.push_str(&format!("### {}\n\n", self.word("diff_owners")));
            let room = self.room(LISTS);
            self.list(asked, 2, room);
        }
    }

    /// The effects on elements, one item for each.
    fn effects(&self, wanted: Effect) -> Vec<String> {
        let effects = self.comparison.impact.iter().filter(|impact| impact.effect == wanted);
        let item = |impact: &crate::comparison::Impact| {
            // If it is not an element, it has the title of its document.
            let place = || self.place(&impact.canvas, impact.block.as_deref());
            let place = impact.element.as_ref().map(|_| place());
            let said = escaped(&effect(impact, self.words), SENTENCE);
            let asked = impact.owners.iter().map(|owner| escaped(owner, NAME));
            let about: Vec<String> = place.into_iter().chain(asked).collect();
            let title = || self.handbooks.title(&impact.canvas);
            let name = impact.element.as_ref().map_or_else(title, |element| &element.name);
            format!("{}{} {said}", self.bold(&escaped(name, NAME)), self.aside(&about.join(" · ")))
        };
        effects.map(item).collect()
    }

    /// A promise that goes or changes.
    fn promise(&self, changes: &[Change]) -> String {
        // A new name may be the promise itself: `Repair within two days`.
        let is_shown =
            |change: &&Change| change.level == Level::Promise || change.detail == Detail::Name;
        let graves = changes.iter().filter(is_shown);
        // An added or removed element without a text needs no more words.
        let said: Vec<String> =
            graves.map(|change| self.said(change)).filter(|said| !said.is_empty()).collect();
        let said = if said.is_empty() { String::new() } else { format!(": {}", said.join("; ")) };
        let first = &changes[0];
        let name = first
            .element
            .as_ref()
            .map_or_else(|| self.handbooks.title(&first.canvas), |it| &it.name);
        let place = self.place(&first.canvas, first.block.as_deref());
        let asked = first.owners.iter().map(|owner| escaped(owner, NAME));
        let about: Vec<String> = std::iter::once(place).chain(asked).collect();
        let sign = self.sign(sign(Outcome::of(first.kind)));
        let name = self.bold(&escaped(name, NAME));
        format!("{sign} {name}{}{said}", self.aside(&about.join(" · ")))
    }

    fn findings(&self, wanted: FindingOutcome) -> Vec<String> {
        let found = self.comparison.findings.iter().filter(|it| it.outcome == wanted);
        let item = |found: &FindingChange| {
            let place = found.element.as_ref().map(|_| self.place(&found.canvas, None));
            let title = || self.handbooks.title(&found.canvas);
            let name = found.element.as_ref().map_or_else(title, |element| &element.name);
            let name = self.bold(&escaped(name, NAME));
            let said = escaped(&finding(self.handbooks, found, self.words), SENTENCE);
            let reason =
                found.reason.as_ref().map(|reason| format!(": {}", escaped(reason, SENTENCE)));
            let about = [escaped(&found.code, NAME)].into_iter().chain(place);
            let about = self.aside(&about.collect::<Vec<_>>().join(" · "));
            format!("{name} {said}{}{about}", reason.unwrap_or_default())
        };
        found.map(item).collect()
    }

    /// The owners and the departments to ask, those with most changes first, each with the number
    /// of these.
    fn asked(&self) -> Vec<String> {
        let departments = self.comparison.departments().into_iter();
        let departments = departments.map(|(id, count)| (department(self.handbooks, id), count));
        let all = [("owners", self.comparison.owners()), ("departments", departments.collect())];
        let all = all.into_iter().filter(|(_, asked)| !asked.is_empty());
        all.map(|(key, asked)| format!("{}: {}", self.word(key), self.named(asked))).collect()
    }

    fn named(&self, asked: BTreeMap<&str, (usize, usize)>) -> String {
        let mut asked: Vec<(&str, usize)> =
            asked.into_iter().map(|(name, (changes, effects))| (name, changes + effects)).collect();
        asked.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let more = asked.len().saturating_sub(MOST_ASKED);
        let named = asked.iter().take(MOST_ASKED);
        let named =
            named.map(|(name, count)| format!("{} ({count})", self.bold(&escaped(name, NAME))));
        let more = (more > 0).then(|| self.counted("more_entries", more));
        named.chain(more).collect::<Vec<_>>().join(", ")
    }
}
