//! Uncommitted changes, above the recent ones.

use std::fmt::Write as _;

use super::{MOST_DOCUMENTS, Page};
use crate::comparison::Outcome;
use crate::handbook::DocumentIndex;
use crate::history::Versions;
use crate::view::edition::shortened;
use crate::view::revision::Past;
use crate::view::table::attribute;
use crate::view::{escape, history, revision};

impl Page<'_> {
    /// The documents with uncommitted changes: those that exist, then those that were removed.
    pub(super) fn uncommitted(&self, versions: &Versions) -> String {
        let edition = self.edition;
        if edition.handbook.config.history.branch.is_some() {
            return String::new();
        }
        let mut items = Vec::new();
        let mut more = 0;
        for (index, _) in edition.handbook.entries() {
            let Some(version) = history::uncommitted(edition, index) else { continue };
            if items.len() == MOST_DOCUMENTS {
                more += 1;
                continue;
            }
            let outcome = version.map_or(Outcome::Added, |_| Outcome::Changed);
            let mut html = self.item(outcome, index);
            let path = &edition.entry(index).document.path;
            if let Some(version) = version.filter(|version| version.path != *path) {
                html.push_str(": ");
                escape::text(&mut html, &revision::renamed(&version.path, self.words));
            }
            items.push(html);
        }
        let mut past = Past::default();
        for version in &versions.uncommitted.removed {
            if items.len() == MOST_DOCUMENTS {
                more += 1;
                continue;
            }
            let document = past.read(edition, &versions.history, version);
            // A draft was on no page.
            if let Some(document) = document.filter(|document| !document.front.draft) {
                let mut html = String::new();
                revision::push_sign(&mut html, Outcome::Removed, self.words);
                escape::text(&mut html, &shortened((&*document.title).into(), 200));
                items.push(html);
            }
        }
        if items.is_empty() {
            return String::new();
        }
        let mut html = "<ul class=\"changes\">".to_owned();
        for item in items {
            let _ = write!(html, "\n<li>{item}</li>");
        }
        html.push_str("\n</ul>");
        if more > 0 {
            let more = self.words.counted("more_documents", more);
            revision::push_paragraph(&mut html, &more, self.words);
        }
        html
    }

    /// A document that exists, with a link to its differences.
    fn item(&self, outcome: Outcome, index: DocumentIndex) -> String {
        let edition = self.edition;
        let has_history =
            edition.is_canvas(index) && history::last_changed(edition, index).is_some();
        let url = match has_history {
            true => self.path.link(&history::path(edition, index), Some(history::NOW)),
            false => self.path.link(edition.path(index), None),
        };
        let mut html = String::new();
        revision::push_sign(&mut html, outcome, self.words);
        let _ = write!(html, "<a href=\"{}\">", attribute(&url));
        escape::text(&mut html, &edition.entry(index).document.title);
        html.push_str("</a>");
        html
    }
}
