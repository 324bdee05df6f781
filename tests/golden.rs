//! Handbooks and the sites that must come out of them: `tests/golden/<name>/{source,expected}`.
//!
//! The program builds `source`, and the whole output is compared with `expected`: a missing file, one
//! too many and every byte count. `UPDATE_EXPECT=1 cargo test --test golden` rewrites `expected`; read
//! the difference before you commit it. Two kinds of files are not stored again for each handbook:
//! those of the built-in theme, which must be equal to the theme's own, and the list of written
//! files, whose form only the output edge knows.

#![expect(clippy::disallowed_methods, reason = "it starts the program and looks at what it wrote")]

#[path = "tree/links.rs"]
mod links;
#[path = "tree/tree.rs"]
mod tree;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use canvasbook::edge::output::MANIFEST;
use canvasbook::theme::BUILT_IN;
use canvasbook::view::edition::ThemeFile;

use tree::Tree;

/// The folder of a golden handbook.
fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name)
}

/// Builds a handbook and compares the site with what is expected.
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
        // Style sheets are published without comments and blanks; how, is tested where it is done.
        let as_it_is = !path.ends_with(".css");
        assert!(
            if as_it_is { found == *bytes } else { !found.is_empty() },
            "{path} is the theme's"
        );
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

fn build(source: &Path, output: &Path) {
    let done = Command::new(env!("CARGO_BIN_EXE_canvasbook"))
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
