//! What happens to canvases and to elements that move between them.

use expect_test::expect;

use super::check_handbooks;

const BAKERY: &str = "
    ## Key Partners
    - **Mill**
    ## Key Activities
    - **Bake**
    ## Value Propositions
    - **Bread**
";

const MILL: &str = "
    ## Key Activities
    - **Grind**
    ## Value Propositions
    - **Flour**
    ## Channels
    - **Cart**
";

#[test]
fn canvases_come_and_go_as_wholes() {
    check_handbooks(
        &[("content/bakery.md", BAKERY), ("content/page.md", "Words.")],
        &[("content/mill.md", MILL), ("content/page.md", "Other words.")],
        &[],
        expect![[r#"
            - content/bakery.md | whole: Bakery => nothing | promise
            + content/mill.md | whole: nothing => Mill | detail
        "#]],
    );
}

#[test]
fn a_canvas_is_found_by_what_is_known_of_its_file_and_else_by_its_title() {
    let titled = format!("# The Bakery\n{BAKERY}").replace("    ", "");
    let (old, new) = ("content/bakery.md", "content/shops/bread.md");
    for renamed in [&[][..], &[(old, new)]] {
        check_handbooks(
            &[(old, &titled)],
            &[(new, &titled)],
            renamed,
            expect![[r#"
                > content/shops/bread.md | canvas: content/bakery.md => content/shops/bread.md | detail
            "#]],
        );
    }
    check_handbooks(
        &[(old, BAKERY)],
        &[(new, BAKERY)],
        &[(old, new)],
        expect![[r#"
            > content/shops/bread.md | canvas: content/bakery.md => content/shops/bread.md | detail
            ~ content/shops/bread.md | title: Bakery => Bread | detail
        "#]],
    );
}

#[test]
fn a_path_that_a_renamed_file_left_may_be_taken_by_another() {
    check_handbooks(
        &[("content/a.md", BAKERY)],
        &[("content/a.md", MILL), ("content/b.md", BAKERY)],
        &[("content/a.md", "content/b.md")],
        expect![[r#"
            + content/a.md | whole: nothing => A | detail
            > content/b.md | canvas: content/a.md => content/b.md | detail
            ~ content/b.md | title: A => B | detail
        "#]],
    );
}

#[test]
fn an_element_moves_to_another_canvas_and_may_say_something_else_there() {
    let with = |canvas: &str, partner: &str| {
        canvas.replace("- **Bake**", &format!("- **Bake**\n    - **Grind our flour**{partner}"))
    };
    check_handbooks(
        &[("content/bakery.md", &with(BAKERY, " — by night")), ("content/mill.md", MILL)],
        &[
            ("content/bakery.md", BAKERY),
            (
                "content/mill.md",
                &MILL.replace("- **Grind**", "- **Grind**\n    - **Grind our flour** — by day"),
            ),
        ],
        &[],
        expect![[r#"
            > key-activities: Grind our flour | canvas: content/bakery.md => content/mill.md | commitment
            ~ key-activities: Grind our flour | text: by night => by day | detail
        "#]],
    );
}

#[test]
fn what_a_link_led_to_and_leads_to_no_more_breaks_who_refers_to_it() {
    check_handbooks(
        &[
            ("content/bakery.md", BAKERY),
            (
                "content/mill.md",
                &MILL.replace("- **Cart**", "- **Cart** — to [bakers](bakery.md#bread)"),
            ),
            ("content/page.md", "See [the mill](bakery.md#mill) and [[Nowhere]]."),
        ],
        &[
            (
                "content/bakery.md",
                &BAKERY.replace("- **Bread**", "- **Cake**").replace("- **Mill**", ""),
            ),
            (
                "content/mill.md",
                &MILL.replace("- **Cart**", "- **Cart** — to [bakers](bakery.md#bread)"),
            ),
            ("content/page.md", "See [the mill](bakery.md#mill) and [[Nowhere]]."),
        ],
        &[],
        expect![[r#"
            - key-partners: Mill | whole: nothing => nothing | commitment
            + value-propositions: Cake | whole: nothing => nothing | detail
            - value-propositions: Bread | whole: nothing => nothing | promise
            Breaks: content/mill.md Cart for Bread
            Breaks: content/page.md as a whole for Mill
        "#]],
    );
}
