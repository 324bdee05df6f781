//! Makes the whole out of the documents.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::departments::{MOST_COMPARED, Registry};
use super::facts::{self, Facts};
use super::lists::{self, Lists};
use super::relations::{references, relations};
use super::resolve::{self, Directory};
use super::scope::Known;
use super::unknown::{self, Unknown};
use super::{
    DepartmentIndex, DocumentIndex, ElementKey, Entry, Handbook, Reference, Relation, Spot, Target,
};
use crate::canvas::Document;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, catalogue};
use crate::kind::departments::built_in;
use crate::slug::nearest;
use crate::source::{Location, SourcePath};

/// What a handbook is made of.
pub struct Parts<'p> {
    /// The configuration.
    pub config: Arc<Config>,
    /// Every document that is published, sorted by path.
    pub documents: Vec<Arc<Document>>,
    /// Documents that are left out because they are drafts.
    pub drafts: Vec<Arc<Document>>,
    /// Files beside the documents, sorted.
    pub files: &'p [SourcePath],
}

/// What resolving one document's links yields.
struct Linked {
    targets: Vec<Target>,
    references: Vec<Reference>,
    relations: Vec<Relation>,
    unknown: Vec<Unknown>,
    diagnostics: Vec<Diagnostic>,
}

/// Resolves all documents into a handbook. Adds what is wrong to `diagnostics`.
pub fn resolve(parts: Parts<'_>, diagnostics: &mut Vec<Diagnostic>) -> Handbook {
    let registry = Registry::gather(&parts.config, &parts.documents);
    let gathered: Vec<(Facts, Vec<Diagnostic>)> = parts
        .documents
        .par_iter()
        .map(|document| {
            let mut found = Vec::new();
            let facts = facts::gather(document, &registry, &mut found);
            (facts, found)
        })
        .collect();
    nearly_known_departments(&parts.documents, &registry, &parts.config.language, diagnostics);
    let folders = folders(&parts.documents);
    let linked = link(&parts, &gathered, &registry, &folders, diagnostics);
    let mut references =
        Vec::with_capacity(linked.iter().map(|linked| linked.references.len()).sum());
    let mut entries = Vec::with_capacity(parts.documents.len());
    let documents = parts.documents.into_iter().zip(gathered).zip(linked);
    for ((document, (facts, found)), linked) in documents {
        diagnostics.extend(found);
        references.extend(linked.references);
        entries.push(Entry {
            document,
            elements: facts.elements,
            part_departments: facts.part_departments,
            departments: facts.departments,
            targets: linked.targets,
            relations: linked.relations,
        });
    }
    let mut handbook = Handbook {
        config: parts.config,
        backlinks: backlinks(entries.len(), &references),
        documents: entries,
        departments: registry.into_departments(),
        categories: BTreeMap::new(),
        uncategorised: 0,
        lists: Lists::default(),
        references,
        files: parts.files.to_vec(),
        folders,
    };
    count_activities(&mut handbook);
    handbook.lists = lists::gather(&handbook);
    handbook
}

/// The folders that documents stand in, and the folders around those, sorted.
fn folders(documents: &[Arc<Document>]) -> Vec<String> {
    let mut folders = BTreeSet::new();
    for document in documents {
        let folder = document.path.folder();
        let ends = folder.match_indices('/').map(|(end, _)| end).chain([folder.len()]);
        folders.extend(ends.map(|end| &folder[..end]));
    }
    folders.into_iter().map(str::to_owned).collect()
}

