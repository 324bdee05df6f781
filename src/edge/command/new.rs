//! `canvasbook new`: a canvas to start from.

#![expect(clippy::disallowed_methods, reason = "it asks where the handbook really is")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use super::handbook::session;
use super::{Trouble, leads_away};
use crate::compile::{Compiled, Inputs};
use crate::config::{self, Config};
use crate::diagnostic::catalogue::name_flaw;
use crate::diagnostic::{Diagnostic, has_errors};
use crate::edge::cli::{Cli, New};
use crate::edge::disk::{self, CONTENT};
use crate::edge::session::Read;
use crate::edge::source_file::{is_taken, lies_in, write};
use crate::edge::streams::Stream;
use crate::handbook::Place;
use crate::kind::labels;
use crate::kind::{Kind, Kinds};
use crate::language;
use crate::node::Language;
use crate::parse;
use crate::slug::nearest;
use crate::source::{Source, SourcePath};
use crate::starter::{Blank, Scenario, Suggested, UnknownDepartment, suggested};

/// Writes a canvas.
pub(super) fn run(cli: &Cli, flags: &New) -> Result<bool, Trouble> {
    // Drafts too: they are canvases to start from, and their paths are taken.
    let mut session = session(cli, true)?;
    let Read { root, inputs, .. } = session.read()?;
    let mut inputs = Arc::unwrap_or_clone(inputs);
    let path = place(&flags.path, &root).map_err(Trouble::Refused)?;
    let file = from_here(&root, &path);
    if !lies_in(&file, &root) {
        return Err(leads_away(&file));
    }
    if is_taken(&file) && !flags.force {
        let file = file.display();
        return Err(Trouble::Refused(format!("`{file}` exists already; --force overwrites it")));
    }
    let title = flags.title.as_deref().map(str::trim).filter(|title| !title.is_empty());
    let kinds = Kinds::read(&inputs.kinds, &mut Vec::new());
    let (text, advice) = match &flags.from {
        None => {
            let advice = "Fill in its blocks; `canvasbook check` says which are still empty";
            (blank(flags, &inputs, &kinds, &path, title)?, advice.to_owned())
        }
        Some(from) => {
            let from = place(from, &root).map_err(Trouble::Refused)?;
            let text = scenario(&inputs, &kinds, &root, &from, &path, title)?;
            (text, format!("It starts as a copy of {from}"))
        }
    };
    let is_new = !inputs.documents.contains_key(&path);
    let before = is_new.then(|| references(&session.compile(&inputs)));
    inputs.documents.insert(path.clone(), text.as_str().into());
    if let Some(why) = harm(&session.compile(&inputs), &path, before) {
        return Err(Trouble::Refused(why));
    }
    write(&file, text.as_bytes(), flags.force)
        .map_err(|error| Trouble::Write { path: file.clone(), error })?;
    if !cli.globals.quiet {
        Stream::Results.lines([format!("Wrote {}", file.display()), advice])?;
    }
    Ok(true)
}

/// The path of the canvas that `argument` means, with or without its extension: counted from the
/// current folder or from the root if that leads into the content, else from the content.
pub(super) fn place(argument: &Path, root: &Path) -> Result<SourcePath, String> {
    let written = argument.display();
    let root = fs::canonicalize(root).unwrap_or_else(|_| root.to_owned());
    let content = root.join(CONTENT);
    let counted =
        |folder: &Path| Some(joined(folder, argument)?.strip_prefix(&content).ok()?.to_owned());
    let inside = counted(&disk::here()).or_else(|| counted(&root));
    let inside = inside.or_else(|| joined(Path::new(""), argument));
    let Some(inside) = inside.filter(|inside| !inside.is_absolute()) else {
        return Err(format!("`{written}` leads out of the handbook's content/"));
    };
    let mut parts = Vec::new();
    for part in &inside {
        parts.push(part.to_str().ok_or_else(|| format!("the path `{written}` is not UTF-8"))?);
    }
    let ends_open = argument.to_string_lossy().ends_with(['/', std::path::MAIN_SEPARATOR]);
    let Some(last) = parts.last().filter(|_| !ends_open) else {
        return Err(format!("`{written}` names a folder; put the name of a file behind it"));
    };
    let extension = if disk::is_markdown(last) { "" } else { ".md" };
    let path = format!("{CONTENT}/{}{extension}", parts.join("/"));
    for part in path.split('/') {
        if let Some(flaw) = name_flaw(part) {
            return Err(format!("`{part}` is no name for a canvas: {flaw}"));
        }
        if disk::is_ignored(part) {
            return Err(format!(
                "`{part}` is no name for a canvas: names that begin with a dot and those of \
                 temporary files and backups are passed over"
            ));
        }
    }
    Ok(SourcePath::new(path))
}

/// A file of the handbook, as a path from the current folder.
pub(super) fn from_here(root: &Path, path: &SourcePath) -> PathBuf {
    let real = fs::canonicalize(root).unwrap_or_else(|_| root.to_owned()).join(path.as_str());
    real.strip_prefix(disk::here()).map_or_else(|_| root.join(path.as_str()), Path::to_owned)
}

/// `path` appended to `folder`, with `.` and `..` resolved without the file system; `None` if it
/// leaves the root.
pub(super) fn joined(folder: &Path, path: &Path) -> Option<PathBuf> {
    let mut joined = folder.to_owned();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                if !joined.pop() {
                    return None;
                }
            }
            part => joined.push(part),
        }
    }
    Some(joined)
}

