//! The pure core in one call: from the sources to the whole site.
//!
//! 1. The configuration and every document are read, each on its own ([`crate::parse`]).
//! 2. The documents become a handbook: departments, references, backlinks ([`crate::handbook`]).
//! 3. Rules check it; their findings get their levels ([`crate::check`]).
//! 4. Every page gets its path ([`crate::view::edition`]), and so the site is known: paths, each
//!    with its content. A page is rendered only when it is needed ([`Compiled::render`]).

mod changes;
mod claims;
mod settings;
mod site;

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use rayon::prelude::*;

use crate::canvas::Document;
use crate::check::{Diagnostics, Findings, Rules};
use crate::config::Config;
use crate::date::Date;
use crate::diagnostic::Diagnostic;
use crate::handbook::{Handbook, Parts, Resolution};
use crate::history::History;
use crate::kind::{Kind, Kinds};
use crate::source::{Source, SourcePath};
use crate::theme::{self, ANALYSIS, STYLE, Theme, ThemeFiles};
use crate::view::areas;
use crate::view::edition::{Content, Edition, Filled, ThemeFile};
use crate::view::grid;
use crate::view::pages::{PAGES, PageKey, Pages};
use crate::{logo, parse};

pub use changes::Changes;
use settings::Settings;
pub use site::{Output, Site};

/// All values that a site is made from.
#[derive(Clone, Debug, Default)]
pub struct Inputs {
    /// `canvasbook.toml`, if there is one.
    pub config: Option<Source>,
    /// The handbook's own kinds of canvas, sorted by path.
    pub kinds: Vec<Source>,
    /// The files of kinds that could not be read. Nothing more is said of what names them.
    pub unread_kinds: Vec<SourcePath>,
    /// Every Markdown file below `content/`.
    pub documents: BTreeMap<SourcePath, Arc<str>>,
    /// Every other file below `content/` and `static/`, sorted.
    pub files: Vec<SourcePath>,
    /// The first bytes of [`Inputs::logo`]; empty if there is none.
    pub logo_head: Vec<u8>,
    /// The handbook's own theme.
    pub theme: ThemeFiles,
    /// The folders of `themes/`, sorted.
    pub themes: Vec<String>,
    /// Build drafts too.
    pub drafts: bool,
    /// Today; `None` for that of the newest commit, else the newest day on which a document was reviewed,
    /// else the newest of their dates.
    pub today: Option<Date>,
    /// The history of the documents, if one is known.
    pub history: Option<Arc<History>>,
}

impl Inputs {
    /// The file of the handbook that is the logo of a configuration, of which the first bytes are
    /// needed.
    pub fn logo<'f>(
        config: &Config,
        files: impl IntoIterator<Item = &'f SourcePath>,
    ) -> Option<&'f SourcePath> {
        logo::source(config.logo.as_ref()?, files)
    }
}

/// Results of the last compilation, which are used again if nothing changed.
#[derive(Default)]
pub struct Memo {
    /// The documents, sorted by path.
    documents: Vec<Parsed>,
    settings: Option<Arc<Settings>>,
    resolution: Option<Resolution>,
    findings: Findings,
    last: Option<Last>,
}

/// The edition and the site of the last time.
struct Last {
    edition: Edition,
    pages: Pages,
    site: Arc<Site>,
    /// The diagnostics of the site.
    clashes: Vec<Diagnostic>,
}

/// A document and the diagnostics from reading it.
#[derive(Clone, Debug)]
struct Parsed {
    document: Arc<Document>,
    diagnostics: Arc<[Diagnostic]>,
}

impl Parsed {
    /// Whether this is the result of reading the text.
    fn holds(&self, text: &Arc<str>) -> bool {
        // Callers that keep texts from one time to the next hand over the same one.
        Arc::ptr_eq(&self.document.text, text) || self.document.text == *text
    }
}

