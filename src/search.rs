//! The index that a reader's browser searches in: which words are in which records, as small files.
//!
//! ```text
//! a record's name, text and places ── Builder ──► term → postings ── finish ──► Index: shards of terms
//! ```
//!
//! A *record* is anything that can be found; here it is only a number. Who numbers records gives smaller
//! numbers to what should come first among equals. A *term* is a word as [`fold`] leaves it, or a filter
//! such as `dept:marketing`. A *shard* is a run of the sorted terms with their postings, in characters that
//! a script can hold between quotation marks. What decodes them is `themes/default/assets/search.js`.

mod builder;
pub mod fold;
mod numbers;
mod shards;
#[cfg(test)]
mod tests;

use std::sync::OnceLock;

pub use builder::Builder;
pub use numbers::Numbers;
pub use shards::{Index, Shard};

/// What the files of a handbook's search are made of; each is made when somebody asks for it, and once.
#[derive(Debug, Default)]
pub struct Search {
    /// Which record has which number.
    pub numbers: OnceLock<Numbers>,
    /// The terms.
    pub index: OnceLock<Index>,
}
