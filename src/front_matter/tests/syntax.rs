//! Texts that break the rules of TOML and YAML, and attacks.

use expect_test::expect;

use super::*;

#[test]
fn malformed_toml_is_said_where_it_is() {
    toml(
        "title = Grow\nowner = \"B\"\nweight = 1",
        expect![[r#"
            title: Some("Grow")
            owner: Some("B")
            weight: 1
            body: "Body.\n"
            2   | title = Grow
                |         ^^^^ error[malformed-front-matter]: malformed TOML: a string must be quoted
                 help: write "Grow"
                 fix: "Grow" -> "\"Grow\""
        "#]],
    );
    toml(
        "title = \"A\nowner = \"B\"",
        expect![[r#"
            title: Some("A")
            owner: Some("B")
            body: "Body.\n"
            2   | title = "A
                |           ^ error[malformed-front-matter]: malformed TOML: invalid basic string, expected `"`
        "#]],
    );
    toml(
        "title =\nstage = \"growing\"",
        expect![[r#"
            body: "Body.\n"
            2   | title =
                |        ^ error[malformed-front-matter]: malformed TOML: a value is missing
            3   | stage = "growing"
                |         ^^^^^^^^^ error[unknown-value]: unknown value `growing` for `stage` (unknown value)
                 help: write `ideation`, `discovery`, `validation`, `acceleration`, `transfer`, `improve`, `grow`, `sustain` or `retire`
        "#]],
    );
    toml(
        "title",
        expect![[r#"
            body: "Body.\n"
            2   | title
                |      ^ error[malformed-front-matter]: malformed TOML: key with no value, expected `=`
        "#]],
    );
    toml(
        "title: A\nowner: B",
        expect![[r#"
            body: "Body.\n"
            2   | title: A
                |      ^ error[malformed-front-matter]: malformed TOML: a key and its value are separated by `=`
            3   | owner: B
                |        ^ error[malformed-front-matter]: malformed TOML: key with no value, expected `=`
        "#]],
    );
    toml(
        "title = \"A\"\ntitle = \"B\"",
        expect![[r#"
            title: Some("A")
            body: "Body.\n"
            3   | title = "B"
                | ^^^^^ error[malformed-front-matter]: malformed TOML: duplicate key
        "#]],
    );
    toml(
        "[departments.a]\n[departments.a]",
        expect![[r#"
            department a: DepartmentFacts { owner: None, title: None } at `a`
            body: "Body.\n"
            3   | [departments.a]
                |              ^ error[malformed-front-matter]: malformed TOML: duplicate key
        "#]],
    );
    toml(
        "tags = [\"a\", \"b\"",
        expect![[r#"
            tags: ["a", "b"]
            body: "Body.\n"
            2   | tags = ["a", "b"
                |                 ^ error[malformed-front-matter]: malformed TOML: unclosed array, expected `]`
        "#]],
    );
    toml(
        "extra = { ä = ö }",
        expect![[r#"
            extra: {"ä":"ö"}
            body: "Body.\n"
            2   | extra = { ä = ö }
                |           ^ error[malformed-front-matter]: malformed TOML: invalid unquoted key, expected letters, numbers, `-`, `_`
        "#]],
    );
    toml(
        "title = \"a\\u0000\\q\"",
        expect![[r#"
            title: Some("a\0\\q")
            body: "Body.\n"
            2   | title = "a\u0000\q"
                |                  ^ error[malformed-front-matter]: malformed TOML: missing escaped value, expected `b`, `e`, `f`, `n`, `r`, `\`, `"`, `x`, `u`, `U`
        "#]],
    );
}

#[test]
fn malformed_yaml_is_said_where_it_is() {
    yaml(
        "title: [a, b",
        expect![[r#"
            body: "Body.\n"
            3   | ---
                | ^ error[malformed-front-matter]: malformed YAML: while parsing a flow sequence, expected ',' or ']'
        "#]],
    );
    yaml(
        "title: Café: a story",
        expect![[r#"
            body: "Body.\n"
            2   | title: Café: a story
                |            ^ error[malformed-front-matter]: malformed YAML: a value that contains `: ` must be quoted
        "#]],
    );
    yaml(
        "title: A\n\towner: B",
        expect![[r#"
            body: "Body.\n"
            2   | title: A
                |        ^ error[malformed-front-matter]: malformed YAML: while scanning a plain scalar, found a tab
        "#]],
    );
    yaml(
        "title: A\ntitle: B\nowner: C",
        expect![[r#"
            title: Some("A")
            owner: Some("C")
            body: "Body.\n"
            3   | title: B
                | ^^^^^ error[malformed-front-matter]: malformed YAML: the key `title` occurs twice
            2   | title: A
                | ^^^^^ first here
        "#]],
    );
    yaml(
        "title: *nowhere",
        expect![[r#"
            body: "Body.\n"
            2   | title: *nowhere
                |        ^ error[malformed-front-matter]: malformed YAML: while parsing node, found unknown anchor
        "#]],
    );
    for anchored in
        ["title: &a A", "title: A\ntags: &t [a]\nextra: *t", "extra:\n  a: &m\n    b: 1"]
    {
        let (.., diagnostics) = decoded(&format!("---\n{anchored}\n---\n"));
        let [refused] = &diagnostics[..] else { panic!("{anchored}: {diagnostics:?}") };
        assert!(refused.message.contains("anchors and aliases are not read here"), "{anchored}");
        assert!(
            anchored[refused.location.span.start as usize - 4..].starts_with('&'),
            "{anchored}"
        );
    }
    yaml(
        "title: A\n...\nowner: B",
        expect![[r#"
            body: "Body.\n"
            4   | owner: B
                | ^ error[malformed-front-matter]: malformed YAML: a second YAML document starts here
        "#]],
    );
    yaml(
        "title: \"A\nowner: B",
        expect![[r#"
            body: "Body.\n"
            2   | title: "A
                |        ^ error[malformed-front-matter]: malformed YAML: invalid indentation in quoted scalar
        "#]],
    );
}

#[test]
fn depth_is_capped() {
    let (open, close) = ("[".repeat(70), "]".repeat(70));
    for text in [
        format!("+++\nextra = {{ a = {open}{close} }}\n+++\n"),
        format!("+++\nextra.{}a = 1\n+++\n", "a.".repeat(70)),
        format!("+++\n{}\n+++\n", "a = [".repeat(100_000)),
        format!("+++\nextra = {}\n+++\n", "{a=".repeat(100_000)),
        format!("+++\nextra.{}a = 1\n+++\n", "a.".repeat(100_000)),
        format!("---\nextra: {open}{close}\n---\n"),
        format!("---\nextra:\n  {}a\n---\n", "- ".repeat(100_000)),
    ] {
        let (_, _, diagnostics) = decoded(&text);
        assert!(has_errors(&diagnostics), "{}", &text[..60.min(text.len())]);
    }
}

/// The parser limits brackets and dots separately; together they make a tree of thousands of
/// levels.
#[test]
fn brackets_and_dots_together_do_not_overflow_a_small_stack() {
    let key = format!("{}a", "a.".repeat(78));
    let inline = format!("{}1{}", format!("{{{key} = ").repeat(80), "}".repeat(80));
    let text = format!("+++\n[{key}]\n{key} = {inline}\n{key} = {inline}\n+++\n");
    let work = move || assert!(has_errors(&decoded(&text).2));
    let thread = std::thread::Builder::new().stack_size(1 << 20).spawn(work);
    assert!(thread.is_ok_and(|thread| thread.join().is_ok()));
}

#[test]
fn no_text_panics() {
    let pieces = "+++\n|---\n|title|: | = |\"|'|[|]|{|}|\n|\r|\r\n|ä|\u{feff}|\0|- |&a |*a|!!str |>-\n|  |\t|#\
        |...\n|a.b|1|2026-09-30|departments|waive|[[|]]|,|\\|?|%YAML 1.2\n|<<|canvas|tags";
    let pieces: Vec<&str> = pieces.split('|').chain(["|\n"]).collect();
    let mut state = 0x2545_F491_4F6C_DD1Du64;
    for round in 0..10_000 {
        let mut text = String::from(if round % 2 == 0 { "+++\n" } else { "---\n" });
        for _ in 0..round % 24 {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            text.push_str(pieces[(state >> 20) as usize % pieces.len()]);
        }
        text.push_str(if round % 2 == 0 { "\n+++\n" } else { "\n---\n" });
        let (_, body, diagnostics) = decoded(&text);
        draw(&text, &diagnostics);
        assert!(text.get(body.range()).is_some());
    }
}

#[test]
fn values_without_quotation_marks_are_understood_by_what_they_mean() {
    toml(
        "title = Foo and Bar # of 2026\nowner = Ted\nsummary = “Bread”",
        expect![[r#"
            title: Some("Foo and Bar")
            summary: Some("“Bread”")
            body: "Body.\n"
            2   | title = Foo and Bar # of 2026
                |         ^^^^^^^^^^^ error[malformed-front-matter]: malformed TOML: a string must be quoted
                 help: write "Foo and Bar"
                 fix: "Foo and Bar" -> "\"Foo and Bar\""
            3   | owner = Ted
                |         ^^^ error[malformed-front-matter]: malformed TOML: a string must be quoted
                 help: write "Ted"
                 fix: "Ted" -> "\"Ted\""
            4   | summary = “Bread”
                |           ^^^^^^^ error[malformed-front-matter]: malformed TOML: a string must be quoted
                 help: write "Bread"
                 fix: "“Bread”" -> "\"Bread\""
        "#]],
    );
    toml(
        "draft = yes\nreviewed = 31.12.2026\ndate = 2026/9/1",
        expect![[r#"
        body: "Body.\n"
        2   | draft = yes
            |         ^^^ error[malformed-front-matter]: malformed TOML: a boolean is `true` or `false`
             help: write true
             fix: "yes" -> "true"
        3   | reviewed = 31.12.2026
            |            ^^^^^^^^^^ error[malformed-front-matter]: malformed TOML: a day is written with the year first
             help: write 2026-12-31
             fix: "31.12.2026" -> "2026-12-31"
        4   | date = 2026/9/1
            |        ^^^^^^^^ error[malformed-front-matter]: malformed TOML: a day is written with the year first
             help: write 2026-09-01
             fix: "2026/9/1" -> "2026-09-01"
    "#]],
    );
}

#[test]
fn a_quotation_mark_and_a_fence_within_a_text_are_understood() {
    toml(
        "title = \"The \"best\" bar\"\nsummary = \"It's \"ours\"\"",
        expect![[r#"
        title: Some("The")
        summary: Some("It's")
        body: "Body.\n"
        2   | title = "The "best" bar"
            |         ^^^^^^^^^^^^^^^^ error[malformed-front-matter]: malformed TOML: the text ends at its second quotation mark
             help: write 'The "best" bar'
             fix: "\"The \"best\" bar\"" -> "'The \"best\" bar'"
        3   | summary = "It's "ours""
            |           ^^^^^^^^^^^^^ error[malformed-front-matter]: malformed TOML: the text ends at its second quotation mark
             help: write "It's \"ours\""
             fix: "\"It's \"ours\"\"" -> "\"It's \\\"ours\\\"\""
    "#]],
    );
    check(
        "+++\nsummary = \"\"\"\nOne\n+++\nTwo\n\"\"\"\n+++\nBody.\n",
        expect![[r#"
        summary: Some("One")
        body: "Two\n\"\"\"\n+++\nBody.\n"
        4   | +++
            | ^^^ error[malformed-front-matter]: malformed TOML: this line ends the front matter, within a text; write `\u002b++` there
    "#]],
    );
}

#[test]
fn a_key_below_a_table_goes_above_it() {
    toml(
        "title = \"Bar\"\n\n[departments.production]\nowner = \"Head\"\ntags = [\"a\"]\nsumary = \"b\"",
        expect![[r#"
            title: Some("Bar")
            department production: DepartmentFacts { owner: Some("Head"), title: None } at `production`
            body: "Body.\n"
            6   | tags = ["a"]
                | ^^^^ error[unknown-key]: `tags` is read as a key of `departments.production` (written below the head of a table)
                 help: write it above the first line in square brackets: what is below belongs to the table
                 fix: "" -> "tags = [\"a\"]\n"
                 fix: "tags = [\"a\"]\n" -> ""
            7   | sumary = "b"
                | ^^^^^^ error[unknown-key]: unknown key `sumary` in `departments.production` (unknown key)
                 help: write `owner` or `title`
        "#]],
    );
}
