//! Relations, and who refers to whom.

use super::{check_handbook, place, read};
use crate::handbook::{DocumentIndex, Spot};
use expect_test::expect;

#[test]
fn the_verb_follows_from_the_blocks_whichever_side_wrote_the_reference() {
    check_handbook(
        &[("content/a.md", "
            ## Key Partners
            - Mill: [Bake](#bake) with [ovens](#ovens)
            ## Key Resources
            - Ovens: for [Bake](#bake)
            ## Key Activities
            - Bake: [bread](#bread), [shop](#shop), [club](#club), [sales](#sales), [families](#families)
            ## Value Propositions
            - Bread: for [families](#families)
            ## Channels
            - Shop: [bread](#bread), [families](#families)
            ## Customer Relationships
            - Club: [families](#families)
            ## Customer Segments
            - Families: pay [sales](#sales)
            ## Revenue Streams
            - Sales: of [bread](#bread)
            ## Cost Structure
            - Flour: [bake](#bake) [ovens](#ovens) [mill](#mill), and for [bread](#bread)
        ")],
        expect![[r#"
            - key-partners/mill
            - key-resources/ovens
            - key-activities/bake
            - value-propositions/bread
            - channels/shop
            - customer-relationships/club
            - customer-segments/families
            - revenue-streams/sales
            - cost-structure/flour
            a key-partners/mill -> a key-resources/ovens
            a key-partners/mill -> a key-activities/bake
            a key-resources/ovens -> a key-activities/bake
            a key-activities/bake -> a value-propositions/bread
            a key-activities/bake -> a channels/shop
            a key-activities/bake -> a customer-relationships/club
            a key-activities/bake -> a customer-segments/families
            a key-activities/bake -> a revenue-streams/sales
            a value-propositions/bread -> a customer-segments/families
            a channels/shop -> a value-propositions/bread
            a channels/shop -> a customer-segments/families
            a customer-relationships/club -> a customer-segments/families
            a customer-segments/families -> a revenue-streams/sales
            a revenue-streams/sales -> a value-propositions/bread
            a cost-structure/flour -> a key-partners/mill
            a cost-structure/flour -> a key-resources/ovens
            a cost-structure/flour -> a key-activities/bake
            a cost-structure/flour -> a value-propositions/bread
            key-partners/mill provides key-resources/ovens
            key-partners/mill performs key-activities/bake
            key-resources/ovens enables key-activities/bake
            key-activities/bake supports value-propositions/bread
            key-activities/bake runs channels/shop
            key-activities/bake sustains customer-relationships/club
            key-activities/bake serves customer-segments/families
            key-activities/bake earns revenue-streams/sales
            value-propositions/bread serves customer-segments/families
            channels/shop delivers value-propositions/bread
            channels/shop reaches customer-segments/families
            customer-relationships/club is kept with customer-segments/families
            revenue-streams/sales is paid for value-propositions/bread
            revenue-streams/sales is paid by customer-segments/families
            cost-structure/flour is driven by key-partners/mill
            cost-structure/flour is driven by key-resources/ovens
            cost-structure/flour is driven by key-activities/bake
            cost-structure/flour relates to value-propositions/bread
        "#]],
    );
}

#[test]
fn there_is_one_relation_for_each_pair() {
    check_handbook(
        &[(
            "content/a.md",
            "
            +++
            canvas = true
            +++
            ## Value Propositions
            - Bread: [a](#families), again [b](#families)
            ## Customer Segments
            - Families: eat [c](#bread)
        ",
        )],
        expect![[r#"
            - value-propositions/bread
            - customer-segments/families
            a value-propositions/bread -> a customer-segments/families
            a value-propositions/bread -> a customer-segments/families
            a customer-segments/families -> a value-propositions/bread
            value-propositions/bread serves customer-segments/families
        "#]],
    );
}

#[test]
fn name_text_and_detail_count_as_their_element() {
    check_handbook(
        &[(
            "content/a.md",
            "
            +++
            canvas = true
            +++
            ## Value Propositions
            - **[Bread](#families)** — fresh
            - Cake: for
              - parties of [guests](#guests)

              > and [[#Families]]
            ## Customer Segments
            - Families
            - Guests
        ",
        )],
        expect![[r#"
            - value-propositions/bread
            - value-propositions/cake
            - customer-segments/families
            - customer-segments/guests
            a value-propositions/bread -> a customer-segments/families
            a value-propositions/cake -> a customer-segments/families
            a value-propositions/cake -> a customer-segments/guests
            value-propositions/bread serves customer-segments/families
            value-propositions/cake serves customer-segments/families
            value-propositions/cake serves customer-segments/guests
        "#]],
    );
}

#[test]
fn lead_text_groups_departments_and_the_rest_refer_and_relate_nothing() {
    check_handbook(
        &[(
            "content/a.md",
            "
            +++
            canvas = true
            +++
            See [bread](#bread).

            ## Key Activities
            What [bread](#bread) needs.

            ### Production of [bread](#bread)

            Daily [bread](#bread).

            - Bake

            And [bread](#bread).

            ## Value Propositions
            ### For [bread](#bread)
            - Bread

            ## Notes
            On [bread](#bread).
        ",
        )],
        expect![[r#"
            - key-activities/production-of-bread/bake | Production of bread
            - value-propositions/bread
            Production of bread #production-of-bread: leads 1, contributes to 0
            a as a whole -> a value-propositions/bread
            a as a whole -> a value-propositions/bread
            a block key-activities -> a value-propositions/bread
            a block key-activities -> a value-propositions/bread
            a block key-activities -> a value-propositions/bread
            a block key-activities -> a value-propositions/bread
            a block value-propositions -> a value-propositions/bread
        "#]],
    );
}

#[test]
fn a_reference_to_oneself_is_a_warning() {
    check_handbook(
        &[(
            "content/a.md",
            "
            +++
            canvas = true
            +++
            ## Channels
            - Shop: see [the shop](#shop)
              - and [[#Shop]]
        ",
        )],
        expect![[r#"
            - channels/shop
            a channels/shop -> a channels/shop
            a channels/shop -> a channels/shop
            content/a.md
            5   | - Shop: see [the shop](#shop)
                |             ^^^^^^^^^^^^^^^^^ warning[self-reference]: this element refers to itself
                 help: refer to another element, or drop the link
            6   |   - and [[#Shop]]
                |         ^^^^^^^^^ warning[self-reference]: this element refers to itself
                 help: refer to another element, or drop the link
        "#]],
    );
}

#[test]
fn references_into_another_canvas_relate_nothing() {
    check_handbook(
        &[
            (
                "content/a.md",
                "+++\ncanvas = true\n+++\n## Channels\n- Shop: as [there](b.md#shop)\n",
            ),
            ("content/b.md", "+++\ncanvas = true\n+++\n## Channels\n- Shop\n"),
        ],
        expect![[r#"
            - channels/shop
            - channels/shop
            a channels/shop -> b channels/shop
        "#]],
    );
}

#[test]
fn every_reference_shows_on_the_other_end() {
    let sources = [
        (
            "content/a.md",
            "
            # A

            [[b#Shop]] and [[b]], itself [[a]]
        ",
        ),
        (
            "content/b.md",
            "
            # B
            ## Channels
            - Shop
            - Van: beside the [shop](#shop)
            ## Costs
            - Rent: of the [[#Shop]]
            ## Key Partners
            Like [[#Channels]].
        ",
        ),
    ];
    let (handbook, diagnostics) = read("", &sources);
    assert_eq!(diagnostics, []);
    let b = DocumentIndex(1);
    let from = |spot| {
        let backlinks = handbook.backlinks_of(b, spot).iter();
        let from = backlinks.map(|reference| place(&handbook, reference.from));
        from.collect::<Vec<_>>()
    };
    assert_eq!(from(Spot::Document), ["a as a whole"]);
    // The references of the van and the rent are relations.
    assert_eq!(from(Spot::Element(0)), ["a as a whole"]);
    assert_eq!(from(Spot::Element(1)), [""; 0]);
    assert_eq!(handbook.backlinks(b).len(), 3);
    assert_eq!(handbook.backlinks(DocumentIndex(0)).len(), 0, "its own page does not count");
}
