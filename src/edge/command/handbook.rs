//! What every command starts with: the handbook read from the disk and compiled, and its
//! diagnostics printed.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use super::Trouble;
use crate::check::Diagnostics;
use crate::compile::{Compiled, Inputs, Memo, compile};
use crate::config::{self, Config};
use crate::diagnostic::{Diagnostic, catalogue};
use crate::edge::cli::{Cli, Format};
use crate::edge::disk::{self, Files, ThemeFile};
use crate::edge::output::{Destination, refusal};
use crate::edge::places::Texts;
use crate::edge::preview::Problem;
use crate::edge::report;
use crate::edge::streams::Stream;
use crate::edge::terminal::{self, Drawing};
use crate::edge::watch::{Change, Watch};
use crate::source::{Location, Source, SourcePath, Span};
use crate::theme::ThemeFiles;

/// A handbook that was read and compiled.
pub(super) struct Opened {
    /// What it was compiled from.
    pub read: Read,
    /// The result.
    pub compiled: Compiled,
    /// What is wrong: with the files and with what they say.
    pub diagnostics: Diagnostics,
}

/// A handbook that was read. A copy costs nothing.
#[derive(Clone)]
pub(super) struct Read {
    /// Its folder.
    pub root: PathBuf,
    /// Where its site goes.
    pub output: PathBuf,
    /// What it is compiled from.
    pub inputs: Arc<Inputs>,
    /// The real file of each file that is copied.
    pub assets: Arc<BTreeMap<SourcePath, PathBuf>>,
    /// What could not be read, in the order in which it is shown.
    problems: Arc<[Diagnostic]>,
    /// Texts that could not be read whole, to show excerpts of.
    broken_texts: Arc<BTreeMap<SourcePath, Arc<str>>>,
}

/// A handbook that is opened again and again.
pub(super) struct Reader {
    cli: Cli,
    drafts: bool,
    memo: Memo,
    last: Option<Read>,
    /// The handbook had errors the last time.
    is_broken: bool,
}

/// So long a handbook that has errors all of a sudden is not believed: an editor may be half way
/// through writing a file.
const HALF_WRITTEN: Duration = Duration::from_millis(50);

impl Reader {
    /// A reader of the handbook that the command line speaks of.
    pub fn new(cli: &Cli, drafts: bool) -> Self {
        Self { cli: cli.clone(), drafts, memo: Memo::default(), last: None, is_broken: false }
    }

    /// Opens the handbook after a change.
    pub fn open_after(
        &mut self,
        mut change: Change,
        watch: &mut Watch,
    ) -> (Change, Result<Opened, Trouble>) {
        let was_broken = self.is_broken;
        let mut opened = self.open(change.texts.as_deref());
        if !was_broken
            && self.is_broken
            && let Some(next) = watch.wait_at_most(HALF_WRITTEN)
        {
            opened = self.open(next.texts.as_deref());
            change.paths.extend(next.paths);
            change.paths.sort();
            change.paths.dedup();
        }
        (change, opened)
    }

    /// Reads and compiles it. Where nothing but some documents changed since the last time, `texts`
    /// are these.
    pub fn open(&mut self, texts: Option<&[SourcePath]>) -> Result<Opened, Trouble> {
        // Where opening fails, nobody knows what changes from here on.
        let known = self.last.take();
        self.is_broken = true;
        let read = match known.zip(texts).and_then(|(known, texts)| known.again(texts)) {
            Some(read) => read,
            None => read(&self.cli, self.drafts)?,
        };
        self.last = Some(read.clone());
        let compiled = compile(&read.inputs, &mut self.memo);
        let diagnostics = compiled.diagnostics.clone().with(&read.problems);
        self.is_broken = diagnostics.has_errors();
        Ok(Opened { read, compiled, diagnostics })
    }
}

impl Read {
    /// The same handbook with some documents read again; none where one of them is no longer a text
    /// at its place.
    fn again(mut self, texts: &[SourcePath]) -> Option<Self> {
        let inputs = Arc::make_mut(&mut self.inputs);
        for path in texts {
            let text = disk::read_again(&self.root, path)?;
            *inputs.documents.get_mut(path)? = text;
        }
        Some(self)
    }
}

/// Finds, reads and compiles the handbook that the command line speaks of.
pub(super) fn open(cli: &Cli, drafts: bool) -> Result<Opened, Trouble> {
    Reader::new(cli, drafts).open(None)
}

/// Finds and reads the handbook that the command line speaks of.
pub(super) fn read(cli: &Cli, drafts: bool) -> Result<Read, Trouble> {
    let root = root(cli)?;
    let mut first = disk::read_config(&root);
    let config = config(&first);
    let output = output(cli, &root, &config);
    if cli.globals.output.is_none() {
        let config = first.config.as_ref();
        first.problems.extend(refused_output(&root, &output, config));
    }
    let files = disk::read_rest(first, &root, &config.theme, &output);
    let logo = Inputs::logo(&config, files.assets.keys());
    let logo_head = logo.map_or_else(Vec::new, |logo| disk::head(&files.assets[logo]));
    let inputs = Inputs {
        logo_head,
        config: files.config,
        kinds: Vec::new(),
        documents: files.documents,
        files: files.assets.keys().cloned().collect(),
        theme: ThemeFiles {
            name: config.theme,
            files: files.theme.into_iter().map(|(path, file)| (path, bytes(file))).collect(),
        },
        themes: files.themes,
        drafts,
    };
    Ok(Read {
        root,
        output,
        inputs: Arc::new(inputs),
        assets: Arc::new(files.assets),
        problems: files.problems.into(),
        broken_texts: Arc::new(files.texts),
    })
}

