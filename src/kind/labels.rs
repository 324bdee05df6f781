//! The meaning of headings: block labels in all languages, as people write them.
//!
//! A label counts within its kind: the same words may name one block in one kind and another in the
//! next, or be a group there. So a look-up yields the meaning of the label in each kind that knows
//! it. The parser, which sees the whole text, decides at which level labels count and which kind they
//! make.

mod cut;

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

use cut::{is_one_name, pieces, without_asides};

use super::decoration::begins_with_word;
pub use super::decoration::plain;
use super::dictionary::{Language, dictionary, spellings_of};
use super::fold::{fold, without_accents};
use super::{BlockIndex, BlockKind, Kind, KindIndex, Kinds};
use crate::language;
use crate::slug::spelled_out;

/// A longer text is a sentence, even if a label is in it.
const LONGEST_LABEL: usize = 100;

/// The first letter after Latin in Unicode, where Greek begins.
const FIRST_BEHIND_LATIN: char = '\u{370}';

/// A heading or bold line that names a block or a group in one kind or more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label<'k> {
    /// The label as the author wrote it, without decorations: see [`plain`].
    pub written: String,
    /// Its meaning in each kind that knows it, in the order of the kinds.
    pub senses: Cow<'k, [Sense]>,
}

/// The meaning of a label in a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sense {
    /// The kind.
    pub kind: KindIndex,
    /// The block or group that it names.
    pub names: Named,
    /// Whether it is a bare code that is also that of another block: `CS`.
    pub nonstandard: bool,
    /// Whether it is a code or an everyday word (`Partners`, `Costs`), which names a block only where
    /// other blocks are beside it.
    pub generic: bool,
    /// Whether it is a code: `KA`.
    pub is_code: bool,
}

impl Sense {
    /// Makes the sense of a name; `generic` is whether that is an everyday word.
    fn of_name(kind: KindIndex, names: Named, generic: bool) -> Self {
        Self { kind, names, generic, nonstandard: false, is_code: false }
    }

    /// Whether it may make a canvas of a document, alone or with others. Everyday words are headings of any
    /// page, so they count only in addition to others.
    pub fn is_decisive(&self) -> bool {
        !self.generic || self.is_code
    }
}

/// What a label names in a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// A block.
    Block(BlockIndex),
    /// A group of a block.
    Group(BlockIndex),
}

impl Label<'_> {
    /// The meaning of the label in a kind.
    pub fn sense(&self, kind: KindIndex) -> Option<Sense> {
        sense(&self.senses, kind)
    }
}

fn sense(senses: &[Sense], kind: KindIndex) -> Option<Sense> {
    senses.iter().find(|sense| sense.kind == kind).copied()
}

/// The label of a block in a language, for a block that the canvas itself does not name: `Kanäle`
/// for the channels in `de-AT`. The kind's own label if no name in that language is known.
pub fn label<'k>(kind: &'k Kind, block: BlockIndex, language: &str) -> &'k str {
    let block = kind.block_kind(block);
    name_in(block, language).unwrap_or(&block.label)
}

/// The blocks of a kind in one or two words each, for narrow places; long ones with soft hyphens. The
/// whole label if the language has no short one.
pub fn short<'k>(kind: &'k Kind, language: &str) -> Vec<&'k str> {
    let words = Language::of(language);
    let short = |block: &'k BlockKind| -> &'k str {
        let known = words.filter(|_| block.is_common).and_then(|words| words.short.get(&block.id));
        match (known, name_in(block, language)) {
            (Some(short), _) => short,
            (None, Some(whole)) if whole != block.label => whole,
            _ => &block.short,
        }
    };
    kind.blocks.iter().map(short).collect()
}

/// The name of a block in a language: that of its kind, else that of the dictionary.
fn name_in<'k>(block: &'k BlockKind, language: &str) -> Option<&'k str> {
    let own = language::find(language, block.labels.keys().map(String::as_str));
    if let Some(own) = own.and_then(|tag| block.labels.get(tag)) {
        return Some(own);
    }
    // The label of a kind is English itself, and may differ from the usual one.
    let is_english = language::is_same(language, "en");
    let words = Language::of(language).filter(|_| block.is_common && !is_english);
    words?.names.get(&block.id)?.first().map(String::as_str)
}

