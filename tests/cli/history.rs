//! Handbooks in git: the revisions of canvases.

use std::fs;
use std::path::Path;

use expect_test::{Expect, expect};

use crate::handbook::{CANVAS, Handbook, NO_RULES, SETTINGS};
use crate::html::{Piece, pieces};
use crate::repository::git;
use crate::tree::Tree;

/// A canvas with a further line.
pub fn canvas(line: &str) -> String {
    format!("# Bakery\n\n{CANVAS}\n## Channels\n\n- {line}\n")
}

/// A handbook in a repository.
pub fn handbook() -> Handbook {
    Handbook::new().file(SETTINGS, NO_RULES).file(".gitignore", "/public/\n").repository()
}

/// The revisions on a page of a history, one per line, without posters and without what is below the revisions.
fn revisions(site: &Tree, page: &str) -> String {
    let Some(html) = site.0.get(page) else { return "no page\n".to_owned() };
    let html = String::from_utf8_lossy(html);
    let main = html.split("</h1>").nth(1).expect("the page has a title");
    let main = main.split("<section id=\"_elements\">").next().expect("it ends");
    let main = main.split("<div class=\"legend\">").next().expect("it ends");
    let mut said = String::new();
    // The number of open `div`s of a poster.
    let (mut open, mut is_in_item) = (0, false);
    for piece in pieces(main).expect("it can be read") {
        let is_frame =
            |attributes: &[(String, String)]| attributes.iter().any(|(_, value)| value == "frame");
        match &piece {
            Piece::Start(name, attributes)
                if name == "div" && (open > 0 || is_frame(attributes)) =>
            {
                open += 1;
            }
            Piece::End(name) if name == "div" && open > 0 => open -= 1,
            _ if open > 0 => continue,
            _ => {}
        }
        match &piece {
            Piece::Start(name, _) if name == "li" => is_in_item = true,
            Piece::End(name) if name == "li" => is_in_item = false,
            _ => {}
        }
        match piece {
            Piece::Start(name, _) if name == "section" => said.push('\n'),
            // What follows is not a revision.
            Piece::Start(name, attributes)
                if name == "p" && attributes.iter().any(|(_, value)| value == "more") =>
            {
                said.push('\n');
            }
            Piece::Text(text) if !is_id(text.trim()) => said.push_str(text.trim_end_matches('\n')),
            Piece::Start(name, _) if name == "li" => said.push_str(" | "),
            Piece::Start(name, _) if name == "p" && is_in_item => said.push_str(": "),
            Piece::Start(name, _) if name == "del" => said.push('['),
            Piece::End(name) if name == "del" => said.push(']'),
            Piece::End(name) if name == "h2" => said.push_str(" · "),
            _ => {}
        }
    }
    said.push('\n');
    said
}

