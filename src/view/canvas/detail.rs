//! Blocks and elements in full.

use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use super::{BlockView, DepartmentHere, Page, push_element};
use crate::canvas::{Block, Category, Cell};
use crate::handbook::{DepartmentIndex, Spot};
use crate::kind::BlockIndex;
use crate::view::areas;
use crate::view::edition::Edition;
use crate::view::entries::{self, ElementGroup, ElementView, RelationView};
use crate::view::grid;
use crate::view::links::LinksHtml;
use crate::view::{BacklinkView, RELATES_TO};

impl<'e> Page<'e> {
    /// Every written block in the kind's reading order, without Key Activities if cards show it.
    pub(super) fn blocks(&mut self, without_activities: bool) -> Vec<BlockView> {
        let canvas = self.canvas;
        let hidden = canvas.kind.departments_block().filter(|_| without_activities);
        let mut blocks: Vec<usize> = (0..canvas.blocks.len()).collect();
        blocks.sort_by_key(|at| canvas.blocks[*at].index);
        blocks.retain(|at| Some(canvas.blocks[*at].index) != hidden);
        blocks.into_iter().map(|at| self.block(at)).collect()
    }

    fn block(&mut self, at: usize) -> BlockView {
        let canvas = self.canvas;
        let block = &canvas.blocks[at];
        let kind = canvas.kind.block_kind(block.index);
        let lead_html = self.html(&block.lead);
        let groups = self.groups(block);
        BlockView {
            id: kind.id.clone(),
            former: self.former(block.index, &kind.id),
            class: grid::block_class(kind),
            label: canvas.label(block).to_owned(),
            area: areas::class(&canvas.kind, block.index),
            lead_html,
            elements_html: entries::elements(&groups, &self.terms),
            rest_html: self.html(&block.rest),
        }
    }

    /// The elements that are in no part, then each part with its own.
    fn groups(&mut self, block: &'e Block) -> Vec<ElementGroup<'e>> {
        /// The level below the heading of a block.
        const LEVEL: u8 = 3;
        let mut groups = Vec::new();
        let mut by_part = self.elements_by_part(block.index);
        for part in std::iter::once(None).chain((0u32..).zip(&block.parts).map(Some)) {
            let elements = by_part.remove(&part.map(|(index, _)| index)).unwrap_or_default();
            let mut group = ElementGroup::default();
            if let Some((_, part)) = part {
                let heading = part.heading.map(|heading| &self.document.headings[heading as usize]);
                group.title = &part.title;
                group.id = heading.map_or("", |heading| &heading.id);
                group.level = depth(block, part.parent).saturating_add(LEVEL);
                group.lead_html = self.html(&part.lead);
            }
            group.elements = elements.into_iter().map(|index| self.element(index)).collect();
            groups.push(group);
        }
        groups
    }

    /// The elements of a block under each of its parts, in order.
    fn elements_by_part(&self, block: BlockIndex) -> BTreeMap<Option<u32>, Vec<u32>> {
        let mut by_part: BTreeMap<Option<u32>, Vec<u32>> = BTreeMap::new();
        for (index, element) in self.canvas.elements.in_block(block) {
            by_part.entry(element.part).or_default().push(index);
        }
        by_part
    }

    /// An element in full.
    pub(super) fn element(&mut self, index: u32) -> ElementView<'e> {
        let canvas = self.canvas;
        let element = canvas.elements.at(index);
        let facts = self.entry.elements.at(index);
        let name = element.name.is_some();
        ElementView {
            id: facts.id,
            former: self.former(element.block, facts.id),
            number: self.threads.offer.binary_search(&index).ok().map(|at| at + 1),
            name_html: if name { self.inline(element.name_span) } else { String::new() },
            text_html: if element.text.is_empty() {
                String::new()
            } else if element.cells.is_empty() {
                self.inline(element.text_span)
            } else {
                self.cells(element.cells)
            },
            detail_html: self.html(element.detail),
            classes: element.attributes.classes().collect(),
            category: facts.category.map(|category| self.category(category)),
            contributing: self.departments_here(facts.contributing),
            owner: element.attributes.owner().unwrap_or_default(),
            status: element.attributes.status().unwrap_or_default(),
            threads: Vec::new(),
            relations: self.relations(index),
            backlinks: self.element_backlinks(index),
            ask: self.edition.issue_link(self.index, index, facts.id),
        }
    }

