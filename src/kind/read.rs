//! Reads the file of a kind.
//!
//! Like all reading of sources this cannot fail halfway: what cannot be used is reported with its
//! place and left out. Only a kind without a single block is none.

mod rules;

use std::collections::{BTreeMap, HashMap};

use super::poster::Poster;
use super::{
    Area, Attribution, BlockIndex, BlockKind, End, GroupKind, Kind, RelationKind, Role, dictionary,
    labels,
};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::catalogue::{self, Within};
use crate::node::key::{Key, Of, Shape};
use crate::node::reader::{Reader, Report};
use crate::node::{self, Language};
use crate::slug::{nearest, slug, spelled_out};
use crate::source::{Source, Span, Spanned};

/// The keys of a kind's file.
const KEYS: &[Key] = &[
    Key::new(Of::All, "title", Shape::Required),
    Key::new(Of::All, "attribution", Shape::Table(ATTRIBUTION_KEYS)),
    Key::new(Of::All, "poster", Shape::Table(POSTER_KEYS)),
    Key::new(Of::All, "blocks", Shape::List(BLOCK_KEYS)),
    Key::new(Of::All, "groups", Shape::List(GROUP_KEYS)),
    Key::new(Of::All, "relations", Shape::List(RELATION_KEYS)),
    Key::new(Of::All, "rules", Shape::List(rules::RULE_KEYS)),
];

const ATTRIBUTION_KEYS: &[Key] = &[
    Key::new(Of::All, "author", Shape::Text),
    Key::new(Of::All, "url", Shape::Text),
    Key::new(Of::All, "license", Shape::Text),
    Key::new(Of::All, "license_url", Shape::Text),
];

const POSTER_KEYS: &[Key] =
    &[Key::new(Of::All, "grid", Shape::Texts), Key::new(Of::All, "columns", Shape::Numbers)];

const BLOCK_KEYS: &[Key] = &[
    Key::new(Of::All, "id", Shape::Required),
    Key::new(Of::All, "label", Shape::Required),
    Key::new(Of::All, "labels", Shape::ByLanguage),
    Key::new(Of::All, "aliases", Shape::Texts),
    Key::new(Of::All, "short", Shape::Text),
    Key::new(Of::All, "prompt", Shape::Text),
    Key::new(Of::All, "prompts", Shape::ByLanguage),
    Key::new(Of::All, "area", Shape::OneOf(AREAS)),
    Key::new(Of::All, "role", Shape::OneOf(ROLES)),
    Key::new(Of::All, "gather", Shape::Boolean),
];

const GROUP_KEYS: &[Key] =
    &[Key::new(Of::All, "id", Shape::Required), Key::new(Of::All, "block", Shape::Required)];

const RELATION_KEYS: &[Key] = &[
    Key::new(Of::All, "from", Shape::Required),
    Key::new(Of::All, "verb", Shape::Required),
    Key::new(Of::All, "inverse", Shape::Required),
    Key::new(Of::All, "to", Shape::Required),
    Key::new(Of::All, "supplies", Shape::OneOf(ENDS)),
];

const AREAS: &[&str] = &["infrastructure", "offer", "customers", "money"];
const ROLES: &[&str] = &["offer", "audience", "activities", "money"];
const ENDS: &[&str] = &["to", "from"];

/// A poster of more blocks cannot be read, and a block's index is a byte.
const MOST_BLOCKS: usize = 100;
/// A column that is wider than another by more than this leaves the other no room.
const WIDEST: f64 = 100.0;

/// Reads a kind; its id is the name of its file. `None` if it has no blocks.
pub(super) fn kind(source: &Source, diagnostics: &mut Vec<Diagnostic>) -> Option<Kind> {
    let text = source.text.strip_prefix('\u{feff}').unwrap_or(&source.text);
    let start = source.text.len() - text.len();
    let parsed = node::toml::read(text, start);
    let since = diagnostics.len();
    let mut report = Report { source, language: Language::Toml, top: KEYS, diagnostics };
    let reader = Reader::new(&mut report, &parsed.root, KEYS, Within::Kind);
    let kind = decode(reader, source.path.stem());
    report.syntax(&parsed.errors, since, |location, message| {
        catalogue::malformed_kind(location, message)
    });
    kind
}

