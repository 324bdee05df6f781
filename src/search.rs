//! The index that a reader's browser searches: which words are in which records, as small files.
//!
//! ```text
//! a record's name, text and places ── Builder ──► term → postings ── finish ──► Index: shards of terms
//! ```
//!
//! A *record* is anything that can be found; here it is only a number. Smaller numbers come first among
//! equals. A *term* is a word as [`fold`] leaves it, or a filter such as `dept:marketing`. A *shard* is a
//! run of the sorted terms with their postings, in characters that a script can have between quotation
//! marks. `themes/default/assets/search.js` decodes them.

mod builder;
pub mod fold;
mod numbers;
mod shards;
#[cfg(test)]
mod tests;

use std::sync::OnceLock;

use crate::handbook::Handbook;

pub use builder::Builder;
pub use numbers::{Numbers, Size};
pub use shards::{Index, Shard};

/// The values that the files of a handbook's search are made of; each is made when it is first needed,
/// and once.
#[derive(Debug, Default)]
pub struct Search {
    /// How many things can be found in each document.
    sizes: OnceLock<Vec<Size>>,
    /// The number of each record.
    pub numbers: OnceLock<Numbers>,
    /// The terms.
    pub index: OnceLock<Index>,
}

impl Search {
    /// The search of a handbook that was resolved again: it has only the sizes of the documents that are
    /// unchanged since `before`.
    #[must_use]
    pub fn again(&self, before: &Handbook, handbook: &Handbook) -> Self {
        let again = Self::default();
        let known = self.sizes.get().filter(|_| handbook.is_again_of(before));
        if let Some(mut sizes) = known.cloned() {
            for index in handbook.others_than(before) {
                sizes[index.0 as usize] = Size::of(&handbook.entry(index).document);
            }
            again.sizes.get_or_init(|| sizes);
        }
        again
    }

    /// How many things can be found in each document of the handbook.
    pub fn sizes(&self, handbook: &Handbook) -> &[Size] {
        self.sizes.get_or_init(|| {
            handbook.documents.iter().map(|entry| Size::of(&entry.document)).collect()
        })
    }
}
