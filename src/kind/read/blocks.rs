//! Reads the blocks of a kind, on top of those of the kind that it starts from.

use std::collections::{BTreeMap, HashMap};

use super::{Base, by_tag, checked_id, nearest_block};
use crate::diagnostic::catalogue;
use crate::kind::{Area, AreaIndex, BlockIndex, BlockKind, Role, dictionary, labels};
use crate::node::reader::{Reader, Report};
use crate::slug::spelled_out;
use crate::source::{Span, Spanned};

/// A poster of more blocks cannot be read, and a block's index is a byte.
const MOST_BLOCKS: usize = 100;

/// The blocks of a kind.
pub(super) struct Blocks {
    pub all: Vec<BlockKind>,
    /// The place of each id; for one of the base, the place where the base is named.
    pub spans: Vec<Span>,
    /// For each block of the base the one that it has become; `None` if it was dropped.
    pub of_base: Vec<Option<BlockIndex>>,
}

impl Blocks {
    /// The block with an id.
    pub fn find(&self, id: &str) -> Option<BlockIndex> {
        let at = self.all.iter().position(|block| block.id == id)?;
        u8::try_from(at).ok().map(BlockIndex)
    }

    /// The block that one of the base has become.
    pub fn of_base(&self, block: BlockIndex) -> Option<BlockIndex> {
        self.of_base[usize::from(block.0)]
    }

    /// All ids.
    pub fn ids(&self) -> Vec<&str> {
        self.all.iter().map(|block| block.id.as_str()).collect()
    }

    /// The block that a key names, which must exist; `why` is the help if it does not.
    pub fn named(
        &self,
        reader: &mut Reader<'_, '_>,
        key: &str,
        table: (Span, &str),
        why: &'static str,
    ) -> Option<BlockIndex> {
        reader.required(key, table, why)?;
        let (shape, node) = reader.value(key)?;
        reader.word(key, shape, node, &self.ids(), |id| self.find(id.trim()))
    }
}

/// A block as described.
struct Described {
    block: BlockKind,
    /// The place of its id.
    id: Span,
    /// Its names, each with its language.
    names: Vec<(String, Spanned<String>)>,
    /// Its former ids in the file.
    was: Vec<Spanned<String>>,
    /// The place of its role.
    role: Span,
    /// The block of the base that it is or changes.
    base: Option<BlockIndex>,
    /// Whether the file describes it.
    is_own: bool,
}

/// Reads the blocks; `dropped` are those of the base that it lacks.
pub(super) fn blocks(
    reader: &mut Reader<'_, '_>,
    base: Option<Base<'_>>,
    dropped: &[Spanned<BlockIndex>],
    areas: &[Area],
) -> Blocks {
    let mut described = inherited(base, dropped);
    reader.list("blocks", |span, reader| block(reader, span, areas, &mut described));
    let mut described = distinct(described, reader.report);
    former_ids(&mut described, reader.report);
    let mut of_base = vec![None; base.map_or(0, |base| base.kind.blocks.len())];
    for (at, block) in (0u8..).zip(&described) {
        if let Some(base) = block.base {
            of_base[usize::from(base.0)] = Some(BlockIndex(at));
        }
    }
    let spans = described.iter().map(|block| block.id).collect();
    Blocks { all: described.into_iter().map(|described| described.block).collect(), spans, of_base }
}

/// The blocks of the base.
fn inherited(base: Option<Base<'_>>, dropped: &[Spanned<BlockIndex>]) -> Vec<Described> {
    let Some(Base { kind, span }) = base else { return Vec::new() };
    let is_dropped = |index: &BlockIndex| dropped.iter().any(|block| block.value == *index);
    let left = kind.indexes().filter(|index| !is_dropped(index));
    let described = left.map(|index| {
        let block = kind.block_kind(index).clone();
        let names = Names::of(&block, span).all();
        let (was, base) = (Vec::new(), Some(index));
        Described { block, id: span, names, was, role: span, base, is_own: false }
    });
    described.collect()
}

/// The names of a block, with their places.
#[derive(Default)]
struct Names {
    label: Option<Spanned<String>>,
    labels: BTreeMap<String, Spanned<String>>,
    aliases: Vec<Spanned<String>>,
    everyday: Vec<Spanned<String>>,
}

impl Names {
    /// The names of a block of the base, as if all were written at one place.
    fn of(block: &BlockKind, span: Span) -> Self {
        let at = |name: &String| Spanned { value: name.clone(), span };
        Self {
            label: Some(at(&block.label)),
            labels: block.labels.iter().map(|(tag, name)| (tag.clone(), at(name))).collect(),
            aliases: block.aliases.iter().map(at).collect(),
            everyday: block.everyday.iter().map(at).collect(),
        }
    }

