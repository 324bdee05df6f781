//! Texts in templates for the person who fills them in: questions and lines in italics.

use super::check_block;
use expect_test::expect;

#[test]
fn what_only_asks_is_no_element() {
    check_block(
        "Channels",
        r#"
            How do we reach them?

            **Which way is best?**

            - Through which channels?
            - 通过什么渠道？
            - Which, e.g. shops?

            1. Web shop. Or is it?
            2. **Van** — where to?
        "#,
        expect![[r#"
            lead: How do we reach them? ¶ **Which way is best?**
            - Web shop. Or is it?
            - Van | where to?
            rest: - Through which channels? ¶ - 通过什么渠道？ ¶ - Which, e.g. shops?
        "#]],
    );
    check_block(
        "Channels",
        r#"
            Through which?

            The web shop.
        "#,
        expect![[r#"
            lead: Through which?
            - The web shop.
        "#]],
    );
    check_block(
        "Channels",
        r#"
            ### Who asks?

            - Web shop
        "#,
        expect![[r#"
            lead: ### Who asks?
            - Web shop
        "#]],
    );
}

#[test]
fn a_question_among_statements_is_an_element() {
    check_block(
        "Channels",
        r#"
            - ![map](map.png)
            - Who wants to queue at six?
            - Who else?
              - Neighbours
            - Bread is stale by noon
            - 谁在排队？
            - 💰

            <!-- -->

            - Who asks?
            - Who answers?
              - Who is asked?
        "#,
        expect![[r#"
            - Who wants to queue at six?
            - Neighbours
            - Bread is stale by noon
            - 谁在排队？
            rest: - ![map](map.png) ¶ Who else? ¶ - 💰 ¶ - Who asks? ¶ Who answers? ¶ - Who is asked?
        "#]],
    );
}

#[test]
fn a_line_in_italics_is_a_hint() {
    check_block(
        "Channels",
        r#"
            _List your path to customers._
        "#,
        expect![[r#"
            lead: _List your path to customers._
        "#]],
    );
    check_block(
        "Channels",
        r#"
            *💡 Fixed, and [variable](#x)*: *costs*

            *Where* they buy.

            The ***shop***

            ***Shop** and van*

            (*which of
            them?*)
        "#,
        expect![[r#"
            lead: *💡 Fixed, and [variable](#x)*: *costs*
            - Where they buy.
            - The shop
            - Shop and van
            rest: (*which of⏎them?*)
        "#]],
    );
    check_block(
        "Channels",
        r#"
            *How they reach us*

            - *The Evening News*
        "#,
        expect![[r#"
            lead: *How they reach us*
            - The Evening News
        "#]],
    );
}