fn decode(mut reader: Reader<'_, '_>, id: &str) -> Option<Kind> {
    let why = "say what a canvas of this kind is called";
    let title = reader.required("title", (Span::default(), id), why);
    let title = title.map_or_else(|| spelled_out(id), |title| title.value);
    let attribution = attribution(&mut reader);
    let mut described = Vec::new();
    reader.list("blocks", |span, reader| described.extend(block(reader, span)));
    let described = distinct(described, reader.report);
    let Some(first) = described.first() else {
        let at = reader.report.at(Span::default());
        reader.report.push(catalogue::kind_without_blocks(at));
        return None;
    };
    let head = first.id;
    let spans: Vec<Span> = described.iter().map(|block| block.id).collect();
    let blocks: Vec<BlockKind> = described.into_iter().map(|described| described.block).collect();
    let known = Known { blocks: &blocks, spans: &spans };
    let poster = poster(&mut reader, known, head);
    let groups = groups(&mut reader, known);
    let relations = relations(&mut reader, known);
    let rules = rules::rules(&mut reader, known);
    Some(Kind { id: id.to_owned(), title, attribution, poster, blocks, groups, relations, rules })
}

fn attribution(reader: &mut Reader<'_, '_>) -> Option<Attribution> {
    let table = reader.table("attribution")?;
    let within = Within::Table("attribution");
    let mut reader = Reader::new(reader.report, table, ATTRIBUTION_KEYS, within);
    let mut text = |key| reader.text(key).unwrap_or_default();
    Some(Attribution {
        author: text("author"),
        url: text("url"),
        license: text("license"),
        license_url: text("license_url"),
    })
}

/// A block as it is described.
struct Described {
    block: BlockKind,
    /// Where its id is written.
    id: Span,
    /// What it is called, each name with its language.
    names: Vec<(String, Spanned<String>)>,
    /// Where its role is written.
    role: Span,
}

fn block(reader: &mut Reader<'_, '_>, span: Span) -> Option<Described> {
    let id = reader.required("id", (span, "blocks"), "give the block a short name of its own");
    let label = reader.required("label", (span, "blocks"), "say what the block is called");
    let labels = reader.by_language("labels");
    let aliases = reader.texts("aliases", false);
    let area = reader.one_of("area", Area::from_id);
    let role = reader.one_of("role", Role::from_id);
    let role_span = reader.value("role").map_or(span, |(_, node)| node.span);
    let (short, gathers) = (reader.text("short"), reader.boolean("gather"));
    let (prompt, prompts) = (reader.text("prompt"), reader.by_language("prompts"));
    let id = checked_id(reader.report, id?)?;
    // Whether a name in an unknown language is spelt as German is does not matter.
    let english = label.iter().chain(&aliases).map(|name| ("en".to_owned(), name.clone()));
    let names = labels.iter().map(|(tag, name)| ((*tag).to_owned(), name.clone()));
    let names = english.chain(names).collect();
    let label = label.map_or_else(|| spelled_out(&id.value), |label| label.value);
    let texts = |texts: Vec<(&str, Spanned<String>)>| {
        texts.into_iter().map(|(tag, text)| (tag.to_owned(), text.value)).collect()
    };
    let block = BlockKind {
        is_common: dictionary::knows(&id.value, &label),
        id: id.value,
        labels: texts(labels),
        aliases: aliases.into_iter().map(|alias| alias.value).collect(),
        short: short.unwrap_or_else(|| label.clone()),
        label,
        prompt: prompt.unwrap_or_default(),
        prompts: texts(prompts),
        area: area.unwrap_or(Area::Infrastructure),
        role,
        gathers: gathers.unwrap_or(false),
    };
    Some(Described { block, id: id.span, names, role: role_span })
}

/// An id that can be an anchor and a part of an address.
fn checked_id(report: &mut Report<'_>, id: Spanned<String>) -> Option<Spanned<String>> {
    let slug = slug(&id.value);
    if slug == id.value {
        return Some(id);
    }
    let at = report.at(id.span);
    report.push(catalogue::not_an_id(at, &id.value, &slug));
    None
}

/// The blocks without those that are described a second time. Says what two of them share that only
/// one can have.
fn distinct(described: Vec<Described>, report: &mut Report<'_>) -> Vec<Described> {
    let mut blocks: Vec<Described> = Vec::new();
    let mut meanings: HashMap<String, (usize, Span)> = HashMap::new();
    for block in described {
        let id = &block.block.id;
        if let Some(first) = blocks.iter().find(|known| known.block.id == *id) {
            let (at, first) = (report.at(block.id), report.at(first.id));
            report.push(catalogue::repeated_block(at, id, first));
            continue;
        }
        if blocks.len() == MOST_BLOCKS {
            let at = report.at(block.id);
            report.push(catalogue::too_many_blocks(at, MOST_BLOCKS));
            break;
        }
        // Costs and revenues are both of the money.
        let role = block.block.role.filter(|role| *role != Role::Money);
        let same_role = |known: &&Described| role.is_some() && known.block.role == role;
        if let Some(first) = blocks.iter().find(same_role) {
            let (at, first) = (report.at(block.role), report.at(first.role));
            report.push(catalogue::role_of_two_blocks(at, first));
        }
        for (language, name) in &block.names {
            let mut met = labels::spellings(&name.value, language)
                .into_iter()
                .map(|spelling| *meanings.entry(spelling).or_insert((blocks.len(), name.span)));
            if let Some((_, first)) = met.find(|(other, _)| *other != blocks.len()) {
                let (at, first) = (report.at(name.span), report.at(first));
                report.push(catalogue::label_of_two_blocks(at, &name.value, first));
            }
        }
        blocks.push(block);
    }
    blocks
}

