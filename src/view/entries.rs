//! Elements and activities as markup.
//!
//! They are most of every page. Handed to a template one by one, with their links in lists of their
//! own, they took more than half of a build; so views write them, and a theme places the lists and
//! styles them by their classes.

use std::fmt::Write as _;
use std::rc::Rc;

use super::links::LinksHtml;
use super::run_in::RunIn;
use super::words::Words;
use super::{CategoryView, LinkView, escape};

/// The relations of an element that share a verb: `Supports` A, B.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelationView<'v> {
    /// `Supports`, `Is enabled by`, `Relates to` …, in the page's language.
    pub verb: &'v str,
    /// The elements at the other end.
    pub links: LinksHtml,
}

impl<'v> RelationView<'v> {
    /// The links under a verb, to which one can be added; a new verb comes after the others.
    pub fn links_under<'l>(views: &'l mut Vec<Self>, verb: &'v str) -> &'l mut LinksHtml {
        let at = views.iter().position(|view| view.verb == verb).unwrap_or_else(|| {
            views.push(Self { verb, links: LinksHtml::default() });
            views.len() - 1
        });
        &mut views[at].links
    }
}

/// An element in full.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ElementView<'v> {
    /// Its anchor: the explicit id, else `<block>/<slug>`.
    pub id: &'v str,
    /// The anchors that it had before its block was renamed.
    pub former: Vec<String>,
    /// Its number, for an element of the offer block.
    pub number: Option<usize>,
    /// Its name with markup and links; empty if it has none.
    pub name_html: String,
    /// The text after the name, with markup and links; may be empty.
    pub text_html: String,
    /// Nested lists and paragraphs; may be empty.
    pub detail_html: String,
    /// Its classes, for themes.
    pub classes: Vec<&'v str>,
    /// The [`badge`] of its category, for an activity, unless its department's card shows it.
    pub category: Option<Rc<str>>,
    /// Departments that contribute, for an activity; may be empty.
    pub contributing: LinksHtml,
    /// Who is responsible for it, if it is not the department's owner; may be empty.
    pub owner: &'v str,
    /// Its status; may be empty.
    pub status: &'v str,
    /// For an activity: the numbers of the offer's elements that it makes possible.
    pub threads: Vec<usize>,
    /// Its relations in this canvas that its own text does not link, by verb.
    pub relations: Vec<RelationView<'v>>,
    /// The references to it from elsewhere: other canvases, pages, lead texts; may be empty.
    pub backlinks: LinksHtml,
    /// Its name as plain text and the address for asking about it, if the configuration has one.
    pub ask: Option<LinkView>,
}

/// An element on the poster.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct PosterElementView {
    /// The anchor of the element in full, on this page.
    pub anchor: String,
    /// Its name, or its text if it has none, as plain text.
    pub title: String,
    /// For an element of the offer block: its number, from 1.
    pub number: Option<usize>,
    /// Its text, as plain text, if the poster has room for it; may be empty.
    pub text: String,
    /// The numbers of the offer's elements that it makes possible or carries to people.
    pub threads: Vec<usize>,
    /// The first reference of the element into another document, if there is one.
    pub elsewhere: Option<LinkView>,
    /// Its share in hundredths, if the text starts with a percentage, for a bar: `42`.
    pub share: Option<u8>,
}

/// Elements of the poster under one department or group.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct PosterGroup {
    /// The department or group; absent for elements before the first.
    pub title: Option<LinkView>,
    /// Its elements.
    pub elements: Vec<PosterElementView>,
}

/// Elements in full under one sub-heading.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ElementGroup<'v> {
    /// The sub-heading; empty for elements that are under none.
    pub title: &'v str,
    /// Its anchor; empty if it has none.
    pub id: &'v str,
    /// The level of the sub-heading.
    pub level: u8,
    /// Its text before the elements; may be empty.
    pub lead_html: String,
    /// The elements.
    pub elements: Vec<ElementView<'v>>,
}

