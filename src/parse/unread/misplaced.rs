//! Attributes that nothing reads where they stand.

use crate::canvas::{AttributeKey, Attributes, Canvas};
use crate::diagnostic::{Diagnostic, catalogue};
use crate::parse::Reader;
use crate::source::{Location, SourcePath, Span};

/// What counts for activities only.
const OF_ACTIVITIES: [AttributeKey; 3] =
    [AttributeKey::Category, AttributeKey::Department, AttributeKey::With];
/// What counts for elements only.
const OF_ELEMENTS: [AttributeKey; 2] = [AttributeKey::Status, AttributeKey::ReviewEvery];

/// Tells the attributes of a canvas's elements and groups that count elsewhere only.
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
    reader.diagnostics.extend(found.into_iter().map(|(key, place)| {
        let place = Location::new(path, place);
        match OF_ACTIVITIES.contains(&key) {
            true => catalogue::attribute_of_activities(place, key.name()),
            false => catalogue::attribute_of_heading(place, key.name()),
        }
    }));
}

/// Tells the attributes of a heading of which only the id counts.
pub(in crate::parse) fn of_heading(
    path: &SourcePath,
    text: &str,
    attributes: Attributes<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let keys = [&OF_ACTIVITIES[..], &OF_ELEMENTS, &[AttributeKey::Owner]].concat();
    let found = places(text, attributes, &keys);
    diagnostics.extend(found.into_iter().map(|(key, place)| {
        catalogue::attribute_of_heading(Location::new(path, place), key.name())
    }));
}

/// Where each of these keys stands with its values.
fn places(
    text: &str,
    attributes: Attributes<'_>,
    keys: &[AttributeKey],
) -> Vec<(AttributeKey, Span)> {
    let place = |key: &AttributeKey| {
        let mut values = attributes.places(*key);
        let first = values.next()?;
        let start = text[..first.start as usize].rfind(key.name())?;
        let end = values.last().unwrap_or(first).end as usize;
        let quote = text[end..].starts_with(['"', '\'']);
        Some((*key, Span::new(start, end + usize::from(quote))))
    };
    keys.iter().filter_map(place).collect()
}
