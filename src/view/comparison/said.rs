//! Changes and what they do, in words.

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
    /// What is another one: `Text`, `Owner`, `Block`; empty if the whole came or went.
    pub what: String,
    /// What it was. `None` if there was nothing.
    pub from: Option<String>,
    /// What it is now. `None` if there is nothing.
    pub to: Option<String>,
}

/// Keys of words that are called as the details are.
const KNOWN: [&str; 9] =
    ["owner", "category", "department", "with", "stage", "date", "version", "reviewed", "tags"];

/// Says a change. Ids of blocks and departments are replaced by what they are called.
pub fn said(handbooks: Handbooks<'_>, change: &Change, words: &Words) -> Said {
    in_words(change, values(handbooks, change), words)
}

/// What something was and is. Ids of blocks and departments are replaced by what they are called.
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

/// Says a change with the [values] that it has.
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

/// What a department is called, after the change if it is still there.
pub fn department<'h>(handbooks: Handbooks<'h>, id: &'h str) -> &'h str {
    let after = department_of(handbooks.after, id);
    after.or_else(|| department_of(handbooks.before, id)).unwrap_or(id)
}

/// What becomes of an element, in words: `has no support left, because of Mill`.
pub fn effect(impact: &Impact, words: &Words) -> String {
    let key = match impact.effect {
        Effect::Falls => "effect_falls",
        Effect::Breaks => "effect_breaks",
        Effect::Weakened => "effect_weakened",
    };
    let names: Vec<&str> = impact.because.iter().map(|named| &*named.name).collect();
    words.get(key).replace("{list}", &names.join(", "))
}

/// What is missing, in words: as pages say it, else as the rule says it.
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

/// The findings of a comparison below headings: what is new, what is waived now, what is mended.
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

/// What the departments that changes concern are called, sorted.
pub fn departments<'c>(handbooks: Handbooks<'c>, comparison: &'c Comparison) -> Vec<&'c str> {
    let ids = comparison.departments().into_keys();
    let mut titles: Vec<&str> = ids.map(|id| department(handbooks, id)).collect();
    titles.sort_unstable();
    titles
}

/// What a comparison of two canvases is called, from what each of them is; `None` for one that is missing.
pub fn title(titles: [Option<String>; 2], words: &Words) -> String {
    match titles {
        [Some(before), Some(after)] if before != after => {
            words.get("compared_with").replace("{after}", &after).replace("{before}", &before)
        }
        [before, after] => after.or(before).unwrap_or_default(),
    }
}

/// How many elements of some canvases have each outcome, in words; of none of them nothing.
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
