//! Text in, drawing out.

use std::collections::BTreeMap;

use expect_test::{Expect, expect};

use super::*;
use crate::diagnostic::Edit;
use crate::source::{SourcePath, Span};

mod awkward;
mod many;

const FILE: &str = "content/roastery.md";
const OTHER: &str = "content/retail/espresso-bar.md";

const CANVAS: &str = "\
+++
title = \"Harbour Coffee Roasters\"
+++

## Key Activities

- **Roast profiling** {#roasting} — so that [every bag](#a-consistnt-cup) tastes as promised.
- **Batch roasting** {#roasting}

## Value Propositions

- **A consistent cup**
";

/// The location of a piece of a text.
fn at(file: &str, text: &str, piece: &str) -> Location {
    let start = text.find(piece).expect("the piece is in the text");
    Location::new(&SourcePath::new(file), start..start + piece.len())
}

fn error(location: Location, message: &str) -> Diagnostic {
    Diagnostic::new("unknown-reference", Severity::Error, location, message.to_owned())
}

/// An error at a piece of a source.
fn error_at(source: &str, piece: &str) -> Diagnostic {
    error(at(FILE, source, piece), "`#a-consistnt-cup` leads nowhere").label("no such element")
}

fn draw_with(texts: &[(&str, &str)], diagnostics: &[Diagnostic], drawing: Drawing) -> String {
    let texts: BTreeMap<&str, &str> = texts.iter().copied().collect();
    let diagnostics: Vec<&Diagnostic> = diagnostics.iter().collect();
    draw(&diagnostics, &Rules::built_in(), &|path| texts.get(path.as_str()).copied(), drawing)
}

const PLAIN: Drawing = Drawing { colour: false, width: 80, limit: DRAWN };

/// Draws a diagnostic of one source on 80 columns, without the summary.
#[track_caller]
fn check_drawing(source: &str, diagnostic: Diagnostic, expected: Expect) {
    let drawing = draw_with(&[(FILE, source)], &[diagnostic], PLAIN);
    let drawing = drawing.strip_suffix("\n1 error in 1 file\n").expect("ends with the summary");
    for line in drawing.lines() {
        assert!(columns_of(line) <= 80, "wider than the terminal: {line}");
    }
    expected.assert_eq(drawing);
}

#[test]
fn a_place_with_label_and_help() {
    let diagnostic = error_at(CANVAS, "#a-consistnt-cup").help("did you mean `#a-consistent-cup`?");
    check_drawing(
        CANVAS,
        diagnostic,
        expect![[r#"
            error[unknown-reference]: `#a-consistnt-cup` leads nowhere
             --> content/roastery.md:7:57
              |
            7 | … {#roasting} — so that [every bag](#a-consistnt-cup) tastes as promised.
              |                                     ^^^^^^^^^^^^^^^^ no such element
              |
              = help: did you mean `#a-consistent-cup`?
        "#]],
    );
}

#[test]
fn a_short_fix_is_shown_as_changed_lines() {
    let location = at(FILE, CANVAS, "#a-consistnt-cup");
    let diagnostic = error_at(CANVAS, "#a-consistnt-cup")
        .help("did you mean `#a-consistent-cup`?")
        .replace(location.span, "#a-consistent-cup");
    check_drawing(
        CANVAS,
        diagnostic,
        expect![[r#"
            error[unknown-reference]: `#a-consistnt-cup` leads nowhere
             --> content/roastery.md:7:57
              |
            7 | … {#roasting} — so that [every bag](#a-consistnt-cup) tastes as promised.
              |                                     ^^^^^^^^^^^^^^^^ no such element
              |
            help: did you mean `#a-consistent-cup`?
              |
            7 | … {#roasting} — so that [every bag](#a-consistent-cup) tastes as promised.
              |                                               +
        "#]],
    );
}

#[test]
fn a_fix_that_inserts_a_line() {
    let location = at(FILE, CANVAS, "title");
    let start = location.span.start as usize;
    let diagnostic = error(location, "the canvas has no `stage`")
        .help("say where the business stands")
        .replace(Span::new(start, start), "stage = \"grow\"\n");
    check_drawing(
        CANVAS,
        diagnostic,
        expect![[r#"
        error[unknown-reference]: the canvas has no `stage`
         --> content/roastery.md:2:1
          |
        2 | title = "Harbour Coffee Roasters"
          | ^^^^^
          |
        help: say where the business stands
          |
        2 + stage = "grow"
          |
    "#]],
    );
}

#[test]
fn a_fix_that_removes_lines_or_is_long_stays_with_its_help() {
    let diagnostic = error(at(FILE, CANVAS, "title"), "unknown key")
        .help("remove the line")
        .replace(at(FILE, CANVAS, "title = \"Harbour Coffee Roasters\"\n").span, "");
    check_drawing(
        CANVAS,
        diagnostic,
        expect![[r#"
        error[unknown-reference]: unknown key
         --> content/roastery.md:2:1
          |
        2 | title = "Harbour Coffee Roasters"
          | ^^^^^
          |
          = help: remove the line
    "#]],
    );
    let diagnostic = error(at(FILE, CANVAS, "title"), "unknown key")
        .help("write all this")
        .replace(at(FILE, CANVAS, "title").span, "x".repeat(201));
    check_drawing(
        CANVAS,
        diagnostic,
        expect![[r#"
        error[unknown-reference]: unknown key
         --> content/roastery.md:2:1
          |
        2 | title = "Harbour Coffee Roasters"
          | ^^^^^
          |
          = help: write all this
    "#]],
    );
}

#[test]
fn a_fix_in_another_file_names_its_place() {
    let edit = Edit { location: at(OTHER, "see it\n", "it"), text: "them".to_owned() };
    let mut diagnostic = error_at(CANVAS, "#a-consistnt-cup");
    diagnostic.fix = Some(Box::new(Fix { edits: vec![edit] }));
    let drawing = draw_with(&[(FILE, CANVAS), (OTHER, "see it\n")], &[diagnostic], PLAIN);
    expect![[r#"
        error[unknown-reference]: `#a-consistnt-cup` leads nowhere
         --> content/roastery.md:7:57
          |
        7 | … {#roasting} — so that [every bag](#a-consistnt-cup) tastes as promised.
          |                                     ^^^^^^^^^^^^^^^^ no such element
          |
        help: this would mend it
         --> content/retail/espresso-bar.md:1:5
          |
        1 - see it
        1 + see them
          |

        1 error in 1 file
    "#]]
    .assert_eq(&drawing);
}

#[test]
fn related_places_close_by_are_marked_in_the_same_excerpt() {
    let second = CANVAS.rfind("#roasting").expect("it is there");
    let location = Location::new(&SourcePath::new(FILE), second..second + 9);
    let diagnostic = error(location, "two elements have the id `roasting`")
        .label("here again")
        .related(at(FILE, CANVAS, "#roasting"), "first here")
        .help("give one of them another id");
    check_drawing(
        CANVAS,
        diagnostic,
        expect![[r#"
            error[unknown-reference]: two elements have the id `roasting`
             --> content/roastery.md:8:23
              |
            7 | - **Roast profiling** {#roasting} — so that [every bag](#a-consistnt-cup…
              |                        --------- first here
            8 | - **Batch roasting** {#roasting}
              |                       ^^^^^^^^^ here again
              |
              = help: give one of them another id
        "#]],
    );
}

#[test]
fn related_places_between_and_on_the_same_line() {
    let source = "a: 1\n\nb: 2 b: 3\nb: 4\n\n\nb: 5\n";
    let place = |start: usize| Location::new(&SourcePath::new(FILE), start..start + 1);
    let diagnostic = error(place(11), "`b` is given five times")
        .label("here")
        .related(place(6), "first here")
        .related(place(16), "then here")
        .related(place(23), "and here")
        .related(place(0), "`a` is given once");
    check_drawing(
        source,
        diagnostic,
        expect![[r#"
        error[unknown-reference]: `b` is given five times
         --> content/roastery.md:3:6
          |
        1 | a: 1
          | - `a` is given once
        2 |
        3 | b: 2 b: 3
          |      ^ here
        4 | b: 4
          | - then here
        ...
        7 | b: 5
          | - and here
          |
        note: first here
         --> content/roastery.md:3:1
          |
        3 | b: 2 b: 3
          | ^
    "#]],
    );
}

#[test]
fn related_places_elsewhere_have_excerpts_of_their_own() {
    let other = "# Espresso bar\n\n- **Beans** {#beans}\n";
    let file = |path: &str| Location::new(&SourcePath::new(path), 0..0);
    let mut diagnostic = error_at(CANVAS, "#a-consistnt-cup")
        .related(at(OTHER, other, "Beans"), "an element of that name")
        .related(at(FILE, CANVAS, "A consistent cup"), format!("so called {}", "here ".repeat(9)))
        .related(file("static/beans.png"), "a picture of that name")
        .help("write one of them");
    for _ in 0..3 {
        diagnostic = diagnostic.related(file("static/beans.png"), "a picture");
    }
    let drawing = draw_with(&[(FILE, CANVAS), (OTHER, other)], &[diagnostic], PLAIN);
    expect![[r#"
        error[unknown-reference]: `#a-consistnt-cup` leads nowhere
          --> content/roastery.md:7:57
           |
         7 | …{#roasting} — so that [every bag](#a-consistnt-cup) tastes as promised.
           |                                    ^^^^^^^^^^^^^^^^ no such element
           |
           = help: write one of them
        note: an element of that name
          --> content/retail/espresso-bar.md:3:5
           |
         3 | - **Beans** {#beans}
           |     ^^^^^
        note: so called here here here here here here here here here
          --> content/roastery.md:12:5
           |
        12 | - **A consistent cup**
           |     ^^^^^^^^^^^^^^^^
        note: a picture of that name
          --> static/beans.png
        note: a picture
          --> static/beans.png
        note: and 2 more places

        1 error in 1 file
    "#]]
    .assert_eq(&drawing);
}

#[test]
fn a_file_without_a_text_has_its_path_only() {
    let location = Location::new(&SourcePath::new("static/logo.png"), 0..0);
    let diagnostic = error(location, "two files would become `logo.png`");
    check_drawing(
        "",
        diagnostic.clone(),
        expect![[r#"
            error[unknown-reference]: two files would become `logo.png`
             --> static/logo.png
        "#]],
    );
    let diagnostic = diagnostic.label("the second of them").help("rename one of them");
    check_drawing(
        "",
        diagnostic,
        expect![[r#"
            error[unknown-reference]: two files would become `logo.png`
             --> static/logo.png
              |
              = note: the second of them
              = help: rename one of them
        "#]],
    );
}

#[test]
fn drawings_end_with_a_summary_and_hold_the_gravest() {
    let place = |piece| at(FILE, CANVAS, piece);
    let make = |code, severity, location, message: &str| {
        Diagnostic::new(code, severity, location, message.to_owned())
    };
    let other = Location::new(&SourcePath::new("canvasbook.toml"), 0..0);
    let diagnostics = [
        make(
            "idle-activity",
            Severity::Advice,
            place("Batch"),
            "`Batch roasting` supports nothing",
        ),
        make("overfull-block", Severity::Warning, place("Key"), "the block is full"),
        make(
            "idle-activity",
            Severity::Advice,
            place("Roast"),
            "`Roast profiling` supports nothing",
        ),
        make("unknown-key", Severity::Error, other, "there is no key `titel`"),
    ];
    let texts = [(FILE, CANVAS)];
    expect![[r#"
        warning[overfull-block]: the block is full
         --> content/roastery.md:5:4
          |
        5 | ## Key Activities
          |    ^^^

        error[unknown-key]: there is no key `titel`
         --> canvasbook.toml

        … and 2 more; `--format json` lists all

        1 error, 1 warning, 2 pieces of advice in 2 files
    "#]]
    .assert_eq(&draw_with(&texts, &diagnostics, Drawing { limit: 2, ..PLAIN }));
    expect!["1 warning, 2 pieces of advice in 1 file"]
        .assert_eq(&summary(&diagnostics[..3].iter().collect::<Vec<_>>(), false));
    expect![[""]].assert_eq(&draw_with(&texts, &[], PLAIN));
    let drawing = draw_with(&texts, &diagnostics, Drawing { colour: true, ..PLAIN });
    expect![[r#"
        ␛[1m␛[94madvice[idle-activity]␛[0m␛[1m: `Batch roasting` supports nothing␛[0m
         ␛[1m␛[94m--> ␛[0mcontent/roastery.md:8:5
          ␛[1m␛[94m|␛[0m
        ␛[1m␛[94m8␛[0m ␛[1m␛[94m|␛[0m - **Batch roasting** {#roasting}
          ␛[1m␛[94m|␛[0m     ␛[1m␛[94m^^^^^␛[0m

        ␛[1m␛[33mwarning[overfull-block]␛[0m␛[1m: the block is full␛[0m
         ␛[1m␛[94m--> ␛[0mcontent/roastery.md:5:4
          ␛[1m␛[94m|␛[0m
        ␛[1m␛[94m5␛[0m ␛[1m␛[94m|␛[0m ## Key Activities
          ␛[1m␛[94m|␛[0m    ␛[1m␛[33m^^^␛[0m

        ␛[1m␛[94madvice[idle-activity]␛[0m␛[1m: `Roast profiling` supports nothing␛[0m
         ␛[1m␛[94m--> ␛[0mcontent/roastery.md:2:25
          ␛[1m␛[94m|␛[0m
        ␛[1m␛[94m2␛[0m ␛[1m␛[94m|␛[0m title = "Harbour Coffee Roasters"
          ␛[1m␛[94m|␛[0m                         ␛[1m␛[94m^^^^^␛[0m

        ␛[1m␛[91merror[unknown-key]␛[0m␛[1m: there is no key `titel`␛[0m
         ␛[1m␛[94m--> ␛[0mcanvasbook.toml

        ␛[1m␛[91m1 error␛[0m, ␛[1m␛[33m1 warning␛[0m, ␛[1m␛[94m2 pieces of advice␛[0m in 2 files
    "#]]
    .assert_eq(&drawing.replace('\u{1b}', "␛"));
}
