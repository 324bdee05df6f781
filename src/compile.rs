//! The pure core in one call: from what was read to the whole site.
//!
//! 1. The configuration and every document are read, each on its own ([`crate::parse`]).
//! 2. The documents become a handbook: departments, references, backlinks ([`crate::handbook`]).
//! 3. Rules look at it; their findings are weighed ([`crate::check`]).
//! 4. Every page gets its place ([`crate::view::edition`]), and so the site is known: paths, each
//!    with what stands there. A page is rendered only when it is wanted ([`Compiled::render`]).

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io;
use std::sync::Arc;

use rayon::prelude::*;

use crate::canvas::{Document, LinkTarget};
use crate::config::{self, Config};
use crate::diagnostic::catalogue::{self, name_flaw};
use crate::diagnostic::{self, Diagnostic};
use crate::handbook::{self, Handbook, Target};
use crate::slug::nearest;
use crate::source::{Location, Source, SourcePath, Span};
use crate::theme::{self, BUILT_IN_THEME, Theme, ThemeFiles};
use crate::view::data::{self, Data};
use crate::view::edition::{CONTENT, Edition, file_path, site_file};
use crate::view::pages::{self, PageKey};
use crate::view::url::SitePath;
use crate::{check, logo, node, parse};

/// Everything a site is made from, as values.
#[derive(Clone, Debug, Default)]
pub struct Inputs {
    /// `canvasbook.toml`, where there is one.
    pub config: Option<Source>,
    /// Every Markdown file below `content/`.
    pub documents: BTreeMap<SourcePath, Arc<str>>,
    /// Every other file below `content/` and `static/`, sorted.
    pub files: Vec<SourcePath>,
    /// The first bytes of [`Inputs::logo`]; empty where there is none.
    pub logo_head: Vec<u8>,
    /// The handbook's own theme.
    pub theme: ThemeFiles,
    /// The folders of `themes/`, sorted.
    pub themes: Vec<String>,
    /// Build drafts too.
    pub drafts: bool,
}

impl Inputs {
    /// The file of the handbook that the logo of a configuration is, of which the first bytes are
    /// wanted.
    pub fn logo<'f>(
        config: &Config,
        files: impl IntoIterator<Item = &'f SourcePath>,
    ) -> Option<&'f SourcePath> {
        logo::source(config.logo.as_ref()?, files)
    }
}

/// What was worked out before, to be used again where nothing changed.
#[derive(Debug, Default)]
pub struct Memo {
    documents: HashMap<SourcePath, Parsed>,
}

/// A document and what was said about it when it was read.
#[derive(Clone, Debug)]
struct Parsed {
    document: Arc<Document>,
    diagnostics: Arc<[Diagnostic]>,
}

impl Parsed {
    /// True where this is what the text reads as.
    fn holds(&self, text: &Arc<str>) -> bool {
        // Whoever keeps texts from one time to the next hands over the same one.
        Arc::ptr_eq(&self.document.text, text) || self.document.text == *text
    }
}

/// What stands at a path of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Output {
    /// A page, rendered when it is wanted.
    Page(PageKey),
    /// A file for programs, written when it is wanted.
    Data(Data),
    /// A copy of a file of the handbook.
    File(SourcePath),
    /// A file of the theme, by its path in it.
    Asset(String),
}

/// The built site: what stands where.
pub type Site = BTreeMap<SitePath, Output>;

/// A compiled handbook.
#[derive(Debug)]
pub struct Compiled {
    /// The handbook with the places of its pages.
    pub edition: Edition,
    /// What stands where.
    pub site: Site,
    /// What is wrong, in the order in which it is shown.
    pub diagnostics: Vec<Diagnostic>,
    theme: Theme,
}

