//! Reads the files of kinds.
//!
//! Like all reading of sources this cannot fail halfway: what cannot be used is reported with its place
//! and left out. Only a file without a single block is not a kind, and one that starts from such a file.
//!
//! A kind that starts from another is read on top of it: what its file leaves out is as in the other. So
//! the other one is read first, wherever its file is in the list.

mod blocks;
mod keys;
mod parts;
mod poster;
mod rules;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Kind;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::catalogue::{self, Within};
use crate::node::reader::{Reader, Report};
use crate::node::{self, Data, Language, Parsed};
use crate::slug::{nearest, slug, spelled_out};
use crate::source::{Location, Source, Span, Spanned};

pub use keys::KEYS;

/// How many kinds a handbook may have: each label of each document is looked up in each.
const MOST_KINDS: usize = 100;

/// The kinds that files describe.
pub(super) struct Files {
    /// The kinds, in the order of the files.
    pub kinds: Vec<Arc<Kind>>,
    /// The ids of files that describe no kind.
    pub unusable: Vec<String>,
}

/// The files to read kinds from.
pub(super) struct Sources<'s> {
    /// The built-in kinds.
    pub built_in: &'s [Source],
    /// The files of a handbook.
    pub own: &'s [Source],
    /// The files of a handbook whose texts could not be read: the meaning of their ids is unknown.
    pub unread: &'s [Source],
}

/// Reads the built-in kinds and a handbook's own. The id of a kind is the name of its file.
pub(super) fn files(sources: Sources<'_>, diagnostics: &mut Vec<Diagnostic>) -> Files {
    let built_in = sources.built_in.iter().map(|source| File::of(source, false));
    let mut files: Vec<File<'_>> = built_in.collect();
    let mut refused_ids = Vec::new();
    for source in sources.own {
        match refused(source, &files) {
            None => files.push(File::of(source, true)),
            Some(refused) => {
                diagnostics.push(refused);
                refused_ids.push(source.path.stem().to_owned());
            }
        }
    }
    let mut states = vec![Progress::Unread; files.len()];
    files.extend(sources.unread.iter().map(|source| File::of(source, true)));
    states.resize(files.len(), Progress::Read(None));
    let mut reading = Reading { files: &files, states, diagnostics };
    let kinds: Vec<Option<Arc<Kind>>> = (0..files.len()).map(|at| reading.kind(at)).collect();
    let is_unusable = |(_, kind): &(&File<'_>, &Option<Arc<Kind>>)| kind.is_none();
    let unusable = files.iter().zip(&kinds).filter(is_unusable);
    let unusable = unusable.map(|(file, _)| file.id().to_owned());
    let unusable = unusable.chain(refused_ids).collect();
    Files { kinds: kinds.into_iter().flatten().collect(), unusable }
}

/// Why a file cannot be that of a kind, in addition to these.
fn refused(source: &Source, files: &[File<'_>]) -> Option<Diagnostic> {
    let (id, place) = (source.path.stem(), Location::new(&source.path, Span::default()));
    let slug = slug(id);
    if slug != id || slug.is_empty() {
        return Some(catalogue::not_a_kind_id(place, id, &slug));
    }
    if let Some(flaw) = super::id_flaw(id) {
        return Some(catalogue::unusable_kind_id(place, id, flaw));
    }
    if let Some(first) = files.iter().find(|file| file.id() == id) {
        let first = first.is_own.then_some(&first.source.path);
        return Some(catalogue::kind_named_twice(place, id, first));
    }
    (files.len() >= MOST_KINDS).then(|| catalogue::too_many_kinds(place, MOST_KINDS))
}

/// The file of a kind.
struct File<'s> {
    source: &'s Source,
    parsed: Parsed<'s>,
    is_own: bool,
}

impl<'s> File<'s> {
    fn of(source: &'s Source, is_own: bool) -> Self {
        let text = source.text.strip_prefix('\u{feff}').unwrap_or(&source.text);
        let parsed = node::toml::read(text, source.text.len() - text.len());
        Self { source, parsed, is_own }
    }

    fn id(&self) -> &'s str {
        self.source.path.stem()
    }

    /// The kind that it starts from, if it names one.
    fn extends(&self) -> Option<Spanned<&str>> {
        let node = self.parsed.root.get("extends")?;
        match &node.data {
            Data::String(id) if !id.trim().is_empty() => {
                Some(Spanned { value: id.trim(), span: node.span })
            }
            _ => None,
        }
    }

    fn place(&self, span: Span) -> Location {
        Location::new(&self.source.path, span)
    }
}

/// How far a file has been read.
#[derive(Clone)]
enum Progress {
    Unread,
    /// A kind that it starts from is being read.
    Begun,
    Read(Option<Arc<Kind>>),
}

/// The kind that another one starts from.
#[derive(Clone, Copy)]
struct Base<'b> {
    kind: &'b Kind,
    /// The place where the other one names it.
    span: Span,
}

/// Reads files, each after the one that it starts from.
struct Reading<'r> {
    files: &'r [File<'r>],
    states: Vec<Progress>,
    diagnostics: &'r mut Vec<Diagnostic>,
}

