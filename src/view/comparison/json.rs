//! A comparison as data: what `diff --format json` prints.

use serde::Serialize;

use crate::comparison::{Change, ChangeKind, Comparison, Effect, Impact, Level, Named};

/// The changes and what they do.
#[derive(Debug, Serialize)]
pub struct ComparisonJson<'c> {
    changes: Vec<ChangeJson<'c>>,
    impact: Vec<ImpactJson<'c>>,
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
}

#[derive(Debug, Serialize)]
struct ImpactJson<'c> {
    effect: Effect,
    canvas: &'c str,
    block: Option<&'c str>,
    element: Option<&'c Named>,
    because: &'c [Named],
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
        };
        let impact = |impact: &'c Impact| ImpactJson {
            effect: impact.effect,
            canvas: impact.canvas.as_str(),
            block: impact.block.as_deref(),
            element: impact.element.as_ref(),
            because: &impact.because,
            owners: &impact.owners,
        };
        Self {
            changes: comparison.changes.iter().map(change).collect(),
            impact: comparison.impact.iter().map(impact).collect(),
        }
    }
}
