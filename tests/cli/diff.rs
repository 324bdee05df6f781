//! How one canvas differs from another one.

use expect_test::{Expect, expect};

use crate::handbook::Handbook;

const BAKERY: &str = "\
+++
title = \"Bakery\"
owner = \"Head of Bread\"
+++

## Key Partners

- **Mill** {#mill} — brings flour for [baking](#baking).
- **Cyclists** — carry.

## Key Activities

### Production

- **Baking** {#baking} — makes [bread](#bread) by 6.
- **Cleaning**

### Sales

## Value Propositions

- **Bread** {#bread} — warm until 10, for [all](#households).

## Channels

- **Stall** — has [bread](#bread).

## Customer Segments

- **Households** {#households}
";

/// The bakery without its mill: flour is ground, and bread sold, in another way.
fn scenario() -> String {
    BAKERY
        .replace("title = \"Bakery\"", "title = \"Bakery B\"\nbased_on = \"bakery.md\"")
        .replace("- **Mill** {#mill} — brings flour for [baking](#baking).\n", "")
        .replace("- **Cleaning**\n\n### Sales", "\n### Sales\n\n- **Cleaning**")
        .replace("warm until 10", "warm until 9")
        .replace("- **Stall**", "- **Shop** — new.\n- **Stall**")
}

const KIOSK: &str = "\
## Key Partners

- **Millers** — [mill](bakery.md#mill).

## Key Activities

- **Selling**

## Channels

- **Hatch**
";

fn handbook() -> Handbook {
    Handbook::new()
        .file("content/bakery.md", BAKERY)
        .file("content/bakery-b.md", scenario())
        .file("content/kiosk.md", KIOSK)
}

#[track_caller]
fn check(arguments: &str, status: i32, expected: Expect) {
    handbook().run(&format!("diff {arguments}")).status(status).stderr_is("").stdout(expected);
}

#[test]
fn people_see_the_poster_then_the_changes_then_what_they_do() {
    check(
        "bakery.md bakery-b.md",
        0,
        expect![[r#"
        Bakery B (content/bakery-b.md), compared with Bakery (content/bakery.md)
        ┌──────────────────────────────────────────────────────────────────────────────────────────────────┐
        │ KEY PARTNERS  │ KEY ACTIVITIES            │ VALUE           │ RELATIONS       │ SEGMENTS         │
        │ − Mill        │ → Cleaning                │ ~ Bread         │ ─────────────── │   1 the same     │
        │   1 the same  │   1 the same              │                 │ CHANNELS        │                  │
        │               │ ───────────────────────── │                 │ + Shop          │                  │
        │               │ KEY RESOURCES             │                 │   1 the same    │                  │
        │ ──────────────────────────────────────────────────────────────────────────────────────────────── │
        │ COST STRUCTURE                                 │ REVENUE STREAMS                                 │
        └──────────────────────────────────────────────────────────────────────────────────────────────────┘
        1 added, 1 gone, 1 moved, 1 changed, 4 the same

        Key Partners
          − Mill
              − brings flour for baking.

        Key Activities
          → Cleaning
              Department: Production → Sales

        Value Propositions
          ~ Bread
              Text: warm until [-10-]{+9+}, for all.

        Channels
          + Shop
              + new.

        What the changes do
          Bread has no support left, without Baking
          Households has no support left, without Bread
          Baking has no support left, without Mill
          Stall has no support left, without Bread
          Millers (content/kiosk.md) refers to what is gone: Mill

        Whom they concern
          Head of Bread
          Departments: Production, Sales
    "#]],
    );
}

#[test]
fn messages_get_markdown() {
    check(
        "bakery bakery-b --format markdown",
        0,
        expect![[r#"
            <!-- canvasbook diff -->

            ## Bakery B, compared with Bakery

            1 canvas changes; elements: 1 added, 1 gone, 1 moved, 1 changed, 4 the same. Gravest level: Promise.

            <table>
            <tr>
            <td valign="top" width="15%" rowspan="2"><b>Key Partners</b><br>− <del>Mill</del><br><sub>1 the same</sub></td>
            <td valign="top" width="30%"><b>Key Activities</b><br>→ Cleaning<br><sub>1 the same</sub></td>
            <td valign="top" width="19%" colspan="2" rowspan="2"><b>Value Propositions</b><br>~ Bread</td>
            <td valign="top" width="19%"><b>Customer Relationships</b></td>
            <td valign="top" width="15%" rowspan="2"><b>Customer Segments</b><br><sub>1 the same</sub></td>
            </tr>
            <tr>
            <td valign="top" width="30%"><b>Key Resources</b></td>
            <td valign="top" width="19%"><b>Channels</b><br>+ <ins>Shop</ins><br><sub>1 the same</sub></td>
            </tr>
            <tr>
            <td valign="top" width="50%" colspan="3"><b>Cost Structure</b></td>
            <td valign="top" width="50%" colspan="3"><b>Revenue Streams</b></td>
            </tr>
            </table>

            <sub><kbd>&#43;</kbd> added · <kbd>−</kbd> gone · <kbd>~</kbd> changed · <kbd>→</kbd> moved · Business Model Canvas by <a href="https://www.strategyzer.com/library/the-business-model-canvas">Strategyzer</a>, <a href="https://creativecommons.org/licenses/by-sa/3.0/">CC BY-SA 3.0</a></sub>

            ### What the changes do

            <b>Loses its last support (4)</b>

            - <b>Bread</b> <sub>Value Propositions · Head of Bread</sub> has no support left, without Baking
            - <b>Households</b> <sub>Customer Segments · Head of Bread</sub> has no support left, without Bread
            - <b>Baking</b> <sub>Key Activities · Head of Bread</sub> has no support left, without Mill
            - <b>Stall</b> <sub>Channels · Head of Bread</sub> has no support left, without Bread

            <b>Promises that go or change (1)</b>

            - <kbd>~</kbd> <b>Bread</b> <sub>Value Propositions · Head of Bread</sub>: Text: warm until <del>10</del><ins>9</ins>, for all.

            <b>Refers to what is gone (1)</b>

            - <b>Millers</b> <sub>Kiosk · Key Partners</sub> refers to what is gone: Mill

            ### Whom they concern

            - Owners: <b>Head of Bread</b> (8)
            - Departments: <b>Production</b> (5), <b>Sales</b> (1)

            ### Changes

            - <kbd>~</kbd> <b>Bread</b> <sub>Value Propositions · Promise</sub>: Text: warm until <del>10</del><ins>9</ins>, for all.
            - <kbd>−</kbd> <b>Mill</b> <sub>Key Partners · Commitment</sub>: <del>brings flour for baking.</del>
            - <kbd>→</kbd> <b>Cleaning</b> <sub>Key Activities · Commitment</sub>: Department: Production → Sales
            - <kbd>&#43;</kbd> <b>Shop</b> <sub>Channels · Detail</sub>: <ins>new.</ins>
        "#]],
    );
}

#[test]
fn programs_get_json() {
    let small = |element: &str| {
        format!(
            "## Key Partners\n\n{element}\n## Key Activities\n\n- Bake\n\n## Channels\n\n- Shop\n"
        )
    };
    let handbook = Handbook::new()
        .file("content/a.md", small("- **Mill** — flour\n"))
        .file("content/b.md", small(""))
        .file("content/c.md", small("- **Miller** — see [the mill](a.md#mill)\n"));
    handbook.run("diff a.md b.md --format json").status(0).stderr_is("").stdout(expect![[r#"
        {
          "changes": [
            {
              "change": "removal",
              "level": "commitment",
              "canvas": "content/a.md",
              "block": "key-partners",
              "element": {
                "id": "key-partners/mill",
                "name": "Mill"
              },
              "from": "flour",
              "to": null,
              "detail": "whole",
              "owners": [],
              "departments": []
            }
          ],
          "impact": [
            {
              "effect": "breaks",
              "canvas": "content/c.md",
              "block": "key-partners",
              "element": {
                "id": "key-partners/miller",
                "name": "Miller"
              },
              "because": [
                {
                  "id": "key-partners/mill",
                  "name": "Mill"
                }
              ],
              "owners": [],
              "departments": []
            }
          ],
          "findings": []
        }
    "#]]);
}

#[test]
fn the_status_says_what_it_was_asked_for() {
    for (arguments, status) in [
        ("bakery bakery", 0),
        ("bakery bakery --exit-code --fail-on cosmetic", 0),
        ("bakery bakery-b", 0),
        ("bakery bakery-b --exit-code", 1),
        ("bakery bakery-b --fail-on promise", 1),
        ("bakery-b bakery --fail-on promise", 1),
        ("bakery.md nowhere.md --exit-code", 2),
    ] {
        handbook().run(&format!("diff {arguments}")).status(status);
    }
    let detail = BAKERY.replace("carry", "carry everything");
    let handbook = handbook().file("content/detail.md", &detail);
    handbook.run("diff bakery detail --fail-on commitment").status(0);
    handbook.run("diff bakery detail --fail-on detail").status(1);
}

#[test]
fn a_file_need_not_be_of_the_handbook_and_must_be_a_canvas() {
    let handbook = handbook()
        .file("old/last week.md", BAKERY.replace("carry", "bring"))
        .file("old/page.md", "Words.\n")
        .file("old/bytes.md", b"\xff");
    let mut command = handbook.command("diff --exit-code content/bakery.md");
    handbook.run_command(command.arg("old/last week.md")).status(1);
    let refused = |arguments: &str, expected: Expect| {
        handbook.run(&format!("diff {arguments}")).status(2).stdout_is("").stderr(expected);
    };
    refused(
        "old/page.md bakery",
        expect![[r#"
        error: `old/page.md` is no canvas: it has fewer than three blocks of any kind
    "#]],
    );
    refused(
        "bakery old/bytes.md",
        expect![[r#"
        error: `old/bytes.md` is not UTF-8
    "#]],
    );
    refused(
        "bakry bakery-b",
        expect![[r#"
        error: there is no canvas `bakry`; did you mean `bakery`?
    "#]],
    );
    refused(
        "bakery",
        expect![[r#"
            error: name two canvases, or revisions
        "#]],
    );
    refused(
        "bakery bakery-b --fail-on all",
        expect![[r#"
        error: invalid value 'all' for '--fail-on <LEVEL>'
          [possible values: cosmetic, detail, commitment, promise]

        For more information, try '--help'.
    "#]],
    );
    refused(
        "bakery bakery-b --format sarif",
        expect![[r#"
        error: diff prints text, json, markdown and html only; leave out `--format`

        Usage: canvasbook [OPTIONS] <COMMAND>

        For more information, try '--help'.
    "#]],
    );
}

#[test]
fn a_handbook_with_errors_can_be_compared() {
    let broken = scenario().replace("carry", "carry [it](#nowhere)");
    let handbook = handbook().file("content/bakery-b.md", &broken);
    handbook.run("diff bakery bakery-b --exit-code").status(1);
}
