//! The effects of changes, and whom they concern, on the page of a comparison.

use std::fmt::Write as _;

use super::page::{LONGEST, Page, escaped};
use super::{departments, effect, finding, findings};
use crate::handbook::DepartmentIndex;
use crate::view::LinkView;
use crate::view::edition::{Edition, shortened};
use crate::view::links::LinksHtml;
use crate::view::url::SitePath;

impl Page<'_> {
    /// The effects of the changes.
    pub(super) fn impact(&self) -> String {
        let (edition, words) = (self.edition, &self.edition.words);
        let mut html = String::new();
        for impact in self.comparison.impact.iter().take(self.most) {
            let document = self.document(&impact.canvas);
            let canvas = self.handbooks.title(&impact.canvas);
            let element = impact.element.as_ref();
            let anchor = element.map(|element| &*element.id).or(impact.block.as_deref());
            let name = element.map_or(canvas, |element| &element.name);
            let _ = write!(html, "<li>{}", self.linked(document, anchor, name));
            if element.is_some() && !self.is_own(&impact.canvas) {
                let _ = write!(html, " ({})", escaped(canvas));
            }
            let effect = effect(impact, words);
            let _ = write!(html, " {}", escaped(&shortened(effect.into(), LONGEST)));
            let owners = impact.owners.iter().map(|owner| edition.owner(self.path, owner));
            let owners: LinksHtml = owners.collect();
            if !owners.as_str().is_empty() {
                let _ = write!(html, " <small>{}</small>", owners.as_str());
            }
            html.push_str("</li>");
        }
        if html.is_empty() { html } else { format!("<ul class=\"changes\">{html}</ul>") }
    }

    /// The findings that only one side has.
    pub(super) fn findings(&self) -> String {
        let mut html = String::new();
        for (title, findings) in findings(self.comparison, &self.edition.words) {
            let _ = write!(html, "<h3>{}</h3><ul class=\"changes\">", escaped(title));
            for found in findings {
                let document = self.document(&found.canvas);
                let title = self.handbooks.title(&found.canvas);
                let anchor = found.element.as_ref().map(|element| &*element.id);
                let name = found.element.as_ref().map_or(title, |element| &element.name);
                let _ = write!(html, "<li>{}", self.linked(document, anchor, name));
                if anchor.is_some() && !self.is_own(&found.canvas) {
                    let _ = write!(html, " ({})", escaped(title));
                }
                let said = finding(self.handbooks, found, &self.edition.words);
                let _ = write!(html, ": {}", escaped(&shortened(said, LONGEST)));
                if let Some(reason) = &found.reason {
                    let _ = write!(html, " ({})", escaped(&shortened(reason.into(), LONGEST)));
                }
                let _ = write!(html, " <small>{}</small></li>", escaped(&found.code));
            }
            html.push_str("</ul>");
        }
        html
    }

    /// The departments that the changes concern. A department without activities has no page.
    pub(super) fn departments(&self) -> Vec<LinkView> {
        let titles = departments(self.handbooks, self.comparison).into_iter();
        titles.map(|title| department_link(self.edition, self.path, title)).collect()
    }
}

/// The department with a title, and its page. One of another state may be gone.
pub(in crate::view) fn department_link(
    edition: &Edition,
    from: &SitePath,
    title: &str,
) -> LinkView {
    let mut known = (0u32..).zip(edition.handbook.departments.iter());
    match known.find(|(_, it)| it.title == title) {
        Some((at, _)) => edition.department(from, DepartmentIndex(at)),
        None => LinkView { title: title.to_owned(), url: None },
    }
}
