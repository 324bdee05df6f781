//! Diagnostics of the files that describe kinds of canvas.

use super::Explained;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::slug::nearest;
use crate::source::{Location, SourcePath, Span};

/// Every code of this module with its severity and meaning.
pub(super) const CODES: &[Explained] =
    &[("malformed-kind", Severity::Error, "The description of a kind of canvas cannot be used.")];

fn malformed(location: Location, message: String) -> Diagnostic {
    Diagnostic::new("malformed-kind", Severity::Error, location, message)
}

/// A file that breaks the rules of TOML.
pub fn malformed_kind(location: Location, message: &str) -> Diagnostic {
    malformed(location, format!("the file of the kind is no TOML: {message}"))
}

/// A file whose name cannot be the id of a kind. `slug` is what it could be; it may be empty.
pub fn not_a_kind_id(location: Location, id: &str, slug: &str) -> Diagnostic {
    let slug = if slug.is_empty() { "idea-board" } else { slug };
    malformed(location, format!("`{id}` cannot be the id of a kind"))
        .help(format!("rename the file: small letters, digits and hyphens, such as `{slug}.toml`"))
}

/// A file whose name could be the id of a kind but for a reason.
pub fn unusable_kind_id(location: Location, id: &str, reason: &str) -> Diagnostic {
    malformed(location, format!("`{id}` cannot be the id of a kind: {reason}"))
        .help("rename the file, which the kind is called after")
}

/// A file with the name of another kind; `first` is the file of that, unless it is built in.
pub fn kind_named_twice(location: Location, id: &str, first: Option<&SourcePath>) -> Diagnostic {
    let twice = malformed(location, format!("there is a kind `{id}` already"));
    match first {
        Some(first) => twice
            .related(Location::new(first, Span::default()), "this file describes it")
            .help("rename one of the files"),
        None => twice.help(format!(
            "that kind is built in; rename the file, and write in it `extends = \"{id}\"` to start from it"
        )),
    }
}

/// More kinds than a handbook may have.
pub fn too_many_kinds(location: Location, most: usize) -> Diagnostic {
    malformed(location, format!("there are more than {most} kinds of canvas"))
        .help("delete the files of those that no canvas is of")
}

/// A kind that no other can start from, because it does not exist.
pub fn unknown_base(location: Location, id: &str, nearest: &[&str]) -> Diagnostic {
    let help = match nearest.first() {
        Some(near) => format!("did you mean `{near}`?"),
        None => "write the id of a kind, as `canvasbook kind list` prints it".to_owned(),
    };
    malformed(location, format!("there is no kind `{id}` to start from")).help(help)
}

/// Kinds that start from each other.
pub fn circle_of_kinds(location: Location, circle: &[&str]) -> Diagnostic {
    let circle: Vec<String> = circle.iter().map(|id| format!("`{id}`")).collect();
    let message = circle.join(", which starts from ").replacen(", which", "", 1);
    malformed(location, message).help("take `extends` out of one of them")
}

/// Blocks to leave out of a kind that starts from no other.
pub fn nothing_to_drop(location: Location) -> Diagnostic {
    malformed(location, "the kind starts from no other one, so it has no blocks to drop".to_owned())
        .help("write `extends`, or leave out `drop`")
}

/// A block that was left out while the grid still has it.
pub fn dropped_block_in_grid(location: Location, id: &str, base: &str) -> Diagnostic {
    malformed(location, format!("the poster of the {base} has a place for `{id}`"))
        .help("write a `grid` of its own below `[poster]`")
}

/// A former id of a block that is its present one, or that occurs twice.
pub fn repeated_former_id(location: Location, id: &str) -> Diagnostic {
    malformed(location, format!("`{id}` is an id of this block already"))
        .help("write the id that it had before, or leave out `was`")
}

/// A former id of a block that means another one.
pub fn former_id_of_another(location: Location, id: &str, first: Location) -> Diagnostic {
    malformed(location, format!("`{id}` is an id of another block"))
        .related(first, "of this one")
        .help("a reference by it could mean both: leave it out of `was`")
}

/// A cell of the grid without a block.
pub fn hole_in_grid(location: Location) -> Diagnostic {
    malformed(location, "the poster cannot have a hole".to_owned())
        .help("let a block beside it cover the cell: write its id here as well")
}

/// A block that an order names twice.
pub fn named_twice(location: Location, id: &str, first: Location) -> Diagnostic {
    malformed(location, format!("`{id}` is in this order twice"))
        .related(first, "first here")
        .help("leave it in one place")
}

