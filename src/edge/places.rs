//! Locations as people count them: the line index of each file is made once, when it is first
//! needed, however many diagnostics the file has.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::source::{LineIndex, Location, Position, SourcePath};

/// A function that returns the text of a source; `None` for a file without a text, such as a
/// picture.
pub type Texts<'a, 'text> = &'a dyn Fn(&SourcePath) -> Option<&'text str>;

/// The start of a file, for files whose text is not available.
const START: Position = Position { line: 1, column: 1, offset: 0 };

/// The line indexes of the files that diagnostics refer to.
pub(super) struct Places<'text> {
    indexes: BTreeMap<SourcePath, LineIndex<'text>>,
}

impl<'text> Places<'text> {
    /// Indexes every file that one of the diagnostics names and that has a text.
    pub(super) fn new<'d>(
        diagnostics: impl IntoIterator<Item = &'d Diagnostic>,
        texts: Texts<'_, 'text>,
    ) -> Self {
        let mut indexes = BTreeMap::new();
        let mut add = |file: &SourcePath| {
            if !indexes.contains_key(file)
                && let Some(text) = texts(file)
            {
                indexes.insert(file.clone(), LineIndex::new(text));
            }
        };
        for diagnostic in diagnostics {
            add(&diagnostic.location.file);
            diagnostic.related.iter().for_each(|related| add(&related.location.file));
            let edits = diagnostic.fix.iter().flat_map(|fix| &fix.edits);
            edits.for_each(|edit| add(&edit.location.file));
        }
        Self { indexes }
    }

    /// The lines of a file that has a text.
    pub(super) fn index(&self, file: &SourcePath) -> Option<&LineIndex<'text>> {
        self.indexes.get(file)
    }

    /// The start and the end of a location; `None` for a file without a text.
    pub(super) fn range(&self, location: &Location) -> Option<(Position, Position)> {
        let index = self.index(&location.file)?;
        let Location { span, .. } = location;
        Some((index.position(span.start), index.position(span.end.max(span.start))))
    }

    /// Like [`Self::range`], but treats a file without a text as one empty line.
    pub(super) fn range_or_start(&self, location: &Location) -> (Position, Position) {
        self.range(location).unwrap_or((START, START))
    }
}