    /// Reads the names of a block. Missing ones are those of the block that it changes, but a new label
    /// brings all its names.
    fn read(reader: &mut Reader<'_, '_>, span: Span, before: Option<&BlockKind>) -> Self {
        let label = match before {
            Some(_) => reader.spanned("label"),
            None => reader.required("label", (span, "blocks"), "say what the block is called"),
        };
        let before = before.filter(|_| label.is_none());
        let mut names = before.map_or_else(Self::default, |before| Self::of(before, span));
        names.label = label.or(names.label);
        let labels = reader.by_language("labels").into_iter();
        names.labels.extend(labels.map(|(tag, name)| (tag.to_owned(), name)));
        for (key, kept) in [("aliases", &mut names.aliases), ("everyday", &mut names.everyday)] {
            if reader.value(key).is_some() {
                *kept = reader.texts(key, false);
            }
        }
        names
    }

    /// All names, each with its language. It does not matter whether a name in an unknown language is
    /// spelled like German.
    fn all(&self) -> Vec<(String, Spanned<String>)> {
        let own = self.label.iter().chain(&self.aliases).chain(&self.everyday);
        let own = own.map(|name| ("en".to_owned(), name.clone()));
        own.chain(self.labels.iter().map(|(tag, name)| (tag.clone(), name.clone()))).collect()
    }
}

/// Reads a block and puts it in its place: that of the block of the base that it changes, else after all
/// others.
fn block(reader: &mut Reader<'_, '_>, span: Span, areas: &[Area], described: &mut Vec<Described>) {
    let id = reader.required("id", (span, "blocks"), "give the block a short name of its own");
    let was = reader.texts("was", false).into_iter();
    let was: Vec<_> = was.filter_map(|was| checked_id(reader.report, was)).collect();
    let meant = |id: &Spanned<String>| {
        described.iter().position(|known| !known.is_own && known.block.id == id.value)
    };
    let place = was.iter().chain(&id).find_map(meant);
    let before = place.map(|place| &described[place]);
    let names = Names::read(reader, span, before.map(|before| &before.block));
    let block = block_kind(reader, &names, areas, before.map(|before| &before.block));
    let base = before.and_then(|before| before.base);
    let role = reader.value("role").map_or(span, |(_, node)| node.span);
    let Some(id) = id.and_then(|id| checked_id(reader.report, id)) else { return };
    let label = if block.label.is_empty() { spelled_out(&id.value) } else { block.label };
    let block = BlockKind {
        is_common: dictionary::knows(&id.value, &label),
        short: if block.short.is_empty() { label.clone() } else { block.short },
        id: id.value,
        label,
        ..block
    };
    let names = names.all();
    let new = Described { block, id: id.span, names, was, role, base, is_own: true };
    match place {
        Some(place) => described[place] = new,
        None => described.push(new),
    }
}

/// Everything about a block except its id. Missing keys are as in the block that it changes, but a
/// new question brings its translations.
fn block_kind(
    reader: &mut Reader<'_, '_>,
    names: &Names,
    areas: &[Area],
    before: Option<&BlockKind>,
) -> BlockKind {
    let values = |names: &[Spanned<String>]| names.iter().map(|name| name.value.clone()).collect();
    let label = names.label.as_ref().map(|label| label.value.clone()).unwrap_or_default();
    let is_named_anew = before.is_none_or(|before| before.label != label);
    let short = before.filter(|_| !is_named_anew).map(|before| before.short.clone());
    let prompt = reader.text("prompt");
    let asked = before.filter(|_| prompt.is_none());
    let mut prompts = asked.map(|asked| asked.prompts.clone()).unwrap_or_default();
    prompts.extend(by_tag(reader.by_language("prompts")));
    let prompt = prompt.or_else(|| Some(asked?.prompt.clone())).unwrap_or_default();
    let role = reader.one_of("role", role);
    BlockKind {
        id: String::new(),
        was: before.map(|before| before.was.clone()).unwrap_or_default(),
        label,
        labels: names.labels.iter().map(|(tag, name)| (tag.clone(), name.value.clone())).collect(),
        aliases: values(&names.aliases),
        everyday: values(&names.everyday),
        short: reader.text("short").or(short).unwrap_or_default(),
        prompt,
        prompts,
        area: area(reader, areas).or_else(|| before?.area),
        role: role.unwrap_or_else(|| before?.role),
        gathers: reader.boolean("gather").unwrap_or(before.is_some_and(|before| before.gathers)),
        at_most: maximum(reader, "at_most").or_else(|| before?.at_most),
        is_common: false,
    }
}

