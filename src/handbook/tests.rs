//! The handbook that a few documents become: text in, a compact dump out, with diagnostics drawn
//! below their file.
//!
//! An element is a line `- id | its department, category and owner`; a reference `from -> to`, each
//! a document's stem and a place in it.

mod departments;
mod documents;
mod hostile;
mod ids;
mod names;
mod relations;
mod threads;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use expect_test::Expect;

use super::{Handbook, Parts, Place, Spot, Target, resolve};
use crate::canvas::Document;
use crate::config::{self, Config};
use crate::diagnostic::drawn::draw;
use crate::diagnostic::{self, Diagnostic};
use crate::kind::Kinds;
use crate::kind::tests::built_in;
use crate::parse;
use crate::source::{Source, SourcePath};

/// Checks a handbook without a configuration.
fn check_handbook(sources: &[(&str, &str)], expected: Expect) {
    check_configured("", sources, expected);
}

/// Checks a handbook with a configuration.
fn check_configured(config: &str, sources: &[(&str, &str)], expected: Expect) {
    let (handbook, diagnostics) = read(&unindented(config), sources);
    let mut out = dump(&handbook);
    for (path, text) in sources {
        let of_file = diagnostics.iter().filter(|found| found.location.file.as_str() == *path);
        let drawn = draw(&unindented(text), &of_file.cloned().collect::<Vec<_>>());
        if !drawn.is_empty() {
            let _ = write!(out, "{path}\n{drawn}");
        }
    }
    expected.assert_eq(&out);
}

/// A text without the indentation that fits it into its test.
pub(crate) fn unindented(text: &str) -> String {
    let Some(text) = text.strip_prefix('\n') else { return text.to_owned() };
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    let indent = lines.map(|line| line.len() - line.trim_start_matches(' ').len()).min();
    let lines = text.lines().map(|line| line.get(indent.unwrap_or(0)..).unwrap_or(""));
    lines.fold(String::new(), |text, line| text + line + "\n")
}

/// Reads and resolves sources; sources that are not Markdown are files beside them.
pub(crate) fn read(config: &str, sources: &[(&str, &str)]) -> (Handbook, Vec<Diagnostic>) {
    read_with(built_in(), config, sources)
}

/// Resolves documents that are read with these kinds.
fn read_with(
    kinds: Arc<Kinds>,
    config: &str,
    sources: &[(&str, &str)],
) -> (Handbook, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let config = match config {
        "" => Config::default(),
        text => config::read(&Source::new("canvasbook.toml", text), &mut diagnostics),
    };
    assert_eq!(diagnostics, [], "the configuration of a test is sound");
    let sources: BTreeMap<&str, &str> = sources.iter().copied().collect();
    let (documents, files): (Vec<_>, Vec<_>) =
        sources.into_iter().partition(|(path, _)| path.ends_with(".md"));
    let files: Vec<SourcePath> = files.iter().map(|(path, _)| SourcePath::new(*path)).collect();
    let documents = documents.into_iter().map(|(path, text)| {
        let source = Source::new(path, unindented(text));
        Arc::new(parse::document(&source, &kinds, &mut diagnostics))
    });
    let documents: Vec<Arc<Document>> = documents.collect();
    let (drafts, documents) = documents.into_iter().partition(|document| document.front.draft);
    let parts = Parts {
        config: Arc::new(config),
        kinds,
        documents,
        drafts,
        files: &files,
        today: None,
        history: None,
    };
    let handbook = resolve(parts, &mut diagnostics);
    diagnostic::sort(&mut diagnostics);
    (handbook, diagnostics)
}

fn dump(handbook: &Handbook) -> String {
    let mut out = String::new();
    for (_, entry) in handbook.entries() {
        for facts in entry.elements.iter() {
            let mut more = Vec::new();
            more.extend(facts.department.map(|index| handbook.department(index).title.clone()));
            let with = facts.contributing.iter().map(|index| &handbook.department(*index).title);
            more.extend(with.map(|title| format!("with {title}")));
            more.extend(facts.category.map(|category| category.id().to_owned()));
            more.extend(facts.owner.iter().map(|owner| format!("owner {owner}")));
            let more =
                if more.is_empty() { String::new() } else { format!(" | {}", more.join(", ")) };
            let _ = writeln!(out, "- {}{more}", facts.id);
        }
    }
    for department in handbook.departments.iter() {
        if !department.leads.is_empty() || !department.contributes.is_empty() {
            let also = match department.also_called.as_slice() {
                [] => String::new(),
                names => format!(", also {}", names.join(", ")),
            };
            let (leads, contributes) = (department.leads.len(), department.contributes.len());
            let (id, title) = (&department.id, &department.title);
            let _ =
                writeln!(out, "{title} #{id}{also}: leads {leads}, contributes to {contributes}");
        }
    }
    for reference in handbook.references() {
        let (from, to) = (place(handbook, reference.from), place(handbook, reference.to));
        let _ = writeln!(out, "{from} -> {to}");
    }
    dump_targets(&mut out, handbook);
    dump_relations(&mut out, handbook);
    out
}

/// Dumps the links that lead to no place.
fn dump_targets(out: &mut String, handbook: &Handbook) {
    for (_, entry) in handbook.entries() {
        for (link, target) in entry.document.links.iter().zip(&entry.targets) {
            let written = link.span.of(&entry.document.text);
            let _ = match target {
                Target::Place(_) => Ok(()),
                Target::File(at) => {
                    writeln!(out, "{written} is {}", handbook.files[*at as usize])
                }
                other => writeln!(out, "{written} is {other:?}"),
            };
        }
    }
}

fn dump_relations(out: &mut String, handbook: &Handbook) {
    for (_, entry, canvas) in handbook.canvases() {
        for relation in &entry.relations {
            let id = |element: u32| entry.elements.at(element).id;
            let verb = relation.verb.map(|verb| &*canvas.kind.relations[verb as usize].verb);
            let verb = verb.unwrap_or("relates to");
            let _ = writeln!(out, "{} {verb} {}", id(relation.from), id(relation.to));
        }
    }
}

/// A place as `stem place-in-it`.
fn place(handbook: &Handbook, place: Place) -> String {
    let entry = handbook.entry(place.document);
    let canvas = entry.document.canvas.as_ref();
    let spot = match place.spot {
        Spot::Document => "as a whole".to_owned(),
        Spot::Heading(at) => format!("heading {}", entry.document.headings[at as usize].id),
        Spot::Block(index) => canvas.map_or_else(String::new, |canvas| {
            format!("block {}", canvas.kind.block_kind(index).id)
        }),
        Spot::Department(index) => format!("department {}", handbook.department(index).id),
        Spot::Element(at) => entry.elements.at(at).id.to_owned(),
        Spot::Paragraph(at) => {
            format!("paragraph {}", entry.document.paragraphs[at as usize].id.value)
        }
    };
    format!("{} {spot}", entry.document.path.stem())
}
