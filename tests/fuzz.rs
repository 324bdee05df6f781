//! Random changes of sources, and the invariants that hold for all of them: nothing panics or hangs, every span is
//! within its file, pages are whole and hold no foreign script, JSON is JSON, and what is compiled with a
//! memo equals what is compiled from nothing.
//!
//! `fuzz/corpus/` keeps small sources for each target, and every one that once found a fault. They are
//! checked as they are, and a few changes of them; `.ci/run` checks changes for two minutes, for each tree
//! of files other ones, and for one tree the same whenever it runs. A failure says which case it was:
//! `CANVASBOOK_FUZZ_CASE=<number> cargo test --test fuzz` runs that one.

#![expect(clippy::disallowed_methods, reason = "it reads the corpus and takes the time")]

#[path = "tree/html.rs"]
mod html;
#[path = "fuzz/invariants.rs"]
mod invariants;
#[path = "tree/links.rs"]
mod links;
#[path = "fuzz/mutate.rs"]
mod mutate;
#[path = "tree/numbers.rs"]
mod numbers;
#[path = "tree/tree.rs"]
mod tree;

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::Path;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use canvasbook::compile::Inputs;
use canvasbook::source::{Source, SourcePath};
use canvasbook::theme::{BUILT_IN, ThemeFiles};

use mutate::{mutated, reduced};
use numbers::Numbers;
use tree::Tree;

/// How many changes the ordinary tests check.
const CASES: u64 = 25;

/// Longer than any of these small sources may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// What is changed.
const TARGETS: [&str; 6] = ["canvas", "configuration", "front-matter", "kind", "page", "theme"];

/// A source of the corpus.
#[derive(Clone)]
struct Subject {
    target: &'static str,
    /// Its path below the target's folder; for a theme, the path in the theme.
    path: String,
    text: String,
}

impl Subject {
    /// The inputs of a handbook that has this source.
    fn inputs(&self) -> Inputs {
        let mut inputs = Inputs::default();
        let mut document = |path: &str, text: &str| {
            inputs.documents.insert(SourcePath::new(format!("content/{path}")), text.into());
        };
        document("index.md", "# Plans\n\n[[mill]] and [[subject]].\n");
        document("retail/shop.md", "# Shop\n\n[The bakery](../subject.md#fresh-bread).\n");
        document(
            "mill.md",
            "## Value Propositions\n- **Flour** — for [[subject#Baking]].\n## Customer Segments\n- **Bakers**\n\
             ## Key Activities\n### Sales\n- **Grinding** {with=Production} — for [[#Flour]]\n",
        );
        inputs.files = ["content/picture.png", "static/picture.png"].map(SourcePath::new).into();
        let mut config = |text: &str| {
            let path = SourcePath::new("canvasbook.toml");
            inputs.config = Some(Source { path, text: text.into() });
        };
        match self.target {
            "configuration" => config(&self.text),
            "kind" => {
                config("[references]\nunknown = \"warning\"\n");
                let path = SourcePath::new("kinds/board.toml");
                inputs.kinds = vec![Source { path, text: self.text.as_str().into() }];
                let canvas = "+++\nkind = \"board\"\n+++\n## Spark\n- **Rain**\n## Idea\n- **Roof** for [[#Rain]]\n\
                    ## People\n- **Neighbours**\n## Members\n- **Friends**\n## Price\n- **Wood** for [[price/wood]]\n";
                inputs.documents.insert(SourcePath::new("content/subject.md"), canvas.into());
            }
            "theme" => {
                config("language = \"de\"\ntheme = \"ours\"\n");
                inputs.themes = vec!["ours".to_owned()];
                let files = BTreeMap::from([(self.path.clone(), self.text.as_bytes().into())]);
                inputs.theme = ThemeFiles { name: "ours".to_owned(), files };
            }
            _ => {
                // Without this, hardly any change would be one that is built.
                config("[references]\nunknown = \"warning\"\n");
                let path = SourcePath::new("content/subject.md");
                inputs.documents.insert(path, self.text.as_str().into());
            }
        }
        inputs
    }

    /// The first invariant that does not hold, if any.
    fn flaw(&self, before: &Self) -> Option<String> {
        let is_ours = !self.path.starts_with("templates/");
        let check = || invariants::check(&before.inputs(), &self.inputs(), is_ours);
        match catch_unwind(AssertUnwindSafe(check)) {
            Ok(result) => result.err(),
            Err(panic) => {
                let text = panic.downcast_ref::<String>().map(String::as_str);
                let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
                Some(format!("it panics: {}", text.unwrap_or("without a word")))
            }
        }
    }

    /// Writes the source to a file, and returns a sentence that names it.
    fn keep(&self) -> String {
        let name = self.path.replace('/', "-");
        let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{}-{name}", self.target));
        fs::write(&file, &self.text).expect("it can be written");
        let (file, target) = (file.display(), self.target);
        format!("the source is in {file}; keep it in tests/fuzz/corpus/{target}/")
    }

