//! Text in, text out: the decoded values, and the diagnostics with their places.

mod fences;
mod syntax;
mod values;

use std::fmt::Write as _;

use expect_test::{Expect, expect};

use super::*;
use crate::diagnostic::drawn::draw;
use crate::diagnostic::has_errors;
use crate::kind::tests::built_in;

fn decoded(text: &str) -> (FrontMatter, Span, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let source = Source::new("content/a.md", text);
    let (front, body) = read(&source, &built_in(), &mut diagnostics);
    (front, body, diagnostics)
}

/// Compares the fields that differ from the default, the body, and the diagnostics.
fn check(text: &str, expected: Expect) {
    let (front, body, diagnostics) = decoded(text);
    let mut said = written(&front, text);
    let _ = writeln!(said, "body: {:?}", body.of(text));
    said.push_str(&draw(text, &diagnostics));
    expected.assert_eq(&said);
}

fn written(front: &FrontMatter, text: &str) -> String {
    let mut said = String::new();
    let default = FrontMatter::default();
    macro_rules! fields {
        ($($field:ident)*) => {$(
            if front.$field != default.$field {
                let _ = writeln!(said, concat!(stringify!($field), ": {:?}"), front.$field);
            }
        )*};
    }
    fields!(title summary stage owner category);
    let days = [("date", front.date), ("reviewed", front.reviewed)];
    for (name, day) in days.iter().filter_map(|(name, day)| Some((name, (*day)?))) {
        let _ = writeln!(said, "{name}: {day}");
    }
    if let Some(Spanned { value: interval, .. }) = front.review_every {
        let _ = writeln!(said, "review_every: {interval}");
    }
    fields!(version tags lang weight draft);
    let at = |span: Span| format!("`{}`", span.of(text).replace('\n', "⏎"));
    for (id, department) in &front.departments {
        let _ =
            writeln!(said, "department {id}: {:?} at {}", department.value, at(department.span));
    }
    for Waiver { rule, element, reason, span } in &front.waive {
        let element = element.as_ref().map(|element| (&element.value, at(element.span)));
        let (rule, span) = (at(rule.span), at(*span));
        let _ = writeln!(said, "waive {rule}: {reason:?} for {element:?} at {span}");
    }
    for path in front.based_on.iter().chain(&front.compare_with).chain(&front.aliases) {
        let _ = writeln!(said, "path: {:?} at {}", path.value, at(path.span));
    }
    match front.canvas {
        CanvasChoice::Detect => {}
        CanvasChoice::Page => said.push_str("canvas: an ordinary page\n"),
        CanvasChoice::Kind(kind) => {
            let _ = writeln!(said, "canvas: {}", built_in().get(kind).id);
        }
    }
    if let Some(extra) = &front.extra {
        let _ = writeln!(said, "extra: {extra}");
    }
    said
}

/// Checks TOML with a body after it.
fn toml(inside: &str, expected: Expect) {
    check(&format!("+++\n{inside}\n+++\nBody.\n"), expected);
}

/// Checks YAML with a body after it.
fn yaml(inside: &str, expected: Expect) {
    check(&format!("---\n{inside}\n---\nBody.\n"), expected);
}

#[test]
fn every_key_is_read_by_its_definition() {
    for key in KEYS {
        let (front, _, diagnostics) = decoded(&format!("+++\n{}\n+++\n", key.example));
        assert!(diagnostics.is_empty(), "{}: {diagnostics:?}", key.example);
        assert_ne!(front, FrontMatter::default(), "`{}` is not read", key.name);
        assert!(key.meaning.ends_with('.') && key.example.contains(key.name), "{}", key.name);
    }
    for key in DEPARTMENT_KEYS {
        let text = format!("+++\n[departments.a]\n{}\n+++\n", key.example);
        let (front, _, diagnostics) = decoded(&text);
        assert!(diagnostics.is_empty(), "{}: {diagnostics:?}", key.example);
        assert_ne!(front.departments["a"].value, DepartmentFacts::default(), "{}", key.name);
    }
    let waiver: String = WAIVER_KEYS.iter().map(|key| format!("{}\n", key.example)).collect();
    let (front, _, diagnostics) = decoded(&format!("+++\n[[waive]]\n{waiver}+++\n"));
    assert!(diagnostics.is_empty() && front.waive[0].element.is_some());
}

