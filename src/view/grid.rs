//! The shape of a kind's poster as markup, and the style that it needs.
//!
//! Pages may hold no styles. So a band of columns carries a class, and the published style sheet ends
//! with the widths of each class as custom properties ([`style`]). From which width on these count, and
//! what a poster looks like on narrower screens, is for the theme's style sheet to say.

use std::fmt::Write as _;

use crate::kind::poster::{Column, Grid, Part, Place};
use crate::kind::{Attribution, BlockIndex, Kind};
use crate::view::escape;
use crate::view::words::Words;

/// The blocks of a column of so much of the poster's width flow in two columns.
const BROAD: f32 = 0.28;
/// The blocks of a column of so much of its width flow in three columns on a dense poster.
const HALF: f32 = 0.4;

/// A step of the walk over a poster, in the order of its markup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// A `div` starts.
    Start(Div),
    /// A block.
    Block(BlockIndex),
    /// The `div` that started last ends.
    End,
}

/// A band of columns, a grid of places or a column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Div {
    /// `band`, `grid` or `column`.
    class: &'static str,
    /// How the blocks of a column flow: `half`, `broad`, or empty.
    flow: &'static str,
    /// Whether it takes the room that is left on a sheet of paper.
    is_tall: bool,
    /// Whether it has a row of its own where only two columns fit beside each other.
    is_across: bool,
    /// Whether it leaves two thirds of such a row to the column beside it.
    is_narrow: bool,
    /// The number of the class that has its widths or its place, if it needs one.
    own: Option<usize>,
}

impl Div {
    /// Its classes, for the poster of a kind.
    pub(super) fn classes(self, kind: &Kind) -> String {
        let flags =
            [(self.is_tall, "tall"), (self.is_across, "across"), (self.is_narrow, "narrow")];
        let flags = flags.into_iter().filter(|(is_set, _)| *is_set).map(|(_, class)| class);
        let mut classes = self.class.to_owned();
        for class in Some(self.flow).filter(|flow| !flow.is_empty()).into_iter().chain(flags) {
            classes.push(' ');
            classes.push_str(class);
        }
        if let Some(own) = self.own_class(kind) {
            classes.push(' ');
            classes.push_str(&own);
        }
        classes
    }

    /// The class that has its widths or its place.
    pub(super) fn own_class(self, kind: &Kind) -> Option<String> {
        self.own.map(|number| own_class(kind, number))
    }
}

fn own_class(kind: &Kind, number: usize) -> String {
    format!("kind-{}-{number}", kind.id)
}

/// Walks over the poster of a kind.
pub fn steps(kind: &Kind) -> Vec<Step> {
    walk(kind).steps
}

/// Whose a kind is and under which licence, with links; `None` if it says neither.
pub fn attribution(kind: &Kind, words: &Words) -> Option<String> {
    let Attribution { author, url, license, license_url, .. } = kind.attribution.as_ref()?;
    let link = |title: &str, rel: &str, url: &str| {
        let mut link = format!("<a{rel} href=\"");
        escape::attribute(&mut link, url);
        link.push_str("\">");
        escape::text(&mut link, title);
        link + "</a>"
    };
    let mut html = String::new();
    escape::text(&mut html, &words.get("attribution").replace("{kind}", &kind.title));
    let html = html.replace("{author}", &link(author, "", url));
    Some(html.replace("{license}", &link(license, " rel=\"license\"", license_url)))
}

/// The declarations of the posters of some kinds, to be appended to the theme's style sheet.
pub fn style<'k>(kinds: impl IntoIterator<Item = &'k Kind>) -> String {
    let mut rules: Vec<(String, String)> = Vec::new();
    for kind in kinds {
        for (number, rule) in (1..).zip(walk(kind).rules) {
            let (class, properties) = (own_class(kind, number), rule.properties());
            // Kinds that look alike share what they declare.
            match rules.iter_mut().find(|(_, known)| *known == properties) {
                Some((classes, _)) => {
                    let _ = write!(classes, ",.{class}");
                }
                None => rules.push((class, properties)),
            }
        }
    }
    let mut style = String::new();
    for (classes, properties) in rules {
        let _ = write!(style, ".{classes}{{{properties}}}");
    }
    if style.is_empty() { style } else { format!("@layer poster{{{style}}}") }
}

