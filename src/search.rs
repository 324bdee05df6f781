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
mod shards;
#[cfg(test)]
mod tests;

pub use builder::Builder;
pub use shards::{Index, Shard};
