//! What the page of a kind of canvas shows: its empty form, what links mean in it, and what it is checked for.

use std::borrow::Cow;

use serde::Serialize;

use super::ListGroupView;
use crate::diagnostic::Severity;
use crate::kind::{BlockIndex, Kind, RuleForm, RuleKind, labels};
use crate::language;
use crate::slug::capitalised;
use crate::view::edition::Edition;
use crate::view::gap;
use crate::view::poster::{
    AreaView, AttributionView, PosterBlockView, attribution, in_places, legend,
};
use crate::view::table::{self, Heading, Row};
use crate::view::words::Words;
use crate::view::{LanguageView, escape, grid, in_language};

/// The form of a kind: its poster with a question in each block, to be printed and filled in by hand. Templates
/// print it as they print the poster of a canvas.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct FormView {
    /// The blocks, each with its question in the place of elements.
    pub poster: Vec<PosterBlockView>,
    /// As on a canvas with few elements.
    pub density: u8,
    /// As on a canvas with few elements.
    pub type_step: u8,
    /// The class of the poster, if the kind has one.
    pub poster_class: Option<String>,
    /// The areas of the poster; empty where all of it is in one colour.
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

/// What links mean in a kind, and what it is checked for.
pub(super) fn groups(edition: &Edition, kind: &Kind) -> Vec<ListGroupView> {
    let group = |key: &str, id: &str, table_html: String| ListGroupView {
        title: edition.words.owned(key),
        id: id.to_owned(),
        table_html,
        ..ListGroupView::default()
    };
    vec![
        group("kind_relations", "_relations", relations(edition, kind)),
        group("kind_rules", "_rules", rules(edition, kind)),
    ]
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

/// A row for each rule, with how much its findings weigh.
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
    let row = |rule| {
        let (said, lang) = said(words, kind, rule, language);
        let levels = [rule.levels.explore, rule.levels.transfer, rule.levels.exploit];
        let levels = levels.map(|own| level(config.level(&rule.code).unwrap_or(own)));
        let block = escaped(labels::label(kind, rule.block, language));
        Row {
            title: said,
            language: lang,
            cells: [block].into_iter().chain(levels).collect(),
            ..Row::default()
        }
    };
    let rows: Vec<Row<'_>> = kind.rules.iter().map(row).collect();
    let repeated = ["explore", "transfer", "exploit"];
    let repeated = repeated.map(|key| Heading { is_repeated: true, ..words.get(key).into() });
    let headings = ["rule", "block"].map(|key| Heading::from(words.get(key)));
    let headings: Vec<Heading<'_>> = headings.into_iter().chain(repeated).collect();
    table::tables("list", &headings, &[rows], words).concat()
}

/// What a rule misses, as pages of gaps say it, and the language of that if it is not the page's.
fn said<'r>(
    words: &'r Words,
    kind: &'r Kind,
    rule: &'r RuleKind,
    language: &str,
) -> (Cow<'r, str>, Option<LanguageView>) {
    let (message, lang) = language::text_in(&rule.message, &rule.messages, language);
    let is_own = kind.file.as_ref() == Some(&rule.place.file);
    let is_translated = lang != "en";
    // The theme has words for the rules that came with canvasbook.
    let phrase = gap::phrase(words, &rule.code);
    if let Some(phrase) = phrase.filter(|_| !is_own && !is_translated) {
        return (phrase.into(), words.foreign().map(LanguageView::of));
    }
    let label = labels::label(kind, rule.block, language);
    let most = match rule.form {
        RuleForm::AtMost(most) => most.to_string(),
        _ => String::new(),
    };
    // Of no element in particular.
    let filled = message.replace("{element}", "…").replace("{count}", "…");
    let filled = filled.replace("{block}", label).replace("{most}", &most);
    (capitalised(&filled).into(), LanguageView::unless(lang, language))
}

fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    escape::text(&mut html, text);
    html
}
