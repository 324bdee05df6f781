//! Prints diagnostics for machines: the formats of `check` that are not for a terminal.
//!
//! One function per format, each from the same values; nothing here decides what is reported.

mod github;
mod json;
mod sarif;

pub use github::github;
pub use json::json;
pub use sarif::sarif;

use serde::Serialize;

use super::harmless::write_json;
use crate::diagnostic::Diagnostic;

/// Message and help as one text, for formats that have no place for the help.
fn message_with_help(diagnostic: &Diagnostic) -> String {
    match &diagnostic.help {
        Some(help) => format!("{}\nhelp: {help}", diagnostic.message),
        None => diagnostic.message.to_string(),
    }
}

/// A value as JSON for a program that may print it.
fn text_of(value: &impl Serialize) -> String {
    let mut text = Vec::new();
    // Only maps whose keys are not texts and failing writers make this fail; there are none here.
    let _ = write_json(value, &mut text);
    String::from_utf8(text).unwrap_or_default()
}

/// A path as seen from the folder that the machine counts from: `folder` is the path of the
/// handbook's root in it, `/`-separated, and empty if both are the same.
fn path_from(folder: &str, path: &str) -> String {
    match folder.trim_end_matches('/') {
        "" | "." => path.to_owned(),
        folder => format!("{folder}/{path}"),
    }
}

#[cfg(test)]
mod tests;
