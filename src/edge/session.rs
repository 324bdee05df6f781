//! A handbook in a folder, read and compiled as often as needed: every command begins with it, and
//! a preview or an editor goes on with it.

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

/// A handbook that is opened again and again, each time only for what changed.
pub struct Session {
    /// The folder of the handbook.
    root: PathBuf,
    /// The output folder, if somebody typed it; such a path is not checked against the root.
    output: Option<PathBuf>,
    drafts: bool,
    today: Today,
    /// The sources of a past state, if they are not those in the folder.
    checkout: Option<Arc<git::Checkout>>,
    /// Documents whose text differs from that in the folder.
    overlay: BTreeMap<SourcePath, Arc<str>>,
    /// What is known of the history; `None` if it is not needed.
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
    /// The values that it was compiled from.
    pub read: Read,
    /// The result of compiling it.
    pub compiled: Compiled,
    /// All diagnostics: about files and about their content.
    pub diagnostics: Diagnostics,
}

/// A handbook that was read, cheap to clone.
#[derive(Clone)]
pub struct Read {
    /// The folder of the handbook.
    pub root: PathBuf,
    /// The output folder.
    pub output: PathBuf,
    /// Whether somebody typed the output folder.
    is_output_typed: bool,
    /// The values to compile.
    pub inputs: Arc<Inputs>,
    /// The real path of each file that is copied.
    pub assets: Arc<BTreeMap<SourcePath, PathBuf>>,
    /// The files that could not be read, in the order in which they are reported.
    problems: Arc<[Diagnostic]>,
    /// Texts that could not be read whole, for excerpts.
    broken_texts: Arc<BTreeMap<SourcePath, Arc<str>>>,
    /// Keeps the sources of a past state until all files among them are copied.
    checkout: Option<Arc<git::Checkout>>,
}

impl Session {
    /// A session of the handbook in a folder, with drafts or without. Its site goes to `output`, else
    /// to the folder that the configuration names.
    pub fn new(root: PathBuf, output: Option<PathBuf>, drafts: bool, today: Today) -> Self {
        let memo = Memo::default();
        Self {
            root,
            output,
            drafts,
            today,
            checkout: None,
            overlay: BTreeMap::new(),
            history: None,
            memo,
            last: None,
            is_broken: false,
        }
    }

    /// Adds the history of the handbook, if it has one and the configuration wants it.
    #[must_use]
    pub fn with_history(self) -> Self {
        let known = self.checkout.as_ref().map(|checkout| git::Known::of(checkout.commit()));
        Self { history: Some(known.unwrap_or_default()), ..self }
    }

    /// Sets the day for today; `None` for the one that the session chooses by itself.
    #[must_use]
    pub fn on(self, day: Option<Date>) -> Self {
        Self { today: day.map_or(self.today, Today::Fixed), ..self }
    }

    /// Makes it a session of the handbook as it was at a commit. The files in its folder are neither read
    /// nor changed.
    #[must_use]
    pub fn at(self, checkout: git::Checkout) -> Self {
        Self { checkout: Some(Arc::new(checkout)), ..self }
    }

    /// Sets the text of a document, e.g. one that an editor has not saved. The document need not be in the
    /// folder yet.
    pub fn set_text(&mut self, document: SourcePath, text: Arc<str>) {
        self.overlay.insert(document, text);
        self.last = None;
    }

    /// The folder of the handbook. It is the one that was found when the session began: if its
    /// files vanish for a moment, as in a checkout, a handbook in a folder above must not be taken
    /// for it.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The output folder according to the present configuration.
    pub fn output(&self) -> PathBuf {
        self.output_by(&configuration(&self.root))
    }

    /// Whether the handbook had errors, or could not be opened, the last time.
    pub fn is_broken(&self) -> bool {
        self.is_broken
    }

    /// Reads and compiles the handbook. If only the texts of some documents changed since the last
    /// time, `texts` lists these.
    ///
    /// # Errors
    /// If the folder is not a handbook.
    pub fn open(&mut self, texts: Option<&[SourcePath]>) -> Result<Opened, NoHandbook> {
        // If opening fails, it is unknown what changes from here on.
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
    /// If the folder is not a handbook.
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
        let mut files = disk::read_rest(first, &sources, &config.theme, &output);
        for (path, text) in &self.overlay {
            files.replace_document(path, text);
        }
        let logo = Inputs::logo(&config, files.assets.keys());
        let logo_head = logo.map_or_else(Vec::new, |logo| disk::head(&files.assets[logo]));
        let inputs = Inputs {
            logo_head,
            config: files.config,
            kinds: files.kinds,
            unread_kinds: files.unread_kinds,
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

/// The configuration of a handbook, as far as it can be read; compiling reports its errors.
pub fn configuration(root: &Path) -> Config {
    configured(&disk::read_config(root))
}

fn configured(first: &Files) -> Config {
    let config = first.config.as_ref();
    config.map_or_else(Config::default, |source| config::read(source, &mut Vec::new()))
}

impl Read {
    /// The handbook with some documents read again; `None` if one of them is no longer a text.
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
    /// Whether it was read from its folder, and not from a commit.
    pub fn is_of_folder(&self) -> bool {
        self.read.checkout.is_none()
    }

    /// The files that could not be read, which a comparison would otherwise treat as removed.
    pub fn unread(&self) -> impl Iterator<Item = &Diagnostic> {
        self.read.problems.iter().filter(|problem| problem.severity == Severity::Error)
    }

    /// The destination of its site.
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

/// Reports an output folder from the configuration that must not be written to.
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
