//! Whether a document is a canvas: of which kind, and at which level its blocks are.

use std::sync::Arc;

use super::Reader;
use super::inline::Plain;
use super::outline::{BOLD_LINE, Piece, PieceKind};
use crate::front_matter::CanvasChoice;
use crate::kind::labels::{Label, Named};
use crate::kind::{BlockIndex, Kind, KindIndex, Kinds};

/// A longer line is not a label, so it is not looked up.
pub(super) const LONGEST_LABEL: usize = 120;

/// A canvas that was found.
pub(super) struct Detected<'k> {
    pub kind: &'k Arc<Kind>,
    index: KindIndex,
    kinds: &'k Kinds,
    /// The level of its blocks: 1 to 6, or [`BOLD_LINE`].
    pub level: u8,
    /// The text of each piece that is a heading or a bold line.
    says: Vec<Option<Says<'k>>>,
}

/// The text of a heading or a bold line.
pub(super) struct Says<'k> {
    pub plain: Plain,
    label: Option<Label<'k>>,
}

/// The meaning of a label at the block level.
pub(super) enum Meaning<'l> {
    /// It starts a block.
    Block(BlockIndex, &'l Label<'l>),
    /// It is a group of a block, wherever it is.
    Group(BlockIndex),
}

impl<'k> Detected<'k> {
    /// The text of a piece, if it is a heading or a bold line.
    pub(super) fn says(&self, piece: usize) -> Option<&Says<'k>> {
        self.says.get(piece)?.as_ref()
    }

    /// The meaning of a label in this kind.
    pub(super) fn meaning<'l>(&self, says: &'l Says<'k>) -> Option<Meaning<'l>> {
        let label = says.label.as_ref()?;
        match label.sense(self.index)?.names {
            Named::Block(block) => Some(Meaning::Block(block, label)),
            Named::Group(block) => Some(Meaning::Group(block)),
        }
    }

    /// The meaning of a text in this kind, if it is a label.
    pub(super) fn names(&self, text: &str) -> Option<Named> {
        let label = self.kinds.label(text).filter(|_| text.len() <= LONGEST_LABEL)?;
        label.sense(self.index).map(|sense| sense.names)
    }

    /// Whether a piece is the label of a block of this kind, at any level.
    pub(super) fn is_block(&self, piece: usize) -> bool {
        let meaning = self.says(piece).and_then(|says| self.meaning(says));
        matches!(meaning, Some(Meaning::Block(..)))
    }

    /// Whether a piece of a level is the label of a block although it is one level off: if no label
    /// of the blocks' own level names the block, and the label is not an everyday word.
    pub(super) fn is_stray_block(&self, pieces: &[Piece], piece: usize, level: u8) -> bool {
        let is_near = level.abs_diff(self.level) == 1 && level.max(self.level) < BOLD_LINE;
        let sense = |at: usize| self.says(at)?.label.as_ref()?.sense(self.index);
        let Some(stray) = sense(piece).filter(|sense| is_near && !sense.generic) else {
            return false;
        };
        let is_label = |at: &usize| pieces[*at].kind == PieceKind::Label(self.level);
        let mut labels = (0..pieces.len()).filter(is_label);
        matches!(stray.names, Named::Block(_))
            && labels.all(|at| sense(at).is_none_or(|sense| sense.names != stray.names))
    }

    /// Whether there was any label of a block.
    pub(super) fn has_blocks(&self) -> bool {
        (0..self.says.len()).any(|piece| self.is_block(piece))
    }

    /// Whether a label may mean several blocks of this kind, of which the usual one was taken.
    pub(super) fn is_nonstandard(&self, label: &Label<'_>) -> bool {
        label.sense(self.index).is_some_and(|sense| sense.nonstandard)
    }
}

/// Determines whether the document is a canvas; `choice` is the setting in its front matter.
pub(super) fn detect<'k>(
    reader: &mut Reader<'_, '_>,
    kinds: &'k Kinds,
    pieces: &[Piece],
    choice: CanvasChoice,
) -> Option<Detected<'k>> {
    let chosen = match choice {
        CanvasChoice::Page => return None,
        CanvasChoice::Kind(kind) => Some(kind),
        CanvasChoice::Detect => None,
    };
    let mut tally = Tally::default();
    let mut read = |piece: &Piece| {
        let PieceKind::Label(level) = piece.kind else { return None };
        let plain = reader.label(piece);
        let label = match plain.text.len() {
            0..=LONGEST_LABEL => kinds.label(&plain.text),
            _ => None,
        };
        for sense in label.iter().flat_map(|label| &*label.senses) {
            if let Named::Block(block) = sense.names {
                let (kind, is_decisive) = (sense.kind, sense.is_decisive());
                tally.met.push(Met { kind, level, block, is_decisive });
            }
        }
        Some(Says { plain, label })
    };
    let says = pieces.iter().map(&mut read).collect();
    let (index, level) = match (chosen, tally.best(kinds, chosen)) {
        (Some(kind), best) => (kind, best.map_or(2, |best| best.level)),
        (None, Some(best)) => (best.kind, best.level),
        _ => return None,
    };
    Some(Detected { kind: kinds.get(index), index, kinds, level, says })
}

/// The blocks that are named, by kind and level.
#[derive(Default)]
struct Tally {
    met: Vec<Met>,
}

/// A label that names a block of a kind.
#[derive(Clone, Copy)]
struct Met {
    kind: KindIndex,
    level: u8,
    block: BlockIndex,
    /// Whether it may make a canvas, which everyday words do not.
    is_decisive: bool,
}

/// The kind and level with most blocks.
struct Best {
    blocks: usize,
    kind: KindIndex,
    level: u8,
}

impl Tally {
    /// Among several kinds and levels with equally many blocks, the first kind and the highest level.
    /// `chosen` is the kind that the document names; without one, only enough blocks for a canvas count.
    fn best(mut self, kinds: &Kinds, chosen: Option<KindIndex>) -> Option<Best> {
        self.met.sort_by_key(|met| (met.kind, met.level, met.block));
        let mut best: Option<Best> = None;
        let of_level = |one: &Met, other: &Met| (one.kind, one.level) == (other.kind, other.level);
        for met in self.met.chunk_by(of_level) {
            let (kind, level) = (met[0].kind, met[0].level);
            let blocks = met.chunk_by(|one, other| one.block == other.block).count();
            let counts = match chosen {
                Some(chosen) => chosen == kind,
                None => blocks >= kinds.get(kind).at_least && met.iter().any(|met| met.is_decisive),
            };
            if counts && blocks > best.as_ref().map_or(0, |best| best.blocks) {
                best = Some(Best { blocks, kind, level });
            }
        }
        best
    }
}
