//! Groups that begin items and lines, headings that are entries, and sums that are not.

use super::{check_block, check_canvas};
use expect_test::expect;

#[test]
fn a_known_group_may_begin_an_item_or_a_line() {
    check_canvas(
        r#"
            +++
            canvas = "lean"
            +++
            ## Problem

            - Bread is stale by noon
            - *Existing alternatives:* toast, crispbread
            - Queues at seven

            ## Customer Segments

            - [x1] **First users (early adopters):**
              - Night nurses
              - Taxi drivers
            - Families

            **Early adopters** {#first}: bakers who cannot sleep

            - Schools

            ## Unique Value Proposition

            Bread within ten minutes.

            High-level concept: a library for bread

            *High-level concept:*

            A tap for bread.
        "#,
        expect![[r#"
            lean "A"
            [problem] Problem
              - Bread is stale by noon
              - Queues at seven
              group Existing alternatives
                - toast, crispbread
            [customer-segments] Customer Segments
              - Families
              - Schools
              group First users (early adopters)
                - Night nurses
                - Taxi drivers
              group Early adopters | #first
                - bakers who cannot sleep
            [value-propositions] Unique Value Proposition
              - Bread within ten minutes.
              group High-level concept
                - a library for bread
              group High-level concept
                - A tap for bread.
        "#]],
    );
}

#[test]
fn what_only_looks_like_a_known_group_is_an_element() {
    check_canvas(
        r#"
            +++
            canvas = "lean"
            +++
            ## Problem

            - **Existing alternatives** are dear
            - Existing alternatives
            - Early adopters: leave in spring
            - Our existing alternatives: none

            ## Customer Segments

            Early adopters and their families: all who bake.

            ## Channels

            - Early adopters: they tell others
        "#,
        expect![[r#"
            lean "A"
            [problem] Problem
              - Existing alternatives | are dear
              - Existing alternatives
              - Early adopters | leave in spring
              - Our existing alternatives | none
            [customer-segments] Customer Segments
              - Early adopters and their families | all who bake.
            [channels] Channels
              - Early adopters | they tell others
        "#]],
    );
}

#[test]
fn a_label_with_a_value_parts_two_lists() {
    check_block(
        "Revenue Streams",
        r#"
            **Model:** free at first

            - Licences

            **Needed:** 15,000 €

            - Ovens
            - Rent of the kitchen

            **Remark:** all of this was reckoned with care by the bakers themselves, in March

            - Deposits
        "#,
        expect![[r#"
            lead: **Model:** free at first
            - Licences
            group Needed
              lead: 15,000 €
              - Ovens
              - Rent of the kitchen
              - Deposits
            rest: **Remark:** all of this was reckoned with care by the bakers themselves, in March
        "#]],
    );
    check_block(
        "Key Activities",
        r#"
            - Plan

            **Shifts:** two

            - Bake
        "#,
        expect![[r#"
            - Plan
            - Bake
            rest: **Shifts:** two
        "#]],
    );
}

#[test]
fn a_heading_that_counts_is_an_entry() {
    check_block(
        "Customer Segments",
        r#"
            Whom we bake for.

            ### Segment 1: Night workers

            They come at five.

            - nurses
            - drivers

            #### What they say

            - "Warm!"

            ### Customer Segment #2 – **Schools** {#schools owner="Head of Sales"}

            ### Segment C: Cafés

            ### Others

            - Tourists
        "#,
        expect![[r#"
            lead: Whom we bake for.
            - Night workers | Segment 1
                detail: They come at five. ¶ - nurses⏎- drivers ¶ #### What they say ¶ - "Warm!"
            - Schools | Customer Segment #2 | #schools owner=Head of Sales
            - Cafés | Segment C
            group Others
              - Tourists
        "#]],
    );
    check_block(
        "Key Activities",
        r#"
            ### Production

            #### Activity 1: Baking

            - at night

            #### Activity 2: Cleaning

            ### Sales

            - Selling
        "#,
        expect![[r#"
            department Production
              - Baking | Activity 1
                  detail: - at night
              - Cleaning | Activity 2
            department Sales
              - Selling
        "#]],
    );
}

#[test]
fn a_heading_that_says_a_rank_is_an_entry_beside_another() {
    check_block(
        "Customer Segments",
        r#"
            ### Primary Segment (70%): Night workers

            - nurses

            ### Secondary Segment: Schools — in term

            **Main customer:** Hotels

            ### Others

            #### Client principal : Cafés

            **Profile:**

            - open at five

            #### Client secondaire : Bars

            ### Primary customers: Kiosks

            - of the town

            ### Secondary customers: Stalls

            - on markets
        "#,
        expect![[r#"
            - Night workers | Primary Segment (70%)
                detail: - nurses
            - Schools | Secondary Segment · in term
                detail: **Main customer:** Hotels
            group Others
              - Cafés | Client principal
                  detail: **Profile:** ¶ - open at five
              - Bars | Client secondaire
            group Primary customers: Kiosks
              - of the town
            group Secondary customers: Stalls
              - on markets
            23  | ### Primary customers: Kiosks
                |     ^^^^^^^^^^^^^^^^^^^^^^^^^ advice[doubtful-group]: `Primary customers: Kiosks` is read as a group, and what is below as its entries
                 help: if it is an entry itself, number it, `customers 1: Kiosks`; if it is a group, leave out the colon
            27  | ### Secondary customers: Stalls
                |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^ advice[doubtful-group]: `Secondary customers: Stalls` is read as a group, and what is below as its entries
                 help: if it is an entry itself, number it, `customers 1: Stalls`; if it is a group, leave out the colon
        "#]],
    );
    check_canvas(
        "## Partners\n\n**Primärer Partner: Mühle**\n\nMahlt.\n\n**Sekundärer Partner: Hof**\n\n## Kanäle\n\n## Kosten\n\n- Miete",
        expect![[r#"
            business-model "A"
            [key-partners] Partners
              - Mühle | Primärer Partner
                  detail: Mahlt.
              - Hof | Sekundärer Partner
            [channels] Kanäle
            [cost-structure] Kosten
              - Miete
        "#]],
    );
}

#[test]
fn a_heading_that_counts_something_else_is_a_group() {
    check_block(
        "Revenue Streams",
        r#"
            ### Phase 1: Pilot

            - Licences

            ### Customer 1: Schools

            - Lunches

            ### Stream 1

            - Deposits

            ### Main revenue: bread

            - Loaves
        "#,
        expect![[r#"
            group Phase 1: Pilot
              - Licences
            group Customer 1: Schools
              - Lunches
            group Stream 1
              - Deposits
            group Main revenue: bread
              - Loaves
            17  | ### Main revenue: bread
                |     ^^^^^^^^^^^^^^^^^^^ advice[doubtful-group]: `Main revenue: bread` is read as a group, and what is below as its entries
                 help: if it is an entry itself, number it, `revenue 1: bread`; if it is a group, leave out the colon
        "#]],
    );
}

#[test]
fn supporting_activities_are_no_department() {
    check_block(
        "Key Activities",
        r#"
            ### Primary Activities

            - Bake

            #### Logistics

            - Deliver

            ### Unterstützende Aktivitäten

            - Count
        "#,
        expect![[r#"
            group Primary Activities
              - Bake
              department Logistics
                - Deliver
            group Unterstützende Aktivitäten
              - Count
        "#]],
    );
}

#[test]
fn sums_are_no_entries_about_money() {
    check_block(
        "Cost Structure",
        r#"
            - **Rent**: 900 €
            - **Total per month**: 5,900 €

            ### From next year

            - Wages: 5,000 €
            - Year 1: 60,000 €
            - 2028: 70,000 €

            **Total:** 130,000 €
        "#,
        expect![[r#"
            - Rent | 900 €
            group From next year
              lead: - Year 1: 60,000 € ¶ - 2028: 70,000 €
              - Wages | 5,000 €
            rest: - **Total per month**: 5,900 € ¶ **Total:** 130,000 €
        "#]],
    );
    check_block(
        "Channels",
        r#"
            - Total: 3 shops
            - 2028: 5 shops
        "#,
        expect![[r#"
            - Total | 3 shops
            - 2028 | 5 shops
        "#]],
    );
    check_block(
        "Revenue Streams",
        r#"
            | What | A month |
            |---|---|
            | Bread | 900 € |
            | Total | 900 € |
            | Year 1 | 10,800 € |
        "#,
        expect![[r#"
            lead: What
            - Bread | A month: 900 €
            rest: | Total | 900 € | ¶ | Year 1 | 10,800 € |
        "#]],
    );
}
