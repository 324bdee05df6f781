//! Names that cannot be published everywhere: `check` reports whatever `build` would refuse, for copied
//! files and aliases as for pages, with the source's path and status 1.

use std::fs;

use expect_test::{Expect, expect};

use crate::handbook::Handbook;

/// Adds files to a handbook that was built. Both commands report the same, and nothing is written.
#[track_caller]
fn check(files: &[(&str, &str)], expected: Expect) {
    let handbook = Handbook::built();
    for (path, text) in files {
        handbook.write(path, text);
    }
    let report = handbook.run("check --format json").status(1).json();
    let report = report.as_array().expect("a list of diagnostics").iter();
    let errors = report.filter(|found| found["severity"] == "error").map(|found| {
        let text = |key: &str| found[key].as_str().expect("a text").to_owned();
        let start = &found["start"];
        let place = format!("{:?}:{}:{}", text("file"), start["line"], start["column"]);
        let related = found["related"].as_array().expect("a list");
        let related = related.iter().map(|other| format!(" + {}", other["file"]));
        format!("{place}{} {}\n", related.collect::<String>(), text("message"))
    });
    let errors: Vec<String> = errors.collect();
    expected.assert_eq(&errors.concat());
    let before = handbook.files("public");
    let built = handbook.run("build --format json").status(1).json();
    assert_eq!(built.as_array().map(Vec::len), Some(errors.len()));
    assert!(handbook.files("public") == before, "nothing changes in the output");
}

