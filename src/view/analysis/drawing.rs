//! A drawing of a whole canvas: blocks in columns, each after those that it depends on, and a curve for each
//! relation.
//!
//! A page may have no styles, so positions are attributes of SVG. The sections of the page have the same as
//! text; the drawing is legible without colour.

use std::fmt::Write as _;

use unicode_width::UnicodeWidthChar;

use super::Analysis;
use crate::kind::{BlockIndex, Kind};
use crate::language;
use crate::view::areas;
use crate::view::edition::Edition;
use crate::view::escape;

/// More elements or relations make no useful picture.
const MOST_ELEMENTS: usize = 240;
const MOST_RELATIONS: usize = 1_000;

/// Sizes, in the units of the drawing. A column is as wide as a line of [`LINE_LENGTH`] characters. Its width and
/// middle, and the heights of one and two lines, are in the style sheet as well, since each element would repeat
/// them.
const COLUMN: u32 = 176;
const BETWEEN_COLUMNS: u32 = 60;
const LINE: u32 = 15;
const PADDING: u32 = 5;
const BETWEEN_ELEMENTS: u32 = 6;
const LABEL: u32 = 22;
const BETWEEN_BLOCKS: u32 = 20;

/// How many characters of usual width are a line of a name; a name has two lines.
const LINE_LENGTH: usize = 25;

/// An element on the drawing.
#[derive(Clone, Default)]
struct Drawn {
    /// Its column, from 0.
    column: u32,
    top: u32,
    lines: Vec<String>,
    /// Whether the lines leave something out.
    is_cut: bool,
    is_related: bool,
}

impl Drawn {
    fn height(&self) -> u32 {
        u32::try_from(self.lines.len()).unwrap_or(1) * LINE + 2 * PADDING
    }

    fn middle(&self) -> u32 {
        self.top + self.height() / 2
    }
}

