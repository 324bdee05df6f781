//! Kinds of canvas, as values: their blocks, their places on the poster, their relations.
//!
//! A kind is a file ([`read`]); the built-in ones are in `data/kinds/` and go through the same reader
//! as any other. No code depends on the id of a kind: the behaviour of a block follows from its
//! [`Role`] and from the [`RelationKind`]s.

pub mod activities;
mod area;
pub mod columns;
mod decoration;
pub mod departments;
mod dictionary;
mod fold;
pub mod labels;
pub mod poster;
mod read;
mod rule;
pub mod shared;
#[cfg(test)]
pub(crate) mod tests;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::diagnostic::catalogue::name_flaw;
use crate::language;
use crate::source::{Source, SourcePath};

pub use area::{Area, AreaColor, AreaIndex, ThemeColor};
use labels::LabelIndex;
use poster::Poster;
pub use read::KEYS;
pub use rule::{RuleForm, RuleKind};

/// The kinds that exist without a file of the handbook. The first is the default.
const BUILT_IN: [(&str, &str); 5] = [
    ("kinds/business-model.toml", include_str!("../../data/kinds/business-model.toml")),
    ("kinds/lean.toml", include_str!("../../data/kinds/lean.toml")),
    ("kinds/mission-model.toml", include_str!("../../data/kinds/mission-model.toml")),
    ("kinds/product-vision.toml", include_str!("../../data/kinds/product-vision.toml")),
    ("kinds/swot.toml", include_str!("../../data/kinds/swot.toml")),
];

/// Why an id, which is a slug, cannot be that of a kind; `None` if it can.
pub fn id_flaw(id: &str) -> Option<&'static str> {
    let is_list = id == "index";
    is_list.then_some("the page of all kinds has it").or_else(|| name_flaw(&format!("{id}.toml")))
}

/// An index into [`Kinds`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KindIndex(pub u16);

/// An index into [`Kind::blocks`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BlockIndex(pub u8);

/// Every kind of canvas that a handbook may use, and the meanings of their labels.
#[derive(Debug)]
pub struct Kinds {
    all: Vec<Arc<Kind>>,
    /// The ids of files that could not be read as a kind.
    unusable: Vec<String>,
    labels: LabelIndex,
}

impl Kinds {
    /// The built-in kinds.
    pub fn built_in() -> Self {
        Self::read(&[], &mut Vec::new())
    }

    /// Reads the built-in kinds and those in a handbook's own files. Adds errors to `diagnostics`.
    pub fn read(own: &[Source], diagnostics: &mut Vec<Diagnostic>) -> Self {
        Self::read_beside(&[], own, diagnostics)
    }

    /// Like [`Self::read`], in the presence of files whose texts could not be read, as was
    /// reported.
    pub fn read_beside(
        unread: &[SourcePath],
        own: &[Source],
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        let built_in = BUILT_IN.map(|(path, text)| Source::new(path, text));
        let unread: Vec<Source> =
            unread.iter().map(|path| Source::new(path.as_str(), "")).collect();
        let sources = read::Sources { built_in: &built_in, own, unread: &unread };
        let read::Files { kinds: all, unusable } = read::files(sources, diagnostics);
        let labels = LabelIndex::of(&all);
        Self { all, unusable, labels }
    }

    /// Every kind with its index, the default one first.
    pub fn iter(&self) -> impl Iterator<Item = (KindIndex, &Arc<Kind>)> {
        (0u16..).map(KindIndex).zip(&self.all)
    }

    /// The kind with an index.
    pub fn get(&self, index: KindIndex) -> &Arc<Kind> {
        &self.all[usize::from(index.0)]
    }

    /// The kind with an id.
    pub fn find(&self, id: &str) -> Option<KindIndex> {
        self.iter().find(|(_, kind)| kind.id == id).map(|(index, _)| index)
    }

    /// Whether an id is that of a file that could not be read as a kind; the errors were reported there.
    pub fn is_unusable(&self, id: &str) -> bool {
        self.unusable.iter().any(|unusable| unusable == id)
    }

