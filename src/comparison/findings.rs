//! Findings that only one side has.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::matching::Matched;
use super::{Documents, Named, Sides, named};
use crate::check::{Finding, gaps};
use crate::diagnostic::{Code, Severity};
use crate::handbook::{DocumentIndex, ElementKey, Handbook};
use crate::source::SourcePath;

/// What happened to a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Only the side after has it, or it is not waived only there.
    New,
    /// It is waived only on the side after.
    Waived,
    /// Only the side before has it.
    Mended,
}

/// A finding that is not on both sides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FindingChange {
    /// What happened to it.
    pub outcome: Outcome,
    /// Its code.
    pub code: Code,
    /// Its severity.
    pub severity: Severity,
    /// Its message.
    pub message: String,
    /// The path of the document: after the change, unless the finding is mended.
    pub canvas: SourcePath,
    /// The document, and the element that it is about, in the handbook of that side.
    pub place: (DocumentIndex, Option<u32>),
    /// The element that it is about, if it is about one.
    pub element: Option<Named>,
    /// The reason of its waiver.
    pub reason: Option<String>,
    /// Who is responsible for its subject.
    pub owners: Vec<String>,
}

/// The identity of a finding, in terms of the side after: its code and its element. A diagnostic that is not of a
/// rule may occur several times in one element; these, and those without an element, are distinguished by their
/// messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Mark<'h> {
    Element(&'h str, ElementKey, &'h str),
    Document(&'h str, DocumentIndex, &'h str),
}

impl<'h> Mark<'h> {
    fn of(finding: &'h Finding, document: DocumentIndex, element: Option<ElementKey>) -> Self {
        let diagnostic = &finding.diagnostic;
        match element {
            Some(element) if finding.rule.is_some() => Self::Element(&diagnostic.code, element, ""),
            Some(element) => Self::Element(&diagnostic.code, element, &diagnostic.message),
            None => Self::Document(&diagnostic.code, document, &diagnostic.message),
        }
    }
}

/// The findings that only one side has: new ones, then waived ones, then mended ones; the worst first. A canvas
/// that is removed mends nothing.
pub(super) fn of(sides: Sides<'_>, matched: &Matched, documents: &Documents) -> Vec<FindingChange> {
    let Some([before, after]) = sides.findings else { return Vec::new() };
    let mut left: HashMap<Mark<'_>, Vec<(DocumentIndex, &Finding)>> = HashMap::new();
    let mut gone = Vec::new();
    for (old, new) in documents.iter().copied() {
        let (Some(old), Some(new)) = (old, new) else { continue };
        for finding in before.of(old).iter().filter(|finding| finding.waived.is_none()) {
            let key = finding.element.map(|element| ElementKey { document: old, element });
            let partner = key.map(|key| matched.after(key).map(|(partner, _)| partner));
            match partner {
                Some(None) => gone.push((old, finding)),
                Some(Some(partner)) => {
                    let mark = Mark::of(finding, new, Some(partner));
                    left.entry(mark).or_default().push((old, finding));
                }
                None => left.entry(Mark::of(finding, new, None)).or_default().push((old, finding)),
            }
        }
    }
    let mut found = Vec::new();
    for document in documents.iter().filter_map(|(_, new)| *new) {
        for finding in after.of(document) {
            let key = finding.element.map(|element| ElementKey { document, element });
            let was = left.get_mut(&Mark::of(finding, document, key)).and_then(Vec::pop);
            let outcome = match (was, finding.waived) {
                (None, None) => Outcome::New,
                (Some(_), Some(_)) => Outcome::Waived,
                (Some(_), None) | (None, Some(_)) => continue,
            };
            found.push(change(sides.after, document, finding, outcome));
        }
    }
    let mended = left.into_values().flatten().chain(gone);
    found.extend(mended.map(|(old, it)| change(sides.before, old, it, Outcome::Mended)));
    found.sort_by(|a, b| {
        let key = |it: &FindingChange| (it.outcome, Reverse(it.severity));
        let place = |it: &'_ FindingChange| (it.canvas.clone(), it.code.clone());
        let said = a.message.cmp(&b.message);
        key(a).cmp(&key(b)).then_with(|| place(a).cmp(&place(b))).then(said)
    });
    found
}

fn change(
    handbook: &Handbook,
    document: DocumentIndex,
    finding: &Finding,
    outcome: Outcome,
) -> FindingChange {
    let entry = handbook.entry(document);
    let element = finding.element.map(|element| ElementKey { document, element });
    let waiver = finding.waived.and_then(|at| entry.document.front.waive.get(at as usize));
    FindingChange {
        outcome,
        code: finding.diagnostic.code.clone(),
        severity: finding.diagnostic.severity,
        message: finding.diagnostic.message.to_string(),
        canvas: entry.document.path.clone(),
        place: (document, finding.element),
        element: element.and_then(|key| named(handbook, key)),
        reason: waiver.map(|waiver| waiver.reason.clone()),
        owners: gaps::owner(entry, finding).map(str::to_owned).into_iter().collect(),
    }
}
