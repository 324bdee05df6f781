//! Where canvases introduce departments that nobody else knows.

use std::sync::Arc;

use super::departments::Registry;
use super::{DepartmentIndex, DocumentIndex};
use crate::canvas::Document;
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

/// Finds the introductions of documents, in their order.
pub(super) fn find(documents: &[Arc<Document>], registry: &Registry) -> Arc<[Introduction]> {
    let mut met: Vec<bool> =
        registry.departments().iter().map(|department| department.is_expected).collect();
    let mut found = Vec::new();
    for (index, document) in (0u32..).map(DocumentIndex).zip(documents) {
        let blocks = document.canvas.iter().flat_map(|canvas| &canvas.blocks);
        for part in blocks.flat_map(|block| &block.parts).filter(|part| part.department) {
            let Some(department) = registry.of_part(part) else { continue };
            if !std::mem::replace(&mut met[department.0 as usize], true) {
                let title = part.title.clone();
                found.push(Introduction { document: index, department, title, heading: part.span });
            }
        }
    }
    found.into()
}
