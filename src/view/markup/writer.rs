//! The walk over the events of a span, and everything within a line.

use std::fmt::Write as _;
use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag};

use crate::comments::without_comments;
use crate::markdown::{is_line_break, width};
use crate::source::Span;
use crate::view::escape;

use super::events::Events;
use super::{Destination, Links, Shown, destination};

/// The form in which a span is written.
#[derive(Clone, Copy, PartialEq)]
pub enum Mode {
    /// Blocks, with headings `shift` levels deeper.
    Blocks { shift: u8 },
    /// The content of lines; blocks only separate.
    Inline,
    /// The content of lines without markup and without escapes.
    Plain,
}

/// Writes one span.
pub struct Writer<'m, 'd> {
    pub events: &'m Events<'d>,
    pub shown: &'m mut Shown<'d>,
    pub span: Span,
    pub mode: Mode,
    pub html: String,
    /// The open tags, outermost first.
    pub open: Vec<Open>,
    /// The open table.
    pub table: Option<super::blocks::Table<'m>>,
    links: Links<'m>,
    /// Whether it is within `<a>`, where HTML allows no other.
    in_link: bool,
}

/// An open tag.
pub struct Open {
    /// How it is closed.
    pub close: Close,
    /// The index of the event that closes it; [`Open::BY_NEXT`] if the source has none, so that the
    /// next block closes it.
    pub end: usize,
}

impl Open {
    /// Closed by the next block at the latest.
    pub const BY_NEXT: usize = usize::MAX;
}

/// The end of a tag.
pub enum Close {
    /// This text.
    Tag(&'static str),
    /// `</a>`.
    Link,
    /// `</label>`, around the text of a task.
    Label,
    /// The anchor and the end tag of a heading: its level and its index in the document.
    Heading { level: u8, index: Option<usize> },
    /// The end of a table.
    Table,
}

impl<'m, 'd> Writer<'m, 'd> {
    pub fn new(
        events: &'m Events<'d>,
        shown: &'m mut Shown<'d>,
        span: Span,
        mode: Mode,
        links: Links<'m>,
    ) -> Self {
        // Room for a link and a few tags, so that growing is seldom.
        let html = String::with_capacity((span.end - span.start) as usize + 128);
        let (open, table) = (Vec::new(), None);
        Self { events, shown, span, mode, html, open, table, links, in_link: false }
    }

    /// Writes from the event `at` to the end of the span.
    pub fn write_from(mut self, mut at: usize) -> String {
        self.reopen(at);
        while let Some((event, range)) = self.events.list.get(at) {
            let is_end = matches!(event, Event::End(_));
            if self.events.is_behind(at, self.span.end) && (!is_end || self.open.is_empty()) {
                break;
            }
            at = self.event(at, event, range);
        }
        while let Some(open) = self.open.pop() {
            self.close(open.close);
        }
        self.html
    }

    /// Opens again the tags that the start of the span cuts through, if they have a meaning by
    /// themselves.
    fn reopen(&mut self, at: usize) {
        if self.mode != Mode::Inline {
            return;
        }
        let events = self.events;
        let mut cut = Vec::new();
        let mut around = events.parent(at);
        while let Some(start) = around {
            match &events.list[start].0 {
                Event::Start(Tag::Link { .. } | Tag::Strikethrough) => cut.push(start),
                Event::Start(Tag::Emphasis | Tag::Strong | Tag::Superscript) => {}
                _ => break,
            }
            around = events.parent(start);
        }
        for start in cut.into_iter().rev() {
            let (event, range) = &events.list[start];
            match event {
                Event::Start(Tag::Link { title, .. }) => {
                    self.start_link(start, range, title);
                }
                _ => self.tag("<del>", "</del>", events.end(start)),
            }
        }
    }

    /// Writes one event, and returns the index of the next one.
    fn event(&mut self, at: usize, event: &'m Event<'d>, range: &Range<usize>) -> usize {
        let events = self.events;
        match event {
            Event::End(_) => {
                while self.open.last().is_some_and(|open| open.end <= at) {
                    let open = self.open.pop();
                    open.into_iter().for_each(|open| self.close(open.close));
                }
                return at + 1;
            }
            Event::Text(text) => {
                for piece in events.visible(text, range, self.span) {
                    self.text(piece);
                }
                return at + 1;
            }
            Event::Start(_) if range.start < self.span.start as usize => return at + 1,
            Event::Start(_) if events.is_hidden(range) => return events.end(at) + 1,
            Event::Start(tag) => return self.start(at, tag, range),
            _ => {}
        }
        if !self.span.range().contains(&range.start) || events.is_hidden(range) {
            return at + 1;
        }
        match event {
            Event::Code(code) => {
                self.markup("<code>");
                self.text(code);
                self.markup("</code>");
            }
            Event::SoftBreak => self.line_break(""),
            Event::HardBreak => self.line_break("<br>"),
            Event::FootnoteReference(label) => self.footnote_reference(label),
            Event::InlineHtml(html) if is_line_break(html) => self.line_break("<br>"),
            Event::InlineHtml(html) | Event::Html(html) => self.raw_html(html),
            Event::Rule => self.rule(),
            Event::TaskListMarker(is_done) => self.task(*is_done),
            // Not enabled in `markdown::events`.
            Event::InlineMath(text) | Event::DisplayMath(text) => self.text(text),
            Event::Start(_) | Event::End(_) | Event::Text(_) => {}
        }
        at + 1
    }

