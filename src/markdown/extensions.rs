//! Syntax of notes programs and git hosts that the parser does not know: bare addresses, `==marks==`, links that read
//! `[[1]](address)`, embeds, and headings without a blank. Each becomes the events of ordinary Markdown, so that
//! nothing that reads events has to know of it.

use std::collections::VecDeque;
use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::{MARK, addresses, callouts, headings};

type Events<'t> = Vec<(Event<'t>, Range<usize>)>;

/// The extensions of files that are pictures.
const PICTURES: [&str; 9] = ["png", "jpg", "jpeg", "gif", "svg", "webp", "avif", "bmp", "ico"];

/// The events of a text with all of these in them.
pub(super) fn extended<'t>(text: &'t str, source: &str, mut events: Events<'t>) -> Events<'t> {
    if headings::may_be_in(source) {
        events = headings::read(text, events);
    }
    if source.contains("[!") {
        events = callouts::read(text, events);
    }
    // The parser reads other wiki links correctly.
    if source.contains("![[") || source.contains("]](") {
        events = wiki_links(text, events);
    }
    if source.contains("://") || source.contains("www.") || source.contains('@') {
        events = with_addresses(text, events);
    }
    if source.contains("==") {
        events = with_marks(text, events);
    }
    events
}

/// Whether a wiki name is that of a picture.
fn is_picture(name: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending.trim());
    PICTURES.iter().any(|picture| ending.eq_ignore_ascii_case(picture))
}

/// The width that an embedded picture is given in the place of a text: `300`, or `300x200` with its height.
pub fn width(text: &str) -> Option<(u32, Option<u32>)> {
    let text = text.trim();
    match text.split_once('x') {
        Some((width, height)) => Some((width.parse().ok()?, Some(height.parse().ok()?))),
        None => Some((text.parse().ok()?, None)),
    }
}

/// The events in which embeds that are not pictures are links, a width is not a text, and
/// `[[1]](address)` is one link.
fn wiki_links<'t>(text: &'t str, events: Events<'t>) -> Events<'t> {
    let mut out = Vec::with_capacity(events.len());
    let mut behind = 0;
    let mut events = events.into_iter();
    while let Some((event, range)) = events.next() {
        if range.start < behind && !matches!(event, Event::End(_)) {
            // The rest of the text that contains the address.
            if matches!(event, Event::Text(_)) && range.end > behind {
                out.push((Event::Text(text[behind..range.end].into()), behind..range.end));
            }
            continue;
        }
        match event {
            Event::Start(Tag::Image {
                link_type: LinkType::WikiLink { has_pothole },
                dest_url,
                ..
            }) => {
                let inside: Events<'t> = until_end(&mut events, TagEnd::Image);
                let label = text.get(inner(&inside, &range)).unwrap_or_default();
                let is_picture = is_picture(dest_url.split('#').next().unwrap_or_default());
                let is_width = has_pothole && width(label).is_some();
                let link_type = LinkType::WikiLink { has_pothole: has_pothole && !is_width };
                let (title, id) = ("".into(), "".into());
                let inside = match is_width {
                    true => {
                        let start = range.start + "![[".len();
                        vec![(Event::Text(dest_url.clone()), start..start + dest_url.len())]
                    }
                    false => inside,
                };
                let (tag, end) = match is_picture {
                    true => (Tag::Image { link_type, dest_url, title, id }, TagEnd::Image),
                    false => (Tag::Link { link_type, dest_url, title, id }, TagEnd::Link),
                };
                out.push((Event::Start(tag), range.clone()));
                out.extend(inside);
                out.push((Event::End(end), range));
            }
            Event::Start(Tag::Link {
                link_type: LinkType::WikiLink { has_pothole: false },
                ..
            }) if address_behind(text, range.end).is_some() => {
                until_end(&mut events, TagEnd::Link);
                let address = address_behind(text, range.end).unwrap_or_default();
                behind = address.end + 1;
                let label = range.start + 1..range.end - 1;
                let tag = Tag::Link {
                    link_type: LinkType::Inline,
                    dest_url: text[address].into(),
                    title: "".into(),
                    id: "".into(),
                };
                out.push((Event::Start(tag), range.start..behind));
                out.push((Event::Text(text[label.clone()].into()), label));
                out.push((Event::End(TagEnd::Link), range.start..behind));
            }
            event => out.push((event, range)),
        }
    }
    out
}

/// The events up to the end of a tag, which is dropped.
fn until_end<'t>(
    events: &mut impl Iterator<Item = (Event<'t>, Range<usize>)>,
    end: TagEnd,
) -> Events<'t> {
    events.take_while(|(event, _)| *event != Event::End(end)).collect()
}

