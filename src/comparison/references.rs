//! The references of elements, in terms that apply to both sides.

use std::borrow::Cow;
use std::collections::HashSet;

use super::Sides;
use super::matching::Matched;
use crate::canvas::{Holder, LinkTarget};
use crate::handbook::{DocumentIndex, ElementKey, Entry, Handbook, Place, Spot, Target};
use crate::source::SourcePath;

/// A reference as written in an element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Written<'h> {
    /// Its target as written.
    target: LinkTarget<'h>,
    /// The place that it leads to, in terms of the side after: `path#id`, or an address.
    pub place: String,
    /// The title of that place.
    title: String,
    /// The element of its own canvas that it leads to.
    pub own: Option<u32>,
}

/// Which of the two sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    Before,
    After,
}

/// The references of an element of two canvases that are compared, as written on one side.
pub(super) fn written<'h>(
    sides: Sides<'h>,
    matched: &Matched,
    end: End,
    key: ElementKey,
    paths: [&SourcePath; 2],
) -> Vec<Written<'h>> {
    let handbook = match end {
        End::Before => sides.before,
        End::After => sides.after,
    };
    let Some((entry, element, _)) = handbook.element(key) else { return Vec::new() };
    let links = &entry.document.links;
    let first = links.next_from(element.span.start);
    let numbers = (first..links.len()).take_while(|at| links.at(*at).span.start < element.span.end);
    let mut written = Vec::new();
    for (link, target) in numbers.map(|at| (links.at(at), &entry.targets[at])) {
        if link.image || link.holder != Holder::Element(key.element) {
            continue;
        }
        let own = match target {
            Target::Place(Place { document, spot: Spot::Element(at) }) => {
                Some(*at).filter(|_| *document == key.document)
            }
            _ => None,
        };
        let place = place(sides, handbook, target, matched, end, paths);
        let place = place.unwrap_or_else(|| address(&link.target()));
        let title = title(handbook, target).unwrap_or_else(|| place.clone());
        written.push(Written { target: link.target(), place, title, own });
    }
    written
}

/// The references that only one side has, each once: the place that they lead to, and its title. `is_related`
/// returns whether the element is related to another one of its canvas on the other side as well.
pub(super) fn without(
    here: &[Written<'_>],
    there: &[Written<'_>],
    is_related: impl Fn(u32) -> bool,
) -> Vec<(String, String)> {
    let targets: HashSet<&LinkTarget<'_>> = there.iter().map(|it| &it.target).collect();
    let mut places: HashSet<&str> = there.iter().map(|it| &*it.place).collect();
    let mut rest = Vec::new();
    for written in here {
        let is_there = targets.contains(&written.target)
            || !places.insert(&written.place)
            || written.own.is_some_and(&is_related);
        if !is_there {
            rest.push((written.place.clone(), written.title.clone()));
        }
    }
    rest
}

/// Whether two elements of a canvas are related.
pub(super) fn are_related(entry: &Entry, a: u32, b: u32) -> bool {
    let has = |from: u32, to: u32| {
        let found = entry.relations.binary_search_by_key(&(from, to), |it| (it.from, it.to));
        found.is_ok()
    };
    has(a, b) || has(b, a)
}

/// The place that a link leads to, in terms of the side after. `None` if that is not in the
/// handbook.
fn place(
    sides: Sides<'_>,
    handbook: &Handbook,
    target: &Target,
    matched: &Matched,
    end: End,
    [old_path, new_path]: [&SourcePath; 2],
) -> Option<String> {
    match target {
        Target::Place(place) => {
            let (mut place, mut of) = (*place, handbook);
            let mut path = None;
            match place.spot {
                Spot::Element(element) if end == End::Before => {
                    let key = ElementKey { document: place.document, element };
                    if let Some((key, _)) = matched.after(key) {
                        of = sides.after;
                        place = Place { document: key.document, spot: Spot::Element(key.element) };
                    }
                }
                _ if end == End::Before && of.entry(place.document).document.path == *old_path => {
                    path = Some(new_path);
                }
                _ => {}
            }
            let path = path.unwrap_or(&of.entry(place.document).document.path);
            let id = match place.spot {
                Spot::Block(block) if end == End::Before => {
                    sides.block_after(place.document, None, block).to_owned()
                }
                place_spot => spot(of, place.document, place_spot),
            };
            Some(if id.is_empty() { path.to_string() } else { format!("{path}#{id}") })
        }
        Target::File(at) => handbook.files.get(*at as usize).map(ToString::to_string),
        Target::Folder(at) => handbook.folders.get(*at as usize).cloned(),
        Target::External | Target::Site | Target::Broken => None,
    }
}

/// The title of a link's target. `None` if that is not in the handbook.
fn title(handbook: &Handbook, target: &Target) -> Option<String> {
    let Target::Place(Place { document, spot }) = target else { return None };
    let entry = handbook.entry(*document);
    let canvas = entry.document.canvas.as_ref();
    match *spot {
        Spot::Document | Spot::Paragraph(_) => Some(entry.document.title.clone()),
        Spot::Heading(at) => Some(entry.document.headings[at as usize].title.clone()),
        Spot::Block(block) => canvas.map(|canvas| canvas.label_of(block).to_owned()),
        Spot::Department(department) => Some(handbook.department(department).title.clone()),
        Spot::Element(element) => canvas.map(|it| it.elements.title(element).into_owned()),
    }
}

/// The id of a spot in a document; empty for the document itself.
pub(super) fn spot(handbook: &Handbook, document: DocumentIndex, spot: Spot) -> String {
    let entry = handbook.entry(document);
    match spot {
        Spot::Document => String::new(),
        Spot::Heading(at) => entry.document.headings[at as usize].id.clone(),
        Spot::Block(block) => {
            let canvas = entry.document.canvas.as_ref();
            canvas.map(|canvas| canvas.kind.block_kind(block).id.clone()).unwrap_or_default()
        }
        Spot::Department(department) => handbook.department(department).id.clone(),
        Spot::Element(element) => entry.elements.at(element).id.to_owned(),
        Spot::Paragraph(at) => format!("^{}", entry.document.paragraphs[at as usize].id.value),
    }
}

/// A target in the form that authors write.
fn address(target: &LinkTarget<'_>) -> String {
    let with = |path: &str, fragment: &Option<Cow<'_, str>>| match fragment {
        Some(fragment) => format!("{path}#{fragment}"),
        None => path.to_owned(),
    };
    match target {
        LinkTarget::External(url) | LinkTarget::Unsafe(url) => url.to_string(),
        LinkTarget::Fragment(name) => format!("#{name}"),
        LinkTarget::Path { path, fragment } => with(path, fragment),
        LinkTarget::Site { path, fragment } => format!("/{}", with(path, fragment)),
        LinkTarget::Wiki { document, name } => with(document.as_deref().unwrap_or(""), name),
    }
}
