//! Titles, sections, headings, and blocks that are named twice.

use super::{check_canvas, dump, read};
use expect_test::expect;

#[test]
fn a_number_on_a_line_of_its_own_belongs_to_the_next_label() {
    check_canvas(
        r#"
            # Bakery

            Bread.

            ## **1.**
            ## **Channels**
            - Shop

            ## 2.
            ## Partners
            - Mill
            ## 3
            ## Costs
            - Flour
        "#,
        expect![[r#"
            business-model "Bakery"
            introduction: # Bakery⏎⏎Bread.
            [channels] Channels
              - Shop
            [key-partners] Partners
              - Mill
            [cost-structure] Costs
              - Flour
        "#]],
    );
}

#[test]
fn other_headings_at_the_block_level_are_sections() {
    check_canvas(
        r#"
            # Bakery

            Bread.

            ## Before

            Text.

            ## Channels
            - Shop

            ## SWOT

            - no element

            ### Threats

            More.

            ## Partners
            - Mill

            ## Costs
            - Flour

            # Appendix

            End.
        "#,
        expect![[r#"
            business-model "Bakery"
            introduction: # Bakery⏎⏎Bread.⏎⏎## Before⏎⏎Text.
            [channels] Channels
              - Shop
            [key-partners] Partners
              - Mill
            [cost-structure] Costs
              - Flour
            section SWOT
              body: - no element⏎⏎### Threats⏎⏎More.
            section Appendix
              body: End.
            h2 Before #before
            h2 SWOT #swot
            h3 Threats #threats
            h1 Appendix #appendix
        "#]],
    );
}

#[test]
fn a_block_that_is_named_twice_is_one_block() {
    check_canvas(
        r#"
            ## Channels
            - Shop
            ## Partners
            - Mill
            ## Costs
            - Flour
            ## Channels

            Also:

            - Van
        "#,
        expect![[r#"
            business-model "A"
            [channels] Channels
              lead: Also:
              - Shop
              - Van
            [key-partners] Partners
              - Mill
            [cost-structure] Costs
              - Flour
        "#]],
    );
}

#[test]
fn the_title_is_said_by_the_front_matter_the_first_heading_or_the_file() {
    check_canvas(
        r#"
            +++
            title = "Ours"
            +++
            # Bakery
        "#,
        expect![[r#"
            page "Ours"
        "#]],
    );
    check_canvas(
        r#"
            Text

            #

            # Bakery {#top}

            # Second
        "#,
        expect![[r#"
            page "Bakery"
            h1 Second #second
            5   | # Bakery {#top}
                |          ^^^^^^ warning[unread-attributes]: the title of a page takes no attributes (not read)
                 help: remove them; a link to the file leads to its title
        "#]],
    );
    check_canvas(
        "## Only a second level\n",
        expect![[r#"
            page "Only a second level"
        "#]],
    );
    check_canvas(
        r#"
            # Channels
            - Shop
            # Partners
            # Costs
            # Appendix
        "#,
        expect![[r#"
            business-model "A"
            [channels] Channels
              - Shop
            [key-partners] Partners
            [cost-structure] Costs
            section Appendix
            h1 Appendix #appendix
        "#]],
    );
    check_canvas(
        r#"
            ## Channels
            - Shop
            ## Partners
            ## Costs
            # Late

            Text.
        "#,
        expect![[r#"
            business-model "Late"
            [channels] Channels
              - Shop
            [key-partners] Partners
            [cost-structure] Costs
            section Late
              body: Text.
            h1 Late #late
        "#]],
    );
}

#[test]
fn a_heading_of_any_level_gives_the_title() {
    let texts = [
        "### Night Bakery {#top}\n\nText.\n\n#### FAQ\n",
        "<!-- note -->\n\n### Night Bakery\n\n#### FAQ\n\n##### Where?\n",
        "Text.\n\n### Night Bakery\n",
        "### Opening hours\n\n### Prices\n\n# Late\n",
        "+++\ntitle = \"Night Bakery\"\n+++\n\n## Opening hours\n\nText.\n",
        "+++\ntitle = \"Night Bakery\"\n+++\n\n## Night Bakery\n\nText.\n",
        "## Night Bakery\n\n**Channels:**\n- Van\n\n**Partners:**\n- Mill\n\n**Costs:**\n- Flour\n",
        "## Night Bakery\n## Channels\n- Van\n## Partners\n- Mill\n## Costs\n- Flour\n",
        "## Night Bakery\n## Channels\n- Van\n## Partners\n- Mill\n## Costs\n- Flour\n## Notes\n",
        "## 1.\n## Channels\n- Van\n## 2.\n## Partners\n- Mill\n## Costs\n### Rent\n- Oven\n",
        "**Night Bakery**\n\n**Channels**\n- Van\n\n**Partners**\n- Mill\n\n**Costs**\n- Flour\n",
        "**Ours.**\n\n## Channels\n- Van\n## Partners\n- Mill\n## Costs\n- Flour\n",
    ];
    let read = texts.map(|text| dump(&read(text).0));
    expect![[r#"
        page "Night Bakery"
        h3 Night Bakery #top!
        h4 FAQ #faq

        page "Night Bakery"
        h4 FAQ #faq
        h5 Where? #where

        page "Night Bakery"
        h3 Night Bakery #night-bakery

        page "Opening hours"
        h3 Opening hours #opening-hours
        h3 Prices #prices
        h1 Late #late

        page "Night Bakery"
        h2 Opening hours #opening-hours

        page "Night Bakery"

        business-model "Night Bakery"
        introduction: ## Night Bakery
        [channels] Channels
          - Van
        [key-partners] Partners
          - Mill
        [cost-structure] Costs
          - Flour

        business-model "Night Bakery"
        introduction: ## Night Bakery
        [channels] Channels
          - Van
        [key-partners] Partners
          - Mill
        [cost-structure] Costs
          - Flour
        h2 Night Bakery #night-bakery

        business-model "Night Bakery"
        introduction: ## Night Bakery
        [channels] Channels
          - Van
        [key-partners] Partners
          - Mill
        [cost-structure] Costs
          - Flour
        section Notes
        h2 Night Bakery #night-bakery
        h2 Notes #notes

        business-model "A"
        [channels] Channels
          - Van
        [key-partners] Partners
          - Mill
        [cost-structure] Costs
          group Rent
            - Oven
        h3 Rent #rent

        business-model "Night Bakery"
        introduction: **Night Bakery**
        [channels] Channels
          - Van
        [key-partners] Partners
          - Mill
        [cost-structure] Costs
          - Flour

        business-model "A"
        introduction: **Ours.**
        [channels] Channels
          - Van
        [key-partners] Partners
          - Mill
        [cost-structure] Costs
          - Flour
    "#]]
    .assert_eq(&read.join("\n"));
}

#[test]
fn lean_canvases_have_groups_that_belong_to_their_blocks_wherever_they_stand() {
    check_canvas(
        r#"
            ## Early Adopters
            - Students
            ## Problem
            - Hunger
            ### Existing Alternatives
            - Toast
            ## Solution
            - Bread
            ## High-Level Concept

            Bread as a service.
            ## Customer Segments
            - Families
            ## Unique Value Proposition

            Fresh every hour.

            ### High-level concept

            Airbnb for bread.
            ## Existing Alternatives
            - Cake
        "#,
        expect![[r#"
            lean "A"
            [customer-segments] Customer Segments
              - Families
              group Early Adopters
                - Students
            [problem] Problem
              - Hunger
              group Existing Alternatives
                - Toast
              group Existing Alternatives
                - Cake
            [solution] Solution
              - Bread
            [value-propositions] Unique Value Proposition
              - Fresh every hour.
              group High-Level Concept
                - Bread as a service.
              group High-level concept
                - Airbnb for bread.
            h2 Early Adopters #early-adopters
            h3 Existing Alternatives #existing-alternatives
            h2 High-Level Concept #high-level-concept
            h3 High-level concept #high-level-concept-2
            h2 Existing Alternatives #existing-alternatives-2
        "#]],
    );
}

#[test]
fn pages_keep_their_headings_with_anchors_of_their_own() {
    check_canvas(
        r#"
            # Guide

            ## Steps

            ## Steps

            ## Steps 2

            ## Own {#steps-3}

            ## Steps

            ### 🎯
        "#,
        expect![[r#"
            page "Guide"
            h2 Steps #steps
            h2 Steps #steps-2
            h2 Steps 2 #steps-2-2
            h2 Own #steps-3!
            h2 Steps #steps-4
            h3 🎯 #section
        "#]],
    );
}

#[test]
fn what_a_merge_left_is_told_unless_code_quotes_it() {
    check_canvas(
        r#"
            # Guide

            <<<<<<< HEAD
            Ours.
            =======
            Theirs.
            >>>>>>> branch

            ```text
            <<<<<<< HEAD
            >>>>>>> branch
            ```
        "#,
        expect![[r#"
            page "Guide"
            h1 <<<<<<< HEAD Ours. #head-ours
            3   | <<<<<<< HEAD
                | ^^^^^^^^^^^^ error[conflict-marker]: a merge left two versions here (the first one begins here)
                 help: keep what is meant of the two, and remove the lines `<<<<<<<`, `=======` and `>>>>>>>`
        "#]],
    );
}

#[test]
fn known_titles_win_over_levels() {
    let texts = [
        // Departments below a department, and at the level of the blocks.
        "## Key Activities\n### Production\n- Bake\n#### Night shift\n- Prove\n#### Vertrieb\n- Sell\n\
         #### Shop\n- Serve\n## Marketing\n- Flyers\n### Bakery floor\n- Sweep\n## Channels\n- Van\n\
         ## Finance\n- Books\n## Costs\n- Flour\n",
        // Labels one level deeper and higher, and an everyday word, which may be a group.
        "# Bakery\n## Key Partners\n- Mill\n### Channels\n- Van\n#### In town\n- Stall\n## Costs\n- Flour\n\
         ### Customers\n- Cafés\n# Key Resources\n- Oven\n## Revenue Streams\n- Sales\n",
        // A label of its own level stays a group.
        "## Channels\n- Van\n## Key Partners\n### Channels\n- Post\n## Costs\n#### Key Resources\n- Oven\n",
        // A title.
        "# Key Activities\n\n- Text\n\n## Channels\n- Van\n## Key Partners\n- Mill\n## Costs\n- Oven\n",
    ];
    let read = texts.map(|text| dump(&read(text).0));
    expect![[r#"
        business-model "A"
        [key-activities] Key Activities
          department Production
            - Bake
            group Night shift
              - Prove
          department Vertrieb
            - Sell
            group Shop
              - Serve
          department Marketing
            - Flyers
            group Bakery floor
              - Sweep
        [channels] Channels
          - Van
        [cost-structure] Costs
          - Flour
        section Finance
          body: - Books
        h4 Night shift #night-shift
        h4 Shop #shop
        h3 Bakery floor #bakery-floor
        h2 Finance #finance

        business-model "Bakery"
        introduction: # Bakery
        [key-partners] Key Partners
          - Mill
        [channels] Channels
          - Van
          group In town
            - Stall
        [cost-structure] Costs
          - Flour
          group Customers
            - Cafés
        [key-resources] Key Resources
          - Oven
        [revenue-streams] Revenue Streams
          - Sales
        h4 In town #in-town
        h3 Customers #customers

        business-model "A"
        [channels] Channels
          - Van
        [key-partners] Key Partners
          group Channels
            - Post
        [cost-structure] Costs
          group Key Resources
            - Oven
        h3 Channels #channels-2
        h4 Key Resources #key-resources-2

        business-model "Key Activities"
        introduction: # Key Activities⏎⏎- Text
        [channels] Channels
          - Van
        [key-partners] Key Partners
          - Mill
        [cost-structure] Costs
          - Oven
    "#]]
    .assert_eq(&read.join("\n"));
}
