//! `canvasbook theme eject`: copies files of the built-in theme into the handbook, to be changed.

use std::collections::BTreeSet;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use super::handbook::root;
use super::{Trouble, for_shell};
use crate::config::{Config, theme_name};
use crate::diagnostic::catalogue::name_flaw;
use crate::edge::cli::{Cli, Eject, Theme, ThemeCommand};
use crate::edge::disk::THEMES;
use crate::edge::session::configuration;
use crate::edge::source_file::{self, Occupancy};
use crate::edge::streams::Stream;
use crate::slug::nearest;
use crate::theme::{BUILT_IN, BUILT_IN_THEME};
use crate::view::edition::ThemeFile;

/// The theme that files are copied into if the handbook has chosen none.
const OURS: &str = "ours";

/// Why nothing was copied.
#[derive(Debug)]
pub enum EjectError {
    /// The built-in theme has no such file.
    UnknownFile {
        /// What was asked for.
        file: String,
        /// The files most like it.
        near: Vec<&'static str>,
    },
    /// No theme of a handbook can have this name.
    Name {
        /// The name.
        name: String,
        /// Why not; completes "because it …".
        why: &'static str,
    },
    /// Files that were changed, or that are not files, are in the way; relative to the root. They
    /// are listed below the message.
    Taken(Vec<String>),
    /// A link leads from the theme's folder out of the handbook, or into a hidden one.
    LeadsAway(String),
    /// The system refused.
    Machine {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        error: io::Error,
    },
}

/// A file to copy.
struct Copy {
    /// Its path in the theme.
    path: &'static str,
    bytes: &'static [u8],
    /// Where it goes, relative to the root.
    to: String,
    occupancy: Occupancy,
}

/// Does what was asked of the theme.
pub(super) fn run(cli: &Cli, flags: &Theme) -> Result<bool, Trouble> {
    let ThemeCommand::Eject(flags) = &flags.command;
    let root = root(cli)?;
    let config = configuration(&root);
    let name = name(flags, &config)?;
    let folder = format!("{THEMES}/{name}");
    if flags.files.is_empty() && !flags.all {
        let named = flags.name.as_ref().map(|name| format!(" --name {}", for_shell(name)));
        let named = named.unwrap_or_default();
        Stream::Results.lines(list(&root, &folder, &named))?;
        return Ok(true);
    }
    let copies = plan(flags, &root, &folder)?;
    for copy in &copies {
        write(&root, copy)?;
    }
    if !cli.globals.quiet {
        Stream::Results.lines(summary(&copies, &name, &config))?;
    }
    Ok(true)
}

/// The theme to copy into.
fn name(flags: &Eject, config: &Config) -> Result<String, EjectError> {
    let Some(name) = &flags.name else {
        let is_own = config.theme != BUILT_IN_THEME;
        return Ok(if is_own { config.theme.clone() } else { OURS.to_owned() });
    };
    let wrong = |why| EjectError::Name { name: name.clone(), why };
    let name = theme_name(name).map_err(wrong)?;
    if name == BUILT_IN_THEME {
        return Err(wrong("is the built-in theme's own name"));
    }
    if name_flaw(&name).is_some() {
        return Err(wrong("is a name that some systems cannot store"));
    }
    Ok(name)
}

/// The files that were asked for, each with what is in its place. An error if one of them cannot be
/// written, so that either all are copied or none.
fn plan(flags: &Eject, root: &Path, folder: &str) -> Result<Vec<Copy>, EjectError> {
    let asked = flags.files.iter().map(|file| known(file));
    let asked = asked.collect::<Result<BTreeSet<&str>, EjectError>>()?;
    let mut copies = Vec::new();
    let files = BUILT_IN.iter().filter(|file| flags.all || asked.contains(file.path));
    for ThemeFile { path, bytes, .. } in files {
        let to = format!("{folder}/{path}");
        let target = root.join(&to);
        let machine = |error| EjectError::Machine { path: target.clone(), error };
        if !source_file::lies_in(&target, root) {
            return Err(EjectError::LeadsAway(folder.to_owned()));
        }
        let occupancy = source_file::look(&target, bytes).map_err(machine)?;
        copies.push(Copy { path, bytes, to, occupancy });
    }
    let taken = copies.iter().filter(|copy| copy.occupancy == Occupancy::Taken && !flags.force);
    let taken: Vec<String> = taken.map(|copy| copy.to.clone()).collect();
    if taken.is_empty() { Ok(copies) } else { Err(EjectError::Taken(taken)) }
}

