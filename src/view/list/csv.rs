//! A list as a table for spreadsheets, beside its page, if the configuration asks for it: everything
//! that it lists, in one file.

use std::borrow::Cow;

use crate::canvas::Category;
use crate::handbook::{DepartmentIndex, DocumentIndex, ElementKey};
use crate::kind::labels;
use crate::view::csv::{self, Csv};
use crate::view::edition::{Content, Edition, Index, PageKind};
use crate::view::listed::Of;
use crate::view::table::related;
use crate::view::url::SitePath;

/// The tables of all lists that exist in the handbook.
pub const FILE: PageKind = PageKind {
    id: "list.csv",
    pages: |edition| {
        if !edition.handbook.config.csv_lists {
            return Vec::new();
        }
        let first = super::pages(edition).into_iter().filter(|(_, at)| at.number == 1);
        first.map(|(path, at)| (path.beside("csv"), at)).collect()
    },
    is_of_documents: false,
    content: Content::Data(|edition, at| {
        let of = Of::new(Index::ALL[at.list as usize], at.item as usize);
        Table::new(edition).of(of).into_bytes()
    }),
    source: |_, _| None,
    navigation: |_| Vec::new(),
    is_visited: false,
};

/// The address of the table of a list, seen from one of its pages; `None` if there is none.
pub(super) fn link(edition: &Edition, from: &SitePath, first: &SitePath) -> Option<String> {
    let is_made = edition.handbook.config.csv_lists;
    is_made.then(|| from.link(&first.beside("csv"), None))
}

/// The headers of the columns, equal for all lists, so that tables can be joined.
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

/// The cells of a row, below [`HEADINGS`].
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
    csv: Csv,
}

impl<'e> Table<'e> {
    /// Makes a table without rows.
    fn new(edition: &'e Edition) -> Self {
        Self { edition, csv: Csv::new(HEADINGS.map(|key| edition.words.get(key))) }
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
        self.csv.finish()
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

    fn address(&self, path: &SitePath, id: &str) -> String {
        csv::address(self.edition, path, id)
    }

    fn row(&mut self, row: Row<'e>) {
        let category = row.category.map(|category| self.edition.words.category(category));
        self.csv.row([
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
}
