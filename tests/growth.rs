//! No page grows with the handbook: navigation, lists and backlinks have the same size however many
//! canvases there are.

#[path = "tree/history.rs"]
mod history;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use canvasbook::compile::{Compiled, Inputs, Memo, Output, compile};
use canvasbook::source::SourcePath;
use canvasbook::view::edition::Content;
use canvasbook::view::pages::{PAGES, PageKey};
use canvasbook::view::url::SitePath;

/// A canvas in one of ten sections that is like all others and refers to the first one.
fn canvas(number: usize) -> String {
    format!(
        "\
+++
title = \"Bakery {number:05}\"
summary = \"Bread for street {number:05}.\"
stage = \"grow\"
owner = \"Owner {owner:02}\"
tags = [\"bread\", \"tag {owner:02}\"]
reviewed = 2026-01-{day:02}
review_every = \"2 weeks\"
{beside}+++

## Key Activities

### Production {{category=production}}

- **Baking** {{with=\"Quality\"}} — for [warm bread](#warm-bread), as in [[Bakery 00000#Warm bread]].

## Value Propositions

- **Warm bread** — for [[#Neighbours]].

## Customer Segments

- **Neighbours** — within ten minutes on foot.
",
        beside =
            if number % 100 == 50 { "compare_with = \"bakery-00000.md\"\n" } else { "" },
        owner = number % 2,
        day = 1 + number % 28,
    )
}

/// A handbook of `canvases` canvases and one page.
fn handbook(canvases: usize) -> Compiled {
    let mut inputs = Inputs::default();
    for number in 0..canvases {
        let path = format!("content/s{}/bakery-{number:05}.md", number % 10);
        inputs.documents.insert(SourcePath::new(path), Arc::from(canvas(number)));
    }
    let about = "+++\naliases = [\"old\"]\n+++\n# About\n";
    inputs.documents.insert(SourcePath::new("content/about.md"), Arc::from(about));
    inputs.history = Some(Arc::new(history::of(&inputs.documents, 2)));
    let compiled = compile(&inputs, &mut Memo::default());
    assert!(!compiled.diagnostics.has_errors());
    compiled
}

/// The number of bytes of a page.
fn size(compiled: &Compiled, path: &str) -> usize {
    let Some(Output::Page(key)) = compiled.site.get(&SitePath::new(path)) else {
        panic!("{path} is no page");
    };
    compiled.render(*key).expect("the built-in theme renders").len()
}

/// How many bytes the numbers of further pages take at most: of many pages only some are linked.
const PAGING: usize = 3_000;

/// Asserts that a page is at most 2 % larger in the larger handbook, apart from the numbers of
/// pages.
#[track_caller]
fn same(small: &Compiled, large: &Compiled, path: &str) {
    let (before, after) = (size(small, path), size(large, path));
    assert!(
        after * 100 <= (before + PAGING) * 102,
        "{path} has {before} bytes, and {after} in the larger one"
    );
}

/// The first page of each kind and, where a kind has several lists of pages, of each of these.
fn first_pages(compiled: &Compiled) -> Vec<(PageKey, &SitePath)> {
    let mut first = BTreeMap::new();
    for (path, output) in compiled.site.iter() {
        if let Output::Page(key) = output {
            let list = (key.kind().id, key.at.list);
            let page = first.entry(list).or_insert((*key, path));
            *page = (*page).min((*key, path));
        }
    }
    first.into_values().collect()
}

#[test]
fn no_page_grows_with_the_handbook() {
    let (few, some, many) = (handbook(10), handbook(1_000), handbook(10_000));
    // The last canvas that all three have; the first one is referred to by all others.
    for page in ["s9/bakery-00009.html", "about.html", "404.html", "categories/index.html"] {
        same(&few, &many, page);
    }
    // Lists that fill their first page in the smaller one.
    for page in [
        "index.html",
        "canvases/2.html",
        "departments/production.html",
        "departments/quality.html",
        "categories/production.html",
        "blocks/key-activities.html",
        "stages/grow.html",
        "tags/bread.html",
        "s0/bakery-00000.html",
    ] {
        same(&some, &many, page);
    }
    // If a list does not fill its page there, it is cut all the same; and so is every kind of page,
    // whatever it shows.
    for (_, path) in first_pages(&some) {
        let (before, after) = (size(&some, path.as_str()), size(&many, path.as_str()));
        assert!(
            after < 4 * before,
            "{path} has {before} bytes, and {after} with ten times the canvases"
        );
    }
    let kinds: BTreeSet<&str> = first_pages(&some).iter().map(|(key, _)| key.kind().id).collect();
    let all = PAGES.iter().filter(|kind| matches!(kind.content, Content::Page { .. }));
    let missing: Vec<&str> = all.map(|kind| kind.id).filter(|id| !kinds.contains(id)).collect();
    assert!(missing.is_empty(), "let the handbook have a page of each kind: {missing:?}");
}
