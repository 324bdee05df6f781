//! Blocks of code that nobody meant, and lists that are not indented enough.

use std::ops::Range;

use super::Walk;
use crate::diagnostic::catalogue;

impl Walk<'_, '_> {
    /// Checks that a block of code between fences has both. Returns whether it has.
    pub(super) fn fence(&mut self, range: &Range<usize>) -> bool {
        let code = self.text[range.clone()].trim_end();
        let first = code.lines().next().unwrap_or("");
        let mark = first.chars().next().unwrap_or('`');
        let length = first.len() - first.trim_start_matches(mark).len();
        // A quotation and a list begin the last line with signs of their own.
        let last = code.lines().next_back().unwrap_or("");
        let last = last.trim_start_matches(|c: char| c.is_whitespace() || c == '>').trim_end();
        let ends = code.lines().nth(1).is_some()
            && last.len() >= length
            && last.chars().all(|character| character == mark);
        if !ends {
            let fence = mark.to_string().repeat(length);
            let line = range.start..range.start + first.trim_end().len();
            self.tell(line, |place| catalogue::code_never_closed(place, &fence));
        }
        ends
    }

    /// Checks whether code without a language between fences at the margin is mostly a list.
    pub(super) fn fenced_list(&mut self, range: &Range<usize>) {
        let before = self.text[..range.start].chars().next_back();
        let code = self.text[range.clone()].trim_end();
        let ends = code.find('\n').zip(code.rfind('\n'));
        let inside = ends.and_then(|(first, last)| code.get(first + 1..last));
        let Some(inside) = inside.filter(|_| before.is_none_or(|before| before == '\n')) else {
            return;
        };
        let lines = || inside.lines().map(str::trim_start).filter(|line| !line.is_empty());
        let items = lines().filter(|line| begins_item(line) || line.starts_with('•')).count();
        if items >= 2 && items * 2 >= lines().count() {
            let range = range.start..range.start + code.len();
            self.tell(range, |place| catalogue::fenced_list(place, inside));
        }
    }

    /// Checks whether indented code is a list.
    pub(super) fn indented(&mut self, range: &Range<usize>) {
        let text = self.text;
        let line_start = text[..range.start].rfind('\n').map_or(0, |before| before + 1);
        let is_blank = |c: char| c == ' ' || c == '\t';
        // Within a quotation or a list, the line begins with signs of these.
        if !text[line_start..range.start].chars().all(is_blank) {
            return;
        }
        let code = text[line_start..range.end].trim_end();
        let indent = &code[..code.len() - code.trim_start_matches(is_blank).len()];
        if !begins_item(&code[indent.len()..]) {
            return;
        }
        let lines = code.split('\n').map(|line| line.strip_prefix(indent).unwrap_or(line));
        let mended = lines.collect::<Vec<_>>().join("\n");
        self.tell(line_start..line_start + code.len(), |place| {
            catalogue::list_as_code(place, &mended)
        });
    }

    /// Checks whether a list is indented below a number, but not as far as the text after the number, where
    /// it would belong to that.
    pub(super) fn below_number(&mut self, list: &Range<usize>) {
        let text = self.text;
        let above = text[self.numbered.clone()].trim_end();
        let gap = text.get(self.numbered.start + above.len()..list.start).unwrap_or("x");
        let indent = |at: usize| {
            let before = &text[..at];
            before.len() - before.trim_end_matches([' ', '\t']).len()
        };
        let written = &text[list.clone()];
        let start = list.end - written.trim_start().len();
        if !above.is_empty() && gap.trim().is_empty() && indent(start) > indent(self.numbered.start)
        {
            let first = start..self.line_end(start);
            self.tell(first, catalogue::list_beside_number);
        }
    }
}

/// Whether a line begins like an item of a list.
pub(super) fn begins_item(line: &str) -> bool {
    let digits = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let behind = match line.len() - digits.len() {
        0 => line.strip_prefix(['-', '*', '+']),
        _ => digits.strip_prefix(['.', ')']),
    };
    behind.is_some_and(|behind| behind.starts_with([' ', '\t']) && !behind.trim().is_empty())
}
