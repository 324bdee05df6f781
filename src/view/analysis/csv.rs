//! The activities of a canvas as a table for spreadsheets, if the configuration asks for such tables: one row
//! for each activity with an element that it serves.

use super::Analysis;
use super::coverage::Covered;
use crate::handbook::DocumentIndex;
use crate::view::csv::{Csv, address};
use crate::view::edition::{At, Content, Edition, PageKind};
use crate::view::url::SitePath;

/// The tables of all canvases whose kind has activities.
pub const FILE: PageKind = PageKind {
    id: "coverage.csv",
    pages: |edition| {
        let canvases = edition.handbook.canvases();
        let canvases = canvases.filter(|(.., canvas)| {
            edition.handbook.config.csv_lists && canvas.kind.departments_block().is_some()
        });
        canvases.map(|(index, ..)| (path(edition, index), At::item(index.0))).collect()
    },
    is_of_documents: true,
    content: Content::Data(|edition, at| {
        table(edition, DocumentIndex(at.item)).unwrap_or_default().into_bytes()
    }),
    source: |edition, at| Some(edition.source(DocumentIndex(at.item))),
    navigation: |_| Vec::new(),
    is_visited: false,
};

fn path(edition: &Edition, index: DocumentIndex) -> SitePath {
    edition.path(index).beside("coverage.csv")
}

/// The address of a canvas's table, seen from a page; `None` if there is none.
pub(super) fn link(edition: &Edition, index: DocumentIndex, from: &SitePath) -> Option<String> {
    let is_made = edition.handbook.config.csv_lists;
    is_made.then(|| from.link(&path(edition, index), None))
}

/// The table. An activity that serves nothing has a row without an element, and an element without an activity
/// has one without that.
fn table(edition: &Edition, index: DocumentIndex) -> Option<String> {
    let analysis = Analysis::new(edition, index)?;
    let headings = ["department", "activities", "block", "thread_people", "address"];
    let mut csv = Csv::new(headings.map(|key| analysis.words.get(key)));
    let title = |element: u32| Edition::element_title(&analysis.entry.document, element);
    let mut row = |department: &str, activity: Option<u32>, served: Option<u32>| {
        let Some(of) = activity.or(served) else { return };
        let block = served.map(|element| analysis.canvas.elements.block(element));
        let block = block.map(|block| edition.block_label(index, block));
        csv.row([
            department,
            &activity.map(title).unwrap_or_default(),
            &block.unwrap_or_default(),
            &served.map(title).unwrap_or_default(),
            &address(edition, edition.path(index), analysis.entry.elements.at(of).id),
        ]);
    };
    let Covered { departments, blocks, without } = analysis.covered().unwrap_or_default();
    for (department, activities) in departments {
        let department = department.map(|index| edition.handbook.department(index));
        let department = department.map_or("", |department| &department.title);
        for activity in activities {
            let served = analysis.served(activity, &blocks);
            if served.is_empty() {
                row(department, Some(activity), None);
            }
            served.into_iter().for_each(|served| row(department, Some(activity), Some(served)));
        }
    }
    without.into_iter().flatten().for_each(|element| row("", None, Some(element)));
    Some(csv.finish())
}