/// A number of elements.
pub(super) fn maximum(reader: &mut Reader<'_, '_>, key: &str) -> Option<u32> {
    let most = reader.spanned_integer(key)?;
    let number = u32::try_from(most.value).ok();
    if number.is_none() {
        let at = reader.report.at(most.span);
        reader.report.push(catalogue::unusable_maximum(at));
    }
    number
}

/// The area of a block.
fn area(reader: &mut Reader<'_, '_>, areas: &[Area]) -> Option<AreaIndex> {
    let (shape, node) = reader.value("area")?;
    let ids: Vec<&str> = areas.iter().map(|area| area.id.as_str()).collect();
    reader.word("area", shape, node, &ids, |id| {
        let at = ids.iter().position(|known| *known == id.trim())?;
        u8::try_from(at).ok().map(AreaIndex)
    })
}

/// The role with an id; `Some(None)` for the word that means none.
fn role(id: &str) -> Option<Option<Role>> {
    match id {
        "offer" => Some(Some(Role::Offer)),
        "audience" => Some(Some(Role::Audience)),
        "activities" => Some(Some(Role::Activities)),
        "money" => Some(Some(Role::Money)),
        "none" => Some(None),
        _ => None,
    }
}

/// The blocks of the base that `drop` names.
pub(super) fn dropped(
    reader: &mut Reader<'_, '_>,
    base: Option<Base<'_>>,
) -> Vec<Spanned<BlockIndex>> {
    let names = reader.texts("drop", false);
    let Some(Base { kind, .. }) = base else {
        if let Some(first) = names.first() {
            let at = reader.report.at(first.span);
            reader.report.push(catalogue::nothing_to_drop(at));
        }
        return Vec::new();
    };
    let mut dropped = Vec::new();
    for Spanned { value, span } in names {
        match kind.block(&value) {
            Some(value) => dropped.push(Spanned { value, span }),
            None => {
                let ids: Vec<&str> = kind.blocks.iter().map(|block| block.id.as_str()).collect();
                nearest_block(reader, &Spanned { value, span }, &ids);
            }
        }
    }
    dropped
}

/// The blocks without repetitions. Reports what two of them have that only one can have.
fn distinct(described: Vec<Described>, report: &mut Report<'_>) -> Vec<Described> {
    let mut blocks: Vec<Described> = Vec::new();
    let mut meanings: HashMap<String, (usize, Span)> = HashMap::new();
    for block in described {
        let id = &block.block.id;
        if let Some(first) = blocks.iter().find(|known| known.block.id == *id) {
            let (at, first) =
                if block.is_own { (block.id, first.id) } else { (first.id, block.id) };
            let (at, first) = (report.at(at), report.at(first));
            report.push(catalogue::repeated_block(at, id, first));
            continue;
        }
        if blocks.len() == MOST_BLOCKS {
            let at = report.at(block.id);
            report.push(catalogue::too_many_blocks(at, MOST_BLOCKS));
            break;
        }
        // Costs and revenues both have the role of money.
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

/// Gives each block its former ids in the file, in addition to those in the base. Reports those that mean another
/// block.
fn former_ids(blocks: &mut [Described], report: &mut Report<'_>) {
    let mut known: HashMap<String, (usize, Span)> = HashMap::new();
    known.extend(blocks.iter().enumerate().map(|(at, it)| (it.block.id.clone(), (at, it.id))));
    for (at, described) in blocks.iter_mut().enumerate() {
        let inherited = std::mem::take(&mut described.block.was);
        for Spanned { value: id, span } in std::mem::take(&mut described.was) {
            let place = report.at(span);
            match known.get(&id) {
                None => {
                    known.insert(id.clone(), (at, span));
                    described.block.was.push(id);
                }
                Some((other, _)) if *other == at => {
                    report.push(catalogue::repeated_former_id(place, &id))
                }
                Some((_, first)) => {
                    let first = report.at(*first);
                    report.push(catalogue::former_id_of_another(place, &id, first));
                }
            }
        }
        described.block.was.extend(inherited);
    }
    // The ids in the file come before those in the base.
    for (at, described) in blocks.iter_mut().enumerate() {
        described.block.was.retain(|id| known.get(id).is_none_or(|(owner, _)| *owner == at));
    }
}
