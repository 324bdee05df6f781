//! Reads the parts that concern the kind as a whole, and those between its blocks.

use std::collections::BTreeMap;

use super::blocks::Blocks;
use super::keys::{ATTRIBUTION_KEYS, DETECT_KEYS};
use super::{Base, by_tag, checked_id};
use crate::diagnostic::catalogue::{self, Within};
use crate::kind::{
    Area, AreaColor, AreaIndex, Attribution, BlockIndex, End, GroupKind, RelationKind, ThemeColor,
};
use crate::node::Data;
use crate::node::reader::Reader;
use crate::source::{Span, Spanned};

/// How many blocks at one level make a canvas unless the kind sets another number. Source: PRODUCT.md,
/// "What is a canvas".
pub(super) const ENOUGH_BLOCKS: usize = 3;

/// More colours cannot be distinguished on one poster.
const MOST_AREAS: usize = 6;

/// The author and the licence; missing keys are as in the base.
pub(super) fn attribution(
    reader: &mut Reader<'_, '_>,
    base: Option<Base<'_>>,
) -> Option<Attribution> {
    let of_base = base.and_then(|base| base.kind.attribution.clone());
    let Some(table) = reader.table("attribution") else { return of_base };
    let within = Within::Table("attribution");
    let mut reader = Reader::new(reader.report, table, ATTRIBUTION_KEYS, within);
    let mut attribution = of_base.unwrap_or_default();
    let Attribution { author, url, license, license_url, changes } = &mut attribution;
    for (key, text) in [("author", author), ("license", license), ("changes", changes)] {
        if let Some(own) = reader.text(key) {
            *text = own;
        }
    }
    for (key, text) in [("url", url), ("license_url", license_url)] {
        let is_address = |text: &str| {
            let is_known = |scheme| text.len() > str::len(scheme) && text.starts_with(scheme);
            match ["https://", "http://"].into_iter().any(is_known) {
                true => Ok(text.to_owned()),
                false => Err("starts with neither `https://` nor `http://`"),
            }
        };
        if let Some(own) = reader.checked(key, is_address, catalogue::not_an_address) {
            *text = own;
        }
    }
    Some(attribution)
}

/// How many blocks make a canvas, of `count`.
pub(super) fn at_least(
    reader: &mut Reader<'_, '_>,
    base: Option<Base<'_>>,
    blocks: usize,
) -> usize {
    let usual = base.map_or(ENOUGH_BLOCKS, |base| base.kind.at_least);
    let Some(table) = reader.table("detect") else { return usual };
    let mut reader = Reader::new(reader.report, table, DETECT_KEYS, Within::Table("detect"));
    let Some(number) = reader.spanned_integer("at_least") else { return usual };
    let least = usize::try_from(number.value).ok();
    least.filter(|least| (1..=blocks).contains(least)).unwrap_or_else(|| {
        let at = reader.report.at(number.span);
        reader.report.push(catalogue::unusable_minimum(at, blocks));
        usual
    })
}

/// The areas: those of the base, with their changes, and further ones.
pub(super) fn areas(reader: &mut Reader<'_, '_>, base: Option<Base<'_>>) -> Vec<Area> {
    let mut areas = base.map_or_else(Vec::new, |base| base.kind.areas.clone());
    reader.tables("areas", |id, span, reader| {
        let id = Spanned { value: id.to_owned(), span };
        let Some(id) = checked_id(reader.report, id) else { return };
        let before = areas.iter().position(|area| area.id == id.value);
        let table = format!("areas.{}", id.value);
        let table = (span, table.as_str());
        let label = match before {
            Some(_) => reader.text("label"),
            None => {
                let why = "say what the legend calls the area";
                reader.required("label", table, why).map(|label| label.value)
            }
        };
        let labels = by_tag(reader.by_language("labels"));
        let color = color(reader);
        if before.is_none() && reader.value("color").is_none() {
            let why = "write a colour of the theme, such as `offer`, or one of its own: `#2465c9`";
            let at = reader.report.at(span);
            reader.report.push(catalogue::missing_key(at, "color", table.1, why));
        }
        match before {
            Some(at) => change(&mut areas[at], label, labels, color),
            None if areas.len() == MOST_AREAS => {
                let at = reader.report.at(span);
                reader.report.push(catalogue::too_many_areas(at, MOST_AREAS));
            }
            None => areas.push(Area {
                label: label.unwrap_or_else(|| id.value.clone()),
                labels,
                color: color.unwrap_or(AreaColor::Theme(ThemeColor::Infrastructure)),
                id: id.value,
            }),
        }
    });
    areas
}

/// Changes an area of the base. A new label brings its translations.
fn change(
    area: &mut Area,
    label: Option<String>,
    labels: BTreeMap<String, String>,
    color: Option<AreaColor>,
) {
    if let Some(label) = label {
        area.label = label;
        area.labels.clear();
    }
    area.labels.extend(labels);
    if let Some(color) = color {
        area.color = color;
    }
}

