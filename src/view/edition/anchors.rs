//! The anchors of places on their pages, and the inverse: a page can only name its address and one of
//! its anchors, never a place in a file.

use std::borrow::Cow;
use std::cmp::Reverse;

use super::Edition;
use crate::handbook::{DepartmentIndex, DocumentIndex, Entry, Place, Spot};
use crate::source::Span;

/// Anchors of the poster lead to the same blocks as those of the full text.
const POSTER: &str = "_poster/";

impl Edition {
    /// The anchor of a spot on its document's page; `None` for the page as a whole.
    pub fn anchor(&self, place: Place) -> Option<Cow<'_, str>> {
        let entry = self.entry(place.document);
        let canvas = entry.document.canvas.as_ref();
        match place.spot {
            Spot::Document => None,
            Spot::Heading(index) => Some((&*entry.document.headings[index as usize].id).into()),
            Spot::Block(index) => canvas.map(|canvas| (&*canvas.kind.block_kind(index).id).into()),
            Spot::Department(index) => Some(self.department_anchor(entry, index).into()),
            Spot::Element(index) => Some(entry.elements.at(index).id.into()),
            Spot::Paragraph(index) => {
                let paragraph = &entry.document.paragraphs[index as usize];
                Some((&*paragraph.id.value).into())
            }
        }
    }

    /// The anchor of a department's card on a canvas's page.
    pub fn department_anchor(&self, entry: &Entry, index: DepartmentIndex) -> String {
        let canvas = entry.document.canvas.as_ref();
        let block = canvas.and_then(|canvas| {
            canvas.kind.departments_block().map(|block| canvas.kind.block_kind(block).id.as_str())
        });
        format!("{}/{}", block.unwrap_or("departments"), self.handbook.department(index).id)
    }

    /// The source of the thing with an anchor on a document's page: that of the thing itself, else
    /// of the nearest one around it, else the start of the document.
    pub fn written(&self, document: DocumentIndex, anchor: &str) -> Span {
        let mut anchor = anchor.strip_prefix(POSTER).unwrap_or(anchor);
        loop {
            let is_it = |spot| self.anchor(Place { document, spot }).as_deref() == Some(anchor);
            let found = self.entry(document).spots().find(|(spot, _)| is_it(*spot));
            match (found, anchor.rsplit_once('/')) {
                (Some((_, span)), _) => return span,
                (None, Some((outer, _))) => anchor = outer,
                (None, None) => return Span::default(),
            }
        }
    }

    /// The anchor of the spot at an offset of a document, or of the nearest one above it; `None` if
    /// there is none.
    pub fn anchor_at(&self, document: DocumentIndex, offset: u32) -> Option<Cow<'_, str>> {
        self.anchor(self.place_at(document, offset))
    }

    /// The spot at an offset of a document, or the nearest one above it; the document if there is none.
    pub fn place_at(&self, document: DocumentIndex, offset: u32) -> Place {
        let above = self.entry(document).spots().filter(|(_, span)| span.start <= offset);
        // A block and its heading start at one place; the page has the block, which is first.
        let nearest = above.min_by_key(|(_, span)| Reverse(span.start));
        Place { document, spot: nearest.map_or(Spot::Document, |(spot, _)| spot) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::tests::find;
    use crate::view::words::Vocabulary;

    const CANVAS: &str = "\
# Bakery

## Value Propositions

- **Fresh bread**
- **Late bread** {#late}

## Channels

- **Shop**

## Key Activities

### Production

- **Baking**

## Notes

Text.
";

    fn edition() -> Edition {
        let found = find("", &[("content/bakery.md", CANVAS.to_owned())]);
        Edition::new(found.handbook, found.findings, &Vocabulary::default(), None, &[])
    }

    #[test]
    fn anchors_lead_to_the_lines_where_they_were_written() {
        let edition = edition();
        let line = |anchor: &str| {
            let start = edition.written(DocumentIndex(0), anchor).range().start;
            CANVAS[start..].lines().next().unwrap_or_default()
        };
        for (anchor, expected) in [
            ("", "# Bakery"),
            ("nothing", "# Bakery"),
            ("value-propositions", "## Value Propositions"),
            ("_poster/value-propositions", "## Value Propositions"),
            ("value-propositions/fresh-bread", "- **Fresh bread**"),
            ("value-propositions/of-yesterday", "## Value Propositions"),
            ("late", "- **Late bread** {#late}"),
            ("key-activities/production", "Production"),
            ("key-activities/production/baking", "- **Baking**"),
            ("notes", "## Notes"),
        ] {
            assert_eq!(line(anchor), expected, "{anchor}");
        }
    }

    #[test]
    fn what_is_written_has_the_anchor_above_it() {
        let edition = edition();
        let above = |text: &str| {
            let offset = CANVAS.find(text).expect("it is there") as u32;
            edition.anchor_at(DocumentIndex(0), offset).map(Cow::into_owned)
        };
        assert_eq!(above("resh bread").as_deref(), Some("value-propositions/fresh-bread"));
        assert_eq!(above("Channels").as_deref(), Some("channels"));
        assert_eq!(above("Production").as_deref(), Some("key-activities/production"));
        assert_eq!(above("Baking").as_deref(), Some("key-activities/production/baking"));
        assert_eq!(above("Text.").as_deref(), Some("notes"));
    }
}
