//! References to something that changed since the last review, according to the history.

use expect_test::{Expect, expect};

use crate::handbook::{Handbook, SETTINGS};

/// Rules that are about reviews only.
const RULES: &str = "[rules]\nall = \"off\"\nsuspect-reference = \"warning\"\n";

const CAFE: &str = "content/cafe.md";
const BAKERY: &str = "content/bakery.md";

/// A canvas that was reviewed on a day and has a partner.
fn cafe(reviewed: &str, partner: &str) -> String {
    format!(
        "+++\ntitle = \"Café\"\nreviewed = {reviewed}\n+++\n\n## Key Partners\n\n- **Bakery** — {partner}\n\n\
         ## Key Activities\n\n## Channels\n"
    )
}

const LINK: &str = "brings [fresh bread](bakery.md#fresh-bread).";

/// A canvas with a proposition.
fn bakery(promise: &str) -> String {
    format!("# Bakery\n\n## Value Propositions\n\n{promise}\n\n## Key Activities\n\n## Channels\n")
}

fn handbook() -> Handbook {
    let handbook = Handbook::new().file(SETTINGS, RULES).file(CAFE, cafe("2026-01-10", LINK));
    let handbook = handbook.file(BAKERY, bakery("- **Fresh bread** — by seven."));
    let handbook = handbook.repository();
    handbook.commit("2026-01-10", "Begin");
    handbook
}

#[track_caller]
fn check(handbook: &Handbook, expected: Expect) {
    let run = handbook.run("check");
    let said = run.text().lines().filter(|line| line.contains('[') || line.contains("-->"));
    expected.assert_eq(&said.map(|line| format!("{line}\n")).collect::<String>());
}

#[test]
fn a_reference_is_suspect_until_somebody_looks_at_it() {
    let handbook = handbook();
    check(&handbook, expect![[""]]);
    handbook.write(BAKERY, bakery("- **Fresh bread** — by eight."));
    check(&handbook, expect![[""]]);
    handbook.commit("2026-01-12", "Sleep longer");
    handbook.run("check").stdout(expect![[r#"
        warning[suspect-reference]: `Fresh bread` has changed since the review of 2026-01-10
         --> content/cafe.md:8:23
          |
        8 | - **Bakery** — brings [fresh bread](bakery.md#fresh-bread).
          |                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ refers to it
          |
          = help: look whether what refers to it still holds, then set `reviewed` in the front matter to the day on which you did
        note: this is its present text
         --> content/bakery.md:5:1
          |
        5 | - **Fresh bread** — by eight.
          | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

        1 warning in 1 file
    "#]]);
    handbook.write(CAFE, cafe("2026-01-12", LINK));
    check(&handbook, expect![[""]]);
    let waived = cafe("2026-01-10", LINK).replacen(
        "+++\n\n",
        "\n[[waive]]\nrule = \"suspect-reference\"\nreason = \"It is early enough.\"\n+++\n\n",
        1,
    );
    handbook.write(CAFE, waived);
    check(&handbook, expect![[""]]);
}

#[test]
fn what_means_the_same_is_not_suspect() {
    let handbook = handbook();
    handbook.write(BAKERY, bakery("- **Fresh bread** — *By* seven"));
    handbook.commit("2026-01-12", "Write it otherwise");
    check(&handbook, expect![[""]]);
    handbook.write(BAKERY, bakery("- **Fresh bread** — by eight."));
    handbook.commit("2026-01-13", "Sleep longer");
    handbook.write(BAKERY, bakery("- **Fresh bread** — by seven."));
    handbook.commit("2026-01-14", "Rise early after all");
    check(&handbook, expect![[""]]);
    handbook.write(BAKERY, bakery("- **Fresh rolls** {#fresh-bread} — by seven."));
    handbook.commit("2026-01-15", "Bake rolls");
    check(
        &handbook,
        expect![[r#"
        warning[suspect-reference]: `Fresh rolls` has changed since the review of 2026-01-10
         --> content/cafe.md:8:23
        8 | - **Bakery** — brings [fresh bread](bakery.md#fresh-bread).
         --> content/bakery.md:5:1
    "#]],
    );
}

#[test]
fn a_reference_that_was_written_after_the_change_is_not_suspect() {
    let handbook = handbook();
    handbook.write(CAFE, cafe("2026-01-10", "brings bread."));
    handbook.commit("2026-01-11", "Refer to nothing");
    handbook.write(CAFE, cafe("2026-01-11", "brings bread."));
    handbook.write(BAKERY, bakery("- **Fresh bread** — by eight."));
    handbook.commit("2026-01-12", "Sleep longer");
    handbook.write(CAFE, cafe("2026-01-11", LINK));
    handbook.commit("2026-01-13", "Refer to it again");
    check(&handbook, expect![[""]]);
}

#[test]
fn a_history_that_begins_after_the_review_says_so_once() {
    let handbook = handbook();
    handbook.write("content/bar.md", cafe("2026-01-10", LINK).replace("Café", "Bar"));
    handbook.write(BAKERY, bakery("- **Fresh bread** — by eight."));
    handbook.commit("2026-01-12", "Sleep longer");
    let url = format!("file://{}", handbook.path(".git").display());
    handbook.git(&["clone", "--quiet", "--depth=1", &url, "part"]);
    handbook.run("check --root part").stdout(expect![[r#"
        advice[short-history]: the history begins after the review of `content/bar.md` on 2026-01-10
         --> .git
          |
          = note: nobody knows what changed since
          = help: fetch all of it with `git fetch --unshallow`, or let `[history]` begin earlier

        1 piece of advice in 1 file
    "#]]);
    let off = RULES.replace("\"warning\"", "\"off\"");
    handbook.write("part/canvasbook.toml", off);
    handbook.run("check --root part").stdout(expect![[r#"
        All is well: 3 canvases and 0 pages
    "#]]);
    let history = |since: &str| {
        handbook.write(SETTINGS, format!("{RULES}\n[history]\nsince = {since}\n"));
    };
    history("2026-01-11");
    check(
        &handbook,
        expect![[r#"
        advice[short-history]: the history begins after the review of `content/bar.md` on 2026-01-10
         --> .git
          = help: fetch all of it with `git fetch --unshallow`, or let `[history]` begin earlier
    "#]],
    );
    // Nobody changed the bakery since, so nothing is suspect.
    history("2026-01-10");
    handbook.write(CAFE, cafe("2026-01-13", LINK));
    handbook.remove("content/bar.md");
    check(&handbook, expect![[""]]);
}
