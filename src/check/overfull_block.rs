//! `overfull-block`: a block with more elements than its kind allows.

use super::forms::{count, heading};
use super::{Rule, Subject};
use crate::diagnostic::{Diagnostic, Severity, catalogue};
use crate::terms::Levels;

pub(crate) const RULE: Rule =
    Rule::of_coherence("overfull-block", "A block with more elements than its kind allows.", check)
        .at_levels(Levels::always(Severity::Advice));

fn check(subject: &Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let kind = &subject.canvas.kind;
    for (index, block) in kind.indexes().zip(&kind.blocks) {
        let Some(most) = block.at_most else { continue };
        let count = count(subject, index);
        if count > most as usize {
            let place = subject.place(heading(subject, index));
            let label = subject.canvas.label_of(index);
            diagnostics.push(catalogue::overfull_block(place, label, count, most));
        }
    }
}
