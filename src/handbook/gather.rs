//! Makes the whole out of the documents, and makes it again where some of them changed.
//!
//! Each step says what it depends on and is taken for the documents of which that changed:
//!
//! 1. The departments depend on what all documents call theirs, on their languages and on the
//!    configuration. Where any of that changes, everything is resolved anew.
//! 2. What the whole adds to a document's elements depends on the document and the departments.
//! 3. Where its links lead depends on that, on which documents there are, on what the documents that
//!    it refers to call their parts, and on other titles where it names one.
//! 4. Lists and backlinks turn that round. They stay where no document gives them anything new.
//!
//! A document with a link that anything is wrong with is linked again each time: what is told of it
//! may name any other document.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::alike::Alike;
use super::departments::Registry;
use super::directory::{Contents, Directory, folders};
use super::facts::Facts;
use super::linked::{self, Linked};
use super::lists::{self, Ledger};
use super::scope::Known;
use super::{Department, DocumentIndex, Entry, Handbook, Lists, Scenarios, Target, Translations};
use super::{backlinks, introductions};
use crate::canvas::Document;
use crate::config::Config;
use crate::date::Date;
use crate::diagnostic::Diagnostic;
use crate::history::{History, Versions};
use crate::kind::Kinds;
use crate::source::SourcePath;

/// What a handbook is made of.
pub struct Parts<'p> {
    /// The configuration.
    pub config: Arc<Config>,
    /// The kinds of canvas that the documents were read with.
    pub kinds: Arc<Kinds>,
    /// Every document that is published, sorted by path.
    pub documents: Vec<Arc<Document>>,
    /// Documents that are left out because they are drafts.
    pub drafts: Vec<Arc<Document>>,
    /// Files beside the documents, sorted.
    pub files: &'p [SourcePath],
    /// The day that reviews are due by, where it is known.
    pub today: Option<Date>,
    /// The history of the documents, if somebody read it.
    pub history: Option<Arc<History>>,
}

/// A handbook with what it takes to resolve it again where only some of its documents changed.
pub struct Resolution {
    /// The handbook.
    pub handbook: Handbook,
    /// What is wrong with each document.
    said: Vec<Said>,
    /// The documents with links to paths of the built site.
    leading_to_site: BTreeSet<u32>,
    /// The documents that are a translation of another one.
    translated: BTreeSet<u32>,
    /// The documents that name a base or a document to be read beside.
    compared: BTreeSet<u32>,
    /// The documents that are not as they were the last time; `None` if all may be another.
    touched: Option<BTreeSet<u32>>,
    /// What is wrong between several documents.
    between: Vec<Diagnostic>,
    documents: Vec<Arc<Document>>,
    directory: Directory,
    ledger: Option<Ledger>,
}

/// For more documents than these it is quicker to make all lists anew: to take an element out of the
/// middle of a long list, everything behind it has to move.
const MOST_RELISTED: usize = 16;

/// What is wrong with a document as a part of the whole.
#[derive(Default)]
struct Said {
    facts: Vec<Diagnostic>,
    links: Vec<Diagnostic>,
}

/// Resolves all documents into a handbook. Adds what is wrong to `diagnostics`.
pub fn resolve(parts: Parts<'_>, diagnostics: &mut Vec<Diagnostic>) -> Handbook {
    let resolution = Resolution::of(parts, None);
    for (index, _) in resolution.handbook.entries() {
        diagnostics.extend(resolution.said(index).cloned());
    }
    diagnostics.extend(resolution.between.iter().cloned());
    resolution.handbook
}

impl Resolution {
    /// Resolves all documents. What was resolved the last time is used again where it must come to
    /// the same.
    pub fn of(parts: Parts<'_>, last: Option<Self>) -> Self {
        let history = parts.history.clone();
        let before = last.as_ref().and_then(|last| last.handbook.versions.clone());
        let is_same = last.as_ref().is_some_and(|last| last.fits(&parts));
        let was_known = before.is_some();
        let mut resolution = Self::without_history(parts, last);
        let before = before.filter(|before| {
            is_same && history.as_ref().is_some_and(|now| Arc::ptr_eq(now, &before.history))
        });
        if before.is_none() && (was_known || history.is_some()) {
            // What rules say of any document may follow from its history.
            resolution.touched = None;
        }
        let paths = || resolution.documents.iter().map(|document| &document.path);
        let anew = history.map(|history| before.unwrap_or_else(|| Versions::of(history, paths())));
        resolution.handbook.versions = anew;
        resolution
    }

