//! Handbooks and the sites that must come out of them: `tests/golden/<name>/{source,expected}`.
//!
//! The program builds `source`, and the whole output is compared with `expected`: a missing file, one
//! too many and every byte count. `UPDATE_EXPECT=1 cargo test --test golden` rewrites `expected`; read
//! the difference before you commit it. Not everything is stored again for each handbook: files of the
//! built-in theme must be equal to the theme's own, the form of the list of written files is known to
//! the output edge only, and of most pages only the content of `<main>` is compared, so that a change
//! of the frame changes few files. The home page of each handbook is compared whole, and of `group`,
//! which has every kind of page, so is the first page of each kind.

#![expect(clippy::disallowed_methods, reason = "it starts the program and looks at what it wrote")]

#[path = "tree/links.rs"]
mod links;
#[path = "tree/tree.rs"]
mod tree;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use canvasbook::compile::Output;
use canvasbook::edge::output::MANIFEST;
use canvasbook::edge::session::Session;
use canvasbook::edge::today::Today;
use canvasbook::theme::BUILT_IN;
use canvasbook::view::edition::{Content, ThemeFile};
use canvasbook::view::pages::PAGES;

use percent_encoding::percent_decode_str;

use tree::Tree;

/// The folder of a golden handbook.
fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name)
}

/// The golden handbook that has every kind of page.
const EVERY_KIND: &str = "group";

/// The first page of each kind that a golden handbook has, by the kind.
fn first_pages(name: &str) -> BTreeMap<&'static str, String> {
    let opened =
        Session::new(folder(name).join("source"), None, false, Today::OfSources).open(None);
    let site = opened.expect("a golden handbook is one").compiled.site;
    let mut first = BTreeMap::new();
    for (path, output) in site.iter() {
        if let Output::Page(key) = output {
            first.entry(key.kind().id).or_insert_with(|| path.to_string());
        }
    }
    first
}

/// The part of a page that differs from page to page. A page without a frame, such as a redirect,
/// has no `<main>` and is returned whole.
fn main(page: &[u8]) -> Vec<u8> {
    let text = std::str::from_utf8(page).expect("a page is UTF-8");
    let start = text.find("<main");
    let end = text.rfind("</main>").map(|at| at + "</main>".len());
    let inner = start.zip(end).map(|(start, end)| format!("{}\n", &text[start..end]));
    inner.map_or_else(|| page.to_vec(), String::into_bytes)
}

/// Builds a handbook and compares the site with the expected one.
#[track_caller]
fn check(name: &str) {
    let output = tempfile::tempdir().expect("a temporary folder can be made");
    build(&folder(name).join("source"), output.path());
    let mut site = Tree::read(output.path());
    // Of all base URLs, only that of `lean` has a path.
    let root = if name == "lean" { "/book/" } else { "/" };
    assert_eq!(links::flaws(&site, root), "", "every link of tests/golden/{name} leads somewhere");
    assert!(site.0.remove(MANIFEST).is_some(), "what was written is listed");
    for ThemeFile { path, bytes, .. } in
        BUILT_IN.iter().filter(|file| file.path.starts_with("assets/"))
    {
        let found = site.0.remove(*path).unwrap_or_default();
        // Style sheets and scripts are published without comments and blanks; `compact` has the tests of
        // that.
        let as_it_is = !path.ends_with(".css") && !path.ends_with(".js");
        assert!(
            if as_it_is { found == *bytes } else { !found.is_empty() },
            "{path} is the theme's"
        );
    }
    // The content of the index has tests of its own.
    assert!(name == "empty" || site.0.contains_key("assets/search/root.js"), "it can be searched");
    assert_eq!(lost_records(&site), [""; 0], "what is found in tests/golden/{name} is there");
    site.0.retain(|path, _| !path.starts_with("assets/search/"));
    let mut whole = BTreeSet::from(["index.html".to_owned()]);
    if name == EVERY_KIND {
        whole.extend(first_pages(name).into_values());
    }
    for (path, bytes) in &mut site.0 {
        if path.ends_with(".html") && !whole.contains(path) {
            *bytes = main(bytes);
        }
    }
    let expected = folder(name).join("expected");
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        update(&expected, &site);
    }
    let differences = site.differences(&Tree::read(&expected));
    assert!(
        differences.is_empty(),
        "the site of tests/golden/{name} is not the expected one \
         (UPDATE_EXPECT=1 rewrites it):\n{differences}"
    );
}

