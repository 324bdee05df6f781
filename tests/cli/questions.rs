//! What readers ask of a handbook: each question is answered by one page or one command. A new kind of answer
//! belongs here as well.

use crate::handbook::Handbook;

const BAKERY: &str = "\
+++
title = \"Bakery\"
stage = \"grow\"
owner = \"Head Baker\"
reviewed = 2026-01-31
review_every = \"6 months\"

[[waive]]
rule = \"idle-activity\"
element = \"Fire drill\"
reason = \"The law asks for it.\"

[departments.production]
owner = \"Head Baker\"
+++

## Key Partners

- **Mill** {#mill} — performs [milling](#milling).

## Key Activities

### Production

- **Milling** {#milling} — for [[#Warm bread]].
- **Baking** {#baking with=\"Sales\"} — for [[#Warm bread]].

### Sales

- **Selling** {owner=\"Head of Shops\"} — in the [[#Shop]].
- **Fire drill**

## Value Propositions

- **Warm bread** — for [[#Neighbours]].
- **Cold bread** — for [[#Neighbours]]; by [baking](#baking).

## Channels

- **Shop** — sells [[#Warm bread]].

## Customer Segments

- **Neighbours**
";

const CAFE: &str = "\
+++
title = \"Café\"
stage = \"ideation\"
+++

## Key Partners

- **Bakery** — performs [serving](#serving), with flour of [its mill](bakery.md#mill).

## Key Activities

### Sales

- **Serving** {#serving owner=\"Head of Shops\"} — to [[#Neighbours]].

## Channels

- **Counter**

## Customer Segments

- **Neighbours**
";

fn handbook() -> Handbook {
    let plan = BAKERY
        .replace("title = \"Bakery\"", "title = \"Plan B\"")
        .replace("- **Cold bread** — for [[#Neighbours]]; by [baking](#baking).\n", "");
    let handbook = Handbook::new()
        .file("content/bakery.md", BAKERY)
        .file("content/cafe.md", CAFE)
        .file("content/plan-b.md", plan.replacen("+++\n", "+++\nbased_on = \"bakery.md\"\n", 1));
    handbook.run("build --quiet --today 2026-11-28").status(0);
    handbook
}

/// The text of a part of a page without markup: from its anchor to the next `end`.
fn part(handbook: &Handbook, page: &str, anchor: &str, end: &str) -> String {
    let html = std::fs::read_to_string(handbook.path("public").join(page)).expect("it is a page");
    let start = html
        .find(&format!(" id=\"{anchor}\""))
        .unwrap_or_else(|| panic!("{page}#{anchor}: {html}"));
    let part = html[start..].split(end).next().unwrap_or_default();
    let texts = part.split('<').skip(1).filter_map(|piece| Some(piece.split_once('>')?.1.trim()));
    texts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The text of a row of a page that begins with a name.
fn row(handbook: &Handbook, page: &str, name: &str) -> String {
    let html = std::fs::read_to_string(handbook.path("public").join(page)).expect("it is a page");
    let rows = html.split("<tr>").skip(1).map(|row| {
        let texts = row.split('<').filter_map(|piece| Some(piece.split_once('>')?.1.trim()));
        texts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ")
    });
    let mut rows = rows.filter(|row| row.starts_with(name));
    rows.next().unwrap_or_else(|| panic!("{page} has no row {name}: {html}"))
}

#[test]
fn which_activities_have_no_owner() {
    let found = part(&handbook(), "gaps/index.html", "activity-without-owner", "</tbody>");
    assert!(found.contains("Fire drill Bakery Sales"), "{found}");
    assert!(!found.contains("Selling") && !found.contains("Baking"), "{found}");
}

#[test]
fn what_is_due() {
    let found = row(&handbook(), "reviews/index.html", "Bakery");
    assert_eq!(found, "Bakery 31 July 2026 31 January 2026 Head Baker");
}

#[test]
fn what_falls_without_a_partner() {
    let handbook = handbook();
    let found = part(&handbook, "bakery.analysis.html", "_without/mill", "</dl>");
    assert_eq!(
        found,
        "Mill Without it fall Milling Without it are weakened Warm bread Elsewhere count on it Café › Bakery"
    );
    let printed = handbook.run("thread bakery.md#mill").status(0);
    assert!(printed.text().contains("Milling") && printed.text().contains("content/cafe.md"));
}

#[test]
fn which_proposition_has_no_channel() {
    let found = part(&handbook(), "gaps/index.html", "undelivered-proposition", "</tbody>");
    assert!(found.contains("Cold bread Bakery") && !found.contains("Warm bread"), "{found}");
}

#[test]
fn where_two_departments_overlap() {
    let found = row(&handbook(), "departments/production.html", "Baking");
    assert!(
        found.starts_with("Baking for Warm bread. Bakery Warm bread, Cold bread Sales"),
        "{found}"
    );
}

#[test]
fn what_a_scenario_changes() {
    let handbook = handbook();
    let printed = handbook.run("diff content/bakery.md content/plan-b.md").status(0);
    assert!(printed.text().contains("Cold bread"), "{}", printed.text());
}

#[test]
fn which_canvases_touch_a_segment() {
    let handbook = handbook();
    let page = std::fs::read_to_string(handbook.path("public/blocks/customer-segments.html"));
    let page = page.expect("it is a page");
    let rows = page.lines().filter(|line| line.contains(">Neighbours</a>"));
    let canvases: Vec<&str> = ["Bakery", "Café"]
        .into_iter()
        .filter(|it| rows.clone().any(|row| row.contains(it)))
        .collect();
    assert_eq!(canvases, ["Bakery", "Café"]);
}

#[test]
fn what_an_owner_answers_for() {
    let handbook = handbook();
    assert!(row(&handbook, "owners/head-of-shops.html", "Selling").contains("Bakery"));
    assert!(row(&handbook, "owners/head-of-shops.html", "Serving").contains("Café"));
}

#[test]
fn which_waivers_there_are_and_why() {
    let found = part(&handbook(), "gaps/index.html", "_waived", "</tbody>");
    assert!(found.contains("Fire drill Bakery Sales"), "{found}");
    assert!(found.contains("The law asks for it."), "{found}");
}

#[test]
fn which_departments_carry_most() {
    let handbook = handbook();
    let html = std::fs::read_to_string(handbook.path("public/departments/index.html"));
    let html = html.expect("it is a page");
    let at = |id: &str| html.find(&format!("href=\"{id}.html\"")).expect("it is listed");
    // Two canvases count: what is done in a scenario is not done yet.
    assert!(at("sales") < at("production"));
    assert!(row(&handbook, "departments/index.html", "Sales").contains(" 3 1 2 "));
}
