//! A list as a table for spreadsheets, beside its page, where the configuration asks for it: all that it
//! lists, in one file.

use std::borrow::Cow;

use crate::canvas::Category;
use crate::characters::is_invisible;
use crate::handbook::{DepartmentIndex, DocumentIndex, ElementKey};
use crate::kind::labels;
use crate::view::edition::{Content, Edition, Index, PageKind};
use crate::view::listed::Of;
use crate::view::table::related;
use crate::view::url::{self, SitePath};

/// The tables of all lists that the handbook has anything for.
pub const FILE: PageKind = PageKind {
    id: "list.csv",
    pages: |edition| {
        if !edition.handbook.config.csv_lists {
            return Vec::new();
        }
        let first = super::pages(edition).into_iter().filter(|(_, at)| at.number == 1);
        first.map(|(path, at)| (path.beside("csv"), at)).collect()
    },
    content: Content::Data(|edition, at| {
        let of = Of::new(Index::ALL[at.list as usize], at.item as usize);
        Table::new(edition).of(of).into_bytes()
    }),
    source: |_, _| None,
    navigation: |_| Vec::new(),
    is_visited: false,
};

/// Where the table of a list is, seen from one of its pages; `None` if there is none.
pub(super) fn link(edition: &Edition, from: &SitePath, first: &SitePath) -> Option<String> {
    let is_made = edition.handbook.config.csv_lists;
    is_made.then(|| from.link(&first.beside("csv"), None))
}

/// The words that head the columns, the same for all lists, so that tables can be joined.
const HEADINGS: [&str; 12] = [
    "canvas",
    "block",
    "department",
    "element",
    "text",
    "category",
    "thread_people",
    "with",
    "owner",
    "stage",
    "reviewed",
    "address",
];

/// What a row says under [`HEADINGS`].
#[derive(Default)]
struct Row<'e> {
    canvas: &'e str,
    block: &'e str,
    department: &'e str,
    element: &'e str,
    text: Cow<'e, str>,
    category: Option<Category>,
    people: String,
    with: String,
    owner: &'e str,
    stage: String,
    reviewed: String,
    address: String,
}

/// A table while it is written.
struct Table<'e> {
    edition: &'e Edition,
    csv: String,
}

impl<'e> Table<'e> {
    /// A table without rows. Without the mark in front, spreadsheets do not take it for UTF-8.
    fn new(edition: &'e Edition) -> Self {
        let mut table = Self { edition, csv: "\u{feff}".to_owned() };
        table.cells(HEADINGS.map(|key| edition.words.get(key)));
        table
    }

    /// The table of an entry of a list.
    fn of(mut self, of: Of) -> String {
        let edition = self.edition;
        if let Of::Owner(at) = of {
            for index in &edition.handbook.lists.owners[at].departments {
                self.department(*index);
            }
        }
        let listed = of.listed(edition);
        for index in listed.documents {
            let row = self.document(*index);
            self.row(row);
        }
        for key in listed.elements.into_iter().flatten() {
            self.element(*key);
        }
        self.csv
    }

    fn department(&mut self, index: DepartmentIndex) {
        let department = self.edition.handbook.department(index);
        // A department without activities has no page.
        let has_page = self.edition.has_page(index);
        let path = has_page.then(|| self.edition.department_path(index));
        let address = path.map_or_else(String::new, |path| self.address(path, ""));
        self.row(Row {
            department: &department.title,
            owner: department.owner.as_deref().unwrap_or_default(),
            address,
            ..Row::default()
        });
    }

    /// A canvas or a page as a whole.
    fn document(&self, index: DocumentIndex) -> Row<'e> {
        let document = &self.edition.entry(index).document;
        let front = &document.front;
        Row {
            canvas: &document.title,
            text: front.summary.as_deref().unwrap_or_default().into(),
            owner: front.owner.as_deref().unwrap_or_default(),
            stage: front.stage.map_or_else(String::new, |stage| self.edition.words.stage(stage)),
            reviewed: front.reviewed.map_or_else(String::new, |date| date.to_string()),
            address: self.address(self.edition.path(index), ""),
            ..Row::default()
        }
    }

    fn element(&mut self, key: ElementKey) {
        let handbook = &self.edition.handbook;
        let Some((entry, element, facts)) = handbook.element(key) else { return };
        let Some(canvas) = &entry.document.canvas else { return };
        let title = |index: &DepartmentIndex| handbook.department(*index).title.as_str();
        let with: Vec<&str> = facts.contributing.iter().map(title).collect();
        let people: Vec<Cow<'_, str>> = related(entry, key.element).collect();
        let row = Row {
            block: labels::label(&canvas.kind, element.block, &handbook.config.language),
            department: facts.department.as_ref().map_or("", title),
            element: element.name.unwrap_or_default(),
            text: element.text.get(),
            category: facts.category,
            people: people.join(", "),
            with: with.join(", "),
            owner: facts.owner.unwrap_or_default(),
            address: self.address(self.edition.path(key.document), facts.id),
            ..self.document(key.document)
        };
        self.row(row);
    }

    /// The whole address of a place, as far as the handbook knows it.
    fn address(&self, path: &SitePath, id: &str) -> String {
        let base = self.edition.handbook.config.base_url.as_deref();
        let mut address = base.map_or_else(|| url::encoded(path.as_str()), |base| path.below(base));
        if !id.is_empty() {
            url::push_fragment(&mut address, id);
        }
        address
    }

    fn row(&mut self, row: Row<'e>) {
        let category = row.category.map(|category| self.edition.words.category(category));
        self.cells([
            row.canvas,
            row.block,
            row.department,
            row.element,
            &row.text,
            category.as_deref().unwrap_or_default(),
            &row.people,
            &row.with,
            row.owner,
            &row.stage,
            &row.reviewed,
            &row.address,
        ]);
    }

    /// A line by RFC 4180.
    fn cells(&mut self, cells: [&str; HEADINGS.len()]) {
        for (at, cell) in cells.into_iter().enumerate() {
            self.csv.push_str(if at == 0 { "\"" } else { ",\"" });
            if may_be_formula(cell) {
                self.csv.push('\'');
            }
            self.csv.push_str(&cell.replace('"', "\"\""));
            self.csv.push('"');
        }
        self.csv.push_str("\r\n");
    }
}

/// Whether a spreadsheet could compute a text instead of showing it. Some pass over blanks before a
/// formula, and some know its signs in the width of Chinese characters.
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
