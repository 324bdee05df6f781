//! The form of the data for other programs. A test makes the published schemas from these types, with
//! the documentation of fields.

use std::borrow::Cow;

use serde::{Serialize, Serializer};

use crate::source::Position;
use crate::terms::{Category, Stage};
use crate::view::edition::Edition;

/// The version of the form.
pub(super) const VERSION: u32 = 1;

/// The content of the canvases of a handbook, with the places of elements in their sources, as
/// `canvasbook export` prints it.
// The content of documents is made while it is written, since that of a large handbook fills hundreds of
// megabytes.
#[derive(Clone, Copy, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(title = "canvasbook export"))]
pub struct Export<'e> {
    /// The version of this form. New fields do not change it.
    #[cfg_attr(test, schemars(extend("const" = VERSION)))]
    pub(super) version: u32,
    /// Every canvas, in the order of their paths.
    #[serde(serialize_with = "canvases")]
    #[cfg_attr(test, schemars(with = "Vec<CanvasExport<'e>>"))]
    pub(super) canvases: &'e Edition,
    /// Every department that a canvas or the configuration names.
    #[serde(serialize_with = "departments")]
    #[cfg_attr(test, schemars(with = "Vec<DepartmentExport<'e>>"))]
    pub(super) departments: &'e Edition,
    /// Every link from one place of the handbook to another, ordinary pages included.
    #[serde(serialize_with = "references")]
    #[cfg_attr(test, schemars(with = "Vec<ReferenceExport<'e>>"))]
    pub(super) references: &'e Edition,
    /// Every relation between two elements of a canvas.
    #[serde(serialize_with = "relations")]
    #[cfg_attr(test, schemars(with = "Vec<RelationExport<'e>>"))]
    pub(super) relations: &'e Edition,
}

fn canvases<S: Serializer>(edition: &Edition, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(super::canvases(edition))
}

fn departments<S: Serializer>(edition: &Edition, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(super::departments(edition))
}

fn references<S: Serializer>(edition: &Edition, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(super::all_references(edition))
}

fn relations<S: Serializer>(edition: &Edition, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(super::all_relations(edition))
}

/// The data that a handbook has for programs, with addresses: `handbook.json` of its site.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(title = "handbook.json"))]
pub(in crate::view) struct Catalogue<'e> {
    /// The version of this form. New fields do not change it.
    #[cfg_attr(test, schemars(extend("const" = VERSION)))]
    pub(super) version: u32,
    /// Every canvas, in the order of their paths.
    pub(super) canvases: Vec<HeadExport<'e>>,
    /// Every department that a canvas or the configuration names.
    pub(super) departments: Vec<DepartmentExport<'e>>,
    /// Everybody who owns a canvas, a department or an activity.
    pub(super) owners: Vec<OwnerExport<'e>>,
}

/// The content of one canvas: the file beside its page.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(title = "Canvas"))]
pub(in crate::view) struct CanvasFile<'e> {
    /// The version of this form. New fields do not change it.
    #[cfg_attr(test, schemars(extend("const" = VERSION)))]
    pub(super) version: u32,
    /// The canvas.
    pub(super) canvas: CanvasExport<'e>,
    /// The links that begin in it, except those between two of its elements, which are relations.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) references: Vec<ReferenceExport<'e>>,
}

/// The data that identify a canvas.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct HeadExport<'e> {
    /// The path of its source, from the root of the handbook.
    pub(super) path: &'e str,
    /// The address of its page, from the root of the site.
    pub(super) url: &'e str,
    /// The address of its own data, from the root of the site.
    pub(super) json: String,
    /// The id of its kind, such as `business-model`.
    pub(super) kind: &'e str,
    /// Its title.
    pub(super) title: &'e str,
    /// The stage of the business model.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) stage: Option<Stage>,
    /// Who is responsible for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) owner: Option<&'e str>,
}

/// A canvas.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct CanvasExport<'e> {
    #[serde(flatten)]
    pub(super) head: HeadExport<'e>,
    /// A sentence about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) summary: Option<&'e str>,
    /// The default category of its activities.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) category: Option<Category>,
    /// The day of its content.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(extend("format" = "date")))]
    pub(super) date: Option<String>,
    /// The version of its content, in the author's form.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) version: Option<&'e str>,
    /// The day on which it was reviewed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(extend("format" = "date")))]
    pub(super) reviewed: Option<String>,
    /// The interval between reviews, such as `6 months`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) review_every: Option<String>,
    /// The path of the canvas that it is a scenario of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) based_on: Option<&'e str>,
    /// The path of the canvas that it is compared with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) compare_with: Option<&'e str>,
    /// Its tags.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    pub(super) tags: &'e [String],
    /// The language of its text as a BCP 47 tag, if it names one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) lang: Option<&'e str>,
    /// Its weight among its neighbours, the lightest first; absent if 0.
    #[serde(skip_serializing_if = "is_default")]
    pub(super) weight: i64,
    /// Whether it is a draft; absent if not.
    #[serde(skip_serializing_if = "is_default")]
    pub(super) draft: bool,
    /// Other data of its front matter for programs.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(with = "Option<serde_json::Map<String, serde_json::Value>>"))]
    pub(super) extra: Option<&'e serde_json::Value>,
    /// Its blocks in the order written.
    pub(super) blocks: Vec<BlockExport<'e>>,
    /// Its gaps: what does not fit together; not in the file beside a page.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) gaps: Vec<GapExport<'e>>,
}

