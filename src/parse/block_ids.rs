//! `^id` at the end of an element, a heading, a paragraph or an item.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::outline::Events;
use crate::canvas::{Attribute, AttributeKey, Elements, Paragraph, Spanned};
use crate::markdown::{block_id, is_inline};
use crate::source::Span;

/// An id after a text.
struct BlockId {
    /// The event of the text.
    at: usize,
    /// The id without its `^`.
    value: Span,
    /// The part that is not shown: the id with its `^` and the blanks before it.
    hidden: Span,
    /// The first event of the block that it is the id of: the one that it ends, else the one above
    /// it.
    of: usize,
    /// Whether it is on a line of its own.
    is_alone: bool,
    /// Whether it belongs to an element, a part, a block or a heading.
    is_taken: bool,
}

/// The ids of a document, in order.
#[derive(Default)]
pub(super) struct BlockIds(Vec<BlockId>);

/// An open block.
struct Open {
    /// Its first event.
    at: usize,
    /// The first event of the last inner block that an id may belong to.
    before: Option<usize>,
}

impl BlockIds {
    /// Finds the ids of a document.
    pub(super) fn of(text: &str, events: &Events<'_>) -> Self {
        let mut found = Self::default();
        // Hardly any document has ids.
        if !text.contains('^') {
            return found;
        }
        let mut open = vec![Open { at: 0, before: None }];
        for (at, (event, _)) in events.iter().enumerate() {
            match event {
                Event::Start(tag) if !is_inline(&tag.to_end()) => {
                    open.push(Open { at, before: None });
                }
                Event::End(tag) if !is_inline(tag) => {
                    let ended = open.pop().map(|block| block.at);
                    if let Some(outer) = open.last_mut() {
                        outer.before = ended.filter(|_| may_have_id(tag));
                    }
                }
                Event::Text(_) => found.0.extend(BlockId::new(text, events, at, &open)),
                _ => {}
            }
        }
        found
    }

    /// The parts that are not shown.
    pub(super) fn hidden(&self) -> impl Iterator<Item = Span> {
        self.0.iter().map(|id| id.hidden)
    }

    /// The hidden part of the id that ends inline events.
    pub(super) fn at_end(&self, inline: &Range<usize>) -> Option<Span> {
        let found = self.0.binary_search_by_key(&(inline.end.checked_sub(1)?), |id| id.at).ok()?;
        (inline.start < inline.end).then(|| self.0[found].hidden)
    }

    /// Whether a block is an id and nothing else.
    pub(super) fn is_all(&self, block: Span) -> bool {
        let at = self.0.partition_point(|id| id.hidden.end < block.end);
        self.0.get(at).is_some_and(|id| id.is_alone && id.hidden.contains(block))
    }

    /// Takes the id that ends inline events for their block.
    pub(super) fn take(&mut self, inline: &Range<usize>) -> Option<Attribute> {
        let last = inline.end.checked_sub(1).filter(|last| *last >= inline.start)?;
        let found = self.0.binary_search_by_key(&last, |id| id.at).ok()?;
        self.0[found].is_taken = true;
        Some(Attribute { key: AttributeKey::Id, value: self.0[found].value })
    }

    /// The ids that were not taken, each with the paragraph, the item or the block that it belongs
    /// to.
    pub(super) fn rest(
        self,
        text: &str,
        events: &Events<'_>,
        elements: Option<&Elements>,
    ) -> Box<[Paragraph]> {
        let rest = self.0.into_iter().filter(|id| !id.is_taken);
        let mut paragraphs: Vec<Paragraph> = rest
            .map(|id| {
                let below = Span::from(events[id.of].1.clone());
                let element = elements.and_then(|elements| match id.is_alone {
                    true => elements.holding(id.value).or_else(|| elements.first_in(below)),
                    false => elements.holding(id.value),
                });
                let event = u32::try_from(id.of).unwrap_or(u32::MAX);
                let value = id.value.of(text).to_owned();
                Paragraph { id: Spanned { value, span: id.value }, event, element }
            })
            .collect();
        paragraphs.sort_by_key(|paragraph| paragraph.event);
        paragraphs.into()
    }
}

impl BlockId {
    /// The id that ends the text at an event.
    fn new(text: &str, events: &Events<'_>, at: usize, open: &[Open]) -> Option<Self> {
        let ends = match &events.get(at + 1)?.0 {
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item) => true,
            // The text of an item may be followed by another list.
            Event::Start(Tag::List(_)) => true,
            _ => false,
        };
        let range = &events[at].1;
        let [.., outer, own] = open else { return None };
        let place = block_id(&text[range.clone()]).filter(|_| ends)?;
        let (start, end) = (range.start + place.start, range.start + place.end);
        let before = &text[..start];
        let is_alone = at == own.at + 1
            && place.start == 0
            && matches!(events[own.at].0, Event::Start(Tag::Paragraph));
        (before.is_empty() || before.ends_with(char::is_whitespace)).then_some(())?;
        Some(Self {
            at,
            value: Span::new(start + 1, end),
            hidden: Span::new(before.trim_end_matches([' ', '\t']).len(), end),
            of: if is_alone { outer.before? } else { own.at },
            is_alone,
            is_taken: false,
        })
    }
}

/// Whether an id in the line below a block belongs to the block.
fn may_have_id(block: &TagEnd) -> bool {
    matches!(
        block,
        TagEnd::Paragraph
            | TagEnd::List(_)
            | TagEnd::Table
            | TagEnd::BlockQuote(_)
            | TagEnd::CodeBlock
            | TagEnd::Item
    )
}
