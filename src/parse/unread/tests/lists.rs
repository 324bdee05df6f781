//! Lists that became code, and labels that became lines of them.

use expect_test::expect;

use super::check_block;

#[test]
fn a_list_between_fences_is_told() {
    check_block(
        "
        ### Online
        ```
        • Web shop
        • Newsletter
          for regulars
        ```

        ```text
        - one
        - two
        ```

        - Van
          ```
          - a
          - b
          ```

        ```
        total = 1
        - 2
        - 3
        = 4
        = 5
        ```
        ",
        expect![[r#"
            6   | ```
                | ^^^ warning[list-as-code]: this list is read as code, because it is between fences (shown as it is written)
                 help: remove the two fences, or write a language behind the first if it is code
                 fix: "```\n• Web shop\n• Newsletter\n  for regulars\n```" -> "• Web shop\n• Newsletter\n  for regulars"
        "#]],
    );
}

#[test]
fn a_label_that_became_a_line_is_told() {
    check_block(
        "
        - Mill
        **Later:**
        - Dairy

        We think of
        **Others**:
        - Butcher

        **Sure**
        - Farm
          **with hens**
        - Orchard
        **of apples** and pears
        - Field
        **rented**

        ### Group
        **Label**
        - Barn
        ",
        expect![[r#"
            6   | **Later:**
                | ^^^^^^^^^^ advice[unread-heading]: this label is a line of the item above it (shown as text)
                 help: put an empty line above it
                 fix: "" -> "\n"
        "#]],
    );
}

#[test]
fn a_list_that_became_code_is_told() {
    check_block(
        "

        \t- **Shop** — on the square
        \t- **Stall**
        \t\t- on Fridays
        ",
        expect![[r#"
            6   | ·- **Shop** — on the square
                | ^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[list-as-code]: this list is read as code, because it is indented (shown as it is written)
                 help: begin its lines at the margin
                 fix: "\t- **Shop** — on the square\n\t- **Stall**\n\t\t- on Fridays" -> "- **Shop** — on the square\n- **Stall**\n\t- on Fridays"
        "#]],
    );
    check_block(
        "\n    1. Shop\n    2. Stall\n\ntext\n\n    a = 1\n",
        expect![[r#"
        5   |     1. Shop
            | ^^^^^^^^^^^ warning[list-as-code]: this list is read as code, because it is indented (shown as it is written)
             help: begin its lines at the margin
             fix: "    1. Shop\n    2. Stall" -> "1. Shop\n2. Stall"
    "#]],
    );
}
