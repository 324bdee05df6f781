//! The forms of rules that the file of a kind can ask for.

use super::Subject;
use crate::canvas::Element;
use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::catalogue::{self, FULL};
use crate::kind::labels::Named;
use crate::kind::{BlockIndex, Kind, RuleForm, RuleKind};
use crate::language;
use crate::source::Span;

/// Adds the findings of a rule of the canvas's kind.
pub(super) fn check(subject: &Subject<'_>, rule: &RuleKind, diagnostics: &mut Vec<Diagnostic>) {
    match &rule.form {
        RuleForm::Needs(of) => needs(subject, rule, of, diagnostics),
        RuleForm::Filled => filled(subject, rule, diagnostics),
        RuleForm::AtMost(most) => at_most(subject, rule, *most, diagnostics),
    }
}

/// The meaning of a rule of a kind; a sentence.
pub(super) fn meaning(kind: &Kind, rule: &RuleKind) -> String {
    let label = |block: &BlockIndex| kind.block_kind(*block).label.as_str();
    let block = label(&rule.block);
    match &rule.form {
        RuleForm::Needs(of) => {
            let of: Vec<&str> = of.iter().map(label).collect();
            format!("An element of {block} that relates to nothing in {}.", listed(&of))
        }
        RuleForm::Filled => format!("{block} without an element."),
        RuleForm::AtMost(most) => format!("{block} with more than {most} elements."),
    }
}

/// Checks that each element of the block relates to an element of one of some others, whichever of
/// the two the reference was written in. A reference into another canvas is not a relation.
fn needs(
    subject: &Subject<'_>,
    rule: &RuleKind,
    of: &[BlockIndex],
    diagnostics: &mut Vec<Diagnostic>,
) {
    let canvas = subject.canvas;
    let elements = &canvas.elements;
    for (index, element) in elements.in_block(rule.block) {
        let mut neighbours = subject.neighbours.of(index);
        let is_met = neighbours.any(|neighbour| of.contains(&elements.block(neighbour.element)));
        if is_met || is_in_known_group(subject, element) {
            continue;
        }
        let name = subject.name(index);
        let shown = if name.contains(['[', ']', '`']) { "…" } else { &name };
        let id = subject.entry.elements.at(index).id;
        let blocks: Vec<&str> = of.iter().map(|block| canvas.label_of(*block)).collect();
        let help = format!(
            "write `[{shown}](#{id})` in an element of {}, or link from here to one of them",
            listed(&blocks)
        );
        let place = element.title_span();
        diagnostics.push(found(subject, rule, place, &[("element", name)], help));
    }
}

/// Whether an element is in a group that its kind knows, such as Existing Alternatives: its elements
/// are not problems themselves, though the group belongs to that block.
fn is_in_known_group(subject: &Subject<'_>, element: Element<'_>) -> bool {
    let canvas = subject.canvas;
    let Some(part) = element.part.filter(|_| !canvas.kind.groups.is_empty()) else { return false };
    let kinds = &subject.handbook.kinds;
    let block = canvas.blocks.iter().find(|block| block.index == element.block);
    let label = block.and_then(|block| kinds.label(&block.parts.get(part as usize)?.title));
    let sense = label.and_then(|label| label.sense(kinds.find(&canvas.kind.id)?));
    sense.is_some_and(|sense| matches!(sense.names, Named::Group(_)))
}

/// `A, B or C`.
fn listed(words: &[&str]) -> String {
    match words {
        [first @ .., last] if !first.is_empty() => format!("{} or {last}", first.join(", ")),
        _ => words.concat(),
    }
}

/// Checks that the block has an element.
fn filled(subject: &Subject<'_>, rule: &RuleKind, diagnostics: &mut Vec<Diagnostic>) {
    if subject.canvas.elements.in_block(rule.block).next().is_none() {
        let kind = subject.canvas.kind.block_kind(rule.block);
        let help = match &*kind.prompt {
            "" => format!("write an element below {}", kind.label),
            prompt => prompt.to_owned(),
        };
        diagnostics.push(found(subject, rule, heading(subject, rule.block), &[], help));
    }
}

/// Checks that the block has at most `most` elements.
fn at_most(subject: &Subject<'_>, rule: &RuleKind, most: u32, diagnostics: &mut Vec<Diagnostic>) {
    let count = count(subject, rule.block);
    if count > most as usize {
        let help = FULL.to_owned();
        let fill = [("count", count.to_string()), ("most", most.to_string())];
        diagnostics.push(found(subject, rule, heading(subject, rule.block), &fill, help));
    }
}

/// How many elements a block has, without those in groups that the kind knows.
pub(super) fn count(subject: &Subject<'_>, block: BlockIndex) -> usize {
    let elements = subject.canvas.elements.in_block(block);
    elements.filter(|(_, element)| !is_in_known_group(subject, *element)).count()
}

/// Where a block begins; the head of a canvas that does not have it.
pub(super) fn heading(subject: &Subject<'_>, block: BlockIndex) -> Span {
    let written = subject.canvas.blocks.iter().find(|written| written.index == block);
    written.map_or_else(|| subject.head(), |written| written.heading)
}

/// The words of a kind's rule for a finding, on a page in a language.
pub enum Said {
    /// Its message in that language.
    Translated(String),
    /// There are none in that language. The rule is from a file of the handbook, so there are no other
    /// words for it.
    InEnglish,
}

/// The words of the rule with a code for a finding; `None` if it is not one of the canvas's kind, or a
/// built-in one without words in that language.
pub(super) fn said(
    subject: &Subject<'_>,
    code: &Code,
    element: Option<u32>,
    language: &str,
) -> Option<Said> {
    let kind = &subject.canvas.kind;
    let rule = kind.rules.iter().find(|rule| rule.code == *code)?;
    let Some(tag) = language::find(language, rule.messages.keys().map(String::as_str)) else {
        let is_own = kind.file.as_ref() == Some(&rule.place.file);
        return is_own.then_some(Said::InEnglish);
    };
    let name = element.map(|element| subject.name(element)).unwrap_or_default();
    let mut fill = vec![("element", name)];
    if let RuleForm::AtMost(most) = rule.form {
        let count = count(subject, rule.block);
        fill.extend([("count", count.to_string()), ("most", most.to_string())]);
    }
    let message = filled_for(subject, rule, rule.messages.get(tag)?, &fill);
    Some(Said::Translated(message))
}

/// A finding with the message of its rule, in English like all diagnostics.
fn found(
    subject: &Subject<'_>,
    rule: &RuleKind,
    place: Span,
    fill: &[(&str, String)],
    help: String,
) -> Diagnostic {
    let message = filled_for(subject, rule, &rule.message, fill);
    catalogue::found_by_kind(rule.code.clone(), subject.place(place), message, help)
}

/// A message of a rule with the label of its block and other things filled in.
fn filled_for(
    subject: &Subject<'_>,
    rule: &RuleKind,
    message: &str,
    fill: &[(&str, String)],
) -> String {
    let block = subject.canvas.label_of(rule.block);
    let fill = fill.iter().map(|(place, text)| (*place, text.as_str())).chain([("block", block)]);
    filled_in(message, &fill.collect::<Vec<_>>())
}

/// A message with its placeholders filled in. Inserted texts are left as they are, braces included.
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
mod built_in;
#[cfg(test)]
mod tests;