/// What a class of its own declares.
enum Rule<'k> {
    /// The columns of a band or a grid.
    Widths(Vec<u32>),
    /// The place of a column in a grid.
    Place(&'k Place),
}

impl Rule<'_> {
    fn properties(&self) -> String {
        match self {
            Self::Widths(widths) => format!("--columns:{}", tracks(widths)),
            Self::Place(Place { rows, columns, .. }) => {
                let (top, bottom) = (rows.start + 1, rows.end + 1);
                format!("--place:{top}/{}/{bottom}/{}", columns.start + 1, columns.end + 1)
            }
        }
    }
}

fn walk(kind: &Kind) -> Walk<'_> {
    let mut walk = Walk { kind, steps: Vec::new(), rules: Vec::new() };
    let parts = &kind.poster.parts;
    let tallest = parts.iter().map(rows).max().unwrap_or(0);
    for part in parts {
        let is_tall = rows(part) == tallest;
        match part {
            Part::Block(block) => walk.column(Share::WHOLE, is_tall, *block),
            Part::Band(columns) => walk.band(columns, Share::WHOLE, is_tall),
            Part::Grid(grid) => walk.grid(grid, Share::WHOLE, is_tall),
        }
    }
    walk
}

/// How many blocks a part has below each other.
fn rows(part: &Part) -> usize {
    match part {
        Part::Block(_) => 1,
        Part::Band(columns) => {
            let column = |column: &Column| column.parts.iter().map(rows).sum::<usize>();
            columns.iter().map(column).max().unwrap_or(0)
        }
        Part::Grid(grid) => grid.places.iter().map(|place| place.rows.end).max().unwrap_or(0),
    }
}

/// How much of the poster's width a column has: 1 is the whole.
#[derive(Clone, Copy)]
pub(super) struct Share(pub f32);

impl Share {
    /// The whole poster.
    pub(super) const WHOLE: Self = Self(1.0);

    /// The share of each of several columns that have this one together.
    pub(super) fn split(self, widths: &[u32]) -> impl Iterator<Item = Self> {
        let all: f32 = widths.iter().map(|width| thousandths(*width)).sum();
        widths.iter().map(move |width| Self(self.0 * thousandths(*width) / all))
    }

    /// The share of several columns together.
    pub(super) fn sum(columns: &[Self]) -> Self {
        Self(columns.iter().map(|share| share.0).sum())
    }

    /// In how many columns the blocks flow.
    pub(super) fn flow(self, is_dense: bool) -> usize {
        match self.class() {
            "half" if is_dense => 3,
            "" => 1,
            _ => 2,
        }
    }

    /// The class of a column with blocks that flow so.
    fn class(self) -> &'static str {
        if self.0 >= HALF {
            "half"
        } else if self.0 >= BROAD {
            "broad"
        } else {
            ""
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "a width has few digits")]
fn thousandths(width: u32) -> f32 {
    width as f32
}

struct Walk<'k> {
    kind: &'k Kind,
    steps: Vec<Step>,
    rules: Vec<Rule<'k>>,
}

impl<'k> Walk<'k> {
    /// The number of a class of its own.
    fn own(&mut self, rule: Rule<'k>) -> Option<usize> {
        self.rules.push(rule);
        Some(self.rules.len())
    }

    /// The number of the class that has the widths, if not all are equal.
    fn widths(&mut self, widths: Vec<u32>) -> Option<usize> {
        let is_uneven = widths.iter().any(|width| *width != widths[0]);
        if is_uneven { self.own(Rule::Widths(widths)) } else { None }
    }

    /// A column that is one block, beside no other.
    fn column(&mut self, share: Share, is_tall: bool, block: BlockIndex) {
        let (class, flow) = ("column", share.class());
        let column = Div { class, flow, is_tall, own: None, ..Div::default() };
        self.steps.extend([Step::Start(column), Step::Block(block), Step::End]);
    }

