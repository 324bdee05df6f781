//! Each bad source is reported with its file, line and column and with what to do. The status is 1,
//! and the previous site stays as it was, to the byte and the minute.

use std::fs;

use expect_test::{Expect, expect};

use crate::handbook::{CANVAS, Handbook};

/// Builds a sound handbook, adds `content/b.md` and builds again.
#[track_caller]
fn check(text: impl AsRef<[u8]>, stderr: Expect) {
    Handbook::built().file("content/b.md", text).breaks(stderr);
}

/// Builds a sound handbook, adds `content/b.md` with a further block below the canvas, and builds
/// again.
#[track_caller]
fn check_block(block: &str, stderr: Expect) {
    check(format!("{CANVAS}\n{block}"), stderr);
}

#[test]
fn equal_explicit_ids() {
    check_block(
        "## Channels\n\n- **Shop** {#shop}\n- **Market stall** {#shop}\n",
        expect![[r#"
        error[repeated-id]: the id `shop` is given twice
          --> content/b.md:18:22
           |
        17 | - **Shop** {#shop}
           |              ---- first given here
        18 | - **Market stall** {#shop}
           |                      ^^^^ given again here
           |
           = help: an id is an address: give each place its own

        1 error in 1 file
    "#]],
    );
}

#[test]
fn unknown_reference() {
    check_block(
        "## Channels\n\n- **Shop** — sells [bread](#fresh-bred).\n",
        expect![[r#"
        error[unknown-reference]: `#fresh-bred` does not exist
          --> content/b.md:17:20
           |
        17 | - **Shop** — sells [bread](#fresh-bred).
           |                    ^^^^^^^^^^^^^^^^^^^^ leads nowhere
           |
           = help: did you mean `#fresh-bread`?

        1 error in 1 file
    "#]],
    );
}

#[test]
fn unknown_wiki_reference() {
    check_block(
        "## Channels\n\n- **Shop** — sells [[#Fresh bred]] of [[bakry]].\n",
        expect![[r#"
        error[unknown-reference]: `#Fresh bred` does not exist
          --> content/b.md:17:20
           |
        17 | - **Shop** — sells [[#Fresh bred]] of [[bakry]].
           |                    ^^^^^^^^^^^^^^^ leads nowhere
           |
           = help: did you mean `#fresh-bread`?

        error[unknown-reference]: `[[bakry]]` does not exist
          --> content/b.md:17:39
           |
        17 | - **Shop** — sells [[#Fresh bred]] of [[bakry]].
           |                                       ^^^^^^^^^ leads nowhere
           |
           = help: did you mean `[[Bakery]]` or `[[bakery]]`?

        2 errors in 1 file
    "#]],
    );
}

#[test]
fn unknown_file() {
    check_block(
        "## Channels\n\n- **Shop** — of [the bakery](bakry.md#baking).\n",
        expect![[r#"
        error[unknown-reference]: `bakry.md` does not exist
          --> content/b.md:17:17
           |
        17 | - **Shop** — of [the bakery](bakry.md#baking).
           |                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ leads nowhere
           |
           = help: did you mean `bakery.md` or `b.md`?

        1 error in 1 file
    "#]],
    );
}

#[test]
fn a_source_that_is_named_from_the_top() {
    let handbook = Handbook::new()
        .file("content/retail/prices 2026.md", "# Prices\n")
        .file("content/loaf.png", "")
        .file(
            "content/retail/notes.md",
            "[one](/retail/prices%202026.md) [two](</content/retail/prices 2026.md#a>) [three](/content/notes)\n\
             ![four](/content/loaf.png) [five](/retail) [six](/retail/notes.html)\n",
        )
        .file("content/notes.md", "# Notes\n");
    handbook.run("check").status(1).stdout(expect![[r#"
        error[unknown-reference]: `/retail/prices 2026.md` does not exist in the site
         --> content/retail/notes.md:1:1
          |
        1 | [one](/retail/prices%202026.md) [two](</content/retail/prices 2026.md#a>) [three](/content/n…
          | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ leads nowhere
          |
          = help: `/` is the top of the built site: write `prices%202026.md`, or `/retail/prices 2026.html`

        error[unknown-reference]: `/content/retail/prices 2026.md` does not exist in the site
         --> content/retail/notes.md:1:33
          |
        1 | [one](/retail/prices%202026.md) [two](</content/retail/prices 2026.md#a>) [three](/content/n…
          |                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ leads nowhere
          |
        help: `/` is the top of the built site: write `prices%202026.md`, or `/retail/prices 2026.html`
          |
        1 - [one](/retail/prices%202026.md) [two](</content/retail/prices 2026.md#a>) [three](/content/n…
        1 + [one](/retail/prices%202026.md) [two](<prices%202026.md#a>) [three](/content/n…
          |

        error[unknown-reference]: `/content/notes` does not exist in the site
         --> content/retail/notes.md:1:75
          |
        1 | …s%202026.md) [two](</content/retail/prices 2026.md#a>) [three](/content/notes)
          |                                                         ^^^^^^^^^^^^^^^^^^^^^^^ leads nowhere
          |
        help: `/` is the top of the built site: write `../notes.md`, or `/notes.html`
          |
        1 - …(/retail/prices%202026.md) [two](</content/retail/prices 2026.md#a>) [three](/content/notes)
        1 + …(/retail/prices%202026.md) [two](</content/retail/prices 2026.md#a>) [three](../notes.md)
          |

        error[unknown-reference]: `/content/loaf.png` does not exist in the site
         --> content/retail/notes.md:2:1
          |
        2 | ![four](/content/loaf.png) [five](/retail) [six](/retail/notes.html)
          | ^^^^^^^^^^^^^^^^^^^^^^^^^^ leads nowhere
          |
        help: `/` is the top of the built site: write `../loaf.png`, or `/loaf.png`
          |
        2 - ![four](/content/loaf.png) [five](/retail) [six](/retail/notes.html)
        2 + ![four](../loaf.png) [five](/retail) [six](/retail/notes.html)
          |

        error[unknown-reference]: `/retail` does not exist
         --> content/retail/notes.md:2:28
          |
        2 | ![four](/content/loaf.png) [five](/retail) [six](/retail/notes.html)
          |                            ^^^^^^^^^^^^^^^ leads nowhere
          |
          = help: a reference names a file, or behind `#` an element, a department, a block or a heading

        5 errors in 1 file
    "#]]);
}

#[test]
fn ambiguous_reference() {
    check_block(
        "## Channels\n\n- **Web shop**\n\n## Key Resources\n\n- **Web shop**\n\n\
         ## Key Partners\n\n- **Printer** — keeps [the shop](#web-shop).\n",
        expect![[r#"
            error[ambiguous-reference]: `#web-shop` could be any of 2 places
              --> content/b.md:25:23
               |
            21 | - **Web shop**
               |     -------- `#key-resources/web-shop`
            ...
            25 | - **Printer** — keeps [the shop](#web-shop).
               |                       ^^^^^^^^^^^^^^^^^^^^^
               |
               = help: write `#channels/web-shop` or `#key-resources/web-shop`
            note: `#channels/web-shop`
              --> content/b.md:17:5
               |
            17 | - **Web shop**
               |     ^^^^^^^^

            1 error in 1 file
        "#]],
    );
}

#[test]
fn unknown_category() {
    check_block(
        "## Channels\n\n- **Shop** {category=\"problem-solvin\"}\n",
        expect![[r#"
        error[unknown-category]: unknown category `problem-solvin`
          --> content/b.md:17:23
           |
        17 | - **Shop** {category="problem-solvin"}
           |                       ^^^^^^^^^^^^^^
           |
        help: did you mean `problem-solving`?
           |
        17 | - **Shop** {category="problem-solving"}
           |                                     +

        1 error in 1 file
    "#]],
    );
}

#[test]
fn unknown_contributing_department() {
    check_block(
        "### Sales and Customer Service\n\n- **Order desk** {with=\"marketing,prodction\"}\n",
        expect![[r#"
            error[unknown-department]: unknown department `prodction`
              --> content/b.md:17:35
               |
            17 | - **Order desk** {with="marketing,prodction"}
               |                                   ^^^^^^^^^
               |
               = help: did you mean `Production`?

            1 error in 1 file
        "#]],
    );
}

#[test]
fn unknown_attribute() {
    check_block(
        "## Channels\n\n- **Shop** {ownr=\"Baker\"}\n",
        expect![[r#"
        error[unknown-attribute]: unknown attribute `ownr`
          --> content/b.md:17:13
           |
        17 | - **Shop** {ownr="Baker"}
           |             ^^^^
           |
        help: did you mean `owner`?
           |
        17 | - **Shop** {owner="Baker"}
           |                +

        1 error in 1 file
    "#]],
    );
}

#[test]
fn reference_to_a_draft() {
    Handbook::built()
        .file("content/b.md", "See [the plan](plan.md).\n")
        .file("content/plan.md", "+++\ndraft = true\n+++\n# The plan\n")
        .breaks(expect![[r#"
            error[reference-to-draft]: "The plan" is a draft, so this would lead nowhere
             --> content/b.md:1:5
              |
            1 | See [the plan](plan.md).
              |     ^^^^^^^^^^^^^^^^^^^
              |
              = help: build with `--drafts`, or remove `draft = true` there

            1 error in 1 file
        "#]]);
}

#[test]
fn two_sources_with_one_path() {
    Handbook::built()
        .file("content/Shops.md", "# Shops\n")
        .file("content/shops.md", "# More shops\n")
        .breaks(expect![[r#"
            error[colliding-paths]: `content/shops.md` and `content/Shops.md` both claim the path `shops.html`
             --> content/shops.md:1:1
              |
            1 | # More shops
              | ^ claims it
              |
              = help: rename one of them; names that differ only by case or accents' coding are one name on many systems
            note: claims it too
             --> content/Shops.md:1:1
              |
            1 | # Shops
              | ^

            1 error in 1 file
        "#]]);
}

#[test]
fn a_source_in_the_place_of_a_page_of_ours() {
    Handbook::built()
        .file("content/departments/index.md", "# Our departments\n")
        .breaks(expect![[r#"
            error[colliding-paths]: `content/departments/index.md` claims `departments/index.html`, where canvasbook puts a page of its own
             --> content/departments/index.md:1:1
              |
            1 | # Our departments
              | ^
              |
              = help: rename it, or move it to another folder

            1 error in 1 file
        "#]]);
}

#[test]
fn a_folder_in_the_place_of_an_index() {
    Handbook::built()
        .file("content/blocks/notes.md", "# Notes\n")
        .file("content/tags/notes.md", "# No tag is anywhere\n")
        .breaks(expect![[r#"
            error[colliding-paths]: `content/blocks` claims `blocks/index.html`, where canvasbook puts a page of its own
             --> content/blocks
              |
              = help: rename it, or move it to another folder

            1 error in 1 file
        "#]]);
}

#[test]
fn a_name_that_windows_keeps_for_itself() {
    Handbook::built().file("content/aux.md", "# Auxiliary\n").breaks(expect![[r#"
        error[unusable-path]: `aux.html` cannot be published everywhere: it is a device's name on Windows
         --> content/aux.md:1:1
          |
        1 | # Auxiliary
          | ^
          |
          = help: rename it, so that the handbook can be checked out and served on every system

        1 error in 1 file
    "#]]);
}

#[test]
fn a_file_that_is_not_utf8() {
    check(
        b"# Caf\xe9\n\nLatin-1, as it was saved in 2003.\n",
        expect![[r#"
        error[not-utf8]: this file is not UTF-8: the byte 0xE9 begins no character
         --> content/b.md:1:6
          |
        1 | # Caf�
          |      ^ the first wrong byte
          |
          = help: save the file as UTF-8; editors offer it beside "Save", and `iconv -t UTF-8` converts

        1 error in 1 file
    "#]],
    );
}

#[cfg(unix)]
#[test]
fn files_that_cannot_be_read() {
    let handbook = Handbook::built();
    // Permissions would not stop a test that runs as root; these stop everybody.
    std::os::unix::fs::symlink("nowhere.md", handbook.path("content/dangling.md")).expect("a link");
    let made = std::process::Command::new("mkfifo").arg(handbook.path("content/pipe.md")).status();
    assert!(made.expect("mkfifo is there").success());
    fs::create_dir_all(handbook.path("canvasbook.toml")).expect("a folder");
    handbook.breaks(expect![[r#"
        error[unreadable-file]: `canvasbook.toml` cannot be read: it is a folder
         --> canvasbook.toml
          |
          = help: mend its permissions or its target, or move it out of the handbook

        error[unreadable-file]: `content/dangling.md` cannot be read: No such file or directory (os error 2)
         --> content/dangling.md
          |
          = help: mend its permissions or its target, or move it out of the handbook

        error[unreadable-file]: `content/pipe.md` cannot be read: it is a pipe, a socket or a device
         --> content/pipe.md
          |
          = help: mend its permissions or its target, or move it out of the handbook

        3 errors in 3 files
    "#]]);
}

#[test]
fn every_bad_file_is_told_at_once() {
    Handbook::built()
        .file("canvasbook.toml", "titel = \"Bread\"\n")
        .file("content/b.md", "+++\nowner = 1\n+++\nSee [c](#c).\n")
        .file("content/c.md", b"\xff")
        .breaks(expect![[r#"
            error[unknown-key]: unknown configuration key `titel`
             --> canvasbook.toml:1:1
              |
            1 | titel = "Bread"
              | ^^^^^ unknown key
              |
            help: did you mean `title`?
              |
            1 - titel = "Bread"
            1 + title = "Bread"
              |

            error[wrong-type]: `owner` must be a string, but is an integer
             --> content/b.md:2:9
              |
            2 | owner = 1
              |         ^ expected a string
              |
            help: write "1"
              |
            2 - owner = 1
            2 + owner = "1"
              |

            error[unknown-reference]: `#c` does not exist
             --> content/b.md:4:5
              |
            4 | See [c](#c).
              |     ^^^^^^^ leads nowhere
              |
              = help: a reference names a file, or behind `#` an element, a department, a block or a heading

            error[not-utf8]: this file is not UTF-8: the byte 0xFF begins no character
             --> content/c.md:1:1
              |
            1 | �
              | ^ the first wrong byte
              |
              = help: save the file as UTF-8; editors offer it beside "Save", and `iconv -t UTF-8` converts

            4 errors in 3 files
        "#]]);
}

#[test]
fn the_site_follows_once_the_source_is_mended() {
    let handbook = Handbook::built();
    let before = handbook.tree("public");
    handbook.write("content/bakery.md", format!("{CANVAS}\n[gone](#gone)\n"));
    handbook.run("build --quiet").status(1);
    assert_eq!(handbook.tree("public").differences(&before), "");
    handbook.write("content/bakery.md", format!("{CANVAS}\n[there](#baking)\n"));
    handbook.run("build --quiet").status(0).stdout_is("").stderr_is("");
    assert_ne!(handbook.tree("public").differences(&before), "");
}
