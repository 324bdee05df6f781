//! All diagnostics of a handbook, kept by document, so that an edit costs what it touches: no list of
//! all is copied or sorted, and printing merges them.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::iter;
use std::ops::Add;
use std::sync::Arc;

use rayon::prelude::*;

use super::weigh::weigh;
use super::{GapCounts, RuleIndex, Rules};
use crate::diagnostic::{self, Diagnostic, Severity};
use crate::handbook::{DocumentIndex, ElementKey, Handbook};
use crate::source::SourcePath;

/// A diagnostic with its rule, its element and its waiver.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule that found it; `None` if reading or resolving did.
    pub rule: Option<RuleIndex>,
    /// The element that it is about: an index into [`crate::canvas::Canvas::elements`]. `None` if it
    /// is about the document, a block or a department.
    pub element: Option<u32>,
    /// The waiver that covers it: an index into [`crate::front_matter::FrontMatter::waive`]. Such a
    /// finding is kept, but neither printed nor counted.
    pub waived: Option<u32>,
    /// Whether its rule asks if the business model fits together.
    pub is_coherence: bool,
    /// The diagnostic.
    pub diagnostic: Diagnostic,
}

impl From<Diagnostic> for Finding {
    /// A finding of no rule, about no element.
    fn from(diagnostic: Diagnostic) -> Self {
        Self { rule: None, element: None, waived: None, is_coherence: false, diagnostic }
    }
}

impl Finding {
    /// Whether a build only counts it: advice of a rule, and anything that does not fit together in a model
    /// that is written well.
    fn is_only_counted(&self) -> bool {
        match self.diagnostic.severity {
            Severity::Error => false,
            Severity::Warning => self.is_coherence,
            Severity::Advice => self.rule.is_some(),
        }
    }
}

/// The number of findings, without those that are waived.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Errors, of rules and others.
    pub errors: usize,
    /// Warnings except those of coherence, and advice that is not a rule's.
    pub warnings: usize,
    /// Findings of rules of coherence, unless they count as errors.
    pub coherence: usize,
    /// Advice of other rules.
    pub advice: usize,
}

impl Add for Counts {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            errors: self.errors + other.errors,
            warnings: self.warnings + other.warnings,
            coherence: self.coherence + other.coherence,
            advice: self.advice + other.advice,
        }
    }
}

/// Findings in the order in which they are shown. Cheap to clone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Sorted {
    all: Arc<[Finding]>,
    counts: Counts,
    gaps: GapCounts,
    /// Whether they are those of a scenario, whose gaps are not counted.
    is_scenario: bool,
}

impl Sorted {
    fn new(mut findings: Vec<Finding>) -> Self {
        // Errors of reading come before findings about what is missing: a comment that is not closed
        // before the blocks that it hides.
        findings.sort_by(|a, b| {
            let by_cause = a.rule.is_some().cmp(&b.rule.is_some());
            let by_file = a.diagnostic.location.file.cmp(&b.diagnostic.location.file);
            by_file.then(by_cause).then_with(|| diagnostic::order(&a.diagnostic, &b.diagnostic))
        });
        let mut counts = Counts::default();
        for finding in findings.iter().filter(|finding| finding.waived.is_none()) {
            match finding.diagnostic.severity {
                Severity::Error => counts.errors += 1,
                _ if finding.is_coherence => counts.coherence += 1,
                _ if finding.is_only_counted() => counts.advice += 1,
                _ => counts.warnings += 1,
            }
        }
        let mut gaps = GapCounts::default();
        for finding in findings.iter().filter(|finding| finding.is_coherence) {
            match finding.waived {
                None => gaps.open += 1,
                Some(_) => gaps.waived += 1,
            }
        }
        Self { all: findings.into(), counts, gaps, is_scenario: false }
    }

    /// The findings that are not waived.
    fn shown(&self) -> impl Iterator<Item = &Finding> {
        self.all.iter().filter(|finding| finding.waived.is_none())
    }

    /// The findings that a build prints.
    fn printed(&self) -> impl Iterator<Item = &Diagnostic> {
        let printed = self.shown().filter(|finding| !finding.is_only_counted());
        printed.map(|finding| &finding.diagnostic)
    }
}

/// The findings of each document of a handbook. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    of: Arc<[Sorted]>,
    /// The gaps of all documents except scenarios.
    all_gaps: GapCounts,
}