/// The file of the built-in theme that is meant: by its path in the theme, or as messages name it.
fn known(file: &str) -> Result<&'static str, EjectError> {
    let path = file.replace('\\', "/");
    let path = path.trim_start_matches("./");
    let path = path.strip_prefix("themes/default/").unwrap_or(path);
    let mut paths = BUILT_IN.iter().map(|file| file.path);
    if let Some(known) = paths.find(|known| *known == path) {
        return Ok(known);
    }
    let stem = |path: &'static str| path.rsplit('/').next().unwrap_or(path);
    let wanted = path.rsplit('/').next().unwrap_or(path);
    let all = || BUILT_IN.iter().map(|file| file.path);
    // Someone who leaves out or mistakes the folder knows the name.
    let names = nearest(wanted, all().map(stem));
    let mut near: Vec<&str> = all().filter(|path| names.contains(&stem(path))).collect();
    near.sort_by_key(|path| names.iter().position(|name| *name == stem(path)));
    Err(EjectError::UnknownFile { file: file.to_owned(), near })
}

fn write(root: &Path, copy: &Copy) -> Result<(), EjectError> {
    let target = root.join(&copy.to);
    let written = match copy.occupancy {
        Occupancy::Free => source_file::create(&target, copy.bytes),
        Occupancy::Same => Ok(()),
        Occupancy::Taken => source_file::replace(&target, copy.bytes),
    };
    written.map_err(|error| EjectError::Machine { path: target, error })
}

/// Every file that can be copied, its purpose, and how to copy it; `named` is the flag that names
/// the theme.
fn list(root: &Path, folder: &str, named: &str) -> Vec<String> {
    let width = BUILT_IN.iter().map(|file| file.path.len()).max().unwrap_or(0);
    let mut lines = vec!["Files of the built-in theme:".to_owned(), String::new()];
    let mut any = false;
    for ThemeFile { path, about, .. } in BUILT_IN.iter() {
        let target = root.join(folder).join(path);
        let is_there = source_file::is_taken(&target);
        any |= is_there;
        let mark = if is_there { '*' } else { ' ' };
        lines.push(format!("{mark} {path:width$}  {about}"));
    }
    if any {
        lines.extend([String::new(), format!("* {folder}/ has a file of its own")]);
    }
    let eject = format!("canvasbook theme eject{named}");
    lines.extend([
        String::new(),
        format!("To change one, copy it to {folder}/:  {eject} templates/layout.html"),
        format!("To copy all of them:  {eject} --all"),
    ]);
    lines
}

/// Which files were copied, and what is left to do.
fn summary(copies: &[Copy], name: &str, config: &Config) -> Vec<String> {
    let mut lines = Vec::new();
    for Copy { path, to, occupancy, .. } in copies {
        lines.push(match occupancy {
            Occupancy::Free => format!("Copied {path} to {to}"),
            Occupancy::Same => format!("Kept {to}: it is the same already"),
            Occupancy::Taken => format!("Replaced {to} by {path}"),
        });
    }
    if config.theme != name {
        lines.push(format!(
            "To use it, write this in canvasbook.toml, above its first table: theme = \"{name}\""
        ));
    }
    lines
}

impl fmt::Display for EjectError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownFile { file, near } => {
                write!(formatter, "the built-in theme has no file `{file}`")?;
                if near.is_empty() {
                    return write!(formatter, "; `canvasbook theme eject` lists those it has");
                }
                let near: Vec<String> = near.iter().map(|path| format!("`{path}`")).collect();
                write!(formatter, "; did you mean {}?", near.join(" or "))
            }
            Self::Name { name, why } => {
                write!(formatter, "`{name}` cannot be the theme to copy into, because it {why}")
            }
            Self::Taken(_) => formatter.write_str(
                "nothing was copied; these differ from the built-in theme, and --force would overwrite them:",
            ),
            Self::LeadsAway(folder) => {
                write!(
                    formatter,
                    "nothing was copied, because a symbolic link leads from `{folder}` out of the \
                     handbook or to a hidden folder"
                )
            }
            Self::Machine { path, error } => {
                write!(formatter, "cannot write `{}`: {error}", path.display())
            }
        }
    }
}
