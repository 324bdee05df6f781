//! A comparison as Markdown, for messages and requests.

use std::fmt::Write as _;

use super::{Handbooks, counted, draw, effect, said, sign, title};
use crate::comparison::words::{self, Piece};
use crate::comparison::{Change, ChangeKind, Compared, Comparison, Outcome};
use crate::view::words::Words;

/// Writes a comparison: for each canvas its counts, its blocks as a table and its changes as a list, then what
/// they do.
pub fn write(handbooks: Handbooks<'_>, comparison: &Comparison, words: &Words) -> String {
    let mut out = String::new();
    if comparison.canvases.is_empty() {
        let _ = writeln!(out, "{}\n", words.get("diff_none"));
    }
    for compared in &comparison.canvases {
        canvas(&mut out, handbooks, compared, comparison.changes_of(compared), words);
    }
    if !comparison.impact.is_empty() {
        let _ = writeln!(out, "### {}\n", words.get("diff_impact"));
        for impact in &comparison.impact {
            let element = impact.element.as_ref().map(|element| &*element.name);
            let name = element.or(impact.block.as_deref()).unwrap_or(impact.canvas.as_str());
            let _ = writeln!(out, "- **{}** {}", escaped(name), escaped(&effect(impact, words)));
        }
        out.push('\n');
    }
    let owners: Vec<String> = comparison.owners().into_keys().map(escaped).collect();
    if !owners.is_empty() {
        let _ = writeln!(out, "### {}\n\n{}", words.get("diff_owners"), owners.join(", "));
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

fn canvas(
    out: &mut String,
    handbooks: Handbooks<'_>,
    compared: &Compared,
    changes: &[Change],
    words: &Words,
) {
    let titles = handbooks.entries(compared);
    let titles = titles.map(|entry| entry.map(|entry| escaped(&entry.document.title)));
    let _ = writeln!(out, "## {}\n", title(titles, words));
    if changes.is_empty() {
        let _ = writeln!(out, "{}\n", words.get("diff_none"));
        return;
    }
    let _ = writeln!(out, "{}\n", counted([compared], words).join(", "));
    let Some(drawn) = draw(handbooks, compared) else { return };
    let _ = writeln!(out, "| {} | {} |\n|---|---|", words.get("block"), words.get("elements"));
    for block in drawn.blocks.iter().chain(&drawn.others) {
        let changed = block.entries.iter().filter(|entry| entry.pair.outcome != Outcome::Same);
        let cells = changed.map(|entry| format!("{} {}", entry.sign(), escaped(&entry.name)));
        let cells: Vec<String> = cells.collect();
        if !cells.is_empty() {
            let _ = writeln!(out, "| {} | {} |", escaped(block.label), cells.join("<br>"));
        }
    }
    let _ = writeln!(out, "\n### {}\n", words.get("diff_changes"));
    for change in changes {
        let _ = writeln!(out, "- {}", item(handbooks, change, words));
    }
    out.push('\n');
}

fn item(handbooks: Handbooks<'_>, change: &Change, words: &Words) -> String {
    let said = said(handbooks, change, words);
    let mut text = sign(Outcome::of(change.kind)).to_owned();
    if let Some(element) = &change.element {
        let _ = write!(text, " **{}**", escaped(&element.name));
    }
    if !said.what.is_empty() {
        let _ = write!(text, " {}", escaped(&said.what));
    }
    let values = match (&said.from, &said.to) {
        (Some(from), Some(to)) if change.kind == ChangeKind::Move => {
            format!("{} → {}", escaped(from), escaped(to))
        }
        (Some(from), Some(to)) => compared(from, to),
        (Some(from), None) => format!("<del>{}</del>", escaped(from)),
        (None, Some(to)) => format!("<ins>{}</ins>", escaped(to)),
        (None, None) => return text,
    };
    let _ = write!(text, ": {values}");
    text
}

/// Two texts as one.
fn compared(before: &str, after: &str) -> String {
    let mut text = String::new();
    for piece in words::compare(before, after) {
        match piece {
            Piece::Same(same) => text.push_str(&escaped(same)),
            Piece::Cut(cut) => drop(write!(text, "<del>{}</del>", escaped(cut))),
            Piece::Added(added) => drop(write!(text, "<ins>{}</ins>", escaped(added))),
        }
    }
    text
}

/// A text that Markdown shows as it is, on one line.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            _ if character.is_whitespace() => escaped.push(' '),
            // A host makes links and mentions of these, and would notify people.
            '@' => escaped.push_str("&#64;"),
            '#' => escaped.push_str("&#35;"),
            _ => {
                if "\\`*_{}[]()+-!|~>".contains(character) {
                    escaped.push('\\');
                }
                escaped.push(character);
            }
        }
    }
    escaped
}