/// Returns the range of the content of a tag: from its first event to its last.
fn inner(events: &Events<'_>, tag: &Range<usize>) -> Range<usize> {
    match (events.first(), events.last()) {
        (Some((_, first)), Some((_, last))) => first.start..last.end,
        _ => tag.end..tag.end,
    }
}

/// The range of an address in parentheses directly after a wiki link. Words in parentheses are not
/// one.
fn address_behind(text: &str, end: usize) -> Option<Range<usize>> {
    let inside = text.get(end..)?.strip_prefix('(')?;
    let length = inside
        .find([')', '(', ' ', '\n', '\r', '\t', '<'])
        .filter(|at| inside[*at..].starts_with(')'))?;
    let address = &inside[..length];
    let is_path = address.split(['#', '?']).next()?.contains(['/', '.']) && !address.ends_with('.');
    (is_path || address.starts_with('#') && length > 1).then(|| end + 1..end + 1 + length)
}

/// The events with bare addresses as links.
fn with_addresses<'t>(text: &'t str, mut events: Events<'t>) -> Events<'t> {
    // Most events stay as they are, so they are moved.
    let take =
        |event: &mut (Event<'t>, Range<usize>)| std::mem::replace(event, (Event::SoftBreak, 0..0));
    let mut out: Events<'t> = Vec::with_capacity(events.len());
    let mut quoted = 0usize;
    let mut at = 0;
    while at < events.len() {
        let (event, range) = &events[at];
        match event {
            Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::CodeBlock(_)) => quoted += 1,
            Event::End(TagEnd::Link | TagEnd::Image | TagEnd::CodeBlock) => {
                quoted = quoted.saturating_sub(1);
            }
            Event::Text(_) if quoted == 0 => {
                // A text is several events if it has signs that might have a meaning.
                let follows = |pair: &[(Event<'_>, Range<usize>)]| {
                    matches!(pair[1].0, Event::Text(_)) && pair[0].1.end == pair[1].1.start
                };
                let count = 1 + events[at..].windows(2).take_while(|pair| follows(pair)).count();
                let run = &events[at..at + count];
                let place = range.start..run[count - 1].1.end;
                let addresses = addresses::find(text, place);
                if addresses.is_empty() {
                    out.extend(events[at..at + count].iter_mut().map(take));
                } else {
                    linked(text, run, &addresses, &mut out);
                }
                at += count;
                continue;
            }
            _ => {}
        }
        out.push(take(&mut events[at]));
        at += 1;
    }
    out
}

/// Adds adjacent texts, with the addresses in them as links.
fn linked<'t>(
    text: &'t str,
    run: &[(Event<'t>, Range<usize>)],
    addresses: &[addresses::Address],
    out: &mut Events<'t>,
) {
    let mut rest: VecDeque<_> = run.iter().cloned().collect();
    for address in addresses {
        let place = &address.place;
        push_up_to(text, &mut rest, place.start, out);
        let mut inside = Vec::new();
        push_up_to(text, &mut rest, place.end, &mut inside);
        let said = inside.iter().filter_map(|(event, _)| match event {
            Event::Text(said) => Some(&**said),
            _ => None,
        });
        let link_type = if address.is_mail { LinkType::Email } else { LinkType::Autolink };
        let dest_url = (address.before.to_owned() + &said.collect::<String>()).into();
        let tag = Tag::Link { link_type, dest_url, title: "".into(), id: "".into() };
        out.push((Event::Start(tag), place.clone()));
        out.append(&mut inside);
        out.push((Event::End(TagEnd::Link), place.clone()));
    }
    out.extend(rest);
}

/// Moves texts up to a place, at which the last one is cut if it is equal to the source.
fn push_up_to<'t>(
    text: &'t str,
    rest: &mut VecDeque<(Event<'t>, Range<usize>)>,
    end: usize,
    out: &mut Events<'t>,
) {
    while rest.front().is_some_and(|(_, range)| range.start < end) {
        let Some((event, range)) = rest.pop_front() else { return };
        let is_literal = matches!(&event, Event::Text(said) if said.len() == range.len());
        if range.end <= end || !is_literal {
            out.push((event, range));
            continue;
        }
        let (one, other) = (range.start..end, end..range.end);
        out.push((Event::Text(text[one.clone()].into()), one));
        rest.push_front((Event::Text(text[other.clone()].into()), other));
    }
}

/// The range of `==`, and whether it may open or close a mark.
struct Equals {
    at: usize,
    opens: bool,
    closes: bool,
}

/// Returns the events with each text between two `==` as a mark.
fn with_marks<'t>(text: &'t str, events: Events<'t>) -> Events<'t> {
    // For each open tag, the `==` in it that may open a mark.
    let mut open: Vec<Option<usize>> = vec![None];
    let mut marks: Vec<(usize, bool)> = Vec::new();
    let mut is_code = false;
    for (event, range) in &events {
        match event {
            Event::Start(tag) => {
                is_code |= matches!(tag, Tag::CodeBlock(_));
                open.push(None);
            }
            Event::End(tag) => {
                is_code &= *tag != TagEnd::CodeBlock;
                open.pop();
            }
            Event::Text(said) if !is_code && said.len() == range.len() => {
                let Some(opener) = open.last_mut() else { continue };
                for Equals { at, opens, closes } in equals(text, range) {
                    match opener.filter(|_| closes) {
                        Some(start) => {
                            marks.extend([(start, true), (at, false)]);
                            *opener = None;
                        }
                        None if opens => *opener = Some(at),
                        None => {}
                    }
                }
            }
            _ => {}
        }
    }
    marks.sort_unstable();
    let mut out = Vec::with_capacity(events.len() + 2 * marks.len());
    let mut marks = marks.into_iter().peekable();
    for (event, range) in events {
        let mut from = range.start;
        if let Event::Text(_) = event {
            while let Some((at, opens)) = marks.next_if(|(at, _)| range.contains(at)) {
                if from < at {
                    out.push((Event::Text(text[from..at].into()), from..at));
                }
                from = at + 2;
                let event = if opens { Event::Start(MARK) } else { Event::End(MARK.to_end()) };
                out.push((event, at..from));
            }
        }
        if from == range.start {
            out.push((event, range));
        } else if from < range.end {
            out.push((Event::Text(text[from..range.end].into()), from..range.end));
        }
    }
    out
}

/// The pairs of signs within a text that may open or close a mark: those without a blank between them
/// and what they mark.
fn equals(text: &str, place: &Range<usize>) -> impl Iterator<Item = Equals> {
    text[place.clone()].match_indices("==").filter_map(move |(at, _)| {
        let at = place.start + at;
        let (before, behind) = (text[..at].chars().next_back(), text[at + 2..].chars().next());
        let is_blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
        let is_two = before != Some('=') && behind != Some('=') && before != Some('\\');
        is_two.then(|| Equals { at, opens: !is_blank(behind), closes: !is_blank(before) })
    })
}

#[cfg(test)]
mod tests {
    use expect_test::expect;
    use pulldown_cmark::Event;

    use crate::markdown::events;
    use crate::source::Span;

    /// The tags and texts of a text, each text with its source.
    fn tags(text: &str) -> String {
        let mut tags = String::new();
        for (event, range) in events(text, Span::new(0, text.len())) {
            match event {
                Event::Start(tag) => tags += &format!("<{:?}", tag.to_end()).to_lowercase(),
                Event::End(_) => tags.push('>'),
                Event::Text(said) => {
                    assert!(
                        said.len() != range.len() || text[range] == *said,
                        "{text:?}: {said:?}"
                    );
                    tags += &format!(" {said}");
                }
                _ => tags.push('.'),
            }
        }
        tags
    }

    #[test]
    fn what_the_parser_does_not_know_is_written_into_the_events() {
        let lines = [
            "a ==b== c",
            "==a *b* c==",
            "==a *b== c*",
            "a == b == c",
            "===a=== \\==b==",
            "`==a==`",
            "==a\nb==",
            "==a\n\nb==",
            "at https://a.org/b_c_d.",
            "a@b.org",
            "[https://a.org](b) <https://c.org> `https://d.org`",
            "[[1]](https://a.org), b",
            "[[1]](see below) [[2]](2024)",
            "![[a.png|300]] ![[a.png|b]] ![[a.png]]",
            "![[a]] ![[a#b|c]]",
        ];
        let read: String =
            lines.map(|text| format!("{}: {}\n", text.replace('\n', "⏎"), tags(text))).concat();
        expect![[r#"
            a ==b== c: <paragraph a <superscript b>  c>
            ==a *b* c==: <paragraph<superscript a <emphasis b>  c>>
            ==a *b== c*: <paragraph ==a <emphasis b== c>>
            a == b == c: <paragraph a == b == c>
            ===a=== \==b==: <paragraph ===a===  ==b==>
            `==a==`: <paragraph.>
            ==a⏎b==: <paragraph<superscript a. b>>
            ==a⏎⏎b==: <paragraph ==a><paragraph b==>
            at https://a.org/b_c_d.: <paragraph at <link https://a.org/b_c_d> .>
            a@b.org: <paragraph<link a@b.org>>
            [https://a.org](b) <https://c.org> `https://d.org`: <paragraph<link https://a.org>  <link https://c.org>  .>
            [[1]](https://a.org), b: <paragraph<link [1]> , b>
            [[1]](see below) [[2]](2024): <paragraph<link 1> (see below) <link 2> (2024)>
            ![[a.png|300]] ![[a.png|b]] ![[a.png]]: <paragraph<image a.png>  <image b>  <image a.png>>
            ![[a]] ![[a#b|c]]: <paragraph<link a>  <link c>>
        "#]].assert_eq(&read);
    }
}
