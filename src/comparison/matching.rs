//! Matches the canvases and elements of one side with those of the other.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::hash::Hash;

use super::references;
use super::similarity::{self, Bag};
use super::{Documents, Sides};
use crate::canvas::Element;
use crate::handbook::{DocumentIndex, ElementFacts, ElementKey, Handbook, Spot};
use crate::kind::BlockIndex;
use crate::slug::slug;
use crate::source::SourcePath;

/// How two elements were matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Match {
    /// They have the same explicit id, or the id of one is the name of the other.
    Id,
    /// They have equal names, or equal texts without names; in the same place if there are several.
    Name,
    /// They share most of their words; see [`super::LEAST_LIKE`].
    Similarity,
}

/// Matches the documents of two states of a handbook: those with one path, then those that are known to have been
/// renamed, then those with one title.
pub(super) fn documents(
    before: &Handbook,
    after: &Handbook,
    renamed: &BTreeMap<SourcePath, SourcePath>,
) -> Documents {
    let mut rest: BTreeMap<&SourcePath, DocumentIndex> = BTreeMap::new();
    for (index, entry) in after.entries() {
        rest.insert(&entry.document.path, index);
    }
    let mut pairs: Vec<(DocumentIndex, Option<DocumentIndex>)> = Vec::new();
    // A file that is known to have been renamed left its path free for another one.
    for (index, entry) in before.entries() {
        let known = renamed.get(&entry.document.path).and_then(|path| rest.remove(path));
        pairs.push((index, known));
    }
    let path = |index: DocumentIndex| &before.entry(index).document.path;
    for (index, partner) in pairs.iter_mut().filter(|(_, partner)| partner.is_none()) {
        *partner = rest.remove(path(*index));
    }
    let title = |handbook: &Handbook, index: DocumentIndex| {
        let document = &handbook.entry(index).document;
        document.canvas.is_some().then(|| slug(&document.title))
    };
    let mut titles: HashMap<String, Vec<DocumentIndex>> = HashMap::new();
    for index in rest.values() {
        if let Some(title) = title(after, *index) {
            titles.entry(title).or_default().push(*index);
        }
    }
    for (index, partner) in pairs.iter_mut().filter(|(_, partner)| partner.is_none()) {
        let found = title(before, *index).and_then(|title| titles.get_mut(&title));
        // If several have one title, it is unknown which it was.
        if let Some([one]) = found.as_deref().map(Vec::as_slice) {
            *partner = rest.remove(&after.entry(*one).document.path);
        }
    }
    let pairs = pairs.into_iter().map(|(before, after)| (Some(before), after));
    let mut all: Documents =
        pairs.chain(rest.into_values().map(|after| (None, Some(after)))).collect();
    all.sort_by_key(|(first, second)| {
        let path = second.map(|it| &after.entry(it).document.path);
        path.or_else(|| first.map(|it| &before.entry(it).document.path))
    });
    all
}

/// The matched elements.
#[derive(Debug, Default)]
pub(super) struct Matched {
    /// The element after, by the one before.
    forth: HashMap<ElementKey, (ElementKey, Match)>,
    /// The element before, by the one after.
    back: HashMap<ElementKey, ElementKey>,
    /// Canvases that are equal, and so are their elements.
    same_forth: HashMap<DocumentIndex, DocumentIndex>,
    same_back: HashMap<DocumentIndex, DocumentIndex>,
}

/// The properties by which an element is matched.
struct Item {
    key: ElementKey,
    explicit: Option<String>,
    /// The slug of its title; the title itself if the slug is empty.
    name: String,
    block: String,
    department: Option<String>,
}

impl Item {
    /// The elements of a document, in order, with what the block of an element is to be known by.
    fn all(
        handbook: &Handbook,
        document: Option<DocumentIndex>,
        block: impl Fn(DocumentIndex, BlockIndex) -> String,
    ) -> Vec<Self> {
        let Some(document) = document else { return Vec::new() };
        let entry = handbook.entry(document);
        let Some(canvas) = &entry.document.canvas else { return Vec::new() };
        let elements = (0u32..).zip(canvas.elements.iter().zip(entry.elements.iter()));
        let item = |(at, (element, facts)): (u32, (Element<'_>, ElementFacts<'_>))| {
            let title = element.title();
            let name = Some(slug(&title)).filter(|slug| !slug.is_empty());
            Self {
                key: ElementKey { document, element: at },
                explicit: element.attributes.id().map(|id| id.value.to_owned()),
                name: name.unwrap_or_else(|| title.trim().to_owned()),
                block: block(document, element.block),
                department: facts.department.map(|index| handbook.department(index).id.clone()),
            }
        };
        elements.map(item).collect()
    }
}

/// The key by which an element of one side is looked up.
type KeyOf<'k, K> = &'k dyn Fn(&Item) -> Option<K>;

/// The elements of both sides that are not matched yet.
struct Left {
    before: Vec<Item>,
    after: Vec<Item>,
}

