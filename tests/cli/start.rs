//! `init`: what it writes and prints, what comes after it, and that nothing is overwritten.

use expect_test::{Expect, expect};

use crate::handbook::{CANVAS, Handbook, NO_RULES, uncounted};

/// The text of a file.
pub fn text(handbook: &Handbook, path: &str) -> String {
    std::fs::read_to_string(handbook.path(path)).expect("it can be read")
}

/// Runs a command that is refused with this status and changes nothing.
#[track_caller]
pub fn refused(handbook: &Handbook, line: &str, status: i32, stderr: Expect) {
    let before = handbook.files("");
    handbook.run(line).status(status).stdout_is("").stderr(stderr);
    assert!(handbook.files("") == before, "nothing changes");
}

/// A handbook of one sound canvas.
pub fn handbook() -> Handbook {
    Handbook::new().file("content/bakery.md", CANVAS)
}

#[test]
fn from_nothing_to_a_site() {
    let folder = Handbook::new();
    folder.run("init corner-shops").status(0).stderr_is("").stdout(expect![[r#"
        Wrote corner-shops/canvasbook.toml
        Wrote corner-shops/content/index.md
        Wrote corner-shops/content/riverside-laundry.md
        Wrote corner-shops/.gitignore

        Next:
          cd corner-shops
          canvasbook build          and open public/index.html
          canvasbook new my-canvas  to start a canvas of your own
    "#]]);
    folder.run("check --strict --root corner-shops").status(0).stderr_is("").stdout(expect![[r#"
        All is well: 1 canvas and 1 page
    "#]]);
    let new = |line: &str| folder.run(&format!("new --root corner-shops {line}")).status(0);
    new("retail/kiosk").stderr_is("").stdout(expect![[r#"
        Wrote corner-shops/content/retail/kiosk.md
        Fill in its blocks; `canvasbook check` says which are still empty
    "#]]);
    new("growth --department marketing,R&D --department Procurement").stderr_is("");
    new("lean --kind lean --lang de").stderr_is("");
    new("scenarios/restaurants --from riverside-laundry").stderr_is("").stdout(expect![[r#"
        Wrote corner-shops/content/scenarios/restaurants.md
        It starts as a copy of content/riverside-laundry.md
    "#]]);
    folder
        .run("check --strict --root corner-shops --format json")
        .status(0)
        .json()
        .as_array()
        .expect("a list")
        .iter()
        .for_each(|found| assert_eq!(found["code"], "empty-block"));
    let settings = text(&folder, "corner-shops/canvasbook.toml");
    folder.write("corner-shops/canvasbook.toml", format!("{settings}\n{NO_RULES}"));
    folder.run("build --root corner-shops").status(0).stderr_is("").stdout(expect![[r#"
        Built N pages in corner-shops/public: N written, 0 unchanged, 0 removed ([TIME])
        Open corner-shops/public/index.html
    "#]]);
    let site = folder.tree("corner-shops/public");
    for page in ["retail/kiosk.html", "growth.html", "lean.html", "scenarios/restaurants.html"] {
        assert!(site.0.contains_key(page), "{page} is missing");
    }
    let paths: Vec<String> = folder.files("").into_keys().collect();
    let outside = paths.iter().filter(|path| !path.starts_with("corner-shops/"));
    assert_eq!(outside.count(), 0, "nothing is written elsewhere");
}

#[test]
fn the_five_minute_start_goes_as_the_manual_shows() {
    let page = |name: &str| {
        let path = format!("{}/content/manual/{name}.md", env!("CARGO_MANIFEST_DIR"));
        std::fs::read_to_string(path).expect("it can be read")
    };
    let commands = uncounted(&page("commands"));
    let shown = |text: &str| {
        assert!(commands.contains(&format!("```text\n{text}```\n")), "not in the manual:\n{text}");
    };
    let folder = Handbook::new();
    shown(folder.run("init plans").status(0).text());
    let start = page("index");
    let kiosk = start.split("```markdown\n").nth(1).and_then(|text| text.split("```").next());
    folder.write("plans/content/retail/kiosk.md", kiosk.expect("it shows a canvas"));
    let mut build = folder.command("build");
    build.current_dir(folder.path("plans"));
    shown(folder.run_command(&mut build).status(0).text());
}

#[test]
fn nothing_is_overwritten_without_force() {
    let handbook = handbook().file(".gitignore", "/target\n").file("content/index.md", "Mine.\n");
    refused(
        &handbook,
        "new bakery",
        2,
        expect![[r#"
        error: `content/bakery.md` exists already; --force overwrites it
    "#]],
    );
    refused(
        &handbook,
        "init",
        2,
        expect![[r#"
        error: `content/index.md` exists already, and nothing was written; --force overwrites it
    "#]],
    );
    refused(
        &handbook,
        "init content/bakery.md",
        2,
        expect![[r#"
            error: `content/bakery.md` is a file or a broken link, not a folder
        "#]],
    );
    handbook.run("new bakery --force").status(0).stdout(expect![[r#"
        Wrote content/bakery.md
        Fill in its blocks; `canvasbook check` says which are still empty
    "#]]);
    assert!(text(&handbook, "content/bakery.md").starts_with("+++\ntitle = \"Bakery\"\n"));
    handbook.run("init --force").status(0).stderr_is("").stdout(expect![[r#"
        Wrote canvasbook.toml
        Wrote content/index.md
        Wrote content/riverside-laundry.md
        Left .gitignore as it is; add the line `/public`, which keeps the site out of git

        Next:
          canvasbook build          and open public/index.html
          canvasbook new my-canvas  to start a canvas of your own
    "#]]);
    assert_eq!(text(&handbook, ".gitignore"), "/target\n");
    assert!(text(&handbook, "content/index.md").contains("canvas of this handbook"));
}

#[test]
fn a_handbook_in_a_handbook_is_told() {
    let handbook = handbook().file("canvasbook.toml", "");
    handbook.run("init parts/one").status(0).stdout(expect![[r#"
        Wrote parts/one/canvasbook.toml
        Wrote parts/one/content/index.md
        Wrote parts/one/content/riverside-laundry.md
        Wrote parts/one/.gitignore
        Note: it lies in the handbook `.`; commands in here work on the new one

        Next:
          cd parts/one
          canvasbook build          and open public/index.html
          canvasbook new my-canvas  to start a canvas of your own
    "#]]);
    handbook.run("init content/two").status(0).stdout(expect![[r#"
        Wrote content/two/canvasbook.toml
        Wrote content/two/content/index.md
        Wrote content/two/content/riverside-laundry.md
        Wrote content/two/.gitignore
        Note: it lies in content/ of the handbook `.`, which takes its files as well

        Next:
          cd content/two
          canvasbook build          and open public/index.html
          canvasbook new my-canvas  to start a canvas of your own
    "#]]);
}

#[test]
fn flags_that_make_no_sense() {
    let handbook = handbook();
    let told = |line: &str| {
        let run = handbook.run(line).status(2).stdout_is("");
        run.messages().lines().next().unwrap_or_default().to_owned()
    };
    assert_eq!(told("new a --format json"), "error: new prints text only; leave out `--format`");
    assert_eq!(told("new a --output b"), "error: new writes no site; leave out `--output`");
    assert_eq!(
        told("init --root a"),
        "error: init takes the folder as it is: `canvasbook init DIR`, without `--root`"
    );
    assert_eq!(told("man --root a"), "error: man reads no handbook; leave out `--root`");
    assert_eq!(
        told("schema config --format human"),
        "error: schema prints json only; leave out `--format`"
    );
    assert_eq!(
        told("completions bash --format sarif"),
        "error: completions prints a script only; leave out `--format`"
    );
}

#[test]
fn a_folder_can_be_gone_to_as_told() {
    let folder = Handbook::new();
    let init = |name: &str, line: &str| {
        let mut command = folder.command("init --");
        let run = folder.run_command(command.arg(name)).status(0);
        assert!(run.text().contains(&format!("\n  cd {line}\n")), "{}", run.text());
    };
    init("büro", "büro");
    init("corner shops", "\"corner shops\"");
    init("R&D", "\"R&D\"");
    init("-plans", "./-plans");
    #[cfg(unix)]
    {
        init("$HOME", "'$HOME'");
        init("Bill's \"plan\"", "'Bill'\\''s \"plan\"'");
    }
    let settings = text(&folder, "corner shops/canvasbook.toml");
    assert!(settings.contains("title = \"Corner shops\"\n"));
}

#[test]
fn a_file_in_the_place_of_a_folder() {
    let folder = Handbook::new().file("content", "Mine.\n").file("plans/content", "Mine.\n");
    let check = |line: &str, stderr| refused(&folder, line, 2, stderr);
    check(
        "init",
        expect![[r#"
            error: `content` is a file or a broken link, not a folder
        "#]],
    );
    check(
        "init plans --force",
        expect![[r#"
            error: `plans/content` is a file or a broken link, not a folder
        "#]],
    );
}
