//! JSON Schemas (draft 2020-12). Those of the configuration and of front matter are made from the definitions of
//! their keys, so that an editor knows what the reader knows. Those of what canvasbook writes are made by a test
//! from the types that are written, so that the program need not contain the code for that.

use serde_json::{Map, Value, json};

use crate::check::Rules;
use crate::diagnostic::Severity;
use crate::kind::Kinds;
use crate::node::key::{Key, Shape};
use crate::terms::LEVELS;
use crate::{config, front_matter, kind, node};

/// The schema of `handbook.json` of a site.
pub const HANDBOOK: &str = include_str!("../static/schemas/handbook.json");

/// The schema of the file beside the page of a canvas.
pub const CANVAS: &str = include_str!("../static/schemas/canvas.json");

/// The schema of what `canvasbook export` prints.
pub const EXPORT: &str = include_str!("../static/schemas/export.json");

/// The dialect that the schemas are written in.
const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// The form of a BCP 47 tag, whether or not the language exists.
const LANGUAGE: &str = "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$";

/// `90 days`, `6 months`, `1 year`.
const INTERVAL: &str = "^[1-9][0-9]* (day|days|week|weeks|month|months|year|years)$";

/// `#2465c9` or `#26c`.
const COLOR: &str = "^#([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})$";

/// A string that is not blank.
const NOT_BLANK: &str = "\\S";

/// The schema of `canvasbook.toml` with these rules.
pub fn configuration(rules: &Rules) -> Value {
    let about = "The configuration of a canvasbook handbook.";
    let mut schema = whole(config::KEYS, "canvasbook.toml", about);
    let mut levels = Map::new();
    levels.insert(config::ALL.to_owned(), level("Every rule that is not named.", None));
    for rule in rules.by_code() {
        let default = rule.levels.always_same().map(|level| level.map_or("off", Severity::as_str));
        levels.insert(rule.code.to_string(), level(&rule.meaning, default));
    }
    schema["properties"]["rules"]["properties"] = levels.into();
    schema
}

/// A level; `of` describes what it is the level of.
fn level(of: &str, default: Option<&str>) -> Value {
    match default {
        Some(default) => json!({ "enum": LEVELS, "description": of, "default": default }),
        None => json!({ "enum": LEVELS, "description": of }),
    }
}

/// The schema of a document's front matter with these kinds of canvas.
pub fn front_matter(kinds: &Kinds) -> Value {
    let about = "The settings at the head of a canvas or page, between two lines of +++.";
    let mut schema = whole(front_matter::KEYS, "Front matter", about);
    let mut choices = vec![Value::Bool(true), Value::Bool(false)];
    choices.extend(kinds.ids().map(Value::from));
    schema["properties"]["canvas"]["enum"] = choices.into();
    schema
}

/// The schema of the file of a kind, with these kinds to start from.
pub fn kind(kinds: &Kinds) -> Value {
    let mut schema =
        whole(kind::KEYS, "Kind of canvas", "A kind of canvas in kinds/ of a handbook.");
    schema["required"] = json!(["title"]);
    schema["properties"]["extends"]["examples"] = kinds.ids().collect();
    schema
}

fn whole(keys: &[Key], title: &str, description: &str) -> Value {
    let mut schema = object_of(keys, false);
    schema.insert("$schema".to_owned(), DIALECT.into());
    schema.insert("title".to_owned(), title.into());
    schema.insert("description".to_owned(), description.into());
    schema.into()
}

/// A table that has these keys and no others. In a list, a key that must not be blank is required.
fn object_of(keys: &[Key], in_list: bool) -> Map<String, Value> {
    let properties: Map<String, Value> =
        keys.iter().map(|key| (key.name.to_owned(), property(key).into())).collect();
    let mut object = Map::new();
    object.insert("type".to_owned(), "object".into());
    object.insert("properties".to_owned(), properties.into());
    object.insert("additionalProperties".to_owned(), false.into());
    let required = keys.iter().filter(|key| in_list && key.shape == Shape::Required);
    let required: Vec<&str> = required.map(|key| key.name).collect();
    if !required.is_empty() {
        object.insert("required".to_owned(), required.into());
    }
    object
}

fn property(key: &Key) -> Map<String, Value> {
    let mut property = shape(key.shape);
    let description = match key.default {
        "" => key.meaning.to_owned(),
        default => format!("{} Default: {default}.", key.meaning),
    };
    property.insert("description".to_owned(), description.into());
    if let Some(default) = default(key) {
        property.insert("default".to_owned(), default);
    }
    let example = node::toml::read(key.example, 0);
    if let Some(example) = example.root.get(key.name) {
        property.insert("examples".to_owned(), json!([example.to_json(key.example)]));
    }
    property
}

/// The default as a value, if the words for it are one.
fn default(key: &Key) -> Option<Value> {
    match key.shape {
        Shape::Integer | Shape::Boolean => serde_json::from_str(key.default).ok(),
        Shape::OneOf(words) => words.contains(&key.default).then(|| key.default.into()),
        Shape::Required if !key.default.is_empty() => Some(key.default.into()),
        _ => None,
    }
}

