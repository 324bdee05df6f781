//! Which documents are canvases, of which kind, and which forms labels have.

use super::check_canvas;
use expect_test::expect;

#[test]
fn three_blocks_at_one_level_make_a_canvas() {
    check_canvas(
        r#"
            # Bakery

            ## Channels
            - Shop
            ## Key Partners
            - Mill
        "#,
        expect![[r#"
            page "Bakery"
            h2 Channels #channels
            h2 Key Partners #key-partners
        "#]],
    );
    check_canvas(
        r#"
            # Bakery

            ## Channels
            - Shop
            ## Key Partners
            - Mill
            ## Customer Segments
            - Families
        "#,
        expect![[r#"
            business-model "Bakery"
            introduction: # Bakery
            [channels] Channels
              - Shop
            [key-partners] Key Partners
              - Mill
            [customer-segments] Customer Segments
              - Families
        "#]],
    );
    check_canvas(
        r#"
            ## Channels
            ## Key Partners
            ### Customer Segments
            ### Costs
        "#,
        expect![[r#"
            page "A"
            h2 Channels #channels
            h2 Key Partners #key-partners
            h3 Customer Segments #customer-segments
            h3 Costs #costs
        "#]],
    );
    check_canvas(
        r#"
            ## Channels
            ## Channels
            ## Kanäle
        "#,
        expect![[r#"
            page "A"
            h2 Channels #channels
            h2 Channels #channels-2
            h2 Kanäle #kanäle
        "#]],
    );
}

#[test]
fn the_kind_with_most_blocks_wins_and_a_tie_is_a_business_model() {
    check_canvas(
        r#"
            ## Channels
            ## Cost Structure
            ## Revenue Streams
        "#,
        expect![[r#"
            business-model "A"
            [channels] Channels
            [cost-structure] Cost Structure
            [revenue-streams] Revenue Streams
        "#]],
    );
    check_canvas(
        r#"
            ## Problem
            ## Channels
            ## Cost Structure
            ## Revenue Streams
            ## Key Partners
            ## Key Metrics
        "#,
        expect![[r#"
            lean "A"
            [problem] Problem
            [channels] Channels
            [cost-structure] Cost Structure
            [revenue-streams] Revenue Streams
            [key-metrics] Key Metrics
            section Key Partners
            h2 Key Partners #key-partners
        "#]],
    );
}

#[test]
fn the_level_with_most_blocks_wins() {
    check_canvas(
        r#"
            # Channels
            ## Key Partners
            - a
            ## Key Activities
            - b
            ## Channels
            - c
        "#,
        expect![[r#"
            business-model "Channels"
            introduction: # Channels
            [key-partners] Key Partners
              - a
            [key-activities] Key Activities
              - b
            [channels] Channels
              - c
        "#]],
    );
}

#[test]
fn lines_that_are_only_bold_are_labels() {
    check_canvas(
        r#"
            # Bakery

            **Key Partners**
            - Mill

            **2. Channels:**
            Shop
            Van

            *__Costs__*

            Flour

            **Note** this
        "#,
        expect![[r#"
            business-model "Bakery"
            introduction: # Bakery
            [key-partners] Key Partners
              - Mill
            [channels] Channels
              - Shop
              - Van
            [cost-structure] Costs
              - Flour
              - Note | this
        "#]],
    );
}

#[test]
fn bold_labels_may_begin_the_lines_of_their_blocks() {
    check_canvas(
        r#"
            # Bakery

            Written in **May:** a first try.

            🤝 **Key Partners:** Mill
            **Channels**: **Van** — every morning
            **Customer Segments:**
            - Guests
            - Cafés

            **Kosten：** Flour

            Rent
        "#,
        expect![[r#"
            business-model "Bakery"
            introduction: # Bakery⏎⏎Written in **May:** a first try.
            [key-partners] Key Partners
              - Mill
            [channels] Channels
              - Van | every morning
            [customer-segments] Customer Segments
              - Guests
              - Cafés
            [cost-structure] Kosten
              - Flour
              - Rent
        "#]],
    );
    check_canvas(
        r#"
            A canvas has these blocks.

            **Channels:** how it comes to people.

            **Cost Structure:** what it costs.
        "#,
        expect![[r#"
            page "A"
        "#]],
    );
    check_canvas(
        r#"
            +++
            canvas = true
            +++
            **Channels:** Van
        "#,
        expect![[r#"
            business-model "A"
            [channels] Channels
              - Van
        "#]],
    );
}

#[test]
fn front_matter_decides() {
    check_canvas(
        r#"
            +++
            canvas = true
            +++
            # Bakery

            ## Channels
            - Shop
        "#,
        expect![[r#"
            business-model "Bakery"
            introduction: # Bakery
            [channels] Channels
              - Shop
        "#]],
    );
    check_canvas(
        r#"
            +++
            canvas = "lean"
            +++
            ### Problem
            - Hunger
            ### Partners
            - Mill
        "#,
        expect![[r#"
            lean "A"
            [problem] Problem
              - Hunger
            section Partners
              body: - Mill
            h3 Partners #partners
        "#]],
    );
    check_canvas(
        r#"
            +++
            canvas = true
            +++
            Nothing yet.
        "#,
        expect![[r#"
            business-model "A"
            introduction: Nothing yet.
        "#]],
    );
    check_canvas(
        r#"
            +++
            canvas = false
            +++
            ## Channels
            ## Key Partners
            ## Costs
        "#,
        expect![[r#"
            page "A"
            h2 Channels #channels
            h2 Key Partners #key-partners
            h2 Costs #costs
        "#]],
    );
}

#[test]
fn labels_may_be_decorated() {
    check_canvas(
        r#"
            ### 1️⃣ **PARTENAIRES CLÉS** (Key Partners)
            - a
            ### 2) *Key Activities*:
            - b
            ### §7 Channels {#ways}
            - c
            ### 四、客户细分
            - d
            ### key_resources
            - e
            ### VP: Value Proposition
            - f
        "#,
        expect![[r#"
            business-model "A"
            [key-partners] PARTENAIRES CLÉS (Key Partners)
              - a
            [key-activities] Key Activities
              - b
            [channels] Channels #ways
              - c
            [customer-segments] 客户细分
              - d
            [key-resources] key_resources
              - e
            [value-propositions] VP: Value Proposition
              - f
        "#]],
    );
    check_canvas(
        r#"
            ## CS
            - a
            ## KA
            - b
            ## VP
            - c
        "#,
        expect![[r#"
            business-model "A"
            [customer-segments] CS
              - a
            [key-activities] KA
              - b
            [value-propositions] VP
              - c
        "#]],
    );
}

#[test]
fn marks_of_headings_need_no_blank_and_take_any() {
    check_canvas(
        "
            #\u{a0}Bakery

            ##Channels ##
            - Van

            ##\u{3000}**Key** Partners
            Mills
            ##Key Activities
            ###Sales {#selling}
            - Sell
            ###Production

            One line of `##code`,
            \\##Production
            #tag and ##

            Customer Segments
            ---
            - Cafés
        ",
        expect![[r####"
            business-model "Bakery"
            introduction: # Bakery
            [channels] Channels
              - Van
            [key-partners] Key Partners
              - Mills
            [key-activities] Key Activities
              department Sales | #selling
                - Sell ###Production
              rest: One line of `##code`,⏎\##Production⏎#tag and ##
            [customer-segments] Customer Segments
              - Cafés
            11  | ###Production
                | ^^^ advice[unread-heading]: this heading is a line of the item above it (shown as text)
                 help: write a blank behind its marks, or an empty line above it
                 fix: "###" -> "### "
        "####]],
    );
}

#[test]
fn underlined_headings_are_labels() {
    check_canvas(
        r#"
            Bakery
            ======

            Channels
            --------
            - Van

            Customer Segments
            -----------------
            - Cafés

            Key Activities
            --------------
            ### Sales
            - Sell
        "#,
        expect![[r#"
            business-model "Bakery"
            introduction: Bakery⏎======
            [channels] Channels
              - Van
            [customer-segments] Customer Segments
              - Cafés
            [key-activities] Key Activities
              department Sales
                - Sell
        "#]],
    );
}
