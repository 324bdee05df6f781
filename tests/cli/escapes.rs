//! A handbook that somebody else wrote is safe to build: whatever its links are, nothing is written
//! outside of it, and nothing from outside is published.

#![cfg(unix)]

use std::fs;
use std::os::unix::fs::symlink;

use expect_test::{Expect, expect};

use crate::handbook::{CANVAS, Handbook};
use crate::watching::Watching;

/// A home folder with a handbook in `src/book`, whose static files would be commands to a shell or
/// an editor.
fn home() -> Handbook {
    Handbook::new()
        .file("notes.txt", "Mine.\n")
        .file("src/book/content/bakery.md", CANVAS)
        .file("src/book/static/authorized_keys", "ssh-ed25519 AAAA\n")
        .file("src/book/static/departments/autostart.desktop", "[Desktop Entry]\n")
}

fn link(home: &Handbook, from: &str, to: &str) {
    symlink(to, home.path(from)).expect("can be linked");
}

/// Runs a command that is refused, writes nothing anywhere and blames the handbook.
#[track_caller]
fn refused(home: &Handbook, line: &str, stderr: Expect) {
    let before = home.tree("");
    home.run(line).status(1).stdout_is("").stderr(stderr);
    assert_eq!(home.tree("").differences(&before), "", "nothing changes");
}

/// Checks that the output folder of the configuration is refused, with its location. `check`
/// reports it as well.
#[track_caller]
fn refused_output(home: &Handbook, output: &str, stderr: Expect) {
    home.write("src/book/canvasbook.toml", format!("title = \"Book\"\noutput = \"{output}\"\n"));
    home.run("check --quiet --root src/book").status(1);
    refused(home, "build --root src/book", stderr);
}