    fn band(&mut self, columns: &'k [Column], share: Share, is_tall: bool) {
        let widths: Vec<u32> = columns.iter().map(|column| column.width).collect();
        let shares: Vec<Share> = share.split(&widths).collect();
        let own = self.widths(widths);
        let band = Div { class: "band", flow: "", is_tall, own, ..Div::default() };
        self.steps.push(Step::Start(band));
        let across = self.across(columns);
        let is_narrow = |at: usize| narrow(&shares, across, at);
        for (at, (column, share)) in columns.iter().zip(shares.iter().copied()).enumerate() {
            let div = Div {
                class: "column",
                flow: share.class(),
                is_across: across == Some(at),
                is_narrow: is_narrow(at),
                ..Div::default()
            };
            self.steps.push(Step::Start(div));
            for part in &column.parts {
                match part {
                    Part::Block(block) => self.steps.push(Step::Block(*block)),
                    Part::Band(columns) => self.band(columns, share, false),
                    Part::Grid(grid) => self.grid(grid, share, false),
                }
            }
            self.steps.push(Step::End);
        }
        self.steps.push(Step::End);
    }

    /// Of an odd number of columns the one that has a row of its own where two fit beside each other:
    /// that of the offer if it leaves no gap, else the last.
    fn across(&self, columns: &[Column]) -> Option<usize> {
        let offer = self.kind.offer_block();
        let has_offer = |column: &Column| {
            let is_it = |part: &Part| matches!(part, Part::Block(block) if Some(*block) == offer);
            column.parts.iter().any(is_it)
        };
        let last = columns.len().checked_sub(1).filter(|last| last % 2 == 0)?;
        Some(columns.iter().position(has_offer).filter(|at| at % 2 == 0).unwrap_or(last))
    }

    fn grid(&mut self, grid: &'k Grid, share: Share, is_tall: bool) {
        let own = self.widths(grid.columns.clone());
        let div = Div { class: "grid", flow: "", is_tall, own, ..Div::default() };
        self.steps.push(Step::Start(div));
        let shares: Vec<Share> = share.split(&grid.columns).collect();
        for place in &grid.places {
            let flow = Share::sum(&shares[place.columns.clone()]).class();
            let own = self.own(Rule::Place(place));
            let div = Div { class: "column", flow, own, ..Div::default() };
            self.steps.extend([Step::Start(div), Step::Block(place.block), Step::End]);
        }
        self.steps.push(Step::End);
    }
}

/// Whether a column shares its row with a broad one where two columns fit beside each other.
fn narrow(shares: &[Share], across: Option<usize>, at: usize) -> bool {
    if across == Some(at) {
        return false;
    }
    // The column across has a row of its own, so the pairs begin anew behind it.
    let place = if across.is_some_and(|across| across < at) { at - 1 } else { at };
    let beside = if place % 2 == 0 { at + 1 } else { at - 1 };
    let beside = shares.get(beside).filter(|_| across != Some(beside));
    beside.is_some_and(|beside| beside.0 >= BROAD && shares[at].0 < BROAD)
}

