//! `canvasbook export`: the handbook as JSON, or a part of it as one HTML file.

use std::io::{self, Read, Write};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use base64::prelude::BASE64_STANDARD;
use base64::write::EncoderWriter;

use super::Trouble;
use super::check::place;
use super::clocks::{self, Clocks};
use super::handbook::open;
use crate::diagnostic::Diagnostic;
use crate::edge::cli::{self, Cli, Format};
use crate::edge::harmless::write_json;
use crate::edge::media;
use crate::edge::regular_file;
use crate::edge::session::Opened;
use crate::edge::streams::Stream;
use crate::edge::threads;
use crate::single_file::{Failure, MOST_CANVASES, Part, Piece, Refusal};
use crate::view::export::Export;
use crate::view::pages::PageKey;

/// Prints the handbook. Returns `false` if it has errors.
pub(super) fn run(cli: &Cli, flags: &cli::Export) -> Result<bool, Trouble> {
    let opened = Arc::new(open(cli, flags.drafts)?);
    let errors: Vec<&Diagnostic> = opened.diagnostics.errors().collect();
    if !errors.is_empty() {
        return wrong(cli, &opened, &errors);
    }
    if cli.format() != Format::Html {
        Stream::Results.write(|out| write_json(&Export::of(&opened.compiled.edition), out))?;
        return Ok(true);
    }
    if Stream::Results.is_terminal() {
        let why = "a terminal cannot show the file; add `> handbook.html`, or another name for it";
        return Err(Trouble::Refused(why.to_owned()));
    }
    let pieces = match in_time(&opened, flags)? {
        Ok(pieces) => pieces,
        Err(Failure::Template(diagnostic)) => return wrong(cli, &opened, &[&diagnostic]),
        Err(Failure::Refused(refusal)) => return Err(Trouble::Refused(said(flags, &refusal))),
    };
    let size = write(&opened, &pieces)?;
    if size > MOST_MAILED {
        let megabytes = size / 1_000_000;
        Stream::Messages.line(&format!(
            "note: the file has {megabytes} MB, and few mail servers take so much; smaller pictures or a part of the handbook make it smaller"
        ))?;
    }
    Ok(true)
}

/// Prints a file, and returns how many bytes it has.
pub(super) fn write(opened: &Opened, pieces: &[Piece]) -> Result<u64, Trouble> {
    let mut size = 0;
    Stream::Results.write(|out| {
        let mut out = Counted { out, size: &mut size };
        pieces.iter().try_for_each(|piece| match piece {
            Piece::Text(text) => out.write_all(text.as_bytes()),
            Piece::Asset(path) => write_data(&mut out, path, opened.compiled.asset(path)),
            Piece::File(path) => {
                let named = |error| io::Error::other(format!("`{path}` cannot be read: {error}"));
                let file = regular_file::open(&opened.read.assets[path]).map_err(named)?;
                write_data(&mut out, path.as_str(), file)
            }
        })
    })?;
    Ok(size)
}

/// The size of a message, in bytes, that most mail servers accept.
const MOST_MAILED: u64 = 20_000_000;

/// Prints the errors of a template or a source, and returns `false`.
pub(super) fn wrong(cli: &Cli, opened: &Opened, errors: &[&Diagnostic]) -> Result<bool, Trouble> {
    // The result is for programs or browsers, but these messages are for the person who asked.
    let mut human = cli.clone();
    human.globals.format = Some(Format::Human);
    opened.print(&human, Stream::Messages, errors)?;
    Ok(false)
}

/// A file that is being made.
struct Job {
    opened: Arc<Opened>,
    part: Option<String>,
    clocks: Clocks<PageKey>,
}

/// Makes the file that was asked for, unless a page of it takes too long.
fn in_time(
    opened: &Arc<Opened>,
    flags: &cli::Export,
) -> Result<Result<Vec<Piece>, Failure>, Trouble> {
    let pool = threads::pool()
        .map_err(|error| Trouble::Refused(format!("threads cannot be started: {error}")))?;
    let (part, clocks) = (flags.part.clone(), Clocks::new(&pool));
    let job = Arc::new(Job { opened: Arc::clone(opened), part, clocks });
    let seconds = opened.compiled.handbook().config.timeout;
    let overdue = || {
        let key = job.clocks.overdue(Duration::from_secs(seconds))?;
        opened.compiled.overdue(key, seconds)
    };
    let file = clocks::wait(&pool, &job, Job::single_file, overdue);
    Ok(file.unwrap_or_else(|diagnostic| Err(Failure::Template(Box::new(diagnostic)))))
}

impl Job {
    /// The pieces of the file. A path counts from the current folder, else from the root or
    /// `content/`.
    fn single_file(&self) -> Result<Vec<Piece>, Failure> {
        let Some(part) = self.part.as_deref() else { return self.file_of(Part::Whole) };
        if let Some(id) = part.strip_prefix("department:") {
            return self.file_of(Part::Department(id));
        }
        if let Some(place) = place(&self.opened.read.root, Path::new(part)) {
            match self.file_of(Part::Path(&place)) {
                Err(Failure::Refused(Refusal::NoDocument(_))) => {}
                file => return file,
            }
        }
        self.file_of(Part::Path(part.strip_prefix("./").unwrap_or(part)))
    }

    fn file_of(&self, part: Part<'_>) -> Result<Vec<Piece>, Failure> {
        let compiled = &self.opened.compiled;
        compiled.single_file(part, |key| self.clocks.timed(key, || compiled.render(key)))
    }
}

/// A message about why there is no file, and what to do.
fn said(flags: &cli::Export, refusal: &Refusal) -> String {
    let part = flags.part.as_deref().unwrap_or_default();
    let listed = |items: &[String]| {
        let quoted: Vec<String> = items.iter().map(|item| format!("`{item}`")).collect();
        quoted.join(", ")
    };
    let meant = |near: &[String], prefix: &str| {
        let near: Vec<String> = near.iter().map(|near| format!("{prefix}{near}")).collect();
        if near.is_empty() { String::new() } else { format!("; did you mean {}?", listed(&near)) }
    };
    match refusal {
        Refusal::TooLarge { canvases, instead } => {
            let instead = match instead.is_empty() {
                true => String::new(),
                false => format!(", such as {}", listed(instead)),
            };
            format!(
                "one file holds {MOST_CANVASES} canvases at most, and these are {canvases}; export a part{instead}"
            )
        }
        Refusal::NoDocument(near) => {
            format!("`{part}` is neither a document nor a folder of them{}", meant(near, ""))
        }
        Refusal::NoDepartment(near) => {
            format!("`{part}` is no department that does anything{}", meant(near, "department:"))
        }
    }
}

/// Writes a file as a `data:` URL.
fn write_data(out: &mut impl Write, path: &str, mut bytes: impl Read) -> io::Result<()> {
    write!(out, "data:{};base64,", media::of(path))?;
    let mut encoder = EncoderWriter::new(out, &BASE64_STANDARD);
    io::copy(&mut bytes, &mut encoder)?;
    encoder.finish().map(|_| ())
}

/// A writer that counts what is written.
struct Counted<'c> {
    out: &'c mut dyn Write,
    size: &'c mut u64,
}

impl Write for Counted<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        *self.size += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