impl Left {
    /// Matches those with equal keys, in their order if there are several.
    fn by<K: Hash + Eq>(&mut self, matched: &mut Matched, found: Match, keys: [KeyOf<'_, K>; 2]) {
        let [key_before, key_after] = keys;
        let mut known: HashMap<K, VecDeque<ElementKey>> = HashMap::new();
        for item in &self.after {
            if let Some(key) = key_after(item) {
                known.entry(key).or_default().push_back(item.key);
            }
        }
        self.before.retain(|item| {
            let same = key_before(item).and_then(|key| known.get_mut(&key)?.pop_front());
            same.inspect(|after| matched.put(item.key, *after, found)).is_none()
        });
        self.after.retain(|item| !matched.back.contains_key(&item.key));
    }

    fn by_same<K: Hash + Eq>(&mut self, matched: &mut Matched, found: Match, key: KeyOf<'_, K>) {
        self.by(matched, found, [key, key]);
    }

    /// Matches similar elements of one block.
    fn by_similarity(&mut self, sides: Sides<'_>, matched: &mut Matched) {
        let blocks: BTreeSet<String> = self.before.iter().map(|item| item.block.clone()).collect();
        for block in blocks {
            let of_block = |items: &[Item], handbook: &Handbook| -> (Vec<ElementKey>, Vec<Bag>) {
                let keys = items.iter().filter(|item| item.block == block).map(|item| item.key);
                keys.map(|key| (key, Bag::of(&said(handbook, key)))).unzip()
            };
            let (before, bags_before) = of_block(&self.before, sides.before);
            let (after, bags_after) = of_block(&self.after, sides.after);
            for (from, to) in similarity::pairs(&bags_before, &bags_after) {
                matched.put(before[from], after[to], Match::Similarity);
            }
        }
        self.before.retain(|item| !matched.forth.contains_key(&item.key));
        self.after.retain(|item| !matched.back.contains_key(&item.key));
    }
}

/// The name and the text of an element.
fn said(handbook: &Handbook, key: ElementKey) -> String {
    let element = handbook.element(key).map(|(_, element, _)| element);
    element.map_or_else(String::new, |element| {
        format!("{} {}", element.name.unwrap_or_default(), element.text.get())
    })
}

impl Matched {
    /// Matches the elements of documents, first within each pair of them.
    pub(super) fn of(sides: Sides<'_>, documents: &Documents) -> Self {
        let mut matched = Self::default();
        let mut left = Left { before: Vec::new(), after: Vec::new() };
        for (before, after) in documents {
            if let Some((before, after)) = sides.same(*before, *after) {
                matched.same_forth.insert(before, after);
                matched.same_back.insert(after, before);
                continue;
            }
            let mut of_pair = Left {
                before: Item::all(sides.before, *before, |document, block| {
                    sides.block_after(document, *after, block).to_owned()
                }),
                after: Item::all(sides.after, *after, |document, block| {
                    references::spot(sides.after, document, Spot::Block(block))
                }),
            };
            matched.within(sides, &mut of_pair);
            left.before.append(&mut of_pair.before);
            left.after.append(&mut of_pair.after);
        }
        // An id is of no use in another canvas, and similar words are too weak.
        let named = |item: &Item| Some((item.block.clone(), item.name.clone()));
        left.by_same(&mut matched, Match::Name, &named);
        matched
    }

    /// Matches the elements of two canvases.
    fn within(&mut self, sides: Sides<'_>, left: &mut Left) {
        left.by_same(self, Match::Id, &|item: &Item| item.explicit.clone());
        left.by_same(self, Match::Name, &|item: &Item| {
            Some((item.block.clone(), item.department.clone(), item.name.clone()))
        });
        left.by_same(self, Match::Name, &|item: &Item| {
            Some((item.block.clone(), item.name.clone()))
        });
        left.by_same(self, Match::Name, &|item: &Item| Some(item.name.clone()));
        // Authors who rename an element keep its address by making the old name its id.
        let (explicit, name) =
            (&|item: &Item| item.explicit.clone(), &|item: &Item| Some(item.name.clone()));
        left.by::<String>(self, Match::Id, [name, explicit]);
        left.by::<String>(self, Match::Id, [explicit, name]);
        left.by_similarity(sides, self);
    }

    fn put(&mut self, before: ElementKey, after: ElementKey, found: Match) {
        self.forth.insert(before, (after, found));
        self.back.insert(after, before);
    }

    /// The element after that matches one before.
    pub(super) fn after(&self, before: ElementKey) -> Option<(ElementKey, Match)> {
        let same = self.same_forth.get(&before.document);
        let same = same.map(|document| (ElementKey { document: *document, ..before }, Match::Id));
        same.or_else(|| self.forth.get(&before).copied())
    }

    /// The element before that matches one after.
    pub(super) fn before(&self, after: ElementKey) -> Option<ElementKey> {
        let same = self.same_back.get(&after.document);
        let same = same.map(|document| ElementKey { document: *document, ..after });
        same.or_else(|| self.back.get(&after).copied())
    }
}
