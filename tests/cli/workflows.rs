//! The workflow files of the manual, whose steps are run as a host would run them, with scripts in place of the programs
//! that speak to it. What a host answers is made up; that a comment is posted once, and updated afterwards, is not.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Stdio};

use expect_test::expect;

use crate::handbook::{CANVAS, Handbook, NO_RULES, SETTINGS, program};
use crate::repository::isolate;

/// Keeps the comment that is posted in `posted`, writes to `calls` what was done, and answers with the number of the
/// comment that there is.
const KEEP: &str = r#"
case "$*" in
  *PATCH*|*PUT*) cp comment.md posted; echo "update ${*##*comments/}" | sed 's/ --field.*//; s|.*notes/|update notes/|' >> calls ;;
  *POST*) cp comment.md posted; echo post >> calls ;;
  *) if [ -e posted ]; then head -n 1 posted | grep -q '^<!-- canvasbook diff -->' && echo 17; fi ;;
esac
"#;

/// The shell lines of a workflow: those of each `run: |` or `- |` that `is_wanted`.
fn scripts(heading: &str, is_wanted: fn(&str) -> bool) -> Vec<String> {
    let page = include_str!("../../content/manual/pull-requests.md");
    let (_, part) = page.split_once(heading).expect("the manual has this part");
    let (_, yaml) = part.split_once("```yaml\n").expect("it has a file");
    let (yaml, _) = yaml.split_once("\n```").expect("it ends");
    let mut lines = yaml.lines().peekable();
    let mut found = Vec::new();
    while let Some(line) = lines.next() {
        if !line.trim_end().ends_with("run: |") && line.trim() != "- |" {
            continue;
        }
        let depth = line.len() - line.trim_start().len();
        let is_inside =
            |next: &&str| next.trim().is_empty() || next.len() - next.trim_start().len() > depth;
        let mut script = String::new();
        while let Some(next) = lines.next_if(is_inside) {
            script.push_str(next.trim_start());
            script.push('\n');
        }
        found.push(script);
    }
    found.retain(|script| is_wanted(script));
    found
}

/// A handbook with a change of a promise, in a repository with these scripts in place of programs.
fn changed(programs: &[(&str, &str)]) -> Handbook {
    let handbook = Handbook::new().repository().file(SETTINGS, NO_RULES);
    handbook.write("content/bakery.md", CANVAS);
    handbook.commit("2026-01-02", "Add the bakery");
    let promise = ("- **Fresh bread** — for", "- **Gift vouchers** — for");
    let reference = ("[fresh bread](#fresh-bread)", "[gifts](#gift-vouchers)");
    let canvas = CANVAS.replace(promise.0, promise.1).replace(reference.0, reference.1);
    handbook.write("content/bakery.md", canvas);
    handbook.commit("2026-01-03", "Promise something else");
    for (name, script) in programs {
        let path = format!("bin/{name}");
        handbook.write(&path, format!("#!/bin/sh\n{script}"));
        let executable = std::fs::Permissions::from_mode(0o755);
        std::fs::set_permissions(handbook.path(&path), executable).expect("it was written");
    }
    std::os::unix::fs::symlink(program(), handbook.path("bin/canvasbook")).expect("it is new");
    handbook
}

/// Runs the scripts as two runs of a workflow, and returns what was done at the host.
fn run_twice(handbook: &Handbook, scripts: &[String], variables: &[(&str, &str)]) -> String {
    let folder = handbook.path("");
    let path =
        format!("{}:{}", handbook.path("bin").display(), std::env::var("PATH").unwrap_or_default());
    for _ in 0..2 {
        let mut command = Command::new("bash");
        isolate(&mut command);
        command.args(["-e", "-c", &scripts.join("\n")]).current_dir(&folder).stdin(Stdio::null());
        command
            .env("PATH", &path)
            .env("GITHUB_OUTPUT", "output")
            .env("GITHUB_STEP_SUMMARY", "summary");
        command.envs(variables.iter().copied());
        let output = command.output().expect("there is a shell");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{said}");
    }
    let read =
        |name: &str| std::fs::read_to_string(Path::new(&folder).join(name)).unwrap_or_default();
    let comment = read("posted");
    let (mark, rest) = comment.split_once('\n').unwrap_or_default();
    let sentence = rest.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    format!("{}{mark}\n{sentence}\n{}", read("calls"), read("output"))
}

#[test]
fn a_workflow_of_github_posts_one_comment_and_updates_it() {
    let handbook = changed(&[("gh", KEEP)]);
    let scripts = scripts("## GitHub", |script| script.contains("comment"));
    assert_eq!(scripts.len(), 2, "one writes the comment, one posts it");
    let variables = [
        ("RANGE", "HEAD~1...HEAD"),
        ("WHOLE", "https://example.org/whole"),
        ("NUMBER", "5"),
        ("GITHUB_REPOSITORY", "bakery/plans"),
    ];
    let done = run_twice(&handbook, &scripts, &variables);
    expect![[r#"
        post
        update 17
        <!-- canvasbook diff -->
        ## Bakery
        status=1
        status=1
    "#]]
    .assert_eq(&done);
}

#[test]
fn a_job_of_gitlab_posts_one_comment_and_updates_it() {
    let handbook = changed(&[("curl", KEEP), ("jq", "cat\n")]);
    let scripts = scripts("## GitLab", |script| script.contains("comment.md"));
    assert_eq!(scripts.len(), 2, "one writes the comment, one posts it");
    let variables = [
        ("range", "HEAD~1...HEAD"),
        ("CI_JOB_URL", "https://example.org/job"),
        ("CI_API_V4_URL", "https://example.org/api/v4"),
        ("CI_PROJECT_ID", "3"),
        ("CI_MERGE_REQUEST_IID", "5"),
        ("CANVASBOOK_TOKEN", "secret"),
    ];
    let done = run_twice(&handbook, &scripts, &variables);
    expect![[r#"
        post
        update notes/17
        <!-- canvasbook diff -->
        ## Bakery
    "#]]
    .assert_eq(&done);
}
