//! Repositories with histories that few people have.

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::{Command, Stdio};

use expect_test::{Expect, expect};

use crate::handbook::{CANVAS, Handbook, NO_RULES, SETTINGS};
use crate::repository::{git, isolate};

/// A canvas with a channel.
fn canvas(channel: &str) -> String {
    format!("# Shop\n\n{CANVAS}\n## Channels\n\n- **Way** — {channel}\n")
}

fn handbook() -> Handbook {
    let handbook = Handbook::new().file(SETTINGS, NO_RULES);
    let handbook = handbook.file(".gitignore", "/public/\n").repository();
    for name in ["a", "b", "c"] {
        handbook.write(&format!("content/{name}.md"), canvas("none"));
    }
    handbook.commit("2026-01-02", "Begin");
    handbook
}

/// The subjects on the page of a canvas's revisions, after a build into `site`.
fn subjects(handbook: &Handbook, line: &str, page: &str) -> String {
    handbook.run(&format!("build --quiet --output site {line}")).status(0).stderr_is("");
    let html = String::from_utf8_lossy(&handbook.tree("site").0[page]).into_owned();
    let headings = html.split("<h2>").skip(1).filter_map(|rest| rest.split("</h2>").next());
    headings.take_while(|it| !it.starts_with("When")).map(|it| format!("{it}\n")).collect()
}

#[track_caller]
fn check(handbook: &Handbook, page: &str, expected: Expect) {
    expected.assert_eq(&subjects(handbook, "", page));
}

