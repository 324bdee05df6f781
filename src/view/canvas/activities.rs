//! Key Activities by department.

use std::collections::BTreeMap;

use super::{ContributorView, DepartmentCardView, Page, detail, push_element};
use crate::canvas::{Block, Category};
use crate::handbook::DepartmentIndex;
use crate::view::entries::{self, ElementGroup, ElementView};
use crate::view::escape;
use crate::view::links::LinksHtml;
use crate::view::run_in::RunIn;

/// The card of a department while it is gathered.
#[derive(Default)]
pub(super) struct Card {
    department: Option<DepartmentIndex>,
    leads: Vec<u32>,
    contributes: Vec<u32>,
    /// Its headings: indexes into [`Block::parts`].
    parts: Vec<usize>,
    /// The groups below its headings: indexes into [`Block::parts`].
    groups: Vec<u32>,
}

impl<'e> Page<'e> {
    /// The block whose parts are departments, if it exists, as an index into the canvas's blocks.
    fn activities_block(&self) -> Option<usize> {
        let index = self.canvas.kind.departments_block()?;
        self.canvas.blocks.iter().position(|block| block.index == index)
    }

    /// The text of Key Activities before its departments.
    pub(super) fn activities_lead(&mut self) -> String {
        let canvas = self.canvas;
        self.activities_block().map_or_else(String::new, |at| self.html(&canvas.blocks[at].lead))
    }

    /// Whatever else is in Key Activities.
    pub(super) fn activities_rest(&mut self) -> String {
        let canvas = self.canvas;
        self.activities_block().map_or_else(String::new, |at| self.html(&canvas.blocks[at].rest))
    }

    /// The departments that lead or contribute to an activity of this canvas, to be shown as cards;
    /// empty if no activity has a department.
    pub(super) fn cards(&self) -> Vec<Card> {
        let cards = self.activities_block().map(|at| self.gather_cards(at)).unwrap_or_default();
        let is_any = cards.iter().any(|card| card.department.is_some());
        if is_any { cards } else { Vec::new() }
    }

    /// Departments as cards, and those that only contribute.
    pub(super) fn department_cards(
        &mut self,
        cards: Vec<Card>,
    ) -> (Vec<DepartmentCardView>, Vec<ContributorView>) {
        let Some(at) = self.activities_block() else { return Default::default() };
        let (contributors, cards): (Vec<Card>, Vec<Card>) =
            cards.into_iter().partition(|card| self.only_contributes(at, card));
        let cards = cards.into_iter().map(|card| self.card(at, card)).collect();
        let contributors = contributors.into_iter().filter_map(|card| self.contributor(&card));
        (cards, contributors.collect())
    }

    /// Whether there is nothing about a department except what it contributes to.
    fn only_contributes(&self, at: usize, card: &Card) -> bool {
        let parts = &self.canvas.blocks[at].parts;
        card.department.is_some()
            && card.leads.is_empty()
            && card.groups.is_empty()
            && card.parts.iter().all(|part| parts[*part].lead.is_empty())
            && !card.contributes.is_empty()
    }

    fn contributor(&mut self, card: &Card) -> Option<ContributorView> {
        let index = card.department?;
        let id = self.edition.department_anchor(self.entry, index);
        Some(ContributorView {
            former: self.former(self.canvas.kind.departments_block()?, &id),
            id,
            department: self.department_here(index).link.clone(),
            activities_html: self.contributions(&card.contributes),
        })
    }

    /// The departments in order of appearance, with the indexes of their activities.
    fn gather_cards(&self, at: usize) -> Vec<Card> {
        let block = &self.canvas.blocks[at];
        let mut cards: Vec<Card> = Vec::new();
        let mut places: BTreeMap<Option<DepartmentIndex>, usize> = BTreeMap::new();
        let mut card = |department: Option<DepartmentIndex>| -> usize {
            *places.entry(department).or_insert_with(|| {
                cards.push(Card { department, ..Card::default() });
                cards.len() - 1
            })
        };
        let of_block = self.canvas.elements.in_block(block.index);
        let activities: Vec<(u32, _)> = of_block
            .map(|(index, element)| (index, (element, self.entry.elements.at(index))))
            .collect();
        let mut leads = Vec::new();
        for (index, (_, facts)) in &activities {
            leads.push((card(facts.department), *index));
        }
        // Headings without activities still name a department.
        let named = self.entry.part_departments[at].iter().enumerate();
        let named: Vec<(usize, usize)> = named
            .filter_map(|(part, department)| Some((card(Some((*department)?)), part)))
            .collect();
        let groups: Vec<(usize, u32)> = (0u32..)
            .zip(&block.parts)
            .filter(|(_, part)| !part.department)
            .map(|(index, _)| (card(self.department_above(at, index)), index))
            .collect();
        let mut contributions = Vec::new();
        for (index, (_, facts)) in &activities {
            contributions.extend(facts.contributing.iter().map(|d| (card(Some(*d)), *index)));
        }
        for (card, part) in named {
            cards[card].parts.push(part);
        }
        for (card, group) in groups {
            cards[card].groups.push(group);
        }
        for (card, activity) in leads {
            cards[card].leads.push(activity);
        }
        for (card, activity) in contributions {
            cards[card].contributes.push(activity);
        }
        cards
    }

