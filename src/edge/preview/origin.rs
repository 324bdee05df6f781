//! Where in the sources something on a page comes from, in lines.

use crate::diagnostic::Diagnostic;
use crate::source::{LineIndex, Location, SourcePath};

/// A place in a source, as editors count.
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
    /// Where a location starts in a text.
    pub fn new(location: &Location, text: &str) -> Self {
        let position = LineIndex::new(text).position(location.span.start);
        Self { file: location.file.clone(), line: position.line, column: position.column }
    }
}

/// What is wrong, as people read it, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The message with its excerpt.
    pub text: String,
    /// Where it is; none where it is in no text.
    pub origin: Option<SourcePosition>,
}

impl Problem {
    /// A diagnostic that was drawn, with the text that it speaks of.
    pub fn new(diagnostic: &Diagnostic, drawn: String, text: Option<&str>) -> Self {
        let origin = text.map(|text| SourcePosition::new(&diagnostic.location, text));
        Self { text: drawn, origin }
    }
}
