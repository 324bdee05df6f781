//! TOML as a tree of values with their places.

use std::borrow::Cow;
use std::ops::Range;

use ::toml::Spanned;
use ::toml::de::{DeTable, DeValue, Error};
use ::toml::value::Datetime;

use super::{DEEPEST, Data, KeyValue, MOST_ERRORS, Node, Parsed, SyntaxError, Table, too_long};
use crate::date::{self, Date};
use crate::source::{Returns, Span, with_line_feeds};

/// A text with fewer brackets and dots has a tree that fits on any stack, since every level of a
/// tree costs one of them.
const SHALLOW: usize = 1_000;

/// Enough for the deepest tree that the parser can make: it limits brackets to 80 and the parts of
/// a key to 80, but not both together, and drops duplicates by recursion.
const LARGE_STACK: usize = 32 << 20;

/// Reads `text`, which starts at the offset `start` of its source. If it breaks TOML's rules, the
/// rest is read nevertheless.
pub fn read(text: &str, start: usize) -> Parsed<'_> {
    if let Some(error) = too_long(text.len(), start) {
        return Parsed { root: Table::default(), errors: vec![error] };
    }
    let levels = text.bytes().filter(|byte| matches!(byte, b'.' | b'[' | b'{')).count();
    if levels < SHALLOW {
        return read_here(text, start);
    }
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(LARGE_STACK);
        let reading = thread.spawn_scoped(scope, || read_here(text, start));
        reading.ok().and_then(|reading| reading.join().ok()).unwrap_or_else(|| {
            let message = "it is too large to be read here".to_owned();
            let error = SyntaxError::new(Span::new(start, start), message);
            Parsed { root: Table::default(), errors: vec![error] }
        })
    })
}

/// Reads a text as if line feeds ended its lines: the parser would leave carriage returns in strings,
/// and report errors differently.
fn read_here(text: &str, start: usize) -> Parsed<'static> {
    let returns = Returns::of(text);
    let text = with_line_feeds(text);
    let place = |range: Range<usize>| {
        Span::new(returns.offset(range.start), returns.offset(range.end)).shifted(start)
    };
    let (table, errors) = DeTable::parse_recoverable(&text);
    let mut conversion = Conversion { place: &place, too_deep: None };
    let root = conversion.table(table.into_inner(), 0);
    let mut errors = said(&text, &place, &errors);
    if let Some(span) = conversion.too_deep {
        let message = format!("tables and arrays are nested more than {DEEPEST} deep");
        errors.push(SyntaxError::new(span, message));
    }
    Parsed { root, errors }
}

/// Maps a range of the parsed text to its span in the source.
type SpanOf<'p> = &'p dyn Fn(Range<usize>) -> Span;

/// The parser's errors: the first of each line, because the others follow from it.
fn said(text: &str, source: SpanOf<'_>, errors: &[Error]) -> Vec<SyntaxError> {
    let mut places: Vec<(Range<usize>, &str)> = errors
        .iter()
        .map(|error| {
            let span = error.span().unwrap_or(0..0);
            (place(text, span), error.message())
        })
        .collect();
    places.sort_by_key(|(range, _)| range.start);
    let mut said: Vec<SyntaxError> = Vec::new();
    let mut line_end = 0;
    for (range, message) in places {
        let same_line = !said.is_empty() && range.start < line_end;
        if same_line || said.len() == MOST_ERRORS {
            continue;
        }
        line_end = text[range.start..].find('\n').map_or(text.len() + 1, |at| range.start + at);
        said.push(
            usual_slip(text, &range, source)
                .unwrap_or_else(|| SyntaxError::new(source(range), message)),
        );
    }
    said
}

/// A key without its `=`, a missing value, or a value without its quotation marks or in the form of another format, on
/// the line of an error. The parser judges such a value by its first letter: `Foo` is a broken `false` to it,
/// `31.12.2026` a number.
fn usual_slip(text: &str, at: &Range<usize>, source: SpanOf<'_>) -> Option<SyntaxError> {
    let line_start = text[..at.start].rfind('\n').map_or(0, |end| end + 1);
    let line = text[line_start..].lines().next()?;
    if text[at.start..].starts_with(':') && !line.contains('=') {
        return Some(SyntaxError::new(
            source(at.clone()),
            "a key and its value are separated by `=`",
        ));
    }
    let (key, rest) = line.split_once('=')?;
    let value = rest.split('#').next()?.trim();
    let value_start = line_start + key.len() + 1 + (rest.len() - rest.trim_start().len());
    if rest.trim().is_empty() {
        return Some(SyntaxError::new(source(at.clone()), "a value is missing"));
    }
    let whole = rest.trim();
    if at.start >= value_start
        && let Some(mended) = with_quotes_inside(whole)
    {
        let span = source(value_start..value_start + whole.len());
        let message = "the text ends at its second quotation mark";
        return Some(SyntaxError { mended: Some(mended), ..SyntaxError::new(span, message) });
    }
    let is_bare = !value.is_empty() && !value.starts_with(['"', '\'', '[', '{']);
    let is_wrong = at.start >= value_start && DeTable::parse(&format!("x = {value}")).is_err();
    if !is_bare || !is_wrong || key.contains(['"', '\'']) || value.contains(['"', '\\']) {
        return None;
    }
    let (message, mended) = match value.to_lowercase().as_str() {
        "yes" | "on" | "true" => ("a boolean is `true` or `false`", "true".to_owned()),
        "no" | "off" | "false" => ("a boolean is `true` or `false`", "false".to_owned()),
        _ => match day(value) {
            Some(day) => ("a day is written with the year first", day.to_string()),
            None if date::why_not(value).is_some() => {
                let span = source(value_start..value_start + value.len());
                return date::why_not(value).map(|why| SyntaxError::new(span, why));
            }
            // A number, for which the parser gives the reason.
            None if value.bytes().all(|byte| b"0123456789.-+_:/TZ".contains(&byte)) => return None,
            None => {
                let bare = value.trim_matches(['“', '”', '„', '‘', '’', '«', '»']);
                ("a string must be quoted", format!("\"{bare}\""))
            }
        },
    };
    let span = source(value_start..value_start + value.len());
    Some(SyntaxError { mended: Some(mended), ..SyntaxError::new(span, message) })
}

