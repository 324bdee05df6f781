//! Where in the sources a part of a page comes from, in lines.

use crate::diagnostic::Diagnostic;
use crate::source::{LineIndex, Location, SourcePath};

/// A position in a source, as editors count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourcePosition {
    /// The file.
    pub file: SourcePath,
    /// Its line, from 1.
    pub line: usize,
    /// The column, from 1.
    pub column: usize,
}

impl SourcePosition {
    /// The start of a location in a text.
    pub fn new(location: &Location, text: &str) -> Self {
        let position = LineIndex::new(text).position(location.span.start);
        Self { file: location.file.clone(), line: position.line, column: position.column }
    }
}

/// A diagnostic as people read it, and its position.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The message with its excerpt.
    pub text: String,
    /// Its position; `None` if it is not in a text.
    pub origin: Option<SourcePosition>,
}

impl Problem {
    /// Makes a problem of a diagnostic that was drawn, and of the text that it is about.
    pub fn new(diagnostic: &Diagnostic, drawn: String, text: Option<&str>) -> Self {
        let origin = text.map(|text| SourcePosition::new(&diagnostic.location, text));
        Self { text: drawn, origin }
    }
}
