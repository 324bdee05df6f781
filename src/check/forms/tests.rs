//! The text of a kind and a canvas in, the findings of its rules out.

use std::sync::Arc;

use expect_test::{Expect, expect};

use super::*;
use crate::check::Rules;
use crate::check::tests::find_in;
use crate::diagnostic::drawn::draw;
use crate::handbook::DocumentIndex;
use crate::kind::Kinds;
use crate::source::Source;

/// A kind without rules.
const KIND: &str = "\
title = \"Idea Board\"

[poster]
grid = [\"idea need proof\"]

[[blocks]]
id = \"idea\"
label = \"Ideas\"

[[blocks]]
id = \"need\"
label = \"Needs\"
prompt = \"What hurts?\"

[[blocks]]
id = \"proof\"
label = \"Proof\"

[[relations]]
from = \"idea\"
verb = \"answers\"
inverse = \"is answered by\"
to = \"need\"
";

/// Compares the errors in the rules of a kind, and their findings in a canvas of that kind.
#[track_caller]
fn check_in(config: &str, rule: &str, canvas: &str, expected: Expect) {
    let text = format!("{KIND}\n[[rules]]\n{rule}");
    let mut diagnostics = Vec::new();
    let kinds = Kinds::read(&[Source::new("kinds/board.toml", &*text)], &mut diagnostics);
    let rules = Rules::of(&kinds, &mut diagnostics);
    let mut out = draw(&text, &diagnostics);
    let canvas = format!("+++\ncanvas = \"board\"\n{canvas}");
    let config = format!("{config}[rules]\nempty-block = \"off\"\nmissing-block = \"off\"\n");
    let sources = [("content/a.md", canvas.clone())];
    let found = find_in(Arc::new(kinds), &rules, &config, &sources);
    let findings = found.findings.of(DocumentIndex(0)).iter();
    let shown = findings.filter(|finding| finding.waived.is_none());
    out += &draw(&canvas, &shown.map(|it| it.diagnostic.clone()).collect::<Vec<_>>());
    expected.assert_eq(&out);
}

#[track_caller]
fn check(rule: &str, canvas: &str, expected: Expect) {
    check_in("", rule, canvas, expected);
}

const IDLE: &str = "\
code = \"idle-idea\"
form = \"needs\"
block = \"idea\"
of = [\"need\", \"proof\"]
message = \"{element} answers no need\"
";

#[test]
fn an_element_needs_a_relation_to_or_from_one_of_some_blocks() {
    let canvas = "\
stage = \"grow\"
+++

## Ideas

- **Oven** — for [[#Warm bread]].
- **Counter** — see [the oven](#oven).
- **Van**
- **Shelf**

## Needs

- **Warm bread**

## Proof

- **Survey** — of [the van](#van).
";
    check(
        IDLE,
        canvas,
        expect![[r#"
            9   | - **Counter** — see [the oven](#oven).
                |     ^^^^^^^ warning[idle-idea]: Counter answers no need
                 help: write `[Counter](#idea/counter)` in an element of Needs or Proof, or link from here to one of them
            11  | - **Shelf**
                |     ^^^^^ warning[idle-idea]: Shelf answers no need
                 help: write `[Shelf](#idea/shelf)` in an element of Needs or Proof, or link from here to one of them
        "#]],
    );
}

#[test]
fn levels_follow_the_stage_and_messages_are_in_english() {
    let canvas = |front: &str| format!("{front}+++\n\n## Ideas\n\n- **Ofen**\n");
    check(
        IDLE,
        &canvas(""),
        expect![[r#"
            7   | - **Ofen**
                |     ^^^^ advice[idle-idea]: Ofen answers no need
                 help: write `[Ofen](#idea/ofen)` in an element of Needs or Proof, or link from here to one of them
        "#]],
    );
    check(
        IDLE,
        &canvas("stage = \"ideation\"\nlang = \"de\"\n"),
        expect![[r#"
            9   | - **Ofen**
                |     ^^^^ advice[idle-idea]: Ofen answers no need
                 help: write `[Ofen](#idea/ofen)` in an element of Needs or Proof, or link from here to one of them
        "#]],
    );
    check(
        IDLE,
        &canvas("stage = \"transfer\"\n"),
        expect![[r#"
            8   | - **Ofen**
                |     ^^^^ warning[idle-idea]: Ofen answers no need
                 help: write `[Ofen](#idea/ofen)` in an element of Needs or Proof, or link from here to one of them
        "#]],
    );
    let levels = format!("{IDLE}level = {{ explore = \"off\", exploit = \"error\" }}\n");
    check(&levels, &canvas("stage = \"ideation\"\n"), expect![[""]]);
    check(
        &levels,
        &canvas("stage = \"retire\"\n"),
        expect![[r#"
            8   | - **Ofen**
                |     ^^^^ error[idle-idea]: Ofen answers no need
                 help: write `[Ofen](#idea/ofen)` in an element of Needs or Proof, or link from here to one of them
        "#]],
    );
}

#[test]
fn findings_can_be_waived_by_element() {
    let canvas = "\
[[waive]]
rule = \"idle-idea\"
element = \"Oven\"
reason = \"It is new.\"
+++

## Ideas

- **Oven**
- An idea without a name that goes on for so long that nobody would want to read all of it here
";
    check(
        IDLE,
        canvas,
        expect![[r#"
            12  | - An idea without a name that goes on for so long that nobody would want to read all of it here
                |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ advice[idle-idea]: An idea without a name that goes on for so long that nobody… answers no need
                 help: write `[An idea without a name that goes on for so long that nobody…](#idea-2)` in an element of Needs or Proof, or link from here to one of them
            12  | - An idea without a name that goes on for so long that nobody would want to read all of it here
                |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ advice[unnamed-element]: this element has no name
                 help: start it with a short name in bold, then ` — ` and the text
        "#]],
    );
}

#[test]
fn a_block_that_must_be_filled() {
    let rule = "\
code = \"needless\"
form = \"filled\"
block = \"need\"
message = \"nobody knows what for: {block} is empty\"
";
    check(
        rule,
        "+++\n\n## Ideas\n\n- Oven\n\n## Needs\n",
        expect![[r#"
        9   | ## Needs
            | ^^^^^^^^ advice[needless]: nobody knows what for: Needs is empty
             help: What hurts?
    "#]],
    );
    check(
        rule,
        "+++\n\n# Board\n\n## Ideas\n\n- Oven\n",
        expect![[r#"
        5   | # Board
            | ^^^^^^^ advice[needless]: nobody knows what for: Needs is empty
             help: What hurts?
    "#]],
    );
    check(rule, "+++\n\n## Needs\n\n- Bread\n", expect![[""]]);
}

#[test]
fn a_block_that_has_at_most_so_many_elements() {
    let rule = "\
code = \"overfull-ideas\"
form = \"at-most\"
at_most = 2
block = \"idea\"
message = \"{block} has {count} elements, more than {most}\"
";
    check(rule, "+++\n\n## Ideas\n\n- One\n- Two\n", expect![[""]]);
    check(
        rule,
        "+++\n\n## Ideas\n\n- One\n- Two\n- Three\n",
        expect![[r#"
        5   | ## Ideas
            | ^^^^^^^^ advice[overfull-ideas]: Ideas has 3 elements, more than 2
             help: keep those that matter most, or merge some of them
    "#]],
    );
}

#[test]
fn what_a_rule_lacks_or_names_wrongly_is_reported() {
    check(
        "code = \"Idle Idea\"\n",
        "+++\n",
        expect![[r#"
        25  | [[rules]]
            | ^^^^^^^^^ error[missing-key]: `rules` lacks `block` (`block` is missing)
             help: name the block that the rule is about
        25  | [[rules]]
            | ^^^^^^^^^ error[missing-key]: `rules` lacks `form` (`form` is missing)
             help: say what the rule asks for: `needs`, `filled` or `at-most`
        25  | [[rules]]
            | ^^^^^^^^^ error[missing-key]: `rules` lacks `message` (`message` is missing)
             help: say what is wrong
        26  | code = "Idle Idea"
            |        ^^^^^^^^^^^ error[malformed-kind]: `Idle Idea` cannot be an id
             help: write small letters, digits and hyphens, such as `idle-idea`
    "#]],
    );
    check(
        "code = \"a\"\nform = \"needs\"\nblock = \"ideas\"\nof = [\"neet\"]\nmessage = \"x\"\nlevel = 1\n",
        "+++\n",
        expect![[r#"
            28  | block = "ideas"
                |         ^^^^^^^ error[unknown-value]: unknown value `ideas` for `rules.block` (unknown value)
                 help: did you mean `idea`?
                 fix: "\"ideas\"" -> "\"idea\""
            29  | of = ["neet"]
                |       ^^^^^^ error[malformed-kind]: the kind has no block `neet`
                 help: did you mean `need`?
                 fix: "\"neet\"" -> "\"need\""
            31  | level = 1
                |         ^ error[wrong-type]: `rules.level` must be a table, but is an integer (expected a table)
        "#]],
    );
    check(
        "code = \"a\"\nform = \"at-most\"\nblock = \"idea\"\nat_most = -1\nmessage = \"x\"\n",
        "+++\n",
        expect![[r#"
            29  | at_most = -1
                |           ^^ error[malformed-kind]: no block has so many elements
                 help: write a number from 0 on
        "#]],
    );
    check(
        "code = \"a\"\nform = \"filled\"\nblock = \"idea\"\nmessage = \"{element} {block} {\"\n",
        "+++\n",
        expect![[r#"
            29  | message = "{element} {block} {"
                |           ^^^^^^^^^^^^^^^^^^^^^ error[malformed-kind]: nothing is filled in for `{element}`
                 help: a message of this form may have `{block}`
            4   | 
                | ^ advice[a]: {element} Ideas {
                 help: write an element below Ideas
        "#]],
    );
}

#[test]
fn a_code_belongs_to_one_rule() {
    for code in ["empty-block", "unknown-key", "all"] {
        let rule = IDLE.replace("idle-idea", code);
        let text = format!("{KIND}\n[[rules]]\n{rule}");
        let mut diagnostics = Vec::new();
        let kinds = Kinds::read(&[Source::new("kinds/board.toml", &*text)], &mut diagnostics);
        let rules = Rules::of(&kinds, &mut diagnostics);
        assert_eq!(diagnostics.len(), 1, "{code}: {diagnostics:?}");
        assert!(rules.iter().all(|(_, rule)| rule.code != "idle-idea"));
    }
    let text = format!("{KIND}\n[[rules]]\n{IDLE}\n[[rules]]\n{IDLE}");
    let mut diagnostics = Vec::new();
    let kinds = Kinds::read(&[Source::new("kinds/board.toml", &*text)], &mut diagnostics);
    Rules::of(&kinds, &mut diagnostics);
    expect![[r#"
        33  | code = "idle-idea"
            |        ^^^^^^^^^^^ error[malformed-kind]: `idle-idea` is the name of something else
             help: give the rule a name of its own
    "#]]
    .assert_eq(&draw(&text, &diagnostics));
}

#[test]
fn the_meaning_of_a_rule_is_said_without_its_message() {
    let text = format!("{KIND}\n[[rules]]\n{IDLE}");
    let kinds = Kinds::read(&[Source::new("kinds/board.toml", &*text)], &mut Vec::new());
    let rules = Rules::of(&kinds, &mut Vec::new());
    assert_eq!(
        rules.meaning("idle-idea"),
        Some("An element of Ideas that relates to nothing in Needs or Proof.")
    );
}

#[test]
fn what_is_filled_in_is_left_as_it_is() {
    assert_eq!(filled_in("{a} and {b}", &[("a", "{b}"), ("b", "2")]), "{b} and 2");
    assert_eq!(filled_in("{ {c} {a", &[("a", "1")]), "{ {c} {a");
}
