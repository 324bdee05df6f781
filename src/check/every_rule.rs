//! Every rule of the registry has a canvas in which it finds something, one in which it does not, and one that waives
//! it; and what it finds weighs at each stage what is written here. A rule that is missing here fails.

use std::sync::Arc;

use super::tests::{Found, find_with, rules};
use super::{Finding, Rule, RuleIndex};
use crate::handbook::DocumentIndex;
use crate::history::{Blob, Commit, FileChange, History, Version};
use crate::source::SourcePath;
use crate::terms::Stage;

/// A case of a rule.
struct Case {
    code: &'static str,
    /// The kind that brings the rule; empty for one in code.
    kind: &'static str,
    levels: Weighs,
    /// The document in which it finds something.
    found: &'static str,
    /// The document in which it does not.
    not: &'static str,
}

/// How much the findings of a rule weigh.
#[derive(Clone, Copy)]
enum Weighs {
    Always(&'static str),
    /// Advice while exploring or without a stage, a warning later.
    ByStage,
}

use Weighs::{Always, ByStage};

/// A case of a rule in code.
const fn of(code: &'static str, levels: Weighs, found: &'static str, not: &'static str) -> Case {
    Case { code, kind: "", levels, found, not }
}

/// A case of a rule that a kind brings.
const fn of_kind(
    kind: &'static str,
    code: &'static str,
    found: &'static str,
    not: &'static str,
) -> Case {
    Case { code, kind, levels: ByStage, found, not }
}

const ADVICE: Weighs = Always("advice");
const WARNING: Weighs = Always("warning");
const BUSINESS: &str = "business-model";
const LEAN: &str = "lean";
const MISSION: &str = "mission-model";
const VISION: &str = "product-vision";

/// What is in the folder beside the document of a case.
const OTHERS: [(&str, &str); 2] = [
    (
        "content/b.md",
        "# Mill\n\n## Key Activities\n\n### Marketing\n\n- Mill {owner=\"Head of Mills\"}\n\n## Channels\n\n## Key Partners\n",
    ),
    (
        OTHER,
        "# Farm\n\n## Value Propositions\n\n- **Rye** {#rye} — ripe.\n\n## Channels\n\n## Key Partners\n",
    ),
];

/// The document that is changed after a review.
const OTHER: &str = "content/c.md";

const CASES: &[Case] = &[
    of(
        "unnamed-element",
        ADVICE,
        "## Channels\n\n- We sell what we bake at the market of the town, early in the morning, from a stall that we put up ourselves.\n\n## Costs\n\n## Key Partners\n",
        "## Channels\n\n- Stall\n\n## Costs\n\n## Key Partners\n",
    ),
    of(
        "repeated-element",
        ADVICE,
        "## Channels\n\n- Stall\n- Stall\n\n## Costs\n\n## Key Partners\n",
        "## Channels\n\n- Stall\n- Van\n\n## Costs\n\n## Key Partners\n",
    ),
    of(
        "nonstandard-label",
        WARNING,
        "## VP\n\n- Bread\n\n## CS\n\n- Street\n\n## CH\n\n- Shop\n",
        "## VP\n\n- Bread\n\n## Customer Segments\n\n- Street\n\n## CH\n\n- Shop\n",
    ),
    of(
        "department-nearly-known",
        WARNING,
        "## Key Activities\n\n### Markting\n\n- Sell\n\n## Channels\n\n## Costs\n",
        "## Key Activities\n\n### Marketing\n\n- Sell\n\n## Channels\n\n## Costs\n",
    ),
    of(
        "overlapping-departments",
        ADVICE,
        "## Key Activities\n\n### Sales\n\n- Sell\n\n### Sales and Customer Service\n\n- Help\n\n## Channels\n\n## Costs\n",
        "## Key Activities\n\n### Sales\n\n- Sell\n\n### Production\n\n- Bake\n\n## Channels\n\n## Costs\n",
    ),
    of(
        "owner-nearly-known",
        ADVICE,
        "## Key Activities\n\n- Bake {owner=\"Head of Bread\"}\n- Sell {owner=\"Head of Breads\"}\n\n## Channels\n\n## Costs\n",
        "## Key Activities\n\n- Bake {owner=\"Head of Bread\"}\n- Sell {owner=\"Strategy Office\"}\n\n## Channels\n\n## Costs\n",
    ),
    of("repeated-title", ADVICE, "# Mill\n\nAnother one.\n", "# Stall\n\nAnother one.\n"),
    of(
        "block-nearly-known",
        WARNING,
        "## Chanels of ours\n\n## Key Partnrs\n\n- Mill\n\n## Channels\n\n- Van\n\n## Costs\n\n## Value Propositions\n",
        "## Key Partners\n\n- Mill\n\n## Channels\n\n- Van\n\n## Costs\n\n## Value Propositions\n",
    ),
    of(
        "empty-block",
        ADVICE,
        "## Channels\n\n- Van\n\n## Key Partners\n\n## Key Activities\n\n- Bake\n",
        "## Channels\n\n- Van\n\n## Key Partners\n\n- Mill\n\n## Key Activities\n\n- Bake\n",
    ),
    of(
        "empty-section",
        ADVICE,
        "## Channels\n\n- Van\n\n## Key Partners\n\n- Mill\n\n## Costs\n\n- Rent\n\n## Later\n",
        "## Channels\n\n- Van\n\n## Key Partners\n\n- Mill\n\n## Costs\n\n- Rent\n\n## Later\n\nA text.\n",
    ),
    of(
        "missing-block",
        ADVICE,
        "## Channels\n\n- Van\n\n## Key Partners\n\n## Costs\n",
        ALL_BLOCKS,
    ),
    of(
        "overfull-block",
        ADVICE,
        "+++\ncanvas = \"lean\"\n+++\n## Problem\n\n- Hunger\n- Queues\n- Price\n- Crumbs\n",
        "+++\ncanvas = \"lean\"\n+++\n## Problem\n\n- Hunger\n- Queues\n- Price\n",
    ),
    of(
        "activity-without-department",
        ByStage,
        "## Key Activities\n\n- Bake\n\n### Sales\n\n- Sell\n\n## Channels\n\n## Costs\n",
        "## Key Activities\n\n### Sales\n\n- Sell\n\n## Channels\n\n## Costs\n",
    ),
    of(
        "activity-without-owner",
        ByStage,
        "## Key Activities\n\n- Bake {owner=\"Head of Bread\"}\n- Sell\n\n## Channels\n\n## Costs\n",
        "## Key Activities\n\n- Bake {owner=\"Head of Bread\"}\n\n## Channels\n\n## Costs\n",
    ),
    of(
        "review-overdue",
        ByStage,
        "+++\nreviewed = 2026-01-31\nreview_every = \"6 months\"\n+++\n## Channels\n\n## Key Partners\n\n## Costs\n",
        "+++\nreviewed = 2026-10-31\nreview_every = \"6 months\"\n+++\n## Channels\n\n## Key Partners\n\n## Costs\n",
    ),
    of(
        "suspect-reference",
        ByStage,
        "+++\nreviewed = 2026-01-31\n+++\n## Channels\n\n- Van — for [rye](c.md#rye)\n\n## Key Partners\n\n## Costs\n",
        "+++\nreviewed = 2026-10-31\n+++\n## Channels\n\n- Van — for [rye](c.md#rye)\n\n## Key Partners\n\n## Costs\n",
    ),
    of_kind(
        BUSINESS,
        "unsupported-proposition",
        "## Value Propositions\n\n- Bread\n\n## Channels\n\n## Costs\n",
        "## Value Propositions\n\n- Bread\n\n## Key Activities\n\n- Bake — for [[#Bread]]\n\n## Costs\n",
    ),
    of_kind(
        BUSINESS,
        "undelivered-proposition",
        "## Value Propositions\n\n- Bread\n\n## Channels\n\n## Costs\n",
        "## Value Propositions\n\n- Bread\n\n## Channels\n\n- Van — for [[#Bread]]\n\n## Costs\n",
    ),
    of_kind(
        BUSINESS,
        "aimless-proposition",
        "## Value Propositions\n\n- Bread\n\n## Channels\n\n## Costs\n",
        "## Value Propositions\n\n- Bread — for [[#Town]]\n\n## Customer Segments\n\n- Town\n\n## Costs\n",
    ),
    of_kind(
        BUSINESS,
        "unserved-segment",
        "## Customer Segments\n\n- Town\n\n## Channels\n\n## Costs\n",
        "## Value Propositions\n\n- Bread — for [[#Town]]\n\n## Customer Segments\n\n- Town\n\n## Costs\n",
    ),
    of_kind(
        BUSINESS,
        "unpaid-revenue",
        "## Revenue Streams\n\n- Sales\n\n## Channels\n\n## Costs\n",
        "## Revenue Streams\n\n- Sales — from [[#Town]]\n\n## Customer Segments\n\n- Town\n\n## Costs\n",
    ),
    of_kind(
        BUSINESS,
        "idle-activity",
        "## Key Activities\n\n- Bake\n\n## Channels\n\n## Costs\n",
        "## Key Activities\n\n- Bake — for [[#Van]]\n\n## Channels\n\n- Van\n\n## Costs\n",
    ),
    of_kind(
        BUSINESS,
        "idle-partner",
        "## Key Partners\n\n- Mill\n\n## Channels\n\n## Costs\n",
        "## Key Partners\n\n- Mill — for [[#Bake]]\n\n## Key Activities\n\n- Bake\n\n## Costs\n",
    ),
    of_kind(
        BUSINESS,
        "idle-resource",
        "## Key Resources\n\n- Oven\n\n## Channels\n\n## Costs\n",
        "## Key Resources\n\n- Oven — for [[#Bake]]\n\n## Key Activities\n\n- Bake\n\n## Costs\n",
    ),
    of_kind(
        BUSINESS,
        "undriven-cost",
        "## Cost Structure\n\n- Rent\n\n## Channels\n\n## Key Partners\n",
        "## Cost Structure\n\n- Rent — of [[#Oven]]\n\n## Key Resources\n\n- Oven\n\n## Key Partners\n",
    ),
    of_kind(
        LEAN,
        "unsupported-proposition",
        "## Unique Value Proposition\n\n- Bread\n",
        "## Unique Value Proposition\n\n- Bread\n\n## Solution\n\n- Oven — for [[#Bread]]\n",
    ),
    of_kind(
        LEAN,
        "undelivered-proposition",
        "## Unique Value Proposition\n\n- Bread\n",
        "## Unique Value Proposition\n\n- Bread\n\n## Channels\n\n- Van — for [[#Bread]]\n",
    ),
    of_kind(
        LEAN,
        "aimless-proposition",
        "## Unique Value Proposition\n\n- Bread\n",
        "## Unique Value Proposition\n\n- Bread — for [[#Town]]\n\n## Customer Segments\n\n- Town\n",
    ),
    of_kind(
        LEAN,
        "unserved-segment",
        "## Customer Segments\n\n- Town\n",
        "## Unique Value Proposition\n\n- Bread — for [[#Town]]\n\n## Customer Segments\n\n- Town\n",
    ),
    of_kind(
        LEAN,
        "unpaid-revenue",
        "## Revenue Streams\n\n- Sales\n",
        "## Revenue Streams\n\n- Sales — from [[#Town]]\n\n## Customer Segments\n\n- Town\n",
    ),
    of_kind(
        LEAN,
        "undriven-cost",
        "## Cost Structure\n\n- Rent\n",
        "## Cost Structure\n\n- Rent — of [[#Oven]]\n\n## Solution\n\n- Oven\n",
    ),
    of_kind(
        MISSION,
        "unsupported-proposition",
        "## Value Propositions\n\n- Bread\n",
        "## Value Propositions\n\n- Bread\n\n## Key Activities\n\n- Bake — for [[#Bread]]\n",
    ),
    of_kind(
        MISSION,
        "idle-partner",
        "## Key Partners\n\n- Mill\n",
        "## Key Partners\n\n- Mill — for [[#Bake]]\n\n## Key Activities\n\n- Bake\n",
    ),
    of_kind(
        MISSION,
        "idle-resource",
        "## Key Resources\n\n- Oven\n",
        "## Key Resources\n\n- Oven — for [[#Bake]]\n\n## Key Activities\n\n- Bake\n",
    ),
    of_kind(
        MISSION,
        "idle-activity",
        "## Key Activities\n\n- Bake\n",
        "## Key Activities\n\n- Bake — for [[#Bread]]\n\n## Value Propositions\n\n- Bread\n",
    ),
    of_kind(
        MISSION,
        "undeployed-proposition",
        "## Value Propositions\n\n- Bread\n",
        "## Value Propositions\n\n- Bread\n\n## Deployment\n\n- Van — for [[#Bread]]\n",
    ),
    of_kind(
        MISSION,
        "unneeded-proposition",
        "## Value Propositions\n\n- Bread\n",
        "## Value Propositions\n\n- Bread — for [[#Town]]\n\n## Beneficiaries\n\n- Town\n",
    ),
    of_kind(
        MISSION,
        "unserved-beneficiary",
        "## Beneficiaries\n\n- Town\n",
        "## Value Propositions\n\n- Bread — for [[#Town]]\n\n## Beneficiaries\n\n- Town\n",
    ),
    of_kind(
        MISSION,
        "unfounded-achievement",
        "## Mission Achievement or Impact Factors\n\n- Peace\n",
        "## Mission Achievement or Impact Factors\n\n- Peace\n\n## Key Activities\n\n- Bake — for [[#Peace]]\n",
    ),
    of_kind(
        MISSION,
        "undriven-cost",
        "## Mission Budget or Cost\n\n- Rent\n",
        "## Mission Budget or Cost\n\n- Rent — of [[#Bake]]\n\n## Key Activities\n\n- Bake\n",
    ),
    of_kind(
        VISION,
        "unmet-need",
        "## Needs\n\n- Bread\n",
        "## Needs\n\n- Bread\n\n## Product\n\n- Oven — for [[#Bread]]\n",
    ),
    of_kind(
        VISION,
        "unfelt-need",
        "## Needs\n\n- Bread\n",
        "## Needs\n\n- Bread\n\n## Target Group\n\n- Town — wants [[#Bread]]\n",
    ),
    of_kind(
        VISION,
        "needless-trait",
        "## Product\n\n- Oven\n",
        "## Needs\n\n- Bread\n\n## Product\n\n- Oven — for [[#Bread]]\n",
    ),
    of_kind(
        VISION,
        "stray-goal",
        "## Business Goals\n\n- Growth\n",
        "## Business Goals\n\n- Growth\n\n## Product\n\n- Oven — for [[#Growth]]\n",
    ),
];

/// A canvas that has every block.
const ALL_BLOCKS: &str = "## Key Partners\n\n## Key Activities\n\n## Key Resources\n\n## Value Propositions\n\n\
    ## Customer Relationships\n\n## Channels\n\n## Customer Segments\n\n## Cost Structure\n\n## Revenue Streams\n";

impl Case {
    /// A document with lines of front matter above its own.
    fn document(&self, text: &str, front: &str) -> String {
        let (own, body) = match text.strip_prefix("+++\n") {
            Some(text) => text.split_once("+++\n").expect("front matter has an end"),
            None => ("", text),
        };
        let kind = if self.kind.is_empty() {
            String::new()
        } else {
            format!("canvas = {:?}\n", self.kind)
        };
        let (keys, tables) = match front.starts_with('[') {
            true => ("", front),
            false => (front, ""),
        };
        format!("+++\n{keys}{kind}{own}{tables}+++\n{body}")
    }

