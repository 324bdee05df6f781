//! `%%comments%%` as Obsidian writes them, within a line or over any number of blocks. The parser does
//! not know them, so they are taken out of the text before it reads that: no event, and nothing that is
//! made of events, can contain them. Those of HTML are events, which are never shown.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, Parser, Tag, TagEnd};

use super::options;
use crate::comments::PAIRS;

/// The mark that begins and ends a comment.
const MARK: &str = PAIRS[0].0;

/// A text is read again after comments are taken out of it, since one may contain what opens or closes
/// code. Real comments need no more than two readings.
const MOST_READINGS: usize = 8;

/// The comments of a text.
#[derive(Default)]
pub(super) struct Comments {
    /// The ranges that are taken out, in order, with the blanks and the line that they leave empty.
    pub places: Vec<Range<usize>>,
    /// The range of a mark that opens a comment that is not closed.
    pub unclosed: Option<Range<usize>>,
}

impl Comments {
    /// The comments of a text; those within code do not count.
    pub fn of(text: &str) -> Self {
        let mut comments = Self::default();
        if !text.contains(MARK) {
            return comments;
        }
        for _ in 0..MOST_READINGS {
            let bare = Bare::new(text, &comments.places);
            let found = in_bare(&bare.text);
            if found.places.is_empty() {
                break;
            }
            let place = |place: Range<usize>| bare.start(place.start)..bare.end(place.end);
            comments.unclosed = comments.unclosed.or(found.unclosed.map(place));
            comments.places.extend(found.places.into_iter().map(place));
            comments.places.sort_by_key(|place| place.start);
            comments.places.dedup_by(|next, last| {
                let is_one = next.start <= last.end;
                if is_one {
                    last.end = last.end.max(next.end);
                }
                is_one
            });
        }
        comments
    }
}

/// A text without its comments, and the way back to offsets into the text itself.
pub(super) struct Bare {
    pub text: String,
    /// Where something was taken out of the text, and how much up to there.
    cuts: Vec<(usize, usize)>,
}

impl Bare {
    pub fn new(whole: &str, comments: &[Range<usize>]) -> Self {
        let (mut text, mut cuts) = (String::with_capacity(whole.len()), Vec::new());
        let (mut from, mut gone) = (0, 0);
        for comment in comments {
            text.push_str(&whole[from..comment.start]);
            gone += comment.len();
            cuts.push((text.len(), gone));
            from = comment.end;
        }
        text.push_str(&whole[from..]);
        Self { text, cuts }
    }

    /// The offset in the whole text, after a comment at that place.
    pub fn start(&self, offset: usize) -> usize {
        self.before(self.cuts.partition_point(|(at, _)| *at <= offset), offset)
    }

    /// The offset in the whole text, before a comment at that place.
    pub fn end(&self, offset: usize) -> usize {
        self.before(self.cuts.partition_point(|(at, _)| *at < offset), offset)
    }

    fn before(&self, cuts: usize, offset: usize) -> usize {
        let gone = cuts.checked_sub(1).map_or(0, |last| self.cuts[last].1);
        offset + gone
    }

    /// The events of the text, each with its range in the whole text. A text with a comment inside is
    /// two, so that each is equal to the source in its range.
    pub fn events(&self) -> impl Iterator<Item = (Event<'_>, Range<usize>)> {
        Parser::new_ext(&self.text, options()).into_offset_iter().flat_map(|(event, range)| {
            let inside = match &event {
                Event::Text(said) if said.len() == range.len() => {
                    let from = self.cuts.partition_point(|(at, _)| *at <= range.start);
                    let to = self.cuts.partition_point(|(at, _)| *at < range.end);
                    &self.cuts[from..to.max(from)]
                }
                _ => &[],
            };
            let whole = |range: Range<usize>| {
                let start = self.start(range.start);
                start..self.end(range.end).max(start)
            };
            let mut pieces = Vec::with_capacity(inside.len() + 1);
            let mut at = range.start;
            if let Event::Text(said) = &event {
                for (cut, _) in inside {
                    let piece = &said[at - range.start..cut - range.start];
                    let piece = CowStr::from(piece.to_owned());
                    pieces.push((Event::Text(piece), whole(at..*cut)));
                    at = *cut;
                }
            }
            let last = match event {
                Event::Text(said) if at > range.start => {
                    Event::Text(said[at - range.start..].to_owned().into())
                }
                event => event,
            };
            pieces.push((last, whole(at..range.end)));
            pieces
        })
    }
}

