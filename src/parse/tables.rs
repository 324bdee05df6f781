//! A table that is the body of a block: each row is an element.

use std::collections::HashSet;
use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::Reader;
use super::attributes;
use super::detect::Detected;
use super::elements::{self, Home, Read};
use super::inline::{LONGEST_NAME, Name, Plain};
use super::outline::span_of;
use crate::canvas::{Attribute, AttributeKey, Category, Cell, ElementPlace, Words};
use crate::kind::BlockIndex;
use crate::kind::columns::{self, Column};
use crate::kind::labels::Named;
use crate::source::Span;

/// The separator of the cells that make a text.
pub(super) const BETWEEN: &str = " · ";

/// A table, its cells as event ranges.
struct Table {
    head: Vec<Field>,
    rows: Vec<Row>,
}

struct Row {
    span: Span,
    fields: Vec<Field>,
}

/// A cell.
struct Field {
    events: Range<usize>,
    /// Its text, without attributes.
    text: String,
    /// Whether it has the mark of a footnote.
    has_mark: bool,
}

impl Field {
    /// Whether there is anything to show.
    fn says_anything(&self) -> bool {
        self.has_mark || self.has_words()
    }

    fn has_words(&self) -> bool {
        self.text.contains(char::is_alphanumeric)
    }
}

/// The purpose of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Name,
    Text,
    Attribute(AttributeKey),
    /// The numbers of the rows, like those of a list.
    Number,
}

/// The parts of a table that are not elements.
#[derive(Default)]
pub(super) struct Rest {
    /// The headers of its columns, if they are not shown elsewhere.
    pub head: Vec<Span>,
    /// Rows of totals, and rows without a name.
    pub rows: Vec<Span>,
}

/// Reads the rows of a table as elements. In a block of activities, columns may name departments and
/// categories.
pub(super) fn read(
    reader: &mut Reader<'_, '_>,
    table: Range<usize>,
    home: Home,
    detected: &Detected<'_>,
) -> Rest {
    let table = Table::new(reader, table);
    let roles = table.roles(home.block, detected);
    let mut reading =
        RowReader { table: &table, roles: &roles, labelled: vec![false; roles.len()], home };
    let mut rest = Rest::default();
    let says_anything = |row: &&Row| row.fields.iter().any(Field::says_anything);
    let mut rows = table.rows.iter().filter(says_anything).peekable();
    while let Some(row) = rows.next() {
        if row.is_total(&roles, home.is_money) {
            rest.rows.push(row.span);
            continue;
        }
        // A row without a name continues the one above it.
        let mut detail = Vec::new();
        let mut span = row.span;
        let goes_on = |next: &&Row| next.goes_on(&roles) && !next.is_total(&roles, home.is_money);
        while let Some(next) = rows.next_if(goes_on) {
            let said = next.fields.iter().filter(|field| field.says_anything());
            detail.extend(said.map(|field| field.span(reader)));
            span.end = next.span.end;
        }
        if !reading.element(reader, row, span, detail) {
            rest.rows.push(span);
        }
    }
    let labelled = reading.labelled;
    for (at, (field, role)) in table.head.iter().zip(&roles).enumerate() {
        if labelled[at] || !field.says_anything() {
            continue;
        }
        let span = field.span(reader);
        // The place where the cells are shown tells what the header would.
        let is_said = matches!(role, Role::Attribute(_) | Role::Number)
            || columns::column(&field.text).is_some()
            || !table.column(at).any(Field::says_anything);
        if is_said {
            reader.hidden.push(span);
            reader.labels.push(span);
        } else {
            rest.head.push(span);
        }
    }
    rest
}

impl Table {
    fn new(reader: &Reader<'_, '_>, table: Range<usize>) -> Self {
        let mut rows: Vec<Row> =
            elements::items(reader, table).into_iter().map(|row| Row::new(reader, row)).collect();
        let first = if rows.is_empty() { Vec::new() } else { rows.remove(0).fields };
        let mut table = Self { head: first, rows };
        if table.head_is_data(reader) {
            let events = table.head.iter().map(|field| field.events.clone());
            let events = events.reduce(|all, next| all.start..next.end).unwrap_or_default();
            let span = span_of(reader.text, reader.events, events);
            let fields = std::mem::take(&mut table.head);
            table.head = fields.iter().map(Field::silent).collect();
            table.rows.insert(0, Row { span, fields });
        }
        table
    }

