//! Which blocks of several kinds are one: those with equal ids and labels.

use std::collections::HashMap;

use super::fold::fold;
use super::{BlockKind, Kinds};

/// The blocks of all kinds, with those that kinds share only once.
#[derive(Debug, Default)]
pub struct SharedBlocks {
    /// The name of each block's page: its id, followed by the kind if an earlier kind gave that id to another block.
    pub names: Vec<String>,
    /// The index in `names` of each block of a kind, by the kind's id.
    pub places: HashMap<String, Vec<usize>>,
}

impl SharedBlocks {
    /// The blocks of all kinds, including kinds without canvases, so that no page changes its name when a canvas
    /// comes or goes.
    pub fn of(kinds: &Kinds) -> Self {
        let mut shared = Self::default();
        let mut known: HashMap<(&str, Option<String>), usize> = HashMap::new();
        for (_, kind) in kinds.iter() {
            let mut places = Vec::with_capacity(kind.blocks.len());
            for block in &kind.blocks {
                let place = *known.entry(meaning(block)).or_insert(shared.names.len());
                if place == shared.names.len() {
                    let is_taken = shared.names.contains(&block.id);
                    let of_kind = || format!("{}.{}", block.id, kind.id);
                    shared.names.push(if is_taken { of_kind() } else { block.id.clone() });
                }
                places.push(place);
            }
            shared.places.insert(kind.id.clone(), places);
        }
        shared
    }
}

/// The properties that blocks have in common that are one: the id, and the label unless the dictionary has both as
/// names of that id.
fn meaning(block: &BlockKind) -> (&str, Option<String>) {
    (&block.id, (!block.is_common).then(|| fold(&block.label)))
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::source::Source;

    #[test]
    fn blocks_of_one_id_are_one_where_they_are_called_the_same() {
        let kind = |labels: [&str; 3]| {
            let ids = ["channels", "value-propositions", "soil"];
            let blocks = ids.iter().zip(labels);
            let blocks = blocks
                .map(|(id, label)| format!("[[blocks]]\nid = \"{id}\"\nlabel = \"{label}\"\n"));
            format!("title = \"Own\"\n[poster]\ngrid = [\"{}\"]\n", ids.join(" "))
                + &blocks.collect::<String>()
        };
        let sources = [
            // Channels in German, a value proposition by another name from the dictionary.
            Source::new("kinds/one.toml", kind(["Kanäle", "Unique Selling Proposition", "Soil"])),
            Source::new("kinds/two.toml", kind(["Ditches", "Promise", "SOIL"])),
        ];
        let mut diagnostics = Vec::new();
        let kinds = Kinds::read(&sources, &mut diagnostics);
        assert_eq!(diagnostics, []);
        let shared = SharedBlocks::of(&kinds);
        let names = |id: &str| {
            let places = shared.places[id].iter();
            places.map(|at| shared.names[*at].as_str()).collect::<Vec<_>>().join(", ")
        };
        expect!["channels, value-propositions, soil"].assert_eq(&names("one"));
        expect!["channels.two, value-propositions.two, soil"].assert_eq(&names("two"));
        assert!(names("lean").contains(", value-propositions, unfair-advantage,"));
    }
}
