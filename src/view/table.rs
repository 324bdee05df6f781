//! Lists as tables, with one element or canvas per row. They are most of a large site, so they are
//! written here, row by row, and not by a template.

use std::borrow::Cow;
use std::fmt::Write as _;

use super::edition::{Edition, shortened};
use super::links::{self, LinksHtml};
use super::url::SitePath;
use super::words::Words;
use super::{LanguageView, LinkView, escape, in_language};
use crate::front_matter::Date;
use crate::handbook::{DepartmentIndex, DocumentIndex, ElementKey, Entry, Loss, Neighbours};
use crate::slug::slug;

/// How many rows are on one page of a list: few enough to search with the eye and to load at once, however
/// large the handbook grows.
pub(super) const ROWS_PER_PAGE: usize = 400;

/// A list with at most this number of rows has a sentence for each; in a longer one it would be in
/// the way.
pub(super) const MOST_SENTENCES: usize = 60;

/// How many contributing departments, or elements that it is for, a row names. The canvas's page has all.
const MOST_NAMES: usize = 8;

/// A longer sentence is cut, in characters.
const LONGEST_SENTENCE: usize = 400;

/// Properties that all elements of a list have in common, so that no row repeats them.
#[derive(Clone, Copy, Default)]
pub(super) struct Says<'s> {
    /// Whether it is a list of one department, which leads them.
    pub department: bool,
    /// Whether one department contributes to them. The departments that lead them are of interest then,
    /// but not others that contribute.
    pub contributes: bool,
    /// Who is responsible for them: the slug of the name; may be empty.
    pub owner: &'s str,
    /// Whether rows show their relations. A list that only compares elements does not.
    pub relations: bool,
}

/// The header of a column.
#[derive(Default)]
pub(super) struct Heading<'h> {
    pub title: &'h str,
    /// Its address, as an attribute's value; may be empty.
    pub url: String,
    /// The language of the title, if it is not that of the words.
    pub language: Option<LanguageView>,
    /// Whether cells repeat it for phones, which show the cells of a row as one line.
    pub is_repeated: bool,
}

impl<'h> From<&'h str> for Heading<'h> {
    fn from(title: &'h str) -> Self {
        Self { title, ..Self::default() }
    }
}

/// A row of a table.
#[derive(Default)]
pub(super) struct Row<'e> {
    /// Its title.
    pub title: Cow<'e, str>,
    /// The address of the title, as an attribute's value; may be empty.
    pub url: String,
    /// A sentence about it; may be empty.
    pub sentence: Cow<'e, str>,
    /// The language of title and sentence, if it is not the page's.
    pub language: Option<LanguageView>,
    /// Its anchor, as an attribute's value; may be empty.
    pub id: String,
    /// The other cells, as markup: one for each column. A row without any heads those below it.
    pub cells: Vec<String>,
}

/// Tables with equal columns below one another: the headings first, then the rows of each table. A column
/// that is empty is left out of all.
pub(super) fn tables(
    class: &str,
    headings: &[Heading<'_>],
    tables: &[Vec<Row<'_>>],
    words: &Words,
) -> Vec<String> {
    let is_filled =
        |row: &Row<'_>, column: usize| row.cells.get(column).is_some_and(|c| !c.is_empty());
    let has_any = |column: usize| tables.iter().flatten().any(|row| is_filled(row, column));
    let columns: Vec<usize> = (0..headings.len() - 1).filter(|column| has_any(*column)).collect();
    let mut lang = String::new();
    if let Some(tag) = words.foreign() {
        lang.push_str(" lang=\"");
        escape::attribute(&mut lang, tag);
        lang.push('"');
    }
    let table = |rows: &Vec<Row<'_>>| {
        const USUAL_ROW: usize = 256;
        let mut html = String::with_capacity((rows.len() + 1) * USUAL_ROW);
        let _ = write!(html, "<table class=\"{class}\">\n<thead{lang}><tr>");
        for heading in [0].into_iter().chain(columns.iter().map(|column| column + 1)) {
            html.push_str("<th scope=\"col\">");
            headings[heading].write(&mut html);
            html.push_str("</th>");
        }
        html.push_str("</tr></thead>\n<tbody>\n");
        for (at, row) in rows.iter().enumerate() {
            if at > 0 && row.cells.is_empty() {
                html.push_str("</tbody>\n<tbody>\n");
            }
            row.write(&mut html, headings, &columns);
        }
        html + "</tbody>\n</table>\n"
    };
    tables.iter().map(|rows| if rows.is_empty() { String::new() } else { table(rows) }).collect()
}

impl Heading<'_> {
    fn write(&self, html: &mut String) {
        if self.url.is_empty() {
            escape::text(html, self.title);
            return;
        }
        let _ = write!(html, "<a href=\"{}\"", self.url);
        if let Some(language) = &self.language {
            language.push_attributes(html);
        }
        html.push('>');
        escape::text(html, self.title);
        html.push_str("</a>");
    }
}

