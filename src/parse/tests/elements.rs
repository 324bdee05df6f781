//! Items and paragraphs as elements: names and texts, and what is never an element.

use super::check_block;
use expect_test::expect;

#[test]
fn a_bold_start_is_the_name() {
    check_block(
        "Channels",
        r#"
            - **Web shop** — sells beans
            - **Web shop**: sells
            - **Web shop:** sells
            - **Web shop**：sells
            - **Web shop** - sells
            - **Web shop** sells
            - **Web shop** → sells
            - __Web shop__
            - **Web shop** (online), e.g. ours
        "#,
        expect![[r#"
            - Web shop | sells beans
            - Web shop | sells
            - Web shop | sells
            - Web shop | sells
            - Web shop | sells
            - Web shop | sells
            - Web shop | sells
            - Web shop
            - Web shop | (online), e.g. ours
        "#]],
    );
}

#[test]
fn emoji_and_tags_may_stand_before_a_bold_name() {
    check_block(
        "Channels",
        r#"
            - 🛒 **Web shop** — sells
            - [P1] **Café**: serves
            - → **Van**
            - The **van** drives
            - 24/7 **support**
        "#,
        expect![[r#"
            - Web shop | sells
            - Café | serves
            - Van
            - The van drives
            - 24/7 support
        "#]],
    );
}

#[test]
fn a_bold_name_may_be_a_link_or_stand_in_one() {
    check_block(
        "Channels",
        r#"
            - **[Web shop](#x)** — sells
            - [**Web shop**](#x) — sells
            - ***Web shop***: sells
            - [**Web** shop](#x) — sells
            - **[[#Web shop]]**: sells
            - **Web *shop*:** sells
        "#,
        expect![[r#"
            - Web shop | sells
            - Web shop | sells
            - Web shop | sells
            - Web shop | sells
            - Web shop | sells
            - Web shop | sells
        "#]],
    );
}

#[test]
fn without_bold_a_colon_or_a_spaced_dash_ends_the_name() {
    check_block(
        "Channels",
        r#"
            - Web shop: sells beans
            - Web shop – sells
            - Web shop - sells
            - Web shop — *sells* beans
            - 网店：卖豆
            - Walk-in café
            - Web shop:
            - `shop`: sells
            - [Web shop](#x): sells
            - Web shop: see [beans: all](#x)
        "#,
        expect![[r#"
            - Web shop | sells beans
            - Web shop | sells
            - Web shop | sells
            - Web shop | sells beans
            - 网店 | 卖豆
            - Walk-in café
            - Web shop
            - shop | sells
            - Web shop | sells
            - Web shop | see beans: all
        "#]],
    );
}

#[test]
fn times_and_urls_are_no_separators() {
    check_block(
        "Channels",
        r#"
            - Open 14:00 to 18:00
            - https://example.org
            - See [a: b](#x)
            - Ratio 3:1 - good
        "#,
        expect![[r#"
            - Open 14:00 to 18:00
            - https://example.org
            - See a: b
            - Ratio 3:1 | good
        "#]],
    );
}

#[test]
fn a_separator_counts_within_sixty_characters_and_a_name_has_at_most_eighty() {
    let (near, far) = ("é".repeat(59), "é".repeat(60));
    let (longest, longer) = ("é".repeat(80), "é".repeat(81));
    check_block(
        "Channels",
        &format!("- {near}: a\n- {far}: b\n- {longest}\n- {longer}\n"),
        expect![[r#"
            - ééééééééééééééééééééééééééééééééééééééééééééééééééééééééééé | a
            - éééééééééééééééééééééééééééééééééééééééééééééééééééééééééééé: b
            - éééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééé
            - (no name) | ééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééé
        "#]],
    );
}

#[test]
fn task_list_items_and_numbered_items_are_elements() {
    check_block(
        "Channels",
        r#"
            - [ ] **Web shop** — sells
            - [x] Café: serves

            1. Van
            2) Market
        "#,
        expect![[r#"
            - Web shop | sells
            - Café | serves
            - Van
            - Market
        "#]],
    );
}

#[test]
fn nested_lists_and_paragraphs_are_detail() {
    check_block(
        "Channels",
        r#"
            - **Web shop** — sells
              beans
              - open day and night
                - even on Sundays

              More text.

            - Café

                  code
        "#,
        expect![[r#"
            - Web shop | sells beans
                detail: - open day and night⏎    - even on Sundays ¶ More text.
            - Café
                detail: code
        "#]],
    );
}

#[test]
fn text_before_the_first_list_is_the_lead_and_behind_it_the_rest() {
    check_block(
        "Channels",
        r#"
            How we reach them.

            In two ways.

            - Web shop

            And later more.

            - Café

            ![map](map.png)
        "#,
        expect![[r#"
            lead: How we reach them. ¶ In two ways.
            - Web shop
            - Café
            rest: And later more. ¶ ![map](map.png)
        "#]],
    );
}

#[test]
fn without_a_list_each_paragraph_is_an_element() {
    check_block(
        "Channels",
        r#"
            **Web shop** — sells
            beans.

            Café: serves.

            **Van**
        "#,
        expect![[r#"
            - Web shop | sells beans.
            - Café | serves.
            - Van
        "#]],
    );
    check_block(
        "Channels",
        r#"
            **Web shop**
            Sells beans.

            **Café**
            Serves.
        "#,
        expect![[r#"
            - Web shop | Sells beans.
            - Café | Serves.
        "#]],
    );
}

#[test]
fn lines_that_all_start_with_a_bullet_or_an_emoji_are_elements_each() {
    check_block(
        "Channels",
        r#"
            ✅ Web shop
            ✅ **Café**: serves
        "#,
        expect![[r#"
            - Web shop
            - Café | serves
        "#]],
    );
    check_block(
        "Channels",
        r#"
            • Web shop • Café
            • Van {#van}
        "#,
        expect![[r#"
            - Web shop • Café
            - Van | #van
        "#]],
    );
    check_block(
        "Channels",
        r#"
            ✅ Web shop
            and more
        "#,
        expect![[r#"
            - Web shop and more
        "#]],
    );
}

#[test]
fn comments_code_images_rules_and_drawings_are_never_elements() {
    check_block(
        "Channels",
        r#"
            <!-- - none -->

            ```
            - none
            ```

            ![map](map.png)

            ***

            ┌──┐

            > quoted

            | a | b |
            |---|---|
        "#,
        expect![[r#"
            lead: ![map](map.png) ¶ ┌──┐
            rest: ```⏎- none⏎``` ¶ > quoted ¶ | a | b |⏎|---|---|
        "#]],
    );
    check_block(
        "Channels",
        r#"
            - ![map](map.png)
            - <!-- none -->
            -
            - `code`
            - ───
            - 💰
        "#,
        expect![[r#"
            - code
            rest: - ![map](map.png) ¶ - ─── ¶ - 💰
        "#]],
    );
}

#[test]
fn below_a_question_stand_its_answers() {
    check_block(
        "Channels",
        r#"
            - Which ways?
              - Web shop
              - And others?
                1. Café
            - Van
        "#,
        expect![[r#"
            lead: Which ways?
            - Web shop
            - Café
            - Van
            rest: And others?
        "#]],
    );
}

#[test]
fn html_comments_and_entities_do_not_disturb_names() {
    check_block(
        "Channels",
        r#"
            - Caf&eacute; &amp; bar: s&eacute;rve
            - A&mdash;B &mdash; c
            - Web <!-- x --> shop: sells
            - Web\: shop
        "#,
        expect![[r#"
            - Café & bar | sérve
            - A—B | c
            - Web shop | sells
            - Web | shop
        "#]],
    );
}
