//! The anchors that git hosts give headings. They also work here unless they are taken, so that a
//! table of contents made by another tool works in both.

use std::collections::HashMap;

use super::Spot;
use super::scope::Known;
use crate::source::Span;

/// Each anchor of a document's headings with its spot, in the order of the headings.
pub(super) fn of(known: Known<'_>) -> Vec<(String, Spot)> {
    let mut headings: Vec<(Span, Spot)> = Vec::new();
    let document = known.document;
    headings.extend(document.title_heading.map(|span| (span, Spot::Document)));
    let spots = (0u32..).map(Spot::Heading);
    headings.extend(document.headings.iter().map(|heading| heading.span).zip(spots));
    let blocks = document.canvas.iter().flat_map(|canvas| &canvas.blocks);
    for (block, departments) in blocks.zip(known.part_departments) {
        headings.push((block.heading, Spot::Block(block.index)));
        let parts = block.parts.iter().zip(departments);
        let led = parts.filter_map(|(part, index)| Some((part.span, Spot::Department((*index)?))));
        headings.extend(led);
    }
    headings.sort_by_key(|(span, _)| span.start);
    let (mut on_github, mut on_gitlab) = (Numbers::default(), Numbers::default());
    let mut anchors = Vec::new();
    for (span, spot) in headings {
        let words = words(span.of(&document.text));
        let github = on_github.next(anchor(words));
        let gitlab = on_gitlab.next(single_dashes(&anchor(words)));
        if gitlab != github {
            anchors.push((gitlab, spot));
        }
        anchors.push((github, spot));
    }
    anchors
}

/// The words of a heading, without its marks and the attributes after it.
fn words(heading: &str) -> &str {
    let line = heading.lines().next().unwrap_or("");
    line.split('{').next().unwrap_or(line).trim_matches(['#', ' ', '\t', '*'])
}

/// The words in lower case, with letters, digits and underscores only, and each blank as a dash.
pub(super) fn anchor(words: &str) -> String {
    let small = words.chars().flat_map(char::to_lowercase);
    let is_kept = |c: &char| c.is_alphanumeric() || matches!(c, '-' | '_' | ' ');
    small.filter(is_kept).map(|c| if c == ' ' { '-' } else { c }).collect()
}

fn single_dashes(anchor: &str) -> String {
    anchor.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
}

/// How often each anchor was given: hosts count from 1.
#[derive(Default)]
struct Numbers(HashMap<String, usize>);

impl Numbers {
    fn next(&mut self, anchor: String) -> String {
        let count = self.0.entry(anchor.clone()).or_default();
        *count += 1;
        match *count {
            1 => anchor,
            count => format!("{anchor}-{}", count - 1),
        }
    }
}