/// The languages that labels are known in, sorted.
pub fn languages() -> impl Iterator<Item = &'static str> + Clone {
    dictionary().languages.keys().map(String::as_str)
}

/// The folded forms in which a label may be written: as it is, and without accents.
pub(super) fn spellings(label: &str, language: &str) -> Vec<String> {
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

/// The meanings of all names and codes, by their folded forms.
#[derive(Debug, Default)]
pub(super) struct LabelIndex {
    names: HashMap<String, Vec<Sense>>,
    codes: HashMap<&'static str, Code>,
    /// The number of kinds.
    kinds: u16,
}

/// An abbreviation.
#[derive(Debug, Default)]
struct Code {
    /// Its meaning if nothing else is written: the first of the blocks that it may mean.
    bare: Vec<Sense>,
    /// Every block that it may mean.
    all: Vec<(KindIndex, BlockIndex)>,
}

impl LabelIndex {
    /// The names that the blocks and groups of all kinds have.
    pub(super) fn of(kinds: &[Arc<Kind>]) -> Self {
        let mut index = Self { names: HashMap::with_capacity(2000), ..Self::default() };
        for (at, kind) in (0u16..).map(KindIndex).zip(kinds) {
            index.kinds += 1;
            index.add(at, kind);
        }
        index
    }

    fn add(&mut self, index: KindIndex, kind: &Kind) {
        for group in &kind.groups {
            let (label, names) = (spelled_out(&group.id), Named::Group(group.block));
            self.common(index, names, &group.id);
            self.own(index, names, &label, "en", false);
        }
        for at in kind.indexes().filter(|at| kind.block_kind(*at).is_common) {
            self.common(index, Named::Block(at), &kind.block_kind(at).id);
        }
        // Labels of the kind itself come before those that the dictionary has for any of its
        // blocks.
        for at in kind.indexes() {
            let block = kind.block_kind(at);
            let english = [&block.label].into_iter().chain(&block.aliases);
            let english = english.map(|label| ("en", label));
            let foreign = block.labels.iter().map(|(tag, label)| (tag.as_str(), label));
            for (language, label) in foreign.chain(english) {
                self.own(index, Named::Block(at), label, language, false);
            }
            for label in &block.everyday {
                self.own(index, Named::Block(at), label, "en", true);
            }
        }
        for (code, ids) in &dictionary().codes {
            let is_meant = |at: &BlockIndex| kind.block_kind(*at).is_common;
            let blocks = ids.iter().filter_map(|id| kind.block(id)).filter(is_meant);
            let blocks: Vec<BlockIndex> = blocks.collect();
            let Some(first) = blocks.first() else { continue };
            let of_code = self.codes.entry(code).or_default();
            let (names, nonstandard) = (Named::Block(*first), blocks.len() > 1);
            let sense = Sense::of_name(index, names, true);
            of_code.bare.push(Sense { nonstandard, is_code: true, ..sense });
            of_code.all.extend(blocks.into_iter().map(|block| (index, block)));
        }
    }

    /// Adds the dictionary's names for an id.
    fn common(&mut self, kind: KindIndex, names: Named, id: &str) {
        for spelling in spellings_of(id) {
            self.insert(&spelling.text, Sense::of_name(kind, names, spelling.generic));
        }
    }

    /// Adds a label that a kind has itself.
    fn own(&mut self, kind: KindIndex, names: Named, label: &str, language: &str, generic: bool) {
        for text in spellings(label, language) {
            // A label may be an everyday word in general, but not for its kind.
            let known = self.names.get(&text).and_then(|senses| sense(senses, kind));
            if generic || known.is_none_or(|known| known.names != names) {
                self.insert(&text, Sense::of_name(kind, names, generic));
            }
        }
    }

    /// Gives a name a meaning in a kind, whatever it meant there before.
    fn insert(&mut self, text: &str, sense: Sense) {
        let senses = match self.names.get_mut(text) {
            Some(senses) => senses,
            None => self.names.entry(text.to_owned()).or_default(),
        };
        match senses.last_mut().filter(|last| last.kind == sense.kind) {
            Some(last) => *last = sense,
            None => senses.push(sense),
        }
    }

    /// The meanings of a text that is a name and nothing else.
    fn name(&self, folded: &str) -> &[Sense] {
        let found = self.names.get(folded).or_else(|| self.names.get(&*without_accents(folded)));
        found.map_or(&[], Vec::as_slice)
    }

    /// The meaning of a text that is a code and nothing else.
    fn code(&self, folded: &str) -> Option<&Code> {
        self.codes.get(folded)
    }

    /// The meanings of a text that is a name or a code and nothing else.
    fn whole(&self, text: &str) -> &[Sense] {
        let folded = fold(text);
        match (self.name(&folded), self.code(&folded)) {
            // No code is a name; a test checks it.
            ([], Some(code)) => &code.bare,
            (senses, _) => senses,
        }
    }
}

impl Kinds {
    /// The meaning of a label, if it is one in any language. It may have decorations, one name in
    /// two languages (`Partenaires clés (Key Partners)`, `Channels / Kanäle`), codes
    /// (`VP: Value Proposition`) and a remark after the name (`Key Activities – what we do`).
    pub fn label(&self, label: &str) -> Option<Label<'_>> {
        let index = &self.labels;
        if is_undecorated(label) {
            let senses = index.names.get(label.to_ascii_lowercase().as_str())?;
            return Some(Label { written: label.to_owned(), senses: Cow::Borrowed(senses) });
        }
        let written = plain(label);
        if written.chars().nth(LONGEST_LABEL).is_some() {
            return None;
        }
        let senses = index.meaning(&written);
        if !senses.is_empty() {
            return Some(Label { written, senses });
        }
        // `A. Key Partners` counts; only the known name distinguishes it from the initial in
        // `A. Smith`.
        let name = written.strip_prefix(char::is_alphabetic)?.strip_prefix('.')?;
        let senses = if begins_with_word(name) { index.meaning(name) } else { return None };
        let written = name.trim().to_owned();
        (!senses.is_empty()).then_some(Label { written, senses })
    }
}

