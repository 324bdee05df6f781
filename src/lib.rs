//! canvasbook turns a folder of Markdown canvases into a handbook.
//!
//! The modules are in the order of their layers; each uses only those above it, and
//! `tests/tidy.rs` holds them to that. ARCHITECTURE.md is the guided tour.

// Words: texts, places, names, days, languages, diagnostics.
pub mod source;
pub mod characters;
pub mod comments;
pub mod slug;
pub mod date;
pub mod colour;
pub mod language;
pub mod diagnostic;

// One file: the content of a single source.
pub mod terms;
pub mod node;
pub mod kind;
pub mod front_matter;
pub mod config;
pub mod canvas;
pub mod markdown;
pub mod parse;

// The whole: all documents together, and their history.
pub mod history;
pub mod handbook;
pub mod check;
pub mod schema;
pub mod starter;
pub mod comparison;

// Search: words and the records that contain them, as files.
pub mod search;

// Views: the values that pages show.
pub mod view;

// Bytes: views through templates.
mod compact;
mod logo;
pub mod theme;
mod render;
pub mod compile;
pub mod single_file;

// Edges: the only modules that read, write or ask the system.
pub mod edge;