impl Findings {
    /// Updates the documents that were touched, or all. `read` returns the diagnostics of reading and
    /// resolving a document.
    pub fn update<'s, I>(
        &mut self,
        handbook: &Handbook,
        rules: &Rules,
        touched: Option<&BTreeSet<u32>>,
        read: impl Fn(DocumentIndex) -> I + Sync,
    ) where
        I: Iterator<Item = &'s Diagnostic>,
    {
        let find = |index: u32| {
            let index = DocumentIndex(index);
            let is_scenario = handbook.entry(index).document.is_scenario();
            Sorted { is_scenario, ..Sorted::new(weigh(handbook, index, rules, read(index))) }
        };
        let Some(touched) = touched else {
            let count = u32::try_from(handbook.documents.len()).unwrap_or(u32::MAX);
            let all: Vec<Sorted> = (0..count).into_par_iter().map(find).collect();
            self.set(all);
            return;
        };
        let fresh = touched.iter().map(|index| (*index as usize, find(*index)));
        let fresh: Vec<(usize, Sorted)> =
            fresh.filter(|(at, found)| *found != self.of[*at]).collect();
        if !fresh.is_empty() {
            let mut of = self.of.to_vec();
            for (at, found) in fresh {
                of[at] = found;
            }
            self.set(of);
        }
    }

    fn set(&mut self, of: Vec<Sorted>) {
        let counted = of.iter().filter(|found| !found.is_scenario);
        self.all_gaps = counted.fold(GapCounts::default(), |sum, found| sum + found.gaps);
        self.of = of.into();
    }

    /// The findings of a document: those of reading it, then those of rules, each by place, including waived
    /// ones.
    pub fn of(&self, document: DocumentIndex) -> &[Finding] {
        self.of.get(document.0 as usize).map_or(&[], |found| &found.all)
    }

    /// The gaps of a document.
    pub fn gaps(&self, document: DocumentIndex) -> GapCounts {
        self.of.get(document.0 as usize).map_or_else(GapCounts::default, |found| found.gaps)
    }

    /// The gaps of all documents except scenarios.
    pub fn all_gaps(&self) -> GapCounts {
        self.all_gaps
    }

    /// The findings of an element, by place, including waived ones.
    pub fn of_element(&self, key: ElementKey) -> impl Iterator<Item = &Finding> {
        self.of(key.document).iter().filter(move |finding| finding.element == Some(key.element))
    }
}

/// All diagnostics of a handbook, in the order in which they are shown: those of documents, and those of
/// the handbook as a whole, e.g. of the configuration. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    findings: Findings,
    others: Sorted,
}

impl Diagnostics {
    /// Combines those of documents with others.
    pub fn new(findings: Findings, others: Vec<Diagnostic>) -> Self {
        Self { findings, others: Sorted::new(others.into_iter().map(Finding::from).collect()) }
    }

    /// Adds diagnostics that belong to no document.
    #[must_use]
    pub fn with(mut self, more: &[Diagnostic]) -> Self {
        if !more.is_empty() {
            let more = more.iter().cloned().map(Finding::from);
            self.others = Sorted::new(self.others.all.iter().cloned().chain(more).collect());
        }
        self
    }

    /// Every diagnostic, without findings that are waived.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.chosen(|_| true, |_| true)
    }

    /// The errors.
    pub fn errors(&self) -> impl Iterator<Item = &Diagnostic> {
        let is_error = |finding: &Finding| finding.diagnostic.severity == Severity::Error;
        self.chosen(|counts| counts.errors > 0, is_error)
    }

    /// The diagnostics that a build prints: all except those that it only counts.
    pub fn printed(&self) -> impl Iterator<Item = &Diagnostic> {
        let is_printed = |finding: &Finding| !finding.is_only_counted();
        self.chosen(|counts| counts.errors + counts.warnings > 0, is_printed)
    }

    /// The number of diagnostics.
    pub fn counts(&self) -> Counts {
        self.lists().fold(Counts::default(), |sum, found| sum + found.counts)
    }

    /// Whether one of them is an error.
    pub fn has_errors(&self) -> bool {
        self.counts().errors > 0
    }

    /// Whether a build prints the same severities, codes, files and messages as one of `before` did.
    /// Lines do not count: otherwise a line that is added would print everything below it again.
    pub fn print_as(&self, before: &Self) -> bool {
        fn key(it: &Diagnostic) -> (Severity, &str, &SourcePath, &str) {
            (it.severity, &it.code, &it.location.file, &it.message)
        }
        let printed = |found: &'_ Sorted| found.counts.errors + found.counts.warnings > 0;
        let is_same = |(now, then): (&Sorted, &Sorted)| {
            // Most documents are unchanged.
            Arc::ptr_eq(&now.all, &then.all)
                || !printed(now) && !printed(then)
                || now.printed().map(key).eq(then.printed().map(key))
        };
        self.findings.of.len() == before.findings.of.len()
            && self.lists().zip(before.lists()).all(is_same)
            || self.printed().map(key).eq(before.printed().map(key))
    }

    fn lists(&self) -> impl Iterator<Item = &Sorted> {
        self.findings.of.iter().chain([&self.others])
    }

    /// Merges the chosen findings from the lists that have any.
    fn chosen(
        &self,
        has_any: impl Fn(Counts) -> bool,
        is_chosen: impl Fn(&Finding) -> bool + Copy,
    ) -> impl Iterator<Item = &Diagnostic> {
        // Documents are sorted by path, and so are all their findings.
        let lists = self.findings.of.iter().filter(move |found| has_any(found.counts));
        let chosen = move |finding: &&Finding| is_chosen(finding);
        let mut documents = lists.flat_map(Sorted::shown).filter(chosen).peekable();
        let mut others = self.others.shown().filter(chosen).peekable();
        iter::from_fn(move || {
            let is_others = match (documents.peek(), others.peek()) {
                (Some(one), Some(other)) => {
                    diagnostic::order(&other.diagnostic, &one.diagnostic) == Ordering::Less
                }
                (one, _) => one.is_none(),
            };
            let next = if is_others { others.next() } else { documents.next() };
            next.map(|finding| &finding.diagnostic)
        })
    }
}

#[cfg(test)]
mod tests;
