//! A handbook's own kinds of canvas: read from `kinds/`, reported like every bad source if they are
//! malformed (see `bad_sources`), and followed while they change.

use expect_test::{Expect, expect};

use crate::handbook::{CANVAS, Handbook};
use crate::preview::Preview;

/// A kind of three blocks.
pub const BOARD: &str = r#"title = "Idea Board"

[poster]
grid = ["problem idea", "problem cost"]

[areas.why]
label = "Why"
color = "offer"

[[blocks]]
id = "problem"
label = "Problem"
area = "why"

[[blocks]]
id = "idea"
label = "Idea"

[[blocks]]
id = "cost"
label = "Price"

[[relations]]
from = "idea"
verb = "solves"
inverse = "is solved by"
to = "problem"

[[rules]]
code = "idle-idea"
form = "needs"
block = "idea"
of = ["problem"]
message = "“{element}” solves nothing"
"#;

/// A canvas of the kind [`BOARD`].
pub const IDEA: &str = "## Problem\n\n- **Cold bread** — at noon.\n\n## Idea\n\n\
                    - **Second oven** — against [it](#cold-bread).\n\n## Price\n\n- **Oven**\n";

/// Builds a sound handbook, adds files and builds again.
#[track_caller]
pub fn check_files(files: &[(&str, &str)], stderr: Expect) {
    let handbook = Handbook::built();
    for (path, text) in files {
        handbook.write(path, text);
    }
    handbook.breaks(stderr);
}

#[test]
fn a_kind_is_a_file_in_a_folder() {
    let handbook = Handbook::new()
        .file("content/oven.md", IDEA)
        .file("kinds/idea-board.toml", BOARD)
        .file("kinds/README.md", "What our kinds are for.\n");
    handbook.run("check --strict").status(0).stdout_is("All is well: 1 canvas and 0 pages\n");
    handbook.run("build").status(0);
    let export = handbook.run("export").json();
    assert_eq!(export["canvases"][0]["kind"], "idea-board");
    assert_eq!(export["relations"][0]["verb"], "solves");
}

