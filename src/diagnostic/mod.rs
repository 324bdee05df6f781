//! Problems in the user's sources, as data.
//!
//! A diagnostic is made by a call of the [`catalogue`], which owns code, wording and help. Edges
//! only convert: to an excerpt on the terminal, to JSON. Nothing here knows of canvases.

pub mod catalogue;
mod code;
#[cfg(test)]
pub(crate) mod drawn;

use std::borrow::Cow;
use std::cmp::Ordering;

use crate::source::{Location, Span};
pub use code::Code;

/// The severity of a diagnostic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth a thought.
    Advice,
    /// Probably a slip; with `--strict` it fails a check.
    Warning,
    /// Wrong: nothing is built.
    Error,
}

impl Severity {
    /// `error`, `warning` or `advice`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Advice => "advice",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A message about a location in a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// A stable name such as `unknown-reference`.
    pub code: Code,
    /// Its severity.
    pub severity: Severity,
    /// What is wrong: one sentence without a full stop.
    pub message: Cow<'static, str>,
    /// What to do about it; one sentence without a full stop.
    pub help: Option<Cow<'static, str>>,
    /// Its location.
    pub location: Location,
    /// A few words to show under the location in an excerpt; may be empty.
    pub label: Cow<'static, str>,
    /// Other locations that belong to it.
    pub related: Box<[Related]>,
    /// Edits that mend it, if it can be mended.
    pub fix: Option<Box<Fix>>,
}

/// Another location that a diagnostic refers to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// What is at that location.
    pub message: Cow<'static, str>,
    /// The location.
    pub location: Location,
}

/// Edits that together mend a diagnostic; they never overlap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// The edits.
    pub edits: Vec<Edit>,
}

/// One replacement in one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The replaced text; an empty span inserts.
    pub location: Location,
    /// The text afterwards.
    pub text: String,
}

impl Diagnostic {
    /// Makes a diagnostic without help, label, related locations or fix, for the catalogue and for
    /// rules.
    pub fn new(
        code: impl Into<Code>,
        severity: Severity,
        location: Location,
        message: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self {
            code: code.into(),
            severity,
            message: fitted(message),
            help: None,
            location,
            label: Cow::Borrowed(""),
            related: Box::default(),
            fix: None,
        }
    }

    /// Adds a help line.
    #[must_use]
    pub fn help(mut self, help: impl Into<Cow<'static, str>>) -> Self {
        self.help = Some(fitted(help));
        self
    }

    /// Adds the words that an excerpt shows under the location.
    #[must_use]
    pub fn label(mut self, label: impl Into<Cow<'static, str>>) -> Self {
        self.label = fitted(label);
        self
    }

    /// Adds another location.
    #[must_use]
    pub fn related(mut self, location: Location, message: impl Into<Cow<'static, str>>) -> Self {
        let related = [Related { message: message.into(), location }];
        self.related = self.related.into_iter().chain(related).collect();
        self
    }

    /// Adds a fix that replaces `span` of the diagnostic's own file with `text`.
    #[must_use]
    pub fn replace(mut self, span: Span, text: impl Into<String>) -> Self {
        let location = Location { file: self.location.file.clone(), span };
        let edits = vec![Edit { location, text: text.into() }];
        self.fix = Some(Box::new(Fix { edits }));
        self
    }
}

/// A text without spare capacity: a large handbook keeps a hundred thousand diagnostics.
fn fitted(text: impl Into<Cow<'static, str>>) -> Cow<'static, str> {
    match text.into() {
        Cow::Owned(mut text) => {
            text.shrink_to_fit();
            Cow::Owned(text)
        }
        text @ Cow::Borrowed(_) => text,
    }
}

/// The order in which diagnostics are shown: by file, then place, then code.
pub fn order(a: &Diagnostic, b: &Diagnostic) -> Ordering {
    (&a.location, &*a.code, &a.message).cmp(&(&b.location, &*b.code, &b.message))
}

/// Sorts diagnostics by [`order`].
pub fn sort(diagnostics: &mut [Diagnostic]) {
    diagnostics.sort_by(order);
}

/// Whether one of them is an error.
pub fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
}
