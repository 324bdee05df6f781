//! Attributes that have no effect where they are written.

use crate::canvas::{AttributeKey, Attributes, Canvas};
use crate::diagnostic::{Diagnostic, catalogue};
use crate::parse::Reader;
use crate::source::{Location, SourcePath, Span};

/// Attributes for activities only.
const OF_ACTIVITIES: [AttributeKey; 3] =
    [AttributeKey::Category, AttributeKey::Department, AttributeKey::With];
/// Attributes for elements only.
const OF_ELEMENTS: [AttributeKey; 3] =
    [AttributeKey::Status, AttributeKey::ReviewEvery, AttributeKey::Class];

/// Reports the attributes of a canvas's elements and groups that only have an effect elsewhere.
pub(in crate::parse) fn tell(reader: &mut Reader<'_, '_>, canvas: &Canvas) {
    let (path, text) = (reader.path, reader.text);
    let mut found: Vec<(AttributeKey, Span)> = Vec::new();
    let activities = canvas.kind.departments_block();
    let others = canvas.elements.iter().filter(|element| Some(element.block) != activities);
    for element in others.filter(|element| !element.attributes.is_empty()) {
        found.extend(places(text, element.attributes, &OF_ACTIVITIES));
    }
    for block in &canvas.blocks {
        let parts = block.parts.iter().map(|part| part.attributes.get());
        for attributes in parts.filter(|attributes| !attributes.is_empty()) {
            found.extend(places(text, attributes, &OF_ELEMENTS));
            if Some(block.index) != activities {
                found.extend(places(text, attributes, &OF_ACTIVITIES));
                found.extend(places(text, attributes, &[AttributeKey::Owner]));
            }
        }
    }
    reader.diagnostics.extend(found.into_iter().map(|(key, span)| {
        let place = Location::new(path, span);
        match OF_ACTIVITIES.contains(&key) {
            true => catalogue::attribute_of_activities(place, key.name()),
            false => catalogue::attribute_of_heading(place, name(text, key, span)),
        }
    }));
}

/// Reports the attributes of a heading for which only the id counts.
pub(in crate::parse) fn of_heading(
    path: &SourcePath,
    text: &str,
    attributes: Attributes<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let keys = [&OF_ACTIVITIES[..], &OF_ELEMENTS, &[AttributeKey::Owner]].concat();
    let found = places(text, attributes, &keys);
    diagnostics.extend(found.into_iter().map(|(key, span)| {
        catalogue::attribute_of_heading(Location::new(path, span), name(text, key, span))
    }));
}

/// The name of an attribute in messages: a class itself, any other one by its key.
fn name(text: &str, key: AttributeKey, span: Span) -> &str {
    if key == AttributeKey::Class { span.of(text) } else { key.name() }
}

/// The places of these keys with their values; each class by itself.
fn places(
    text: &str,
    attributes: Attributes<'_>,
    keys: &[AttributeKey],
) -> Vec<(AttributeKey, Span)> {
    let place = |key: &AttributeKey| {
        if *key == AttributeKey::Class {
            let with_dot = |class: Span| Span { start: class.start - 1, end: class.end };
            return attributes.places(*key).map(|class| (*key, with_dot(class))).collect();
        }
        let values = listed(text, attributes, *key);
        values.map(|values| (*key, values)).into_iter().collect::<Vec<_>>()
    };
    keys.iter().flat_map(place).collect()
}

/// The place of a key with all its values.
fn listed(text: &str, attributes: Attributes<'_>, key: AttributeKey) -> Option<Span> {
    let mut values = attributes.places(key);
    let first = values.next()?;
    let start = text[..first.start as usize].rfind(key.name())?;
    let end = values.last().unwrap_or(first).end as usize;
    let quote = text[end..].starts_with(['"', '\'']);
    Some(Span::new(start, end + usize::from(quote)))
}
