//! How long it takes from saving a file to its page being served or written, beside Hugo on an equivalent site:
//! `cargo bench --bench serve`. `benches/README.md` says how to run it and what the figures mean.

#![expect(clippy::disallowed_methods, reason = "it measures programs that work on files")]

#[path = "serve/client.rs"]
mod client;
#[path = "serve/edits.rs"]
mod edits;
#[path = "build/generate.rs"]
#[expect(dead_code, reason = "mdBook has no part in this")]
mod generate;
#[path = "build/program.rs"]
mod program;
#[path = "serve/report.rs"]
mod report;
#[path = "serve/server.rs"]
mod server;
#[path = "build/sites.rs"]
mod sites;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use clap::Parser;

use client::Client;
use edits::{Canvas, Kind, Way};
use generate::Size;
use report::{Measured, Saves};
use server::{Server, Tool};

/// An error ends the benchmark with a sentence about it.
type Outcome<T> = Result<T, Box<dyn Error>>;

/// The time after which a server that became ready is idle.
const SETTLING: Duration = Duration::from_secs(4);

/// How long the processor time of an idle server is counted.
const IDLE: Duration = Duration::from_secs(5);

/// The pause from one save to the next: more than any tool gathers, less than people need. It
/// varies, so that nothing that happens at intervals meets all saves or none.
const PAUSE: Duration = Duration::from_millis(250);

/// The time after which a tool that is not ready has failed.
const PATIENCE: Duration = Duration::from_secs(120);

/// The time after which a save that is not served counts as never served.
const SAVE_PATIENCE: Duration = Duration::from_secs(20);

/// A tool that misses this number of saves of a kind is not measured with more of them.
const MISSED: usize = 3;

/// How many canvases are edited in turn.
const EDITED: u32 = 5;

