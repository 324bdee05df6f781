//! `kind list`, `kind new`, `kind check`, and how `schema` and `new` treat a handbook's own kinds.

use std::fs;

use expect_test::expect;

use crate::handbook::{CANVAS, Handbook};
use crate::kinds::{BOARD, IDEA};

/// A handbook with a canvas of a built-in kind, and one of its own.
fn handbook() -> Handbook {
    Handbook::new()
        .file("content/bakery.md", CANVAS)
        .file("content/oven.md", IDEA)
        .file("kinds/idea-board.toml", BOARD)
}

#[test]
fn kinds_are_listed_with_the_number_of_their_canvases() {
    let handbook = handbook();
    let listed = handbook.run("kind list").status(0).stderr_is("");
    let own = listed.text().lines().find(|line| line.starts_with("idea-board"));
    let own: Vec<&str> = own.expect("is listed").split_whitespace().collect();
    assert_eq!(own.join(" "), "idea-board 1 canvas Idea Board (kinds/idea-board.toml)");
    assert!(listed.text().starts_with("business-model "), "{}", listed.text());
    let json = handbook.run("kind list --format json").status(0).json();
    let json = json.as_array().expect("is a list");
    let own = json.iter().find(|kind| kind["id"] == "idea-board").expect("is listed");
    expect![[r#"
        {
          "blocks": [
            "problem",
            "idea",
            "cost"
          ],
          "canvases": 1,
          "file": "kinds/idea-board.toml",
          "id": "idea-board",
          "title": "Idea Board"
        }"#]]
    .assert_eq(&serde_json::to_string_pretty(own).expect("is JSON"));
    handbook.write("kinds/idea-board.toml", "title = \"Idea Board\"\n");
    let listed = handbook.run("kind list").status(1);
    assert!(!listed.text().contains("idea-board"), "{}", listed.text());
    assert!(listed.messages().contains("kinds/idea-board.toml:1:1"), "{}", listed.messages());
}

#[test]
fn a_new_kind_is_sound_and_canvases_of_it_are_known() {
    let handbook = Handbook::new().file("content/bakery.md", CANVAS);
    handbook.run("kind new idea-board --title Ideas").status(0).stdout(expect![[r#"
        Wrote kinds/idea-board.toml
        `canvasbook new PATH --kind idea-board` starts a canvas of it
    "#]]);
    handbook
        .run("kind check kinds/idea-board.toml")
        .status(0)
        .stdout_is("All is well: Ideas, 3 blocks\n");
    handbook.run("kind new mission --from business-model").status(0);
    handbook
        .run("kind check kinds/mission.toml")
        .status(0)
        .stdout_is("All is well: Mission, 9 blocks\n");
    handbook.run("new oven --kind idea-board").status(0);
    handbook.run("new plan --kind mission").status(0);
    let text = fs::read_to_string(handbook.path("content/oven.md")).expect("is there");
    assert!(text.contains("canvas = \"idea-board\"") && text.contains("## Price"), "{text}");
    let kinds = |handbook: &Handbook| -> Vec<String> {
        let export = handbook.run("export").json();
        let canvases = export["canvases"].as_array().expect("a list").iter();
        canvases.map(|canvas| canvas["kind"].as_str().expect("a text").to_owned()).collect()
    };
    assert_eq!(kinds(&handbook), ["business-model", "idea-board", "mission"]);
}

#[test]
fn a_kind_that_cannot_be_is_not_written() {
    let handbook = handbook();
    for (line, message) in [
        (
            "kind new Idea",
            "error: `Idea` cannot be the id of a kind; write small letters, digits and hyphens, such as `idea`\n",
        ),
        ("kind new lean", "error: there is a kind `lean` already, built in; choose another id\n"),
        (
            "kind new idea-board",
            "error: `kinds/idea-board.toml` exists already; --force overwrites it\n",
        ),
        (
            "kind new x --from lena",
            "error: there is no kind of canvas `lena`; did you mean `lean`?\n",
        ),
        (
            "kind new idea-board --from idea-board --force",
            "error: `idea-board` cannot start from itself\n",
        ),
    ] {
        handbook.run(line).status(2).stdout_is("").stderr_is(message);
    }
    assert_eq!(
        fs::read_to_string(handbook.path("kinds/idea-board.toml")).expect("is there"),
        BOARD
    );
    handbook.run("kind new idea-board --force").status(0);
}

#[test]
fn a_file_is_checked_wherever_it_is() {
    let handbook = handbook()
        .file(
            "drafts/plan.toml",
            "title = \"Plan\"\nextends = \"idea-board\"\ndrop = [\"prise\"]\n",
        )
        .file("drafts/none.toml", b"\xff");
    handbook.run("kind check drafts/plan.toml").status(1).stderr_is("").stdout(expect![[r#"
        error[malformed-kind]: the kind has no block `prise`
         --> drafts/plan.toml:3:9
          |
        3 | drop = ["prise"]
          |         ^^^^^^^
          |
          = help: its blocks are `problem`, `idea`, `cost`

        1 error in 1 file
    "#]]);
    handbook.run("kind check drafts/none.toml").status(1).stdout(expect![[r#"
        error[not-utf8]: this file is not UTF-8: the byte 0xFF begins no character
         --> drafts/none.toml:1:1
          |
        1 | �
          | ^ the first wrong byte
          |
          = help: save the file as UTF-8; editors offer it beside "Save", and `iconv -t UTF-8` converts

        1 error in 1 file
    "#]]);
    handbook
        .run("kind check drafts/no-such.toml")
        .status(2)
        .stderr_is("error: there is no file `drafts/no-such.toml`\n");
    let json = handbook.run("kind check drafts/plan.toml --format json").status(1).json();
    assert_eq!(json[0]["file"], "drafts/plan.toml");
    handbook
        .run("kind check kinds/idea-board.toml")
        .status(0)
        .stdout_is("All is well: Idea Board, 3 blocks\n");
    handbook.run("kind check kinds/idea-board.toml --format json").status(0).stdout_is("[]\n");
}

#[test]
fn schemas_know_the_kinds_and_rules_of_a_handbook() {
    let handbook = handbook();
    let front = handbook.run("schema front-matter").status(0).json();
    let ids = front["properties"]["canvas"]["enum"].as_array().expect("a list");
    assert!(ids.contains(&"idea-board".into()), "{ids:?}");
    let config = handbook.run("schema config").status(0).json();
    assert!(config["properties"]["rules"]["properties"]["idle-idea"].is_object());
    let kind = handbook.run("schema kind").status(0).json();
    let bases = kind["properties"]["extends"]["examples"].as_array().expect("a list");
    assert!(bases.contains(&"idea-board".into()), "{bases:?}");
}

#[test]
fn rules_of_a_kind_are_set_and_waived_by_their_codes() {
    let idle = IDEA.replace("[it](#cold-bread)", "it");
    let waiver = "+++\n[[waive]]\nrule = \"idle-idea\"\nreason = \"It is new.\"\n+++\n\n";
    let handbook = handbook().file("content/oven.md", &idle);
    handbook.run("check content/oven.md").status(0).stdout(expect![[r#"
        advice[idle-idea]: “Second oven” solves nothing
         --> content/oven.md:7:5
          |
        7 | - **Second oven** — against it.
          |     ^^^^^^^^^^^
          |
          = help: write `[Second oven](#idea/second-oven)` in an element of Problem, or link from here to one of them

        1 piece of advice in 1 file
    "#]]);
    handbook.write("content/oven.md", format!("{waiver}{idle}"));
    handbook
        .run("check content/oven.md")
        .status(0)
        .stdout_is("All is well: 1 canvas and 0 pages\n");
    handbook.write("content/oven.md", &idle);
    handbook.write("canvasbook.toml", "[rules]\nidle-idea = \"error\"\nidle-ides = \"off\"\n");
    handbook.run("check canvasbook.toml content/oven.md").status(1).stdout(expect![[r#"
        error[unknown-rule]: unknown rule `idle-ides`
         --> canvasbook.toml:3:1
          |
        3 | idle-ides = "off"
          | ^^^^^^^^^ unknown rule
          |
        help: did you mean `idle-idea`?
          |
        3 - idle-ides = "off"
        3 + idle-idea = "off"
          |

        error[idle-idea]: “Second oven” solves nothing
         --> content/oven.md:7:5
          |
        7 | - **Second oven** — against it.
          |     ^^^^^^^^^^^
          |
          = help: write `[Second oven](#idea/second-oven)` in an element of Problem, or link from here to one of them

        2 errors in 2 files
    "#]]);
}

#[test]
fn a_canvas_of_an_unknown_kind_is_told_the_nearest() {
    let canvas = format!("+++\ncanvas = \"idea-bord\"\n+++\n\n{IDEA}");
    let handbook = handbook().file("content/oven.md", canvas);
    handbook.run("check content/oven.md").status(1).stdout(expect![[r#"
        error[unknown-value]: unknown value `idea-bord` for `canvas`
         --> content/oven.md:2:10
          |
        2 | canvas = "idea-bord"
          |          ^^^^^^^^^^^ unknown value
          |
        help: did you mean `idea-board`?
          |
        2 | canvas = "idea-board"
          |                  +

        1 error in 1 file
    "#]]);
}

/// The first code block in a language below a heading of a page of the manual.
fn code<'t>(page: &'t str, heading: &str, language: &str) -> &'t str {
    let below = page.split_once(heading).expect("has the heading").1;
    let block = below.split_once(&format!("```{language}\n")).expect("has the code").1;
    block.split_once("```\n").expect("ends").0
}

#[test]
fn the_example_of_the_manual_is_a_kind_like_any_other() {
    let page = include_str!("../../content/manual/kinds.md");
    let canvas = code(page, "\n## An example\n", "markdown");
    let handbook = Handbook::new()
        .file("canvasbook.toml", "title = \"Ideen\"\nlanguage = \"de\"\n")
        .file("kinds/idea-board.toml", code(page, "\n## An example\n", "toml"))
        .file("content/quiet-hour.md", canvas)
        .file(
            "content/idle.md",
            canvas
                .replace("[Lärm](#lärm-am-vormittag)", "Lärm")
                .replace("+++\n\n", "stage = \"grow\"\n+++\n\n")
                .replace("- **Ein Schild an der Tür**", ""),
        );
    handbook.run("check content/quiet-hour.md --strict").status(0);
    handbook.run("check content/idle.md").status(0).stdout(expect![[r#"
        warning[idle-idea]: “Stille Stunde” solves no problem
          --> content/idle.md:13:5
           |
        13 | - **Stille Stunde** — von neun bis zehn, gegen den Lärm, für das [Team](#team-im-großraum).
           |     ^^^^^^^^^^^^^
           |
           = help: write `[Stille Stunde](#idea/stille-stunde)` in an element of Problem, or link from here to one of them

        advice[empty-block]: Aufwand has no element
          --> content/idle.md:19:1
           |
        19 | ## Aufwand
           | ^^^^^^^^^^
           |
           = help: What does it take?

        warning[unknown-effort]: nobody says what it takes
          --> content/idle.md:19:1
           |
        19 | ## Aufwand
           | ^^^^^^^^^^
           |
           = help: What does it take?

        2 warnings, 1 piece of advice in 1 file
    "#]]);
    handbook.run("build").status(0);
    let site = handbook.tree("public").0;
    let text = |path: &str| String::from_utf8_lossy(&site[path]).into_owned();
    let page = text("quiet-hour.html");
    for said in [
        "Wird gelöst von",
        "Erhält Hilfe von",
        "class=\"block area-idea-board-1 problem\"",
        "Strategy Office",
    ] {
        assert!(page.contains(said), "{said} in {page}");
    }
    assert!(text("blocks/idea.html").contains("Stille Stunde"));
    let found = site.iter().filter(|(path, _)| path.starts_with("assets/search/"));
    assert!(
        found.clone().any(|(_, bytes)| String::from_utf8_lossy(bytes).contains("Stille Stunde"))
    );
    let gaps = text("idle.analysis.html");
    assert!(gaps.contains("„Stille Stunde“ löst kein Problem"), "{gaps}");
}

#[test]
fn the_other_examples_of_the_manual_are_sound() {
    let page = include_str!("../../content/manual/kinds.md");
    let blocks = ["strengths", "weaknesses", "opportunities", "threats"]
        .map(|id| format!("[[blocks]]\nid = \"{id}\"\nlabel = \"{id}\"\n"));
    let matrix = code(page, "\n## The poster\n", "toml");
    let handbook = Handbook::new()
        .file("kinds/swot-board.toml", format!("title = \"SWOT\"\n{matrix}{}", blocks.concat()))
        .file("kinds/mission-plan.toml", code(page, "\n## On top of another kind\n", "toml"));
    for kind in ["swot-board", "mission-plan"] {
        let run = handbook.run(&format!("kind check kinds/{kind}.toml")).status(0);
        assert!(run.text().starts_with("All is well"), "{}", run.text());
    }
}

#[test]
fn comparisons_say_what_a_rule_of_a_kind_finds_in_the_language_of_the_handbook() {
    let page = include_str!("../../content/manual/kinds.md");
    let canvas = code(page, "\n## An example\n", "markdown");
    let handbook = Handbook::new().repository();
    handbook.write("canvasbook.toml", "title = \"Ideen\"\nlanguage = \"de\"\n");
    handbook.write("kinds/idea-board.toml", code(page, "\n## An example\n", "toml"));
    handbook.write("content/quiet-hour.md", canvas);
    handbook.commit("2026-01-02", "Begin");
    let idle = canvas.replace("[Lärm](#lärm-am-vormittag)", "Lärm");
    handbook.write("content/quiet-hour.md", idle);
    for line in ["diff HEAD", "diff HEAD --format markdown", "diff HEAD --format html"] {
        let run = handbook.run(line).status(0);
        let said = "„Stille Stunde“ löst kein Problem";
        assert!(run.text().contains(said), "{line}: {}", run.text());
    }
}
