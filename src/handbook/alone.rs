//! Handbooks of some documents alone.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::departments::Registry;
use super::directory::{Contents, Directory, folders};
use super::{Department, Entry, Handbook, gather, linked};
use crate::canvas::Document;

impl Handbook {
    /// A handbook of only some documents, sorted by path, with the settings and the departments of this one. It has
    /// what a comparison needs: no lists, no backlinks and no diagnostics.
    #[must_use]
    pub fn alone(&self, documents: Vec<Arc<Document>>) -> Self {
        let own =
            Some(&self.registry).filter(|own| documents.iter().all(|it| own.knows_all_of(it)));
        let (registry, departments) = match own {
            Some(own) => (Arc::clone(own), Arc::clone(&self.departments)),
            None => {
                let registry = Registry::gather(&self.config, &documents);
                let departments: Arc<[Department]> = registry.departments().into();
                (Arc::new(registry), departments)
            }
        };
        let all: BTreeSet<u32> = (0u32..).take(documents.len()).collect();
        let facts = linked::gather(&documents, &all, &registry);
        let folders = folders(&documents).into();
        let directory = Directory::new(&documents, Arc::default(), folders, Vec::new());
        let contents = Contents::new(&documents, &facts, &[], registry.departments());
        let links = linked::link(&directory, &contents, &all);
        drop(contents);
        let entries = documents.iter().zip(facts).zip(links);
        let entries = entries.map(|((document, facts), links)| {
            gather::entry(document, facts.unwrap_or_default(), links).0
        });
        let entries: Vec<Arc<Entry>> = entries.collect();
        Self {
            config: Arc::clone(&self.config),
            kinds: Arc::clone(&self.kinds),
            today: self.today,
            versions: None,
            backlinks: vec![Arc::default(); entries.len()].into(),
            documents: entries.into(),
            departments,
            registry,
            introduced: Arc::default(),
            alike: Arc::default(),
            lists: Arc::default(),
            translations: Arc::default(),
            scenarios: Arc::default(),
            files: directory.files.all,
            folders: directory.folders.all,
        }
    }
}