/// More labels along a side of the poster than it has lines.
pub fn too_many_axis_labels(location: Location, axis: &str, lines: usize, of: &str) -> Diagnostic {
    malformed(location, format!("the axis `{axis}` has more labels than the grid has {of}"))
        .help(format!("write up to {lines}"))
}

/// More areas than can be distinguished.
pub fn too_many_areas(location: Location, most: usize) -> Diagnostic {
    malformed(location, format!("the kind has more than {most} areas"))
        .help("let blocks share areas: more colours cannot be distinguished")
}

/// A number of blocks that no document can have.
pub fn unusable_minimum(location: Location, blocks: usize) -> Diagnostic {
    malformed(location, "a canvas cannot be known by so many blocks".to_owned())
        .help(format!("write a number from 1 to {blocks}, which is how many blocks the kind has"))
}

/// A page that a link of the poster cannot lead to.
pub fn not_an_address(location: Location, address: &str, why: &str) -> Diagnostic {
    malformed(location, format!("`{address}` is no address of a page: it {why}"))
        .help("write it as a browser shows it: `https://example.com/board`")
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

/// An id that cannot be an anchor of a page. `slug` is what it could be.
pub fn not_an_id(location: Location, id: &str, slug: &str) -> Diagnostic {
    malformed(location, format!("`{id}` cannot be an id"))
        .help(format!("write small letters, digits and hyphens, such as `{slug}`"))
}

/// An id that an earlier block or group has.
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

/// A block whose cells are not a rectangle.
pub fn scattered_block(location: Location, id: &str) -> Diagnostic {
    malformed(location, format!("`{id}` does not cover a rectangle of the poster"))
        .help("its cells must touch, and be as many in each of its rows")
}

/// Blocks that the grid does not have.
pub fn blocks_without_place(location: Location, ids: &[&str]) -> Diagnostic {
    let more = ids.len().saturating_sub(FEW);
    let ids: Vec<String> = ids.iter().take(FEW).map(|id| format!("`{id}`")).collect();
    let ids = ids.join(", ");
    let ids = if more > 0 { format!("{ids} and {more} more") } else { ids };
    malformed(location, format!("the poster has no place for {ids}"))
        .help("write every block into `grid`")
}

/// Widths whose number differs from that of the columns.
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

/// A pair of blocks that has a verb already, in either order.
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

/// A code of a rule that has another meaning.
pub fn taken_code(location: Location, code: &str) -> Diagnostic {
    malformed(location, format!("`{code}` is the name of something else"))
        .help("give the rule a name of its own")
}

/// How many ids a message lists.
const FEW: usize = 12;

/// A block that the kind does not have; `ids` are those that it has.
pub fn no_such_block(location: Location, id: &str, ids: &[&str]) -> Diagnostic {
    let help = match nearest(id, ids.iter().copied()).first() {
        Some(near) => format!("did you mean `{near}`?"),
        None if ids.len() <= FEW => {
            let ids: Vec<String> = ids.iter().map(|id| format!("`{id}`")).collect();
            format!("its blocks are {}", ids.join(", "))
        }
        None => "write the id of a block of this kind".to_owned(),
    };
    malformed(location, format!("the kind has no block `{id}`")).help(help)
}

/// A number of elements that no block can have.
pub fn unusable_maximum(location: Location) -> Diagnostic {
    malformed(location, "no block has so many elements".to_owned()).help("write a number from 0 on")
}

/// A placeholder in a message that nothing is filled in for; `places` are those that exist.
pub fn unknown_place(location: Location, place: &str, places: &[&str]) -> Diagnostic {
    let places: Vec<String> = places.iter().map(|place| format!("`{{{place}}}`")).collect();
    malformed(location, format!("nothing is filled in for `{{{place}}}`"))
        .help(format!("a message of this form may have {}", places.join(", ")))
}

/// The help for a block that has too many elements.
pub const FULL: &str = "keep those that matter most, or merge some of them";

/// A block with more elements than its kind allows.
pub fn overfull_block(location: Location, block: &str, count: usize, most: u32) -> Diagnostic {
    let message = format!("{block} has {count} entries, more than {most}");
    Diagnostic::new("overfull-block", Severity::Advice, location, message).help(FULL)
}

/// A finding of a rule of a kind, in its own words.
pub fn found_by_kind(code: Code, location: Location, message: String, help: String) -> Diagnostic {
    Diagnostic::new(code, Severity::Warning, location, message).help(help)
}
