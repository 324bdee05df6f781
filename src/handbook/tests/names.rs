//! The meaning of names in a document: ranks, qualified forms, ambiguity, slips.

use super::{check_configured, check_handbook};
use expect_test::expect;

#[test]
fn names_and_slugs_lead_to_elements_departments_blocks_and_headings() {
    check_handbook(
        &[("content/a.md", "
            # Bakery

            [a](#web-shop) [b](#web) [[#Web shop]] [[#Café Central|our café]] [c](#Caf%C3%A9-Central)
            [d](#production) [e](#channels) [f](#kanäle) [g](#threats) [h](#1-channels-kanäle)
            [i](#ways) [j](#prod) [k](#)

            ## 1. Channels (Kanäle) {#ways}
            - Web shop {#web}
            - Café Central
            ## Key Activities
            ### Production {#prod}
            - Bake
            ## Costs
            - Flour
            ## Threats
            Text.
        ")],
        expect![[r#"
            - web
            - channels/café-central
            - key-activities/production/bake | Production
            - cost-structure/flour
            Production #production: leads 1, contributes to 0
            a as a whole -> a as a whole
            a as a whole -> a heading threats
            a as a whole -> a block channels
            a as a whole -> a block channels
            a as a whole -> a block channels
            a as a whole -> a department production
            a as a whole -> a department production
            a as a whole -> a web
            a as a whole -> a web
            a as a whole -> a web
            a as a whole -> a channels/café-central
            a as a whole -> a channels/café-central
            [f](#kanäle) is Broken
            content/a.md
            4   | [d](#production) [e](#channels) [f](#kanäle) [g](#threats) [h](#1-channels-kanäle)
                |                                 ^^^^^^^^^^^^ error[unknown-reference]: `#kanäle` does not exist (leads nowhere)
                 help: a reference names a file, or behind `#` an element, a department, a block or a heading
        "#]],
    );
}

#[test]
fn a_stronger_rank_wins() {
    check_handbook(
        &[(
            "content/a.md",
            "
            +++
            canvas = true
            +++
            [explicit id](#one) [element](#two) [department](#three) [block](#channels)

            ## Channels
            - One
            - Four {#one}
            - Two
            ### Two
            - Five
            ## Key Activities
            ### Three
            - a
            ## Three
            Text.
        ",
        )],
        expect![[r#"
            - channels/one
            - one
            - channels/two
            - channels/five
            - key-activities/three/a | Three
            Three #three: leads 1, contributes to 0
            a as a whole -> a block channels
            a as a whole -> a department three
            a as a whole -> a one
            a as a whole -> a channels/two
        "#]],
    );
}

#[test]
fn within_one_rank_a_name_is_ambiguous_until_it_is_qualified() {
    check_handbook(
        &[(
            "content/a.md",
            "
            +++
            canvas = true
            +++
            [bad](#shop) [[#Shop]] [good](#channels/shop) [[#Channels/Shop]]
            [bad](#bake) [good](#production/bake) [whole](#key-activities/marketing/bake)
            [still two](#key-activities/bake) [first](#channels/van) [second](#channels/van-2)
            [bad](#van)

            ## Channels
            - Shop
            - Van
            - Van
            ## Key Partners
            - Shop
            ## Key Activities
            ### Production
            - Bake
            ### Marketing
            - Bake
        ",
        )],
        expect![[r#"
            - channels/shop
            - channels/van
            - channels/van-2
            - key-partners/shop
            - key-activities/production/bake | Production
            - key-activities/marketing/bake | Marketing
            Marketing #marketing: leads 1, contributes to 0
            Production #production: leads 1, contributes to 0
            a as a whole -> a channels/shop
            a as a whole -> a channels/shop
            a as a whole -> a channels/van
            a as a whole -> a channels/van-2
            a as a whole -> a key-activities/production/bake
            a as a whole -> a key-activities/marketing/bake
            [bad](#shop) is Broken
            [[#Shop]] is Broken
            [bad](#bake) is Broken
            [still two](#key-activities/bake) is Broken
            [bad](#van) is Broken
            content/a.md
            4   | [bad](#shop) [[#Shop]] [good](#channels/shop) [[#Channels/Shop]]
                | ^^^^^^^^^^^^ error[ambiguous-reference]: `#shop` could be any of 2 places
                 help: write `#channels/shop` or `#key-partners/shop`
            10  | - Shop
                |   ^^^^ `#channels/shop`
            14  | - Shop
                |   ^^^^ `#key-partners/shop`
            4   | [bad](#shop) [[#Shop]] [good](#channels/shop) [[#Channels/Shop]]
                |              ^^^^^^^^^ error[ambiguous-reference]: `#Shop` could be any of 2 places
                 help: write `#channels/shop` or `#key-partners/shop`
            10  | - Shop
                |   ^^^^ `#channels/shop`
            14  | - Shop
                |   ^^^^ `#key-partners/shop`
            5   | [bad](#bake) [good](#production/bake) [whole](#key-activities/marketing/bake)
                | ^^^^^^^^^^^^ error[ambiguous-reference]: `#bake` could be any of 2 places
                 help: write `#key-activities/production/bake` or `#key-activities/marketing/bake`
            17  | - Bake
                |   ^^^^ `#key-activities/production/bake`
            19  | - Bake
                |   ^^^^ `#key-activities/marketing/bake`
            6   | [still two](#key-activities/bake) [first](#channels/van) [second](#channels/van-2)
                | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[ambiguous-reference]: `#key-activities/bake` could be any of 2 places
                 help: write `#key-activities/production/bake` or `#key-activities/marketing/bake`
            17  | - Bake
                |   ^^^^ `#key-activities/production/bake`
            19  | - Bake
                |   ^^^^ `#key-activities/marketing/bake`
            7   | [bad](#van)
                | ^^^^^^^^^^^ error[ambiguous-reference]: `#van` could be any of 2 places
                 help: write `#channels/van` or `#channels/van-2`
            11  | - Van
                |   ^^^ `#channels/van`
            12  | - Van
                |   ^^^ `#channels/van-2`
        "#]],
    );
}

#[test]
fn explicit_ids_make_names_distinct() {
    check_handbook(
        &[(
            "content/a.md",
            "
            +++
            canvas = true
            +++
            [bad](#shop) [a](#online) [b](#channels/shop)

            ## Channels
            - Shop {#online}
            - Shop
        ",
        )],
        expect![[r#"
            - online
            - channels/shop
            a as a whole -> a online
            a as a whole -> a channels/shop
            [bad](#shop) is Broken
            content/a.md
            4   | [bad](#shop) [a](#online) [b](#channels/shop)
                | ^^^^^^^^^^^^ error[ambiguous-reference]: `#shop` could be any of 2 places
                 help: write `#online` or `#channels/shop`
            7   | - Shop {#online}
                |   ^^^^ `#online`
            8   | - Shop
                |   ^^^^ `#channels/shop`
        "#]],
    );
}

#[test]
fn what_does_not_exist_is_told_with_the_nearest() {
    check_handbook(
        &[("content/a.md", "
            +++
            canvas = true
            +++
            [x](#web-shp) [[#Wbe shop]] [x](#channels/web-shp) [x](#nothing-like-it) [x](#partners/web-shop)

            ## Channels
            - Web shop
        ")],
        expect![[r#"
            - channels/web-shop
            [x](#web-shp) is Broken
            [[#Wbe shop]] is Broken
            [x](#channels/web-shp) is Broken
            [x](#nothing-like-it) is Broken
            [x](#partners/web-shop) is Broken
            content/a.md
            4   | [x](#web-shp) [[#Wbe shop]] [x](#channels/web-shp) [x](#nothing-like-it) [x](#partners/web-shop)
                | ^^^^^^^^^^^^^ error[unknown-reference]: `#web-shp` does not exist (leads nowhere)
                 help: did you mean `#web-shop`?
            4   | [x](#web-shp) [[#Wbe shop]] [x](#channels/web-shp) [x](#nothing-like-it) [x](#partners/web-shop)
                |               ^^^^^^^^^^^^^ error[unknown-reference]: `#Wbe shop` does not exist (leads nowhere)
                 help: did you mean `#web-shop`?
            4   | [x](#web-shp) [[#Wbe shop]] [x](#channels/web-shp) [x](#nothing-like-it) [x](#partners/web-shop)
                |                             ^^^^^^^^^^^^^^^^^^^^^^ error[unknown-reference]: `#channels/web-shp` does not exist (leads nowhere)
                 help: did you mean `#web-shop`?
            4   | [x](#web-shp) [[#Wbe shop]] [x](#channels/web-shp) [x](#nothing-like-it) [x](#partners/web-shop)
                |                                                    ^^^^^^^^^^^^^^^^^^^^^ error[unknown-reference]: `#nothing-like-it` does not exist (leads nowhere)
                 help: a reference names a file, or behind `#` an element, a department, a block or a heading
            4   | [x](#web-shp) [[#Wbe shop]] [x](#channels/web-shp) [x](#nothing-like-it) [x](#partners/web-shop)
                |                                                                          ^^^^^^^^^^^^^^^^^^^^^^^ error[unknown-reference]: `#partners/web-shop` does not exist (leads nowhere)
                 help: did you mean `#web-shop`?
        "#]],
    );
}

#[test]
fn a_handbook_may_lower_unknown_references_to_warnings() {
    check_configured(
        "references.unknown = \"warning\"",
        &[("content/a.md", "[x](#nothing) [y](b.md)\n")],
        expect![[r#"
            [x](#nothing) is Broken
            [y](b.md) is Broken
            content/a.md
            1   | [x](#nothing) [y](b.md)
                | ^^^^^^^^^^^^^ warning[unknown-reference]: `#nothing` does not exist (leads nowhere)
                 help: a reference names a file, or behind `#` an element, a department, a block or a heading
            1   | [x](#nothing) [y](b.md)
                |               ^^^^^^^^^ warning[unknown-reference]: `b.md` does not exist (leads nowhere)
                 help: did you mean `a.md`?
        "#]],
    );
}

#[test]
fn wiki_names_may_have_an_ending_and_begin_at_the_top() {
    check_handbook(
        &[
            (
                "content/a.md",
                "[[b.md]] [[b.markdown]] [[/b]] [[/b.md#Ways]] [[/tags/]] [[/ovens.md]]\n",
            ),
            ("content/b.md", "## Ways\n"),
            ("content/oven.md", "Text.\n"),
        ],
        expect![[r#"
            a as a whole -> b as a whole
            a as a whole -> b as a whole
            a as a whole -> b as a whole
            a as a whole -> b as a whole
            [[/tags/]] is Broken
            [[/ovens.md]] is Broken
            content/a.md
            1   | [[b.md]] [[b.markdown]] [[/b]] [[/b.md#Ways]] [[/tags/]] [[/ovens.md]]
                |                                               ^^^^^^^^^^ error[unknown-reference]: `[[/tags/]]` does not exist (leads nowhere)
                 help: `[[…]]` names documents and files; write `[tags](/tags/)` for a page that is made
            1   | [[b.md]] [[b.markdown]] [[/b]] [[/b.md#Ways]] [[/tags/]] [[/ovens.md]]
                |                                                          ^^^^^^^^^^^^^ error[unknown-reference]: `[[/ovens.md]]` does not exist (leads nowhere)
                 help: did you mean `[[Oven]]` or `[[oven]]`?
        "#]],
    );
}

#[test]
fn names_with_slashes_and_signs_are_found() {
    check_handbook(
        &[(
            "content/a.md",
            "
            +++
            canvas = true
            +++
            [[#24/7 support]] [[#R&D / Labs]] [x](#b2b--b2c)

            ## Channels
            - 24/7 support
            - R&D / Labs
            - B2B & B2C
        ",
        )],
        expect![[r#"
            - channels/24-7-support
            - channels/r-d-labs
            - channels/b2b-b2c
            a as a whole -> a channels/24-7-support
            a as a whole -> a channels/r-d-labs
            a as a whole -> a channels/b2b-b2c
        "#]],
    );
}

#[test]
fn ids_as_obsidian_writes_them_lead_to_what_they_end() {
    check_handbook(
        &[
            (
                "content/a.md",
                "
            # Bakery ^title

            [[#^shop]] [[#^van]] [[#^van-2]] [[#^parked]] [[#^all]] [[#^title]] [[#^lead]] [x](#^ways)

            ## Channels ^ways

            Text above. ^lead

            - Shop ^shop
            - Van {#van} ^van-2
              - parked ^parked

            ^all

            ## Partners
            - Mill
            ## Costs
            - Flour
        ",
            ),
            ("content/b.md", "[[a#^shop]] [[#^own]] [[#^none]]\n\n> Quoted\n\n^own\n"),
        ],
        expect![[r#"
            - shop
            - van
            - key-partners/mill
            - cost-structure/flour
            a as a whole -> a as a whole
            a as a whole -> a block channels
            a as a whole -> a shop
            a as a whole -> a shop
            a as a whole -> a van
            a as a whole -> a van
            a as a whole -> a van
            a as a whole -> a paragraph lead
            b as a whole -> a shop
            b as a whole -> b paragraph own
            [[#^none]] is Broken
            content/b.md
            1   | [[a#^shop]] [[#^own]] [[#^none]]
                |                       ^^^^^^^^^^ error[unknown-reference]: `#^none` does not exist (leads nowhere)
                 help: a reference names a file, or behind `#` an element, a department, a block or a heading
        "#]],
    );
}
