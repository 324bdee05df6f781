//! Front matter as texts by key.

use std::collections::BTreeMap;

use super::{Between, Level};
use crate::canvas::Document;
use crate::front_matter::CanvasChoice;
use crate::handbook::Handbook;

/// Keys that differ between any two canvases.
const OF_ONE_CANVAS: [&str; 9] = [
    "title",
    "based_on",
    "compare_with",
    "translation_of",
    "aliases",
    "weight",
    "date",
    "version",
    "reviewed",
];

/// Keys that are not about the business.
const COSMETIC: [&str; 10] = [
    "date",
    "version",
    "reviewed",
    "tags",
    "lang",
    "translation_of",
    "weight",
    "aliases",
    "extra",
    "compare_with",
];

/// The front matter of a document by key: `owner`, `departments.production.owner`, `waive.idle-partner`.
pub(super) fn fields(
    handbook: &Handbook,
    document: &Document,
    between: Between,
) -> BTreeMap<String, String> {
    let front = &document.front;
    let mut fields = BTreeMap::new();
    let mut put = |key: &str, value: Option<String>| {
        let value = value.filter(|value| !value.is_empty());
        if let Some(value) = value
            && (between == Between::Revisions || !OF_ONE_CANVAS.contains(&key))
        {
            fields.insert(key.to_owned(), value);
        }
    };
    put("title", Some(document.title.clone()));
    put("summary", front.summary.clone());
    put(
        "canvas",
        match front.canvas {
            CanvasChoice::Detect => None,
            CanvasChoice::Page => Some("false".to_owned()),
            CanvasChoice::Kind(kind) => Some(handbook.kinds.get(kind).id.clone()),
        },
    );
    put("stage", front.stage.map(|stage| stage.id().to_owned()));
    put("owner", front.owner.clone());
    put("category", front.category.map(|category| category.id().to_owned()));
    put("date", front.date.map(|day| day.to_string()));
    put("version", front.version.clone());
    put("reviewed", front.reviewed.map(|day| day.to_string()));
    put("review_every", front.review_every.map(|every| every.value.to_string()));
    for (id, facts) in &front.departments {
        put(&format!("departments.{id}.owner"), facts.value.owner.clone());
        put(&format!("departments.{id}.title"), facts.value.title.clone());
    }
    for waiver in &front.waive {
        let element = waiver.element.as_ref().map_or("", |element| &*element.value);
        let key = format!("waive.{}{element}", waiver.rule.value);
        put(&key, Some(waiver.reason.clone()));
    }
    put("based_on", front.based_on.as_ref().map(|path| path.value.clone()));
    put("compare_with", front.compare_with.as_ref().map(|path| path.value.clone()));
    put("tags", Some(front.tags.join(", ")));
    put("lang", front.lang.clone());
    put("translation_of", front.translation_of.as_ref().map(|path| path.value.clone()));
    put("weight", Some(front.weight.to_string()).filter(|_| front.weight != 0));
    put("draft", front.draft.then(|| "true".to_owned()));
    let aliases = front.aliases.iter().map(|alias| alias.value.as_str());
    let aliases: Vec<&str> = aliases.chain(front.names.iter().map(String::as_str)).collect();
    put("aliases", Some(aliases.join(", ")));
    put("extra", front.extra.as_ref().map(ToString::to_string));
    fields
}

/// Whether the value of a key is who is responsible for something.
pub(super) fn is_owner(key: &str) -> bool {
    key == "owner" || key.starts_with("departments.") && key.ends_with(".owner")
}

/// The level of a change of another key.
pub(super) fn level(key: &str) -> Level {
    if COSMETIC.contains(&key) { Level::Cosmetic } else { Level::Detail }
}
