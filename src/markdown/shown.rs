//! Markdown without the parts that its page does not show, to be passed on.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, LinkType, Parser, Tag, TagEnd};

use super::comments::{Bare, Comments, OfHtml};
use super::options;
use super::written::{self, OPENERS};
use crate::canvas::url_target;
use crate::comments::PAIRS;
use crate::source::{Returns, Span, joined, with_line_feeds, without};

/// The signs of which a text has one if it has a part that is not shown: comments, definitions of links
/// and footnotes.
const SIGNS: [&str; 3] = [PAIRS[0].0, PAIRS[1].0, OPENERS[1]];

/// Markdown without the parts that [`unshown`] finds.
pub fn shown(markdown: &str) -> String {
    let whole = Span::new(0, markdown.len());
    without(markdown, whole, &unshown(markdown, whole, &[])).into_owned()
}

/// The ranges of `body`, a part of `text`, that are not shown, in order: `footnotes`, to which nothing
/// visible refers, and any form of comment. Comments are those of HTML and of Obsidian, titles of links
/// that contain one, the text after the language of a piece of code if it contains one, and definitions
/// of links that are unused or whose name is taken, which people use as comments as well.
///
/// One reading finds them all, just as one makes the page.
pub fn unshown(text: &str, body: Span, footnotes: &[Span]) -> Vec<Span> {
    let source = body.of(text);
    if !SIGNS.iter().any(|sign| source.contains(sign)) {
        return footnotes.to_vec();
    }
    let feeds = with_line_feeds(source);
    let comments = Comments::of(&feeds).places;
    let bare = Bare::new(&feeds, &comments);
    let returns = Returns::of(source);
    let offset = |at| returns.offset(at) + body.start as usize;
    let place = |Range { start, end }| Span::new(offset(bare.start(start)), offset(bare.end(end)));
    let is_shown = |range: &Range<usize>| {
        let span = place(range.clone());
        let next = footnotes.partition_point(|footnote| footnote.end < span.end);
        footnotes.get(next).is_none_or(|footnote| span.start < footnote.start)
    };
    let found = found(&bare.text, is_shown).into_iter().map(place);
    let comments =
        comments.into_iter().map(|Range { start, end }| Span::new(offset(start), offset(end)));
    joined(found.chain(comments).chain(footnotes.iter().copied()).collect())
}

/// The ranges that are not shown of a text without `%%comments%%`.
fn found(text: &str, is_shown: impl Fn(&Range<usize>) -> bool) -> Vec<Range<usize>> {
    let mut events = Parser::new_ext(text, options()).into_offset_iter();
    let (mut places, mut named) = (Vec::new(), BTreeSet::new());
    let (mut html, mut gaps, mut lost) = (OfHtml::default(), Gaps::default(), Lost::default());
    for (event, range) in events.by_ref() {
        html.meet(text, &event, &range, &mut places);
        gaps.meet(text, &event, &range);
        lost.meet(&event, &range, &mut places);
        match event {
            Event::Start(
                Tag::Link { link_type, dest_url, title, id }
                | Tag::Image { link_type, dest_url, title, id },
            ) => match link_type {
                LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut
                    if is_shown(&range) =>
                {
                    named.insert(id.into_string());
                }
                LinkType::Inline if holds_comment(&title) => {
                    match title_place(text, range.clone(), OPENERS[0], &dest_url) {
                        Some(place) => places.push(place),
                        None => lost.open.push((range, None)),
                    }
                }
                _ => {}
            },
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) if holds_comment(&info) => {
                places.push(info_place(text, range));
            }
            _ => {}
        }
    }
    gaps.add(gaps.behind..text.len());
    // They are looked up as the parser does, which knows which names are equal.
    let defined = events.reference_definitions();
    let used = named.iter().filter_map(|name| defined.get(name));
    let used: BTreeMap<usize, _> = used.map(|used| (used.span.start, used)).collect();
    let mut kept = Vec::new();
    for definition in used.into_values() {
        let span = definition.span.clone();
        if definition.title.as_deref().is_some_and(holds_comment) {
            let title = title_place(text, span.clone(), OPENERS[1], &definition.dest);
            let Some(title) = title else { continue };
            places.push(title);
        }
        kept.push(span);
    }
    gaps.unused(text, &kept, &mut places);
    places
}

fn holds_comment(text: &str) -> bool {
    PAIRS.iter().any(|(open, _)| text.contains(open))
}

