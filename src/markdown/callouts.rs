//! Quotations that begin with `[!note]`. The parser knows the five kinds of GitHub on a line of their own;
//! Obsidian has more kinds, signs that fold them (`[!tip]-`) and titles.

use std::ops::Range;

use pulldown_cmark::{BlockQuoteKind as Kind, Event, Tag, TagEnd};

type Events<'t> = Vec<(Event<'t>, Range<usize>)>;

/// The kind that a word means, which may be one of Obsidian's.
fn kind(word: &str) -> Option<Kind> {
    Some(match word.to_ascii_lowercase().as_str() {
        "note" | "info" | "todo" | "abstract" | "summary" | "tldr" | "example" | "quote"
        | "cite" => Kind::Note,
        "tip" | "hint" | "success" | "check" | "done" => Kind::Tip,
        "important" | "question" | "help" | "faq" => Kind::Important,
        "warning" | "attention" => Kind::Warning,
        "caution" | "danger" | "error" | "failure" | "fail" | "missing" | "bug" => Kind::Caution,
        _ => return None,
    })
}

/// The kind of a paragraph that begins with `[!kind]`, and the offset of its words.
fn mark(text: &str, start: usize) -> Option<(Kind, usize)> {
    let inside = text.get(start..)?.strip_prefix("[!")?;
    let (word, behind) = inside.split_once(']')?;
    let kind = kind(word)?;
    let behind = behind.strip_prefix(['+', '-']).unwrap_or(behind);
    let words = behind.trim_start_matches([' ', '\t']);
    Some((kind, text.len() - words.len()))
}

/// The events with every callout marked as such; its title is a paragraph of its own, in bold.
pub(super) fn read<'t>(text: &str, events: Events<'t>) -> Events<'t> {
    let mut out: Events<'t> = Vec::with_capacity(events.len() + 8);
    // For each open quotation, the index of its start among the events.
    let mut open = Vec::new();
    let mut at = 0;
    while at < events.len() {
        let (event, range) = &events[at];
        let begins = matches!(out.last(), Some((Event::Start(Tag::BlockQuote(None)), _)));
        if let (true, Event::Start(Tag::Paragraph), Some((kind, words))) =
            (begins, event, mark(text, range.start))
        {
            if let Some((quotation, _)) = out.last_mut() {
                *quotation = Event::Start(Tag::BlockQuote(Some(kind)));
            }
            let end = at
                + events[at..]
                    .iter()
                    .take_while(|(e, _)| *e != Event::End(TagEnd::Paragraph))
                    .count();
            paragraphs(&events[at + 1..end], words, &mut out);
            at = end + 1;
            continue;
        }
        match event {
            Event::Start(Tag::BlockQuote(_)) => open.push(out.len()),
            Event::End(TagEnd::BlockQuote(_)) => {
                let start = open.pop().and_then(|start| out.get(start));
                if let Some((Event::Start(tag), _)) = start {
                    let end = tag.to_end();
                    out.push((Event::End(end), range.clone()));
                    at += 1;
                    continue;
                }
            }
            _ => {}
        }
        out.push(events[at].clone());
        at += 1;
    }
    out
}

/// Adds the first paragraph of a callout in two: the title, which ends with its line, and the rest. `words` is
/// the offset of the title.
fn paragraphs<'t>(inside: &[(Event<'t>, Range<usize>)], words: usize, out: &mut Events<'t>) {
    let is_break = |event: &Event<'_>| matches!(event, Event::SoftBreak | Event::HardBreak);
    let line = inside.iter().take_while(|(event, _)| !is_break(event)).count();
    let (first, rest) = (&inside[..line], inside.get(line + 1..).unwrap_or_default());
    let title =
        first.iter().filter(|(_, range)| range.end > words).map(|(event, range)| match event {
            Event::Text(said) if range.start < words && said.len() == range.len() => {
                let shown = said[words - range.start..].to_owned();
                (Event::Text(shown.into()), words..range.end)
            }
            event => (event.clone(), range.clone()),
        });
    let mut add = |inside: Events<'t>, is_title: bool| {
        let (Some((_, first)), Some((_, last))) = (inside.first(), inside.last()) else { return };
        let place = first.start..last.end;
        out.push((Event::Start(Tag::Paragraph), place.clone()));
        let tags = is_title.then_some((Event::Start(Tag::Strong), Event::End(TagEnd::Strong)));
        let (start, end) = tags.unzip();
        out.extend(start.map(|start| (start, place.clone())));
        out.extend(inside);
        out.extend(end.map(|end| (end, place.clone())));
        out.push((Event::End(TagEnd::Paragraph), place));
    };
    add(title.collect(), true);
    add(rest.to_vec(), false);
}