/// Whether a label is words of ASCII letters only, one blank between them: most labels of most
/// canvases. They have no decoration and no remark, and none of their words is so short that it might
/// be a code or an "and", so that folding them is putting them into lower case.
fn is_undecorated(label: &str) -> bool {
    const SHORTEST: usize = 4;
    label.len() <= LONGEST_LABEL
        && label.split(' ').all(|word| {
            let long = word.len() >= SHORTEST || word.eq_ignore_ascii_case("key");
            long && word.bytes().all(|byte| byte.is_ascii_alphabetic())
        })
}

impl LabelIndex {
    /// The meanings of a plain label. In each kind a known name before parentheses wins over those
    /// within, and these over a code before them.
    fn meaning(&self, text: &str) -> Cow<'_, [Sense]> {
        let whole = self.whole(text);
        if is_one_name(text) {
            return Cow::Borrowed(whole);
        }
        let text: String = text.nfkc().collect();
        let (outer, insides) = without_asides(&text);
        let insides: Vec<Pieces<'_>> = insides.iter().map(|inside| self.pieces(inside)).collect();
        let (outer_pieces, code) = (self.pieces(&outer), self.code(&fold(&outer)));
        let of_kind = |kind: KindIndex| {
            let own = sense(whole, kind).or_else(|| outer_pieces.agreed(kind, Remarks::Allowed));
            own.or_else(|| insides.iter().find_map(|inside| inside.agreed(kind, Remarks::Refused)))
                .or_else(|| code?.said_beside(&insides, kind))
        };
        (0..self.kinds).map(KindIndex).filter_map(of_kind).collect()
    }

    /// The names that are in a text.
    fn pieces<'i>(&'i self, text: &str) -> Pieces<'i> {
        let first_word = text.split_whitespace().next();
        let mut found = Pieces {
            whole: self.name(&fold(text)),
            first_word: first_word.map_or(&[], |word| self.name(&fold(word))),
            names: Vec::new(),
        };
        for piece in pieces(text) {
            let folded = fold(piece);
            let name = self.name(&folded);
            let code = self.code(&folded);
            let scripts = if name.is_empty() { self.two_scripts(piece) } else { None };
            found.names.push(Name { name, scripts, code });
        }
        found
    }

    /// The two parts of a text in two scripts without a mark between: `价值主张 Value Propositions`.
    fn two_scripts(&self, text: &str) -> Option<[Half<'_>; 2]> {
        let is_latin =
            |character: char| character.is_alphabetic() && character < FIRST_BEHIND_LATIN;
        let starts_latin = is_latin(text.chars().find(|character| character.is_alphabetic())?);
        let switch = text.char_indices().find(|(_, character)| {
            character.is_alphabetic() && is_latin(*character) != starts_latin
        });
        let (first, second) = text.split_at(switch?.0);
        Some([first, second].map(|half| {
            let folded = fold(half);
            Half { name: self.name(&folded), code: self.code(&folded) }
        }))
    }
}

