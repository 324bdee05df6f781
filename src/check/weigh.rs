//! Applies the configuration's levels to findings, and the waivers of their canvas.

use super::{Finding, Rules, Subject};
use crate::canvas::Document;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::catalogue;
use crate::front_matter::Waiver;
use crate::handbook::{DocumentIndex, Entry, Handbook, Neighbours};
use crate::slug::slug;
use crate::source::{Location, Span};

/// The findings of a document: the diagnostics of reading it and the findings of rules, with the
/// configured level, their elements and waivers; and waivers that waive nothing.
pub(super) fn weigh<'d>(
    handbook: &Handbook,
    index: DocumentIndex,
    rules: &Rules,
    read: impl Iterator<Item = &'d Diagnostic>,
) -> Vec<Finding> {
    let entry = handbook.entry(index);
    let mut findings: Vec<Finding> = read.cloned().map(Finding::from).collect();
    let mut waivers = bind(entry);
    let canvas = entry.document.canvas.as_ref();
    let neighbours = canvas.map(|_| Neighbours::new(entry));
    let subject = canvas.zip(neighbours.as_ref());
    let subject =
        subject.map(|(canvas, neighbours)| Subject { handbook, index, entry, canvas, neighbours });
    let stage = entry.document.front.stage;
    let mut found = Vec::new();
    for (rule_index, rule) in rules.iter() {
        let Some(level) = rule.level(&handbook.config, stage) else {
            // Whoever switches it on again wants its waivers.
            waivers.iter_mut().for_each(|waiver| waiver.is_used |= waiver.is_of(&rule.code));
            continue;
        };
        if rule.is_by_day {
            waivers.iter_mut().for_each(|waiver| waiver.is_used |= waiver.is_of(&rule.code));
        }
        match &subject {
            Some(subject) => rule.check(subject, &mut found),
            None => rule.check_page(handbook, index, &mut found),
        }
        for mut diagnostic in found.drain(..) {
            diagnostic.severity = level;
            let waived = waivers.iter().position(|waiver| waiver.fits(&diagnostic));
            if let Some(at) = waived {
                waivers[at].is_used = true;
            }
            let waived = waived.and_then(|at| u32::try_from(at).ok());
            findings.push(Finding {
                rule: Some(rule_index),
                element: None,
                waived,
                is_coherence: rule.is_coherence,
                diagnostic,
            });
        }
    }
    if let Some(canvas) = canvas {
        for finding in &mut findings {
            finding.element = canvas.elements.holding(finding.diagnostic.location.span);
        }
    }
    let unused = waivers.iter().filter(|waiver| !waiver.is_used);
    findings.extend(unused.map(|waiver| Finding::from(waiver.unused(&entry.document, rules))));
    findings
}

/// A waiver and the element that it names.
struct Bound<'w> {
    waiver: &'w Waiver,
    /// The spans that it names; `None` if the waiver is for the whole canvas.
    element: Option<Vec<Span>>,
    /// Whether it waives a finding, or might if its rule were not off.
    is_used: bool,
}

fn bind(entry: &Entry) -> Vec<Bound<'_>> {
    let document = &entry.document;
    let waivers = document.front.waive.iter();
    waivers
        .map(|waiver| {
            let element = waiver.element.as_ref();
            let element = element.map(|name| find(document, entry, &name.value));
            Bound { waiver, element, is_used: false }
        })
        .collect()
}

/// The spans that a waiver names: elements by id, by the end of a qualified id or by name, else a
/// block or a department of the canvas.
fn find(document: &Document, entry: &Entry, name: &str) -> Vec<Span> {
    let wanted = slug(name.trim_start_matches('#'));
    let Some(canvas) = &document.canvas else { return Vec::new() };
    let named = entry.elements_called(name).into_iter();
    let spans: Vec<Span> = named.map(|element| canvas.elements.at(element).span).collect();
    if !spans.is_empty() {
        return spans;
    }
    let blocks = canvas.blocks.iter().map(|block| {
        let id = &canvas.kind.block_kind(block.index).id;
        (*id == wanted || slug(canvas.label(block)) == wanted, block.heading)
    });
    let parts = canvas.blocks.iter().flat_map(|block| &block.parts);
    let parts = parts.map(|part| (slug(&part.title) == wanted, part.span));
    blocks.chain(parts).filter(|(is_named, _)| *is_named).map(|(_, span)| span).collect()
}

impl Bound<'_> {
    fn fits(&self, diagnostic: &Diagnostic) -> bool {
        let place = diagnostic.location.span;
        self.is_of(&diagnostic.code)
            && match &self.element {
                None => true,
                Some(named) => named.iter().any(|span| span.contains(place)),
            }
    }

    fn is_of(&self, rule: &str) -> bool {
        self.waiver.rule.value == *rule
    }

    fn unused(&self, document: &Document, rules: &Rules) -> Diagnostic {
        let rule = &self.waiver.rule;
        let place = Location::new(&document.path, rule.span);
        if rules.find(&rule.value).is_none() {
            // It keeps its quotation marks, if it has any.
            let written = rule.span.of(&document.text);
            let quote = written.chars().next().filter(|first| ['"', '\''].contains(first));
            let quote = quote.map_or_else(String::new, String::from);
            return rules.unknown(place, &rule.value, |near| format!("{quote}{near}{quote}"));
        }
        match (&self.waiver.element, &self.element) {
            (Some(name), Some(named)) if named.is_empty() => {
                let place = Location::new(&document.path, name.span);
                catalogue::waiver_without_element(place, &name.value)
            }
            _ => catalogue::unused_waiver(place, &rule.value),
        }
    }
}