    fn find(&self, text: String) -> Found {
        let history = history(&text);
        let mut sources = OTHERS.map(|(path, text)| (path, text.to_owned())).to_vec();
        sources.push((PATH, text));
        find_with(history, &sources)
    }
}

/// A history in which [`OTHER`] was written another way while the document of a case was as it is.
fn history(document: &str) -> History {
    let version = |blob| Version { path: SourcePath::new(OTHER), blob: Blob(blob) };
    let own = Version { path: SourcePath::new(PATH), blob: Blob(2) };
    let commit = |id: &str, month, changes: &[FileChange]| Commit {
        id: id.into(),
        seconds: 0,
        day: crate::date::Date::constant(2026, month, 1),
        author: "".into(),
        subject: "".into(),
        changes: changes.into(),
    };
    let now: Arc<str> = OTHERS[1].1.into();
    let before: Arc<str> = OTHERS[1].1.replace("ripe", "green").into();
    History {
        commits: vec![
            commit("b", 6, &[FileChange::Changed { before: version(0), after: version(1) }]),
            commit("a", 1, &[FileChange::Added(version(0)), FileChange::Added(own)]),
        ],
        blobs: vec![Some(before), Some(now), Some(document.into())],
        ..History::default()
    }
}

/// The document of a case, which is behind the others.
const PATH: &str = "content/z.md";

/// Its index.
const CASE: DocumentIndex = DocumentIndex(2);

/// What a rule found in the document of a case.
fn of_rule(found: &Found, rule: RuleIndex) -> Vec<&Finding> {
    let all = found.findings.of(CASE).iter();
    all.filter(|finding| finding.rule == Some(rule)).collect()
}

#[test]
fn every_rule_finds_something_or_nothing_can_be_waived_and_weighs_what_it_is_to() {
    let rules = rules();
    let of_registry =
        || rules.iter().map(|(_, rule)| (rule, rule.kind().map_or("", |kind| &kind.id)));
    let has_case =
        |code: &str, kind: &str| CASES.iter().any(|it| it.code == code && it.kind == kind);
    let missing = of_registry().filter(|(rule, kind)| !has_case(&rule.code, kind));
    let missing: Vec<_> = missing.map(|(rule, kind)| (rule.code.as_str(), kind)).collect();
    assert!(missing.is_empty(), "rules without a case here: {missing:?}");
    let is_rule = |case: &&Case| {
        of_registry().any(|(rule, kind)| *rule.code == *case.code && kind == case.kind)
    };
    let unknown: Vec<&str> =
        CASES.iter().filter(|case| !is_rule(case)).map(|case| case.code).collect();
    assert!(unknown.is_empty(), "cases of no rule: {unknown:?}");
    for case in CASES {
        let is_it = |rule: &Rule| {
            *rule.code == *case.code && rule.kind().map_or("", |kind| &kind.id) == case.kind
        };
        let (index, rule) = rules.iter().find(|(_, rule)| is_it(rule)).expect("is a rule");
        let kind = case.kind;
        let of = |text: &str, front: &str| case.find(case.document(text, front));
        let name = format!("`{}` of {kind:?}", case.code);

        let open = of(case.found, "");
        assert!(!of_rule(&open, index).is_empty(), "{name} finds nothing");
        assert!(of_rule(&open, index).iter().all(|it| it.waived.is_none()), "{name}");
        assert!(of_rule(&of(case.not, ""), index).is_empty(), "{name} finds something");

        let waiver = format!("[[waive]]\nrule = {:?}\nreason = \"It is new.\"\n", case.code);
        let waived = of(case.found, &waiver);
        let is_waived = |it: &&Finding| it.waived == Some(0);
        assert!(!of_rule(&waived, index).is_empty(), "{name}: a waived finding is kept");
        assert!(of_rule(&waived, index).iter().all(is_waived), "{name} cannot be waived");
        let unused = |found: &Found| {
            let mut all = found.findings.of(CASE).iter();
            all.any(|finding| *finding.diagnostic.code == *"unused-waiver")
        };
        assert!(!unused(&waived), "{name}: its waiver is used");
        // What the day decides may be found tomorrow.
        assert_eq!(unused(&of(case.not, &waiver)), !rule.is_by_day, "{name}: a waiver of nothing");

        for stage in std::iter::once(None).chain(Stage::ALL.map(Some)) {
            let front =
                stage.map_or_else(String::new, |stage| format!("stage = {:?}\n", stage.id()));
            let expected = match case.levels {
                Always(level) => level,
                ByStage if stage.is_none_or(|stage| stage.portfolio() == "explore") => "advice",
                ByStage => "warning",
            };
            let found = of(case.found, &front);
            let levels = of_rule(&found, index)
                .iter()
                .map(|it| it.diagnostic.severity.as_str())
                .collect::<Vec<_>>();
            assert!(
                !levels.is_empty() && levels.iter().all(|it| *it == expected),
                "{name} at {stage:?}: {levels:?}"
            );
        }
    }
}
