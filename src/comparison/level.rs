//! The level of a change: how much it matters.

use std::fmt;

use super::word_diff::{is_word, split};
use crate::characters::spoken;
use crate::kind::{BlockIndex, Kind, Role};

/// How much a change matters, the least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Not about the business: case and punctuation, ids and classes, tags and dates.
    Cosmetic,
    /// Anything else.
    Detail,
    /// Somebody stops doing something, or somebody else does it: what others depend on (an activity, a partner, a
    /// resource, a channel, a relationship) goes or moves, somebody else becomes responsible for it, or a
    /// department contributes no longer.
    Commitment,
    /// A promise: an element of the offer, a segment or a revenue goes, or a figure in it changes.
    Promise,
}

impl Level {
    /// All levels, the least first.
    pub const ALL: [Self; 4] = [Self::Cosmetic, Self::Detail, Self::Commitment, Self::Promise];

    /// Its id.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Cosmetic => "cosmetic",
            Self::Detail => "detail",
            Self::Commitment => "commitment",
            Self::Promise => "promise",
        }
    }

    /// The level with an id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.id() == id)
    }

    /// The level of losing an element of a block.
    pub(super) fn of_loss(kind: &Kind, block: BlockIndex) -> Self {
        let depends = |end: fn((BlockIndex, BlockIndex)) -> BlockIndex| {
            kind.relations.iter().filter_map(|it| it.dependence()).any(|it| end(it) == block)
        };
        let is_dependent = depends(|(dependent, _)| dependent);
        match kind.block_kind(block).role {
            Some(Role::Offer | Role::Audience) => Self::Promise,
            Some(Role::Money) if is_dependent => Self::Promise,
            _ if is_dependent || depends(|(_, supplier)| supplier) => Self::Commitment,
            _ => Self::Detail,
        }
    }

    /// The level of somebody else, or nobody, becoming responsible for something. If nobody was before, nothing is
    /// lost.
    pub(super) fn of_hands(before: Option<&str>, after: Option<&str>) -> Self {
        if before.is_some() && before != after { Self::Commitment } else { Self::Detail }
    }

    /// The level of a changed text of an element of a block.
    pub(super) fn of_text(kind: &Kind, block: BlockIndex, before: &str, after: &str) -> Self {
        if spoken(before).eq(spoken(after)) {
            return Self::Cosmetic;
        }
        match Self::of_loss(kind, block) {
            Self::Promise if figures(before) != figures(after) => Self::Promise,
            _ => Self::Detail,
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

/// The numbers in a text, in order.
fn figures(text: &str) -> Vec<&str> {
    let words = split(text).into_iter().filter(|piece| is_word(piece));
    words.filter(|word| word.contains(char::is_numeric)).collect()
}
