//! What would fall and what would be weakened in each canvas without a department or an owner.

use std::collections::BTreeMap;

use crate::handbook::{DocumentIndex, ElementKey, Loss, Neighbours};
use crate::view::edition::Edition;
use crate::view::in_language;
use crate::view::table::{self, Row, names};
use crate::view::url::SitePath;

/// How many canvases are evaluated, however large the handbook grows.
const MOST_CANVASES: usize = 60;

/// The canvases in which others depend on some elements, as a table. Empty if there are none.
pub(super) fn table<'k>(
    edition: &Edition,
    path: &SitePath,
    lost: impl Iterator<Item = &'k ElementKey>,
) -> String {
    let words = &edition.words;
    let mut by_canvas: BTreeMap<DocumentIndex, Vec<u32>> = BTreeMap::new();
    for key in lost {
        by_canvas.entry(key.document).or_default().push(key.element);
    }
    let more = by_canvas.len().saturating_sub(MOST_CANVASES);
    let by_canvas = by_canvas.into_iter().take(MOST_CANVASES);
    let mut rows: Vec<Row<'_>> =
        by_canvas.filter_map(|(document, lost)| row(edition, path, document, &lost)).collect();
    if more > 0 {
        rows.push(Row { title: words.counted("more_entries", more).into(), ..Row::default() });
    }
    let headings = ["canvas", "falls_without", "weakened_without"]
        .map(|key| table::Heading { is_repeated: key != "canvas", ..words.get(key).into() });
    table::tables("list", &headings, &[rows], words).concat()
}

/// The elements that depend on some of a canvas; `None` if there are none.
fn row<'e>(
    edition: &'e Edition,
    path: &SitePath,
    document: DocumentIndex,
    lost: &[u32],
) -> Option<Row<'e>> {
    let entry = edition.entry(document);
    let canvas = entry.document.canvas.as_ref()?;
    let neighbours = Neighbours::new(entry);
    let Loss { falls, weakened, .. } =
        Loss::of(&edition.handbook, document, canvas, &neighbours, lost);
    let falls: Vec<u32> = falls.into_iter().map(|step| step.element).collect();
    if falls.is_empty() && weakened.is_empty() {
        return None;
    }
    let language = edition.foreign(document, &edition.handbook.config.language);
    let cells = [falls, weakened].map(|elements| {
        let titles = elements.iter().map(|at| Edition::element_title(&entry.document, *at));
        in_language(language.as_ref(), names(titles))
    });
    Some(Row {
        title: entry.document.title.as_str().into(),
        url: table::attribute(&path.link(edition.path(document), None)),
        cells: cells.into(),
        language,
        ..Row::default()
    })
}
