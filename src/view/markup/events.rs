//! The events of a document's body, kept so that any span of it is found without reading the rest.

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use crate::canvas::Document;
use crate::markdown;
use crate::source::Span;

/// All events with the data that are needed to enter them at any offset.
pub struct Events<'d> {
    /// The events and their places in the text.
    pub list: Vec<(Event<'d>, Range<usize>)>,
    /// The furthest offset that the text has been read to at each event; it never falls, so that it
    /// can be searched.
    reached: Vec<usize>,
    /// For the start of a tag, the index of its end; else the event's own index.
    ends: Vec<usize>,
    /// The index of the innermost tag around the event, or [`Events::NONE`].
    parents: Vec<usize>,
    /// The hidden spans, including blanks before them, in order.
    hidden: Vec<Span>,
    /// The first definition of each footnote by its folded label.
    definitions: BTreeMap<String, usize>,
}

impl<'d> Events<'d> {
    /// The value that means no index.
    const NONE: usize = usize::MAX;

    /// Reads the body of a document.
    pub fn read(document: &'d Document) -> Self {
        let mut events = Self {
            list: markdown::events(&document.text, document.body),
            reached: Vec::new(),
            ends: Vec::new(),
            parents: Vec::new(),
            hidden: hidden_with_blanks(document),
            definitions: BTreeMap::new(),
        };
        let count = events.list.len();
        events.reached.reserve_exact(count);
        events.ends = (0..count).collect();
        events.parents.reserve_exact(count);
        let mut open: Vec<usize> = Vec::new();
        let mut reached = 0;
        for (at, (event, range)) in events.list.iter().enumerate() {
            let is_end = matches!(event, Event::End(_));
            if is_end && let Some(start) = open.pop() {
                events.ends[start] = at;
            }
            events.parents.push(open.last().copied().unwrap_or(Self::NONE));
            if let Event::Start(tag) = event {
                open.push(at);
                if let Tag::FootnoteDefinition(label) = tag {
                    events.definitions.entry(fold(label)).or_insert(at);
                }
            }
            reached = reached.max(if is_end { range.end } else { range.start });
            events.reached.push(reached);
        }
        events
    }

    /// The index of the first event that extends beyond `offset`.
    pub fn first(&self, offset: u32) -> usize {
        let offset = offset as usize;
        let next = self.reached.partition_point(|reached| *reached < offset);
        match next.checked_sub(1).map(|before| (before, &self.list[before])) {
            Some((before, (Event::Text(_), range))) if range.end > offset => before,
            _ => next,
        }
    }

    /// Whether an event, and all that follow it, come after `offset`.
    pub fn is_behind(&self, at: usize, offset: u32) -> bool {
        self.reached[at] >= offset as usize
    }

    /// The index of the end of the tag that starts at `at`.
    pub fn end(&self, at: usize) -> usize {
        self.ends[at]
    }

    /// The index of the start of the innermost tag around the event.
    pub fn parent(&self, at: usize) -> Option<usize> {
        self.parents.get(at).copied().filter(|parent| *parent != Self::NONE)
    }

    /// The index of the definition of a footnote.
    pub fn definition(&self, label: &str) -> Option<usize> {
        self.definitions.get(&fold(label)).copied()
    }

    /// Whether nothing in `range` is shown.
    pub fn is_hidden(&self, range: &Range<usize>) -> bool {
        let at = self.hidden.partition_point(|hidden| (hidden.end as usize) < range.end);
        self.hidden.get(at).is_some_and(|hidden| hidden.start as usize <= range.start)
    }

    /// The visible pieces of a text event in `span`, in order.
    pub fn visible<'e>(
        &'e self,
        text: &'e str,
        range: &Range<usize>,
        span: Span,
    ) -> impl Iterator<Item = &'e str> {
        // An entity or an expanded tab has other characters than the source: it is shown whole,
        // where it starts, or not at all.
        let is_literal = text.len() == range.len();
        let is_shown = !is_literal && span.range().contains(&range.start) && !self.is_hidden(range);
        let whole = is_shown.then_some(text);
        let to = if is_literal { range.end.min(span.end as usize) } else { range.start };
        let base = range.start;
        let mut from = base.max(span.start as usize);
        let mut next = self.hidden.partition_point(|hidden| hidden.end as usize <= from);
        let pieces = std::iter::from_fn(move || {
            while from < to {
                let hidden = self.hidden.get(next).map_or(to..to, |hidden| hidden.range());
                next += 1;
                let piece = from..hidden.start.clamp(from, to);
                from = hidden.end.clamp(from, to);
                let piece = text.get(piece.start - base..piece.end - base).unwrap_or("");
                if !piece.is_empty() {
                    return Some(piece);
                }
            }
            None
        });
        whole.into_iter().chain(pieces)
    }
}

/// The label of a footnote as it is compared: without regard to case.
fn fold(label: &str) -> String {
    label.to_lowercase()
}

/// The hidden spans. Blanks before one are hidden too where nothing follows that they set apart, `Name {#id} — text`,
/// `three %%more%%, four`; `one %%or%% two` needs them.
fn hidden_with_blanks(document: &Document) -> Vec<Span> {
    let mut hidden = document.hidden.clone();
    hidden.sort_unstable();
    // The next hidden span, and whether what follows it is set apart.
    let mut next: Option<(u32, bool)> = None;
    for span in hidden.iter_mut().rev() {
        let Span { start, end } = *span;
        let behind = document.text.get(end as usize..).unwrap_or("");
        let touched = next.filter(|(start, _)| *start == end);
        let needs_blank = touched.map_or_else(|| is_set_apart(behind), |(_, is)| is);
        if !needs_blank {
            let before = document.text.get(..start as usize).unwrap_or("");
            span.start = Span::new(before.trim_end_matches([' ', '\t']).len(), end as usize).start;
        }
        next = Some((start, needs_blank));
    }
    hidden
}

/// Whether a text needs a blank before it: not if it begins with a blank or with punctuation that closes, whatever
/// marks of emphasis are before that.
fn is_set_apart(text: &str) -> bool {
    let closes = |c: char| c.is_whitespace() || ".,;:!?…)]}’|、。，：；！？）】」』".contains(c);
    let bare = text.trim_start_matches(['*', '_', '~', '=']);
    // Which quotation marks open and which close differs between languages.
    let behind = bare.trim_start_matches(['"', '\'', '“', '”', '«', '»']);
    let is_picture = bare.starts_with("![");
    is_picture || !behind.is_empty() && !behind.starts_with(closes)
}
