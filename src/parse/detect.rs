//! Whether a document is a canvas: of which kind, and at which level its blocks stand.

use super::Reader;
use super::outline::{BOLD_LINE, Piece, PieceKind};
use crate::front_matter::CanvasChoice;
use crate::kind::labels::{self, Label};
use crate::kind::{BlockIndex, Kind, kinds};

/// So many distinct blocks at one level make a canvas. Source: PRODUCT.md, "What is a canvas".
const ENOUGH_BLOCKS: u32 = 3;
/// A longer line is no label; looking it up would be waste.
const LONGEST_LABEL: usize = 120;

/// What was found.
pub(super) struct Detected {
    pub kind: &'static Kind,
    /// The level of its blocks: 1 to 6, or [`BOLD_LINE`].
    pub level: u8,
}

impl Detected {
    /// What a label means for this kind.
    pub(super) fn meaning(&self, label: &str) -> Option<Meaning> {
        let found = find(label)?;
        if let Some(block) = self.kind.block(found.id) {
            return Some(Meaning::Block(block, found));
        }
        let group = self.kind.groups.iter().find(|group| group.id == found.id)?;
        Some(Meaning::Group(self.kind.block(&group.block)?))
    }

    /// True where the label names a block of this kind.
    pub(super) fn is_block(&self, label: &str) -> bool {
        matches!(self.meaning(label), Some(Meaning::Block(..)))
    }
}

/// What a label at the block level means.
pub(super) enum Meaning {
    /// It starts a block.
    Block(BlockIndex, Label),
    /// It is a group of a block, wherever it stands.
    Group(BlockIndex),
}

fn find(label: &str) -> Option<Label> {
    (label.len() <= LONGEST_LABEL).then(|| labels::find(label)).flatten()
}

/// Looks whether the document is a canvas; `choice` is what its front matter says.
pub(super) fn detect(
    reader: &mut Reader<'_, '_>,
    pieces: &[Piece],
    choice: CanvasChoice,
) -> Option<Detected> {
    let allowed: &[Kind] = match choice {
        CanvasChoice::Page => return None,
        CanvasChoice::Kind(kind) => std::slice::from_ref(kind),
        CanvasChoice::Detect => kinds(),
    };
    // For each kind and level, which blocks stand there, as bits.
    let mut found = vec![[0_u16; BOLD_LINE as usize + 1]; allowed.len()];
    for piece in pieces {
        let PieceKind::Label(level) = piece.kind else { continue };
        let Some(label) = find(&reader.label(piece).text) else { continue };
        for (at, kind) in allowed.iter().enumerate() {
            if let Some(block) = kind.block(label.id) {
                found[at][usize::from(level)] |= 1 << block.0;
            }
        }
    }
    let mut best: Option<(u32, usize, u8)> = None;
    for (at, _) in allowed.iter().enumerate() {
        for level in 1..=BOLD_LINE {
            let count = found[at][usize::from(level)].count_ones();
            if count > best.map_or(0, |(most, ..)| most) {
                best = Some((count, at, level));
            }
        }
    }
    match (choice, best) {
        (CanvasChoice::Kind(kind), best) => {
            Some(Detected { kind, level: best.map_or(2, |(_, _, level)| level) })
        }
        (_, Some((count, at, level))) if count >= ENOUGH_BLOCKS => {
            Some(Detected { kind: &allowed[at], level })
        }
        _ => None,
    }
}
