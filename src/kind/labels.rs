//! What a heading means: block labels in all languages, as people write them.
//!
//! The facts stand in `data/labels.toml`. This module reads single labels; at which level they
//! count and which kind of canvas they make is decided where the whole text is seen.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

use super::decoration::begins_with_word;
pub use super::decoration::plain;
use super::fold::{fold, is_east_asian, without_accents};
use super::{BlockIndex, BlockKind, Kind};
use crate::language;

/// A longer text is a sentence, even if a label stands in it.
const LONGEST_LABEL: usize = 100;
/// The kind that calls some of the common blocks otherwise.
const LEAN: &str = "lean";

/// A heading or bold line that names a block, or a group such as `early-adopters`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The block's or group's id. Not every kind has it.
    pub id: &'static str,
    /// The label as the author wrote it, without decorations: see [`plain`].
    pub written: String,
    /// True for a bare code that also stands for another block: `CS`.
    pub nonstandard: bool,
    /// True for a code or a word of every day (`Partners`, `Costs`), which names a block only where
    /// other blocks stand beside it.
    pub generic: bool,
}

/// What a label names, if it is one in any language. Understood are decorations, one name in two
/// languages (`Partenaires clés (Key Partners)`, `Channels / Kanäle`), codes (`VP: Value
/// Proposition`) and a remark behind the name (`Key Activities – what we do`).
pub fn find(label: &str) -> Option<Label> {
    if is_undecorated(label) {
        let meaning = NAMES.get(label.to_ascii_lowercase().as_str())?;
        return Some(meaning.labelled(label.to_owned()));
    }
    SEEN.with_borrow_mut(|seen| {
        if let Some(known) = seen.get(label) {
            return known.clone();
        }
        let found = find_decorated(label);
        if seen.len() < MOST_SEEN && label.len() <= LONGEST_LABEL {
            seen.insert(label.to_owned(), found.clone());
        }
        found
    })
}

/// So many labels are known again; a handbook's canvases write the same few dozen.
const MOST_SEEN: usize = 1000;

thread_local! {
    /// What labels that take a closer look were found to mean.
    static SEEN: RefCell<HashMap<String, Option<Label>>> = RefCell::default();
}

fn find_decorated(label: &str) -> Option<Label> {
    let written = plain(label);
    if written.chars().nth(LONGEST_LABEL).is_some() {
        return None;
    }
    if let Some(meaning) = meaning(&written) {
        return Some(meaning.labelled(written));
    }
    // `A. Key Partners` counts, which only the known name tells from the initial in `A. Smith`.
    let name = written.strip_prefix(char::is_alphabetic)?.strip_prefix('.')?;
    let meaning = begins_with_word(name).then(|| meaning(name))??;
    Some(meaning.labelled(name.trim().to_owned()))
}

/// True for words of ASCII letters only, one blank between them: most labels of most canvases. They
/// have no decoration and no remark, and none of their words is so short that it might be a code or
/// an "and", so that folding them is making their letters small.
fn is_undecorated(label: &str) -> bool {
    const SHORTEST: usize = 4;
    label.len() <= LONGEST_LABEL
        && label.split(' ').all(|word| {
            let long = word.len() >= SHORTEST || word.eq_ignore_ascii_case("key");
            long && word.bytes().all(|byte| byte.is_ascii_alphabetic())
        })
}

