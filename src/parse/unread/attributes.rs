//! Braces that look like attributes and are shown as text.

use std::ops::Range;

use super::{Walk, near};
use crate::diagnostic::catalogue;
use crate::source::Span;

impl Walk<'_, '_> {
    /// Checks the braces of a text.
    pub(super) fn braces(&mut self, range: &Range<usize>) {
        let text = self.text;
        for (at, _) in text[range.clone()].match_indices('{') {
            let open = range.start + at;
            // Places come in order, so those before this one are skipped once.
            while self.hidden.first().is_some_and(|list| list.end as usize <= open) {
                self.hidden = &self.hidden[1..];
            }
            let is_read = self.hidden.first().is_some_and(|list| list.start as usize <= open);
            // Most are the ids that were read.
            if is_read {
                continue;
            }
            let line_end = self.line_end(open);
            if !is_meant(&text[..open], &text[open + 1..line_end]) {
                continue;
            }
            let list = near(&text[open..line_end]);
            let Some(end) = list.find('}').map(|end| open + end + 1) else {
                let end = open + list.trim_end().len();
                self.tell(open..end, catalogue::braces_never_closed);
                continue;
            };
            let is_title = self.title.is_some_and(|title| title.contains(Span::new(open, end)));
            self.tell(
                open..end,
                match is_title {
                    true => catalogue::attributes_of_title,
                    false => catalogue::unread_attributes,
                },
            );
        }
    }
}

/// Whether a brace between these texts is meant to open a list: `#id`, `.class` or `key =` follows.
/// Formulas (`x_{i=1}`) and the signs of templates (`{{#if a}}`) have braces too.
fn is_meant(before: &str, behind: &str) -> bool {
    if before.ends_with(|c: char| c.is_alphanumeric() || "{_^\\$#%&=([".contains(c)) {
        return false;
    }
    let first = behind.trim_start_matches([' ', '\t']);
    if let Some(name) = first.strip_prefix(['#', '.']) {
        return name.starts_with(char::is_alphabetic);
    }
    let is_key = |c: char| c.is_alphabetic() || c == '-' || c == '_';
    let value = first.trim_start_matches(is_key);
    first.len() - value.len() > 1 && value.trim_start_matches([' ', '\t']).starts_with('=')
}
