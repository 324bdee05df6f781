//! The forms of rules that the file of a kind can ask for.

use super::Subject;
use crate::diagnostic::{Diagnostic, catalogue};
use crate::kind::{BlockIndex, Kind, RuleForm, RuleKind};
use crate::source::Span;

/// Adds what a rule of the canvas's kind finds.
pub(super) fn check(subject: &Subject<'_>, rule: &RuleKind, diagnostics: &mut Vec<Diagnostic>) {
    match &rule.form {
        RuleForm::Needs(of) => needs(subject, rule, of, diagnostics),
        RuleForm::Filled => filled(subject, rule, diagnostics),
        RuleForm::AtMost(most) => at_most(subject, rule, *most, diagnostics),
    }
}

/// What a rule of a kind finds; a sentence.
pub(super) fn meaning(kind: &Kind, rule: &RuleKind) -> String {
    let label = |block: &BlockIndex| kind.block_kind(*block).label.as_str();
    let block = label(&rule.block);
    match &rule.form {
        RuleForm::Needs(of) => {
            let of: Vec<&str> = of.iter().map(label).collect();
            format!("An element of {block} that relates to nothing in {}.", of.join(" or "))
        }
        RuleForm::Filled => format!("{block} without an element."),
        RuleForm::AtMost(most) => format!("{block} with more than {most} elements."),
    }
}

/// Each element of the block relates to an element of one of some others, whichever of the two the
/// reference was written in.
fn needs(
    subject: &Subject<'_>,
    rule: &RuleKind,
    of: &[BlockIndex],
    diagnostics: &mut Vec<Diagnostic>,
) {
    let canvas = subject.canvas;
    let elements = &canvas.elements;
    let labels: Vec<&str> =
        of.iter().map(|block| canvas.kind.block_kind(*block).label.as_str()).collect();
    for (index, element) in elements.in_block(rule.block) {
        let mut neighbours = subject.neighbours.of(index);
        if neighbours.any(|neighbour| of.contains(&elements.block(neighbour.element))) {
            continue;
        }
        let (name, place) = match element.name {
            Some(name) => (name.to_owned(), element.name_span),
            None => (shortened(&element.text.get()), element.text_span),
        };
        let help = format!("refer from it to an element of {}, or back", labels.join(" or "));
        let fill = [("element", name)];
        diagnostics.push(found(subject, rule, place, &fill, help));
    }
}

/// The block has an element.
fn filled(subject: &Subject<'_>, rule: &RuleKind, diagnostics: &mut Vec<Diagnostic>) {
    if subject.canvas.elements.in_block(rule.block).next().is_none() {
        let kind = subject.canvas.kind.block_kind(rule.block);
        let help = match kind.prompt_in(subject.language()).0 {
            "" => format!("write an element below {}", kind.label),
            prompt => prompt.to_owned(),
        };
        diagnostics.push(found(subject, rule, heading(subject, rule.block), &[], help));
    }
}

/// The block has no more elements than so many.
fn at_most(subject: &Subject<'_>, rule: &RuleKind, most: u32, diagnostics: &mut Vec<Diagnostic>) {
    let count = subject.canvas.elements.in_block(rule.block).count();
    if count > most as usize {
        let help = "keep those that matter most, or merge some of them".to_owned();
        let fill = [("count", count.to_string()), ("most", most.to_string())];
        diagnostics.push(found(subject, rule, heading(subject, rule.block), &fill, help));
    }
}

/// Where a block begins; the head of a canvas that does not have it.
fn heading(subject: &Subject<'_>, block: BlockIndex) -> Span {
    let written = subject.canvas.blocks.iter().find(|written| written.index == block);
    written.map_or_else(|| subject.head(), |written| written.heading)
}

/// A finding with the message of its rule, in the language of the canvas.
fn found(
    subject: &Subject<'_>,
    rule: &RuleKind,
    place: Span,
    fill: &[(&str, String)],
    help: String,
) -> Diagnostic {
    let block = subject.canvas.kind.block_kind(rule.block).label.as_str();
    let fill = fill.iter().map(|(place, text)| (*place, text.as_str())).chain([("block", block)]);
    let message = filled_in(rule.message_in(subject.language()), &fill.collect::<Vec<_>>());
    catalogue::found_by_kind(rule.code.clone(), subject.place(place), message, help)
}

/// The first words of an element without a name.
fn shortened(text: &str) -> String {
    /// As long as a name may be.
    const LONGEST: usize = 60;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

/// A message with its places filled in. What is filled in is left as it is, braces included.
fn filled_in(message: &str, fill: &[(&str, &str)]) -> String {
    let mut whole = String::new();
    let mut rest = message;
    while let Some((before, after)) = rest.split_once('{') {
        whole.push_str(before);
        let known = after.split_once('}').and_then(|(place, after)| {
            let text = fill.iter().find(|(known, _)| *known == place)?.1;
            Some((text, after))
        });
        let (text, after) = known.unwrap_or(("{", after));
        whole.push_str(text);
        rest = after;
    }
    whole + rest
}

#[cfg(test)]
mod tests;
