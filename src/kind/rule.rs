//! Rules that a kind defines, in a closed list of forms.

use std::collections::BTreeMap;

use super::BlockIndex;
use crate::diagnostic::Code;
use crate::source::Location;
use crate::terms::Levels;

/// A rule of a kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleKind {
    /// Its code.
    pub code: Code,
    /// The place of its code.
    pub place: Location,
    /// The block that it is about.
    pub block: BlockIndex,
    /// Its form.
    pub form: RuleForm,
    /// The levels of its findings.
    pub levels: Levels,
    /// The message in English: a sentence without a full stop, with placeholders.
    pub message: String,
    /// The message in other languages, by tag, for pages that list gaps.
    pub messages: BTreeMap<String, String>,
}

/// The form of a rule of a kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RuleForm {
    /// Each element of the block relates to an element of one of these.
    Needs(Vec<BlockIndex>),
    /// The block has an element.
    Filled,
    /// The block has at most this number of elements.
    AtMost(u32),
}

impl RuleForm {
    /// The placeholders that a message of this form may have.
    pub(super) const fn places(&self) -> &'static [&'static str] {
        match self {
            Self::Needs(_) => &["element", "block"],
            Self::Filled => &["block"],
            Self::AtMost(_) => &["block", "count", "most"],
        }
    }
}