    /// Whether the head of a table with two columns is a row like the others, since Markdown has no
    /// table without one: its name is marked like theirs, or it refers, has attributes or is a
    /// sentence.
    fn head_is_data(&self, reader: &Reader<'_, '_>) -> bool {
        /// A longer header is a text.
        const LONGEST_HEADER: usize = 60;
        let [name, text] = &*self.head else { return false };
        let is_bold = |field: &Field| {
            let first = reader.events.get(field.events.start).filter(|_| !field.events.is_empty());
            matches!(first, Some((Event::Start(Tag::Strong), _)))
        };
        let links = |field: &Field| {
            let events = &reader.events[field.events.clone()];
            events.iter().any(|(event, _)| matches!(event, Event::Start(Tag::Link { .. })))
        };
        let all_bold = self.rows.iter().all(|row| row.fields.first().is_some_and(is_bold));
        let has_list = [name, text]
            .iter()
            .any(|field| elements::attribute_list(reader, field.events.clone()).is_some());
        is_bold(name) && !is_bold(text) && all_bold
            || has_list
            || links(name)
            || links(text)
            || text.text.chars().nth(LONGEST_HEADER).is_some()
    }

    /// The cells of a column without its header.
    fn column(&self, at: usize) -> impl Iterator<Item = &Field> {
        self.rows.iter().filter_map(move |row| row.fields.get(at))
    }

    /// The purpose of each column.
    fn roles(&self, block: BlockIndex, detected: &Detected<'_>) -> Vec<Role> {
        let are_activities = detected.kind.departments_block() == Some(block);
        let mut roles: Vec<Role> =
            (0..self.head.len()).map(|at| self.role(at, are_activities)).collect();
        let is_wordy = |field: &Field| field.text.contains(char::is_alphabetic);
        let candidates = |roles: &[Role], test: &dyn Fn(usize) -> bool| {
            (0..roles.len()).find(|at| roles[*at] == Role::Text && test(*at))
        };
        let has_words = |at: usize| self.column(at).any(is_wordy);
        // Before the column of names there may be one with the sort of several rows.
        let tells_apart = |at: usize| has_words(at) && is_distinct(self.column(at));
        let is_short = |field: &Field| field.text.chars().nth(LONGEST_NAME).is_none();
        let is_block = |at: usize| {
            let is_it = detected.names(&self.head[at].text) == Some(Named::Block(block));
            is_it && self.column(at).all(is_short)
        };
        let name = candidates(&roles, &|at| tells_apart(at) && is_block(at))
            .or_else(|| candidates(&roles, &tells_apart))
            .or_else(|| candidates(&roles, &has_words))
            .or_else(|| candidates(&roles, &|at| self.column(at).any(Field::says_anything)));
        if let Some(name) = name {
            roles[name] = Role::Name;
        }
        roles
    }

    fn role(&self, at: usize, are_activities: bool) -> Role {
        let header = &self.head[at].text;
        let said = || self.column(at).filter(|field| field.says_anything());
        let key = match columns::column(header) {
            Some(Column::Id) => self.id(at),
            Some(Column::Owner) => Some(AttributeKey::Owner),
            Some(Column::Status) => Some(AttributeKey::Status),
            Some(Column::Department) if are_activities => Some(AttributeKey::DepartmentCell),
            Some(Column::With) if are_activities => Some(AttributeKey::With),
            Some(Column::Category) if are_activities => {
                let are_known = said().all(|field| Category::named(&field.text).is_some());
                are_known.then_some(AttributeKey::Category)
            }
            _ if at == 0 && !header.contains(char::is_alphanumeric) => {
                let are_codes = self.column(at).all(|field| {
                    field.text.starts_with('#') || field.text.contains(char::is_numeric)
                });
                self.id(at).filter(|_| are_codes)
            }
            _ => None,
        };
        // The name needs a column.
        if let Some(key) = key.filter(|_| self.head.len() > 1) {
            return Role::Attribute(key);
        }
        // A row of totals is often called so here.
        let is_row = |field: &&Field| !columns::is_total(&field.text);
        let mut rows = self.column(at).filter(is_row).zip(1usize..).peekable();
        let counts = rows.peek().is_some()
            && rows.all(|(field, row)| {
                let digits = field.text.trim().trim_end_matches(['.', ')', ':']);
                digits.trim_start_matches('0') == row.to_string()
            });
        if counts { Role::Number } else { Role::Text }
    }

    /// The id's key, if every cell of a column may be an id.
    fn id(&self, at: usize) -> Option<AttributeKey> {
        let is_id = |field: &Field| {
            let id = field.text.strip_prefix('#').unwrap_or(&field.text);
            let fits = |c: char| c.is_alphanumeric() || "-_.".contains(c);
            id.contains(char::is_alphabetic) && !id.starts_with('_') && id.chars().all(fits)
        };
        let are_ids = self.column(at).all(is_id) && is_distinct(self.column(at));
        are_ids.then_some(AttributeKey::Id)
    }
}