/// A compiled handbook.
#[derive(Debug)]
pub struct Compiled {
    /// The handbook with the paths of its pages.
    pub edition: Edition,
    /// The content of each path.
    pub site: Arc<Site>,
    /// All diagnostics.
    pub diagnostics: Diagnostics,
    settings: Arc<Settings>,
    /// The results of [`Compiled::fingerprint`].
    fingerprints: Mutex<HashMap<PageKey, u64>>,
    /// The style sheets with the rules for posters, once they are needed: that of all pages, and that of pages
    /// that compare.
    styles: [OnceLock<Vec<u8>>; 2],
}

/// Compiles a handbook. Never fails: errors are in [`Compiled::diagnostics`]. The results of the last
/// time in `memo` make it faster and change nothing.
pub fn compile(inputs: &Inputs, memo: &mut Memo) -> Compiled {
    let before = memo.settings.take();
    let is_known = before.as_ref().is_some_and(|settings| settings.are_of(inputs));
    let settings = match &before {
        Some(settings) if is_known => Arc::clone(settings),
        _ => Arc::new(Settings::read(inputs, before.as_deref())),
    };
    if before.is_none_or(|before| !Arc::ptr_eq(&before.kinds, &settings.kinds)) {
        memo.documents.clear();
    }
    let (published, left_out) = parse_all(inputs, &settings.kinds, memo);
    let document = |parsed: &Parsed| Arc::clone(&parsed.document);
    let parts = Parts {
        config: Arc::clone(&settings.config),
        kinds: Arc::clone(&settings.kinds),
        documents: published.iter().map(document).collect(),
        drafts: left_out.iter().map(document).collect(),
        files: &inputs.files,
        today: inputs.today.or_else(|| committed(inputs)).or_else(|| newest(&published)),
        history: inputs.history.clone(),
    };
    let resolution = Resolution::of(parts, memo.resolution.take());
    memo.findings.update(&resolution.handbook, &settings.rules, resolution.touched(), |index| {
        let read = &published[index.0 as usize].diagnostics;
        read.iter().chain(resolution.said(index))
    });
    let (handbook, findings) = (resolution.handbook.clone(), &memo.findings);
    let vocabulary = &settings.theme.words;
    let last = memo.last.take().filter(|_| is_known);
    let edition = match &last {
        Some(last) => last.edition.again(handbook, findings.clone(), vocabulary),
        None => {
            let logo = settings.logo.clone();
            Edition::new(handbook, findings.clone(), vocabulary, logo, PAGES)
        }
    };
    let last = with_site(edition, &settings.theme, last);
    let Last { edition, site, clashes, .. } = &last;
    let drafts = left_out.iter().flat_map(|parsed| parsed.diagnostics.iter().cloned());
    let mut others: Vec<Diagnostic> = drafts.collect();
    others.extend(resolution.between().iter().cloned());
    others.extend(settings.diagnostics.iter().chain(clashes).cloned());
    crate::check::of_whole(&edition.handbook, &mut others);
    site::check_links(edition, site, resolution.leading_to_site(), &mut others);
    let diagnostics = Diagnostics::new(findings.clone(), others);
    memo.settings = Some(Arc::clone(&settings));
    memo.resolution = Some(resolution);
    let (edition, site) = (edition.clone(), Arc::clone(site));
    memo.last = Some(last);
    let (fingerprints, styles) = Default::default();
    Compiled { edition, site, diagnostics, settings, fingerprints, styles }
}

/// An edition with its site: that of the last time if it has the same pages.
fn with_site(edition: Edition, theme: &Theme, last: Option<Last>) -> Last {
    let pages = Pages::of(&edition);
    let is_same =
        |last: &Last| edition.handbook.is_again_of(&last.edition.handbook) && pages == last.pages;
    if let Some(last) = last.filter(is_same) {
        return Last { edition, ..last };
    }
    let mut clashes = Vec::new();
    let site = Arc::new(site::gather(&edition, &pages, theme, &mut clashes));
    Last { edition, pages, site, clashes }
}

