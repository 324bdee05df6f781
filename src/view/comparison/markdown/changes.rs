//! The changes, in a comment: the gravest first.

use std::cmp::Reverse;

use super::escaped::escaped;
use super::{Comment, MOST_BYTES};
use crate::comparison::word_diff::{self, Piece};
use crate::comparison::{Change, ChangeKind, Outcome};
use crate::source::SourcePath;
use crate::view::comparison::{said, sign};
use crate::view::edition::shortened;

/// How many changes are open.
const OPEN: usize = 5;

/// How many characters of a name are shown.
pub(super) const NAME: usize = 100;

/// How many characters of a text are shown.
const TEXT: usize = 240;

/// How many characters are shown before and after a difference in a text.
const AROUND: usize = 40;

impl Comment<'_> {
    /// The changes, those of one element in one item.
    pub(super) fn changes(&mut self) {
        let changes = &self.comparison.changes;
        if changes.is_empty() {
            return;
        }
        let mut items: Vec<&[Change]> = changes
            .chunk_by(|a, b| a.element.is_some() && a.element == b.element && a.canvas == b.canvas)
            .collect();
        items.sort_by_key(|changes| Reverse(changes.iter().map(|change| change.level).max()));
        let items = items.into_iter().map(|changes| self.item(changes)).collect();
        self.text.push_str(&format!("### {}\n\n", self.word("diff_changes")));
        let room = self.room(MOST_BYTES);
        self.list(items, OPEN, room);
    }

    fn item(&self, changes: &[Change]) -> String {
        let first = &changes[0];
        let level = changes.iter().map(|change| change.level).max().unwrap_or(first.level);
        let what = first.element.as_ref().map(|element| self.bold(&escaped(&element.name, NAME)));
        let place = self.place(&first.canvas, first.block.as_deref());
        let level = self.word(&format!("level_{level}"));
        let aside = self.aside(&[place, level].join(" · "));
        let values: Vec<String> = changes.iter().map(|change| self.said(change)).collect();
        let values =
            values.into_iter().filter(|said| !said.is_empty()).collect::<Vec<_>>().join("; ");
        let sign = self.sign(sign(Outcome::of(first.kind)));
        match what {
            Some(what) if values.is_empty() => format!("{sign} {what}{aside}"),
            Some(what) => format!("{sign} {what}{aside}: {values}"),
            None => format!("{sign} {values}{aside}"),
        }
    }

    /// The canvas and the block that something is in.
    pub(super) fn place(&self, canvas: &SourcePath, block: Option<&str>) -> String {
        let title = escaped(self.handbooks.title(canvas), NAME);
        let label = block.map(|id| escaped(self.handbooks.label(canvas, id).unwrap_or(id), NAME));
        // The heading names the only canvas.
        let is_named = matches!(&self.comparison.canvases[..], [one] if self.handbooks.paths(one).contains(&Some(canvas.as_str())));
        match label {
            Some(label) if is_named => label,
            Some(label) => format!("{title} · {label}"),
            None => title,
        }
    }

    /// A change, and its values before and after.
    pub(super) fn said(&self, change: &Change) -> String {
        let said = said(self.handbooks, change, self.words);
        let values = match (&said.from, &said.to) {
            (Some(from), Some(to)) if change.kind == ChangeKind::Move => {
                format!("{} → {}", escaped(from, TEXT), escaped(to, TEXT))
            }
            (Some(from), Some(to)) => self.compared(from, to),
            (Some(from), None) => self.cut(from),
            (None, Some(to)) => self.added(to),
            (None, None) => String::new(),
        };
        let what = escaped(&said.what, NAME);
        match (what.is_empty(), values.is_empty()) {
            (true, _) => values,
            (false, true) => what,
            (false, false) => format!("{what}: {values}"),
        }
    }

    fn cut(&self, text: &str) -> String {
        let text = escaped(text, TEXT);
        if self.is_plain() { format!("&#91;-{text}-&#93;") } else { format!("<del>{text}</del>") }
    }

    fn added(&self, text: &str) -> String {
        let text = escaped(text, TEXT);
        if self.is_plain() { format!("&#123;+{text}+&#125;") } else { format!("<ins>{text}</ins>") }
    }

    /// Two texts as one, with little of what is equal in both.
    fn compared(&self, before: &str, after: &str) -> String {
        let pieces = word_diff::compare(before, after);
        let last = pieces.len().saturating_sub(1);
        let mut text = String::new();
        for (at, piece) in pieces.iter().enumerate() {
            if text.len() > 4 * TEXT {
                text.push_str(" …");
                break;
            }
            text.push_str(&match piece {
                Piece::Same(same) => around(same, at > 0, at < last),
                Piece::Cut(cut) => self.cut(cut),
                Piece::Added(added) => self.added(added),
            });
        }
        text.truncate(text.trim_end().len());
        text
    }
}

/// The equal part of two texts, cut where it is far from a difference.
fn around(same: &str, is_behind: bool, is_before: bool) -> String {
    let count = same.chars().count();
    let room = AROUND * (usize::from(is_behind) + usize::from(is_before));
    if count <= room.max(AROUND) + 10 {
        return kept(same);
    }
    let mut text = String::new();
    if is_behind {
        let head = shortened(same.into(), AROUND);
        text.push_str(&kept(head.trim_end_matches(" …")));
    }
    text.push_str(" … ");
    if is_before {
        let tail: usize = same.char_indices().nth(count - AROUND).map_or(0, |(at, _)| at);
        let tail = &same[tail..];
        text.push_str(&kept(tail.find(char::is_whitespace).map_or(tail, |at| &tail[at + 1..])));
    }
    text
}

/// A piece of a text with the blanks at its ends, which separate it from its neighbours.
fn kept(piece: &str) -> String {
    let blank = |is_there: bool| if is_there { " " } else { "" };
    let bare = piece.trim();
    let (before, behind) = (
        blank(piece.starts_with(char::is_whitespace)),
        blank(piece.ends_with(char::is_whitespace)),
    );
    format!("{before}{}{behind}", escaped(bare, usize::MAX))
}