#[test]
fn an_output_of_the_configuration_stays_in_the_handbook() {
    let home = home();
    link(&home, "src/book/up", "../..");
    link(&home, "src/book/here", ".");
    link(&home, "src/book/texts", "content");
    link(&home, "src/book/gone", "../nowhere");
    refused_output(
        &home,
        "up/.ssh",
        expect![[r#"
        error[unusable-output]: nothing can be written to `up/.ssh`, because it leads out of the handbook by a symbolic link, which only --output may do
         --> canvasbook.toml:2:10
          |
        2 | output = "up/.ssh"
          |          ^^^^^^^^^
          |
          = help: name or make a folder below the handbook's, or give another one with `--output`

        1 error in 1 file
    "#]],
    );
    refused_output(
        &home,
        "up",
        expect![[r#"
            error[unusable-output]: nothing can be written to `up`, because it leads out of the handbook by a symbolic link, which only --output may do
             --> canvasbook.toml:2:10
              |
            2 | output = "up"
              |          ^^^^
              |
              = help: name or make a folder below the handbook's, or give another one with `--output`

            1 error in 1 file
        "#]],
    );
    refused_output(
        &home,
        "up/src/book-2/deep/er",
        expect![[r#"
        error[unusable-output]: nothing can be written to `up/src/book-2/deep/er`, because it leads out of the handbook by a symbolic link, which only --output may do
         --> canvasbook.toml:2:10
          |
        2 | output = "up/src/book-2/deep/er"
          |          ^^^^^^^^^^^^^^^^^^^^^^^
          |
          = help: name or make a folder below the handbook's, or give another one with `--output`

        1 error in 1 file
    "#]],
    );
    refused_output(
        &home,
        "here",
        expect![[r#"
            error[unusable-output]: nothing can be written to `here`, because it is the handbook's own folder or holds it
             --> canvasbook.toml:2:10
              |
            2 | output = "here"
              |          ^^^^^^
              |
              = help: name or make a folder below the handbook's, or give another one with `--output`

            1 error in 1 file
        "#]],
    );
    refused_output(
        &home,
        "texts/site",
        expect![[r#"
        error[unusable-output]: nothing can be written to `texts/site`, because it is, holds or lies in the handbook's own folder `content`
         --> canvasbook.toml:2:10
          |
        2 | output = "texts/site"
          |          ^^^^^^^^^^^^
          |
          = help: name or make a folder below the handbook's, or give another one with `--output`

        1 error in 1 file
    "#]],
    );
    refused_output(
        &home,
        "gone/site",
        expect![[r#"
        error[unusable-output]: nothing can be written to `gone/site`, because it is not a folder: `gone` is a file or a broken link
         --> canvasbook.toml:2:10
          |
        2 | output = "gone/site"
          |          ^^^^^^^^^^^
          |
          = help: name or make a folder below the handbook's, or give another one with `--output`

        1 error in 1 file
    "#]],
    );
    // Links that stay inside lead where they lead.
    home.write("src/book/canvasbook.toml", "output = \"here/up/src/book/site\"\n");
    home.run("build --quiet --root src/book").status(0);
    assert!(home.path("src/book/site/bakery.html").is_file());
}

#[test]
fn the_default_output_stays_in_the_handbook() {
    let home = home();
    link(&home, "src/book/public", "../../.ssh");
    refused(
        &home,
        "build --root src/book",
        expect![[r#"
        error[unusable-output]: nothing can be written to `public`, because it is not a folder: `public` is a file or a broken link
         --> public
          |
          = help: name or make a folder below the handbook's, or give another one with `--output`

        1 error in 1 file
    "#]],
    );
    fs::create_dir(home.path(".ssh")).expect("can be made");
    refused(
        &home,
        "build --root src/book",
        expect![[r#"
        error[unusable-output]: nothing can be written to `public`, because it leads out of the handbook by a symbolic link, which only --output may do
         --> public
          |
          = help: name or make a folder below the handbook's, or give another one with `--output`

        1 error in 1 file
    "#]],
    );
    home.run("check --root src/book --format json").status(1);
    // Nor is the folder taken because it belongs to canvasbook.
    home.run("build --quiet --root src/book --output .ssh").status(0);
    home.run("build --quiet --root src/book").status(1);
}

#[test]
fn a_person_may_write_the_site_anywhere() {
    let home = home();
    link(&home, "src/book/up", "../..");
    home.run("check --quiet --root src/book --output src/book/up/site").status(0);
    home.run("build --quiet --root src/book --output src/book/up/site").status(0);
    assert!(home.path("site/bakery.html").is_file());
}

#[test]
fn a_link_in_the_output_is_not_followed() {
    let home = home();
    home.run("build --quiet --root src/book").status(0);
    home.write("elsewhere/departments/index.html", "Mine.\n");
    fs::remove_dir_all(home.path("src/book/public/departments")).expect("can be removed");
    link(&home, "src/book/public/departments", "../../../elsewhere/departments");
    let before = home.tree("");
    home.run("build --root src/book").status(2).stdout_is("").stderr(expect![[r#"
        error: `[FOLDER]/src/book/public/departments` is a link or device that canvasbook did not write, and the site needs its place: move it away, or choose another output folder
    "#]]);
    assert_eq!(home.tree("").differences(&before), "", "nothing changes");
}

#[test]
fn nothing_is_started_through_a_link() {
    let home = Handbook::new().file("clone/.git/config", "[core]\n").file("notes/a.md", "# A\n");
    link(&home, "clone/content", "../notes");
    refused(
        &home,
        "init clone",
        expect![[r#"
        error: `clone/content/index.md` was not written, because a symbolic link leads out of the handbook or to a hidden folder
    "#]],
    );
    refused(
        &home,
        "init --force clone",
        expect![[r#"
        error: `clone/content/index.md` was not written, because a symbolic link leads out of the handbook or to a hidden folder
    "#]],
    );
    home.remove("clone/content");
    link(&home, "clone/content", "../nowhere");
    home.run("init --force clone").status(2);
    home.remove("clone/content");
    link(&home, "clone/content", ".git");
    refused(
        &home,
        "init clone",
        expect![[r#"
        error: `clone/content/index.md` was not written, because a symbolic link leads out of the handbook or to a hidden folder
    "#]],
    );
    // The folder itself was chosen by whoever types the command.
    link(&home, "linked", "notes");
    home.run("init linked --quiet").status(0);
    assert!(home.path("notes/content/index.md").is_file());
}

#[test]
fn no_canvas_is_written_through_a_link() {
    let home = home().file("src/book/.git/hooks/pre-commit", "#!/bin/sh\n");
    link(&home, "src/book/content/out", "../../..");
    link(&home, "src/book/content/hooks", "../.git/hooks");
    refused(
        &home,
        "new out/kiosk --root src/book",
        expect![[r#"
        error: `src/book/content/out/kiosk.md` was not written, because a symbolic link leads out of the handbook or to a hidden folder
    "#]],
    );
    refused(
        &home,
        "new out/deep/er/kiosk --root src/book --force",
        expect![[r#"
        error: `src/book/content/out/deep/er/kiosk.md` was not written, because a symbolic link leads out of the handbook or to a hidden folder
    "#]],
    );
    refused(
        &home,
        "new hooks/kiosk --root src/book",
        expect![[r#"
        error: `src/book/content/hooks/kiosk.md` was not written, because a symbolic link leads out of the handbook or to a hidden folder
    "#]],
    );
}

#[test]
fn nothing_from_outside_is_published() {
    let home = Handbook::new()
        .file("secret/plan.md", "# The secret plan\n")
        .file("secret/logo.svg", "<svg>secret</svg>")
        .file("secret/assets/style.css", "secret{}")
        .file("secret/templates/layout.html", "secret")
        .file("book/content/bakery.md", CANVAS)
        .file("book/canvasbook.toml", "theme = \"ours\"\nlogo = \"logo.svg\"\n");
    fs::create_dir(home.path("book/themes")).expect("can be made");
    link(&home, "book/themes/ours", "../../secret");
    link(&home, "book/static", "../secret");
    link(&home, "book/content/plan.md", "../../secret/plan.md");
    link(&home, "book/content/more", "../../secret");
    home.run("build --root book").status(1).stdout_is("").stderr(expect![[r#"
        error[unknown-theme]: there is no theme `ours`
         --> canvasbook.toml:1:9
          |
        1 | theme = "ours"
          |         ^^^^^^
          |
          = help: make the folder `themes/ours`, or write `default`

        error[unknown-logo]: the logo `logo.svg` does not exist
         --> canvasbook.toml:2:8
          |
        2 | logo = "logo.svg"
          |        ^^^^^^^^^^ no such file
          |
          = help: put the picture at `static/logo.svg`

        warning[link-leaves-handbook]: the symbolic link `content/more` leads out of the handbook and is not published
         --> content/more
          |
          = help: copy what it leads to into the handbook, or remove the link

        warning[link-leaves-handbook]: the symbolic link `content/plan.md` leads out of the handbook and is not published
         --> content/plan.md
          |
          = help: copy what it leads to into the handbook, or remove the link

        warning[link-leaves-handbook]: the symbolic link `static` leads out of the handbook and is not published
         --> static
          |
          = help: copy what it leads to into the handbook, or remove the link

        warning[link-leaves-handbook]: the symbolic link `themes/ours` leads out of the handbook and is not published
         --> themes/ours
          |
          = help: copy what it leads to into the handbook, or remove the link

        2 errors, 4 warnings in 5 files
    "#]]);
    home.write("book/canvasbook.toml", "");
    home.run("build --quiet --root book").status(0);
    for (path, bytes) in home.tree("book/public").0 {
        assert!(!String::from_utf8_lossy(&bytes).contains("secret"), "{path}");
    }
}

#[test]
fn a_content_folder_that_is_elsewhere_does_not_empty_the_site() {
    let home = home();
    home.run("build --quiet --root src/book").status(0);
    fs::rename(home.path("src/book/content"), home.path("texts")).expect("can be moved");
    link(&home, "src/book/content", "../../texts");
    refused(
        &home,
        "build --root src/book",
        expect![[r#"
        warning[link-leaves-handbook]: the symbolic link `content` leads out of the handbook and is not published
         --> content
          |
          = help: copy what it leads to into the handbook, or remove the link

        error[no-content]: there is no folder `content`
         --> content
          |
          = note: canvases and pages belong here
          = help: make it, or start a handbook with `canvasbook init`

        1 error, 1 warning in 1 file
    "#]],
    );
}

#[test]
fn watch_looks_again_where_the_output_leads() {
    let home = home().file("src/book/canvasbook.toml", "output = \"site\"\n");
    link(&home, "src/book/up", "../..");
    let watching = Watching::start(&home, "watch --root src/book");
    home.write("src/book/canvasbook.toml", "output = \"up/.ssh\"\n");
    assert_eq!(watching.build().did, "1 error, the site stays as it was");
    assert!(watching.messages().contains("[unusable-output]"));
    home.write("src/book/canvasbook.toml", "output = \"other\"\n");
    assert!(watching.build().differs());
    // A checkout may change a link and a text at once, and the link alone is not a source.
    fs::remove_dir_all(home.path("src/book/other")).expect("can be removed");
    fs::create_dir(home.path(".ssh")).expect("can be made");
    link(&home, "src/book/other", "../../.ssh");
    home.write("src/book/content/bakery.md", format!("{CANVAS}\nMore.\n"));
    assert_eq!(watching.build().did, "the site stays as it was");
    assert!(watching.messages().contains("leads out of the handbook"));
    assert!(home.tree(".ssh").0.is_empty());
}
