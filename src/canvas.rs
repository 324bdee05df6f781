//! One Markdown source as data: an ordinary page or a canvas with its blocks and elements.
//!
//! Texts are kept as spans into the source wherever they are shown with their markup, and as plain
//! text where they are compared or listed. Nothing here knows another file: what a department's id
//! is, where a link leads and who links here is the handbook's business.

use std::sync::Arc;

use crate::front_matter::FrontMatter;
use crate::kind::{BlockIndex, Kind};
use crate::source::{SourcePath, Span};

pub use crate::date::{ReviewInterval, ReviewUnit};
pub use crate::source::Spanned;
pub use crate::terms::Category;

/// A parsed Markdown source. Spans are offsets into the whole text, front matter included.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// Where it stands.
    pub path: SourcePath,
    /// The whole text.
    pub text: Arc<str>,
    /// What the front matter says.
    pub front: FrontMatter,
    /// The Markdown behind the front matter.
    pub body: Span,
    /// The front matter's title, else the first level-one heading, else the file name.
    pub title: String,
    /// The level-one heading that repeats or gives the title; pages do not show it twice.
    pub title_heading: Option<Span>,
    /// Every heading that is not a block's, in order of appearance.
    pub headings: Vec<Heading>,
    /// Every link, image and wiki link, in order of appearance.
    pub links: Vec<Link>,
    /// The source spans that are syntax of ours and never shown: attribute lists `{…}`.
    pub hidden: Vec<Span>,
    /// True where the document has nothing but headings, paragraphs, lists, emphasis and links: what
    /// every canvas is made of.
    pub is_plain: bool,
    /// The canvas, where the document is one.
    pub canvas: Option<Canvas>,
}

/// A heading that stands for itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Its plain text, attributes left out.
    pub title: String,
    /// Its anchor within the document: the explicit `{#id}`, else the slug of its title, made
    /// distinct within the document by `-2`, `-3` …
    pub id: String,
    /// True where the id was written by hand.
    pub explicit: bool,
    /// The whole heading.
    pub span: Span,
}

/// A link, an image or a wiki link as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The whole link.
    pub span: Span,
    /// Where it points, as written.
    pub target: LinkTarget,
    /// True for an image.
    pub image: bool,
    /// What contains it.
    pub holder: Holder,
}

/// Where a link points, before anybody looked whether it is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkTarget {
    /// A URL with an allowed scheme (`https`, `http`, `mailto`, `tel`), shown as it is.
    External(Box<str>),
    /// A URL whose scheme is not allowed; shown as text.
    Unsafe(Box<str>),
    /// `#fragment` in the same document, percent-decoded.
    Fragment(Box<str>),
    /// `path#fragment` relative to the document's folder, percent-decoded.
    Path {
        /// The path as written.
        path: Box<str>,
        /// What follows `#`, if anything.
        fragment: Option<Box<str>>,
    },
    /// `/path#fragment`: a page or file of the built site, percent-decoded, without the slash.
    Site {
        /// The path behind the first `/`.
        path: Box<str>,
        /// What follows `#`, if anything.
        fragment: Option<Box<str>>,
    },
    /// `[[canvas#name]]`: a file stem or title, a name, or both.
    Wiki {
        /// What stands before `#`.
        document: Option<Box<str>>,
        /// What stands behind `#`.
        name: Option<Box<str>>,
    },
}

/// What a link stands in: decides whether it makes a relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Holder {
    /// An element's name, text or detail; its index in [`Canvas::elements`].
    Element(u32),
    /// A block's lead text, a group or another part of the block that is no element.
    Block(BlockIndex),
    /// Anything else in the document.
    Document,
}

/// A business model as its document writes it down.
#[derive(Clone, Debug, PartialEq)]
pub struct Canvas {
    /// Which blocks there can be.
    pub kind: &'static Kind,
    /// The text before the first block.
    pub introduction: Span,
    /// The blocks that are written, in order of appearance; each at most once.
    pub blocks: Vec<Block>,
    /// The elements of all blocks, in order of appearance.
    pub elements: Vec<Element>,
    /// Other headings at the block level, kept with their text.
    pub sections: Vec<Section>,
}

