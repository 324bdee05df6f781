//! Kinds of canvas, as data: which blocks there are, in which order, how they relate.
//!
//! The facts stand in `data/kinds/*.toml`; a test checks that they fit together.

pub mod activities;
mod decoration;
pub mod departments;
mod fold;
pub mod labels;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::language;

/// Which block of a kind: an index into [`Kind::blocks`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BlockIndex(pub u8);

/// A kind of canvas.
#[derive(Debug, PartialEq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kind {
    /// `business-model` or `lean`.
    pub id: String,
    /// What it is called: `Business Model Canvas`.
    pub title: String,
    /// Whose it is and under which licence; every poster shows it.
    pub attribution: Attribution,
    /// The poster from left to right: five columns, each with its blocks from top to bottom, then
    /// the bottom row. Block ids.
    pub poster: Vec<Vec<String>>,
    /// The block whose sub-headings name departments, if the kind has departments: a block id.
    pub departments: Option<String>,
    /// The block that value threads start from: a block id.
    pub offer: String,
    /// The block of the people that value threads end at: a block id.
    pub audience: String,
    /// The blocks, in reading order.
    pub blocks: Vec<BlockKind>,
    /// Headings that are groups of a block even where they stand at the block level.
    #[serde(default)]
    pub groups: Vec<GroupKind>,
    /// What references between two blocks mean.
    pub relations: Vec<RelationKind>,
}

/// The author of a kind.
#[derive(Debug, PartialEq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attribution {
    /// `Strategyzer`.
    pub author: String,
    /// The author's page.
    pub url: String,
    /// `CC BY-SA 3.0`.
    pub license: String,
    /// The licence's page.
    pub license_url: String,
}

/// A block of a kind.
#[derive(Debug, PartialEq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BlockKind {
    /// `key-activities`.
    pub id: String,
    /// `Key Activities`.
    pub label: String,
    /// One or two words for narrow places: `Activities`; long ones with soft hyphens.
    pub short: String,
    /// What to ask to fill it, in English.
    pub prompt: String,
    /// The same in other languages, by tag.
    pub prompts: BTreeMap<String, String>,
    /// Which part of the business model it belongs to; decides its colour.
    pub area: Area,
}

/// The four parts of a business model.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize, serde::Serialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Area {
    /// How it is made.
    Infrastructure,
    /// What is offered.
    Offer,
    /// Whom it serves.
    Customers,
    /// What it costs and earns.
    Money,
}

impl Area {
    /// Its id, as data and style sheets have it.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Infrastructure => "infrastructure",
            Self::Offer => "offer",
            Self::Customers => "customers",
            Self::Money => "money",
        }
    }
}

/// A heading that is always a group.
#[derive(Debug, PartialEq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroupKind {
    /// `early-adopters`.
    pub id: String,
    /// The block it belongs to: a block id.
    pub block: String,
}

/// The verb of a pair of blocks.
#[derive(Debug, PartialEq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RelationKind {
    /// A block id.
    pub from: String,
    /// `supports`: read `from` verb `to`.
    pub verb: String,
    /// `is supported by`: read `to` inverse `from`.
    pub inverse: String,
    /// A block id.
    pub to: String,
    /// True where `from` makes `to` possible, so that a value thread runs through it.
    #[serde(default)]
    pub supplies: bool,
}

impl BlockKind {
    /// What to ask to fill it, and the language that the question is in: the one that is wanted, as
    /// far as we have it, else English.
    pub fn prompt_in(&self, language: &str) -> (&str, &str) {
        let known = language::find(language, self.prompts.keys().map(String::as_str));
        let asked = known.and_then(|tag| Some((self.prompts.get(tag)?.as_str(), tag)));
        asked.unwrap_or((&self.prompt, "en"))
    }
}

impl Kind {
    /// The block of an id.
    pub fn block(&self, id: &str) -> Option<BlockIndex> {
        let at = self.blocks.iter().position(|block| block.id == id)?;
        Some(BlockIndex(u8::try_from(at).ok()?))
    }

