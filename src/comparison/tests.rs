//! Two canvases or two handbooks in; out, each change as a line, then their effects.
//!
//! `+` was added, `-` removed, `~` modified, `>` moved; the level is at the end, with who is responsible
//! for it.

mod elements;
mod handbooks;
mod impact;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use expect_test::Expect;

use super::{Between, Change, ChangeKind, Comparison, Side};
use crate::handbook::tests::read;
use crate::handbook::{DocumentIndex, Handbook};
use crate::source::SourcePath;

/// Compares two states of a canvas.
#[track_caller]
fn check(before: &str, after: &str, expected: Expect) {
    let (before, after) =
        (handbook(&[("content/a.md", before)]), handbook(&[("content/a.md", after)]));
    let document = DocumentIndex(0);
    let [before, after] = [&before, &after].map(|handbook| Side { handbook, document });
    expected.assert_eq(&draw(&super::canvases(before, after, Between::Revisions)));
}

/// Compares two states of a handbook.
#[track_caller]
fn check_handbooks(
    before: &[(&str, &str)],
    after: &[(&str, &str)],
    renamed: &[(&str, &str)],
    expected: Expect,
) {
    let path = |path: &str| SourcePath::new(path);
    let renamed: BTreeMap<SourcePath, SourcePath> =
        renamed.iter().map(|(old, new)| (path(old), path(new))).collect();
    let (before, after) = (handbook(before), handbook(after));
    let comparison = super::handbooks([&before, &after], None, &renamed);
    expected.assert_eq(&draw(&comparison));
}

/// A handbook of sources, without its diagnostics.
fn handbook(sources: &[(&str, &str)]) -> Handbook {
    read("", sources).0
}

fn draw(comparison: &Comparison) -> String {
    let mut out = String::new();
    for change in &comparison.changes {
        let _ = writeln!(out, "{}", line(change));
    }
    for impact in &comparison.impact {
        let _ = write!(out, "{:?}: {} ", impact.effect, impact.canvas);
        let element = impact.element.as_ref().map(|element| &*element.name);
        let _ = write!(out, "{}", element.or(impact.block.as_deref()).unwrap_or("as a whole"));
        let because: Vec<&str> = impact.because.iter().map(|named| &*named.name).collect();
        let asked = owners(&impact.owners) + &departments(&impact.departments);
        let _ = writeln!(out, " for {}{asked}", because.join(", "));
    }
    out
}

fn line(change: &Change) -> String {
    let sign = match change.kind {
        ChangeKind::Addition => '+',
        ChangeKind::Removal => '-',
        ChangeKind::Modification => '~',
        ChangeKind::Move => '>',
    };
    let place = match (&change.block, &change.element) {
        (Some(block), Some(element)) => format!("{block}: {}", element.name),
        (Some(block), None) => block.clone(),
        _ => change.canvas.to_string(),
    };
    let value = |value: &Option<String>| value.as_deref().unwrap_or("nothing").to_owned();
    let (from, to) = (value(&change.from), value(&change.to));
    let (detail, level) = (&change.detail, change.level);
    let asked = owners(&change.owners) + &departments(&change.departments);
    format!("{sign} {place} | {detail}: {from} => {to} | {level}{asked}")
}

fn owners(owners: &[String]) -> String {
    match owners {
        [] => String::new(),
        owners => format!(" @ {}", owners.join(", ")),
    }
}

fn departments(departments: &[String]) -> String {
    match departments {
        [] => String::new(),
        departments => format!(" in {}", departments.join(", ")),
    }
}