/// The blocks that a kind has, and where their ids are written.
#[derive(Clone, Copy)]
struct Known<'k> {
    blocks: &'k [BlockKind],
    spans: &'k [Span],
}

impl<'k> Known<'k> {
    fn find(self, id: &str) -> Option<BlockIndex> {
        let at = self.blocks.iter().position(|block| block.id == id)?;
        u8::try_from(at).ok().map(BlockIndex)
    }

    fn ids(self) -> Vec<&'k str> {
        self.blocks.iter().map(|block| block.id.as_str()).collect()
    }

    /// The block that a key names, which must be there; `why` is the help if it is not.
    fn named(
        self,
        reader: &mut Reader<'_, '_>,
        key: &str,
        table: (Span, &str),
        why: &str,
    ) -> Option<BlockIndex> {
        reader.required(key, table, why)?;
        let (shape, node) = reader.value(key)?;
        reader.word(key, shape, node, &self.ids(), |id| self.find(id.trim()))
    }
}

fn poster(reader: &mut Reader<'_, '_>, known: Known<'_>, head: Span) -> Poster {
    let below = |_: ()| {
        let cells = (0..).take(known.blocks.len()).map(|at| vec![BlockIndex(at)]).collect();
        (cells, vec![1])
    };
    let table = reader.table("poster");
    let read = table.and_then(|table| {
        let within = Within::Table("poster");
        let mut reader = Reader::new(reader.report, table, POSTER_KEYS, within);
        let cells = grid(&mut reader, known)?;
        let widths = widths(&mut reader, cells[0].len());
        Some((cells, widths))
    });
    if table.is_none() {
        let at = reader.report.at(head);
        let why = "write its `grid`: a row of block ids for each row of the poster";
        reader.report.push(catalogue::missing_key(at, "poster", "kind", why));
    }
    // Blocks below each other stand in for a grid that cannot be used.
    let (cells, widths) = read.unwrap_or_else(|| below(()));
    Poster::cut(&cells, &widths)
}

/// The cells of the grid, row by row; `None` if anything is wrong with it.
fn grid(reader: &mut Reader<'_, '_>, known: Known<'_>) -> Option<Vec<Vec<BlockIndex>>> {
    let since = reader.report.diagnostics.len();
    let rows = reader.texts("grid", false);
    let place = reader.value("grid").map_or_else(Span::default, |(_, node)| node.span);
    let mut cells: Vec<Vec<BlockIndex>> = Vec::new();
    for row in &rows {
        let mut found = Vec::new();
        for word in words(row, &reader.report.source.text) {
            match known.find(&word.value) {
                Some(block) => found.push(block),
                None => {
                    let ids = known.ids();
                    let nearest = nearest(&word.value, ids.iter().copied());
                    let at = reader.report.at(word.span);
                    let wrong =
                        catalogue::unknown_value(at, "poster.grid", &word.value, &nearest, &ids);
                    reader.report.push(wrong);
                    return None;
                }
            }
        }
        let first = cells.first().map_or(found.len(), Vec::len);
        if found.len() != first {
            let at = reader.report.at(row.span);
            reader.report.push(catalogue::uneven_grid(at, found.len(), first));
            return None;
        }
        cells.push(found);
    }
    let at = reader.report.at(place);
    let mut missing = Vec::new();
    for (index, block) in (0u8..).map(BlockIndex).zip(known.blocks) {
        match covers_rectangle(&cells, index) {
            Some(true) => {}
            Some(false) => {
                reader.report.push(catalogue::scattered_block(at.clone(), &block.id));
            }
            None => missing.push(block.id.as_str()),
        }
    }
    if !missing.is_empty() {
        reader.report.push(catalogue::blocks_without_place(at, &missing));
    }
    (reader.report.diagnostics.len() == since).then_some(cells)
}

