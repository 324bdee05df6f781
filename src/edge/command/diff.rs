//! `canvasbook diff`: how one canvas differs from another one.

mod html;
mod poster;
mod revisions;
mod text;

use std::path::Path;
use std::sync::Arc;

use super::Trouble;
use super::handbook::open;
use super::new::place;
use super::thread;
use crate::comparison::{self, Between, Comparison, Side};
use crate::edge::cli::{self, Cli, Format};
use crate::edge::disk::LARGEST_TEXT;
use crate::edge::harmless::{harmless, write_json};
use crate::edge::regular_file;
use crate::edge::session::Opened;
use crate::edge::streams::Stream;
use crate::handbook::{DocumentIndex, Handbook};
use crate::parse;
use crate::source::{Source, SourcePath, with_line_feeds};
use crate::view::comparison::Handbooks;
use crate::view::comparison::json::ComparisonJson;
use crate::view::comparison::markdown::{self, Accepted, Frame, Style};

use text::TextFormat;

/// Two sides, and their differences.
struct Compared {
    /// The handbook with the pages, words and settings to use: that of the later state.
    opened: Opened,
    /// The handbooks of the sides before and after, unless they are the opened one.
    own: [Option<Handbook>; 2],
    comparison: Comparison,
    /// The revisions as typed. `None` if two canvases are compared.
    revisions: Option<String>,
    /// The reasons why somebody accepts the changes.
    accepted: Vec<Accepted>,
}

impl Compared {
    fn handbooks(&self) -> Handbooks<'_> {
        let [before, after] = &self.own;
        let opened = self.opened.compiled.handbook();
        Handbooks {
            before: before.as_ref().unwrap_or(opened),
            after: after.as_ref().unwrap_or(opened),
        }
    }
}

/// Prints the differences. Returns `false` if the flags let a difference fail.
pub(super) fn run(cli: &Cli, flags: &cli::Diff) -> Result<bool, Trouble> {
    let compared = match revisions::compare(cli, flags)? {
        Some(compared) => compared,
        None => canvases(cli, flags)?,
    };
    let compared = Arc::new(compared);
    print(cli, flags, &compared)?;
    Ok(flags.is_well(&compared.comparison, !compared.accepted.is_empty()))
}

/// Compares the two canvases that a command line names.
fn canvases(cli: &Cli, flags: &cli::Diff) -> Result<Compared, Trouble> {
    let [before, after] = &flags.sides[..] else {
        return Err(Trouble::Refused("name two canvases, or revisions".to_owned()));
    };
    if !flags.paths.is_empty() {
        return Err(Trouble::Refused("paths behind `--` go with revisions only".to_owned()));
    }
    let opened = open(cli, flags.drafts)?;
    let (before, after) = (Found::find(&opened, before)?, Found::find(&opened, after)?);
    let sides = [&before, &after].map(|found| Side {
        handbook: found.own.as_ref().unwrap_or(opened.compiled.handbook()),
        document: found.document,
    });
    let comparison = comparison::canvases(sides[0], sides[1], Between::Canvases);
    Ok(Compared {
        opened,
        own: [before.own, after.own],
        comparison,
        revisions: None,
        accepted: Vec::new(),
    })
}

/// Prints a comparison in the format that was asked for.
fn print(cli: &Cli, flags: &cli::Diff, compared: &Arc<Compared>) -> Result<(), Trouble> {
    let edition = &compared.opened.compiled.edition;
    let (handbooks, comparison) = (compared.handbooks(), &compared.comparison);
    match cli.format() {
        Format::Html => html::print(cli, compared)?,
        Format::Json => {
            Stream::Results.write(|out| write_json(&ComparisonJson::of(comparison), out))?;
        }
        Format::Markdown => {
            let frame = Frame {
                style: if flags.plain { Style::Plain } else { Style::Html },
                gate: flags.fail_on,
                accepted: &compared.accepted,
                whole: flags.whole.as_deref(),
            };
            let text = markdown::write(handbooks, comparison, &edition.words, frame);
            Stream::Results.lines(text.lines())?;
        }
        _ => {
            let format = TextFormat {
                colour: Stream::Results.is_coloured(cli.globals.color),
                width: Stream::Results.width(),
                words: edition.words_in("en"),
            };
            let text = text::write(handbooks, comparison, &format);
            Stream::Results.write(|out| out.write_all(text.as_bytes()))?;
        }
    }
    Ok(())
}

/// A canvas that was asked for.
struct Found {
    /// A handbook of the canvas alone, if it is not a document of the opened handbook.
    own: Option<Handbook>,
    document: DocumentIndex,
}

impl Found {
    /// Finds the canvas that an argument names: a document of the handbook, or any file.
    fn find(opened: &Opened, name: &str) -> Result<Self, Trouble> {
        let handbook = opened.compiled.handbook();
        let path = place(name.as_ref(), &opened.read.root).ok();
        let is_known = path.is_some_and(|path| opened.read.inputs.documents.contains_key(&path));
        if !is_known && Path::new(name).is_file() {
            return Self::read(handbook, name);
        }
        let (document, ..) = thread::canvas(opened, handbook, name)?;
        Ok(Self { own: None, document })
    }

    /// Reads a file that is not a document of the handbook, with the kinds and the settings of the
    /// handbook.
    fn read(handbook: &Handbook, name: &str) -> Result<Self, Trouble> {
        let refuse = |why: &str| Trouble::Refused(format!("`{}` {why}", harmless(name)));
        let bytes = regular_file::read(Path::new(name), LARGEST_TEXT);
        let bytes = bytes.map_err(|error| refuse(&format!("cannot be read: {error}")))?;
        let text = String::from_utf8(bytes).map_err(|_| refuse("is not UTF-8"))?;
        let source = Source { path: SourcePath::new(name), text: with_line_feeds(text).into() };
        let mut diagnostics = Vec::new();
        let document = parse::document(&source, &handbook.kinds, &mut diagnostics);
        if document.canvas.is_none() {
            return Err(refuse("is no canvas: it has fewer than three blocks of any kind"));
        }
        let own = Some(handbook.alone(vec![Arc::new(document)]));
        Ok(Self { own, document: DocumentIndex(0) })
    }
}
