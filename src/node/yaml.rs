//! YAML as a tree of values with their places.
//!
//! Read from the parser's events rather than from a ready-made tree, because that lets us limit the
//! depth. Anchors and aliases are refused: nobody needs them in front matter, and a few lines of
//! aliases of aliases fill any memory.

use std::borrow::Cow;
use std::collections::BTreeMap;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, Tag};

use super::{DEEPEST, Data, KeyValue, MOST_ERRORS, Node, SyntaxError, Table, too_long};
use crate::date;
use crate::source::Span;

/// The content of a YAML text.
#[derive(Clone, Debug, PartialEq)]
pub enum Yaml<'text> {
    /// A mapping, with the keys that occur twice as errors.
    Mapping(Table<'text>, Vec<SyntaxError>),
    /// Nothing but blanks and comments.
    Nothing,
    /// A scalar or a sequence.
    Other,
    /// A text that breaks YAML's rules, with the first error.
    Malformed(SyntaxError),
}

/// Reads `text`, which starts at the offset `start` of its source.
pub fn read(text: &str, start: usize) -> Yaml<'_> {
    if let Some(error) = too_long(text.len(), start) {
        return Yaml::Malformed(error);
    }
    let mut builder = Builder {
        text,
        start,
        offsets: Offsets::new(text),
        frames: Vec::new(),
        root: None,
        repeated: Vec::new(),
    };
    if let Err(error) = builder.build() {
        return Yaml::Malformed(error);
    }
    match builder.root {
        None => Yaml::Nothing,
        Some(Node { data: Data::Null, .. }) => Yaml::Nothing,
        Some(Node { data: Data::Table(table), .. }) => Yaml::Mapping(table, builder.repeated),
        Some(_) => Yaml::Other,
    }
}

/// Maps the characters that the parser counts to the bytes that we count.
enum Offsets {
    /// Characters and bytes are equal.
    Ascii { end: usize },
    /// The byte offset of each character, and of the end.
    Unicode(Vec<u32>),
}

impl Offsets {
    fn new(text: &str) -> Self {
        if text.is_ascii() {
            return Self::Ascii { end: text.len() };
        }
        let starts = text.char_indices().map(|(at, _)| at).chain([text.len()]);
        Self::Unicode(starts.map(|at| u32::try_from(at).unwrap_or(u32::MAX)).collect())
    }

    fn of(&self, marker: Marker) -> usize {
        match self {
            Self::Ascii { end } => marker.index().min(*end),
            Self::Unicode(starts) => {
                let at = starts.get(marker.index()).or(starts.last());
                at.map_or(0, |at| *at as usize)
            }
        }
    }
}

/// A collection that has not ended yet.
struct Frame<'text> {
    start: usize,
    content: Content<'text>,
}

enum Content<'text> {
    Sequence(Vec<Node<'text>>),
    Mapping { entries: Vec<KeyValue<'text>>, key: Option<(Cow<'text, str>, Span)> },
}

struct Builder<'text> {
    text: &'text str,
    start: usize,
    offsets: Offsets,
    frames: Vec<Frame<'text>>,
    root: Option<Node<'text>>,
    repeated: Vec<SyntaxError>,
}

impl<'text> Builder<'text> {
    fn build(&mut self) -> Result<(), SyntaxError> {
        let mut parser = Parser::new_from_str(self.text);
        while let Some(event) = parser.next_event() {
            let (event, span) = event.map_err(|error| {
                let at = self.offsets.of(*error.marker());
                let is_colon = self.text[at..].starts_with(": ");
                let slip = is_colon.then_some("a value that contains `: ` must be quoted");
                SyntaxError::new(self.span(at, at), slip.unwrap_or(error.info()))
            })?;
            let place = (self.offsets.of(span.start), self.offsets.of(span.end));
            match event {
                Event::Alias(_) => return Err(self.refused_alias(place)),
                Event::Scalar(_, _, anchor, _)
                | Event::SequenceStart(anchor, _)
                | Event::MappingStart(anchor, _)
                    if anchor > 0 =>
                {
                    return Err(self.refused_alias((place.0, place.0)));
                }
                Event::Nothing | Event::StreamStart | Event::DocumentEnd => {}
                Event::StreamEnd => break,
                Event::DocumentStart(_) if self.root.is_some() => {
                    let message = "a second YAML document starts here";
                    return Err(SyntaxError::new(self.span(place.0, place.1), message));
                }
                Event::DocumentStart(_) => {}
                Event::Scalar(value, style, _, tag) => {
                    self.scalar(place, value, style, tag.as_deref());
                }
                Event::SequenceStart(..) => self.open(place, Content::Sequence(Vec::new()))?,
                Event::MappingStart(..) => {
                    self.open(place, Content::Mapping { entries: Vec::new(), key: None })?;
                }
                Event::SequenceEnd | Event::MappingEnd => self.close(place),
            }
        }
        Ok(())
    }

    fn span(&self, from: usize, to: usize) -> Span {
        Span::new(from, to).shifted(self.start)
    }

    fn refused_alias(&self, (from, to): (usize, usize)) -> SyntaxError {
        let message =
            "anchors and aliases are not read here; write the value wherever it is needed";
        SyntaxError::new(self.span(from, to), message)
    }