impl Reading<'_> {
    /// The kind of a file, if it describes one.
    fn kind(&mut self, at: usize) -> Option<Arc<Kind>> {
        if let Progress::Read(kind) = &self.states[at] {
            return kind.clone();
        }
        self.states[at] = Progress::Begun;
        let file = &self.files[at];
        let kind = match file.extends() {
            None => self.read(file, None),
            Some(name) => self
                .base(at, name)
                .and_then(|base| self.read(file, Some(Base { kind: &base, span: name.span }))),
        };
        self.states[at] = Progress::Read(kind.clone());
        kind
    }

    fn read(&mut self, file: &File<'_>, base: Option<Base<'_>>) -> Option<Arc<Kind>> {
        kind(file, base, self.diagnostics).map(Arc::new)
    }

    /// The kind that a file starts from. An error in the name is reported at `name`, an error in the other
    /// file there.
    fn base(&mut self, at: usize, name: Spanned<&str>) -> Option<Arc<Kind>> {
        let place = self.files[at].place(name.span);
        let Some(base) = self.files.iter().position(|file| file.id() == name.value) else {
            let ids: Vec<&str> = self.files.iter().map(File::id).collect();
            let near =
                nearest(name.value, ids.iter().copied().filter(|id| *id != self.files[at].id()));
            self.diagnostics.push(catalogue::unknown_base(place, name.value, &near));
            return None;
        };
        if matches!(self.states[base], Progress::Begun) {
            let circle = self.circle(base);
            self.diagnostics.push(catalogue::circle_of_kinds(place, &circle));
            return None;
        }
        self.kind(base)
    }

    /// The ids of a circle of kinds that start from each other, from one of them back to it.
    fn circle(&self, first: usize) -> Vec<&str> {
        let id = self.files[first].id();
        let mut circle = vec![id];
        let mut at = first;
        while let Some(next) = self.files[at].extends() {
            circle.push(next.value);
            let Some(place) = self.files.iter().position(|file| file.id() == next.value) else {
                break;
            };
            if place == first {
                break;
            }
            at = place;
        }
        circle
    }
}

/// Reads a kind. `None` if it has no blocks.
fn kind(
    file: &File<'_>,
    base: Option<Base<'_>>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Kind> {
    let since = diagnostics.len();
    let source = file.source;
    let mut report = Report { source, language: Language::Toml, top: KEYS, diagnostics };
    let reader = Reader::new(&mut report, &file.parsed.root, KEYS, Within::Kind);
    let kind = decode(reader, file, base);
    report.syntax(&file.parsed.errors, since, |location, message| {
        catalogue::malformed_kind(location, message)
    });
    kind
}

fn decode(mut reader: Reader<'_, '_>, file: &File<'_>, base: Option<Base<'_>>) -> Option<Kind> {
    let reader = &mut reader;
    let id = file.id();
    let why = "say what a canvas of this kind is called";
    let title = reader.required("title", (Span::default(), id), why);
    let title = title.map_or_else(|| spelled_out(id), |title| title.value);
    let summary = reader.text("summary").unwrap_or_default();
    let summaries = by_tag(reader.by_language("summaries"));
    reader.spanned("extends");
    let attribution = parts::attribution(reader, base);
    let mut areas = parts::areas(reader, base);
    let dropped = blocks::dropped(reader, base);
    let mut blocks = blocks::blocks(reader, base, &dropped, &areas);
    if blocks.all.is_empty() {
        let at = reader.report.at(Span::default());
        reader.report.push(catalogue::kind_without_blocks(at));
        return None;
    }
    parts::drop_unused(&mut areas, &mut blocks);
    let at_least = parts::at_least(reader, base, blocks.all.len());
    let poster = poster::poster(reader, &blocks, base, &dropped);
    let groups = parts::groups(reader, &blocks, base);
    let relations = parts::relations(reader, &blocks, base);
    let rules = rules::rules(reader, &blocks, base);
    Some(Kind {
        id: id.to_owned(),
        file: file.is_own.then(|| file.source.path.clone()),
        extends: base.map(|base| base.kind.id.clone()),
        title,
        summary,
        summaries,
        attribution,
        at_least,
        areas,
        poster,
        blocks: blocks.all,
        groups,
        relations,
        rules,
    })
}

/// An id that can be an anchor and a part of an address.
fn checked_id(report: &mut Report<'_>, id: Spanned<String>) -> Option<Spanned<String>> {
    let slug = slug(&id.value);
    if slug == id.value {
        return Some(id);
    }
    let at = report.at(id.span);
    report.push(catalogue::not_an_id(at, &id.value, &slug));
    None
}

/// Reports that a kind has no block with a name; `ids` are those that it has.
fn nearest_block(reader: &mut Reader<'_, '_>, name: &Spanned<String>, ids: &[&str]) {
    let at = reader.report.at(name.span);
    let wrong = catalogue::no_such_block(at, &name.value, ids);
    let near = nearest(&name.value, ids.iter().copied());
    let wrong = match near.first() {
        // In a row of the grid a word has no quotes of its own.
        Some(near) if name.span.of(&reader.report.source.text) == name.value => {
            wrong.replace(name.span, *near)
        }
        _ => reader.report.mended(wrong, name.span, &near),
    };
    reader.report.push(wrong);
}

/// Texts by their language.
fn by_tag(texts: Vec<(&str, Spanned<String>)>) -> BTreeMap<String, String> {
    texts.into_iter().map(|(tag, text)| (tag.to_owned(), text.value)).collect()
}