    /// Writes the start of a tag, and returns the index of the next event.
    fn start(&mut self, at: usize, tag: &'m Tag<'d>, range: &Range<usize>) -> usize {
        let end = self.events.end(at);
        match tag {
            Tag::Emphasis => self.tag("<em>", "</em>", end),
            Tag::Strong => self.tag("<strong>", "</strong>", end),
            Tag::Strikethrough => self.tag("<del>", "</del>", end),
            // A mark: see `markdown::MARK`.
            Tag::Superscript => self.tag("<mark>", "</mark>", end),
            Tag::Link { link_type, dest_url, title, .. } => {
                self.start_link(at, range, title);
                if let Some(label) = self.wiki_label(*link_type, range) {
                    self.text(label);
                    return end;
                }
                if end == at + 1 {
                    // A link without a text could be neither seen nor named.
                    self.text(dest_url);
                }
            }
            Tag::Image { title, .. } => {
                self.image(at, range, title);
                return end + 1;
            }
            // Shown at the end of the page, if anything refers to it.
            Tag::FootnoteDefinition(_) => return end + 1,
            block => return self.start_block(at, block, range),
        }
        at + 1
    }

    fn start_link(&mut self, at: usize, range: &Range<usize>, title: &str) {
        let end = self.events.end(at);
        let destination = if self.in_link { Destination::Text } else { self.destination(range) };
        let Destination::Url { url, title: tooltip, external } = destination else {
            return self.tag("", "", end);
        };
        self.before_inline();
        let source = self.shown.document.text.get(range.clone()).unwrap_or("");
        let class = match external {
            true => "external",
            false if source.starts_with("![[") => "embed",
            false => "",
        };
        start_link(&mut self.html, &url, tooltip.as_deref().unwrap_or(title), class);
        self.in_link = true;
        self.open.push(Open { close: Close::Link, end });
    }

    fn image(&mut self, at: usize, range: &Range<usize>, title: &str) {
        let alternative = self.alternative(at);
        match self.destination(range) {
            Destination::Url { url, title: tooltip, .. } => {
                self.markup("<img src=\"");
                escape::url(&mut self.html, &url);
                self.html.push_str("\" alt=\"");
                escape::attribute(&mut self.html, &alternative);
                push_title(&mut self.html, tooltip.as_deref().unwrap_or(title));
                if let Some((width, height)) = self.width(range) {
                    let _ = write!(self.html, "\" width=\"{width}");
                    if let Some(height) = height {
                        let _ = write!(self.html, "\" height=\"{height}");
                    }
                }
                self.html.push_str("\" loading=\"lazy\">");
            }
            Destination::Text => self.text(&alternative),
        }
    }

    /// The width, and maybe the height, that an embedded picture is given: `![[picture.png|300]]`.
    fn width(&self, range: &Range<usize>) -> Option<(u32, Option<u32>)> {
        let source = self.shown.document.text.get(range.clone())?;
        let (_, behind) = source.strip_prefix("![[")?.strip_suffix("]]")?.rsplit_once('|')?;
        width(behind)
    }

    /// The text inside an image, without links and emphasis.
    fn alternative(&self, image: usize) -> String {
        let events = self.events;
        let everything = Span { start: 0, end: u32::MAX };
        let mut text = String::new();
        for (event, range) in &events.list[image..events.end(image)] {
            match event {
                Event::Start(Tag::Link { link_type, .. } | Tag::Image { link_type, .. }) => {
                    if let Some(label) = self.wiki_label(*link_type, range) {
                        return text + label;
                    }
                }
                Event::Text(piece) => text.extend(events.visible(piece, range, everything)),
                Event::Code(code) if !events.is_hidden(range) => text.push_str(code),
                Event::SoftBreak | Event::HardBreak => text.push(' '),
                Event::InlineHtml(html) if is_line_break(html) => text.push(' '),
                Event::InlineHtml(html) if !html.starts_with("<!--") => text.push_str(html),
                _ => {}
            }
        }
        text
    }

