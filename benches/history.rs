//! What the history of a handbook costs: a cold build with it beside one without, the time from a save until it
//! is served, and `git log --name-status` over the same repository: `cargo bench --bench history`.
//! `benches/README.md` says how to run it and what the figures mean.

#![expect(clippy::disallowed_methods, reason = "it measures programs that work on files")]

#[path = "serve/client.rs"]
mod client;
#[path = "serve/edits.rs"]
#[expect(dead_code, reason = "titles are not edited here")]
mod edits;
#[path = "build/generate.rs"]
#[expect(dead_code, reason = "other tools have no part in this")]
mod generate;
#[path = "build/measure.rs"]
mod measure;
#[path = "build/program.rs"]
mod program;
#[path = "history/report.rs"]
mod report;
#[path = "history/repository.rs"]
mod repository;
#[path = "serve/server.rs"]
#[expect(dead_code, reason = "only the preview is measured here")]
mod server;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use clap::Parser;

use client::Client;
use edits::{Canvas, Kind, Way};
use generate::{Dialect, Size};
use measure::{Line, Taken};
use report::{Row, Saves};
use server::{Server, Tool};

/// An error ends the benchmark with a sentence about it.
type Outcome<T> = Result<T, Box<dyn Error>>;

/// The program of this package, built with the benchmark.
const CANVASBOOK: &str = env!("CARGO_BIN_EXE_canvasbook");

/// The time after which something that has not come never will.
const PATIENCE: Duration = Duration::from_secs(120);

/// The pause from one save to the next: longer than the preview gathers changes.
const PAUSE: Duration = Duration::from_millis(250);

/// Measures what the history of a handbook costs.
#[derive(Parser)]
#[command(name = "history")]
struct Options {
    /// How many canvases the handbook has
    #[arg(long, value_name = "N", default_value_t = 1_000)]
    #[arg(value_parser = clap::value_parser!(u32).range(100..=100_000))]
    canvases: u32,
    /// How many commits lead to it
    #[arg(long, value_name = "N", default_value_t = 5_000)]
    #[arg(value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    commits: u32,
    /// How often each is measured, after one run that is not counted
    #[arg(long, value_name = "K", default_value_t = 5)]
    #[arg(value_parser = clap::value_parser!(u32).range(1..=1_000))]
    runs: u32,
    /// How many saves are measured in each way
    #[arg(long, value_name = "K", default_value_t = 40)]
    #[arg(value_parser = clap::value_parser!(u32).range(0..=10_000))]
    saves: u32,
    /// What `cargo bench` adds to the arguments
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.first().map(String::as_str) {
        Some("--measure") => measure::inside(&arguments[1..]),
        _ => compare(&Options::parse()),
    }
}

/// Generates the repository, measures and prints the tables.
fn compare(options: &Options) -> Outcome<()> {
    let size = Size { canvases: options.canvases, findings: 0 };
    // On the disk of the build, and deleted when everything is measured.
    let folder =
        tempfile::Builder::new().prefix("bench-").tempdir_in(env!("CARGO_TARGET_TMPDIR"))?;
    let [with, without] = ["with", "without"].map(|name| folder.path().join(name));
    eprintln!("generating {} canvases and {} commits", size.canvases, options.commits);
    repository::write(&with, size, options.commits)?;
    repository::copy_without_history(&with, &without)?;
    let rows = builds(options.runs, &with, &without, folder.path())?;
    println!("{} canvases, {} commits:\n", size.canvases, options.commits);
    println!("{}", report::builds(&rows));
    if options.saves > 0 {
        println!("{}", report::saves(&saves(size, options.saves, &with, &without)?));
    }
    Ok(())
}

/// Builds with history and without it, and reads the log with git, one after the other in each
/// round.
fn builds(runs: u32, with: &Path, without: &Path, folder: &Path) -> Outcome<[Row; 3]> {
    let row = |what| Row { what, runs: Vec::new() };
    let mut rows =
        [row("build with history"), row("build without history"), row("`git log --name-status`")];
    for round in 0..=runs {
        eprintln!("round {round} of {runs}");
        let build = |root: &Path, name: &str| -> Outcome<Taken> {
            let output = folder.join(format!("{name}-{round:03}"));
            let [root, output] = [root, &output].map(|path| path.display().to_string());
            let line = [CANVASBOOK, "build", "--quiet", "--root", &root, "--output", &output];
            let line: Line = line.map(str::to_owned).into();
            measure::run(&line)
        };
        let root = with.display().to_string();
        let log = ["git", "-C", &root, "log", "--name-status"].map(str::to_owned);
        let taken = [build(with, "site")?, build(without, "bare")?, measure::run(&log)?];
        if round > 0 {
            for (row, taken) in rows.iter_mut().zip(taken) {
                row.runs.push(taken);
            }
        }
    }
    Ok(rows)
}

/// A preview with which saves are measured.
struct Preview {
    root: PathBuf,
    client: Client,
    /// The server, which ends when this value is dropped.
    _server: Server,
}

impl Preview {
    fn start(root: &Path) -> Outcome<Self> {
        let server = Server::start(Tool::Canvasbook, Path::new("hugo"), root)?;
        let client = Client::new(server.pages.clone());
        Ok(Self { root: root.to_owned(), client, _server: server })
    }

    /// Measures the time from a save to a page that shows it.
    fn save(&mut self, canvas: &Canvas, page: &str, marker: &str) -> Outcome<Duration> {
        // As if it were open in a browser.
        self.client.get(page)?;
        thread::sleep(PAUSE);
        let began = Instant::now();
        canvas.save(&canvas.edit(Kind::Body, marker), Way::ByRename)?;
        while !self.client.shows(page, marker)? {
            if began.elapsed() > PATIENCE {
                return Err(format!("waited in vain for {marker} on {page}").into());
            }
            thread::sleep(Duration::from_millis(1));
        }
        Ok(began.elapsed())
    }
}

/// Saves in a preview with history and in one without, in turn.
fn saves(size: Size, count: u32, with: &Path, without: &Path) -> Outcome<[Saves; 2]> {
    let saves = |what| Saves { what, took: Vec::new() };
    let mut rows = [saves("with history"), saves("without history")];
    let mut previews = [Preview::start(with)?, Preview::start(without)?];
    for preview in &mut previews {
        let first = Canvas::new(0, size, Dialect::Canvasbook, &preview.root);
        let began = Instant::now();
        while preview.client.get(&first.page)?.is_none() {
            if began.elapsed() > PATIENCE {
                return Err("waited in vain for the preview".into());
            }
            thread::sleep(Duration::from_millis(1));
        }
    }
    for number in 0..count {
        for (row, preview) in rows.iter_mut().zip(&mut previews) {
            let at = number * size.canvases / count;
            let canvas = Canvas::new(at, size, Dialect::Canvasbook, &preview.root);
            let marker = format!("marker{number:06}");
            row.took.push(preview.save(&canvas, &canvas.page, &marker)?);
        }
    }
    Ok(rows)
}