/// Whether no two cells are equal.
fn is_distinct<'f>(mut fields: impl Iterator<Item = &'f Field>) -> bool {
    let mut met = HashSet::new();
    fields.all(|field| !field.says_anything() || met.insert(field.text.to_lowercase()))
}

impl Row {
    fn new(reader: &Reader<'_, '_>, row: Range<usize>) -> Self {
        let span = span_of(reader.text, reader.events, row.clone());
        let cells = elements::items(reader, row).into_iter();
        let fields = cells.map(|cell| Field::new(reader, cell.start + 1..cell.end - 1)).collect();
        Self { span, fields }
    }

    fn cells<'r>(&'r self, roles: &'r [Role], role: Role) -> impl Iterator<Item = &'r Field> {
        let with_roles = self.fields.iter().zip(roles);
        with_roles.filter(move |(_, of)| **of == role).map(|(field, _)| field)
    }

    /// Whether a row is one of totals, or of a period in a table about money: by its name, if its other cells
    /// are figures.
    fn is_total(&self, roles: &[Role], is_money: bool) -> bool {
        let number =
            self.cells(roles, Role::Number).next().filter(|field| columns::is_total(&field.text));
        let name = number.or_else(|| self.cells(roles, Role::Name).next());
        let mut others = self.cells(roles, Role::Text).filter(|field| field.says_anything());
        roles.contains(&Role::Text)
            && name.is_some_and(|name| {
                columns::is_total(&name.text) || is_money && columns::is_period(&name.text)
            })
            && others.all(|field| field.text.contains(char::is_numeric))
    }

    /// Whether it has no name, but other text.
    fn goes_on(&self, roles: &[Role]) -> bool {
        let is_it = |(field, role): (&Field, &Role)| *role != Role::Number && field.says_anything();
        !self.cells(roles, Role::Name).any(Field::has_words)
            && self.fields.iter().zip(roles).any(is_it)
    }
}

impl Field {
    fn new(reader: &Reader<'_, '_>, events: Range<usize>) -> Self {
        let is_mark = |(event, _): &(Event<'_>, _)| matches!(event, Event::FootnoteReference(_));
        let has_mark = reader.events[events.clone()].iter().any(is_mark);
        let field = Self { events, text: String::new(), has_mark };
        let text = field.plain(reader).text.trim().to_owned();
        Self { text, ..field }
    }

    /// The cell at the same place without text.
    fn silent(&self) -> Self {
        let events = self.events.start..self.events.start;
        Self { events, text: String::new(), has_mark: false }
    }

    fn span(&self, reader: &Reader<'_, '_>) -> Span {
        span_of(reader.text, reader.events, self.events.clone())
    }

    /// Its text, without attributes.
    fn plain(&self, reader: &Reader<'_, '_>) -> Plain {
        elements::plain(reader, self.events.clone())
    }

    /// The values of an attribute, if the cell is nothing but one run of text, however marked. `None` if a cell
    /// only keeps the place of a department.
    fn values(&self, reader: &Reader<'_, '_>, key: AttributeKey) -> Option<Vec<Span>> {
        /// What people write in the place of a name.
        const PLACEHOLDERS: [&str; 8] = ["n/a", "n.a.", "na", "none", "tba", "tbc", "tbd", "todo"];
        let is_place = PLACEHOLDERS.contains(&&*self.text.to_lowercase());
        if self.has_mark || key == AttributeKey::DepartmentCell && is_place {
            return None;
        }
        let texts = reader.events[self.events.clone()].iter();
        let texts = texts.filter(|(event, _)| matches!(event, Event::Text(_) | Event::Code(_)));
        let mut texts = texts.map(|(_, range)| range.clone());
        let first = texts.next()?;
        let run = texts
            .try_fold(first, |run, next| (run.end == next.start).then_some(run.start..next.end))?;
        let whole = Span::from(run);
        let marks: &[char] = match key {
            AttributeKey::Id => &[' ', '`', '#'],
            _ => &[' ', '`'],
        };
        let values = match key {
            AttributeKey::With | AttributeKey::DepartmentCell => {
                let values = attributes::list(whole, whole.of(reader.text));
                values.map(|value| inside(value, value.of(reader.text), marks)).collect()
            }
            _ => vec![inside(whole, whole.of(reader.text), marks)],
        };
        Some(values)
    }
}

/// A span without marks at its ends.
fn inside(span: Span, text: &str, marks: &[char]) -> Span {
    let start = span.start as usize + text.len() - text.trim_start_matches(marks).len();
    Span::new(start, start + text.trim_matches(marks).len())
}

/// The properties of its table that reading a row needs.
struct RowReader<'t> {
    table: &'t Table,
    roles: &'t [Role],
    /// Whether a cell of each column was shown with the column's header.
    labelled: Vec<bool>,
    home: Home,
}

