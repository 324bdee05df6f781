//! Random edits, kills and races: after each build the output is what a clean build writes, byte for
//! byte, although most builds only look.

use std::fs;
use std::io;
use std::process::Stdio;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use crate::handbook::{CANVAS, Handbook};
use crate::numbers::Numbers;
use crate::tree::{KEY, Tree};
use crate::unchanged::{keeping_its_time, only_looked};
use crate::watch_script::edit;
use crate::watching::Watching;

/// Pages that every handbook has, whatever becomes of its content.
const PAGES: [&str; 3] = ["index.html", "404.html", "robots.txt"];

/// One thing that may happen between two builds. Some do nothing, as when there is no such file.
fn happen(handbook: &Handbook, numbers: &mut Numbers, step: usize) -> io::Result<()> {
    let page = handbook.path("public").join(PAGES[numbers.below(PAGES.len())]);
    let home = handbook.path("content/index.md");
    let style = "themes/house/assets/own.css";
    match numbers.below(14) {
        0..=6 => edit(handbook, numbers, step)?,
        7 => fs::remove_file(page)?,
        8 => fs::write(page, format!("Step {step}"))?,
        9 if page.exists() => keeping_its_time(&page, |page| {
            let mut bytes = fs::read(page).expect("is there");
            bytes.reverse();
            fs::write(page, bytes).expect("can be written");
        }),
        10 => handbook.write(style, format!("a{{order:{}}}\n", numbers.below(4))),
        11 => handbook.write("canvasbook.toml", "theme = \"house\"\n"),
        12 if cfg!(unix) && home.exists() => keeping_its_time(&home, |home| {
            fs::write(home, format!("# Home\n\n{}.\n", numbers.below(4))).expect("can be written");
        }),
        _ => {}
    }
    Ok(())
}

/// Builds in place and into a new folder, and compares. What is wrong is wrong with both.
#[track_caller]
fn build(handbook: &Handbook, flags: &str, told: &str) -> bool {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let output = folder.path().join("site");
    let line = format!("build --quiet {flags} --output {}", output.display());
    let status = handbook.command(&line).stderr(Stdio::null()).status().expect("can be started");
    if !status.success() {
        handbook.run(&format!("build --quiet {flags}")).status(1);
        return false;
    }
    let looked = only_looked(handbook, &format!("build --quiet {flags}"));
    assert_eq!(handbook.tree("public").differences(&Tree::read(&output)), "", "{told}");
    looked
}

#[test]
fn after_any_edits_a_build_equals_a_clean_one() {
    for seed in [1, 2, 3] {
        let handbook = Handbook::new()
            .file("content/index.md", "# Home\n\n0.\n")
            .file("content/bakery.md", CANVAS)
            .file("themes/house/assets/own.css", "a{order:0}\n");
        let (mut numbers, mut looked) = (Numbers(seed), 0);
        for step in 0..40 {
            for _ in 0..numbers.below(3) {
                let _ = happen(&handbook, &mut numbers, step);
                // Something is there to build, whatever was removed.
                if !handbook.path("content/index.md").exists() {
                    handbook.write("content/index.md", "# Home\n\n9.\n");
                }
            }
            let flags = ["", "", "", "--drafts"][numbers.below(4)];
            looked += usize::from(build(&handbook, flags, &format!("seed {seed}, step {step}")));
        }
        assert!(looked > 3, "some builds have nothing to do: {looked}");
    }
}

#[test]
fn a_build_that_is_killed_is_mended_by_the_next() {
    let handbook = Handbook::new().file("content/index.md", "# Home\n");
    for number in 0..60 {
        handbook.write(&format!("content/{number}.md"), CANVAS);
    }
    build(&handbook, "", "at first");
    for round in 0..8 {
        let title = |word: &str| format!("title = \"{word}\"\n");
        handbook.write("canvasbook.toml", title("Two"));
        let mut child = handbook.command("build --quiet").spawn().expect("can be started");
        thread::sleep(Duration::from_millis(30 + 15 * round));
        child.kill().expect("it is ours");
        child.wait().expect("it is ours");
        // Every second time the change is taken back.
        if round % 2 == 0 {
            handbook.write("canvasbook.toml", title("One"));
        }
        build(&handbook, "", &format!("round {round}"));
        assert!(build(&handbook, "", "nothing changed"), "round {round}");
    }
}

/// A file is written to, with other bytes of the same number, as fast as can be while builds run.
#[test]
fn a_change_during_a_build_is_noticed_by_the_next() {
    let handbook = Handbook::new().file("content/bakery.md", CANVAS);
    for round in 0..12 {
        let is_over = AtomicBool::new(false);
        thread::scope(|scope| {
            scope.spawn(|| {
                for step in 0.. {
                    handbook.write("content/index.md", format!("# Home\n\n{}.\n", step % 10));
                    handbook.write("static/number.txt", format!("{}\n", (step + round) % 10));
                    if is_over.load(Ordering::Relaxed) {
                        break;
                    }
                }
            });
            for _ in 0..2 {
                handbook.command("build --quiet").status().expect("can be started");
            }
            is_over.store(true, Ordering::Relaxed);
        });
        build(&handbook, "", &format!("round {round}"));
    }
}

#[test]
fn what_a_watch_wrote_is_looked_at_anew() {
    let handbook = Handbook::new().file("content/index.md", "# Home\n\nOne.\n");
    build(&handbook, "", "at first");
    assert!(build(&handbook, "", "nothing changed"));
    let watching = Watching::start(&handbook, "watch");
    handbook.write("content/index.md", "# Home\n\nTwo.\n");
    watching.ends_equal_to_a_clean_build_beside("public", &[KEY]);
    watching.kill();
    assert!(!build(&handbook, "", "watch wrote"));
    assert!(build(&handbook, "", "nothing changed"));
}
