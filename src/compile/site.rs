//! What stands at which path of the site.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::claims::Claims;
use crate::canvas::LinkTarget;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::catalogue;
use crate::handbook::Target;
use crate::slug::nearest;
use crate::source::{Location, SourcePath, Span};
use crate::theme::Theme;
use crate::view::data::{self, Data};
use crate::view::edition::{CONTENT, Edition, file_path, site_file};
use crate::view::pages::{self, PageKey};
use crate::view::stale::Stale;
use crate::view::url::SitePath;

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

/// What of a site may be another than that of a compile before.
pub struct Changes<'c> {
    /// None where everything may.
    pub(super) stale: Option<Stale<'c>>,
    pub(super) before: &'c Arc<Site>,
    pub(super) now: &'c Arc<Site>,
}

impl Changes<'_> {
    /// True where a path may hold something else than before. What a file of the handbook holds is
    /// nothing that compiling knows of.
    pub fn may_have(&self, path: &SitePath, output: &Output) -> bool {
        let Some(stale) = &self.stale else { return true };
        let is_same_site = Arc::ptr_eq(self.before, self.now);
        if !is_same_site && self.before.get(path) != Some(output) {
            return true;
        }
        match output {
            Output::Page(key) => stale.has(*key),
            Output::Data(Data::Handbook) => !stale.is_none(),
            Output::Data(Data::Robots | Data::Sitemap | Data::SitemapPart(_)) => !is_same_site,
            Output::File(_) => true,
            Output::Asset(_) => false,
        }
    }
}

/// Gathers what stands where. Paths that cannot be published are reported.
pub(super) fn gather(edition: &Edition, theme: &Theme, diagnostics: &mut Vec<Diagnostic>) -> Site {
    let whole = |file: &SourcePath| Location::new(file, Span::default());
    let mut claims = Claims::new(diagnostics);
    for (path, key) in pages::all(edition) {
        let by = match key {
            PageKey::Document(index) => Some(whole(&edition.entry(index).document.path)),
            PageKey::Redirect(index, alias) => {
                let document = &edition.entry(index).document;
                let alias = document.front.aliases.get(alias);
                let span = alias.map_or_else(Span::default, |alias| alias.span);
                Some(Location::new(&document.path, span))
            }
            PageKey::Section(index) => {
                let folder = &edition.section(index).folder;
                Some(whole(&SourcePath::new(format!("{CONTENT}/{folder}"))))
            }
            _ => None,
        };
        claims.claim(path, by, Output::Page(key));
    }
    for (path, data) in data::all(edition) {
        claims.claim(path, None, Output::Data(data));
    }
    for file in edition.handbook.files.iter() {
        claims.claim(file_path(file), Some(whole(file)), Output::File(file.clone()));
    }
    for asset in theme.assets.keys() {
        let by = theme.own_file(asset).map(|file| whole(&file));
        claims.claim(SitePath::new(asset), by, Output::Asset(asset.clone()));
    }
    claims.finish()
}

/// So many paths are compared to find what was meant; links behind that are told without a
/// suggestion, so that a site that was moved is checked in a moment all the same.
const COMPARISONS: usize = 1_000_000;

/// Tells links to paths of the built site that do not exist.
pub(super) fn check_links(edition: &Edition, site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    let mut names: Option<BTreeSet<String>> = None;
    let mut left = COMPARISONS;
    for entry in edition.handbook.documents.iter() {
        let targets = entry.targets.iter().enumerate();
        for (at, _) in targets.filter(|(_, target)| **target == Target::Site) {
            let link = entry.document.links.at(at);
            let LinkTarget::Site { path, .. } = link.target() else { continue };
            if site.contains_key(&SitePath::new(&site_file(&path))) {
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
