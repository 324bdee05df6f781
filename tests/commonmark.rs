//! The examples of the CommonMark specification, compared with the pages that documents become.
//!
//! The examples are not ours, so they are read where they lie anyway: in the tests that come with the
//! parser's package. Where a page is to differ, `commonmark/differences.txt` lists the example with the
//! reason; a difference that is not listed is a failure, and so is one that is listed and gone.

#![expect(clippy::disallowed_methods, reason = "it asks cargo and reads a package's files")]

#[path = "tree/html.rs"]
mod html;
#[path = "tree/packages.rs"]
mod packages;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use canvasbook::compile::{Inputs, Memo, compile};
use canvasbook::source::SourcePath;
use canvasbook::view::page;
use html::{Piece, pieces};
use percent_encoding::percent_decode_str;

/// The line before each example, so that none of its headings is the document's title. Pages show
/// the title above their text.
const TITLE: &str = "# Example\n\n";

/// An example of the specification.
struct Example {
    number: u32,
    markdown: String,
    html: String,
}

/// The examples of the specification, in the tests of the parser's package.
fn examples() -> Vec<Example> {
    let metadata: serde_json::Value =
        serde_json::from_slice(&packages::metadata()).expect("it is JSON");
    let mut packages = metadata["packages"].as_array().expect("it is a list").iter();
    let parser = packages.find(|package| package["name"] == "pulldown-cmark");
    let manifest = parser.expect("it is used")["manifest_path"].as_str().expect("a path");
    let tests = Path::new(manifest).with_file_name("tests").join("suite/spec.rs");
    let tests = fs::read_to_string(tests).expect("the package comes with its tests");
    let literal = |part: &str, name: &str| -> String {
        let (_, text) = part.split_once(&format!("let {name} = r##\"")).expect("it is there");
        text.split_once("\"##;").expect("it ends").0.to_owned()
    };
    let parts = tests.split("fn spec_test_").skip(1);
    let examples = parts.map(|part| Example {
        number: part.split_once('(').and_then(|(number, _)| number.parse().ok()).expect("numbered"),
        markdown: literal(part, "original"),
        html: literal(part, "expected"),
    });
    examples.collect()
}

/// The pages that the examples become, each as a document of one handbook.
fn written(examples: &[Example]) -> Vec<String> {
    let mut inputs = Inputs::default();
    for Example { number, markdown, html } in examples {
        let text = format!("{TITLE}{markdown}");
        inputs.documents.insert(SourcePath::new(format!("content/{number:04}.md")), text.into());
        // Creates the files that the examples refer to.
        for piece in pieces(html).unwrap_or_default() {
            let Piece::Start(_, attributes) = piece else { continue };
            let leads = attributes.into_iter().filter(|(name, _)| name == "href" || name == "src");
            for (_, to) in leads {
                let to = to.trim_start_matches('/').split(['?', '#']).next().unwrap_or_default();
                let to = percent_decode_str(to).decode_utf8_lossy().into_owned();
                inputs.files.push(SourcePath::new(format!("content/{to}")));
            }
        }
    }
    inputs.files.sort();
    inputs.files.dedup();
    let compiled = compile(&inputs, &mut Memo::default());
    let entries = compiled.edition.handbook.entries();
    let written = entries.map(|(index, _)| page::view(&compiled.edition, index).1.html);
    written.collect()
}

/// Elements within a line, around which blanks mean something.
const INLINE: [&str; 6] = ["a", "code", "del", "em", "img", "strong"];

/// HTML in a form in which equal things are equal: without the anchors of headings and without blanks
/// between blocks. An error if it cannot be read as HTML that we write.
fn normal(html: &str) -> Result<String, String> {
    let mut normal = String::new();
    let mut is_anchor = false;
    for piece in pieces(html)? {
        match piece {
            Piece::Start(_, attributes)
                if attributes.iter().any(|(_, value)| value == "anchor") =>
            {
                is_anchor = true;
                normal.truncate(normal.trim_end().len());
            }
            Piece::Start(name, attributes) => {
                if !INLINE.contains(&name.as_str()) {
                    normal.truncate(normal.trim_end().len());
                    normal.push('\n');
                }
                normal.push_str(&format!("<{name}{}>", shared(attributes)));
            }
            Piece::End(_) if is_anchor => is_anchor = false,
            Piece::End(name) => {
                if !INLINE.contains(&name.as_str()) {
                    normal.truncate(normal.trim_end().len());
                }
                normal.push_str(&format!("</{name}>"));
            }
            Piece::Text(_) if is_anchor => {}
            Piece::Text(text) => normal.push_str(&text.replace('<', "&lt;")),
        }
    }
    let lines: Vec<&str> = normal.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    Ok(lines.join("\n"))
}

/// The attributes that both sides have, sorted. Our addresses are relative to the page.
fn shared(mut attributes: Vec<(String, String)>) -> String {
    const OURS: [&str; 5] = ["class", "id", "loading", "rel", "tabindex"];
    attributes.retain(|(name, value)| {
        !OURS.contains(&name.as_str()) || (name == "class" && value.starts_with("language-"))
    });
    for (name, value) in &mut attributes {
        if name == "href" || name == "src" {
            let address = value.trim_start_matches('/');
            *value = percent_decode_str(address).decode_utf8_lossy().into_owned();
        }
    }
    attributes.sort();
    attributes.iter().map(|(name, value)| format!(" {name}={value:?}")).collect()
}

/// The examples that are listed as different, each with the reason.
fn listed() -> BTreeMap<u32, String> {
    let text = include_str!("commonmark/differences.txt");
    let mut listed = BTreeMap::new();
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (reason, numbers) = line.split_once(": ").expect("a reason and numbers");
        for number in numbers.split(' ') {
            let number = number.parse().expect("a number");
            let other = listed.insert(number, reason.to_owned());
            assert_eq!(other, None, "{number} is listed twice");
        }
    }
    listed
}

#[test]
fn documents_follow_the_specification_but_for_what_is_listed() {
    let examples = examples();
    assert_eq!(examples.len(), 652, "the specification 0.31 has so many");
    let mut listed = listed();
    let mut flaws = String::new();
    for (Example { number, markdown, html }, ours) in examples.iter().zip(written(&examples)) {
        let found = normal(&ours).unwrap_or_else(|why| panic!("{number}: {why}\n{ours}"));
        // HTML that cannot be read is HTML that the example itself brings.
        let is_same = normal(html).is_ok_and(|wanted| wanted == found);
        match (is_same, listed.remove(number)) {
            (true, Some(reason)) => {
                flaws.push_str(&format!("{number} is listed ({reason}), and is as specified\n"));
            }
            (false, None) => {
                flaws.push_str(&format!("{number} differs:\n{markdown}\n{html}\n{found}\n\n"));
            }
            _ => {}
        }
    }
    assert!(listed.is_empty(), "there are no such examples: {listed:?}");
    assert!(flaws.is_empty(), "{flaws}");
}

#[test]
fn only_what_means_nothing_is_left_out_of_a_comparison() {
    let ours =
        "<h2 id=\"a\">A <a class=\"anchor\" href=\"#a\">#</a></h2>\n\n<p class=\"b\">a  b</p>";
    let theirs = "<h2>A</h2><p>a  b</p>\n";
    assert_eq!(normal(ours), normal(theirs));
    let differ = ["<h2>A </h2><p>a b</p>", "<h2>A</h2><p>a  b<br></p>", "<h2>A</h2>&lt;p>a  b"];
    for other in differ {
        assert_ne!(normal(other), normal(theirs), "{other}");
    }
}
