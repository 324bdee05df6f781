//! Footnotes and their marks.

use expect_test::expect;

use super::{check, check_block};

#[test]
fn footnotes_and_marks_that_do_not_meet_are_told() {
    check(
        "
        Bread[^1], rolls[^2] and cake[^rye].

        [^1]: The first.

        [^1]: The second.

        [^3]: Nobody's.
        ",
        expect![[r#"
            1   | Bread[^1], rolls[^2] and cake[^rye].
                |                 ^^^^ warning[unmatched-footnote]: the footnote `2` does not exist (shown as text)
                 help: write it as a paragraph that begins with `[^2]:`
            1   | Bread[^1], rolls[^2] and cake[^rye].
                |                              ^^^^^^ warning[unmatched-footnote]: the footnote `rye` does not exist (shown as text)
                 help: write it as a paragraph that begins with `[^rye]:`
            5   | [^1]: The second.
                | ^^^^^^^^^^^^^^^^^ warning[unmatched-footnote]: a second footnote is called `1` (shown nowhere)
                 help: give it a name of its own
            3   | [^1]: The first.
                | ^^^^^^^^^^^^^^^^ the first one
            7   | [^3]: Nobody's.
                | ^^^^^^^^^^^^^^^ warning[unmatched-footnote]: nothing refers to this footnote (shown nowhere)
                 help: write `[^3]` where it belongs, or remove it
        "#]],
    );
    check(
        "\nBread[^A], a[^0-9] b[^ ].\n\n[^a]: A note.\n",
        expect![[r#"
        1   | Bread[^A], a[^0-9] b[^ ].
            |             ^^^^^^ warning[unmatched-footnote]: the footnote `0-9` does not exist (shown as text)
             help: write it as a paragraph that begins with `[^0-9]:`
    "#]],
    );
}

#[test]
fn footnotes_that_only_labels_or_notes_of_their_own_refer_to_are_told() {
    check_block(
        "
        - Van[^1]

        ### Abroad[^2]

        | Channel[^3] | Budget[^4] |
        |---|---|
        | Post | 3 M |

        [^1]: Two of them.
        [^2]: By ship.
        [^3]: By name.
        [^4]: A year; see [^5].
        [^5]: Of both.
        [^6]: As [^6] says.
        ",
        expect![[r#"
            14  | [^2]: By ship.
                | ^^^^^^^^^^^^^^ warning[unmatched-footnote]: only a heading or the head of a table has the mark of this footnote, and pages show their words alone (shown nowhere)
                 help: write `[^2]` in the text below
            7   | ### Abroad[^2]
                |           ^^^^ the mark
            15  | [^3]: By name.
                | ^^^^^^^^^^^^^^ warning[unmatched-footnote]: only a heading or the head of a table has the mark of this footnote, and pages show their words alone (shown nowhere)
                 help: write `[^3]` in the text below
            9   | | Channel[^3] | Budget[^4] |
                |          ^^^^ the mark
            18  | [^6]: As [^6] says.
                | ^^^^^^^^^^^^^^^^^^^ warning[unmatched-footnote]: nothing refers to this footnote (shown nowhere)
                 help: write `[^6]` where it belongs, or remove it
        "#]],
    );
}