/// The title of a link or definition with the blanks before it; `None` if its address cannot be found.
fn title_place(
    text: &str,
    range: Range<usize>,
    opener: &str,
    url: &CowStr<'_>,
) -> Option<Range<usize>> {
    let written = &text[range.clone()];
    let (at, address) = written::address(written, opener, &url_target(url))?;
    let behind = at + address.len();
    let behind = behind + usize::from(written[behind..].starts_with('>'));
    let close = usize::from(opener == OPENERS[0]);
    let end = written.trim_end().len() - close;
    Some(range.start + behind..range.start + end.max(behind))
}

/// The range of the text after the language of a piece of code, in the line that opens it.
fn info_place(text: &str, code: Range<usize>) -> Range<usize> {
    let line = text[code].lines().next().unwrap_or_default();
    let start = line.as_ptr().addr() - text.as_ptr().addr();
    let info = line.trim_start_matches(['`', '~']).trim_start();
    let language = info.split(char::is_whitespace).next().unwrap_or_default();
    let kept = if holds_comment(language) { 0 } else { language.len() };
    start + line.len() - info.len() + kept..start + line.len()
}

/// Links whose address is not found where it is written; their words stay.
#[derive(Default)]
struct Lost {
    /// The open ones, each with the range of its words.
    open: Vec<(Range<usize>, Option<Range<usize>>)>,
}

impl Lost {
    fn meet(&mut self, event: &Event<'_>, range: &Range<usize>, places: &mut Vec<Range<usize>>) {
        let Some((link, words)) = self.open.last_mut() else { return };
        if link != range {
            let first = words.as_ref().map_or(range.start, |words| words.start);
            *words = Some(first..range.end);
        } else if matches!(event, Event::End(TagEnd::Link | TagEnd::Image)) {
            match words {
                Some(words) => places.extend([link.start..words.start, words.end..link.end]),
                None => places.push(link.clone()),
            }
            self.open.pop();
        }
    }
}

/// The text between the blocks of a text, which may have definitions of links, since these are in
/// no event.
#[derive(Default)]
struct Gaps {
    list: Vec<Range<usize>>,
    /// The end of the last block.
    behind: usize,
    /// How many tags are open that cannot contain definitions.
    depth: usize,
}

impl Gaps {
    fn meet(&mut self, text: &str, event: &Event<'_>, range: &Range<usize>) {
        match event {
            Event::Start(tag) if !holds_blocks(&tag.to_end()) => {
                if self.depth == 0 {
                    self.add(self.behind..range.start);
                }
                self.depth += 1;
            }
            Event::End(tag) if !holds_blocks(tag) => {
                self.depth -= 1;
                self.behind = self.behind.max(range.end);
            }
            _ if self.depth > 0 => {}
            Event::Start(tag) => {
                self.add(self.behind..range.start);
                // The beginning of a footnote looks like a definition.
                let begin = match tag {
                    Tag::FootnoteDefinition(_) => text[range.clone()].find(OPENERS[1]),
                    Tag::BlockQuote(Some(_)) => text[range.clone()].find('\n'),
                    _ => None,
                };
                self.behind = self.behind.max(range.start + begin.map_or(0, |at| at + 1));
            }
            Event::End(_) => {
                self.add(self.behind..range.end);
                self.behind = self.behind.max(range.end);
            }
            _ => {
                self.add(self.behind..range.start);
                self.behind = self.behind.max(range.end);
            }
        }
    }

    fn add(&mut self, gap: Range<usize>) {
        if !gap.is_empty() {
            self.list.push(gap);
        }
    }

    /// Adds the definitions that are not in `kept`, which is in order.
    fn unused(self, text: &str, kept: &[Range<usize>], places: &mut Vec<Range<usize>>) {
        for gap in self.list {
            let first = kept.partition_point(|kept| kept.end <= gap.start);
            let mut from = gap.start;
            for kept in kept[first..].iter().take_while(|kept| kept.start < gap.end) {
                places.extend(definitions(text, from..kept.start));
                from = kept.end;
            }
            places.extend(definitions(text, from..gap.end));
        }
    }
}

fn holds_blocks(tag: &TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item | TagEnd::FootnoteDefinition
    )
}

