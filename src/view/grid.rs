//! The shape of a kind's poster as markup, and the style that it needs.
//!
//! Pages may have no styles. So a band of columns has a class, and the published style sheet ends with the
//! widths of each class as custom properties ([`style`]). The theme's style sheet decides from which width on
//! these count, and how a poster looks on narrower screens.
//!
//! The axes of a matrix are drawn along its sides for the eye, and written in each block for everybody else.

use std::fmt::Write as _;

use crate::kind::poster::{AxisLabels, Column, Grid, GridPlace, Part};
use crate::kind::{Attribution, BlockIndex, BlockKind, Kind};
use crate::view::axes::{self, Labels};
use crate::view::words::Words;
use crate::view::{LanguageView, escape, in_language};

/// The share of the poster's width from which on the blocks of a column flow in two columns.
const BROAD: f32 = 0.28;
/// The share of its width from which on they flow in three columns on a dense poster.
const HALF: f32 = 0.4;

/// A step of the walk over a poster, in the order of its markup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// A `div` starts.
    Start(Div),
    /// The labels of columns.
    X,
    /// The labels of rows.
    Y(Labels),
    /// A block.
    Block(BlockIndex),
    /// The last `div` that started ends.
    End,
}

/// A band of columns, a grid of places, a column, or a strip of labels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Div {
    /// `band`, `grid`, `column` or `axis`.
    class: &'static str,
    /// How the blocks of a column flow: `half`, `broad`, or empty.
    flow: &'static str,
    /// Whether it takes the remaining room on a sheet of paper.
    is_tall: bool,
    /// Whether it has a row of its own if only two columns fit beside each other.
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

/// The author of a kind, its licence and the changes, with links; `None` if it names no author.
pub fn attribution(kind: &Kind, words: &Words) -> Option<String> {
    let Attribution { author, url, license, license_url, changes } = kind.attribution.as_ref()?;
    let link = |title: &str, rel: &str, url: &str| {
        if url.is_empty() {
            return escaped(title);
        }
        let mut link = format!("<a{rel} href=\"");
        escape::attribute(&mut link, url);
        link.push_str("\">");
        escape::text(&mut link, title);
        link + "</a>"
    };
    let key = if license.is_empty() { "attribution_author" } else { "attribution" };
    let html = escaped(words.get(key)).replace("{kind}", &escaped(&kind.title));
    let html = html.replace("{author}", &link(author, "", url));
    let mut html = html.replace("{license}", &link(license, " rel=\"license\"", license_url));
    if !changes.is_empty() {
        html.push_str(". ");
        let english = LanguageView::unless("en", words.language());
        html.push_str(&in_language(english.as_ref(), escaped(changes)));
    }
    (!author.is_empty()).then_some(html)
}

fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    escape::text(&mut html, text);
    html
}

/// The class that distinguishes a block from the others of its poster, and gives those that every reader knows
/// a sign. No other part of a page has it.
pub fn block_class(block: &BlockKind) -> String {
    if block.is_common() { block.id.clone() } else { format!("is-{}", block.id) }
}

/// The class of the whole poster of a kind, if it has one.
pub fn poster_class(kind: &Kind) -> Option<String> {
    is_reordered(kind).then(|| format!("kind-{}", kind.id))
}

/// Whether the order on a narrow screen differs from that of the markup.
fn is_reordered(kind: &Kind) -> bool {
    let blocks = steps(kind).into_iter().filter_map(|step| match step {
        Step::Block(block) => Some(block),
        _ => None,
    });
    !blocks.eq(kind.poster.narrow.iter().copied())
}

/// Appends a step that is not a block as markup.
pub fn push(html: &mut String, step: Step, kind: &Kind, language: &str) {
    match step {
        Step::Start(div) => {
            // Each block has the same in words.
            let hidden = if div.class == "axis" { " aria-hidden=\"true\"" } else { "" };
            let _ = write!(html, "<div class=\"{}\"{hidden}>", div.classes(kind));
        }
        Step::End => html.push_str("</div>"),
        Step::X => axes::push_above(html, &kind.poster, language),
        Step::Y(labels) => axes::push_beside(html, &kind.poster, language, labels),
        Step::Block(_) => {}
    }
}

