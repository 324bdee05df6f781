//! One Markdown source as data: an ordinary page or a canvas with its blocks and elements.
//!
//! Texts that are shown with their markup are kept as spans into the source, and texts that are
//! compared or listed as plain text. Nothing here depends on another file: the ids of departments,
//! the targets of links and backlinks are the handbook's business.

mod attributes;
mod elements;
mod links;
mod texts;

use std::borrow::Cow;
use std::sync::Arc;

use crate::front_matter::FrontMatter;
use crate::kind::{BlockIndex, Kind};
use crate::source::{SourcePath, Span};

pub use crate::date::{Date, ReviewInterval, ReviewUnit};
pub use crate::source::Spanned;
pub use crate::terms::Category;
pub use attributes::{Attribute, AttributeKey, Attributes, GivenAttributes};
pub use elements::{Cell, Element, ElementPlace, Elements, ElementsBuilder};
pub use links::{Holder, Link, LinkTarget, Links, LinksBuilder, url_target, wiki_text};
pub use texts::{Text, Words};

/// A parsed Markdown source. Spans are offsets into the whole text, front matter included.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// Its path.
    pub path: SourcePath,
    /// The whole text.
    pub text: Arc<str>,
    /// Its front matter.
    pub front: FrontMatter,
    /// The Markdown after the front matter.
    pub body: Span,
    /// The front matter's title, else the first heading that is not the label of a block, else the
    /// file name.
    pub title: String,
    /// The heading that repeats the title or is its source; pages do not show it twice.
    pub title_heading: Option<Span>,
    /// Every heading that is not a block's, in order of appearance.
    pub headings: Vec<Heading>,
    /// Paragraphs, items and other blocks with an id of their own, `^id`, in order of appearance.
    pub paragraphs: Box<[Paragraph]>,
    /// Every link, image and wiki link, in order of appearance.
    pub links: Links,
    /// The source spans that are never shown: attribute lists `{…}`, ids `^id`, comments `%%…%%`.
    pub hidden: Vec<Span>,
    /// The footnotes that pages do not show, because no visible text refers to them.
    pub unused_footnotes: Box<[Span]>,
    /// Whether the document has no code, tables, pictures, quotations or footnotes, as most canvases
    /// have none; see [`crate::markdown::are_plain`].
    pub is_plain: bool,
    /// The canvas, if the document is one.
    pub canvas: Option<Canvas>,
}

impl Document {
    /// Whether it is a canvas that is a variant of another one. Its content is a plan, which does not count for
    /// departments and owners.
    pub fn is_scenario(&self) -> bool {
        self.canvas.is_some() && self.front.based_on.is_some()
    }

    /// How often the canvas is to be reviewed, followed by the elements that have an interval of
    /// their own.
    pub fn reviews(&self) -> impl Iterator<Item = (Option<u32>, Spanned<ReviewInterval>)> {
        let canvas = self.canvas.as_ref();
        let own = self.front.review_every.filter(|_| canvas.is_some()).map(|every| (None, every));
        let elements = canvas.into_iter().flat_map(|canvas| canvas.elements.reviewed());
        own.into_iter().chain(elements.map(|(element, every)| (Some(element), every)))
    }

    /// The first day on which the canvas or an element of it is to be reviewed again; `None` if neither has
    /// an interval, or if it is unknown when the canvas was reviewed last.
    pub fn next_review(&self) -> Option<Date> {
        let last = self.front.last_review()?;
        self.reviews().map(|(_, every)| every.value.after(last)).min()
    }
}

/// A heading that is not the label of a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Its plain text, attributes left out.
    pub title: String,
    /// Its anchor within the document: the explicit `{#id}`, else the slug of its title, made
    /// distinct within the document by `-2`, `-3` …
    pub id: String,
    /// Whether the id was written by hand.
    pub explicit: bool,
    /// The whole heading.
    pub span: Span,
}

/// A paragraph, an item of a list or another block that has an id, `^id`, and is neither an element nor a heading of
/// the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// The id, without its `^`.
    pub id: Spanned<String>,
    /// The index of its first event in [`crate::markdown::events`].
    pub event: u32,
    /// The element that it belongs to, if any: an index into [`Canvas::elements`].
    pub element: Option<u32>,
}

