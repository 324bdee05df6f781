//! Determines the target of each link of a document.

use super::directory::{Contents, Directory, Named};
use super::scope::{self, Found};
use super::titles;
use super::unknown::{Unknown, Wanted};
use super::{DocumentIndex, Place, Spot, Target};
use crate::canvas::{Document, Link, LinkTarget};
use crate::diagnostic::{Diagnostic, catalogue};
use crate::slug::composed;
use crate::source::{Location, Spanned};

/// The targets of the links of one document, and the links that lead nowhere.
pub(super) fn targets(
    directory: &Directory,
    contents: &Contents<'_>,
    index: DocumentIndex,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Vec<Target>, Vec<Unknown>) {
    let document = &*contents.documents[index.0 as usize];
    let unknown = Vec::new();
    let mut resolver = Resolver { directory, contents, index, document, diagnostics, unknown };
    let targets = document.links.iter().map(|link| resolver.target(&link)).collect();
    (targets, resolver.unknown)
}

/// The document that a key of the front matter names. A name that is unknown is added to `unknown`.
pub(super) fn named(
    directory: &Directory,
    document: &Document,
    path: Option<&Spanned<String>>,
    unknown: &mut Vec<Unknown>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<DocumentIndex> {
    let path = path?;
    let place = Location::new(&document.path, path.span);
    let joined = join(document.path.folder(), &path.value);
    let joined = joined.map(|joined| composed(&joined).into_owned());
    match joined.as_deref().and_then(|joined| directory.document(joined)) {
        Some(Named::Document(original)) => return Some(original),
        Some(Named::Draft(draft)) => {
            let title = &directory.drafts[draft].title;
            diagnostics.push(catalogue::reference_to_draft(place, title));
        }
        None => {
            let wanted = joined.map_or(Wanted::Nothing, Wanted::Path);
            unknown.push(Unknown { place, what: format!("`{}`", path.value), wanted });
        }
    }
    None
}

struct Resolver<'r> {
    directory: &'r Directory,
    contents: &'r Contents<'r>,
    index: DocumentIndex,
    document: &'r Document,
    diagnostics: &'r mut Vec<Diagnostic>,
    unknown: Vec<Unknown>,
}

