//! Pipes, devices, sockets, folders and links to nothing in the place of every file that is inspected:
//! nothing waits for ever, each is reported, and the rest goes on.

use std::fs;
use std::os::unix::fs::symlink;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use expect_test::{Expect, expect};

use crate::handbook::{CANVAS, Handbook};
use crate::preview::Preview;
use crate::watching::Watching;

const CONFIG: &str = "theme = \"ours\"\nlogo = \"logo.svg\"\n\n[rules]\nall = \"off\"\n";

/// The kinds of special file that take a file's place.
const KINDS: [&str; 4] = ["pipe", "device", "folder", "nothing"];

/// A handbook with every kind of file that is read.
fn handbook() -> Handbook {
    Handbook::new()
        .file("canvasbook.toml", CONFIG)
        .file("content/bakery.md", CANVAS)
        .file("content/plan.pdf", "%PDF\n")
        .file("static/logo.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"/>")
        .file("themes/ours/templates/not-found.html", "{% extends \"layout.html\" %}\n")
        .file("themes/ours/words/de.toml", "")
        .file("themes/ours/assets/extra.css", "")
}

/// Replaces a file or folder.
fn put(handbook: &Handbook, kind: &str, path: &str) {
    let path = handbook.path(path);
    if path.is_dir() {
        fs::remove_dir_all(&path).expect("can be removed");
    } else {
        let _ = fs::remove_file(&path);
    }
    match kind {
        "pipe" => {
            let made = Command::new("mkfifo").arg(&path).status();
            assert!(made.is_ok_and(|status| status.success()), "mkfifo is part of POSIX");
        }
        "device" => symlink("/dev/zero", &path).expect("can be made"),
        "folder" => fs::create_dir(&path).expect("can be made"),
        _ => symlink("nowhere", &path).expect("can be made"),
    }
}

/// Puts one kind of special file in the place of sources, in as many at once as do not hide each
/// other, and compares the first line of each message.
#[track_caller]
fn check(kind: &str, expected: Expect) {
    let leaves = [
        "content/bakery.md",
        "content/plan.pdf",
        "static/logo.svg",
        "themes/ours/templates/not-found.html",
        "themes/ours/words/de.toml",
        "themes/ours/assets/extra.css",
    ];
    let mut told = String::new();
    for places in [
        &leaves[..],
        &["canvasbook.toml"],
        &["content"],
        &["static"],
        &["themes"],
        &["themes/ours"],
    ] {
        let handbook = handbook();
        places.iter().for_each(|place| put(&handbook, kind, place));
        let run = handbook.run("check --quiet");
        let lines =
            run.text().lines().filter(|line| line.contains("]: ") && !line.starts_with("advice"));
        lines.for_each(|line| told.push_str(&format!("{line}\n")));
    }
    expected.assert_eq(&told);
}

#[test]
fn pipes_in_the_place_of_sources() {
    check(
        "pipe",
        expect![[r#"
            error[unknown-logo]: the logo `logo.svg` does not exist
            error[unreadable-file]: `content/bakery.md` cannot be read: it is a pipe, a socket or a device
            error[unreadable-file]: `content/plan.pdf` cannot be read: it is a pipe, a socket or a device
            error[unreadable-file]: `static/logo.svg` cannot be read: it is a pipe, a socket or a device
            error[unreadable-file]: `themes/ours/assets/extra.css` cannot be read: it is a pipe, a socket or a device
            error[unreadable-file]: `themes/ours/templates/not-found.html` cannot be read: it is a pipe, a socket or a device
            error[unreadable-file]: `themes/ours/words/de.toml` cannot be read: it is a pipe, a socket or a device
            error[unreadable-file]: `canvasbook.toml` cannot be read: it is a pipe, a socket or a device
            error[unreadable-file]: `content` cannot be read: it is a pipe, a socket or a device
            error[unknown-logo]: the logo `logo.svg` does not exist
            error[unreadable-file]: `static` cannot be read: it is a pipe, a socket or a device
            error[unknown-theme]: there is no theme `ours`
            error[unreadable-file]: `themes` cannot be read: it is a pipe, a socket or a device
            error[unknown-theme]: there is no theme `ours`
            error[unreadable-file]: `themes/ours` cannot be read: it is a pipe, a socket or a device
        "#]],
    );
}

/// Links that lead out of the handbook are not followed, and so nothing is read from a device.
#[test]
fn links_to_devices_in_the_place_of_sources() {
    check(
        "device",
        expect![[r#"
            error[unknown-logo]: the logo `logo.svg` does not exist
            warning[link-leaves-handbook]: the symbolic link `content/bakery.md` leads out of the handbook and is not published
            warning[link-leaves-handbook]: the symbolic link `content/plan.pdf` leads out of the handbook and is not published
            warning[link-leaves-handbook]: the symbolic link `static/logo.svg` leads out of the handbook and is not published
            warning[link-leaves-handbook]: the symbolic link `themes/ours/assets/extra.css` leads out of the handbook and is not published
            warning[link-leaves-handbook]: the symbolic link `themes/ours/templates/not-found.html` leads out of the handbook and is not published
            warning[link-leaves-handbook]: the symbolic link `themes/ours/words/de.toml` leads out of the handbook and is not published
            warning[link-leaves-handbook]: the symbolic link `canvasbook.toml` leads out of the handbook and is not published
            warning[link-leaves-handbook]: the symbolic link `content` leads out of the handbook and is not published
            error[no-content]: there is no folder `content`
            error[unknown-logo]: the logo `logo.svg` does not exist
            warning[link-leaves-handbook]: the symbolic link `static` leads out of the handbook and is not published
            error[unknown-theme]: there is no theme `ours`
            warning[link-leaves-handbook]: the symbolic link `themes` leads out of the handbook and is not published
            error[unknown-theme]: there is no theme `ours`
            warning[link-leaves-handbook]: the symbolic link `themes/ours` leads out of the handbook and is not published
        "#]],
    );
}

#[test]
fn links_to_nothing_in_the_place_of_sources() {
    check(
        "nothing",
        expect![[r#"
            error[unknown-logo]: the logo `logo.svg` does not exist
            error[unreadable-file]: `content/bakery.md` cannot be read: No such file or directory (os error 2)
            error[unreadable-file]: `content/plan.pdf` cannot be read: No such file or directory (os error 2)
            error[unreadable-file]: `static/logo.svg` cannot be read: No such file or directory (os error 2)
            error[unreadable-file]: `themes/ours/assets/extra.css` cannot be read: No such file or directory (os error 2)
            error[unreadable-file]: `themes/ours/templates/not-found.html` cannot be read: No such file or directory (os error 2)
            error[unreadable-file]: `themes/ours/words/de.toml` cannot be read: No such file or directory (os error 2)
            error[unreadable-file]: `canvasbook.toml` cannot be read: No such file or directory (os error 2)
            error[unreadable-file]: `content` cannot be read: No such file or directory (os error 2)
            error[unknown-logo]: the logo `logo.svg` does not exist
            error[unreadable-file]: `static` cannot be read: No such file or directory (os error 2)
            error[unknown-theme]: there is no theme `ours`
            error[unreadable-file]: `themes` cannot be read: No such file or directory (os error 2)
            error[unknown-theme]: there is no theme `ours`
            error[unreadable-file]: `themes/ours` cannot be read: No such file or directory (os error 2)
        "#]],
    );
}

/// A folder may take the place of any source except the configuration.
#[test]
fn folders_in_the_place_of_sources() {
    check(
        "folder",
        expect![[r#"
            error[unknown-logo]: the logo `logo.svg` does not exist
            error[unreadable-file]: `canvasbook.toml` cannot be read: it is a folder
            error[unknown-logo]: the logo `logo.svg` does not exist
            error[unknown-theme]: there is no theme `ours`
        "#]],
    );
}

/// What cannot be read is not quoted, although the built-in file takes its place.
#[test]
fn a_template_that_cannot_be_read_has_no_excerpt() {
    let handbook = handbook();
    put(&handbook, "pipe", "themes/ours/templates/not-found.html");
    handbook.run("check --quiet").status(1).stdout(expect![[r#"
        error[unreadable-file]: `themes/ours/templates/not-found.html` cannot be read: it is a pipe, a socket or a device
         --> themes/ours/templates/not-found.html
          |
          = help: mend its permissions or its target, or move it out of the handbook

        1 error in 1 file
    "#]]);
}

#[test]
fn the_output_folder_and_what_is_in_it() {
    let mut told = String::new();
    for place in [
        "public",
        "public/.canvasbook-manifest",
        "public/bakery.html",
        "public/departments",
        ".canvasbook-staging-public",
    ] {
        for kind in KINDS.into_iter().filter(|kind| *kind != "folder") {
            let handbook = handbook();
            handbook.run("build --quiet").status(0);
            put(&handbook, kind, place);
            handbook.write("content/more.md", "# More\n");
            let run = handbook.run("build --quiet --output public").status(2).stdout_is("");
            told.push_str(&format!("{kind}: {}", run.messages()));
            assert!(!handbook.path("public/more.html").exists(), "nothing is written");
        }
    }
    expect![[r#"
        pipe: error: the output folder `public` is not a folder: `[FOLDER]/public` is a file or a broken link
        device: error: the output folder `public` is not a folder: `[FOLDER]/public` is a file or a broken link
        nothing: error: the output folder `public` is not a folder: `[FOLDER]/public` is a file or a broken link
        pipe: error: `[FOLDER]/public/.canvasbook-manifest` is a link, a folder or a pipe that canvasbook did not write, and the site needs its place: move it away, or choose another output folder
        device: error: `[FOLDER]/public/.canvasbook-manifest` is a link, a folder or a pipe that canvasbook did not write, and the site needs its place: move it away, or choose another output folder
        nothing: error: `[FOLDER]/public/.canvasbook-manifest` is a link, a folder or a pipe that canvasbook did not write, and the site needs its place: move it away, or choose another output folder
        pipe: error: `[FOLDER]/public/bakery.html` is a link or device that canvasbook did not write, and the site needs its place: move it away, or choose another output folder
        device: error: `[FOLDER]/public/bakery.html` is a link or device that canvasbook did not write, and the site needs its place: move it away, or choose another output folder
        nothing: error: `[FOLDER]/public/bakery.html` is a link or device that canvasbook did not write, and the site needs its place: move it away, or choose another output folder
        pipe: error: `[FOLDER]/public/departments` is a link or device that canvasbook did not write, and the site needs its place: move it away, or choose another output folder
        device: error: `[FOLDER]/public/departments` is a link or device that canvasbook did not write, and the site needs its place: move it away, or choose another output folder
        nothing: error: `[FOLDER]/public/departments` is a link or device that canvasbook did not write, and the site needs its place: move it away, or choose another output folder
        pipe: error: `[FOLDER]/.canvasbook-staging-public` is a file or folder that canvasbook did not write, and the site needs its place: move it away, or choose another output folder
        device: error: `[FOLDER]/.canvasbook-staging-public` is a file or folder that canvasbook did not write, and the site needs its place: move it away, or choose another output folder
        nothing: error: `[FOLDER]/.canvasbook-staging-public` is a file or folder that canvasbook did not write, and the site needs its place: move it away, or choose another output folder
    "#]].assert_eq(&told);
}

#[test]
fn a_folder_in_the_place_of_the_manifest() {
    let handbook = handbook();
    handbook.run("build --quiet").status(0);
    put(&handbook, "folder", "public/.canvasbook-manifest");
    handbook.run("build --quiet").status(2).stdout_is("").stderr(expect![[r#"
        error: `[FOLDER]/public/.canvasbook-manifest` is a link, a folder or a pipe that canvasbook did not write, and the site needs its place: move it away, or choose another output folder
    "#]]);
}

/// A file of the last run that has become something else is not ours to remove.
#[test]
fn what_took_the_place_of_a_page_that_goes_is_kept() {
    for kind in KINDS {
        let handbook = handbook().file("content/more.md", "# More\n");
        handbook.run("build --quiet").status(0);
        put(&handbook, kind, "public/more.html");
        handbook.remove("content/more.md");
        handbook.run("build --quiet").status(0).stderr_is("");
        assert!(handbook.path("public/more.html").symlink_metadata().is_ok(), "{kind}");
    }
}

#[test]
fn what_a_killed_run_left_behind() {
    for kind in KINDS {
        let staging = ".canvasbook-staging-public";
        let handbook = handbook();
        handbook.run("build --quiet").status(0);
        handbook.write(&format!("{staging}/.canvasbook-lock"), "");
        for place in ["tree/bakery.html", "tree/departments"] {
            handbook.write(&format!("{staging}/{place}"), "");
            put(&handbook, kind, &format!("{staging}/{place}"));
        }
        if kind != "folder" {
            put(&handbook, kind, &format!("{staging}/union"));
        }
        handbook.run("build --quiet").status(0).stderr_is("");
        assert!(!handbook.path(staging).exists(), "{kind}");

        handbook.write(&format!("{staging}/.canvasbook-lock"), "");
        put(&handbook, kind, &format!("{staging}/.canvasbook-lock"));
        handbook.run("build --quiet").status(2);
        assert!(handbook.path(staging).exists(), "{kind}: it is not ours");
    }
}

#[test]
fn init_and_what_is_there_already() {
    let mut told = String::new();
    for kind in KINDS {
        let handbook = Handbook::new();
        put(&handbook, kind, ".gitignore");
        let run = handbook.run("init").status(0).stderr_is("");
        let line = run.text().lines().find(|line| line.contains(".gitignore"));
        told.push_str(&format!("{kind}: {}\n", line.expect("it is spoken of")));
        for place in ["content", "content/index.md", "canvasbook.toml"] {
            let handbook = Handbook::new().file("content/old.md", "# Old\n");
            put(&handbook, kind, place);
            let run = handbook.run("init --force --quiet");
            told.push_str(run.messages());
            let is_half = handbook.path("content/index.md").is_file()
                != handbook.path("canvasbook.toml").is_file();
            assert!(!is_half, "{kind} {place}: all is written or nothing");
        }
    }
    expect![[r#"
        pipe: Left .gitignore as it is, for it cannot be read: it is a pipe, a socket or a device
        error: `content` is a file or a broken link, not a folder
        device: Left .gitignore as it is, for it cannot be read: it is a pipe, a socket or a device
        error: `content` is a file or a broken link, not a folder
        folder: Left .gitignore as it is, for it cannot be read: it is a folder
        error: `content/index.md` is a folder, not a file
        error: `canvasbook.toml` is a folder, not a file
        nothing: Left .gitignore as it is, for it cannot be read: No such file or directory (os error 2)
        error: `content` is a file or a broken link, not a folder
    "#]].assert_eq(&told);
}

#[test]
fn a_scenario_of_what_cannot_be_read() {
    let mut told = String::new();
    for kind in KINDS {
        let handbook = handbook();
        put(&handbook, kind, "content/other.md");
        told.push_str(handbook.run("new next --from other").messages());
        told.push_str(handbook.run("new other").status(2).messages());
    }
    expect![[r#"
        error: `content/other.md` cannot be read; `canvasbook check` shows why
        error: `content/other.md` exists already; --force overwrites it
        error: `content/other.md` cannot be read; `canvasbook check` shows why
        error: `content/other.md` exists already; --force overwrites it
        error: there is no canvas `content/other.md`; did you mean `content/bakery.md`?
        error: `content/other.md` exists already; --force overwrites it
        error: `content/other.md` cannot be read; `canvasbook check` shows why
        error: `content/other.md` exists already; --force overwrites it
    "#]]
    .assert_eq(&told);
}

#[test]
fn files_of_the_theme_are_copied_over_no_folder() {
    let target = "themes/ours/templates/canvas.html";
    let mut told = String::new();
    for kind in KINDS {
        let handbook = handbook();
        put(&handbook, kind, target);
        told.push_str(handbook.run("theme eject templates/canvas.html").status(2).messages());
        let run = handbook.run("theme eject assets/style.css templates/canvas.html --force");
        told.push_str(run.messages());
        let copied = ["assets/style.css", "templates/canvas.html"]
            .map(|file| handbook.path("themes/ours").join(file).symlink_metadata())
            .map(|data| data.is_ok_and(|data| data.is_file()));
        assert_eq!(copied, [kind != "folder"; 2], "{kind}: all are copied or none");
    }
    expect![[r#"
        error: nothing was copied; these differ from the built-in theme, and --force would overwrite them:
          themes/ours/templates/canvas.html
        error: nothing was copied; these differ from the built-in theme, and --force would overwrite them:
          themes/ours/templates/canvas.html
        error: cannot write `./themes/ours/templates/canvas.html`: it is a folder
        error: cannot write `./themes/ours/templates/canvas.html`: it is a folder
        error: nothing was copied; these differ from the built-in theme, and --force would overwrite them:
          themes/ours/templates/canvas.html
    "#]].assert_eq(&told);
}

#[test]
fn watch_goes_on() {
    let handbook = handbook();
    let watching = Watching::start(&handbook, "watch");
    for kind in KINDS.into_iter().filter(|kind| *kind != "folder") {
        put(&handbook, kind, "content/pipe.md");
        put(&handbook, kind, "static/pipe.txt");
        handbook.write("content/bakery.md", format!("{CANVAS}\nBeside a {kind}.\n"));
        let mut said = String::new();
        while !said.contains("content/pipe.md") || !said.contains("static/pipe.txt") {
            said.push_str(&watching.line());
            said.push_str(&watching.messages());
        }
        handbook.remove("content/pipe.md");
        handbook.remove("static/pipe.txt");
        watching.ends_equal_to_a_clean_build("public");
    }
}

#[test]
fn the_preview_goes_on() {
    let handbook = handbook();
    let preview = Preview::start(&handbook, "--port 0");
    assert_eq!(preview.get("/plan.pdf").status, 200);
    for kind in KINDS {
        put(&handbook, kind, "content/plan.pdf");
        handbook.write("content/bakery.md", format!("{CANVAS}\nBeside a {kind}.\n"));
        let answer = preview.get("/plan.pdf");
        assert_eq!(answer.status, 404, "{kind}: {}", answer.text());
        put(&handbook, "folder", "content/plan.pdf");
        preview.until("/bakery.html", 200, &format!("Beside a {kind}."));
    }
}

/// While one thread makes a name a text, a pipe, a folder and nothing in turn, every run ends.
#[test]
fn what_changes_between_the_look_and_the_reading() {
    let handbook = handbook();
    let is_done = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            for kind in ["pipe", "folder", "text", "gone"].iter().cycle() {
                if is_done.load(Ordering::Relaxed) {
                    break;
                }
                for path in ["content/other.md", "static/other.svg"] {
                    put(&handbook, "folder", path);
                    match *kind {
                        "text" | "gone" => {
                            fs::remove_dir(handbook.path(path)).expect("can be removed");
                            if *kind == "text" {
                                handbook.write(path, "# Other\n");
                            }
                        }
                        kind => put(&handbook, kind, path),
                    }
                }
            }
        });
        for _ in 0..10 {
            handbook.run("build --quiet");
        }
        is_done.store(true, Ordering::Relaxed);
    });
    put(&handbook, "folder", "content/other.md");
    put(&handbook, "folder", "static/other.svg");
    handbook.run("build --quiet").status(0);
}
