//! A comparison for people at a terminal.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use clap::builder::styling::{AnsiColor, Style};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::poster;
use crate::comparison::word_diff::{self, Piece};
use crate::comparison::{Change, ChangeKind, Compared, Comparison, Outcome};
use crate::edge::harmless::{CUT, one_line};
use crate::view::comparison::{
    Handbooks, counted, departments, draw, effect, finding, findings, said, sign, title,
};
use crate::view::words::Words;

/// The format of the text.
pub(super) struct TextFormat<'w> {
    /// Whether it is coloured.
    pub colour: bool,
    /// The number of characters in a line.
    pub width: usize,
    /// The interface words.
    pub words: &'w Words,
}

/// How many characters of a name or a text are printed.
const LONGEST: usize = 400;

/// Writes a comparison: for each canvas its poster and its changes, then their effects.
pub(super) fn write(
    handbooks: Handbooks<'_>,
    comparison: &Comparison,
    format: &TextFormat<'_>,
) -> String {
    let mut out = String::new();
    if comparison.canvases.is_empty() {
        let _ = writeln!(out, "{}", format.words.get("diff_none"));
    }
    for compared in &comparison.canvases {
        canvas(&mut out, handbooks, compared, comparison.changes_of(compared), format);
    }
    if !comparison.impact.is_empty() {
        let _ = writeln!(out, "\n{}", heading(format.words.get("diff_impact"), format));
        // The canvases of a comparison of two are named at its top.
        let own: BTreeSet<&str> = match &comparison.canvases[..] {
            [one] => handbooks.paths(one).into_iter().flatten().collect(),
            _ => BTreeSet::new(),
        };
        for impact in &comparison.impact {
            let element = impact.element.as_ref().map(|element| line(&element.name));
            let canvas = line(impact.canvas.as_str());
            let name = match element {
                Some(element) if own.contains(impact.canvas.as_str()) => element,
                Some(element) => format!("{element} ({canvas})"),
                None => canvas,
            };
            let _ = writeln!(out, "  {name} {}", line(&effect(impact, format.words)));
        }
    }
    for (title, findings) in findings(comparison, format.words) {
        let _ = writeln!(out, "\n{}", heading(title, format));
        for found in findings {
            let canvas = line(found.canvas.as_str());
            let place = match &found.element {
                Some(element) => format!("{} ({canvas})", line(&element.name)),
                None => canvas,
            };
            let said = line(&finding(handbooks, found, format.words));
            let why = found.reason.as_deref().map(|why| format!(" ({})", line(why)));
            let _ = writeln!(out, "  {place}: {said}{}", why.unwrap_or_default());
        }
    }
    let owners = comparison.owners();
    let departments = departments(handbooks, comparison);
    if !owners.is_empty() || !departments.is_empty() {
        let _ = writeln!(out, "\n{}", heading(format.words.get("diff_owners"), format));
        for owner in owners.keys() {
            let _ = writeln!(out, "  {}", line(owner));
        }
        if !departments.is_empty() {
            let titles: Vec<String> = departments.into_iter().map(line).collect();
            let label = format.words.get("departments");
            let _ = writeln!(out, "  {label}: {}", titles.join(", "));
        }
    }
    out
}

