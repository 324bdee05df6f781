//! `canvasbook kind`: lists kinds of canvas, starts one, and checks one.

#![expect(clippy::disallowed_methods, reason = "it asks where the file of a kind really is")]

use std::fs;
use std::path::Path;

use serde::Serialize;

use super::handbook::{Sources, open, print, root};
use super::new::{from_here, unknown_kind};
use super::{Trouble, leads_away};
use crate::compile::{Inputs, Memo, compile};
use crate::diagnostic::{Diagnostic, has_errors};
use crate::edge::cli::{CheckKind, Cli, Format, Kind, KindCommand, NewKind};
use crate::edge::disk::{self, KINDS};
use crate::edge::harmless::write_json;
use crate::edge::source_file::{is_taken, lies_in, write};
use crate::edge::streams::Stream;
use crate::edge::terminal::counted;
use crate::kind::{Kinds, id_flaw};
use crate::slug::{slug, spelled_out};
use crate::source::{Source, SourcePath};
use crate::starter;

/// Does what was asked of the kinds.
pub(super) fn run(cli: &Cli, flags: &Kind) -> Result<bool, Trouble> {
    match &flags.command {
        KindCommand::List => list(cli),
        KindCommand::New(flags) => new(cli, flags),
        KindCommand::Check(flags) => check(cli, flags),
    }
}

/// A kind in the list.
#[derive(Serialize)]
struct Listed<'k> {
    id: &'k str,
    title: &'k str,
    /// The number of its canvases.
    canvases: usize,
    /// Its file; `None` if it is built in.
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'k str>,
    /// The kind that it starts from, if any.
    #[serde(skip_serializing_if = "Option::is_none")]
    extends: Option<&'k str>,
    blocks: Vec<&'k str>,
}

/// Lists the kinds. Returns `false` if the file of one is malformed, which is reported in addition.
fn list(cli: &Cli) -> Result<bool, Trouble> {
    let opened = open(cli, false)?;
    let handbook = opened.compiled.handbook();
    let canvases = |id: &str| {
        let known = handbook.lists.kinds.iter().find(|known| known.kind.id == id);
        known.map_or(0, |known| known.canvases.len())
    };
    let listed = handbook.kinds.iter().map(|(_, kind)| Listed {
        id: &kind.id,
        title: &kind.title,
        canvases: canvases(&kind.id),
        file: kind.file.as_ref().map(SourcePath::as_str),
        extends: kind.extends.as_deref(),
        blocks: kind.blocks.iter().map(|block| block.id.as_str()).collect(),
    });
    let listed: Vec<Listed<'_>> = listed.collect();
    match cli.format() {
        Format::Json => Stream::Results.write(|out| write_json(&listed, out))?,
        _ => Stream::Results.lines(lines(&listed))?,
    }
    let is_of_kind = |it: &&Diagnostic| it.location.file.folder().starts_with(KINDS);
    let wrong: Vec<&Diagnostic> = opened.diagnostics.errors().filter(is_of_kind).collect();
    if !wrong.is_empty() {
        let mut human = cli.clone();
        human.globals.format = Some(Format::Human);
        opened.print(&human, Stream::Messages, &wrong)?;
    }
    Ok(wrong.is_empty())
}

