//! The differences between the elements and the front matter of two canvases.

use std::collections::{BTreeMap, BTreeSet};

use super::matching::Matched;
use super::{
    Between, Change, ChangeKind, Detail, Level, Outcome, Pair, Sides, departments, front, named,
    owned, owner,
};
use crate::handbook::{DocumentIndex, ElementKey, Entry, Handbook};
use crate::kind::{BlockIndex, Kind};
use crate::markdown::plain::plain;
use crate::source::{SourcePath, Span};

/// Compares two canvases, of which one may be missing. Adds the differences to `changes`, and returns their
/// elements.
pub(super) fn of_canvas(
    sides: Sides<'_>,
    matched: &Matched,
    (before, after): (Option<DocumentIndex>, Option<DocumentIndex>),
    changes: &mut Vec<Change>,
) -> Vec<Pair> {
    let mut found = Vec::new();
    match (before, after) {
        (Some(before), Some(after)) => {
            let changer = Changer::new(sides, matched, [before, after], false);
            changer.of_front(&mut found);
            changer.of_texts(&mut found);
        }
        (Some(before), None) => found.push(whole(sides.before, before, ChangeKind::Removal)),
        (None, Some(after)) => found.push(whole(sides.after, after, ChangeKind::Addition)),
        (None, None) => {}
    }
    let pairs = of_elements(sides, matched, (before, after), &mut found);
    let kind = kind_of(sides, before, after);
    let position = |change: &Change| {
        let block = change.block.as_deref();
        block.and_then(|id| kind?.block(id)).map(|block| block.0)
    };
    // Changes of the canvas as a whole come first; a stable sort keeps the order of elements.
    found.sort_by_key(|change| (change.block.is_some(), position(change).unwrap_or(u8::MAX)));
    changes.append(&mut found);
    pairs
}

fn kind_of<'h>(
    sides: Sides<'h>,
    before: Option<DocumentIndex>,
    after: Option<DocumentIndex>,
) -> Option<&'h Kind> {
    let of = |handbook: &'h Handbook, document: Option<DocumentIndex>| {
        handbook.entry(document?).document.canvas.as_ref().map(|canvas| &*canvas.kind)
    };
    of(sides.after, after).or_else(|| of(sides.before, before))
}

/// A canvas that came or went.
fn whole(handbook: &Handbook, document: DocumentIndex, kind: ChangeKind) -> Change {
    let document = &handbook.entry(document).document;
    let title = Some(document.title.clone());
    let (from, to, level) = match kind {
        ChangeKind::Removal => (title, None, Level::Promise),
        _ => (None, title, Level::Detail),
    };
    Change {
        kind,
        level,
        canvas: document.path.clone(),
        block: None,
        element: None,
        detail: Detail::Whole,
        from,
        to,
        owners: document.front.owner.iter().cloned().collect(),
        departments: Vec::new(),
    }
}

/// The elements of two canvases, with their changes.
fn of_elements(
    sides: Sides<'_>,
    matched: &Matched,
    (before, after): (Option<DocumentIndex>, Option<DocumentIndex>),
    changes: &mut Vec<Change>,
) -> Vec<Pair> {
    let count = |handbook: &Handbook, document: Option<DocumentIndex>| {
        let count = document.map_or(0, |document| handbook.entry(document).elements.len());
        u32::try_from(count).unwrap_or(u32::MAX)
    };
    let changer = before
        .zip(after)
        .map(|(before, after)| Changer::new(sides, matched, [before, after], false));
    let mut pairs = Vec::new();
    for element in 0..count(sides.after, after) {
        let Some(document) = after else { break };
        let key = ElementKey { document, element };
        let partner = matched.before(key);
        let found = partner.and_then(|partner| matched.after(partner)).map(|(_, found)| found);
        let outcome = match (partner, &changer) {
            (None, _) => {
                // The elements of an added canvas are not listed again.
                if before.is_some() {
                    changes.extend(lone(sides.after, key, ChangeKind::Addition));
                }
                Outcome::Added
            }
            (Some(partner), Some(changer)) if Some(partner.document) == before => {
                changer.of_pair(partner, key, changes)
            }
            (Some(partner), _) => {
                let changer = Changer::new(sides, matched, [partner.document, document], true);
                changer.of_pair(partner, key, changes)
            }
        };
        pairs.push(Pair { before: partner, after: Some(key), found, outcome });
    }
    for element in 0..count(sides.before, before) {
        let Some(document) = before else { break };
        let key = ElementKey { document, element };
        match matched.after(key) {
            Some((partner, _)) if Some(partner.document) == after => {}
            // The change is listed in the canvas that it moved to.
            Some((partner, found)) => pairs.push(Pair {
                before: Some(key),
                after: Some(partner),
                found: Some(found),
                outcome: Outcome::Moved,
            }),
            None => {
                if after.is_some() {
                    let removal = lone(sides.before, key, ChangeKind::Removal);
                    let block = block_of(sides.before, key);
                    let block = block.map(|it| sides.block_after(document, after, it).to_owned());
                    changes.extend(removal.map(|removal| Change { block, ..removal }));
                }
                let outcome = Outcome::Removed;
                pairs.push(Pair { before: Some(key), after: None, found: None, outcome });
            }
        }
    }
    pairs
}

fn block_of(handbook: &Handbook, key: ElementKey) -> Option<BlockIndex> {
    handbook.element(key).map(|(_, element, _)| element.block)
}