impl Analysis<'_> {
    /// The drawing; empty if nothing is related or there is too much of it.
    pub(super) fn drawing(&self) -> String {
        let relations = &self.entry.relations;
        let is_drawn = (1..=MOST_RELATIONS).contains(&relations.len())
            && self.canvas.elements.len() <= MOST_ELEMENTS;
        if !is_drawn {
            return String::new();
        }
        let blocks = self.blocks_by_column();
        let columns = blocks.last().map_or(1, |(column, _)| column + 1);
        let is_mirrored = language::direction(self.edition.language(self.index)) == "rtl";
        let left = |column: u32| {
            let column = if is_mirrored { columns - 1 - column } else { column };
            column * (COLUMN + BETWEEN_COLUMNS)
        };
        let (drawn, labels, height) = self.place(&blocks);
        let width = columns * (COLUMN + BETWEEN_COLUMNS) - BETWEEN_COLUMNS;
        let mut svg = format!(
            "<svg class=\"drawing\" role=\"group\" aria-labelledby=\"_drawing\" viewBox=\"-1 0 {} {height}\">\n",
            width + 2
        );
        let (mut carried, mut loose) = (String::new(), String::new());
        for relation in relations {
            let kind = relation.verb.map(|verb| &self.canvas.kind.relations[usize::from(verb)]);
            let is_carried = kind.is_some_and(|relation| relation.dependence().is_some());
            let [from, to] = [relation.from, relation.to].map(|element| &drawn[element as usize]);
            let curves = if is_carried { &mut carried } else { &mut loose };
            push_curve(curves, [from, to].map(|it| (left(it.column), it.middle())));
        }
        for (curves, class) in [(carried, ""), (loose, " class=\"loose\"")] {
            if !curves.is_empty() {
                let _ = writeln!(svg, "<path{class} d=\"{curves}\"/>");
            }
        }
        for ((column, block), label) in blocks.iter().zip(labels) {
            let area = areas::class(&self.canvas.kind, *block);
            let left = left(*column);
            let _ = write!(
                svg,
                "<g class=\"{area}\" transform=\"translate({left})\"><text class=\"label\" y=\"{label}\">"
            );
            escape::text(&mut svg, &self.edition.block_label(self.index, *block));
            svg.push_str("</text>");
            for (element, _) in self.canvas.elements.in_block(*block) {
                self.push_element(&mut svg, element, &drawn[element as usize]);
            }
            svg.push_str("</g>\n");
        }
        svg + "</svg>\n"
    }

    /// The blocks that have elements, sorted by their columns without gaps between these.
    fn blocks_by_column(&self) -> Vec<(u32, BlockIndex)> {
        let depths = depths(&self.canvas.kind);
        let elements = &self.canvas.elements;
        let written =
            self.canvas.kind.indexes().filter(|block| elements.in_block(*block).next().is_some());
        let mut blocks: Vec<(u32, BlockIndex)> =
            written.map(|block| (depths[usize::from(block.0)], block)).collect();
        blocks.sort_unstable();
        let (mut column, mut last) = (0, blocks.first().map_or(0, |(depth, _)| *depth));
        for (depth, _) in &mut blocks {
            if *depth != last {
                column += 1;
                last = *depth;
            }
            *depth = column;
        }
        blocks
    }

    /// The positions of each element and of the label of each block, and the total height.
    fn place(&self, blocks: &[(u32, BlockIndex)]) -> (Vec<Drawn>, Vec<u32>, u32) {
        let mut drawn = vec![Drawn::default(); self.canvas.elements.len()];
        let (mut labels, mut height, mut top, mut last) = (Vec::new(), 0, 0, 0);
        for (column, block) in blocks {
            if *column != last {
                (top, last) = (0, *column);
            }
            labels.push(top + LINE);
            top += LABEL;
            for (element, _) in self.canvas.elements.in_block(*block) {
                let title = Edition::element_title(&self.entry.document, element);
                let (lines, is_cut) = lines(&title);
                let is_related = self.neighbours.of(element).next().is_some();
                let placed = Drawn { column: *column, top, lines, is_cut, is_related };
                top += placed.height() + BETWEEN_ELEMENTS;
                drawn[element as usize] = placed;
            }
            height = height.max(top);
            top += BETWEEN_BLOCKS;
        }
        (drawn, labels, height)
    }

    fn push_element(&self, svg: &mut String, element: u32, drawn: &Drawn) {
        svg.push_str("<a href=\"");
        self.push_section_url(svg, element);
        svg.push_str("\">");
        if drawn.is_cut {
            svg.push_str("<title>");
            escape::text(svg, &Edition::element_title(&self.entry.document, element));
            svg.push_str("</title>");
        }
        let class = match (drawn.is_related, drawn.lines.len() > 1) {
            (true, false) => "",
            (false, false) => " class=\"loose\"",
            (true, true) => " class=\"two\"",
            (false, true) => " class=\"loose two\"",
        };
        let _ = write!(svg, "<rect{class} y=\"{}\"/>", drawn.top);
        for (line, text) in (1..).zip(&drawn.lines) {
            let baseline = drawn.top + PADDING + line * LINE - 4;
            let _ = write!(svg, "<text y=\"{baseline}\">");
            escape::text(svg, text);
            svg.push_str("</text>");
        }
        svg.push_str("</a>");
    }
}

/// The number of steps before each block of a kind: those that it depends on come before it, and a block that
/// depends on nothing but is related to something comes after that.
fn depths(kind: &Kind) -> Vec<u32> {
    let count = kind.blocks.len();
    let last = u32::try_from(count).unwrap_or(u32::MAX).saturating_sub(1);
    let mut depths = vec![0; count];
    // Each round extends the depths by one step; circles end with the rounds.
    for _ in 0..count {
        for (of, on) in kind.relations.iter().filter_map(|relation| relation.dependence()) {
            let behind = (depths[usize::from(on.0)] + 1).min(last);
            let depth = &mut depths[usize::from(of.0)];
            *depth = behind.max(*depth);
        }
    }
    let depends = |block: BlockIndex| {
        let mut ends = kind.relations.iter().filter_map(|relation| relation.dependence());
        ends.any(|(of, on)| of == block || on == block)
    };
    for block in kind.indexes().filter(|block| !depends(*block)) {
        let others = kind.relations.iter().filter_map(|relation| match relation {
            it if it.from == block => Some(it.to),
            it if it.to == block => Some(it.from),
            _ => None,
        });
        let others = others.filter(|other| depends(*other));
        let before = others.map(|other| depths[usize::from(other.0)]).max();
        depths[usize::from(block.0)] = before.map_or(0, |before| (before + 1).min(last));
    }
    depths
}

