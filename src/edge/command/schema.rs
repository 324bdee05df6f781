//! `canvasbook schema`: a JSON Schema for editors.

use super::Trouble;
use crate::check::Rules;
use crate::edge::cli::{Schema, SchemaOf};
use crate::edge::harmless::write_json;
use crate::edge::streams::Stream;
use crate::kind::Kinds;
use crate::schema;

/// Prints the schema.
pub(super) fn run(flags: &Schema) -> Result<bool, Trouble> {
    let schema = match flags.of {
        SchemaOf::Config => schema::configuration(&Rules::built_in()),
        SchemaOf::FrontMatter => schema::front_matter(&Kinds::built_in()),
    };
    Stream::Results.write(|out| write_json(&schema, out))?;
    Ok(true)
}
