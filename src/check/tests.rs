//! The findings of one rule, drawn below the lines that they are about.

use std::fmt::Write as _;
use std::sync::Arc;

use expect_test::{Expect, expect};

use super::{Findings, Rules};
use crate::canvas::Document;
use crate::config::{self, Config};
use crate::date::Date;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::drawn::draw;
use crate::handbook::{Handbook, Parts, Resolution};
use crate::history::History;
use crate::kind::Kinds;
use crate::kind::tests::built_in;
use crate::parse;
use crate::source::Source;

/// Compares the findings of a rule in one document.
#[track_caller]
pub(super) fn check(code: &str, text: &str, expected: Expect) {
    let found = find("", &[("content/a.md", text.to_owned())]);
    expected.assert_eq(&draw(text, &of_rule(code, &found)));
}

/// Compares the findings of a rule in the documents of a handbook, each below its path.
#[track_caller]
pub(super) fn check_handbook(
    code: &str,
    config: &str,
    sources: &[(&str, String)],
    expected: Expect,
) {
    let found = of_rule(code, &find(config, sources));
    let mut out = String::new();
    for (path, text) in sources {
        let of_file = found.iter().filter(|found| found.location.file.as_str() == *path);
        let drawn = draw(text, &of_file.cloned().collect::<Vec<_>>());
        if !drawn.is_empty() {
            let _ = write!(out, "{path}\n{drawn}");
        }
    }
    expected.assert_eq(&out);
}

/// A handbook and the findings of its documents.
pub(crate) struct Found {
    pub handbook: Handbook,
    pub findings: Findings,
}

/// The built-in rules.
pub(crate) fn rules() -> Rules {
    Rules::of(&built_in(), &mut Vec::new())
}

/// Checks documents, which are sorted by path.
pub(crate) fn find(config: &str, sources: &[(&str, String)]) -> Found {
    find_in(built_in(), &rules(), config, sources)
}

/// The day on which rules are applied.
const TODAY: Option<Date> = Some(Date::constant(2026, 11, 15));

/// Looks at documents of which there is a history.
pub(super) fn find_with(history: History, sources: &[(&str, String)]) -> Found {
    look(built_in(), &rules(), "", sources, Some(Arc::new(history)))
}

/// Checks documents with kinds and rules.
pub(super) fn find_in(
    kinds: Arc<Kinds>,
    rules: &Rules,
    config: &str,
    sources: &[(&str, String)],
) -> Found {
    look(kinds, rules, config, sources, None)
}

fn look(
    kinds: Arc<Kinds>,
    rules: &Rules,
    config: &str,
    sources: &[(&str, String)],
    history: Option<Arc<History>>,
) -> Found {
    let mut read: Vec<Vec<Diagnostic>> = Vec::new();
    let documents = sources.iter().map(|(path, text)| {
        let mut diagnostics = Vec::new();
        let source = Source::new(*path, text.as_str());
        let document = parse::document(&source, &kinds, &mut diagnostics);
        read.push(diagnostics);
        Arc::new(document)
    });
    let documents: Vec<Arc<Document>> = documents.collect();
    let mut diagnostics = Vec::new();
    let config = match config {
        "" => Config::default(),
        text => config::read(&Source::new("canvasbook.toml", text), &mut diagnostics),
    };
    assert_eq!(diagnostics, [], "the configuration of a test is sound");
    let config = Arc::new(config);
    let parts =
        Parts { config, kinds, documents, drafts: Vec::new(), files: &[], today: TODAY, history };
    let resolution = Resolution::of(parts, None);
    let mut findings = Findings::default();
    findings.update(&resolution.handbook, rules, None, |index| {
        read[index.0 as usize].iter().chain(resolution.said(index))
    });
    Found { handbook: resolution.handbook, findings }
}

/// The findings of a rule, except waived ones.
fn of_rule(code: &str, found: &Found) -> Vec<Diagnostic> {
    let documents = found.handbook.entries().map(|(index, _)| index);
    let findings = documents.flat_map(|index| found.findings.of(index));
    let shown = findings.filter(|it| it.waived.is_none() && it.diagnostic.code == *code);
    shown.map(|finding| finding.diagnostic.clone()).collect()
}

/// A canvas with three blocks of the default kind, one of which is empty.
const SMALL: &str = "## Channels\n\n- Shop\n\n## Key Partners\n\n## Key Activities\n\n### Production\n\n\
                     - Baking {owner=Baker}: for [the shop](#shop)\n";

