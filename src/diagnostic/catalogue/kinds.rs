//! Diagnostics of the files that describe kinds of canvas.

use super::Explained;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::slug::nearest;
use crate::source::Location;

/// What the codes of this module mean.
pub(super) const CODES: &[Explained] =
    &[("malformed-kind", Severity::Error, "The description of a kind of canvas cannot be used.")];

fn malformed(location: Location, message: String) -> Diagnostic {
    Diagnostic::new("malformed-kind", Severity::Error, location, message)
}

/// A file that breaks the rules of TOML.
pub fn malformed_kind(location: Location, message: &str) -> Diagnostic {
    malformed(location, format!("the file of the kind is no TOML: {message}"))
}

/// A kind that nothing can be written into.
pub fn kind_without_blocks(location: Location) -> Diagnostic {
    malformed(location, "the kind has no blocks".to_owned())
        .help("write a `[[blocks]]` table with `id` and `label` for each block")
}

/// More blocks than a kind may have.
pub fn too_many_blocks(location: Location, most: usize) -> Diagnostic {
    malformed(location, format!("the kind has more than {most} blocks"))
        .help("leave out blocks, or make two kinds of it")
}

/// An id that is no anchor of a page. `slug` is what it could be.
pub fn not_an_id(location: Location, id: &str, slug: &str) -> Diagnostic {
    malformed(location, format!("`{id}` cannot be an id"))
        .help(format!("write small letters, digits and hyphens, such as `{slug}`"))
}

/// An id that a block or a group before has.
pub fn repeated_block(location: Location, id: &str, first: Location) -> Diagnostic {
    malformed(location, format!("`{id}` is described twice"))
        .related(first, "first here")
        .help("each block and each group needs an id of its own")
}

/// A label that would mean two blocks.
pub fn label_of_two_blocks(location: Location, label: &str, first: Location) -> Diagnostic {
    malformed(location, format!("the label `{label}` would mean two blocks"))
        .related(first, "it means this block already")
        .help("give one of them another label")
}

/// A role that only one block can have.
pub fn role_of_two_blocks(location: Location, first: Location) -> Diagnostic {
    malformed(location, "two blocks have this role".to_owned())
        .related(first, "first here")
        .help("leave the role with one of them")
}

/// A row of the grid that is longer or shorter than the first.
pub fn uneven_grid(location: Location, cells: usize, first: usize) -> Diagnostic {
    malformed(location, format!("this row of the poster has {cells} cells, the first has {first}"))
        .help("write the id of a block once for each column that it covers")
}

/// A block that covers cells which are no rectangle.
pub fn scattered_block(location: Location, id: &str) -> Diagnostic {
    malformed(location, format!("`{id}` does not cover a rectangle of the poster"))
        .help("its cells must touch, and be as many in each of its rows")
}

/// Blocks that the grid does not have.
pub fn blocks_without_place(location: Location, ids: &[&str]) -> Diagnostic {
    let ids: Vec<String> = ids.iter().map(|id| format!("`{id}`")).collect();
    malformed(location, format!("the poster has no place for {}", ids.join(", ")))
        .help("write every block into `grid`")
}

/// Widths that are not as many as the columns.
pub fn widths_without_columns(
    location: Location,
    key: &str,
    widths: usize,
    columns: usize,
) -> Diagnostic {
    malformed(location, format!("`{key}` has {widths} widths, but the grid has {columns} columns"))
        .help("write a width for each column")
}

/// A width that no column can have.
pub fn unusable_width(location: Location, most: f64) -> Diagnostic {
    malformed(location, "no column is as wide as that".to_owned())
        .help(format!("write a number above 0 and up to {most}"))
}

/// A pair of blocks that has a verb already, whichever is named first.
pub fn repeated_relation(location: Location, first: Location) -> Diagnostic {
    malformed(location, "these two blocks relate already".to_owned())
        .related(first, "first here")
        .help("leave one verb for each pair of blocks")
}

/// A block that relates to itself.
pub fn relation_to_itself(location: Location, id: &str) -> Diagnostic {
    malformed(location, format!("`{id}` cannot relate to itself"))
        .help("name two blocks in `from` and `to`")
}

/// A code of a rule that means something else.
pub fn taken_code(location: Location, code: &str) -> Diagnostic {
    malformed(location, format!("`{code}` is the name of something else"))
        .help("give the rule a name of its own")
}

/// A block that the kind does not have; `ids` are those that it has.
pub fn no_such_block(location: Location, id: &str, ids: &[&str]) -> Diagnostic {
    let help = match nearest(id, ids.iter().copied()).first() {
        Some(near) => format!("did you mean `{near}`?"),
        None => "write the id of a block of this kind".to_owned(),
    };
    malformed(location, format!("the kind has no block `{id}`")).help(help)
}

/// A number of elements that no block can have.
pub fn unusable_maximum(location: Location) -> Diagnostic {
    malformed(location, "no block has so many elements".to_owned()).help("write a number from 0 on")
}

/// A place in a message that nothing is filled in for; `places` are those that are.
pub fn unknown_place(location: Location, place: &str, places: &[&str]) -> Diagnostic {
    let places: Vec<String> = places.iter().map(|place| format!("`{{{place}}}`")).collect();
    malformed(location, format!("nothing is filled in for `{{{place}}}`"))
        .help(format!("a message of this form may have {}", places.join(", ")))
}

/// What a rule of a kind found, in its own words.
pub fn found_by_kind(code: Code, location: Location, message: String, help: String) -> Diagnostic {
    Diagnostic::new(code, Severity::Warning, location, message).help(help)
}