/// A text in quotation marks with others inside, in the form of TOML.
fn with_quotes_inside(value: &str) -> Option<String> {
    let inside = value.strip_prefix('"')?.strip_suffix('"')?;
    let is_one = !inside.starts_with('"') && !inside.contains(['\\', ',', '=']);
    if !is_one || !inside.contains('"') {
        return None;
    }
    Some(match inside.contains('\'') {
        true => format!("\"{}\"", inside.replace('"', "\\\"")),
        false => format!("'{inside}'"),
    })
}

/// A day with dots or slashes, if it is certain which number is which.
fn day(value: &str) -> Option<Date> {
    let numbers: Vec<u16> =
        value.split(['.', '/', '-']).map(str::parse).collect::<Result<_, _>>().ok()?;
    let small = |number: u16| u8::try_from(number).ok();
    match numbers[..] {
        [year, month, day] if year > 999 => date::day(year, small(month)?, small(day)?),
        [day, month, year] if value.contains('.') => date::day(year, small(month)?, small(day)?),
        _ => None,
    }
}

/// A range of the parser, cut to one line and to whole characters.
fn place(text: &str, range: Range<usize>) -> Range<usize> {
    let mut from = range.start.min(text.len());
    while !text.is_char_boundary(from) {
        from -= 1;
    }
    let mut to = range.end.clamp(from, text.len());
    while !text.is_char_boundary(to) {
        to += 1;
    }
    let line = text[from..to].find(['\r', '\n']).map_or(to, |at| from + at);
    from..line
}

struct Conversion<'p> {
    place: SpanOf<'p>,
    too_deep: Option<Span>,
}

impl Conversion<'_> {
    fn table(&mut self, table: DeTable<'_>, depth: usize) -> Table<'static> {
        let mut entries: Vec<KeyValue<'static>> = table
            .into_iter()
            .filter_map(|(key, value)| {
                let key_span = (self.place)(key.span());
                let value = self.node(value, depth + 1)?;
                let key = Cow::Owned(key.into_inner().into_owned());
                Some(KeyValue { key, key_span, value })
            })
            .collect();
        entries.sort_by_key(|entry| entry.key_span);
        Table { entries }
    }

    /// `None` for a value that is missing (then the parser reports it and makes one up, at no
    /// place) or that is too deep.
    fn node(&mut self, value: Spanned<DeValue<'_>>, depth: usize) -> Option<Node<'static>> {
        let range = value.span();
        if range.is_empty() {
            return None;
        }
        let span = (self.place)(range);
        if depth > DEEPEST && matches!(value.get_ref(), DeValue::Array(_) | DeValue::Table(_)) {
            self.too_deep.get_or_insert(span);
            return None;
        }
        let data = match value.into_inner() {
            DeValue::String(string) => Data::String(Cow::Owned(string.into_owned())),
            DeValue::Integer(integer) => {
                match i64::from_str_radix(integer.as_str(), integer.radix()) {
                    Ok(integer) => Data::Integer(integer),
                    Err(_) => Data::Float(integer.as_str().parse().unwrap_or(f64::NAN)),
                }
            }
            DeValue::Float(float) => Data::Float(float.as_str().parse().unwrap_or(f64::NAN)),
            DeValue::Boolean(boolean) => Data::Boolean(boolean),
            DeValue::Datetime(datetime) => time(&datetime),
            DeValue::Array(items) => Data::Array(
                items.into_iter().filter_map(|item| self.node(item, depth + 1)).collect(),
            ),
            DeValue::Table(table) => Data::Table(self.table(table, depth)),
        };
        Some(Node { span, data })
    }
}

fn time(datetime: &Datetime) -> Data<'static> {
    let date = datetime.date.and_then(|date| date::day(date.year, date.month, date.day));
    match (date, datetime.time) {
        (Some(date), None) => Data::Date(date),
        _ => Data::Time(date),
    }
}