/// Compiles a handbook. Never fails: what is wrong is in [`Compiled::diagnostics`].
pub fn compile(inputs: &Inputs, memo: &mut Memo) -> Compiled {
    let mut diagnostics = Vec::new();
    let config = match &inputs.config {
        Some(source) => config::read(source, &mut diagnostics),
        None => Config::default(),
    };
    unknown_theme(inputs, &config, &mut diagnostics);
    let (documents, drafts) = parse_all(inputs, memo, &mut diagnostics);
    let mut theme = theme::load(&inputs.theme, &mut diagnostics);
    let mut logo = None;
    if let Some(Source { path, .. }) = &inputs.config {
        theme.paint(&config.colors, path, &mut diagnostics);
        logo = config.logo.as_ref().and_then(|logo| {
            logo::find(logo, path, &inputs.files, &inputs.logo_head, &mut diagnostics)
        });
    }
    let parts =
        handbook::Parts { config: Arc::new(config), documents, drafts, files: &inputs.files };
    let handbook = handbook::resolve(parts, &mut diagnostics);
    check::run(&handbook, &mut diagnostics);
    let mut diagnostics = check::weigh(&handbook, diagnostics);
    let edition = Edition::new(handbook, &theme.words, logo);
    let site = site(&edition, &theme, &mut diagnostics);
    site_links(&edition, &site, &mut diagnostics);
    diagnostic::sort(&mut diagnostics);
    Compiled { edition, site, diagnostics, theme }
}

/// Tells a theme that does not exist.
fn unknown_theme(inputs: &Inputs, config: &Config, diagnostics: &mut Vec<Diagnostic>) {
    let (Some(source), name) = (&inputs.config, &config.theme) else { return };
    if name != BUILT_IN_THEME && !inputs.themes.contains(name) {
        let parsed = node::toml::read(&source.text, 0);
        let span = parsed.root.get("theme").map_or_else(Span::default, |node| node.span);
        let place = Location { file: source.path.clone(), span };
        let names = inputs.themes.iter().map(String::as_str).chain([BUILT_IN_THEME]);
        diagnostics.push(catalogue::unknown_theme(place, name, &nearest(name, names)));
    }
}

/// Documents to publish, and the drafts that are left out.
type Documents = (Vec<Arc<Document>>, Vec<Arc<Document>>);

/// Reads every document whose text is not known already.
fn parse_all(inputs: &Inputs, memo: &mut Memo, diagnostics: &mut Vec<Diagnostic>) -> Documents {
    let known = &memo.documents;
    let sources: Vec<(&SourcePath, &Arc<str>)> = inputs.documents.iter().collect();
    let parsed: Vec<Parsed> = sources
        .par_iter()
        .map(|(path, text)| match known.get(*path).filter(|known| known.holds(text)) {
            Some(known) => known.clone(),
            None => {
                let mut diagnostics = Vec::new();
                let source = Source { path: (*path).clone(), text: (*text).clone() };
                let document = Arc::new(parse::document(&source, &mut diagnostics));
                Parsed { document, diagnostics: diagnostics.into() }
            }
        })
        .collect();
    memo.documents =
        parsed.iter().map(|parsed| (parsed.document.path.clone(), parsed.clone())).collect();
    let mut published = Vec::with_capacity(parsed.len());
    let mut drafts = Vec::new();
    for parsed in parsed {
        diagnostics.extend(parsed.diagnostics.iter().cloned());
        let left_out = parsed.document.front.draft && !inputs.drafts;
        if left_out { &mut drafts } else { &mut published }.push(parsed.document);
    }
    (published, drafts)
}

/// Who claims a path of the site, to tell two that claim the same.
struct Claims<'c> {
    site: Site,
    /// By the path folded, the first that claimed it.
    claimed: HashMap<String, Option<SourcePath>>,
    diagnostics: &'c mut Vec<Diagnostic>,
}

impl Claims<'_> {
    fn claim(&mut self, path: SitePath, source: Option<&SourcePath>, output: Output) {
        let folded = path.folded();
        match self.claimed.get(&folded) {
            None => {
                self.claimed.insert(folded, source.cloned());
                self.site.insert(path, output);
            }
            Some(first) => {
                let told = match (source, first) {
                    (Some(source), Some(first)) => {
                        catalogue::colliding_paths(source, first, path.as_str())
                    }
                    (Some(source), None) | (None, Some(source)) => {
                        catalogue::reserved_path(source, path.as_str())
                    }
                    (None, None) => return,
                };
                self.diagnostics.push(told);
            }
        }
    }
}

