//! The values that views are made from: the handbook, the paths of its pages, and the interface
//! words.

mod anchors;
mod due;
mod frame;
mod indexes;
mod kept;
mod order;
mod page_kind;
mod revised;
mod sections;

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use super::markup::Destination;
use super::url::SitePath;
use super::words::{Vocabulary, Words};
use super::{BacklinkView, BacklinksView, LanguageView, PageLinkView, PagingView};
use crate::canvas::{Canvas, Document, LinkTarget};
use crate::check::{Findings, Gaps};
use crate::config::Config;
use crate::handbook::{
    DepartmentIndex, DocumentIndex, Entry, Handbook, Place, Reference, Spot, Target,
};
use crate::kind::{BlockIndex, labels};
use crate::search;
use crate::source::{Location, SourcePath, Span};

pub use due::Due;
pub use frame::{About, CANVASES, Logo, MARKDOWN};
pub use indexes::{Index, ROWS_PER_PAGE};
use kept::AllKept;
use order::Order;
pub(crate) use page_kind::theme_file;
use page_kind::unknown_pages;
pub use page_kind::{
    At, Content, Filled, KindPages, NavigationEntry, NavigationTitle, PageKind, ThemeFile, View,
};
pub use revised::{Differing, Latest, LatestCommit, Revised, RevisedBlock};
pub use sections::{Section, SectionIndex};

/// The folder of canvases and pages below the handbook's root.
pub const CONTENT: &str = "content";
/// The folder of files that are copied unchanged.
pub const STATIC: &str = "static";
/// How many references a page or an element lists: one that everything refers to would grow with
/// the handbook.
const MOST_BACKLINKS: usize = 50;

/// A handbook with the paths of its pages. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Edition {
    /// The handbook.
    pub handbook: Handbook,
    /// The findings of each document, including waived ones.
    pub findings: Findings,
    /// The interface words of the handbook's language.
    pub words: Arc<Words>,
    /// The handbook's logo.
    pub logo: Option<Logo>,
    order: Arc<Order>,
    /// The first page of each department, by its index. Every canvas leads to many of them.
    department_pages: Arc<[SitePath]>,
    /// The departments that have a page, most led activities first.
    departments: Vec<DepartmentIndex>,
    /// Every kind of page.
    kinds: &'static [PageKind],
    /// The pages of each kind that is not [`PageKind::is_of_documents`].
    pages: Arc<[OnceLock<KindPages>]>,
    /// The navigation of every page, in order.
    navigation: Arc<[NavigationEntry]>,
    /// The values that the files of the search are made of.
    search: Arc<search::Search>,
    /// The gaps, gathered once they are needed.
    gaps: Arc<Gaps>,
    /// The canvases with reviews, in order.
    due: Arc<OnceLock<Box<[Due]>>>,
    /// What pages about the past are made of.
    kept: Arc<AllKept>,
}

impl Edition {
    /// Gives every page of the handbook its path.
    pub fn new(
        handbook: Handbook,
        findings: Findings,
        vocabulary: &Vocabulary,
        logo: Option<Logo>,
        kinds: &'static [PageKind],
    ) -> Self {
        let language = &handbook.config.language;
        let edition = Self {
            words: Arc::new(vocabulary.on_page(language, language, &handbook.kinds)),
            logo,
            order: Arc::new(Order::of(&handbook, vocabulary, kinds)),
            department_pages: indexes::department_pages(&handbook),
            departments: listed_departments(&handbook),
            kinds,
            pages: unknown_pages(kinds),
            navigation: Arc::default(),
            search: Arc::default(),
            gaps: Arc::default(),
            due: Arc::default(),
            kept: Arc::default(),
            handbook,
            findings,
        };
        edition.with_navigation()
    }

    /// The edition of a handbook that was resolved again, with the same words and logo.
    #[must_use]
    pub fn again(&self, handbook: Handbook, findings: Findings, vocabulary: &Vocabulary) -> Self {
        let edition = Self {
            words: Arc::clone(&self.words),
            logo: self.logo.clone(),
            order: order::again(&self.order, &self.handbook, &handbook, vocabulary, self.kinds),
            department_pages: indexes::department_pages(&handbook),
            departments: listed_departments(&handbook),
            kinds: self.kinds,
            pages: unknown_pages(self.kinds),
            navigation: Arc::default(),
            search: Arc::new(self.search.again(&self.handbook, &handbook)),
            gaps: Arc::default(),
            due: Arc::default(),
            kept: self.kept_for(&handbook),
            handbook,
            findings,
        };
        edition.with_navigation()
    }

