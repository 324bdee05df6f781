//! What the preview serves while files change: the same as a clean build, and the last good pages
//! while there are mistakes.

use std::collections::BTreeSet;
use std::fs;
use std::thread;
use std::time::{Duration, Instant};

use crate::handbook::{CANVAS, Handbook};
use crate::numbers::Numbers;
use crate::preview::{PATIENCE, Preview, handbook, save};
use crate::watch_script::edit;
use crate::watching::clean;

/// Waits until every page and file is served as a clean build writes it, and the paths in `known`
/// that a clean build does not write are gone. Returns all paths that are known then.
#[track_caller]
fn serves_a_clean_build(
    preview: &Preview,
    handbook: &Handbook,
    mut known: BTreeSet<String>,
) -> BTreeSet<String> {
    let clean = clean(handbook);
    let files = clean.0.iter().filter(|(path, _)| !path.starts_with('.'));
    known.extend(files.clone().map(|(path, _)| path.clone()));
    let end = Instant::now() + PATIENCE;
    for path in &known {
        loop {
            let answer = preview.get(&format!("/{path}"));
            let is_as_built = match clean.0.get(path) {
                None => answer.status == 404,
                Some(bytes) if path.ends_with(".html") => answer.as_built().as_bytes() == bytes,
                Some(bytes) => answer.status == 200 && answer.body == *bytes,
            };
            if is_as_built {
                break;
            }
            assert!(Instant::now() < end, "{path}: {}\n{}", answer.status, answer.text());
            thread::sleep(Duration::from_millis(20));
        }
    }
    known
}

#[test]
fn any_edits_end_equal_to_a_clean_build() {
    for (seed, flags) in [(5, "--port 0"), (6, "--port 0"), (7, "--port 0 --poll")] {
        let handbook = Handbook::new().file("content/index.md", "# Home\n");
        let preview = Preview::start(&handbook, flags);
        let (mut numbers, mut known) = (Numbers(seed), BTreeSet::new());
        for step in 0..60 {
            // Most edits may fail, as when there is no such file: then nothing changes.
            let _ = edit(&handbook, &mut numbers, step);
            if numbers.below(3) == 0 {
                thread::sleep(Duration::from_millis(numbers.below(120) as u64));
            }
            if step % 20 == 19 {
                // There is something to serve, whatever was removed.
                handbook.write("content/index.md", format!("# Home\n\nStep {step}.\n"));
                known = serves_a_clean_build(&preview, &handbook, known);
            }
        }
    }
}

#[test]
fn a_renamed_page_moves_and_whatever_leads_to_it_follows() {
    let handbook = Handbook::new()
        .file("content/bakery.md", format!("{CANVAS}\nAs in the [plan](plan.md).\n"))
        .file("content/plan.md", "# Plan\n\nText.\n")
        .file("content/index.md", "# Home\n");
    let preview = Preview::start(&handbook, "--port 0");
    preview.until("/plan.html", 200, "href=\"bakery.html");
    preview.until("/index.html", 200, "href=\"bakery.html");
    fs::rename(handbook.path("content/bakery.md"), handbook.path("content/mill.md")).expect("can");
    preview.until("/bakery.html", 404, "There is no page here");
    preview.until("/mill.html", 200, "Fresh bread");
    for page in ["/plan.html", "/index.html"] {
        let text = preview.get(page).text();
        assert!(text.contains("href=\"mill.html") && !text.contains("bakery.html"), "{text}");
    }
    handbook.remove("content/mill.md");
    preview.until("/mill.html", 404, "There is no page here");
    for page in ["/plan.html", "/index.html"] {
        assert!(!preview.get(page).text().contains("mill.html"), "{page} leads to it still");
    }
    serves_a_clean_build(&preview, &handbook, BTreeSet::new());
}

