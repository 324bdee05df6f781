//! Where canvases introduce departments: those that are otherwise unknown, and those whose names contain
//! others.

use std::sync::Arc;

use super::departments::{Registry, department_cells};
use super::{DepartmentIndex, DocumentIndex};
use crate::canvas::Document;
use crate::config::Config;
use crate::kind::departments::built_in;
use crate::source::Span;

/// A heading, or a cell of a table, that is the first to name a department.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Introduction {
    /// The document.
    pub document: DocumentIndex,
    /// The department.
    pub department: DepartmentIndex,
    /// Its title there.
    pub title: String,
    /// The heading or the cell.
    pub heading: Span,
}

/// Two departments in canvases, of which one's name contains the other's: Sales, and Sales and
/// Customer Service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overlap {
    /// The document that introduces the second of the two.
    pub document: DocumentIndex,
    /// Its heading or cell there.
    pub heading: Span,
    /// The department whose name contains the other's.
    pub whole: DepartmentIndex,
    /// The other department.
    pub part: DepartmentIndex,
}

/// The departments that canvases introduce.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Introduced {
    /// The departments that only canvases name, each at its first occurrence, in the order of their
    /// paths.
    pub departments: Vec<Introduction>,
    /// Departments whose names contain others, in the order of their places, except those that are both
    /// in the configuration.
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
        let parts = blocks.flat_map(|block| &block.parts).filter(|part| part.department);
        let headings = parts.map(|part| (registry.of_part(part), part.title.as_str(), part.span));
        let cells = department_cells(document);
        let cells = cells.map(|name| (registry.find(name.value), name.value, name.span));
        for (department, title, heading) in headings.chain(cells) {
            let Some(department) = department else { continue };
            let at = department.0 as usize;
            if first[at].is_none() {
                first[at] = Some((index, heading));
                if !all[at].is_expected {
                    let title = title.to_owned();
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