impl Resolver<'_> {
    fn target(&mut self, link: &Link<'_>) -> Target {
        match &link.target() {
            LinkTarget::External(_) => Target::External,
            LinkTarget::Unsafe(url) => {
                self.diagnostics.push(catalogue::unsafe_url(self.place(link), url));
                Target::Broken
            }
            LinkTarget::Fragment(name) => self.spot(link, self.index, Some(name)),
            LinkTarget::Path { path, fragment } => self.path(link, path, fragment.as_deref()),
            LinkTarget::Site { .. } => Target::Site,
            LinkTarget::Wiki { document: None, name } => {
                self.spot(link, self.index, name.as_deref())
            }
            LinkTarget::Wiki { document: Some(document), name } => {
                self.wiki(link, document, name.as_deref())
            }
        }
    }

    fn place(&self, link: &Link<'_>) -> Location {
        Location::new(&self.document.path, link.span)
    }

    /// A spot in a document by name; the document itself without one.
    fn spot(&mut self, link: &Link<'_>, document: DocumentIndex, name: Option<&str>) -> Target {
        let Some(name) = name else {
            return Target::Place(Place { document, spot: Spot::Document });
        };
        let known = self.contents.known(document);
        match self.contents.scope(document).find(known, name) {
            Found::One(spot) => Target::Place(Place { document, spot }),
            Found::Several(spots, count) => self.ambiguous(link, document, name, (&spots, count)),
            Found::Nothing => {
                let what = if document == self.index {
                    format!("`#{name}`")
                } else {
                    format!("`#{name}` in {}", known.document.path)
                };
                self.unknown(link, what, Wanted::Name(document, name.to_owned()))
            }
        }
    }

    fn ambiguous(
        &mut self,
        link: &Link<'_>,
        document: DocumentIndex,
        name: &str,
        (spots, count): (&[Spot], usize),
    ) -> Target {
        let known = self.contents.known(document);
        let candidates = spots
            .iter()
            .map(|spot| {
                let form = format!("#{}", scope::path(known, *spot));
                (
                    form,
                    span_of(known.document, *spot).map(|s| Location::new(&known.document.path, s)),
                )
            })
            .collect();
        let written = format!("#{name}");
        let place = self.place(link);
        self.diagnostics.push(catalogue::ambiguous_reference(place, &written, count, candidates));
        Target::Broken
    }

    fn unknown(&mut self, link: &Link<'_>, what: String, wanted: Wanted) -> Target {
        self.unknown.push(Unknown { place: self.place(link), what, wanted });
        Target::Broken
    }

    /// `path#fragment`, relative to the document's folder.
    fn path(&mut self, link: &Link<'_>, path: &str, fragment: Option<&str>) -> Target {
        if path.is_empty() {
            return self.spot(link, self.index, fragment);
        }
        let Some(joined) = join(self.document.path.folder(), path) else {
            return self.unknown(link, format!("`{path}`"), Wanted::Nothing);
        };
        let joined = composed(&joined);
        let folder = joined.trim_end_matches('/');
        match self.directory.document(&joined) {
            Some(Named::Document(document)) => return self.spot(link, document, fragment),
            Some(Named::Draft(draft)) => return self.draft(link, draft),
            None => {}
        }
        if let Some(file) = self.directory.files.find(&joined) {
            return Target::File(file);
        }
        if let (Some(folder), None) = (self.directory.folders.find(folder), fragment) {
            return Target::Folder(folder);
        }
        self.unknown(link, format!("`{path}`"), Wanted::Path(joined.into_owned()))
    }

    fn draft(&mut self, link: &Link<'_>, draft: usize) -> Target {
        let place = self.place(link);
        let title = &self.directory.drafts[draft].title;
        self.diagnostics.push(catalogue::reference_to_draft(place, title));
        Target::Broken
    }

    /// `[[document#name]]`.
    fn wiki(&mut self, link: &Link<'_>, document: &str, name: Option<&str>) -> Target {
        let documents = self.contents.documents;
        let found = self.directory.names.find(document);
        match found {
            [one] => self.spot(link, DocumentIndex(*one), name),
            [] => match self.directory.files_called(document) {
                [file] => Target::File(*file),
                [] => self.unknown_document(link, document),
                files => {
                    let paths = files.iter().map(|file| &self.directory.files.all[*file as usize]);
                    let forms = paths.map(|path| (path.as_str().to_owned(), None));
                    let forms = forms.take(catalogue::MOST_CANDIDATES).collect();
                    self.ambiguous_name(link, document, files.len(), forms)
                }
            },
            _ => {
                let forms = found.iter().take(catalogue::MOST_CANDIDATES).map(|index| {
                    let path = &documents[*index as usize].path;
                    (format!("[[{}]]", titles::form(path)), Some(Location::new(path, 0..0)))
                });
                let forms = forms.collect();
                self.ambiguous_name(link, document, found.len(), forms)
            }
        }
    }

    /// Reports a wiki name that fits several things; `forms` are what to write for the first of
    /// them.
    fn ambiguous_name(
        &mut self,
        link: &Link<'_>,
        name: &str,
        count: usize,
        forms: Vec<(String, Option<Location>)>,
    ) -> Target {
        let (place, written) = (self.place(link), format!("[[{name}]]"));
        self.diagnostics.push(catalogue::ambiguous_reference(place, &written, count, forms));
        Target::Broken
    }

    fn unknown_document(&mut self, link: &Link<'_>, name: &str) -> Target {
        match self.directory.draft_names.find(name).first() {
            Some(draft) => self.draft(link, *draft as usize),
            None => self.unknown(link, format!("`[[{name}]]`"), Wanted::Wiki(name.to_owned())),
        }
    }
}

/// The source of a spot, to show it next to another.
fn span_of(document: &Document, spot: Spot) -> Option<crate::source::Span> {
    let canvas = document.canvas.as_ref();
    match spot {
        Spot::Document | Spot::Department(_) => None,
        Spot::Heading(index) => Some(document.headings[index as usize].span),
        Spot::Paragraph(index) => Some(document.paragraphs[index as usize].id.span),
        Spot::Block(index) => {
            let blocks = &canvas?.blocks;
            blocks.iter().find(|block| block.index == index).map(|block| block.heading)
        }
        Spot::Element(index) => Some(canvas?.elements.at(index).name_span),
    }
}

/// `folder` and a relative path as one, with `.` and `..` resolved; `None` if it leaves the
/// handbook.
pub fn join(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The relative path from a folder to a path, both of which are relative to the root.
pub fn relative(folder: &str, path: &str) -> String {
    let from: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let to: Vec<&str> = path.split('/').collect();
    let shared = from.iter().zip(&to[..to.len() - 1]).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n("..", from.len() - shared);
    up.chain(to[shared..].iter().copied()).collect::<Vec<_>>().join("/")
}
