//! The attribute list after an element or a heading: `{#id .class key=value}`.

use std::sync::Arc;

use super::{Category, ReviewInterval, Spanned};
use crate::source::Span;

/// One item of an attribute list: its key, and where its value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attribute {
    /// The key.
    pub key: AttributeKey,
    /// The value, without quotes; one value if it is a list.
    pub value: Span,
}

/// The key of an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AttributeKey {
    /// `#id`.
    Id,
    /// `.class`, for templates.
    Class,
    /// `category=`, an id of [`Category`].
    Category,
    /// `department=`: the lead department's name, id or alias.
    Department,
    /// A department in a cell of a column of departments, which introduces it as a heading does.
    DepartmentCell,
    /// `with=`: a contributing department by name, id or alias.
    With,
    /// `owner=`.
    Owner,
    /// `status=`.
    Status,
    /// `review_every=`.
    ReviewEvery,
}

impl AttributeKey {
    /// The text before the value.
    pub fn name(self) -> &'static str {
        match self {
            Self::Id => "#",
            Self::Class => ".",
            Self::Category => "category",
            Self::Department | Self::DepartmentCell => "department",
            Self::With => "with",
            Self::Owner => "owner",
            Self::Status => "status",
            Self::ReviewEvery => "review_every",
        }
    }
}

/// The attributes of an element or a part. They are kept as places in the source, since a large
/// handbook has a hundred thousand. If two have the same key, the last one counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attributes<'c> {
    source: &'c str,
    list: &'c [Attribute],
}

impl<'c> Attributes<'c> {
    /// The attributes of a list in a source.
    pub fn new(source: &'c str, list: &'c [Attribute]) -> Self {
        Self { source, list }
    }

    /// Whether there are none.
    pub fn is_empty(self) -> bool {
        self.list.is_empty()
    }

    /// The places of the values of a key.
    pub fn places(self, key: AttributeKey) -> impl Iterator<Item = Span> {
        let found = self.list.iter().filter(move |attribute| attribute.key == key);
        found.map(|attribute| attribute.value)
    }

    /// `#id`.
    pub fn id(self) -> Option<Spanned<&'c str>> {
        self.last(AttributeKey::Id)
    }

    /// Each `#id`; links to any of them lead here.
    pub fn ids(self) -> impl Iterator<Item = Spanned<&'c str>> {
        self.all(AttributeKey::Id)
    }

    /// Each `.class`.
    pub fn classes(self) -> impl Iterator<Item = &'c str> {
        self.all(AttributeKey::Class).map(|class| class.value)
    }

    /// `category=`.
    pub fn category(self) -> Option<Category> {
        let written = self.last(AttributeKey::Category)?.value;
        Category::from_id(written).or_else(|| Category::named(written))
    }

    /// `department=`, or the cell in a column of departments: the lead department's name, id or alias.
    pub fn department(self) -> Option<Spanned<&'c str>> {
        self.last(AttributeKey::Department).or_else(|| self.department_cells().next())
    }

    /// The departments in cells of a column of departments; the first of a cell leads.
    pub fn department_cells(self) -> impl Iterator<Item = Spanned<&'c str>> {
        self.all(AttributeKey::DepartmentCell)
    }

    /// `with=`: contributing departments by name, id or alias.
    pub fn with(self) -> impl Iterator<Item = Spanned<&'c str>> {
        self.all(AttributeKey::With)
    }

    /// `owner=`.
    pub fn owner(self) -> Option<&'c str> {
        self.last(AttributeKey::Owner).map(|owner| owner.value)
    }

    /// `status=`.
    pub fn status(self) -> Option<&'c str> {
        self.last(AttributeKey::Status).map(|status| status.value)
    }

    /// `review_every=`.
    pub fn review_every(self) -> Option<Spanned<ReviewInterval>> {
        let Spanned { value, span } = self.last(AttributeKey::ReviewEvery)?;
        Some(Spanned { value: ReviewInterval::parse(value)?, span })
    }

    fn last(self, key: AttributeKey) -> Option<Spanned<&'c str>> {
        let found = self.list.iter().rev().find(|attribute| attribute.key == key);
        found.map(|attribute| self.value(attribute))
    }

    fn all(self, key: AttributeKey) -> impl Iterator<Item = Spanned<&'c str>> {
        let found = self.list.iter().filter(move |attribute| attribute.key == key);
        found.map(move |attribute| self.value(attribute))
    }

    fn value(self, attribute: &Attribute) -> Spanned<&'c str> {
        let span = attribute.value;
        let written = span.of(self.source);
        // Values that determine a finding are not decoded.
        let is_judged = matches!(attribute.key, AttributeKey::Category | AttributeKey::ReviewEvery);
        Spanned { value: if is_judged { written } else { written.trim() }, span }
    }
}

/// The attributes of a part, with the text that they refer to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenAttributes {
    source: Arc<str>,
    list: Box<[Attribute]>,
}

impl GivenAttributes {
    /// The attributes of a list in a source.
    pub fn new(source: &Arc<str>, list: &[Attribute]) -> Self {
        Self { source: Arc::clone(source), list: list.into() }
    }

    /// The attributes themselves.
    pub fn get(&self) -> Attributes<'_> {
        Attributes::new(&self.source, &self.list)
    }
}
