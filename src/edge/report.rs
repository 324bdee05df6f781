//! Prints diagnostics for machines: the formats of `check` that are not for a terminal.
//!
//! One function a format, each from the same values; nothing here decides what is reported.

mod github;
mod json;
mod sarif;

pub use github::github;
pub use json::json;
pub use sarif::sarif;

use crate::diagnostic::Diagnostic;

/// Message and help as one text, for formats that have no place for the help.
fn message_with_help(diagnostic: &Diagnostic) -> String {
    match &diagnostic.help {
        Some(help) => format!("{}\nhelp: {help}", diagnostic.message),
        None => diagnostic.message.clone(),
    }
}

/// A path as seen from the folder that the machine counts from: `folder` is where the handbook's
/// root stands in it, `/`-separated, and empty where both are the same.
fn path_from(folder: &str, path: &str) -> String {
    match folder.trim_end_matches('/') {
        "" | "." => path.to_owned(),
        folder => format!("{folder}/{path}"),
    }
}

#[cfg(test)]
mod tests;