/// The colour of an area.
fn color(reader: &mut Reader<'_, '_>) -> Option<AreaColor> {
    let (_, node) = reader.value("color")?;
    let of_theme = match &node.data {
        Data::String(text) => ThemeColor::from_id(text.trim()),
        _ => None,
    };
    match of_theme {
        Some(color) => Some(AreaColor::Theme(color)),
        None => reader.colors("color").map(AreaColor::Own),
    }
}

/// Removes the areas that no block is in, so that they are not in the legend.
pub(super) fn drop_unused(areas: &mut Vec<Area>, blocks: &mut Blocks) {
    let is_used = |index: AreaIndex| blocks.all.iter().any(|block| block.area == Some(index));
    let all = (0u8..).map(AreaIndex).take(areas.len());
    let used: Vec<AreaIndex> = all.filter(|index| is_used(*index)).collect();
    let mut at = 0u8..;
    areas.retain(|_| at.next().is_some_and(|at| used.contains(&AreaIndex(at))));
    for block in &mut blocks.all {
        let now = used.iter().position(|used| block.area == Some(*used));
        block.area = now.and_then(|now| u8::try_from(now).ok()).map(AreaIndex);
    }
}

/// The groups: those of the base, and the file's own.
pub(super) fn groups(
    reader: &mut Reader<'_, '_>,
    blocks: &Blocks,
    base: Option<Base<'_>>,
) -> Vec<GroupKind> {
    let of_base = base.iter().flat_map(|base| &base.kind.groups);
    let of_base = of_base.filter_map(|group| {
        Some(GroupKind { id: group.id.clone(), block: blocks.of_base(group.block)? })
    });
    let mut groups: Vec<(GroupKind, Option<Span>)> = of_base.map(|group| (group, None)).collect();
    reader.list("groups", |span, reader| {
        let id = reader.required("id", (span, "groups"), "give the group a short name of its own");
        let why = "name the block that the group belongs to";
        let block = blocks.named(reader, "block", (span, "groups"), why);
        let Some(id) = id.and_then(|id| checked_id(reader.report, id)) else { return };
        let own = groups.iter().filter_map(|(group, span)| Some((&group.id, (*span)?)));
        let ids = blocks.all.iter().map(|block| &block.id).zip(blocks.spans.iter().copied());
        let first = ids.chain(own).find(|(known, _)| **known == id.value);
        if let Some((_, first)) = first {
            let (at, first) = (reader.report.at(id.span), reader.report.at(first));
            reader.report.push(catalogue::repeated_block(at, &id.value, first));
        } else if let Some(block) = block {
            groups.retain(|(group, _)| group.id != id.value);
            groups.push((GroupKind { id: id.value, block }, Some(id.span)));
        }
    });
    groups.into_iter().map(|(group, _)| group).collect()
}

/// The relations: the file's own replace those of the base between the same two blocks.
pub(super) fn relations(
    reader: &mut Reader<'_, '_>,
    blocks: &Blocks,
    base: Option<Base<'_>>,
) -> Vec<RelationKind> {
    let of_base = base.iter().flat_map(|base| &base.kind.relations);
    let of_base = of_base.filter_map(|relation| {
        let (from, to) = (blocks.of_base(relation.from)?, blocks.of_base(relation.to)?);
        Some(RelationKind { from, to, ..relation.clone() })
    });
    let mut relations: Vec<RelationKind> = of_base.collect();
    let mut pairs: BTreeMap<(BlockIndex, BlockIndex), Span> = BTreeMap::new();
    reader.list("relations", |span, reader| {
        let Some(relation) = relation(reader, span, blocks) else { return };
        let (from, to) = (relation.from, relation.to);
        let at = reader.report.at(span);
        if from == to {
            let id = &blocks.all[usize::from(from.0)].id;
            return reader.report.push(catalogue::relation_to_itself(at, id));
        }
        let pair = |from: BlockIndex, to: BlockIndex| (from.min(to), from.max(to));
        if let Some(first) = pairs.insert(pair(from, to), span) {
            let first = reader.report.at(first);
            return reader.report.push(catalogue::repeated_relation(at, first));
        }
        let is_it = |known: &RelationKind| pair(known.from, known.to) == pair(from, to);
        match relations.iter_mut().find(|known| is_it(known)) {
            Some(known) => *known = relation,
            None => relations.push(relation),
        }
    });
    relations
}

fn relation(reader: &mut Reader<'_, '_>, span: Span, blocks: &Blocks) -> Option<RelationKind> {
    let table = (span, "relations");
    let from = blocks.named(reader, "from", table, "name the block that the verb belongs to");
    let to = blocks.named(reader, "to", table, "name the block that the verb leads to");
    let verb = reader.required("verb", table, "say what `from` does to `to`");
    let inverse = reader.required("inverse", table, "say the same as seen from `to`");
    let verbs = by_tag(reader.by_language("verbs"));
    let inverses = by_tag(reader.by_language("inverses"));
    let supplies = reader.one_of("supplies", |id| match id {
        "from" => Some(End::From),
        "to" => Some(End::To),
        _ => None,
    });
    let (verb, inverse) = (verb?.value, inverse?.value);
    Some(RelationKind { from: from?, verb, inverse, verbs, inverses, to: to?, supplies })
}
