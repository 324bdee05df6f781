//! Tests that are made for the optimised program, since they need many files or measure how soon
//! something is served; `.ci/run` runs them. The time that they allow is what somebody would call at
//! once, many times what it takes.

use std::fs;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use crate::handbook::Handbook;
use crate::preview::Preview;
use crate::watching::{QUIET, Watching};

/// Runs Git in a handbook with its own settings, not those of whoever runs the tests.
fn git(handbook: &Handbook, line: &str) {
    let own = ["-c", "user.name=test", "-c", "user.email=test@example.org", "-c", "gc.auto=0"];
    let mut command = Command::new("git");
    command.args(own).args(line.split_whitespace()).current_dir(handbook.path(""));
    let done = command.output().expect("Git is installed");
    assert!(done.status.success(), "git {line}: {}", String::from_utf8_lossy(&done.stderr));
}

#[test]
#[ignore = "takes 5,000 files: .ci/run runs it with the optimised program"]
fn a_checkout_of_5000_files_is_built_three_times_at_most() {
    // Most of them are copied, since whole pages take longer to write than to watch.
    const PAGES: usize = 500;
    const COPIED: usize = 4_500;
    let handbook = Handbook::new().file("content/index.md", "# Home\n");
    let write = |text: &str| {
        for n in 0..PAGES {
            let page = format!("# Page {n}\n\n{text}\n");
            handbook.write(&format!("content/{}/{n}.md", n % 50), page);
        }
        for n in 0..COPIED {
            handbook.write(&format!("static/{}/{n}.txt", n % 50), text);
        }
    };
    write("Before.");
    git(&handbook, "init --quiet");
    git(&handbook, "add content static");
    git(&handbook, "commit --quiet --message before");
    write("After.");
    fs::remove_dir_all(handbook.path("content/7")).expect("is there");
    handbook.write("content/new/folder/page.md", "# New\n");
    git(&handbook, "add --all content static");
    git(&handbook, "commit --quiet --message after");
    let watching = Watching::start(&handbook, "watch");
    for to in ["HEAD~1", "-"] {
        git(&handbook, &format!("checkout --quiet {to}"));
        let mut builds = vec![watching.build()];
        builds.extend(watching.builds(QUIET * 10));
        assert!(builds.len() <= 3, "{builds:?}");
        watching.ends_equal_to_a_clean_build("public");
    }
    assert_eq!(watching.builds(QUIET), []);
}

#[test]
#[ignore = "asks how soon: .ci/run runs it with the optimised program"]
fn new_folders_are_served_within_a_second() {
    let handbook = Handbook::new().file("content/index.md", "# Home\n");
    let preview = Preview::start(&handbook, "--port 0");
    let mut longest = Duration::ZERO;
    for n in 0..200 {
        handbook.write(&format!("content/{n}/a/b/c.md"), format!("# Page {n}\n"));
        let began = Instant::now();
        while preview.get(&format!("/{n}/a/b/c.html")).status != 200 {
            assert!(began.elapsed() < Duration::from_secs(30), "{n} is never served");
            thread::sleep(Duration::from_millis(2));
        }
        longest = longest.max(began.elapsed());
    }
    println!("served after {longest:?} at most");
    assert!(longest <= Duration::from_secs(1), "{longest:?}");
}
