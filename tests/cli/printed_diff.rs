//! What `diff` prints of a commit.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde_json::Value;

use crate::handbook::Handbook;

/// What `diff` prints between two commits.
pub struct PrintedDiff {
    /// The changes and effects, one per line.
    pub lines: String,
    /// The names of the elements that changed.
    pub names: BTreeSet<String>,
    /// The names of those that are concerned, in canvases that the commit touched.
    pub concerned: BTreeSet<String>,
    /// The names of those in other canvases.
    pub elsewhere: BTreeSet<String>,
    /// The comment for a pull request.
    pub comment: String,
}

/// Compares two commits by how many commits each is before the newest.
pub fn print_diff(handbook: &Handbook, from: usize, to: usize) -> PrintedDiff {
    let line = format!("diff HEAD~{from} HEAD~{to}");
    let json = handbook.run(&format!("{line} --format json"));
    let json: Value = serde_json::from_str(json.status(0).text()).expect("is JSON");
    let comment = handbook.run(&format!("{line} --format markdown")).status(0).text().to_owned();
    let touched =
        handbook.git(&["diff", "--name-only", &format!("HEAD~{from}"), &format!("HEAD~{to}")]);
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let mut printed = PrintedDiff {
        lines: String::new(),
        names: BTreeSet::new(),
        concerned: BTreeSet::new(),
        elsewhere: BTreeSet::new(),
        comment,
    };
    for change in json["changes"].as_array().expect("is a list") {
        let name = text(&change["element"]["name"]);
        let [kind, level, detail] = ["change", "level", "detail"].map(|key| text(&change[key]));
        let _ = writeln!(printed.lines, "  {kind} · {level} · {name} · {detail}");
        printed.names.extend(Some(name).filter(|name| name != "-"));
    }
    for impact in json["impact"].as_array().expect("is a list") {
        let [effect, name] = [text(&impact["effect"]), text(&impact["element"]["name"])];
        let _ = writeln!(printed.lines, "  {effect}: {name}");
        let is_touched = touched.lines().any(|path| path == text(&impact["canvas"]));
        let names = if is_touched { &mut printed.concerned } else { &mut printed.elsewhere };
        names.insert(name);
    }
    printed
}