    fn without_history(parts: Parts<'_>, last: Option<Self>) -> Self {
        let gather = || Registry::gather(&parts.config, &parts.documents);
        let Some(last) = last.filter(|last| last.fits(&parts)) else {
            let registry = gather();
            return Self::anew(parts, registry);
        };
        let is_moved = last.departments_change(&parts.documents);
        if is_moved {
            let registry = gather();
            if registry != *last.handbook.registry {
                return Self::anew(parts, registry);
            }
        }
        let is_today = last.handbook.today == parts.today;
        let mut again = last.again(parts.documents, is_moved);
        if !is_today {
            // Any canvas may be due now.
            again.handbook.today = parts.today;
            again.touched = None;
        }
        again
    }

    /// What is wrong with a document as a part of the whole.
    pub fn said(&self, index: DocumentIndex) -> impl Iterator<Item = &Diagnostic> {
        let Said { facts, links } = &self.said[index.0 as usize];
        facts.iter().chain(links)
    }

    /// The documents with links to paths of the built site.
    pub fn leading_to_site(&self) -> impl Iterator<Item = DocumentIndex> {
        self.leading_to_site.iter().copied().map(DocumentIndex)
    }

    /// What is wrong between several documents.
    pub fn between(&self) -> &[Diagnostic] {
        &self.between
    }

    /// The documents of which anything is not as it was the last time; `None` if all may be another.
    pub fn touched(&self) -> Option<&BTreeSet<u32>> {
        self.touched.as_ref()
    }

    /// True where there are the same documents and files as the last time, whatever they say.
    fn fits(&self, parts: &Parts<'_>) -> bool {
        let same = |(old, new): (&Arc<Document>, &Arc<Document>)| Arc::ptr_eq(old, new);
        // A name that comes or goes may change what any link to it means.
        let is_alike = |old: &Document, new: &Document| {
            old.path == new.path && old.front.names == new.front.names
        };
        let at_place =
            |pair @ (old, new): (&Arc<Document>, &Arc<Document>)| same(pair) || is_alike(old, new);
        Arc::ptr_eq(&self.handbook.config, &parts.config)
            && Arc::ptr_eq(&self.handbook.kinds, &parts.kinds)
            && self.documents.len() == parts.documents.len()
            && self.documents.iter().zip(&parts.documents).all(at_place)
            && self.directory.drafts.len() == parts.drafts.len()
            && self.directory.drafts.iter().zip(&parts.drafts).all(same)
            && *self.directory.files.all == *parts.files
    }

    /// The documents that were written since.
    fn changed(&self, documents: &[Arc<Document>]) -> BTreeSet<u32> {
        let pairs = (0u32..).zip(self.documents.iter().zip(documents));
        let changed = pairs.filter(|(_, (old, new))| !Arc::ptr_eq(old, new));
        changed.map(|(index, _)| index).collect()
    }

    /// True where there may be other departments now.
    fn departments_change(&self, documents: &[Arc<Document>]) -> bool {
        self.changed(documents).into_iter().any(|index| {
            let (old, new) = (&self.documents[index as usize], &documents[index as usize]);
            !Registry::is_told_the_same(old, new)
        })
    }

    /// Resolves all documents for the first time.
    fn anew(parts: Parts<'_>, registry: Registry) -> Self {
        let Parts { config, kinds, documents, drafts, files, today, history: _ } = parts;
        let folders = folders(&documents).into();
        let directory = Directory::new(&documents, files.into(), folders, drafts);
        let count = documents.len();
        let handbook = Handbook {
            introduced: introductions::find(&documents, &registry, &config),
            registry: Arc::new(registry),
            alike: Arc::default(),
            config,
            kinds,
            today,
            versions: None,
            documents: Arc::default(),
            departments: Arc::default(),
            lists: Arc::default(),
            translations: Arc::default(),
            scenarios: Arc::default(),
            backlinks: vec![Arc::default(); count].into(),
            files: directory.files.all.clone(),
            folders: directory.folders.all.clone(),
        };
        let said = std::iter::repeat_with(Said::default).take(count).collect();
        let mut resolution = Self {
            handbook,
            said,
            leading_to_site: BTreeSet::new(),
            translated: BTreeSet::new(),
            compared: BTreeSet::new(),
            touched: None,
            between: Vec::new(),
            documents,
            directory,
            ledger: None,
        };
        let all: BTreeSet<u32> = (0u32..).take(count).collect();
        resolution.renew(&all, all.clone());
        let mut alike = Alike::default();
        alike.retitled(&resolution.documents, &all, resolution.directory.names.titled());
        alike.list_owners(&resolution.handbook.lists.owners);
        resolution.handbook.alike = Arc::new(alike);
        resolution
    }

