//! Attribute lists: where they may be, and their errors.

use super::{check_block, check_canvas};
use expect_test::expect;

#[test]
fn attributes_stand_behind_the_name_or_at_the_end_of_the_first_line() {
    check_block(
        "Channels",
        r#"
            - **Web shop** {#web} — sells
            - **Web shop {#in}** — sells
            - **Web shop**{#near}: sells
            - **Web shop:** {#colon} sells
            - Web shop {#plain}: sells
            - Web shop {#all}
            - **Web shop** — sells {#end}
            - **Web shop** {#two} — sells {.wide owner=Ada}
            - Web shop - sells {#line}
              more
              - detail {#none}
        "#,
        expect![[r#"
            - Web shop | sells | #web
            - Web shop | sells | #in
            - Web shop | sells | #near
            - Web shop | sells | #colon
            - Web shop | sells | #plain
            - Web shop | #all
            - Web shop | sells | #end
            - Web shop | sells | #two .wide owner=Ada
            - Web shop | sells more | #line
                detail: - detail {#none}
            15  |   - detail {#none}
                |            ^^^^^^^ warning[unread-attributes]: these braces are shown as text (not read as attributes)
                 help: write `{#id .class key=value key="two words"}`, directly behind the name or at the end of the first line
        "#]],
    );
}

#[test]
fn anywhere_else_they_are_text() {
    check_block(
        "Channels",
        r#"
            - **Web shop** — sells {#mid} beans
            - Web {#mid} shop
            - {#first} Web shop: sells
            - **Web shop** — sells
              beans {#second-line}
            - Use *care* {a=b} here
            - `{#code}`
            - Price {unknown}
            - Web shop: {a}
        "#,
        expect![[r#"
            - Web shop | sells {#mid} beans
            - Web {#mid} shop
            - {#first} Web shop | sells
            - Web shop | sells beans {#second-line}
            - Use care {a=b} here
            - {#code}
            - Price {unknown}
            - Web shop | {a}
            5   | - **Web shop** — sells {#mid} beans
                |                        ^^^^^^ warning[unread-attributes]: these braces are shown as text (not read as attributes)
                 help: write `{#id .class key=value key="two words"}`, directly behind the name or at the end of the first line
            6   | - Web {#mid} shop
                |       ^^^^^^ warning[unread-attributes]: these braces are shown as text (not read as attributes)
                 help: write `{#id .class key=value key="two words"}`, directly behind the name or at the end of the first line
            7   | - {#first} Web shop: sells
                |   ^^^^^^^^ warning[unread-attributes]: these braces are shown as text (not read as attributes)
                 help: write `{#id .class key=value key="two words"}`, directly behind the name or at the end of the first line
            9   |   beans {#second-line}
                |         ^^^^^^^^^^^^^^ warning[unread-attributes]: these braces are shown as text (not read as attributes)
                 help: write `{#id .class key=value key="two words"}`, directly behind the name or at the end of the first line
        "#]],
    );
}

#[test]
fn values_may_be_quoted_and_hold_what_markdown_reads() {
    check_block(
        "Channels",
        "- Web shop {with=\"R&D, Quality_Team\" review_every=\"6 months\" owner='The *boss*'}\n",
        expect![[r#"
            - Web shop | with=R&D with=Quality_Team owner=The *boss* review_every=ReviewInterval { count: 6, unit: Months }
            5   | - Web shop {with="R&D, Quality_Team" review_every="6 months" owner='The *boss*'}
                |             ^^^^^^^^^^^^^^^^^^^^^^^^ warning[unread-attributes]: `with` counts for activities only (in no list of departments or categories)
                 help: remove it, or write it behind what is done: an activity, or the heading of a department
        "#]],
    );
}

#[test]
fn headings_and_bold_lines_have_attributes() {
    check_canvas(
        r#"
            +++
            canvas = true
            +++
            ## Channels {#ways}
            - a
            ## Key Activities
            ### Production {category=production .wide} ###
            - b

            **R&D** {category=problem-solving with="R&D, sales" review_every="1 year"}
            - c

            **Legal {#law}:**
            - d
            ## Section {#own}
        "#,
        expect![[r#"
            business-model "A"
            [channels] Channels #ways
              - a
            [key-activities] Key Activities
              department Production | .wide category=production
                - b
              department R&D | category=problem-solving with=R&D with=sales review_every=ReviewInterval { count: 1, unit: Years }
                - c
              department Legal | #law
                - d
            section Section
            h2 Section #own!
            7   | ### Production {category=production .wide} ###
                |                                     ^^^^^ warning[unread-attributes]: `.wide` is not read of this heading (not read)
                 help: write it behind the elements that it is for
            10  | **R&D** {category=problem-solving with="R&D, sales" review_every="1 year"}
                |                                                     ^^^^^^^^^^^^^^^^^^^^^ warning[unread-attributes]: `review_every` is not read of this heading (not read)
                 help: write it behind the elements that it is for
        "#]],
    );
}

#[test]
fn slips_are_told_where_they_are() {
    check_block(
        "Channels",
        "- Web shop {#web catgory=production category=produktion review_every=often half #}\n",
        expect![[r#"
            - Web shop | #web
            5   | - Web shop {#web catgory=production category=produktion review_every=often half #}
                |                  ^^^^^^^ error[unknown-attribute]: unknown attribute `catgory`
                 help: did you mean `category`?
                 fix: "catgory" -> "category"
            5   | - Web shop {#web catgory=production category=produktion review_every=often half #}
                |                                              ^^^^^^^^^^ error[unknown-category]: unknown category `produktion`
                 help: did you mean `production`?
                 fix: "produktion" -> "production"
            5   | - Web shop {#web catgory=production category=produktion review_every=often half #}
                |                                                                      ^^^^^^^^^^ error[malformed-attributes]: the value of `review_every` needs straight quotation marks
                 help: write `review_every="often half"`
                 fix: "often half" -> "\"often half\""
            5   | - Web shop {#web catgory=production category=produktion review_every=often half #}
                |                                                                                 ^ error[malformed-attributes]: this is no attribute
                 help: write `{#id .class key=value key="two words"}`
        "#]],
    );
}

#[test]
fn explicit_ids_are_given_once() {
    check_canvas(
        r#"
            ## Channels {#ways}
            - Shop {#shop}
            - Van {#shop}
            ## Partners
            - Mill {#ways}
            ### Local {#shop}
            ## Costs
            - Flour {#channels}
        "#,
        expect![[r#"
            business-model "A"
            [channels] Channels #ways
              - Shop | #shop
              - Van | #shop
            [key-partners] Partners
              - Mill | #ways
              group Local | #shop
            [cost-structure] Costs
              - Flour | #channels
            h3 Local #shop!
            3   | - Van {#shop}
                |         ^^^^ error[repeated-id]: the id `shop` is given twice (given again here)
                 help: an id is an address: give each place its own
            2   | - Shop {#shop}
                |          ^^^^ first given here
            5   | - Mill {#ways}
                |          ^^^^ error[repeated-id]: the id `ways` is given twice (given again here)
                 help: an id is an address: give each place its own
            1   | ## Channels {#ways}
                |               ^^^^ first given here
            6   | ### Local {#shop}
                | ^^^^^^^^^^^^^^^^^ error[repeated-id]: the id `shop` is given twice (given again here)
                 help: an id is an address: give each place its own
            2   | - Shop {#shop}
                |          ^^^^ first given here
            8   | - Flour {#channels}
                |           ^^^^^^^^ error[repeated-id]: the id `channels` is given twice (given again here)
                 help: an id is an address: give each place its own
            1   | ## Channels {#ways}
                | ^^^^^^^^^^^^^^^^^^^ first given here
        "#]],
    );
}

#[test]
fn an_id_as_obsidian_writes_it_is_an_id() {
    check_canvas(
        "
            # Bakery

            Early. ^early

            ## Channels ^ways

            Text above. ^lead

            - Shop ^shop
            - **Van** {#van owner=\"Head of Vans\"} — at seven ^van-2
              - parked ^parked
            - Stall, and
              kiosk ^stall

            ^all

            ## Key Activities
            **Production** ^prod
            - Bake: m ^2
            - Knead ^Röst

            ## Partners
            | Name | Text |
            |---|---|
            | Mill | by hand |

            ^mill
        ",
        expect![[r#"
            business-model "Bakery"
            introduction: # Bakery⏎⏎Early. ^early
            [channels] Channels #ways
              lead: Text above. ^lead
              - Shop | #shop
              - Van | at seven | #van owner=Head of Vans
                  detail: - parked ^parked
              - Stall, and kiosk | #stall
            [key-activities] Key Activities
              department Production | #prod
                - Bake | m ^2
                - Knead ^Röst
            [key-partners] Partners
              - Mill | by hand
        "#]],
    );
}

#[test]
fn two_ids_of_a_kind_clash_whoever_writes_them() {
    check_canvas(
        "
            +++
            canvas = true
            +++
            ## Channels
            - Shop {#shop}
            - Van ^shop
            - Stall {#stall} ^shop

            Text ^shop
        ",
        expect![[r#"
            business-model "A"
            [channels] Channels
              - Shop | #shop
              - Van | #shop
              - Stall | #stall
              rest: Text ^shop
            6   | - Van ^shop
                |        ^^^^ error[repeated-id]: the id `shop` is given twice (given again here)
                 help: an id is an address: give each place its own
            5   | - Shop {#shop}
                |          ^^^^ first given here
            7   | - Stall {#stall} ^shop
                |                   ^^^^ error[repeated-id]: the id `shop` is given twice (given again here)
                 help: an id is an address: give each place its own
            5   | - Shop {#shop}
                |          ^^^^ first given here
            9   | Text ^shop
                |       ^^^^ error[repeated-id]: the id `shop` is given twice (given again here)
                 help: an id is an address: give each place its own
            5   | - Shop {#shop}
                |          ^^^^ first given here
        "#]],
    );
}

#[test]
fn of_two_ids_of_a_heading_the_one_in_braces_counts() {
    check_canvas(
        r"
            +++
            canvas = true
            +++
            ## Channels {#ways} ^c
            - Shop ^shop
            ## Key Activities
            ### Sales {#s} ^t
            - Selling
            ## Notes {#n} ^o
        ",
        expect![[r#"
            business-model "A"
            [channels] Channels #ways
              - Shop | #shop
            [key-activities] Key Activities
              department Sales | #s
                - Selling
            section Notes
            h2 Notes #n!
            4   | ## Channels {#ways} ^c
                |                      ^ warning[unread-attributes]: the braces before this id give another one (leads nowhere)
                 help: keep the one that references use
            9   | ## Notes {#n} ^o
                |                ^ warning[unread-attributes]: the braces before this id give another one (leads nowhere)
                 help: keep the one that references use
        "#]],
    );
}
