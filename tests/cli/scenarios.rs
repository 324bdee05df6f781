//! Canvases that are variants of others, or are to be read beside them.

use expect_test::expect;

use crate::handbook::{Handbook, NO_RULES};

const BASE: &str = "\
+++
title = \"Bakery\"
owner = \"Head of Bread\"
+++

## Key Activities

### Production

- **Baking**

## Value Propositions

- **Bread**

## Channels

- **Stall**
";

fn based_on(path: &str, title: &str) -> String {
    let title = format!("title = \"{title}\"\nbased_on = \"{path}\"");
    BASE.replace("title = \"Bakery\"", &title)
}

fn handbook() -> Handbook {
    Handbook::new().file("canvasbook.toml", NO_RULES).file("content/bakery.md", BASE)
}

#[test]
fn a_scenario_leads_to_its_base_and_is_not_counted() {
    let scenario = based_on("bakery.md", "Bakery by night")
        .replace("Production", "Night Shift")
        .replace("Head of Bread", "Night Manager");
    let handbook =
        handbook().file("content/plans/night.md", scenario.replace("bakery.md", "../bakery.md"));
    handbook.run("build").status(0).stderr_is("");
    let page =
        |path: &str| std::fs::read_to_string(handbook.path(&format!("public/{path}"))).expect(path);
    let has = |path: &str, part: &str| {
        assert!(page(path).contains(part), "{path}: {part}\n{}", page(path))
    };
    has("plans/night.html", "<dt>Scenario of</dt><dd><a href=\"../bakery.html\">Bakery</a></dd>");
    has(
        "bakery.html",
        "<dt>Scenarios</dt><dd><a href=\"plans/night.html\">Bakery by night</a></dd>",
    );
    for index in ["departments/index.html", "owners/index.html"] {
        has(index, "1 scenario is left out, since it is a plan.");
    }
    let has_page = |path: &str| handbook.path(&format!("public/{path}")).exists();
    assert!(has_page("departments/production.html") && !has_page("departments/night-shift.html"));
    assert!(has_page("owners/head-of-bread.html") && !has_page("owners/night-manager.html"));
    // A scenario contributes to the page of a block as well.
    has("blocks/key-activities.html", "plans/night.html");
}

#[test]
fn one_page_answers_what_a_scenario_changes() {
    let scenario = based_on("bakery.md", "Bakery by night")
        .replace("- **Stall**", "- **Hatch**")
        .replace("- **Bread**", "- **Bread** — until 3.");
    let beside =
        BASE.replace("title = \"Bakery\"", "title = \"Twin\"\ncompare_with = \"bakery.md\"");
    let handbook = handbook().file("content/night.md", scenario).file("content/twin.md", beside);
    handbook.run("build").status(0).stderr_is("");
    let page =
        |path: &str| std::fs::read_to_string(handbook.path(&format!("public/{path}"))).expect(path);
    let has = |path: &str, parts: &[&str]| {
        for part in parts {
            assert!(page(path).contains(part), "{path}: {part}\n{}", page(path));
        }
    };
    has(
        "comparisons/scenarios/night.html",
        &[
            "<h1>Bakery by night, compared with Bakery</h1>",
            "1 added · 1 gone · 1 changed · 1 the same",
            "<b role=\"img\" aria-label=\"added\">+</b><a href=\"../../night.html#channels/hatch\">Hatch</a>",
            "<b role=\"img\" aria-label=\"gone\">−</b><a href=\"../../bakery.html#channels/stall\">Stall</a>",
            "<p>Text: <ins>until 3.</ins></p>",
            "Head of Bread",
        ],
    );
    has("comparisons/beside/twin.html", &["Nothing differs."]);
    has(
        "comparisons/index.html",
        &["scenarios/night.html\">Bakery by night</a>", "beside/twin.html\">Twin</a>"],
    );
    has("bakery.html", &["comparisons/scenarios/night.html", "comparisons/beside/twin.html"]);
    has("index.html", &["comparisons/index.html"]);
}

#[test]
fn what_cannot_be_compared_is_said() {
    let handbook = handbook()
        .file("content/page.md", "Words.\n")
        .file("content/self.md", based_on("self.md", "Itself"))
        .file("content/unknown.md", based_on("bakry.md", "Unknown"))
        .file("content/beside.md", BASE.replace("owner =", "compare_with = \"page.md\"\nowner ="))
        .file("content/a.md", based_on("b.md", "A"))
        .file("content/b.md", based_on("c.md", "B"))
        .file("content/c.md", based_on("a.md", "C"))
        .file("content/d.md", based_on("c.md", "D"));
    handbook.run("check").status(1).stdout(expect![[r#"
        error[doubtful-comparison]: "B" is based on this canvas in turn
         --> content/a.md:3:12
          |
        3 | based_on = "b.md"
          |            ^^^^^^
          |
          = help: remove `based_on` from the canvas that was there first

        error[doubtful-comparison]: "C" is based on this canvas in turn
         --> content/b.md:3:12
          |
        3 | based_on = "c.md"
          |            ^^^^^^
          |
          = help: remove `based_on` from the canvas that was there first

        error[doubtful-comparison]: "Page" is no canvas
         --> content/beside.md:3:16
          |
        3 | compare_with = "page.md"
          |                ^^^^^^^^^
          |
          = help: name a canvas in `compare_with`; a page has no building blocks

        error[doubtful-comparison]: "A" is based on this canvas in turn
         --> content/c.md:3:12
          |
        3 | based_on = "a.md"
          |            ^^^^^^
          |
          = help: remove `based_on` from the canvas that was there first

        error[doubtful-comparison]: this canvas names itself in `based_on`
         --> content/self.md:3:12
          |
        3 | based_on = "self.md"
          |            ^^^^^^^^^
          |
          = help: name another canvas, or remove `based_on`

        error[unknown-reference]: `bakry.md` does not exist
         --> content/unknown.md:3:12
          |
        3 | based_on = "bakry.md"
          |            ^^^^^^^^^^ leads nowhere
          |
          = help: did you mean `bakery.md`, `a.md` or `b.md`?

        6 errors in 6 files
    "#]]);
}

#[test]
fn new_writes_a_scenario_that_differs_in_nothing() {
    let handbook = handbook();
    handbook.run("new plans/night --from bakery.md").status(0);
    handbook.run("check --strict").status(0);
    handbook.run("diff bakery plans/night.md --exit-code").status(0).stdout(expect![[r#"
        Bakery (scenario) (content/plans/night.md), compared with Bakery (content/bakery.md)
        Nothing differs.
    "#]]);
}
