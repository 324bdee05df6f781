//! Where the blocks of a kind are on its poster.
//!
//! A kind writes a grid: rows of block ids, as CSS grid areas read. On paper and screen a grid alone
//! would not suffice, because a long block would stretch its whole row. So the grid is cut along
//! lines that cross it from edge to edge, first from side to side, then from top to bottom, and each
//! piece again, until every piece is one block: then a long block stretches its own column only. A
//! piece that no line crosses, such as a pinwheel, stays a plain grid.

use std::collections::BTreeMap;
use std::ops::Range;

use super::BlockIndex;
use crate::language;

/// A poster, from top to bottom.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Poster {
    /// The parts below each other: the grid, cut.
    pub parts: Vec<Part>,
    /// The grid as written: rows of cells, all equally long.
    pub cells: Vec<Vec<BlockIndex>>,
    /// The width of each column of the grid, in thousandths.
    pub widths: Vec<u32>,
    /// Every block once, in the order of a narrow screen, where they are below each other.
    pub narrow: Vec<BlockIndex>,
    /// The meaning of the columns and rows of a matrix; `None` if it is not a matrix.
    pub axes: Option<Axes>,
}

/// The meaning of the columns and rows of a matrix.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Axes {
    /// The labels in English.
    pub english: AxisLabels,
    /// The labels in other languages, by tag.
    pub translations: BTreeMap<String, AxisLabels>,
}

/// The labels along the sides of a matrix, in one language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AxisLabels {
    /// The labels above it, from the start of a line to its end, spread evenly; may be empty.
    pub x: Vec<String>,
    /// The labels beside it, from top to bottom, spread evenly; may be empty.
    pub y: Vec<String>,
}

impl Axes {
    /// The labels in the requested language, with the tag of the language that they are in: English ones if
    /// no other fits.
    pub fn labels_in(&self, language: &str) -> (&AxisLabels, &str) {
        let known = language::find(language, self.translations.keys().map(String::as_str));
        let found = known.and_then(|tag| Some((self.translations.get(tag)?, tag)));
        found.unwrap_or((&self.english, "en"))
    }
}

/// A piece of a poster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// A block that fills the piece.
    Block(BlockIndex),
    /// Columns beside each other.
    Band(Vec<Column>),
    /// Blocks in places that cannot be cut into columns.
    Grid(Grid),
}

/// A column of a [`Part::Band`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its width relative to those beside it, in thousandths.
    pub width: u32,
    /// The parts below each other.
    pub parts: Vec<Part>,
}

/// A plain grid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grid {
    /// The width of each column, in thousandths.
    pub columns: Vec<u32>,
    /// The place of each block.
    pub places: Vec<GridPlace>,
}

/// The place of a block in a [`Grid`], rows and columns counted from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GridPlace {
    /// The block.
    pub block: BlockIndex,
    /// The rows that it covers.
    pub rows: Range<usize>,
    /// The columns that it covers.
    pub columns: Range<usize>,
}

impl Poster {
    /// Cuts a grid; all rows are as long as `widths`, and each block is one rectangle.
    pub(super) fn cut(cells: Vec<Vec<BlockIndex>>, widths: Vec<u32>) -> Self {
        let (rows, columns) = (0..cells.len(), 0..widths.len());
        let parts = Piece { cells: &cells, widths: &widths, rows, columns }.parts();
        Self { parts, cells, widths, ..Self::default() }
    }
}

/// A rectangle of the grid that no block extends beyond.
#[derive(Clone)]
struct Piece<'g> {
    cells: &'g [Vec<BlockIndex>],
    widths: &'g [u32],
    rows: Range<usize>,
    columns: Range<usize>,
}