fn shape(shape: Shape) -> Map<String, Value> {
    let schema = match shape {
        Shape::Text => json!({ "type": "string" }),
        Shape::Required => json!({ "type": "string", "pattern": NOT_BLANK }),
        Shape::Integer => json!({ "type": "integer" }),
        Shape::Boolean => json!({ "type": "boolean" }),
        Shape::Date => json!({ "type": "string", "format": "date" }),
        Shape::Interval => json!({ "type": "string", "pattern": INTERVAL }),
        Shape::Language => json!({ "type": "string", "pattern": LANGUAGE }),
        Shape::Texts => json!({ "type": "array", "items": { "type": "string" } }),
        Shape::TextOrTexts => {
            let text = json!({ "type": "string" });
            json!({ "anyOf": [text, { "type": "array", "items": text }] })
        }
        Shape::Numbers => json!({ "type": "array", "items": { "type": "number" } }),
        Shape::ByLanguage => {
            json!({ "type": "object", "additionalProperties": { "type": "string" } })
        }
        Shape::Colors(words) => {
            let color = json!({ "type": "string", "pattern": COLOR });
            let pair = json!({ "type": "array", "items": color, "minItems": 2, "maxItems": 2 });
            let words = (!words.is_empty()).then(|| json!({ "enum": words }));
            let forms: Vec<Value> = words.into_iter().chain([color, pair]).collect();
            json!({ "anyOf": forms })
        }
        Shape::OneOf(words) => json!({ "enum": words }),
        // The kinds are not part of the key; callers that know them add them.
        Shape::Kind => json!({ "enum": [true, false] }),
        Shape::Table(keys) => return object_of(keys, false),
        Shape::Tables(keys) => {
            json!({ "type": "object", "additionalProperties": object_of(keys, false) })
        }
        Shape::List(keys) => json!({ "type": "array", "items": object_of(keys, true) }),
        // The rules are not part of the key; callers that know them add them.
        Shape::Levels => json!({ "type": "object", "additionalProperties": false }),
        Shape::Free => json!({ "type": "object" }),
    };
    match schema {
        Value::Object(schema) => schema,
        _ => Map::new(),
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::check::tests::rules;
    use crate::kind::tests::built_in;

    #[track_caller]
    fn check(schema: &Value, expected: Expect) {
        expected.assert_eq(&(serde_json::to_string_pretty(schema).expect("is JSON") + "\n"));
    }

    #[test]
    fn a_key_is_described_with_its_default_and_an_example() {
        let schema = configuration(&rules());
        check(
            &schema["properties"]["output"],
            expect![[r#"
            {
              "default": "public",
              "description": "The folder that the site is written to. Default: public.",
              "examples": [
                "build/site"
              ],
              "pattern": "\\S",
              "type": "string"
            }
        "#]],
        );
        check(
            &schema["properties"]["references"],
            expect![[r#"
            {
              "additionalProperties": false,
              "description": "How references are checked.",
              "examples": [
                {
                  "unknown": "warning"
                }
              ],
              "properties": {
                "unknown": {
                  "default": "error",
                  "description": "How a reference to something unknown counts. Default: error.",
                  "enum": [
                    "error",
                    "warning"
                  ],
                  "examples": [
                    "warning"
                  ]
                }
              },
              "type": "object"
            }
        "#]],
        );
    }

    #[test]
    fn tables_of_a_list_need_what_must_not_be_blank() {
        check(
            &front_matter(&built_in())["properties"]["waive"],
            expect![[r##"
            {
              "description": "Findings that are known and left, with the reason.",
              "examples": [
                [
                  {
                    "reason": "We have no partners yet.",
                    "rule": "empty-block"
                  }
                ]
              ],
              "items": {
                "additionalProperties": false,
                "properties": {
                  "element": {
                    "description": "The element it is about, as a reference names it. Default: the whole canvas.",
                    "examples": [
                      "#roast-profiling"
                    ],
                    "type": "string"
                  },
                  "reason": {
                    "description": "Why it is left.",
                    "examples": [
                      "We have no partners yet."
                    ],
                    "pattern": "\\S",
                    "type": "string"
                  },
                  "rule": {
                    "description": "The code of the rule whose finding is left.",
                    "examples": [
                      "empty-block"
                    ],
                    "pattern": "\\S",
                    "type": "string"
                  }
                },
                "required": [
                  "rule",
                  "reason"
                ],
                "type": "object"
              },
              "type": "array"
            }
        "##]],
        );
    }

    #[test]
    fn every_rule_has_its_level() {
        let schema = configuration(&rules());
        let registry = rules();
        let rules = schema["properties"]["rules"]["properties"].as_object().expect("an object");
        let mut known: Vec<&str> = registry.by_code().map(|rule| &*rule.code).collect();
        known.push(config::ALL);
        known.sort_unstable();
        let mut described: Vec<&str> = rules.keys().map(String::as_str).collect();
        described.sort_unstable();
        assert_eq!(described, known);
        check(
            &rules["empty-block"],
            expect![[r#"
            {
              "default": "advice",
              "description": "A block that is written but has no element.",
              "enum": [
                "off",
                "advice",
                "warning",
                "error"
              ]
            }
        "#]],
        );
    }

    #[test]
    fn every_key_has_an_example_that_its_own_schema_allows_by_type() {
        for (schema, keys) in [
            (configuration(&rules()), config::KEYS),
            (front_matter(&built_in()), front_matter::KEYS),
            (kind(&built_in()), kind::KEYS),
        ] {
            for key in keys {
                let property = &schema["properties"][key.name];
                let example = &property["examples"][0];
                let fits = match property["type"].as_str() {
                    Some("string") => example.is_string(),
                    Some("integer") => example.is_i64(),
                    Some("boolean") => example.is_boolean(),
                    Some("array") => example.is_array(),
                    Some("object") => example.is_object(),
                    _ => property["enum"].as_array().is_some_and(|words| words.contains(example)),
                };
                assert!(fits, "{}: {example} in {property}", key.name);
            }
        }
    }
}
