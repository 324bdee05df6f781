//! `--format github`: workflow commands, which GitHub shows as annotations of a pull request.
//!
//! <https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands>

use std::fmt::Write;

use super::{message_with_help, path_from};
use crate::diagnostic::{Diagnostic, Severity};
use crate::edge::harmless::shown_as;
use crate::edge::places::{Places, Texts};

/// One `::error …::` a line. GitHub finds a file by its path in the repository: `folder` is the
/// path of the handbook's root in it, empty if the repository is the handbook.
pub fn github(diagnostics: &[&Diagnostic], texts: Texts<'_, '_>, folder: &str) -> String {
    let places = Places::new(diagnostics.iter().copied(), texts);
    diagnostics.iter().map(|diagnostic| command(diagnostic, &places, folder) + "\n").collect()
}

fn command(diagnostic: &Diagnostic, places: &Places<'_>, folder: &str) -> String {
    let command = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "notice",
    };
    let file = property(&path_from(folder, diagnostic.location.file.as_str()));
    let mut text = format!("::{command} file={file}");
    // Writing to a text cannot fail.
    if let Some((start, end)) = places.range(&diagnostic.location) {
        let _ = write!(text, ",line={},endLine={}", start.line, end.line);
        if start.line == end.line {
            // The runner refuses columns of a location that goes over several lines.
            let _ = write!(text, ",col={},endColumn={}", start.column, end.column);
        }
    }
    let _ = write!(text, ",title={}::", property(&diagnostic.code));
    let mut message = message_with_help(diagnostic);
    for related in &diagnostic.related {
        let file = path_from(folder, related.location.file.as_str());
        let place = places
            .range(&related.location)
            .map_or(file.clone(), |(start, _)| format!("{file}:{}:{}", start.line, start.column));
        let _ = write!(message, "\n{place}: {}", related.message);
    }
    text + &data(&message)
}

/// Escapes the message of a command.
fn data(text: &str) -> String {
    let mut data = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '%' => data.push_str("%25"),
            '\r' => data.push_str("%0D"),
            '\n' => data.push_str("%0A"),
            // GitHub undoes no other escapes.
            _ => data.push(shown_as(character)),
        }
    }
    data
}

/// Escapes the value of a command's property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