/// A gap of a canvas: something that does not fit together.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct GapExport<'e> {
    /// The code of the rule, such as `idle-activity`.
    pub(super) rule: &'e str,
    /// Its level: `advice`, `warning` or `error`.
    pub(super) level: &'e str,
    /// The id of the element that it is about; absent if that is a block or the canvas.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) element: Option<&'e str>,
    /// What is missing, in a sentence.
    pub(super) message: &'e str,
    /// The reason of the canvas's waiver.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) waived: Option<&'e str>,
}

/// A block of a canvas.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct BlockExport<'e> {
    /// Its id in the kind of canvas, such as `key-activities`.
    pub(super) id: &'e str,
    /// Its label in the canvas.
    pub(super) label: &'e str,
    /// The text above its elements, as Markdown.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) lead: String,
    /// Its elements in the order written.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) elements: Vec<ElementExport<'e>>,
}

/// An element of a block.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct ElementExport<'e> {
    /// Its anchor on the page of the canvas.
    pub(super) id: &'e str,
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) name: Option<&'e str>,
    /// Its text, without markup.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub(super) text: Cow<'e, str>,
    /// The text below it, as Markdown.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) detail: String,
    /// The id of the department that leads it; for activities.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) department: Option<&'e str>,
    /// The ids of the departments that contribute; for activities.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) contributing: Vec<&'e str>,
    /// The kind of work; for activities.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) category: Option<Category>,
    /// Who is responsible for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) owner: Option<&'e str>,
    /// Its status, in the author's word.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) status: Option<&'e str>,
    /// The heading above it within its block.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) group: Option<Cow<'e, str>>,
    /// Its relations to other elements of the canvas; in the file beside a page only.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) relations: Vec<ElementRelationExport<'e>>,
    /// Its place in the source; not in the file beside a page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) span: Option<SpanExport>,
}

/// The relation of an element to another one of its canvas.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct ElementRelationExport<'e> {
    /// The verb, such as `supports`.
    pub(super) verb: &'e str,
    /// The id of the other element.
    pub(super) to: &'e str,
}

/// A place in a source.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct SpanExport {
    /// Its first character.
    pub(super) start: Position,
    /// The character after it.
    pub(super) end: Position,
}

/// A department.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct DepartmentExport<'e> {
    /// Its id, by which elements name it.
    pub(super) id: &'e str,
    /// Its title in the handbook.
    pub(super) title: &'e str,
    /// The address of its page, from the root of the site, if it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) url: Option<&'e str>,
    /// Who is responsible for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) owner: Option<&'e str>,
}

/// Somebody who owns something.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct OwnerExport<'e> {
    /// The name or role.
    pub(super) title: &'e str,
    /// The address of the page, from the root of the site.
    pub(super) url: String,
}

/// A link from one place of the handbook to another.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct ReferenceExport<'e> {
    /// The path of the document that it begins in; absent in that document's own file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) canvas: Option<&'e str>,
    /// The id of the element or block that contains it; absent in other text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) from: Option<Cow<'e, str>>,
    /// The path of the document that it leads to.
    pub(super) to_canvas: &'e str,
    /// The anchor that it leads to; absent if that is the document itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) to: Option<Cow<'e, str>>,
}

/// A relation between two elements of a canvas.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct RelationExport<'e> {
    /// The path of the canvas.
    pub(super) canvas: &'e str,
    /// The id of the one element.
    pub(super) from: &'e str,
    /// The verb, such as `supports`.
    pub(super) verb: &'e str,
    /// The id of the other element.
    pub(super) to: &'e str,
}

/// Whether a value is the default.
fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

#[cfg(test)]
mod tests {
    use expect_test::expect_file;
    use schemars::generate::SchemaSettings;
    use schemars::transform::RecursiveTransform;
    use schemars::{JsonSchema, Schema};
    use serde_json::Value;

    use super::*;

    /// Removes `null` from the types of values, since a field without a value is absent, and the number of
    /// bits that a number has in Rust.
    fn as_written(schema: &mut Schema) {
        if schema.get("type").is_some_and(|name| name == "integer") {
            schema.remove("format");
        }
        if let Some(Value::Array(choices)) = schema.get_mut("anyOf") {
            choices.retain(|choice| choice["type"] != "null");
            if let [Value::Object(only)] = &choices[..] {
                let mut only = only.clone();
                only.extend(schema.remove("description").map(|said| ("description".into(), said)));
                schema.remove("anyOf");
                schema.ensure_object().extend(only);
            }
        }
        if let Some(Value::Array(types)) = schema.get_mut("type") {
            types.retain(|name| name != "null");
            if let [only] = &types[..] {
                let only = only.clone();
                schema.insert("type".to_owned(), only);
            }
        }
    }

    /// The schema of the serialised form of a type, for people and programs that read it.
    fn schema<T: JsonSchema>() -> String {
        let mut settings = SchemaSettings::draft2020_12().for_serialize();
        settings.inline_subschemas = true;
        settings.transforms.push(Box::new(RecursiveTransform(as_written)));
        let schema = settings.into_generator().into_root_schema_for::<T>();
        serde_json::to_string_pretty(&schema).expect("is JSON") + "\n"
    }

    #[test]
    fn the_published_schemas_are_those_of_the_types() {
        for (file, schema) in [
            (expect_file!["../../../static/schemas/handbook.json"], schema::<Catalogue<'_>>()),
            (expect_file!["../../../static/schemas/canvas.json"], schema::<CanvasFile<'_>>()),
            (expect_file!["../../../static/schemas/export.json"], schema::<Export<'_>>()),
        ] {
            file.assert_eq(&schema);
        }
    }
}
