//! `canvasbook schema`: a JSON Schema for editors.

use super::Trouble;
use crate::edge::cli::{Schema, SchemaOf};
use crate::edge::streams::Stream;
use crate::kind::Kinds;
use crate::schema;

/// Prints the schema.
pub(super) fn run(flags: &Schema) -> Result<bool, Trouble> {
    let schema = match flags.of {
        SchemaOf::Config => schema::configuration(),
        SchemaOf::FrontMatter => schema::front_matter(&Kinds::built_in()),
    };
    Stream::Results.write(|out| {
        serde_json::to_writer_pretty(&mut *out, &schema)?;
        out.write_all(b"\n")
    })?;
    Ok(true)
}
