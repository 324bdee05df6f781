//! Tables as bodies of blocks: each row an element.

use expect_test::expect;

use super::check_block;

#[test]
fn each_row_is_an_element_and_its_first_words_are_the_name() {
    check_block(
        "Key Partners",
        "
            Who helps us every day:

            | Partner | What they bring |
            |---|---|
            | Mill | flour, every [morning](#bread) |
            | **Dairy** {#dairy} | *butter* on credit |
            | [Bank](other.md) | `loan` |
            | Street market | |
            |  |  |

            All of them within an hour.
        ",
        expect![[r#"
            lead: Who helps us every day:
            - Mill | What they bring: flour, every morning
            - Dairy | What they bring: butter on credit | #dairy
            - Bank | What they bring: loan
            - Street market
            rest: All of them within an hour.
        "#]],
    );
}

#[test]
fn several_columns_of_text_are_named_by_their_headers() {
    check_block(
        "Customer Segments",
        "
            | Segment | Size | **Needs** |
            |:---|---:|:---:|
            | Cafés — in town | 40 | bread at six |
            | Offices | | one &amp; only \\| invoice |
            | Hotels | eighty beds |
            | Guest houses with a name that is longer than any name of an element of a canvas may ever be | few | |
        ",
        expect![[r#"
            - Cafés | in town · Size: 40 · Needs: bread at six
            - Offices | Needs: one & only | invoice
            - Hotels | Size: eighty beds
            - (no name) | Guest houses with a name that is longer than any name of an element of a canvas may ever be · Size: few
        "#]],
    );
}

#[test]
fn columns_are_attributes_by_what_they_are_called() {
    check_block(
        "Key Activities",
        "
            | ID | Activity | Abteilung | With | Category | Responsible | Status | How often |
            |---|---|---|---|---|---|---|---|
            | A-1 | Baking | Production | Design, Sales | Production | **Head Baker** | running | nightly |
            | A-2 | Tasting {.pilot} | [Quality](#q) | | Problem Solving | A or **B** | *new* | |

            ### Marketing

            | Department | Category | Task |
            |---|---|---|
            | Sales | Campaign | Posters |
        ",
        expect![[r#"
            - Baking | How often: nightly | #A-1 category=production department=Production with=Design with=Sales owner=Head Baker status=running
            - Tasting | Responsible: A or B | #A-2 .pilot category=problem-solving department=Quality status=new
            department Marketing
              - Campaign | Task: Posters | department=Sales
        "#]],
    );
    // In other blocks, columns of activities are texts like any other.
    check_block(
        "Key Resources",
        "
            | Resource | Department | Owner |
            |---|---|---|
            | Oven | Production | Head Baker |
        ",
        expect![[r#"
            - Oven | Department: Production | owner=Head Baker
        "#]],
    );
}

#[test]
fn columns_of_ids_and_numbers_are_no_names() {
    check_block(
        "Channels",
        "
            | | Channel |
            |---|---|
            | `#van` | Van |
            | #stall | Stall |

            ### Numbered

            | No. | Channel | Share |
            |---|---|---|
            | 1. | Shop | 40 % |
            | 2. | Market | 60 % |

            ### By share

            | Share | Channel |
            |---|---|
            | 70 % | Post |
            | 30 % | Kiosk |

            ### By sort

            | Sort | Channel | Cost |
            |---|---|---|
            | Own | Web shop | 10 |
            | Own | Bus | 20 |
            | Partner | Bar | 30 |

            ### Figures

            | Year |
            |---|
            | 2026 |
        ",
        expect![[r#"
            - Van | #van
            - Stall | #stall
            group Numbered
              - Shop | Share: 40 %
              - Market | Share: 60 %
            group By share
              - Post | Share: 70 %
              - Kiosk | Share: 30 %
            group By sort
              - Web shop | Sort: Own · Cost: 10
              - Bus | Sort: Own · Cost: 20
              - Bar | Sort: Partner · Cost: 30
            group Figures
              lead: Year
              - 2026
        "#]],
    );
}

#[test]
fn totals_are_no_elements_and_rows_without_a_name_go_on() {
    check_block(
        "Cost Structure",
        "
            | Item | Sum | Why |
            |---|---:|---|
            | Rent | 400 | |
            | | | two rooms, [one](#oven) oven |
            | | 20 | |
            | Total Energies | | fuel for the van |
            | Sum of flour | | see below |
            | **Total** per month | **420** | |

            | Item | Sum |
            |---|---|
            | | 12 |
            | Total | |
        ",
        expect![[r#"
            - Rent | Sum: 400
                detail: two rooms, [one](#oven) oven ¶ 20
            - Total Energies | Why: fuel for the van
            - Sum of flour | Why: see below
            - 12
            rest: | **Total** per month | **420** | | ¶ Sum ¶ | Total | |
        "#]],
    );
}

#[test]
fn a_total_may_be_in_the_column_of_numbers() {
    check_block(
        "Cost Structure",
        "
            | Nr. | Posten | Betrag |
            |---|---|---|
            | 1 | Miete | 400 |
            | 2 | Gas | 90 |
            | Summe | | 490 |
        ",
        expect![[r#"
            - Miete | Betrag: 400
            - Gas | Betrag: 90
            rest: | Summe | | 490 |
        "#]],
    );
}

#[test]
fn a_table_of_two_columns_may_have_no_head_of_its_own() {
    check_block(
        "Value Propositions",
        "
            | | |
            |---|---|
            | **Warm bread** | until nine |

            ### Bold names

            | **Fresh bread** | at six |
            |---|---|
            | **Rolls** | all day |

            ### Referring

            | Cakes | for [guests](#guests) |
            |---|---|
            | Pies | for cafés |

            ### Headers

            | **Thing** | **Promise** |
            |---|---|
            | **Tarts** | on Sundays |
        ",
        expect![[r#"
            - Warm bread | until nine
            group Bold names
              - Fresh bread | at six
              - Rolls | all day
            group Referring
              - Cakes | for guests
              - Pies | for cafés
            group Headers
              lead: **Thing**
              - Tarts | Promise: on Sundays
        "#]],
    );
}

#[test]
fn a_table_beside_a_list_says_more_of_it() {
    check_block(
        "Channels",
        "
            | Channel | Share |
            |---|---|
            | Van | 40 % |

            - Van

            ### Abroad

            | Channel | Share |
            |---|---|
            | Post | 60 % |

            ### Not yet

            | Channel | Share |
            |---|---|
        ",
        expect![[r#"
            - Van
            group Abroad
              - Post | Share: 60 %
            group Not yet
            rest: | Channel | Share |⏎|---|---|⏎| Van | 40 % | ¶ | Channel | Share |⏎|---|---|
        "#]],
    );
    check_block(
        "Channels",
        "
            | Channel | Share |
            |---|---|
            | Van | 40 % |

            ### Later

            - Post
        ",
        expect![[r#"
            - Van | Share: 40 %
            group Later
              - Post
        "#]],
    );
}

#[test]
fn slips_in_cells_are_told_there() {
    check_block(
        "Channels",
        "
            | Channel | Share |
            |---|---|
            | Van {#van colour=red} | 40 % {status=new} |
            | Stall {status=new | 60 % |
        ",
        expect![[r#"
            - Van | Share: 40 % | #van status=new
            - Stall {status=new | Share: 60 %
            7   | | Van {#van colour=red} | 40 % {status=new} |
                |             ^^^^^^ error[unknown-attribute]: unknown attribute `colour`
                 help: known are `category`, `department`, `with`, `owner`, `status` and `review_every`
            8   | | Stall {status=new | 60 % |
                |         ^^^^^^^^^^^^^^^^^^^^ warning[never-closed]: these braces are never closed (shown as text)
                 help: end them with `}`
                 fix: "" -> "}"
        "#]],
    );
}

#[test]
fn a_quotation_is_an_element_where_a_block_has_nothing_else() {
    check_block(
        "Value Propositions",
        "
            > **Warm until nine** — bread that waits
            > for you.
            >
            > - even on Sundays
        ",
        expect![[r#"
            - Warm until nine | bread that waits for you.
                detail: - even on Sundays
        "#]],
    );
    check_block(
        "Value Propositions",
        "
            > Bread is all we know.

            ### For guests

            > - Fresh
            > - Near

            ### For cafés

            Bread at six.

            > They said so.
        ",
        expect![[r#"
            group For guests
              - Fresh
              - Near
            group For cafés
              - Bread at six.
            rest: > Bread is all we know. ¶ > They said so.
        "#]],
    );
}

#[test]
fn each_word_of_a_table_is_shown_or_meant() {
    check_block(
        "Channels",
        "
            | Channel | Budget | Details | Empty |
            |---|---|---|---|
            | Van | 3 M | by *day* | |
            | | | | |
            | | 2 M | | |

            ### By town

            | Town | Owner |
            |---|---|
            | | Head of Vans |
            | Leith | |
            | | Head of Shops |

            ### By figure

            | Per month | Sum |
            |---|---|
            | 50 bags | 40 % |
        ",
        expect![[r#"
            - Van | Budget: 3 M · by day
                detail: 2 M
            group By town
              lead: Town
              - Head of Vans
              - Leith
                  detail: Head of Shops
            group By figure
              lead: Per month
              - 50 bags | Sum: 40 %
        "#]],
    );
}

#[test]
fn the_column_of_the_block_names_its_elements() {
    check_block(
        "Channels",
        r#"
            | Goal | Channel |
            |---|---|
            | Be found | Web shop |
            | Be near | Van |
        "#,
        expect![[r#"
            - Web shop | Goal: Be found
            - Van | Goal: Be near
        "#]],
    );
    // If its cells are sentences, the first column is the names.
    check_block(
        "Channels",
        r#"
            | Goal | Channel |
            |---|---|
            | Be found | The web shop, which shows what is left of the day's bread, hour by hour, until we close |
            | Be near | Van |
        "#,
        expect![[r#"
            lead: Goal
            - Be found | Channel: The web shop, which shows what is left of the day's bread, hour by hour, until we close
            - Be near | Channel: Van
        "#]],
    );
}
