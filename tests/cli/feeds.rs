//! The feeds of handbooks and canvases, as programs read them.

use std::collections::BTreeSet;

use crate::handbook::{CANVAS, Handbook, NO_RULES, SETTINGS};
use crate::html::pieces;

const R: &str = "content/roastery.md";

fn canvas(price: &str) -> String {
    format!("# Roastery\n\n{CANVAS}\n## Revenue Streams\n\n- **Bags** — {price} each.\n")
}

/// The entries of a feed by id, with their titles, as an independent library reads them.
fn entries(handbook: &Handbook, path: &str) -> Vec<(String, String)> {
    handbook.run("build --quiet").status(0).stderr_is("");
    let xml = handbook.tree("public").0[path].clone();
    let feed = atom_syndication::Feed::read_from(&*xml).expect("it is Atom");
    assert!(feed.id().starts_with("https://example.org/"), "{}", feed.id());
    assert_eq!(feed.links().len(), 2, "it says where it is and what it is of");
    assert_eq!(*feed.updated(), *feed.entries()[0].updated(), "it is as new as its newest entry");
    let entry = |entry: &atom_syndication::Entry| {
        let html = entry.content().and_then(|content| content.value()).expect("it says something");
        pieces(html).expect("that is HTML");
        assert!(entry.links()[0].href().starts_with("https://example.org/"), "addresses are whole");
        assert!(!entry.authors()[0].name().is_empty(), "somebody wrote it");
        (entry.id().to_owned(), entry.title().as_str().to_owned())
    };
    let entries: Vec<(String, String)> = feed.entries().iter().map(entry).collect();
    let ids: BTreeSet<&String> = entries.iter().map(|(id, _)| id).collect();
    assert_eq!(ids.len(), entries.len(), "each entry has an id of its own");
    entries
}

#[test]
fn feeds_can_be_read_and_their_entries_keep_their_ids() {
    let settings = "base_url = \"https://example.org/plans\"\n";
    let handbook = Handbook::new().file(SETTINGS, format!("{settings}{NO_RULES}"));
    let handbook = handbook.file(".gitignore", "/public/\n").file(R, canvas("£9")).repository();
    handbook.commit("2026-01-02", "Begin");
    handbook.write(R, canvas("<£8> & \u{b} more"));
    handbook.commit("2026-01-03", "Lower the <price> & more");
    let before = entries(&handbook, "changes/feed.xml");
    let of_canvas = entries(&handbook, "roastery.history.xml");
    let titles = |entries: &[(String, String)]| -> Vec<String> {
        entries.iter().map(|(_, title)| title.clone()).collect()
    };
    assert_eq!(titles(&before), ["Lower the <price> & more", "Begin"]);
    assert_eq!(titles(&before), titles(&of_canvas));
    handbook.git(&["mv", R, "content/coffee.md"]);
    handbook.write(
        SETTINGS,
        format!("title = \"Plans\"\n{}{NO_RULES}", settings.replace("/plans", "/all")),
    );
    handbook.commit("2026-01-04", "Move everything");
    let after = entries(&handbook, "changes/feed.xml");
    assert_eq!(after[1..], before, "what was there is called the same");
    assert_eq!(entries(&handbook, "coffee.history.xml")[1..], of_canvas);
}
