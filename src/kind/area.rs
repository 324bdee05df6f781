//! The areas of a kind: parts of the poster that share a colour and an entry of the legend.

use std::collections::BTreeMap;

use super::{BlockIndex, Kind};
use crate::language;
use crate::node::reader::SchemeColors;

/// An index into [`Kind::areas`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AreaIndex(pub u8);

/// A part of a poster that shares a colour, such as all blocks about customers. A kind with two or more
/// has a legend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Area {
    /// `customers`.
    pub id: String,
    /// Its label in the legend: `Whom it serves`.
    pub label: String,
    /// Its label in other languages, by tag.
    pub labels: BTreeMap<String, String>,
    /// The colour of its blocks.
    pub color: AreaColor,
}

/// The colour of an area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AreaColor {
    /// A colour of the theme, which `[colors]` of the configuration may change.
    Theme(ThemeColor),
    /// A colour of its own. Its spans are those of the file of the kind that wrote it.
    Own(SchemeColors),
}

/// The colours that every theme has for areas.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ThemeColor {
    /// For how something is made.
    Infrastructure,
    /// For what is offered.
    Offer,
    /// For whom it serves.
    Customers,
    /// For what it costs and earns.
    Money,
}

impl ThemeColor {
    /// The ids of all.
    pub const IDS: &[&str] = &["infrastructure", "offer", "customers", "money"];

    /// Its id in files of kinds, `[colors]` and style sheets.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Infrastructure => "infrastructure",
            Self::Offer => "offer",
            Self::Customers => "customers",
            Self::Money => "money",
        }
    }

    pub(super) fn from_id(id: &str) -> Option<Self> {
        let all = [Self::Infrastructure, Self::Offer, Self::Customers, Self::Money];
        all.into_iter().find(|color| color.id() == id)
    }
}

impl Area {
    /// The label in a language, and the language of that: the requested one if there is a label, else
    /// English.
    pub fn label_in(&self, language: &str) -> (&str, &str) {
        language::text_in(&self.label, &self.labels, language)
    }
}

impl Kind {
    /// The area of a block, if it is in one.
    pub fn area_of(&self, block: BlockIndex) -> Option<(AreaIndex, &Area)> {
        let index = self.block_kind(block).area?;
        Some((index, &self.areas[usize::from(index.0)]))
    }
}
