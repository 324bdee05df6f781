//! A handbook in a folder of its own, and what the program prints about it.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, SystemTime};

use expect_test::Expect;
use tempfile::TempDir;

use crate::tree::{Tree, paths};

/// The file of settings.
pub const SETTINGS: &str = "canvasbook.toml";

/// Settings without rules, so that a new rule changes nothing in tests about something else.
pub const NO_RULES: &str = "[rules]\nall = \"off\"\n";

/// A canvas with nothing wrong except what it leaves out.
pub const CANVAS: &str = "\
## Value Propositions

- **Fresh bread** — for [[#Neighbours]].

## Customer Segments

- **Neighbours**

## Key Activities

### Production

- **Baking** — makes [fresh bread](#fresh-bread).
";

/// The day of every command, 15 November 2026, so that what is due stays due.
const TODAY: &str = "1794700800";

/// Longer than any run may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(120);

/// A folder with a handbook; it is gone when the test ends.
pub struct Handbook {
    folder: TempDir,
}

/// The output of one run of the program.
pub struct Run {
    stdout: String,
    stderr: String,
    status: Option<i32>,
}

/// Everything about a file that a careless build could change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    bytes: Vec<u8>,
    modified: SystemTime,
    #[cfg(unix)]
    inode: u64,
}

impl Handbook {
    /// Makes an empty folder.
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a temporary folder can be made") }
    }

    /// A handbook of one sound canvas that was built: what [`Handbook::breaks`] starts from.
    pub fn built() -> Self {
        let handbook = Self::new().file("content/bakery.md", CANVAS);
        handbook.run("build --quiet").status(0);
        handbook
    }

    /// Adds a file to the handbook.
    pub fn file(self, path: &str, content: impl AsRef<[u8]>) -> Self {
        self.write(path, content);
        self
    }

    /// Writes a file.
    pub fn write(&self, path: &str, content: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a file has a folder")).expect("can be made");
        fs::write(path, content).expect("can be written");
    }

    /// Removes a file.
    pub fn remove(&self, path: &str) {
        fs::remove_file(self.path(path)).expect("can be removed");
    }

    /// The real path of a file.
    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// The files below a folder.
    pub fn tree(&self, folder: &str) -> Tree {
        Tree::read(&self.path(folder))
    }

    /// The files below a folder, with everything that a careless build could change.
    pub fn files(&self, folder: &str) -> BTreeMap<String, File> {
        let folder = self.path(folder);
        paths(&folder)
            .into_iter()
            .map(|path| (path.clone(), File::at(&folder.join(path))))
            .collect()
    }

    /// The program with the words of a command line, run in the folder of the handbook. Settings of
    /// the machine must not reach it.
    pub fn command(&self, line: &str) -> Command {
        let mut command = Command::new(program());
        command.args(line.split_whitespace()).current_dir(self.folder.path());
        for variable in ["NO_COLOR", "CLICOLOR_FORCE", "COLUMNS"] {
            command.env_remove(variable);
        }
        crate::repository::isolate(&mut command);
        // The machine's day would change what is due.
        command.env("SOURCE_DATE_EPOCH", TODAY).stdin(Stdio::null());
        command
    }

    /// Like [`Handbook::command`], but run as a user to whom permissions apply, which they do not
    /// to root. The handbook belongs to that user.
    #[cfg(unix)]
    pub fn powerless(&self, line: &str) -> Command {
        use std::os::unix::fs::MetadataExt as _;
        /// The user id of `nobody`, on most systems.
        const NOBODY: u32 = 65534;
        let own = tempfile::tempfile().and_then(|file| file.metadata());
        if own.expect("a temporary file can be made").uid() != 0 {
            return self.command(line);
        }
        for entry in walkdir::WalkDir::new(self.folder.path()) {
            let entry = entry.expect("it can be read");
            std::os::unix::fs::lchown(entry.path(), Some(NOBODY), Some(NOBODY)).expect("root may");
        }
        let ids = format!("--reuid={NOBODY} --regid={NOBODY} --clear-groups");
        let mut command = Command::new("setpriv");
        command.args(ids.split(' ')).arg(program()).args(line.split_whitespace());
        command.current_dir(self.folder.path()).stdin(Stdio::null());
        command
    }

    /// Runs the program.
    pub fn run(&self, line: &str) -> Run {
        self.run_command(&mut self.command(line))
    }

    /// Runs a command made by [`Handbook::command`], which must end by itself.
    #[track_caller]
    pub fn run_command(&self, command: &mut Command) -> Run {
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program can be started");
        let stdout = all(child.stdout.take().expect("it is piped"));
        let stderr = all(child.stderr.take().expect("it is piped"));
        // The program has ended, or soon will, once its streams are closed.
        let text = |stream: Receiver<Vec<u8>>| stream.recv_timeout(PATIENCE).ok();
        let Some((stdout, stderr)) = text(stdout).zip(text(stderr)) else {
            child.kill().expect("it still runs");
            child.wait().expect("it was killed");
            panic!("it waits for ever: {command:?}");
        };
        let text = |bytes: Vec<u8>| self.steady(&String::from_utf8(bytes).expect("UTF-8"));
        let status = child.wait().expect("it was started").code();
        Run { stdout: text(stdout), stderr: text(stderr), status }
    }

    /// Builds a handbook that was built before and is broken now: the status is 1, nothing is
    /// printed but messages, and nothing in the output changes.
    #[track_caller]
    pub fn breaks(&self, stderr: Expect) {
        let before = self.files("public");
        assert!(!before.is_empty(), "it was built before");
        self.run("build").status(1).stdout_is("").stderr(stderr);
        assert!(self.files("public") == before, "nothing changes in the output");
    }

    /// What is printed, without what differs from run to run (the folder and the duration), and without what
    /// each new kind of page changes (the numbers of pages and files).
    fn steady(&self, text: &str) -> String {
        let real = fs::canonicalize(self.folder.path()).expect("it is there");
        let mut steady = text.to_owned();
        for folder in [real.as_path(), self.folder.path()] {
            steady = steady.replace(folder.to_str().expect("UTF-8"), "[FOLDER]");
        }
        uncounted(&steady)
    }
}

/// A text without the duration of a build, and with `N` for each number except 0.
pub fn uncounted(text: &str) -> String {
    let number = |word: &str| match word.parse::<u32>() {
        Ok(1..) => "N".to_owned(),
        _ => word.to_owned(),
    };
    let lines = text.split_inclusive('\n').map(|line| match line.rsplit_once(" (") {
        Some((said, took)) if took.ends_with("s)\n") && line.starts_with("Built ") => {
            let said: Vec<String> = said.split(' ').map(number).collect();
            format!("{} ([TIME])\n", said.join(" "))
        }
        _ => line.to_owned(),
    });
    lines.collect()
}

/// The program to test: the one built with the tests, unless the environment names another, e.g. an
/// optimised one.
pub fn program() -> PathBuf {
    let other = std::env::var_os("CANVASBOOK_PROGRAM");
    other.map_or_else(|| PathBuf::from(env!("CARGO_BIN_EXE_canvasbook")), PathBuf::from)
}

/// Everything that comes from a stream, once it is closed.
fn all(mut stream: impl Read + Send + 'static) -> Receiver<Vec<u8>> {
    let (sender, receiver) = channel();
    thread::spawn(move || {
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).expect("a pipe can be read");
        // The test may have given up.
        let _ = sender.send(bytes);
    });
    receiver
}

