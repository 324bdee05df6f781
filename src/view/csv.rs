//! Tables for spreadsheets.

use super::edition::Edition;
use super::url::{self, SitePath};
use crate::characters::is_invisible;

/// A table while it is written.
pub(super) struct Csv(String);

impl Csv {
    /// A table without rows. Without the mark in front, spreadsheets do not take it for UTF-8.
    pub fn new<const COLUMNS: usize>(headings: [&str; COLUMNS]) -> Self {
        let mut table = Self("\u{feff}".to_owned());
        table.row(headings);
        table
    }

    /// Adds a line by RFC 4180.
    pub fn row<const COLUMNS: usize>(&mut self, cells: [&str; COLUMNS]) {
        for (at, cell) in cells.into_iter().enumerate() {
            self.0.push_str(if at == 0 { "\"" } else { ",\"" });
            if may_be_formula(cell) {
                self.0.push('\'');
            }
            self.0.push_str(&cell.replace('"', "\"\""));
            self.0.push('"');
        }
        self.0.push_str("\r\n");
    }

    /// The whole table.
    pub fn finish(self) -> String {
        self.0
    }
}

/// The whole address of a place, if the handbook has a base URL.
pub(super) fn address(edition: &Edition, path: &SitePath, id: &str) -> String {
    let base = edition.handbook.config.base_url.as_deref();
    let mut address = base.map_or_else(|| url::encoded(path.as_str()), |base| path.below(base));
    if !id.is_empty() {
        url::push_fragment(&mut address, id);
    }
    address
}

/// Whether a spreadsheet could compute a text instead of showing it. Some ignore blanks before a
/// formula, and some accept its signs in the width of Chinese characters.
fn may_be_formula(text: &str) -> bool {
    let is_joiner = |c: char| matches!(c, '\u{200c}' | '\u{200d}');
    let is_unseen =
        |c: char| c.is_whitespace() || c.is_control() || is_invisible(c) || is_joiner(c);
    text.starts_with(['\t', '\r', '\n'])
        || text
            .trim_start_matches(is_unseen)
            .starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
}

#[cfg(test)]
mod tests {
    use super::may_be_formula;

    #[test]
    fn no_cell_is_a_formula() {
        for text in [
            "=1+1",
            "+1",
            "-1",
            "@SUM(A1)",
            "\t=1",
            "\rx",
            " =1",
            "\u{a0}=1",
            "＝1",
            "\u{feff}=1",
            "\u{2060}=1",
            "\u{200d}\u{2066}+1",
        ] {
            assert!(may_be_formula(text), "{text:?}");
        }
        for text in ["", "1 = 1", "a-b", "– 5 %", "'=1", "\"=1\""] {
            assert!(!may_be_formula(text), "{text:?}");
        }
    }
}
