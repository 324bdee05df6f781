//! The differences of an element that both sides have.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::changes::Changer;
use super::references::{self, End};
use super::{Change, ChangeKind, Detail, Level, Outcome, departments, named, owned, owner};
use crate::canvas::{AttributeKey, Canvas, Element};
use crate::handbook::{DepartmentIndex, ElementFacts, ElementKey, Entry, Handbook};
use crate::kind::BlockIndex;
use crate::markdown::plain::plain;

/// The properties of a pair of elements that are compared.
struct Both<'h> {
    keys: [ElementKey; 2],
    elements: [Element<'h>; 2],
    facts: [ElementFacts<'h>; 2],
    canvases: [&'h Canvas; 2],
}

impl<'h> Changer<'h, '_> {
    /// The changes of an element that both sides have.
    pub(super) fn of_pair(
        &self,
        before: ElementKey,
        after: ElementKey,
        changes: &mut Vec<Change>,
    ) -> Outcome {
        let Some(both) = self.both(before, after) else { return Outcome::Same };
        let first = changes.len();
        let (block, name) = (both.block_id(1), named(self.sides.after, after));
        let owners: BTreeSet<&str> =
            [owner(self.sides.before, before), owner(self.sides.after, after)]
                .into_iter()
                .flatten()
                .collect();
        let departments =
            &departments(self.sides.before, before) | &departments(self.sides.after, after);
        let mut push = |kind, detail, level, [from, to]: [Option<String>; 2]| {
            changes.push(Change {
                kind,
                level,
                canvas: self.after.document.path.clone(),
                block: Some(block.to_owned()),
                element: name.clone(),
                detail,
                from,
                to,
                owners: owned(owners.iter().copied()),
                departments: owned(departments.iter().copied()),
            });
        };
        let mut is_moved = false;
        for (detail, [from, to]) in self.moves(&both) {
            is_moved = true;
            let level = both.loss().min(Level::Commitment);
            push(ChangeKind::Move, detail, level, [from, to]);
        }
        for (detail, level, values) in self.modifications(&both) {
            push(ChangeKind::Modification, detail, level, values);
        }
        for (is_cut, (place, title)) in self.references(&both) {
            let values = if is_cut { [Some(place), None] } else { [None, Some(place)] };
            push(ChangeKind::Modification, Detail::Reference(title), Level::Detail, values);
        }
        match changes.len() - first {
            _ if is_moved => Outcome::Moved,
            0 => Outcome::Same,
            _ => Outcome::Changed,
        }
    }

    fn both(&self, before: ElementKey, after: ElementKey) -> Option<Both<'h>> {
        let (old, old_element, old_facts) = self.sides.before.element(before)?;
        let (new, new_element, new_facts) = self.sides.after.element(after)?;
        Some(Both {
            keys: [before, after],
            elements: [old_element, new_element],
            facts: [old_facts, new_facts],
            canvases: [old.document.canvas.as_ref()?, new.document.canvas.as_ref()?],
        })
    }

    /// The former and the present place of an element, if they differ.
    fn moves(&self, both: &Both<'_>) -> Vec<(Detail, [Option<String>; 2])> {
        let mut moves = Vec::new();
        if self.is_across {
            let path = |entry: &Entry| Some(entry.document.path.to_string());
            moves.push((Detail::Canvas, [path(self.before), path(self.after)]));
        }
        let blocks = [both.block_id(0), both.block_id(1)];
        if both.canvases[1].kind.current_id(blocks[0]) != blocks[1] {
            moves.push((Detail::Block, blocks.map(|block| Some(block.to_owned()))));
            return moves;
        }
        let handbooks = [self.sides.before, self.sides.after];
        let department = |at: usize| {
            let department: Option<DepartmentIndex> = both.facts[at].department;
            department.map(|index| handbooks[at].department(index).id.clone())
        };
        let departments = [department(0), department(1)];
        if departments[0] != departments[1] {
            moves.push((Detail::Department, departments));
        }
        moves
    }

    /// The differences of an element, apart from its references.
    fn modifications(&self, both: &Both<'_>) -> Vec<(Detail, Level, [Option<String>; 2])> {
        let entries = [self.before, self.after];
        let kind = &both.canvases[1].kind;
        let block = both.elements[1].block;
        let mut found = Vec::new();
        let mut put = |detail, level: &dyn Fn(&str, &str) -> Level, values: [String; 2]| {
            if values[0] != values[1] {
                let level = level(&values[0], &values[1]);
                found.push((detail, level, values.map(|it| Some(it).filter(|it| !it.is_empty()))));
            }
        };
        let of_text = |before: &str, after: &str| Level::of_text(kind, block, before, after);
        let name = |at: usize| of_words(both.elements[at].name.unwrap_or_default());
        put(Detail::Name, &of_text, both.each(name));
        put(Detail::Text, &of_text, both.each(|at| of_words(&both.elements[at].text.get())));
        let nested = |at: usize| plain(&entries[at].document, both.elements[at].detail);
        put(Detail::Nested, &of_text, both.each(nested));
        put(Detail::Group, &|_, _| Level::Detail, both.each(|at| both.group(at)));
        for key in [
            AttributeKey::Category,
            AttributeKey::Owner,
            AttributeKey::With,
            AttributeKey::Status,
            AttributeKey::ReviewEvery,
            AttributeKey::Id,
            AttributeKey::Class,
        ] {
            let level = |before: &str, after: &str| match key {
                AttributeKey::Id | AttributeKey::Class => Level::Cosmetic,
                AttributeKey::Owner => Level::of_hands(both.facts[0].owner, both.facts[1].owner),
                AttributeKey::With => {
                    let stays = |id: &str| after.split(", ").any(|other| other == id);
                    let has_left = before.split(", ").any(|id| !id.is_empty() && !stays(id));
                    if has_left { Level::Commitment } else { Level::Detail }
                }
                _ => Level::Detail,
            };
            let handbooks = [self.sides.before, self.sides.after];
            let value = |at: usize| both.attribute(handbooks[at], at, key);
            put(Detail::Attribute(key), &level, both.each(value));
        }
        found
    }

    /// The references that were cut, then those that were added.
    fn references(&self, both: &Both<'_>) -> Vec<(bool, (String, String))> {
        let [before, after] = both.keys;
        let paths = [&self.before.document.path, &self.after.document.path];
        let written = |end, key| references::written(self.sides, self.matched, end, key, paths);
        let [old, new] = [written(End::Before, before), written(End::After, after)];
        let stays = |own: u32| {
            let key = ElementKey { element: own, ..before };
            let partner = self.matched.after(key).map(|(partner, _)| partner);
            partner.is_some_and(|partner| {
                partner.document == after.document
                    && references::are_related(self.after, after.element, partner.element)
            })
        };
        let was_there = |own: u32| {
            let partner = self.matched.before(ElementKey { element: own, ..after });
            partner.is_some_and(|partner| {
                partner.document == before.document
                    && references::are_related(self.before, before.element, partner.element)
            })
        };
        let cut = references::without(&old, &new, stays).into_iter().map(|place| (true, place));
        let added = references::without(&new, &old, was_there).into_iter();
        cut.chain(added.map(|place| (false, place))).collect()
    }
}