fn canvas(
    out: &mut String,
    handbooks: Handbooks<'_>,
    compared: &Compared,
    changes: &[Change],
    format: &TextFormat<'_>,
) {
    let titles = handbooks.entries(compared).map(|entry| {
        entry.map(|entry| {
            format!("{} ({})", line(&entry.document.title), line(entry.document.path.as_str()))
        })
    });
    if !out.is_empty() {
        out.push('\n');
    }
    let _ = writeln!(out, "{}", heading(&title(titles, format.words), format));
    if changes.is_empty() {
        let _ = writeln!(out, "{}", format.words.get("diff_none"));
        return;
    }
    let drawn = draw(handbooks, compared);
    for line in drawn.as_ref().and_then(|drawn| poster::draw(drawn, format)).unwrap_or_default() {
        let _ = writeln!(out, "{line}");
    }
    let _ = writeln!(out, "{}", counted([compared], format.words).join(", "));
    let mut last = None;
    let mut element_of_last = None;
    for change in changes {
        let block = change.block.as_deref();
        if last != Some(block) {
            let label = match block {
                Some(id) => line(drawn.as_ref().and_then(|it| it.label(id)).unwrap_or(id)),
                None => format.words.owned("canvas"),
            };
            let _ = writeln!(out, "\n{}", heading(&label, format));
            last = Some(block);
            element_of_last = None;
        }
        let element = change.element.as_ref();
        if element.is_some() && element != element_of_last {
            let name = element.map(|element| line(&element.name)).unwrap_or_default();
            let outcome = Outcome::of(change.kind);
            let text = format!("  {} {name}", sign(outcome));
            let _ = writeln!(out, "{}", painted(Some(outcome), &text, format.colour));
        }
        element_of_last = element;
        detail(out, handbooks, change, format);
    }
}

/// Writes the text of one change.
fn detail(out: &mut String, handbooks: Handbooks<'_>, change: &Change, format: &TextFormat<'_>) {
    let said = said(handbooks, change, format.words);
    let indent = if change.element.is_some() { "      " } else { "  " };
    let text = match (&said.from, &said.to) {
        (Some(from), Some(to)) if change.kind == ChangeKind::Move => {
            format!("{} → {}", line(from), line(to))
        }
        (Some(from), Some(to)) => compared(&line(from), &line(to), format),
        (Some(from), None) => {
            painted(Some(Outcome::Removed), &format!("− {}", line(from)), format.colour)
        }
        (None, Some(to)) => {
            painted(Some(Outcome::Added), &format!("+ {}", line(to)), format.colour)
        }
        (None, None) => return,
    };
    match said.what.is_empty() {
        true => drop(writeln!(out, "{indent}{text}")),
        false => drop(writeln!(out, "{indent}{}: {text}", line(&said.what))),
    }
}

/// Two texts as one, in which the parts that were cut and added can be distinguished without
/// colour.
fn compared(before: &str, after: &str, format: &TextFormat<'_>) -> String {
    let mut text = String::new();
    for piece in word_diff::compare(before, after) {
        text.push_str(&match piece {
            Piece::Same(same) => same.to_owned(),
            Piece::Cut(cut) => {
                painted(Some(Outcome::Removed), &format!("[-{cut}-]"), format.colour)
            }
            Piece::Added(added) => {
                painted(Some(Outcome::Added), &format!("{{+{added}+}}"), format.colour)
            }
        });
    }
    text
}

fn heading(text: &str, format: &TextFormat<'_>) -> String {
    match format.colour {
        true => format!("{0}{text}{0:#}", Style::new().bold()),
        false => text.to_owned(),
    }
}

/// A text in the colour of what happened to its element.
pub(super) fn painted(outcome: Option<Outcome>, text: &str, colour: bool) -> String {
    let style = match outcome.filter(|_| colour) {
        None => return text.to_owned(),
        Some(Outcome::Same) => Style::new().dimmed(),
        Some(Outcome::Changed) => AnsiColor::Yellow.on_default(),
        Some(Outcome::Moved) => AnsiColor::Cyan.on_default(),
        Some(Outcome::Added) => AnsiColor::Green.on_default(),
        Some(Outcome::Removed) => AnsiColor::Red.on_default(),
    };
    format!("{style}{text}{style:#}")
}

/// A text of a handbook on one line, harmless and not too long.
fn line(text: &str) -> String {
    one_line(text, LONGEST)
}

/// A text of a handbook on one line, cut to `width` columns of a terminal.
pub(super) fn fitted(text: &str, width: usize) -> String {
    let text = one_line(text, width.max(1) + 1);
    if text.width() <= width {
        return text;
    }
    let mut fitted = String::new();
    let mut used = 0;
    for character in text.chars() {
        used += character.width().unwrap_or(0);
        if used + 1 > width {
            break;
        }
        fitted.push(character);
    }
    fitted.push(CUT);
    fitted
}