#[test]
fn kinds_that_start_from_each_other() {
    check_files(
        &[
            ("kinds/a.toml", "title = \"A\"\nextends = \"b\"\n"),
            ("kinds/b.toml", "title = \"B\"\nextends = \"c\"\n"),
            ("kinds/c.toml", "title = \"C\"\nextends = \"b\"\n"),
            ("kinds/d.toml", "title = \"D\"\nextends = \"d\"\n"),
            ("kinds/e.toml", "title = \"E\"\nextends = \"busines-model\"\n"),
            // What the canvas names is reported in the other file, and nothing about this one.
            ("content/a.md", "+++\ncanvas = \"a\"\n+++\n"),
        ],
        expect![[r#"
            error[malformed-kind]: `b` starts from `c`, which starts from `b`
             --> kinds/c.toml:2:11
              |
            2 | extends = "b"
              |           ^^^
              |
              = help: take `extends` out of one of them

            error[malformed-kind]: `d` starts from `d`
             --> kinds/d.toml:2:11
              |
            2 | extends = "d"
              |           ^^^
              |
              = help: take `extends` out of one of them

            error[malformed-kind]: there is no kind `busines-model` to start from
             --> kinds/e.toml:2:11
              |
            2 | extends = "busines-model"
              |           ^^^^^^^^^^^^^^^
              |
              = help: did you mean `business-model`?

            3 errors in 3 files
        "#]],
    );
}

#[test]
fn two_kinds_of_one_id() {
    check_files(
        &[
            ("kinds/idea-board.toml", BOARD),
            ("kinds/old/idea-board.toml", BOARD),
            ("kinds/lean.toml", BOARD),
        ],
        expect![[r#"
            error[malformed-kind]: there is a kind `lean` already
             --> kinds/lean.toml:1:1
              |
            1 | title = "Idea Board"
              | ^
              |
              = help: that kind is built in; rename the file, and let it say `extends = "lean"` to start from it

            error[malformed-kind]: there is a kind `idea-board` already
             --> kinds/old/idea-board.toml:1:1
              |
            1 | title = "Idea Board"
              | ^
              |
              = help: rename one of the files
            note: this file describes it
             --> kinds/idea-board.toml:1:1
              |
            1 | title = "Idea Board"
              | ^

            2 errors in 2 files
        "#]],
    );
}

#[test]
fn a_name_that_is_no_id() {
    check_files(
        &[("kinds/Idea Board.toml", BOARD), ("kinds/….toml", BOARD)],
        expect![[r#"
        error[malformed-kind]: `Idea Board` cannot be the id of a kind
         --> kinds/Idea Board.toml:1:1
          |
        1 | title = "Idea Board"
          | ^
          |
          = help: rename the file: small letters, digits and hyphens, such as `idea-board.toml`

        error[malformed-kind]: `…` cannot be the id of a kind
         --> kinds/….toml:1:1
          |
        1 | title = "Idea Board"
          | ^
          |
          = help: rename the file: small letters, digits and hyphens, such as `idea-board.toml`

        2 errors in 2 files
    "#]],
    );
}

#[test]
fn a_file_that_is_no_text() {
    Handbook::built().file("kinds/board.toml", b"title = \"Caf\xe9\"\n").breaks(expect![[r#"
        error[not-utf8]: this file is not UTF-8: the byte 0xE9 begins no character
         --> kinds/board.toml:1:13
          |
        1 | title = "Caf�"
          |             ^ the first wrong byte
          |
          = help: save the file as UTF-8; editors offer it beside "Save", and `iconv -t UTF-8` converts

        1 error in 1 file
    "#]]);
}

#[test]
fn what_a_kind_that_starts_from_another_may_not_say() {
    let extending = |text: &str| format!("title = \"Plan\"\nextends = \"business-model\"\n{text}");
    for (text, expected) in [
        (
            "drop = [\"chanels\", \"channels\"]\n",
            expect![[r#"
            error[malformed-kind]: the kind has no block `chanels`
             --> kinds/plan.toml:3:9
              |
            3 | drop = ["chanels", "channels"]
              |         ^^^^^^^^^
              |
            help: did you mean `channels`?
              |
            3 | drop = ["channels", "channels"]
              |              +

            error[malformed-kind]: the poster of the Business Model Canvas has a place for `channels`
             --> kinds/plan.toml:3:20
              |
            3 | drop = ["chanels", "channels"]
              |                    ^^^^^^^^^^
              |
              = help: write a `grid` of its own below `[poster]`

            2 errors in 1 file
        "#]],
        ),
        (
            "[[blocks]]\nid = \"risks\"\nlabel = \"Risks\"\n",
            expect![[r#"
            error[malformed-kind]: the poster has no place for `risks`
             --> kinds/plan.toml:4:6
              |
            4 | id = "risks"
              |      ^^^^^^^
              |
              = help: write every block into `grid`

            1 error in 1 file
        "#]],
        ),
        (
            "[[blocks]]\nid = \"channels\"\nwas = \"key-partners\"\nlabel = \"Ways\"\n",
            expect![[r#"
                error[malformed-kind]: `channels` is described twice
                 --> kinds/plan.toml:4:6
                  |
                2 | extends = "business-model"
                  |           ---------------- first here
                3 | [[blocks]]
                4 | id = "channels"
                  |      ^^^^^^^^^^
                  |
                  = help: each block and each group needs an id of its own

                1 error in 1 file
            "#]],
        ),
        (
            "[[blocks]]\nid = \"channels\"\naliases = [\"Key Activities\"]\n",
            expect![[r#"
            error[malformed-kind]: the label `Key Activities` would mean two blocks
             --> kinds/plan.toml:5:12
              |
            2 | extends = "business-model"
              |           ---------------- it means this block already
            ...
            5 | aliases = ["Key Activities"]
              |            ^^^^^^^^^^^^^^^^
              |
              = help: give one of them another label

            1 error in 1 file
        "#]],
        ),
    ] {
        check_files(&[("kinds/plan.toml", &extending(text))], expected);
    }
}

#[test]
fn a_preview_follows_the_file_of_a_kind() {
    let handbook = Handbook::new()
        .file("content/oven.md", IDEA)
        .file("content/bakery.md", CANVAS)
        .file("kinds/idea-board.toml", BOARD);
    let preview = Preview::start(&handbook, "--port 0");
    preview.until("/oven.html", 200, "Is solved by");
    handbook.write("kinds/idea-board.toml", BOARD.replace("is solved by", "is ended by"));
    preview.until("/oven.html", 200, "Is ended by");
    let mut tab = preview.tab("/oven.html", None);
    handbook.write("kinds/idea-board.toml", BOARD.replace("problem cost\"]", "problem .\"]"));
    let told = |errors: &serde_json::Value| {
        let first = errors[0].as_str().unwrap_or_default();
        first.contains("kinds/idea-board.toml:4:34")
    };
    while !told(&tab.news()["errors"]) {}
    preview.until("/oven.html", 200, "Is ended by");
    handbook.remove("kinds/idea-board.toml");
    preview.until("/oven.html", 200, "<h2 id=\"idea\">");
}
