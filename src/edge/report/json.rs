//! `--format json`: the array that PRODUCT.md promises.

use serde::Serialize;

use super::text_of;
use crate::diagnostic::{Diagnostic, Edit, Severity};
use crate::edge::places::{Places, Texts};
use crate::source::{Location, Position};

#[derive(Serialize)]
struct Item<'a> {
    code: &'a str,
    severity: Severity,
    message: &'a str,
    help: Option<&'a str>,
    #[serde(flatten)]
    place: Range<'a>,
    related: Vec<RelatedItem<'a>>,
    fix: Option<FixItem<'a>>,
}

#[derive(Serialize)]
struct Range<'a> {
    file: &'a str,
    start: Position,
    end: Position,
}

#[derive(Serialize)]
struct RelatedItem<'a> {
    message: &'a str,
    #[serde(flatten)]
    place: Range<'a>,
}

#[derive(Serialize)]
struct FixItem<'a> {
    edits: Vec<EditItem<'a>>,
}

#[derive(Serialize)]
struct EditItem<'a> {
    #[serde(flatten)]
    place: Range<'a>,
    text: &'a str,
}

/// The diagnostics as a JSON array, one object each. A location in a file whose text is not
/// available is the file's start.
pub fn json(diagnostics: &[&Diagnostic], texts: Texts<'_, '_>) -> String {
    let places = Places::new(diagnostics.iter().copied(), texts);
    let items: Vec<Item<'_>> = diagnostics.iter().map(|one| item(one, &places)).collect();
    text_of(&items)
}

fn item<'a>(diagnostic: &'a Diagnostic, places: &Places<'_>) -> Item<'a> {
    let related = diagnostic.related.iter().map(|related| RelatedItem {
        message: &related.message,
        place: place(&related.location, places),
    });
    let edit = |edit: &'a Edit| EditItem { place: place(&edit.location, places), text: &edit.text };
    let fix = diagnostic.fix.as_ref();
    Item {
        code: &diagnostic.code,
        severity: diagnostic.severity,
        message: &diagnostic.message,
        help: diagnostic.help.as_deref(),
        place: place(&diagnostic.location, places),
        related: related.collect(),
        fix: fix.map(|fix| FixItem { edits: fix.edits.iter().map(edit).collect() }),
    }
}

fn place<'a>(location: &'a Location, places: &Places<'_>) -> Range<'a> {
    let (start, end) = places.range_or_start(location);
    Range { file: location.file.as_str(), start, end }
}