    /// Fails if an invariant does not hold, with the smallest source that shows it.
    #[track_caller]
    fn check(&self, before: &Self, of: &str) {
        let Some(flaw) = self.flaw(before) else { return };
        let with = |text: &str| Self { text: text.to_owned(), ..self.clone() };
        let text = reduced(self.text.clone(), |text| with(text).flaw(before).is_some());
        panic!("{of}: {} {}: {flaw}\n{}", self.target, self.path, with(&text).keep());
    }
}

/// Every source of the corpus, and the built-in templates to change.
fn corpus() -> Vec<Subject> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/corpus");
    let mut all = Vec::new();
    for target in TARGETS {
        let files = Tree::read(&folder.join(target)).0.into_iter();
        all.extend(files.map(|(path, bytes)| {
            let text = String::from_utf8(bytes).expect("it is a text");
            Subject { target, path, text }
        }));
    }
    all
}

/// Sources to change: the corpus, the built-in kinds, and the templates and words of the built-in theme.
fn bases() -> Vec<Subject> {
    let mut all = corpus();
    let texts = BUILT_IN.iter().filter(|file| !file.path.starts_with("assets/"));
    all.extend(texts.map(|file| {
        let text = String::from_utf8_lossy(file.bytes).into_owned();
        Subject { target: "theme", path: file.path.to_owned(), text }
    }));
    let kinds = Tree::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data/kinds")).0.into_iter();
    all.extend(kinds.map(|(path, bytes)| {
        let text = String::from_utf8(bytes).expect("it is a text");
        Subject { target: "kind", path, text }
    }));
    all
}

/// Checks one case; its number determines which source is changed, and how.
fn check_case(bases: &[Subject], case: u64, checked: &Sender<Subject>) {
    let numbers = &mut Numbers(case.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let target = TARGETS[numbers.below(TARGETS.len())];
    let of_target: Vec<&Subject> = bases.iter().filter(|base| base.target == target).collect();
    let base = of_target[numbers.below(of_target.len())];
    let others: Vec<&str> = of_target.iter().map(|base| base.text.as_str()).collect();
    let subject = Subject { text: mutated(&base.text, &others, numbers), ..base.clone() };
    checked.send(subject.clone()).expect("somebody watches");
    subject.check(base, &format!("case {case}"));
}

/// Checks on a thread with as much stack as templates have in the program, and watches it. A source
/// that takes too long is written to a file, and ends the run.
fn watched(check: impl FnOnce(&Sender<Subject>) + Send) {
    const STACK: usize = 256 * 1024 * 1024;
    let (sender, receiver) = mpsc::channel::<Subject>();
    thread::scope(|scope| {
        let builder = thread::Builder::new().stack_size(STACK);
        let checking = builder.spawn_scoped(scope, move || check(&sender)).expect("a thread");
        let mut last: Option<Subject> = None;
        loop {
            match receiver.recv_timeout(PATIENCE) {
                Ok(next) => last = Some(next),
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => {
                    let kept = last.map(|last| last.keep()).unwrap_or_default();
                    eprintln!("it takes more than {} s; {kept}", PATIENCE.as_secs());
                    std::process::abort();
                }
            }
        }
        if let Err(panic) = checking.join() {
            resume_unwind(panic);
        }
    });
}

#[test]
fn the_corpus_holds() {
    let corpus = corpus();
    for target in TARGETS {
        assert!(corpus.iter().any(|subject| subject.target == target), "{target} has a source");
    }
    watched(|checked| {
        for subject in &corpus {
            checked.send(subject.clone()).expect("somebody watches");
            let empty = Subject { text: String::new(), ..subject.clone() };
            subject.check(&empty, "the corpus");
        }
    });
}

#[test]
fn changes_of_the_corpus_hold() {
    let bases = bases();
    let one = env::var("CANVASBOOK_FUZZ_CASE").ok();
    let one = one.map(|case| case.parse().expect("a case is a number"));
    let cases = one.map_or(0..CASES, |case: u64| case..case + 1);
    watched(|checked| cases.for_each(|case| check_case(&bases, case, checked)));
}

/// Checks changes for `CANVASBOOK_FUZZ_SECONDS`: from case `CANVASBOOK_FUZZ_FROM` on, or from a random
/// case on.
#[test]
#[ignore = "it takes as long as it is given"]
fn new_changes_hold() {
    let number = |name| env::var(name).ok().map(|it| it.parse::<u64>().expect("it is a number"));
    let end = Instant::now() + Duration::from_secs(number("CANVASBOOK_FUZZ_SECONDS").unwrap_or(10));
    let first = number("CANVASBOOK_FUZZ_FROM").unwrap_or_else(|| {
        let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).expect("it is later");
        since.as_nanos() as u64
    });
    let bases = bases();
    watched(|checked| {
        let cases = (0..).take_while(|_| Instant::now() < end);
        let count =
            cases.inspect(|at| check_case(&bases, first.wrapping_add(*at), checked)).count();
        println!("{count} cases from {first} on hold");
    });
}
