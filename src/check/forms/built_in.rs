//! The rules of the built-in kinds: a canvas that fits together in, one link cut, the findings out.

use expect_test::{Expect, expect};

use crate::check::tests::find;
use crate::diagnostic::drawn::draw;
use crate::handbook::DocumentIndex;

/// A business model in which each thing has what it needs.
const BAKERY: &str = "\
## Key Partners

- **Mill** — brings [flour](#flour).

## Key Activities

### Production

- **Baking** {#baking} — makes [bread](#bread), and [rolls](#rolls) too.
- **Selling** — mans [the stall](#stall).

## Key Resources

- **Flour** {#flour} — for [baking](#baking).
- **Oven** — bakes in [one go](#baking).

## Value Propositions

- **Bread** {#bread} — for [households](#households) and [cafés](#cafes).
- **Rolls** {#rolls} — at six, for [early cafés](#cafes), sold to [hotels](#hotels).

## Customer Relationships

- **Regulars** — are known.

## Channels

- **Stall** {#stall} — has [bread](#bread), then [rolls](#rolls).

## Customer Segments

- **Households** {#households}
- **Cafés** {#cafes}
- **Hotels** {#hotels}

## Cost Structure

- **Flour bill** — half of it for [baking](#baking).

## Revenue Streams

- **Sales** — from [households](#households).
";

/// A lean canvas.
const LEAN: &str = "\
## Problem

- **Stale bread**

### Existing Alternatives

- **Supermarkets**
- **Baking oneself**
- **Going without**

## Solution

- **Night shift** {#night-shift} — makes [warm bread](#warm-bread).

## Unique Value Proposition

- **Warm bread** {#warm-bread} — at six, for [commuters](#commuters) and [night nurses](#nurses).

### High-Level Concept

- **A newsagent for bread**

## Unfair Advantage

- **A lease**

## Customer Segments

- **Commuters** {#commuters}
- **Night nurses** {#nurses}

### Early Adopters

- **The 5.40 to town**

## Key Metrics

- **Loaves before seven**

## Channels

- **Stall** — has [warm bread](#warm-bread).

## Cost Structure

- **Wages** — of the [night shift](#night-shift).

## Revenue Streams

- **Loaves** — paid by [commuters](#commuters).
";

/// The findings in a canvas once `link` is cut out of it.
fn said(canvas: &str, link: &str) -> (String, Vec<String>) {
    assert_eq!(canvas.matches(link).count(), 1, "`{link}` is there once");
    let text = canvas.replacen(link, "it", 1);
    let found =
        find("[rules]\nactivity-without-owner = \"off\"\n", &[("content/a.md", text.clone())]);
    let all = found.findings.of(DocumentIndex(0)).iter().filter(|finding| finding.is_coherence);
    let all: Vec<_> = all.map(|finding| finding.diagnostic.clone()).collect();
    let codes = all.iter().map(|it| it.code.to_string()).collect();
    (draw(&text, &all), codes)
}

#[track_caller]
fn check(canvas: &str, link: &str, expected: Expect) {
    expected.assert_eq(&said(canvas, link).0);
}

/// The links of [`BAKERY`] whose loss breaks one rule each.
const LINKS: [(&str, &str); 9] = [
    ("idle-partner", "[flour](#flour)"),
    ("idle-activity", "[the stall](#stall)"),
    ("idle-resource", "[one go](#baking)"),
    ("unsupported-proposition", "and [rolls](#rolls)"),
    ("undelivered-proposition", "then [rolls](#rolls)"),
    ("aimless-proposition", "[early cafés](#cafes), sold to [hotels](#hotels)"),
    ("unserved-segment", "[hotels](#hotels)"),
    ("undriven-cost", "half of it for [baking](#baking)"),
    ("unpaid-revenue", "from [households](#households)"),
];

#[test]
fn a_model_that_fits_together_has_no_findings() {
    check(BAKERY, "are known", expect![""]);
    check(LEAN, "A lease", expect![""]);
}

#[test]
fn each_rule_finds_the_link_that_is_missing() {
    let all = LINKS.map(|(_, link)| said(BAKERY, link).0).concat();
    expect![[r#"
        3   | - **Mill** — brings it.
            |     ^^^^ advice[idle-partner]: “Mill” performs no activity and provides no resource
             help: write `[Mill](#key-partners/mill)` in an element of Key Activities or Key Resources, or link from here to one of them
        10  | - **Selling** — mans it.
            |     ^^^^^^^ advice[idle-activity]: “Selling” supports nothing
             help: write `[Selling](#key-activities/production/selling)` in an element of Value Propositions, Customer Relationships, Channels, Customer Segments or Revenue Streams, or link from here to one of them
        15  | - **Oven** — bakes in it.
            |     ^^^^ advice[idle-resource]: “Oven” enables no activity
             help: write `[Oven](#key-resources/oven)` in an element of Key Activities, or link from here to one of them
        20  | - **Rolls** {#rolls} — at six, for [early cafés](#cafes), sold to [hotels](#hotels).
            |     ^^^^^ advice[unsupported-proposition]: no activity supports “Rolls”
             help: write `[Rolls](#rolls)` in an element of Key Activities, or link from here to one of them
        20  | - **Rolls** {#rolls} — at six, for [early cafés](#cafes), sold to [hotels](#hotels).
            |     ^^^^^ advice[undelivered-proposition]: no channel delivers “Rolls”
             help: write `[Rolls](#rolls)` in an element of Channels, or link from here to one of them
        20  | - **Rolls** {#rolls} — at six, for it.
            |     ^^^^^ advice[aimless-proposition]: “Rolls” serves no customer segment
             help: write `[Rolls](#rolls)` in an element of Customer Segments, or link from here to one of them
        34  | - **Hotels** {#hotels}
            |     ^^^^^^ advice[unserved-segment]: no value proposition serves “Hotels”
             help: write `[Hotels](#hotels)` in an element of Value Propositions, or link from here to one of them
        34  | - **Hotels** {#hotels}
            |     ^^^^^^ advice[unserved-segment]: no value proposition serves “Hotels”
             help: write `[Hotels](#hotels)` in an element of Value Propositions, or link from here to one of them
        38  | - **Flour bill** — it.
            |     ^^^^^^^^^^ advice[undriven-cost]: nothing drives “Flour bill”
             help: write `[Flour bill](#cost-structure/flour-bill)` in an element of Key Activities, Key Resources or Key Partners, or link from here to one of them
        42  | - **Sales** — it.
            |     ^^^^^ advice[unpaid-revenue]: no customer segment pays “Sales”
             help: write `[Sales](#revenue-streams/sales)` in an element of Customer Segments, or link from here to one of them
    "#]].assert_eq(&all);
}

#[test]
fn a_lean_canvas_obeys_the_rules_of_its_kind() {
    check(
        LEAN,
        "makes [warm bread](#warm-bread)",
        expect![[r#"
        17  | - **Warm bread** {#warm-bread} — at six, for [commuters](#commuters) and [night nurses](#nurses).
            |     ^^^^^^^^^^ advice[unsupported-proposition]: nothing of the solution supports “Warm bread”
             help: write `[Warm bread](#warm-bread)` in an element of Solution, or link from here to one of them
    "#]],
    );
    check(
        LEAN,
        "has [warm bread](#warm-bread)",
        expect![[r#"
        17  | - **Warm bread** {#warm-bread} — at six, for [commuters](#commuters) and [night nurses](#nurses).
            |     ^^^^^^^^^^ advice[undelivered-proposition]: no channel delivers “Warm bread”
             help: write `[Warm bread](#warm-bread)` in an element of Channels, or link from here to one of them
    "#]],
    );
    check(
        LEAN,
        "[commuters](#commuters) and [night nurses](#nurses)",
        expect![[r#"
        17  | - **Warm bread** {#warm-bread} — at six, for it.
            |     ^^^^^^^^^^ advice[aimless-proposition]: “Warm bread” serves no customer segment
             help: write `[Warm bread](#warm-bread)` in an element of Customer Segments, or link from here to one of them
        29  | - **Commuters** {#commuters}
            |     ^^^^^^^^^ advice[unserved-segment]: no value proposition serves “Commuters”
             help: write `[Commuters](#commuters)` in an element of Unique Value Proposition, or link from here to one of them
        30  | - **Night nurses** {#nurses}
            |     ^^^^^^^^^^^^ advice[unserved-segment]: no value proposition serves “Night nurses”
             help: write `[Night nurses](#nurses)` in an element of Unique Value Proposition, or link from here to one of them
    "#]],
    );
    check(
        LEAN,
        "of the [night shift](#night-shift)",
        expect![[r#"
        46  | - **Wages** — it.
            |     ^^^^^ advice[undriven-cost]: nothing drives “Wages”
             help: write `[Wages](#cost-structure/wages)` in an element of Solution, or link from here to one of them
    "#]],
    );
    check(
        LEAN,
        "paid by [commuters](#commuters)",
        expect![[r#"
        50  | - **Loaves** — it.
            |     ^^^^^^ advice[unpaid-revenue]: no customer segment pays “Loaves”
             help: write `[Loaves](#revenue-streams/loaves)` in an element of Customer Segments, or link from here to one of them
    "#]],
    );
}

#[test]
fn a_lean_canvas_has_few_problems_and_alternatives_are_none() {
    let canvas = LEAN
        .replace("- **Stale bread**", "- **Stale bread**\n- **Queues**\n- **Price**\n- **Crumbs**");
    check(
        &canvas,
        "A lease",
        expect![[r#"
        1   | ## Problem
            | ^^^^^^^^^^ advice[overfull-block]: Problem has 4 entries, more than 3
             help: keep those that matter most, or merge some of them
    "#]],
    );
    check(&canvas.replace("- **Crumbs**\n", ""), "A lease", expect![""]);
}

#[test]
fn a_reference_from_another_canvas_is_no_support() {
    let elsewhere = "# Kiosk\n\n## Key Activities\n\n- **Opening** — sells [rolls](a.md#rolls).\n\n\
                     ## Channels\n\n- **Kiosk** — has [rolls](a.md#rolls)\n\n## Key Partners\n";
    let cut = BAKERY.replacen("and [rolls](#rolls)", "it", 1);
    let sources = [("content/a.md", cut), ("content/b.md", elsewhere.to_owned())];
    let found = find("", &sources);
    let codes = |document| {
        let all = found.findings.of(DocumentIndex(document)).iter();
        let coherence = all.filter(|finding| finding.is_coherence);
        coherence.map(|finding| finding.diagnostic.code.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(codes(0), ["activity-without-owner", "unsupported-proposition"]);
    assert_eq!(
        codes(1),
        ["activity-without-department", "activity-without-owner", "idle-activity"]
    );
}
