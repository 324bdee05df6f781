//! Pages of a handbook as one file that opens anywhere, with nothing beside it: to be mailed, kept or
//! printed.
//!
//! Each page is printed by its template as for the site. The content of its `<main>` becomes a part of the
//! file; the frame of the file is that of its first page. Ids are prefixed with the path of their page,
//! links among the pages become fragments, styles and scripts are written where they are loaded, and
//! pictures are left to the caller, since nothing is read here.

mod frame;
mod rewrite;
mod search;
mod selection;

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::compile::{Compiled, Output};
use crate::diagnostic::Diagnostic;
use crate::source::SourcePath;
use crate::view::pages::PageKey;
use crate::view::url::SitePath;
use crate::view::words::Words;

pub use selection::{MOST_CANVASES, Part, Refusal};

/// A piece of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Text as it is.
    Text(String),
    /// A file of the handbook, as a `data:` URL.
    File(SourcePath),
    /// A file of the theme, as a `data:` URL.
    Asset(String),
}

/// A page that goes into the file.
#[derive(Clone, Debug)]
struct Page {
    path: SitePath,
    key: PageKey,
}

/// What is known of the file while its pages are written.
struct File<'f> {
    compiled: &'f Compiled,
    /// The pages that are in it.
    held: BTreeSet<&'f SitePath>,
    /// The ids outside of the content of the first page.
    frame_ids: BTreeSet<String>,
    /// Whether the handbook can be searched in it, because all of it is in the file.
    has_search: bool,
    words: &'f Words,
}

impl Compiled {
    /// A part of the handbook as one file, in pieces. `render` renders its pages, like [`Compiled::render`].
    ///
    /// # Errors
    /// Why there is no such file, or a diagnostic if a template fails.
    pub fn single_file(
        &self,
        part: Part<'_>,
        render: impl Fn(PageKey) -> Result<Vec<u8>, Box<Diagnostic>> + Sync,
    ) -> Result<Vec<Piece>, Failure> {
        let pages = selection::pages(self, part).map_err(Failure::Refused)?;
        let rendered: Result<Vec<Vec<u8>>, Box<Diagnostic>> =
            pages.par_iter().map(|page| render(page.key)).collect();
        let rendered = rendered.map_err(Failure::Template)?;
        let first = rendered.first().map(|html| String::from_utf8_lossy(html)).unwrap_or_default();
        let file = File {
            compiled: self,
            held: pages.iter().map(|page| &page.path).collect(),
            frame_ids: frame::ids(&first),
            has_search: self.edition.has_search() && selection::is_whole(self, &pages),
            words: &self.edition.words,
        };
        let written: Vec<rewrite::Shown> = (pages.par_iter().zip(&rendered))
            .map(|(page, html)| rewrite::shown(&file, &page.path, &String::from_utf8_lossy(html)))
            .collect();
        Ok(frame::write(&file, &pages[0].path, &pages, &first, written))
    }

    /// A single page as one file, in pieces; the site need not have it. Its links are those of a page at
    /// `path`.
    pub fn file_of_page(&self, path: &SitePath, html: &[u8]) -> Vec<Piece> {
        let html = String::from_utf8_lossy(html);
        let file = File {
            compiled: self,
            held: BTreeSet::from([path]),
            frame_ids: frame::ids(&html),
            has_search: false,
            words: &self.edition.words,
        };
        let shown = rewrite::shown(&file, path, &html);
        frame::write(&file, path, &[], &html, vec![shown])
    }
}

/// Why there is no file.
#[derive(Debug)]
pub enum Failure {
    /// The request cannot be met.
    Refused(Refusal),
    /// A template fails.
    Template(Box<Diagnostic>),
}

impl File<'_> {
    /// A file of the theme that the site publishes at a path.
    fn asset(&self, path: &SitePath) -> Option<&[u8]> {
        match self.compiled.site.get(path)? {
            Output::Asset(asset) => Some(self.compiled.asset(asset)),
            _ => None,
        }
    }

    /// Whether the file has several pages, of which a reader sees one at a time.
    fn has_several(&self) -> bool {
        self.held.len() > 1
    }
}
