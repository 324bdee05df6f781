//! `canvasbook watch` running beside a test, and what it prints. The process is ended, by its id,
//! when the value is dropped, whatever becomes of the test.

use std::fs;
use std::io::{BufRead as _, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use crate::handbook::Handbook;
use crate::tree::{Tree, paths};

/// How long a test waits for something that must come: machines are busy.
const PATIENCE: Duration = Duration::from_secs(60);

/// How long nothing may come before it counts as quiet; longer than any of the watcher's own times
/// for a few files.
pub const QUIET: Duration = Duration::from_millis(350);

/// How much later than it was written a message may be read on a busy machine.
const LATE: Duration = Duration::from_millis(100);

/// A running watch.
pub struct Watching<'h> {
    handbook: &'h Handbook,
    child: Child,
    results: Receiver<String>,
    messages: Receiver<String>,
}

/// A line that reports a build.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Build {
    /// What changed: a path, or how many files.
    pub what: String,
    /// What was done, without the time it took.
    pub did: String,
}

impl Build {
    /// Whether the output has changed.
    pub fn differs(&self) -> bool {
        self.did.contains(" written") && !self.did.starts_with("0 written")
            || self.did.contains(" removed") && !self.did.ends_with(", 0 removed")
    }
}

impl<'h> Watching<'h> {
    /// Starts to watch a handbook and waits for the first build.
    pub fn start(handbook: &'h Handbook, line: &str) -> Self {
        let watching = Self::begin(handbook, line);
        while watching.line() != "Watching for changes; Ctrl-C ends it" {}
        watching
    }

    /// Starts the program.
    pub fn begin(handbook: &'h Handbook, line: &str) -> Self {
        Self::of(handbook, handbook.command(line))
    }

    /// Starts a command made by [`Handbook::command`].
    pub fn of(handbook: &'h Handbook, mut command: Command) -> Self {
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program can be started");
        let results = lines(child.stdout.take().expect("it is piped"));
        let messages = lines(child.stderr.take().expect("it is piped"));
        Self { handbook, child, results, messages }
    }

    /// The next line of the standard output.
    #[track_caller]
    pub fn line(&self) -> String {
        match self.results.recv_timeout(PATIENCE) {
            Ok(line) => line,
            Err(error) => panic!("no line ({error}); messages:\n{}", self.messages()),
        }
    }

    /// The next build.
    #[track_caller]
    pub fn build(&self) -> Build {
        read(&self.line())
    }

    /// The builds until none comes for a while; there may be none.
    pub fn builds(&self, quiet: Duration) -> Vec<Build> {
        let mut builds = Vec::new();
        while let Ok(line) = self.results.recv_timeout(quiet) {
            builds.push(read(&line));
        }
        builds
    }

    /// Everything on the standard error since the last call. It waits a little: what was written
    /// before a line of the standard output may be read after it.
    pub fn messages(&self) -> String {
        let mut messages = String::new();
        while let Ok(line) = self.messages.recv_timeout(LATE) {
            messages.push_str(&line);
            messages.push('\n');
        }
        messages
    }

    /// Ends the program at once, whatever it is doing.
    pub fn kill(mut self) {
        self.child.kill().expect("it still runs");
    }

    /// Waits until a folder contains what a clean build writes.
    #[track_caller]
    pub fn ends_equal_to_a_clean_build(&self, folder: &str) {
        self.ends_equal_to_a_clean_build_beside(folder, &[]);
    }

    /// Waits until a folder contains what a clean build writes and `others`, files of somebody
    /// else.
    #[track_caller]
    pub fn ends_equal_to_a_clean_build_beside(&self, folder: &str, others: &[&str]) {
        let mut clean = clean(self.handbook);
        for other in others {
            let bytes = fs::read(self.handbook.path(folder).join(other)).expect("is there");
            clean.0.insert((*other).to_owned(), bytes);
        }
        let end = Instant::now() + PATIENCE;
        loop {
            let differences = now(&self.handbook.path(folder)).differences(&clean);
            if differences.is_empty() {
                return;
            }
            assert!(Instant::now() < end, "{differences}\n{}", self.messages());
            thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Watching<'_> {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What a clean build of a handbook writes.
pub fn clean(handbook: &Handbook) -> Tree {
    let output = tempfile::tempdir().expect("can be made");
    let mut command = handbook.command("build --quiet --output");
    command.arg(output.path());
    handbook.run_command(&mut command).status(0);
    Tree::read(output.path())
}

/// The files of a folder in which files come and go.
fn now(folder: &Path) -> Tree {
    let files = paths(folder).into_iter();
    Tree(files.filter_map(|path| Some((path.clone(), fs::read(folder.join(path)).ok()?))).collect())
}

fn lines(stream: impl Read + Send + 'static) -> Receiver<String> {
    let (sender, receiver) = channel();
    thread::spawn(move || {
        for line in BufReader::new(stream).lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                break;
            }
        }
    });
    receiver
}

fn read(line: &str) -> Build {
    let parts = line.strip_prefix("Changed ").and_then(|rest| rest.split_once(": "));
    let (what, rest) = parts.unwrap_or_else(|| panic!("tells of no build: {line}"));
    let (did, took) = rest.rsplit_once(" (").expect("it says how long it took");
    assert!(took.ends_with("s)"), "{took}");
    Build { what: what.to_owned(), did: did.to_owned() }
}
