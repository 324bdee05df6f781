//! The page of a kind of canvas: its empty form, its blocks, the meanings of links in it, and its rules.

use serde::Serialize;

use super::ListGroupView;
use crate::check::OVERFULL_BLOCK;
use crate::diagnostic::{Code, Severity};
use crate::kind::shared::SharedBlocks;
use crate::kind::{BlockIndex, Kind, RuleKind, labels};
use crate::slug::spelled_out;
use crate::terms::Levels;
use crate::view::edition::{Edition, Index};
use crate::view::poster::{
    AreaView, AttributionView, PosterBlockView, attribution, in_places, legend,
};
use crate::view::table::{self, Heading, Row};
use crate::view::url::SitePath;
use crate::view::{LanguageView, axes, escape, gap, grid, in_language};

/// The form of a kind: its poster with a question in each block, to be printed and filled in by hand. Templates
/// print it like the poster of a canvas.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct FormView {
    /// The blocks, each with its question in the place of elements.
    pub poster: Vec<PosterBlockView>,
    /// The value of a canvas with few elements.
    pub density: u8,
    /// The value of a canvas with few elements.
    pub type_step: u8,
    /// The class of the poster, if the kind has one.
    pub poster_class: Option<String>,
    /// The areas of the poster; empty if all of it has one colour.
    pub areas: Vec<AreaView>,
    /// Whether elements are numbered: never, since a form has none.
    pub threads: bool,
    /// The author and licence of the kind, if it names an author.
    pub attribution: Option<AttributionView>,
}

impl FormView {
    /// The empty form of a kind, in the language of the handbook.
    pub(super) fn of(edition: &Edition, kind: &Kind) -> Self {
        let language = &edition.handbook.config.language;
        let short = labels::short(kind, language);
        let block = |index: BlockIndex| {
            let (prompt, lang) = kind.block_kind(index).prompt_in(language);
            let mut html = String::new();
            escape::text(&mut html, prompt);
            let html = in_language(LanguageView::unless(lang, language).as_ref(), html);
            PosterBlockView {
                label: labels::label(kind, index, language).to_owned(),
                short: short[usize::from(index.0)].to_owned(),
                elements_html: format!("<p class=\"nothing\">{html}</p>"),
                ..PosterBlockView::new(kind, index)
            }
        };
        Self {
            poster: in_places(kind, language, block),
            density: 1,
            type_step: 1,
            poster_class: grid::poster_class(kind),
            areas: legend(kind, language, language),
            threads: false,
            attribution: attribution(kind, &edition.words),
        }
    }
}

/// The blocks of a kind, the meanings of links in it, and its rules.
pub(super) fn groups(edition: &Edition, path: &SitePath, kind: &Kind) -> Vec<ListGroupView> {
    let group = |key: &str, id: &str, table_html: String| ListGroupView {
        title: edition.words.owned(key),
        id: id.to_owned(),
        table_html,
        ..ListGroupView::default()
    };
    vec![
        group("blocks", "_blocks", blocks(edition, path, kind)),
        group("kind_relations", "_relations", relations(edition, kind)),
        group("kind_rules", "_rules", rules(edition, kind)),
    ]
}

/// A row for each block: its place on the poster, the number of its elements, and its former name.
fn blocks(edition: &Edition, path: &SitePath, kind: &Kind) -> String {
    let (words, handbook) = (&edition.words, &edition.handbook);
    let language = &handbook.config.language;
    let shared = SharedBlocks::of(&handbook.kinds);
    let row = |(index, name): (BlockIndex, &usize)| {
        let block = kind.block_kind(index);
        let name = &shared.names[*name];
        let has_page = handbook.lists.blocks.iter().any(|list| list.name == *name);
        let page = has_page.then(|| path.link(&Index::Blocks.entry_path(name, 1), None));
        let area = kind.area_of(index).filter(|_| kind.areas.len() > 1).map(|(_, area)| {
            let (label, lang) = area.label_in(language);
            in_language(LanguageView::unless(lang, language).as_ref(), escaped(label))
        });
        let former = block.was.iter().map(|was| former_label(edition, kind, was));
        Row {
            title: labels::label(kind, index, language).into(),
            url: page.map_or_else(String::new, |page| table::attribute(&page)),
            cells: vec![
                area.unwrap_or_default(),
                escaped(&axes::place(kind, index, language)),
                block.at_most.map_or_else(String::new, |most| most.to_string()),
                escaped(&former.collect::<Vec<_>>().join(", ")),
            ],
            ..Row::default()
        }
    };
    let rows = kind.indexes().zip(shared.places.get(&kind.id).into_iter().flatten()).map(row);
    let repeated = ["kind_area", "kind_place", "kind_at_most", "kind_was"];
    let repeated = repeated.map(|key| Heading { is_repeated: true, ..words.get(key).into() });
    let headings = [Heading::from(words.get("block"))].into_iter().chain(repeated);
    let headings: Vec<Heading<'_>> = headings.collect();
    table::tables("list", &headings, &[rows.collect()], words).concat()
}

