//! What pages may weigh: the figures of `tests/browser/budget.json` that need no browser. Run with
//! `--nocapture` it prints what was measured.

#![expect(clippy::disallowed_methods, reason = "it reads the repository's own files")]

#[path = "../benches/build/generate.rs"]
#[expect(dead_code, reason = "the benchmark writes for other tools too")]
mod generate;
#[path = "tree/history.rs"]
mod history;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use canvasbook::compile::{Compiled, Inputs, Memo, Output, compile};
use canvasbook::edge::session::Session;
use canvasbook::edge::today::Today;
use canvasbook::single_file::{Part, Piece};
use canvasbook::source::SourcePath;
use canvasbook::view::pages::{PAGES, PageKey};
use generate::{Dialect, Size};
use percent_encoding::percent_decode_str;
use serde_json::Value;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The limits of one part of the budget.
fn budget(part: &str) -> BTreeMap<String, u64> {
    let text = fs::read_to_string(root().join("tests/browser/budget.json")).expect("can be read");
    let mut all: Value = serde_json::from_str(&text).expect("is JSON");
    serde_json::from_value(all[part].take()).expect("a number for each name")
}

/// Asserts that what was measured is exactly what has a budget, and is within it. Prints every figure.
#[track_caller]
fn check(part: &str, measured: &BTreeMap<String, (u64, String)>) {
    let allowed = budget(part);
    let (mut table, mut wrong) = (format!("\nbudget, {part}:\n"), Vec::new());
    for (name, (value, place)) in measured {
        let most = allowed.get(name);
        let shown = most.map_or_else(|| "none".to_owned(), |most| format!("at most {most}"));
        let line = format!("{value:>9}  {shown:<17}  {name}{place}");
        writeln!(table, "{line}").expect("a text takes what is written");
        if most.is_none_or(|most| value > most) {
            wrong.push(line);
        }
    }
    let unmeasured = allowed.keys().filter(|name| !measured.contains_key(*name));
    wrong.extend(unmeasured.map(|name| format!("{name} has a budget, and nothing measures it")));
    println!("{table}");
    assert!(wrong.is_empty(), "not within `{part}` of tests/browser/budget.json:\n{wrong:#?}");
}

/// The content of a page or a file for programs; `None` for a file that is copied.
fn made(compiled: &Compiled, output: &Output) -> Option<(PageKey, Vec<u8>)> {
    match output {
        Output::Page(key) => Some((*key, compiled.render(*key).expect("the theme renders"))),
        Output::Data(key) => Some((*key, compiled.data(*key))),
        Output::File(_) | Output::Asset(_) => None,
    }
}

#[test]
fn every_kind_of_page_keeps_its_budget() {
    let mut worst: BTreeMap<String, (u64, String)> = BTreeMap::new();
    // The example has no page of some kinds.
    for folder in ["", "tests/golden/group/source"] {
        let read = Session::new(root().join(folder), None, false, Today::OfSources).read();
        let mut inputs = Arc::unwrap_or_clone(read.expect("it is a handbook").inputs);
        inputs.history = Some(Arc::new(history::of(&inputs.documents, 60)));
        let compiled = compile(&inputs, &mut Memo::default());
        for (path, output) in compiled.site.iter() {
            let Some((key, bytes)) = made(&compiled, output) else { continue };
            let measured = (bytes.len() as u64, format!(" ({path})"));
            let kind = worst.entry(key.kind().id.to_owned()).or_default();
            *kind = measured.max(std::mem::take(kind));
        }
    }
    let missing: Vec<&str> =
        PAGES.iter().map(|kind| kind.id).filter(|id| !worst.contains_key(*id)).collect();
    assert!(missing.is_empty(), "let a handbook have a page of each kind: {missing:?}");
    check("kinds", &worst);
}

#[test]
fn one_file_keeps_its_budget() {
    let opened = Session::new(root().join(""), None, false, Today::OfSources).open(None);
    let compiled = opened.expect("it is a handbook").compiled;
    let pages = compiled.site.values().filter_map(|output| made(&compiled, output));
    let pages = pages.filter(|(key, _)| key.kind().is_visited);
    let held: usize = pages.map(|(_, bytes)| bytes.len()).sum();
    let render = |key| compiled.render(key);
    let pieces = compiled.single_file(Part::Whole, render).expect("it can be printed");
    // Pictures weigh the same in a file and on a page.
    let texts = pieces.iter().map(|piece| match piece {
        Piece::Text(text) => text.len(),
        Piece::File(_) | Piece::Asset(_) => 0,
    });
    let percent = (texts.sum::<usize>() * 100).div_ceil(held) as u64;
    let name = "bytes of a handbook in one file, in percent of its pages";
    check("file", &BTreeMap::from([(name.to_owned(), (percent, String::new()))]));
}