/// The day of the newest commit.
fn committed(inputs: &Inputs) -> Option<Date> {
    inputs.history.as_ref()?.day
}

/// The newest day on which a document was reviewed; without reviews the newest of their dates. A plan may be
/// dated in the future, and would make every review overdue.
fn newest(documents: &[Parsed]) -> Option<Date> {
    let fronts = || documents.iter().map(|parsed| &parsed.document.front);
    let reviewed = fronts().filter_map(|front| front.reviewed).max();
    reviewed.or_else(|| fronts().filter_map(|front| front.date).max())
}

/// Documents to publish, and drafts that are left out.
type Documents = (Vec<Parsed>, Vec<Parsed>);

/// Reads every document whose text is not known already.
fn parse_all(inputs: &Inputs, kinds: &Kinds, memo: &mut Memo) -> Documents {
    let mut known = std::mem::take(&mut memo.documents).into_iter().peekable();
    let sources = inputs.documents.iter().map(|(path, text)| {
        while known.next_if(|known| known.document.path < *path).is_some() {}
        let known = known.next_if(|known| known.document.path == *path);
        (path, text, known.filter(|known| known.holds(text)))
    });
    let sources: Vec<(&SourcePath, &Arc<str>, Option<Parsed>)> = sources.collect();
    let is_new = sources.iter().any(|(.., known)| known.is_none());
    let parse = |(path, text, known): (&SourcePath, &Arc<str>, Option<Parsed>)| {
        known.unwrap_or_else(|| {
            let mut diagnostics = Vec::new();
            let source = Source { path: path.clone(), text: text.clone() };
            let document = Arc::new(parse::document(&source, kinds, &mut diagnostics));
            Parsed { document, diagnostics: diagnostics.into() }
        })
    };
    memo.documents = match is_new {
        true => sources.into_par_iter().map(parse).collect(),
        false => sources.into_iter().map(parse).collect(),
    };
    let is_draft = |parsed: &Parsed| parsed.document.front.draft && !inputs.drafts;
    let (drafts, published) = memo.documents.iter().cloned().partition(is_draft);
    (published, drafts)
}

impl Compiled {
    /// The handbook.
    pub fn handbook(&self) -> &Handbook {
        &self.edition.handbook
    }

    /// All rules.
    pub fn rules(&self) -> &Rules {
        &self.settings.rules
    }

    /// A page as HTML.
    ///
    /// # Errors
    /// A diagnostic if a template of the theme fails.
    pub fn render(&self, key: PageKey) -> Result<Vec<u8>, Box<Diagnostic>> {
        let Some((template, filled)) = self.filled(key) else { return Ok(Vec::new()) };
        crate::render::page(&self.settings.theme, &self.edition, template, &filled)
    }

    /// Renders a page that the site does not have.
    ///
    /// # Errors
    /// A diagnostic if a template of the theme fails.
    pub(crate) fn render_view(
        &self,
        template: ThemeFile,
        view: &Filled,
    ) -> Result<Vec<u8>, Box<Diagnostic>> {
        crate::render::page(&self.settings.theme, &self.edition, template, view)
    }

    /// The diagnostic for a [`Compiled::render_view`] that is not finished after `seconds` seconds.
    pub(crate) fn overdue_view(
        &self,
        template: ThemeFile,
        view: &Filled,
        seconds: u64,
    ) -> Diagnostic {
        crate::render::overdue(&self.settings.theme, template, view, seconds)
    }

    /// The title of a page; empty for a file for programs.
    pub(crate) fn title(&self, key: PageKey) -> String {
        self.filled(key).map(|(_, filled)| filled.layout.title).unwrap_or_default()
    }

    /// The view of a page with its template; `None` for a file for programs.
    fn filled(&self, key: PageKey) -> Option<(ThemeFile, Filled)> {
        match key.kind().content {
            Content::Page { template, view } => Some((template, view(&self.edition, key.at))),
            Content::Data(_) => None,
        }
    }

