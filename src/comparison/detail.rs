//! Which part of a canvas, a block or an element changed.

use std::fmt;

use crate::canvas::AttributeKey;

/// Which part of a canvas, a block or an element changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Detail {
    /// All of it: it was added or removed.
    Whole,
    /// The canvas that an element is in.
    Canvas,
    /// The block that it is in.
    Block,
    /// The department that leads it.
    Department,
    /// The group that it is in.
    Group,
    /// Its name.
    Name,
    /// The text after its name.
    Text,
    /// Its nested lists and further paragraphs.
    Nested,
    /// An attribute, by its key.
    Attribute(AttributeKey),
    /// Something that it refers to, by the title of that.
    Reference(String),
    /// The text before the first block of a canvas.
    Introduction,
    /// The text of a block other than its elements.
    Lead,
    /// The text below a heading that names no block, by its title.
    Section(String),
    /// A key of the front matter.
    Front(String),
}

impl fmt::Display for Detail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Whole => "whole",
            Self::Canvas => "canvas",
            Self::Block => "block",
            Self::Department => "department",
            Self::Group => "group",
            Self::Name => "name",
            Self::Text => "text",
            Self::Nested => "nested",
            Self::Attribute(AttributeKey::Id) => "id",
            Self::Attribute(AttributeKey::Class) => "class",
            Self::Attribute(key) => key.name(),
            Self::Reference(_) => "reference",
            Self::Introduction => "introduction",
            Self::Lead => "lead",
            Self::Section(title) => return write!(f, "section {title}"),
            Self::Front(key) => key,
        })
    }
}