/// The definitions in a piece of a gap, from the first to the end of the last.
fn definitions(text: &str, piece: Range<usize>) -> Option<Range<usize>> {
    let written = text.get(piece.clone())?;
    let start = written.find('[')?;
    let mut rest = &written[start..];
    if !rest.contains(OPENERS[1]) {
        return None;
    }
    // The marks of a quotation continue after its definitions.
    while let Some((before, last)) = rest.rsplit_once('\n')
        && last.chars().all(|c| c.is_whitespace() || c == '>')
    {
        rest = before;
    }
    let start = piece.start + start;
    Some(start..start + rest.trim_end().len())
}

#[cfg(test)]
mod tests {
    use super::{shown, unshown};
    use crate::source::{Span, without};

    #[test]
    fn no_form_of_comment_is_left() {
        for (markdown, rest) in [
            ("a <!-- x --> b\n", "a  b\n"),
            ("a\n\n<!-- x\n\ny -->\n\nb\n", "a\n\n\n\nb\n"),
            ("a %%x%% b\n", "a b\n"),
            ("a\n\n%%\nx\n\n- y\n%%\n\nb\n", "a\n\n\nb\n"),
            ("a\n\n[//]: # (x)\n[x]: <y> 'z'\n\nb\n", "a\n\n\n\nb\n"),
            ("[a][B  c]\n\n[b c]: d.md \"<!-- x --> e\"\n", "[a][B  c]\n\n[b c]: d.md\n"),
            ("[Maß] %%x%%\n\n[MASS]: d.md\n", "[Maß]\n\n[MASS]: d.md\n"),
            ("[a](b.md \"c %%x%%\") [d](<e f.md> '%%x')\n", "[a](b.md) [d](<e f.md>)\n"),
            (
                "[a](b.md#R&amp;D \"%%x%%\") ![d](a\\.md '%%x')\n",
                "[a](b.md#R&amp;D) ![d](a\\.md)\n",
            ),
            ("> [a *b*](c.md\n> \"%%x%%\") d\n", "> [a *b*](c.md) d\n"),
            ("> [a *b*](\n> c.md \"%%x%%\") d\n", "> a *b* d\n"),
            ("```sh %%x%%\necho %%a%% <!-- b -->\n```\n", "```sh\necho %%a%% <!-- b -->\n```\n"),
            ("- ~~~ a&amp;b <!--x\n  c\n  ~~~\n", "- ~~~ a&amp;b\n  c\n  ~~~\n"),
            ("`<!-- a -->` \\%%a\n", "`<!-- a -->` \\%%a\n"),
        ] {
            assert_eq!(shown(markdown), rest, "{markdown:?}");
        }
    }

    #[test]
    fn definitions_are_left_that_a_link_is_made_with() {
        for (markdown, rest) in [
            (
                "See [x]\n\n[x]: b.md\n[x]: # (y)\n[X]: # (z\nz)\n\n[x]: # (w)\n",
                "See [x]\n\n[x]: b.md\n\n",
            ),
            ("[y]: # (s)\n[x]: b.md\n\nSee [x]\n", "\n[x]: b.md\n\nSee [x]\n"),
            ("> [y]: # (s)\n> [y]: # (t)\n>\n> a\n", "> \n>\n> a\n"),
            (
                "- [y]: # (s)\n\n  a\n- b `[y]: c`\n  [d](e \"[y]: f\")\n",
                "- \n\n  a\n- b `[y]: c`\n  [d](e \"[y]: f\")\n",
            ),
            ("a[^1]\n\n[^1]: [y]: # (s)\n\n    b\n", "a[^1]\n\n[^1]: \n\n    b\n"),
            ("> [!NOTE]\n> [y]: # (s)\n> a\n", "> [!NOTE]\n> \n> a\n"),
        ] {
            assert_eq!(shown(markdown), rest, "{markdown:?}");
        }
        let many: String =
            (0..50_000).map(|at| format!("[//]: # (x)\n[{at}]: y\n\na\n\n")).collect();
        assert_eq!(shown(&many).replace('\n', ""), "a".repeat(50_000));
        assert_eq!(shown(&"[//]: # (x)\n".repeat(100_000)), "\n");
    }

    #[test]
    fn places_are_those_of_the_text_itself() {
        let text = "é\r\n\r\na %%x%% b\r\n\r\n[y]: # (x)\r\n\r\n[^1]: [z] %%x%%\r\n\r\n[z]: # (x)\r\n\r\nc\r\n";
        let note = text.find("[^1]").unwrap_or_default();
        let body = Span::new(4, text.len());
        let places = unshown(text, body, &[Span::new(note, note + 15)]);
        assert_eq!(without(text, body, &places), "\r\na b\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\nc\r\n");
    }
}