/// An element that came or went.
fn lone(handbook: &Handbook, key: ElementKey, kind: ChangeKind) -> Option<Change> {
    let (entry, element, _) = handbook.element(key)?;
    let canvas = entry.document.canvas.as_ref()?;
    let text = Some(element.text.get().into_owned()).filter(|text| !text.is_empty());
    let (from, to, level) = match kind {
        ChangeKind::Removal => (text, None, Level::of_loss(&canvas.kind, element.block)),
        _ => (None, text, Level::Detail),
    };
    Some(Change {
        kind,
        level,
        canvas: entry.document.path.clone(),
        block: Some(canvas.kind.block_kind(element.block).id.clone()),
        element: named(handbook, key),
        detail: Detail::Whole,
        from,
        to,
        owners: owned(owner(handbook, key)),
        departments: owned(departments(handbook, key)),
    })
}

/// Compares two canvases that exist.
pub(super) struct Changer<'h, 'm> {
    pub sides: Sides<'h>,
    pub matched: &'m Matched,
    pub before: &'h Entry,
    pub after: &'h Entry,
    /// Whether the compared elements moved from one canvas to another.
    pub is_across: bool,
}

impl<'h, 'm> Changer<'h, 'm> {
    fn new(
        sides: Sides<'h>,
        matched: &'m Matched,
        [before, after]: [DocumentIndex; 2],
        is_across: bool,
    ) -> Self {
        let (before, after) = (sides.before.entry(before), sides.after.entry(after));
        Self { sides, matched, before, after, is_across }
    }

    /// The differences in front matter.
    fn of_front(&self, changes: &mut Vec<Change>) {
        let fields =
            |handbook, entry: &Entry| front::fields(handbook, &entry.document, self.sides.between);
        let before = fields(self.sides.before, self.before);
        let after = fields(self.sides.after, self.after);
        if self.sides.between == Between::Revisions
            && self.before.document.path != self.after.document.path
        {
            let path = |path: &SourcePath| Some(path.to_string());
            let [from, to] = [&self.before, &self.after].map(|entry| path(&entry.document.path));
            changes.push(Change {
                kind: ChangeKind::Move,
                ..self.of_whole(Detail::Canvas, Level::Detail, from, to)
            });
        }
        let keys: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
        for key in keys {
            let (from, to) = (before.get(key), after.get(key));
            if from != to {
                let is_owner = front::is_owner(key);
                let level = match is_owner {
                    true => Level::of_hands(from.map(String::as_str), to.map(String::as_str)),
                    false => front::level(key),
                };
                let detail = Detail::Front(key.clone());
                let mut change = self.of_whole(detail, level, from.cloned(), to.cloned());
                if is_owner {
                    // The owners before and after.
                    change.owners.extend(from.into_iter().chain(to).cloned());
                    change.owners.sort();
                    change.owners.dedup();
                }
                changes.push(change);
            }
        }
    }

    /// The differences in texts other than elements.
    fn of_texts(&self, changes: &mut Vec<Change>) {
        let now = self.after.document.canvas.as_ref().map(|canvas| &*canvas.kind);
        let texts = [self.before, self.after].map(|entry| texts(entry, now));
        let keys: BTreeSet<&(Option<String>, String)> =
            texts.iter().flat_map(BTreeMap::keys).collect();
        for key in keys {
            let [from, to] = [&texts[0], &texts[1]].map(|texts| texts.get(key));
            if from == to {
                continue;
            }
            let (block, section) = key;
            let detail = match (block, section.as_str()) {
                (Some(_), _) => Detail::Lead,
                (None, "") => Detail::Introduction,
                (None, title) => Detail::Section(title.to_owned()),
            };
            let change = self.of_whole(detail, Level::Detail, from.cloned(), to.cloned());
            changes.push(Change { block: block.clone(), ..change });
        }
    }

    /// A change of the canvas.
    fn of_whole(
        &self,
        detail: Detail,
        level: Level,
        from: Option<String>,
        to: Option<String>,
    ) -> Change {
        let fronts = [self.before, self.after].map(|entry| &entry.document.front);
        let owners: BTreeSet<&String> =
            fronts.iter().filter_map(|front| front.owner.as_ref()).collect();
        Change {
            kind: ChangeKind::Modification,
            level,
            canvas: self.after.document.path.clone(),
            block: None,
            element: None,
            detail,
            from,
            to,
            owners: owners.into_iter().cloned().collect(),
            departments: Vec::new(),
        }
    }
}

/// The texts of a canvas beside its elements, as words: by the id that its block has `now`, else by section; the
/// introduction has no title.
fn texts(entry: &Entry, now: Option<&Kind>) -> BTreeMap<(Option<String>, String), String> {
    let document = &entry.document;
    let Some(canvas) = &document.canvas else { return BTreeMap::new() };
    let mut texts = BTreeMap::new();
    let mut put = |key: (Option<String>, String), pieces: &[Span]| {
        let text = plain(document, pieces);
        if !text.is_empty() {
            texts.insert(key, text);
        }
    };
    put((None, String::new()), &[canvas.introduction]);
    for block in &canvas.blocks {
        let leads = block.parts.iter().flat_map(|part| &part.lead);
        let mut pieces: Vec<Span> =
            block.lead.iter().chain(leads).chain(&block.rest).copied().collect();
        pieces.sort();
        let id = &*canvas.kind.block_kind(block.index).id;
        let id = now.map_or(id, |now| now.current_id(id));
        put((Some(id.to_owned()), String::new()), &pieces);
    }
    for section in &canvas.sections {
        put((None, section.title.clone()), &[section.body]);
    }
    texts
}
