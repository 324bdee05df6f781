//! Texts and locations that are hard to draw.

use expect_test::expect;

use super::*;

#[test]
fn empty_texts_ends_of_files_and_wrong_spans_have_a_place() {
    let file = SourcePath::new(FILE);
    let empty = error(Location::new(&file, 0..0), "the file is empty").label("nothing here");
    check_drawing(
        "",
        empty,
        expect![[r#"
        error[unknown-reference]: the file is empty
         --> content/roastery.md:1:1
          |
        1 |
          | ^ nothing here
    "#]],
    );
    let end = error(Location::new(&file, 15..15), "the front matter is not closed").label("`+++`");
    check_drawing(
        "+++\ntitle = 1\n\n",
        end,
        expect![[r#"
        error[unknown-reference]: the front matter is not closed
         --> content/roastery.md:4:1
          |
        4 |
          | ^ `+++`
    "#]],
    );
    let end = error(Location::new(&file, 13..13), "no line ending").label("here");
    check_drawing(
        "+++\ntitle = 1",
        end,
        expect![[r#"
        error[unknown-reference]: no line ending
         --> content/roastery.md:2:10
          |
        2 | title = 1
          |          ^ here
    "#]],
    );
    let wrong = error(Location::new(&file, 3..999), "a span of another text").label("here");
    check_drawing(
        "é\nü",
        wrong,
        expect![[r#"
        error[unknown-reference]: a span of another text
         --> content/roastery.md:2:1
          |
        2 | ü
          | ^ here
    "#]],
    );
}

#[test]
fn a_span_over_several_lines() {
    let piece = "- **Roast profiling** {#roasting} — so that [every bag](#a-consistnt-cup) tastes \
                 as promised.\n- **Batch roasting** {#roasting}\n\n";
    check_drawing(
        CANVAS,
        error_at(CANVAS, piece),
        expect![[r#"
        error[unknown-reference]: `#a-consistnt-cup` leads nowhere
         --> content/roastery.md:7:1
          |
        7 | / - **Roast profiling** {#roasting} — so that [every bag](#a-consistnt-cu…
        8 | | - **Batch roasting** {#roasting}
          | |________________________________^ no such element
    "#]],
    );
    let piece = &CANVAS[CANVAS.find("Activities").expect("is there")..CANVAS.len() - 8];
    check_drawing(
        CANVAS,
        error_at(CANVAS, piece),
        expect![[r#"
        error[unknown-reference]: `#a-consistnt-cup` leads nowhere
          --> content/roastery.md:5:8
           |
         5 |   ## Key Activities
           |  ________^
         6 | |
         7 | | - **Roast profiling** {#roasting} — so that [every bag](#a-consistnt-cu…
         8 | | - **Batch roasting** {#roasting}
        ...  |
        12 | | - **A consistent cup**
           | |_______________^ no such element
    "#]],
    );
    check_drawing(
        CANVAS,
        error_at(CANVAS, CANVAS),
        expect![[r#"
        error[unknown-reference]: `#a-consistnt-cup` leads nowhere
         --> content/roastery.md:1:1
          |
        1 | +++
          | ^^^ no such element
    "#]],
    );
}

#[test]
fn line_endings_tabs_and_control_characters_are_harmless() {
    let source = "one\r\n\ttwo\there\r\nthree\rfour \u{1b}[31mred\u{7} \0 \u{9b}1m \u{202e}live\n";
    check_drawing(
        source,
        error_at(source, "here"),
        expect![[r#"
        error[unknown-reference]: `#a-consistnt-cup` leads nowhere
         --> content/roastery.md:2:6
          |
        2 |     two    here
          |            ^^^^ no such element
    "#]],
    );
    check_drawing(
        source,
        error_at(source, "two\there\r\nthree"),
        expect![[r#"
        error[unknown-reference]: `#a-consistnt-cup` leads nowhere
         --> content/roastery.md:2:2
          |
        2 | /     two    here
        3 | | three
          | |_____^ no such element
    "#]],
    );
    check_drawing(
        source,
        error_at(source, "red\u{7} \0 \u{9b}1m \u{202e}live"),
        expect![[r#"
        error[unknown-reference]: `#a-consistnt-cup` leads nowhere
         --> content/roastery.md:4:11
          |
        4 | four ␛[31mred␇ ␀ �1m �live
          |           ^^^^^^^^^^^^^^^^ no such element
    "#]],
    );
    let diagnostic = error(at(FILE, source, "one"), "bad \u{1b}[31m\nname").label("a\0\tb");
    let diagnostic = diagnostic.help("do not \u{e000}0\u{e001}\r\n");
    check_drawing(
        source,
        diagnostic,
        expect![[r#"
            error[unknown-reference]: bad ␛[31m name
             --> content/roastery.md:1:1
              |
            1 | one
              | ^^^ a␀ b
              |
              = help: do not �0�
        "#]],
    );
}

#[test]
fn wide_characters_keep_the_mark_below_its_place() {
    let source = "- **焙煎** — [いつもの味](#味) 🙂 e\u{301}te\n";
    check_drawing(
        source,
        error_at(source, "#味"),
        expect![[r#"
        error[unknown-reference]: `#a-consistnt-cup` leads nowhere
         --> content/roastery.md:1:20
          |
        1 | - **焙煎** — [いつもの味](#味) 🙂 éte
          |                           ^^^ no such element
    "#]],
    );
    check_drawing(
        source,
        error_at(source, "te\n"),
        expect![[r#"
        error[unknown-reference]: `#a-consistnt-cup` leads nowhere
         --> content/roastery.md:1:28
          |
        1 | - **焙煎** — [いつもの味](#味) 🙂 éte
          |                                    ^^ no such element
    "#]],
    );
    let source = "焙煎".repeat(200) + "#味" + &"焙煎".repeat(200);
    check_drawing(
        &source,
        error_at(&source, "#味"),
        expect![[r#"
        error[unknown-reference]: `#a-consistnt-cup` leads nowhere
         --> content/roastery.md:1:401
          |
        1 | …煎焙煎焙煎焙煎焙煎焙煎焙煎#味焙煎焙煎焙煎焙煎焙煎焙煎焙煎焙煎焙煎焙煎焙…
          |                            ^^^ no such element
    "#]],
    );
}

#[test]
fn long_lines_are_cut_around_the_place() {
    let words = "so it goes on and ".repeat(60_000);
    let source = format!("start {words}wrong {words}end");
    check_drawing(
        &source,
        error_at(&source, "wrong"),
        expect![[r#"
        error[unknown-reference]: `#a-consistnt-cup` leads nowhere
         --> content/roastery.md:1:1080007
          |
        1 | …on and so it goes on and wrong so it goes on and so it goes on and so it…
          |                           ^^^^^ no such element
    "#]],
    );
    check_drawing(
        &source,
        error_at(&source, "start"),
        expect![[r#"
        error[unknown-reference]: `#a-consistnt-cup` leads nowhere
         --> content/roastery.md:1:1
          |
        1 | start so it goes on and so it goes on and so it goes on and so it goes o…
          | ^^^^^ no such element
    "#]],
    );
    check_drawing(
        &source,
        error_at(&source, "end"),
        expect![[r#"
            error[unknown-reference]: `#a-consistnt-cup` leads nowhere
             --> content/roastery.md:1:2160013
              |
            1 | …o it goes on and so it goes on and so it goes on and end
              |                                                       ^^^ no such element
        "#]],
    );
    check_drawing(
        &source,
        error_at(&source, &source),
        expect![[r#"
        error[unknown-reference]: `#a-consistnt-cup` leads nowhere
         --> content/roastery.md:1:1
          |
        1 | start so it goes on and so it goes on and so it goes on …
          | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ no such element
    "#]],
    );
    check_drawing(
        &source,
        error_at(&source, &source[5000..]),
        expect![[r#"
        error[unknown-reference]: `#a-consistnt-cup` leads nowhere
         --> content/roastery.md:1:5001
          |
        1 | …n and so it goes on and so it goes on and so it goes on …
          |                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ no such element
    "#]],
    );
    let source = format!("{words}wrong\nand {words}");
    check_drawing(
        &source,
        error_at(&source, &source[words.len()..]),
        expect![[r#"
            error[unknown-reference]: `#a-consistnt-cup` leads nowhere
             --> content/roastery.md:1:1080001
              |
            1 |   …d so it goes on and so it goes on and so it goes on and wrong
              |  __________________________________________________________^
            2 | | …nd so it goes on and so it goes on and so it goes on and 
              | |_________________________________________________________^ no such element
        "#]],
    );
    let indented = format!("{}wrong {words}", " ".repeat(500));
    check_drawing(
        &indented,
        error_at(&indented, "wrong"),
        expect![[r#"
        error[unknown-reference]: `#a-consistnt-cup` leads nowhere
         --> content/roastery.md:1:501
          |
        1 | …                         wrong so it goes on and so it goes on and so it…
          |                           ^^^^^ no such element
    "#]],
    );
}

#[test]
fn a_fix_in_a_long_line_is_shown_in_the_part_around_it() {
    let words = "so it goes on and ".repeat(60);
    let source = format!("{words}wrong {words}");
    let location = at(FILE, &source, "wrong");
    let diagnostic = error(location.clone(), "this is wrong")
        .help("write it right")
        .replace(location.span, "right");
    check_drawing(
        &source,
        diagnostic,
        expect![[r#"
        error[unknown-reference]: this is wrong
         --> content/roastery.md:1:1081
          |
        1 | …it goes on and so it goes on and wrong so it goes on and so it goes on a…
          |                                   ^^^^^
          |
        help: write it right
          |
        1 - …it goes on and so it goes on and wrong so it goes on and so it goes on a…
        1 + …it goes on and so it goes on and right so it goes on and so it goes on a…
          |
    "#]],
    );
}

/// Spans over texts made of awkward pieces can be drawn on terminals of every width.
#[test]
fn no_text_span_or_width_panics() {
    let pieces = ["a", "\t", "\r\n", "\n", "\r", "é", "味", "🙂", "\u{301}", "\0", "\u{200d}", " "];
    let mut seed: u32 = 7;
    let mut random = |below: usize| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 8) as usize % below
    };
    for _ in 0..3000 {
        let long = [3, 20, 300][random(3)];
        let source: String = (0..random(long)).map(|_| pieces[random(pieces.len())]).collect();
        let mut location = || {
            let (a, b) = (random(source.len() + 3), random(source.len() + 3));
            Location::new(&SourcePath::new(FILE), a.min(b)..a.max(b))
        };
        let diagnostic = error(location(), "awkward")
            .label("here")
            .related(location(), "there")
            .related(location(), "")
            .replace(location().span, pieces[random(pieces.len())].repeat(random(3)));
        let drawing = Drawing { width: random(120), ..PLAIN };
        draw_with(&[(FILE, &source)], &[diagnostic], drawing);
    }
}
