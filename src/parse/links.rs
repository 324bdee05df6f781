//! Links as written: their places and what contains them.

use pulldown_cmark::{Event, LinkType, Tag};

use super::Reader;
use crate::canvas::{Elements, Holder, Links, LinksBuilder};
use crate::kind::BlockIndex;
use crate::source::Span;

/// Collects every link and image, in order, with what contains it: an element, or one of these
/// regions of blocks.
pub(super) fn collect(
    reader: &Reader<'_, '_>,
    elements: Option<&Elements>,
    regions: &[(Span, BlockIndex)],
) -> Links {
    let mut links = LinksBuilder::new(reader.source);
    for (event, range) in reader.events {
        let (kind, url, image) = match event {
            Event::Start(Tag::Link { link_type, dest_url, .. }) => (*link_type, dest_url, false),
            Event::Start(Tag::Image { link_type, dest_url, .. }) => (*link_type, dest_url, true),
            _ => continue,
        };
        let span = Span::from(range.clone());
        let holder = elements.map_or(Holder::Document, |elements| holder(span, elements, regions));
        match kind {
            LinkType::WikiLink { .. } => links.push_wiki(span, image, holder, url),
            LinkType::Email => links.push_url(span, image, holder, &format!("mailto:{url}")),
            _ => links.push_url(span, image, holder, url),
        }
    }
    links.finish()
}

/// The part of a canvas that contains a link.
fn holder(link: Span, elements: &Elements, regions: &[(Span, BlockIndex)]) -> Holder {
    if let Some(element) = elements.holding(link) {
        return Holder::Element(element);
    }
    let at = regions.partition_point(|(region, _)| region.end <= link.start);
    let region = regions.get(at).filter(|(region, _)| region.contains(link));
    region.map_or(Holder::Document, |(_, block)| Holder::Block(*block))
}
