//! How large the type of a printed poster may be, so that the poster stays on one sheet: A4 for a
//! canvas of density 1, A3 for the others. A style sheet cannot measure text, so it is estimated
//! here, on the safe side; the theme has a size for each step.

use super::entries::{PosterElementView, PosterGroup};
use super::grid::Share;
use crate::kind::poster::{Grid, Part, Poster};

/// The sizes of the type in points, one for each step, as the style sheet has them. The last is for
/// posters that fit with none of the others; with it, all lists flow in two columns.
const SIZES: [f32; 9] = [10.5, 9.5, 8.5, 7.75, 7.0, 6.25, 5.5, 4.75, 4.5];
const MM_PER_POINT: f32 = 0.3528;
/// The height of a line, in em.
const LINE: f32 = 1.3;
/// The height of the strip of labels above a matrix, in em.
const ABOVE: f32 = LINE + 0.8;
/// The width of the strip of labels beside a matrix, in em.
const BESIDE: f32 = 2.0;
/// The possible error of the estimate.
const SAFETY: f32 = 1.03;

/// The values that determine the height of a canvas's poster.
pub struct Measure<'p> {
    /// The canvas's title.
    pub title: &'p str,
    /// The sentence below it.
    pub summary: &'p str,
    /// See [`super::canvas::CanvasView::density`].
    pub density: u8,
    /// The places of the blocks.
    pub poster: &'p Poster,
    /// The lists of each block, in the order of the poster's markup.
    pub blocks: Vec<&'p [PosterGroup]>,
}

/// The step of the poster's type in print: 1 is the largest, 9 the smallest.
pub fn type_step(canvas: &Measure<'_>) -> u8 {
    let (width, height) = if canvas.density == 1 { (277.0, 190.0) } else { (400.0, 276.0) };
    // A long title or summary takes a second line.
    let title = if canvas.title.chars().count() > 40 { 8.0 } else { 0.0 };
    let summary = if canvas.summary.chars().count() > 90 { 5.5 } else { 0.0 };
    // The head and the legend take 26 mm.
    let height = height - 26.0 - title - summary;
    // The labels of columns and rows, as if they were equal in every language.
    let axes = canvas.poster.axes.as_ref().map(|axes| &axes.english);
    let is_labelled_above = axes.is_some_and(|labels| !labels.x.is_empty());
    let is_labelled_beside = axes.is_some_and(|labels| !labels.y.is_empty());
    let last = SIZES.len() - 1;
    let fits = |step: &usize| {
        let (em, is_dense) = (SIZES[*step] * MM_PER_POINT, canvas.density >= 3);
        let width = width - if is_labelled_beside { BESIDE * em } else { 0.0 };
        let height = height - if is_labelled_above { ABOVE * em } else { 0.0 };
        let mut estimate = Estimate { blocks: canvas.blocks.iter(), width, em, is_dense };
        estimate.height(&canvas.poster.parts, Share::WHOLE) * SAFETY <= height
    };
    let at = (0..last).find(fits).unwrap_or(last);
    u8::try_from(at + 1).unwrap_or(1)
}

/// A poster on paper, in millimetres.
struct Estimate<'p> {
    /// The lists of the blocks that have not been measured yet.
    blocks: std::slice::Iter<'p, &'p [PosterGroup]>,
    /// The width of the poster.
    width: f32,
    /// The size of its type.
    em: f32,
    is_dense: bool,
}

impl Estimate<'_> {
    /// The height of parts below each other that have a share of the poster's width.
    fn height(&mut self, parts: &[Part], share: Share) -> f32 {
        let heights = parts.iter().map(|part| match part {
            Part::Block(_) => self.block(share),
            Part::Band(columns) => {
                let widths: Vec<u32> = columns.iter().map(|column| column.width).collect();
                let columns = columns.iter().zip(share.split(&widths));
                let columns = columns.map(|(column, share)| self.height(&column.parts, share));
                columns.fold(0.0, f32::max)
            }
            Part::Grid(grid) => self.grid(grid, share),
        });
        heights.sum()
    }

    /// The height of a grid: a block gives each of its rows an equal part.
    fn grid(&mut self, grid: &Grid, share: Share) -> f32 {
        let mut rows: Vec<f32> = Vec::new();
        let shares: Vec<Share> = share.split(&grid.columns).collect();
        for place in &grid.places {
            let share = Share::sum(&shares[place.columns.clone()]);
            let height = self.block(share) / count(place.rows.len());
            rows.resize(rows.len().max(place.rows.end), 0.0);
            for row in &mut rows[place.rows.clone()] {
                *row = row.max(height);
            }
        }
        rows.iter().sum()
    }

    fn block(&mut self, share: Share) -> f32 {
        let width = self.width * share.0;
        let groups = self.blocks.next().copied().unwrap_or_default();
        block_height(groups, width, share.flow(self.is_dense), self.em)
    }
}

