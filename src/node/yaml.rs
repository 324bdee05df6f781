//! YAML as a tree of values with their places.
//!
//! Read from the parser's events rather than from a ready-made tree, because that keeps the depth
//! and the size of what aliases expand to in our own hands.

use std::borrow::Cow;
use std::collections::BTreeMap;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, Tag};

use super::{DEEPEST, Data, Entry, MOST_ERRORS, Node, SyntaxError, Table};
use crate::date::Date;
use crate::source::Span;

/// How many values all aliases of a text may stand for together: more than anybody writes, and
/// too few for aliases of aliases of aliases to fill the memory.
const MOST_ALIASED: usize = 10_000;

/// What a YAML text holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Yaml<'text> {
    /// A mapping, with the keys that stand twice as errors.
    Mapping(Table<'text>, Vec<SyntaxError>),
    /// Nothing but blanks and comments.
    Nothing,
    /// A scalar or a sequence.
    Other,
    /// It breaks YAML's rules, here first.
    Malformed(SyntaxError),
}

/// Reads `text`, which starts at the offset `start` of its source.
pub fn read(text: &str, start: usize) -> Yaml<'_> {
    let mut builder = Builder {
        text,
        start,
        offsets: Offsets::new(text),
        frames: Vec::new(),
        anchors: BTreeMap::new(),
        aliased: MOST_ALIASED,
        root: None,
        repeated: Vec::new(),
    };
    if let Err(error) = builder.build() {
        return Yaml::Malformed(error);
    }
    match builder.root {
        None => Yaml::Nothing,
        Some(Built { node: Node { data: Data::Null, .. }, .. }) => Yaml::Nothing,
        Some(Built { node: Node { data: Data::Table(table), .. }, .. }) => {
            Yaml::Mapping(table, builder.repeated)
        }
        Some(_) => Yaml::Other,
    }
}

/// The parser counts characters, we count bytes.
enum Offsets {
    /// One and the same.
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

/// A finished value with what aliases to it cost.
#[derive(Clone)]
struct Built<'text> {
    node: Node<'text>,
    height: usize,
    size: usize,
}

/// A collection whose end has not come yet.
struct Frame<'text> {
    start: usize,
    anchor: usize,
    height: usize,
    size: usize,
    content: Content<'text>,
}

enum Content<'text> {
    Sequence(Vec<Node<'text>>),
    Mapping { entries: Vec<Entry<'text>>, key: Option<(Cow<'text, str>, Span)> },
}

struct Builder<'text> {
    text: &'text str,
    start: usize,
    offsets: Offsets,
    frames: Vec<Frame<'text>>,
    anchors: BTreeMap<usize, Built<'text>>,
    aliased: usize,
    root: Option<Built<'text>>,
    repeated: Vec<SyntaxError>,
}

impl<'text> Builder<'text> {
    fn build(&mut self) -> Result<(), SyntaxError> {
        let mut parser = Parser::new_from_str(self.text);
        while let Some(event) = parser.next_event() {
            let (event, span) = event.map_err(|error| {
                let at = self.offsets.of(*error.marker());
                SyntaxError::new(self.span(at, at), plain_words(error.info()))
            })?;
            let place = (self.offsets.of(span.start), self.offsets.of(span.end));
            match event {
                Event::Nothing | Event::StreamStart | Event::DocumentEnd => {}
                Event::StreamEnd => break,
                Event::DocumentStart(_) if self.root.is_some() => {
                    let message = "a second YAML document starts here";
                    return Err(SyntaxError::new(self.span(place.0, place.1), message));
                }
                Event::DocumentStart(_) => {}
                Event::Scalar(value, style, anchor, tag) => {
                    self.scalar(place, value, style, anchor, tag.as_deref())?;
                }
                Event::SequenceStart(anchor, _) => {
                    self.open(place, anchor, Content::Sequence(Vec::new()))?;
                }
                Event::MappingStart(anchor, _) => {
                    let content = Content::Mapping { entries: Vec::new(), key: None };
                    self.open(place, anchor, content)?;
                }
                Event::SequenceEnd | Event::MappingEnd => self.close(place)?,
                Event::Alias(anchor) => self.alias(place, anchor)?,
            }
        }
        Ok(())
    }

    fn span(&self, from: usize, to: usize) -> Span {
        Span::new(from, to).shifted(self.start)
    }

