//! Handbooks in a git repository, which the `git` program writes.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::handbook::Handbook;

/// Isolates a program from the machine's settings of git, and from a repository whose hook runs the tests.
pub fn isolate(command: &mut Command) {
    for variable in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY"] {
        command.env_remove(variable);
    }
    let nothing = if cfg!(windows) { "NUL" } else { "/dev/null" };
    command.env("GIT_CONFIG_GLOBAL", nothing).env("GIT_CONFIG_NOSYSTEM", "1");
}

/// Runs git in a folder with some words, and returns what it prints.
#[track_caller]
pub fn git(folder: &Path, words: &[&str]) -> String {
    git_at(folder, "2026-01-01", words)
}

/// Runs git with some words; what it records has the day `day`.
#[track_caller]
fn git_at(folder: &Path, day: &str, words: &[&str]) -> String {
    let mut command = Command::new("git");
    isolate(&mut command);
    for who in ["AUTHOR", "COMMITTER"] {
        command.env(format!("GIT_{who}_NAME"), "Head of Product");
        command.env(format!("GIT_{who}_EMAIL"), "product@example.com");
        command.env(format!("GIT_{who}_DATE"), format!("{day}T12:00:00+0200"));
    }
    let settings = ["-c", "core.autocrlf=false", "-c", "protocol.file.allow=always"];
    let command = command.args(settings).args(words).current_dir(folder).stdin(Stdio::null());
    let output = command.output().expect("git can be started");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "git {words:?}: {said}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

impl Handbook {
    /// Makes the folder of the handbook a repository.
    pub fn repository(self) -> Self {
        self.git(&["init", "--quiet", "--initial-branch=main"]);
        self
    }

    /// Runs git in the folder.
    #[track_caller]
    pub fn git(&self, words: &[&str]) -> String {
        git(&self.path(""), words)
    }

    /// Records all files as they are.
    #[track_caller]
    pub fn commit(&self, day: &str, subject: &str) {
        self.git(&["add", "--all"]);
        git_at(&self.path(""), day, &["commit", "--quiet", "--allow-empty", "--message", subject]);
    }

    /// Runs git with words that make a commit.
    #[track_caller]
    pub fn git_at(&self, day: &str, words: &[&str]) {
        git_at(&self.path(""), day, words);
    }
}
