//! The markup and the style of posters.

use expect_test::{Expect, expect};

use super::*;
use crate::kind::Kinds;
use crate::kind::tests::built_in;
use crate::source::Source;

/// The steps of a kind as markup, one line for each.
fn drawn(kind: &Kind) -> String {
    let mut depth = 0;
    let mut drawn = String::new();
    for step in steps(kind) {
        depth -= usize::from(step == Step::End);
        let line = match &step {
            Step::Start(div) => format!("<{}>", div.classes(kind)),
            Step::Block(block) => kind.block_kind(*block).id.clone(),
            Step::X => "x".to_owned(),
            Step::Y(labels) => format!("y {labels:?}"),
            Step::End => String::from("</>"),
        };
        let _ = writeln!(drawn, "{:1$}{line}", "", 2 * depth);
        depth += usize::from(matches!(step, Step::Start(_)));
    }
    drawn
}

#[track_caller]
fn check(poster: &str, expected: Expect) {
    let mut ids: Vec<char> = poster.chars().filter(char::is_ascii_uppercase).collect();
    ids.sort_unstable();
    ids.dedup();
    let mut text = format!("title = \"Own\"\n[poster]\n{}\n", poster.to_lowercase());
    for id in ids.iter().map(char::to_ascii_lowercase) {
        let _ = writeln!(text, "[[blocks]]\nid = \"{id}\"\nlabel = \"{id}\"");
    }
    let text = text.replace("label = \"a\"", "label = \"a\"\nrole = \"offer\"");
    let mut diagnostics = Vec::new();
    let kinds = Kinds::read(&[Source::new("kinds/own.toml", text)], &mut diagnostics);
    assert_eq!(diagnostics, []);
    let own = kinds.get(kinds.find("own").expect("was read"));
    let style = style(&[own]).replace("@layer poster{", "");
    let style: Vec<&str> = style.split_inclusive('}').filter(|rule| *rule != "}").collect();
    expected.assert_eq(&(drawn(own) + &style.join("\n")));
}

