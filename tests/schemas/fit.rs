//! Whether a value fits a schema, for the keywords that the schemas of this repository use. A keyword
//! that it does not know fails the test, so that nothing is passed over in silence.

use serde_json::{Map, Value};

/// Keywords that explain and do not restrict.
const REMARKS: [&str; 6] = ["$schema", "title", "description", "default", "examples", "format"];

/// What does not fit, each with its place, which begins with `place`.
pub fn misfits(schema: &Value, value: &Value, place: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (keyword, rule) in schema.as_object().expect("a schema is an object") {
        let flaw = match keyword.as_str() {
            "type" => (!has_type(rule, value)).then(|| format!("is no {}", words(rule))),
            "enum" => (!rule.as_array().expect("a list").contains(value))
                .then(|| "is none of the words".to_owned()),
            // Other patterns would need a matcher; each is covered by a test of its own.
            "pattern" => (rule == "\\S"
                && value.as_str().is_some_and(|text| text.trim().is_empty()))
            .then(|| "is blank".to_owned()),
            "items" => {
                for (at, item) in value.as_array().into_iter().flatten().enumerate() {
                    found.extend(misfits(rule, item, &format!("{place}/{at}")));
                }
                None
            }
            "required" => {
                for name in rule.as_array().expect("a list").iter().map(words) {
                    if value.get(name).is_none() {
                        found.push(format!("{place}/{name}: is missing"));
                    }
                }
                None
            }
            "minimum" => (value.as_i64() < rule.as_i64()).then(|| "is too small".to_owned()),
            "const" => (value != rule).then(|| format!("is not {rule}")),
            // The choices exclude each other: each has a `const` of its own.
            "anyOf" | "oneOf" => {
                let mut choices = rule.as_array().expect("a list").iter();
                let fits = |choice: &Value| misfits(choice, value, place).is_empty();
                (!choices.any(fits)).then(|| "fits no choice".to_owned())
            }
            "minItems" => (items(value) < rule.as_u64()).then(|| "has too few items".to_owned()),
            "maxItems" => (items(value) > rule.as_u64()).then(|| "has too many items".to_owned()),
            "properties" | "additionalProperties" => None,
            remark if REMARKS.contains(&remark) => None,
            unknown => panic!("{place}: the keyword `{unknown}` is not understood here"),
        };
        found.extend(flaw.map(|flaw| format!("{place}: {flaw}")));
    }
    for (key, inner) in value.as_object().into_iter().flat_map(Map::iter) {
        let place = format!("{place}/{key}");
        match (schema["properties"].get(key), schema.get("additionalProperties")) {
            (Some(schema), _) => found.extend(misfits(schema, inner, &place)),
            (None, Some(Value::Bool(false))) => found.push(format!("{place}: is no key")),
            (None, Some(Value::Bool(true))) => {}
            (None, Some(schema)) => found.extend(misfits(schema, inner, &place)),
            // Readers should ignore what is new, but nothing that is written may lack a schema.
            (None, None) if schema.get("properties").is_some() => {
                found.push(format!("{place}: has no schema"));
            }
            (None, None) => {}
        }
    }
    found
}

/// The number of items of a list; `None` for anything else.
fn items(value: &Value) -> Option<u64> {
    value.as_array().map(|items| items.len() as u64)
}

fn has_type(expected: &Value, value: &Value) -> bool {
    match words(expected) {
        "string" => value.is_string(),
        "integer" => value.is_i64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        unknown => panic!("the type `{unknown}` is not understood here"),
    }
}

fn words(value: &Value) -> &str {
    value.as_str().expect("a text")
}
