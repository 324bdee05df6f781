//! The ids of elements, which are their addresses.

use super::check_handbook;
use expect_test::expect;

#[test]
fn ids_are_explicit_or_say_block_department_and_name() {
    check_handbook(
        &[(
            "content/a.md",
            "
            +++
            canvas = true
            +++
            ## Channels
            - Web shop {#web}
            - Café (2)
            - 网店：卖豆
            ## Key Activities
            - Alone
            ### R&D
            - **Roast Profiling** — a
            #### Group
            - Taste
        ",
        )],
        expect![[r#"
            - web
            - channels/café-2
            - channels/网店
            - key-activities/alone
            - key-activities/research-and-development/roast-profiling | R&D
            - key-activities/research-and-development/taste | R&D
            R&D #research-and-development: leads 2, contributes to 0
        "#]],
    );
}

#[test]
fn elements_without_a_name_are_counted_in_their_block() {
    check_handbook(
        &[("content/a.md", "
            +++
            canvas = true
            +++
            ## Channels
            - Shop
            - An element of more than eighty letters that has neither a separator nor a bold name in it
            - Another element of more than eighty letters that has no separator and no bold name in it
        ")],
        expect![[r#"
            - channels/shop
            - channels-2
            - channels-3
        "#]],
    );
}

#[test]
fn repeated_names_are_numbered_and_told() {
    check_handbook(
        &[(
            "content/a.md",
            "
            +++
            canvas = true
            +++
            ## Channels
            - Shop
            - Shop
            - Shop 2
            - Shop
            - Shop {#own}
            ### Group
            - Shop
            ## Key Activities
            - Bake
            ### Production
            - Bake
        ",
        )],
        expect![[r#"
            - channels/shop
            - channels/shop-3
            - channels/shop-2
            - channels/shop-4
            - own
            - channels/shop-5
            - key-activities/bake
            - key-activities/production/bake | Production
            Production #production: leads 1, contributes to 0
        "#]],
    );
}

#[test]
fn an_id_that_is_taken_is_given_to_nobody_else() {
    check_handbook(
        &[(
            "content/a.md",
            "
            +++
            canvas = true
            +++
            ## Channels
            - Van {#channels/shop}
            - Shop
        ",
        )],
        expect![[r#"
            - channels/shop
            - channels/shop-2
        "#]],
    );
}
