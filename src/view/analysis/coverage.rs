//! What each activity serves, by department, and which elements have no activity.

use std::collections::HashMap;
use std::fmt::Write as _;

use super::Analysis;
use crate::handbook::DepartmentIndex;
use crate::kind::BlockIndex;
use crate::view::escape;

/// The activities, and the elements that they may serve.
#[derive(Default)]
pub(super) struct Covered {
    /// The activities by department, in order of appearance; those without one last.
    pub departments: Vec<(Option<DepartmentIndex>, Vec<u32>)>,
    /// The blocks whose elements activities serve, in reading order.
    pub blocks: Vec<BlockIndex>,
    /// For each of them the elements without an activity.
    pub without: Vec<Vec<u32>>,
}

impl Analysis<'_> {
    /// The table, and whether it has a hole; empty without activities.
    pub(super) fn coverage(&self) -> (String, bool) {
        let Some(covered) = self.covered() else { return Default::default() };
        let language = self.words_language();
        let mut html =
            format!("<table class=\"coverage\">\n<thead><tr><th scope=\"col\"{language}>");
        escape::text(&mut html, self.words.get("activities"));
        html.push_str("</th>");
        for block in &covered.blocks {
            html.push_str("<th scope=\"col\">");
            escape::text(&mut html, &self.edition.block_label(self.index, *block));
            html.push_str("</th>");
        }
        html.push_str("</tr></thead>\n");
        let mut has_holes = false;
        for (department, activities) in &covered.departments {
            html.push_str("<tbody>\n");
            self.push_department(&mut html, *department, covered.blocks.len() + 1);
            for activity in activities {
                has_holes |= self.push_activity(&mut html, *activity, &covered.blocks);
            }
            html.push_str("</tbody>\n");
        }
        if covered.without.iter().any(|elements| !elements.is_empty()) {
            has_holes = true;
            let _ = write!(html, "<tbody>\n<tr class=\"hole\"><th scope=\"row\"{language}>");
            escape::text(&mut html, self.words.get("no_activity_behind"));
            html.push_str("</th>");
            for elements in &covered.without {
                html.push_str("<td>");
                self.push_names(&mut html, elements.iter().copied());
                html.push_str("</td>");
            }
            html.push_str("</tr>\n</tbody>\n");
        }
        html.push_str("</table>\n");
        (html, has_holes)
    }

    pub(super) fn covered(&self) -> Option<Covered> {
        let (canvas, kind) = (self.canvas, &self.canvas.kind);
        let activities = kind.departments_block()?;
        let mut departments: Vec<(Option<DepartmentIndex>, Vec<u32>)> = Vec::new();
        let mut places: HashMap<Option<DepartmentIndex>, usize> = HashMap::new();
        for (activity, _) in canvas.elements.in_block(activities) {
            let department = self.entry.elements.at(activity).department;
            let place = *places.entry(department).or_insert_with(|| {
                departments.push((department, Vec::new()));
                departments.len() - 1
            });
            departments[place].1.push(activity);
        }
        if departments.is_empty() {
            return None;
        }
        departments.sort_by_key(|(department, _)| department.is_none());
        let served = kind.relations.iter().filter(|relation| relation.from == activities);
        // Activities do not serve what they depend on.
        let served = served.filter(|it| it.dependence().is_none_or(|(of, _)| of != activities));
        let mut blocks: Vec<BlockIndex> = served.map(|relation| relation.to).collect();
        blocks.sort_unstable();
        blocks.dedup();
        let is_backed = self.backed(&departments);
        let without = blocks.iter().map(|block| {
            let elements = canvas.elements.in_block(*block).map(|(element, _)| element);
            elements.filter(|element| !is_backed[*element as usize]).collect()
        });
        let without = without.collect();
        Some(Covered { departments, blocks, without })
    }

    /// Whether each element has an activity: it is related to one, or depends on one through others.
    fn backed(&self, departments: &[(Option<DepartmentIndex>, Vec<u32>)]) -> Vec<bool> {
        let kind = &self.canvas.kind;
        let activities = departments.iter().flat_map(|(_, activities)| activities.iter().copied());
        let mut is_backed = vec![false; self.canvas.elements.len()];
        let mut open: Vec<u32> = Vec::new();
        for activity in activities {
            open.extend(self.neighbours.of(activity).map(|neighbour| neighbour.element));
        }
        while let Some(element) = open.pop() {
            if !std::mem::replace(&mut is_backed[element as usize], true) {
                let dependent = self.neighbours.of(element).filter(|it| it.depends(kind));
                open.extend(dependent.map(|neighbour| neighbour.element));
            }
        }
        is_backed
    }

    fn push_department(&self, html: &mut String, index: Option<DepartmentIndex>, columns: usize) {
        let language = if index.is_none() { self.words_language() } else { String::new() };
        let _ = write!(html, "<tr><th scope=\"rowgroup\" colspan=\"{columns}\"{language}>");
        let link = index.map(|index| self.edition.department(&self.path, index));
        match link.map(|link| (link.title, link.url)) {
            Some((title, Some(url))) => {
                html.push_str("<a href=\"");
                escape::attribute(html, &url);
                html.push_str("\">");
                escape::text(html, &title);
                html.push_str("</a>");
            }
            Some((title, None)) => escape::text(html, &title),
            None => escape::text(html, self.words.get("no_department")),
        }
        html.push_str("</th></tr>\n");
    }

    /// The elements that an activity serves in some blocks, in order.
    pub(super) fn served(&self, activity: u32, blocks: &[BlockIndex]) -> Vec<u32> {
        let neighbours = self.neighbours.of(activity).map(|neighbour| neighbour.element);
        let is_served = |element: &u32| blocks.contains(&self.canvas.elements.block(*element));
        let mut served: Vec<u32> = neighbours.filter(is_served).collect();
        served.sort_unstable();
        served
    }

    /// Appends the row of an activity. Returns whether it serves nothing.
    fn push_activity(&self, html: &mut String, activity: u32, blocks: &[BlockIndex]) -> bool {
        let block = |element: u32| self.canvas.elements.block(element);
        let served = self.served(activity, blocks);
        let is_hole = served.is_empty();
        html.push_str(if is_hole { "<tr class=\"hole\">" } else { "<tr>" });
        html.push_str("<th scope=\"row\">");
        self.push_link(html, activity);
        html.push_str("</th>");
        if is_hole {
            let _ =
                write!(html, "<td colspan=\"{}\"{}>", blocks.len().max(1), self.words_language());
            escape::text(html, self.words.get("gap_idle_activity"));
            html.push_str("</td>");
        } else {
            for of in blocks {
                html.push_str("<td>");
                let elements: Vec<u32> =
                    served.iter().copied().filter(|element| block(*element) == *of).collect();
                self.push_names(html, elements.into_iter());
                html.push_str("</td>");
            }
        }
        html.push_str("</tr>\n");
        is_hole
    }
}