    /// The kind of canvases that name none.
    pub fn default_kind(&self) -> KindIndex {
        KindIndex(0)
    }

    /// The ids of all kinds.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.all.iter().map(|kind| kind.id.as_str())
    }
}

/// A kind of canvas.
#[derive(Debug, PartialEq, Eq)]
pub struct Kind {
    /// The name of its file: `business-model`.
    pub id: String,
    /// Its file in the handbook; `None` if it is built in.
    pub file: Option<SourcePath>,
    /// The id of the kind that it starts from, if any.
    pub extends: Option<String>,
    /// Its title: `Business Model Canvas`.
    pub title: String,
    /// The purpose of such a canvas, in English: a sentence; may be empty.
    pub summary: String,
    /// [`Kind::summary`] in other languages, by their tags.
    pub summaries: BTreeMap<String, String>,
    /// Its author and its licence, which every poster shows.
    pub attribution: Option<Attribution>,
    /// How many of its blocks at one level make a canvas of this kind.
    pub at_least: usize,
    /// The parts of the poster that share a colour, in the order of the legend.
    pub areas: Vec<Area>,
    /// The places of the blocks.
    pub poster: Poster,
    /// The blocks, in reading order.
    pub blocks: Vec<BlockKind>,
    /// Headings that are groups of a block even at the block level.
    pub groups: Vec<GroupKind>,
    /// The meanings of references between two blocks.
    pub relations: Vec<RelationKind>,
    /// The rules for canvases of this kind.
    pub rules: Vec<RuleKind>,
}

/// The author of a kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attribution {
    /// `Strategyzer`.
    pub author: String,
    /// The author's page.
    pub url: String,
    /// `CC BY-SA 3.0`.
    pub license: String,
    /// The licence's page.
    pub license_url: String,
    /// How it differs from the author's form, as a sentence; empty if it does not. Licences require it.
    pub changes: String,
}

/// A block of a kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlockKind {
    /// `key-activities`.
    pub id: String,
    /// The ids that it had before, and those in the kinds that this one starts from: references and
    /// anchors of pages also work with these. None of them is the id of another block.
    pub was: Vec<String>,
    /// `Key Activities`.
    pub label: String,
    /// Its label in other languages, by tag.
    pub labels: BTreeMap<String, String>,
    /// Other labels with this meaning, in any language.
    pub aliases: Vec<String>,
    /// Labels with this meaning only if others make the canvas, since they are everyday words.
    pub everyday: Vec<String>,
    /// One or two words for narrow places: `Activities`; long ones with soft hyphens.
    pub short: String,
    /// The question that helps to fill it, in English; may be empty.
    pub prompt: String,
    /// The question in other languages, by tag.
    pub prompts: BTreeMap<String, String>,
    /// The area that it is in, which determines its colour. [`Kind::area_of`] looks it up.
    pub area: Option<AreaIndex>,
    /// Its role in its kind, if it has one.
    pub role: Option<Role>,
    /// Whether elements with one name in several canvases are one thing, such as a partner: the page of
    /// the block gathers them.
    pub gathers: bool,
    /// The largest number of its elements, if there is a limit.
    pub at_most: Option<u32>,
    /// Whether the dictionary's labels for the id are labels of this block.
    is_common: bool,
}

/// The role of a block in its kind: what canvasbook knows about it beyond its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The offer: value threads start from its elements.
    Offer,
    /// The people whom it is for: value threads end at its elements.
    Audience,
    /// The activities: its sub-headings name departments.
    Activities,
    /// Costs or revenues: its elements may start with a share, such as `42 %`.
    Money,
}

/// A heading that is always a group.
#[derive(Debug, PartialEq, Eq)]
pub struct GroupKind {
    /// `early-adopters`.
    pub id: String,
    /// The block it belongs to.
    pub block: BlockIndex,
}

