//! The further page of a canvas: its gaps, its coverage, its threads and the drawing of all.

use std::fmt::Write as _;

use canvasbook::compile::{Compiled, Output};
use canvasbook::handbook::DocumentIndex;
use canvasbook::view::analysis::{self, AnalysisView};
use canvasbook::view::url::SitePath;
use expect_test::{Expect, expect};

use super::{add_rows, compiled, plain};

const BAKERY: &str = "\
+++
title = \"Bakery\"
owner = \"Head Baker\"

[[waive]]
rule = \"idle-activity\"
element = \"Cleaning\"
reason = \"It is done & said.\"
+++

## Key Partners

- **Mill** — [flour](#flour) & [baking](#baking).

## Key Resources

- **Flour** — for [baking](#baking).

## Key Activities

- **Cleaning**

### Production

- **Baking** {#baking} — for [[#Warm bread]].
- **Night shift** — for [[#Warm bread]], [[#Milk run]].

### Sales

- **Talking**

## Value Propositions

- **Warm bread** — for [[#Neighbours]].
- **Cold bread**

## Channels

- **Milk run** — brings [[#Warm bread]].
- **Shop**

## Customer Segments

- **Neighbours**

## Cost Structure

- **Grain** — by [[#Flour]].

## Revenue Streams

- **Sales of bread** — for [[#Warm bread]], paid by [[#Neighbours]].
";

const CAFE: &str = "\
# Café

## Key Activities

- **Serving** — of [bread](bakery.md#warm-bread).

## Channels

## Value Propositions
";

fn shown(compiled: &Compiled, path: &str) -> AnalysisView {
    let Some(Output::Page(key)) = compiled.site.get(&SitePath::new(path)) else {
        panic!("{path} is no page")
    };
    analysis::view(&compiled.edition, DocumentIndex(key.at.item)).expect("it is a canvas").1
}

fn outline(view: &AnalysisView) -> String {
    let AnalysisView {
        title, canvas_url, gaps_html, is_coherent, coverage_html, has_holes, ..
    } = view;
    let mut text = format!("{title} ({canvas_url})\n\nfits together: {is_coherent}\n");
    add_rows(&mut text, gaps_html, 20);
    let _ = writeln!(text, "\nholes: {has_holes}");
    for row in coverage_html.split("<tr").skip(1) {
        let mark = if row.starts_with(" class=\"hole\"") { "!" } else { "-" };
        let (_, row) = row.split_once('>').unwrap_or_default();
        let cells: Vec<String> = row.split("</t").map(plain).collect();
        let _ = writeln!(text, "{mark} {}", cells.join(" | ").trim_end_matches([' ', '|']));
    }
    text.push('\n');
    // A heading of a block, one of an element, or what would become of others: each is a line.
    for line in view.threads_html.lines() {
        if line.starts_with("<h3>") {
            let _ = writeln!(text, "# {}", plain(line));
        } else if let Some(heading) = line.strip_prefix("<h4 id=\"") {
            let (id, heading) = heading.split_once("\">").unwrap_or_default();
            let _ = writeln!(text, "{} {{{id}}}", plain(heading));
        } else {
            line.split("</dd>").map(plain).filter(|it| !it.is_empty()).for_each(|it| {
                let _ = writeln!(text, "  {it}");
            });
        }
    }
    text
}

fn check(path: &str, documents: &[(&str, &str)], expected: Expect) {
    expected.assert_eq(&outline(&shown(&compiled("", documents), path)));
}

#[test]
fn a_canvas_is_looked_into_from_behind() {
    check(
        "bakery.analysis.html",
        &[("bakery.md", BAKERY), ("cafe.md", CAFE)],
        expect![[r#"
            Bakery (bakery.html)

            fits together: false
            - Element | What is missing | Owner | Reason
            - Key Activities | Nobody answers for it | Head Baker
            - Cleaning | No department leads it | Head Baker
            - Talking | Supports nothing | Head Baker
            - Cold bread | Serves no customer segment | Head Baker
            - Cold bread | No channel delivers it | Head Baker
            - Cold bread | Nothing makes it possible | Head Baker
            - Cleaning | Supports nothing | Head Baker | It is done &amp; said.

            holes: true
            - Activities | Value Propositions | Customer Relationships | Channels | Customer Segments | Revenue Streams
            - Production
            - Baking | Warm bread
            - Night shift | Warm bread |  | Milk run
            - Sales
            ! Talking | Supports nothing
            - Without a department
            ! Cleaning | Supports nothing
            ! No activity is behind these | Cold bread |  | Shop

            # Key Partners
            Mill {_without/key-partners/mill}
              Without it fall Flour, Baking
              Without it are weakened Warm bread
              No longer incurred Grain
            # Key Activities
            Baking {_without/baking}
              Needs Mill, Flour
              Without it are weakened Warm bread
            Night shift {_without/key-activities/production/night-shift}
              Without it fall Milk run
              Without it are weakened Warm bread
            # Key Resources
            Flour {_without/key-resources/flour}
              Needs Mill
              Without it fall Baking
              Without it are weakened Warm bread
              No longer incurred Grain
            # Value Propositions
            Warm bread {_without/value-propositions/warm-bread}
              Needs Baking, Night shift, Mill, Flour
              Without it fall Neighbours, Milk run, Sales of bread
              Elsewhere count on it Café › Serving
            # Customer Segments
            Neighbours {_without/customer-segments/neighbours}
              Needs Warm bread, Baking, Night shift, Mill, Flour
              Without it fall Sales of bread
        "#]],
    );
}

#[test]
fn a_canvas_without_activities_or_relations_says_so() {
    let lean = "---\ncanvas: lean\n---\n# Lean\n\n## Problem\n\n- **Cold bread**\n\n## Solution\n\n- **Oven**\n";
    check(
        "lean.analysis.html",
        &[("lean.md", lean)],
        expect![[r#"
        Lean (lean.html)

        fits together: true

        holes: false

    "#]],
    );
    let view = shown(&compiled("", &[("lean.md", lean)]), "lean.analysis.html");
    assert_eq!((view.drawing_html.as_str(), view.more_threads), ("", 0));
}

#[test]
fn the_whole_is_drawn_with_a_curve_for_each_relation() {
    let view = shown(&compiled("", &[("bakery.md", BAKERY)]), "bakery.analysis.html");
    let count = |text: &str| view.drawing_html.matches(text).count();
    let curves = |path: &str| {
        let (_, path) = view.drawing_html.split_once(path).expect("it is drawn");
        path.split('"').next().unwrap_or_default().matches('M').count()
    };
    assert_eq!((curves("<path d=\""), curves("<path class=\"loose\" d=\"")), (10, 1));
    assert_eq!((count("<rect "), count("<rect class=\"loose\"")), (13, 4));
    // An element that others depend on leads to its section, any other one to the canvas.
    assert!(view.drawing_html.contains("<a href=\"#_without/baking\">"));
    assert!(view.drawing_html.contains("<a href=\"bakery.html#channels/shop\">"));
}

#[test]
fn a_canvas_in_the_other_direction_is_drawn_from_right_to_left() {
    let first_column = |text: &str| {
        let view = shown(&compiled("", &[("a.md", text)]), "a.analysis.html");
        let (_, rest) = view.drawing_html.split_once("translate(").expect("a column");
        rest.split(')').next().and_then(|x| x.parse::<u32>().ok()).expect("a number")
    };
    let left = first_column(BAKERY);
    let right = first_column(&BAKERY.replacen("title =", "lang = \"fa\"\ntitle =", 1));
    assert!(left < right, "{left} {right}");
}

#[test]
fn a_large_canvas_has_a_page_of_bounded_size() {
    let mut text = "## Key Activities\n\n".to_owned();
    for at in 0..1_500 {
        let _ = writeln!(
            text,
            "- **Baking of sort {at}** — for [[#Bread {at}]], [[#Bread {}]].",
            (at + 1) % 1_500
        );
    }
    text.push_str("\n## Channels\n\n## Value Propositions\n\n");
    (0..1_500).for_each(|at| text.push_str(&format!("- **Bread {at}**\n")));
    let compiled = compiled("", &[("a.md", &text)]);
    let view = shown(&compiled, "a.analysis.html");
    assert_eq!((view.drawing_html.as_str(), view.more_threads), ("", 1_380));
}