    fn card(&mut self, at: usize, card: Card) -> DepartmentCardView {
        let canvas = self.canvas;
        let block = &canvas.blocks[at];
        let own = card.department.map(|index| self.edition.handbook.department(index));
        let department = card.department.map(|index| self.department_here(index).link.clone());
        let leads = card.leads.len();
        let category = self.category_of(&card.leads);
        let groups = self.groups_of(block, &card, category);
        let activities_html = entries::elements(&groups, &self.terms);
        let contributes_html = self.contributions(&card.contributes);
        let owner = card.department.map_or_else(String::new, |index| self.department_owner(index));
        let in_handbook = own.map_or(0, |department| department.leads.len());
        let mut lead_html = String::new();
        for part in &card.parts {
            lead_html.push_str(&self.html(&block.parts[*part].lead));
        }
        let id = match card.department {
            Some(index) => self.edition.department_anchor(self.entry, index),
            None => format!("{}/", canvas.kind.block_kind(block.index).id),
        };
        DepartmentCardView {
            former: self.former(block.index, &id),
            id,
            department,
            about_html: self.about_card(category, &owner, leads, in_handbook, &contributes_html),
            owner,
            lead_html,
            leads,
            activities_html,
            in_handbook,
        }
    }

    /// The category of most of the activities, the first of equally frequent ones; `None` if one of
    /// them has none.
    fn category_of(&self, activities: &[u32]) -> Option<Category> {
        let mut counts: BTreeMap<Category, usize> = BTreeMap::new();
        for index in activities {
            *counts.entry(self.entry.elements.at(*index).category?).or_default() += 1;
        }
        let most = counts.values().max()?;
        let is_most = |category: &Category| counts[category] == *most;
        let mut all = activities.iter().filter_map(|i| self.entry.elements.at(*i).category);
        all.find(is_most)
    }

    /// Who is responsible for a department in this canvas.
    fn department_owner(&self, index: DepartmentIndex) -> String {
        let here = self.entry.departments.get(&index).and_then(|facts| facts.owner.clone());
        let everywhere = || self.edition.handbook.department(index).owner.clone();
        here.or_else(everywhere).unwrap_or_default()
    }

    /// The activities of a card: those directly below its headings, then those of each group. None
    /// of them repeats the category of the card.
    fn groups_of(
        &mut self,
        block: &'e Block,
        card: &Card,
        category: Option<Category>,
    ) -> Vec<ElementGroup<'e>> {
        /// The level below the heading of a card.
        const LEVEL: u8 = 4;
        let mut groups = vec![ElementGroup::default()];
        let mut places: BTreeMap<u32, usize> = BTreeMap::new();
        for index in &card.groups {
            let part = &block.parts[*index as usize];
            places.insert(*index, groups.len());
            let heading = part.heading.map(|heading| &self.document.headings[heading as usize]);
            groups.push(ElementGroup {
                title: &part.title,
                id: heading.map_or("", |heading| &heading.id),
                // The title of its department is that of the card.
                level: detail::depth(block, part.parent).saturating_add(LEVEL - 1).max(LEVEL),
                lead_html: self.html(&part.lead),
                elements: Vec::new(),
            });
        }
        for index in &card.leads {
            let part = self.canvas.elements.at(*index).part;
            let place = part.and_then(|part| places.get(&part)).copied().unwrap_or(0);
            let mut element: ElementView<'e> = self.element(*index);
            if category.is_some() && self.entry.elements.at(*index).category == category {
                element.category = None;
            }
            element.threads.clone_from(&self.threads.numbers[*index as usize]);
            groups[place].elements.push(element);
        }
        groups
    }

    /// The department of which a group is a part.
    fn department_above(&self, at: usize, group: u32) -> Option<DepartmentIndex> {
        let part = self.canvas.blocks[at].department_of(group)?;
        self.entry.part_departments[at][part as usize]
    }

    /// The line below a card's title: the category of its activities, who is responsible for the
    /// department, how much it leads, and what it contributes to.
    fn about_card(
        &mut self,
        category: Option<Category>,
        owner: &str,
        leads: usize,
        in_handbook: usize,
        contributes: &LinksHtml,
    ) -> String {
        let badge = category.map(|category| self.category(category));
        let words = self.words;
        let mut html = String::new();
        let mut about = RunIn::new(&mut html, words);
        about.part(badge.as_deref().unwrap_or_default());
        if !owner.is_empty() {
            let link: LinksHtml = std::iter::once(self.edition.owner(self.path, owner)).collect();
            let mut by = String::new();
            escape::text(&mut by, words.get("owned_by"));
            about.part(&by.replace("{owner}", link.as_str()));
        }
        if in_handbook > leads {
            let of = words.get("activities_of").replace("{n}", &leads.to_string());
            about.text(&of.replace("{of}", &in_handbook.to_string()));
        } else if leads > 0 {
            about.text(&words.counted("activities", leads));
        }
        about.links(words.get("contributes_to"), contributes);
        about.close();
        html
    }

    /// Activities that other departments lead.
    fn contributions(&self, indexes: &[u32]) -> LinksHtml {
        let mut links = LinksHtml::default();
        for index in indexes {
            push_element(&mut links, self.entry, *index);
        }
        links
    }
}
