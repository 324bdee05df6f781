//! Reads the poster of a kind: its grid and what belongs to it.

use super::blocks::Blocks;
use super::keys::{AXES_KEYS, POSTER_KEYS};
use super::{Base, nearest_block};
use crate::diagnostic::catalogue::{self, Within};
use crate::kind::BlockIndex;
use crate::kind::poster::{Axes, AxisLabels, Poster};
use crate::language;
use crate::node::reader::Reader;
use crate::source::{Span, Spanned};

/// If a column is wider than another by more than this, the other has no room.
const WIDEST: f64 = 100.0;

/// Rows of cells, all equally long.
type Cells = Vec<Vec<BlockIndex>>;

/// Reads the poster. Missing keys are as in the base; blocks below each other replace a grid that cannot
/// be used.
pub(super) fn poster(
    reader: &mut Reader<'_, '_>,
    blocks: &Blocks,
    base: Option<Base<'_>>,
    dropped: &[Spanned<BlockIndex>],
) -> Poster {
    let table = reader.table("poster");
    let head = blocks.spans.first().copied().unwrap_or_default();
    let Some(table) = table else {
        let inherited = base.map(|base| inherited(reader, blocks, base, dropped));
        if base.is_none() {
            let at = reader.report.at(head);
            let why = "write its `grid`: a row of block ids for each row of the poster";
            reader.report.push(catalogue::missing_key(at, "poster", "kind", why));
        }
        let (cells, widths) = inherited.flatten().unwrap_or_else(|| below(blocks));
        let mut poster = Poster::cut(cells, widths);
        poster.narrow = base.map_or_else(Vec::new, |base| narrow_of_base(blocks, base));
        poster.axes = base.and_then(|base| base.kind.poster.axes.clone());
        complete(&mut poster.narrow, blocks);
        return poster;
    };
    let mut reader = Reader::new(reader.report, table, POSTER_KEYS, Within::Table("poster"));
    let is_inherited = base.is_some() && reader.value("grid").is_none();
    let read = match base.filter(|_| is_inherited) {
        Some(base) => inherited(&mut reader, blocks, base, dropped),
        None => grid(&mut reader, blocks).map(|cells| {
            let widths = vec![1000; cells[0].len()];
            (cells, widths)
        }),
    };
    let (cells, widths) = match read {
        Some((cells, widths)) => {
            let own = widths_of(&mut reader, widths.len());
            (cells, own.unwrap_or(widths))
        }
        None => below(blocks),
    };
    let mut poster = Poster::cut(cells, widths);
    poster.narrow = match base.filter(|_| is_inherited && reader.value("narrow").is_none()) {
        Some(base) => narrow_of_base(blocks, base),
        None => narrow(&mut reader, blocks),
    };
    complete(&mut poster.narrow, blocks);
    let own = axes(&mut reader, &poster);
    // Axes are of rows and columns, so that a grid of another size needs its own.
    let size = |poster: &Poster| (poster.cells.len(), poster.widths.len());
    let of_base = base.map(|base| &base.kind.poster).filter(|base| size(base) == size(&poster));
    poster.axes = own.or_else(|| of_base?.axes.clone());
    poster
}

/// Every block below the one before it.
fn below(blocks: &Blocks) -> (Cells, Vec<u32>) {
    let cells = (0..).take(blocks.all.len()).map(|at| vec![BlockIndex(at)]).collect();
    (cells, vec![1000])
}