/// The codes of the findings, with their severities.
fn codes(config: &str, text: &str) -> String {
    let found = find(config, &[("content/a.md", text.to_owned())]);
    let all = found.findings.of(crate::handbook::DocumentIndex(0)).iter();
    let shown = all.filter(|finding| finding.waived.is_none());
    let words =
        shown.map(|it| format!("{} {}", it.diagnostic.severity.as_str(), it.diagnostic.code));
    words.collect::<Vec<_>>().join(", ")
}

#[test]
fn levels_are_set_by_name_or_for_all_rules() {
    assert_eq!(codes("", SMALL), "advice missing-block, advice empty-block");
    assert_eq!(
        codes("[rules]\nempty-block = \"error\"\n", SMALL),
        "advice missing-block, error empty-block"
    );
    assert_eq!(codes("[rules]\nall = \"off\"\n", SMALL), "");
    assert_eq!(
        codes("[rules]\nall = \"off\"\nempty-block = \"warning\"\n", SMALL),
        "warning empty-block"
    );
    // A diagnostic that is not of a rule has its own level.
    let broken = format!("{SMALL}\n[gone](#gone)\n");
    assert_eq!(codes("[rules]\nall = \"off\"\n", &broken), "error unknown-reference");
}

#[test]
fn a_waiver_of_a_rule_that_is_off_is_not_unused() {
    let waived =
        format!("+++\n[[waive]]\nrule = \"unnamed-element\"\nreason = \"x\"\n+++\n{SMALL}");
    assert_eq!(
        codes("[rules]\nmissing-block = \"off\"\n", &waived),
        "warning unused-waiver, advice empty-block"
    );
    assert_eq!(codes("[rules]\nall = \"off\"\n", &waived), "");
}

#[test]
fn rules_that_do_not_exist_are_reported_with_what_was_meant() {
    let unknown = |front: &str| {
        let text = format!("{front}\n# Page\n");
        let found = find("", &[("content/a.md", text.clone())]);
        draw(&text, &of_rule("unknown-rule", &found))
    };
    expect![[r#"
        3   | rule = "empty-blok"
            |        ^^^^^^^^^^^^ error[unknown-rule]: unknown rule `empty-blok` (unknown rule)
             help: did you mean `empty-block`?
             fix: "\"empty-blok\"" -> "\"empty-block\""
    "#]]
    .assert_eq(&unknown("+++\n[[waive]]\nrule = \"empty-blok\"\nreason = \"x\"\n+++"));
    expect![[r#"
        3   | - rule: empty-blok
            |         ^^^^^^^^^^ error[unknown-rule]: unknown rule `empty-blok` (unknown rule)
             help: did you mean `empty-block`?
             fix: "empty-blok" -> "empty-block"
        5   | - rule: other
            |         ^^^^^ error[unknown-rule]: unknown rule `other` (unknown rule)
             help: write the code of a rule, as `canvasbook check` prints it: `empty-block`
    "#]]
    .assert_eq(&unknown(
        "---\nwaive:\n- rule: empty-blok\n  reason: x\n- rule: other\n  reason: y\n---",
    ));
    let config = "[rules]\nall = \"off\"\nempty-blocks = \"off\"\nplugins = \"advice\"\n";
    let source = Source::new("canvasbook.toml", config);
    let mut diagnostics = Vec::new();
    let read = config::read(&source, &mut diagnostics);
    rules().check_levels(&read, &source.path, &mut diagnostics);
    expect![[r#"
        3   | empty-blocks = "off"
            | ^^^^^^^^^^^^ error[unknown-rule]: unknown rule `empty-blocks` (unknown rule)
             help: did you mean `empty-block`?
             fix: "empty-blocks" -> "empty-block"
        4   | plugins = "advice"
            | ^^^^^^^ error[unknown-rule]: unknown rule `plugins` (unknown rule)
             help: write the code of a rule, as `canvasbook check` prints it: `empty-block`
    "#]]
    .assert_eq(&draw(config, &diagnostics));
}

#[test]
fn codes_of_rules_are_kebab_case_and_distinct_from_all_others_and_explained() {
    let mut seen: std::collections::BTreeSet<&str> =
        crate::diagnostic::catalogue::codes().map(|(code, ..)| *code).collect();
    assert!(seen.insert(config::ALL));
    let rules = rules();
    for rule in rules.by_code() {
        assert!(seen.insert(&rule.code), "`{}` is there twice", rule.code);
        assert_eq!(crate::slug::slug(&rule.code), *rule.code);
        assert!(rule.meaning.ends_with('.'), "`{}` is explained by a sentence", rule.code);
    }
}