/// Where the site goes: where the command line says, else the configuration.
pub(super) fn output(cli: &Cli, root: &Path, config: &Config) -> PathBuf {
    cli.globals.output.clone().unwrap_or_else(|| root.join(&config.output))
}

/// Reports an output folder of the handbook's own choice that nothing may be written to.
fn refused_output(root: &Path, output: &Path, config: Option<&Source>) -> Option<Diagnostic> {
    let refusal = refusal(root, output)?;
    let folder = output.strip_prefix(root).unwrap_or(output).to_string_lossy().replace('\\', "/");
    let named = config.and_then(|config| config::place(config, "output"));
    let place =
        named.unwrap_or_else(|| Location::new(&SourcePath::new(folder.as_str()), Span::default()));
    Some(catalogue::refused_output(place, &folder, &refusal.to_string()))
}

/// What the configuration says, as far as it can be read; compiling tells what is wrong with it.
pub(super) fn config(first: &Files) -> Config {
    first
        .config
        .as_ref()
        .map_or_else(Config::default, |source| config::read(source, &mut Vec::new()))
}

/// The folder of the handbook that the command line speaks of.
pub(super) fn root(cli: &Cli) -> Result<PathBuf, Trouble> {
    match &cli.globals.root {
        Some(root) if disk::is_root(root) => Ok(root.clone()),
        Some(root) => Err(Trouble::NoHandbook { folder: root.clone(), named: true }),
        None => disk::find_root(Path::new("."))
            .map(|found| shown(&found))
            .ok_or_else(|| Trouble::NoHandbook { folder: disk::here(), named: false }),
    }
}

/// A folder as people would name it: relative to where they stand if that is shorter.
pub(super) fn shown(folder: &Path) -> PathBuf {
    let here = disk::here();
    match here.strip_prefix(folder) {
        Ok(below) => {
            let up: PathBuf = below.components().map(|_| "..").collect();
            if up.as_os_str().is_empty() { PathBuf::from(".") } else { up }
        }
        Err(_) => folder.to_owned(),
    }
}

fn bytes(file: ThemeFile) -> Arc<[u8]> {
    match file {
        ThemeFile::Text(text) => text.as_bytes().into(),
        ThemeFile::Bytes(bytes) => bytes,
    }
}

impl Opened {
    /// Where its site is to be written.
    pub(super) fn destination(&self, cli: &Cli, adopt: bool) -> Destination<'_> {
        let Read { root, output, .. } = &self.read;
        Destination { root, output, adopt, typed: cli.globals.output.is_some() }
    }

    /// The text of a file that a diagnostic names.
    pub(super) fn text(&self, file: &SourcePath) -> Option<&str> {
        let broken = self.read.broken_texts.get(file).map(|text| &**text);
        broken.or_else(|| self.compiled.text(&self.read.inputs, file))
    }

    /// Draws diagnostics without colours, each on its own, up to [`terminal::DRAWN`].
    pub(super) fn draw_each(&self, diagnostics: &[&Diagnostic]) -> Vec<Problem> {
        let texts = |file: &SourcePath| self.text(file);
        let drawing = Drawing { colour: false, width: 100, limit: 1 };
        let drawn = diagnostics.iter().take(terminal::DRAWN);
        let drawn = drawn.map(|diagnostic| {
            let drawn = terminal::draw_alone(diagnostic, &texts, drawing);
            Problem::new(diagnostic, drawn, texts(&diagnostic.location.file))
        });
        let mut drawn: Vec<Problem> = drawn.collect();
        if diagnostics.len() > drawn.len() {
            let more = diagnostics.len() - drawn.len();
            let text = format!("… and {more} more; `canvasbook check` lists all");
            drawn.push(Problem { text, origin: None });
        }
        drawn
    }

    /// Prints diagnostics to a stream in the format that was asked for.
    pub(super) fn print(
        &self,
        cli: &Cli,
        stream: Stream,
        diagnostics: &[&Diagnostic],
    ) -> Result<(), Trouble> {
        let rules = self.compiled.rules();
        let texts: Texts<'_, '_> = &|file| self.text(file);
        let folder = self.read.root.to_string_lossy();
        let folder = folder.trim_start_matches("./").trim_end_matches('/');
        let folder = if folder == "." { "" } else { folder };
        let text = match cli.format() {
            Format::Json => report::json(diagnostics, texts),
            Format::Github => report::github(diagnostics, texts, folder),
            Format::Sarif => report::sarif(diagnostics, rules, texts, folder),
            Format::Human => {
                let colour = stream.is_coloured(cli.globals.color);
                let (width, limit) = (stream.width(), terminal::DRAWN);
                terminal::draw(diagnostics, rules, texts, Drawing { colour, width, limit })
            }
        };
        stream.write(|out| out.write_all(text.as_bytes()))?;
        Ok(())
    }
}
