//! Attribute lists: `{#id .class key=value key="two words"}`.

use crate::canvas::{Attribute, AttributeKey, Category, ReviewInterval};
use crate::comments::PAIRS;
use crate::diagnostic::{Diagnostic, catalogue};
use crate::source::{Location, SourcePath, Span};

/// The keys that an attribute list may have.
pub const KEYS: [&str; 6] = ["category", "department", "with", "owner", "status", "review_every"];

/// The longest id or class, in bytes. An id is in every link to its place.
const LONGEST_NAME: usize = 400;

/// The places of an attribute list's items, before they are decoded.
struct Item<'t> {
    /// `#`, `.` or a key.
    key: &'t str,
    key_span: Span,
    value: &'t str,
    value_span: Span,
}

impl Item<'_> {
    /// Whether it is a pair whose value has no quotation marks.
    fn is_bare(&self, text: &str) -> bool {
        let before = &text[..self.value_span.start as usize];
        self.key.starts_with(char::is_alphabetic) && before.ends_with('=')
    }
}

/// The end of an attribute list that starts at `open`, the offset of its `{`: the offset after its
/// `}`. `None` if it is not an attribute list but text in braces: a list consists of `#id`,
/// `.class` and `key=value` only, at least one, and is on one line.
pub(super) fn end(text: &str, open: usize) -> Option<usize> {
    let rest = text.get(open + 1..)?;
    let first = rest.trim_start_matches([' ', '\t']);
    let looks_like_one = match first.chars().next()? {
        '#' | '.' => first[1..].starts_with(|c: char| c.is_alphanumeric() || c == '_'),
        _ => {
            let key = first.split(|c: char| !(c.is_alphanumeric() || "-_".contains(c))).next()?;
            !key.is_empty() && first[key.len()..].starts_with('=')
        }
    };
    if !looks_like_one {
        return None;
    }
    let mut quote: Option<char> = None;
    for (at, character) in rest.char_indices() {
        match (quote, character) {
            (_, '\n' | '\r') => return None,
            (Some(open), close) if open == close => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(character),
            (None, '}') => return Some(open + 1 + at + 1),
            (None, '{') => return None,
            (None, _) => {}
        }
    }
    None
}

/// Reads the list at `span`, braces included, adds its items to `attributes` and reports its errors.
pub(super) fn read(
    path: &SourcePath,
    text: &str,
    span: Span,
    attributes: &mut Vec<Attribute>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let inner = span.start as usize + 1..span.end as usize - 1;
    let mut items = items(text, inner).into_iter().peekable();
    while let Some(item) = items.next() {
        let item = match item {
            Ok(item) => item,
            Err(place) => {
                diagnostics.push(catalogue::malformed_attributes(Location::new(path, place)));
                continue;
            }
        };
        // Words that are not items belong to a value without quotation marks.
        let mut end = item.value_span.end;
        while let Some(Err(word)) = items.peek()
            && item.is_bare(text)
            && !word.of(text).contains(['#', '='])
        {
            end = word.end;
            items.next();
        }
        let value = Span { start: item.value_span.start, end };
        let written = value.of(text);
        if end > item.value_span.end || item.is_bare(text) && written.starts_with(FOREIGN) {
            let place = Location::new(path, value);
            let bare: String = written.chars().filter(|c| !FOREIGN.contains(c)).collect();
            diagnostics.push(catalogue::unquoted_value(place, item.key, &bare.replace(';', ",")));
        } else {
            judge(path, &item, attributes, diagnostics);
        }
    }
}

/// Signs that other languages put around texts and lists.
const FOREIGN: [char; 9] = ['[', ']', '“', '”', '„', '«', '»', '‘', '’'];

/// Splits the inside of a list into its items; a part that is not an item is returned as its place.
fn items(text: &str, inner: std::ops::Range<usize>) -> Vec<Result<Item<'_>, Span>> {
    let mut items = Vec::new();
    let mut at = inner.start;
    while at < inner.end {
        let rest = &text[at..inner.end];
        let blank = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        if blank > 0 {
            at += blank;
            continue;
        }
        let length = item_length(rest);
        items.push(item(text, at, at + length));
        at += length;
    }
    items
}

/// The length of the first item of `rest` in bytes: up to a blank outside of quotes.
fn item_length(rest: &str) -> usize {
    let mut quote: Option<char> = None;
    for (at, character) in rest.char_indices() {
        match (quote, character) {
            (Some(open), close) if open == close => quote = None,
            (None, '"' | '\'') => quote = Some(character),
            (None, ' ' | '\t') => return at,
            _ => {}
        }
    }
    rest.len()
}

