//! The visible parts of records: name, excerpt, place and address.

use std::ops::Range;

use serde::ser::SerializeSeq;
use serde::{Serialize, Serializer};

use super::texts;
use crate::canvas::{Canvas, Document};
use crate::handbook::{DocumentIndex, Entry};
use crate::view::edition::{Edition, Index, shortened};
use crate::view::listed::Of;
use crate::view::url::{self, SitePath};

/// How many numbers are in a file: those of the elements of two or three canvases.
pub(super) const IN_A_FILE: u32 = 256;

/// How many characters of a text are shown.
const EXCERPT: usize = 110;

/// Adjacent records in one place: a list of what they have in common, followed by each of them.
#[derive(Debug)]
pub(super) struct Group {
    /// The number from which the rows count.
    at: u32,
    /// Their sort or their place: `Department`, `Roastery › Key Activities`.
    place: String,
    /// The beginning of all addresses.
    start: String,
    /// The language of names and texts.
    lang: String,
    rows: Vec<Row>,
}

impl Serialize for Group {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { at, place, start, lang, rows } = self;
        let mut list = serializer.serialize_seq(None)?;
        list.serialize_element(at)?;
        for text in [place, start, lang] {
            list.serialize_element(text)?;
        }
        for row in rows {
            list.serialize_element(row)?;
        }
        list.end()
    }
}

/// A record: the difference of its number from the previous one, its name, an excerpt, and the end of
/// its address.
#[derive(Debug, Serialize)]
struct Row(u32, String, String, String);

/// The content of a file: the records of some numbers.
pub(super) fn groups(edition: &Edition, file: u32) -> Vec<Group> {
    let numbers = super::numbers(edition);
    let wanted = file * IN_A_FILE..(file + 1) * IN_A_FILE;
    let mut groups = Groups { wanted: wanted.clone(), groups: Vec::new(), last: 0 };
    for (list, index) in Index::ALL.into_iter().enumerate() {
        let given = numbers.list(list);
        if given.start < wanted.end && wanted.start < given.end {
            groups.add_list(edition, index, given.start);
        }
    }
    for index in numbers.whole_documents(&wanted).map(DocumentIndex) {
        groups.add_document(edition, numbers.document(index), index, edition.entry(index));
    }
    for index in numbers.documents(&wanted).map(DocumentIndex) {
        let entry = edition.entry(index);
        match &entry.document.canvas {
            Some(canvas) => {
                let given = numbers.elements(index, canvas);
                groups.add_elements(edition, index, (entry, canvas), &given);
            }
            None => groups.add_sections(edition, index, numbers.within(index)),
        }
    }
    groups.groups
}

/// The groups of a file while they are gathered.
struct Groups {
    wanted: Range<u32>,
    groups: Vec<Group>,
    /// The number of the last record.
    last: u32,
}

/// The page that addresses start from, at the root of the site. It is not a record itself: a link from a
/// page to a place on it would not name the page.
fn root() -> SitePath {
    SitePath::new(super::PATH)
}

impl Groups {
    fn begin(&mut self, group: Group) {
        self.last = group.at;
        self.groups.push(group);
    }

    fn push(&mut self, number: u32, name: &str, excerpt: &str, end: String) {
        let gap = number - self.last;
        self.last = number;
        let excerpt = shortened(excerpt.trim().into(), EXCERPT).into_owned();
        if let Some(group) = self.groups.last_mut() {
            group.rows.push(Row(gap, name.to_owned(), excerpt, end));
        }
    }

    fn add_list(&mut self, edition: &Edition, index: Index, first: u32) {
        let entries = (first..).zip(super::entries(edition, index));
        let entries: Vec<_> = entries.filter(|(number, _)| self.wanted.contains(number)).collect();
        let Some((first, _)) = entries.first() else { return };
        self.begin(Group {
            at: *first,
            place: edition.words.owned(index.entry_word()),
            start: String::new(),
            lang: edition.handbook.config.language.clone(),
            rows: Vec::new(),
        });
        for (number, at) in entries {
            let of = Of::new(index, at as usize);
            let summary = of.summary(edition, &root());
            let numbers = summary.numbers.iter().filter(|number| number.value > 0);
            let numbers = numbers.map(|number| format!("{}: {}", number.label, number.value));
            let excerpt = match summary.sentence.is_empty() {
                true => numbers.collect::<Vec<_>>().join(" · "),
                false => summary.sentence,
            };
            let path = index.entry_path(of.id(edition), 1);
            self.push(number, &summary.title, &excerpt, root().link(&path, None));
        }
    }

