//! `canvasbook schema`: a JSON Schema for editors and for programs that read what canvasbook writes.

use std::path::Path;

use super::Trouble;
use super::handbook::root;
use crate::check::Rules;
use crate::edge::cli::{Cli, Schema, SchemaOf};
use crate::edge::disk;
use crate::edge::harmless::write_json;
use crate::edge::streams::Stream;
use crate::kind::Kinds;
use crate::schema;

/// Prints the schema.
///
/// Kinds and rules in it are those of the handbook that the command line is about, if there is one.
pub(super) fn run(cli: &Cli, flags: &Schema) -> Result<bool, Trouble> {
    let root = match cli.globals.root {
        Some(_) => Some(root(cli)?),
        None => disk::find_root(Path::new(".")),
    };
    let kinds = || {
        let own = root.as_deref().map(disk::read_kinds).unwrap_or_default();
        Kinds::read(&own, &mut Vec::new())
    };
    Stream::Results.write(|out| match flags.of {
        SchemaOf::Config => {
            write_json(&schema::configuration(&Rules::of(&kinds(), &mut Vec::new())), out)
        }
        SchemaOf::FrontMatter => write_json(&schema::front_matter(&kinds()), out),
        SchemaOf::Kind => write_json(&schema::kind(&kinds()), out),
        SchemaOf::Handbook => out.write_all(schema::HANDBOOK.as_bytes()),
        SchemaOf::Canvas => out.write_all(schema::CANVAS.as_bytes()),
        SchemaOf::Export => out.write_all(schema::EXPORT.as_bytes()),
    })?;
    Ok(true)
}
