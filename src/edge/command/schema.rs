//! `canvasbook schema`: a JSON Schema for editors and for programs that read what canvasbook writes.

use super::Trouble;
use crate::check::Rules;
use crate::edge::cli::{Schema, SchemaOf};
use crate::edge::harmless::write_json;
use crate::edge::streams::Stream;
use crate::kind::Kinds;
use crate::schema;

/// Prints the schema.
pub(super) fn run(flags: &Schema) -> Result<bool, Trouble> {
    Stream::Results.write(|out| match flags.of {
        SchemaOf::Config => write_json(&schema::configuration(&Rules::built_in()), out),
        SchemaOf::FrontMatter => write_json(&schema::front_matter(&Kinds::built_in()), out),
        SchemaOf::Handbook => out.write_all(schema::HANDBOOK.as_bytes()),
        SchemaOf::Canvas => out.write_all(schema::CANVAS.as_bytes()),
        SchemaOf::Export => out.write_all(schema::EXPORT.as_bytes()),
    })?;
    Ok(true)
}
