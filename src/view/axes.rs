//! The axes of a matrix: drawn along its sides for the eye, and written in each block for everybody else,
//! and for narrow screens that have the blocks below each other.

use super::escape;
use crate::kind::poster::{AxisLabels, Part, Poster};
use crate::kind::{BlockIndex, Kind};

/// A range of the labels beside a poster.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Labels {
    start: usize,
    end: usize,
}

/// The additional styles of a matrix, which only a handbook that has one pays for.
pub(super) const STYLE: &str = "\
.axis{display:none}\
.map .axis{display:none!important}\
.place{column-span:all;margin-block-end:.4em;font-size:.86em;color:var(--muted)}\
@container poster (min-width:62rem) or style(--paper:1){\
.poster .axis{display:grid;gap:1px;grid-template-columns:var(--columns);grid-auto-columns:1fr;\
grid-auto-flow:column;padding:.4em;place-items:center;background:var(--ground);color:var(--muted);\
font-weight:600}\
.poster>.axis{padding-inline:0}\
.poster .band>.axis{grid:auto-flow 1fr/1fr;padding-inline:0}\
.band>.axis>span{writing-mode:sideways-lr}\
.place{position:absolute;inline-size:1px;block-size:1px;overflow:hidden;clip-path:inset(50%)}\
}";

/// The labels of the axes for a block, such as `Internal · Helpful`; empty if there are none.
pub fn place(kind: &Kind, block: BlockIndex, language: &str) -> String {
    let Some(axes) = &kind.poster.axes else { return String::new() };
    let labels = axes.labels_in(language).0;
    let cells = &kind.poster.cells;
    let has_row = |row: usize| cells[row].contains(&block);
    let has_column = |column: usize| cells.iter().any(|row| row[column] == block);
    let rows = named(&labels.y, cells.len(), has_row);
    let columns = named(&labels.x, kind.poster.widths.len(), has_column);
    rows.chain(columns).collect::<Vec<_>>().join(" · ")
}

/// Appends the labels of the axes for a block; nothing for a poster without axes.
pub(super) fn push_place(html: &mut String, place: &str) {
    if !place.is_empty() {
        html.push_str("<p class=\"place\">");
        escape::text(html, place);
        html.push_str("</p>");
    }
}

/// The labels of an axis, spread over `lines` lines, that a block is next to.
fn named(
    labels: &[String],
    lines: usize,
    is_in: impl Fn(usize) -> bool,
) -> impl Iterator<Item = &str> {
    let is_meant =
        move |at: usize| (0..lines).any(|line| is_in(line) && label_at(labels, lines, line) == at);
    labels.iter().enumerate().filter(move |(at, _)| is_meant(*at)).map(|(_, label)| label.as_str())
}

/// The label of a line, if labels are spread evenly over lines.
fn label_at(labels: &[String], lines: usize, line: usize) -> usize {
    (2 * line + 1) * labels.len() / (2 * lines)
}

/// Appends the labels above a poster, each in a `span`, after the corner that the labels beside it leave.
pub(super) fn push_above(html: &mut String, poster: &Poster, language: &str) {
    let Some(axes) = &poster.axes else { return };
    let labels = axes.labels_in(language).0;
    if !labels.y.is_empty() {
        html.push_str("<i></i>");
    }
    push(html, &labels.x);
}

/// Appends labels beside a poster, each in a `span`.
pub(super) fn push_beside(html: &mut String, poster: &Poster, language: &str, labels: Labels) {
    let Some(axes) = &poster.axes else { return };
    let all = &axes.labels_in(language).0.y;
    push(html, all.get(labels.start..labels.end).unwrap_or_default());
}

fn push(html: &mut String, labels: &[String]) {
    for label in labels {
        html.push_str("<span>");
        escape::text(html, label);
        html.push_str("</span>");
    }
}

/// The labels beside a poster that are next to one of its parts.
pub(super) fn beside(poster: &Poster, labels: &AxisLabels, part: usize) -> Labels {
    let Poster { parts, cells, .. } = poster;
    let part_of = |row: usize| parts.iter().position(|part| holds(part, cells[row][0]));
    let row_of = |label: usize| (2 * label + 1) * cells.len() / (2 * labels.y.len());
    let before = |part: usize| {
        (0..labels.y.len()).filter(|label| part_of(row_of(*label)) < Some(part)).count()
    };
    Labels { start: before(part), end: before(part + 1) }
}

/// Whether a block is in a part.
fn holds(part: &Part, block: BlockIndex) -> bool {
    match part {
        Part::Block(it) => *it == block,
        Part::Band(columns) => {
            columns.iter().flat_map(|column| &column.parts).any(|part| holds(part, block))
        }
        Part::Grid(grid) => grid.places.iter().any(|place| place.block == block),
    }
}