/// A business model as its document describes it.
#[derive(Clone, Debug, PartialEq)]
pub struct Canvas {
    /// The kind of canvas, which determines the blocks that it can have.
    pub kind: Arc<Kind>,
    /// The text before the first block.
    pub introduction: Span,
    /// The blocks of the document, in order of appearance; each at most once.
    pub blocks: Vec<Block>,
    /// The elements of all blocks, in order of appearance.
    pub elements: Elements,
    /// Other headings at the block level, kept with their text.
    pub sections: Vec<Section>,
    /// Labels of blocks that may have another meaning as well, in order of appearance.
    pub doubtful_labels: Box<[DoubtfulLabel]>,
}

/// A label that was read as that of a block, but may have another meaning as well.
#[derive(Clone, Debug, PartialEq)]
pub struct DoubtfulLabel {
    /// The label as written, without decorations.
    pub written: String,
    /// The block that it was taken for.
    pub block: BlockIndex,
    /// The heading or bold line.
    pub span: Span,
}

/// A building block in a document.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// The index of the block in its kind.
    pub index: BlockIndex,
    /// The label as written, without decorations; `None` if it is that of the kind.
    pub label: Option<Box<str>>,
    /// Its heading or bold line; the first one if several headings name the block. Empty if only a
    /// group that belongs to the block is written.
    pub heading: Span,
    /// Its explicit id.
    pub id: Option<Box<Spanned<String>>>,
    /// The text before the first list, as spans of whole Markdown blocks; may be empty.
    pub lead: Vec<Span>,
    /// Departments (in Key Activities) or groups, in order of appearance.
    pub parts: Vec<Part>,
    /// Markdown blocks that are neither lead nor element (images, code, tables, text after a list),
    /// kept in the block's full view.
    pub rest: Vec<Span>,
}

impl Canvas {
    /// The label of a block as written, without decorations.
    pub fn label<'c>(&'c self, block: &'c Block) -> &'c str {
        block.label.as_deref().unwrap_or(&self.kind.block_kind(block.index).label)
    }

    /// The label of a block of the kind: as written, or that of the kind if the canvas does not have the
    /// block.
    pub fn label_of(&self, index: BlockIndex) -> &str {
        let written = self.blocks.iter().find(|written| written.index == index);
        written.map_or(&self.kind.block_kind(index).label, |written| self.label(written))
    }
}

impl Block {
    /// The titles of a part and of the parts around it, from the department or the outermost group
    /// on: `For cafés › Gains`.
    pub fn path(&self, part: u32) -> Cow<'_, str> {
        let inner = &self.parts[part as usize];
        let mut path = Cow::Borrowed(inner.title.as_str());
        let mut above = inner.parent.filter(|_| !inner.department);
        while let Some(part) = above {
            let part = &self.parts[part as usize];
            path = format!("{} › {path}", part.title).into();
            above = part.parent.filter(|_| !part.department);
        }
        path
    }

    /// The part that is the department of a part: itself, or one around it.
    pub fn department_of(&self, part: u32) -> Option<u32> {
        let mut above = Some(part);
        while let Some(part) = above.filter(|part| !self.parts[*part as usize].department) {
            above = self.parts[part as usize].parent;
        }
        above
    }

    /// The group of a part's elements, without the department that it is in; `None` for a
    /// department.
    pub fn group(&self, part: u32) -> Option<Cow<'_, str>> {
        match self.department_of(part) {
            None => Some(self.path(part)),
            Some(department) if department == part => None,
            Some(department) => {
                let path = self.path(part);
                let below = self.parts[department as usize].title.len() + " › ".len();
                Some(path[below..].to_owned().into())
            }
        }
    }
}

/// A sub-heading within a block.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Its plain text, numbering stripped.
    pub title: String,
    /// The sub-heading's text without markup and attributes.
    pub span: Span,
    /// Whether it names a department rather than a group.
    pub department: bool,
    /// The part of the same block that this one is in: a group within a department or group.
    pub parent: Option<u32>,
    /// Its heading, if it is a heading and not a department: an index into [`Document::headings`].
    pub heading: Option<u32>,
    /// The attribute list after it.
    pub attributes: GivenAttributes,
    /// Text before the part's elements.
    pub lead: Vec<Span>,
}

/// A heading at the block level that is not the label of a block, with what follows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Index into [`Document::headings`]; `None` if the section has a bold line in place of a
    /// heading.
    pub heading: Option<u32>,
    /// The title as plain text.
    pub title: String,
    /// Everything below the heading.
    pub body: Span,
}
