//! Handbooks of some documents alone.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::departments::Registry;
use super::directory::{Contents, Directory, folders};
use super::{Department, Entry, Handbook, gather, linked};
use crate::canvas::Document;
use crate::config::Config;
use crate::kind::Kinds;

impl Handbook {
    /// A handbook of only some documents, sorted by path, with the settings and the departments of this one. It has
    /// what a comparison needs: no lists, no backlinks and no diagnostics.
    #[must_use]
    pub fn alone(&self, documents: Vec<Arc<Document>>) -> Self {
        let own =
            Some(&self.registry).filter(|own| documents.iter().all(|it| own.knows_all_of(it)));
        let registry = own.map(|own| (Arc::clone(own), Arc::clone(&self.departments)));
        let settings = (Arc::clone(&self.config), Arc::clone(&self.kinds));
        Self { today: self.today, ..Self::of_documents(settings, documents, registry) }
    }

    /// A handbook of all documents of another state, sorted by path, with its settings. It has what a comparison
    /// needs, like one of some documents [alone](Self::alone).
    pub fn of_state(config: Arc<Config>, kinds: Arc<Kinds>, documents: Vec<Arc<Document>>) -> Self {
        Self::of_documents((config, kinds), documents, None)
    }

    /// A handbook of documents; their departments are gathered unless they are known.
    fn of_documents(
        (config, kinds): (Arc<Config>, Arc<Kinds>),
        documents: Vec<Arc<Document>>,
        registry: Option<(Arc<Registry>, Arc<[Department]>)>,
    ) -> Self {
        let (registry, departments) = registry.unwrap_or_else(|| {
            let registry = Registry::gather(&config, &documents);
            let departments: Arc<[Department]> = registry.departments().into();
            (Arc::new(registry), departments)
        });
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
            config,
            kinds,
            today: None,
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
