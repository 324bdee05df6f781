//! Changes and their effects, in words.

use std::borrow::Cow;

use super::Handbooks;
use crate::comparison::{
    Change, ChangeKind, Compared, Comparison, Detail, Effect, FindingChange, Impact, Outcome,
    findings,
};
use crate::handbook::Handbook;
use crate::view::gap;
use crate::view::words::Words;

/// A change in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// What changed: `Text`, `Owner`, `Block`; empty if the whole was added or removed.
    pub what: String,
    /// The former value. `None` if there was none.
    pub from: Option<String>,
    /// The present value. `None` if there is none.
    pub to: Option<String>,
}

/// The keys of words that are equal to those of details.
const KNOWN: [&str; 9] =
    ["owner", "category", "department", "with", "stage", "date", "version", "reviewed", "tags"];

/// A change in words. Ids of blocks and departments are replaced with their titles.
pub fn said(handbooks: Handbooks<'_>, change: &Change, words: &Words) -> Said {
    in_words(change, values(handbooks, change), words)
}

/// The former and the present value. Ids of blocks and departments are replaced with their titles.
pub fn values(handbooks: Handbooks<'_>, change: &Change) -> [Option<String>; 2] {
    let sides = [(handbooks.before, &change.from), (handbooks.after, &change.to)];
    sides.map(|(handbook, value)| {
        let value = value.as_ref()?;
        Some(match &change.detail {
            Detail::Reference(title) => title.clone(),
            Detail::Block => label(handbook, value).unwrap_or(value).to_owned(),
            Detail::Department => department_of(handbook, value).unwrap_or(value).to_owned(),
            _ => value.clone(),
        })
    })
}

/// A change with these [values] in words.
pub fn in_words(change: &Change, [from, to]: [Option<String>; 2], words: &Words) -> Said {
    let detail = change.detail.to_string();
    let what = match &change.detail {
        Detail::Whole => String::new(),
        Detail::Section(title) => title.clone(),
        _ if KNOWN.contains(&&*detail) => words.owned(&detail),
        Detail::Front(key) => key.clone(),
        _ => words.owned(&format!("detail_{detail}")),
    };
    let none = |value: Option<String>| {
        let is_left_out = change.kind == ChangeKind::Move && value.is_none();
        if is_left_out { Some(words.owned("no_department")) } else { value }
    };
    Said { what, from: none(from), to: none(to) }
}

fn label<'h>(handbook: &'h Handbook, block: &str) -> Option<&'h str> {
    let of_kind = handbook.kinds.iter().find_map(|(_, kind)| Some((kind, kind.block(block)?)));
    of_kind.map(|(kind, block)| &*kind.block_kind(block).label)
}

fn department_of<'h>(handbook: &'h Handbook, id: &str) -> Option<&'h str> {
    let at = handbook.departments.binary_search_by(|department| (*department.id).cmp(id)).ok()?;
    Some(&handbook.departments[at].title)
}

/// The title of a department, after the change if it still exists.
pub fn department<'h>(handbooks: Handbooks<'h>, id: &'h str) -> &'h str {
    let after = department_of(handbooks.after, id);
    after.or_else(|| department_of(handbooks.before, id)).unwrap_or(id)
}

/// An effect on an element, in words: `has no support left, because of Mill`.
pub fn effect(impact: &Impact, words: &Words) -> String {
    let key = match impact.effect {
        Effect::Falls => "effect_falls",
        Effect::Breaks => "effect_breaks",
        Effect::Weakened => "effect_weakened",
    };
    let names: Vec<&str> = impact.because.iter().map(|named| &*named.name).collect();
    words.get(key).replace("{list}", &names.join(", "))
}

/// A finding, in words: those of pages, else those of the rule.
pub fn finding<'f>(
    handbooks: Handbooks<'_>,
    finding: &'f FindingChange,
    words: &'f Words,
) -> Cow<'f, str> {
    let handbook = match finding.outcome {
        findings::Outcome::Mended => handbooks.before,
        findings::Outcome::New | findings::Outcome::Waived => handbooks.after,
    };
    let said = gap::said(handbook, words, finding.place, &finding.code);
    said.unwrap_or(Cow::Borrowed(&finding.message))
}

/// The findings of a comparison below headings: new ones, those waived now, and mended ones.
pub fn findings<'c>(
    comparison: &'c Comparison,
    words: &'c Words,
) -> impl Iterator<Item = (&'c str, &'c [FindingChange])> {
    let alike = comparison.findings.chunk_by(|a, b| a.outcome == b.outcome);
    alike.map(|findings| {
        let key = match findings[0].outcome {
            findings::Outcome::New => "findings_new",
            findings::Outcome::Waived => "waived",
            findings::Outcome::Mended => "findings_mended",
        };
        (words.get(key), findings)
    })
}

/// The titles of the departments that changes concern, sorted.
pub fn departments<'c>(handbooks: Handbooks<'c>, comparison: &'c Comparison) -> Vec<&'c str> {
    let ids = comparison.departments().into_keys();
    let mut titles: Vec<&str> = ids.map(|id| department(handbooks, id)).collect();
    titles.sort_unstable();
    titles
}

/// The title of a comparison of two canvases, made of theirs; `None` for one that is missing.
pub fn title(titles: [Option<String>; 2], words: &Words) -> String {
    match titles {
        [Some(before), Some(after)] if before != after => {
            words.get("compared_with").replace("{after}", &after).replace("{before}", &before)
        }
        [before, after] => after.or(before).unwrap_or_default(),
    }
}

/// How many elements of some canvases have each outcome, in words; outcomes without elements are
/// left out.
pub fn counted<'c>(
    compared: impl IntoIterator<Item = &'c Compared> + Clone,
    words: &Words,
) -> Vec<String> {
    let outcomes = [
        (Outcome::Added, "diff_added"),
        (Outcome::Removed, "diff_removed"),
        (Outcome::Moved, "diff_moved"),
        (Outcome::Changed, "diff_changed"),
        (Outcome::Same, "diff_same"),
    ];
    let counted = outcomes.into_iter().filter_map(|(outcome, key)| {
        let canvases = compared.clone().into_iter();
        let count: usize = canvases.map(|compared| super::count(compared, outcome)).sum();
        (count > 0).then(|| words.counted(key, count))
    });
    counted.collect()
}
