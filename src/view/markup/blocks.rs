//! Blocks: paragraphs, headings, lists, tables, code.

use std::fmt::Write as _;
use std::ops::Range;

use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, Event, HeadingLevel, Tag};

use crate::markdown::is_line_break;
use crate::view::{escape, highlight};

use super::writer::{Close, Mode, Open, Writer, without_html_comments};

/// The table that is being written. Tables are never nested.
pub struct Table<'m> {
    alignments: &'m [Alignment],
    /// The number of the next column.
    column: usize,
    /// Whether it is within the head.
    is_head: bool,
    /// Whether there was a row after the head.
    has_body: bool,
}

impl<'m, 'd> Writer<'m, 'd> {
    /// Writes the start of a block, and returns the index of the next event.
    pub fn start_block(&mut self, at: usize, tag: &'m Tag<'d>, range: &Range<usize>) -> usize {
        let Mode::Blocks { shift } = self.mode else {
            return self.separate(at, tag);
        };
        self.before_block(matches!(tag, Tag::Item));
        match tag {
            Tag::Paragraph if self.is_only_id(at) => return self.events.end(at) + 1,
            Tag::Paragraph => self.block("<p>", "</p>\n", at),
            Tag::Heading { level, .. } => return self.heading(at, *level, shift, range),
            Tag::BlockQuote(None) => self.block("<blockquote>\n", "</blockquote>\n", at),
            Tag::BlockQuote(Some(kind)) => self.callout(at, *kind),
            Tag::CodeBlock(kind) => return self.code_block(at, kind),
            Tag::HtmlBlock => return self.html_block(at),
            Tag::List(None) => self.block("<ul>\n", "</ul>\n", at),
            Tag::List(Some(1)) => self.block("<ol>\n", "</ol>\n", at),
            Tag::List(Some(first)) => {
                self.block("<ol start=\"", "</ol>\n", at);
                let _ = writeln!(self.html, "{first}\">");
            }
            Tag::Item => self.item(at),
            Tag::Table(alignments) => {
                // Wide tables scroll by themselves, with the keyboard too.
                self.fresh_line();
                self.open_tag("<div class=\"table\" tabindex=\"0\"><table>\n", at);
                self.open.push(Open { close: Close::Table, end: self.events.end(at) });
                self.table = Some(Table { alignments, column: 0, is_head: true, has_body: false });
            }
            Tag::TableHead | Tag::TableRow if self.table.is_some() => self.table_row(at, tag),
            Tag::TableCell if self.table.is_some() => self.table_cell(at),
            // A row whose table starts outside of the span is a line.
            Tag::TableRow => self.block("<p>", "</p>\n", at),
            Tag::TableCell if !self.html.ends_with("<p>") => self.html.push(' '),
            // Everything else is not enabled in `markdown::events`, or is a part of a table whose
            // start is outside of the span: its text is shown.
            _ => {}
        }
        at + 1
    }

    /// A quotation of a kind, which is shown as a word.
    fn callout(&mut self, at: usize, kind: BlockQuoteKind) {
        let (class, key) = match kind {
            // The theme has another use for `note`.
            BlockQuoteKind::Note => ("info", "callout_note"),
            BlockQuoteKind::Tip => ("tip", "callout_tip"),
            BlockQuoteKind::Important => ("important", "callout_important"),
            BlockQuoteKind::Warning => ("warning", "callout_warning"),
            BlockQuoteKind::Caution => ("caution", "callout_caution"),
        };
        self.block("<blockquote class=\"callout ", "</blockquote>\n", at);
        let _ = write!(self.html, "{class}\">\n<p class=\"kicker\">");
        escape::text(&mut self.html, self.shown.words.map_or(key, |words| words.get(key)));
        self.html.push_str("</p>\n");
    }

    /// Outside of [`Mode::Blocks`], separates a block only from what is before it.
    fn separate(&mut self, at: usize, tag: &Tag) -> usize {
        if !self.html.is_empty() && !self.html.ends_with(char::is_whitespace) {
            self.html.push(' ');
        }
        if *tag != Tag::HtmlBlock {
            return at + 1;
        }
        let html = self.visible_html(at);
        self.text(&html);
        self.events.end(at)
    }