    /// A hash of everything that the template of a page can see, or of the content of a file for
    /// programs.
    fn fingerprint(&self, key: PageKey) -> u64 {
        let known = self.fingerprints().get(&key).copied();
        known.unwrap_or_else(|| {
            let fingerprint = key.kind().content.fingerprint(&self.edition, key.at);
            self.fingerprints().insert(key, fingerprint);
            fingerprint
        })
    }

    /// The fingerprints that are known.
    fn fingerprints(&self) -> MutexGuard<'_, HashMap<PageKey, u64>> {
        // No holder of the lock can leave the map half changed.
        self.fingerprints.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The diagnostic for a page that [`Compiled::render`] has not finished after `seconds`
    /// seconds. `None` for a file for programs, which has no template.
    pub fn overdue(&self, key: PageKey, seconds: u64) -> Option<Diagnostic> {
        let (template, filled) = self.filled(key)?;
        Some(crate::render::overdue(&self.settings.theme, template, &filled, seconds))
    }

    /// The diagnostic for a [`Compiled::render_lost`] that is not finished after `seconds` seconds.
    pub fn overdue_lost(&self, seconds: u64) -> Diagnostic {
        crate::render::overdue_lost(&self.settings.theme, seconds)
    }

    /// The paths whose content may differ from that in `before`, which was compiled with the same
    /// memo.
    pub fn changes<'c>(&'c self, before: &'c Self) -> Changes<'c> {
        Changes::between(before, self)
    }

    /// The page for addresses without one, for a site that is at `root` on its host.
    ///
    /// # Errors
    /// A diagnostic if a template of the theme fails.
    pub fn render_lost(&self, root: &str) -> Result<Vec<u8>, Box<Diagnostic>> {
        crate::render::lost(&self.settings.theme, &self.edition, root)
    }

    /// The content of a file for programs.
    pub fn data(&self, key: PageKey) -> Vec<u8> {
        match key.kind().content {
            Content::Data(bytes) => bytes(&self.edition, key.at),
            Content::Page { .. } => Vec::new(),
        }
    }

    /// The paths of the theme's files that are published.
    pub fn assets(&self) -> impl Iterator<Item = &str> {
        self.settings.theme.assets.keys().map(String::as_str)
    }

    /// A file of the theme, by its path in it. The style sheet of all pages ends with the rules for the
    /// posters of those kinds that have canvases, and the one of pages that compare with those of the others,
    /// since a canvas that is gone may be of any.
    pub fn asset(&self, path: &str) -> &[u8] {
        let file = |path: &str| self.settings.theme.assets.get(path).map_or(&[][..], |file| file);
        let at = match path {
            STYLE => 0,
            ANALYSIS => 1,
            _ => return file(path),
        };
        self.styles[at].get_or_init(|| {
            let handbook = self.handbook();
            let has_canvases =
                |kind: &Kind| handbook.lists.kinds.iter().any(|list| list.kind.id == kind.id);
            let kinds = handbook.kinds.iter().map(|(_, kind)| &**kind);
            let kinds: Vec<&Kind> =
                kinds.filter(|kind| has_canvases(kind) == (path == STYLE)).collect();
            let text = String::from_utf8_lossy(file(STYLE));
            let areas = areas::style(&kinds, |color| theme::both(color, &text));
            let posters = grid::style(&kinds);
            [file(path), posters.as_bytes(), areas.as_bytes()].concat()
        })
    }

    /// The text of a source or a template that a diagnostic names.
    pub fn text<'t>(&'t self, inputs: &'t Inputs, file: &SourcePath) -> Option<&'t str> {
        let config = inputs.config.as_ref().filter(|config| config.path == *file);
        let kind = inputs.kinds.iter().find(|kind| kind.path == *file);
        let own = config.or(kind).map(|source| &*source.text);
        own.or_else(|| inputs.documents.get(file).map(|text| &**text))
            .or_else(|| self.settings.theme.text(file))
    }
}
