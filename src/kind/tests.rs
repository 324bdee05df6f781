//! The definitions of kinds are consistent, and files that are not are reported.

use std::collections::BTreeSet;

use expect_test::{Expect, expect};

use super::*;
use crate::diagnostic::drawn::draw;

/// The built-in kinds, read once for all tests: some read thousands of documents.
pub(crate) fn built_in() -> Arc<Kinds> {
    static KINDS: std::sync::LazyLock<Arc<Kinds>> =
        std::sync::LazyLock::new(|| Arc::new(Kinds::built_in()));
    Arc::clone(&KINDS)
}

#[test]
fn the_built_in_kinds_are_read_without_a_word() {
    let mut diagnostics = Vec::new();
    let kinds = Kinds::read(&[], &mut diagnostics);
    assert_eq!(diagnostics, []);
    let ids = ["business-model", "lean", "mission-model", "product-vision", "swot"];
    assert_eq!(kinds.ids().collect::<Vec<_>>(), ids);
}

#[test]
fn the_built_in_kinds_ask_and_are_called_something_in_four_languages() {
    let languages = ["de", "es", "fr"];
    let tags = |texts: &BTreeMap<String, String>| {
        let all = texts.keys().map(String::as_str).collect::<Vec<_>>();
        languages.iter().all(|tag| all.contains(tag))
    };
    for (_, kind) in built_in().iter() {
        assert!(kind.summary.ends_with('.') && tags(&kind.summaries), "{}", kind.id);
        // Nobody is known to have made the first SWOT.
        assert_eq!(kind.attribution.is_none(), kind.id == "swot", "{}", kind.id);
        if let Some(attribution) = &kind.attribution {
            assert!(attribution.url.starts_with("https://"), "{}", kind.id);
            assert_eq!(attribution.license, "CC BY-SA 3.0", "{}", kind.id);
            assert!(attribution.license_url.starts_with("https://"), "{}", kind.id);
        }
        assert!(kind.areas.len() > 1 && kind.areas.iter().all(|area| tags(&area.labels)));
        for (index, block) in kind.indexes().zip(&kind.blocks) {
            let of = format!("{} of {}", block.id, kind.id);
            for prompt in block.prompts.values().chain([&block.prompt]) {
                assert!(prompt.ends_with('?'), "{of} does not ask: {prompt}");
            }
            assert!(tags(&block.prompts), "{of}");
            assert!(block.is_common || tags(&block.labels), "{of}");
            assert!(kind.area_of(index).is_some(), "{of}");
            assert!(!block.short.is_empty() && block.short.len() <= block.label.len(), "{of}");
        }
    }
}

