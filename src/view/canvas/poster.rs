//! The poster: every block with its elements in their classic places.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::Page;
use crate::canvas::{Block, Element, Holder};
use crate::handbook::{Place, Spot, Target};
use crate::kind::{BlockIndex, Role};
use crate::view::LinkView;
use crate::view::edition::{Edition, shortened};
use crate::view::entries::{self, PosterElementView, PosterGroup};
use crate::view::poster::{PosterBlockView, in_places};

/// A poster with at most this number of elements fits on an A4 sheet, as measured by printing.
const COMFORTABLE: usize = 60;
/// A poster with more elements fits on no sheet, so its long blocks are folded.
const FOLDED_ABOVE: usize = 180;
/// A block with at most this number of elements has room for their texts.
const SHORT_BLOCK: usize = 5;
/// The poster cuts the text of an element outside of the offer after this number of characters, at
/// the end of a clause if possible.
const LONGEST_SENTENCE: usize = 80;
/// How many of its elements a folded block shows.
const SHOWN_OF_FOLDED: usize = 8;
/// A poster with at most this number of elements can be read with the tighter density.
const TIGHT: usize = 110;

impl Page<'_> {
    /// How tightly the poster must be set: 1, 2 or 3.
    pub(super) fn density(&self) -> u8 {
        match self.canvas.elements.len() {
            0..=COMFORTABLE => 1,
            count if count <= TIGHT => 2,
            _ => 3,
        }
    }

    /// The blocks of the poster in the order of their markup, with the markup around them.
    pub(super) fn poster(&self) -> Vec<PosterBlockView> {
        let elsewhere = self.elsewhere();
        in_places(&self.canvas.kind, self.edition.language(self.index), |index| {
            self.poster_block(index, &elsewhere)
        })
    }

    fn poster_block(&self, index: BlockIndex, elsewhere: &[Option<LinkView>]) -> PosterBlockView {
        let kind = self.canvas.kind.block_kind(index);
        let written = self.canvas.blocks.iter().position(|block| block.index == index);
        let mut groups = written.map_or_else(Vec::new, |at| self.poster_groups(at, elsewhere));
        let count = groups.iter().map(|group| group.elements.len()).sum();
        let is_folded = self.canvas.elements.len() > FOLDED_ABOVE && count > SHOWN_OF_FOLDED;
        let folded = if is_folded { fold(&mut groups) } else { Vec::new() };
        PosterBlockView {
            label: self.edition.block_label(self.index, index),
            short: self.short_labels[usize::from(index.0)].to_owned(),
            anchor: written.map(|_| kind.id.clone()),
            count,
            elements_html: entries::poster(&groups, &self.terms),
            folded_html: entries::poster(&folded, &self.terms),
            groups,
            ..PosterBlockView::new(&self.canvas.kind, index)
        }
    }

    /// The elements of a written block under its parts, in order of appearance.
    fn poster_groups(&self, at: usize, elsewhere: &[Option<LinkView>]) -> Vec<PosterGroup> {
        let block = &self.canvas.blocks[at];
        let mut groups: Vec<PosterGroup> = Vec::new();
        let mut places: BTreeMap<Option<u32>, usize> = BTreeMap::new();
        for (index, element) in self.canvas.elements.in_block(block.index) {
            let view = self.poster_element(index, &element, elsewhere);
            let place = *places.entry(element.part).or_insert_with(|| {
                let title = element.part.map(|part| self.part_title(at, block, part));
                groups.push(PosterGroup { title, elements: Vec::new() });
                groups.len() - 1
            });
            groups[place].elements.push(view);
        }
        groups
    }

    /// A part's title below those of the parts around it; within a department it links to its card.
    fn part_title(&self, at: usize, block: &Block, part: u32) -> LinkView {
        let department = block.department_of(part);
        let department = department.and_then(|part| self.entry.part_departments[at][part as usize]);
        let url = department.map(|index| {
            let place = Place { document: self.index, spot: Spot::Department(index) };
            self.edition.url(self.path, place)
        });
        LinkView { title: block.path(part).into_owned(), url }
    }

    fn poster_element(
        &self,
        index: u32,
        element: &Element<'_>,
        elsewhere: &[Option<LinkView>],
    ) -> PosterElementView {
        let kind = self.canvas.kind.block_kind(element.block);
        let number = self.threads.offer.binary_search(&index).ok().map(|at| at + 1);
        PosterElementView {
            anchor: self.entry.elements.at(index).id.to_owned(),
            title: Edition::element_title(self.document, index).into_owned(),
            number,
            text: self.poster_text(element, number.is_some()),
            threads: self.threads.numbers[index as usize].clone(),
            elsewhere: elsewhere[index as usize].clone(),
            share: (kind.role == Some(Role::Money)).then(|| share(&first_text(element))).flatten(),
        }
    }

    /// The text of an element, if the poster has room for it: that of the offer always, and that of
    /// other short blocks if there is no sheet to fill. Activities are too many, and their names
    /// suffice.
    fn poster_text(&self, element: &Element<'_>, is_offer: bool) -> String {
        if element.name.is_none() {
            return String::new();
        }
        if is_offer {
            return element.text.get().into_owned();
        }
        let is_short = self.canvas.elements.len() <= COMFORTABLE
            && Some(element.block) != self.canvas.kind.departments_block()
            && self.canvas.elements.in_block(element.block).count() <= SHORT_BLOCK;
        if !is_short {
            return String::new();
        }
        brief(&element.text.get())
    }

    /// The first reference of each element into another document.
    fn elsewhere(&self) -> Vec<Option<LinkView>> {
        let mut elsewhere = vec![None; self.canvas.elements.len()];
        for (link, target) in self.document.links.iter().zip(&self.entry.targets) {
            let (Holder::Element(element), Target::Place(place)) = (link.holder, target) else {
                continue;
            };
            let slot: &mut Option<LinkView> = &mut elsewhere[element as usize];
            if place.document != self.index && slot.is_none() {
                *slot = Some(LinkView {
                    title: self.edition.full_title(*place),
                    url: Some(self.edition.url(self.path, *place)),
                });
            }
        }
        elsewhere
    }
}