#[test]
fn the_built_in_posters_are_five_columns_above_two_halves() {
    let kinds = built_in();
    expect![[r#"
        <band tall kind-business-model-1>
          <column narrow>
            key-partners
          </>
          <column broad>
            key-activities
            key-resources
          </>
          <column across>
            value-propositions
          </>
          <column>
            customer-relationships
            channels
          </>
          <column>
            customer-segments
          </>
        </>
        <band>
          <column half>
            cost-structure
          </>
          <column half>
            revenue-streams
          </>
        </>
    "#]]
    .assert_eq(&drawn(kinds.get(kinds.default_kind())));
    expect!["@layer poster{.kind-business-model-1{--columns:0.95fr 1.85fr 1.15fr 1.15fr 0.95fr}.kind-lean-1{--columns:1fr 1.22fr 1.08fr 1.05fr 1fr}}"].assert_eq(&style(&kinds.iter().take(2).map(|(_, kind)| &**kind).collect::<Vec<_>>()));
}

#[test]
fn a_matrix_needs_no_style() {
    check(
        "grid = [\"A B\", \"C D\"]",
        expect![[r#"
        <band tall>
          <column half>
            a
          </>
          <column half>
            b
          </>
        </>
        <band tall>
          <column half>
            c
          </>
          <column half>
            d
          </>
        </>
    "#]],
    );
}

#[test]
fn bands_are_in_columns_of_bands() {
    check(
        "grid = [\"B B A\", \"C D A\", \"C E A\"]\ncolumns = [1, 0.5, 2]",
        expect![[r#"
            <band tall kind-own-1>
              <column half>
                b
                <band kind-own-2>
                  <column broad>
                    c
                  </>
                  <column narrow>
                    d
                    e
                  </>
                </>
              </>
              <column half>
                a
              </>
            </>
            .kind-own-1{--columns:1.5fr 2fr}
            .kind-own-2{--columns:1fr 0.5fr}
            @container poster (width<38rem){.kind-own{reading-flow:grid-order}
            .kind-own :is(.band,.grid,.column){display:contents}
            .kind-own .is-a{order:1}
            .kind-own .is-b{order:2}
            .kind-own .is-c{order:3}
            .kind-own .is-d{order:4}
            .kind-own .is-e{order:5}"#]],
    );
}

#[test]
fn blocks_of_a_pinwheel_have_places() {
    check(
        "grid = [\"A A B\", \"C E B\", \"C D D\", \"F F F\"]",
        expect![[r#"
            <grid tall>
              <column half kind-own-1>
                a
              </>
              <column broad kind-own-2>
                b
              </>
              <column broad kind-own-3>
                c
              </>
              <column broad kind-own-4>
                e
              </>
              <column half kind-own-5>
                d
              </>
            </>
            <column half>
              f
            </>
            .kind-own-1{--place:1/1/2/3}
            .kind-own-2{--place:1/3/3/4}
            .kind-own-3{--place:2/1/4/2}
            .kind-own-4{--place:2/2/3/3}
            .kind-own-5{--place:3/2/4/4}
            @container poster (width<38rem){.kind-own{reading-flow:grid-order}
            .kind-own :is(.band,.grid,.column){display:contents}
            .kind-own .is-a{order:1}
            .kind-own .is-b{order:2}
            .kind-own .is-c{order:3}
            .kind-own .is-d{order:4}
            .kind-own .is-e{order:5}
            .kind-own .is-f{order:6}"#]],
    );
}

#[test]
fn the_offer_has_its_own_row_only_where_it_leaves_no_gap() {
    check(
        "grid = [\"B A C\"]",
        expect![[r#"
            <band tall>
              <column broad>
                b
              </>
              <column broad>
                a
              </>
              <column broad across>
                c
              </>
            </>
            @container poster (width<38rem){.kind-own{reading-flow:grid-order}
            .kind-own :is(.band,.grid,.column){display:contents}
            .kind-own .is-a{order:1}
            .kind-own .is-b{order:2}
            .kind-own .is-c{order:3}"#]],
    );
}

#[test]
fn a_matrix_says_what_its_columns_and_rows_mean_beside_them_and_in_each_block() {
    let kinds = built_in();
    let swot = kinds.get(kinds.find("swot").expect("is built in"));
    let mut html = String::new();
    for step in steps(swot) {
        match step {
            Step::Block(block) => {
                let label = &swot.block_kind(block).label;
                let _ = write!(html, "{label} ({})", axes::place(swot, block, "de"));
            }
            step => push(&mut html, step, swot, "de"),
        }
    }
    expect![[r#"

        <div class="axis kind-swot-1" aria-hidden="true"><i></i><span>Hilfreich</span><span>Hinderlich</span></div>
        <div class="band tall kind-swot-1">
        <div class="axis" aria-hidden="true"><span>Intern</span></div>
        <div class="column half">Strengths (Intern · Hilfreich)</div>
        <div class="column half">Weaknesses (Intern · Hinderlich)</div></div>
        <div class="band tall kind-swot-1">
        <div class="axis" aria-hidden="true"><span>Extern</span></div>
        <div class="column half">Opportunities (Extern · Hilfreich)</div>
        <div class="column half">Threats (Extern · Hinderlich)</div></div>"#]].assert_eq(&html.replace("<div", "\n<div"));
    assert!(style(&[swot]).contains(axes::STYLE));
    let lean = kinds.get(kinds.find("lean").expect("is built in"));
    assert!(!style(&[lean]).contains("axis"), "only a matrix pays for it");
}

#[test]
fn few_labels_are_spread_over_many_rows() {
    check(
        "grid = [\"A A B\", \"C E B\", \"C D D\", \"F F F\"]\naxes = { y = [\"now\", \"then\"] }",
        expect![[r#"
            <band tall kind-own-1>
              <axis>
                y Labels { start: 0, end: 1 }
              </>
              <column half across>
                <grid>
                  <column half kind-own-2>
                    a
                  </>
                  <column broad kind-own-3>
                    b
                  </>
                  <column broad kind-own-4>
                    c
                  </>
                  <column broad kind-own-5>
                    e
                  </>
                  <column half kind-own-6>
                    d
                  </>
                </>
              </>
            </>
            <band kind-own-1>
              <axis>
                y Labels { start: 1, end: 2 }
              </>
              <column half across>
                f
              </>
            </>
            .kind-own-1{--columns:2em 1fr}
            .kind-own-2{--place:1/1/2/3}
            .kind-own-3{--place:1/3/3/4}
            .kind-own-4{--place:2/1/4/2}
            .kind-own-5{--place:2/2/3/3}
            .kind-own-6{--place:3/2/4/4}
            @container poster (width<38rem){.kind-own{reading-flow:grid-order}
            .kind-own :is(.band,.grid,.column){display:contents}
            .kind-own .is-a{order:1}
            .kind-own .is-b{order:2}
            .kind-own .is-c{order:3}
            .kind-own .is-d{order:4}
            .kind-own .is-e{order:5}
            .kind-own .is-f{order:6}
            .axis{display:none}
            .map .axis{display:none!important}
            .place{column-span:all;margin-block-end:.4em;font-size:.86em;color:var(--muted)}
            @container poster (min-width:62rem) or style(--paper:1){.poster .axis{display:grid;gap:1px;grid-template-columns:var(--columns);grid-auto-columns:1fr;grid-auto-flow:column;padding:.4em;place-items:center;background:var(--ground);color:var(--muted);font-weight:600}
            .poster>.axis{padding-inline:0}
            .poster .band>.axis{grid:auto-flow 1fr/1fr;padding-inline:0}
            .band>.axis>span{writing-mode:sideways-lr}
            .place{position:absolute;inline-size:1px;block-size:1px;overflow:hidden;clip-path:inset(50%)}"#]],
    );
}
