//! A handbook in a folder, read and compiled, as often as somebody wants: what every command starts
//! with, and what a session of a preview or an editor goes on with.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::disk::{self, Files, ThemeFile};
use super::git;
use super::output::{Destination, refusal};
use super::today::Today;
use crate::check::Diagnostics;
use crate::compile::{Compiled, Inputs, Memo, compile};
use crate::config::{self, Config};
use crate::date::Date;
use crate::diagnostic::{Diagnostic, Severity, catalogue};
use crate::source::{Location, Source, SourcePath, Span};
use crate::theme::ThemeFiles;

/// A handbook that is opened again and again, each time for what changed only.
pub struct Session {
    /// Its folder.
    root: PathBuf,
    /// Where its site goes, if somebody typed that: it is taken as it is.
    output: Option<PathBuf>,
    drafts: bool,
    today: Today,
    /// Where its sources are, if they are not in the folder.
    checkout: Option<Arc<git::Checkout>>,
    /// What is known of the history; `None` if nobody asked for it.
    history: Option<git::Known>,
    memo: Memo,
    last: Option<Read>,
    is_broken: bool,
}

/// There is no handbook in this folder, or none any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoHandbook(pub PathBuf);

/// A handbook that was read and compiled.
pub struct Opened {
    /// What it was compiled from.
    pub read: Read,
    /// The result.
    pub compiled: Compiled,
    /// What is wrong: with the files and with what they say.
    pub diagnostics: Diagnostics,
}

/// A handbook that was read. A copy costs nothing.
#[derive(Clone)]
pub struct Read {
    /// Its folder.
    pub root: PathBuf,
    /// Where its site goes.
    pub output: PathBuf,
    /// Whether somebody typed where its site goes.
    is_output_typed: bool,
    /// What it is compiled from.
    pub inputs: Arc<Inputs>,
    /// The real file of each file that is copied.
    pub assets: Arc<BTreeMap<SourcePath, PathBuf>>,
    /// What could not be read, in the order in which it is shown.
    problems: Arc<[Diagnostic]>,
    /// Texts that could not be read whole, to show excerpts of.
    broken_texts: Arc<BTreeMap<SourcePath, Arc<str>>>,
    /// Keeps the sources of a past state until all that is copied of them is copied.
    checkout: Option<Arc<git::Checkout>>,
}

impl Session {
    /// A session of the handbook in a folder, with drafts or without. Its site goes to `output`, else
    /// where the configuration says.
    pub fn new(root: PathBuf, output: Option<PathBuf>, drafts: bool, today: Today) -> Self {
        let memo = Memo::default();
        Self {
            root,
            output,
            drafts,
            today,
            checkout: None,
            history: None,
            memo,
            last: None,
            is_broken: false,
        }
    }

    /// The session, with the history of the handbook where it has one and the configuration wants it.
    #[must_use]
    pub fn with_history(self) -> Self {
        let known = self.checkout.as_ref().map(|checkout| git::Known::of(checkout.commit()));
        Self { history: Some(known.unwrap_or_default()), ..self }
    }

    /// The session, with a day for today; `None` for what it takes by itself.
    #[must_use]
    pub fn on(self, day: Option<Date>) -> Self {
        Self { today: day.map_or(self.today, Today::Fixed), ..self }
    }

    /// The session of the handbook as it was at a commit. What is in its folder is neither read nor changed.
    #[must_use]
    pub fn at(self, checkout: git::Checkout) -> Self {
        Self { checkout: Some(Arc::new(checkout)), ..self }
    }

    /// The folder. It is the one that was found when the session began: should its files go for a
    /// moment, as in a checkout, a handbook above it must not be taken for it.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Where the site goes as the configuration is now.
    pub fn output(&self) -> PathBuf {
        self.output_by(&configuration(&self.root))
    }

    /// Whether the handbook had errors when it was opened last, or could not be opened.
    pub fn is_broken(&self) -> bool {
        self.is_broken
    }

    /// Reads and compiles the handbook. If nothing but some documents changed since the last time,
    /// `texts` are these.
    ///
    /// # Errors
    /// The folder is no handbook.
    pub fn open(&mut self, texts: Option<&[SourcePath]>) -> Result<Opened, NoHandbook> {
        // If opening fails, nobody knows what changes from here on.
        let known = self.last.take();
        self.is_broken = true;
        let today = self.today.day();
        let read = match known.zip(texts).and_then(|(known, texts)| known.again(texts, today)) {
            Some(read) => read,
            None => self.read()?,
        };
        self.last = Some(read.clone());
        let compiled = self.compile(&read.inputs);
        let diagnostics = compiled.diagnostics.clone().with(&read.problems);
        self.is_broken = diagnostics.has_errors();
        Ok(Opened { read, compiled, diagnostics })
    }

