//! All gaps as a table for spreadsheets, if the configuration asks for such tables.

use super::By;
use crate::check::GapKey;
use crate::check::gaps;
use crate::kind::labels;
use crate::view::csv::{Csv, address};
use crate::view::edition::{At, Content, Edition, PageKind};
use crate::view::gap;
use crate::view::url::SitePath;

/// The table of all gaps.
pub const FILE: PageKind = PageKind {
    id: "gaps.csv",
    pages: |edition| {
        let is_made = edition.handbook.config.csv_lists && !edition.canvases().is_empty();
        if is_made { vec![(path(), At::default())] } else { Vec::new() }
    },
    is_of_documents: false,
    content: Content::Data(|edition, _| table(edition).into_bytes()),
    source: |_, _| None,
    navigation: |_| Vec::new(),
    is_visited: false,
};

fn path() -> SitePath {
    SitePath::new("gaps/gaps.csv")
}

/// The address of the table, seen from a page of the gaps; `None` if there is none.
pub(super) fn link(edition: &Edition, from: &SitePath) -> Option<String> {
    edition.handbook.config.csv_lists.then(|| from.link(&path(), None))
}

fn table(edition: &Edition) -> String {
    let headings = [
        "canvas",
        "block",
        "element",
        "missing",
        "rule",
        "level",
        "department",
        "owner",
        "reason",
        "address",
    ];
    let mut csv = Csv::new(headings.map(|key| edition.words.get(key)));
    for key in edition.gaps(By::Rule).iter().flat_map(|group| &group.gaps) {
        row(edition, *key, &mut csv);
    }
    csv.finish()
}

fn row(edition: &Edition, key: GapKey, csv: &mut Csv) {
    let handbook = &edition.handbook;
    let entry = edition.entry(key.document);
    let found = &edition.findings.of(key.document)[key.finding as usize];
    let code = &found.diagnostic.code;
    let element =
        found.element.and_then(|element| entry.document.canvas.as_ref()?.elements.get(element));
    let block = entry.document.canvas.as_ref().zip(element).map_or("", |(canvas, element)| {
        labels::label(&canvas.kind, element.block, &handbook.config.language)
    });
    let title = found.element.map(|element| Edition::element_title(&entry.document, element));
    let id = found.element.map_or("", |element| entry.elements.at(element).id);
    let department = gaps::department(entry, found);
    let waiver = found.waived.map(|at| &entry.document.front.waive[at as usize]);
    let said =
        gap::said(handbook, &edition.words, (key.document, found.element), &found.diagnostic.code);
    csv.row([
        &entry.document.title,
        block,
        title.as_deref().unwrap_or_default(),
        said.as_deref().unwrap_or(&found.diagnostic.message),
        code,
        found.diagnostic.severity.as_str(),
        department.map_or("", |index| &handbook.department(index).title),
        gaps::owner(entry, found).unwrap_or_default(),
        waiver.map_or("", |waiver| &waiver.reason),
        &address(edition, edition.path(key.document), id),
    ]);
}
