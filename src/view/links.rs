//! Links as markup, separated by commas.
//!
//! Lists of links are most of a page. A template that looped over each of them would spend most of a
//! build on it, and none would write them differently, so views hand them over as markup.

use serde::Serialize;

use super::{LinkView, escape, url};

/// Links separated by commas; safe to print as they are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct LinksHtml(String);

impl LinksHtml {
    /// Adds a link with its text.
    pub fn push(&mut self, title: &str, url: &str) {
        self.separate(title.len() + url.len());
        self.0.push_str("<a href=\"");
        escape::attribute(&mut self.0, url);
        self.0.push_str("\">");
        escape::text(&mut self.0, title);
        self.0.push_str("</a>");
    }

    /// Adds a link to the anchor `id` of the page at `url`; to that of the page itself for no URL.
    pub fn push_anchor(&mut self, title: &str, url: &str, id: &str) {
        self.separate(title.len() + url.len() + id.len());
        push_anchor(&mut self.0, title, url, id);
    }

    /// Adds links that have been written already.
    pub fn append(&mut self, links: &Self) {
        self.separate(links.0.len());
        self.0.push_str(&links.0);
    }

    /// Writes a comma if there is a link already, and reserves room for one with a text and URL of
    /// this length.
    fn separate(&mut self, length: usize) {
        const MARKUP: usize = 24;
        self.0.reserve(length + MARKUP);
        if !self.0.is_empty() {
            self.0.push_str(", ");
        }
    }

    /// Adds how many more there are, if there are any.
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

/// Appends a link to the anchor `id` of the page at `url`; to that of the page itself for no URL.
pub(super) fn push_anchor(html: &mut String, title: &str, url: &str, id: &str) {
    html.push_str("<a href=\"");
    push_url(html, url, id);
    html.push_str("\">");
    escape::text(html, title);
    html.push_str("</a>");
}

/// Appends the URL of an anchor as an attribute's value: of the page at `url`, or of the page itself
/// if that is empty.
pub(super) fn push_url(html: &mut String, url: &str, id: &str) {
    escape::attribute(html, url);
    if url::is_plain(id) {
        html.push('#');
        html.push_str(id);
    } else {
        let mut fragment = String::new();
        url::push_fragment(&mut fragment, id);
        escape::attribute(html, &fragment);
    }
}

/// Links that lead nowhere are plain text.
impl FromIterator<LinkView> for LinksHtml {
    fn from_iter<I: IntoIterator<Item = LinkView>>(items: I) -> Self {
        let mut links = Self::default();
        for LinkView { title, url } in items {
            if let Some(url) = url {
                links.push(&title, &url);
            } else {
                links.separate(title.len());
                escape::text(&mut links.0, &title);
            }
        }
        links
    }
}

#[cfg(test)]
mod tests {
    use super::{LinkView, LinksHtml};

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

    #[test]
    fn what_has_no_page_is_plain_text() {
        let item = |title: &str, url: Option<&str>| LinkView {
            title: title.to_owned(),
            url: url.map(str::to_owned),
        };
        let links: LinksHtml =
            [item("R&D", None), item("Sales", Some("s.html"))].into_iter().collect();
        assert_eq!(links.as_str(), "R&amp;D, <a href=\"s.html\">Sales</a>");
    }
}