impl RowReader<'_> {
    /// Adds the element of a row. Returns `false` if nothing in it may be a name.
    fn element(
        &mut self,
        reader: &mut Reader<'_, '_>,
        row: &Row,
        span: Span,
        detail: Vec<Span>,
    ) -> bool {
        // Without a column of names, or a name in it, the first cell with words is the name.
        let name = row.cells(self.roles, Role::Name).find(|field| field.has_words());
        let text = || row.cells(self.roles, Role::Text).find(|field| field.has_words());
        let any = || row.fields.iter().find(|field| field.has_words());
        let Some(name) = name.or_else(text).or_else(any) else { return false };
        let Read { plain: own, name: said, lists, .. } =
            elements::read(reader, name.events.clone(), 0);
        let mut attributes = Vec::new();
        for list in lists {
            elements::read_list(reader, list, &mut attributes);
        }
        let mut cells = Vec::new();
        for (at, (field, role)) in row.fields.iter().zip(self.roles).enumerate() {
            let is_name = field.events == name.events;
            if is_name || !field.says_anything() || *role == Role::Number {
                continue;
            }
            if let Role::Attribute(key) = *role
                && let Some(values) = field.values(reader, key)
            {
                if key == AttributeKey::Id {
                    reader.hidden.push(field.span(reader));
                }
                // The first of several departments leads.
                if key == AttributeKey::DepartmentCell {
                    let others = values.iter().skip(1);
                    let with = |value: &Span| Attribute { key: AttributeKey::With, value: *value };
                    attributes.extend(others.map(with));
                }
                attributes.extend(values.into_iter().map(|value| Attribute { key, value }));
                continue;
            }
            attributes.extend(elements::attributes(reader, field.events.clone()));
            // A column that is not an attribute after all is named in the text.
            let label = Some(&self.table.head[at]).filter(|header| {
                let is_described = columns::column(&header.text) == Some(Column::Description);
                header.says_anything() && !(is_described && *role == Role::Text)
            });
            self.labelled[at] |= label.is_some();
            cells.push(Said { label, plain: field.plain(reader), span: field.span(reader) });
        }
        let named = elements::Extent { home: self.home, span, detail, counter: None };
        push(reader, named, &own, &said, &cells, &attributes);
        true
    }
}

/// A cell that is a part of an element's text.
struct Said<'t> {
    label: Option<&'t Field>,
    plain: Plain,
    span: Span,
}

/// Adds an element whose text is the text after its name and the cells.
fn push(
    reader: &mut Reader<'_, '_>,
    place: elements::Extent,
    own: &Plain,
    name: &Name,
    cells: &[Said<'_>],
    attributes: &[Attribute],
) {
    let fixed = |text| Words { text, within: 0..0 };
    let mut rooms = vec![String::new(); cells.len() + 2];
    let mut rooms = rooms.iter_mut();
    let mut words: Vec<Words<'_>> = Vec::new();
    let mut kept = Vec::new();
    if let Some(room) = rooms.next().filter(|_| !name.text.is_empty()) {
        words.extend(own.words(name.text.clone(), room));
        kept.push(Cell { row: place.span, label: Span::default(), value: name.text_span });
    }
    for (cell, room) in cells.iter().zip(rooms.by_ref()) {
        if !words.is_empty() {
            words.push(fixed(BETWEEN));
        }
        let mut label = Span::default();
        if let Some(header) = cell.label {
            label = header.span(reader);
            words.extend([Words { text: &header.text, within: label.range() }, fixed(": ")]);
        }
        let text = cell.plain.text.trim_end().len();
        words.extend(cell.plain.words(0..text, room));
        kept.push(Cell { row: place.span, label, value: cell.span });
    }
    // A text in one piece is shown like any other.
    let is_one = matches!(&*kept, [only] if only.label.is_empty());
    let text_span = match &*kept {
        [only] if is_one => only.value,
        _ => {
            let end = name.name_span.end;
            let behind = kept.iter().map(|cell| cell.value).filter(|value| value.start >= end);
            behind
                .reduce(|all, next| Span { start: all.start, end: next.end })
                .unwrap_or(Span { start: end, end })
        }
    };
    if !is_one {
        reader.elements.push_cells(&kept);
    }
    let spans = [place.span, name.name_span, text_span];
    let room = &mut String::new();
    let said = name.name.clone().map(|name| own.word(name, room));
    let at = ElementPlace::new(place.home.block, place.home.part, spans);
    reader.elements.push(at, said, words.into_iter(), &place.detail, attributes);
}