/// The comments of HTML, found event by event.
#[derive(Default)]
pub(super) struct OfHtml {
    /// The end of the last one.
    behind: usize,
    /// The end of the open block of HTML.
    block: Option<usize>,
}

impl OfHtml {
    /// Adds the ranges of those that begin in an event.
    pub fn meet(
        &mut self,
        text: &str,
        event: &Event<'_>,
        range: &Range<usize>,
        places: &mut Vec<Range<usize>>,
    ) {
        let (open, close) = PAIRS[1];
        match event {
            Event::Start(Tag::HtmlBlock) => self.block = Some(range.end),
            Event::End(TagEnd::HtmlBlock) => self.block = None,
            Event::Html(_) | Event::InlineHtml(_) => {
                // A comment ends at the latest with its block.
                let limit = self.block.unwrap_or(range.end);
                let within = |from: usize| text.get(from.max(range.start)..range.end);
                while let Some(at) = within(self.behind).and_then(|piece| piece.find(open)) {
                    let start = self.behind.max(range.start) + at;
                    let end = text[start..limit].find(close);
                    self.behind = end.map_or(limit, |end| start + end + close.len());
                    places.push(start..self.behind);
                }
            }
            _ => {}
        }
    }
}

/// The comments found in one reading of a text.
fn in_bare(text: &str) -> Comments {
    let mut comments = Comments::default();
    let events: Vec<_> = Parser::new_ext(text, options()).into_offset_iter().collect();
    let mut behind = 0;
    // The start of the present line of the search, and the offset that was reached.
    let (mut line, mut searched) = (0, 0);
    let mut is_quoted = false;
    for (at, (event, range)) in events.iter().enumerate() {
        let is_html = match event {
            Event::Start(Tag::CodeBlock(_) | Tag::Link { link_type: LinkType::Autolink, .. }) => {
                is_quoted = true;
                continue;
            }
            Event::End(TagEnd::CodeBlock | TagEnd::Link) => {
                is_quoted = false;
                continue;
            }
            Event::Text(_) if !is_quoted => false,
            Event::Html(_) | Event::InlineHtml(_) => true,
            _ => continue,
        };
        behind = behind.max(range.start);
        while let Some(open) = opens(text, behind..range.end, is_html) {
            let (is_ours, open) = open;
            if !is_ours {
                let (start, end) = PAIRS[1];
                let close = text[open + start.len()..].find(end);
                behind = close.map_or(range.end, |at| open + start.len() + at + end.len());
                continue;
            }
            let inside = open + MARK.len();
            line = text[searched..open].rfind('\n').map_or(line, |end| searched + end + 1);
            searched = open;
            let end = match text[inside..].find(MARK) {
                Some(length) => inside + length + MARK.len(),
                None => {
                    comments.unclosed = Some(open..inside);
                    unclosed_end(text, open, &events[at..])
                }
            };
            comments.places.push(widened(text, line, open..end));
            behind = end;
        }
    }
    comments
}

/// The offset at which the first comment within `place` opens, and whether it is one of ours, since
/// HTML has others.
fn opens(text: &str, mut place: Range<usize>, is_html: bool) -> Option<(bool, usize)> {
    let start = place.start;
    let ours = loop {
        let open = text.get(place.clone()).and_then(|text| text.find(MARK));
        let Some(open) = open.map(|open| place.start + open) else { break None };
        let slashes = text[..open].len() - text[..open].trim_end_matches('\\').len();
        if slashes.is_multiple_of(2) {
            break Some(open);
        }
        place.start = open + 1;
    };
    let before = text.get(start..ours.unwrap_or(place.end)).filter(|_| is_html);
    match before.and_then(|before| before.find(PAIRS[1].0)) {
        Some(other) => Some((false, start + other)),
        None => ours.map(|ours| (true, ours)),
    }
}