fn item(text: &str, start: usize, end: usize) -> Result<Item<'_>, Span> {
    let span = Span::new(start, end);
    let whole = &text[start..end];
    if let Some(value) = whole.strip_prefix(['#', '.']) {
        // Ids that start with `_` are the theme's, and HTML allows no blank in an id.
        let odd = |c: char| c.is_whitespace() || c.is_control() || "\"'<>&".contains(c);
        if value.is_empty()
            || value.len() > LONGEST_NAME
            || value.starts_with('_')
            || value.contains(odd)
        {
            return Err(span);
        }
        return Ok(Item {
            key: &whole[..1],
            key_span: Span::new(start, start + 1),
            value,
            value_span: Span::new(start + 1, end),
        });
    }
    let Some((key, value)) = whole.split_once('=') else { return Err(span) };
    let mut value_start = start + key.len() + 1;
    let mut value = value;
    for quote in ['"', '\''] {
        let inner = value.strip_prefix(quote).and_then(|inner| inner.strip_suffix(quote));
        if let Some(inner) = inner {
            value_start += 1;
            value = inner;
            break;
        }
    }
    // A comment would be shown with the value.
    if key.is_empty() || value.contains('"') || PAIRS.iter().any(|(open, _)| value.contains(open)) {
        return Err(span);
    }
    Ok(Item {
        key,
        key_span: Span::new(start, start + key.len()),
        value,
        value_span: Span::new(value_start, value_start + value.len()),
    })
}

fn judge(
    path: &SourcePath,
    item: &Item<'_>,
    attributes: &mut Vec<Attribute>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let place = Location::new(path, item.value_span);
    let mut set = |key| attributes.push(Attribute { key, value: item.value_span });
    match item.key {
        "#" => set(AttributeKey::Id),
        "." => set(AttributeKey::Class),
        "category" => match Category::from_id(item.value) {
            Some(_) => set(AttributeKey::Category),
            None => diagnostics.push(catalogue::unknown_category(place, item.value)),
        },
        "department" => set(AttributeKey::Department),
        "with" if item.value.contains(';') => {
            diagnostics.push(catalogue::semicolons(place, item.value));
        }
        "with" => {
            let with = |value| Attribute { key: AttributeKey::With, value };
            attributes.extend(list(item.value_span, item.value).map(with));
        }
        "owner" => set(AttributeKey::Owner),
        "status" => set(AttributeKey::Status),
        "review_every" => match ReviewInterval::parse(item.value) {
            Some(_) => set(AttributeKey::ReviewEvery),
            None => diagnostics.push(catalogue::malformed_review_interval(place, item.value)),
        },
        key => {
            let place = Location::new(path, item.key_span);
            diagnostics.push(catalogue::unknown_attribute(place, key, &KEYS));
        }
    }
}

/// The places of comma-separated values, which are in `span`.
pub(super) fn list(span: Span, values: &str) -> impl Iterator<Item = Span> {
    let mut start = span.start as usize;
    values.split(',').filter_map(move |part| {
        let lead = part.len() - part.trim_start().len();
        let value = Span::new(start + lead, start + lead + part.trim().len());
        start += part.len() + 1;
        (!value.is_empty()).then_some(value)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::canvas::Attributes;

    fn check(text: &str, see: impl FnOnce(Attributes<'_>)) -> Vec<String> {
        let end = end(text, 0).expect("an attribute list");
        let mut diagnostics = Vec::new();
        let path = SourcePath::new("a.md");
        let mut list = Vec::new();
        read(&path, text, Span::new(0, end), &mut list, &mut diagnostics);
        see(Attributes::new(text, &list));
        diagnostics
            .into_iter()
            .map(|diagnostic| format!("{}: {}", diagnostic.location.span.of(text), diagnostic.code))
            .collect()
    }

    #[test]
    fn lists_hold_ids_classes_and_quoted_values() {
        let list =
            "{#roast .wide category=production with=\"R&D, Quality\" owner='Head of Roasting'}";
        let told = check(list, |attributes| {
            assert_eq!(attributes.id().map(|id| id.value), Some("roast"));
            assert!(attributes.classes().eq(["wide"]));
            assert_eq!(attributes.category(), Some(Category::Production));
            assert_eq!(attributes.owner(), Some("Head of Roasting"));
            assert!(attributes.with().map(|with| with.value).eq(["R&D", "Quality"]));
        });
        assert_eq!(told, [""; 0]);
    }

    #[test]
    fn slips_are_told_at_their_place() {
        let list = "{#a b catgory=production category=produktion review_every=often}";
        let told = check(list, |attributes| assert_eq!(attributes.category(), None));
        assert_eq!(
            told,
            [
                "b: malformed-attributes",
                "catgory: unknown-attribute",
                "produktion: unknown-category",
                "often: unknown-value"
            ]
        );
    }

    #[test]
    fn values_without_their_quotation_marks_are_one_slip() {
        for list in [
            "{with=[production, quality]}",
            "{with=production, quality .wide}",
            "{with=\"production; quality\"}",
            "{with=[quality]}",
            "{owner=“Head of Roasting”}",
        ] {
            let mut diagnostics = Vec::new();
            let (path, end) = (SourcePath::new("a.md"), end(list, 0).expect("an attribute list"));
            read(&path, list, Span::new(0, end), &mut Vec::new(), &mut diagnostics);
            let [slip] = &diagnostics[..] else { panic!("{list}: {diagnostics:?}") };
            let edit = &slip.fix.as_ref().expect("a fix").edits[0];
            let span = edit.location.span;
            let mended = format!(
                "{}{}{}",
                &list[..span.start as usize],
                edit.text,
                &list[span.end as usize..]
            );
            assert_eq!(check(&mended, |_| {}), [""; 0], "{mended}");
        }
    }

    #[test]
    fn text_in_braces_is_no_list() {
        for text in ["{placeholder}", "{ }", "{a b=c}", "{#}", "{key=value", "{k=v\n}", "{{#a}}"] {
            assert_eq!(end(text, 0), None, "{text}");
        }
    }
}