/// The declarations of the posters of some kinds, to be appended to the theme's style sheet.
pub fn style(kinds: &[&Kind]) -> String {
    let mut rules: Vec<(String, String)> = Vec::new();
    for kind in kinds {
        for (number, rule) in (1..).zip(walk(kind).rules) {
            let (class, properties) = (own_class(kind, number), rule.properties());
            // Kinds that look equal share their declarations.
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
    for kind in kinds {
        push_order(&mut style, kind);
    }
    if kinds.iter().any(|kind| kind.poster.axes.is_some()) {
        style.push_str(axes::STYLE);
    }
    if style.is_empty() { style } else { format!("@layer poster{{{style}}}") }
}

/// Appends the order of a narrow screen, if it differs from that of the markup.
fn push_order(style: &mut String, kind: &Kind) {
    let Some(poster) = poster_class(kind).filter(|_| is_reordered(kind)) else { return };
    let _ = write!(
        style,
        "@container poster (width<38rem){{.{poster}{{reading-flow:grid-order}}.{poster} \
         :is(.band,.grid,.column){{display:contents}}"
    );
    for (at, block) in (1..).zip(&kind.poster.narrow) {
        let class = block_class(kind.block_kind(*block));
        let _ = write!(style, ".{poster} .{class}{{order:{at}}}");
    }
    style.push('}');
}

/// The declarations of a class.
#[derive(PartialEq)]
enum Rule<'k> {
    /// The columns of a band or a grid.
    Widths(Vec<u32>),
    /// The columns of a band or a grid after a strip of labels.
    Labelled(Vec<u32>),
    /// The place of a column in a grid.
    Place(&'k GridPlace),
}

impl Rule<'_> {
    fn properties(&self) -> String {
        match self {
            Self::Widths(widths) => format!("--columns:{}", tracks(widths)),
            Self::Labelled(widths) => format!("--columns:2em {}", tracks(widths)),
            Self::Place(GridPlace { rows, columns, .. }) => {
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
    let labels = kind.poster.axes.as_ref().map(|axes| &axes.english);
    if let Some(labels) = labels.filter(|labels| !labels.x.is_empty()) {
        walk.above(labels);
    }
    let beside = labels.filter(|labels| !labels.y.is_empty());
    for (at, part) in parts.iter().enumerate() {
        let beside = beside.map(|labels| axes::beside(&kind.poster, labels, at));
        let is_tall = rows(part) == tallest;
        match part {
            Part::Band(columns) => walk.band(columns, Share::WHOLE, is_tall, beside),
            part => walk.alone(part, is_tall, beside),
        }
    }
    walk
}

/// The number of blocks below each other in a part.
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

/// The share of the poster's width that a column has; 1 is the whole.
#[derive(Clone, Copy)]
pub(super) struct Share(pub f32);

impl Share {
    /// The whole poster.
    pub(super) const WHOLE: Self = Self(1.0);

    /// The shares of several columns that have this one together.
    pub(super) fn split(self, widths: &[u32]) -> impl Iterator<Item = Self> {
        let all: f32 = widths.iter().map(|width| thousandths(*width)).sum();
        widths.iter().map(move |width| Self(self.0 * thousandths(*width) / all))
    }

    /// The share of several columns together.
    pub(super) fn sum(columns: &[Self]) -> Self {
        Self(columns.iter().map(|share| share.0).sum())
    }

    /// The number of columns in which the blocks flow.
    pub(super) fn flow(self, is_dense: bool) -> usize {
        match self.class() {
            "half" if is_dense => 3,
            "" => 1,
            _ => 2,
        }
    }

    /// The class of a column with blocks that flow like this.
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
        let known = self.rules.iter().position(|known| *known == rule);
        let at = known.unwrap_or_else(|| {
            self.rules.push(rule);
            self.rules.len() - 1
        });
        Some(at + 1)
    }

    /// The number of the class that has the widths, if not all are equal.
    fn widths(&mut self, widths: Vec<u32>) -> Option<usize> {
        let is_uneven = widths.iter().any(|width| *width != widths[0]);
        if is_uneven { self.own(Rule::Widths(widths)) } else { None }
    }

    /// Adds the labels of the columns, above all of them.
    fn above(&mut self, labels: &AxisLabels) {
        let columns = &self.kind.poster.widths;
        // If there are fewer labels than columns, they are spread evenly.
        let is_each = labels.x.len() == columns.len();
        let widths = if is_each { columns.clone() } else { vec![1000; labels.x.len()] };
        let is_labelled = !labels.y.is_empty();
        let own = match is_labelled {
            true => self.own(Rule::Labelled(widths)),
            false => self.widths(widths),
        };
        let axis = Div { class: "axis", own, ..Div::default() };
        self.steps.extend([Step::Start(axis), Step::X, Step::End]);
    }

    /// Adds a strip of labels, which is the first column of a band.
    fn beside(&mut self, labels: Labels) {
        let axis = Div { class: "axis", ..Div::default() };
        self.steps.extend([Step::Start(axis), Step::Y(labels), Step::End]);
    }

    /// Adds a block or a grid beside no other, with the labels beside it.
    fn alone(&mut self, part: &'k Part, is_tall: bool, beside: Option<Labels>) {
        let Some(labels) = beside else {
            return match part {
                Part::Grid(grid) => self.grid(grid, Share::WHOLE, is_tall),
                Part::Block(block) => self.column(Share::WHOLE, is_tall, *block),
                Part::Band(_) => {}
            };
        };
        let own = self.own(Rule::Labelled(vec![1000]));
        let band = Div { class: "band", is_tall, own, ..Div::default() };
        self.steps.push(Step::Start(band));
        self.beside(labels);
        let (class, flow) = ("column", Share::WHOLE.class());
        let column = Div { class, flow, is_across: true, ..Div::default() };
        self.steps.push(Step::Start(column));
        match part {
            Part::Block(block) => self.steps.push(Step::Block(*block)),
            Part::Grid(grid) => self.grid(grid, Share::WHOLE, false),
            Part::Band(_) => {}
        }
        self.steps.extend([Step::End, Step::End]);
    }

    /// Adds a column that is one block, beside no other.
    fn column(&mut self, share: Share, is_tall: bool, block: BlockIndex) {
        let (class, flow) = ("column", share.class());
        let column = Div { class, flow, is_tall, own: None, ..Div::default() };
        self.steps.extend([Step::Start(column), Step::Block(block), Step::End]);
    }

    fn band(&mut self, columns: &'k [Column], share: Share, is_tall: bool, beside: Option<Labels>) {
        let widths: Vec<u32> = columns.iter().map(|column| column.width).collect();
        let shares: Vec<Share> = share.split(&widths).collect();
        let own = match beside {
            Some(_) => self.own(Rule::Labelled(widths)),
            None => self.widths(widths),
        };
        let band = Div { class: "band", flow: "", is_tall, own, ..Div::default() };
        self.steps.push(Step::Start(band));
        if let Some(labels) = beside {
            self.beside(labels);
        }
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
                    Part::Band(columns) => self.band(columns, share, false, None),
                    Part::Grid(grid) => self.grid(grid, share, false),
                }
            }
            self.steps.push(Step::End);
        }
        self.steps.push(Step::End);
    }

    /// If the number of columns is odd, the one with a row of its own where two fit beside each
    /// other: that of the offer if it leaves no gap, else the last.
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

/// Whether a column shares its row with a broad one if two columns fit beside each other.
fn narrow(shares: &[Share], across: Option<usize>, at: usize) -> bool {
    if across == Some(at) {
        return false;
    }
    // The column across has a row of its own, so the pairs begin again after it.
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
mod tests;