/// Lists of elements in full, one list for each group that has any. Empty without groups.
pub fn elements(groups: &[ElementGroup<'_>], terms: &Terms<'_>) -> String {
    const USUAL_ELEMENT: usize = 640;
    let count: usize = groups.iter().map(|group| group.elements.len()).sum();
    let mut html = String::with_capacity(count * USUAL_ELEMENT);
    for group in groups {
        if !group.title.is_empty() {
            // HTML has no deeper heading.
            let level = group.level.min(6);
            let _ = write!(html, "<h{level}");
            if !group.id.is_empty() {
                html.push_str(" id=\"");
                escape::attribute(&mut html, group.id);
                html.push('"');
            }
            html.push('>');
            escape::text(&mut html, group.title);
            let _ = writeln!(html, "</h{level}>");
        }
        if !group.lead_html.is_empty() {
            wrapped(&mut html, "<div class=\"prose\">", &[&group.lead_html], "</div>\n");
        }
        if !group.elements.is_empty() {
            html.push_str("<ul class=\"elements\">\n");
            for element in &group.elements {
                element.write(&mut html, terms);
            }
            html.push_str("</ul>\n");
        }
    }
    html
}

/// The elements of a poster's block: one list for each group, below its title.
pub fn poster(groups: &[PosterGroup], terms: &Terms<'_>) -> String {
    const USUAL_ELEMENT: usize = 192;
    let count: usize = groups.iter().map(|group| group.elements.len()).sum();
    let mut html = String::with_capacity(count * USUAL_ELEMENT);
    for group in groups {
        if !html.is_empty() {
            html.push('\n');
        }
        if let Some(LinkView { title, url }) = &group.title {
            html.push_str("<h4>");
            if let Some(url) = url {
                html.push_str("<a href=\"");
                escape::attribute(&mut html, url);
                html.push_str("\">");
            }
            escape::text(&mut html, title);
            html.push_str(if url.is_some() { "</a></h4>\n" } else { "</h4>\n" });
        }
        html.push_str("<ul>\n");
        for element in &group.elements {
            element.write(&mut html, terms);
        }
        html.push_str("</ul>");
    }
    html
}

impl ElementView<'_> {
    fn write(&self, html: &mut String, terms: &Terms<'_>) {
        html.push_str("<li id=\"");
        escape::attribute(html, self.id);
        if !self.classes.is_empty() {
            html.push_str("\" class=\"");
            escape::attribute(html, &self.classes.join(" "));
        }
        html.push_str("\"><p>");
        for id in &self.former {
            html.push_str("<span id=\"");
            escape::attribute(html, id);
            html.push_str("\"></span>");
        }
        if let Some(number) = self.number {
            let _ = write!(html, "<b class=\"number\">{number}</b>");
        }
        if !self.name_html.is_empty() {
            wrapped(html, "<b>", &[&self.name_html], "</b>");
        }
        if !self.text_html.is_empty() {
            let between = if self.name_html.is_empty() { "" } else { " – " };
            wrapped(html, between, &[&self.text_html], "");
        }
        on_threads(html, &self.threads, terms.words);
        html.push_str("</p>\n");
        if !self.detail_html.is_empty() {
            wrapped(html, "<div class=\"prose\">", &[&self.detail_html], "</div>\n");
        }
        let mut about = RunIn::new(html, terms.words);
        about.part(self.category.as_deref().unwrap_or_default());
        about.text(self.status);
        if !self.owner.is_empty() {
            about.text(&terms.words.owned_by(self.owner));
        }
        about.links(terms.with, &self.contributing);
        for RelationView { verb, links } in &self.relations {
            about.links(verb, links);
        }
        about.links(terms.linked_from, &self.backlinks);
        if let Some(LinkView { title, url: Some(url) }) = &self.ask {
            about.part(&ask(terms.words, title, url));
        }
        about.close();
        // A page has sixty of them, and no line needs two ends.
        html.truncate(html.trim_ascii_end().len());
        html.push_str("</li>\n");
    }
}