#[test]
fn copied_files_have_names_that_every_system_stores() {
    let files = [
        ("canvasbook.toml", "theme = \"ours\"\n"),
        ("content/con.png", ""),
        ("static/aux", ""),
        ("static/Lpt1.tar.gz", ""),
        ("themes/ours/assets/nul.css", ""),
        // A folder is reported once, however much is in it.
        ("content/prn/a.md", ""),
        ("content/prn/b.md", ""),
        ("static/prn/c", ""),
        ("static/com1/a.txt", ""),
        ("static/com1/b/c.txt", ""),
    ];
    check(
        &files,
        expect![[r#"
        "content/con.png":1:1 `con.png` cannot be published everywhere: it is a device's name on Windows
        "content/prn/a.md":1:1 `prn` cannot be published everywhere: it is a device's name on Windows
        "static/Lpt1.tar.gz":1:1 `Lpt1.tar.gz` cannot be published everywhere: it is a device's name on Windows
        "static/aux":1:1 `aux` cannot be published everywhere: it is a device's name on Windows
        "static/com1/a.txt":1:1 `com1` cannot be published everywhere: it is a device's name on Windows
        "themes/ours/assets/nul.css":1:1 `nul.css` cannot be published everywhere: it is a device's name on Windows
    "#]],
    );
}

#[cfg(unix)]
#[test]
fn copied_files_have_no_characters_that_some_systems_refuse() {
    let names = ["a.", "b ", "c:d", "e\\f", "g\nh", "i?j", "k\u{7f}l", "n /m"];
    let files = names.map(|name| format!("static/{name}"));
    let files = files.each_ref().map(|file| (file.as_str(), ""));
    check(
        &files,
        expect![[r#"
        "static/a.":1:1 `a.` cannot be published everywhere: it ends with a dot or a space
        "static/b ":1:1 `b ` cannot be published everywhere: it ends with a dot or a space
        "static/c:d":1:1 `c:d` cannot be published everywhere: it holds a character that Windows refuses
        "static/e\\f":1:1 `e\\f` cannot be published everywhere: it holds a character that Windows refuses
        "static/g\nh":1:1 `g\nh` cannot be published everywhere: it holds a character that Windows refuses
        "static/i?j":1:1 `i?j` cannot be published everywhere: it holds a character that Windows refuses
        "static/k\u{7f}l":1:1 `k\u{7f}l` cannot be published everywhere: it holds a character that Windows refuses
        "static/n /m":1:1 `n ` cannot be published everywhere: it ends with a dot or a space
    "#]],
    );
}

#[test]
fn a_path_is_not_too_long_for_any_system() {
    let deep = "a-folder-of-a-long-name/".repeat(40);
    let long = format!("old/{}", "x".repeat(252));
    let files = [
        ("content/a.md", &*format!("+++\naliases = [\"{deep}\"]\n+++\n")),
        ("content/b.md", &*format!("+++\naliases = [\"{long}\"]\n+++\n")),
    ];
    check(
        &files,
        expect![[r#"
        "content/a.md":2:12 `index.html` cannot be published everywhere: its path is longer than 800 bytes
        "content/b.md":2:12 `xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx.html` cannot be published everywhere: it is longer than 255 bytes
    "#]],
    );
}

#[test]
fn a_file_and_a_folder_have_no_name_in_common() {
    let files = [
        ("content/q.txt", ""),
        ("static/q.txt/y", ""),
        ("static/q.txt-z", ""),
        ("content/R.txt", ""),
        ("static/r.txt/y", ""),
        ("static/cafe\u{301}", ""),
        ("content/CAFÉ/menu.pdf", ""),
        ("static/οδος", ""),
        ("static/ΟΔΟΣ/1", ""),
        ("static/STRASSE/1", ""),
        ("static/straße", ""),
        ("content/page.md", ""),
        ("static/page.html/a.png", ""),
        // One of the two is canvasbook's own.
        ("static/departments", ""),
        ("static/404.html/a.png", ""),
    ];
    check(
        &files,
        expect![[r#"
        "content/R.txt":1:1 + "static/r.txt/y" `R.txt` is a file of the site, and `r.txt/y` needs a folder of that name
        "content/page.md":1:1 + "static/page.html/a.png" `page.html` is a file of the site, and `page.html/a.png` needs a folder of that name
        "content/q.txt":1:1 + "static/q.txt/y" `q.txt` is a file of the site, and `q.txt/y` needs a folder of that name
        "static/404.html/a.png":1:1 `404.html` is a file of the site, and `404.html/a.png` needs a folder of that name
        "static/cafe\u{301}":1:1 + "content/CAFÉ/menu.pdf" `café` is a file of the site, and `CAFÉ/menu.pdf` needs a folder of that name
        "static/departments":1:1 `departments` is a file of the site, and `departments/index.html` needs a folder of that name
        "static/straße":1:1 + "static/STRASSE/1" `straße` is a file of the site, and `STRASSE/1` needs a folder of that name
        "static/οδος":1:1 + "static/ΟΔΟΣ/1" `οδος` is a file of the site, and `ΟΔΟΣ/1` needs a folder of that name
    "#]],
    );
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_one_after_folding_collide() {
    let files = [
        ("canvasbook.toml", "theme = \"ours\"\n"),
        ("themes/ours/assets/a.png", ""),
        ("static/assets/A.png", ""),
        ("static/STRASSE.pdf", ""),
        ("static/straße.pdf", ""),
        ("static/οδος.pdf", ""),
        ("static/οδοσ.pdf", ""),
        ("content/bakery.html", ""),
    ];
    check(
        &files,
        expect![[r#"
        "content/bakery.html":1:1 + "content/bakery.md" `content/bakery.html` and `content/bakery.md` both claim the path `bakery.html`
        "static/straße.pdf":1:1 + "static/STRASSE.pdf" `static/straße.pdf` and `static/STRASSE.pdf` both claim the path `straße.pdf`
        "static/οδοσ.pdf":1:1 + "static/οδος.pdf" `static/οδοσ.pdf` and `static/οδος.pdf` both claim the path `οδοσ.pdf`
        "themes/ours/assets/a.png":1:1 + "static/assets/A.png" `themes/ours/assets/a.png` and `static/assets/A.png` both claim the path `assets/a.png`
    "#]],
    );
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_has_one_spelling() {
    let files = [
        ("static/Img/a.png", ""),
        ("static/img/b.png", ""),
        ("content/Img/c.png", ""),
        ("static/a/Tags/x", ""),
        ("static/A/tags/y", ""),
        ("static/A/z", ""),
        ("static/Departments/x", ""),
        // The pages of these folders collide already.
        ("content/Retail/a.md", ""),
        ("content/retail/b.md", ""),
    ];
    check(
        &files,
        expect![[r#"
        "content/retail":1:1 + "content/Retail" `content/retail` and `content/Retail` both claim the path `retail/index.html`
        "static/Departments/x":1:1 `departments/` and `Departments/` are one folder on many systems
        "static/Img/a.png":1:1 + "static/img/b.png" `Img/` and `img/` are one folder on many systems
        "static/a/Tags/x":1:1 + "static/A/tags/y" `a/` and `A/` are one folder on many systems
    "#]],
    );
}

#[test]
fn aliases_are_held_to_the_same() {
    let aliases = [
        "bakery.html/z",
        "old/con",
        "departments/",
        ".canvasbook-manifest",
        ".Canvasbook-staging/x/",
        "a.html/b",
    ];
    let text = format!("+++\ntitle = \"A\"\naliases = {aliases:?}\n+++\n");
    check(
        &[("content/a.md", &text)],
        expect![[r#"
        "content/a.md":1:1 + "content/a.md" `a.html` is a file of the site, and `a.html/b.html` needs a folder of that name
        "content/a.md":3:29 `con.html` cannot be published everywhere: it is a device's name on Windows
        "content/a.md":3:40 `content/a.md` claims `departments/index.html`, where canvasbook puts a page of its own
        "content/a.md":3:56 `.canvasbook-manifest.html` cannot be published: canvasbook keeps names that begin with `.canvasbook-` for itself
        "content/a.md":3:80 `.Canvasbook-staging` cannot be published: canvasbook keeps names that begin with `.canvasbook-` for itself
        "content/bakery.md":1:1 + "content/a.md" `bakery.html` is a file of the site, and `bakery.html/z.html` needs a folder of that name
    "#]],
    );
}

#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_copied_is_an_error_of_its_source() {
    use std::os::unix::fs::PermissionsExt as _;
    let handbook = Handbook::new()
        .file("content/index.md", "# Home\n")
        .file("content/retail/plan.pdf", "%PDF")
        .file("static/logo.svg", "<svg/>");
    for path in ["content/retail/plan.pdf", "static/logo.svg"] {
        let permissions = fs::Permissions::from_mode(0o000);
        fs::set_permissions(handbook.path(path), permissions).expect("can be set");
    }
    handbook.run_command(&mut handbook.powerless("check")).status(1).stdout(expect![[r#"
        error[unreadable-file]: `content/retail/plan.pdf` cannot be read: Permission denied (os error 13)
         --> content/retail/plan.pdf
          |
          = help: mend its permissions or its target, or move it out of the handbook

        error[unreadable-file]: `static/logo.svg` cannot be read: Permission denied (os error 13)
         --> static/logo.svg
          |
          = help: mend its permissions or its target, or move it out of the handbook

        2 errors in 2 files
    "#]]);
    handbook.run_command(&mut handbook.powerless("build")).status(1).stdout_is("");
    assert!(!handbook.path("public").exists());
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_listed_is_an_error_and_the_rest_is_read() {
    use std::os::unix::fs::PermissionsExt as _;
    let handbook = Handbook::new()
        .file("content/closed/a.md", "# A\n")
        .file("content/open/b.md", "[c](c.md)\n");
    let permissions = |mode| fs::Permissions::from_mode(mode);
    fs::set_permissions(handbook.path("content/closed"), permissions(0o000)).expect("can be set");
    handbook.run_command(&mut handbook.powerless("check")).status(1).stdout(expect![[r#"
        error[unreadable-file]: `content/closed` cannot be read: Permission denied (os error 13)
         --> content/closed
          |
          = help: mend its permissions or its target, or move it out of the handbook

        error[unknown-reference]: `c.md` does not exist
         --> content/open/b.md:1:1
          |
        1 | [c](c.md)
          | ^^^^^^^^^ leads nowhere
          |
          = help: did you mean `b.md`?

        2 errors in 2 files
    "#]]);
    fs::set_permissions(handbook.path("content/closed"), permissions(0o700)).expect("can be set");
}
