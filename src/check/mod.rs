//! Rules that look at the resolved handbook: one rule a file.
//!
//! A rule only adds findings; how much each weighs is set by the configuration, and a canvas may
//! waive it with a reason ([`weigh`]).

mod block_nearly_known;
mod empty_block;
mod missing_block;
mod weigh;

pub use weigh::{set_level, weigh};

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::diagnostic::Diagnostic;
use crate::handbook::{DocumentIndex, Entry, Handbook};

/// Runs every rule over a document of a handbook in a language.
pub fn run(entry: &Entry, language: &str, diagnostics: &mut Vec<Diagnostic>) {
    let Some(canvas) = &entry.document.canvas else { return };
    block_nearly_known::check(&entry.document, canvas, language, diagnostics);
    empty_block::check(&entry.document, canvas, diagnostics);
    missing_block::check(&entry.document, canvas, diagnostics);
}

/// All that is wrong with each document of a handbook, weighed.
#[derive(Debug, Default)]
pub struct Findings {
    of: Vec<Vec<Diagnostic>>,
}

impl Findings {
    /// Looks at the documents that were touched, or at all. `said` is what others found wrong with
    /// one of them.
    pub fn update<'s, I>(
        &mut self,
        handbook: &Handbook,
        touched: Option<&BTreeSet<u32>>,
        said: impl Fn(DocumentIndex) -> I + Sync,
    ) where
        I: Iterator<Item = &'s Diagnostic>,
    {
        let find = |index: DocumentIndex| {
            let entry = handbook.entry(index);
            let mut diagnostics: Vec<Diagnostic> = said(index).cloned().collect();
            run(entry, &handbook.config.language, &mut diagnostics);
            weigh(entry, &handbook.config, diagnostics)
        };
        match touched {
            Some(touched) => {
                for index in touched {
                    self.of[*index as usize] = find(DocumentIndex(*index));
                }
            }
            None => {
                let count = u32::try_from(handbook.documents.len()).unwrap_or(u32::MAX);
                let all = (0..count).into_par_iter();
                self.of = all.map(|index| find(DocumentIndex(index))).collect();
            }
        }
    }

    /// What is wrong, document by document.
    pub fn all(&self) -> impl Iterator<Item = &Diagnostic> {
        self.of.iter().flatten()
    }
}
