//! Many findings of one rule in one file.

use super::*;

/// A canvas with elements without names, of which each is on a line of its own.
fn nameless(count: usize) -> (String, Vec<Diagnostic>) {
    let lines: Vec<String> = (1..=count).map(|at| format!("- element {at}")).collect();
    let text = lines.join("\n");
    let finding = |line: &String| {
        let message = "this element has no name".to_owned();
        Diagnostic::new("unnamed-element", Severity::Advice, at(FILE, &text, line), message)
            .help("begin it with a name")
    };
    let found = lines.iter().map(finding).collect();
    (text, found)
}

#[track_caller]
fn check(count: usize, expected: Expect) {
    let (text, mut found) = nameless(count);
    // An error among them is not a finding of a rule, and so is drawn in any case.
    found.insert(1, error(at(FILE, &text, "2"), "`2` leads nowhere"));
    expected.assert_eq(&draw_with(&[(FILE, &text)], &found, PLAIN));
}

#[test]
fn two_are_drawn() {
    check(
        2,
        expect![[r#"
        advice[unnamed-element]: this element has no name
         --> content/roastery.md:1:1
          |
        1 | - element 1
          | ^^^^^^^^^^^
          |
          = help: begin it with a name

        error[unknown-reference]: `2` leads nowhere
         --> content/roastery.md:2:11
          |
        2 | - element 2
          |           ^

        advice[unnamed-element]: this element has no name
         --> content/roastery.md:2:1
          |
        2 | - element 2
          | ^^^^^^^^^^^
          |
          = help: begin it with a name

        1 error, 2 pieces of advice in 1 file
    "#]],
    );
}

#[test]
fn of_more_the_first_is_drawn_with_the_lines_of_the_others() {
    check(
        3,
        expect![[r#"
        advice[unnamed-element]: this element has no name
         --> content/roastery.md:1:1
          |
        1 | - element 1
          | ^^^^^^^^^^^
          |
          = help: begin it with a name
          = note: 2 more like it in this file, on lines 2 and 3

        error[unknown-reference]: `2` leads nowhere
         --> content/roastery.md:2:11
          |
        2 | - element 2
          |           ^

        1 error, 3 pieces of advice in 1 file
    "#]],
    );
    check(
        9,
        expect![[r#"
        advice[unnamed-element]: this element has no name
         --> content/roastery.md:1:1
          |
        1 | - element 1
          | ^^^^^^^^^^^
          |
          = help: begin it with a name
          = note: 8 more like it in this file, on lines 2, 3, 4, 5, 6, 7, 8 and 9

        error[unknown-reference]: `2` leads nowhere
         --> content/roastery.md:2:11
          |
        2 | - element 2
          |           ^

        1 error, 9 pieces of advice in 1 file
    "#]],
    );
}

#[test]
fn few_of_many_lines_are_named() {
    let (text, found) = nameless(30);
    expect![[r#"
        advice[unnamed-element]: this element has no name
         --> content/roastery.md:1:1
          |
        1 | - element 1
          | ^^^^^^^^^^^
          |
          = help: begin it with a name
          = note: 29 more like it in this file, on lines 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 19 others

        30 pieces of advice in 1 file
    "#]].assert_eq(&draw_with(&[(FILE, &text)], &found, PLAIN));
}

#[test]
fn what_they_say_is_listed_where_it_differs() {
    let (text, mut found) = nameless(16);
    for (at, finding) in found.iter_mut().enumerate() {
        finding.message =
            format!("`Element {at}` has no name, and {}", "so on ".repeat(at + 3)).into();
    }
    expect![[r#"
        advice[unnamed-element]: `Element 0` has no name, and so on so on so on
         --> content/roastery.md:1:1
          |
        1 | - element 1
          | ^^^^^^^^^^^
          |
          = help: begin it with a name
          = note: 15 more like it in this file:
                  line 2: `Element 1` has no name, and so on so on so on so on
                  line 3: `Element 2` has no name, and so on so on so on so on s…
                  line 4: `Element 3` has no name, and so on so on so on so on s…
                  line 5: `Element 4` has no name, and so on so on so on so on s…
                  line 6: `Element 5` has no name, and so on so on so on so on s…
                  line 7: `Element 6` has no name, and so on so on so on so on s…
                  line 8: `Element 7` has no name, and so on so on so on so on s…
                  line 9: `Element 8` has no name, and so on so on so on so on s…
                  line 10: `Element 9` has no name, and so on so on so on so on s…
                  line 11: `Element 10` has no name, and so on so on so on so on…
                  and 5 others

        16 pieces of advice in 1 file
    "#]]
    .assert_eq(&draw_with(&[(FILE, &text)], &found, PLAIN));
    expect![[r#"
        advice[unnamed-element]: `Element 0` has no name, and so on so on so on
         --> content/roastery.md
          |
          = help: begin it with a name
          = note: 2 more like it in this file:
                  `Element 1` has no name, and so on so on so on so on
                  `Element 2` has no name, and so on so on so on so on s…

        3 pieces of advice in 1 file
    "#]]
    .assert_eq(&draw_with(&[], &found[..3], PLAIN));
}

#[test]
fn findings_of_one_line_and_of_none() {
    let text = "| one | two | three |\n| four |\n";
    let finding = |piece| {
        Diagnostic::new(
            "unnamed-element",
            Severity::Advice,
            at(FILE, text, piece),
            piece.to_owned(),
        )
    };
    let found = ["one", "two", "three"].map(finding);
    expect![[r#"
        advice[unnamed-element]: one
         --> content/roastery.md:1:3
          |
        1 | | one | two | three |
          |   ^^^
          |
          = note: 2 more like it in this file:
                  line 1: two
                  line 1: three

        3 pieces of advice in 1 file
    "#]]
    .assert_eq(&draw_with(&[(FILE, text)], &found, PLAIN));
    // A finding in a file that cannot be read is on no line.
    expect![[r#"
        advice[unnamed-element]: one
         --> content/roastery.md
          |
          = note: 2 more like it in this file:
                  two
                  three

        3 pieces of advice in 1 file
    "#]]
    .assert_eq(&draw_with(&[], &found, PLAIN));
}

#[test]
fn rules_and_files_are_kept_apart_and_all_are_counted() {
    let finding = |file, code| {
        Diagnostic::new(code, Severity::Advice, at(file, CANVAS, "Batch"), "look here".to_owned())
    };
    let of = |file| ["empty-block", "empty-block", "empty-block"].map(|code| finding(file, code));
    let mut found = of(FILE).to_vec();
    found.insert(2, finding(FILE, "unnamed-element"));
    found.extend(of(OTHER));
    let texts = [(FILE, CANVAS), (OTHER, CANVAS)];
    expect![[r#"
        advice[empty-block]: look here
         --> content/roastery.md:8:5
          |
        8 | - **Batch roasting** {#roasting}
          |     ^^^^^
          |
          = note: 2 more like it in this file, on line 8

        advice[unnamed-element]: look here
         --> content/roastery.md:8:5
          |
        8 | - **Batch roasting** {#roasting}
          |     ^^^^^

        advice[empty-block]: look here
         --> content/retail/espresso-bar.md:8:5
          |
        8 | - **Batch roasting** {#roasting}
          |     ^^^^^
          |
          = note: 2 more like it in this file, on line 8

        7 pieces of advice in 2 files
    "#]]
    .assert_eq(&draw_with(&texts, &found, PLAIN));
    expect![[r#"
        advice[empty-block]: look here
         --> content/roastery.md:8:5
          |
        8 | - **Batch roasting** {#roasting}
          |     ^^^^^
          |
          = note: 2 more like it in this file, on line 8

        … and 4 more; `--format json` lists all

        7 pieces of advice in 2 files
    "#]]
    .assert_eq(&draw_with(&texts, &found, Drawing { limit: 1, ..PLAIN }));
}