    /// Resolves the same documents again, of which some changed. `is_moved` says that other documents
    /// may name the departments than before.
    fn again(mut self, documents: Vec<Arc<Document>>, is_moved: bool) -> Self {
        let changed = self.changed(&documents);
        let mut linked = changed.clone();
        let said = (0u32..).zip(&self.said).filter(|(_, said)| !said.links.is_empty());
        linked.extend(said.map(|(index, _)| index));
        for index in &changed {
            let (old, new) = (&self.documents[*index as usize], &documents[*index as usize]);
            let namesakes = self.directory.rename(DocumentIndex(*index), &old.title, &new.title);
            for namesake in namesakes {
                let references = self.handbook.backlinks(DocumentIndex(namesake));
                linked.extend(references.iter().map(|reference| reference.from.document.0));
            }
        }
        let before = std::mem::replace(&mut self.documents, documents);
        let mut touched = changed.clone();
        let introduced = Arc::clone(&self.handbook.introduced);
        if is_moved || introduced.documents().any(|document| changed.contains(&document)) {
            let now = introductions::find(
                &self.documents,
                &self.handbook.registry,
                &self.handbook.config,
            );
            if now != introduced {
                touched.extend(introduced.documents().chain(now.documents()));
                self.handbook.introduced = now;
            }
        }
        let lists = Arc::clone(&self.handbook.lists);
        touched.extend(self.renew(&changed, linked));
        touched.extend(self.find_alike(&before, &changed, &lists));
        self.touched = Some(touched);
        self
    }

    /// Looks again for what can hardly be told apart, where documents or lists are not as they were `before`.
    /// The documents where anything was or is said.
    fn find_alike(
        &mut self,
        before: &[Arc<Document>],
        changed: &BTreeSet<u32>,
        lists: &Arc<Lists>,
    ) -> Vec<u32> {
        let both = |index: &u32| (&before[*index as usize], &self.documents[*index as usize]);
        let is_retitled = |index: &&u32| {
            let (old, new) = both(index);
            old.title != new.title
        };
        let retitled: BTreeSet<u32> = changed.iter().filter(is_retitled).copied().collect();
        let are_relisted = !Arc::ptr_eq(lists, &self.handbook.lists);
        if retitled.is_empty() && !are_relisted {
            return Vec::new();
        }
        let mut alike = Alike::clone(&self.handbook.alike);
        let titles = retitled.iter().map(both).flat_map(|(old, new)| [&old.title, &new.title]);
        let titles: BTreeSet<&String> = titles.collect();
        let groups = titles.into_iter().map(|title| self.directory.names.namesakes(title));
        alike.retitled(&self.documents, &retitled, groups);
        if are_relisted {
            alike.list_owners(&self.handbook.lists.owners);
        }
        if alike == *self.handbook.alike {
            return Vec::new();
        }
        let was = std::mem::replace(&mut self.handbook.alike, Arc::new(alike));
        was.documents().chain(self.handbook.alike.documents()).collect()
    }