/// Measures how soon a saved change is served.
#[derive(Parser)]
#[command(name = "serve")]
struct Options {
    /// How many canvases a handbook has, for one series each
    #[arg(long, value_name = "N", value_delimiter = ',', default_values_t = [1_000, 10_000])]
    #[arg(value_parser = clap::value_parser!(u32).range(100..=100_000))]
    canvases: Vec<u32>,
    /// How many findings of rules each canvas has
    #[arg(long, value_name = "N", default_value_t = 0)]
    #[arg(value_parser = clap::value_parser!(u32).range(0..=generate::MOST_FINDINGS))]
    findings: u32,
    /// How many saves of each kind are measured in each way
    #[arg(long, value_name = "K", default_value_t = 100)]
    #[arg(value_parser = clap::value_parser!(u32).range(1..=10_000))]
    saves: u32,
    /// What to measure; a tool that is not installed is left out
    #[arg(long, value_delimiter = ',', value_enum)]
    #[arg(default_values_t = [Tool::Canvasbook, Tool::Watch, Tool::Hugo])]
    tools: Vec<Tool>,
    /// Hugo's program
    #[arg(long, value_name = "FILE", default_value = "hugo")]
    hugo: PathBuf,
    /// What `cargo bench` adds to the arguments
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() -> Outcome<()> {
    let options = Options::parse();
    let tools = server::find(&options.tools, &options.hugo);
    if tools.is_empty() {
        return Err("there is nothing to measure".into());
    }
    let processors = thread::available_parallelism().map_or(1, usize::from);
    println!("{processors} processors, {}", std::env::consts::OS);
    for (_, version) in &tools {
        println!("{version}");
    }
    for canvases in options.canvases {
        // On the disk of the build, and deleted once this size is measured.
        let folder =
            tempfile::Builder::new().prefix("bench-").tempdir_in(env!("CARGO_TARGET_TMPDIR"))?;
        let mut rows = Vec::new();
        for (tool, _) in &tools {
            let size = Size { canvases, findings: options.findings };
            rows.push(measure(*tool, &options.hugo, size, options.saves, folder.path())?);
        }
        println!("\n{}", report::tables(canvases, &rows));
    }
    Ok(())
}

/// Serves a generated site with a tool, and measures until all saves are served.
fn measure(tool: Tool, hugo: &Path, size: Size, saves: u32, folder: &Path) -> Outcome<Measured> {
    let Size { canvases, .. } = size;
    eprintln!("{canvases} canvases, {tool}: generating");
    let site = tool.dialect().sources(folder);
    sites::write(&site, size, tool.dialect())?;
    eprintln!("{canvases} canvases, {tool}: serving");
    let (first, began) = (Canvas::new(0, size, tool.dialect(), &site), Instant::now());
    let server = Server::start(tool, hugo, &site)?;
    let mut client = Client::new(server.pages.clone());
    if !until(PATIENCE, || Ok(client.get(&first.page)?.is_some()))? {
        return Err(format!("waited in vain until {tool} was ready").into());
    }
    let ready = began.elapsed();
    thread::sleep(SETTLING);
    let resident = server.resident();
    let before = server.processor_time();
    thread::sleep(IDLE);
    let idle =
        server.processor_time().zip(before).map(|(after, before)| after.saturating_sub(before));
    let saves = save_all(&mut client, size, saves, tool, &site)?;
    let (after, peak) = (server.resident(), server.peak());
    Ok(Measured { tool, ready, resident, after, peak, idle, saves })
}

/// Saves again and again, each kind in each way, and returns how long each took.
fn save_all(
    client: &mut Client,
    size: Size,
    saves: u32,
    tool: Tool,
    site: &Path,
) -> Outcome<Vec<Saves>> {
    let Size { canvases, .. } = size;
    let mut edited = Vec::new();
    for number in 0..EDITED {
        let mut canvas = Canvas::new(number * canvases / EDITED, size, tool.dialect(), site);
        eprintln!(
            "{canvases} canvases, {tool}: looking for a page that shows the title of {}",
            canvas.page
        );
        find_linking(client, &mut canvas)?;
        edited.push(canvas);
    }
    let kinds = [Kind::Body, Kind::Title].into_iter().flat_map(|kind| {
        [Way::InPlace, Way::ByRename].map(|way| Saves { kind, way, took: Vec::new(), missed: 0 })
    });
    let mut all: Vec<Saves> = kinds.collect();
    let mut count = 0_u32;
    for round in 0..saves {
        if round % 10 == 0 {
            eprintln!("{canvases} canvases, {tool}: save {round} of {saves}");
        }
        for row in &mut all {
            if row.missed >= MISSED {
                continue;
            }
            let canvas = &mut edited[round as usize % EDITED as usize];
            // It must be a text that the canvas never had before.
            let marker = format!("marker{count:06}");
            let page = match row.kind {
                Kind::Body => canvas.page.clone(),
                Kind::Title => canvas.linking.clone(),
            };
            thread::sleep(PAUSE + Duration::from_millis(u64::from(count * 7919 % 100)));
            let text = canvas.edit(row.kind, &marker);
            // As if it were open in a browser: Hugo takes care of pages that were requested lately.
            client.get(&page)?;
            let began = Instant::now();
            canvas.save(&text, row.way)?;
            match until(SAVE_PATIENCE, || client.shows(&page, &marker))? {
                true => row.took.push(began.elapsed()),
                false => row.missed += 1,
            }
            count += 1;
        }
    }
    Ok(all)
}

/// Finds a canvas's page on which a changed title of another canvas is seen.
fn find_linking(client: &mut Client, canvas: &mut Canvas) -> Outcome<()> {
    let marker = "markerfirst";
    canvas.save(&canvas.edit(Kind::Title, marker), Way::InPlace)?;
    if !until(PATIENCE, || client.shows(&canvas.page, marker))? {
        return Err(format!("waited in vain until {} had another title", canvas.page).into());
    }
    for page in canvas.candidates() {
        if client.shows(&page, marker)? {
            canvas.linking = page;
            return Ok(());
        }
    }
    Err(format!("no page of another canvas shows the title of {}", canvas.page).into())
}

/// Asks again and again, a millisecond apart, until `is_so` returns true; returns false if that
/// takes too long.
fn until(patience: Duration, mut is_so: impl FnMut() -> Outcome<bool>) -> Outcome<bool> {
    let end = Instant::now() + patience;
    while !is_so()? {
        if Instant::now() > end {
            return Ok(false);
        }
        thread::sleep(Duration::from_millis(1));
    }
    Ok(true)
}