#[test]
fn definitions_name_every_stage_and_category() {
    let words = |name| match KEYS.iter().find(|key| key.name == name).map(|key| key.shape) {
        Some(crate::node::key::Shape::OneOf(words)) => words.to_vec(),
        _ => Vec::new(),
    };
    assert_eq!(words("stage"), Stage::ALL.map(Stage::id));
    assert_eq!(words("category"), Category::ALL.map(Category::id));
}

#[test]
fn the_example_of_the_handbook() {
    check(
        r##"+++
title = "Harbour Coffee Roasters"
summary = "Small-batch roasting, sold by subscription."
stage = "grow"
owner = "Strategy Office"
date = 2026-09-30
reviewed = "2026-09-30"
review_every = "6 months"
tags = ["subscription"]
extra = { colour = "brown", since = 1999-01-01, at = 07:32:00, deep = [{ a = 1.5 }] }

[departments.research-and-development]
owner = "Head of Product"

[[waive]]
rule = "empty-block"
element = "roast-profiling"
reason = "Later."
+++

# Body
"##,
        expect![[r#"
            title: Some("Harbour Coffee Roasters")
            summary: Some("Small-batch roasting, sold by subscription.")
            stage: Some(Grow)
            owner: Some("Strategy Office")
            date: 2026-09-30
            reviewed: 2026-09-30
            review_every: 6 months
            tags: ["subscription"]
            department research-and-development: DepartmentFacts { owner: Some("Head of Product"), title: None } at `research-and-development`
            waive `"empty-block"`: "Later." for Some(("roast-profiling", "`\"roast-profiling\"`")) at `[[waive]]⏎rule = "empty-block"⏎element = "roast-profiling"⏎reason = "Later."`
            extra: {"at":"07:32:00","colour":"brown","deep":[{"a":1.5}],"since":"1999-01-01"}
            body: "\n# Body\n"
        "#]],
    );
}

#[test]
fn unknown_keys_have_their_nearest() {
    toml(
        "tilte = \"A\"\nfoo = 1",
        expect![[r#"
            body: "Body.\n"
            2   | tilte = "A"
                | ^^^^^ error[unknown-key]: unknown front-matter key `tilte` (unknown key)
                 help: did you mean `title`?
                 fix: "tilte" -> "title"
            3   | foo = 1
                | ^^^ error[unknown-key]: unknown front-matter key `foo` (unknown key)
                 help: keys for templates of your own belong in `extra`
        "#]],
    );
    toml(
        "title = \"A\"\ntitel = \"B\"",
        expect![[r#"
            title: Some("A")
            body: "Body.\n"
            3   | titel = "B"
                | ^^^^^ error[unknown-key]: unknown front-matter key `titel` (unknown key)
                 help: did you mean `title`?
        "#]],
    );
    toml(
        "[departments.a]\nownr = \"B\"\ncolour = 1\n[[waive]]\nrule = \"empty-block\"\nreason = \"x\"\nreasons = 1",
        expect![[r#"
            department a: DepartmentFacts { owner: None, title: None } at `a`
            waive `"empty-block"`: "x" for None at `[[waive]]⏎rule = "empty-block"⏎reason = "x"⏎reasons = 1`
            body: "Body.\n"
            3   | ownr = "B"
                | ^^^^ error[unknown-key]: unknown key `ownr` in `departments.a` (unknown key)
                 help: did you mean `owner`?
                 fix: "ownr" -> "owner"
            4   | colour = 1
                | ^^^^^^ error[unknown-key]: unknown key `colour` in `departments.a` (unknown key)
                 help: write `owner` or `title`
            8   | reasons = 1
                | ^^^^^^^ error[unknown-key]: unknown key `reasons` in `waive` (unknown key)
                 help: did you mean `reason`?
        "#]],
    );
    yaml(
        "tilte: A\ncssclass: wide\ndepartments:\n  a: {ownr: B}",
        expect![[r#"
            department a: DepartmentFacts { owner: None, title: None } at `a`
            body: "Body.\n"
            2   | tilte: A
                | ^^^^^ warning[unknown-key]: unknown front-matter key `tilte` (unknown key)
                 help: did you mean `title`?
                 fix: "tilte" -> "title"
            3   | cssclass: wide
                | ^^^^^^^^ warning[unknown-key]: unknown front-matter key `cssclass` (unknown key)
                 help: keys for templates of your own belong in `extra`
            5   |   a: {ownr: B}
                |       ^^^^ warning[unknown-key]: unknown key `ownr` in `departments.a` (unknown key)
                 help: did you mean `owner`?
                 fix: "ownr" -> "owner"
        "#]],
    );
}

#[test]
fn wrong_types() {
    toml(
        "title = 3\nsummary = [\"a\"]\nweight = \"10\"\nversion = 1.0\ndraft = \"true\"\ntags = \"a, b\"\nlang = 1\nowner = 2026-01-01",
        expect![[r#"
            body: "Body.\n"
            2   | title = 3
                |         ^ error[wrong-type]: `title` must be a string, but is an integer (expected a string)
                 help: write "3"
                 fix: "3" -> "\"3\""
            3   | summary = ["a"]
                |           ^^^^^ error[wrong-type]: `summary` must be a string, but is an array (expected a string)
            4   | weight = "10"
                |          ^^^^ error[wrong-type]: `weight` must be an integer, but is a string (expected an integer)
                 help: write 10
                 fix: "\"10\"" -> "10"
            5   | version = 1.0
                |           ^^^ error[wrong-type]: `version` must be a string, but is a number (expected a string)
                 help: write "1.0"
                 fix: "1.0" -> "\"1.0\""
            6   | draft = "true"
                |         ^^^^^^ error[wrong-type]: `draft` must be a boolean, but is a string (expected a boolean)
                 help: write true
                 fix: "\"true\"" -> "true"
            7   | tags = "a, b"
                |        ^^^^^^ error[wrong-type]: `tags` must be an array of strings, but is a string (expected an array of strings)
                 help: write ["a", "b"]
                 fix: "\"a, b\"" -> "[\"a\", \"b\"]"
            8   | lang = 1
                |        ^ error[wrong-type]: `lang` must be a string, but is an integer (expected a string)
            9   | owner = 2026-01-01
                |         ^^^^^^^^^^ error[wrong-type]: `owner` must be a string, but is a date (expected a string)
                 help: write "2026-01-01"
                 fix: "2026-01-01" -> "\"2026-01-01\""
        "#]],
    );
    toml(
        "weight = 99999999999999999999\ndraft = 1\ntags = [1, \"b\", \"\"]\naliases = {}",
        expect![[r#"
            tags: ["b"]
            body: "Body.\n"
            2   | weight = 99999999999999999999
                |          ^^^^^^^^^^^^^^^^^^^^ error[wrong-type]: `weight` must be an integer, but is a number (expected an integer)
            3   | draft = 1
                |         ^ error[wrong-type]: `draft` must be a boolean, but is an integer (expected a boolean)
                 help: write `true` or `false`
            4   | tags = [1, "b", ""]
                |         ^ error[wrong-type]: an entry of `tags` must be a string, but is an integer (expected a string)
                 help: write "1"
                 fix: "1" -> "\"1\""
            5   | aliases = {}
                |           ^^ error[wrong-type]: `aliases` must be an array of strings, but is a table (expected an array of strings)
        "#]],
    );
    toml(
        "departments = 1\nextra = []\ncanvas = 1\nstage = true\nreview_every = 3\ndate = 3",
        expect![[r#"
            body: "Body.\n"
            2   | departments = 1
                |               ^ error[wrong-type]: `departments` must be a table, but is an integer (expected a table)
            3   | extra = []
                |         ^^ error[wrong-type]: `extra` must be a table, but is an array (expected a table)
            4   | canvas = 1
                |          ^ error[wrong-type]: `canvas` must be `true`, `false` or the id of a kind, but is an integer (expected `true`, `false` or the id of a kind)
            5   | stage = true
                |         ^^^^ error[wrong-type]: `stage` must be a string, but is a boolean (expected a string)
            6   | review_every = 3
                |                ^ error[wrong-type]: `review_every` must be a string, but is an integer (expected a string)
            7   | date = 3
                |        ^ error[wrong-type]: `date` must be a date, but is an integer (expected a date)
        "#]],
    );
    toml(
        "departments.a = 1\nwaive = [1]",
        expect![[r#"
            body: "Body.\n"
            2   | departments.a = 1
                |                 ^ error[wrong-type]: `departments.a` must be a table, but is an integer (expected a table)
            3   | waive = [1]
                |          ^ error[wrong-type]: an entry of `waive` must be a table, but is an integer (expected a table)
        "#]],
    );
    toml(
        "[waive]\nrule = \"empty-block\"",
        expect![[r#"
            body: "Body.\n"
            2   | [waive]
                | ^^^^^^^ error[wrong-type]: `waive` must be an array of tables, but is a table (expected an array of tables)
                 help: write the table's head as `[[waive]]`
        "#]],
    );
    yaml(
        "weight: 1.5\ndraft: yes\ntitle: [a]\nsummary: true\nwaive: {}\ndepartments: [a]",
        expect![[r#"
            body: "Body.\n"
            2   | weight: 1.5
                |         ^^^ error[wrong-type]: `weight` must be an integer, but is a number (expected an integer)
            3   | draft: yes
                |        ^^^ error[wrong-type]: `draft` must be a boolean, but is a string (expected a boolean)
                 help: write `true` or `false`
            4   | title: [a]
                |        ^^^ error[wrong-type]: `title` must be a string, but is an array (expected a string)
            5   | summary: true
                |          ^^^^ error[wrong-type]: `summary` must be a string, but is a boolean (expected a string)
            6   | waive: {}
                |        ^^ error[wrong-type]: `waive` must be an array of tables, but is a table (expected an array of tables)
            7   | departments: [a]
                |              ^^^ error[wrong-type]: `departments` must be a table, but is an array (expected a table)
        "#]],
    );
}

#[test]
fn yaml_of_many_kinds() {
    yaml(
        "title: 2024\nversion: 1.0\nowner: 2026-09-30\nsummary:\ntags:\nweight: 007",
        expect![[r#"
            title: Some("2024")
            owner: Some("2026-09-30")
            version: Some("1.0")
            weight: 7
            body: "Body.\n"
        "#]],
    );
    yaml(
        "title: >\n  folded\n  text\nsummary: |\n  literal\n  text\ntags: a, b",
        expect![[r#"
        title: Some("folded text")
        summary: Some("literal\ntext")
        tags: ["a", "b"]
        body: "Body.\n"
    "#]],
    );
    yaml(
        "tags:\n  - Ä  # comment\n  - 'b'\n  - 3\n  -\naliases:\n- c.html",
        expect![[r#"
        tags: ["Ä", "b", "3"]
        path: "c.html" at `c.html`
        body: "Body.\n"
    "#]],
    );
    yaml(
        "title: Ägypten\nowner: !!str 12\nversion: 1.0\nextra: {v: 1.0, <<: {a: 1}, 1: x, [2]: y}",
        expect![[r#"
            title: Some("Ägypten")
            owner: Some("12")
            version: Some("1.0")
            extra: {"1":"x","<<":{"a":1},"[2]":"y","v":1.0}
            body: "Body.\n"
        "#]],
    );
    yaml(
        "extra:\n  null: ~\n  f: [1.5, .inf, 0x1F, -3, 1e3, true, 2026-09-30]\n  t: 2026-09-30T10:00:00Z",
        expect![[r#"
            extra: {"f":[1.5,null,31,-3,1000.0,true,"2026-09-30"],"null":null,"t":"2026-09-30T10:00:00Z"}
            body: "Body.\n"
        "#]],
    );
    yaml(
        "titel: 5\nweight: 5\nlang: x_\nx: x_",
        expect![[r#"
            weight: 5
            body: "Body.\n"
            2   | titel: 5
                | ^^^^^ warning[unknown-key]: unknown front-matter key `titel` (unknown key)
                 help: did you mean `title`?
                 fix: "titel" -> "title"
            4   | lang: x_
                |       ^^ error[invalid-value]: `lang` must be a language tag, but `x_` is none (not a language tag)
                 help: write the code of a language, such as `en` or `pt-BR`
            5   | x: x_
                | ^ warning[unknown-key]: unknown front-matter key `x` (unknown key)
                 help: keys for templates of your own belong in `extra`
        "#]],
    );
}