/// The grid of the base, if all of its blocks still exist and none is new.
fn inherited(
    reader: &mut Reader<'_, '_>,
    blocks: &Blocks,
    base: Base<'_>,
    dropped: &[Spanned<BlockIndex>],
) -> Option<(Cells, Vec<u32>)> {
    let kind = base.kind;
    if let Some(first) = dropped.first() {
        let at = reader.report.at(first.span);
        let id = &kind.block_kind(first.value).id;
        reader.report.push(catalogue::dropped_block_in_grid(at, id, &kind.title));
        return None;
    }
    let is_new = |index: &usize| {
        let index = u8::try_from(*index).ok().map(BlockIndex);
        !blocks.of_base.contains(&index)
    };
    let new: Vec<usize> = (0..blocks.all.len()).filter(is_new).collect();
    if let Some(first) = new.first() {
        let at = reader.report.at(blocks.spans[*first]);
        let ids: Vec<&str> = new.iter().map(|index| blocks.all[*index].id.as_str()).collect();
        reader.report.push(catalogue::blocks_without_place(at, &ids));
        return None;
    }
    let row = |row: &Vec<BlockIndex>| row.iter().map(|cell| blocks.of_base(*cell)).collect();
    let cells: Option<Cells> = kind.poster.cells.iter().map(row).collect();
    Some((cells?, kind.poster.widths.clone()))
}

/// The order of the base on a narrow screen.
fn narrow_of_base(blocks: &Blocks, base: Base<'_>) -> Vec<BlockIndex> {
    base.kind.poster.narrow.iter().filter_map(|block| blocks.of_base(*block)).collect()
}

/// Adds the blocks that an order lacks, in reading order.
fn complete(order: &mut Vec<BlockIndex>, blocks: &Blocks) {
    let all = (0u8..).map(BlockIndex).take(blocks.all.len());
    let missing: Vec<BlockIndex> = all.filter(|block| !order.contains(block)).collect();
    order.extend(missing);
}

/// The cells of the grid, row by row; `None` if it has an error.
fn grid(reader: &mut Reader<'_, '_>, blocks: &Blocks) -> Option<Cells> {
    let since = reader.report.diagnostics.len();
    let rows = reader.texts("grid", false);
    let place = reader.value("grid").map(|(_, node)| node.span);
    let place = place.unwrap_or_else(|| blocks.spans.first().copied().unwrap_or_default());
    let mut cells: Cells = Vec::new();
    for row in &rows {
        let found = cells_of(reader, row, blocks)?;
        let first = cells.first().map_or(found.len(), Vec::len);
        if found.len() != first {
            let at = reader.report.at(row.span);
            reader.report.push(catalogue::uneven_grid(at, found.len(), first));
            return None;
        }
        cells.push(found);
    }
    let at = reader.report.at(place);
    let mut missing = Vec::new();
    for (index, block) in (0u8..).map(BlockIndex).zip(&blocks.all) {
        match covers_rectangle(&cells, index) {
            Some(true) => {}
            Some(false) => {
                reader.report.push(catalogue::scattered_block(at.clone(), &block.id));
            }
            None => missing.push(block.id.as_str()),
        }
    }
    if !missing.is_empty() {
        reader.report.push(catalogue::blocks_without_place(at, &missing));
    }
    (reader.report.diagnostics.len() == since).then_some(cells)
}

/// The cells of a row; `None` if one of them is not a block.
fn cells_of(
    reader: &mut Reader<'_, '_>,
    row: &Spanned<String>,
    blocks: &Blocks,
) -> Option<Vec<BlockIndex>> {
    let mut found = Vec::new();
    for word in words(row, &reader.report.source.text) {
        match blocks.find(&word.value) {
            Some(block) => found.push(block),
            // The form in CSS of a cell without an area.
            None if word.value.bytes().all(|byte| byte == b'.') => {
                let at = reader.report.at(word.span);
                reader.report.push(catalogue::hole_in_grid(at));
                return None;
            }
            None => {
                nearest_block(reader, &word, &blocks.ids());
                return None;
            }
        }
    }
    Some(found)
}

/// Whether the cells of a block are a rectangle; `None` if it has none.
fn covers_rectangle(cells: &[Vec<BlockIndex>], block: BlockIndex) -> Option<bool> {
    let is_in = |row: &Vec<BlockIndex>| row.contains(&block);
    let (top, bottom) = (cells.iter().position(is_in)?, cells.iter().rposition(is_in)?);
    let is_it = |cell: &BlockIndex| *cell == block;
    let left = cells[top].iter().position(is_it)?;
    let right = cells[top].iter().rposition(is_it)?;
    let area = (bottom - top + 1) * (right - left + 1);
    let covered = cells[top..=bottom].iter().flat_map(|row| &row[left..=right]);
    let all = cells.iter().flatten().filter(|cell| is_it(cell)).count();
    Some(all == area && covered.filter(|cell| is_it(cell)).count() == area)
}

