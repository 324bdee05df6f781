//! Rules that look at the resolved handbook: one rule a file.
//!
//! A rule only adds findings; how much each weighs is set by the configuration, and a canvas may
//! waive it with a reason ([`weigh`]).

mod block_nearly_known;
mod empty_block;
mod findings;
mod missing_block;
mod weigh;

pub use findings::{Counts, Diagnostics, Finding, Findings, RuleIndex};
pub use weigh::{set_level, weigh};

use crate::diagnostic::Diagnostic;
use crate::handbook::Entry;

/// Runs every rule over a document of a handbook in a language.
pub fn run(entry: &Entry, language: &str, diagnostics: &mut Vec<Diagnostic>) {
    let Some(canvas) = &entry.document.canvas else { return };
    block_nearly_known::check(&entry.document, canvas, language, diagnostics);
    empty_block::check(&entry.document, canvas, diagnostics);
    missing_block::check(&entry.document, canvas, diagnostics);
}
