//! The effects of changes on elements that did not change.

use expect_test::expect;

use super::{check, draw, handbook};
use crate::comparison::{Between, Effect, Side, canvases};
use crate::handbook::DocumentIndex;

const CHAIN: &str = "
    +++
    owner = \"Strategy Office\"
    +++
    ## Key Partners
    - **Mill** — [grinds](#flour).
    ## Key Resources
    - **Flour** — for [baking](#bake).
    ## Key Activities
    - **Bake** {owner=\"Baker\"} — for [bread](#bread).
    - **Fry** — for [cake](#cake).
    ## Value Propositions
    - **Bread** — for [families](#families).
    - **Cake** — for [families](#families) too.
    ## Customer Segments
    - **Families**
    ## Revenue Streams
    - **Bread sales** — paid for [bread](#bread).
";

#[test]
fn what_loses_its_last_support_falls_and_what_needs_it_with_it() {
    check(
        CHAIN,
        &CHAIN.replace("    - **Mill** — [grinds](#flour).\n", ""),
        expect![[r#"
            - key-partners: Mill | whole: grinds. => nothing | commitment @ Strategy Office
            Falls: content/a.md Bread for Bake @ Strategy Office
            Falls: content/a.md Bread sales for Bread @ Strategy Office
            Falls: content/a.md Flour for Mill @ Strategy Office
            Falls: content/a.md Bake for Flour @ Baker
            Weakened: content/a.md Families for Bread @ Strategy Office
        "#]],
    );
}

#[test]
fn a_supporter_that_another_one_replaces_or_that_moves_takes_nothing_with_it() {
    check(
        CHAIN,
        &CHAIN
            .replace("**Mill** —", "**Farm** — brings what others cut and")
            .replace("- **Fry**", "- **Roast cakes** — in the oven,"),
        expect![[r#"
            + key-partners: Farm | whole: nothing => brings what others cut and grinds. | detail @ Strategy Office
            - key-partners: Mill | whole: grinds. => nothing | commitment @ Strategy Office
            + key-activities: Roast cakes | whole: nothing => in the oven, — for cake. | detail @ Strategy Office
            - key-activities: Fry | whole: for cake. => nothing | commitment @ Strategy Office
        "#]],
    );
}

#[test]
fn a_scenario_says_what_it_would_break_in_other_canvases() {
    let shop = "
        +++
        owner = \"Head of Shops\"
        +++
        ## Key Partners
        - **Bakery** — brings [bread](a.md#bread).
        ## Key Activities
        - **Sell**
        ## Channels
        - **Shop**
    ";
    let scenario = CHAIN
        .replace("    - **Bread** — for [families](#families).\n", "")
        .replace(" — for [bread](#bread)", "");
    let sources = [
        ("content/a.md", CHAIN),
        (
            "content/b.md",
            &scenario.replace(
                "+++\n    owner",
                "+++\n    based_on = \"a.md\"\n    title = \"B\"\n    owner",
            ),
        ),
        ("content/shop.md", shop),
    ];
    let handbook = handbook(&sources);
    let [before, after] =
        [0, 1].map(|at| Side { handbook: &handbook, document: DocumentIndex(at) });
    let comparison = canvases(before, after, Between::Canvases);
    expect![[r#"
        ~ key-activities: Bake | text: for bread. => . | detail @ Baker
        ~ key-activities: Bake | reference: content/a.md#value-propositions/bread => nothing | detail @ Baker
        - value-propositions: Bread | whole: for families. => nothing | promise @ Strategy Office
        Falls: content/b.md Bread sales for Bread @ Strategy Office
        Breaks: content/shop.md Bakery for Bread @ Head of Shops
        Weakened: content/b.md Families for Bread @ Strategy Office
    "#]].assert_eq(&draw(&comparison));
    let owners: Vec<_> = comparison.owners().into_iter().collect();
    assert!(owners.contains(&("Head of Shops", (0, 1))), "{owners:?}");
    assert!(comparison.impact.iter().any(|impact| impact.effect == Effect::Breaks));
}
