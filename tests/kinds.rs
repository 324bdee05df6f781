//! A kind of canvas that is unlike the built-in ones, from its file to the page of a canvas: found by
//! its labels, with more blocks than a `u16` has bits, and on a grid of its own.

use std::fmt::Write as _;

use canvasbook::compile::{Compiled, Inputs, Memo, Output, compile};
use canvasbook::kind::labels;
use canvasbook::source::{Source, SourcePath};
use expect_test::{Expect, expect};

/// A kind of twenty blocks, `b01` to `b20`, on four rows of five, of which the last two columns are
/// divided differently; its first block is the offer, its second names departments, its last is the
/// audience.
fn kind() -> Source {
    let mut text = String::from(
        "title = \"Wide Board\"\n[poster]\ngrid = [\n\
         \"b01 b02 b03 b04 b05\",\n\"b06 b07 b08 b09 b10\",\n\
         \"b11 b12 b13 b14 b15\",\n\"b16 b17 b18 b19 b20\",\n]\ncolumns = [2, 1, 1, 1, 1.5]\n",
    );
    for number in 1..=20 {
        let _ = writeln!(text, "[[blocks]]\nid = \"b{number:02}\"\nlabel = \"Board {number:02}\"");
        let role = match number {
            1 => "offer",
            2 => "activities",
            20 => "audience",
            _ => continue,
        };
        let _ = writeln!(text, "role = \"{role}\"");
    }
    text.push_str(
        "[[relations]]\nfrom = \"b02\"\nverb = \"builds\"\ninverse = \"is built by\"\nto = \"b01\"\n\
         supplies = \"to\"\n\
         [[relations]]\nfrom = \"b19\"\nverb = \"pleases\"\ninverse = \"is pleased by\"\nto = \"b20\"\n",
    );
    Source::new("kinds/wide.toml", text)
}

/// A canvas with an element in each block, in the order of the kind.
fn canvas() -> String {
    let mut text = String::from("# A board\n");
    for number in 1..=20 {
        let _ = write!(text, "\n## Board {number:02}\n\n");
        match number {
            2 => {
                text.push_str("### Workshop\n\n- **Plane** {owner=Joiner} — makes [it](#item-1).\n")
            }
            19 => text.push_str("- **Item 19** — brings [it](#item-1) to [them](#item-20).\n"),
            _ => {
                let _ = writeln!(text, "- **Item {number}** — is here.");
            }
        }
    }
    text
}

fn inputs(kinds: Vec<Source>) -> Inputs {
    let documents = [("content/board.md", canvas())];
    let documents = documents.map(|(path, text)| (SourcePath::new(path), text.into()));
    Inputs { kinds, documents: documents.into(), ..Inputs::default() }
}

fn page(compiled: &Compiled, path: &str) -> String {
    let output = compiled.site.iter().find(|(known, _)| known.as_str() == path);
    let Some((_, Output::Page(key))) = output else { panic!("there is no page {path}") };
    String::from_utf8(compiled.render(*key).expect("it renders")).expect("it is UTF-8")
}

/// The part of a text from one mark to the next.
fn between<'t>(text: &'t str, from: &str, to: &str) -> &'t str {
    let start = text.find(from).unwrap_or_else(|| panic!("{from} is missing"));
    let end = text[start..].find(to).unwrap_or_else(|| panic!("{to} is missing"));
    &text[start..start + end]
}

#[track_caller]
fn check(text: &str, expected: Expect) {
    expected.assert_eq(&(text.trim().to_owned() + "\n"));
}

