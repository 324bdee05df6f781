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
              = help: that kind is built in; rename the file, and write in it `extends = "lean"` to start from it

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

#[test]
fn colours_that_areas_have_of_their_own_are_read_and_told_apart() {
    let board = BOARD.replace(
        "color = \"offer\"\n",
        "color = [\"#f5a623\", \"#4a3a10\"]\n[areas.how]\nlabel = \"How\"\ncolor = \"#0f766e\"\n\
         [areas.what]\nlabel = \"What\"\ncolor = [\"#10776f\", \"#f08a5d\"]\n",
    );
    let board = board.replace("id = \"idea\"", "id = \"idea\"\narea = \"how\"");
    let board = board.replace("id = \"cost\"", "id = \"cost\"\narea = \"what\"");
    let handbook = Handbook::new()
        .file("content/oven.md", IDEA)
        .file("kinds/idea-board.toml", &board)
        // What it has of the other kind was said there.
        .file("kinds/plan.toml", "title = \"Plan\"\nextends = \"idea-board\"\n");
    let said = expect![[r##"
        warning[weak-contrast]: `areas.why.color` is hard to read in the light scheme: its contrast on `--surface` tinted with it is 1.91:1
         --> kinds/idea-board.toml:8:10
          |
        8 | color = ["#f5a623", "#4a3a10"]
          |          ^^^^^^^^^ text needs 4.5:1
          |
        help: the nearest colour of the same hue that reads there is `#9a6400`
          |
        8 - color = ["#f5a623", "#4a3a10"]
        8 + color = ["#9a6400", "#4a3a10"]
          |

        warning[weak-contrast]: `areas.why.color` is hard to read in the dark scheme: its contrast on `--surface` tinted with it is 1.47:1
         --> kinds/idea-board.toml:8:21
          |
        8 | color = ["#f5a623", "#4a3a10"]
          |                     ^^^^^^^^^ text needs 4.5:1
          |
        help: the nearest colour of the same hue that reads there is `#9d8b61`
          |
        8 - color = ["#f5a623", "#4a3a10"]
        8 + color = ["#f5a623", "#9d8b61"]
          |

        warning[similar-colors]: `areas.what.color` looks nearly like the colour of `how` in the light scheme
          --> kinds/idea-board.toml:14:10
           |
        11 | color = "#0f766e"
           |         --------- `how` is set here
        ...
        14 | color = ["#10776f", "#f08a5d"]
           |          ^^^^^^^^^ hard to tell apart
           |
           = help: choose another hue, or make one of the two clearly darker than the other

        3 warnings in 1 file
    "##]];
    handbook.run("check").status(0).stdout(said);
    handbook.run("check --strict").status(1);
    // The theme's own colours may be those of the configuration.
    handbook.write(
        "kinds/idea-board.toml",
        BOARD
            .replace(
                "color = \"offer\"\n",
                "color = \"#0b5cad\"\n[areas.how]\nlabel = \"How\"\ncolor = \"money\"\n",
            )
            .replace("id = \"idea\"", "id = \"idea\"\narea = \"how\""),
    );
    handbook
        .run("kind check kinds/idea-board.toml")
        .status(0)
        .stdout_is("All is well: Idea Board, 3 blocks\n");
    handbook.write("canvasbook.toml", "[colors]\nmoney = \"#0b5cad\"\n");
    handbook.run("check").status(0).stdout(expect![[r##"
        warning[similar-colors]: `colors.money` looks nearly like the colour of `infrastructure` in the light scheme
         --> canvasbook.toml:2:9
          |
        2 | money = "#0b5cad"
          |         ^^^^^^^^^ hard to tell apart
          |
          = help: choose another hue, or make one of the two clearly darker than the other

        warning[similar-colors]: `areas.why.color` looks nearly like the colour of `how` in the light scheme
         --> kinds/idea-board.toml:8:9
          |
        8 | color = "#0b5cad"
          |         ^^^^^^^^^ hard to tell apart
          |
          = help: choose another hue, or make one of the two clearly darker than the other

        2 warnings in 2 files
    "##]]);
}

#[test]
fn files_that_cannot_be_kinds_are_told_once() {
    let of_kind =
        |id: &str| format!("+++\ncanvas = \"{id}\"\n+++\n\n## Idea\n\n- **Second oven**\n");
    check_files(
        &[
            ("kinds/con.toml", BOARD),
            ("kinds/index.toml", BOARD),
            ("kinds/Idea.toml", BOARD),
            ("content/a.md", &of_kind("con")),
            ("content/b.md", &of_kind("index")),
            ("content/c.md", &of_kind("Idea")),
        ],
        expect![[r#"
            error[malformed-kind]: `Idea` cannot be the id of a kind
             --> kinds/Idea.toml:1:1
              |
            1 | title = "Idea Board"
              | ^
              |
              = help: rename the file: small letters, digits and hyphens, such as `idea.toml`

            error[malformed-kind]: `con` cannot be the id of a kind: it is a device's name on Windows
             --> kinds/con.toml:1:1
              |
            1 | title = "Idea Board"
              | ^
              |
              = help: rename the file, which the kind is called after

            error[malformed-kind]: `index` cannot be the id of a kind: the page of all kinds has it
             --> kinds/index.toml:1:1
              |
            1 | title = "Idea Board"
              | ^
              |
              = help: rename the file, which the kind is called after

            3 errors in 3 files
        "#]],
    );
    let handbook = Handbook::new()
        .file("content/a.md", of_kind("latin"))
        .file("kinds/latin.toml", b"title = \"Caf\xe9\"\n")
        .file("kinds/board.toml", "title = \"Board\"\nextends = \"latin\"\n");
    handbook.run("check").status(1).stdout(expect![[r#"
        error[not-utf8]: this file is not UTF-8: the byte 0xE9 begins no character
         --> kinds/latin.toml:1:13
          |
        1 | title = "Caf�"
          |             ^ the first wrong byte
          |
          = help: save the file as UTF-8; editors offer it beside "Save", and `iconv -t UTF-8` converts

        1 error in 1 file
    "#]]);
    for id in ["con", "index"] {
        let refused = handbook.run(&format!("kind new {id}")).status(2);
        assert!(
            refused.messages().contains("cannot be the id of a kind"),
            "{}",
            refused.messages()
        );
    }
}

#[test]
fn what_is_said_of_limits_has_its_language() {
    let limited = BOARD.replace("label = \"Idea\"", "label = \"Idea\"\nat_most = 3");
    let handbook = Handbook::new()
        .file("canvasbook.toml", "language = \"it\"\n")
        .file("kinds/board.toml", limited)
        .file("content/a.md", format!("+++\ncanvas = \"board\"\n+++\n# A\n\n{IDEA}"));
    handbook.run("build --quiet");
    let site = handbook.tree("public").0;
    let page = str::from_utf8(&site["kinds/board.html"]).expect("UTF-8");
    let row = page.lines().find(|line| line.contains("(3)"));
    expect![[r#"<tr><th scope="row"><span lang="en" dir="ltr">Has more entries than help</span></th><td>Idea (3)</td><td data-label="Explore">Advice</td><td data-label="On the way">Advice</td><td data-label="Exploit">Advice</td></tr>"#]].assert_eq(row.unwrap_or(page));
}
