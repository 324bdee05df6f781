//! Past states of a handbook: built, and compared.

use expect_test::{Expect, expect};

use crate::handbook::{CANVAS, Handbook, NO_RULES, Run, SETTINGS};

/// A bakery with two states: `v1`, and today's with a second canvas under another name.
fn handbook() -> Handbook {
    let handbook = Handbook::new().file(SETTINGS, NO_RULES).repository();
    handbook.write(".gitignore", "/public/\n/other/\n");
    handbook.write("content/bakery.md", CANVAS);
    handbook
        .write("content/mill.md", CANVAS.replace("bread", "flour").replace("Baking", "Milling"));
    handbook.write("content/plan.png", "a picture");
    handbook.write("static/logo.svg", "<svg/>");
    handbook.commit("2026-01-02", "Begin");
    handbook.git(&["tag", "-a", "v1", "-m", "First edition"]);
    handbook.write("content/bakery.md", CANVAS.replace("fresh bread", "warm bread"));
    handbook.write("content/plan.png", "another picture");
    handbook.git(&["mv", "content/mill.md", "content/flour.md"]);
    handbook.commit("2026-02-03", "Sell warm bread");
    handbook
}

#[track_caller]
fn diff(handbook: &Handbook, words: &str, status: i32, stdout: Expect) -> Run {
    handbook.run(&format!("diff {words}")).status(status).stdout(stdout)
}

#[test]
fn a_past_state_is_built_as_it_would_have_been_then_and_nothing_else_is_touched() {
    let handbook = handbook();
    handbook.write("content/bakery.md", "not committed");
    let before =
        (handbook.files("content"), handbook.files("static"), handbook.git(&["status", "-s"]));
    handbook.run("build --quiet --rev v1").status(0).stderr_is("");
    let after =
        (handbook.files("content"), handbook.files("static"), handbook.git(&["status", "-s"]));
    assert!(before == after, "the folder is as it was");
    let site = handbook.tree("public");
    assert_eq!(site.0["plan.png"], b"a picture");
    assert!(site.0.contains_key("mill.html") && !site.0.contains_key("flour.html"));
    handbook.run("build --quiet --rev HEAD~1 --output other").status(0);
    assert_eq!(handbook.tree("other"), site, "two builds of one commit are equal");
    handbook.git(&["stash", "--quiet"]);
    handbook.git(&["checkout", "--quiet", "v1"]);
    handbook.run("build --quiet --output other").status(0);
    assert_eq!(handbook.tree("other"), site, "and so is one of the commit checked out");
}