    /// Compiles what was read, or what would be read after a change.
    pub fn compile(&mut self, inputs: &Inputs) -> Compiled {
        compile(inputs, &mut self.memo)
    }

    /// Reads the handbook.
    ///
    /// # Errors
    /// The folder is no handbook.
    pub fn read(&mut self) -> Result<Read, NoHandbook> {
        let root = self.root.clone();
        let sources = self.checkout.as_ref().map_or(&*root, |checkout| checkout.root()).to_owned();
        if !disk::is_root(&sources) {
            return Err(NoHandbook(root));
        }
        let mut first = disk::read_config(&sources);
        let config = configured(&first);
        let output = self.output_by(&config);
        if self.output.is_none() {
            let config = first.config.as_ref();
            first.problems.extend(refused_output(&root, &output, config));
        }
        let history = self.history.as_mut().and_then(|known| {
            known.read(&root, &config.history, first.config.as_ref(), &mut first.problems)
        });
        let files = disk::read_rest(first, &sources, &config.theme, &output);
        let logo = Inputs::logo(&config, files.assets.keys());
        let logo_head = logo.map_or_else(Vec::new, |logo| disk::head(&files.assets[logo]));
        let inputs = Inputs {
            logo_head,
            config: files.config,
            kinds: files.kinds,
            documents: files.documents,
            files: files.assets.keys().cloned().collect(),
            theme: ThemeFiles {
                name: config.theme,
                files: files.theme.into_iter().map(|(path, file)| (path, bytes(file))).collect(),
            },
            themes: files.themes,
            drafts: self.drafts,
            today: self.today.day(),
            history,
        };
        Ok(Read {
            root,
            output,
            is_output_typed: self.output.is_some(),
            inputs: Arc::new(inputs),
            assets: Arc::new(files.assets),
            problems: files.problems.into(),
            broken_texts: Arc::new(files.texts),
            checkout: self.checkout.clone(),
        })
    }

    fn output_by(&self, config: &Config) -> PathBuf {
        self.output.clone().unwrap_or_else(|| self.root.join(&config.output))
    }
}

/// What the configuration of a handbook says, as far as it can be read; compiling reports what is wrong
/// with it.
pub fn configuration(root: &Path) -> Config {
    configured(&disk::read_config(root))
}

fn configured(first: &Files) -> Config {
    let config = first.config.as_ref();
    config.map_or_else(Config::default, |source| config::read(source, &mut Vec::new()))
}

impl Read {
    /// The handbook with some documents read again; `None` if one of them is no longer a text at its
    /// place.
    fn again(mut self, texts: &[SourcePath], today: Option<Date>) -> Option<Self> {
        let inputs = Arc::make_mut(&mut self.inputs);
        inputs.today = today;
        for path in texts {
            let text = disk::read_again(&self.root, path)?;
            *inputs.documents.get_mut(path)? = text;
        }
        Some(self)
    }
}

impl Opened {
    /// Whether it was read from what is in its folder, and not from a commit.
    pub fn is_of_folder(&self) -> bool {
        self.read.checkout.is_none()
    }

    /// What could not be read, if anything: a comparison would take it for removed.
    pub fn unread(&self) -> impl Iterator<Item = &Diagnostic> {
        self.read.problems.iter().filter(|problem| problem.severity == Severity::Error)
    }

    /// Where its site is to be written.
    pub fn destination(&self, adopt: bool) -> Destination<'_> {
        let Read { root, output, is_output_typed: typed, .. } = &self.read;
        Destination { root, output, adopt, typed: *typed }
    }

    /// The text of a file that a diagnostic names.
    pub fn text(&self, file: &SourcePath) -> Option<&str> {
        let broken = self.read.broken_texts.get(file).map(|text| &**text);
        broken.or_else(|| self.compiled.text(&self.read.inputs, file))
    }
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

fn bytes(file: ThemeFile) -> Arc<[u8]> {
    match file {
        ThemeFile::Text(text) => text.as_bytes().into(),
        ThemeFile::Bytes(bytes) => bytes,
    }
}