    /// The target of a link or image; nothing if the parser did not see it or its scheme is unsafe.
    fn destination(&self, range: &Range<usize>) -> Destination {
        self.link_index(range).map_or(Destination::Text, |index| destination(index, self.links))
    }

    fn link_index(&self, range: &Range<usize>) -> Option<usize> {
        self.shown.document.links.starting_at(range.start)
    }

    /// The text of a wiki link without a text of its own.
    fn wiki_label(&self, link_type: LinkType, range: &Range<usize>) -> Option<&'d str> {
        if link_type != (LinkType::WikiLink { has_pothole: false }) {
            return None;
        }
        let document = self.shown.document;
        document.links.at(self.link_index(range)?).wiki_text()
    }

    fn footnote_reference(&mut self, label: &str) {
        if self.mode == Mode::Plain {
            return;
        }
        let Some(definition) = self.events.definition(label) else {
            return self.text(&format!("[^{label}]"));
        };
        let (number, reference) = self.shown.refer(definition);
        self.before_inline();
        let html = &mut self.html;
        let _ = write!(html, "<sup class=\"footnote\" id=\"_fn-{number}-{reference}\">");
        let _ = match self.in_link {
            true => write!(html, "{number}</sup>"),
            false => write!(html, "<a href=\"#_fn-{number}\">{number}</a></sup>"),
        };
    }

    /// Writes raw HTML within a line: as text, unless it is a comment.
    fn raw_html(&mut self, html: &str) {
        let mut visible = String::new();
        without_html_comments(html, &mut false, &mut visible);
        self.text(&visible);
    }

    fn line_break(&mut self, tag: &'static str) {
        if self.mode == Mode::Plain {
            self.html.push(' ');
        } else if !(self.open.is_empty() && (self.is_blocks() || self.html.is_empty())) {
            self.markup(tag);
            self.html.push('\n');
        }
    }

    /// Writes text of the document.
    pub fn text(&mut self, text: &str) {
        if text.is_empty() || (self.open.is_empty() && self.is_blocks() && text.trim().is_empty()) {
            return;
        }
        self.before_inline();
        if self.mode == Mode::Plain {
            self.html.push_str(text);
        } else {
            escape::text(&mut self.html, text);
        }
    }

    /// Writes markup of ours within a line.
    fn markup(&mut self, markup: &str) {
        self.before_inline();
        if self.mode != Mode::Plain {
            self.html.push_str(markup);
        }
    }

    /// Writes a tag within a line that the event `end` closes.
    fn tag(&mut self, open: &'static str, close: &'static str, end: usize) {
        self.markup(open);
        self.open.push(Open { close: Close::Tag(close), end });
    }

    pub fn is_blocks(&self) -> bool {
        matches!(self.mode, Mode::Blocks { .. })
    }

    pub fn close(&mut self, close: Close) {
        match close {
            _ if self.mode == Mode::Plain => {}
            Close::Tag(tag) => self.html.push_str(tag),
            Close::Link => {
                self.html.push_str("</a>");
                self.in_link = false;
            }
            Close::Label => self.html.push_str("</label>"),
            Close::Heading { level, index } => self.close_heading(level, index),
            Close::Table => self.close_table(),
        }
    }
}

/// Appends the start tag of a link; `title` and `class` may be empty.
pub fn start_link(html: &mut String, url: &str, title: &str, class: &str) {
    html.push_str("<a href=\"");
    escape::url(html, url);
    push_title(html, title);
    if !class.is_empty() {
        html.push_str("\" class=\"");
        html.push_str(class);
    }
    html.push_str("\">");
}

/// Appends a `title`, after an attribute that is still open and before its closing quote.
fn push_title(html: &mut String, title: &str) {
    let title = without_comments(title);
    if !title.is_empty() {
        html.push_str("\" title=\"");
        escape::attribute(html, &title);
    }
}

/// Appends `html` without its comments, of which one may extend over several calls.
pub fn without_html_comments(html: &str, in_comment: &mut bool, visible: &mut String) {
    let mut rest = html;
    loop {
        if *in_comment {
            let Some(end) = rest.find("-->") else { return };
            rest = &rest[end + 3..];
            *in_comment = false;
        }
        let Some(start) = rest.find("<!--") else { break };
        visible.push_str(&rest[..start]);
        // `<!-->` is a whole comment, so the end may overlap with the dashes of the start.
        rest = &rest[start + 2..];
        *in_comment = true;
    }
    visible.push_str(rest);
}