#[test]
fn what_names_no_past_state_is_refused() {
    let handbook = handbook();
    let refused = |words: &str, expected: Expect| {
        handbook.run(&format!("build {words}")).status(2).stderr(expected);
        assert!(!handbook.path("public").exists());
    };
    refused(
        "--rev v9",
        expect![[r#"
            error: `v9` is no revision: no commit, branch or tag is called so
        "#]],
    );
    refused(
        "--rev v1..HEAD",
        expect![[r#"
            error: `v1..HEAD` is no revision: it means several commits
        "#]],
    );
    handbook.git(&["rm", "--quiet", "-r", "content", SETTINGS]);
    handbook.commit("2026-03-04", "Close");
    handbook.write("content/index.md", "# Again\n");
    refused(
        "--rev HEAD",
        expect![[r#"
        error: there was no handbook at `HEAD`
    "#]],
    );
    let outside = Handbook::built();
    outside.run("build --rev v1").status(2).stderr(expect![[r#"
        error: the handbook is in no git repository
    "#]]);
}

#[cfg(unix)]
#[test]
fn links_of_a_past_state_lead_nowhere_else() {
    let handbook = handbook();
    let link = |target: &str, link: &str| {
        std::os::unix::fs::symlink(target, handbook.path(link)).expect("it can be made");
    };
    link("bakery.md", "content/also.md");
    link("/etc", "content/system");
    link("../../..", "static/out");
    handbook.commit("2026-03-04", "Link");
    handbook.git(&["tag", "linked"]);
    handbook.remove("content/system");
    handbook.remove("static/out");
    handbook.remove("content/also.md");
    handbook.run("build --rev linked").status(0).stderr(expect![[r#"
        warning[link-leaves-handbook]: the symbolic link `content/system` leads out of the handbook and is not published
         --> content/system
          |
          = help: copy what it leads to into the handbook, or remove the link

        warning[link-leaves-handbook]: the symbolic link `static/out` leads out of the handbook and is not published
         --> static/out
          |
          = help: copy what it leads to into the handbook, or remove the link

        2 warnings in 2 files
    "#]]);
    assert!(handbook.path("public/also.html").exists());
}

#[test]
fn states_are_compared_by_meaning() {
    let handbook = handbook();
    diff(&handbook, "v1 HEAD", 0, expect![[r#"
        Bakery (content/bakery.md)
        ┌──────────────────────────────────────────────────────────────────────────────────────────────────┐
        │ KEY PARTNERS  │ KEY ACTIVITIES            │ VALUE           │ RELATIONS       │ SEGMENTS         │
        │               │ ~ Baking                  │   1 the same    │ ─────────────── │   1 the same     │
        │               │ ───────────────────────── │                 │ CHANNELS        │                  │
        │               │ KEY RESOURCES             │                 │                 │                  │
        │ ──────────────────────────────────────────────────────────────────────────────────────────────── │
        │ COST STRUCTURE                                 │ REVENUE STREAMS                                 │
        └──────────────────────────────────────────────────────────────────────────────────────────────────┘
        1 changed, 2 the same

        Key Activities
          ~ Baking
              Text: makes [-fresh-]{+warm+} bread.

        Flour (content/flour.md), compared with Mill (content/mill.md)
        ┌──────────────────────────────────────────────────────────────────────────────────────────────────┐
        │ KEY PARTNERS  │ KEY ACTIVITIES            │ VALUE           │ RELATIONS       │ SEGMENTS         │
        │               │   1 the same              │   1 the same    │ ─────────────── │   1 the same     │
        │               │ ───────────────────────── │                 │ CHANNELS        │                  │
        │               │ KEY RESOURCES             │                 │                 │                  │
        │ ──────────────────────────────────────────────────────────────────────────────────────────────── │
        │ COST STRUCTURE                                 │ REVENUE STREAMS                                 │
        └──────────────────────────────────────────────────────────────────────────────────────────────────┘
        3 the same

        Canvas
          Canvas: content/mill.md → content/flour.md
          title: [-Mill-]{+Flour+}

        Whom they concern
          Departments: Production
    "#]]).stderr_is("");
    for range in ["v1..", "v1..HEAD", "v1...HEAD", "HEAD^!", "HEAD~1 main", "v1", "HEAD~"] {
        let said = handbook.run(&format!("diff {range}")).status(0).text().to_owned();
        assert_eq!(said, handbook.run("diff v1 HEAD").text(), "{range}");
    }
    diff(
        &handbook,
        "",
        0,
        expect![[r#"
        Nothing differs.
    "#]],
    )
    .stderr_is("");
    diff(&handbook, "HEAD v1 --exit-code -- content/flour.md", 1, expect![[r#"
        Mill (content/mill.md), compared with Flour (content/flour.md)
        ┌──────────────────────────────────────────────────────────────────────────────────────────────────┐
        │ KEY PARTNERS  │ KEY ACTIVITIES            │ VALUE           │ RELATIONS       │ SEGMENTS         │
        │               │   1 the same              │   1 the same    │ ─────────────── │   1 the same     │
        │               │ ───────────────────────── │                 │ CHANNELS        │                  │
        │               │ KEY RESOURCES             │                 │                 │                  │
        │ ──────────────────────────────────────────────────────────────────────────────────────────────── │
        │ COST STRUCTURE                                 │ REVENUE STREAMS                                 │
        └──────────────────────────────────────────────────────────────────────────────────────────────────┘
        3 the same

        Canvas
          Canvas: content/flour.md → content/mill.md
          title: [-Flour-]{+Mill+}
    "#]]).stderr_is("");
    handbook.run("diff v1 HEAD --exit-code").status(1);
    handbook.write("content/bakery.md", CANVAS);
    handbook.write("content/flour.md", "+++\ncanvas = true\n+++\n");
    let words = "--format json -- content/flour.md";
    diff(
        &handbook,
        words,
        0,
        expect![[r#"
            {
              "changes": [
                {
                  "change": "modification",
                  "level": "detail",
                  "canvas": "content/flour.md",
                  "block": null,
                  "element": null,
                  "from": null,
                  "to": "business-model",
                  "detail": "canvas",
                  "owners": [],
                  "departments": []
                },
                {
                  "change": "removal",
                  "level": "commitment",
                  "canvas": "content/flour.md",
                  "block": "key-activities",
                  "element": {
                    "id": "key-activities/production/milling",
                    "name": "Milling"
                  },
                  "from": "makes fresh flour.",
                  "to": null,
                  "detail": "whole",
                  "owners": [],
                  "departments": [
                    "production"
                  ]
                },
                {
                  "change": "removal",
                  "level": "promise",
                  "canvas": "content/flour.md",
                  "block": "value-propositions",
                  "element": {
                    "id": "value-propositions/fresh-flour",
                    "name": "Fresh flour"
                  },
                  "from": "for Neighbours.",
                  "to": null,
                  "detail": "whole",
                  "owners": [],
                  "departments": [
                    "production"
                  ]
                },
                {
                  "change": "removal",
                  "level": "promise",
                  "canvas": "content/flour.md",
                  "block": "customer-segments",
                  "element": {
                    "id": "customer-segments/neighbours",
                    "name": "Neighbours"
                  },
                  "from": null,
                  "to": null,
                  "detail": "whole",
                  "owners": [],
                  "departments": []
                }
              ],
              "impact": [],
              "findings": []
            }
        "#]],
    )
    .stderr_is("");
    diff(
        &handbook,
        "--format markdown --fail-on promise",
        1,
        expect![[r#"
            <!-- canvasbook diff -->

            ## Changes

            2 canvases change; elements: 3 gone, 1 changed, 2 the same. Gravest level: Promise.

            <b>A change this grave has to be accepted: by a line “Accepts: reason” at the end of a commit’s message.</b>

            <b>Flour</b>: 3 gone

            <table>
            <tr>
            <td valign="top" width="15%" rowspan="2"><b>Key Partners</b></td>
            <td valign="top" width="30%"><b>Key Activities</b><br>− <del>Milling</del></td>
            <td valign="top" width="19%" colspan="2" rowspan="2"><b>Value Propositions</b><br>− <del>Fresh flour</del></td>
            <td valign="top" width="19%"><b>Customer Relationships</b></td>
            <td valign="top" width="15%" rowspan="2"><b>Customer Segments</b><br>− <del>Neighbours</del></td>
            </tr>
            <tr>
            <td valign="top" width="30%"><b>Key Resources</b></td>
            <td valign="top" width="19%"><b>Channels</b></td>
            </tr>
            <tr>
            <td valign="top" width="50%" colspan="3"><b>Cost Structure</b></td>
            <td valign="top" width="50%" colspan="3"><b>Revenue Streams</b></td>
            </tr>
            </table>

            <details><summary><b>Bakery</b>: 1 changed, 2 the same</summary>

            <table>
            <tr>
            <td valign="top" width="15%" rowspan="2"><b>Key Partners</b></td>
            <td valign="top" width="30%"><b>Key Activities</b><br>~ Baking</td>
            <td valign="top" width="19%" colspan="2" rowspan="2"><b>Value Propositions</b><br><sub>1 the same</sub></td>
            <td valign="top" width="19%"><b>Customer Relationships</b></td>
            <td valign="top" width="15%" rowspan="2"><b>Customer Segments</b><br><sub>1 the same</sub></td>
            </tr>
            <tr>
            <td valign="top" width="30%"><b>Key Resources</b></td>
            <td valign="top" width="19%"><b>Channels</b></td>
            </tr>
            <tr>
            <td valign="top" width="50%" colspan="3"><b>Cost Structure</b></td>
            <td valign="top" width="50%" colspan="3"><b>Revenue Streams</b></td>
            </tr>
            </table>

            </details>

            <sub><kbd>&#43;</kbd> added · <kbd>−</kbd> gone · <kbd>~</kbd> changed · <kbd>→</kbd> moved · Business Model Canvas by <a href="https://www.strategyzer.com/library/the-business-model-canvas">Strategyzer</a>, <a href="https://creativecommons.org/licenses/by-sa/3.0/">CC BY-SA 3.0</a></sub>

            ### What the changes do

            <b>Promises that go or change (2)</b>

            - <kbd>−</kbd> <b>Fresh flour</b> <sub>Flour · Value Propositions</sub>: <del>for Neighbours.</del>
            - <kbd>−</kbd> <b>Neighbours</b> <sub>Flour · Customer Segments</sub>

            ### Whom they concern

            - Departments: <b>Production</b> (3)

            ### Changes

            - <kbd>−</kbd> <b>Fresh flour</b> <sub>Flour · Value Propositions · Promise</sub>: <del>for Neighbours.</del>
            - <kbd>−</kbd> <b>Neighbours</b> <sub>Flour · Customer Segments · Promise</sub>
            - <kbd>−</kbd> <b>Milling</b> <sub>Flour · Key Activities · Commitment</sub>: <del>makes fresh flour.</del>
            - <kbd>~</kbd> <b>Baking</b> <sub>Bakery · Key Activities · Detail</sub>: Text: makes <del>warm</del><ins>fresh</ins> bread.
            - <kbd>~</kbd> canvas: <ins>business-model</ins> <sub>Flour · Detail</sub>
        "#]],
    )
    .stderr_is("");
}

#[test]
fn branches_are_compared_from_where_they_parted() {
    let handbook = handbook();
    handbook.git(&["checkout", "--quiet", "-b", "stall", "v1"]);
    handbook.write("content/mill.md", CANVAS.replace("Neighbours", "Restaurants"));
    handbook.commit("2026-02-04", "Sell to restaurants");
    diff(&handbook, "main...stall", 0, expect![[r#"
        Mill (content/mill.md)
        ┌──────────────────────────────────────────────────────────────────────────────────────────────────┐
        │ KEY PARTNERS  │ KEY ACTIVITIES            │ VALUE           │ RELATIONS       │ SEGMENTS         │
        │               │ + Baking                  │ + Fresh bread   │ ─────────────── │ + Restaurants    │
        │               │ − Milling                 │ − Fresh flour   │ CHANNELS        │ − Neighbours     │
        │               │ ───────────────────────── │                 │                 │                  │
        │               │ KEY RESOURCES             │                 │                 │                  │
        │ ──────────────────────────────────────────────────────────────────────────────────────────────── │
        │ COST STRUCTURE                                 │ REVENUE STREAMS                                 │
        └──────────────────────────────────────────────────────────────────────────────────────────────────┘
        3 added, 3 gone

        Key Activities
          + Baking
              + makes fresh bread.
          − Milling
              − makes fresh flour.

        Value Propositions
          + Fresh bread
              + for Restaurants.
          − Fresh flour
              − for Neighbours.

        Customer Segments
          + Restaurants
          − Neighbours

        Whom they concern
          Departments: Production
    "#]]).stderr_is("");
}

#[test]
fn what_cannot_be_compared_never_reads_as_equal() {
    let handbook = handbook();
    diff(&handbook, "v9", 2, expect![[""]]).stderr(expect![[r#"
        error: `v9` is no revision: no commit, branch or tag is called so
    "#]]);
    diff(&handbook, "v1 v9", 2, expect![[""]]).stderr(expect![[r#"
        error: `v9` is no revision: no commit, branch or tag is called so
    "#]]);
    diff(&handbook, "^v1", 2, expect![[""]]).stderr(expect![[r#"
        error: `^v1` is no revision: it means commits, and not two states
    "#]]);
    diff(&handbook, "v1 -- content/mil.md", 2, expect![[""]]).stderr(expect![[r#"
        error: `content/mil.md` is in neither of the two states
    "#]]);
    diff(&handbook, "content/bakery.md", 2, expect![[""]]).stderr(expect![[r#"
        error: name two canvases, or revisions
    "#]]);
    diff(&handbook, "content/bakery.md content/flour.md -- content", 2, expect![[""]]).stderr(
        expect![[r#"
            error: paths behind `--` go with revisions only
        "#]],
    );
    handbook.write("content/flour.md", b"\xff");
    diff(&handbook, "v1", 2, expect![[""]]).stderr(expect![[r#"
        error[not-utf8]: this file is not UTF-8: the byte 0xFF begins no character
         --> content/flour.md:1:1
          |
        1 | �
          | ^ the first wrong byte
          |
          = help: save the file as UTF-8; editors offer it beside "Save", and `iconv -t UTF-8` converts

        1 error in 1 file
        error: the handbook cannot be compared, because it cannot be read whole
    "#]]);
    let outside = Handbook::built();
    diff(&outside, "", 2, expect![[""]]).stderr(expect![[r#"
        error: the handbook is in no git repository
    "#]]);
}

/// A kind with a block of this id, which has a line more in its table.
fn kind(id: &str, line: &str) -> String {
    let blocks = [("pros", ""), (id, line), ("choices", "")];
    let block = |(id, line): &(&str, &str)| {
        let label = if line.is_empty() { *id } else { "cons" };
        format!("[[blocks]]\nid = \"{id}\"\nlabel = \"{label}\"\n{line}\n")
    };
    let blocks: String = blocks.iter().map(block).collect();
    let relation = format!(
        "[[relations]]\nfrom = \"{id}\"\nverb = \"limits\"\nsupplies = \"to\"\ninverse = \"is limited by\"\nto = \"choices\"\n"
    );
    format!(
        "title = \"Duel\"\n[poster]\ngrid = [\"pros {id}\", \"choices choices\"]\n{blocks}{relation}"
    )
}

#[test]
fn a_block_that_a_kind_renamed_is_the_same_block() {
    let canvas = "# Duel\n\n## Pros\n\n- **Cheap** — it is.\n\n## Cons\n\nWhat is against it.\n\n- **Slow** — a day, so [[#Wait]].\n- **Late** — by a week.\n- **Old**\n\n## Choices\n\n- **Wait** — see [the cons](#cons).\n";
    let handbook = Handbook::new().file(SETTINGS, NO_RULES).file("content/duel.md", canvas);
    let handbook = handbook.file("kinds/duel.toml", kind("cons", "")).repository();
    handbook.commit("2026-01-01", "Begin");
    handbook.write("kinds/duel.toml", kind("drawbacks", "was = [\"cons\"]\n"));
    let changed = canvas.replace("a week", "two weeks").replace("- **Old**\n", "");
    handbook.write("content/duel.md", changed.replace("(#cons)", "(#drawbacks)"));
    handbook.commit("2026-01-02", "Rename a block");
    diff(
        &handbook,
        "HEAD~1 HEAD",
        0,
        expect![[r#"
        Duel (content/duel.md)
        ┌──────────────────────────────────────────────────────────────────────────────────────────────────┐
        │ PROS                                           │ CONS                                            │
        │   1 the same                                   │ ~ Late                                          │
        │                                                │ − Old                                           │
        │                                                │   1 the same                                    │
        │ ──────────────────────────────────────────────────────────────────────────────────────────────── │
        │ CHOICES                                                                                          │
        │   1 the same                                                                                     │
        └──────────────────────────────────────────────────────────────────────────────────────────────────┘
        1 gone, 1 changed, 3 the same

        Cons
          ~ Late
              Text: by [-a week-]{+two weeks+}.
          − Old
    "#]],
    );
}