    fn add_document(
        &mut self,
        edition: &Edition,
        number: u32,
        index: DocumentIndex,
        entry: &Entry,
    ) {
        let document = &*entry.document;
        let kind = if document.canvas.is_some() { "canvas" } else { "page" };
        let section = edition.section_of(index);
        let place = match section.own_page == Some(index) || section.folder.is_empty() {
            true => edition.words.owned(kind),
            false => format!("{} · {}", edition.words.get(kind), section.title),
        };
        let lang = edition.language(index).to_owned();
        if self.groups.last().is_none_or(|group| group.place != place || group.lang != lang) {
            let start = String::new();
            self.begin(Group { at: number, place, start, lang, rows: Vec::new() });
        }
        let excerpt = match &document.front.summary {
            Some(summary) => summary.clone(),
            None => beginning(document),
        };
        let url = root().link(edition.path(index), None);
        self.push(number, &document.title, &excerpt, url);
    }

    fn add_elements(
        &mut self,
        edition: &Edition,
        index: DocumentIndex,
        (entry, canvas): (&Entry, &Canvas),
        given: &[u32],
    ) {
        let document = &*entry.document;
        let page = root().link(edition.path(index), Some(""));
        let elements: Vec<_> = given.iter().zip(canvas.elements.iter()).zip(0u32..).collect();
        let shown = elements.iter().filter(|((number, _), _)| self.wanted.contains(number));
        let shown: Vec<_> = shown.collect();
        for part in
            shown.chunk_by(|((_, a), _), ((_, b), _)| (a.block, a.part) == (b.block, b.part))
        {
            let ((first, element), _) = part[0];
            let ids: Vec<&str> = part.iter().map(|(_, at)| entry.elements.at(*at).id).collect();
            // Most ids begin with their block and department.
            let folder = ids[0].rfind('/').map_or("", |end| &ids[0][..=end]);
            let folder = if ids.iter().all(|id| id.starts_with(folder)) { folder } else { "" };
            let label = edition.block_label(index, element.block);
            let block = canvas.blocks.iter().find(|block| block.index == element.block);
            let path = block.zip(element.part).map(|(block, part)| block.path(part));
            let titles = [Some(document.title.as_str()), Some(&label), path.as_deref()];
            self.begin(Group {
                at: **first,
                place: titles.into_iter().flatten().collect::<Vec<_>>().join(" › "),
                start: format!("{page}{}", fragment(folder)),
                lang: edition.language(index).to_owned(),
                rows: Vec::new(),
            });
            for (((number, element), at), id) in part.iter().zip(&ids) {
                // An element without a name has the beginning of its text as its title.
                let text = element.name.map_or_else(Default::default, |_| element.text.get());
                let name = Edition::element_title(document, *at);
                self.push(**number, &name, &text, fragment(&id[folder.len()..]));
            }
        }
    }

    fn add_sections(&mut self, edition: &Edition, index: DocumentIndex, room: Range<u32>) {
        let document = &*edition.entry(index).document;
        let said = texts::of_page(document);
        let sections = document.headings.iter().zip(said.iter().skip(1)).zip(room);
        let mut sections = sections.filter(|(_, number)| self.wanted.contains(number)).peekable();
        let Some((_, first)) = sections.peek() else { return };
        let group = Group {
            at: *first,
            place: document.title.clone(),
            start: root().link(edition.path(index), Some("")),
            lang: edition.language(index).to_owned(),
            rows: Vec::new(),
        };
        let sections: Vec<_> = sections.collect();
        self.begin(group);
        for ((heading, said), number) in sections {
            self.push(number, &heading.title, said, fragment(&heading.id));
        }
    }
}

/// The beginning of a document without a summary.
fn beginning(document: &Document) -> String {
    match &document.canvas {
        Some(canvas) => texts::of_pieces(document, &[canvas.introduction]).into_owned(),
        None => texts::of_page(document).into_iter().next().unwrap_or_default(),
    }
}

/// An anchor in the form that it has after the `#` of an address.
fn fragment(anchor: &str) -> String {
    let mut url = String::new();
    url::push_fragment(&mut url, anchor);
    url.split_off(1)
}