impl Row<'_> {
    fn write(&self, html: &mut String, headings: &[Heading<'_>], columns: &[usize]) {
        if self.cells.is_empty() {
            let all = columns.len() + 1;
            let _ = write!(html, "<tr><th scope=\"rowgroup\" colspan=\"{all}\"");
        } else {
            html.push_str("<tr><th scope=\"row\"");
        }
        if !self.id.is_empty() {
            let _ = write!(html, " id=\"{}\"", self.id);
        }
        html.push('>');
        // Not on the cell, whose padding it would turn to the other side.
        if let Some(language) = &self.language {
            html.push_str("<span");
            language.push_attributes(html);
            html.push('>');
        }
        if !self.url.is_empty() {
            let _ = write!(html, "<a href=\"{}\">", self.url);
        }
        escape::text(html, &self.title);
        if !self.url.is_empty() {
            html.push_str("</a>");
        }
        if !self.sentence.is_empty() {
            html.push(' ');
            escape::text(html, &self.sentence);
        }
        html.push_str(if self.language.is_some() { "</span></th>" } else { "</th>" });
        for column in columns.iter().filter(|_| !self.cells.is_empty()) {
            let (cell, heading) = (&self.cells[*column], &headings[column + 1]);
            html.push_str("<td");
            if heading.is_repeated && !cell.is_empty() {
                html.push_str(" data-label=\"");
                escape::attribute(html, heading.title);
                html.push('"');
            }
            let _ = write!(html, ">{cell}</td>");
        }
        html.push_str("</tr>\n");
    }
}

/// Lists of elements, sorted by document, as tables with equal columns. `name` is the header of the
/// first one.
pub(super) fn elements(
    edition: &Edition,
    path: &SitePath,
    lists: &[&[ElementKey]],
    says: &Says<'_>,
    name: &str,
    has_sentences: bool,
) -> Vec<String> {
    let words = &edition.words;
    let rows = |keys: &&[ElementKey]| -> Vec<Row<'_>> {
        let parts = keys.chunk_by(|a, b| a.document == b.document);
        let rows = parts.flat_map(|keys| {
            let of = OfCanvas::new(edition, path, keys[0].document, has_sentences);
            keys.iter().filter_map(move |key| of.row(*key, says, has_sentences))
        });
        rows.collect()
    };
    let rows: Vec<Vec<Row<'_>>> = lists.iter().map(rows).collect();
    tables("list", &headings(name, &[], words), &rows, words)
}

/// The headers of the columns of elements.
fn headings<'w>(name: &'w str, more: &[&'w str], words: &'w Words) -> Vec<Heading<'w>> {
    let repeated = ["thread_people", "department", "with", "owner"].iter().chain(more);
    let repeated = repeated.map(|key| Heading { is_repeated: true, ..words.get(key).into() });
    [name, words.get("canvas")].map(Heading::from).into_iter().chain(repeated).collect()
}

/// Elements of several canvases below their heads, each with what would fall and what would be weakened
/// without it, as a table.
pub(super) fn gathered(
    edition: &Edition,
    path: &SitePath,
    sections: Vec<(Option<Row<'_>>, &[ElementKey])>,
    has_sentences: bool,
) -> String {
    let words = &edition.words;
    let says = Says { relations: true, ..Says::default() };
    let mut rows = Vec::new();
    for (head, keys) in sections {
        rows.extend(head);
        for key in keys {
            let of = OfCanvas::new(edition, path, key.document, has_sentences);
            if let Some(mut row) = of.row(*key, &says, has_sentences) {
                row.cells.extend(of.dependents(*key));
                rows.push(row);
            }
        }
    }
    let headings = headings(words.get("elements"), &["falls_without", "weakened_without"], words);
    tables("list", &headings, &[rows], words).concat()
}

/// The canvas whose elements are listed.
struct OfCanvas<'e> {
    edition: &'e Edition,
    entry: &'e Entry,
    url: String,
    language: Option<LanguageView>,
    /// Its name, in the form of each row, as markup.
    name: String,
}

