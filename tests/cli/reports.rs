//! What `check` prints, for people and for programs.

use expect_test::expect;

use crate::handbook::{CANVAS, Handbook, NO_RULES, SETTINGS};

/// A handbook with one warning and one error.
pub fn doubtful() -> Handbook {
    Handbook::new().file(SETTINGS, NO_RULES).file(
        "content/bakery.md",
        format!(
            "{CANVAS}\n## Channels\n\n- **Shop** {{#shop}} — [the shop](#shop), [gone](#gon).\n"
        ),
    )
}

/// A handbook with one warning.
pub fn warned() -> Handbook {
    let handbook = doubtful();
    let canvas = format!("{CANVAS}\n## Channels\n\n- **Shop** {{#shop}} — [the shop](#shop).\n");
    handbook.file("content/bakery.md", canvas)
}

#[test]
fn all_is_well() {
    let handbook = Handbook::new()
        .file(SETTINGS, NO_RULES)
        .file("content/bakery.md", CANVAS)
        .file("content/index.md", "# Bread\n");
    handbook.run("check").status(0).stdout_is("All is well: 1 canvas and 1 page\n").stderr_is("");
    handbook.run("check --quiet --strict").status(0).stdout_is("").stderr_is("");
    handbook.run("check --format json").status(0).stdout_is("[]\n");
    handbook.run("check --format github").status(0).stdout_is("");
}

#[test]
fn diagnostics_are_the_result_of_check() {
    doubtful().run("check").status(1).stderr_is("").stdout(expect![[r#"
        warning[self-reference]: this element refers to itself
          --> content/bakery.md:17:22
           |
        17 | - **Shop** {#shop} — [the shop](#shop), [gone](#gon).
           |                      ^^^^^^^^^^^^^^^^^
           |
           = help: refer to another element, or drop the link

        error[unknown-reference]: `#gon` does not exist
          --> content/bakery.md:17:41
           |
        17 | - **Shop** {#shop} — [the shop](#shop), [gone](#gon).
           |                                         ^^^^^^^^^^^^ leads nowhere
           |
           = help: a reference names a file, or behind `#` an element, a department, a block or a heading

        1 error, 1 warning in 1 file
    "#]]);
}

#[test]
fn warnings_fail_only_when_check_is_strict() {
    warned().run("check").status(0).stderr_is("").stdout(expect![[r#"
        warning[self-reference]: this element refers to itself
          --> content/bakery.md:17:22
           |
        17 | - **Shop** {#shop} — [the shop](#shop).
           |                      ^^^^^^^^^^^^^^^^^
           |
           = help: refer to another element, or drop the link

        1 warning in 1 file
    "#]]);
    warned().run("check --strict --quiet").status(1);
    warned().run("build --quiet").status(0);
}

#[test]
fn advice_never_fails() {
    let handbook = Handbook::new()
        .file(SETTINGS, format!("{NO_RULES}missing-block = \"advice\"\n"))
        .file("content/bakery.md", CANVAS);
    handbook.run("check --strict --quiet").status(0).stdout(expect![[r#"
        advice[missing-block]: this canvas has no Key Partners, no Key Resources, no Customer Relationships, no Channels, no Cost Structure and no Revenue Streams
         --> content/bakery.md:1:1
          |
        1 | ## Value Propositions
          | ^^^^^^^^^^^^^^^^^^^^^
          |
          = help: add a heading for each, or waive `missing-block` with the reason

        1 piece of advice in 1 file
    "#]]);
}

#[test]
fn check_as_json() {
    doubtful().run("check --format json").status(1).stderr_is("").stdout(expect![[r#"
        [
          {
            "code": "self-reference",
            "severity": "warning",
            "message": "this element refers to itself",
            "help": "refer to another element, or drop the link",
            "file": "content/bakery.md",
            "start": {
              "line": 17,
              "column": 22,
              "offset": 231
            },
            "end": {
              "line": 17,
              "column": 39,
              "offset": 248
            },
            "related": [],
            "fix": null
          },
          {
            "code": "unknown-reference",
            "severity": "error",
            "message": "`#gon` does not exist",
            "help": "a reference names a file, or behind `#` an element, a department, a block or a heading",
            "file": "content/bakery.md",
            "start": {
              "line": 17,
              "column": 41,
              "offset": 250
            },
            "end": {
              "line": 17,
              "column": 53,
              "offset": 262
            },
            "related": [],
            "fix": null
          }
        ]
    "#]]);
}

#[test]
fn check_for_github() {
    doubtful().run("check --format github").status(1).stderr_is("").stdout(expect![[r#"
        ::warning file=content/bakery.md,line=17,endLine=17,col=22,endColumn=39,title=self-reference::this element refers to itself%0Ahelp: refer to another element, or drop the link
        ::error file=content/bakery.md,line=17,endLine=17,col=41,endColumn=53,title=unknown-reference::`#gon` does not exist%0Ahelp: a reference names a file, or behind `#` an element, a department, a block or a heading
    "#]]);
    // GitHub counts paths from the repository's root, where the step is.
    let handbook = Handbook::new().file("book/content/a.md", "[gone](gone.md)\n");
    handbook.run("check --format github --root book").status(1).stdout(expect![[r#"
        ::error file=book/content/a.md,line=1,endLine=1,col=1,endColumn=16,title=unknown-reference::`gone.md` does not exist%0Ahelp: did you mean `a.md`?
    "#]]);
}

#[test]
fn check_as_sarif() {
    let run = doubtful().run("check --format sarif").status(1).stderr_is("");
    let log = run.json();
    assert_eq!(log["version"], "2.1.0");
    let results = log["runs"][0]["results"].as_array().expect("a list");
    let told: Vec<_> = results.iter().map(|result| (&result["ruleId"], &result["level"])).collect();
    assert_eq!(
        format!("{told:?}"),
        "[(String(\"self-reference\"), String(\"warning\")), (String(\"unknown-reference\"), String(\"error\"))]"
    );
}

#[test]
fn build_reports_as_json_too() {
    let run = doubtful().run("build --format json").status(1).stderr_is("");
    assert_eq!(run.json().as_array().map(Vec::len), Some(2));
    warned().run("build --format github").status(0).stderr_is("").stdout(expect![[r#"
        ::warning file=content/bakery.md,line=17,endLine=17,col=22,endColumn=39,title=self-reference::this element refers to itself%0Ahelp: refer to another element, or drop the link
    "#]]);
}

#[test]
fn colours_where_they_are_asked_for() {
    let plain = doubtful().run("check --color never").status(1);
    doubtful().run("check").status(1).stdout_is(plain.text());
    let coloured = doubtful().run("check --color always").status(1);
    assert!(coloured.text().contains("\u{1b}["), "{}", coloured.text());
}
