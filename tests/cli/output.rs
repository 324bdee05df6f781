//! What a build writes, leaves and removes, and what it prints about that.

use std::fs;

use expect_test::expect;

use crate::handbook::{CANVAS, Handbook, NO_RULES, SETTINGS};

/// A handbook of one canvas.
fn bakery() -> Handbook {
    Handbook::new().file(SETTINGS, NO_RULES).file("content/bakery.md", CANVAS)
}

#[test]
fn a_build_says_what_it_did() {
    let handbook = bakery();
    handbook.run("build").status(0).stderr_is("").stdout(expect![[r#"
        Built N pages in public: N written, 0 unchanged, 0 removed ([TIME])
        Open public/index.html
    "#]]);
    handbook.run("build").status(0).stderr_is("").stdout(expect![[r#"
        Built N pages in public: 0 written, N unchanged, 0 removed ([TIME])
        Open public/index.html
    "#]]);
    handbook.run("build --quiet").status(0).stdout_is("").stderr_is("");
    handbook.run("build --format json").status(0).stdout_is("[]\n").stderr_is("");
}

#[test]
fn from_a_folder_below_the_root() {
    let handbook =
        Handbook::new().file(SETTINGS, NO_RULES).file("content/retail/bakery.md", CANVAS);
    let mut command = handbook.command("build");
    command.current_dir(handbook.path("content/retail"));
    handbook.run_command(&mut command).status(0).stdout(expect![[r#"
        Built N pages in ../../public: N written, 0 unchanged, 0 removed ([TIME])
        Open ../../public/index.html
    "#]]);
    assert!(handbook.path("public/retail/bakery.html").is_file());
}

#[test]
fn the_flags_name_folders_from_where_one_stands() {
    let handbook = Handbook::new()
        .file("book/canvasbook.toml", NO_RULES)
        .file("book/content/bakery.md", CANVAS);
    handbook.run("build --root book --output site").status(0).stdout(expect![[r#"
        Built N pages in site: N written, 0 unchanged, 0 removed ([TIME])
        Open site/index.html
    "#]]);
    assert!(handbook.path("site/bakery.html").is_file());
    handbook.run("build --root book").status(0).stdout(expect![[r#"
        Built N pages in book/public: N written, 0 unchanged, 0 removed ([TIME])
        Open book/public/index.html
    "#]]);
    assert!(handbook.path("book/public/bakery.html").is_file());
}

#[test]
fn the_configuration_names_the_output() {
    let handbook = Handbook::new()
        .file("canvasbook.toml", format!("output = \"build/site\"\n{NO_RULES}"))
        .file("content/bakery.md", CANVAS);
    handbook.run("build --quiet").status(0);
    assert!(handbook.path("build/site/bakery.html").is_file());
}

#[test]
fn a_rebuild_touches_only_what_changed() {
    let handbook = Handbook::new()
        .file("content/bakery.md", CANVAS)
        .file("content/about.md", "+++\nsummary = \"We bake.\"\n+++\n# About\n");
    handbook.run("build --quiet").status(0);
    let before = handbook.files("public");
    handbook.run("build --quiet").status(0);
    assert!(handbook.files("public") == before, "nothing is touched where nothing changed");
    handbook.write("content/about.md", "+++\nsummary = \"We bake bread.\"\n+++\n# About\n");
    handbook.run("build --quiet").status(0);
    let after = handbook.files("public");
    let touched: Vec<&String> = after
        .iter()
        .filter(|(path, file)| before.get(*path) != Some(file))
        .map(|(p, _)| p)
        .collect();
    // The home page lists it with its summary, and search finds it by that.
    let search = ["assets/search/records-0.js", "assets/search/terms-0.js"];
    let expected = [".canvasbook-manifest", "about.html", search[0], search[1], "index.html"];
    assert_eq!(touched, expected);
}

#[test]
fn a_page_goes_with_its_source_and_foreign_files_stay() {
    let handbook = Handbook::new()
        .file("content/bakery.md", CANVAS)
        .file("content/old/shop.md", "# Shop\n")
        .file("content/old/plan.pdf", "%PDF\n");
    handbook.run("build --quiet").status(0);
    handbook.write("public/ads.txt", "none\n");
    handbook.write("public/old/notes.txt", "mine\n");
    handbook.remove("content/old/shop.md");
    handbook.remove("content/old/plan.pdf");
    handbook.run("build").status(0).stderr_is("").stdout(expect![[r#"
        Built N pages in public: N written, N unchanged, N removed ([TIME])
        2 coherence findings and 1 piece of advice: `canvasbook check` shows what
        Open public/index.html
    "#]]);
    assert!(!handbook.path("public/old/shop.html").exists());
    assert!(!handbook.path("public/old/plan.pdf").exists());
    let tree = handbook.tree("public");
    assert_eq!(tree.0["ads.txt"], b"none\n");
    assert_eq!(tree.0["old/notes.txt"], b"mine\n");
}

#[test]
fn a_page_that_somebody_changed_is_kept_and_told() {
    let handbook = bakery().file("content/shop.md", "# Shop\n");
    handbook.run("build --quiet").status(0);
    handbook.write("public/shop.html", "<h1>By hand</h1>\n");
    handbook.remove("content/shop.md");
    handbook.run("build").status(0).stdout(expect![[r#"
        Built N pages in public: N written, N unchanged, 0 removed ([TIME])
        Kept shop.html: it is no longer part of the site, but was changed
        Open public/index.html
    "#]]);
    assert_eq!(handbook.tree("public").0["shop.html"], b"<h1>By hand</h1>\n");
}

#[test]
fn drafts_are_left_out_unless_asked_for() {
    let handbook = Handbook::new()
        .file("content/bakery.md", CANVAS)
        .file("content/plan.md", format!("+++\ndraft = true\ntitle = \"The plan\"\n+++\n{CANVAS}"))
        .file("content/note.md", "+++\ndraft = true\n+++\n# Note\n");
    handbook.run("build --quiet").status(0);
    let plan = handbook.path("public/plan.html");
    assert!(!plan.exists());
    let home = fs::read_to_string(handbook.path("public/index.html")).expect("is there");
    assert!(!home.contains("The plan"));
    handbook.run("build --quiet --drafts").status(0);
    assert!(plan.is_file() && handbook.path("public/note.html").is_file());
    for (page, is_draft) in [("plan", true), ("note", true), ("bakery", false)] {
        let path = handbook.path(&format!("public/{page}.html"));
        let text = fs::read_to_string(path).expect("is there");
        assert_eq!(text.contains("Draft: not yet published"), is_draft, "{page}");
    }
    handbook.run("build --quiet").status(0);
    assert!(!plan.exists(), "a page that is a draft again goes");
    let canvases =
        |line: &str| handbook.run(line).status(0).json()["canvases"].as_array().map(Vec::len);
    assert_eq!((canvases("export"), canvases("export --drafts")), (Some(1), Some(2)));
}

#[test]
fn files_are_copied_as_they_are() {
    let bytes: Vec<u8> = (0..=255).collect();
    let handbook = Handbook::new()
        .file("content/bakery.md", CANVAS)
        .file("content/retail/oven.bin", &bytes)
        .file("content/.hidden.md", "# Hidden\n")
        .file("content/notes.md~", "an editor's backup")
        .file("static/robots.txt", "User-agent: *\n")
        .file("static/deep/er/a b.txt", "");
    handbook.run("build --quiet").status(0);
    let tree = handbook.tree("public");
    assert_eq!(tree.0["retail/oven.bin"], bytes);
    assert_eq!(tree.0["robots.txt"], b"User-agent: *\n");
    assert!(tree.0.contains_key("deep/er/a b.txt"));
    assert!(!tree.0.keys().any(|path| path.contains("hidden") || path.contains('~')));
}

#[cfg(unix)]
#[test]
fn the_output_can_be_read_like_any_other_file() {
    let handbook = bakery();
    handbook.run("build --quiet").status(0);
    use std::os::unix::fs::MetadataExt as _;
    let mode = |path: &str| fs::metadata(handbook.path(path)).expect("is there").mode() & 0o777;
    // The permissions that the user's umask gives to any new file, so that a web server may read
    // it.
    handbook.write("plain", "");
    assert_eq!(mode("public/index.html"), mode("plain"));
}

#[test]
fn odd_texts_just_work() {
    let handbook = Handbook::new()
        .file("content/bakery.md", CANVAS)
        .file(
            "content/mark.md",
            "\u{feff}+++\r\ntitle = \"Mark\"\r\n+++\r\n# Mark\r\n\r\nText.\r\n",
        )
        .file("content/empty.md", "")
        .file("content/zero.md", "a\0b\n")
        .file("content/old-mac.md", "# Old\r\rOne.\r")
        .file("content/quotes.md", "> ".repeat(20_000))
        .file("content/list.md", "- ".repeat(5_000))
        .file("content/brackets.md", "[".repeat(50_000))
        .file("content/stars.md", "*a **a ".repeat(10_000));
    handbook.run("build --quiet").status(0).stdout_is("");
    let page = fs::read_to_string(handbook.path("public/mark.html")).expect("is there");
    assert!(page.contains("<h1>Mark</h1>"), "{page}");
}

#[test]
fn an_alias_leads_to_where_the_page_stands_now() {
    let handbook = Handbook::new()
        .file("content/now/a.md", "+++\naliases = [\"old/a.html\", \"gone/\"]\n+++\n\n# Bread\n");
    handbook.run("build --quiet").status(0);
    let page = std::fs::read_to_string(handbook.path("public/old/a.html")).expect("it is built");
    assert!(page.contains("content=\"0; url=../now/a.html\""), "{page}");
    assert!(handbook.path("public/gone/index.html").is_file());
    // Two sources that claim one path are reported, an alias as well as a page.
    handbook.write("content/old/a.md", "# Other\n");
    handbook.run("build").status(1).stderr(expect![[r#"
        error[colliding-paths]: `content/now/a.md` and `content/old/a.md` both claim the path `old/a.html`
         --> content/now/a.md:2:12
          |
        2 | aliases = ["old/a.html", "gone/"]
          |            ^^^^^^^^^^^^ claims it
          |
          = help: rename one of them; names that differ only by case or accents' coding are one name on many systems
        note: claims it too
         --> content/old/a.md:1:1
          |
        1 | # Other
          | ^

        1 error in 1 file
    "#]]);
}

/// Takes away everybody's right to change what is in a folder.
#[cfg(unix)]
fn lock(handbook: &Handbook, folder: &str) {
    use std::os::unix::fs::PermissionsExt as _;
    let permissions = fs::Permissions::from_mode(0o555);
    fs::set_permissions(handbook.path(folder), permissions).expect("can be set");
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_is_noticed_before_anything_changes() {
    for change in ["content/bakery.md", "content/retail/plan.pdf"] {
        let handbook = Handbook::built().file("content/retail/plan.pdf", "%PDF\n");
        handbook.run("build --quiet").status(0);
        // Another page and another copy, or one page less, in folders that sort before and after.
        handbook.write("content/about.md", "# About\n");
        handbook.write("static/zoo/map.svg", "<svg/>");
        handbook.remove(change);
        lock(
            &handbook,
            if change.ends_with(".md") { "public/departments" } else { "public/retail" },
        );
        let before = handbook.files("public");
        let run = handbook.run_command(&mut handbook.powerless("build --quiet"));
        assert!(run.status(2).messages().starts_with("error: cannot write to `[FOLDER]/public/"));
        assert!(handbook.files("public") == before, "nothing changes");
    }
}

#[cfg(unix)]
#[test]
fn a_staging_folder_that_cannot_be_cleared_is_not_used() {
    let handbook = Handbook::built().file("elsewhere/mine", "");
    handbook.write("static/departments/autostart.desktop", "[Desktop Entry]\n");
    handbook.write(".canvasbook-staging-public/.canvasbook-lock", "");
    let tree = ".canvasbook-staging-public/tree";
    fs::create_dir(handbook.path(tree)).expect("can be made");
    let link = handbook.path(tree).join("departments");
    std::os::unix::fs::symlink("../../elsewhere", link).expect("can be linked");
    lock(&handbook, tree);
    let before = (handbook.files("public"), handbook.tree("elsewhere"));
    let run = handbook.run_command(&mut handbook.powerless("build --quiet"));
    run.status(2).stdout_is("").stderr(expect![[r#"
        error: cannot create `[FOLDER]/.canvasbook-staging-public/tree`: File exists (os error 17)
    "#]]);
    assert!((handbook.files("public"), handbook.tree("elsewhere")) == before, "nothing changes");
}