/// The height of a block that flows in `flow` columns.
fn block_height(groups: &[PosterGroup], width: f32, flow: usize, em: f32) -> f32 {
    let inner = (width - 1.6 * em) / count(flow);
    let (mut all, mut tallest) = (0.0f32, 0.0f32);
    for group in groups {
        let title = if group.title.is_some() { 1.75 * em } else { 0.0 };
        all += title;
        for element in &group.elements {
            let height = element_height(element, inner, em);
            all += height;
            tallest = tallest.max(height);
        }
    }
    // An element is not broken, so one column may be longer than its share.
    let longest = if flow == 1 { all } else { all / count(flow) + tallest / 2.0 };
    // The line on top, the padding and the heading.
    0.8 + 3.3 * em + longest
}

fn element_height(item: &PosterElementView, width: f32, em: f32) -> f32 {
    let numbers = if item.number.is_some() { 0 } else { item.threads.len() };
    let bullet = if item.number.is_some() { 2.5 } else { 1.5 };
    let edge = if numbers > 0 { 0.5 + 1.55 * count(numbers) } else { 0.0 };
    let share = if item.share.is_some() && item.text.is_empty() { 3.0 } else { 0.0 };
    let name = lines(&item.title, (width / em - bullet - edge - share).max(4.0)) * LINE + 0.16;
    let text = if item.text.is_empty() {
        0.0
    } else {
        lines(&item.text, ((width / em - bullet) / 0.93).max(4.0)) * LINE * 0.93
    };
    let apart = if item.number.is_some() { 0.6 } else { 0.0 };
    let bar = if item.share.is_some() { 0.3 * em + 0.8 } else { 0.0 };
    (name + text + apart) * em + bar
}

/// The number of lines of a text if a line is `width` em long.
fn lines(text: &str, width: f32) -> f32 {
    // Ideographs and similar characters are as wide as high; a word that does not fit leaves a gap.
    let em = |char: char| if char >= '\u{2e80}' { 1.0 } else { 0.5 };
    let length: f32 = text.chars().map(em).sum();
    if length <= width { 1.0 } else { (length / (width * 0.9)).ceil() }
}

#[expect(clippy::cast_precision_loss, reason = "a count of elements or columns is small")]
fn count(number: usize) -> f32 {
    number as f32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kind::tests::built_in;

    fn element(title: &str) -> PosterElementView {
        PosterElementView {
            anchor: String::new(),
            title: title.to_owned(),
            number: None,
            text: String::new(),
            threads: vec![1],
            elsewhere: None,
            share: None,
        }
    }

    /// The step of a canvas whose second column starts with a block of `second` elements.
    fn step(density: u8, second: usize, title: &str) -> u8 {
        let kinds = built_in();
        let block =
            |count: usize| vec![PosterGroup { title: None, elements: vec![element(title); count] }];
        let (usual, small, long) = (block(5), block(4), block(second));
        type_step(&Measure {
            title: "A canvas",
            summary: "",
            density,
            poster: &kinds.get(kinds.default_kind()).poster,
            blocks: vec![&usual, &long, &usual, &usual, &usual, &usual, &usual, &small, &small],
        })
    }

    #[test]
    fn a_usual_canvas_has_the_largest_type() {
        assert_eq!(step(1, 12, "Roast to order"), 1);
    }

    #[test]
    fn more_elements_make_the_type_smaller() {
        let steps: Vec<u8> = [12, 20, 28, 36, 44].map(|n| step(1, n, "Roast to order")).to_vec();
        assert!(steps.is_sorted() && steps[4] > steps[0], "{steps:?}");
    }

    #[test]
    fn longer_names_make_the_type_smaller() {
        let long = "Roast to order for every café, home and office within a day’s ride";
        assert!(step(1, 20, long) > step(1, 20, "Roast to order"));
        assert!(step(1, 20, &"烘".repeat(30)) > step(1, 20, &"r".repeat(30)));
    }

    #[test]
    fn labels_of_a_matrix_take_their_room() {
        let kinds = built_in();
        let swot = &kinds.get(kinds.find("swot").expect("is built in")).poster;
        let block = |count: usize| {
            vec![PosterGroup { title: None, elements: vec![element("Roast to order"); count] }]
        };
        let height = |poster: &Poster, count: usize| {
            let (one, other) = (block(count), block(count));
            let blocks = vec![&*one, &*one, &*other, &*other];
            type_step(&Measure { title: "A", summary: "", density: 1, poster, blocks })
        };
        let plain = Poster { axes: None, ..swot.clone() };
        let steps = (10..40).map(|count| (height(swot, count), height(&plain, count)));
        let steps: Vec<(u8, u8)> = steps.collect();
        assert!(steps.iter().all(|(with, without)| with >= without), "{steps:?}");
        assert!(steps.iter().any(|(with, without)| with > without), "{steps:?}");
    }

    #[test]
    fn larger_paper_holds_more() {
        assert!(step(2, 70, "Roast") < step(1, 70, "Roast"));
    }
}
