//! Rules that a kind brings, in a closed list of forms.

use std::collections::BTreeMap;

use super::BlockIndex;
use crate::diagnostic::Code;
use crate::source::Location;
use crate::terms::Levels;

/// A rule of a kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleKind {
    /// What it is called.
    pub code: Code,
    /// Where its code is written.
    pub place: Location,
    /// The block that it is about.
    pub block: BlockIndex,
    /// What it asks for.
    pub form: RuleForm,
    /// How much its findings weigh.
    pub levels: Levels,
    /// What is wrong, in English: a sentence without a full stop, with places to fill in.
    pub message: String,
    /// The message in other languages, by tag, for pages that list what is missing.
    pub messages: BTreeMap<String, String>,
}

/// What a rule of a kind asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RuleForm {
    /// Each element of the block relates to an element of one of these.
    Needs(Vec<BlockIndex>),
    /// The block has an element.
    Filled,
    /// The block has so many elements at the most.
    AtMost(u32),
}

impl RuleForm {
    /// What a message of this form may have in braces.
    pub(super) const fn places(&self) -> &'static [&'static str] {
        match self {
            Self::Needs(_) => &["element", "block"],
            Self::Filled => &["block"],
            Self::AtMost(_) => &["block", "count", "most"],
        }
    }
}
