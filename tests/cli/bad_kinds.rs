//! Files of kinds that are malformed: reported like every bad source, see `bad_sources`.

use expect_test::{Expect, expect};

use crate::kinds::{BOARD, check_files};

/// Builds a sound handbook, adds the board with `piece` replaced by `other`, and builds again.
#[track_caller]
pub fn check(piece: &str, other: &str, stderr: Expect) {
    assert_eq!(BOARD.matches(piece).count(), 1, "{piece}");
    check_files(&[("kinds/idea-board.toml", &BOARD.replace(piece, other))], stderr);
}

#[test]
fn an_unknown_block_in_the_grid() {
    check(
        "problem cost\"]",
        "problem costs\"]",
        expect![[r#"
        error[malformed-kind]: the kind has no block `costs`
         --> kinds/idea-board.toml:4:34
          |
        4 | grid = ["problem idea", "problem costs"]
          |                                  ^^^^^
          |
        help: did you mean `cost`?
          |
        4 - grid = ["problem idea", "problem costs"]
        4 + grid = ["problem idea", "problem cost"]
          |

        1 error in 1 file
    "#]],
    );
    check(
        "problem cost\"]",
        "problem money\"]",
        expect![[r#"
        error[malformed-kind]: the kind has no block `money`
         --> kinds/idea-board.toml:4:34
          |
        4 | grid = ["problem idea", "problem money"]
          |                                  ^^^^^
          |
          = help: its blocks are `problem`, `idea`, `cost`

        1 error in 1 file
    "#]],
    );
}

#[test]
fn a_block_in_two_places() {
    check(
        "problem cost\"]",
        "cost problem\"]",
        expect![[r#"
        error[malformed-kind]: `problem` does not cover a rectangle of the poster
         --> kinds/idea-board.toml:4:8
          |
        4 | grid = ["problem idea", "cost problem"]
          |        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          |
          = help: its cells must touch, and be as many in each of its rows

        1 error in 1 file
    "#]],
    );
}

#[test]
fn a_hole() {
    check(
        "problem cost\"]",
        "problem .\"]",
        expect![[r#"
        error[malformed-kind]: the poster cannot have a hole
         --> kinds/idea-board.toml:4:34
          |
        4 | grid = ["problem idea", "problem ."]
          |                                  ^
          |
          = help: let a block beside it cover the cell: write its id here as well

        1 error in 1 file
    "#]],
    );
    check(
        "problem cost\"]",
        "problem\"]",
        expect![[r#"
        error[malformed-kind]: this row of the poster has 1 cells, the first has 2
         --> kinds/idea-board.toml:4:25
          |
        4 | grid = ["problem idea", "problem"]
          |                         ^^^^^^^^^
          |
          = help: write the id of a block once for each column that it covers

        1 error in 1 file
    "#]],
    );
}

#[test]
fn an_unknown_role_and_an_unknown_area() {
    check(
        "area = \"why\"",
        "area = \"way\"\nrole = \"oferr\"",
        expect![[r#"
        error[unknown-value]: unknown value `way` for `blocks.area`
          --> kinds/idea-board.toml:13:8
           |
        13 | area = "way"
           |        ^^^^^ unknown value
           |
        help: did you mean `why`?
           |
        13 - area = "way"
        13 + area = "why"
           |

        error[unknown-value]: unknown value `oferr` for `blocks.role`
          --> kinds/idea-board.toml:14:8
           |
        14 | role = "oferr"
           |        ^^^^^^^ unknown value
           |
           = help: write `offer`, `audience`, `activities`, `money` or `none`

        2 errors in 1 file
    "#]],
    );
}

#[test]
fn a_relation_to_nowhere() {
    check(
        "to = \"problem\"",
        "to = \"pain\"",
        expect![[r#"
        error[unknown-value]: unknown value `pain` for `relations.to`
          --> kinds/idea-board.toml:27:6
           |
        27 | to = "pain"
           |      ^^^^^^ unknown value
           |
           = help: write `problem`, `idea` or `cost`

        1 error in 1 file
    "#]],
    );
}

#[test]
fn a_label_of_two_blocks() {
    check(
        "label = \"Price\"",
        "label = \"Price\"\naliases = [\"idea:\"]",
        expect![[r#"
        error[malformed-kind]: the label `idea:` would mean two blocks
          --> kinds/idea-board.toml:22:12
           |
        17 | label = "Idea"
           |         ------ it means this block already
        ...
        22 | aliases = ["idea:"]
           |            ^^^^^^^
           |
           = help: give one of them another label

        1 error in 1 file
    "#]],
    );
}

#[test]
fn a_colour_that_is_none() {
    check(
        "color = \"offer\"",
        "color = \"ofer\"",
        expect![[r#"
        error[invalid-value]: `areas.why.color` must be a colour, but `ofer` is none
         --> kinds/idea-board.toml:8:9
          |
        8 | color = "ofer"
          |         ^^^^^^ not a colour
          |
        help: did you mean `offer`?
          |
        8 | color = "offer"
          |            +

        1 error in 1 file
    "#]],
    );
    check(
        "color = \"offer\"",
        "color = [\"#fff\", \"pink\"]",
        expect![[r##"
        error[invalid-value]: `areas.why.color` must be a colour, but `pink` is none
         --> kinds/idea-board.toml:8:18
          |
        8 | color = ["#fff", "pink"]
          |                  ^^^^^^ not a colour
          |
          = help: write `#` and three or six hexadecimal digits, such as `#2465c9`

        1 error in 1 file
    "##]],
    );
    check(
        "color = \"offer\"",
        "colour = \"offer\"",
        expect![[r#"
        error[missing-key]: `areas.why` lacks `color`
         --> kinds/idea-board.toml:6:8
          |
        6 | [areas.why]
          |        ^^^ `color` is missing
          |
          = help: write a colour of the theme, such as `offer`, or one of its own: `#2465c9`

        error[unknown-key]: unknown key `colour` in `areas.why`
         --> kinds/idea-board.toml:8:1
          |
        8 | colour = "offer"
          | ^^^^^^ unknown key
          |
        help: did you mean `color`?
          |
        8 - colour = "offer"
        8 + color = "offer"
          |

        2 errors in 1 file
    "#]],
    );
}

#[test]
fn a_rule_of_an_unknown_form() {
    check(
        "form = \"needs\"",
        "form = \"need\"",
        expect![[r#"
        error[unknown-value]: unknown value `need` for `rules.form`
          --> kinds/idea-board.toml:31:8
           |
        31 | form = "need"
           |        ^^^^^^ unknown value
           |
        help: did you mean `needs`?
           |
        31 | form = "needs"
           |             +

        1 error in 1 file
    "#]],
    );
    check(
        "“{element}”",
        "“{name}”",
        expect![[r#"
        error[malformed-kind]: nothing is filled in for `{name}`
          --> kinds/idea-board.toml:34:11
           |
        34 | message = "“{name}” solves nothing"
           |           ^^^^^^^^^^^^^^^^^^^^^^^^^
           |
           = help: a message of this form may have `{element}`, `{block}`

        1 error in 1 file
    "#]],
    );
    check(
        "code = \"idle-idea\"",
        "code = \"empty-block\"",
        expect![[r#"
        error[malformed-kind]: `empty-block` is the name of something else
          --> kinds/idea-board.toml:30:8
           |
        30 | code = "empty-block"
           |        ^^^^^^^^^^^^^
           |
           = help: give the rule a name of its own

        1 error in 1 file
    "#]],
    );
}

#[test]
fn values_of_wrong_types() {
    check(
        "title = \"Idea Board\"",
        "title = 3\ndrop = [\"idea\"]\ndetect = 3",
        expect![[r#"
        error[wrong-type]: `title` must be a string, but is an integer
         --> kinds/idea-board.toml:1:9
          |
        1 | title = 3
          |         ^ expected a string
          |
        help: write "3"
          |
        1 - title = 3
        1 + title = "3"
          |

        error[malformed-kind]: the kind starts from no other one, so it has no blocks to drop
         --> kinds/idea-board.toml:2:9
          |
        2 | drop = ["idea"]
          |         ^^^^^^
          |
          = help: write `extends`, or leave out `drop`

        error[wrong-type]: `detect` must be a table, but is an integer
         --> kinds/idea-board.toml:3:10
          |
        3 | detect = 3
          |          ^ expected a table

        3 errors in 1 file
    "#]],
    );
    check(
        "[[blocks]]\nid = \"problem\"",
        "[blocks]\nid = \"problem\"",
        expect![[r#"
        error[malformed-kind]: the kind has no blocks
         --> kinds/idea-board.toml:1:1
          |
        1 | title = "Idea Board"
          | ^
          |
          = help: write a `[[blocks]]` table with `id` and `label` for each block

        error[wrong-type]: `blocks` must be an array of tables, but is a table
          --> kinds/idea-board.toml:10:1
           |
        10 | [blocks]
           | ^^^^^^^^ expected an array of tables
           |
           = help: write the table's head as `[[blocks]]`

        error[malformed-kind]: the file of the kind is no TOML: duplicate key
          --> kinds/idea-board.toml:15:3
           |
        15 | [[blocks]]
           |   ^^^^^^

        error[malformed-kind]: the file of the kind is no TOML: duplicate key
          --> kinds/idea-board.toml:19:3
           |
        19 | [[blocks]]
           |   ^^^^^^

        4 errors in 1 file
    "#]],
    );
}

#[test]
fn an_empty_file_and_one_without_a_title() {
    check_files(
        &[("kinds/idea-board.toml", "")],
        expect![[r#"
        error[malformed-kind]: the kind has no blocks
         --> kinds/idea-board.toml:1:1
          |
        1 |
          | ^
          |
          = help: write a `[[blocks]]` table with `id` and `label` for each block

        error[missing-key]: `idea-board` lacks `title`
         --> kinds/idea-board.toml:1:1
          |
        1 |
          | ^ `title` is missing
          |
          = help: say what a canvas of this kind is called

        2 errors in 1 file
    "#]],
    );
    check(
        "title = \"Idea Board\"",
        "",
        expect![[r#"
        error[missing-key]: `idea-board` lacks `title`
         --> kinds/idea-board.toml:1:1
          |
        1 |
          | ^ `title` is missing
          |
          = help: say what a canvas of this kind is called

        1 error in 1 file
    "#]],
    );
}

#[test]
fn more_than_there_can_be() {
    let areas: String =
        (0..6).map(|n| format!("[areas.a{n}]\nlabel = \"A\"\ncolor = \"money\"\n")).collect();
    check(
        "[[blocks]]\nid = \"problem\"",
        &format!("{areas}[[blocks]]\nid = \"problem\""),
        expect![[r#"
            error[malformed-kind]: the kind has more than 6 areas
              --> kinds/idea-board.toml:25:8
               |
            25 | [areas.a5]
               |        ^^
               |
               = help: let blocks share areas: more colours cannot be distinguished

            1 error in 1 file
        "#]],
    );
    let blocks: String =
        (0..300).map(|n| format!("[[blocks]]\nid = \"b{n}\"\nlabel = \"B{n}\"\n")).collect();
    check_files(
        &[("kinds/many.toml", &format!("title = \"Many\"\nposter.grid = [\"b0\"]\n{blocks}"))],
        expect![[r#"
            error[malformed-kind]: the poster has no place for `b1`, `b2`, `b3`, `b4`, `b5`, `b6`, `b7`, `b8`, `b9`, `b10`, `b11`, `b12` and 87 more
             --> kinds/many.toml:2:15
              |
            2 | poster.grid = ["b0"]
              |               ^^^^^^
              |
              = help: write every block into `grid`

            error[malformed-kind]: the kind has more than 100 blocks
               --> kinds/many.toml:304:6
                |
            304 | id = "b100"
                |      ^^^^^^
                |
                = help: leave out blocks, or make two kinds of it

            2 errors in 1 file
        "#]],
    );
}