impl Both<'_> {
    fn each<T>(&self, of: impl Fn(usize) -> T) -> [T; 2] {
        [of(0), of(1)]
    }

    fn block_id(&self, at: usize) -> &str {
        &self.canvases[at].kind.block_kind(self.elements[at].block).id
    }

    /// The level of losing it, in its former place.
    fn loss(&self) -> Level {
        Level::of_loss(&self.canvases[0].kind, self.elements[0].block)
    }

    /// The group that it is in; empty if it is in none.
    fn group(&self, at: usize) -> String {
        let index: BlockIndex = self.elements[at].block;
        let block = self.canvases[at].blocks.iter().find(|block| block.index == index);
        let group = block.zip(self.elements[at].part).and_then(|(block, part)| block.group(part));
        group.map(Cow::into_owned).unwrap_or_default()
    }

    /// The value of one of its own attributes; for departments, all that contribute.
    fn attribute(&self, handbook: &Handbook, at: usize, key: AttributeKey) -> String {
        let attributes = self.elements[at].attributes;
        match key {
            AttributeKey::Id => attributes.id().map(|id| id.value.to_owned()),
            AttributeKey::Class => {
                let classes: BTreeSet<&str> = attributes.classes().collect();
                Some(classes.into_iter().collect::<Vec<_>>().join(" "))
            }
            AttributeKey::Category => attributes.category().map(|it| it.id().to_owned()),
            AttributeKey::Owner => attributes.owner().map(str::to_owned),
            AttributeKey::Status => attributes.status().map(str::to_owned),
            AttributeKey::ReviewEvery => attributes.review_every().map(|it| it.value.to_string()),
            AttributeKey::With => {
                let contributing = self.facts[at].contributing.iter();
                let ids: BTreeSet<&str> =
                    contributing.map(|index| &*handbook.department(*index).id).collect();
                Some(ids.into_iter().collect::<Vec<_>>().join(", "))
            }
            AttributeKey::Department | AttributeKey::DepartmentCell => None,
        }
        .unwrap_or_default()
    }
}

/// A text with one blank between words, wherever its lines end.
fn of_words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