/// The end of a comment that is not closed: that of the text if it begins a line, like one of HTML,
/// else that of what contains it.
fn unclosed_end(text: &str, open: usize, events: &[(Event<'_>, Range<usize>)]) -> usize {
    let line = text[..open].rfind('\n').map_or(0, |end| end + 1);
    if text[line..open].trim().is_empty() {
        return text.len();
    }
    let is_inline = |event: &Event<'_>| match event {
        Event::Start(tag) => super::is_inline(&tag.to_end()),
        Event::End(tag) => super::is_inline(tag),
        Event::Rule => false,
        _ => true,
    };
    let inline = events.iter().take_while(|(event, _)| is_inline(event));
    inline.last().map_or(text.len(), |(_, range)| range.end)
}

/// Returns the range of a comment, widened by what its removal would leave: a second blank, or an empty
/// line, which would split the paragraph around it. `line` is the start of its line.
fn widened(text: &str, line: usize, comment: Range<usize>) -> Range<usize> {
    let blank = [' ', '\t'];
    let (before, behind) = (&text[..comment.start], &text[comment.end..]);
    let begins_line = text[line..comment.start].trim_matches(blank).is_empty();
    let rest = behind.trim_start_matches(blank);
    let ends_line = rest.is_empty() || rest.starts_with('\n');
    let behind_blanks = text.len() - rest.len();
    let before_blanks = before.trim_end_matches(blank).len();
    match (begins_line, ends_line) {
        (true, true) => line..(behind_blanks + 1).min(text.len()),
        (true, false) => comment.start..behind_blanks,
        (false, true) => before_blanks..behind_blanks,
        (false, false) if rest.len() < behind.len() => before_blanks..comment.end,
        (false, false) => comment,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text without its comments, and whether one is not closed.
    fn bare(text: &str) -> (String, bool) {
        let comments = Comments::of(text);
        (Bare::new(text, &comments.places).text, comments.unclosed.is_some())
    }

    #[test]
    fn comments_are_taken_out_with_what_they_leave_empty() {
        for (text, rest) in [
            ("a %%b%% c", "a c"),
            ("a %%b\nc%% d", "a d"),
            ("a%%b%%c", "ac"),
            ("a %%b%%  \nc", "a\nc"),
            ("- a\n%% b %%\n- c", "- a\n- c"),
            ("- a %%b\n- c%%\n- d", "- a\n- d"),
            ("- %%a%% b", "- b"),
            ("%%a%%     b", "b"),
            ("a\n\n%%\nb\n\n# c\n%%\n\nd", "a\n\n\nd"),
            ("| a %%x | y%% | b |", "| a | b |"),
            ("[a %%b%%](c)", "[a ](c)"),
            ("![a %%b%% c](d.png)", "![a c](d.png)"),
            ("<b>%%a%%</b>", "<b></b>"),
            ("a %%%% b", "a b"),
            ("é %%é%% é", "é é"),
        ] {
            assert_eq!(bare(text), (rest.to_owned(), false), "{text:?}");
        }
    }

    #[test]
    fn quoted_marks_open_nothing() {
        for text in [
            "`%%a%%`",
            "``` \n%%a%%\n```",
            "    %%a%%",
            "- a\n\n      %%b%%",
            "\\%%a",
            "[a](b%%20c%%)",
            "<https://a.org/%%b%%>",
            "<!-- %% --> a",
            "100 % and 50 %",
        ] {
            assert_eq!(bare(text), (text.to_owned(), false), "{text:?}");
        }
    }

    #[test]
    fn what_a_comment_opens_ends_with_it() {
        assert_eq!(bare("%% ` %% a ` b `%%c%%` d").0, "a ` b `` d");
        assert_eq!(bare("%%\n```\n%%\n`a`\n\n%%b%%\n").0, "`a`\n\n");
    }

    #[test]
    fn an_unclosed_comment_hides_what_follows() {
        assert_eq!(bare("a %%b\nc\n\nd"), ("a\n\nd".to_owned(), true));
        assert_eq!(bare("- a %%b **c** d\n  - e"), ("- a\n  - e".to_owned(), true));
        assert_eq!(bare("a\n\n%%b\n\n- c\n"), ("a\n\n".to_owned(), true));
    }

    #[test]
    fn events_know_their_places_in_the_whole_text() {
        for text in ["a %%x%% b *c*%%y%% d", "%%x%% a\n\n- b%%c%%d", "# é %%x%% é %%y%%"] {
            let comments = Comments::of(text);
            let bare = Bare::new(text, &comments.places);
            let mut said = String::new();
            for (event, range) in bare.events() {
                if let Event::Text(piece) = event {
                    assert_eq!(text[range], *piece, "{text:?}");
                    said.push_str(&piece);
                }
            }
            assert!(!said.contains(['x', 'y', '%']), "{said:?}");
        }
    }
}