#[test]
fn a_canvas_of_a_kind_with_twenty_blocks_is_found_and_shown() {
    let compiled = compile(&inputs(vec![kind()]), &mut Memo::default());
    let said: Vec<&str> =
        compiled.diagnostics.iter().map(|diagnostic| &*diagnostic.message).collect();
    assert_eq!(said, Vec::<&str>::new());
    let document = &compiled.handbook().documents[0].document;
    let canvas = document.canvas.as_ref().expect("is a canvas");
    assert_eq!(canvas.kind.id, "wide");
    assert_eq!((canvas.blocks.len(), canvas.elements.len()), (20, 20));
    let page = page(&compiled, "board.html");
    let poster = between(&page, "<div class=\"poster", "<div class=\"legend");
    let starts =
        poster.split('<').filter(|tag| tag.starts_with("div ") || tag.starts_with("section "));
    let starts = starts.map(|tag| between(tag, "class=\"", "\">").trim_start_matches("class=\""));
    check(
        &starts.collect::<Vec<_>>().join("\n"),
        expect![[r#"
            poster density-1 step-1
            band tall kind-wide-1
            column broad across
            block infrastructure is-b01 numbered
            column
            block infrastructure is-b02
            column
            block infrastructure is-b03
            column
            block infrastructure is-b04
            column
            block infrastructure is-b05
            band tall kind-wide-1
            column broad
            block infrastructure is-b06
            column narrow
            block infrastructure is-b07
            column
            block infrastructure is-b08
            column
            block infrastructure is-b09
            column across
            block infrastructure is-b10
            band tall kind-wide-1
            column broad
            block infrastructure is-b11
            column narrow
            block infrastructure is-b12
            column
            block infrastructure is-b13
            column
            block infrastructure is-b14
            column across
            block infrastructure is-b15
            band tall kind-wide-1
            column broad
            block infrastructure is-b16
            column narrow
            block infrastructure is-b17
            column
            block infrastructure is-b18
            column
            block infrastructure is-b19
            column across
            block infrastructure is-b20
        "#]],
    );
    check(
        between(&page, "<tbody>", "</tbody>"),
        expect![[r##"
            <tbody>
            <tr><th scope="row"><b class="number">1</b><a href="#b01/item-1">Item 1</a></th><td><p><b>Board 02</b> <a href="#b02/workshop/plane">Plane</a></p></td><td><p><b>Board 19</b> <a href="#b19/item-19">Item 19</a></p></td><td><p class="nothing">Nothing linked</p></td></tr>
        "##]],
    );
    check(
        between(&page, "<article", "</article>"),
        expect![[r##"
            <article class="card" id="b02/workshop"><h3><a href="departments/workshop.html">Workshop</a></h3>
            <p class="about">1 activity</p>
            <ul class="elements">
            <li id="b02/workshop/plane"><p><b>Plane</b> – makes <a href="#b01/item-1">it</a>.<i class="on" role="img" aria-label="on thread 1"><b>1</b></i></p>
            <p class="about">Owner: Joiner</p></li>
            </ul>
        "##]],
    );
    let style = String::from_utf8_lossy(compiled.asset("assets/style.css"));
    check(
        between(&style, ".kind-wide", "}"),
        expect![[r#"
            .kind-wide-1{--columns:2fr 1fr 1fr 1fr 1.5fr
        "#]],
    );
}

#[test]
fn documents_are_read_again_where_the_kinds_change() {
    let mut memo = Memo::default();
    let kind_of = |compiled: &Compiled| {
        let document = &compiled.handbook().documents[0].document;
        document.canvas.as_ref().map(|canvas| canvas.kind.title.clone())
    };
    assert_eq!(kind_of(&compile(&inputs(Vec::new()), &mut memo)), None);
    let with_kind = inputs(vec![kind()]);
    assert_eq!(kind_of(&compile(&with_kind, &mut memo)).as_deref(), Some("Wide Board"));
    let renamed = kind().text.replace("Wide Board", "Broad Board");
    let renamed = inputs(vec![Source::new("kinds/wide.toml", renamed)]);
    assert_eq!(kind_of(&compile(&renamed, &mut memo)).as_deref(), Some("Broad Board"));
    assert_eq!(kind_of(&compile(&inputs(Vec::new()), &mut memo)), None);
}

#[test]
fn only_kinds_that_canvases_have_are_in_the_style_sheet() {
    let styled = |compiled: &Compiled| {
        let style = String::from_utf8_lossy(compiled.asset("assets/style.css")).into_owned();
        ["business-model", "lean", "wide"]
            .map(|kind| usize::from(style.contains(&format!(".kind-{kind}-1"))))
    };
    let mut memo = Memo::default();
    let mut inputs = inputs(vec![kind()]);
    assert_eq!(styled(&compile(&inputs, &mut memo)), [0, 0, 1]);
    let lean = "# A\n\n## Problem\n\n## Solution\n\n- **B**\n\n## Key Metrics\n";
    inputs.documents.insert(SourcePath::new("content/a.md"), lean.into());
    assert_eq!(styled(&compile(&inputs, &mut memo)), [0, 1, 1]);
    inputs.documents.insert(SourcePath::new("content/board.md"), "Nothing yet.".into());
    assert_eq!(styled(&compile(&inputs, &mut memo)), [0, 1, 0]);
}

#[test]
fn a_block_of_another_label_has_a_page_of_its_own() {
    let kind = "title = \"Garden\"\n[poster]\ngrid = [\"channels problem plot\"]\n\
                [[blocks]]\nid = \"channels\"\nlabel = \"Ditches\"\n\
                [[blocks]]\nid = \"problem\"\nlabel = \"Problem\"\n\
                [[blocks]]\nid = \"plot\"\nlabel = \"Plot\"\n";
    let garden = "# Garden\n\n## Ditches\n\n- **North**\n\n## Problem\n\n- **Dry**\n\n## Plot\n";
    let lean = "# Lean\n\n## Problem\n\n- **Wet**\n\n## Channels\n\n- **Post**\n\n## Solution\n";
    let mut inputs = inputs(vec![Source::new("kinds/garden.toml", kind)]);
    let documents = [("content/garden.md", garden), ("content/lean.md", lean)];
    inputs.documents = documents.map(|(path, text)| (SourcePath::new(path), text.into())).into();
    let compiled = compile(&inputs, &mut Memo::default());
    let pages = compiled.site.keys().filter(|path| path.as_str().starts_with("blocks/"));
    let pages = pages.map(|path| path.as_str().to_owned()).collect::<Vec<_>>();
    check(
        &pages.join("\n"),
        expect![[r#"
            blocks/channels.garden.html
            blocks/channels.html
            blocks/index.html
            blocks/problem.html
        "#]],
    );
    let problem = page(&compiled, "blocks/problem.html");
    assert!(problem.contains(">Dry<") && problem.contains(">Wet<"));
    let ditches = page(&compiled, "blocks/channels.garden.html");
    assert!(ditches.contains("<h1>Ditches</h1>") && ditches.contains(">North<"));
    assert!(!ditches.contains(">Post<"));
}

#[test]
fn a_malformed_kind_is_reported_in_its_own_file() {
    let broken = kind().text.replace("b20\",\n]", "b21\",\n]");
    let inputs = inputs(vec![Source::new("kinds/wide.toml", broken)]);
    let compiled = compile(&inputs, &mut Memo::default());
    let first = compiled.diagnostics.iter().next().expect("it is reported");
    let text = compiled.text(&inputs, &first.location.file).expect("its text is there");
    assert_eq!(first.location.file.as_str(), "kinds/wide.toml");
    assert_eq!(first.location.span.of(text), "b21");
}

#[test]
fn a_kind_has_labels_of_its_own_where_a_language_has_none() {
    let compiled = compile(&inputs(vec![kind()]), &mut Memo::default());
    let kinds = &compiled.handbook().kinds;
    let kind = kinds.get(kinds.find("wide").expect("is a kind"));
    let first = kind.indexes().next().expect("has blocks");
    assert_eq!(labels::label(kind, first, "de"), "Board 01");
}

#[test]
fn an_area_has_a_colour_that_reads_in_the_dark_too() {
    let kind =
        kind().text.replacen("label = \"Board 01\"", "label = \"Board 01\"\narea = \"one\"", 1)
            + "[areas.one]\nlabel = \"One\"\ncolor = \"#7a4a00\"\n";
    let compiled =
        compile(&inputs(vec![Source::new("kinds/wide.toml", kind)]), &mut Memo::default());
    let style = String::from_utf8_lossy(compiled.asset("assets/style.css"));
    check(
        between(&style, ".area-wide-1", "}"),
        expect![[r#"
        .area-wide-1{--area:light-dark(#7a4a00,#b68247)
    "#]],
    );
    let page = page(&compiled, "board.html");
    assert!(page.contains("<section class=\"block area-wide-1 is-b01 numbered\">"));
    assert!(!page.contains("class=\"key\"><li"), "one area needs no legend");
}