/// The verb of a pair of blocks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelationKind {
    /// The subject's block.
    pub from: BlockIndex,
    /// `supports`: read `from` verb `to`.
    pub verb: String,
    /// `is supported by`: read `to` inverse `from`.
    pub inverse: String,
    /// The verb in other languages, by tag; words of the theme are used for missing ones.
    pub verbs: BTreeMap<String, String>,
    /// The inverse in other languages, by tag.
    pub inverses: BTreeMap<String, String>,
    /// The object's block.
    pub to: BlockIndex,
    /// The end that depends on the other, if one does; threads run along it.
    pub supplies: Option<End>,
}

/// An end of a relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The subject.
    From,
    /// The object.
    To,
}

impl RelationKind {
    /// The block that depends and the block that it depends on.
    pub fn dependence(&self) -> Option<(BlockIndex, BlockIndex)> {
        match self.supplies? {
            End::To => Some((self.to, self.from)),
            End::From => Some((self.from, self.to)),
        }
    }
}

impl BlockKind {
    /// Whether it is a block of the classic canvases, which the dictionary has under its id.
    pub fn is_common(&self) -> bool {
        self.is_common
    }

    /// The question that helps to fill it, and the language of that: the requested one if it
    /// exists, else English.
    pub fn prompt_in(&self, language: &str) -> (&str, &str) {
        language::text_in(&self.prompt, &self.prompts, language)
    }
}

impl Kind {
    /// The purpose of such a canvas, and the language of that: the requested one if it exists, else English.
    pub fn summary_in(&self, language: &str) -> (&str, &str) {
        language::text_in(&self.summary, &self.summaries, language)
    }

    /// The block with an id.
    pub fn block(&self, id: &str) -> Option<BlockIndex> {
        self.indexes().find(|index| self.block_kind(*index).id == id)
    }

    /// The block that had an id before.
    pub fn block_that_was(&self, id: &str) -> Option<BlockIndex> {
        self.indexes().find(|index| self.block_kind(*index).was.iter().any(|was| was == id))
    }

    /// The id that a block has, by that or by one that it had before; the same id if no block had it.
    pub fn current_id<'k>(&'k self, id: &'k str) -> &'k str {
        match self.block(id).or_else(|| self.block_that_was(id)) {
            Some(block) => &self.block_kind(block).id,
            None => id,
        }
    }

    /// The index of each block, in reading order.
    pub fn indexes(&self) -> impl Iterator<Item = BlockIndex> + Clone + use<> {
        // A kind has fewer blocks than an index can count, which its reader ensures.
        (0..u8::try_from(self.blocks.len()).unwrap_or(u8::MAX)).map(BlockIndex)
    }

    /// The definition of a block.
    pub fn block_kind(&self, index: BlockIndex) -> &BlockKind {
        &self.blocks[usize::from(index.0)]
    }

    /// The block with a role.
    fn block_with(&self, role: Role) -> Option<BlockIndex> {
        self.indexes().find(|index| self.block_kind(*index).role == Some(role))
    }

    /// The block whose sub-headings name departments.
    pub fn departments_block(&self) -> Option<BlockIndex> {
        self.block_with(Role::Activities)
    }

    /// The block from which value threads start.
    pub fn offer_block(&self) -> Option<BlockIndex> {
        self.block_with(Role::Offer)
    }

    /// The block of the people at whom value threads end.
    pub fn audience_block(&self) -> Option<BlockIndex> {
        self.block_with(Role::Audience)
    }

    /// Whether elements of the first block may depend on elements of the second, even if only
    /// through others.
    pub fn depends(&self, dependent: BlockIndex, on: BlockIndex) -> bool {
        let mut reached = vec![dependent];
        let mut at = 0;
        while let Some(block) = reached.get(at).copied() {
            let steps = self.relations.iter().filter_map(RelationKind::dependence);
            for (_, supplier) in steps.filter(|(dependent, _)| *dependent == block) {
                if supplier == on {
                    return true;
                }
                if !reached.contains(&supplier) {
                    reached.push(supplier);
                }
            }
            at += 1;
        }
        false
    }
}
