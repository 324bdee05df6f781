//! How long whole builds take, in time, processor time and memory, beside the floor and beside other
//! generators on equivalent sites: `cargo bench --bench build`. `benches/README.md` says how to run
//! it and what the figures mean.
//!
//! The program also plays two parts of its own measurement, each in a process for itself, chosen by
//! the first argument: `--measure` runs one command and says what it took, `--floor` does the work
//! of the floor.

#![expect(clippy::disallowed_methods, reason = "it measures programs that work on files")]

#[path = "build/floor.rs"]
mod floor;
#[path = "build/generate.rs"]
mod generate;
#[path = "build/measure.rs"]
mod measure;
#[path = "build/program.rs"]
mod program;
#[path = "build/report.rs"]
mod report;
#[path = "build/sites.rs"]
mod sites;
#[path = "build/tools.rs"]
mod tools;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::Command;

use clap::Parser;

use generate::{Dialect, Size};
use measure::Taken;
use report::{Row, Written};
use tools::{Programs, Tool};

/// An error ends the benchmark with a sentence about it.
type Outcome<T> = Result<T, Box<dyn Error>>;

/// Measures whole builds of generated handbooks.
#[derive(Parser)]
#[command(name = "build")]
struct Options {
    /// How many canvases a handbook has, for one series each
    #[arg(long, value_name = "N", value_delimiter = ',', default_values_t = [1_000, 10_000])]
    #[arg(value_parser = clap::value_parser!(u32).range(2..=100_000))]
    canvases: Vec<u32>,
    /// How many findings of rules each canvas has
    #[arg(long, value_name = "N", default_value_t = 0)]
    #[arg(value_parser = clap::value_parser!(u32).range(0..=generate::MOST_FINDINGS))]
    findings: u32,
    /// How often each tool is measured, after one run that is not counted
    #[arg(long, value_name = "K", default_value_t = 5)]
    #[arg(value_parser = clap::value_parser!(u32).range(1..=1_000))]
    runs: u32,
    /// What to measure; a tool that is not installed is left out
    #[arg(long, value_delimiter = ',', value_enum)]
    #[arg(default_values_t = [Tool::Canvasbook, Tool::Floor, Tool::Hugo, Tool::Mdbook])]
    tools: Vec<Tool>,
    /// Hugo's program
    #[arg(long, value_name = "FILE", default_value = "hugo")]
    hugo: PathBuf,
    /// mdBook's program
    #[arg(long, value_name = "FILE", default_value = "mdbook")]
    mdbook: PathBuf,
    /// What `cargo bench` adds to the arguments
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.first().map(String::as_str) {
        Some("--measure") => measure::inside(&arguments[1..]),
        Some("--floor") => floor::run(&arguments[1..]),
        _ => compare(&Options::parse()),
    }
}

/// Measures each size of handbook and prints its table.
fn compare(options: &Options) -> Outcome<()> {
    let programs = Programs::find(&options.tools, &options.hugo, &options.mdbook)?;
    if programs.tools().next().is_none() {
        return Err("there is nothing to measure".into());
    }
    println!("{} processors, {}", processors(), std::env::consts::OS);
    for version in programs.versions() {
        println!("{version}");
    }
    let mut folders = Vec::new();
    for canvases in &options.canvases {
        // On the disk of the build, and deleted once everything is measured.
        let folder =
            tempfile::Builder::new().prefix("bench-").tempdir_in(env!("CARGO_TARGET_TMPDIR"))?;
        let size = Size { canvases: *canvases, findings: options.findings };
        series(size, options.runs, &programs, folder.path())?;
        folders.push(folder);
    }
    eprintln!("deleting what was written");
    Ok(())
}

/// How many threads the machine can run at once.
fn processors() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// Measures all tools on handbooks of one size, in rounds: each tool once, then each once more, so
/// that what slows the machine down for a while slows all of them.
fn series(size: Size, runs: u32, programs: &Programs, folder: &Path) -> Outcome<()> {
    let Size { canvases, .. } = size;
    let mut rows = prepare(size, programs, folder)?;
    for round in 1..=runs {
        eprintln!("{canvases} canvases: round {round} of {runs}");
        for row in &mut rows {
            row.runs.push(run(row.tool, programs, folder, round)?);
        }
    }
    let sources = Written::count(&Dialect::Canvasbook.sources(folder))?;
    println!("\n{}", report::table(canvases, &sources, &rows));
    Ok(())
}

/// Generates the sites and runs each tool once without counting it: the programs and the sources are
/// in memory afterwards, and it is known what each tool writes.
fn prepare(size: Size, programs: &Programs, folder: &Path) -> Outcome<Vec<Row>> {
    eprintln!("{} canvases: generating", size.canvases);
    let mut rows = Vec::new();
    for dialect in programs.dialects() {
        sites::write(&dialect.sources(folder), size, dialect)?;
    }
    // The floor writes what canvasbook writes, so that comes first, measured or not.
    let canvasbook = tools::output(folder, Tool::Canvasbook, 0);
    run(Tool::Canvasbook, programs, folder, 0)?;
    floor::list(&canvasbook, &tools::list(folder))?;
    for tool in programs.tools() {
        if tool != Tool::Canvasbook {
            run(tool, programs, folder, 0)?;
        }
        let written = Written::count(&tools::output(folder, tool, 0))?;
        rows.push(Row { tool, written, runs: Vec::new() });
    }
    Ok(rows)
}

/// Runs a tool once, into a folder of a fresh name.
fn run(tool: Tool, programs: &Programs, folder: &Path, round: u32) -> Outcome<Taken> {
    flush();
    let output = tools::output(folder, tool, round);
    measure::run(&programs.command(tool, folder, &output))
}

/// Waits until everything that was written before is on the disk, if the system can do so: what one
/// tool wrote should not slow the next one down.
fn flush() {
    if cfg!(unix) && Command::new("sync").status().is_err() {
        eprintln!("`sync` cannot be run: what was written before may still be on its way");
    }
}
