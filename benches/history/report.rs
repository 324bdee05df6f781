//! The tables of results, in Markdown, so that they can go into `benches/README.md` as they are.

use std::fmt::Write;
use std::time::Duration;

use crate::measure::Taken;

/// The results of one tool, run by run.
pub struct Row {
    pub what: &'static str,
    pub runs: Vec<Taken>,
}

/// How long saves took until they were served.
pub struct Saves {
    pub what: &'static str,
    pub took: Vec<Duration>,
}

/// A row for each tool. Times are medians.
pub fn builds(rows: &[Row]) -> String {
    let mut table = String::from(
        "| | wall ms | lowest | highest | CPU ms | peak MB |\n|---|--:|--:|--:|--:|--:|\n",
    );
    for Row { what, runs } in rows {
        let walls: Vec<f64> = runs.iter().map(|taken| millis(taken.wall)).collect();
        let usage = || runs.iter().filter_map(|taken| taken.usage.as_ref());
        let figures = [
            median(walls.clone()),
            walls.iter().copied().fold(f64::INFINITY, f64::min),
            walls.iter().copied().fold(0.0, f64::max),
            median(usage().map(|usage| millis(usage.cpu)).collect()),
            median(usage().map(|usage| megabytes(usage.peak)).collect()),
        ];
        line(&mut table, what, &figures, 0);
    }
    table
}

/// A row for each preview.
pub fn saves(rows: &[Saves]) -> String {
    let mut table = String::from(
        "| a save, served by a preview | median ms | lowest | highest |\n|---|--:|--:|--:|\n",
    );
    for Saves { what, took } in rows {
        let took: Vec<f64> = took.iter().copied().map(millis).collect();
        let lowest = took.iter().copied().fold(f64::INFINITY, f64::min);
        let highest = took.iter().copied().fold(0.0, f64::max);
        line(&mut table, what, &[median(took), lowest, highest], 1);
    }
    table
}

fn line(table: &mut String, what: &str, figures: &[f64], digits: usize) {
    let figures: Vec<String> = figures.iter().map(|figure| format!("{figure:.digits$}")).collect();
    writeln!(table, "| {what} | {} |", figures.join(" | ")).expect("a text takes what is written");
}

/// The middle figure, or the mean of the two in the middle; NaN without figures.
fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    match figures.len().checked_sub(1) {
        Some(last) => f64::midpoint(figures[last / 2], figures[last.div_ceil(2)]),
        None => f64::NAN,
    }
}

fn millis(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1_000.0
}

fn megabytes(bytes: u64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "it is shown without digits behind the point")]
    let bytes = bytes as f64;
    bytes / 1_000_000.0
}