impl Piece<'_> {
    /// The parts of the piece below each other.
    fn parts(&self) -> Vec<Part> {
        let crosses = |row: usize| {
            let (above, below) = (&self.cells[row], &self.cells[row + 1]);
            self.columns.clone().all(|column| above[column] != below[column])
        };
        let pieces = Self::cut(&self.rows, crosses).into_iter();
        pieces.map(|rows| Piece { rows, ..self.clone() }.part()).collect()
    }

    /// A piece that no line crosses from side to side.
    fn part(&self) -> Part {
        let first = self.cells[self.rows.start][self.columns.start];
        let is_one = |row: usize| self.cells[row][self.columns.clone()].iter().all(|b| *b == first);
        if self.rows.clone().all(is_one) {
            return Part::Block(first);
        }
        let crosses = |column: usize| {
            self.rows.clone().all(|row| self.cells[row][column] != self.cells[row][column + 1])
        };
        let columns = Self::cut(&self.columns, crosses);
        if columns.len() == 1 {
            return Part::Grid(self.grid());
        }
        let column = |columns: Range<usize>| {
            let width = self.widths[columns.clone()].iter().sum();
            Column { width, parts: Piece { columns, ..self.clone() }.parts() }
        };
        Part::Band(columns.into_iter().map(column).collect())
    }

    /// Cuts rows or columns after each for which `is_last` returns true.
    fn cut(lines: &Range<usize>, is_last: impl Fn(usize) -> bool) -> Vec<Range<usize>> {
        let mut pieces = Vec::new();
        let mut start = lines.start;
        for at in lines.clone() {
            if at + 1 == lines.end || is_last(at) {
                pieces.push(start..at + 1);
                start = at + 1;
            }
        }
        pieces
    }

    fn grid(&self) -> Grid {
        let mut places: Vec<GridPlace> = Vec::new();
        for row in self.rows.clone() {
            for column in self.columns.clone() {
                let block = self.cells[row][column];
                let (row, column) = (row - self.rows.start, column - self.columns.start);
                match places.iter_mut().find(|place| place.block == block) {
                    Some(place) => {
                        place.rows.end = row + 1;
                        place.columns.end = place.columns.end.max(column + 1);
                    }
                    None => {
                        let (rows, columns) = (row..row + 1, column..column + 1);
                        places.push(GridPlace { block, rows, columns });
                    }
                }
            }
        }
        Grid { columns: self.widths[self.columns.clone()].to_vec(), places }
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use expect_test::{Expect, expect};

    use super::*;

    /// Cuts a grid of letters, with columns of width 1 or of those given, and draws the pieces.
    #[track_caller]
    fn check(rows: &[&str], expected: Expect) {
        let cells = rows.iter().map(|row| row.bytes().map(BlockIndex).collect());
        let cells: Vec<Vec<BlockIndex>> = cells.collect();
        let widths = vec![1; cells[0].len()];
        let poster = Poster::cut(cells, widths);
        let mut drawn = String::new();
        draw(&poster.parts, 0, &mut drawn);
        expected.assert_eq(&drawn);
    }

    fn draw(parts: &[Part], depth: usize, out: &mut String) {
        let name = |block: &BlockIndex| char::from(block.0);
        for part in parts {
            let _ = write!(out, "{:1$}", "", 2 * depth);
            match part {
                Part::Block(block) => {
                    let _ = writeln!(out, "{}", name(block));
                }
                Part::Band(columns) => {
                    let _ = writeln!(out, "band");
                    for Column { width, parts } in columns {
                        let _ = writeln!(out, "{:1$}| {width}", "", 2 * depth);
                        draw(parts, depth + 1, out);
                    }
                }
                Part::Grid(grid) => {
                    let _ = writeln!(out, "grid of {} columns", grid.columns.len());
                    for GridPlace { block, rows, columns } in &grid.places {
                        let block = name(block);
                        let _ = writeln!(out, "{:1$}  {block} {rows:?} {columns:?}", "", 2 * depth);
                    }
                }
            }
        }
    }

    #[test]
    fn a_canvas_is_columns_above_a_row_of_halves() {
        check(
            &["ABCCDE", "AFCCGE", "HHHIII"],
            expect![[r#"
                band
                | 1
                  A
                | 1
                  B
                  F
                | 2
                  C
                | 1
                  D
                  G
                | 1
                  E
                band
                | 3
                  H
                | 3
                  I
            "#]],
        );
    }

    #[test]
    fn a_matrix_is_cut_into_rows_first() {
        check(
            &["AB", "CD"],
            expect![[r#"
                band
                | 1
                  A
                | 1
                  B
                band
                | 1
                  C
                | 1
                  D
            "#]],
        );
    }

    #[test]
    fn a_grid_without_a_whole_row_is_cut_into_columns() {
        check(
            &["ABC", "ABD", "EBD"],
            expect![[r#"
                band
                | 1
                  A
                  E
                | 1
                  B
                | 1
                  C
                  D
            "#]],
        );
    }

    #[test]
    fn columns_are_cut_again() {
        check(
            &["AAB", "CDB", "CEB"],
            expect![[r#"
                band
                | 2
                  A
                  band
                  | 1
                    C
                  | 1
                    D
                    E
                | 1
                  B
            "#]],
        );
    }

    #[test]
    fn a_pinwheel_stays_a_grid() {
        check(
            &["AAB", "CEB", "CDD", "FFF"],
            expect![[r#"
                grid of 3 columns
                  A 0..1 0..2
                  B 0..2 2..3
                  C 1..3 0..1
                  E 1..2 1..2
                  D 2..3 1..3
                F
            "#]],
        );
    }

    #[test]
    fn one_block_fills_the_poster() {
        check(
            &["AA", "AA"],
            expect![[r#"
            A
        "#]],
        );
    }
}