/// The page and the anchor that a link of a page leads to; `None` if it leaves the site.
fn destination(page: &str, link: &str) -> Option<(String, String)> {
    if link.starts_with("http") {
        return None;
    }
    let link = percent_decode_str(link).decode_utf8().expect("links are UTF-8");
    let (to, anchor) = link.split_once('#').unwrap_or((&link, ""));
    let mut parts: Vec<&str> = page.split('/').collect();
    if !to.is_empty() {
        parts.pop();
        for part in to.split('/') {
            if part == ".." {
                parts.pop();
            } else {
                parts.push(part);
            }
        }
    }
    Some((parts.join("/"), anchor.to_owned()))
}

/// The links of each page.
type Links = BTreeMap<String, BTreeSet<(String, String)>>;

/// How many clicks from the home page lead to each page.
fn clicks(links: &Links) -> BTreeMap<&str, u64> {
    let mut clicks = BTreeMap::from([("index.html", 0)]);
    let mut open = VecDeque::from(["index.html"]);
    while let Some(page) = open.pop_front() {
        let next = clicks[page] + 1;
        for (to, _) in links.get(page).into_iter().flatten() {
            if !clicks.contains_key(to.as_str()) {
                clicks.insert(to, next);
                open.push_back(to);
            }
        }
    }
    clicks
}

/// The addresses of the activities in the JSON of a canvas, next to its page.
fn activities(json: &[u8]) -> Vec<(String, String)> {
    let file: Value = serde_json::from_slice(json).expect("is JSON");
    let canvas = &file["canvas"];
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let blocks = canvas["blocks"].as_array().into_iter().flatten();
    let elements = blocks
        .filter(|block| block["id"] == "key-activities")
        .flat_map(|block| block["elements"].as_array().into_iter().flatten());
    elements.map(|element| (text(&canvas["url"]), text(&element["id"]))).collect()
}

/// The folders of lists that have an entry for each activity or element.
const LISTS: [&str; 3] = ["blocks/", "categories/", "departments/"];

#[test]
fn a_large_handbook_keeps_its_budget() {
    let size = Size { canvases: 1_000, findings: 0 };
    let mut inputs = Inputs::default();
    for number in 0..size.canvases {
        let (_, file) = generate::title_and_file(number);
        let path = format!("content/{}/{file}", generate::section(number));
        let text = generate::canvas(number, size, Dialect::Canvasbook);
        inputs.documents.insert(SourcePath::new(path), Arc::from(text));
    }
    let compiled = compile(&inputs, &mut Memo::default());
    let (mut all, mut search, mut lists) = (0, 0, 0);
    let (mut links, mut wanted) = (Links::new(), Vec::new());
    for (path, output) in compiled.site.iter() {
        let Some((key, bytes)) = made(&compiled, output) else { continue };
        match path.as_str().starts_with("assets/search/") {
            true => search += bytes.len() as u64,
            false => all += bytes.len() as u64,
        }
        if LISTS.iter().any(|list| path.as_str().starts_with(list)) {
            lists += bytes.len() as u64;
        }
        match output {
            Output::Page(_) => {
                let html = String::from_utf8(bytes).expect("a page is UTF-8");
                let hrefs =
                    html.split(" href=\"").skip(1).filter_map(|rest| rest.split('"').next());
                let to = hrefs.filter_map(|link| destination(path.as_str(), link)).collect();
                links.insert(path.to_string(), to);
            }
            _ if key.kind().id == "canvas.json" => wanted.extend(activities(&bytes)),
            _ => {}
        }
    }
    // An activity is found on a list of its department, and one click further on its canvas.
    let pages = clicks(&links);
    let mut nearest: BTreeMap<&(String, String), u64> = BTreeMap::new();
    for (page, links) in links.iter().filter(|(page, _)| page.starts_with("departments/")) {
        let further = pages.get(page.as_str()).map_or(u64::MAX, |clicks| clicks + 1);
        for link in links {
            let clicks = nearest.entry(link).or_insert(further);
            *clicks = further.min(*clicks);
        }
    }
    assert!(wanted.len() > 10_000, "the canvases have activities");
    let furthest = wanted.iter().map(|activity| nearest.get(activity).copied().unwrap_or(u64::MAX));
    check(
        "large",
        &BTreeMap::from([
            ("bytes a canvas".to_owned(), (all / u64::from(size.canvases), String::new())),
            (
                "bytes of search a canvas".to_owned(),
                (search / u64::from(size.canvases), String::new()),
            ),
            ("bytes of lists".to_owned(), (lists, String::new())),
            ("clicks to an activity".to_owned(), (furthest.max().unwrap_or(0), String::new())),
        ]),
    );
}
