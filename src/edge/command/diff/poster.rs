//! A comparison on the poster of its kind, drawn in text.

use unicode_width::UnicodeWidthStr;

use super::text::{TextFormat, fitted, painted};
use crate::comparison::Outcome;
use crate::kind::BlockIndex;
use crate::kind::poster::{Column, Part};
use crate::view::comparison::{Drawn, DrawnBlock};

/// How many elements of a block are named on the poster.
const MOST_NAMED: usize = 6;

/// A column with fewer characters than these is useless.
const NARROWEST: usize = 12;

/// A line of the poster: texts, each with what happened to the element.
type Line = Vec<(Option<Outcome>, String)>;

/// Draws the poster. `None` if the terminal is too narrow for its columns.
pub(super) fn draw(drawn: &Drawn<'_>, format: &TextFormat<'_>) -> Option<Vec<String>> {
    let width = format.width.min(160).checked_sub(4)?;
    let lines = parts(&drawn.kind.poster.parts, drawn, format, width)?;
    let edge = "─".repeat(width + 2);
    let mut out = vec![format!("┌{edge}┐")];
    for line in lines {
        let mut text = String::new();
        let mut used = 0;
        for (outcome, piece) in line {
            used += piece.width();
            text.push_str(&painted(outcome, &piece, format.colour));
        }
        out.push(format!("│ {text}{} │", " ".repeat(width.saturating_sub(used))));
    }
    out.push(format!("└{edge}┘"));
    Some(out)
}

/// Draws parts below each other.
fn parts(
    parts: &[Part],
    drawn: &Drawn<'_>,
    format: &TextFormat<'_>,
    width: usize,
) -> Option<Vec<Line>> {
    let mut lines: Vec<Line> = Vec::new();
    for part in parts {
        if !lines.is_empty() {
            lines.push(vec![(None, "─".repeat(width))]);
        }
        match part {
            Part::Block(block) => lines.extend(self::block(*block, drawn, format, width)),
            Part::Band(columns) => lines.extend(band(columns, drawn, format, width)?),
            // Blocks that cannot be cut into columns are below each other.
            Part::Grid(grid) => {
                let blocks: Vec<Part> =
                    grid.places.iter().map(|place| Part::Block(place.block)).collect();
                lines.extend(self::parts(&blocks, drawn, format, width)?);
            }
        }
    }
    Some(lines)
}

/// Draws columns beside each other.
fn band(
    columns: &[Column],
    drawn: &Drawn<'_>,
    format: &TextFormat<'_>,
    width: usize,
) -> Option<Vec<Line>> {
    let room = width.checked_sub(3 * (columns.len() - 1))?;
    let whole: usize = columns.iter().map(|column| column.width as usize).sum();
    let mut left = room;
    let mut beside: Vec<(usize, Vec<Line>)> = Vec::new();
    for (at, column) in columns.iter().enumerate() {
        let share = room * column.width as usize / whole.max(1);
        let share = if at + 1 == columns.len() { left } else { share };
        left = left.saturating_sub(share);
        if share < NARROWEST {
            return None;
        }
        beside.push((share, parts(&column.parts, drawn, format, share)?));
    }
    let height = beside.iter().map(|(_, lines)| lines.len()).max().unwrap_or(0);
    let line = |at: usize| {
        let mut line: Line = Vec::new();
        for (number, (width, lines)) in beside.iter().enumerate() {
            if number > 0 {
                line.push((None, " │ ".to_owned()));
            }
            let pieces = lines.get(at).cloned().unwrap_or_default();
            let used: usize = pieces.iter().map(|(_, piece)| piece.width()).sum();
            line.extend(pieces);
            line.push((None, " ".repeat(width.saturating_sub(used))));
        }
        line
    };
    Some((0..height).map(line).collect())
}

/// Draws a block with what happened to its elements.
fn block(index: BlockIndex, drawn: &Drawn<'_>, format: &TextFormat<'_>, width: usize) -> Vec<Line> {
    let block: &DrawnBlock<'_> = &drawn.blocks[usize::from(index.0)];
    let short = drawn.kind.block_kind(index).short.replace('\u{ad}', "");
    let label = if block.label.width() > width { &short } else { block.label };
    let mut lines = vec![vec![(None, fitted(&label.to_uppercase(), width))]];
    let changed = block.entries.iter().filter(|entry| entry.pair.outcome != Outcome::Same);
    let changed: Vec<_> = changed.collect();
    for entry in changed.iter().take(MOST_NAMED) {
        let name = fitted(&entry.name, width.saturating_sub(2));
        lines.push(vec![(Some(entry.pair.outcome), format!("{} {name}", entry.sign()))]);
    }
    if let Some(more) = changed.len().checked_sub(MOST_NAMED).filter(|more| *more > 0) {
        let more = format.words.counted("more_entries", more);
        lines.push(vec![(None, fitted(&format!("… {more}"), width))]);
    }
    let same = block.entries.len() - changed.len();
    if same > 0 {
        let same = format.words.counted("diff_same", same);
        lines.push(vec![(Some(Outcome::Same), fitted(&format!("  {same}"), width))]);
    }
    lines
}
