//! The table of results, in Markdown, so that it can go into `benches/README.md` as it is.

use std::fmt::Write;
use std::path::Path;
use std::time::Duration;

use walkdir::WalkDir;

use crate::Outcome;
use crate::measure::{Taken, Usage};
use crate::tools::Tool;

/// The results of one tool, run by run.
pub struct Row {
    pub tool: Tool,
    /// The output of one run; all runs write the same.
    pub written: Written,
    pub runs: Vec<Taken>,
}

/// How much a tool wrote.
#[derive(Default)]
pub struct Written {
    files: u64,
    bytes: u64,
}

impl Written {
    /// Counts the files below a folder.
    pub fn count(folder: &Path) -> Outcome<Self> {
        let mut written = Self { files: 0, bytes: 0 };
        for entry in WalkDir::new(folder) {
            let entry = entry?;
            if entry.file_type().is_file() {
                written.files += 1;
                written.bytes += entry.metadata()?.len();
            }
        }
        Ok(written)
    }
}

/// A row for each tool. Times are medians; the ratio to the floor is the median of the ratios of
/// each round, because two runs are comparable only if they were made one right after the other.
pub fn table(canvases: u32, sources: &Written, rows: &[Row]) -> String {
    let size = shown(Some(megabytes(sources.bytes)), 1);
    let mut table = format!("{canvases} canvases, {size} MB:\n\n");
    table.push_str(
        "| | files | MB | wall ms | lowest | highest | × floor | CPU ms | peak MB |\n\
         |---|--:|--:|--:|--:|--:|--:|--:|--:|\n",
    );
    let floor = rows.iter().find(|row| row.tool == Tool::Floor);
    for row in rows {
        let walls: Vec<f64> = row.runs.iter().map(|taken| millis(taken.wall)).collect();
        let of_usage = |figure: fn(&Usage) -> f64| -> Option<f64> {
            let figures = row.runs.iter().map(|taken| taken.usage.as_ref().map(figure));
            median(figures.collect::<Option<_>>()?)
        };
        let ratio = floor.and_then(|floor| {
            let rounds = row.runs.iter().zip(&floor.runs);
            median(rounds.map(|(own, floor)| millis(own.wall) / millis(floor.wall)).collect())
        });
        let Written { files, bytes } = row.written;
        let cells = [
            row.tool.to_string(),
            files.to_string(),
            shown(Some(megabytes(bytes)), 1),
            shown(median(walls.clone()), 0),
            shown(walls.iter().copied().reduce(f64::min), 0),
            shown(walls.iter().copied().reduce(f64::max), 0),
            shown(ratio, 2),
            shown(of_usage(|usage| millis(usage.cpu)), 0),
            shown(of_usage(|usage| megabytes(usage.peak)), 0),
        ];
        writeln!(table, "| {} |", cells.join(" | ")).expect("a text takes what is written");
    }
    table
}

/// The middle one, or the mean of the two in the middle.
fn median(mut figures: Vec<f64>) -> Option<f64> {
    figures.sort_by(f64::total_cmp);
    let last = figures.len().checked_sub(1)?;
    Some(f64::midpoint(figures[last / 2], figures[last.div_ceil(2)]))
}

/// A figure with `digits` digits after the point, or a dash for one that is missing.
fn shown(figure: Option<f64>, digits: usize) -> String {
    figure.map_or_else(|| "–".to_owned(), |figure| format!("{figure:.digits$}"))
}

fn millis(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1_000.0
}

fn megabytes(bytes: u64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "it is shown with one digit behind the point")]
    let bytes = bytes as f64;
    bytes / 1_000_000.0
}