/// The posters of a page of a history: one line per revision, with the blocks in which anything differs.
fn posters(site: &Tree, page: &str) -> String {
    let html = String::from_utf8_lossy(&site.0[page]).into_owned();
    let mut said = String::new();
    for poster in html.split("<div class=\"poster").skip(1) {
        let poster = poster.split("\n</div>\n</div>").next().expect("it ends");
        let blocks = poster.split("<section").skip(1).filter(|block| block.contains("<li"));
        let block = |block: &str| {
            let pieces = pieces(&format!("<section{block}")).expect("it can be read");
            let texts = pieces.into_iter().filter_map(|piece| match piece {
                Piece::Text(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
                _ => None,
            });
            texts.collect::<Vec<String>>().join(" ")
        };
        said.push_str(&blocks.map(block).collect::<Vec<String>>().join(" | "));
        said.push('\n');
    }
    said
}

/// Whether a text is the id of a commit, which differs from test to test.
fn is_id(text: &str) -> bool {
    text.len() == 10 && text.chars().all(|c| c.is_ascii_hexdigit())
}

/// Builds a handbook and compares the revisions on a page of a history.
#[track_caller]
pub fn check(handbook: &Handbook, page: &str, expected: Expect) {
    handbook.run("build --quiet").status(0).stderr_is("");
    expected.assert_eq(&revisions(&handbook.tree("public"), page));
}

#[test]
fn a_canvas_lists_its_revisions_under_all_names_that_it_had() {
    let handbook = handbook().file("content/bakery.md", canvas("Shop"));
    handbook.write("content/notes.md", "# Notes\n");
    handbook.commit("2026-01-02", "Add the bakery");
    handbook.write("content/notes.md", "# Notes\n\nMore.\n");
    handbook.commit("2026-01-03", "Write notes");
    handbook.write("content/bakery.md", canvas("Shop and stall"));
    handbook.commit("2026-01-04", "Open a stall\n\nIt is cheap.");
    handbook.git(&["mv", "content/bakery.md", "content/Bakery.md"]);
    handbook.commit("2026-01-05", "Write the name with a capital");
    fs::create_dir(handbook.path("content/retail")).expect("it can be made");
    handbook.git(&["mv", "content/Bakery.md", "content/retail/shop.md"]);
    handbook.write("content/retail/shop.md", canvas("Shop, stall and van"));
    handbook.commit("2026-01-06", "Buy a van");
    check(
        &handbook,
        "retail/shop.history.html",
        expect![[r#"
            4 revisions
            Buy a van · 6 January 2026 · Head of Product · Moved here from content/Bakery.md. | + Shop, stall and van Detail | − Shop and stall Commitment
            Write the name with a capital · 5 January 2026 · Head of Product · Moved here from content/bakery.md.No content of the canvas changed.
            Open a stall · 4 January 2026 · Head of Product ·  | + Shop and stall Detail | − Shop Commitment
            Add the bakery · 2 January 2026 · Head of Product · Added.
        "#]],
    );
    let site = handbook.tree("public");
    expect![[r#"
        Channels + Shop, stall and van − Shop and stall
        Channels + Shop and stall − Shop
        Key Activities + Baking | Value Propositions + Fresh bread | Channels + Shop | Customer Segments + Neighbours
    "#]].assert_eq(&posters(&site, "retail/shop.history.html"));
    let page = String::from_utf8_lossy(&site.0["retail/shop.html"]).into_owned();
    let fact = page.lines().find(|line| line.contains("shop.history.html")).map(str::to_owned);
    expect![[r#"<div><dt>Last changed</dt><dd><time datetime="2026-01-06"><a href="shop.history.html">6 January 2026</a></time></dd></div>"#]].assert_eq(&fact.expect("the canvas leads to it"));
    assert!(!handbook.path("public/notes.history.html").exists(), "only canvases have such a page");
}

#[test]
fn removals_reverts_and_returns_are_revisions() {
    let handbook = handbook().file("content/bakery.md", canvas("Shop"));
    handbook.write("content/index.md", "# Plans\n");
    handbook.commit("2026-01-02", "Add the bakery");
    handbook.write("content/bakery.md", canvas("Stall"));
    handbook.commit("2026-01-03", "Give up the shop");
    handbook.git_at("2026-01-04", &["revert", "--no-edit", "HEAD"]);
    handbook.remove("content/bakery.md");
    handbook.commit("2026-01-05", "Close");
    assert_eq!(is_there(&handbook), "no page\n");
    handbook.write("content/bakery.md", canvas("Shop again"));
    handbook.commit("2026-01-06", "Open again");
    check(
        &handbook,
        "bakery.history.html",
        expect![[r#"
            5 revisions
            Open again · 6 January 2026 · Head of Product · Added.
            Close · 5 January 2026 · Head of Product · Removed.
            Revert "Give up the shop" · 4 January 2026 · Head of Product ·  | + Shop Detail | − Stall Commitment
            Give up the shop · 3 January 2026 · Head of Product ·  | + Stall Detail | − Shop Commitment
            Add the bakery · 2 January 2026 · Head of Product · Added.
        "#]],
    );
}

fn is_there(handbook: &Handbook) -> String {
    handbook.run("build --quiet").status(0).stderr_is("");
    revisions(&handbook.tree("public"), "bakery.history.html")
}

#[test]
fn of_a_merge_only_what_no_parent_has_is_a_revision() {
    let handbook = handbook().file("content/bakery.md", canvas("Shop"));
    handbook.commit("2026-01-02", "Add the bakery");
    handbook.git(&["checkout", "--quiet", "-b", "stall"]);
    handbook.write("content/bakery.md", canvas("Shop and stall"));
    handbook.commit("2026-01-03", "Open a stall");
    handbook.git(&["checkout", "--quiet", "main"]);
    handbook.write("content/other.md", canvas("Other"));
    handbook.commit("2026-01-04", "Add another");
    handbook
        .git_at("2026-01-05", &["merge", "--quiet", "--no-ff", "-m", "Merge the stall", "stall"]);
    check(
        &handbook,
        "bakery.history.html",
        expect![[r#"
            2 revisions
            Open a stall · 3 January 2026 · Head of Product ·  | + Shop and stall Detail | − Shop Commitment
            Add the bakery · 2 January 2026 · Head of Product · Added.
        "#]],
    );
    handbook.git(&["checkout", "--quiet", "-b", "van"]);
    handbook.write("content/bakery.md", canvas("Van"));
    handbook.commit("2026-01-06", "Only a van");
    handbook.git(&["checkout", "--quiet", "main"]);
    handbook.write("content/bakery.md", canvas("Only a stall"));
    handbook.commit("2026-01-07", "Only a stall");
    // With conflicts, git ends with a status of its own.
    handbook.git(&["merge", "--quiet", "--no-commit", "--strategy=ours", "van"]);
    handbook.write("content/bakery.md", canvas("Van and stall"));
    handbook.commit("2026-01-08", "Merge: van and stall");
    handbook.git(&["checkout", "--quiet", "--orphan", "elsewhere"]);
    handbook.git(&["rm", "--quiet", "-r", "-f", "."]);
    handbook.write("content/kiosk.md", canvas("Kiosk"));
    handbook.commit("2026-01-09", "Begin a kiosk elsewhere");
    handbook.git(&["checkout", "--quiet", "main"]);
    handbook.git(&["branch", "third"]);
    let words = ["merge", "--quiet", "--allow-unrelated-histories", "-m", "Join", "elsewhere"];
    handbook.git_at("2026-01-10", &words);
    check(
        &handbook,
        "bakery.history.html",
        expect![[r#"
            5 revisions
            Merge: van and stall · 8 January 2026 · Head of Product ·  | + Van and stall Detail | − Only a stall Commitment
            Only a stall · 7 January 2026 · Head of Product ·  | + Only a stall Detail | − Shop and stall Commitment
            Only a van · 6 January 2026 · Head of Product ·  | + Van Detail | − Shop and stall Commitment
            Open a stall · 3 January 2026 · Head of Product ·  | + Shop and stall Detail | − Shop Commitment
            Add the bakery · 2 January 2026 · Head of Product · Added.
        "#]],
    );
    check(
        &handbook,
        "kiosk.history.html",
        expect![[r#"
            1 revision
            Begin a kiosk elsewhere · 9 January 2026 · Head of Product · Added.
        "#]],
    );
}

#[test]
fn people_are_named_by_the_mailmap_and_addresses_stay_private() {
    let handbook = handbook().file("content/bakery.md", canvas("Shop"));
    // With an address of its own the site has feeds.
    handbook.write(SETTINGS, format!("base_url = \"https://handbook.test\"\n{NO_RULES}"));
    handbook.commit("2026-01-02", "Open, says product@example.com");
    handbook.write("content/bakery.md", canvas("Stall"));
    handbook.git(&["add", "--all"]);
    let author = "--author=sales@example.org <sales@example.org>";
    handbook.git_at("2026-01-03", &["commit", "--quiet", "-m", "Open a stall", author]);
    handbook.write(".mailmap", "Product Lead <lead@example.net> <product@example.com>\n");
    handbook.commit("2026-01-04", "Name people");
    check(
        &handbook,
        "bakery.history.html",
        expect![[r#"
            2 revisionsFeed
            Open a stall · 3 January 2026 · sales ·  | + Stall Detail | − Shop Commitment
            Open, says product · 2 January 2026 · Product Lead · Added.
        "#]],
    );
    let site = handbook.tree("public").0;
    for page in ["changes/feed.xml", "bakery.history.xml", "changes/index.html", "bakery.json"] {
        assert!(site.contains_key(page), "{page} is searched too");
    }
    for (path, bytes) in &site {
        let text = String::from_utf8_lossy(bytes);
        for domain in ["example.com", "example.org", "example.net"] {
            assert!(!text.contains(domain), "{path} has an address at {domain}");
        }
    }
}

#[test]
fn a_handbook_may_be_a_folder_of_a_repository_and_in_a_worktree_or_a_part_of_a_clone() {
    let outer = Handbook::new().repository();
    for folder in ["plans", "other"] {
        outer.write(&format!("{folder}/{SETTINGS}"), NO_RULES);
        outer.write(&format!("{folder}/content/bakery.md"), canvas(folder));
        outer.write(&format!("{folder}/content/mill.md"), canvas("Mill"));
    }
    outer.commit("2026-01-02", "Add plans");
    outer.write("other/content/bakery.md", canvas("Changed"));
    outer.commit("2026-01-03", "Change the other");
    outer.write("plans/content/bakery.md", canvas("Changed"));
    outer.commit("2026-01-04", "Change the plan");
    let build = |root: &str| {
        let line = format!("build --quiet --root {root} --output site");
        outer.run(&line).status(0).stderr_is("");
        revisions(&outer.tree("site"), "bakery.history.html")
    };
    let expected = build("plans");
    expect![[r#"
        2 revisions
        Change the plan · 4 January 2026 · Head of Product ·  | + Changed Detail | − plans Commitment
        Add plans · 2 January 2026 · Head of Product · Added.
    "#]]
    .assert_eq(&expected);
    outer.git(&["worktree", "add", "--quiet", "--detach", "tree", "HEAD"]);
    assert_eq!(build("tree/plans"), expected, "in a worktree with a detached head");
    let url = format!("file://{}", outer.path(".git").display());
    outer.git(&["clone", "--quiet", "--depth=1", &url, "shallow"]);
    expect![[r#"
        no page
    "#]]
    .assert_eq(&build("shallow/plans"));
    outer.git(&["clone", "--quiet", "--depth=2", &url, "deeper"]);
    expect![[r#"
        1 revision
        Change the plan · 4 January 2026 · Head of Product ·  | + Changed Detail | − plans Commitment
        Older revisions are not known, because the site was made from a part of the repository.
    "#]]
    .assert_eq(&build("deeper/plans"));
    let lately = String::from_utf8_lossy(&outer.tree("site").0["changes/index.html"]).into_owned();
    assert!(!lately.contains("Not committed yet"), "of the mill nobody knows when it was written");
}

#[test]
fn outside_of_git_before_the_first_commit_and_if_switched_off_nothing_is_said() {
    let canvas = canvas("Shop");
    let outside = Handbook::new().file(SETTINGS, NO_RULES).file("content/bakery.md", &canvas);
    outside.run("build --quiet").status(0).stderr_is("");
    let site = outside.tree("public");
    assert!(!String::from_utf8_lossy(&site.0["bakery.html"]).contains("Last changed"));
    let inside = handbook().file("content/bakery.md", &canvas);
    let build = || {
        inside.run("build --quiet").status(0).stderr_is("");
        inside.tree("public")
    };
    assert_eq!(build(), site, "before the first commit");
    // A repository that does not hold the canvases, such as one around a home folder.
    inside.write(".git/info/exclude", "/content/\n");
    inside.commit("2026-01-02", "Settings only");
    assert_eq!(build(), site, "in a repository without the canvases");
    inside.write(".git/info/exclude", "");
    inside.commit("2026-01-03", "Canvases too");
    assert!(build().0.contains_key("bakery.history.html"));
    inside.write(SETTINGS, format!("{NO_RULES}[history]\nenabled = false\n"));
    assert_eq!(build(), site, "switched off");
}

#[test]
fn a_configuration_says_how_far_back_and_which_branch() {
    let handbook = handbook().file("content/bakery.md", canvas("Shop"));
    handbook.commit("2026-01-02", "Add the bakery");
    handbook.git(&["checkout", "--quiet", "-b", "draft"]);
    handbook.write("content/bakery.md", canvas("Stall"));
    handbook.commit("2026-01-04", "Draft a stall");
    let history = |keys: &str| handbook.write(SETTINGS, format!("{NO_RULES}[history]\n{keys}\n"));
    history("since = 2026-01-03");
    check(
        &handbook,
        "bakery.history.html",
        expect![[r#"
            1 revision
            Draft a stall · 4 January 2026 · Head of Product ·  | + Stall Detail | − Shop Commitment
            Revisions before 3 January 2026 are not shown.
        "#]],
    );
    history("since = 2025-01-03");
    check(
        &handbook,
        "bakery.history.html",
        expect![[r#"
            2 revisions
            Draft a stall · 4 January 2026 · Head of Product ·  | + Stall Detail | − Shop Commitment
            Add the bakery · 2 January 2026 · Head of Product · Added.
        "#]],
    );
    history("branch = \"main\"");
    check(
        &handbook,
        "bakery.history.html",
        expect![[r#"
            1 revision
            Add the bakery · 2 January 2026 · Head of Product · Added.
        "#]],
    );
    history("branch = \"mian\"");
    handbook.run("build --quiet").status(0).stderr(expect![[r#"
        warning[unknown-branch]: there is no branch `mian`
         --> canvasbook.toml:4:10
          |
        4 | branch = "mian"
          |          ^^^^^^ the history of what is checked out is shown instead
          |
          = help: fetch it with `git fetch origin mian`, or leave the key out

        1 warning in 1 file
    "#]]);
}

#[test]
fn a_repository_that_cannot_be_read_is_a_warning() {
    let handbook = handbook().file("content/bakery.md", canvas("Shop"));
    handbook.commit("2026-01-02", "Add the bakery");
    handbook.write(".git/config", "[core\n");
    handbook.run("build --quiet").status(0).stderr(expect![[r#"
        warning[unreadable-history]: the history cannot be read: Repository configuration could not be loaded
         --> .git
          |
          = help: mend the repository, or write `enabled = false` in `[history]` of canvasbook.toml

        1 warning in 1 file
    "#]]);
}

#[test]
fn what_is_missing_of_a_repository_is_said_to_be() {
    let handbook = handbook().file("content/bakery.md", canvas("Shop"));
    handbook.commit("2026-01-02", "Add the bakery");
    handbook.write("content/bakery.md", canvas("Stall"));
    handbook.commit("2026-01-03", "Open a stall");
    let tree = handbook.git(&["rev-parse", "HEAD~1:content"]);
    let (folder, file) = tree.trim().split_at(2);
    handbook.write("content/bakery.md", canvas("Van"));
    handbook.commit("2026-01-04", "Buy a van");
    handbook.remove(&format!(".git/objects/{folder}/{file}"));
    check(
        &handbook,
        "bakery.history.html",
        expect![[r#"
            1 revision
            Buy a van · 4 January 2026 · Head of Product ·  | + Van Detail | − Stall Commitment
            Older revisions are not known, because the site was made from a part of the repository.
        "#]],
    );
}

#[test]
fn contents_that_are_no_canvas_to_read_do_no_harm() {
    let handbook = handbook().file("content/bakery.md", canvas("Shop"));
    handbook.commit("2026-01-02", "Add the bakery");
    handbook.write("content/bakery.md", vec![b'x'; 2 << 20]);
    handbook.commit("2026-01-03", "Write two megabytes");
    handbook.write("content/bakery.md", b"\xff\xfe");
    handbook.commit("2026-01-04", "Write no text");
    handbook.write("content/bakery.md", canvas("Shop"));
    handbook.write("content/.hidden.md", canvas("Hidden"));
    handbook.commit("2026-01-05", "Write the canvas again");
    check(
        &handbook,
        "bakery.history.html",
        expect![[r#"
            4 revisions
            Write the canvas again · 5 January 2026 · Head of Product · What changed is not known.
            Write no text · 4 January 2026 · Head of Product · What changed is not known.
            Write two megabytes · 3 January 2026 · Head of Product · What changed is not known.
            Add the bakery · 2 January 2026 · Head of Product · Added.
        "#]],
    );
}

#[test]
fn today_is_the_day_of_the_newest_commit() {
    let front = "+++\nreviewed = 2026-01-01\nreview_every = \"30 days\"\n+++\n";
    let handbook = handbook().file("content/bakery.md", format!("{front}{CANVAS}"));
    handbook.commit("2026-01-02", "Add the bakery");
    let due = |handbook: &Handbook| {
        let mut build = handbook.command("build --quiet");
        handbook.run_command(build.env_remove("SOURCE_DATE_EPOCH")).status(0);
        let site = handbook.tree("public");
        String::from_utf8_lossy(&site.0["bakery.html"]).contains("Review was due")
    };
    assert!(!due(&handbook));
    handbook.commit("2026-03-02", "Change nothing");
    assert!(due(&handbook));
}

#[test]
fn two_builds_of_one_commit_are_equal() {
    let handbook = handbook().file("content/bakery.md", canvas("Shop"));
    handbook.commit("2026-01-02", "Add the bakery");
    handbook.run("build --quiet").status(0);
    let first = handbook.tree("public");
    let clone = Handbook::new();
    git(&clone.path(""), &["clone", "--quiet", &path(&handbook.path("")), "."]);
    clone.run("build --quiet").status(0);
    assert_eq!(clone.tree("public"), first);
}

fn path(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