/// Appends the path from one element to another, each given as its left edge and its middle.
fn push_curve(svg: &mut String, mut ends: [(u32, u32); 2]) {
    ends.sort_unstable();
    let [(from, y), (to, end)] = ends;
    let start = from + COLUMN;
    let down = i64::from(end) - i64::from(y);
    let bend = BETWEEN_COLUMNS * 2 / 3;
    // From its beginning, since that is shorter.
    let _ = if from == to {
        // Both are in one column: out on one side and back.
        write!(svg, "M{start} {y}c{bend} 0 {bend} {down} 0 {down}")
    } else {
        let across = to - start;
        write!(svg, "M{start} {y}c{bend} 0 {} {down} {across} {down}", across - bend)
    };
}

/// A name in up to two lines, and whether they leave something out.
fn lines(title: &str) -> (Vec<String>, bool) {
    let width = |c: char| c.width().unwrap_or(0);
    let mut lines = Vec::new();
    let mut rest = title.trim();
    while !rest.is_empty() && lines.len() < 2 {
        let mut taken = 0;
        let fits = rest.char_indices().find(|(_, c)| {
            taken += width(*c);
            taken > LINE_LENGTH
        });
        let Some((end, _)) = fits else {
            lines.push(rest.to_owned());
            return (lines, false);
        };
        // Between words, except within a single long one, or in a script without blanks.
        let blank =
            rest[..end].rfind(char::is_whitespace).filter(|_| !rest[end..].starts_with(' '));
        let end = blank.filter(|blank| *blank > 0).unwrap_or(end);
        lines.push(rest[..end].trim_end().to_owned());
        rest = rest[end..].trim_start();
    }
    let is_cut = !rest.is_empty();
    if let Some(last) = lines.last_mut().filter(|_| is_cut) {
        last.push('…');
    }
    (lines, is_cut)
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::kind::tests::built_in;

    #[test]
    fn blocks_are_behind_those_that_they_depend_on() {
        let mut text = String::new();
        for (_, kind) in built_in().iter() {
            let depths = depths(kind);
            let mut blocks: Vec<_> =
                depths.iter().zip(&kind.blocks).map(|(depth, block)| (depth, &block.id)).collect();
            blocks.sort_by_key(|(depth, _)| **depth);
            for (depth, id) in blocks {
                let _ = writeln!(text, "{depth} {id}");
            }
            text.push('\n');
        }
        expect![[r#"
            0 key-partners
            1 key-resources
            2 key-activities
            3 value-propositions
            3 customer-relationships
            3 cost-structure
            4 channels
            4 customer-segments
            5 revenue-streams

            0 key-metrics
            0 unfair-advantage
            1 solution
            2 value-propositions
            2 cost-structure
            3 channels
            3 customer-segments
            4 problem
            4 revenue-streams

            0 key-partners
            1 key-resources
            2 key-activities
            3 value-propositions
            3 buy-in-and-support
            3 mission-budget
            4 deployment
            4 beneficiaries
            5 mission-achievement

            0 product
            1 vision
            1 target-group
            1 business-goals
            2 needs

            0 strengths
            0 weaknesses
            0 opportunities
            0 threats

        "#]]
        .assert_eq(&text);
    }

    #[test]
    fn the_style_sheet_has_the_sizes_of_the_drawing() {
        let sheet = include_str!("../../../themes/default/assets/analysis.css");
        let (one, two) = (LINE + 2 * PADDING, 2 * LINE + 2 * PADDING);
        let elements = format!(".drawing rect {{ width: {COLUMN}px; height: {one}px;");
        let two_lines = format!(".drawing .two {{ height: {two}px;");
        let texts = format!(".drawing text {{ transform: translate({}px);", COLUMN / 2);
        for rule in [elements, two_lines, texts] {
            assert!(sheet.contains(&rule), "{rule}");
        }
    }

    #[test]
    fn names_are_cut_between_words() {
        for (title, expected) in [
            ("Roast profiling", "Roast profiling"),
            ("A consistent cup for whoever buys it", "A consistent cup for | whoever buys it"),
            (
                "One name that is much too long to be read on a drawing of everything",
                "One name that is much too | long to be read on a…",
            ),
            ("Donaudampfschifffahrtsgesellschaft", "Donaudampfschifffahrtsges | ellschaft"),
            (
                "毎朝十時までに焙煎した豆を全店に届ける配達の仕組み",
                "毎朝十時までに焙煎した豆 | を全店に届ける配達の仕組…",
            ),
            ("", ""),
        ] {
            assert_eq!(lines(title).0.join(" | "), expected, "{title}");
        }
    }
}
