//! The content of each path of the site.

use std::collections::{BTreeMap, BTreeSet};

use super::claims::Claims;
use crate::canvas::LinkTarget;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::catalogue;
use crate::handbook::{DocumentIndex, Target, relative};
use crate::slug::nearest;
use crate::source::{Location, SourcePath, Span};
use crate::theme::Theme;
use crate::view::edition::{Content, Edition, file_path, site_file};
use crate::view::pages::{PageKey, Pages};
use crate::view::url::SitePath;

/// The content of a path of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Output {
    /// A page, rendered when it is needed.
    Page(PageKey),
    /// A file for programs, written when it is needed.
    Data(PageKey),
    /// A copy of a file of the handbook.
    File(SourcePath),
    /// A file of the theme, by its path in it.
    Asset(String),
}

/// The built site: the content of each path.
pub type Site = BTreeMap<SitePath, Output>;

/// Returns the output of each path of the site. Reports paths that cannot be published.
pub(super) fn gather(
    edition: &Edition,
    pages: &Pages,
    theme: &Theme,
    diagnostics: &mut Vec<Diagnostic>,
) -> Site {
    let whole = |file: &SourcePath| Location::new(file, Span::default());
    let mut claims = Claims::new(diagnostics);
    let pages = pages.iter().map(|(path, key)| {
        let output = match key.kind().content {
            Content::Page { .. } => Output::Page(key),
            Content::Data(_) => Output::Data(key),
        };
        (path.clone(), (key.kind().source)(edition, key.at), output)
    });
    // What somebody wrote has the first claim.
    let (written, made): (Vec<_>, Vec<_>) = pages.partition(|(_, source, _)| source.is_some());
    for (path, source, output) in written.into_iter().chain(made) {
        claims.claim(path, source, output);
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

/// How many paths are compared to find the one that was meant; links after that are reported
/// without a suggestion, so that a site that was moved is checked in a moment all the same.
const COMPARISONS: usize = 1_000_000;

/// Reports links to paths of the built site that do not exist, in the documents that have such links.
pub(super) fn check_links(
    edition: &Edition,
    site: &Site,
    documents: impl Iterator<Item = DocumentIndex>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut names: Option<BTreeSet<String>> = None;
    let mut left = COMPARISONS;
    for entry in documents.map(|index| edition.entry(index)) {
        let targets = entry.targets.iter().enumerate();
        for (at, _) in targets.filter(|(_, target)| **target == Target::Site) {
            let link = entry.document.links.at(at);
            let LinkTarget::Site { path, .. } = link.target() else { continue };
            if site.contains_key(&SitePath::new(&site_file(&path))) {
                continue;
            }
            let place = Location::new(&entry.document.path, link.span);
            let written = format!("/{path}");
            let severity = edition.handbook.config.unknown_references;
            if let Some((source, page)) = source(edition, &path) {
                let from = relative(place.file.folder(), source.as_str()).replace(' ', "%20");
                let raw = link.span.of(&entry.document.text).rfind(&written);
                let raw = raw.map(|at| link.span.start as usize + at);
                let raw = raw.map(|at| Span::new(at, at + written.len()));
                let told = catalogue::source_from_the_top(place, &written, (&from, &page), raw);
                diagnostics.push(Diagnostic { severity, ..told });
                continue;
            }
            let names =
                names.get_or_insert_with(|| site.keys().map(|path| format!("/{path}")).collect());
            let near = match left.checked_sub(names.len()) {
                Some(rest) => {
                    left = rest;
                    nearest(&written, names.iter().map(String::as_str))
                }
                None => Vec::new(),
            };
            let near: Vec<String> = near.into_iter().map(str::to_owned).collect();
            let what = format!("`{written}`");
            let told = catalogue::unknown_reference(place, &what, &near);
            diagnostics.push(Diagnostic { severity, ..told });
        }
    }
}

/// The source that a path means if its leading `/` is the top of the repository, as on git hosts, or of
/// the content; and its path in the site.
fn source<'e>(edition: &'e Edition, path: &str) -> Option<(&'e SourcePath, SitePath)> {
    let files = &edition.handbook.files;
    let path = path.trim_end_matches('/');
    if let Some(index) = edition.document_at(path, &["", ".md", "/index.md", "/README.md"]) {
        return Some((&edition.entry(index).document.path, edition.path(index).clone()));
    }
    let file = files.binary_search(&SourcePath::new(path)).ok()?;
    Some((&files[file], file_path(&files[file])))
}
