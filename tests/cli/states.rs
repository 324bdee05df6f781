//! States of a handbook: the uncommitted one, and one that a tag names.

use expect_test::expect;

use crate::handbook::{Handbook, NO_RULES, SETTINGS};
use crate::history::{canvas, check, handbook};

#[test]
fn what_is_not_committed_yet_is_shown_as_such() {
    let handbook = handbook().file("content/bakery.md", canvas("Shop"));
    handbook.write("content/mill.md", canvas("Mill"));
    handbook.commit("2026-01-02", "Add the bakery");
    handbook.write("content/bakery.md", canvas("Stall"));
    handbook.write("content/kiosk.md", canvas("Kiosk").replace("# Bakery", "# Kiosk"));
    check(
        &handbook,
        "bakery.history.html",
        expect![[r#"
        1 revision
        Not committed yet ·  | + Stall Detail | − Shop Commitment
        Add the bakery · 2 January 2026 · Head of Product · Added.
    "#]],
    );
    let site = handbook.tree("public").0;
    expect![[r#"
        <ul class="changes">
        <li><b role="img" aria-label="changed">~</b> <a href="../bakery.history.html#_now">Bakery</a></li>
        <li><b role="img" aria-label="added">+</b> <a href="../kiosk.html">Kiosk</a></li>
        </ul>"#]]
    .assert_eq(&listed(&handbook));
    assert!(!String::from_utf8_lossy(&site["mill.history.html"]).contains("Not committed"));
    handbook.commit("2026-01-03", "Commit it");
    handbook.run("build --quiet").status(0);
    let site = handbook.tree("public").0;
    for page in ["changes/index.html", "bakery.history.html", "kiosk.history.html"] {
        assert!(!String::from_utf8_lossy(&site[page]).contains("Not committed"), "{page}");
    }
}

/// What is not committed yet, on the page of what changed lately.
fn listed(handbook: &Handbook) -> String {
    let site = handbook.tree("public").0;
    let lately = String::from_utf8_lossy(&site["changes/index.html"]).into_owned();
    let Some((_, listed)) = lately.split_once("Not committed yet</h2>") else {
        return String::new();
    };
    listed.split("</section>").next().expect("it ends").trim().to_owned()
}

#[test]
fn files_that_were_removed_or_renamed_are_not_committed_yet() {
    let handbook = handbook().file("content/bakery.md", canvas("Shop"));
    handbook.write("content/mill.md", canvas("Mill").replace("# Bakery", "# Mill"));
    handbook.write("content/notes.md", "# Notes\n");
    handbook.write("content/plan.md", "+++\ndraft = true\n+++\n\n# Plan\n");
    handbook.write("content/stall.md", canvas("Stall").replace("# Bakery", "# Stall"));
    handbook.commit("2026-01-02", "Begin");
    handbook.write("content/bakery.md", canvas("Shop and van"));
    handbook.commit("2026-01-03", "Buy a van");
    handbook.git(&["mv", "content/bakery.md", "content/bread.md"]);
    handbook.write("content/bread.md", canvas("Shop and two vans"));
    for gone in ["mill", "notes", "plan"] {
        handbook.remove(&format!("content/{gone}.md"));
    }
    // What is left out of the site is still there.
    handbook.write("content/stall.md", format!("+++\ndraft = true\n+++\n\n{}", canvas("Stall")));
    check(
        &handbook,
        "bread.history.html",
        expect![[r#"
            2 revisions
            Not committed yet · Moved here from content/bakery.md. | + Shop and two vans Detail | − Shop and van Commitment
            Buy a van · 3 January 2026 · Head of Product ·  | + Shop and van Detail | − Shop Commitment
            Begin · 2 January 2026 · Head of Product · Added.
        "#]],
    );
    expect![[r#"
        <ul class="changes">
        <li><b role="img" aria-label="changed">~</b> <a href="../bread.history.html#_now">Bakery</a>: Moved here from content/bakery.md.</li>
        <li><b role="img" aria-label="gone">−</b> Mill</li>
        <li><b role="img" aria-label="gone">−</b> Notes</li>
        </ul>"#]].assert_eq(&listed(&handbook));
    handbook.commit("2026-01-04", "Commit it");
    handbook.run("build --quiet").status(0);
    assert_eq!(listed(&handbook), "");
}

#[test]
fn what_git_keeps_as_something_else_is_not_said_to_be_uncommitted() {
    let handbook = handbook().file("content/bakery.md", canvas("Shop"));
    let other = Handbook::new().file("parts/kiosk.md", canvas("Kiosk")).repository();
    other.commit("2026-01-01", "Begin");
    let url = format!("file://{}", other.path("").display());
    handbook.git(&["submodule", "--quiet", "add", &url, "content/others"]);
    #[cfg(unix)]
    std::os::unix::fs::symlink("bakery.md", handbook.path("content/bread.md"))
        .expect("a link is made");
    handbook.commit("2026-01-02", "Begin");
    handbook.run("build --quiet").status(0);
    assert!(handbook.tree("public").0.contains_key("others/parts/kiosk.html"));
    assert_eq!(listed(&handbook), "");
    handbook.run("diff HEAD").status(0);
}

#[test]
fn two_builds_of_one_tag_are_equal_whatever_came_later() {
    let handbook = handbook().file("content/bakery.md", canvas("Shop"));
    handbook.write(SETTINGS, format!("base_url = \"https://handbook.test\"\n{NO_RULES}"));
    handbook.commit("2026-01-02", "Add the bakery");
    handbook.write("content/bakery.md", canvas("Stall"));
    handbook.commit("2026-01-03", "Open a stall");
    handbook.git(&["tag", "v1"]);
    handbook.run("build --quiet").status(0);
    let first = handbook.tree("public");
    handbook.write("content/bakery.md", canvas("Van"));
    handbook.commit("2026-01-04", "Buy a van");
    handbook.write("content/bakery.md", canvas("Nobody knows"));
    for folder in ["one", "other"] {
        handbook.run(&format!("build --quiet --rev v1 --output {folder}")).status(0);
        assert_eq!(handbook.tree(folder), first, "{folder}");
    }
}

#[test]
fn a_commit_that_changes_many_documents_says_how_they_are_compared() {
    let handbook = handbook();
    for (subject, line) in [("Begin", "Shop"), ("Change all", "Stall")] {
        for number in 0..17 {
            handbook.write(&format!("content/{number}.md"), canvas(line));
        }
        handbook.commit("2026-01-02", subject);
    }
    handbook.run("build --quiet").status(0);
    let site = handbook.tree("public").0;
    let commit = handbook.git(&["rev-parse", "HEAD"]);
    let command = format!("canvasbook diff {}^!", &commit[..10]);
    for page in ["3.history.html", "changes/index.html"] {
        let html = String::from_utf8_lossy(&site[page]).into_owned();
        assert_eq!(html.matches("17 documents, each compared by itself").count(), 1, "{page}");
        assert!(html.contains(&command), "{page}");
    }
    handbook.run(&command["canvasbook ".len()..]).status(0);
}
