//! A comparison as data: the output of `diff --format json`.

use serde::Serialize;

use crate::comparison::{
    Change, ChangeKind, Comparison, Effect, FindingChange, Impact, Level, Named, findings,
};
use crate::diagnostic::Severity;

/// The changes, their effects, and the findings that only one side has.
#[derive(Debug, Serialize)]
pub struct ComparisonJson<'c> {
    changes: Vec<ChangeJson<'c>>,
    impact: Vec<ImpactJson<'c>>,
    findings: Vec<FindingJson<'c>>,
}

#[derive(Debug, Serialize)]
struct ChangeJson<'c> {
    change: ChangeKind,
    level: Level,
    canvas: &'c str,
    block: Option<&'c str>,
    element: Option<&'c Named>,
    from: Option<&'c str>,
    to: Option<&'c str>,
    detail: String,
    owners: &'c [String],
    departments: &'c [String],
}

#[derive(Debug, Serialize)]
struct ImpactJson<'c> {
    effect: Effect,
    canvas: &'c str,
    block: Option<&'c str>,
    element: Option<&'c Named>,
    because: &'c [Named],
    owners: &'c [String],
    departments: &'c [String],
}

#[derive(Debug, Serialize)]
struct FindingJson<'c> {
    finding: findings::Outcome,
    code: &'c str,
    severity: Severity,
    message: &'c str,
    canvas: &'c str,
    element: Option<&'c Named>,
    reason: Option<&'c str>,
    owners: &'c [String],
}

impl<'c> ComparisonJson<'c> {
    /// The data of a comparison.
    pub fn of(comparison: &'c Comparison) -> Self {
        let change = |change: &'c Change| ChangeJson {
            change: change.kind,
            level: change.level,
            canvas: change.canvas.as_str(),
            block: change.block.as_deref(),
            element: change.element.as_ref(),
            from: change.from.as_deref(),
            to: change.to.as_deref(),
            detail: change.detail.to_string(),
            owners: &change.owners,
            departments: &change.departments,
        };
        let impact = |impact: &'c Impact| ImpactJson {
            effect: impact.effect,
            canvas: impact.canvas.as_str(),
            block: impact.block.as_deref(),
            element: impact.element.as_ref(),
            because: &impact.because,
            owners: &impact.owners,
            departments: &impact.departments,
        };
        let finding = |finding: &'c FindingChange| FindingJson {
            finding: finding.outcome,
            code: &finding.code,
            severity: finding.severity,
            message: &finding.message,
            canvas: finding.canvas.as_str(),
            element: finding.element.as_ref(),
            reason: finding.reason.as_deref(),
            owners: &finding.owners,
        };
        Self {
            changes: comparison.changes.iter().map(change).collect(),
            impact: comparison.impact.iter().map(impact).collect(),
            findings: comparison.findings.iter().map(finding).collect(),
        }
    }
}