/// Leaves the first few elements and returns the others, each still under its title.
fn fold(groups: &mut Vec<PosterGroup>) -> Vec<PosterGroup> {
    let mut folded = Vec::new();
    let mut room = SHOWN_OF_FOLDED;
    for group in groups.iter_mut() {
        let shown = room.min(group.elements.len());
        room -= shown;
        let rest = group.elements.split_off(shown);
        if !rest.is_empty() {
            // A group that is cut has its title above the shown part already.
            let title = if shown == 0 { group.title.clone() } else { None };
            folded.push(PosterGroup { title, elements: rest });
        }
    }
    groups.retain(|group| !group.elements.is_empty());
    folded
}

/// A text unchanged if it is short, else those of its clauses that are.
fn brief(text: &str) -> String {
    let Some((longest, _)) = text.char_indices().nth(LONGEST_SENTENCE) else {
        return text.to_owned();
    };
    let is_end = |(at, mark): &(usize, &str)| {
        mark.ends_with(['。', '；']) || text[at + mark.len()..].starts_with(' ')
    };
    let ends = text[..longest].rmatch_indices([';', '.', '。', '；', '!', '?']);
    match ends.into_iter().find(is_end) {
        Some((end, mark)) if end > longest / 4 => {
            let clause = &text[..end];
            format!("{clause}{}", if matches!(mark, ";" | "；") { "" } else { mark })
        }
        _ => shortened(text.into(), LONGEST_SENTENCE).into_owned(),
    }
}

/// The text of an element, or that of a row's first cell without the header.
fn first_text<'c>(element: &Element<'c>) -> Cow<'c, str> {
    let text = element.text.get();
    let is_labelled = element.cells.first().is_some_and(|cell| !cell.label.is_empty());
    match text.split_once(": ") {
        Some((_, said)) if is_labelled => said.to_owned().into(),
        _ => text,
    }
}

/// The percentage that a text starts with, rounded: `42 % of cost` is 42.
fn share(text: &str) -> Option<u8> {
    let text = text.trim_start().trim_start_matches(['~', '≈', '<', '>']).trim_start();
    let digits = text.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',')?;
    let rest = text[digits..].trim_start_matches([' ', '\u{a0}', '\u{202f}']);
    if digits == 0 || !rest.starts_with(['%', '％']) {
        return None;
    }
    let number: f64 = text[..digits].replace(',', ".").parse().ok()?;
    // The range makes the conversion exact enough: a share is 0 to 100.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "in 0..=100")]
    (0.0..=100.0).contains(&number).then(|| number.round() as u8)
}

#[cfg(test)]
mod tests {
    use super::{brief, share};

    #[test]
    fn a_long_text_ends_with_a_clause() {
        assert_eq!(brief("short; as it is"), "short; as it is");
        let long = "two visits every year and a hotline; 24 hours a day for the roasting line, which \
                    must not stop";
        assert_eq!(brief(long), "two visits every year and a hotline");
        let sentence =
            "Two visits every year and a hotline. It is open 24 hours a day for the line.";
        assert_eq!(brief(&format!("{sentence} {sentence}")), sentence);
        assert_eq!(brief(&"word ".repeat(30)), format!("{} …", "word ".repeat(16).trim_end()));
    }

    #[test]
    fn a_share_is_a_percentage_at_the_start() {
        assert_eq!(share("42 % of cost"), Some(42));
        assert_eq!(share("~7.6% of revenue"), Some(8));
        assert_eq!(share("12,5 % der Kosten"), Some(13));
        assert_eq!(share("up 42 %"), None);
        assert_eq!(share("142 %"), None);
        assert_eq!(share("42 bags"), None);
        assert_eq!(share(""), None);
    }
}
