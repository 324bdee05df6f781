//! Findings weighed: by the configuration's levels, and against the waivers of their canvas.

use super::Finding;
use crate::canvas::Document;
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::catalogue::{self, RULES};
use crate::front_matter::Waiver;
use crate::handbook::Entry;
use crate::slug::{nearest, slug};
use crate::source::{Location, SourcePath, Span};

/// Makes findings of a document's diagnostics: gives those of rules the level that the configuration
/// sets, drops those that are off, marks those that are waived, and reports waivers that waive nothing.
pub fn weigh(entry: &Entry, config: &Config, diagnostics: Vec<Diagnostic>) -> Vec<Finding> {
    let waivers = bind(entry);
    let mut used = vec![false; waivers.len()];
    let canvas = entry.document.canvas.as_ref();
    let mut findings = Vec::with_capacity(diagnostics.len());
    for diagnostic in diagnostics {
        let mut finding = Finding::from(diagnostic);
        let place = finding.diagnostic.location.span;
        finding.element = canvas.and_then(|canvas| canvas.elements.holding(place));
        if finding.rule.is_some() {
            let waiver = waivers.iter().position(|waiver| waiver.fits(&finding.diagnostic));
            if let Some(waiver) = waiver {
                // Also where the rule is off: who switches it on again wants the waiver.
                used[waiver] = true;
                finding.waived = u32::try_from(waiver).ok();
            }
            if !set_level(config, &mut finding.diagnostic) {
                continue;
            }
        }
        findings.push(finding);
    }
    let unused = waivers.iter().zip(used).filter(|(_, is_used)| !is_used);
    let unused = unused.map(|(waiver, _)| waiver.unused(&entry.document.path));
    findings.extend(unused.map(Finding::from));
    findings
}

/// Gives a diagnostic of a rule the level that the configuration sets; `false` if the rule is off.
pub fn set_level(config: &Config, finding: &mut Diagnostic) -> bool {
    match config.rules.get(&*finding.code) {
        Some(None) => return false,
        Some(Some(severity)) => finding.severity = *severity,
        None => {}
    }
    true
}

/// A waiver and the element it speaks of.
struct Bound<'w> {
    waiver: &'w Waiver,
    /// The spans of what it names; none where the waiver is for the whole canvas.
    element: Option<Vec<Span>>,
}

fn bind(entry: &Entry) -> Vec<Bound<'_>> {
    let document = &entry.document;
    let waivers = document.front.waive.iter();
    waivers
        .map(|waiver| {
            let element = waiver.element.as_ref();
            Bound { waiver, element: element.map(|name| find(document, entry, &name.value)) }
        })
        .collect()
}

/// What a waiver names: elements by id, by the end of a qualified id or by name, else a block or a
/// department of the canvas.
fn find(document: &Document, entry: &Entry, name: &str) -> Vec<Span> {
    let name = name.trim_start_matches('#');
    let wanted = slug(name);
    let Some(canvas) = &document.canvas else { return Vec::new() };
    let elements = canvas.elements.iter().zip(entry.elements.iter());
    let named = elements.filter(|(element, facts)| {
        let written = element.name.map(slug);
        let is_end = facts.id.strip_suffix(name).is_some_and(|head| head.ends_with('/'));
        *facts.id == *name || is_end || written.as_deref() == Some(&wanted)
    });
    let spans: Vec<Span> = named.map(|(element, _)| element.span).collect();
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
        self.waiver.rule.value == *diagnostic.code
            && match &self.element {
                None => true,
                Some(named) => named.iter().any(|span| span.contains(place)),
            }
    }

    fn unused(&self, path: &SourcePath) -> Diagnostic {
        let rule = &self.waiver.rule;
        let place = Location::new(path, rule.span);
        if !RULES.contains(&rule.value.as_str()) {
            let near = nearest(&rule.value, RULES.iter().copied());
            return catalogue::unknown_rule(place, &rule.value, &near);
        }
        match (&self.waiver.element, &self.element) {
            (Some(name), Some(named)) if named.is_empty() => {
                catalogue::waiver_without_element(Location::new(path, name.span), &name.value)
            }
            _ => catalogue::unused_waiver(place, &rule.value),
        }
    }
}
