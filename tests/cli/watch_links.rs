//! Symbolic links that come and go while a handbook is watched.

#![cfg(unix)]

use std::fs;
use std::os::unix::fs::symlink;

use crate::handbook::Handbook;
use crate::watching::{QUIET, Watching};

#[test]
fn a_cycle_is_one_warning_and_no_endless_walk() {
    let handbook = Handbook::new()
        .file("content/index.md", "# Home\n")
        .file("content/a/b/page.md", "# Page\n");
    let watching = Watching::start(&handbook, "watch");
    let link = |to: &str, from: &str| symlink(to, handbook.path(from)).expect("can be linked");
    link("../..", "content/a/b/again");
    assert_eq!(watching.build().what, "content/a/b/again");
    let messages = watching.messages();
    let told = "the symbolic link `content/a/b/again` leads back to `content` and is not followed";
    assert_eq!(messages.matches("[link-cycle]").count(), 1, "{messages}");
    assert!(messages.contains(told), "{messages}");
    // The cycle is not reported again, and what changes behind it is still seen.
    handbook.write("content/a/b/page.md", "# Page\n\nMore.\n");
    assert!(watching.build().differs());
    assert_eq!(watching.messages(), "");
    // A cycle over two links is one cycle.
    handbook.remove("content/a/b/again");
    watching.build();
    handbook.write("content/c/page.md", "# Other\n");
    watching.build();
    link("../../c", "content/a/b/over");
    watching.build();
    link("../a", "content/c/back");
    watching.build();
    let messages = watching.messages();
    assert_eq!(messages.matches("[link-cycle]").count(), 1, "{messages}");
    watching.ends_equal_to_a_clean_build("public");
    assert_eq!(watching.builds(QUIET), [], "it comes to rest");
}

#[test]
fn what_a_link_leads_to_is_watched_inside_the_handbook_only() {
    let outside = tempfile::tempdir().expect("can be made");
    fs::write(outside.path().join("page.md"), "# Outside\n").expect("can be written");
    let handbook =
        Handbook::new().file("content/index.md", "# Home\n").file("notes/page.md", "# Note\n");
    let watching = Watching::start(&handbook, "watch");
    symlink("../notes", handbook.path("content/notes")).expect("can be linked");
    assert_eq!(watching.build().what, "content/notes/page.md");
    handbook.write("notes/page.md", "# Note\n\nMore.\n");
    assert_eq!(watching.build().what, "content/notes/page.md");
    handbook.write("notes/new.md", "# New note\n");
    assert_eq!(watching.build().what, "content/notes/new.md");
    watching.ends_equal_to_a_clean_build("public");
    symlink(outside.path(), handbook.path("content/outside")).expect("can be linked");
    assert_eq!(watching.build().what, "content/outside");
    let messages = watching.messages();
    assert!(messages.contains("[link-leaves-handbook]"), "{messages}");
    fs::write(outside.path().join("page.md"), "# Other\n").expect("can be written");
    assert_eq!(watching.builds(QUIET), []);
}
