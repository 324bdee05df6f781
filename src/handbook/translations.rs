//! Documents that are translations of each other.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{DocumentIndex, Entry};
use crate::diagnostic::{Diagnostic, catalogue};
use crate::source::Location;

/// The translations of all documents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Translations(BTreeMap<DocumentIndex, Arc<[DocumentIndex]>>);

impl Translations {
    /// A document in all its languages, itself among them, by language; empty if there is only one.
    pub fn of(&self, index: DocumentIndex) -> &[DocumentIndex] {
        self.0.get(&index).map_or(&[], |all| all)
    }

    /// Groups the documents that are translations of one. `translated` are those that are a translation;
    /// `language` is that of the handbook.
    pub(super) fn gather(
        entries: &[Arc<Entry>],
        translated: &BTreeSet<u32>,
        language: &str,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        let at = |index: DocumentIndex| &*entries[index.0 as usize];
        let place = |index: DocumentIndex| {
            let document = &at(index).document;
            let written = document.front.translation_of.as_ref();
            let span = written.map(|path| path.span).unwrap_or_default();
            Location::new(&document.path, span)
        };
        let mut groups: BTreeMap<DocumentIndex, Vec<DocumentIndex>> = BTreeMap::new();
        for index in translated.iter().copied().map(DocumentIndex) {
            let Some(original) = at(index).translation_of else { continue };
            if at(original).document.front.translation_of.is_some() {
                let title = (original != index).then(|| &*at(original).document.title);
                diagnostics.push(catalogue::not_an_original(place(index), title));
                continue;
            }
            groups.entry(original).or_insert_with(|| vec![original]).push(index);
        }
        let mut translations = BTreeMap::new();
        for group in groups.into_values() {
            let mut by_language: BTreeMap<String, DocumentIndex> = BTreeMap::new();
            for index in group {
                let own = at(index).document.front.lang.as_deref().unwrap_or(language);
                match by_language.get(&own.to_lowercase()) {
                    Some(first) => {
                        let title = &at(*first).document.title;
                        diagnostics.push(catalogue::repeated_translation(place(index), own, title));
                    }
                    None => drop(by_language.insert(own.to_lowercase(), index)),
                }
            }
            let all: Arc<[DocumentIndex]> = by_language.into_values().collect();
            if all.len() > 1 {
                translations.extend(all.iter().map(|index| (*index, Arc::clone(&all))));
            }
        }
        Self(translations)
    }
}