#[test]
fn a_merge_of_three_branches_at_once() {
    let handbook = handbook();
    for name in ["a", "b", "c"] {
        handbook.git(&["checkout", "--quiet", "-b", name, "main"]);
        handbook.write(&format!("content/{name}.md"), canvas(name));
        handbook.commit("2026-01-03", &format!("Change {name}"));
    }
    handbook.git(&["checkout", "--quiet", "main"]);
    handbook.git_at("2026-01-04", &["merge", "--quiet", "-m", "Join all", "a", "b", "c"]);
    assert_eq!(handbook.git(&["rev-list", "--parents", "-1", "HEAD"]).split(' ').count(), 4);
    check(
        &handbook,
        "c.history.html",
        expect![[r#"
        Change c
        Begin
    "#]],
    );
}

#[test]
fn branches_that_merge_each_other() {
    let handbook = handbook();
    for name in ["left", "right"] {
        handbook.git(&["checkout", "--quiet", "-b", name, "main"]);
        let file = if name == "left" { "content/a.md" } else { "content/b.md" };
        handbook.write(file, canvas(name));
        handbook.commit("2026-01-03", &format!("Change on the {name}"));
    }
    let right = handbook.git(&["rev-parse", "right"]);
    handbook.git_at("2026-01-04", &["merge", "--quiet", "-m", "Left into right", "left"]);
    handbook.git(&["checkout", "--quiet", "left"]);
    handbook.git_at("2026-01-04", &["merge", "--quiet", "-m", "Right into left", right.trim()]);
    handbook.write("content/a.md", canvas("left again"));
    handbook.commit("2026-01-05", "Change on the left again");
    handbook.git_at("2026-01-06", &["merge", "--quiet", "-m", "Cross", "right"]);
    check(
        &handbook,
        "a.history.html",
        expect![[r#"
        Change on the left again
        Change on the left
        Begin
    "#]],
    );
    check(
        &handbook,
        "b.history.html",
        expect![[r#"
        Change on the right
        Begin
    "#]],
    );
}

#[test]
fn a_worktree_of_a_bare_repository_without_a_branch() {
    let handbook = handbook();
    handbook.write("content/a.md", canvas("new"));
    handbook.commit("2026-01-03", "Change a");
    let url = format!("file://{}", handbook.path(".git").display());
    handbook.git(&["clone", "--quiet", "--bare", &url, "bare.git"]);
    let tree = handbook.path("tree").display().to_string();
    git(&handbook.path("bare.git"), &["worktree", "add", "--quiet", "--detach", &tree, "main"]);
    let said = subjects(&handbook, "--root tree", "a.history.html");
    expect![[r#"
        Change a
        Begin
    "#]]
    .assert_eq(&said);
}

#[test]
fn many_commits_of_other_files() {
    let handbook = handbook();
    let mut stream = String::new();
    for number in 0..10_000 {
        let _ = write!(stream, "commit refs/heads/main\ncommitter Clerk <clerk@example.com> ");
        let _ = write!(stream, "{} +0000\ndata 4\nNote\n", 1_768_000_000 + number);
        if number == 0 {
            stream.push_str("from refs/heads/main^0\n");
        }
        let _ = write!(stream, "M 644 inline notes.txt\ndata 5\n{number:05}\n");
    }
    let mut import = Command::new("git");
    isolate(&mut import);
    import.args(["fast-import", "--quiet"]).current_dir(handbook.path("")).stdin(Stdio::piped());
    let mut import = import.spawn().expect("git can be started");
    let mut input = import.stdin.take().expect("its input is piped");
    input.write_all(stream.as_bytes()).expect("it takes all");
    drop(input);
    assert!(import.wait().expect("it ends").success());
    handbook.git(&["reset", "--quiet", "--hard"]);
    handbook.write("content/a.md", canvas("new"));
    handbook.commit("2026-02-03", "Change a");
    assert_eq!(handbook.git(&["rev-list", "--count", "HEAD"]).trim(), "10002");
    check(
        &handbook,
        "a.history.html",
        expect![[r#"
        Change a
        Begin
    "#]],
    );
}

/// Writes a commit to `main` on top of the newest one by its parts, which no porcelain would.
fn raw_commit(handbook: &Handbook, tree: &str, head: &[u8]) {
    let parent = handbook.git(&["rev-parse", "HEAD"]);
    let mut text = format!("tree {}\nparent {}\n", tree.trim(), parent.trim()).into_bytes();
    text.extend_from_slice(head);
    handbook.write("commit.raw", text);
    let words = ["hash-object", "-t", "commit", "-w", "--literally", "commit.raw"];
    let id = handbook.git(&words);
    handbook.remove("commit.raw");
    handbook.git(&["update-ref", "HEAD", id.trim()]);
    handbook.git(&["reset", "--quiet", "--hard"]);
}

#[test]
fn commits_that_are_written_badly() {
    let handbook = handbook();
    let heads: [&[u8]; 4] = [
        b"author <nobody@example.com> 1768000000 +0000\ncommitter <nobody@example.com> 1768000000 +0000\n\nNo name\n",
        b"author A <a@example.com> soon +0000\ncommitter A <a@example.com> soon +0000\n\nNo date\n",
        b"author B <b@example.com> 99999999999999 +9999\ncommitter B <b@example.com> 99999999999999 +9999\n\nFar date\n",
        b"author \xff\xfe <c@example.com> 1768000003 +0000\ncommitter C <c@example.com> 1768000003 +0000\n\nNot \xff UTF-8\n",
    ];
    for (at, head) in heads.into_iter().enumerate() {
        handbook.write("content/a.md", canvas(&format!("way {at}")));
        handbook.git(&["add", "--all"]);
        let tree = handbook.git(&["write-tree"]);
        raw_commit(&handbook, &tree, head);
    }
    let mut said: Vec<String> =
        subjects(&handbook, "", "a.history.html").lines().map(str::to_owned).collect();
    // A date that is none is in no order.
    said.sort();
    assert_eq!(said, ["Begin", "Far date", "No date", "No name", "Not \u{fffd} UTF-8"]);
    handbook.run("diff HEAD~4 HEAD").status(0);
    handbook.run("diff HEAD~1 HEAD --format markdown").status(0);
}

#[test]
fn branches_without_a_common_beginning() {
    let handbook = handbook();
    handbook.git(&["checkout", "--quiet", "--orphan", "other"]);
    handbook.git(&["rm", "--quiet", "-r", "--force", "content"]);
    handbook.write("content/d.md", canvas("other").replace("# Shop", "# Stall"));
    handbook.commit("2026-01-03", "Begin elsewhere");
    handbook.git(&["checkout", "--quiet", "main"]);
    let words = ["merge", "--quiet", "--allow-unrelated-histories", "-m", "Join", "other"];
    handbook.git_at("2026-01-04", &words);
    check(
        &handbook,
        "d.history.html",
        expect![[r#"
        Begin elsewhere
    "#]],
    );
    check(
        &handbook,
        "a.history.html",
        expect![[r#"
        Begin
    "#]],
    );
    handbook.run("diff main~1...other").status(2);
}