/// The words of a row, each with its place if the row is written without escapes.
fn words(row: &Spanned<String>, text: &str) -> Vec<Spanned<String>> {
    let written = row.span.of(text);
    let inner = written.find(row.value.as_str());
    let place = |word: &str| {
        // Both are within the row's value.
        let at = word.as_ptr().addr() - row.value.as_ptr().addr();
        let start = inner.map(|inner| row.span.start as usize + inner + at);
        start.map_or(row.span, |start| Span::new(start, start + word.len()))
    };
    let words = row.value.split_whitespace();
    words.map(|word| Spanned { value: word.to_owned(), span: place(word) }).collect()
}

/// The widths in the file.
fn widths_of(reader: &mut Reader<'_, '_>, columns: usize) -> Option<Vec<u32>> {
    const KEY: &str = "columns";
    let numbers = reader.numbers(KEY)?;
    if numbers.value.len() != columns {
        let at = reader.report.at(numbers.span);
        let count = numbers.value.len();
        reader.report.push(catalogue::widths_without_columns(at, KEY, count, columns));
        return None;
    }
    let mut widths = Vec::with_capacity(columns);
    for number in numbers.value {
        if !(number.value > 0.0 && number.value <= WIDEST) {
            let at = reader.report.at(number.span);
            reader.report.push(catalogue::unusable_width(at, WIDEST));
            return None;
        }
        widths.push(thousandths(number.value));
    }
    Some(widths)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "in 0..=100")]
fn thousandths(width: f64) -> u32 {
    ((width * 1000.0).round() as u32).max(1)
}

/// The order on a narrow screen, as far as the file sets it.
fn narrow(reader: &mut Reader<'_, '_>, blocks: &Blocks) -> Vec<BlockIndex> {
    let mut order: Vec<(BlockIndex, Span)> = Vec::new();
    for name in reader.texts("narrow", false) {
        let Some(block) = blocks.find(&name.value) else {
            nearest_block(reader, &name, &blocks.ids());
            continue;
        };
        match order.iter().find(|(known, _)| *known == block) {
            None => order.push((block, name.span)),
            Some((_, first)) => {
                let (at, first) = (reader.report.at(name.span), reader.report.at(*first));
                reader.report.push(catalogue::named_twice(at, &name.value, first));
            }
        }
    }
    order.into_iter().map(|(block, _)| block).collect()
}

/// The meaning of columns and rows.
fn axes(reader: &mut Reader<'_, '_>, poster: &Poster) -> Option<Axes> {
    let table = reader.table("axes")?;
    let within = Within::Table("poster.axes");
    let mut reader = Reader::new(reader.report, table, AXES_KEYS, within);
    let english = axis_labels(&mut reader, poster);
    let mut axes = Axes { english, ..Axes::default() };
    reader.tables("translations", |tag, span, reader| {
        if !language::is_known(tag) {
            let (at, title) = (reader.report.at(span), "poster.axes.translations");
            let wrong = catalogue::not_a_language(at, title, tag, language::meant(tag));
            return reader.report.push(wrong);
        }
        axes.translations.insert(tag.to_owned(), axis_labels(reader, poster));
    });
    Some(axes)
}

/// The labels of both axes in one language, no more than there are columns or rows.
fn axis_labels(reader: &mut Reader<'_, '_>, poster: &Poster) -> AxisLabels {
    let mut labels = |key: &str, lines: usize, of: &str| {
        let labels = reader.texts(key, false);
        if let Some(first) = labels.get(lines) {
            let at = reader.report.at(first.span);
            reader.report.push(catalogue::too_many_axis_labels(at, key, lines, of));
        }
        labels.into_iter().take(lines).map(|label| label.value).collect()
    };
    AxisLabels {
        x: labels("x", poster.widths.len(), "columns"),
        y: labels("y", poster.cells.len(), "rows"),
    }
}
