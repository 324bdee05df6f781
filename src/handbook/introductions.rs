//! Where canvases introduce departments: those that nobody else knows, and those that another one holds.

use std::sync::Arc;

use super::departments::Registry;
use super::{DepartmentIndex, DocumentIndex};
use crate::canvas::Document;
use crate::config::Config;
use crate::kind::departments::built_in;
use crate::source::Span;

/// A heading that is the first to name a department.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Introduction {
    /// The document.
    pub document: DocumentIndex,
    /// The department.
    pub department: DepartmentIndex,
    /// What it is called here.
    pub title: String,
    /// The heading.
    pub heading: Span,
}

/// Two departments that canvases name, of which one holds the other by its name: Sales, and Sales and
/// Customer Service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overlap {
    /// Where the second of the two is introduced.
    pub document: DocumentIndex,
    /// Its heading.
    pub heading: Span,
    /// The department that holds the other.
    pub whole: DepartmentIndex,
    /// The other.
    pub part: DepartmentIndex,
}

/// What the headings of canvases introduce.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Introduced {
    /// The departments that only canvases name, each where the first of them does, in the order of
    /// their paths.
    pub departments: Vec<Introduction>,
    /// Departments that hold each other, in the order of their places. Not those that the configuration
    /// has both.
    pub overlaps: Vec<Overlap>,
}

impl Introduced {
    /// The documents that introduce anything.
    pub(super) fn documents(&self) -> impl Iterator<Item = u32> {
        let departments = self.departments.iter().map(|found| found.document.0);
        departments.chain(self.overlaps.iter().map(|overlap| overlap.document.0))
    }
}

/// Finds what documents introduce, in their order.
pub(super) fn find(
    documents: &[Arc<Document>],
    registry: &Registry,
    config: &Config,
) -> Arc<Introduced> {
    let all = registry.departments();
    let mut first: Vec<Option<(DocumentIndex, Span)>> = vec![None; all.len()];
    let mut departments = Vec::new();
    for (index, document) in (0u32..).map(DocumentIndex).zip(documents) {
        let blocks = document.canvas.iter().flat_map(|canvas| &canvas.blocks);
        for part in blocks.flat_map(|block| &block.parts).filter(|part| part.department) {
            let Some(department) = registry.of_part(part) else { continue };
            let at = department.0 as usize;
            if first[at].is_none() {
                first[at] = Some((index, part.span));
                if !all[at].is_expected {
                    let (title, heading) = (part.title.clone(), part.span);
                    departments.push(Introduction { document: index, department, title, heading });
                }
            }
        }
    }
    let mut overlaps = Vec::new();
    for known in built_in() {
        for part in &known.parts {
            let both = [&known.id, part].map(|id| registry.find(id));
            let [Some(whole), Some(part)] = both else { continue };
            let met = [whole, part].map(|index| first[index.0 as usize]);
            let is_set =
                |index: DepartmentIndex| config.departments.contains_key(&all[index.0 as usize].id);
            if let [Some(one), Some(other)] = met
                && whole != part
                && !(is_set(whole) && is_set(part))
            {
                let (document, heading) = one.max(other);
                overlaps.push(Overlap { document, heading, whole, part });
            }
        }
    }
    overlaps.sort_by_key(|overlap| (overlap.document, overlap.heading));
    Arc::new(Introduced { departments, overlaps })
}
