//! A new kind of canvas, with comments on what it can contain.

use super::quoted;
use crate::kind::Kind;
use crate::kind::poster::Poster;

/// The title in the file that is to be filled in.
const TITLE: &str = "title = \"Idea Board\"\n";

/// The text of a kind with a title, based on another one if there is one.
pub fn kind(title: &str, from: Option<&Kind>) -> String {
    let title = format!("title = {}\n", quoted(title));
    match from {
        None => include_str!("../../data/starter/kind.toml").replacen(TITLE, &title, 1),
        Some(base) => extending(&title, base),
    }
}

/// A kind that starts from another one and changes nothing; possible changes are comments.
fn extending(title: &str, base: &Kind) -> String {
    let Kind { id, title: of_base, blocks, attribution, poster, .. } = base;
    let of_base = one_line(of_base);
    let mut text = format!(
        "# A kind of canvas that starts from the {of_base}: what this file does not say is as there.\n\n\
         {title}extends = {}\n",
        quoted(id)
    );
    if attribution.is_some() {
        text.push_str(
            "\n# The author of that form and its licence stay on the poster. Many licences ask to state changes.\n\
             # attribution.changes = \"What is different here, in a sentence.\"\n",
        );
    }
    let last = blocks.last().map_or("", |block| &block.id);
    text.push_str(&format!(
        "\n# Blocks that this kind lacks. Then it needs a grid of its own, below.\n# drop = [{}]\n",
        quoted(last)
    ));
    text.push_str(
        "\n# The rows of the poster, each with a block's id for every column, and how wide the columns are.\n\
         # [poster]\n# grid = [\n",
    );
    text.extend(rows(base, poster).map(|row| format!("#     \"{row}\",\n")));
    text.push_str(&format!("# ]\n# columns = [{}]\n", widths(poster)));
    text.push_str(
        "\n# A block that is changed: what is not said of it stays, but a new label brings all its names. A block of\n\
         # another id is a further one; with `was` it takes the place of the block of that id.\n",
    );
    for block in blocks {
        let (id, label) = (quoted(&block.id), quoted(&block.label));
        text.push_str(&format!("# [[blocks]]\n# id = {id}\n# label = {label}\n#\n"));
    }
    text.trim_end_matches("#\n").to_owned()
}

/// The rows of the grid, with columns aligned.
fn rows(kind: &Kind, poster: &Poster) -> impl Iterator<Item = String> {
    let longest = kind.blocks.iter().map(|block| block.id.chars().count()).max().unwrap_or(0);
    poster.cells.iter().map(move |row| {
        let cells = row.iter().map(|cell| format!("{:longest$}", kind.block_kind(*cell).id));
        cells.collect::<Vec<_>>().join(" ").trim_end().to_owned()
    })
}

/// The widths of the columns in the form of the file.
fn widths(poster: &Poster) -> String {
    let widths = poster.widths.iter().map(|width| (f64::from(*width) / 1000.0).to_string());
    widths.collect::<Vec<_>>().join(", ")
}

/// A text on one line, so that it does not end a comment.
fn one_line(text: &str) -> String {
    text.replace(char::is_control, " ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kind::Kinds;
    use crate::kind::tests::built_in;
    use crate::source::Source;

    /// The kind in a text, which has no errors.
    #[track_caller]
    fn read(text: &str) -> Kinds {
        let mut diagnostics = Vec::new();
        let kinds = Kinds::read(&[Source::new("kinds/own.toml", text)], &mut diagnostics);
        assert_eq!(diagnostics, [], "{text}");
        kinds
    }

    #[test]
    fn a_new_kind_is_sound_and_has_its_title() {
        let kinds = read(&kind("A \"board\"", None));
        let own = kinds.get(kinds.find("own").expect("is a kind"));
        assert_eq!((own.title.as_str(), own.extends.as_deref()), ("A \"board\"", None));
        assert!(!own.relations.is_empty() && !own.rules.is_empty() && !own.areas.is_empty());
    }

    #[test]
    fn a_kind_on_top_of_another_is_as_that_with_and_without_its_comments() {
        for (_, base) in built_in().iter() {
            let text = kind("Own", Some(base));
            // A block that may be dropped is still in the grid, so that line stays a comment.
            let lines = text.lines().filter(|line| !line.starts_with("# drop"));
            let is_code = |line: &str| {
                let code = line.trim_start_matches("# ").trim_start();
                code.is_empty() || code.starts_with(['[', '"', ']']) || code.contains(" = ")
            };
            let taken = lines.map(|line| match is_code(line) {
                true => line.trim_start_matches('#').trim_start(),
                false => line,
            });
            let taken = taken.collect::<Vec<_>>().join("\n");
            for text in [&text, &taken] {
                let kinds = read(text);
                let own = kinds.get(kinds.find("own").expect("is a kind"));
                assert_eq!(own.poster, base.poster, "{text}");
                let ids =
                    |kind: &Kind| kind.blocks.iter().map(|b| b.id.clone()).collect::<Vec<_>>();
                assert_eq!(ids(own), ids(base));
                assert_eq!((&own.relations, own.rules.len()), (&base.relations, base.rules.len()));
            }
        }
    }
}
