//! Rules that look at the resolved handbook: one rule a file.
//!
//! A rule only adds findings; how much each weighs is set by the configuration, and a canvas may
//! waive it with a reason ([`weigh`]).

mod block_nearly_known;
mod empty_block;
mod missing_block;
mod weigh;

pub use weigh::weigh;

use crate::diagnostic::Diagnostic;
use crate::handbook::Handbook;

/// Runs every rule over the handbook.
pub fn run(handbook: &Handbook, diagnostics: &mut Vec<Diagnostic>) {
    for (_, entry, canvas) in handbook.canvases() {
        let language = &handbook.config.language;
        block_nearly_known::check(&entry.document, canvas, language, diagnostics);
        empty_block::check(&entry.document, canvas, diagnostics);
        missing_block::check(&entry.document, canvas, diagnostics);
    }
}