    /// What the kind says of a block.
    pub fn block_kind(&self, index: BlockIndex) -> &BlockKind {
        &self.blocks[usize::from(index.0)]
    }

    /// The block whose sub-headings name departments.
    pub fn departments_block(&self) -> Option<BlockIndex> {
        self.block(self.departments.as_deref()?)
    }

    /// The block that value threads start from.
    pub fn offer_block(&self) -> BlockIndex {
        self.block(&self.offer).unwrap_or(BlockIndex(0))
    }
}

/// All kinds; the first is the default.
pub fn kinds() -> &'static [Kind] {
    static KINDS: LazyLock<Vec<Kind>> = LazyLock::new(|| {
        [
            include_str!("../../data/kinds/business-model.toml"),
            include_str!("../../data/kinds/lean.toml"),
        ]
        .into_iter()
        .map(|text| toml::from_str(text).expect("the embedded kinds are read by a test"))
        .collect()
    });
    &KINDS
}

/// The kind of an id.
pub fn kind(id: &str) -> Option<&'static Kind> {
    kinds().iter().find(|kind| kind.id == id)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn kinds_have_nine_blocks_that_all_stand_on_the_poster_once() {
        for kind in kinds() {
            let ids: BTreeSet<&str> = kind.blocks.iter().map(|block| &*block.id).collect();
            assert_eq!((kind.blocks.len(), ids.len()), (9, 9), "{}", kind.id);
            let mut shown: Vec<&str> = kind.poster.iter().flatten().map(String::as_str).collect();
            shown.sort_unstable();
            assert_eq!(shown, Vec::from_iter(ids), "{}", kind.id);
            assert_eq!(kind.poster.len(), 6, "{}: five columns and the bottom row", kind.id);
        }
    }

    #[test]
    fn kinds_speak_of_blocks_that_they_have() {
        for kind in kinds() {
            let mut ids = vec![&kind.offer];
            ids.extend(&kind.departments);
            ids.extend(kind.groups.iter().map(|group| &group.block));
            ids.extend(kind.relations.iter().flat_map(|relation| [&relation.from, &relation.to]));
            for id in ids {
                assert!(kind.block(id).is_some(), "{} has no block {id}", kind.id);
            }
        }
    }

    #[test]
    fn a_pair_of_blocks_has_one_verb_whichever_side_writes_it() {
        for kind in kinds() {
            let mut pairs = BTreeSet::new();
            for relation in &kind.relations {
                assert_ne!(relation.from, relation.to, "{}", kind.id);
                let mut pair = [&relation.from, &relation.to];
                pair.sort_unstable();
                assert!(pairs.insert(pair), "{}: {pair:?} has two verbs", kind.id);
                assert!(!relation.verb.is_empty() && !relation.inverse.is_empty());
            }
        }
    }

    #[test]
    fn kinds_blocks_and_groups_have_texts_and_ids_of_their_own() {
        let mut kinds_seen = BTreeSet::new();
        for kind in kinds() {
            assert!(kinds_seen.insert(&kind.id), "two kinds are called {}", kind.id);
            assert!(kind.attribution.url.starts_with("https://"), "{}", kind.id);
            assert!(kind.attribution.license_url.starts_with("https://"), "{}", kind.id);
            for block in &kind.blocks {
                assert_eq!(block.id, crate::slug::slug(&block.id));
                for prompt in block.prompts.values().chain([&block.prompt]) {
                    assert!(prompt.ends_with('?'), "{} does not ask: {prompt}", block.id);
                }
                let languages: Vec<&str> = block.prompts.keys().map(String::as_str).collect();
                assert_eq!(languages, ["de", "es", "fr"], "{} of {}", block.id, kind.id);
                assert!(!block.short.is_empty() && block.short.len() <= block.label.len());
                assert_eq!(labels::find(&block.label).map(|label| label.id), Some(&*block.id));
            }
            for group in &kind.groups {
                assert!(kind.block(&group.id).is_none(), "{} is a block and a group", group.id);
            }
        }
    }
}