    /// Gathers and links the documents that changed, and links others that may lead elsewhere now.
    /// All that were linked.
    fn renew(&mut self, changed: &BTreeSet<u32>, mut linked: BTreeSet<u32>) -> BTreeSet<u32> {
        let documents = &self.documents;
        let mut fresh = linked::gather(documents, changed, &self.handbook.registry);
        let old = Arc::clone(&self.handbook.documents);
        let registry = Arc::clone(&self.handbook.registry);
        let departments = registry.departments();
        let contents = Contents::new(documents, &fresh, &old, departments);
        for index in changed.iter().filter(|index| (**index as usize) < old.len()) {
            let before = Known::of(&old[*index as usize], departments);
            if !before.means_the_same(contents.known(DocumentIndex(*index))) {
                let references = self.handbook.backlinks(DocumentIndex(*index));
                linked.extend(references.iter().map(|reference| reference.from.document.0));
            }
        }
        let mut links = linked::link(&self.directory, &contents, &linked);
        linked::tell(&mut links, &self.directory, &contents, &self.handbook.config);
        // The names of all documents weigh as much as the lists that are made next.
        drop(contents);
        let mut entries: Vec<Arc<Entry>> = old.to_vec();
        for (document, found) in linked.iter().zip(links) {
            let leads_to_site = found.targets.contains(&Target::Site);
            keep(&mut self.leading_to_site, *document, leads_to_site);
            keep(&mut self.translated, *document, found.translation_of.is_some());
            let is_compared = found.based_on.is_some() || found.compare_with.is_some();
            keep(&mut self.compared, *document, is_compared);
            let index = *document as usize;
            let facts = fresh[index].take();
            let is_fresh = facts.is_some();
            if !is_fresh && found.leads_as(&old[index]) {
                self.said[index].links = found.diagnostics;
                continue;
            }
            let facts = facts.unwrap_or_else(|| Facts::of(&old[index]));
            let (entry, facts, links) = entry(&documents[index], facts, found);
            if is_fresh {
                self.said[index].facts = facts;
            }
            self.said[index].links = links;
            // The first time, every document is linked, in order.
            match entries.get_mut(index) {
                Some(place) => *place = entry,
                None => entries.push(entry),
            }
        }
        let is_new = |index: &u32| {
            let old = old.get(*index as usize);
            old.is_none_or(|old| !lists::are_same(old, &entries[*index as usize]))
        };
        let listed: Vec<u32> = changed.iter().copied().filter(is_new).collect();
        if old.is_empty() || !listed.is_empty() {
            let ledger = self.ledger.take().filter(|_| listed.len() <= MOST_RELISTED);
            let ledger =
                relisted(ledger, (departments, &self.handbook.kinds), &listed, &old, &entries);
            let (departments, lists) = ledger.lists(&self.handbook.kinds, departments, &entries);
            self.ledger = Some(ledger);
            self.handbook.departments = departments;
            self.handbook.lists = Arc::new(lists);
        }
        self.handbook.backlinks =
            backlinks::turn_round(&self.handbook.backlinks, &old, &entries, &linked);
        self.translate(&entries);
        self.handbook.documents = entries.into();
        linked
    }

    /// Puts the documents together that say the same in several languages, and those that are compared.
    fn translate(&mut self, entries: &[Arc<Entry>]) {
        self.between.clear();
        let language = &self.handbook.config.language;
        let translations =
            Translations::gather(entries, &self.translated, language, &mut self.between);
        self.handbook.translations = Arc::new(translations);
        let scenarios = Scenarios::gather(entries, &self.compared, &mut self.between);
        self.handbook.scenarios = Arc::new(scenarios);
    }
}

/// A document with what the whole knows of it, and what is wrong with its facts and with its links.
pub(super) fn entry(
    document: &Arc<Document>,
    facts: Facts,
    linked: Linked,
) -> (Arc<Entry>, Vec<Diagnostic>, Vec<Diagnostic>) {
    let entry = Arc::new(Entry {
        document: Arc::clone(document),
        elements: facts.elements,
        part_departments: facts.part_departments,
        departments: facts.departments,
        translation_of: linked.translation_of,
        based_on: linked.based_on,
        compare_with: linked.compare_with,
        targets: linked.targets,
        relations: linked.relations,
    });
    (entry, facts.said, linked.diagnostics)
}

/// Takes some documents out of the lists as they were and puts them in as they are; without lists,
/// puts all documents in.
fn relisted(
    ledger: Option<Ledger>,
    (departments, kinds): (&[Department], &Kinds),
    listed: &[u32],
    old: &[Arc<Entry>],
    new: &[Arc<Entry>],
) -> Ledger {
    if let Some(mut ledger) = ledger {
        for index in listed {
            ledger.remove(DocumentIndex(*index), &old[*index as usize]);
            ledger.add(DocumentIndex(*index), &new[*index as usize]);
        }
        return ledger;
    }
    let mut ledger = Ledger::new(departments, kinds);
    for (index, entry) in (0u32..).map(DocumentIndex).zip(new) {
        ledger.add(index, entry);
    }
    ledger.shrink_to_fit();
    ledger
}

/// Puts a document into a set, or takes it out.
fn keep(documents: &mut BTreeSet<u32>, document: u32, is_in: bool) {
    if is_in {
        documents.insert(document);
    } else {
        documents.remove(&document);
    }
}