#[test]
fn a_mission_model_has_what_it_renames_in_the_places_of_a_business_model() {
    let kinds = built_in();
    let kind = kinds.get(kinds.find("mission-model").expect("is built in"));
    assert_eq!(kind.extends.as_deref(), Some("business-model"));
    let renamed = kind.blocks.iter().filter_map(|block| {
        let was = block.was.first()?;
        Some(format!("{was}: {}", block.label))
    });
    expect![[r#"
        customer-relationships: Buy-in and Support
        channels: Deployment
        customer-segments: Beneficiaries
        cost-structure: Mission Budget or Cost
        revenue-streams: Mission Achievement or Impact Factors"#]]
    .assert_eq(&renamed.collect::<Vec<_>>().join("\n"));
    let base = kinds.get(kinds.default_kind());
    let id = |kind: &Kind, block: &BlockIndex| {
        let block = kind.block_kind(*block);
        block.was.first().unwrap_or(&block.id).clone()
    };
    let cells = |kind: &Kind| -> Vec<Vec<String>> {
        let rows = kind.poster.cells.iter();
        rows.map(|row| row.iter().map(|block| id(kind, block)).collect()).collect()
    };
    assert_eq!(cells(kind), cells(base));
    assert_eq!(kind.poster.widths, base.poster.widths);
}

/// The dependences of a kind, by the dependent block.
fn dependences(id: &str) -> String {
    let kinds = built_in();
    let kind = kinds.get(kinds.find(id).expect("is built in"));
    let name = |block: BlockIndex| kind.block_kind(block).id.as_str();
    let pairs = kind.relations.iter().filter_map(|relation| {
        let (dependent, on) = relation.dependence()?;
        Some((name(dependent), name(on)))
    });
    let pairs: BTreeSet<(&str, &str)> = pairs.collect();
    pairs.into_iter().map(|(dependent, on)| format!("{dependent} on {on}\n")).collect()
}

#[test]
fn blocks_depend_on_what_supplies_them() {
    expect![[r#"
        channels on key-activities
        channels on value-propositions
        customer-relationships on key-activities
        customer-segments on value-propositions
        key-activities on key-partners
        key-activities on key-resources
        key-resources on key-partners
        revenue-streams on customer-segments
        revenue-streams on key-activities
        revenue-streams on value-propositions
        value-propositions on key-activities
    "#]]
    .assert_eq(&dependences("business-model"));
    expect![[r#"
        channels on value-propositions
        customer-segments on value-propositions
        revenue-streams on customer-segments
        revenue-streams on value-propositions
        solution on key-metrics
        value-propositions on solution
        value-propositions on unfair-advantage
    "#]]
    .assert_eq(&dependences("lean"));
}

#[test]
fn dependence_reaches_through_other_blocks_and_never_back() {
    let kinds = built_in();
    let kind = kinds.get(kinds.default_kind());
    let block = |id| kind.block(id).expect("is a block");
    let depends = |one, other| kind.depends(block(one), block(other));
    assert!(depends("customer-segments", "key-partners"));
    assert!(depends("value-propositions", "key-resources"));
    assert!(!depends("value-propositions", "channels"));
    assert!(!depends("key-partners", "key-partners"));
}

/// A kind of two blocks with `more` below.
fn small(more: &str) -> String {
    format!(
        "title = \"Small\"\n[poster]\ngrid = [\"a b\"]\n[[blocks]]\nid = \"a\"\nlabel = \"Alpha\"\n\
         [[blocks]]\nid = \"b\"\nlabel = \"Beta\"\n{more}"
    )
}

/// Compares the diagnostics of the file of a kind, and the number of blocks that remain.
#[track_caller]
fn check(text: &str, expected: Expect) {
    let mut diagnostics = Vec::new();
    let kinds = Kinds::read(&[Source::new("kinds/own.toml", text)], &mut diagnostics);
    let own = kinds.find("own").map(|index| kinds.get(index).blocks.len());
    let said = own.map_or_else(|| "no kind\n".to_owned(), |blocks| format!("{blocks} blocks\n"));
    expected.assert_eq(&(said + &draw(text, &diagnostics)));
}

#[test]
fn a_small_kind_is_enough() {
    check(
        &small(""),
        expect![[r#"
        2 blocks
    "#]],
    );
}

#[test]
fn an_empty_file_is_no_kind() {
    check(
        "",
        expect![[r#"
        no kind
        1   | 
            | ^ error[malformed-kind]: the kind has no blocks
             help: write a `[[blocks]]` table with `id` and `label` for each block
        1   | 
            | ^ error[missing-key]: `own` lacks `title` (`title` is missing)
             help: say what a canvas of this kind is called
    "#]],
    );
}

#[test]
fn a_grid_has_each_block_as_one_rectangle() {
    for (grid, expected) in [
        (
            "\"a b\", \"c b\"",
            expect![[r#"
                2 blocks
                3   | grid = ["a b", "c b"]
                    |                 ^ error[malformed-kind]: the kind has no block `c`
                     help: its blocks are `a`, `b`
            "#]],
        ),
        (
            "\"a b\", \"b a\"",
            expect![[r#"
            2 blocks
            3   | grid = ["a b", "b a"]
                |        ^^^^^^^^^^^^^^ error[malformed-kind]: `a` does not cover a rectangle of the poster
                 help: its cells must touch, and be as many in each of its rows
            3   | grid = ["a b", "b a"]
                |        ^^^^^^^^^^^^^^ error[malformed-kind]: `b` does not cover a rectangle of the poster
                 help: its cells must touch, and be as many in each of its rows
        "#]],
        ),
        (
            "\"a b\", \"a\"",
            expect![[r#"
            2 blocks
            3   | grid = ["a b", "a"]
                |                ^^^ error[malformed-kind]: this row of the poster has 1 cells, the first has 2
                 help: write the id of a block once for each column that it covers
        "#]],
        ),
        (
            "\"a a\"",
            expect![[r#"
            2 blocks
            3   | grid = ["a a"]
                |        ^^^^^^^ error[malformed-kind]: the poster has no place for `b`
                 help: write every block into `grid`
        "#]],
        ),
        (
            "",
            expect![[r#"
            2 blocks
            3   | grid = []
                |        ^^ error[malformed-kind]: the poster has no place for `a`, `b`
                 help: write every block into `grid`
        "#]],
        ),
        (
            "\"a\\tb\", \"ab b\"",
            expect![[r#"
                2 blocks
                3   | grid = ["a\tb", "ab b"]
                    |                  ^^ error[malformed-kind]: the kind has no block `ab`
                     help: its blocks are `a`, `b`
            "#]],
        ),
    ] {
        check(&small("").replace("\"a b\"", grid), expected);
    }
}

#[test]
fn widths_are_as_many_as_columns_and_can_be_seen() {
    for (widths, expected) in [
        (
            "columns = [1, 1.5]",
            expect![[r#"
            2 blocks
        "#]],
        ),
        (
            "columns = [1]",
            expect![[r#"
            2 blocks
            3   | columns = [1]
                |           ^^^ error[malformed-kind]: `columns` has 1 widths, but the grid has 2 columns
                 help: write a width for each column
        "#]],
        ),
        (
            "columns = [1, 0]",
            expect![[r#"
            2 blocks
            3   | columns = [1, 0]
                |               ^ error[malformed-kind]: no column is as wide as that
                 help: write a number above 0 and up to 100
        "#]],
        ),
        (
            "columns = [1, \"2\"]",
            expect![[r#"
            2 blocks
            3   | columns = [1, "2"]
                |           ^^^^^^^^ error[malformed-kind]: `columns` has 1 widths, but the grid has 2 columns
                 help: write a width for each column
            3   | columns = [1, "2"]
                |               ^^^ error[wrong-type]: an entry of `poster.columns` must be a number, but is a string (expected a number)
        "#]],
        ),
    ] {
        check(&small("").replace("[poster]", &format!("[poster]\n{widths}")), expected);
    }
}

#[test]
fn ids_labels_and_roles_belong_to_one_block() {
    for (more, expected) in [
        (
            "[[blocks]]\nid = \"a\"\nlabel = \"Gamma\"\n",
            expect![[r#"
            2 blocks
            11  | id = "a"
                |      ^^^ error[malformed-kind]: `a` is described twice
                 help: each block and each group needs an id of its own
            5   | id = "a"
                |      ^^^ first here
        "#]],
        ),
        (
            "aliases = [\"ALPHA:\"]\n",
            expect![[r#"
            2 blocks
            10  | aliases = ["ALPHA:"]
                |            ^^^^^^^^ error[malformed-kind]: the label `ALPHA:` would mean two blocks
                 help: give one of them another label
            6   | label = "Alpha"
                |         ^^^^^^^ it means this block already
        "#]],
        ),
        (
            "labels.de = \"Älpha\"\n",
            expect![[r#"
            2 blocks
            10  | labels.de = "Älpha"
                |             ^^^^^^^ error[malformed-kind]: the label `Älpha` would mean two blocks
                 help: give one of them another label
            6   | label = "Alpha"
                |         ^^^^^^^ it means this block already
        "#]],
        ),
        (
            "labels.german = \"Gamma\"\nrole = \"leader\"\n",
            expect![[r#"
                2 blocks
                10  | labels.german = "Gamma"
                    |        ^^^^^^ error[invalid-value]: `blocks.labels` must be a language tag, but `german` is none (not a language tag)
                     help: write `de`
                11  | role = "leader"
                    |        ^^^^^^^^ error[unknown-value]: unknown value `leader` for `blocks.role` (unknown value)
                     help: write `offer`, `audience`, `activities`, `money` or `none`
            "#]],
        ),
        (
            "[[groups]]\nid = \"a\"\nblock = \"c\"\n",
            expect![[r#"
            2 blocks
            11  | id = "a"
                |      ^^^ error[malformed-kind]: `a` is described twice
                 help: each block and each group needs an id of its own
            5   | id = "a"
                |      ^^^ first here
            12  | block = "c"
                |         ^^^ error[unknown-value]: unknown value `c` for `groups.block` (unknown value)
                 help: write `a` or `b`
        "#]],
        ),
        (
            "[[blocks]]\nid = \"New Block\"\n",
            expect![[r#"
            2 blocks
            10  | [[blocks]]
                | ^^^^^^^^^^ error[missing-key]: `blocks` lacks `label` (`label` is missing)
                 help: say what the block is called
            11  | id = "New Block"
                |      ^^^^^^^^^^^ error[malformed-kind]: `New Block` cannot be an id
                 help: write small letters, digits and hyphens, such as `new-block`
        "#]],
        ),
    ] {
        check(&small(more), expected);
    }
    let two_offers =
        small("role = \"offer\"\n").replace("\"Alpha\"", "\"Alpha\"\nrole = \"offer\"");
    check(
        &two_offers,
        expect![[r#"
        2 blocks
        11  | role = "offer"
            |        ^^^^^^^ error[malformed-kind]: two blocks have this role
             help: leave the role with one of them
        7   | role = "offer"
            |        ^^^^^^^ first here
    "#]],
    );
}

#[test]
fn a_pair_of_blocks_has_one_verb_whichever_is_named_first() {
    let relation = |from: &str, to: &str| {
        format!("[[relations]]\nfrom = \"{from}\"\nverb = \"v\"\ninverse = \"i\"\nto = \"{to}\"\n")
    };
    for (more, expected) in [
        (
            relation("a", "b") + &relation("b", "a"),
            expect![[r#"
            2 blocks
            15  | [[relations]]
                | ^^^^^^^^^^^^^ error[malformed-kind]: these two blocks relate already
                 help: leave one verb for each pair of blocks
            10  | [[relations]]
                | ^^^^^^^^^^^^^ first here
        "#]],
        ),
        (
            relation("a", "a"),
            expect![[r#"
            2 blocks
            10  | [[relations]]
                | ^^^^^^^^^^^^^ error[malformed-kind]: `a` cannot relate to itself
                 help: name two blocks in `from` and `to`
        "#]],
        ),
        (
            relation("a", "nowhere"),
            expect![[r#"
            2 blocks
            14  | to = "nowhere"
                |      ^^^^^^^^^ error[unknown-value]: unknown value `nowhere` for `relations.to` (unknown value)
                 help: write `a` or `b`
        "#]],
        ),
        (
            relation("a", "b") + "supplies = true\n",
            expect![[r#"
            2 blocks
            15  | supplies = true
                |            ^^^^ error[wrong-type]: `relations.supplies` must be a string, but is a boolean (expected a string)
        "#]],
        ),
        (
            "[[relations]]\nfrom = \"a\"\n".to_owned(),
            expect![[r#"
            2 blocks
            10  | [[relations]]
                | ^^^^^^^^^^^^^ error[missing-key]: `relations` lacks `inverse` (`inverse` is missing)
                 help: say the same as seen from `to`
            10  | [[relations]]
                | ^^^^^^^^^^^^^ error[missing-key]: `relations` lacks `to` (`to` is missing)
                 help: name the block that the verb leads to
            10  | [[relations]]
                | ^^^^^^^^^^^^^ error[missing-key]: `relations` lacks `verb` (`verb` is missing)
                 help: say what `from` does to `to`
        "#]],
        ),
    ] {
        check(&small(&more), expected);
    }
}

#[test]
fn wrong_types_and_broken_toml_are_reported_at_their_places() {
    for (text, expected) in [
        (
            "title = 1\nblocks = 2\n",
            expect![[r#"
            no kind
            1   | title = 1
                | ^ error[malformed-kind]: the kind has no blocks
                 help: write a `[[blocks]]` table with `id` and `label` for each block
            1   | title = 1
                |         ^ error[wrong-type]: `title` must be a string, but is an integer (expected a string)
                 help: write "1"
                 fix: "1" -> "\"1\""
            2   | blocks = 2
                |          ^ error[wrong-type]: `blocks` must be an array of tables, but is an integer (expected an array of tables)
                 help: write the table's head as `[[blocks]]`
        "#]],
        ),
        (
            "title = \"A\nblock = []\n",
            expect![[r#"
            no kind
            1   | title = "A
                |           ^ error[malformed-kind]: the file of the kind is no TOML: invalid basic string, expected `"`
            2   | block = []
                | ^^^^^ error[unknown-key]: unknown key `block` of a kind (unknown key)
                 help: did you mean `blocks`?
                 fix: "block" -> "blocks"
        "#]],
        ),
    ] {
        check(text, expected);
    }
}