/// The widths as tracks of a grid: `1fr 1.22fr`.
fn tracks(widths: &[u32]) -> String {
    let tracks = widths.iter().map(|width| {
        let (whole, rest) = (width / 1000, width % 1000);
        let digits = format!("{whole}.{rest:03}");
        format!("{}fr", digits.trim_end_matches('0').trim_end_matches('.'))
    });
    tracks.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::kind::Kinds;
    use crate::kind::tests::built_in;
    use crate::source::Source;

    /// The steps of a kind as markup, a line for each.
    fn drawn(kind: &Kind) -> String {
        let mut depth = 0;
        let mut drawn = String::new();
        for step in steps(kind) {
            depth -= usize::from(step == Step::End);
            let line = match &step {
                Step::Start(div) => format!("<{}>", div.classes(kind)),
                Step::Block(block) => kind.block_kind(*block).id.clone(),
                Step::End => String::from("</>"),
            };
            let _ = writeln!(drawn, "{:1$}{line}", "", 2 * depth);
            depth += usize::from(matches!(step, Step::Start(_)));
        }
        drawn
    }

    #[track_caller]
    fn check(poster: &str, expected: Expect) {
        let mut ids: Vec<char> = poster.chars().filter(char::is_ascii_uppercase).collect();
        ids.sort_unstable();
        ids.dedup();
        let mut text = format!("title = \"Own\"\n[poster]\n{}\n", poster.to_lowercase());
        for id in ids.iter().map(char::to_ascii_lowercase) {
            let _ = writeln!(text, "[[blocks]]\nid = \"{id}\"\nlabel = \"{id}\"");
        }
        let text = text.replace("label = \"a\"", "label = \"a\"\nrole = \"offer\"");
        let mut diagnostics = Vec::new();
        let kinds = Kinds::read(&[Source::new("kinds/own.toml", text)], &mut diagnostics);
        assert_eq!(diagnostics, []);
        let own = kinds.get(kinds.find("own").expect("was read"));
        let style = style([&**own]).replace("@layer poster{", "");
        let style: Vec<&str> = style.split_inclusive('}').filter(|rule| *rule != "}").collect();
        expected.assert_eq(&(drawn(own) + &style.join("\n")));
    }

    #[test]
    fn the_built_in_posters_are_five_columns_above_two_halves() {
        let kinds = built_in();
        expect![[r#"
            <band tall kind-business-model-1>
              <column narrow>
                key-partners
              </>
              <column broad>
                key-activities
                key-resources
              </>
              <column across>
                value-propositions
              </>
              <column>
                customer-relationships
                channels
              </>
              <column>
                customer-segments
              </>
            </>
            <band>
              <column half>
                cost-structure
              </>
              <column half>
                revenue-streams
              </>
            </>
        "#]]
        .assert_eq(&drawn(kinds.get(kinds.default_kind())));
        expect!["@layer poster{.kind-business-model-1{--columns:0.95fr 1.85fr 1.15fr 1.15fr 0.95fr}.kind-lean-1{--columns:1fr 1.22fr 1.08fr 1.05fr 1fr}}"].assert_eq(&style(kinds.iter().map(|(_, kind)| &**kind)));
    }

    #[test]
    fn a_matrix_needs_no_style() {
        check(
            "grid = [\"A B\", \"C D\"]",
            expect![[r#"
            <band tall>
              <column half>
                a
              </>
              <column half>
                b
              </>
            </>
            <band tall>
              <column half>
                c
              </>
              <column half>
                d
              </>
            </>
        "#]],
        );
    }

    #[test]
    fn bands_are_in_columns_of_bands() {
        check(
            "grid = [\"B B A\", \"C D A\", \"C E A\"]\ncolumns = [1, 0.5, 2]",
            expect![[r#"
                <band tall kind-own-1>
                  <column half>
                    b
                    <band kind-own-2>
                      <column broad>
                        c
                      </>
                      <column narrow>
                        d
                        e
                      </>
                    </>
                  </>
                  <column half>
                    a
                  </>
                </>
                .kind-own-1{--columns:1.5fr 2fr}
                .kind-own-2{--columns:1fr 0.5fr}"#]],
        );
    }

    #[test]
    fn blocks_of_a_pinwheel_have_places() {
        check(
            "grid = [\"A A B\", \"C E B\", \"C D D\", \"F F F\"]",
            expect![[r#"
            <grid tall>
              <column half kind-own-1>
                a
              </>
              <column broad kind-own-2>
                b
              </>
              <column broad kind-own-3>
                c
              </>
              <column broad kind-own-4>
                e
              </>
              <column half kind-own-5>
                d
              </>
            </>
            <column half>
              f
            </>
            .kind-own-1{--place:1/1/2/3}
            .kind-own-2{--place:1/3/3/4}
            .kind-own-3{--place:2/1/4/2}
            .kind-own-4{--place:2/2/3/3}
            .kind-own-5{--place:3/2/4/4}"#]],
        );
    }

    #[test]
    fn the_offer_has_its_own_row_only_where_it_leaves_no_gap() {
        check(
            "grid = [\"B A C\"]",
            expect![[r#"
            <band tall>
              <column broad>
                b
              </>
              <column broad>
                a
              </>
              <column broad across>
                c
              </>
            </>
        "#]],
        );
    }
}