/// The former label of a block: that in the kind that this one starts from, else its former id spelled out.
fn former_label(edition: &Edition, kind: &Kind, was: &str) -> String {
    let kinds = &edition.handbook.kinds;
    let base_of = |kind: &Kind| Some(&**kinds.get(kinds.find(kind.extends.as_deref()?)?));
    let found = std::iter::successors(base_of(kind), |base| base_of(base))
        .find_map(|base| Some((base, base.block(was)?)));
    let language = &edition.handbook.config.language;
    found.map_or_else(
        || spelled_out(was),
        |(base, block)| labels::label(base, block, language).into(),
    )
}

/// A row for each pair of blocks whose links have a meaning.
fn relations(edition: &Edition, kind: &Kind) -> String {
    let (words, language) = (&edition.words, &edition.handbook.config.language);
    let label = |block| labels::label(kind, block, language);
    let rows = kind.relations.iter().map(|relation| Row {
        title: label(relation.from).into(),
        cells: vec![escaped(words.verb(&relation.verb)), escaped(label(relation.to))],
        ..Row::default()
    });
    let headings = ["relation_from", "relation", "relation_to"].map(|key| words.get(key).into());
    table::tables("list", &headings, &[rows.collect()], words).concat()
}

/// A row for each rule, with the level of its findings.
fn rules(edition: &Edition, kind: &Kind) -> String {
    let (words, language) = (&edition.words, &edition.handbook.config.language);
    let config = &edition.handbook.config;
    let level = |level: Option<Severity>| {
        escaped(words.get(match level {
            None => "level_off",
            Some(Severity::Advice) => "level_advice",
            Some(Severity::Warning) => "level_warning",
            Some(Severity::Error) => "level_error",
        }))
    };
    let cells = |block: String, code: &Code, own: Levels| {
        let levels = [own.explore, own.transfer, own.exploit];
        let levels = levels.map(|own| level(config.level(code).unwrap_or(own)));
        [escaped(&block)].into_iter().chain(levels).collect()
    };
    let row = |rule: &RuleKind| {
        let (said, language_view) = gap::of_rule(words, kind, rule, language);
        let block = labels::label(kind, rule.block, language).to_owned();
        Row {
            title: said.into(),
            language: language_view,
            cells: cells(block, &rule.code, rule.levels),
            ..Row::default()
        }
    };
    let limited = kind.indexes().filter_map(|index| {
        let most = kind.block_kind(index).at_most?;
        Some(format!("{} ({most})", labels::label(kind, index, language)))
    });
    let limited: Vec<String> = limited.collect();
    let limits = (!limited.is_empty()).then(|| {
        let (said, language_view) = gap::heading(edition, &OVERFULL_BLOCK.code);
        Row {
            title: said.into(),
            language: language_view,
            cells: cells(limited.join(", "), &OVERFULL_BLOCK.code, OVERFULL_BLOCK.levels),
            ..Row::default()
        }
    });
    let rows: Vec<Row<'_>> = kind.rules.iter().map(row).chain(limits).collect();
    let repeated = ["explore", "transfer", "exploit"];
    let repeated = repeated.map(|key| Heading { is_repeated: true, ..words.get(key).into() });
    let headings = ["rule", "block"].map(|key| Heading::from(words.get(key)));
    let headings: Vec<Heading<'_>> = headings.into_iter().chain(repeated).collect();
    table::tables("list", &headings, &[rows], words).concat()
}

fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    escape::text(&mut html, text);
    html
}