impl PosterElementView {
    fn write(&self, html: &mut String, terms: &Terms<'_>) {
        let threads = self.number.as_ref().map_or(&*self.threads, std::slice::from_ref);
        html.push_str("<li");
        for (at, thread) in threads.iter().enumerate() {
            html.push_str(if at == 0 { " class=\"t" } else { " t" });
            push_number(html, *thread);
        }
        html.push_str(if threads.is_empty() { ">" } else { "\">" });
        if let Some(number) = self.number {
            let _ = write!(html, "<b class=\"number\">{number}</b>");
        }
        html.push_str("<a href=\"#");
        escape::url(html, &self.anchor);
        html.push_str("\">");
        escape::text(html, &self.title);
        html.push_str("</a>");
        // A text begins with the share that it states.
        if let (Some(share), true) = (self.share, self.text.is_empty()) {
            let percent = terms.percent.replace("{n}", &share.to_string());
            wrapped(html, "<b class=\"share\">", &[&percent], "</b>");
        }
        if let Some(LinkView { title, url: Some(url) }) = &self.elsewhere {
            html.push_str("<a class=\"elsewhere\" href=\"");
            escape::attribute(html, url);
            // The arrow is drawn by the style sheet, so this is the link's name.
            html.push_str("\" title=\"");
            escape::attribute(html, &terms.elsewhere.replace("{title}", title));
            html.push_str("\"></a>");
        }
        if self.number.is_none() {
            on_threads(html, threads, terms.words);
        }
        if !self.text.is_empty() {
            html.push_str("<p>");
            escape::text(html, &self.text);
            html.push_str("</p>");
        }
        if let Some(share) = self.share {
            let _ = write!(
                html,
                "<svg class=\"bar\" aria-hidden=\"true\"><rect width=\"{share}%\" height=\"3\"></rect></svg>"
            );
        }
        html.push_str("</li>\n");
    }
}

/// A link for asking about an element, whose name distinguishes it from those of other elements.
fn ask(words: &Words, title: &str, url: &str) -> String {
    let mut html = String::from("<a class=\"ask\" href=\"");
    escape::attribute(&mut html, url);
    html.push_str("\" aria-label=\"");
    escape::attribute(&mut html, words.get("ask"));
    html.push_str(" – ");
    escape::attribute(&mut html, title);
    if let Some(lang) = words.foreign() {
        html.push_str("\" lang=\"");
        escape::attribute(&mut html, lang);
    }
    html.push_str("\">");
    escape::text(&mut html, words.get("ask"));
    html + "</a>"
}

/// A category as a badge that leads to its page.
pub fn badge(category: &CategoryView) -> String {
    let CategoryView { id, title, letter, url } = category;
    let mut html = String::new();
    wrapped(&mut html, "<a class=\"category ", &[id], "\" href=\"");
    escape::attribute(&mut html, url);
    wrapped(&mut html, "\"><b aria-hidden=\"true\">", &[letter], "</b>");
    escape::text(&mut html, title);
    html + "</a>"
}

/// The words that are on every entry of a page, looked up once for all of them.
#[derive(Clone, Copy, Debug)]
pub struct Terms<'w> {
    words: &'w Words,
    elsewhere: &'w str,
    percent: &'w str,
    with: &'w str,
    linked_from: &'w str,
}

impl<'w> Terms<'w> {
    /// The terms of a page with these words.
    pub fn of(words: &'w Words) -> Self {
        Self {
            words,
            elsewhere: words.get("elsewhere"),
            percent: words.get("percent"),
            with: words.get("with"),
            linked_from: words.get("linked_from"),
        }
    }
}

/// Appends the numbers of threads; nothing for none.
fn on_threads(html: &mut String, threads: &[usize], words: &Words) {
    if threads.is_empty() {
        return;
    }
    html.push_str("<i class=\"on\" role=\"img\" aria-label=\"");
    escape::attribute(html, &words.on_threads(threads));
    html.push_str("\">");
    for thread in threads {
        html.push_str("<b>");
        push_number(html, *thread);
        html.push_str("</b>");
    }
    html.push_str("</i>");
}

/// Appends a number. Those of threads mostly have one digit, and each element has some of them.
fn push_number(html: &mut String, number: usize) {
    match u8::try_from(number) {
        Ok(digit @ 0..=9) => html.push(char::from(b'0' + digit)),
        _ => {
            let _ = write!(html, "{number}");
        }
    }
}

/// Appends markup between an opening and a closing one.
fn wrapped(html: &mut String, open: &str, inner: &[&str], close: &str) {
    html.push_str(open);
    for part in inner {
        html.push_str(part);
    }
    html.push_str(close);
}