    fn scalar(
        &mut self,
        (from, to): (usize, usize),
        value: Cow<'text, str>,
        style: ScalarStyle,
        tag: Option<&Tag>,
    ) {
        let is_string = |tag: &Tag| tag.is_yaml_core_schema() && tag.suffix == "str";
        let plain = style == ScalarStyle::Plain;
        // A tag is before the value and does not belong to it.
        let from = match to.checked_sub(value.len()) {
            Some(at) if plain && self.text.get(at..to) == Some(&*value) => at,
            _ => from,
        };
        let data = match plain && !tag.is_some_and(is_string) {
            true => resolved(value),
            false => Data::String(value),
        };
        self.finish(Node { span: self.span(from, to), data });
    }

    fn open(
        &mut self,
        (start, end): (usize, usize),
        content: Content<'text>,
    ) -> Result<(), SyntaxError> {
        if self.frames.len() == DEEPEST {
            let message = format!("collections are nested more than {DEEPEST} deep");
            return Err(SyntaxError::new(self.span(start, end), message));
        }
        self.frames.push(Frame { start, content });
        Ok(())
    }

    fn close(&mut self, (from, to): (usize, usize)) {
        let Some(frame) = self.frames.pop() else { return };
        // A collection in brackets ends with its bracket, others with their last value.
        let bracket = matches!(self.text.as_bytes().get(from), Some(b']' | b'}')) && from < to;
        let end = |last: Option<&Node<'_>>| match last {
            Some(last) if !bracket => last.span.end as usize - self.start,
            _ => to,
        };
        let (end, data) = match frame.content {
            Content::Sequence(items) => (end(items.last()), Data::Array(items)),
            Content::Mapping { entries, .. } => {
                let end = end(entries.last().map(|entry| &entry.value));
                (end, Data::Table(Table { entries: self.distinct(entries) }))
            }
        };
        self.finish(Node { span: self.span(frame.start, end), data });
    }

    /// Puts a value into the collection that it belongs to.
    fn finish(&mut self, node: Node<'text>) {
        let text = self.text;
        let local = node.span.start as usize - self.start..node.span.end as usize - self.start;
        let Some(frame) = self.frames.last_mut() else {
            self.root.get_or_insert(node);
            return;
        };
        match &mut frame.content {
            Content::Sequence(items) => items.push(node),
            Content::Mapping { entries, key } => match key.take() {
                Some((key, key_span)) => entries.push(KeyValue { key, key_span, value: node }),
                None => {
                    let name = match node.data {
                        Data::String(name) => name,
                        _ => Cow::Borrowed(text.get(local).unwrap_or("")),
                    };
                    *key = Some((name, node.span));
                }
            },
        }
    }

    /// The entries with the first occurrence of each key; the others are errors.
    fn distinct(&mut self, entries: Vec<KeyValue<'text>>) -> Vec<KeyValue<'text>> {
        let mut first: BTreeMap<&str, Span> = BTreeMap::new();
        let mut repeated = Vec::new();
        for (at, entry) in entries.iter().enumerate() {
            if let Some(earlier) = first.get(&*entry.key) {
                if self.repeated.len() < MOST_ERRORS {
                    let message = format!("the key `{}` occurs twice", entry.key);
                    let error = SyntaxError::new(entry.key_span, message);
                    self.repeated.push(SyntaxError { earlier: Some(*earlier), ..error });
                }
                repeated.push(at);
            } else {
                first.insert(&entry.key, entry.key_span);
            }
        }
        if repeated.is_empty() {
            return entries;
        }
        let mut repeated = repeated.into_iter().peekable();
        let kept = entries.into_iter().enumerate();
        kept.filter(|(at, _)| repeated.next_if_eq(at).is_none()).map(|(_, entry)| entry).collect()
    }
}

/// The value of a plain scalar by YAML's core schema, extended by days.
fn resolved(value: Cow<'_, str>) -> Data<'_> {
    match &*value {
        "" | "~" | "null" | "Null" | "NULL" => return Data::Null,
        "true" | "True" | "TRUE" => return Data::Boolean(true),
        "false" | "False" | "FALSE" => return Data::Boolean(false),
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => {
            return Data::Float(f64::INFINITY);
        }
        "-.inf" | "-.Inf" | "-.INF" => return Data::Float(f64::NEG_INFINITY),
        ".nan" | ".NaN" | ".NAN" => return Data::Float(f64::NAN),
        _ => {}
    }
    let first = value.as_bytes()[0];
    if !(first.is_ascii_digit() || matches!(first, b'+' | b'-' | b'.')) {
        return Data::String(value);
    }
    if let Some(date) = date::parse(&value) {
        return Data::Date(date);
    }
    let integer = match value.split_at_checked(2) {
        Some(("0x", digits)) if !digits.starts_with('+') => i64::from_str_radix(digits, 16),
        Some(("0o", digits)) if !digits.starts_with('+') => i64::from_str_radix(digits, 8),
        _ => value.parse(),
    };
    if let Ok(integer) = integer {
        return Data::Integer(integer);
    }
    // Rust reads `1e5` and `.5` like YAML, but also words such as `-inf`, which YAML does not.
    let words =
        value.bytes().any(|byte| byte.is_ascii_alphabetic() && !matches!(byte, b'e' | b'E'));
    match value.parse() {
        Ok(float) if !words => Data::Float(float),
        _ => Data::String(value),
    }
}