/// Whether the cells of a block are a rectangle; `None` if it has none.
fn covers_rectangle(cells: &[Vec<BlockIndex>], block: BlockIndex) -> Option<bool> {
    let is_in = |row: &Vec<BlockIndex>| row.contains(&block);
    let (top, bottom) = (cells.iter().position(is_in)?, cells.iter().rposition(is_in)?);
    let is_it = |cell: &BlockIndex| *cell == block;
    let left = cells[top].iter().position(is_it)?;
    let right = cells[top].iter().rposition(is_it)?;
    let area = (bottom - top + 1) * (right - left + 1);
    let covered = cells[top..=bottom].iter().flat_map(|row| &row[left..=right]);
    let all = cells.iter().flatten().filter(|cell| is_it(cell)).count();
    Some(all == area && covered.filter(|cell| is_it(cell)).count() == area)
}

/// The words of a row, each with its place where the row is written without escapes.
fn words(row: &Spanned<String>, text: &str) -> Vec<Spanned<String>> {
    let written = row.span.of(text);
    let inner = written.find(row.value.as_str());
    let place = |word: &str| {
        // Both lie in the row's value.
        let at = word.as_ptr().addr() - row.value.as_ptr().addr();
        let start = inner.map(|inner| row.span.start as usize + inner + at);
        start.map_or(row.span, |start| Span::new(start, start + word.len()))
    };
    let words = row.value.split_whitespace();
    words.map(|word| Spanned { value: word.to_owned(), span: place(word) }).collect()
}

/// The widths of the columns; all are equal where none are written.
fn widths(reader: &mut Reader<'_, '_>, columns: usize) -> Vec<u32> {
    read_widths(reader, columns).unwrap_or_else(|| vec![1000; columns])
}

fn read_widths(reader: &mut Reader<'_, '_>, columns: usize) -> Option<Vec<u32>> {
    const KEY: &str = "columns";
    let numbers = reader.numbers(KEY)?;
    if numbers.value.len() != columns {
        let at = reader.report.at(numbers.span);
        let count = numbers.value.len();
        reader.report.push(catalogue::widths_without_columns(at, KEY, count, columns));
        return None;
    }
    let mut widths = Vec::with_capacity(columns);
    for number in numbers.value {
        if !(number.value > 0.0 && number.value <= WIDEST) {
            let at = reader.report.at(number.span);
            reader.report.push(catalogue::unusable_width(at, WIDEST));
            return None;
        }
        widths.push(thousandths(number.value));
    }
    Some(widths)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "in 0..=100")]
fn thousandths(width: f64) -> u32 {
    ((width * 1000.0).round() as u32).max(1)
}

fn groups(reader: &mut Reader<'_, '_>, known: Known<'_>) -> Vec<GroupKind> {
    let mut groups: Vec<(GroupKind, Span)> = Vec::new();
    reader.list("groups", |span, reader| {
        let id = reader.required("id", (span, "groups"), "give the group a short name of its own");
        let why = "name the block that the group belongs to";
        let block = known.named(reader, "block", (span, "groups"), why);
        let Some(id) = id.and_then(|id| checked_id(reader.report, id)) else { return };
        let blocks = known.blocks.iter().map(|block| &block.id).zip(known.spans);
        let mut before = blocks.chain(groups.iter().map(|(group, span)| (&group.id, span)));
        if let Some((_, first)) = before.find(|(known, _)| **known == id.value) {
            let (at, first) = (reader.report.at(id.span), reader.report.at(*first));
            reader.report.push(catalogue::repeated_block(at, &id.value, first));
        } else if let Some(block) = block {
            groups.push((GroupKind { id: id.value, block }, id.span));
        }
    });
    groups.into_iter().map(|(group, _)| group).collect()
}

fn relations(reader: &mut Reader<'_, '_>, known: Known<'_>) -> Vec<RelationKind> {
    let mut relations = Vec::new();
    let mut pairs: BTreeMap<(BlockIndex, BlockIndex), Span> = BTreeMap::new();
    reader.list("relations", |span, reader| {
        let table = (span, "relations");
        let from = known.named(reader, "from", table, "name the block that the verb belongs to");
        let to = known.named(reader, "to", table, "name the block that the verb leads to");
        let verb = reader.required("verb", table, "say what `from` does to `to`");
        let inverse = reader.required("inverse", table, "say the same as seen from `to`");
        let supplies = reader.one_of("supplies", End::from_id);
        let (Some(from), Some(to), Some(verb), Some(inverse)) = (from, to, verb, inverse) else {
            return;
        };
        let at = reader.report.at(span);
        if from == to {
            let id = &known.blocks[usize::from(from.0)].id;
            return reader.report.push(catalogue::relation_to_itself(at, id));
        }
        if let Some(first) = pairs.insert((from.min(to), from.max(to)), span) {
            let first = reader.report.at(first);
            return reader.report.push(catalogue::repeated_relation(at, first));
        }
        let (verb, inverse) = (verb.value, inverse.value);
        relations.push(RelationKind { from, verb, inverse, to, supplies });
    });
    relations
}
