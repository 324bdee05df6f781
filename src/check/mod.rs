//! Rules: what may be wrong with a canvas although it can be read.
//!
//! A rule only adds diagnostics; the configuration sets their levels, and a canvas may waive them
//! with a reason ([`weigh`]). Each rule in code has a file of its own.

mod activity_without_department;
mod activity_without_owner;
mod block_nearly_known;
mod department_nearly_known;
mod empty_block;
mod empty_section;
#[cfg(test)]
mod every_rule;
mod findings;
mod forms;
pub mod gaps;
mod missing_block;
mod nonstandard_label;
mod overfull_block;
mod overlapping_departments;
mod owner_nearly_known;
mod repeated_element;
mod repeated_title;
mod review_overdue;
mod rule;
mod suspect_reference;
#[cfg(test)]
pub(crate) mod tests;
mod unnamed_element;
mod weigh;

pub use findings::{Counts, Diagnostics, Finding, Findings};
pub use forms::Said;
pub use gaps::{GapCounts, GapKey, Gaps};
pub(crate) use overfull_block::RULE as OVERFULL_BLOCK;
pub use rule::{Rule, RuleIndex, Rules};

use crate::canvas::Canvas;
use crate::diagnostic::{Code, Diagnostic, catalogue};
use crate::handbook::{DocumentIndex, Entry, Handbook, Neighbours};
use crate::source::{Location, Span};

/// The subject of a rule: a canvas of a handbook.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'s> {
    /// The handbook.
    pub handbook: &'s Handbook,
    /// The index of the canvas's document.
    pub index: DocumentIndex,
    /// The document with what the handbook adds to it.
    pub entry: &'s Entry,
    /// The canvas.
    pub canvas: &'s Canvas,
    /// The relations of the canvas, by element.
    pub neighbours: &'s Neighbours,
}

/// The words of the kind of a document's canvas for a finding, on a page in a language; `None` if the
/// finding is not of one of its rules, or if the words are elsewhere.
pub fn said_by_kind(
    handbook: &Handbook,
    index: DocumentIndex,
    code: &Code,
    element: Option<u32>,
    language: &str,
) -> Option<Said> {
    let entry = handbook.entry(index);
    let canvas = entry.document.canvas.as_ref()?;
    let neighbours = &Neighbours::new(entry);
    let subject = Subject { handbook, index, entry, canvas, neighbours };
    forms::said(&subject, code, element, language)
}

/// Adds the findings about the handbook as a whole: reviews that the history does not reach back to.
pub(crate) fn of_whole(handbook: &Handbook, diagnostics: &mut Vec<Diagnostic>) {
    if handbook.config.level(suspect_reference::CODE) != Some(None)
        && let Some((canvas, reviewed)) = suspect_reference::out_of_reach(handbook)
    {
        let path = &handbook.entry(canvas).document.path;
        diagnostics.push(catalogue::short_history(path, reviewed));
    }
}

impl Subject<'_> {
    /// The location of a span in the canvas's document.
    fn place(&self, span: Span) -> Location {
        Location::new(&self.entry.document.path, span)
    }

    /// The head of the canvas, for findings about it as a whole: its title, else its first block.
    fn head(&self) -> Span {
        let document = &self.entry.document;
        let first = self.canvas.blocks.first().map_or(document.body, |block| block.heading);
        document.title_heading.unwrap_or(first)
    }

    /// The language of the canvas: its own, else the handbook's.
    fn language(&self) -> &str {
        self.entry.document.front.lang.as_deref().unwrap_or(&self.handbook.config.language)
    }

    /// The title of an element, as messages have it.
    fn name(&self, element: u32) -> String {
        /// The length that a name may have that is not marked as one.
        const LONGEST: usize = 60;
        let title = self.canvas.elements.title(element);
        match title.char_indices().nth(LONGEST) {
            Some((end, _)) => format!("{}…", title[..end].trim_end()),
            None => title.into_owned(),
        }
    }
}