    /// Closes tags that have no end in the source, since the next block ends them.
    fn before_block(&mut self, is_item: bool) {
        if matches!(self.open.last(), Some(Open { close: Close::Label, .. })) {
            self.open.pop();
            self.close(Close::Label);
        }
        let Some(Open { close: Close::Tag(tag), end: Open::BY_NEXT }) = self.open.last() else {
            if self.open.is_empty() && is_item {
                self.fresh_line();
                self.html.push_str("<ul>\n");
                self.open.push(Open { close: Close::Tag("</ul>\n"), end: Open::BY_NEXT });
            }
            return;
        };
        if !is_item || *tag != "</ul>\n" {
            self.close(Close::Tag(tag));
            self.open.pop();
            self.before_block(is_item);
        }
    }

    /// Puts inline content that is alone among blocks into a paragraph.
    pub fn before_inline(&mut self) {
        let is_alone = match self.open.last() {
            None => true,
            Some(open) => open.end == Open::BY_NEXT && matches!(open.close, Close::Tag("</ul>\n")),
        };
        if self.is_blocks() && is_alone {
            self.before_block(false);
            self.fresh_line();
            self.html.push_str("<p>");
            self.open.push(Open { close: Close::Tag("</p>\n"), end: Open::BY_NEXT });
        }
    }

    fn fresh_line(&mut self) {
        if !self.html.is_empty() && !self.html.ends_with('\n') {
            self.html.push('\n');
        }
    }

    /// Whether a paragraph is the id of the block above it, and nothing else.
    fn is_only_id(&self, at: usize) -> bool {
        let events = self.events;
        events.end(at) == at + 2 && events.is_hidden(&events.list[at + 1].1)
    }