#[test]
fn mistakes_never_end_it_and_each_is_told_once() {
    const ROUNDS: usize = 20;
    let config = "title = \"Bakeries\"\ntheme = \"ours\"\n";
    let handbook = Handbook::new()
        .file("canvasbook.toml", config)
        .file("themes/ours/templates/note.txt", "")
        .file("content/bakery.md", CANVAS)
        .file("content/page.md", "# Page\n\nText.\n");
    let mut preview = Preview::start(&handbook, "--port 0");
    let template = "themes/ours/templates/canvas.html";
    let broken = [
        ("canvasbook.toml", "title = \n", Some(config)),
        ("content/page.md", "+++\ntitle = 7\n+++\n", Some("# Page\n\nText.\n")),
        (template, "{% if %}", None),
    ];
    let good = preview.get("/bakery.html").as_built();
    for round in 0..ROUNDS {
        for (path, bad, mended) in broken {
            save(&handbook, path, bad);
            let line = preview.line();
            let told = format!("{path}: 1 error, the pages stay as they were ([TIME])");
            assert_eq!(line, told, "round {round}");
            assert!(preview.get("/bakery.html").as_built() == good, "{path}: the last good page");
            // The mistake is still there while another file is written, and is not reported again.
            save(&handbook, "content/bakery.md", format!("{CANVAS}\n"));
            assert!(preview.line().contains("1 error"), "{path} in round {round}");
            save(&handbook, "content/bakery.md", CANVAS);
            assert!(preview.line().contains("1 error"), "{path} in round {round}");
            match mended {
                Some(text) => save(&handbook, path, text),
                None => handbook.remove(path),
            }
            assert_eq!(preview.line(), format!("{path}: no page is open ([TIME])"));
            assert!(preview.get("/bakery.html").as_built() == good, "{path}: it is mended");
        }
    }
    assert!(preview.child.try_wait().expect("can be asked").is_none(), "it still runs");
    let said = preview.messages();
    for (path, ..) in broken {
        assert_eq!(said.matches(&format!("--> {path}:")).count(), ROUNDS, "{path}: {said}");
    }
}

#[test]
fn a_tab_is_told_of_every_file_that_changed_since_it_was_told() {
    let handbook = handbook()
        .file("canvasbook.toml", "theme = \"ours\"\n")
        .file("themes/ours/assets/paper.svg", "<svg/>");
    let mut preview = Preview::start(&handbook, "--port 0");
    let mut tab = preview.tab("/bakery.html", None);
    let start = tab.news()["state"].as_u64().expect("states are numbered");
    // While the handbook has errors, nothing new is served.
    handbook.write("content/page.md", "[nowhere](nowhere.md)\n");
    assert!(preview.line().contains("1 error"));
    handbook.write("static/look.css", "p { color: blue }\n");
    assert!(preview.line().contains("1 error"));
    handbook.write("content/page.md", "Somewhere\n");
    let mended = tab.told_of("/look.css");
    handbook.write("themes/ours/assets/paper.svg", "<svg></svg>");
    let last = tab.told_of("/assets/paper.svg");
    assert!(start < mended && mended < last);
    // One tab that was away, and one that was loaded while something changed.
    let files = |since: u64| preview.tab("/bakery.html", Some(since)).news()["files"].clone();
    assert_eq!(files(start), serde_json::json!(["/assets/paper.svg", "/look.css"]));
    assert_eq!(files(mended), serde_json::json!(["/assets/paper.svg"]));
    assert_eq!(files(last), serde_json::json!([]));
    let page = preview.get("/bakery.html").text();
    assert!(page.contains(&format!("data-state=\"{last}\"")), "{page}");
}

#[test]
fn a_tab_follows_a_page_that_is_renamed_twice() {
    let handbook = handbook();
    let mut preview = Preview::start(&handbook, "--port 0");
    for (from, to) in [("bakery", "mill"), ("mill", "shop")] {
        let path = |name: &str| handbook.path(&format!("content/{name}.md"));
        std::fs::rename(path(from), path(to)).expect("can be renamed");
        assert!(preview.line().contains("2 pages added, 2 pages removed"));
    }
    for old in ["/bakery.html", "/mill.html"] {
        assert_eq!(preview.tab(old, None).news()["moved"], "/shop.html", "{old}");
    }
}

#[test]
fn a_file_that_is_half_written_is_no_mistake_yet() {
    const TRIES: usize = 10;
    let handbook = handbook().file("content/page.md", "# Page\n");
    let mut preview = Preview::start(&handbook, "--port 0");
    let told = |number: &usize| {
        handbook.write("content/page.md", "+++\ntitle = ");
        thread::sleep(Duration::from_millis(20));
        handbook.write("content/page.md", format!("+++\ntitle = \"Page {number}\"\n+++\n"));
        let is_told = preview.line().contains("1 error");
        if is_told {
            preview.line();
        }
        is_told
    };
    let told = (0..TRIES).filter(told).count();
    // On a busy machine the second half may come late.
    assert!(told <= TRIES / 2, "{told} of {TRIES} were told");
}
