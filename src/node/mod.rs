//! Settings as a tree of values with their places, in whichever language they are written.
//!
//! [`toml`] and [`yaml`] make the tree, and [`reader`] decodes it according to the definitions of
//! its keys, [`key`]. The tree lives only while a file is read. This module does not depend on
//! particular keys.

pub mod key;
pub mod reader;
pub mod toml;
pub mod yaml;

use std::borrow::Cow;

use crate::date::Date;
use crate::source::Span;

/// How deep arrays and tables may be nested. People need four levels; the limit keeps every
/// recursion over a tree far from the end of the stack.
pub const DEEPEST: usize = 64;

/// How many errors of one file are reported at most; more help nobody.
const MOST_ERRORS: usize = 20;

/// The language that settings are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// The language that canvasbook writes.
    Toml,
    /// A language that notes from other programs use.
    Yaml,
}

/// A value and its place in the whole source text.
#[derive(Clone, Debug, PartialEq)]
pub struct Node<'text> {
    /// Its place. That of a table with a header of its own is the header.
    pub span: Span,
    /// The value.
    pub data: Data<'text>,
}

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub enum Data<'text> {
    /// Nothing: a YAML key without a value.
    Null,
    /// A string without its quotes.
    String(Cow<'text, str>),
    /// An integer that fits.
    Integer(i64),
    /// Any other number.
    Float(f64),
    /// `true` or `false`.
    Boolean(bool),
    /// A day.
    Date(Date),
    /// A day with a time, or a time alone.
    Time(Option<Date>),
    /// An array.
    Array(Vec<Node<'text>>),
    /// A table.
    Table(Table<'text>),
}

/// Keys and values in the order of the source; no key occurs twice.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table<'text> {
    /// The entries.
    pub entries: Vec<KeyValue<'text>>,
}

/// A key and its value.
#[derive(Clone, Debug, PartialEq)]
pub struct KeyValue<'text> {
    /// The key without quotes.
    pub key: Cow<'text, str>,
    /// Where the key is.
    pub key_span: Span,
    /// Its value.
    pub value: Node<'text>,
}

/// A tree and its errors.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Parsed<'text> {
    /// The part that could be read.
    pub root: Table<'text>,
    /// The errors, in order of appearance.
    pub errors: Vec<SyntaxError>,
}

/// A place that breaks the rules of the language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// The place.
    pub span: Span,
    /// The error: a few words without a full stop.
    pub message: String,
    /// The place of the first one, if something occurs twice.
    pub earlier: Option<Span>,
    /// What to write in its place, if that mends it.
    pub mended: Option<String>,
}

impl SyntaxError {
    /// Makes an error with nothing but a message.
    pub fn new(span: Span, message: impl Into<String>) -> Self {
        Self { span, message: message.into(), earlier: None, mended: None }
    }
}

impl<'text> Table<'text> {
    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Node<'text>> {
        self.entries.iter().find(|entry| entry.key == key).map(|entry| &entry.value)
    }

    /// The table as JSON; `text` is the whole source.
    pub fn to_json(&self, text: &str) -> serde_json::Value {
        self.entries
            .iter()
            .map(|entry| (entry.key.clone().into_owned(), entry.value.to_json(text)))
            .collect::<serde_json::Map<_, _>>()
            .into()
    }
}

impl Node<'_> {
    /// The type of the value, with an article: `a string`.
    pub fn sort(&self) -> &'static str {
        match self.data {
            Data::Null => "nothing",
            Data::String(_) => "a string",
            Data::Integer(_) => "an integer",
            Data::Float(_) => "a number",
            Data::Boolean(_) => "a boolean",
            Data::Date(_) => "a date",
            Data::Time(_) => "a time",
            Data::Array(_) => "an array",
            Data::Table(_) => "a table",
        }
    }

    /// The value as JSON; `text` is the whole source. Dates and times are strings, as they were
    /// written; values that JSON does not have (not a number, infinity) are null.
    pub fn to_json(&self, text: &str) -> serde_json::Value {
        match &self.data {
            Data::Null => serde_json::Value::Null,
            Data::String(string) => string.as_ref().into(),
            Data::Integer(integer) => (*integer).into(),
            Data::Float(float) => (*float).into(),
            Data::Boolean(boolean) => (*boolean).into(),
            Data::Date(date) => date.to_string().into(),
            Data::Time(_) => self.span.of(text).into(),
            Data::Array(items) => items.iter().map(|item| item.to_json(text)).collect(),
            Data::Table(table) => table.to_json(text),
        }
    }
}

/// The largest TOML or YAML text that is read, in bytes: a hundred times what anybody writes in a
/// configuration or before a document, and too little for its values to fill the memory.
const LARGEST: usize = 1024 * 1024;

/// The error if a text of this length, which starts at the offset `start` of its source, is too long to
/// be read.
fn too_long(length: usize, start: usize) -> Option<SyntaxError> {
    let message = format!("it is longer than the {LARGEST} bytes that are read");
    (length > LARGEST).then(|| SyntaxError::new(Span::new(start, start), message))
}