/// A building block as written.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// Which one it is.
    pub index: BlockIndex,
    /// The label as written, decorations dropped.
    pub label: String,
    /// Its heading or bold line; of the first one where several headings name the block. Empty where
    /// only a group that belongs to the block is written.
    pub heading: Span,
    /// Its explicit id.
    pub id: Option<Spanned<String>>,
    /// The text before the first list, as spans of whole Markdown blocks; may be empty.
    pub lead: Vec<Span>,
    /// Departments (in Key Activities) or groups, in order of appearance.
    pub parts: Vec<Part>,
    /// Markdown blocks that are neither lead nor element (images, code, tables, text behind a
    /// list), kept in the block's full view.
    pub rest: Vec<Span>,
}

/// A sub-heading within a block.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Its plain text, numbering stripped.
    pub title: String,
    /// The sub-heading's text without marks and attributes.
    pub span: Span,
    /// True where it names a department rather than a group.
    pub department: bool,
    /// The part of the same block that this one stands in: a group within a department or group.
    pub parent: Option<u32>,
    /// Its heading, where it is a heading and no department: an index into
    /// [`Document::headings`].
    pub heading: Option<u32>,
    /// What stands in braces behind it.
    pub attributes: GivenAttributes,
    /// Text before the part's elements.
    pub lead: Vec<Span>,
}

/// One entry of a block.
#[derive(Clone, Debug, PartialEq)]
pub struct Element {
    /// Its block.
    pub block: BlockIndex,
    /// The innermost part it stands in: an index into [`Block::parts`] of its block.
    pub part: Option<u32>,
    /// Its name as plain text; a long item without a separator has none.
    pub name: Option<Box<str>>,
    /// The name with its markup.
    pub name_span: Span,
    /// What follows the name in the element's first paragraph, as plain text; may be empty.
    pub text: Box<str>,
    /// The same with its markup.
    pub text_span: Span,
    /// Nested lists and further paragraphs, as spans of whole Markdown blocks.
    pub detail: Box<[Span]>,
    /// The whole element.
    pub span: Span,
    /// What stands in braces behind the name or at the end of the first line.
    pub attributes: GivenAttributes,
}

/// The attributes of an element or a part. Most have none, so nothing is kept for those: a large
/// handbook has half a million elements.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GivenAttributes(Option<Box<Attributes>>);

impl From<Attributes> for GivenAttributes {
    fn from(attributes: Attributes) -> Self {
        Self((attributes != NO_ATTRIBUTES).then(|| Box::new(attributes)))
    }
}

impl std::ops::Deref for GivenAttributes {
    type Target = Attributes;

    fn deref(&self) -> &Attributes {
        self.0.as_deref().unwrap_or(&NO_ATTRIBUTES)
    }
}

static NO_ATTRIBUTES: Attributes = Attributes {
    id: None,
    classes: Vec::new(),
    category: None,
    department: None,
    with: Vec::new(),
    owner: None,
    status: None,
    review_every: None,
};

/// What stands in braces: `{#id .class key=value}`. Each value keeps its place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attributes {
    /// `#id`.
    pub id: Option<Spanned<String>>,
    /// `.class`, for templates.
    pub classes: Vec<String>,
    /// `category=`, an id of [`Category`].
    pub category: Option<Category>,
    /// `department=`: the lead department's name, id or alias.
    pub department: Option<Spanned<String>>,
    /// `with=`: contributing departments by name, id or alias.
    pub with: Vec<Spanned<String>>,
    /// `owner=`.
    pub owner: Option<String>,
    /// `status=`.
    pub status: Option<String>,
    /// `review_every=`.
    pub review_every: Option<ReviewInterval>,
}

/// A heading at the block level that names no block, with what follows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Index into [`Document::headings`]; none where a bold line names the section.
    pub heading: Option<u32>,
    /// The title as plain text.
    pub title: String,
    /// Everything below the heading.
    pub body: Span,
}
