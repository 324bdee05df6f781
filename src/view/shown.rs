//! What pages of lists show, to tell whether that is what they showed before.

use crate::handbook::{DocumentIndex, ElementKey};

/// What a page of a list shows, and what it counts.
#[derive(Default, PartialEq, Eq)]
pub(super) struct Shown<'e> {
    /// What the list is called, where documents decide it.
    pub title: &'e str,
    /// What the page counts of the whole list.
    pub counts: [usize; 3],
    /// Canvases and pages.
    pub documents: &'e [DocumentIndex],
    /// Elements, in one or two lists.
    pub elements: [&'e [ElementKey]; 2],
}
