//! A repository with the canvases of `generate` and the commits that led to them.

use std::fs;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use crate::Outcome;
use crate::generate::{self, Dialect, Size};

/// The configuration of the handbook.
const CONFIGURATION: &str = "title = \"Strategy Handbook\"\nlanguage = \"en-GB\"\n\
                             base_url = \"https://handbook.example.org\"\n";

/// The time of the first commit, in seconds since 1970.
const FIRST: u32 = 1_700_000_000;

/// The seconds between two commits.
const BETWEEN: u32 = 6 * 60 * 60;

/// Each commit whose number is a multiple of this changes another file instead of a canvas.
const OTHER: u32 = 10;

/// Each commit whose number is a multiple of this is tagged.
const TAGGED: u32 = 1_000;

/// Writes a repository with its work tree.
pub fn write(folder: &Path, size: Size, commits: u32) -> Outcome<()> {
    fs::create_dir_all(folder)?;
    git(folder, &["init", "--quiet", "--initial-branch=main"])?;
    let mut import = Command::new("git")
        .args(["fast-import", "--quiet"])
        .current_dir(folder)
        .stdin(Stdio::piped())
        .spawn()?;
    let stream = import.stdin.take().ok_or("its input is piped")?;
    let mut stream = BufWriter::new(stream);
    let mut edits = vec![0_u32; size.canvases as usize];
    for number in 0..commits {
        begin(&mut stream, number)?;
        if number == 0 {
            file(&mut stream, "canvasbook.toml", CONFIGURATION)?;
            file(&mut stream, ".gitignore", "/public/\n")?;
            for canvas in 0..size.canvases {
                file(&mut stream, &path(canvas), &text(canvas, size, 0))?;
            }
        } else if number % OTHER == 0 {
            file(&mut stream, "notes.txt", &format!("Note {number}.\n"))?;
        } else {
            // A prime, so that one canvas after the other has its turn.
            let canvas = u32::try_from(u64::from(number) * 7919 % u64::from(size.canvases))?;
            let edited = &mut edits[canvas as usize];
            *edited += 1;
            file(&mut stream, &path(canvas), &text(canvas, size, *edited))?;
        }
        if number % TAGGED == TAGGED - 1 {
            write!(stream, "reset refs/tags/edition-{number}\nfrom refs/heads/main\n\n")?;
        }
    }
    stream.flush()?;
    drop(stream);
    if !import.wait()?.success() {
        return Err("`git fast-import` failed".into());
    }
    // As it is in a clone.
    git(folder, &["gc", "--quiet"])?;
    git(folder, &["reset", "--quiet", "--hard"])
}

/// Copies the sources without the repository.
pub fn copy_without_history(from: &Path, to: &Path) -> Outcome<()> {
    for entry in walkdir::WalkDir::new(from.join("content")) {
        let entry = entry?;
        let target = to.join(entry.path().strip_prefix(from)?);
        match entry.file_type().is_dir() {
            true => fs::create_dir_all(target)?,
            false => drop(fs::copy(entry.path(), target)?),
        }
    }
    // The folder may be inside of the project's own repository.
    let configuration = format!("{CONFIGURATION}\n[history]\nenabled = false\n");
    Ok(fs::write(to.join("canvasbook.toml"), configuration)?)
}

/// Runs git in the folder.
fn git(folder: &Path, words: &[&str]) -> Outcome<()> {
    match Command::new("git").args(words).current_dir(folder).status()?.success() {
        true => Ok(()),
        false => Err(format!("`git {}` failed", words.join(" ")).into()),
    }
}

/// Begins a commit.
fn begin(stream: &mut impl Write, number: u32) -> Outcome<()> {
    let seconds = FIRST + number * BETWEEN;
    let message = format!("Change {number} of the handbook");
    writeln!(stream, "commit refs/heads/main")?;
    writeln!(stream, "committer Head of Product <product@example.com> {seconds} +0100")?;
    data(stream, &message)
}

fn file(stream: &mut impl Write, path: &str, text: &str) -> Outcome<()> {
    writeln!(stream, "M 100644 inline {path}")?;
    data(stream, text)
}

fn data(stream: &mut impl Write, text: &str) -> Outcome<()> {
    Ok(write!(stream, "data {}\n{text}\n", text.len())?)
}

fn path(canvas: u32) -> String {
    let (_, file) = generate::title_and_file(canvas);
    format!("content/{}/{file}", generate::section(canvas))
}

/// The text of a canvas after `edits` edits: longer texts, elements that come and go, another
/// owner.
fn text(canvas: u32, size: Size, edits: u32) -> String {
    let mut text = generate::canvas(canvas, size, Dialect::Canvasbook);
    for edit in 1..=edits {
        let elements: Vec<usize> = text.match_indices(" — ").map(|(at, _)| at).collect();
        let at = elements[(edit * 7) as usize % elements.len()] + " — ".len();
        match edit % 4 {
            0 => text = text.replacen("owner = \"", "owner = \"Deputy ", 1),
            1 => text.push_str(&format!("- **Addition {edit}** — decided in round {edit}.\n")),
            2 => text.insert_str(at, &format!("since round {edit}, ")),
            _ => match text.find("- **Addition") {
                Some(at) => {
                    let end = text[at..].find('\n').map_or(text.len(), |end| at + end + 1);
                    text.replace_range(at..end, "");
                }
                None => text.insert_str(at, "again "),
            },
        }
    }
    text
}
