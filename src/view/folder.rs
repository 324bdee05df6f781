//! The documents in a folder and the folders below it, as entries of lists.

use super::EntryView;
use super::edition::{Edition, Section};
use super::url::SitePath;
use crate::handbook::DocumentIndex;

/// How many pages and sections a section's page lists.
const MOST_ENTRIES: usize = 200;

/// Documents of a section, then the sections below it, as entries of its page in a language; and the
/// number of those that are not listed.
pub(super) fn entries(
    edition: &Edition,
    path: &SitePath,
    section: &Section,
    documents: &[DocumentIndex],
    lang: &str,
) -> (Vec<EntryView>, usize) {
    let more = (documents.len() + section.subsections.len()).saturating_sub(MOST_ENTRIES);
    let documents = documents.iter().map(|index| entry(edition, path, *index, lang));
    let entries = documents.chain(subsections(edition, path, section, lang));
    (entries.take(MOST_ENTRIES).collect(), more)
}

/// The sections directly below one, as entries of a list on a page in a language.
pub(super) fn subsections<'e>(
    edition: &'e Edition,
    path: &'e SitePath,
    section: &'e Section,
    lang: &'e str,
) -> impl Iterator<Item = EntryView> {
    section.subsections.iter().map(move |index| {
        let section = edition.section(*index);
        let front = section.own_page.map(|index| &edition.entry(index).document.front);
        EntryView {
            title: section.title.clone(),
            url: path.link(&section.path, None),
            note: front.and_then(|front| front.summary.clone()).unwrap_or_default(),
            count: None,
            language: section.own_page.and_then(|index| edition.foreign(index, lang)),
        }
    })
}

/// A document as an entry of a list, seen from a page in a language.
pub(super) fn entry(
    edition: &Edition,
    path: &SitePath,
    index: DocumentIndex,
    lang: &str,
) -> EntryView {
    let document = &edition.entry(index).document;
    EntryView {
        title: document.title.clone(),
        url: path.link(edition.path(index), None),
        note: document.front.summary.clone().unwrap_or_default(),
        count: None,
        language: edition.foreign(index, lang),
    }
}