/// What a block is called in a language, for a block that the canvas itself does not name: `Kanäle`
/// for the channels in `de-AT`. The kind's own label, which is English, where the language has no word
/// that we know.
pub fn label(kind: &'static Kind, block: BlockIndex, language: &str) -> &'static str {
    let block = kind.block_kind(block);
    let Some(words) = Language::of(language) else { return &block.label };
    words.label(kind, &block.id).unwrap_or(&block.label)
}

/// The blocks of a kind in one or two words each, for narrow places; long ones with soft hyphens. The
/// whole label where the language has no short one.
pub fn short(kind: &'static Kind, language: &str) -> Vec<&'static str> {
    let words = Language::of(language);
    let short = |block: &'static BlockKind| -> &'static str {
        let known = words.and_then(|words| words.short.get(&block.id));
        let whole = || words.and_then(|words| words.label(kind, &block.id));
        match (known, whole()) {
            (Some(short), _) => short,
            (None, Some(whole)) if whole != block.label => whole,
            _ => &block.short,
        }
    };
    kind.blocks.iter().map(short).collect()
}

/// The languages that labels are known in, sorted.
pub fn languages() -> impl Iterator<Item = &'static str> + Clone {
    DATA.languages.keys().map(String::as_str)
}

/// `data/labels.toml`.
#[derive(serde::Deserialize)]
struct Data {
    codes: BTreeMap<String, Vec<String>>,
    #[serde(flatten)]
    languages: BTreeMap<String, Language>,
}

/// The labels of one language: by id, the usual one first.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Language {
    names: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    everyday: BTreeMap<String, Vec<String>>,
    /// The usual label where a Lean Canvas has another one.
    #[serde(default)]
    lean: BTreeMap<String, String>,
    #[serde(default)]
    short: BTreeMap<String, String>,
}

impl Language {
    /// The language that a tag means, if we know its labels.
    fn of(tag: &str) -> Option<&'static Self> {
        DATA.languages.get(language::find(tag, DATA.languages.keys().map(String::as_str))?)
    }

    /// The usual label of a kind's block.
    fn label(&self, kind: &Kind, id: &str) -> Option<&str> {
        let own = if kind.id == LEAN { self.lean.get(id) } else { None };
        own.or_else(|| self.names.get(id)?.first()).map(String::as_str)
    }
}

static DATA: LazyLock<Data> = LazyLock::new(|| {
    toml::from_str(include_str!("../../data/labels.toml"))
        .expect("the embedded labels are read by a test")
});

/// What a name or a code stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Meaning {
    id: &'static str,
    generic: bool,
    nonstandard: bool,
}

impl Meaning {
    fn labelled(self, written: String) -> Label {
        let Self { id, generic, nonstandard } = self;
        Label { id, written, nonstandard, generic }
    }
}

/// All names by their folded form, with accents and without.
static NAMES: LazyLock<HashMap<String, Meaning>> = LazyLock::new(|| {
    let mut names = HashMap::with_capacity(2000);
    for (code, language) in &DATA.languages {
        for (generic, labels) in [(false, &language.names), (true, &language.everyday)] {
            for (id, label) in labels.iter().flat_map(|(id, of)| of.iter().map(move |l| (id, l))) {
                for spelling in spellings(label, code) {
                    names.insert(spelling, Meaning { id, generic, nonstandard: false });
                }
            }
        }
    }
    names
});

/// The folded forms that a label may be written in: as it is, and where accents are missing.
fn spellings(label: &str, language: &str) -> Vec<String> {
    let folded = fold(label);
    let mut spellings = Vec::with_capacity(3);
    if let Cow::Owned(bare) = without_accents(&folded) {
        spellings.push(bare);
    }
    if language == "de" && folded.contains(['ä', 'ö', 'ü']) {
        spellings.push(folded.replace('ä', "ae").replace('ö', "oe").replace('ü', "ue"));
    }
    spellings.push(folded);
    spellings
}

/// The meaning of a text that is a name and nothing else.
fn name(text: &str) -> Option<Meaning> {
    let folded = fold(text);
    NAMES.get(&folded).or_else(|| NAMES.get(&*without_accents(&folded))).copied()
}

/// The ids that a text may stand for, if it is a code and nothing else.
fn code(text: &str) -> Option<&'static [String]> {
    DATA.codes.get(&fold(text)).map(Vec::as_slice)
}

/// The meaning of a bare code.
fn bare_code(ids: &'static [String]) -> Option<Meaning> {
    Some(Meaning { id: ids.first()?, generic: true, nonstandard: ids.len() > 1 })
}

/// The meaning of a plain label. A known name before parentheses wins over what stands in them,
/// and that over a code before them.
fn meaning(text: &str) -> Option<Meaning> {
    if let Some(found) = name(text).or_else(|| bare_code(code(text)?)) {
        return Some(found);
    }
    let text: String = text.nfkc().collect();
    let (outer, insides) = without_asides(&text);
    if let Some(found) = one_name(&outer, Remarks::Allowed) {
        return Some(found);
    }
    if let Some(found) = insides.iter().find_map(|inside| one_name(inside, Remarks::Refused)) {
        return Some(found);
    }
    let ids = code(&outer)?;
    let told = insides.iter().find_map(|inside| {
        let first = name(inside.split_whitespace().next()?)?;
        ids.iter().any(|id| id == first.id).then_some(first)
    });
    told.map(|first| Meaning { generic: false, ..first }).or_else(|| bare_code(ids))
}

