//! Pages that look like a canvas, but whose labels are in a form that is not read.

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::diagnostic::catalogue;
use crate::kind::labels::Named;
use crate::kind::{BlockIndex, KindIndex, Kinds};
use crate::parse::Reader;
use crate::source::{Location, Span};

/// A longer text is not a label.
const LONGEST: usize = 80;

/// The forms of labels that name no block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Shape {
    Lines,
    Items,
    Rows,
    Columns,
    Html,
}

impl Shape {
    fn name(self) -> &'static str {
        match self {
            Self::Lines => "as lines of text",
            Self::Items => "as items of a list",
            Self::Rows => "as rows of a table",
            Self::Columns => "as columns of a table",
            Self::Html => "in HTML",
        }
    }
}

/// Reports the page if it has enough labels of one kind in one form to be a canvas.
pub(in crate::parse) fn tell(reader: &mut Reader<'_, '_>, kinds: &Kinds) {
    let mut look = ShapeSearch { text: reader.text, kinds, met: BTreeMap::new() };
    let (mut items, mut is_code, mut is_head) = (0usize, false, false);
    // The cells of the row.
    let mut cells: Vec<Range<usize>> = Vec::new();
    for (event, range) in reader.events {
        match event {
            Event::Start(Tag::CodeBlock(_)) => is_code = true,
            Event::End(TagEnd::CodeBlock) => is_code = false,
            Event::Start(Tag::Item) => {
                items += 1;
                look.item(range);
            }
            Event::End(TagEnd::Item) => items = items.saturating_sub(1),
            Event::Start(Tag::Paragraph) if items == 0 => look.paragraph(range),
            Event::Start(Tag::TableHead | Tag::TableRow) => {
                is_head = matches!(event, Event::Start(Tag::TableHead));
                cells.clear();
            }
            Event::Start(Tag::TableCell) => cells.push(range.clone()),
            Event::End(TagEnd::TableHead | TagEnd::TableRow) => look.row(&cells, is_head),
            Event::Html(_) if !is_code => look.html(range),
            _ => {}
        }
    }
    let is_enough = |kind: KindIndex, named: &[Met]| {
        named.len() >= kinds.get(kind).at_least && named.iter().any(|(.., decides)| *decides)
    };
    let enough = look.met.into_iter().filter(|((_, kind), named)| is_enough(*kind, named));
    // If several have equally many, the first form and kind.
    let most = enough.rev().max_by_key(|(_, blocks)| blocks.len());
    if let Some(((shape, _), blocks)) = most {
        let labels: Vec<&str> = blocks.iter().map(|(_, span, _)| span.of(reader.text)).collect();
        let place = Location::new(reader.path, blocks[0].1);
        reader.diagnostics.push(catalogue::unread_canvas(place, &labels, shape.name()));
    }
}

/// A block that is named, its first place, and whether the label there is not an everyday word.
type Met = (BlockIndex, Span, bool);

struct ShapeSearch<'l> {
    text: &'l str,
    kinds: &'l Kinds,
    /// The distinct blocks of each kind that are named in each form.
    met: BTreeMap<(Shape, KindIndex), Vec<Met>>,
}

impl ShapeSearch<'_> {
    /// Checks lines that are a label, or begin with one and a colon.
    fn paragraph(&mut self, range: &Range<usize>) {
        let lines = self.text[range.clone()].trim_end().split_inclusive('\n');
        let is_alone = lines.clone().nth(1).is_none();
        let mut at = range.start;
        for line in lines {
            match line.split_once([':', '：']) {
                Some((label, _)) => self.meet(Shape::Lines, at, label),
                None if is_alone => self.meet(Shape::Lines, at, line),
                None => {}
            }
            at += line.len();
        }
    }

    /// Checks an item that begins with a label and continues.
    fn item(&mut self, range: &Range<usize>) {
        let whole = self.text[range.clone()].trim_end();
        let bare = whole.trim_start_matches(|c: char| c.is_ascii_digit());
        let bare = bare.trim_start_matches(['.', ')', '-', '*', '+']).trim_start();
        let at = range.start + whole.len() - bare.len();
        let line = bare.split(['\n', '\r']).next().unwrap_or(bare);
        let label = line.split_once([':', '：']).map_or(line, |(label, _)| label);
        if label.len() < bare.len() {
            self.meet(Shape::Items, at, label);
        }
    }

    /// Checks a row whose first cell is a label and whose others have texts, or the head.
    fn row(&mut self, cells: &[Range<usize>], is_head: bool) {
        let says = |cell: &Range<usize>| self.text[cell.clone()].contains(char::is_alphanumeric);
        if is_head {
            cells
                .iter()
                .for_each(|cell| self.meet(Shape::Columns, cell.start, &self.text[cell.clone()]));
        } else if cells.iter().skip(1).any(says) {
            self.meet(Shape::Rows, cells[0].start, &self.text[cells[0].clone()]);
        }
    }

    /// Checks the texts between tags.
    fn html(&mut self, range: &Range<usize>) {
        let mut at = range.start;
        for piece in self.text[range.clone()].split_inclusive(['<', '>']) {
            let words = piece.trim_end_matches('<');
            if words.len() < piece.len() {
                self.meet(Shape::Html, at, words);
            }
            at += piece.len();
        }
    }

    /// Counts a text that may be a label.
    fn meet(&mut self, shape: Shape, at: usize, written: &str) {
        let is_sign = |c: char| c.is_whitespace() || matches!(c, '*' | '_' | '|');
        let label = written.trim_matches(is_sign);
        // A link leads to a block elsewhere.
        if label.is_empty() || label.len() > LONGEST || label.contains(['[', '`', '<']) {
            return;
        }
        let Some(found) = self.kinds.label(label) else { return };
        let start = at + written.len() - written.trim_start_matches(is_sign).len();
        let span = Span::new(start, start + label.len());
        for sense in &*found.senses {
            let Named::Block(block) = sense.names else { continue };
            let blocks = self.met.entry((shape, sense.kind)).or_default();
            if blocks.iter().all(|(known, ..)| *known != block) {
                blocks.push((block, span, sense.is_decisive()));
            }
        }
    }
}