/// Gathers what stands where. Two that claim one path are told.
fn site(edition: &Edition, theme: &Theme, diagnostics: &mut Vec<Diagnostic>) -> Site {
    let mut claims = Claims { site: Site::new(), claimed: HashMap::new(), diagnostics };
    for (path, key) in pages::all(edition) {
        let (mut document, mut folder) = (None, None);
        match key {
            PageKey::Document(index) | PageKey::Redirect(index, _) => {
                document = Some(&edition.entry(index).document.path);
            }
            PageKey::Section(index) => {
                let section = edition.section(index);
                folder = Some(SourcePath::new(format!("{CONTENT}/{}", section.folder)));
            }
            _ => {}
        }
        if let Some(source) = document {
            let flawed = path.as_str().split('/').find_map(|part| Some((part, name_flaw(part)?)));
            if let Some((part, flaw)) = flawed {
                claims.diagnostics.push(catalogue::unusable_path(source, part, flaw));
            }
        }
        claims.claim(path, document.or(folder.as_ref()), Output::Page(key));
    }
    for (path, data) in data::all(edition) {
        claims.claim(path, None, Output::Data(data));
    }
    for file in &edition.handbook.files {
        claims.claim(file_path(file), Some(file), Output::File(file.clone()));
    }
    for asset in theme.assets.keys() {
        claims.claim(SitePath::new(asset), None, Output::Asset(asset.clone()));
    }
    claims.site
}

/// So many paths are compared to find what was meant; links behind that are told without a
/// suggestion, so that a site that was moved is checked in a moment all the same.
const COMPARISONS: usize = 1_000_000;

/// Tells links to paths of the built site that do not exist.
fn site_links(edition: &Edition, site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    let mut names: Option<BTreeSet<String>> = None;
    let mut left = COMPARISONS;
    for entry in &edition.handbook.documents {
        for (link, target) in entry.document.links.iter().zip(&entry.targets) {
            let (Target::Site, LinkTarget::Site { path, .. }) = (target, &link.target) else {
                continue;
            };
            if site.contains_key(&SitePath::new(&site_file(path))) {
                continue;
            }
            let names =
                names.get_or_insert_with(|| site.keys().map(|path| format!("/{path}")).collect());
            let written = format!("/{path}");
            let near = match left.checked_sub(names.len()) {
                Some(rest) => {
                    left = rest;
                    nearest(&written, names.iter().map(String::as_str))
                }
                None => Vec::new(),
            };
            let near: Vec<String> = near.into_iter().map(str::to_owned).collect();
            let place = Location::new(&entry.document.path, link.span);
            let what = format!("`{written}`");
            let mut diagnostic = catalogue::unknown_reference(place, &what, &near);
            diagnostic.severity = edition.handbook.config.unknown_references;
            diagnostics.push(diagnostic);
        }
    }
}

impl Compiled {
    /// The handbook.
    pub fn handbook(&self) -> &Handbook {
        &self.edition.handbook
    }

    /// A page as HTML.
    ///
    /// # Errors
    /// A diagnostic where a template of the theme fails.
    pub fn render(&self, key: PageKey) -> Result<Vec<u8>, Box<Diagnostic>> {
        crate::render::page(&self.theme, &self.edition, key)
    }

    /// The page for addresses without one, where the site stands at `root` on its host.
    ///
    /// # Errors
    /// A diagnostic where a template of the theme fails.
    pub fn render_lost(&self, root: &str) -> Result<Vec<u8>, Box<Diagnostic>> {
        crate::render::lost(&self.theme, &self.edition, root)
    }

    /// Writes a file for programs.
    ///
    /// # Errors
    /// What `out` says.
    pub fn write_data(&self, data: Data, out: &mut dyn io::Write) -> io::Result<()> {
        data::write(&self.edition, data, out)
    }

    /// A file of the theme, by its path in it.
    pub fn asset(&self, path: &str) -> &[u8] {
        self.theme.assets.get(path).map_or(&[], |bytes| bytes)
    }

    /// The text of a source or a template that a diagnostic names.
    pub fn text<'t>(&'t self, inputs: &'t Inputs, file: &SourcePath) -> Option<&'t str> {
        let config = inputs.config.as_ref().filter(|config| config.path == *file);
        let own = config.map(|config| &*config.text);
        own.or_else(|| inputs.documents.get(file).map(|text| &**text))
            .or_else(|| self.theme.text(file))
    }
}
