//! `canvasbook init`: a handbook to start from.

use std::path::{Path, PathBuf};

use super::handbook::shown;
use super::{Trouble, for_shell, leads_away};
use crate::edge::cli::{Cli, Init};
use crate::edge::disk::{self, CONFIG, CONTENT, STATIC, THEMES};
use crate::edge::source_file::{is_taken, lies_in, real_folder, write};
use crate::edge::streams::Stream;
use crate::slug::spelled_out;
use crate::starter::{GITIGNORE, files};

/// Writes the files of a new handbook.
pub(super) fn run(cli: &Cli, flags: &Init) -> Result<bool, Trouble> {
    let folder = flags.dir.clone().unwrap_or_else(|| PathBuf::from("."));
    let at = |path: &str| folder.strip_prefix(".").unwrap_or(&folder).join(path);
    // Checked before anything is written, so that no half of a handbook remains.
    let is_no_folder = |path: &PathBuf| is_taken(path) && !path.is_dir();
    if let Some(file) = [folder.clone(), at(CONTENT)].into_iter().find(is_no_folder) {
        let file = file.display();
        return Err(Trouble::Refused(format!("`{file}` is a file or a broken link, not a folder")));
    }
    let files = files(&title(&folder));
    // The folder may be somebody else's clone.
    if let Some((path, _)) = files.iter().find(|(path, _)| !lies_in(&at(path), &folder)) {
        return Err(leads_away(&at(path)));
    }
    if let Some(folder) = files.iter().map(|(path, _)| at(path)).find(|path| path.is_dir()) {
        return Err(Trouble::Refused(format!("`{}` is a folder, not a file", folder.display())));
    }
    let taken: Vec<String> = files
        .iter()
        .map(|(path, _)| at(path))
        .filter(|path| is_taken(path))
        .map(|path| format!("`{}`", path.display()))
        .collect();
    if !taken.is_empty() && !flags.force {
        return Err(Trouble::Refused(exists(&taken)));
    }
    let mut told = Vec::new();
    for (path, text) in &files {
        let path = at(path);
        write(&path, text.as_bytes(), flags.force)
            .map_err(|error| Trouble::Write { path: path.clone(), error })?;
        told.push(format!("Wrote {}", path.display()));
    }
    told.push(keep_out_of_git(&at(GITIGNORE.0))?);
    if !cli.globals.quiet {
        told.extend(inside(&folder));
        told.extend(next_steps(&folder));
        Stream::Results.lines(told)?;
    }
    Ok(true)
}

/// A title from the folder's name: `business-models` becomes `Business models`.
fn title(folder: &Path) -> String {
    let name = folder.file_name().map(|name| name.to_string_lossy().into_owned());
    let name = name.or_else(|| {
        let real = real_folder(&folder.join(CONFIG))?;
        Some(real.file_name()?.to_string_lossy().into_owned())
    });
    let title = spelled_out(name.unwrap_or_default().trim_matches(['.', ' ']));
    if title.trim().is_empty() { "Handbook".to_owned() } else { title }
}

fn exists(taken: &[String]) -> String {
    let (verb, them) = match taken.len() {
        1 => ("exists", "it"),
        _ => ("exist", "them"),
    };
    format!(
        "{} {verb} already, and nothing was written; --force overwrites {them}",
        taken.join(", ")
    )
}

/// Writes `.gitignore` if there is none; otherwise returns which line is missing.
fn keep_out_of_git(path: &Path) -> Result<String, Trouble> {
    let shown = path.display();
    if !is_taken(path) {
        let written = write(path, GITIGNORE.1.as_bytes(), false);
        written.map_err(|error| Trouble::Write { path: path.to_owned(), error })?;
        return Ok(format!("Wrote {shown}"));
    }
    let is_ours = |line: &String| line.trim().trim_matches('/') == "public";
    Ok(match disk::lines(path) {
        Ok(lines) if lines.iter().any(is_ours) => format!("Left {shown} as it is"),
        Ok(_) => format!(
            "Left {shown} as it is; add the line `/public`, which keeps the site out of git"
        ),
        Err(error) => format!("Left {shown} as it is, for it cannot be read: {error}"),
    })
}

/// A remark for a new handbook in the folder of another one; `None` if it is in no other.
fn inside(folder: &Path) -> Option<String> {
    let real = real_folder(&folder.join(CONFIG))?;
    let around = disk::find_root(real.parent()?)?;
    let first = real.strip_prefix(&around).ok()?.components().next()?;
    let first = first.as_os_str().to_string_lossy();
    let other = shown(&around);
    let other = other.display();
    Some(if [CONTENT, STATIC, THEMES].contains(&&*first) {
        format!(
            "Note: it lies in {first}/ of the handbook `{other}`, which takes its files as well"
        )
    } else {
        format!("Note: it lies in the handbook `{other}`; commands in here work on the new one")
    })
}

fn next_steps(folder: &Path) -> Vec<String> {
    let mut steps = vec![String::new(), "Next:".to_owned()];
    if folder != Path::new(".") {
        let folder = folder.to_string_lossy();
        // A name that starts with a hyphen would be read as a flag.
        let here = if folder.starts_with('-') { "./" } else { "" };
        steps.push(format!("  cd {}", for_shell(&format!("{here}{folder}"))));
    }
    steps.extend([
        "  canvasbook build          and open public/index.html".to_owned(),
        "  canvasbook new my-canvas  to start a canvas of your own".to_owned(),
    ]);
    steps
}