    fn scalar(
        &mut self,
        (from, to): (usize, usize),
        value: Cow<'text, str>,
        style: ScalarStyle,
        anchor: usize,
        tag: Option<&Tag>,
    ) -> Result<(), SyntaxError> {
        let is_string = |tag: &Tag| tag.is_yaml_core_schema() && tag.suffix == "str";
        let plain = style == ScalarStyle::Plain;
        // An anchor and a tag stand before the value and are no part of it.
        let from = match to.checked_sub(value.len()) {
            Some(at) if plain && self.text.get(at..to) == Some(&*value) => at,
            _ => from,
        };
        let data = match plain && !tag.is_some_and(is_string) {
            true => resolved(value),
            false => Data::String(value),
        };
        let node = Node { span: self.span(from, to), data };
        self.finish(Built { node, height: 0, size: 1 }, anchor)
    }

    fn open(
        &mut self,
        (start, end): (usize, usize),
        anchor: usize,
        content: Content<'text>,
    ) -> Result<(), SyntaxError> {
        if self.frames.len() == DEEPEST {
            let message = format!("collections stand more than {DEEPEST} deep in each other");
            return Err(SyntaxError::new(self.span(start, end), message));
        }
        self.frames.push(Frame { start, anchor, height: 0, size: 1, content });
        Ok(())
    }

    fn close(&mut self, (from, to): (usize, usize)) -> Result<(), SyntaxError> {
        let Some(frame) = self.frames.pop() else { return Ok(()) };
        // A collection in brackets ends with its bracket, any other with its last value.
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
        let node = Node { span: self.span(frame.start, end), data };
        self.finish(Built { node, height: frame.height + 1, size: frame.size }, frame.anchor)
    }

    fn alias(&mut self, (from, to): (usize, usize), anchor: usize) -> Result<(), SyntaxError> {
        let span = self.span(from, to);
        let Some(target) = self.anchors.get(&anchor) else {
            return Err(SyntaxError::new(span, "an alias stands inside what it names"));
        };
        if target.height + self.frames.len() > DEEPEST {
            let message = format!("collections stand more than {DEEPEST} deep in each other");
            return Err(SyntaxError::new(span, message));
        }
        let Some(left) = self.aliased.checked_sub(target.size) else {
            return Err(SyntaxError::new(span, "aliases stand for too many values"));
        };
        self.aliased = left;
        // It keeps the place where it is written, which is where a wrong value is mended.
        let copy = target.clone();
        self.finish(copy, 0)
    }

    /// Puts a value into the collection that it stands in.
    fn finish(&mut self, built: Built<'text>, anchor: usize) -> Result<(), SyntaxError> {
        if anchor > 0 {
            let Some(left) = self.aliased.checked_sub(built.size) else {
                return Err(SyntaxError::new(built.node.span, "anchors name too many values"));
            };
            self.aliased = left;
            self.anchors.insert(anchor, built.clone());
        }
        let text = self.text;
        let local =
            built.node.span.start as usize - self.start..built.node.span.end as usize - self.start;
        let Some(frame) = self.frames.last_mut() else {
            self.root.get_or_insert(built);
            return Ok(());
        };
        frame.height = frame.height.max(built.height);
        frame.size = frame.size.saturating_add(built.size);
        match &mut frame.content {
            Content::Sequence(items) => items.push(built.node),
            Content::Mapping { entries, key } => match key.take() {
                Some((key, key_span)) => entries.push(Entry { key, key_span, value: built.node }),
                None => {
                    let name = match built.node.data {
                        Data::String(name) => name,
                        _ => Cow::Borrowed(text.get(local).unwrap_or("")),
                    };
                    *key = Some((name, built.node.span));
                }
            },
        }
        Ok(())
    }

    /// The entries whose keys stand for the first time; the others are errors.
    fn distinct(&mut self, entries: Vec<Entry<'text>>) -> Vec<Entry<'text>> {
        let mut first: BTreeMap<&str, Span> = BTreeMap::new();
        let mut repeated = Vec::new();
        for (at, entry) in entries.iter().enumerate() {
            if let Some(earlier) = first.get(&*entry.key) {
                if self.repeated.len() < MOST_ERRORS {
                    let message = format!("the key `{}` stands twice", entry.key);
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

/// What a plain scalar means by YAML's core schema, and days besides.
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
    if let Some(date) = Date::parse(&value) {
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

/// The parser's words without what it was doing.
fn plain_words(info: &str) -> &str {
    if info.starts_with("mapping values are not allowed") {
        return "a value with `: ` in it must be quoted";
    }
    match info.strip_prefix("while ").and_then(|rest| rest.split_once(", ")) {
        Some((_, what)) => what,
        None => info,
    }
}