    /// The id of the block that starts at an event, the first time that it is shown.
    fn id(&mut self, at: usize) -> Option<&'d str> {
        let paragraphs = &self.shown.document.paragraphs;
        let at = u32::try_from(at).ok()?;
        let index = paragraphs.binary_search_by_key(&at, |paragraph| paragraph.event).ok()?;
        let paragraph = paragraphs.get(index).filter(|paragraph| paragraph.element.is_none())?;
        let is_shown = std::mem::replace(&mut self.shown.paragraphs[index], true);
        (!is_shown).then_some(&*paragraph.id.value)
    }

    /// Opens a tag of the block that starts at an event, with the block's id if it has one.
    fn open_tag(&mut self, tag: &str, at: usize) {
        self.html.push_str(tag);
        if let Some(id) = self.id(at) {
            let start = self.html.len() - tag.len();
            let name = tag.find([' ', '>']).unwrap_or(tag.len());
            self.html.insert_str(start + name, &format!(" id=\"{id}\""));
        }
    }

    /// Opens a block on a line of its own.
    fn block(&mut self, open: &str, close: &'static str, at: usize) {
        self.fresh_line();
        self.open_tag(open, at);
        self.open.push(Open { close: Close::Tag(close), end: self.events.end(at) });
    }

    pub fn rule(&mut self) {
        if self.is_blocks() {
            self.before_block(false);
            self.fresh_line();
            self.html.push_str("<hr>\n");
        }
    }

    fn heading(
        &mut self,
        at: usize,
        level: HeadingLevel,
        shift: u8,
        range: &Range<usize>,
    ) -> usize {
        let end = self.events.end(at);
        let document = self.shown.document;
        let is_title =
            document.title_heading.is_some_and(|title| title.range().start == range.start);
        // A heading without a text would be an empty entry in a screen reader's list.
        if is_title || end == at + 1 {
            return end + 1;
        }
        let level = (level as u8).saturating_add(shift).min(6);
        let index = document
            .headings
            .binary_search_by_key(&range.start, |heading| heading.span.start as usize)
            .ok();
        let index = index.filter(|index| {
            let is_anchored = std::mem::replace(&mut self.shown.anchors[*index], true);
            !is_anchored && !document.headings[*index].id.is_empty()
        });
        self.fresh_line();
        let _ = write!(self.html, "<h{level}");
        if let Some(index) = index {
            self.html.push_str(" id=\"");
            escape::attribute(&mut self.html, &document.headings[index].id);
            self.html.push('"');
        } else if let Some(id) = self.id(at) {
            let _ = write!(self.html, " id=\"{id}\"");
        }
        self.html.push('>');
        self.open.push(Open { close: Close::Heading { level, index }, end });
        at + 1
    }

    /// Closes a heading. Its anchor is for copying a link with the mouse. It is hidden from
    /// keyboards and screen readers, which would meet it at every heading and read it as a part of
    /// the name.
    pub fn close_heading(&mut self, level: u8, index: Option<usize>) {
        if let Some(index) = index {
            self.html.push_str(" <a class=\"anchor\" href=\"#");
            escape::url(&mut self.html, &self.shown.document.headings[index].id);
            self.html.push_str("\" aria-hidden=\"true\" tabindex=\"-1\">#</a>");
        }
        let _ = writeln!(self.html, "</h{level}>");
    }

    fn item(&mut self, at: usize) {
        let mut following = self.events.list[at + 1..].iter().map(|(event, _)| event);
        let is_task = match following.next() {
            Some(Event::Start(Tag::Paragraph)) => following.next(),
            event => event,
        };
        let is_task = matches!(is_task, Some(Event::TaskListMarker(_)));
        self.block(if is_task { "<li class=\"task\">" } else { "<li>" }, "</li>\n", at);
    }

    /// Writes a task's box. The task's text is its label, so that the box has a name in every
    /// language.
    pub fn task(&mut self, is_done: bool) {
        if !self.is_blocks() {
            return;
        }
        self.before_inline();
        self.html.push_str("<label><input type=\"checkbox\" disabled");
        self.html.push_str(if is_done { " checked> " } else { "> " });
        let end = self.open.last().map_or(Open::BY_NEXT, |open| open.end);
        self.open.push(Open { close: Close::Label, end });
    }

    fn table_row(&mut self, at: usize, tag: &Tag) {
        let Some(table) = &mut self.table else { return };
        table.column = 0;
        table.is_head = *tag == Tag::TableHead;
        if table.is_head {
            return self.block("<thead><tr>", "</tr></thead>\n", at);
        }
        let open = if table.has_body { "<tr>" } else { "<tbody>\n<tr>" };
        table.has_body = true;
        self.block(open, "</tr>\n", at);
    }

    fn table_cell(&mut self, at: usize) {
        let end = self.events.end(at);
        let Some(table) = &mut self.table else { return };
        let class = match table.alignments.get(table.column) {
            Some(Alignment::Left) => " class=\"left\"",
            Some(Alignment::Center) => " class=\"center\"",
            Some(Alignment::Right) => " class=\"right\"",
            Some(Alignment::None) | None => "",
        };
        table.column += 1;
        // An empty cell is not a header.
        let is_head = table.is_head && end != at + 1;
        let (tag, close) = if is_head { ("th", "</th>") } else { ("td", "</td>") };
        let _ = write!(self.html, "<{tag}{class}>");
        self.open.push(Open { close: Close::Tag(close), end });
    }

    pub fn close_table(&mut self) {
        let has_body = self.table.take().is_some_and(|table| table.has_body);
        self.html.push_str(if has_body { "</tbody></table></div>\n" } else { "</table></div>\n" });
    }

    fn code_block(&mut self, at: usize, kind: &CodeBlockKind) -> usize {
        let end = self.events.end(at);
        let mut code = String::new();
        for (event, range) in &self.events.list[at..end] {
            if let Event::Text(text) = event {
                code.extend(self.events.visible(text, range, self.span));
            }
        }
        let language = match kind {
            CodeBlockKind::Fenced(info) => {
                info.split([' ', '\t', ',']).next().unwrap_or_default().trim()
            }
            CodeBlockKind::Indented => "",
        };
        self.fresh_line();
        // Long lines scroll, with the keyboard too.
        self.open_tag("<pre tabindex=\"0\"><code", at);
        if !language.is_empty() {
            self.html.push_str(" class=\"language-");
            escape::attribute(&mut self.html, language);
            self.html.push('"');
        }
        self.html.push('>');
        highlight::code(&mut self.html, &code, language);
        self.html.push_str("</code></pre>\n");
        end + 1
    }

    /// Writes raw HTML between blocks: as a paragraph of text, or not at all if it is a comment. A
    /// line that is only a break breaks the lines around it.
    fn html_block(&mut self, at: usize) -> usize {
        let html = self.visible_html(at);
        let mut lines = html.lines().skip_while(|line| is_line_break(line)).peekable();
        if lines.peek().is_some() {
            self.fresh_line();
            self.html.push_str("<p>");
            while let Some(line) = lines.next() {
                match is_line_break(line) {
                    true => self.html.push_str("<br>"),
                    false => escape::text(&mut self.html, line),
                }
                self.html.push_str(if lines.peek().is_some() { "\n" } else { "</p>\n" });
            }
        }
        self.events.end(at) + 1
    }

    /// The text of a block of raw HTML without its comments.
    fn visible_html(&self, at: usize) -> String {
        let (mut html, mut in_comment) = (String::new(), false);
        for (event, range) in &self.events.list[at..self.events.end(at)] {
            if let Event::Html(line) = event
                && self.span.range().contains(&range.start)
            {
                without_html_comments(line, &mut in_comment, &mut html);
            }
        }
        html.trim().to_owned()
    }
}
