//! The pages of gaps, and their table for spreadsheets.

use std::fmt::Write as _;

use canvasbook::check::gaps::By;
use canvasbook::compile::{Compiled, Output};
use canvasbook::view::gaps::{self, GapsView};
use canvasbook::view::url::SitePath;
use expect_test::{Expect, expect};

use super::{add_rows, compiled, plain};

const BAKERY: &str = "\
+++
title = \"Bakery\"
owner = \"Head Baker\"
stage = \"grow\"

[[waive]]
rule = \"idle-activity\"
element = \"Cleaning\"
reason = \"It is <done> & said.\"
+++

## Key Activities

### Production

- **Baking** {owner=\"Miller\"} — for [warm bread](#warm-bread).
- **Milling** {owner=\"Miller\"}
- **Cleaning**

## Value Propositions

- **Warm bread**

## Customer Segments
";

const CAFE: &str = "\
+++
title = \"Café\"
+++

## Key Activities

- **Roasting**

## Channels

## Customer Segments

- **Guests**
";

/// The first rows of a page of gaps, with the counts beside them.
fn outline(compiled: &Compiled, path: &str) -> String {
    let Some(Output::Page(key)) = compiled.site.get(&SitePath::new(path)) else {
        panic!("{path} is no page")
    };
    let by = By::ALL[key.at.list as usize];
    let (_, view) = gaps::view(&compiled.edition, by, key.at.number());
    let GapsView { title, lede, orders, gaps_html, counts, csv_url, paging } = view;
    let mut text = format!("{title}: {lede}\n");
    for order in orders {
        let _ = write!(text, "[{}]({}) ", order.title, order.url.unwrap_or_default());
    }
    text.push('\n');
    add_rows(&mut text, &gaps_html, 14);
    for count in counts {
        let links = count.table_html.matches("href=\"").count();
        let more = count.more.map(|more| more.title);
        let _ = writeln!(text, "  counts {} ({links} links) {more:?}", plain(&count.table_html));
    }
    let _ = writeln!(text, "{csv_url:?} {:?}", paging.map(|it| [it.number, it.of]));
    text
}

fn check(config: &str, path: &str, expected: Expect) {
    let compiled = compiled(config, &[("bakery.md", BAKERY), ("cafe.md", CAFE)]);
    expected.assert_eq(&outline(&compiled, path));
}

#[test]
fn gaps_are_gathered_by_rule_and_those_left_on_purpose_come_last() {
    check(
        "",
        "gaps/index.html",
        expect![[r#"
        Gaps: In 8 places a canvas does not fit together yet.
        [What is missing]() [Canvas](canvases.html) [Department](departments.html) [Owner](owners.html) 
        - Element | Canvas | Department | Owner | Level | Reason
        - Nobody answers for it · 2 gaps
        - Cleaning | Bakery | Production | Head Baker | Warning
        - Key Activities | Café
        - Supports nothing · 2 gaps
        - Milling | Bakery | Production | Miller | Warning
        - Roasting | Café
        - No department leads it · 1 gap
        - Key Activities | Café
        - Serves no customer segment · 1 gap
        - Warm bread | Bakery | Head Baker | Warning
        - No channel delivers it · 1 gap
        - Warm bread | Bakery | Head Baker | Warning
        - No value proposition serves it · 1 gap
        - and 3 more
          counts What is missing Gaps Nobody answers for it 2 Supports nothing 2 No department leads it 1 Serves no customer segment 1 No channel delivers it 1 No value proposition serves it 1 (6 links) None
          counts Canvas Gaps Bakery 4 Café 4 (2 links) None
          counts Department Gaps Production 2 Without a department 6 (2 links) None
          counts Owner Gaps Head Baker 3 Miller 1 Nobody 4 (3 links) None
        None None
    "#]],
    );
}

#[test]
fn gaps_are_gathered_by_canvas_department_and_owner() {
    check(
        "",
        "gaps/canvases.html",
        expect![[r#"
        Gaps: In 8 places a canvas does not fit together yet.
        [What is missing](index.html) [Canvas]() [Department](departments.html) [Owner](owners.html) 
        - Element | What is missing | Department | Owner | Level
        - Bakery · 4 gaps
        - Milling | Supports nothing | Production | Miller | Warning
        - Cleaning | Nobody answers for it | Production | Head Baker | Warning
        - Warm bread | Serves no customer segment | Head Baker | Warning
        - Warm bread | No channel delivers it | Head Baker | Warning
        - Café · 4 gaps
        - Key Activities | No department leads it
        - Key Activities | Nobody answers for it
        - Roasting | Supports nothing
        - Guests | No value proposition serves it
          counts What is missing Gaps Nobody answers for it 2 Supports nothing 2 No department leads it 1 Serves no customer segment 1 No channel delivers it 1 No value proposition serves it 1 (6 links) None
          counts Canvas Gaps Bakery 4 Café 4 (2 links) None
          counts Department Gaps Production 2 Without a department 6 (2 links) None
          counts Owner Gaps Head Baker 3 Miller 1 Nobody 4 (3 links) None
        None None
    "#]],
    );
    check(
        "",
        "gaps/departments.html",
        expect![[r#"
        Gaps: In 8 places a canvas does not fit together yet.
        [What is missing](index.html) [Canvas](canvases.html) [Department]() [Owner](owners.html) 
        - Element | What is missing | Canvas | Owner | Level
        - Production · 2 gaps
        - Milling | Supports nothing | Bakery | Miller | Warning
        - Cleaning | Nobody answers for it | Bakery | Head Baker | Warning
        - Without a department · 6 gaps
        - Warm bread | Serves no customer segment | Bakery | Head Baker | Warning
        - Warm bread | No channel delivers it | Bakery | Head Baker | Warning
        - Key Activities | No department leads it | Café
        - Key Activities | Nobody answers for it | Café
        - Roasting | Supports nothing | Café
        - Guests | No value proposition serves it | Café
          counts What is missing Gaps Nobody answers for it 2 Supports nothing 2 No department leads it 1 Serves no customer segment 1 No channel delivers it 1 No value proposition serves it 1 (6 links) None
          counts Canvas Gaps Bakery 4 Café 4 (2 links) None
          counts Department Gaps Production 2 Without a department 6 (2 links) None
          counts Owner Gaps Head Baker 3 Miller 1 Nobody 4 (3 links) None
        None None
    "#]],
    );
    check(
        "",
        "gaps/owners.html",
        expect![[r#"
        Gaps: In 8 places a canvas does not fit together yet.
        [What is missing](index.html) [Canvas](canvases.html) [Department](departments.html) [Owner]() 
        - Element | What is missing | Canvas | Department | Level
        - Head Baker · 3 gaps
        - Cleaning | Nobody answers for it | Bakery | Production | Warning
        - Warm bread | Serves no customer segment | Bakery | Warning
        - Warm bread | No channel delivers it | Bakery | Warning
        - Miller · 1 gap
        - Milling | Supports nothing | Bakery | Production | Warning
        - Nobody · 4 gaps
        - Key Activities | No department leads it | Café
        - Key Activities | Nobody answers for it | Café
        - Roasting | Supports nothing | Café
        - Guests | No value proposition serves it | Café
          counts What is missing Gaps Nobody answers for it 2 Supports nothing 2 No department leads it 1 Serves no customer segment 1 No channel delivers it 1 No value proposition serves it 1 (6 links) None
          counts Canvas Gaps Bakery 4 Café 4 (2 links) None
          counts Department Gaps Production 2 Without a department 6 (2 links) None
          counts Owner Gaps Head Baker 3 Miller 1 Nobody 4 (3 links) None
        None None
    "#]],
    );
}

#[test]
fn gaps_are_a_table_for_spreadsheets_where_asked_for() {
    let config = "csv_lists = true\nbase_url = \"https://example.org/b\"\n";
    let compiled = compiled(config, &[("bakery.md", BAKERY), ("cafe.md", CAFE)]);
    let Some(Output::Data(key)) = compiled.site.get(&SitePath::new("gaps/gaps.csv")) else {
        panic!("there is no table")
    };
    let csv = String::from_utf8(compiled.data(*key)).expect("it is UTF-8");
    expect![[r#"
        ﻿"Canvas","Building block","Element","What is missing","Rule","Level","Department","Owner","Reason","Address"
        "Bakery","Key Activities","Cleaning","Nobody answers for it","activity-without-owner","warning","Production","Head Baker","","https://example.org/b/bakery.html#key-activities/production/cleaning"
        "Café","","","Nobody answers for it","activity-without-owner","advice","","","","https://example.org/b/cafe.html"
        "Bakery","Key Activities","Milling","Supports nothing","idle-activity","warning","Production","Miller","","https://example.org/b/bakery.html#key-activities/production/milling"
        "Café","Key Activities","Roasting","Supports nothing","idle-activity","advice","","","","https://example.org/b/cafe.html#key-activities/roasting"
        "Café","","","No department leads it","activity-without-department","advice","","","","https://example.org/b/cafe.html"
        "Bakery","Value Propositions","Warm bread","Serves no customer segment","aimless-proposition","warning","","Head Baker","","https://example.org/b/bakery.html#value-propositions/warm-bread"
        "Bakery","Value Propositions","Warm bread","No channel delivers it","undelivered-proposition","warning","","Head Baker","","https://example.org/b/bakery.html#value-propositions/warm-bread"
        "Café","Customer Segments","Guests","No value proposition serves it","unserved-segment","advice","","","","https://example.org/b/cafe.html#customer-segments/guests"
        "Bakery","Key Activities","Cleaning","Supports nothing","idle-activity","warning","Production","Head Baker","It is <done> & said.","https://example.org/b/bakery.html#key-activities/production/cleaning"
    "#]].assert_eq(&csv.replace("\r\n", "\n"));
}

#[test]
fn a_handbook_without_gaps_says_so_in_one_sentence() {
    let config = "[rules]\nall = \"off\"\n";
    check(
        config,
        "gaps/index.html",
        expect![[r#"
        Gaps: As far as the rules ask, every canvas fits together.

        None None
    "#]],
    );
    let compiled = compiled(config, &[("bakery.md", BAKERY)]);
    let pages = compiled.site.keys().filter(|path| path.as_str().starts_with("gaps/"));
    assert_eq!(pages.map(SitePath::as_str).collect::<Vec<_>>(), ["gaps/index.html"]);
}

#[test]
fn many_gaps_go_on_from_page_to_page_and_counts_lead_to_where_a_group_begins() {
    let mut text =
        "+++\ntitle = \"Bakery\"\n+++\n\n## Key Activities\n\n- **Baking** {owner=\"Miller\"}\n\n"
            .to_owned();
    for (block, count) in [("Key Partners", 390), ("Customer Segments", 60), ("Cost Structure", 50)]
    {
        let _ = write!(text, "## {block}\n\n");
        (0..count).for_each(|at| text.push_str(&format!("- **{block} {at}**\n")));
        text.push('\n');
    }
    let compiled = compiled("", &[("bakery.md", &text)]);
    let Some(Output::Page(key)) = compiled.site.get(&SitePath::new("gaps/index.html")) else {
        panic!("there is no page")
    };
    let (_, view) = gaps::view(&compiled.edition, By::Rule, key.at.number());
    let links = view.counts[0].table_html.split("href=\"").skip(1);
    let links: Vec<&str> = links.take(3).filter_map(|it| it.split('"').next()).collect();
    assert_eq!(links, ["#idle-partner", "#unserved-segment", "index/2.html#undriven-cost"]);
    for page in ["gaps/index.html", "gaps/index/2.html"] {
        let Some(Output::Page(key)) = compiled.site.get(&SitePath::new(page)) else {
            panic!("{page} is no page")
        };
        let html = compiled.render(*key).expect("the theme renders");
        assert!(html.len() < 300 * 1024, "{page} has {} bytes", html.len());
        let html = String::from_utf8(html).expect("it is UTF-8");
        let has = |id: &str| html.contains(&format!(" id=\"{id}\""));
        assert_eq!(has("idle-partner"), page == "gaps/index.html");
        assert_eq!(has("undriven-cost"), page == "gaps/index/2.html");
    }
}