/// A line for each kind.
fn lines(listed: &[Listed<'_>]) -> Vec<String> {
    let count = |kind: &Listed<'_>| counted(kind.canvases, "canvas", "canvases");
    let width = |of: &dyn Fn(&Listed<'_>) -> usize| listed.iter().map(of).max().unwrap_or(0);
    let ids = width(&|kind| kind.id.chars().count());
    let counts = width(&|kind| count(kind).len());
    let line = |kind: &Listed<'_>| {
        let (id, title) = (kind.id, kind.title);
        let from = kind.file.map(|file| format!(" ({file})")).unwrap_or_default();
        format!("{id:ids$}  {:counts$}  {title}{from}", count(kind))
    };
    listed.iter().map(line).collect()
}

/// Writes the file of a kind.
fn new(cli: &Cli, flags: &NewKind) -> Result<bool, Trouble> {
    let root = root(cli)?;
    let id = flags.id.trim();
    let refuse = |why: String| Err(Trouble::Refused(why));
    let slug = slug(id);
    if slug != id || slug.is_empty() {
        let slug = if slug.is_empty() { "idea-board" } else { &slug };
        return refuse(format!(
            "`{id}` cannot be the id of a kind; write small letters, digits and hyphens, such as `{slug}`"
        ));
    }
    let path = format!("{KINDS}/{id}.toml");
    if let Some(flaw) = id_flaw(id) {
        return refuse(format!("`{id}` cannot be the id of a kind: {flaw}"));
    }
    let file = from_here(&root, &SourcePath::new(path.as_str()));
    if !lies_in(&file, &root) {
        return Err(leads_away(&file));
    }
    let kinds = Kinds::read(&disk::read_kinds(&root), &mut Vec::new());
    if let Some(known) = kinds.find(id).map(|known| kinds.get(known)) {
        let is_this = known.file.as_ref().is_some_and(|known| known.as_str() == path);
        if !is_this {
            let from =
                known.file.as_ref().map_or("built in".to_owned(), |file| format!("in {file}"));
            return refuse(format!("there is a kind `{id}` already, {from}; choose another id"));
        }
    }
    if is_taken(&file) && !flags.force {
        return refuse(format!("`{path}` exists already; --force overwrites it"));
    }
    let base = match &flags.from {
        Some(base) if base == id => {
            return refuse(format!("`{id}` cannot start from itself"));
        }
        Some(base) => Some(kinds.find(base).ok_or_else(|| unknown_kind(&kinds, base))?),
        None => None,
    };
    let title = flags.title.as_deref().map(str::trim).filter(|title| !title.is_empty());
    let title = title.map_or_else(|| spelled_out(id), str::to_owned);
    let text = starter::kind(&title, base.map(|base| &**kinds.get(base)));
    write(&file, text.as_bytes(), flags.force)
        .map_err(|error| Trouble::Write { path: file.clone(), error })?;
    if !cli.globals.quiet {
        let next = format!("`canvasbook new PATH --kind {id}` starts a canvas of it");
        Stream::Results.lines([format!("Wrote {}", file.display()), next])?;
    }
    Ok(true)
}

/// Checks a file with the kinds of the handbook that it is in or that the command line is about, if any.
fn check(cli: &Cli, flags: &CheckKind) -> Result<bool, Trouble> {
    if !flags.file.is_file() {
        return Err(Trouble::Refused(format!("there is no file `{}`", flags.file.display())));
    }
    let root = match cli.globals.root {
        Some(_) => Some(root(cli)?),
        None => flags.file.parent().and_then(|folder| disk::find_root(&disk::here().join(folder))),
    };
    let root = root.and_then(|root| fs::canonicalize(root).ok());
    let path = source_path(&flags.file, root.as_deref());
    let read = disk::read_kind(&path, &flags.file);
    let own = root.as_deref().map(disk::read_kinds).unwrap_or_default();
    let others = own.into_iter().filter(|source| source.path.stem() != path.stem());
    let mut kinds: Vec<Source> = others.chain(read.kinds.iter().cloned()).collect();
    kinds.sort_by(|one, other| one.path.cmp(&other.path));
    let inputs = Inputs { kinds, ..Inputs::default() };
    let compiled = compile(&inputs, &mut Memo::default());
    let said = read.problems.iter().chain(compiled.diagnostics.iter());
    let found: Vec<&Diagnostic> = said.filter(|it| it.location.file == path).collect();
    let text = |file: &SourcePath| {
        let broken = read.texts.get(file).map(|text| &**text);
        broken.or_else(|| compiled.text(&inputs, file))
    };
    if cli.format() != Format::Human || !found.is_empty() {
        let (rules, root) = (compiled.rules(), Path::new(""));
        print(cli, Stream::Results, &found, Sources { rules, texts: &text, root })?;
    } else if !cli.globals.quiet {
        let kinds = &compiled.handbook().kinds;
        let kind = kinds.find(path.stem()).map(|index| kinds.get(index));
        // The kind that it starts from may be the one that is malformed.
        let all_is_well = kind.map_or("Nothing is wrong with this file".to_owned(), |kind| {
            let blocks = counted(kind.blocks.len(), "block", "blocks");
            format!("All is well: {}, {blocks}", kind.title)
        });
        Stream::Results.line(&all_is_well)?;
    }
    Ok(!found.iter().any(|it| has_errors(std::slice::from_ref(*it))))
}

/// The path of a file in the handbook at `root` if it is there, else as it was typed.
fn source_path(file: &Path, root: Option<&Path>) -> SourcePath {
    let real = fs::canonicalize(file).ok();
    let inside = real.as_deref().zip(root).and_then(|(real, root)| real.strip_prefix(root).ok());
    SourcePath::new(inside.unwrap_or(file).to_string_lossy().replace('\\', "/"))
}
