//! The closed vocabularies of canvases: the categories of activities, the stages of a business
//! model, the levels of findings.

use crate::diagnostic::Severity;
use crate::slug::slug;

/// The kind of work that an activity is. Source: the three categories of key activities in the
/// business model canvas literature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Category {
    /// Design, manufacture and delivery of a product.
    Production,
    /// Solutions for individual problems, knowledge, training.
    ProblemSolving,
    /// Building, running and promoting a platform or network.
    Platform,
}

impl Category {
    /// All categories, in the order in which they are shown.
    pub const ALL: [Self; 3] = [Self::Production, Self::ProblemSolving, Self::Platform];

    /// `production`, `problem-solving` or `platform`.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Production => "production",
            Self::ProblemSolving => "problem-solving",
            Self::Platform => "platform",
        }
    }

    /// The category of a name as people write it: `Problem Solving`, `Platform / Network`.
    pub fn named(name: &str) -> Option<Self> {
        match &*slug(name) {
            "platform-network" => Some(Self::Platform),
            id => Self::from_id(id),
        }
    }

    /// The category with an id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|category| category.id() == id)
    }
}

/// The phase of a business model's life. Source: the explore and exploit portfolios of
/// Strategyzer's "The Invincible Company".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Stage {
    /// Exploring.
    Ideation,
    /// Exploring.
    Discovery,
    /// Exploring.
    Validation,
    /// Exploring.
    Acceleration,
    /// Between the two.
    Transfer,
    /// Exploiting.
    Improve,
    /// Exploiting.
    Grow,
    /// Exploiting.
    Sustain,
    /// Exploiting.
    Retire,
}

impl Stage {
    /// All stages, from the first idea to the end.
    pub const ALL: [Self; 9] = [
        Self::Ideation,
        Self::Discovery,
        Self::Validation,
        Self::Acceleration,
        Self::Transfer,
        Self::Improve,
        Self::Grow,
        Self::Sustain,
        Self::Retire,
    ];

    /// `ideation`, `discovery`, … `retire`.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Ideation => "ideation",
            Self::Discovery => "discovery",
            Self::Validation => "validation",
            Self::Acceleration => "acceleration",
            Self::Transfer => "transfer",
            Self::Improve => "improve",
            Self::Grow => "grow",
            Self::Sustain => "sustain",
            Self::Retire => "retire",
        }
    }

    /// The portfolio that it belongs to: `explore`, `transfer` on the way, or `exploit`.
    pub const fn portfolio(self) -> &'static str {
        match self {
            Self::Ideation | Self::Discovery | Self::Validation | Self::Acceleration => "explore",
            Self::Transfer => "transfer",
            Self::Improve | Self::Grow | Self::Sustain | Self::Retire => "exploit",
        }
    }

    /// The stage with an id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.id() == id)
    }
}

/// The words for levels, from the lowest on.
pub const LEVELS: &[&str] = &["off", "advice", "warning", "error"];

/// The level that a word means: `Some(None)` is off. `None` for a word that is not in [`LEVELS`].
pub fn level(word: &str) -> Option<Option<Severity>> {
    match word {
        "off" => Some(None),
        "advice" => Some(Some(Severity::Advice)),
        "warning" => Some(Some(Severity::Warning)),
        "error" => Some(Some(Severity::Error)),
        _ => None,
    }
}

/// The level of a rule's findings, by the portfolio that their canvas belongs to; `None` is off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Levels {
    /// While exploring, and for a canvas without a stage.
    pub explore: Option<Severity>,
    /// On the way from one to the other.
    pub transfer: Option<Severity>,
    /// While exploiting.
    pub exploit: Option<Severity>,
}

impl Levels {
    /// Advice while exploring, where a model may still have holes, and a warning later.
    pub const BY_STAGE: Self = Self {
        explore: Some(Severity::Advice),
        transfer: Some(Severity::Warning),
        exploit: Some(Severity::Warning),
    };

    /// One level for all stages.
    pub const fn always(level: Severity) -> Self {
        Self { explore: Some(level), transfer: Some(level), exploit: Some(level) }
    }

    /// The level, if it is equal at all stages; `Some(None)` is off.
    pub fn always_same(self) -> Option<Option<Severity>> {
        let Self { explore, transfer, exploit } = self;
        (explore == transfer && transfer == exploit).then_some(explore)
    }

    /// The level at a stage.
    pub fn at(self, stage: Option<Stage>) -> Option<Severity> {
        match stage.map(Stage::portfolio) {
            Some("exploit") => self.exploit,
            Some("transfer") => self.transfer,
            _ => self.explore,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_lead_back_and_are_what_serde_writes() {
        for stage in Stage::ALL {
            assert_eq!(Stage::from_id(stage.id()), Some(stage));
            assert_eq!(serde_json::to_value(stage).ok(), Some(stage.id().into()));
        }
        for category in Category::ALL {
            assert_eq!(Category::from_id(category.id()), Some(category));
            assert_eq!(serde_json::to_value(category).ok(), Some(category.id().into()));
        }
        assert_eq!(Stage::from_id("Grow"), None);
    }
}