/// The parts of a text that may contain several names.
struct Pieces<'i> {
    /// The meanings of the whole text.
    whole: &'i [Sense],
    /// The meanings of its first word.
    first_word: &'i [Sense],
    /// The texts between separators.
    names: Vec<Name<'i>>,
}

/// A piece of a text.
struct Name<'i> {
    /// Its meanings.
    name: &'i [Sense],
    /// Its two halves if it has two scripts and is not a name.
    scripts: Option<[Half<'i>; 2]>,
    code: Option<&'i Code>,
}

/// A half of a text in two scripts.
struct Half<'i> {
    name: &'i [Sense],
    code: Option<&'i Code>,
}

/// Whether unknown texts may be next to a name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Remarks {
    Allowed,
    Refused,
}

impl Pieces<'_> {
    /// The one block that the names in the text agree on in a kind: `Key Partners / Partenaires clés`,
    /// `UVP – Unique Value Proposition`. Next to a remark only a name that is not an everyday word
    /// counts: `Costs: a hundred euros` is a sentence.
    fn agreed(&self, kind: KindIndex, remarks: Remarks) -> Option<Sense> {
        if let Some(found) = sense(self.whole, kind) {
            return Some(found);
        }
        let mut found: Vec<Sense> = Vec::new();
        let mut has_remark = false;
        for piece in &self.names {
            match piece.sense(kind) {
                Some(sense) => found.push(sense),
                None => has_remark |= !is_of_kind(piece.code, kind),
            }
        }
        // `Customer Segments / Early Adopters` is the block, with its group.
        let is_block = |sense: &Sense| matches!(sense.names, Named::Block(_));
        if found.iter().any(is_block) {
            found.retain(is_block);
        }
        let first = *found.first()?;
        let generic = found.iter().all(|sense| sense.generic);
        let agree = found.iter().all(|sense| sense.names == first.names);
        let remark_fits = !has_remark || remarks == Remarks::Allowed && !generic;
        (agree && remark_fits).then_some(Sense { generic, ..first })
    }
}

impl Name<'_> {
    fn sense(&self, kind: KindIndex) -> Option<Sense> {
        if let Some(found) = sense(self.name, kind) {
            return Some(found);
        }
        let [first, second] = self.scripts.as_ref()?;
        match (sense(first.name, kind), sense(second.name, kind)) {
            (Some(one), Some(other)) => (one.names == other.names).then_some(one),
            (Some(name), None) => is_of_kind(second.code, kind).then_some(name),
            (None, Some(name)) => is_of_kind(first.code, kind).then_some(name),
            (None, None) => None,
        }
    }
}

/// Whether there is a code that a kind has.
fn is_of_kind(code: Option<&Code>, kind: KindIndex) -> bool {
    code.is_some_and(|code| sense(&code.bare, kind).is_some())
}

impl Code {
    /// The meaning of the code in a kind next to remarks, one of which may decide:
    /// `CS (cost of it all)`.
    fn said_beside(&self, remarks: &[Pieces<'_>], kind: KindIndex) -> Option<Sense> {
        let may_be = |found: &Sense| match found.names {
            Named::Block(block) => self.all.contains(&(kind, block)),
            Named::Group(_) => false,
        };
        let first_words = remarks.iter().filter_map(|remark| sense(remark.first_word, kind));
        let said = first_words.filter(may_be).map(|found| Sense { generic: false, ..found }).next();
        said.or_else(|| sense(&self.bare, kind))
    }
}

#[cfg(test)]
mod tests;
