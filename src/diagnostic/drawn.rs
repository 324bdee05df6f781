//! For tests: diagnostics drawn under the lines they belong to.

use std::fmt::Write as _;

use super::Diagnostic;
use crate::source::{LineIndex, Span};

/// Each diagnostic under its first line, with its help, its related locations and its fix.
pub(crate) fn draw(text: &str, diagnostics: &[Diagnostic]) -> String {
    let mut drawn = String::new();
    for diagnostic in diagnostics {
        place(&mut drawn, text, diagnostic.location.span);
        let (severity, code) = (diagnostic.severity.as_str(), &diagnostic.code);
        let _ = write!(drawn, " {severity}[{code}]: {}", diagnostic.message);
        if !diagnostic.label.is_empty() {
            let _ = write!(drawn, " ({})", diagnostic.label);
        }
        drawn.push('\n');
        if let Some(help) = &diagnostic.help {
            let _ = writeln!(drawn, "     help: {help}");
        }
        for edit in diagnostic.fix.iter().flat_map(|fix| &fix.edits) {
            let old = edit.location.span.of(text);
            let _ = writeln!(drawn, "     fix: {old:?} -> {:?}", edit.text);
        }
        for related in &diagnostic.related {
            place(&mut drawn, text, related.location.span);
            let _ = writeln!(drawn, " {}", related.message);
        }
    }
    drawn
}

fn place(drawn: &mut String, text: &str, span: Span) {
    let index = LineIndex::new(text);
    let (start, end) = (index.position(span.start), index.position(span.end));
    assert_eq!(start.offset, span.start as usize, "a span starts at a character of the text");
    assert_eq!(end.offset, span.end as usize, "a span ends at a character of the text");
    let from = start.offset
        - text[..start.offset]
            .chars()
            .rev()
            .take(start.column - 1)
            .map(char::len_utf8)
            .sum::<usize>();
    let line = text[from..].split(['\n', '\r']).next().unwrap_or("");
    let line = line.replace(|c: char| c.is_control(), "·");
    let length = (line.chars().count() + 1).saturating_sub(start.column);
    let width = match start.line == end.line {
        true => end.column - start.column,
        false => length,
    };
    let _ = writeln!(drawn, "{:<3} | {line}", start.line);
    let marks = "^".repeat(width.max(1));
    let _ = write!(drawn, "    | {}{marks}", " ".repeat(start.column - 1));
}