/// Resolves the links of every document.
fn link(
    parts: &Parts<'_>,
    gathered: &[(Facts, Vec<Diagnostic>)],
    registry: &Registry,
    folders: &[String],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Linked> {
    let documents = &parts.documents;
    let known: Vec<Known<'_>> = documents
        .iter()
        .zip(gathered)
        .map(|(document, (facts, _))| Known {
            document,
            elements: &facts.elements,
            part_departments: &facts.part_departments,
            departments: registry.departments(),
        })
        .collect();
    let directory = Directory::new(known, parts.files, folders, &parts.drafts);
    let count = u32::try_from(documents.len()).unwrap_or(u32::MAX);
    let mut linked: Vec<Linked> = (0..count)
        .into_par_iter()
        .map(|index| {
            let index = DocumentIndex(index);
            let document = &documents[index.0 as usize];
            let mut diagnostics = Vec::new();
            let (targets, unknown) = resolve::targets(&directory, index, &mut diagnostics);
            let references = references(index, document, &targets);
            let relations = relations(document, &references, &mut diagnostics);
            Linked { targets, references, relations, unknown, diagnostics }
        })
        .collect();
    // One after the other, for how much may be compared to find what was meant is for all together.
    let unknown = linked.iter_mut().flat_map(|linked| std::mem::take(&mut linked.unknown));
    unknown::tell(&directory, unknown.collect(), parts.config.unknown_references, diagnostics);
    diagnostics.extend(linked.iter_mut().flat_map(|l| std::mem::take(&mut l.diagnostics)));
    linked
}

/// For each document the references that lead to it, by the place they lead to.
fn backlinks(documents: usize, references: &[Reference]) -> Vec<Vec<u32>> {
    let mut backlinks = vec![Vec::new(); documents];
    for (index, reference) in (0u32..).zip(references) {
        if reference.from != reference.to {
            backlinks[reference.to.document.0 as usize].push(index);
        }
    }
    for of_document in &mut backlinks {
        of_document.sort_by_key(|index: &u32| {
            let reference = &references[*index as usize];
            (reference.to, reference.from, reference.link)
        });
    }
    backlinks
}

/// Tells each department which activities it leads and contributes to.
fn count_activities(handbook: &mut Handbook) {
    let documents = std::mem::take(&mut handbook.documents);
    for (document, entry) in (0u32..).map(DocumentIndex).zip(&documents) {
        let Some(canvas) = &entry.document.canvas else { continue };
        let activities = canvas.kind.departments_block();
        for ((element, written), facts) in (0u32..).zip(&canvas.elements).zip(&entry.elements) {
            if Some(written.block) != activities {
                continue;
            }
            let key = ElementKey { document, element };
            match facts.category {
                Some(category) => handbook.categories.entry(category).or_default().push(key),
                None => handbook.uncategorised += 1,
            }
            if let Some(index) = facts.department {
                let department = &mut handbook.departments[index.0 as usize];
                department.meet(document);
                department.leads.push(key);
            }
            for index in &facts.contributing {
                let department = &mut handbook.departments[index.0 as usize];
                department.meet(document);
                department.contributes.push(key);
            }
        }
    }
    for department in &mut handbook.departments {
        department.leads.sort_by_cached_key(|key| {
            let category =
                documents[key.document.0 as usize].elements[key.element as usize].category;
            (category.is_none(), category, *key)
        });
    }
    handbook.documents = documents;
}

/// Tells departments that canvases introduce with a name that is nearly that of another one.
fn nearly_known_departments(
    documents: &[Arc<Document>],
    registry: &Registry,
    language: &str,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let departments = registry.departments();
    if departments.len() > MOST_COMPARED {
        return;
    }
    // Of two names that are alike, the one that comes later is told, once.
    let met = (0u32..).take(departments.len()).map(DepartmentIndex);
    let mut met: Vec<bool> = met.map(|index| registry.is_expected(index)).collect();
    for document in documents {
        let blocks = document.canvas.iter().flat_map(|canvas| &canvas.blocks);
        for part in blocks.flat_map(|block| &block.parts).filter(|part| part.department) {
            let Some(index) = registry.of_part(part) else { continue };
            if std::mem::replace(&mut met[index.0 as usize], true) {
                continue;
            }
            let others = departments.iter().enumerate().zip(&met);
            let others = others.filter(|((at, _), met)| **met && *at != index.0 as usize);
            let titles = others.map(|((_, other), _)| other.title.as_str());
            let lang = document.front.lang.as_deref().unwrap_or(language);
            let names = built_in().iter().flat_map(|known| known.names_in(lang));
            let near = nearest(&part.title, titles.chain(names.map(String::as_str)));
            if let Some(near) = near.first().filter(|near| is_slip(&part.title, near)) {
                let place = Location::new(&document.path, part.span);
                diagnostics.push(catalogue::department_nearly_known(place, &part.title, near));
            }
        }
    }
}

/// Two names so alike that one is probably a slip: short names differ in one letter by nature.
fn is_slip(a: &str, b: &str) -> bool {
    const SHORTEST: usize = 5;
    const MOST_SLIPS: usize = 2;
    // `Plant 1` and `Plant 2`, `Team A` and `Team B` are told apart on purpose.
    let tells_apart = |word: &&str| {
        let is_letter = word.chars().all(char::is_alphanumeric) && word.chars().nth(1).is_none();
        is_letter || word.contains(char::is_numeric)
    };
    let marks = |name: &str| {
        let words = name.split_whitespace().filter(tells_apart);
        words.map(str::to_lowercase).collect::<Vec<_>>()
    };
    a.chars().count().min(b.chars().count()) >= SHORTEST
        && marks(a) == marks(b)
        && strsim::osa_distance(&a.to_lowercase(), &b.to_lowercase()) <= MOST_SLIPS
}

impl Handbook {
    /// The references that lead to one spot of a document, as indexes into [`Handbook::references`],
    /// sorted by where they stand.
    pub fn backlinks_of(&self, index: DocumentIndex, spot: Spot) -> &[u32] {
        let of_document = &self.backlinks[index.0 as usize];
        let at = |position: &u32| self.references[*position as usize].to.spot;
        let start = of_document.partition_point(|position| at(position) < spot);
        let end = of_document.partition_point(|position| at(position) <= spot);
        &of_document[start..end]
    }
}

#[cfg(test)]
mod tests {
    use super::is_slip;

    #[test]
    fn a_slip_is_told_from_a_number() {
        for (a, b, expected) in [
            ("Markting", "Marketing", true),
            ("Plant 1", "Plant 2", false),
            ("Team A", "Team B", false),
            ("Plant 1", "Plnat 1", true),
            ("Werk Süd", "Werk Nord", false),
            ("HR", "PR", false),
        ] {
            assert_eq!(is_slip(a, b), expected, "{a} {b}");
        }
    }
}
