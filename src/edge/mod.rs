//! The edges: where canvasbook meets the machine. All other modules are values in, values out; this
//! one turns files into values and values into files, and decides nothing about canvases.

pub mod cli;
pub mod command;
mod descriptors;
pub mod disk;
mod excerpt;
pub mod git;
mod harmless;
mod look;
mod media;
pub mod output;
pub mod places;
pub mod preview;
pub mod regular_file;
pub mod report;
pub mod session;
pub mod source_file;
pub mod streams;
pub mod terminal;
pub mod threads;
pub mod today;
pub mod watch;
