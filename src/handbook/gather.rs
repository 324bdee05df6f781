//! Makes the handbook from the documents, and makes it again if some of them changed.
//!
//! Each step is taken for the documents whose dependencies changed:
//!
//! 1. The departments depend on the names in all documents, on their languages and on the
//!    configuration. If any of that changes, everything is resolved anew.
//! 2. What the handbook adds to a document's elements depends on the document and the departments.
//! 3. The targets of its links depend on that, on which documents exist, on the names of parts in
//!    the documents that it refers to, and on other titles if it names one.
//! 4. Lists and backlinks are the inverse of that. They stay if no document changes them.
//!
//! A document with a faulty link is linked again each time, since the diagnostic may name any other
//! document.

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
use crate::history::{History, Uncommitted, Versions};
use crate::kind::Kinds;
use crate::source::SourcePath;

/// The values that a handbook is made of.
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
    /// The day that reviews are due by, if it is known.
    pub today: Option<Date>,
    /// The history of the documents, if it was read.
    pub history: Option<Arc<History>>,
}

/// A handbook with what is needed to resolve it again if only some of its documents changed.
pub struct Resolution {
    /// The handbook.
    pub handbook: Handbook,
    /// The diagnostics of each document.
    said: Vec<DocumentDiagnostics>,
    /// The documents with links to paths of the built site.
    leading_to_site: BTreeSet<u32>,
    /// The documents that are a translation of another one.
    translated: BTreeSet<u32>,
    /// The documents that name a base or a document to be compared with.
    compared: BTreeSet<u32>,
    /// The documents that differ from the last time; `None` if all may differ.
    touched: Option<BTreeSet<u32>>,
    /// The diagnostics that concern several documents.
    between: Vec<Diagnostic>,
    documents: Vec<Arc<Document>>,
    directory: Directory,
    ledger: Option<Ledger>,
}

/// With more documents than these it is faster to make all lists anew: removing an element from the
/// middle of a long list moves everything after it.
const MOST_RELISTED: usize = 16;

/// The diagnostics of a document as a part of the handbook.
#[derive(Default)]
struct DocumentDiagnostics {
    facts: Vec<Diagnostic>,
    links: Vec<Diagnostic>,
}

/// Resolves all documents into a handbook. Adds errors to `diagnostics`.
pub fn resolve(parts: Parts<'_>, diagnostics: &mut Vec<Diagnostic>) -> Handbook {
    let resolution = Resolution::of(parts, None);
    for (index, _) in resolution.handbook.entries() {
        diagnostics.extend(resolution.said(index).cloned());
    }
    diagnostics.extend(resolution.between.iter().cloned());
    resolution.handbook
}

impl Resolution {
    /// Resolves all documents. Results of the last time are used again if they must be the same.
    pub fn of(parts: Parts<'_>, last: Option<Self>) -> Self {
        let history = parts.history.clone();
        let before = last.as_ref().and_then(|last| last.handbook.versions.clone());
        let is_same = last.as_ref().is_some_and(|last| last.fits(&parts));
        let mut resolution = Self::without_history(parts, last);
        let versions = history.map(|history| {
            let known = before.clone();
            let known = known.filter(|known| is_same && Arc::ptr_eq(&history, &known.history));
            match known {
                Some(known) if !known.follows_texts() => known,
                known => {
                    let uncommitted = resolution.uncommitted(&history);
                    let known = known.filter(|known| *known.uncommitted == uncommitted);
                    let paths = resolution.documents.iter().map(|document| &document.path);
                    known.unwrap_or_else(|| Versions::of(history, paths, uncommitted))
                }
            }
        });
        let is_again = match (&versions, &before) {
            (Some(now), Some(before)) => now.is_again_of(before),
            (now, before) => now.is_none() && before.is_none(),
        };
        if !is_again {
            // Findings in any document may depend on its history.
            resolution.touched = None;
        }
        resolution.handbook.versions = versions;
        resolution
    }

    /// The documents whose path differs from that in the newest commit. This does not follow from the history of
    /// another branch.
    fn uncommitted(&self, history: &History) -> Uncommitted {
        if self.handbook.config.history.branch.is_some() {
            return Uncommitted::default();
        }
        let mut all: Vec<&Arc<Document>> =
            self.documents.iter().chain(&self.directory.drafts).collect();
        // Both lists are sorted, which makes this fast.
        all.sort_by(|one, other| one.path.cmp(&other.path));
        Uncommitted::of(history, all.into_iter().map(|it| (&it.path, &it.text)))
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

    /// The diagnostics of a document as a part of the handbook.
    pub fn said(&self, index: DocumentIndex) -> impl Iterator<Item = &Diagnostic> {
        let DocumentDiagnostics { facts, links } = &self.said[index.0 as usize];
        facts.iter().chain(links)
    }

    /// The documents with links to paths of the built site.
    pub fn leading_to_site(&self) -> impl Iterator<Item = DocumentIndex> {
        self.leading_to_site.iter().copied().map(DocumentIndex)
    }

    /// The diagnostics that concern several documents.
    pub fn between(&self) -> &[Diagnostic] {
        &self.between
    }

    /// The documents of which anything differs from the last time; `None` if all may differ.
    pub fn touched(&self) -> Option<&BTreeSet<u32>> {
        self.touched.as_ref()
    }

    /// Whether the documents and files are those of the last time, whatever they contain.
    fn fits(&self, parts: &Parts<'_>) -> bool {
        let same = |(old, new): (&Arc<Document>, &Arc<Document>)| Arc::ptr_eq(old, new);
        // A name that comes or goes may change the meaning of any link to it.
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

    /// The documents whose text has changed since.
    fn changed(&self, documents: &[Arc<Document>]) -> BTreeSet<u32> {
        let pairs = (0u32..).zip(self.documents.iter().zip(documents));
        let changed = pairs.filter(|(_, (old, new))| !Arc::ptr_eq(old, new));
        changed.map(|(index, _)| index).collect()
    }

    /// Whether there may be other departments now.
    fn departments_change(&self, documents: &[Arc<Document>]) -> bool {
        self.changed(documents).into_iter().any(|index| {
            let (old, new) = (&self.documents[index as usize], &documents[index as usize]);
            !Registry::declares_the_same(old, new)
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
        let said = std::iter::repeat_with(DocumentDiagnostics::default).take(count).collect();
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

    /// Resolves the same documents again, of which some changed. `is_moved` is whether the
    /// departments may be named in other documents than before.
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

    /// Updates the documents and owners that are hard to tell apart, if documents or lists differ from
    /// `before`. Returns the documents where anything was or is reported.
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

    /// Gathers and links the documents that changed, and links others whose targets may have
    /// changed. Returns all that were linked.
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
        // The names of all documents take as much memory as the lists that are made next.
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

    /// Groups the documents that are translations of each other, and those that are compared.
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

/// The entry of a document, and the diagnostics of its facts and of its links.
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