impl<'e> OfCanvas<'e> {
    /// The canvas on a page. Its name is a link if `is_linked`; in a long list each element already links
    /// to it, and as many links again would be a third of the page.
    fn new(edition: &'e Edition, path: &SitePath, index: DocumentIndex, is_linked: bool) -> Self {
        let (entry, url) = (edition.entry(index), path.link(edition.path(index), None));
        let language = edition.foreign(index, &edition.handbook.config.language);
        let mut name = String::new();
        escape::text(&mut name, &entry.document.title);
        if is_linked {
            let mut link = "<a href=\"".to_owned();
            escape::attribute(&mut link, &url);
            link.push('"');
            if let Some(language) = &language {
                language.push_attributes(&mut link);
            }
            name = link + ">" + &name + "</a>";
        } else {
            name = in_language(language.as_ref(), name);
        }
        Self { edition, entry, url, language, name }
    }

    fn row(&self, key: ElementKey, says: &Says<'_>, has_sentences: bool) -> Option<Row<'e>> {
        let (entry, element, facts) = self.edition.handbook.element(key)?;
        let handbook = &self.edition.handbook;
        let title = |index: DepartmentIndex| handbook.department(index).title.as_str();
        let with = facts.contributing.iter().filter(|_| !says.contributes);
        let department = facts.department.filter(|_| !says.department);
        let usual = facts.department.and_then(|index| handbook.department(index).owner.as_deref());
        let owner = facts.owner.filter(|owner| Some(*owner) != usual && slug(owner) != says.owner);
        let mut url = String::new();
        links::push_url(&mut url, &self.url, facts.id);
        let related = if says.relations { String::new() } else { self.related(key.element) };
        let is_named = has_sentences && element.name.is_some();
        Some(Row {
            title: Edition::element_title(&entry.document, key.element),
            url,
            sentence: match is_named {
                true => shortened(element.text.get(), LONGEST_SENTENCE),
                false => "".into(),
            },
            language: self.language.clone(),
            cells: vec![
                self.name.clone(),
                related,
                names(department.map(title).into_iter().map(Cow::from)),
                names(with.map(|index| Cow::from(title(*index)))),
                names(owner.into_iter().map(Cow::from)),
            ],
            ..Row::default()
        })
    }

    /// What would fall, and what would be weakened, without an element.
    fn dependents(&self, key: ElementKey) -> [String; 2] {
        let Self { edition, entry, language, .. } = self;
        let Some(canvas) = &entry.document.canvas else { return Default::default() };
        let neighbours = Neighbours::new(entry);
        let Loss { falls, weakened, .. } =
            Loss::of(&edition.handbook, key.document, canvas, &neighbours, &[key.element]);
        [falls.into_iter().map(|step| step.element).collect(), weakened].map(|elements| {
            let titles = elements.iter().map(|at| Edition::element_title(&entry.document, *at));
            in_language(language.as_ref(), names(titles))
        })
    }

    fn related(&self, element: u32) -> String {
        in_language(self.language.as_ref(), names(related(self.entry, element)))
    }
}

/// The elements that an element supports, runs, earns …: the other ends of the relations of which it is
/// the subject.
pub(super) fn related(entry: &Entry, element: u32) -> impl Iterator<Item = Cow<'_, str>> {
    // Relations are sorted by their subject.
    let start = entry.relations.partition_point(|relation| relation.from < element);
    let own = entry.relations[start..].iter().take_while(move |own| own.from == element);
    own.map(|own| Edition::element_title(&entry.document, own.to))
}

