//! `new`: the canvases and scenarios that it writes, and what it refuses.

use std::fs;

use expect_test::expect;

use crate::handbook::{CANVAS, Handbook};
use crate::start::{handbook, refused, text};

#[test]
fn a_department_that_nobody_knows_is_introduced() {
    let handbook = handbook().file("content/about.md", "About us.\n");
    handbook.run("new kiosk --department Greenhouse,marketing,Greenhouse").status(0);
    let path = handbook.path("content/kiosk.md");
    let text = std::fs::read_to_string(path).expect("is there");
    let headings: Vec<&str> = text.lines().filter(|line| line.starts_with("### ")).collect();
    assert_eq!(headings, ["### Greenhouse", "### Marketing"]);
    handbook.run("check").status(0).stderr_is("");
}

#[test]
fn a_new_canvas_has_its_blocks_with_their_questions() {
    let handbook = handbook();
    handbook.run("new retail/kiosk").status(0);
    expect![[r#"
        +++
        title = "Kiosk"
        canvas = "business-model"
        # summary = "One sentence: what it does, and for whom."
        # stage = "ideation"
        # owner = "The role that answers for it"
        # review_every = "6 months"
        # tags = ["one word", "another"]
        +++

        ## Key Partners

        <!-- Who helps us, and what do they do or provide that we should not do ourselves? -->

        ## Key Activities

        <!-- What must we do, department by department, to deliver the value propositions, use the channels, keep the relationships and earn the revenue? -->

        ## Key Resources

        <!-- Which people, knowledge, equipment, rights and money must we have? -->

        ## Value Propositions

        <!-- Which problem do we solve or which need do we meet, and why would somebody choose us? -->

        ## Customer Relationships

        <!-- How do we win, keep and grow each customer segment? -->

        ## Channels

        <!-- Through which ways do customers learn of us, buy, and receive what they bought? -->

        ## Customer Segments

        <!-- For whom do we create value, and who matters most? -->

        ## Cost Structure

        <!-- Which activities, resources and partners cost the most? -->

        ## Revenue Streams

        <!-- What is each segment willing to pay for, how, and how much does it bring? -->
    "#]].assert_eq(&text(&handbook, "content/retail/kiosk.md"));
}

#[test]
fn departments_come_with_suggestions() {
    let handbook = handbook();
    handbook.run("new kiosk --department sales-and-customer-service,legal").status(0);
    let text = text(&handbook, "content/kiosk.md");
    let start = text.find("## Key Activities").expect("is there");
    let end = text.find("## Key Resources").expect("is there");
    expect![[r#"
        ## Key Activities

        <!-- What must we do, department by department, to deliver the value propositions, use the channels, keep the relationships and earn the revenue? -->

        ### Sales and Customer Service

        <!-- Which activities of Sales and Customer Service does the model depend on? Take the marks off those, and delete the others. -->
        <!-- - **Customer loyalty** — give customers an experience that makes them stay and recommend us. -->
        <!-- - **Complaint handling** — answer every complaint, with the authority and the means to put it right. -->
        <!-- - **Client accounts** — open, keep and review the accounts of customers, old and new. -->

        ### Legal

        <!-- Which activities of Legal does the model depend on? -->

    "#]].assert_eq(&text[start..end]);
}

#[test]
fn headings_stand_in_the_language_of_the_handbook() {
    let handbook = handbook().file("canvasbook.toml", "language = \"fr-CH\"\n");
    let headings = |path: &str| -> Vec<String> {
        let text = text(&handbook, path);
        let lines = text.lines().filter(|line| line.starts_with("## ") || line.contains("lang ="));
        lines.take(3).map(str::to_owned).collect()
    };
    handbook.run("new kiosque").status(0);
    assert_eq!(
        headings("content/kiosque.md"),
        ["## Partenaires clés", "## Activités clés", "## Ressources clés"]
    );
    handbook.run("new kiosk --lang de").status(0);
    assert_eq!(
        headings("content/kiosk.md"),
        ["lang = \"de\"", "## Schlüsselpartner", "## Schlüsselaktivitäten"]
    );
    handbook.run("check --strict").status(0);
}

#[test]
fn a_scenario_is_a_copy_that_names_its_base() {
    let base = format!(
        "+++\ntitle = \"Bakery\"\nreviewed = 2026-08-31\naliases = [\"old.html\"]\n+++\n\n{CANVAS}\n\
         See [the rules](rules.md) and [the baking](bakery.md#baking).\n"
    );
    let handbook = Handbook::new()
        .file("content/cafes/bakery.md", &base)
        .file("content/cafes/rules.md", "Rules\n");
    handbook.run("new 2027/two-shifts --from cafes/bakery.md").status(0).stdout(expect![[r#"
        Wrote content/2027/two-shifts.md
        It starts as a copy of content/cafes/bakery.md
    "#]]);
    let copy = text(&handbook, "content/2027/two-shifts.md");
    let start = copy.find("## Value").expect("is there");
    expect![[r#"
        +++
        title = "Bakery (scenario)"
        based_on = "../cafes/bakery.md"
        +++

    "#]]
    .assert_eq(&copy[..start]);
    let last = copy.lines().last().expect("has lines");
    assert_eq!(last, "See [the rules](../cafes/rules.md) and [the baking](two-shifts.md#baking).");
    let base_body = base.lines().filter(|line| line.starts_with("- ")).collect::<Vec<_>>();
    let copy_body = copy.lines().filter(|line| line.starts_with("- ")).collect::<Vec<_>>();
    assert_eq!(base_body, copy_body);
    handbook.run("new shifts --from cafes/bakery --title Shifts --quiet").status(0).stdout_is("");
    assert!(text(&handbook, "content/shifts.md").starts_with("+++\ntitle = \"Shifts\"\n"));
    handbook.run("build --quiet").status(0).stderr_is("");
}

#[test]
fn notes_from_elsewhere_can_be_a_base() {
    let base = format!("---\ncssclasses: [wide]\nreviewed: 2026-08-31\n---\n{CANVAS}");
    let handbook = Handbook::new().file("content/bakery.md", &base);
    handbook.run("new shifts --from bakery --quiet").status(0).stdout_is("").stderr_is("");
    let copy = text(&handbook, "content/shifts.md");
    assert!(copy.contains("cssclasses: [wide]\n"), "{copy}");
    assert!(copy.contains("based_on: \"bakery.md\"\n") && !copy.contains("reviewed"), "{copy}");
}

#[test]
fn a_path_counts_from_where_one_stands_or_from_the_content() {
    let handbook =
        handbook().file("content/retail/stand.md", CANVAS).file("static/logo.svg", "<svg/>");
    let new = |folder: &str, line: &str| {
        let mut command = handbook.command(&format!("new --quiet {line}"));
        command.current_dir(handbook.path(folder));
        handbook.run_command(&mut command).status(0);
    };
    new("", "one");
    new("", "content/two.md");
    new("", "./content/retail/../three.markdown");
    new("content/retail", "four");
    new("content/retail", "../five");
    new("content", "deep/six.v2");
    new("static", "content/seven");
    let found = handbook.tree("content");
    let found: Vec<&str> = found.0.keys().map(String::as_str).collect();
    assert_eq!(
        found,
        [
            "bakery.md",
            "deep/six.v2.md",
            "five.md",
            "one.md",
            "retail/four.md",
            "retail/stand.md",
            "seven.md",
            "three.markdown",
            "two.md",
        ]
    );
}

#[test]
fn paths_that_can_be_no_canvas() {
    let handbook = handbook().file("canvasbook.toml", "").file("static/a.txt", "a");
    let check = |path: &str, stderr| refused(&handbook, &format!("new {path}"), 2, stderr);
    check(
        "../kiosk",
        expect![[r#"
        error: `../kiosk` leads out of the handbook's content/
    "#]],
    );
    check(
        "/kiosk",
        expect![[r#"
        error: `/kiosk` leads out of the handbook's content/
    "#]],
    );
    check(
        "retail/",
        expect![[r#"
        error: `retail/` names a folder; put the name of a file behind it
    "#]],
    );
    check(
        "content",
        expect![[r#"
        error: `content` names a folder; put the name of a file behind it
    "#]],
    );
    check(
        "retail/.kiosk",
        expect![[r#"
            error: `.kiosk.md` is no name for a canvas: names that begin with a dot and those of temporary files and backups are passed over
        "#]],
    );
    check(
        "con",
        expect![[r#"
        error: `con.md` is no name for a canvas: it is a device's name on Windows
    "#]],
    );
    check(
        "kiosk?",
        expect![[r#"
        error: `kiosk?.md` is no name for a canvas: it holds a character that Windows refuses
    "#]],
    );
    check(
        "departments/production",
        expect![[r#"
        error: `content/departments/production.md` claims `departments/production.html`, where canvasbook puts a page of its own; rename it, or move it to another folder
    "#]],
    );
    handbook.write("content/about.md", "See [[bakery]].\n");
    check(
        "retail/bakery",
        expect![[r#"
        error: with `content/retail/bakery.md` a reference in content/about.md is ambiguous; choose another name
    "#]],
    );
    handbook.remove("content/about.md");
    check(
        "Bakery",
        expect![[r#"
            error: `content/bakery.md` and `content/Bakery.md` both claim the path `bakery.analysis.html`; rename one of them; names that differ only by case or accents' coding are one name on many systems
        "#]],
    );
}

#[test]
fn names_that_mean_nothing() {
    let handbook = handbook().file("content/about.md", "About us.\n");
    let check = |line: &str, stderr| refused(&handbook, &format!("new kiosk {line}"), 2, stderr);
    check(
        "--kind leen",
        expect![[r#"
            error: there is no kind of canvas `leen`; did you mean `lean`?
        "#]],
    );
    check(
        "--department markting",
        expect![[r#"
        error: there is no department `markting`; did you mean `Marketing`?
    "#]],
    );
    check(
        "--department Stables#1",
        expect![[r#"
            error: there is no department `Stables#1`; a name has letters, digits, blanks and hyphens
        "#]],
    );
    check(
        "--kind lean --department marketing",
        expect![[r#"
        error: a Lean Canvas has no departments; leave out `--department`
    "#]],
    );
    check(
        "--lang is",
        expect![[r#"
        error: headings in `is` are not known; --lang takes cs, da, de, en, es, fa, fr, hu, id, it, ja, ko, nl, pl, pt, ru, sv, th, tr, vi, zh-Hans, zh-Hant
    "#]],
    );
    check(
        "--lang de-",
        expect![[r#"
        error: headings in `de-` are not known; --lang takes cs, da, de, en, es, fa, fr, hu, id, it, ja, ko, nl, pl, pt, ru, sv, th, tr, vi, zh-Hans, zh-Hant
    "#]],
    );
    check(
        "--from bakry",
        expect![[r#"
        error: there is no canvas `content/bakry.md`; did you mean `content/bakery.md`?
    "#]],
    );
    check(
        "--from about",
        expect![[r#"
        error: `content/about.md` is a page and no canvas
    "#]],
    );
    check(
        "--from bakery --lang de",
        expect![[r#"
        error: the argument '--from <CANVAS>' cannot be used with '--lang <TAG>'

        Usage: canvasbook new --from <CANVAS> <PATH>

        For more information, try '--help'.
    "#]],
    );
    refused(
        &handbook,
        "new bakery --force --from bakery",
        2,
        expect![[r#"
        error: `content/bakery.md` cannot be a scenario of itself
    "#]],
    );
}

#[test]
fn a_scenario_of_a_canvas_with_errors() {
    let handbook =
        Handbook::new().file("content/bakery.md", format!("+++\ntitel = 1\n+++\n{CANVAS}"));
    refused(
        &handbook,
        "new kiosk --from bakery",
        1,
        expect![[r#"
        error: `content/bakery.md` has errors, which `canvasbook check` shows; mend them first
    "#]],
    );
    handbook.write("content/bakery.md", format!("---\n{{ title: A }}\n---\n{CANVAS}"));
    refused(
        &handbook,
        "new kiosk --from bakery",
        2,
        expect![[r#"
        error: the front matter of `content/bakery.md` cannot be changed line by line; write each key on a line of its own
    "#]],
    );
}

#[test]
fn a_scenario_of_a_canvas_that_cannot_be_read() {
    let handbook = handbook().file("content/bakeries.md", b"## Channels\n\xff\n");
    refused(
        &handbook,
        "new kiosk --from bakeries",
        1,
        expect![[r#"
        error: `content/bakeries.md` cannot be read; `canvasbook check` shows why
    "#]],
    );
}

#[test]
fn references_keep_their_meaning() {
    let handbook = Handbook::new()
        .file("content/station.md", "+++\ntitle = \"Kiosk\"\n+++\n")
        .file("content/retail/README.md", "Shops.\n")
        .file("content/about.md", "See [[Kiosk]] and [the shops](retail/).\n");
    handbook.run("check --strict").status(0);
    let check = |path: &str, stderr| refused(&handbook, &format!("new {path}"), 2, stderr);
    check(
        "kiosk",
        expect![[r#"
        error: a reference in content/about.md that means content/station.md would lead to `content/kiosk.md`; choose another name
    "#]],
    );
    check(
        "retail/index",
        expect![[r#"
        error: a reference in content/about.md that means content/retail/README.md would lead to `content/retail/index.md`; choose another name
    "#]],
    );
    handbook.remove("content/about.md");
    handbook.run("new kiosk").status(0);
    handbook.run("new retail/index").status(0);
}

#[test]
fn yaml_front_matter_is_read_as_what_it_says() {
    let handbook = Handbook::new().file("content/index.md", "# Plans\n");
    handbook.run("new kiosk --yaml --lang de --department production").status(0).stderr_is("");
    let text = fs::read_to_string(handbook.path("content/kiosk.md")).expect("it was written");
    let head = text.split("\n##").next().unwrap_or_default();
    expect![[r#"
        ---
        title: "Kiosk"
        canvas: "business-model"
        lang: "de"
        # summary: "One sentence: what it does, and for whom."
        # stage: "ideation"
        # owner: "The role that answers for it"
        # review_every: "6 months"
        # tags: ["one word", "another"]
        ---
    "#]]
    .assert_eq(head);
    handbook.run("check --strict").stderr(expect![[""]]);
    let export = handbook.run("export").json();
    assert_eq!(export["canvases"][0]["title"], "Kiosk");
    handbook.run("new other --yaml --from kiosk").status(2);
}