fn blank(
    flags: &New,
    inputs: &Inputs,
    kinds: &Kinds,
    path: &SourcePath,
    title: Option<&str>,
) -> Result<String, Trouble> {
    let config = match &inputs.config {
        Some(source) => config::read(source, &mut Vec::new()),
        None => Config::default(),
    };
    let language = match &flags.lang {
        None => language::find(&config.language, labels::languages()).unwrap_or("en"),
        Some(tag) => {
            let known = language::find(tag, labels::languages());
            known.filter(|_| language::is_tag(tag)).ok_or_else(|| unknown_language(tag))?
        }
    };
    let kind = match &flags.kind {
        None => kinds.default_kind(),
        Some(id) => kinds.find(id).ok_or_else(|| unknown_kind(kinds, id))?,
    };
    let kind = kinds.get(kind);
    let name = parse::name_of(path);
    let blank = Blank {
        title: title.unwrap_or(&name),
        kind,
        language,
        lang: flags.lang.as_deref().filter(|tag| !tag.eq_ignore_ascii_case(&config.language)),
        departments: &departments(&config, kind, &flags.department)?,
        language_of_keys: if flags.yaml { Language::Yaml } else { Language::Toml },
    };
    Ok(blank.text())
}

pub(super) fn unknown_kind(kinds: &Kinds, id: &str) -> Trouble {
    let help = match nearest(id, kinds.ids()).first() {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("there are {}", kinds.ids().collect::<Vec<_>>().join(", ")),
    };
    Trouble::Refused(format!("there is no kind of canvas `{id}`; {help}"))
}

fn unknown_language(tag: &str) -> Trouble {
    let known: Vec<&str> = labels::languages().collect();
    Trouble::Refused(format!(
        "headings in `{tag}` are not known; --lang takes {}",
        known.join(", ")
    ))
}

fn departments(config: &Config, kind: &Kind, names: &[String]) -> Result<Vec<Suggested>, Trouble> {
    if !names.is_empty() && kind.departments_block().is_none() {
        let why = format!("a {} has no departments; leave out `--department`", kind.title);
        return Err(Trouble::Refused(why));
    }
    suggested(config, names).map_err(|UnknownDepartment { name, nearest }| {
        let help = match nearest.first() {
            Some(near) => format!("did you mean `{near}`?"),
            None => "a name has letters, digits, blanks and hyphens".into(),
        };
        Trouble::Refused(format!("there is no department `{name}`; {help}"))
    })
}

/// The text of a scenario.
fn scenario(
    inputs: &Inputs,
    kinds: &Kinds,
    root: &Path,
    from: &SourcePath,
    path: &SourcePath,
    title: Option<&str>,
) -> Result<String, Trouble> {
    let refuse = |why: String| Err(Trouble::Refused(why));
    if from == path {
        return refuse(format!("`{from}` cannot be a scenario of itself"));
    }
    let Some(text) = inputs.documents.get(from) else {
        let file = root.join(from.as_str());
        if is_taken(&file) && !file.is_dir() {
            let why = "cannot be read; `canvasbook check` shows why";
            return Err(Trouble::Source(format!("`{from}` {why}")));
        }
        let near = nearest(from.as_str(), inputs.documents.keys().map(SourcePath::as_str));
        let help = near.first().map(|near| format!("; did you mean `{near}`?"));
        return refuse(format!("there is no canvas `{from}`{}", help.unwrap_or_default()));
    };
    let mut diagnostics = Vec::new();
    let source = Source { path: from.clone(), text: text.clone() };
    let base = parse::document(&source, kinds, &mut diagnostics);
    if has_errors(&diagnostics) {
        let why = "has errors, which `canvasbook check` shows; mend them first";
        return Err(Trouble::Source(format!("`{from}` {why}")));
    }
    if base.canvas.is_none() {
        return refuse(format!("`{from}` is a page and no canvas"));
    }
    (Scenario { base: &base, kinds, path, title }).text().ok_or_else(|| {
        let why = "cannot be changed line by line; write each key on a line of its own";
        Trouble::Refused(format!("the front matter of `{from}` {why}"))
    })
}

/// The documents that links lead to, by the path of the document with the link and the link's
/// number.
type References = BTreeMap<(SourcePath, u32), SourcePath>;

fn references(compiled: &Compiled) -> References {
    let handbook = &compiled.edition.handbook;
    let path = |place: Place| handbook.entry(place.document).document.path.clone();
    let pairs = handbook.references();
    pairs.map(|found| ((path(found.from), found.link), path(found.to))).collect()
}

/// What a document would break; `None` if nothing. That is a page that has its place already or, if
/// it is new, references that have meant another document so far. `before` contains the references
/// without the document.
fn harm(compiled: &Compiled, path: &SourcePath, before: Option<References>) -> Option<String> {
    let speaks_of_it = |diagnostic: &Diagnostic| {
        let mut places = diagnostic.related.iter().map(|related| &related.location.file);
        diagnostic.location.file == *path || places.any(|file| file == path)
    };
    let mut found = compiled.diagnostics.iter().filter(|diagnostic| speaks_of_it(diagnostic));
    let clash = found.find_map(|Diagnostic { code, message, help, location, .. }| match &**code {
        "colliding-paths" | "unusable-path" => Some(match help {
            Some(help) => format!("{message}; {help}"),
            None => message.to_string(),
        }),
        "ambiguous-reference" if before.is_some() => {
            let file = &location.file;
            Some(format!("with `{path}` a reference in {file} is ambiguous; choose another name"))
        }
        _ => None,
    });
    clash.or_else(|| {
        let after = references(compiled);
        let mut before = before?.into_iter();
        let (of, meant) = before.find(|(of, meant)| after.get(of).is_some_and(|to| to != meant))?;
        let file = of.0;
        Some(format!(
            "a reference in {file} that means {meant} would lead to `{path}`; choose another name"
        ))
    })
}