    fn with_navigation(mut self) -> Self {
        let entries = self.kinds.iter().flat_map(|kind| (kind.navigation)(&self));
        self.navigation = entries.collect();
        self
    }

    /// Every kind of page.
    pub fn kinds(&self) -> &'static [PageKind] {
        self.kinds
    }

    /// The navigation of every page, in order.
    pub fn navigation_entries(&self) -> &[NavigationEntry] {
        &self.navigation
    }

    /// The location of a document as the source of a page.
    pub fn source(&self, index: DocumentIndex) -> Location {
        Location::new(&self.entry(index).document.path, Span::default())
    }

    /// Whether a document is a canvas.
    pub fn is_canvas(&self, index: DocumentIndex) -> bool {
        self.entry(index).document.canvas.is_some()
    }

    /// All canvases with their sections, in the order in which they are listed.
    pub fn canvases(&self) -> &[(SectionIndex, DocumentIndex)] {
        &self.order.canvases
    }

    /// The departments that lead or contribute to an activity, most led activities first.
    pub fn departments(&self) -> &[DepartmentIndex] {
        &self.departments
    }

    /// The handbook's title: the configuration's, else that of its home page, else `Handbook`.
    pub fn title(&self) -> &str {
        let config = &self.handbook.config.title;
        let home = self.home_document().map(|index| &self.entry(index).document.title);
        home.filter(|_| *config == Config::default().title).unwrap_or(config)
    }

    /// The language of a document: its own, else the handbook's.
    pub fn language(&self, index: DocumentIndex) -> &str {
        self.entry(index).document.front.lang.as_ref().unwrap_or(&self.handbook.config.language)
    }

    /// The interface words of pages in a language, the handbook's or one that a document names.
    pub fn words_in(&self, lang: &str) -> &Words {
        self.order.other_words.get(lang).unwrap_or(&self.words)
    }

    /// The interface words of a document's page.
    pub fn words_of(&self, index: DocumentIndex) -> &Words {
        self.words_in(self.language(index))
    }

    /// The language of a document, if a page in `page` has to name it.
    pub fn foreign(&self, index: DocumentIndex, page: &str) -> Option<LanguageView> {
        let lang = self.language(index);
        LanguageView::unless(lang, page)
    }

    /// The entry of a document.
    pub fn entry(&self, index: DocumentIndex) -> &Entry {
        self.handbook.entry(index)
    }

    /// The page of a document.
    pub fn path(&self, index: DocumentIndex) -> &SitePath {
        &self.order.paths[index.0 as usize]
    }

    /// The document that a path from the root or from the content means, with one of these
    /// extensions.
    pub fn document_at(&self, path: &str, endings: &[&str]) -> Option<DocumentIndex> {
        let folders = [String::new(), format!("{CONTENT}/")];
        let wanted = folders.iter().flat_map(|folder| {
            endings.iter().map(move |ending| SourcePath::new(format!("{folder}{path}{ending}")))
        });
        wanted.into_iter().find_map(|wanted| self.handbook.document(&wanted))
    }

    /// The site's path of a file beside the documents: an index into [`Handbook::files`].
    pub fn file(&self, index: u32) -> &SitePath {
        &self.order.files[index as usize]
    }

    /// Whether the author has put a file at a path of the site.
    pub fn has_file(&self, path: &SitePath) -> bool {
        self.order.files.contains(path)
    }

    /// The handbook's own text, if it is an ordinary page.
    pub fn home_document(&self) -> Option<DocumentIndex> {
        self.section(SectionIndex(0)).own_page.filter(|index| !self.is_canvas(*index))
    }

    /// The page that lists the canvases: the home page, unless that is a canvas itself.
    pub fn list_path(&self, number: usize) -> SitePath {
        let own_page = self.section(SectionIndex(0)).own_page;
        let home_is_canvas = own_page.is_some_and(|index| self.is_canvas(index));
        match (number, home_is_canvas) {
            (0 | 1, false) => SitePath::new("index.html"),
            (0 | 1, true) => SitePath::new("canvases/index.html"),
            (number, _) => SitePath::new(&format!("canvases/{number}.html")),
        }
    }

    /// The URL of a place, seen from a page.
    pub fn url(&self, from: &SitePath, place: Place) -> String {
        from.link(self.path(place.document), self.anchor(place).as_deref())
    }

    /// The name of an element, else the beginning of its text.
    pub fn element_title(document: &Document, element: u32) -> Cow<'_, str> {
        let Some(Canvas { elements, .. }) = &document.canvas else { return Cow::Borrowed("") };
        /// A longer text is not a name. An element without one has the beginning of its text as its
        /// title.
        const LONGEST: [usize; 2] = [200, 80];
        if let Some(name) = elements.name(element) {
            return shortened(name.into(), LONGEST[0]);
        }
        let text = elements.get(element).map(|element| element.text.get());
        shortened(text.unwrap_or_default(), LONGEST[1])
    }

    /// The target of a document's link, seen from the page that shows it.
    pub fn destination(&self, from: &SitePath, index: DocumentIndex, link: usize) -> Destination {
        let entry = self.entry(index);
        let Some(target) = entry.targets.get(link) else { return Destination::Text };
        let internal = |url| Destination::Url { url, title: None, external: false };
        match (target, &entry.document.links.at(link).target()) {
            (Target::External, LinkTarget::External(url)) => {
                Destination::Url { url: url.to_string(), title: None, external: true }
            }
            (Target::Place(place), _) => internal(self.url(from, *place)),
            (Target::Folder(folder), _) => {
                let folder = &self.handbook.folders[*folder as usize];
                internal(from.link(&self.folder(below(folder, CONTENT)).path, None))
            }
            (Target::File(file), _) => internal(from.link(self.file(*file), None)),
            (Target::Site, LinkTarget::Site { path, fragment }) => {
                let to = SitePath::new(&site_file(path));
                internal(from.link(&to, fragment.as_deref()))
            }
            _ => Destination::Text,
        }
    }

    /// References as backlinks seen from a page; `to` is whether they name their target. Several
    /// from one place to one place count once: they are adjacent, since a document's backlinks are
    /// sorted.
    pub fn backlinks<'r>(
        &self,
        from: &SitePath,
        references: impl Iterator<Item = &'r Reference>,
        name_target: bool,
    ) -> BacklinksView {
        let mut last = None;
        let mut view = BacklinksView::default();
        for reference in references {
            let ends = Some((reference.from, reference.to));
            if std::mem::replace(&mut last, ends) == ends {
                continue;
            }
            if view.items.len() == MOST_BACKLINKS {
                view.more += 1;
                continue;
            }
            let entry = self.entry(reference.from.document);
            view.items.push(BacklinkView {
                document: entry.document.title.clone(),
                place: self.place_name(reference.from),
                url: self.url(from, reference.from),
                to: if name_target { self.spot_title(reference.to) } else { String::new() },
            });
        }
        view
    }

    /// References as backlinks seen from a page that shows each of them at its target: one for each
    /// document that refers there.
    pub fn backlinks_by_document<'r>(
        &self,
        from: &SitePath,
        references: impl Iterator<Item = &'r Reference>,
        words: &Words,
    ) -> BacklinksView {
        let mut documents: BTreeMap<DocumentIndex, Vec<&Reference>> = BTreeMap::new();
        for reference in references {
            documents.entry(reference.from.document).or_default().push(reference);
        }
        let mut view = BacklinksView {
            more: documents.len().saturating_sub(MOST_BACKLINKS),
            ..BacklinksView::default()
        };
        for (index, references) in documents.into_iter().take(MOST_BACKLINKS) {
            let places: BTreeSet<Place> = references.iter().map(|reference| reference.to).collect();
            if places.len() == 1 {
                let one = self.backlinks(from, references.into_iter().take(1), true);
                view.items.extend(one.items);
                continue;
            }
            view.items.push(BacklinkView {
                document: self.entry(index).document.title.clone(),
                place: String::new(),
                url: from.link(self.path(index), None),
                to: words.counted("places", places.len()),
            });
        }
        view
    }

    /// The title of a place with its document: `Corner Bakery › Warm bread`.
    pub fn full_title(&self, place: Place) -> String {
        let (title, spot) = (&self.entry(place.document).document.title, self.spot_title(place));
        if spot.is_empty() { title.clone() } else { format!("{title} › {spot}") }
    }

    /// The title of a spot; empty for a document as a whole.
    pub(super) fn spot_title(&self, place: Place) -> String {
        let document = &self.entry(place.document).document;
        match place.spot {
            Spot::Document => String::new(),
            Spot::Heading(index) => document.headings[index as usize].title.clone(),
            Spot::Block(index) => self.block_label(place.document, index),
            Spot::Department(index) => self.handbook.department(index).title.clone(),
            Spot::Element(index) => Self::element_title(document, index).into_owned(),
            Spot::Paragraph(index) => document.paragraphs[index as usize].id.value.clone(),
        }
    }

    /// The place of a reference on a page: the block's label and the element's name.
    fn place_name(&self, place: Place) -> String {
        let document = &self.entry(place.document).document;
        match place.spot {
            Spot::Element(index) => {
                let element =
                    document.canvas.as_ref().and_then(|canvas| canvas.elements.get(index));
                let Some(element) = element else { return String::new() };
                let label = self.block_label(place.document, element.block);
                format!("{label} › {}", Self::element_title(document, index))
            }
            Spot::Block(index) => self.block_label(place.document, index),
            _ => String::new(),
        }
    }

    /// A block's label in the canvas, else in its language.
    pub fn block_label(&self, index: DocumentIndex, block: BlockIndex) -> String {
        let Some(canvas) = &self.entry(index).document.canvas else { return String::new() };
        match canvas.blocks.iter().find(|written| written.index == block) {
            Some(written) => canvas.label(written).to_owned(),
            None => labels::label(&canvas.kind, block, self.language(index)).to_owned(),
        }
    }
}

