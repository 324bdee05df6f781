//! Texts that are reported, and similar ones that are not.

mod footnotes;
mod lists;

use expect_test::{Expect, expect};

use crate::kind::tests::built_in;
use crate::parse;
use crate::parse::tests::{read, unindented};
use crate::source::Source;

/// Compares the reports about a page.
fn check(text: &str, expected: Expect) {
    expected.assert_eq(&read(&unindented(text)).1);
}

/// Compares the reports about a canvas of which this is the first block.
fn check_block(text: &str, expected: Expect) {
    let text = format!("+++\ncanvas = true\n+++\n## Channels\n{}", unindented(text));
    expected.assert_eq(&read(&text).1);
}

#[test]
fn what_is_never_closed_is_told() {
    check(
        "
        Bread <!-- from the mill

        **Shop — on the square

        See [[Mill and others

        <!-- one --> <!-- two

        ```toml
        a = 1
        ",
        expect![[r#"
            1   | Bread <!-- from the mill
                |       ^^^^ warning[never-closed]: this comment is never closed (shown as text)
                 help: end it with `-->`
            3   | **Shop — on the square
                | ^^ warning[never-closed]: this `**` is never closed (shown as text)
                 help: put `**` directly behind the last word that is to be bold
            5   | See [[Mill and others
                |     ^^ warning[never-closed]: this link is never closed (shown as text)
                 help: end it with `]]`
            7   | <!-- one --> <!-- two
                |              ^^^^ warning[never-closed]: this comment is never closed (hides the rest of the line)
                 help: end it with `-->`
                 fix: "" -> " -->"
            9   | ```toml
                | ^^^^^^^ warning[never-closed]: this block of code is never closed (what follows is shown as code)
                 help: end it with a line "```"
        "#]],
    );
    check(
        "\n<!-- - Stall: ask first\n\n## Channels\n",
        expect![[r#"
            1   | <!-- - Stall: ask first
                | ^^^^ warning[never-closed]: this comment is never closed (hides everything below)
                 help: end it with `-->`
                 fix: "" -> " -->"
        "#]],
    );
    check(
        "\n> ~~~~\n> code\n> ~~~\n\n- ```\n  code\n",
        expect![[r#"
            1   | > ~~~~
                |   ^^^^ warning[never-closed]: this block of code is never closed (what follows is shown as code)
                 help: end it with a line "~~~~"
            5   | - ```
                |   ^^^ warning[never-closed]: this block of code is never closed (what follows is shown as code)
                 help: end it with a line "```"
        "#]],
    );
}

#[test]
fn what_is_closed_or_quoted_is_not_told() {
    check(
        "
        Bread <!-- from
        the mill --> and **Shop** and [[Mill]], `<!--`, `[[Mill`, 2 ** 3 and `**`

        \\<!-- shown --> and \\<!-- shown as well

        \\[*Mill*](a b.md) and \\[[Mill and \\**Shop

        <!-- one --> <!-- two

        three -->

        ```
        <!-- **a [[b {#c} [d](e f.md) <p>
        ```

        > ~~~
        > code
        > ~~~

        - ```
          code
          ```

            - indented on a page
        ",
        expect![[r#"
            8   | <!-- one --> <!-- two
                |              ^^^^ warning[never-closed]: this comment is never closed (hides the rest of the line)
                 help: end it with `-->`
                 fix: "" -> " -->"
        "#]],
    );
}

#[test]
fn what_looks_like_a_link_is_told() {
    check(
        "
        See [the plan](opening plan.md) and ![the floor](plans/floor plan.png \"Ours\"), [a
        part](#the shop), [bread](bread.md “Rye”), [rolls] (rolls.md), [the oven][oven], [cafés](/c a).

        [**bold** text](an address.md)
        ",
        expect![[r##"
            1   | See [the plan](opening plan.md) and ![the floor](plans/floor plan.png "Ours"), [a
                |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[not-a-link]: this is no link, because its address has blanks (shown as text)
                 help: write `(<opening plan.md>)`, or `%20` for each blank
                 fix: "opening plan.md" -> "<opening plan.md>"
            1   | See [the plan](opening plan.md) and ![the floor](plans/floor plan.png "Ours"), [a
                |                                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[not-a-link]: this is no link, because its address has blanks (shown as text)
                 help: write `(<plans/floor plan.png>)`, or `%20` for each blank
                 fix: "plans/floor plan.png" -> "<plans/floor plan.png>"
            1   | See [the plan](opening plan.md) and ![the floor](plans/floor plan.png "Ours"), [a
                |                                                                                ^^ warning[not-a-link]: this is no link, because its address has blanks (shown as text)
                 help: write `(<#the shop>)`, or `%20` for each blank
                 fix: "#the shop" -> "<#the shop>"
            2   | part](#the shop), [bread](bread.md “Rye”), [rolls] (rolls.md), [the oven][oven], [cafés](/c a).
                |                   ^^^^^^^^^^^^^^^^^^^^^^^ warning[not-a-link]: this is no link, because its title is in curly quotation marks (shown as text)
                 help: write "Rye"
                 fix: "“Rye”" -> "\"Rye\""
            2   | part](#the shop), [bread](bread.md “Rye”), [rolls] (rolls.md), [the oven][oven], [cafés](/c a).
                |                                            ^^^^^^^^^^^^^^^^^^ warning[not-a-link]: this is no link, because there is a blank before its address (shown as text)
                 help: write `](` without a blank
                 fix: " " -> ""
            2   | part](#the shop), [bread](bread.md “Rye”), [rolls] (rolls.md), [the oven][oven], [cafés](/c a).
                |                                                                ^^^^^^^^^^^^^^^^ warning[not-a-link]: this is no link, because `oven` is defined nowhere (shown as text)
                 help: write the address in parentheses, or define it in a line `[oven]: address`
            2   | part](#the shop), [bread](bread.md “Rye”), [rolls] (rolls.md), [the oven][oven], [cafés](/c a).
                |                                                                                  ^^^^^^^^^^^^^ warning[not-a-link]: this is no link, because its address has blanks (shown as text)
                 help: write `(</c a>)`, or `%20` for each blank
                 fix: "/c a" -> "</c a>"
            4   | [**bold** text](an address.md)
                | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[not-a-link]: this is no link, because its address has blanks (shown as text)
                 help: write `(<an address.md>)`, or `%20` for each blank
                 fix: "an address.md" -> "<an address.md>"
        "##]],
    );
}

#[test]
fn definitions_that_nothing_refers_to_are_told() {
    check(
        "
        See [the oven][Our  Oven], ![floor] and [rye][].

        [our oven]: oven.md
        [FLOOR]: floor.png \"Ours\"
        [rye]: <rye.md>
        [Note]: later
        [//]: # (later)
        [prices]:
          prices.md

        %%
        [hidden]: a.md
        %%

        ```
        [code]: a.md
        ```

        By [Straße] and [ς].

        [STRASSE]: a.md
        [Σ]: a.md
        ",
        expect![[r#"
            6   | [Note]: later
                | ^^^^^^^^^^^^^ warning[not-a-link]: this defines a link, and nothing refers to it (shown nowhere)
                 help: write `[text][Note]` where the link belongs, or `\[` if this is text
                 fix: "" -> "\\"
            8   | [prices]:
                | ^^^^^^^^^ warning[not-a-link]: this defines a link, and nothing refers to it (shown nowhere)
                 help: write `[text][prices]` where the link belongs, or `\[` if this is text
                 fix: "" -> "\\"
        "#]],
    );
}

#[test]
fn brackets_that_are_words_are_not_told() {
    check(
        "
        A list[0][1], [x], [1][2], [P1] Shop [sic](as he wrote), [Mr] (see the plan), [see](p. 4 and 5),
        [the oven][oven], [oven], [a link](a.md 'title'), [b](<b c.md>), [P1][P2], (a)[b](c)

        - [x] done
        - [ ] open

        [oven]: oven.md
        ",
        expect![[""]],
    );
}

#[test]
fn attributes_that_count_elsewhere_are_told() {
    check_block(
        "
        - Van {with=\"production, sales\" owner=\"Head of Vans\" status=new}
        - Stall {category=production department=sales}

        ### Abroad {owner=\"Head of Post\" with='sales'}

        - Post

        ## Costs {#costs status=new}

        ## Notes {.big .red category=production}

        ### Hints {#hints .wide}

        ## Key Activities

        ### Production {category=production with=sales owner=\"Head of Baking\" status=new .dep}

        - Bake {.hot with=sales category=production department=\"Night\" status=new review_every=\"1 year\"}
        ",
        expect![[r#"
            5   | - Van {with="production, sales" owner="Head of Vans" status=new}
                |        ^^^^^^^^^^^^^^^^^^^^^^^^ warning[unread-attributes]: `with` counts for activities only (in no list of departments or categories)
                 help: remove it, or write it behind what is done: an activity, or the heading of a department
            6   | - Stall {category=production department=sales}
                |          ^^^^^^^^^^^^^^^^^^^ warning[unread-attributes]: `category` counts for activities only (in no list of departments or categories)
                 help: remove it, or write it behind what is done: an activity, or the heading of a department
            6   | - Stall {category=production department=sales}
                |                              ^^^^^^^^^^^^^^^^ warning[unread-attributes]: `department` counts for activities only (in no list of departments or categories)
                 help: remove it, or write it behind what is done: an activity, or the heading of a department
            8   | ### Abroad {owner="Head of Post" with='sales'}
                |             ^^^^^^^^^^^^^^^^^^^^ warning[unread-attributes]: `owner` is not read of this heading (not read)
                 help: write it behind the elements that it is for
            8   | ### Abroad {owner="Head of Post" with='sales'}
                |                                  ^^^^^^^^^^^^ warning[unread-attributes]: `with` counts for activities only (in no list of departments or categories)
                 help: remove it, or write it behind what is done: an activity, or the heading of a department
            12  | ## Costs {#costs status=new}
                |                  ^^^^^^^^^^ warning[unread-attributes]: `status` is not read of this heading (not read)
                 help: write it behind the elements that it is for
            14  | ## Notes {.big .red category=production}
                |           ^^^^ warning[unread-attributes]: `.big` is not read of this heading (not read)
                 help: write it behind the elements that it is for
            14  | ## Notes {.big .red category=production}
                |                ^^^^ warning[unread-attributes]: `.red` is not read of this heading (not read)
                 help: write it behind the elements that it is for
            14  | ## Notes {.big .red category=production}
                |                     ^^^^^^^^^^^^^^^^^^^ warning[unread-attributes]: `category` is not read of this heading (not read)
                 help: write it behind the elements that it is for
            16  | ### Hints {#hints .wide}
                |                   ^^^^^ warning[unread-attributes]: `.wide` is not read of this heading (not read)
                 help: write it behind the elements that it is for
            20  | ### Production {category=production with=sales owner="Head of Baking" status=new .dep}
                |                                                                       ^^^^^^^^^^ warning[unread-attributes]: `status` is not read of this heading (not read)
                 help: write it behind the elements that it is for
            20  | ### Production {category=production with=sales owner="Head of Baking" status=new .dep}
                |                                                                                  ^^^^ warning[unread-attributes]: `.dep` is not read of this heading (not read)
                 help: write it behind the elements that it is for
        "#]],
    );
}

#[test]
fn cells_without_a_column_are_told() {
    check(
        "
        | Loaf | Price |
        |------|-------|
        | Rye  | 4 | dark | heavy |
        | Wheat |
        | Oat | 5 |  |
        | A\\|B | `a|b` |
        ",
        expect![[r#"
            3   | | Rye  | 4 | dark | heavy |
                |              ^^^^^^^^^^^^ warning[surplus-cells]: this row has more cells than the table has columns (not shown)
                 help: add columns to the head of the table, or write `\|` for a bar within a cell
            6   | | A\|B | `a|b` |
                |             ^^ warning[surplus-cells]: this row has more cells than the table has columns (not shown)
                 help: add columns to the head of the table, or write `\|` for a bar within a cell
        "#]],
    );
}

#[test]
fn the_first_html_is_told() {
    check(
        "
        <!-- a comment --> a<br>b<br/>c <placeholder> <you@example.com> <https://example.com>

        <br>

        <p align=\"center\">Ask</p>

        a <b>bold</b> word
        ",
        expect![[r#"
            5   | <p align="center">Ask</p>
                | ^^^^^^^^^^^^^^^^^^ warning[html-as-text]: HTML is shown as text (readers see these signs)
                 help: write it in Markdown; only comments and `<br>` are read
        "#]],
    );
    check(
        "\nA <sup>2</sup>, B <sup>3</sup>\n",
        expect![[r#"
        1   | A <sup>2</sup>, B <sup>3</sup>
            |   ^^^^^ warning[html-as-text]: HTML is shown as text (readers see these signs)
             help: write it in Markdown; only comments and `<br>` are read
    "#]],
    );
}

#[test]
fn attributes_are_told_wherever_they_are_not_read() {
    check_block(
        "
        Lead {#lead}

        - **Shop** {#shop} — on {.wide} the square
          and on the web {with=\"finance\"}
          - nested {#nested}
        - **Stall** {owner = \"Head\"} — {#

        ### Group {#group status=open}

        ### Other {#other status=\"open
        ",
        expect![[r#"
            5   | Lead {#lead}
                |      ^^^^^^^ warning[unread-attributes]: these braces are shown as text (not read as attributes)
                 help: write `{#id .class key=value key="two words"}`, directly behind the name or at the end of the first line
            7   | - **Shop** {#shop} — on {.wide} the square
                |                         ^^^^^^^ warning[unread-attributes]: these braces are shown as text (not read as attributes)
                 help: write `{#id .class key=value key="two words"}`, directly behind the name or at the end of the first line
            8   |   and on the web {with="finance"}
                |                  ^^^^^^^^^^^^^^^^ warning[unread-attributes]: these braces are shown as text (not read as attributes)
                 help: write `{#id .class key=value key="two words"}`, directly behind the name or at the end of the first line
            9   |   - nested {#nested}
                |            ^^^^^^^^^ warning[unread-attributes]: these braces are shown as text (not read as attributes)
                 help: write `{#id .class key=value key="two words"}`, directly behind the name or at the end of the first line
            10  | - **Stall** {owner = "Head"} — {#
                |             ^^^^^^^^^^^^^^^^ warning[unread-attributes]: these braces are shown as text (not read as attributes)
                 help: write `{#id .class key=value key="two words"}`, directly behind the name or at the end of the first line
            12  | ### Group {#group status=open}
                |                   ^^^^^^^^^^^ warning[unread-attributes]: `status` is not read of this heading (not read)
                 help: write it behind the elements that it is for
            14  | ### Other {#other status="open
                |           ^^^^^^^^^^^^^^^^^^^^ warning[never-closed]: these braces are never closed (shown as text)
                 help: end them with `}`
                 fix: "" -> "}"
        "#]],
    );
}

#[test]
fn braces_that_are_text_are_not_told() {
    check_block(
        "
        - Sum x_{i=1}, ${.a}, {{#if a}} {{ title }} {% x %} {i=1}, `{#a}`, #{name}, \\\\frac{ab=c}, {.5}
        - **Shop** {#shop}
        ",
        expect![[""]],
    );
}

#[test]
fn what_percent_signs_hide_is_told() {
    check(
        "\n- 100 \\%% and %%closed%%\n- Bread %%ask the *mill*\n",
        expect![[r#"
        2   | - Bread %%ask the *mill*
            |         ^^ warning[never-closed]: this comment is never closed (hides the rest of the paragraph)
             help: end it with `%%`; write `\%%` where percent signs are meant
    "#]],
    );
    check(
        "\nBread %%closed%%\n\n%%\n# Ask the mill\n",
        expect![[r#"
        3   | %%
            | ^^ warning[never-closed]: this comment is never closed (hides everything below)
             help: end it with `%%`; write `\%%` where percent signs are meant
    "#]],
    );
}

#[test]
fn labels_in_a_shape_that_is_not_read_are_told_once() {
    for text in [
        "Customer segments:\n\n* cafés\n\nValue proposition\n\n* warm bread\n\nChannels: van\n",
        "1. Customer Segments\nCafés: at seven\n\n2. Value Propositions\nBread\n\n3. **Channels**: van\n",
        "| Block | |\n|---|---|\n| Customer Segments | cafés |\n| *Kanäle* | van |\n| Key Partners | mill |\n",
        "| Customer Segments | Channels | Key Partners |\n|---|---|---|\n| cafés | van | mill |\n",
        "<table><tr>\n<td><b>Customer Segments</b>cafés</td>\n<td>Channels</td><td>Key Partners</td>\n",
    ] {
        let (document, told) = read(text);
        assert!(document.canvas.is_none(), "{text}");
        let told: Vec<&str> =
            told.lines().filter(|line| line.contains("advice[unread-canvas]")).collect();
        assert_eq!(told.len(), 1, "{text}");
    }
    check(
        "
        +++
        canvas = true
        +++
        | Block | |
        |---|---|
        | Customer Segments | cafés |
        | Channels | van |
        | Key Partners | mill |
        ",
        expect![[r#"
            6   | | Customer Segments | cafés |
                |   ^^^^^^^^^^^^^^^^^ advice[unread-canvas]: this looks like a canvas, but its labels are written as rows of a table: Customer Segments, Channels and Key Partners (no block is read)
                 help: make each label a heading, such as `## Customer Segments`; or write `canvas = false` in the front matter
        "#]],
    );
}

#[test]
fn pages_that_speak_of_blocks_are_no_canvases() {
    for text in [
        "+++\ncanvas = false\n+++\nChannels: a\n\nKey Partners: b\n\nKey Resources: c\n",
        "The blocks:\n\n- Channels\n- Key Partners\n- Key Resources\n",
        "- [Channels](a.md): a\n- [Key Partners](b.md): b\n- [Key Resources](c.md): c\n",
        "Channels, key partners and key resources, and the channels: a\n\nKey Partners: b\n",
        "```\nChannels:\nKey Partners:\nKey Resources:\n```\n",
        "## Channels\n\n## Key Partners\n\n## Key Resources\n\nChannels: a\n\nKey Partners: b\n\nCosts: c\n",
    ] {
        let told = read(text).1;
        assert!(!told.contains("unread-canvas"), "{text}{told}");
    }
}

#[test]
fn a_list_that_is_indented_too_little_for_a_number_is_told() {
    check_block(
        "\n1. Van\n  - two of them\n  - one of tin\n2. Stall\n   - on Saturdays\n\n- Shop\n\n10. Post\n\n   - by day\n",
        expect![[r#"
            6   |   - two of them
                |   ^^^^^^^^^^^^^ advice[list-beside-number]: this is an entry of its own, not a detail of the number above it (indented too little)
                 help: indent it as far as the text behind the number: by three blanks below `1. `
            15  |    - by day
                |    ^^^^^^^^ advice[list-beside-number]: this is an entry of its own, not a detail of the number above it (indented too little)
                 help: indent it as far as the text behind the number: by three blanks below `1. `
        "#]],
    );
}

#[test]
fn a_long_line_is_searched_once() {
    let places = ["{#a ", "{#a} ", "[[a ", "[aa] ", "[aa](b ", "%%a ", "(www.", "http://("];
    let mut texts: Vec<String> = places.iter().map(|place| place.repeat(100_000)).collect();
    texts.push(format!("https://a.b/{}", ")".repeat(400_000)));
    texts.push(format!("<div>\n{}", "%%a%% ".repeat(100_000)));
    texts.push(format!("<div>\n{}", "<x ".repeat(100_000)));
    texts.push("**Channels:** a\n".repeat(50_000));
    for text in texts {
        // It would take minutes if the rest of the line were searched at each place.
        let document = parse::document(&Source::new("a.md", text), &built_in(), &mut Vec::new());
        assert_eq!(document.title, "A");
    }
}
