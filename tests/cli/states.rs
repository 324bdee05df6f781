//! States of a handbook: the uncommitted one, and one that a tag names.

use expect_test::expect;

use crate::handbook::{NO_RULES, SETTINGS};
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
    let lately = String::from_utf8_lossy(&site["changes/index.html"]).into_owned();
    let listed = lately.split("Not committed yet</h2>").nth(1).expect("it is said");
    let listed = listed.split("</section>").next().expect("it ends");
    expect![[r#"
        <ul class="changes">
        <li><a href="../bakery.history.html#_now">Bakery</a></li>
        <li><a href="../kiosk.html">Kiosk</a></li>
        </ul>"#]]
    .assert_eq(listed.trim());
    assert!(!String::from_utf8_lossy(&site["mill.history.html"]).contains("Not committed"));
    handbook.commit("2026-01-03", "Commit it");
    handbook.run("build --quiet").status(0);
    let site = handbook.tree("public").0;
    for page in ["changes/index.html", "bakery.history.html", "kiosk.history.html"] {
        assert!(!String::from_utf8_lossy(&site[page]).contains("Not committed"), "{page}");
    }
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
