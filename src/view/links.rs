//! Links as markup, separated by commas.
//!
//! Lists of links are most of a page. A template that looped over each of them would spend most of a
//! build on it, and none would write them differently, so views hand them over as markup.

use serde::Serialize;

use super::escape;

/// Links separated by commas; safe to print as they are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct LinksHtml(String);

impl LinksHtml {
    /// Adds a link with its text.
    pub fn push(&mut self, title: &str, url: &str) {
        if !self.0.is_empty() {
            self.0.push_str(", ");
        }
        self.0.push_str("<a href=\"");
        escape::attribute(&mut self.0, url);
        self.0.push_str("\">");
        escape::text(&mut self.0, title);
        self.0.push_str("</a>");
    }

    /// Says how many more there are, where there are any.
    pub fn more(&mut self, more: usize) {
        if more > 0 {
            self.0.push_str(&format!(", +{more}"));
        }
    }

    /// The markup.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::LinksHtml;

    #[test]
    fn texts_and_urls_are_escaped() {
        let mut links = LinksHtml::default();
        links.push("R&D <b>", "a.html#\"x\"");
        links.push("Quality", "b.html?c&d");
        assert_eq!(
            links.as_str(),
            "<a href=\"a.html#&quot;x&quot;\">R&amp;D &lt;b&gt;</a>, <a href=\"b.html?c&amp;d\">Quality</a>"
        );
    }
}
