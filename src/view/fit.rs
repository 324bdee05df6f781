//! How large the type of a printed poster may be, so that the poster stays on one sheet: A4 for a
//! canvas of density 1, A3 for the others. A style sheet cannot measure text, so it is estimated
//! here, on the safe side; the theme has a size for each step.

use super::entries::{PosterElementView, PosterGroup};

/// The sizes of the type in points, one for each step, as the style sheet has them. With the last,
/// all lists flow in two columns.
const SIZES: [f32; 7] = [8.5, 7.75, 7.0, 6.25, 5.5, 4.75, 4.5];
/// The shares of the columns, and those with a wide second one, which the last step has, too.
const CLASSIC: [f32; 5] = [1.0, 1.22, 1.08, 1.05, 1.0];
const WIDE: [f32; 5] = [1.0, 1.75, 1.0, 1.05, 1.0];
const MM_PER_POINT: f32 = 0.3528;
/// The height of a line, in em.
const LINE: f32 = 1.3;
/// What the estimate may be wrong by.
const SAFETY: f32 = 1.03;

/// What the height of a canvas's poster depends on.
pub struct Measure<'p> {
    /// The canvas's title.
    pub title: &'p str,
    /// The sentence below it.
    pub summary: &'p str,
    /// See [`super::canvas::CanvasView::density`].
    pub density: u8,
    /// The lists of each block in the poster's columns from left to right.
    pub columns: Vec<Vec<&'p [PosterGroup]>>,
    /// The lists of each block in the bottom row.
    pub bottom: Vec<&'p [PosterGroup]>,
}

/// The step of the poster's type in print: 1 is the largest, 7 the smallest.
pub fn type_step(canvas: &Measure<'_>) -> u8 {
    let sheet = Sheet::of(canvas);
    let last = SIZES.len() - 1;
    let fits = |step: &usize| {
        let em = SIZES[*step] * MM_PER_POINT;
        sheet.height_of(canvas, em, *step == last) <= sheet.height
    };
    let at = (0..last).find(fits).unwrap_or(last);
    u8::try_from(at + 1).unwrap_or(1)
}

/// The poster's room on the paper, in millimetres.
struct Sheet {
    width: f32,
    height: f32,
    /// The share of each column.
    columns: [f32; 5],
    /// In how many columns a list in the poster's second column flows.
    second: usize,
    /// In how many columns a list in the bottom row flows.
    bottom: usize,
}

impl Sheet {
    fn of(canvas: &Measure<'_>) -> Self {
        // A long title or summary takes a second line from the poster.
        let title = if canvas.title.chars().count() > 40 { 8.0 } else { 0.0 };
        let summary = if canvas.summary.chars().count() > 90 { 5.5 } else { 0.0 };
        let (width, height) = if canvas.density == 1 { (277.0, 190.0) } else { (400.0, 276.0) };
        // The head and the legend take 26 mm.
        let height = height - 26.0 - title - summary;
        if canvas.density < 3 {
            Self { width, height, columns: CLASSIC, second: 1, bottom: 2 }
        } else {
            Self { width, height, columns: WIDE, second: 2, bottom: 3 }
        }
    }

    /// The height of the poster with type of `em` millimetres.
    fn height_of(&self, canvas: &Measure<'_>, em: f32, flowing: bool) -> f32 {
        let columns = if flowing { WIDE } else { self.columns };
        let shares: f32 = columns.iter().sum();
        let upper = canvas.columns.iter().enumerate().map(|(at, blocks)| {
            let share = columns.get(at).copied().unwrap_or(1.0);
            let flow = if flowing {
                2
            } else if at == 1 {
                self.second
            } else {
                1
            };
            let width = self.width * share / shares;
            blocks.iter().map(|block| block_height(block, width, flow, em)).sum::<f32>()
        });
        let bottom = canvas.bottom.iter().map(|block| {
            let width = self.width / count(canvas.bottom.len().max(1));
            block_height(block, width, self.bottom, em)
        });
        (upper.fold(0.0, f32::max) + bottom.fold(0.0, f32::max)) * SAFETY
    }
}

/// The height of a block whose lists flow in `flow` columns.
fn block_height(groups: &[PosterGroup], width: f32, flow: usize, em: f32) -> f32 {
    let inner = (width - 1.6 * em) / count(flow);
    let lists = groups.iter().map(|group| {
        let title = if group.title.is_some() { 1.75 * em } else { 0.0 };
        let all: f32 = group.elements.iter().map(|item| element_height(item, inner, em)).sum();
        let mean = all / count(group.elements.len().max(1));
        title + mean * count(group.elements.len().div_ceil(flow))
    });
    // The line on top, the padding and the heading.
    0.8 + 3.3 * em + lists.sum::<f32>()
}

fn element_height(item: &PosterElementView, width: f32, em: f32) -> f32 {
    let numbers = if item.number.is_some() { 0 } else { item.threads.len() };
    let bullet = if item.number.is_some() { 2.5 } else { 1.5 };
    let edge = if numbers > 0 { 0.5 + 1.55 * count(numbers) } else { 0.0 };
    let share = if item.share.is_some() { 3.0 } else { 0.0 };
    let name = lines(&item.title, (width / em - bullet - edge - share).max(4.0)) * LINE + 0.16;
    let text = if item.text.is_empty() || item.number.is_none() {
        0.0
    } else {
        lines(&item.text, ((width / em - bullet) / 0.93).max(4.0)) * LINE * 0.93
    };
    let apart = if item.number.is_some() { 0.6 } else { 0.0 };
    let bar = if item.share.is_some() { 0.3 * em + 0.8 } else { 0.0 };
    (name + text + apart) * em + bar
}

/// How many lines a text takes where a line is `width` em long.
fn lines(text: &str, width: f32) -> f32 {
    // Ideographs and their like are as wide as high; a word that does not fit leaves a gap.
    let em = |char: char| if char >= '\u{2e80}' { 1.0 } else { 0.54 };
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

    /// The step of a canvas whose second column starts with a block of so many elements.
    fn step(density: u8, second: usize, title: &str) -> u8 {
        let block =
            |count: usize| vec![PosterGroup { title: None, elements: vec![element(title); count] }];
        let (usual, small, long) = (block(5), block(4), block(second));
        type_step(&Measure {
            title: "A canvas",
            summary: "",
            density,
            columns: vec![vec![&usual], vec![&long, &usual], vec![&usual]],
            bottom: vec![&small, &small],
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
    fn larger_paper_holds_more() {
        assert!(step(2, 40, "Roast") < step(1, 40, "Roast"));
        assert!(step(3, 60, "Roast") < step(2, 60, "Roast"));
    }
}
