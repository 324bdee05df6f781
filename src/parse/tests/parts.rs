//! Departments and groups.

use super::{check_block, check_canvas};
use expect_test::expect;

#[test]
fn headings_and_bold_lines_name_departments() {
    check_block(
        "Key Activities",
        r#"
            What we do every week.

            - Before any

            ### 1. Research and Development

            How we learn.

            - Roast profiling

            ### 2) **Production:**
            - Batch roasting

            ### 🚚 Logistics ###
            - Deliver
        "#,
        expect![[r#"
            lead: What we do every week.
            - Before any
            department Research and Development
              lead: How we learn.
              - Roast profiling
            department Production
              - Batch roasting
            department Logistics
              - Deliver
        "#]],
    );
}

#[test]
fn bold_lines_name_departments_too() {
    check_block(
        "Key Activities",
        r#"
            - Before

            **2) Production:**
            - Batch roasting

            **R&D** 🔬
            We learn:

            - Taste
        "#,
        expect![[r#"
            - Before
            department Production
              - Batch roasting
            department R&D
              lead: We learn:
              - Taste
        "#]],
    );
}

#[test]
fn groups_stand_within_departments() {
    check_block(
        "Key Activities",
        r#"
            ### Production

            - First

            #### Morning

            - Roast

            **Evening**
            - Clean

            ### Marketing

            - Write
        "#,
        expect![[r#"
            department Production
              - First
              group Morning
                - Roast
                group Evening
                  - Clean
            department Marketing
              - Write
        "#]],
    );
}

#[test]
fn a_department_may_have_paragraphs_only() {
    check_block(
        "Key Activities",
        r#"
            Every week.

            ### Production

            Roast coffee.

            **Marketing**
            Write: the news.
        "#,
        expect![[r#"
            lead: Every week.
            department Production
              - Roast coffee.
            department Marketing
              - Write | the news.
        "#]],
    );
}

#[test]
fn questions_sentences_remarks_and_the_block_itself_are_no_departments() {
    check_block(
        "Key Activities",
        r#"
            **What must we do well?**

            ### Who does it?

            - Roast

            **We only do what pays off.**

            - Pack

            ### Note:

            - Provisional

            ### Core Activities
            - Sell

            #### Retail
            - Serve

            ### Quality

            - Taste
        "#,
        expect![[r#"
            lead: **What must we do well?** ¶ ### Who does it?
            - Roast
            - Pack
            group Note
              - Provisional
            group Core Activities
              - Sell
              department Retail
                - Serve
            department Quality
              - Taste
            rest: **We only do what pays off.**
        "#]],
    );
}

#[test]
fn a_bold_line_with_nothing_below_is_text() {
    check_block(
        "Key Activities",
        r#"
            - Roast

            **Done well**

            ---
        "#,
        expect![[r#"
            - Roast
            rest: **Done well**
        "#]],
    );
    check_block(
        "Key Activities",
        r#"
            **Roast**

            **Pack**

            **Sell**
        "#,
        expect![[r#"
            - Roast
            - Pack
            - Sell
        "#]],
    );
}

#[test]
fn a_bold_number_is_text_and_a_heading_that_only_counts_is_passed_over() {
    check_block(
        "Key Activities",
        "\n- Roast\n\n**42**\n\n### 1.\n\n### Production\n- Pack\n",
        expect![[r#"
            - Roast
            department Production
              - Pack
            rest: **42**
        "#]],
    );
}

#[test]
fn in_other_blocks_they_are_groups() {
    check_canvas(
        r#"
            ## Customer Segments

            ### For cafés {#cafes}

            - Owners

            **At home**
            - Families

            ## Channels
            - a
            ## Costs

            ### Fixed

            ### Variable

            Flour.
        "#,
        expect![[r#"
            business-model "A"
            [customer-segments] Customer Segments
              group For cafés | #cafes
                - Owners
                group At home
                  - Families
            [channels] Channels
              - a
            [cost-structure] Costs
              group Fixed
              group Variable
                - Flour.
            h3 For cafés #cafes!
            h3 Fixed #fixed
            h3 Variable #variable
        "#]],
    );
}

#[test]
fn lean_canvases_have_no_departments() {
    check_canvas(
        r#"
            ## Problem
            - a
            ## Solution
            ### Production
            - b
            ## Key Metrics
            - c
        "#,
        expect![[r#"
            lean "A"
            [problem] Problem
              - a
            [solution] Solution
              group Production
                - b
            [key-metrics] Key Metrics
              - c
            h3 Production #production
        "#]],
    );
}