    /// The markup of the cells of a row.
    fn cells(&mut self, cells: &[Cell]) -> String {
        let mut html = String::new();
        for cell in cells {
            if !html.is_empty() {
                html.push_str(" · ");
            }
            if !cell.label.is_empty() {
                html.push_str(&self.inline(cell.label));
                html.push_str(": ");
            }
            html.push_str(&self.inline(cell.value));
        }
        html
    }

    /// A category's badge.
    pub(super) fn category(&mut self, category: Category) -> Rc<str> {
        let badge = || entries::badge(&Edition::category(self.path, category, self.words)).into();
        self.categories.entry(category).or_insert_with(badge).clone()
    }

    /// The relations of an element, both ways, by verb in order of appearance, except those that its own
    /// text links.
    fn relations(&self, index: u32) -> Vec<RelationView<'e>> {
        let mut views: Vec<RelationView<'e>> = Vec::new();
        for neighbour in self.neighbours.of(index) {
            if self.linked.binary_search(&(index, neighbour.element)).is_ok() {
                continue;
            }
            let verb = neighbour.verb(&self.canvas.kind).unwrap_or(RELATES_TO);
            let links = RelationView::links_under(&mut views, self.words.verb(verb));
            push_element(links, self.entry, neighbour.element);
        }
        views
    }

    /// The references to an element, except those of its own canvas that are relations.
    fn element_backlinks(&self, index: u32) -> LinksHtml {
        let handbook = &self.edition.handbook;
        let references = handbook.backlinks_of(self.index, Spot::Element(index)).iter();
        let mut links = LinksHtml::default();
        let backlinks = self.edition.backlinks(self.path, references, false);
        for backlink in backlinks.items {
            let BacklinkView { document, place, url, .. } = backlink;
            let title = if place.is_empty() { document } else { format!("{document} › {place}") };
            links.push(&title, &url);
        }
        links.more(backlinks.more);
        links
    }

    /// Departments that contribute to an activity of this canvas.
    fn departments_here(&mut self, indexes: &[DepartmentIndex]) -> LinksHtml {
        let mut links = LinksHtml::default();
        for index in indexes {
            links.append(&self.department_here(*index).html);
        }
        links
    }

    /// A department that an activity of this canvas names, with the title that the canvas gives it. A
    /// canvas in another language than the handbook's gives one with its heading already.
    pub(super) fn department_here(&mut self, index: DepartmentIndex) -> &DepartmentHere {
        if !self.departments.contains_key(&index) {
            let mut link = self.edition.department(self.path, index);
            let own = self.entry.departments.get(&index).and_then(|facts| facts.title.clone());
            let handbook = &self.edition.handbook.config.language;
            let is_foreign = self.edition.foreign(self.index, handbook).is_some();
            let own = own.or_else(|| is_foreign.then(|| self.written_title(index)).flatten());
            link.title = own.unwrap_or(link.title);
            let html = std::iter::once(link.clone()).collect();
            self.departments.insert(index, DepartmentHere { link, html });
        }
        &self.departments[&index]
    }

    /// The first heading of this canvas that names a department.
    fn written_title(&self, index: DepartmentIndex) -> Option<String> {
        let written = self.written_titles.get_or_init(|| {
            let blocks = self.canvas.blocks.iter().zip(self.entry.part_departments.iter());
            let parts = blocks.flat_map(|(block, departments)| block.parts.iter().zip(departments));
            let mut titles = HashMap::new();
            for (part, department) in parts {
                if let Some(department) = department {
                    titles.entry(*department).or_insert(part.title.as_str());
                }
            }
            titles
        });
        written.get(&index).map(|title| (*title).to_owned())
    }
}

/// The number of parts around a part.
pub(super) fn depth(block: &Block, mut parent: Option<u32>) -> u8 {
    let mut depth = 0u8;
    while let Some(part) = parent {
        depth = depth.saturating_add(1);
        parent = block.parts[part as usize].parent;
    }
    depth
}
