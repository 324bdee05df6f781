//! Lines of paragraphs as elements: with signs that make no list in Markdown, or without signs.

use expect_test::expect;

use super::check_block;

#[test]
fn lines_with_signs_are_elements_also_below_a_bold_label() {
    check_block(
        "Cost Structure",
        "
            **Fixed:**\x20\x20
            • Rent
            • **Oven** {#oven} — paid off
              in two years

            **By the loaf:**
            – Flour: by the sack
            – Yeast

            **For all**
            • **Loans**
            • **Tax**

            **Numbered**
            3. Gas
            4. Water

            **Others**

            *) Van
            *) Tax
        ",
        expect![[r#"
            group Fixed
              - Rent
              - Oven | paid off in two years | #oven
            group By the loaf
              - Flour | by the sack
              - Yeast
            group For all
              - Loans
              - Tax
            group Numbered
              - Gas
              - Water
            group Others
              - Van
              - Tax
        "#]],
    );
}

#[test]
fn a_no_break_space_behind_a_sign_makes_it_one() {
    check_block(
        "Channels",
        "-\u{a0}Van\n-\u{a0}Stall — early\n*\u{a0}Shop\n+\u{202f}Post\n1.\u{a0}Mail",
        expect![[r#"
            - Van
            - Stall | early
            - Shop
            - Post
            - Mail
        "#]],
    );
}

#[test]
fn lists_that_are_indented_below_a_line_are_its_detail() {
    check_block(
        "Customer Segments",
        "
            **Primary:**
            • **Cafés** (70 %)
              - within two kilometres
              - open at six
            • Offices
              - with a kitchen
            • Guests

            • Hotels

              - with breakfast
        ",
        expect![[r#"
            group Primary
              - Cafés | (70 %)
                  detail: - within two kilometres ¶ - open at six
              - Offices
                  detail: - with a kitchen
              - Guests
              - Hotels
                  detail: - with breakfast
        "#]],
    );
}

#[test]
fn lines_with_signs_are_elements_beside_a_list_and_what_stands_above_is_not() {
    check_block(
        "Channels",
        "
            What we have:
            • Van
            • Stall

            - Shop

            – one line with a dash is text
        ",
        expect![[r#"
            lead: What we have:
            - Van
            - Stall
            - Shop
            rest: – one line with a dash is text
        "#]],
    );
}

#[test]
fn bare_lines_one_below_the_other_are_elements() {
    check_block(
        "Channels",
        "
            Van
            Stall on the [market](#market)
            Web shop

        ",
        expect![[r#"
            - Van
            - Stall on the market
            - Web shop
        "#]],
    );
    check_block(
        "Channels",
        "
            ### For cafés

            Mill: flour every morning, and on Sundays a second time before anybody has asked for it
            Dairy: butter

            ### For guests

            We are there by:
            bike
            foot

            ### Named

            **Post** — parcels go out at noon on each day of the week, and arrive before the next one does.
            **Bus** — to the villages
        ",
        expect![[r#"
            group For cafés
              - Mill | flour every morning, and on Sundays a second time before anybody has asked for it
              - Dairy | butter
            group For guests
              lead: We are there by:
              - bike
              - foot
            group Named
              - Post | parcels go out at noon on each day of the week, and arrive before the next one does.
              - Bus | to the villages
        "#]],
    );
}

#[test]
fn a_paragraph_that_is_broken_to_fit_stays_one() {
    check_block(
        "Channels",
        "
            We bring our bread to cafés in the
            old town.

            Bread of the day goes out before six, whoever has ordered it by then
            Nobody waits for it.

            Wir liefern an Hotels, Cafés,
            Büros und Schulen

            Was wir am Morgen backen, ist am Abend gegessen oder bei der
            Tafel, die es abholt

            **Van**
            It goes out at five.
        ",
        expect![[r#"
            - We bring our bread to cafés in the old town.
            - (no name) | Bread of the day goes out before six, whoever has ordered it by then Nobody waits for it.
            - Wir liefern an Hotels, Cafés, Büros und Schulen
            - (no name) | Was wir am Morgen backen, ist am Abend gegessen oder bei der Tafel, die es abholt
            - Van | It goes out at five.
        "#]],
    );
}

#[test]
fn dashes_of_any_keyboard_end_a_name() {
    check_block(
        "Channels",
        "
            - Van -- every morning
            - Stall --- on Saturdays
            - 网店——每天
            - **小店** —— 周末
            - **Bus** -- to the villages
            - Post − by noon
            - Kiosk ― at the station
            - Mail--order
            - Option --verbose
            - Rule ----- drawn
        ",
        expect![[r#"
            - Van | every morning
            - Stall | on Saturdays
            - 网店 | 每天
            - 小店 | 周末
            - Bus | to the villages
            - Post | by noon
            - Kiosk | at the station
            - Mail--order
            - Option --verbose
            - Rule ----- drawn
        "#]],
    );
}