/// The departments with activities, those that lead most first.
fn listed_departments(handbook: &Handbook) -> Vec<DepartmentIndex> {
    let departments = (0u32..).map(DepartmentIndex).zip(handbook.departments.iter());
    let mut listed: Vec<_> = departments
        .filter(|(_, department)| department.canvases > 0)
        .map(|(index, department)| (department.leads.len(), department.contributes.len(), index))
        .collect();
    listed.sort_by_key(|(leads, contributes, index)| (Reverse((*leads, *contributes)), *index));
    listed.into_iter().map(|(_, _, index)| index).collect()
}

/// A path below a folder, without it.
pub fn below<'p>(path: &'p str, folder: &str) -> &'p str {
    let rest = path.strip_prefix(folder).filter(|rest| rest.is_empty() || rest.starts_with('/'));
    rest.map_or(path, |rest| rest.trim_start_matches('/'))
}

fn page_path(path: &SourcePath, own: bool) -> SitePath {
    let folder = below(path.folder(), CONTENT);
    let stem = if own { "index" } else { path.stem() };
    if folder.is_empty() {
        SitePath::new(&format!("{stem}.html"))
    } else {
        SitePath::new(&format!("{folder}/{stem}.html"))
    }
}

/// The site's path of a file: beside the pages of its folder, or at the root for a static file.
pub fn file_path(path: &SourcePath) -> SitePath {
    let path = path.as_str();
    let in_folder = |folder: &str| path.strip_prefix(folder)?.strip_prefix('/');
    SitePath::new(in_folder(CONTENT).or_else(|| in_folder(STATIC)).unwrap_or(path))
}

