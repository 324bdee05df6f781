//! The tables of results, in Markdown, so that they can go into `benches/README.md` as they are.

use std::fmt::Write;
use std::time::Duration;

use crate::edits::{Kind, Way};
use crate::server::Tool;

/// The measurements of a tool.
pub struct Measured {
    pub tool: Tool,
    /// From its start to the first page.
    pub ready: Duration,
    /// Bytes of memory when it is ready, after all saves, and at most.
    pub resident: Option<u64>,
    pub after: Option<u64>,
    pub peak: Option<u64>,
    /// Processor time while nothing happens.
    pub idle: Option<Duration>,
    pub saves: Vec<Saves>,
}

/// Saves of one kind in one way, and how long each took until it was served.
pub struct Saves {
    pub kind: Kind,
    pub way: Way,
    pub took: Vec<Duration>,
    /// How many were never served.
    pub missed: usize,
}

/// A table of the servers and one of the saves.
pub fn tables(canvases: u32, rows: &[Measured]) -> String {
    let mut tables = format!(
        "{canvases} canvases:\n\n\
         | | ready ms | MB when ready | MB after the saves | peak MB | idle CPU ms in 5 s |\n\
         |---|--:|--:|--:|--:|--:|\n"
    );
    for row in rows {
        let memory =
            [row.resident, row.after, row.peak].map(|bytes| shown(bytes.map(megabytes), 0));
        let (ready, idle) = (shown(Some(millis(row.ready)), 0), shown(row.idle.map(millis), 0));
        line(&mut tables, &[&row.tool.to_string(), &ready, &memory.join(" | "), &idle]);
    }
    tables.push_str(
        "\n| | what | how | saves | never served | median ms | p95 ms | highest ms |\n\
         |---|---|---|--:|--:|--:|--:|--:|\n",
    );
    for row in rows {
        for Saves { kind, way, took, missed } in &row.saves {
            let mut took: Vec<f64> = took.iter().copied().map(millis).collect();
            took.sort_by(f64::total_cmp);
            let at = |percent| shown(quantile(&took, percent), 1);
            let [tool, kind, way] = [row.tool.to_string(), kind.to_string(), way.to_string()];
            let [saves, missed] = [took.len() + missed, *missed].map(|count| count.to_string());
            line(&mut tables, &[&tool, &kind, &way, &saves, &missed, &at(50), &at(95), &at(100)]);
        }
    }
    tables
}

fn line(table: &mut String, cells: &[&str]) {
    writeln!(table, "| {} |", cells.join(" | ")).expect("a text takes what is written");
}

/// The smallest of the sorted figures that is at least as large as `percent` percent of them.
fn quantile(sorted: &[f64], percent: usize) -> Option<f64> {
    let place = (sorted.len() * percent).div_ceil(100);
    sorted.get(place.checked_sub(1)?).copied()
}

/// A figure with `digits` digits after the point, or a dash for one that is missing.
fn shown(figure: Option<f64>, digits: usize) -> String {
    figure.map_or_else(|| "–".to_owned(), |figure| format!("{figure:.digits$}"))
}

fn millis(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1_000.0
}

fn megabytes(bytes: u64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "it is shown without digits behind the point")]
    let bytes = bytes as f64;
    bytes / 1_000_000.0
}