/// The addresses of records in the index of a site that have no page.
fn lost_records(site: &Tree) -> Vec<String> {
    let mut lost = Vec::new();
    for (_, bytes) in site.0.iter().filter(|(path, _)| path.starts_with("assets/search/records-")) {
        let script = std::str::from_utf8(bytes).expect("a script is UTF-8");
        let json = script.split_once('=').expect("it sets a value").1;
        let groups: Vec<Vec<serde_json::Value>> = serde_json::from_str(json).expect("is JSON");
        for group in groups {
            let start = group[2].as_str().expect("a text");
            for row in &group[4..] {
                let address = format!("{start}{}", row[3].as_str().expect("a text"));
                let page = address.split('#').next().unwrap_or_default();
                let page = percent_decode_str(page).decode_utf8_lossy();
                if !site.0.contains_key(&*page) {
                    lost.push(address);
                }
            }
        }
    }
    lost
}

fn build(source: &Path, output: &Path) {
    let done = Command::new(env!("CARGO_BIN_EXE_canvasbook"))
        // The handbook is not part of the repository that contains it.
        .env("GIT_CEILING_DIRECTORIES", source.parent().expect("it is in a folder"))
        .env_remove("GIT_DIR")
        .args(["build", "--quiet", "--root"])
        .arg(source)
        .arg("--output")
        .arg(output)
        .output()
        .expect("the program can be started");
    let told = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success() && told.is_empty(), "a golden handbook is sound:\n{told}");
}

/// Makes the expected site equal to the one that was built.
fn update(expected: &Path, site: &Tree) {
    for path in tree::paths(expected) {
        if !site.0.contains_key(&path) {
            fs::remove_file(expected.join(path)).expect("can be removed");
        }
    }
    for (path, bytes) in &site.0 {
        let path = expected.join(path);
        fs::create_dir_all(path.parent().expect("a file has a folder")).expect("can be made");
        fs::write(path, bytes).expect("can be written");
    }
}

/// One canvas and one page, no configuration.
#[test]
fn small() {
    check("small");
}

/// A Lean Canvas with its groups, and a base URL.
#[test]
fn lean() {
    check("lean");
}

/// Two folders, references across them, departments with aliases and contributing ones, categories,
/// a draft, a page with everything that Markdown has, files to copy and a theme of two files.
#[test]
fn group() {
    check("group");
}

/// No content at all.
#[test]
fn empty() {
    check("empty");
}

/// The home page is itself the only canvas, with bold lines for headings and hardly anything in it.
#[test]
fn single() {
    check("single");
}

/// A German handbook with a French canvas, a Persian one and one of a language without words.
#[test]
fn languages() {
    check("languages");
}

/// A Persian handbook, right to left, with an English canvas and English words.
#[test]
fn rtl() {
    check("rtl");
}

#[test]
fn a_page_of_each_kind_is_compared_whole() {
    let first = first_pages(EVERY_KIND);
    let of_pages = |content: &Content| matches!(content, Content::Page { .. });
    // `tests/cli/history.rs` and its neighbours look at the pages that only a repository has.
    let is_of_git = |id: &str| ["history", "changes", "tag"].contains(&id);
    let kinds = PAGES.iter().filter(|kind| of_pages(&kind.content) && !is_of_git(kind.id));
    let kinds = kinds.map(|kind| kind.id);
    let missing: Vec<&str> = kinds.filter(|id| !first.contains_key(id)).collect();
    assert!(missing.is_empty(), "tests/golden/{EVERY_KIND} has no page of {missing:?}");
}

#[test]
fn no_golden_handbook_is_forgotten() {
    let source = fs::read_to_string(file!()).expect("cargo runs tests in the package's folder");
    let entries = fs::read_dir(folder("")).expect("the folder is there");
    let names: BTreeSet<String> = entries
        .map(|entry| entry.expect("is there").file_name().into_string().expect("UTF-8"))
        .collect();
    for name in names {
        assert!(source.contains(&format!("check(\"{name}\")")), "tests/golden/{name} has no test");
    }
}