/// The file that a path of the built site means: a folder means its `index.html`.
pub fn site_file(path: &str) -> String {
    let path = path.trim_start_matches('/');
    if path.is_empty() || path.ends_with('/') {
        format!("{path}index.html")
    } else {
        path.to_owned()
    }
}

/// The part of a list that one of its pages shows, from 1.
pub fn on_page<T>(list: &[T], number: usize, per_page: usize) -> &[T] {
    list.chunks(per_page).nth(number.max(1) - 1).unwrap_or_default()
}

/// The paging of a list that fills `of` pages; `None` if it fills one. `path` returns the path of
/// each page.
pub fn paging(
    from: &SitePath,
    number: usize,
    of: usize,
    path: impl Fn(usize) -> SitePath,
) -> Option<PagingView> {
    /// How many pages, evenly spread, are linked whatever the number, and how many on each side.
    const SPREAD: usize = 50;
    const NEAR: usize = 2;
    let step = of.div_ceil(SPREAD);
    let is_linked = |page: &usize| {
        [1, of].contains(page) || page.is_multiple_of(step) || page.abs_diff(number) <= NEAR
    };
    let link = |page: usize| PageLinkView {
        number: page,
        url: (page != number).then(|| from.link(&path(page), None)),
    };
    (of > 1).then(|| PagingView {
        number,
        of,
        pages: (1..=of).filter(is_linked).map(link).collect(),
        previous: (number > 1).then(|| from.link(&path(number - 1), None)),
        next: (number < of).then(|| from.link(&path(number + 1), None)),
    })
}

/// A text with more than `longest` characters, cut after a word.
pub fn shortened(text: Cow<'_, str>, longest: usize) -> Cow<'_, str> {
    if text.len() <= longest {
        return text;
    }
    let Some((end, _)) = text.char_indices().nth(longest) else { return text };
    let cut = &text[..end];
    let end = cut.rfind(char::is_whitespace).filter(|end| *end > longest / 2).unwrap_or(end);
    format!("{} …", cut[..end].trim_end_matches([',', ';', '.', ':', ' '])).into()
}
