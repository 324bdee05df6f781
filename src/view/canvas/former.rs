//! The anchors that parts of a page had before their block was renamed, so that old addresses still work.

use std::collections::HashSet;

use super::Page;
use crate::handbook::Place;
use crate::kind::BlockIndex;

impl Page<'_> {
    /// The former anchors of a block, or of something in it, by the ids that the block had before; without those
    /// that something else has now.
    pub(super) fn former(&self, block: BlockIndex, anchor: &str) -> Vec<String> {
        let block = self.canvas.kind.block_kind(block);
        let below = anchor.strip_prefix(&*block.id);
        let below = below.filter(|below| below.is_empty() || below.starts_with('/'));
        let former = below
            .into_iter()
            .flat_map(|below| block.was.iter().map(move |was| format!("{was}{below}")));
        former.filter(|former| !self.anchors().contains(former)).collect()
    }

    /// Every anchor of the document.
    fn anchors(&self) -> &HashSet<String> {
        self.anchors.get_or_init(|| {
            let places = self.entry.spots().map(|(spot, _)| Place { document: self.index, spot });
            places.filter_map(|place| Some(self.edition.anchor(place)?.into_owned())).collect()
        })
    }
}
