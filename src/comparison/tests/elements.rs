//! What happens to the elements of one canvas.

use expect_test::expect;

use super::check;

#[test]
fn what_comes_goes_and_stays() {
    check(
        "
        ## Key Partners
        - **Mill** — grinds our flour.
        - **Dairy** — brings butter.
        ## Key Activities
        - **Bake**
        ## Value Propositions
        - **Bread**
        ",
        "
        ## Key Partners
        - **Mill** — grinds our flour.
        ## Key Activities
        - **Bake**
        - **Deliver** — by six.
        ## Value Propositions
        - **Bread**
        ",
        expect![[r#"
            - key-partners: Dairy | whole: brings butter. => nothing | commitment
            + key-activities: Deliver | whole: nothing => by six. | detail
        "#]],
    );
}

#[test]
fn formatting_alone_is_no_change() {
    check(
        "
        ## Key Partners
        - **Mill** — grinds *our* flour, see [the deal](#bake).
          - For us alone.
        ## Key Activities
        - **Bake** {#bake} — every day,
          Sundays too.
        ## Value Propositions
        - **Bread** — %%why?%% warm
        ",
        "
        ## Value Propositions

        * **Bread**: warm

        ## 1. Key activities

        * __Bake__ {#bake} — every **day**, Sundays too.

        ## Key Partners

        * **Mill** – grinds our flour, see [the deal][deal].
            * *For us* alone.

        [deal]: #bake
        ",
        expect![""],
    );
}

#[test]
fn a_name_may_change_where_an_id_or_the_text_says_which_it_is() {
    check(
        "
        ## Key Partners
        - **Mill** {#mill}
        - **Dairy**
        - **Farm** — brings eggs twice a week, before we open.
        ## Key Activities
        - **Bake**
        ## Value Propositions
        - **Bread**
        ",
        "
        ## Key Partners
        - **Miller's Guild** {#mill}
        - **Village Creamery** {#dairy}
        - **Hen House** — brings eggs twice a week, before we open.
        ## Key Activities
        - **Bake**
        ## Value Propositions
        - **Bread**
        ",
        expect![[r#"
            ~ key-partners: Miller's Guild | name: Mill => Miller's Guild | detail
            ~ key-partners: Village Creamery | name: Dairy => Village Creamery | detail
            ~ key-partners: Village Creamery | id: nothing => dairy | cosmetic
            ~ key-partners: Hen House | name: Farm => Hen House | detail
        "#]],
    );
}

#[test]
fn elements_move_between_blocks_departments_and_groups() {
    check(
        "
        ## Key Partners
        - **Delivery** — by the cyclists.
        ## Key Activities
        ### Production
        - **Bake**
        - **Clean**
        ### Marketing
        ## Value Propositions
        ### For cafés
        - **Bread**
        ## Customer Segments
        - **Cafés**
        ",
        "
        ## Key Partners
        ## Key Activities
        ### Production
        - **Bake**
        - **Delivery** — by ourselves.
        ### Marketing
        - **Clean** {with=\"production\"}
        ## Value Propositions
        ### For everybody
        - **Bread**
        ## Customer Segments
        - **Cafés**
        ",
        expect![[r#"
            > key-activities: Delivery | block: key-partners => key-activities | commitment in production
            ~ key-activities: Delivery | text: by the cyclists. => by ourselves. | detail in production
            > key-activities: Clean | department: production => marketing | commitment in marketing, production
            ~ key-activities: Clean | with: nothing => production | detail in marketing, production
            ~ value-propositions: Bread | group: For cafés => For everybody | detail
        "#]],
    );
}

#[test]
fn equal_names_are_paired_in_their_places_first_then_in_order() {
    check(
        "
        ## Key Activities
        ### Production
        - **Plan** — a
        ### Marketing
        - **Plan** — b
        ## Value Propositions
        - **Bread**
        ## Channels
        - **Shop**
        ",
        "
        ## Key Activities
        ### Marketing
        - **Plan** — b
        ### Sales
        - **Plan** — a
        ## Value Propositions
        - **Bread**
        ## Channels
        - **Shop**
        ",
        expect![[r#"
            > key-activities: Plan | department: production => sales | commitment in production, sales
        "#]],
    );
}

#[test]
fn elements_without_a_name_are_known_by_their_words_wherever_they_stand() {
    let long = "we bake what the village has asked for in the evening, and bring it before anybody is awake";
    let canvas = |elements: &str| {
        format!("## Key Activities\n- Bake\n## Value Propositions\n{elements}## Channels\n- Shop\n")
    };
    check(
        &canvas(&format!("- {long}.\n")),
        &canvas(&format!("- Something short\n- {}.\n", long.replace("village", "town"))),
        expect![[r#"
            + value-propositions: Something short | whole: nothing => nothing | detail
            ~ value-propositions: we bake what the town has asked for in the evening, and bring it before anybody is awake. | text: we bake what the village has asked for in the evening, and bring it before anybody is awake. => we bake what the town has asked for in the evening, and bring it before anybody is awake. | detail
        "#]],
    );
}

#[test]
fn attributes_front_matter_and_texts_beside_elements_count() {
    check(
        "\
+++
title = \"Bakery\"
owner = \"Head of Bread\"
tags = [\"food\"]
[departments.production]
owner = \"Head Baker\"
+++

We bake.

## Key Activities
### Production
Early.
- **Bake** {category=production owner=\"Baker\" .first}
## Value Propositions
- **Bread**
## Channels
- **Shop**
## Notes
None.
",
        "\
+++
title = \"Bakery\"
owner = \"Head of Cake\"
stage = \"grow\"
[departments.production]
owner = \"Shift Leader\"
+++

We bake cakes.

## Key Activities
### Production
Late.
- **Bake** {category=platform owner=\"Machine Owner\" review_every=\"1 year\"}
## Value Propositions
- **Bread**
## Channels
- **Shop**
## Notes
Many.
",
        expect![[r#"
            ~ content/a.md | departments.production.owner: Head Baker => Shift Leader | commitment @ Head Baker, Head of Bread, Head of Cake, Shift Leader
            ~ content/a.md | owner: Head of Bread => Head of Cake | commitment @ Head of Bread, Head of Cake
            ~ content/a.md | stage: nothing => grow | detail @ Head of Bread, Head of Cake
            ~ content/a.md | tags: food => nothing | cosmetic @ Head of Bread, Head of Cake
            ~ content/a.md | introduction: We bake. => We bake cakes. | detail @ Head of Bread, Head of Cake
            ~ content/a.md | section Notes: None. => Many. | detail @ Head of Bread, Head of Cake
            ~ key-activities | lead: Early. => Late. | detail @ Head of Bread, Head of Cake
            ~ key-activities: Bake | category: production => platform | detail @ Baker, Machine Owner in production
            ~ key-activities: Bake | owner: Baker => Machine Owner | commitment @ Baker, Machine Owner in production
            ~ key-activities: Bake | review_every: nothing => 1 year | detail @ Baker, Machine Owner in production
            ~ key-activities: Bake | class: first => nothing | cosmetic @ Baker, Machine Owner in production
        "#]],
    );
}

#[test]
fn references_are_cut_and_added_and_a_relation_may_be_written_at_either_end() {
    check(
        "
        ## Key Activities
        - **Bake** — for [bread](#bread) and [cake](#cake), as [others](https://example.org) do.
        ## Value Propositions
        - **Bread**
        - **Cake**
        ## Channels
        - **Shop** — sells [bread](#bread).
        ",
        "
        ## Key Activities
        - **Bake** — for bread and cake, as [others](https://example.com) do.
        ## Value Propositions
        - **Bread** — by [baking](#bake).
        - **Cake**
        ## Channels
        - **Shop** — sells [cake](#cake).
        ",
        expect![[r#"
            ~ key-activities: Bake | reference: content/a.md#value-propositions/cake => nothing | detail
            ~ key-activities: Bake | reference: https://example.org => nothing | detail
            ~ key-activities: Bake | reference: nothing => https://example.com | detail
            ~ value-propositions: Bread | text: nothing => by baking. | detail
            ~ channels: Shop | text: sells bread. => sells cake. | detail
            ~ channels: Shop | reference: content/a.md#value-propositions/bread => nothing | detail
            ~ channels: Shop | reference: nothing => content/a.md#value-propositions/cake | detail
            Falls: content/a.md Cake for Bake
            Falls: content/a.md Shop for Cake
        "#]],
    );
}

#[test]
fn a_reference_to_what_is_renamed_or_moves_is_the_same_reference() {
    check(
        "
        ## Key Activities
        - **Bake** — for [it](#bread).
        ## Value Propositions
        - **Bread** — warm at six, every day of the year.
        ## Channels
        - **Shop**
        ",
        "
        ## Key Activities
        - **Bake** — for [it](#loaves).
        ## Value Propositions
        - **Loaves** — warm at six, every day of the year.
        ## Channels
        - **Shop**
        ",
        expect![[r#"
            ~ value-propositions: Loaves | name: Bread => Loaves | detail
        "#]],
    );
}

#[test]
fn promises_are_lowered_by_figures_and_words_are_details() {
    check(
        "
        ## Key Activities
        - **Bake** — 300 loaves.
        ## Value Propositions
        - **Bread** — warm until 10.
        - **Cake** — Sweet, and ours.
        ## Revenue Streams
        - **Sales** — 40 % of all.
        ## Cost Structure
        - **Flour** — 20 %
        ",
        "
        ## Key Activities
        - **Bake** — 200 loaves.
        ## Value Propositions
        - **Bread** — warm until 9.
        - **Cake** — sweet and ours!
        ## Cost Structure
        ",
        expect![[r#"
            ~ key-activities: Bake | text: 300 loaves. => 200 loaves. | detail
            ~ value-propositions: Bread | text: warm until 10. => warm until 9. | promise
            ~ value-propositions: Cake | text: Sweet, and ours. => sweet and ours! | cosmetic
            - cost-structure: Flour | whole: 20 % => nothing | detail
            - revenue-streams: Sales | whole: 40 % of all. => nothing | promise
        "#]],
    );
}

#[test]
fn canvases_of_two_kinds_meet_in_blocks_of_one_id() {
    check(
        "
        ## Problem
        - **Cold bread**
        ## Solution
        - **Ovens**
        ## Unfair Advantage
        - **Our street**
        ## Channels
        - **Shop**
        ",
        "
        ## Key Partners
        - **Mill**
        ## Key Activities
        - **Bake**
        ## Key Resources
        - **Ovens** — two
        ## Channels
        - **Shop**
        ",
        expect![[r#"
            + key-partners: Mill | whole: nothing => nothing | detail
            + key-activities: Bake | whole: nothing => nothing | detail
            > key-resources: Ovens | block: solution => key-resources | commitment
            ~ key-resources: Ovens | text: nothing => two | detail
            - problem: Cold bread | whole: nothing => nothing | detail
            - unfair-advantage: Our street | whole: nothing => nothing | commitment
        "#]],
    );
}

#[test]
fn what_goes_or_changes_hands_is_a_commitment_and_what_comes_is_none() {
    let canvas = |front: &str, activities: &str| {
        format!(
            "
    +++
    {front}
    +++
    ## Key Activities
    ### Production
    {activities}
    ## Value Propositions
    - **Bread**
    ## Channels
    - **Stall**
"
        )
    };
    check(
        &canvas(
            "departments.production.owner = \"Baker\"",
            "- **Bake** {with=\"sales\"}\n    - **Sell** {with=\"sales\"}\n    - **Plan**",
        ),
        &canvas(
            "owner = \"Head of Bread\"\n    departments.production.owner = \"Miller\"",
            "- **Bake**\n    - **Sell** {with=\"sales, finance\"}\n    - **Plan** {owner=\"Planner\"}",
        ),
        expect![[r#"
            ~ content/a.md | departments.production.owner: Baker => Miller | commitment @ Baker, Head of Bread, Miller
            ~ content/a.md | owner: nothing => Head of Bread | detail @ Head of Bread
            ~ key-activities: Bake | with: sales => nothing | commitment @ Baker, Miller in production, sales
            ~ key-activities: Sell | with: sales => finance, sales | detail @ Baker, Miller in finance, production, sales
            ~ key-activities: Plan | owner: nothing => Planner | commitment @ Baker, Planner in production
        "#]],
    );
}