/// The text without its parentheses and brackets, and what stands in them.
fn without_asides(text: &str) -> (String, Vec<String>) {
    let mut outer = String::with_capacity(text.len());
    let mut insides: Vec<String> = Vec::new();
    let mut depth = 0_usize;
    for character in text.chars() {
        match character {
            '(' | '[' | '【' => {
                if depth == 0 {
                    insides.push(String::new());
                    outer.push(' ');
                }
                depth += 1;
            }
            ')' | ']' | '】' => depth = depth.saturating_sub(1),
            other => match insides.last_mut() {
                Some(inside) if depth > 0 => inside.push(other),
                _ => outer.push(other),
            },
        }
    }
    (outer, insides)
}

/// Whether something unknown may stand beside a name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Remarks {
    Allowed,
    Refused,
}

/// The one block that the names in a text agree on: `Key Partners / Partenaires clés`, `UVP – Unique
/// Value Proposition`. Beside a remark only a name that is no word of every day counts: `Costs: a
/// hundred euros` is a sentence.
fn one_name(text: &str, remarks: Remarks) -> Option<Meaning> {
    if let Some(found) = name(text) {
        return Some(found);
    }
    let mut found: Vec<Meaning> = Vec::new();
    let mut has_remark = false;
    for piece in pieces(text) {
        match name(piece).or_else(|| name_in_two_scripts(piece)) {
            Some(meaning) => found.push(meaning),
            None => has_remark |= code(piece).is_none(),
        }
    }
    // `Customer Segments / Early Adopters` is the block, with its group.
    if found.iter().any(|meaning| !is_group(meaning.id)) {
        found.retain(|meaning| !is_group(meaning.id));
    }
    let first = *found.first()?;
    let generic = found.iter().all(|meaning| meaning.generic);
    let agree = found.iter().all(|meaning| meaning.id == first.id);
    let remark_fits = !has_remark || remarks == Remarks::Allowed && !generic;
    (agree && remark_fits).then_some(Meaning { generic, ..first })
}

/// The parts between slashes, bars, colons, and dashes that have spaces around them.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut start = 0;
    let mut pieces = Vec::new();
    for (at, character) in text.char_indices() {
        let end = at + character.len_utf8();
        let is_spaced = text[..at].ends_with(' ') && text[end..].starts_with(' ');
        let separates = match character {
            '/' | '|' | '·' | '•' | '–' | '—' | '=' | '→' => true,
            ':' => text[end..].starts_with(' ') || text[end..].starts_with(is_east_asian),
            '-' | '・' => is_spaced,
            _ => false,
        };
        if separates {
            pieces.push(&text[start..at]);
            start = end;
        }
    }
    pieces.push(&text[start..]);
    pieces.into_iter().map(str::trim).filter(|piece| !piece.is_empty())
}

/// The meaning of one name in two scripts without a mark between: `价值主张 Value Propositions`.
fn name_in_two_scripts(text: &str) -> Option<Meaning> {
    let is_latin = |character: char| character.is_alphabetic() && character < '\u{370}';
    let starts_latin = is_latin(text.chars().find(|character| character.is_alphabetic())?);
    let switch = text
        .char_indices()
        .find(|(_, character)| character.is_alphabetic() && is_latin(*character) != starts_latin);
    let (first, second) = text.split_at(switch?.0);
    match (name(first), name(second)) {
        (Some(first), Some(second)) => (first.id == second.id).then_some(first),
        (Some(name), None) => code(second).is_some().then_some(name),
        (None, Some(name)) => code(first).is_some().then_some(name),
        (None, None) => None,
    }
}

fn is_group(id: &str) -> bool {
    super::kinds().iter().flat_map(|kind| &kind.groups).any(|group| group.id == id)
}

#[cfg(test)]
mod tests;
