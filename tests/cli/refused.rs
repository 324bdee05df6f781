//! A command that fails because of its flags, the output folder or the machine ends with status 2
//! and changes nothing.

use std::io;

use expect_test::{Expect, expect};

use crate::handbook::{CANVAS, Handbook};

/// Runs a command that is refused and changes nothing in the whole folder.
#[track_caller]
fn check(handbook: &Handbook, line: &str, stderr: Expect) {
    let before = handbook.files("");
    handbook.run(line).status(2).stdout_is("").stderr(stderr);
    assert!(handbook.files("") == before, "nothing changes");
}

fn handbook() -> Handbook {
    Handbook::new().file("content/bakery.md", CANVAS).file(".git/config", "[core]\n")
}

#[test]
fn a_folder_without_a_handbook() {
    let empty = Handbook::new();
    check(
        &empty,
        "build",
        expect![[r#"
            error: no handbook here: neither `[FOLDER]` nor a folder above it has canvasbook.toml or content/; `canvasbook init` starts one
        "#]],
    );
    check(
        &empty,
        "check --root nowhere",
        expect![[r#"
        error: `nowhere` is no handbook: it has neither canvasbook.toml nor content/
    "#]],
    );
}

#[test]
fn flags_that_do_not_exist() {
    check(
        &handbook(),
        "build --outptu elsewhere",
        expect![[r#"
        error: unexpected argument '--outptu' found

          tip: a similar argument exists: '--output'

        Usage: canvasbook build --output <DIR>

        For more information, try '--help'.
    "#]],
    );
    check(
        &handbook(),
        "biuld",
        expect![[r#"
        error: unrecognized subcommand 'biuld'

          tip: a similar subcommand exists: 'build'

        Usage: canvasbook [OPTIONS] <COMMAND>

        For more information, try '--help'.
    "#]],
    );
    check(
        &handbook(),
        "check --format xml",
        expect![[r#"
            error: invalid value 'xml' for '--format <FORMAT>'
              [possible values: human, json, github, sarif, html, markdown]

              tip: a similar value exists: 'html'

            For more information, try '--help'.
        "#]],
    );
    check(
        &handbook(),
        "export --format human",
        expect![[r#"
        error: export prints json only; leave out `--format`

        Usage: canvasbook [OPTIONS] <COMMAND>

        For more information, try '--help'.
    "#]],
    );
}

#[test]
fn the_handbook_as_its_own_output() {
    check(
        &handbook(),
        "build --output .",
        expect![[r#"
        error: the output folder `.` is the handbook's own folder or holds it
    "#]],
    );
    check(
        &handbook(),
        "build --output ..",
        expect![[r#"
        error: the output folder `..` is the handbook's own folder or holds it
    "#]],
    );
    check(
        &handbook(),
        "build --output public/..",
        expect![[r#"
        error: the output folder `public/..` is the handbook's own folder or holds it
    "#]],
    );
    check(
        &handbook(),
        "build --output .git",
        expect![[r#"
        error: the output folder `.git` is, holds or lies in the handbook's own folder `.git`
    "#]],
    );
    check(
        &handbook(),
        "build --output content/site --adopt",
        expect![[r#"
        error: the output folder `content/site` is, holds or lies in the handbook's own folder `content`
    "#]],
    );
}

#[test]
fn the_root_of_the_disk() {
    check(
        &handbook(),
        "build --output / --adopt",
        expect![[r#"
        error: the output folder `/` is the root of the file system
    "#]],
    );
}

#[test]
fn the_home_folder() {
    let handbook = handbook().file("home/letter.txt", "Dear …\n");
    let home = handbook.path("home");
    let before = handbook.files("");
    for output in ["home", "home/../home"] {
        let mut command = handbook.command("build --adopt --output");
        command.arg(output).env("HOME", &home);
        let expected = expect![[r#"
            error: the output folder `home` is the home folder or holds it
        "#]];
        if output == "home" {
            handbook.run_command(&mut command).status(2).stdout_is("").stderr(expected);
        } else {
            handbook.run_command(&mut command).status(2);
        }
    }
    assert!(handbook.files("") == before, "nothing changes");
}

#[test]
fn a_folder_with_files_of_others() {
    let handbook = handbook().file("site/index.html", "<h1>Somebody else's</h1>\n");
    check(
        &handbook,
        "build --output site",
        expect![[r#"
        error: the output folder `site` holds files that canvasbook did not write; with --adopt the site is written beside them and none of them is changed
    "#]],
    );
}

#[test]
fn an_adopted_folder_keeps_what_is_in_it() {
    let handbook =
        handbook().file("site/CNAME", "bread.example\n").file("site/.git/HEAD", "ref: main\n");
    handbook.run("build --output site --adopt --quiet").status(0).stdout_is("").stderr_is("");
    let tree = handbook.tree("site");
    assert_eq!(tree.0["CNAME"], b"bread.example\n");
    assert_eq!(tree.0[".git/HEAD"], b"ref: main\n");
    assert!(tree.0.contains_key("index.html"));
    // From now on the folder is claimed.
    handbook.run("build --output site --quiet").status(0);
}

#[test]
fn an_adopted_folder_whose_file_is_in_the_way() {
    let handbook = handbook().file("site/index.html", "<h1>Somebody else's</h1>\n");
    check(
        &handbook,
        "build --output site --adopt",
        expect![[r#"
        error: `[FOLDER]/site/index.html` is a file with other content that canvasbook did not write, and the site needs its place: move it away, or choose another output folder
    "#]],
    );
}

#[test]
fn a_file_as_the_output() {
    check(
        &handbook().file("site", "a file"),
        "build --output site",
        expect![[r#"
        error: the output folder `site` is not a folder: `[FOLDER]/site` is a file or a broken link
    "#]],
    );
}

#[test]
fn nobody_to_read_the_output_is_no_error() {
    let handbook = handbook();
    for line in [
        "--help",
        "build",
        "check --format json",
        "completions bash",
        "export",
        "man",
        "new kiosk",
        "schema config",
        "theme eject",
    ] {
        let (reader, writer) = io::pipe().expect("can be made");
        drop(reader);
        let output = handbook.command(line).stdout(writer).output().expect("it is started");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{line}");
        assert_eq!(output.status.code(), Some(0), "{line}");
    }
}
