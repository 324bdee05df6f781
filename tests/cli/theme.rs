//! `theme eject`: files of the built-in theme as files of the handbook.

use std::fs;

use expect_test::{Expect, expect};

use canvasbook::theme::BUILT_IN;

use crate::handbook::{CANVAS, Handbook};

fn handbook() -> Handbook {
    Handbook::new().file("content/bakery.md", CANVAS)
}

/// The text of a file of the built-in theme.
fn built_in(path: &str) -> &'static str {
    let file = BUILT_IN.iter().find(|file| file.path == path);
    std::str::from_utf8(file.expect("it is there").bytes).expect("it is a text")
}

/// Runs a command that is refused and changes nothing in the whole folder.
#[track_caller]
fn refused(handbook: &Handbook, line: &str, stderr: Expect) {
    let before = handbook.files("");
    handbook.run(line).status(2).stdout_is("").stderr(stderr);
    assert!(handbook.files("") == before, "nothing changes");
}

#[test]
fn without_a_file_all_are_listed() {
    let handbook = handbook().file("themes/ours/templates/poster.html", "");
    let before = handbook.files("");
    let run = handbook.run("theme eject").status(0).stderr_is("");
    assert!(handbook.files("") == before, "nothing changes");
    for path in BUILT_IN.iter().map(|file| file.path) {
        assert!(run.text().contains(&format!(" {path} ")), "{path}");
    }
    let lines: Vec<&str> = run.text().lines().collect();
    let own = lines.iter().find(|line| line.contains("templates/poster.html"));
    assert!(own.is_some_and(|line| line.starts_with("* ")), "{own:?}");
    assert_eq!(lines.iter().filter(|line| line.starts_with("* ")).count(), 2);
    expect![[r#"
        * themes/ours/ has a file of its own

        To change one, copy it to themes/ours/:  canvasbook theme eject templates/layout.html
        To copy all of them:  canvasbook theme eject --all"#]]
    .assert_eq(&lines[lines.len() - 4..].join("\n"));
    handbook.run("theme eject --name mine --quiet").status(0);
    let mut command = handbook.command("theme eject --name");
    let run = handbook.run_command(command.arg("our house")).status(0);
    assert!(run.text().ends_with("  canvasbook theme eject --name \"our house\" --all\n"));
    assert!(handbook.files("") == before, "nothing changes");
}

#[test]
fn one_file_is_copied_with_what_is_left_to_do() {
    let handbook = handbook();
    handbook.run("theme eject templates/layout.html").status(0).stderr_is("").stdout(expect![[
        r#"
        Copied templates/layout.html to themes/ours/templates/layout.html
        To use it, write this in canvasbook.toml, above its first table: theme = "ours"
    "#
    ]]);
    let files: Vec<String> = handbook.tree("themes").0.into_keys().collect();
    assert_eq!(files, ["ours/templates/layout.html"]);
    handbook.write("canvasbook.toml", "theme = \"ours\"\n");
    handbook
        .run("theme eject templates/layout.html ./words/en.toml themes/default/assets/style.css")
        .status(0)
        .stderr_is("")
        .stdout(expect![[r#"
            Copied assets/style.css to themes/ours/assets/style.css
            Kept themes/ours/templates/layout.html: it is the same already
            Copied words/en.toml to themes/ours/words/en.toml
        "#]]);
    assert_eq!(
        handbook.tree("themes").0["ours/words/en.toml"],
        built_in("words/en.toml").as_bytes()
    );
}

#[test]
fn all_files_as_they_are_change_no_page() {
    let handbook = handbook();
    handbook.run("build --quiet").status(0);
    let before = handbook.files("public");
    handbook.write("canvasbook.toml", "theme = \"house\"\n");
    handbook.run("theme eject --all --quiet").status(0).stdout_is("").stderr_is("");
    assert_eq!(handbook.tree("themes/house").0.len(), BUILT_IN.len());
    handbook.run("build --quiet").status(0).stderr_is("");
    assert!(handbook.files("public") == before, "not a byte differs");
}

#[test]
fn what_was_changed_is_kept_unless_it_is_forced() {
    let handbook = handbook().file("themes/ours/templates/page.html", "mine");
    refused(
        &handbook,
        "theme eject --all",
        expect![[r#"
        error: nothing was copied; these differ from the built-in theme, and --force would overwrite them:
          themes/ours/templates/page.html
    "#]],
    );
    refused(
        &handbook,
        "theme eject templates/page.html templates/home.html",
        expect![[r#"
        error: nothing was copied; these differ from the built-in theme, and --force would overwrite them:
          themes/ours/templates/page.html
    "#]],
    );
    handbook.run("theme eject --force templates/page.html").status(0).stderr_is("").stdout(
        expect![[r#"
            Replaced themes/ours/templates/page.html by templates/page.html
            To use it, write this in canvasbook.toml, above its first table: theme = "ours"
        "#]],
    );
    let page = fs::read_to_string(handbook.path("themes/ours/templates/page.html"));
    assert_eq!(page.expect("it is there"), built_in("templates/page.html"));
    assert_eq!(handbook.tree("themes").0.len(), 1, "nothing is left beside it");
}

#[test]
fn files_and_names_that_are_none() {
    let handbook = handbook();
    refused(
        &handbook,
        "theme eject templates/cnvas.html",
        expect![[r#"
            error: the built-in theme has no file `templates/cnvas.html`; did you mean `templates/canvas.html` or `templates/changes.html`?
        "#]],
    );
    refused(
        &handbook,
        "theme eject canvas.html",
        expect![[r#"
            error: the built-in theme has no file `canvas.html`; did you mean `templates/canvas.html` or `templates/changes.html`?
        "#]],
    );
    refused(
        &handbook,
        "theme eject templates/canvas.html assets/logo.webp",
        expect![[r#"
        error: the built-in theme has no file `assets/logo.webp`; `canvasbook theme eject` lists those it has
    "#]],
    );
    refused(
        &handbook,
        "theme eject --all --name default",
        expect![[r#"
        error: `default` cannot be the theme to copy into, because it is the built-in theme's own name
    "#]],
    );
    refused(
        &handbook,
        "theme eject --all --name ../other",
        expect![[r#"
        error: `../other` cannot be the theme to copy into, because it starts with a dot
    "#]],
    );
    refused(
        &handbook,
        "theme eject --all --name con",
        expect![[r#"
        error: `con` cannot be the theme to copy into, because it is a name that some systems cannot store
    "#]],
    );
    refused(
        &handbook,
        "theme eject --all templates/canvas.html",
        expect![[r#"
        error: the argument '--all' cannot be used with '[FILE]...'

        Usage: canvasbook theme eject --all [FILE]...

        For more information, try '--help'.
    "#]],
    );
    refused(
        &handbook,
        "theme eject --all --format json",
        expect![[r#"
            error: theme prints text only; leave out `--format`

            Usage: canvasbook [OPTIONS] <COMMAND>

            For more information, try '--help'.
        "#]],
    );
    refused(
        &Handbook::new(),
        "theme eject --all",
        expect![[r#"
            error: no handbook here: neither `[FOLDER]` nor a folder above it has canvasbook.toml or content/; `canvasbook init` starts one
        "#]],
    );
}

#[cfg(unix)]
#[test]
fn a_themes_folder_that_leads_out_of_the_handbook() {
    let elsewhere = Handbook::new();
    let handbook = handbook();
    std::os::unix::fs::symlink(elsewhere.path(""), handbook.path("themes")).expect("can be made");
    let run = handbook.run("theme eject --all").status(1).stdout_is("");
    run.stderr(expect![[r#"
        error: nothing was copied, because a symbolic link leads from `themes/ours` out of the handbook or to a hidden folder
    "#]]);
    assert!(elsewhere.tree("").0.is_empty());
}

#[test]
fn a_template_that_was_copied_and_changed_is_used() {
    let handbook = handbook().file("canvasbook.toml", "theme = \"ours\"\n");
    handbook.run("theme eject templates/layout.html --quiet").status(0);
    let layout = built_in("templates/layout.html");
    let changed =
        layout.replace("{%- block footer %}", "<span>Confidential</span>\n{%- block footer %}");
    assert_ne!(changed, layout);
    handbook.write("themes/ours/templates/layout.html", changed);
    handbook.run("build --quiet").status(0).stdout_is("").stderr_is("");
    for page in ["index.html", "bakery.html", "departments/production.html"] {
        let page = fs::read_to_string(handbook.path("public").join(page)).expect("it is built");
        assert!(page.contains("\n<span>Confidential</span>"), "{page}");
    }
}

#[test]
fn the_manuals_templates_work() {
    let manual = concat!(env!("CARGO_MANIFEST_DIR"), "/content/manual/themes.md");
    let manual = fs::read_to_string(manual).expect("it is there");
    let blocks = manual.split("```html\n").skip(1).filter_map(|rest| rest.split("```").next());
    let template = |begins: &str| {
        let block = blocks.clone().find(|block| block.starts_with(begins));
        block.unwrap_or_else(|| panic!("the manual has no example `{begins}`"))
    };
    let text =
        "+++\ntitle = \"Plan\"\nsummary = \"Soon.\"\n[extra]\nregion = \"North\"\n+++\n\nText.\n";
    let handbook =
        Handbook::new().file("canvasbook.toml", "theme = \"ours\"\n").file("content/plan.md", text);
    let page = || fs::read_to_string(handbook.path("public/plan.html")).expect("it is built");

    handbook.write("themes/ours/templates/page.html", template("{% extends"));
    handbook.run("build --quiet").status(0).stderr_is("");
    assert!(page().contains("<h1>Plan</h1><p>Text.</p>"), "{}", page());
    assert!(page().contains("<span>Plan</span>"), "{}", page());

    let rest = [template("<h1>"), template("{% if page.extra.region")].concat();
    handbook.write("themes/ours/templates/page.html", rest);
    handbook.run("build --quiet").status(0).stderr_is("");
    assert!(page().contains("<p class=\"lede\">Soon.</p>"), "{}", page());
    assert!(page().contains("<p>North</p>"), "{}", page());
}

#[test]
fn a_theme_may_have_a_template_for_one_list() {
    let own = "{% extends \"list.html\" %}{% block about %}<h1>Team {{ list.title }}</h1>{% endblock about %}\n";
    let handbook = handbook()
        .file("canvasbook.toml", "theme = \"ours\"\n")
        .file("themes/ours/templates/departments.html", own);
    handbook.run("build --quiet").status(0);
    let built =
        |path: &str| fs::read_to_string(handbook.path("public").join(path)).expect("is built");
    let department = built("departments/production.html");
    assert!(department.contains("<h1>Team Production</h1>"), "{department}");
    assert!(department.contains("Baking"), "the rest is as in list.html: {department}");
    let block = built("blocks/key-activities.html");
    assert!(block.contains("<h1>Key Activities</h1>"), "{block}");
}
