//! Diagnostics of blocks that have no element.

use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Location;

/// What a block without elements contains instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Instead<'s> {
    /// A heading of the block's own level, which ends it and has something below it: its title and level.
    Ended(&'s str, u8),
    /// Code.
    Code,
    /// Totals and forecasts.
    Sums,
    /// A table without rows.
    Head,
    /// A picture.
    Picture,
    /// A callout.
    Callout,
    /// A text in italics, as templates have.
    Hint,
    /// Questions.
    Questions,
    /// HTML.
    Html,
    /// Headings with nothing below them.
    Headings,
    /// A comment.
    Comment,
    /// Signs without a meaning.
    Signs,
    /// Nothing.
    Nothing,
}

impl Instead<'_> {
    /// What the block contains, and what to do about it.
    fn words(self) -> (&'static str, String) {
        let (what, help) = match self {
            Self::Ended(heading, level) => {
                let marks = "#".repeat(usize::from(level) + 1);
                let why = "because it is a heading of the same level";
                return ("", format!("`{heading}` ends it, {why}; write `{marks} {heading}`"));
            }
            Self::Code => (
                "code is no element",
                "write a list without the fences or the indentation around it",
            ),
            Self::Sums => ("a total is no element", "write in a list what it sums up"),
            Self::Head => (
                "a table without rows is no element",
                "write a row below its head for each element",
            ),
            Self::Picture => ("a picture is no element", "write in a list below it what it shows"),
            Self::Callout => {
                ("a callout is no element", "write a list below it: `- **Name** — text`")
            }
            Self::Hint => (
                "a text in italics is read as a hint of a template",
                "write what is meant without the signs around it",
            ),
            Self::Questions => ("a question is no element", "write the answers as a list below it"),
            Self::Html => ("HTML is no element", "write a list in Markdown: `- **Name** — text`"),
            Self::Headings => {
                ("a heading is no element", "write a list below it: `- **Name** — text`")
            }
            Self::Comment => ("a comment is no element, nor shown", ""),
            Self::Signs => ("signs without a word are no element", ""),
            Self::Nothing => ("", ""),
        };
        (what, help.to_owned())
    }

    /// Adds what the block contains to a diagnostic; `prompt` asks for what could be in it.
    fn say(self, diagnostic: Diagnostic, prompt: &str) -> Diagnostic {
        let (what, help) = self.words();
        let diagnostic = if what.is_empty() { diagnostic } else { diagnostic.label(what) };
        diagnostic.help(if help.is_empty() { prompt.to_owned() } else { help })
    }
}

/// A block exists but has no element; `prompt` asks for what could be in it.
pub fn empty_block(place: Location, label: &str, instead: Instead<'_>, prompt: &str) -> Diagnostic {
    let message = format!("{label} has no element");
    instead.say(Diagnostic::new("empty-block", Severity::Advice, place, message), prompt)
}

/// No block of a canvas has an element; `instead` is in the first that has anything.
pub fn empty_canvas(place: Location, instead: Instead<'_>, prompt: &str) -> Diagnostic {
    let message = "no block of this canvas has an element";
    instead.say(Diagnostic::new("empty-block", Severity::Advice, place, message), prompt)
}