impl File {
    /// Reads the file at a path.
    pub fn at(path: &Path) -> Self {
        let data = fs::symlink_metadata(path).expect("it is there");
        Self {
            bytes: fs::read(path).expect("it can be read"),
            modified: data.modified().expect("the system keeps it"),
            #[cfg(unix)]
            inode: std::os::unix::fs::MetadataExt::ino(&data),
        }
    }
}

impl Run {
    /// Checks the exit status.
    #[track_caller]
    pub fn status(self, expected: i32) -> Self {
        let (stdout, stderr) = (&self.stdout, &self.stderr);
        assert_eq!(self.status, Some(expected), "stdout:\n{stdout}\nstderr:\n{stderr}");
        self
    }

    /// Checks the standard output.
    #[track_caller]
    pub fn stdout(self, expected: Expect) -> Self {
        expected.assert_eq(&self.stdout);
        self
    }

    /// Checks the standard error.
    #[track_caller]
    pub fn stderr(self, expected: Expect) -> Self {
        expected.assert_eq(&self.stderr);
        self
    }

    /// Checks the standard output against a short text.
    #[track_caller]
    pub fn stdout_is(self, expected: &str) -> Self {
        assert_eq!(self.stdout, expected);
        self
    }

    /// Checks the standard error against a short text.
    #[track_caller]
    pub fn stderr_is(self, expected: &str) -> Self {
        assert_eq!(self.stderr, expected);
        self
    }

    /// The standard output.
    pub fn text(&self) -> &str {
        &self.stdout
    }

    /// The standard error.
    pub fn messages(&self) -> &str {
        &self.stderr
    }

    /// The standard output as JSON.
    #[track_caller]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout).expect("the standard output is JSON")
    }
}