/// Names with commas between them, as markup; a long list is cut.
pub(super) fn names<'n>(names: impl Iterator<Item = Cow<'n, str>>) -> String {
    let mut html = String::new();
    let mut more = 0;
    for (at, name) in names.enumerate() {
        if at >= MOST_NAMES {
            more += 1;
            continue;
        }
        if at > 0 {
            html.push_str(", ");
        }
        escape::text(&mut html, &name);
    }
    if more > 0 {
        let _ = write!(html, ", +{more}");
    }
    html
}

/// Properties that all canvases of a list have in common, and whether a script can sort it.
#[derive(Clone, Copy, Default)]
pub(super) struct SaysOfCanvases {
    pub stage: bool,
    pub owner: bool,
    pub is_sortable: bool,
}

/// Canvases as a table on a page in a language, below the folder of each group, if that is named; empty
/// if there are none.
pub(super) fn canvases(
    edition: &Edition,
    path: &SitePath,
    groups: &[(Option<LinkView>, &[DocumentIndex])],
    says: SaysOfCanvases,
    has_sentences: bool,
    lang: &str,
) -> String {
    let words = edition.words_in(lang);
    let links =
        |link: Option<LinkView>| link.into_iter().collect::<LinksHtml>().as_str().to_owned();
    let row = |index: &DocumentIndex| {
        let document = &edition.entry(*index).document;
        let front = &document.front;
        let stage = front.stage.filter(|_| !says.stage).map(|stage| LinkView {
            title: words.stage(stage),
            url: Some(path.link(&Edition::stage_path(stage), None)),
        });
        let owner = front.owner.as_deref().filter(|_| !says.owner);
        let owner = owner.map(|owner| edition.owner(path, owner));
        let count = document.canvas.as_ref().map_or(0, |canvas| canvas.elements.len());
        Row {
            title: document.title.as_str().into(),
            url: attribute(&path.link(edition.path(*index), None)),
            sentence: front.summary.as_deref().filter(|_| has_sentences).unwrap_or_default().into(),
            language: edition.foreign(*index, lang),
            cells: vec![
                links(stage),
                links(owner),
                count.to_string(),
                front.reviewed.map_or_else(String::new, |date| day(date, says.is_sortable, words)),
            ],
            ..Row::default()
        }
    };
    let heading = |folder: &LinkView| Row {
        title: folder.title.clone().into(),
        url: folder.url.as_deref().map(attribute).unwrap_or_default(),
        ..Row::default()
    };
    let rows = groups.iter().flat_map(|(folder, canvases)| {
        folder.as_ref().map(heading).into_iter().chain(canvases.iter().map(row))
    });
    let headings = ["canvas", "stage", "owner", "elements", "reviewed"];
    // Of these, only the number does not explain itself.
    let headings =
        headings.map(|key| Heading { is_repeated: key == "elements", ..words.get(key).into() });
    tables("list", &headings, &[rows.collect()], words).concat()
}

/// A day in words, with the date itself if a script may sort by it.
pub(super) fn day(date: Date, is_sortable: bool, words: &Words) -> String {
    let mut html = String::new();
    escape::text(&mut html, &words.date(date));
    if is_sortable { format!("<time datetime=\"{date}\">{html}</time>") } else { html }
}

/// Entries with their counts, which a bar compares with the largest; empty if there are none.
pub(super) fn counts(headings: [&str; 2], entries: &[Counted<'_>], words: &Words) -> String {
    let largest = entries.iter().map(|entry| entry.count).max().unwrap_or(1);
    let rows = entries.iter().map(|entry| Row {
        title: entry.title.into(),
        url: attribute(&entry.url),
        cells: vec![format!("{} {}", entry.count, bar(entry.count, largest))],
        ..Row::default()
    });
    tables("list counts", &headings.map(Into::into), &[rows.collect()], words).concat()
}

/// A text as an attribute's value.
pub(super) fn attribute(text: &str) -> String {
    let mut value = String::new();
    escape::attribute(&mut value, text);
    value
}

/// An entry of a table of counts.
pub(super) struct Counted<'e> {
    pub title: &'e str,
    /// Its address; may be empty.
    pub url: String,
    pub count: usize,
}

/// A bar with the length of a number in relation to the largest.
pub(super) fn bar(count: usize, largest: usize) -> String {
    let percent = count * 100 / largest.max(1);
    format!(
        "<svg class=\"load\" aria-hidden=\"true\"><rect width=\"{percent}%\" height=\"9\"></rect></svg>"
    )
}
