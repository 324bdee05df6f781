//! Decodes a table according to the definitions of its keys, and reports everything that is wrong.
//!
//! A reader never stops at an error: a value that cannot be used is reported and counts as absent.

mod collections;
mod colors;

use std::borrow::Cow;

use super::key::{Key, Shape};
use super::{Data, KeyValue, Language, Node, SyntaxError, Table};
use crate::comments::without_comments;
use crate::date::{self, Date, ReviewInterval};
use crate::diagnostic::catalogue::{self, Within};
use crate::diagnostic::{self, Diagnostic, Severity};
use crate::language;
use crate::slug;
use crate::source::{Location, Source, Span, Spanned};

pub use colors::SchemeColors;

/// Collects the diagnostics of one source.
pub struct Report<'r> {
    /// The source.
    pub source: &'r Source,
    /// The language of the tree.
    pub language: Language,
    /// The keys of the top level.
    pub top: &'static [Key],
    /// The diagnostics.
    pub diagnostics: &'r mut Vec<Diagnostic>,
}

impl Report<'_> {
    /// The location of a span in the source.
    pub fn at(&self, span: Span) -> Location {
        Location::new(&self.source.path, span)
    }

    /// Adds a diagnostic.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Adds the syntax errors, and removes from the diagnostics since `since` those on the same
    /// lines, because they follow from them; the rest is sorted.
    pub fn syntax(
        &mut self,
        errors: &[SyntaxError],
        since: usize,
        made: impl Fn(Location, &str) -> Diagnostic,
    ) {
        let text = &self.source.text;
        let line = |span: Span| {
            let at = text.get(..span.start as usize).map_or(text.len(), str::len);
            let start = text[..at].rfind(['\n', '\r']).map_or(0, |before| before + 1);
            let end = text[at..].find(['\n', '\r']).map_or(text.len(), |behind| at + behind);
            Span::new(start, end)
        };
        let broken: Vec<Span> = errors.iter().map(|error| line(error.span)).collect();
        let said = self.diagnostics.split_off(since);
        for error in errors {
            let mut diagnostic = made(self.at(error.span), &error.message);
            if let Some(earlier) = error.earlier {
                diagnostic = catalogue::stands_twice(diagnostic, self.at(earlier));
            }
            if let Some(text) = &error.mended {
                diagnostic = catalogue::write_instead(diagnostic, text);
            }
            self.diagnostics.push(diagnostic);
        }
        let follows = |said: &Diagnostic| {
            let at = said.location.span.start;
            broken.iter().any(|line| line.start <= at && at <= line.end)
        };
        self.diagnostics.extend(said.into_iter().filter(|said| !follows(said)));
        diagnostic::sort(&mut self.diagnostics[since..]);
    }

    /// The line that begins the first table of TOML, and the key at `key` with its value, if that is on one
    /// line. They are swapped if the key belongs above all tables.
    fn first_table(&self, key: Span) -> Option<catalogue::BelowTable> {
        let text = &*self.source.text;
        let starts = |at: &usize| *at == 0 || text[..*at].ends_with('\n');
        let heads = text.match_indices('[').map(|(at, _)| at).filter(starts);
        let head = heads.take_while(|at| *at < key.start as usize).next()?;
        let key = key.start as usize;
        let is_toml = self.language == Language::Toml && starts(&key);
        let end = key + text[key..].find('\n')? + 1;
        let line = text[key..end].to_owned();
        let is_whole = line.matches(['[', '{']).count() == line.matches([']', '}']).count()
            && !line.contains(r#"""""#);
        (is_toml && is_whole).then(|| catalogue::BelowTable {
            head: Span::new(head, head),
            line: Span::new(key, end),
            text: line,
        })
    }

    /// A new string value in the form for the place of an old one.
    fn requoted(&self, span: Span, text: &str) -> String {
        match span.of(&self.source.text).as_bytes().first() {
            Some(b'\'') => format!("'{text}'"),
            Some(b'"') => format!("\"{text}\""),
            _ if self.language == Language::Toml => format!("\"{text}\""),
            _ => text.to_owned(),
        }
    }

    /// Adds a fix that writes the nearest word, if there is one.
    pub fn mended(&self, diagnostic: Diagnostic, span: Span, nearest: &[&str]) -> Diagnostic {
        match nearest.first() {
            Some(word) => diagnostic.replace(span, self.requoted(span, word)),
            None => diagnostic,
        }
    }

    /// Reports that a value, or an entry of an array, has the wrong type.
    fn wrong(&mut self, key: &str, entry: bool, shape: Shape, node: &Node<'_>) {
        let (location, expected) = (self.at(node.span), shape.expected());
        let mut diagnostic = catalogue::wrong_type(location, key, entry, expected, node.sort());
        if let Some(text) = self.respelt(shape, node) {
            diagnostic = catalogue::write_instead(diagnostic, &text);
        } else if let (Shape::List(_), Language::Toml) = (shape, self.language) {
            diagnostic = catalogue::write_list_head(diagnostic, key);
        } else if shape == Shape::Boolean {
            diagnostic = catalogue::write_boolean(diagnostic);
        }
        self.push(diagnostic);
    }

    /// The value in TOML with the quotes or brackets that give it the requested type.
    fn respelt(&self, shape: Shape, node: &Node<'_>) -> Option<String> {
        let written = node.span.of(&self.source.text);
        if self.language == Language::Yaml || written.contains(['\n', '\r']) {
            return None;
        }
        match (shape, &node.data) {
            (
                Shape::Text | Shape::Required,
                Data::Integer(_) | Data::Float(_) | Data::Boolean(_) | Data::Date(_),
            ) => Some(format!("\"{written}\"")),
            (Shape::Integer, Data::String(text)) => {
                text.parse::<i64>().ok().map(|integer| integer.to_string())
            }
            (Shape::Boolean, Data::String(text)) => {
                text.parse::<bool>().ok().map(|boolean| boolean.to_string())
            }
            (Shape::Texts, Data::String(text)) if text.contains(',') => {
                let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
                let parts = parts.map(|part| self.requoted(node.span, part)).collect::<Vec<_>>();
                Some(format!("[{}]", parts.join(", ")))
            }
            (Shape::Texts, Data::String(_)) => Some(format!("[{written}]")),
            _ => None,
        }
    }
}

/// The longest string, in bytes. Titles, summaries and names are on many pages, and a megabyte on each of
/// a thousand would fill any disk. Real ones do not reach a tenth of this.
const LONGEST: usize = 4_000;

/// Reads one table.
pub struct Reader<'r, 'd> {
    /// The report that diagnostics go to.
    pub report: &'r mut Report<'d>,
    table: &'r Table<'r>,
    keys: &'static [Key],
    within: Within<'r>,
}

impl<'r, 'd> Reader<'r, 'd> {
    /// A reader of a table, which reports the keys that are not in `keys`.
    pub fn new(
        report: &'r mut Report<'d>,
        table: &'r Table<'r>,
        keys: &'static [Key],
        within: Within<'r>,
    ) -> Self {
        let mut reader = Self { report, table, keys, within };
        reader.unknown_keys();
        reader
    }

    fn unknown_keys(&mut self) {
        let names: Vec<&str> = self.keys.iter().map(|key| key.name).collect();
        let known = |entry: &&KeyValue<'_>| names.contains(&&*entry.key);
        let present: Vec<&str> =
            self.table.entries.iter().filter(known).map(|entry| &*entry.key).collect();
        if present.len() == self.table.entries.len() {
            return;
        }
        for entry in &self.table.entries {
            if known(&entry) {
                continue;
            }
            let location = self.report.at(entry.key_span);
            if let Within::Table(table) = self.within
                && self.report.top.iter().any(|key| key.name == entry.key)
                && let Some(head) = self.report.first_table(entry.key_span)
            {
                self.report.push(catalogue::key_below_table(location, &entry.key, table, head));
                continue;
            }
            let nearest = slug::nearest(&entry.key, names.iter().copied());
            let mut diagnostic =
                catalogue::unknown_key(location, &entry.key, self.within, &nearest, &names);
            // If the key that was meant exists as well, renaming would write it twice.
            if let Some(name) = nearest.first().filter(|name| !present.contains(name)) {
                diagnostic = diagnostic.replace(entry.key_span, *name);
            }
            if self.report.language == Language::Yaml {
                diagnostic.severity = Severity::Warning;
            }
            self.report.push(diagnostic);
        }
    }

    /// The shape and the value of a key that is present. A YAML key without a value is not.
    pub fn value(&self, name: &str) -> Option<(Shape, &'r Node<'r>)> {
        let key = self.keys.iter().find(|key| key.name == name);
        debug_assert!(key.is_some(), "`{name}` has no definition");
        let node = self.table.get(name).filter(|node| node.data != Data::Null)?;
        Some((key?.shape, node))
    }

    /// The name of a key in messages.
    fn title(&self, name: &str) -> String {
        match self.within {
            Within::Table(table) => format!("{table}.{name}"),
            Within::FrontMatter | Within::Configuration | Within::Kind => name.to_owned(),
        }
    }

    fn wrong(&mut self, name: &str, shape: Shape, node: &Node<'_>) {
        let title = self.title(name);
        self.report.wrong(&title, false, shape, node);
    }

    /// A value as a string. YAML decides by the form of a word whether it is a number or a date, so
    /// in YAML any word is a string if one is requested.
    fn as_text(&mut self, name: &str, shape: Shape, node: &'r Node<'r>) -> Option<Cow<'r, str>> {
        let text = self.read_text(node);
        if text.is_none() {
            self.wrong(name, shape, node);
        }
        text
    }

    fn read_text(&self, node: &'r Node<'r>) -> Option<Cow<'r, str>> {
        match &node.data {
            Data::String(text) => Some(Cow::Borrowed(text)),
            Data::Integer(_) | Data::Float(_) | Data::Date(_)
                if self.report.language == Language::Yaml =>
            {
                Some(Cow::Owned(node.span.of(&self.report.source.text).to_owned()))
            }
            _ => None,
        }
    }

    /// A string, which must not be blank, because a blank one counts as absent: templates of new
    /// pages leave them. If it is required, the caller reports a blank one.
    fn any_text(&mut self, name: &str) -> Option<(Cow<'r, str>, Span)> {
        let (shape, node) = self.value(name)?;
        let mut text = without_comments(self.as_text(name, shape, node)?);
        if text.len() > LONGEST {
            text = self.cut(name, text, node.span);
        }
        (shape == Shape::Required || !text.trim().is_empty()).then_some((text, node.span))
    }

    /// Reports a string that is too long, and returns the part of it that is used.
    fn cut<'t>(&mut self, name: &str, text: Cow<'t, str>, span: Span) -> Cow<'t, str> {
        let (location, title) = (self.report.at(span), self.title(name));
        self.report.push(catalogue::text_too_long(location, &title, LONGEST));
        let end = (0..=LONGEST).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
        Cow::Owned(text[..end].to_owned())
    }

    /// A string with its place; `None` if it is blank.
    pub fn spanned(&mut self, name: &str) -> Option<Spanned<String>> {
        let (text, span) = self.any_text(name)?;
        let value = text.trim();
        (!value.is_empty()).then(|| Spanned { value: value.to_owned(), span })
    }

    /// A string; `None` if it is blank.
    pub fn text(&mut self, name: &str) -> Option<String> {
        self.spanned(name).map(|spanned| spanned.value)
    }

    /// A string that must exist and not be blank; otherwise `why` is the help. `table` is the place
    /// and the name of the table that lacks it.
    pub fn required(
        &mut self,
        name: &str,
        table: (Span, &str),
        why: &'static str,
    ) -> Option<Spanned<String>> {
        let node = self.value(name).map(|(_, node)| node);
        let text = self.spanned(name);
        let blank =
            |node: &Node<'_>| matches!(&node.data, Data::String(text) if text.trim().is_empty());
        if text.is_none() && node.is_none_or(blank) {
            let location = self.report.at(node.map_or(table.0, |node| node.span));
            self.report.push(catalogue::missing_key(location, name, table.1, why));
        }
        text
    }

    /// A string as `check` returns it; if that returns a reason instead, `said` makes a diagnostic
    /// of the place, the string and the reason.
    pub fn checked<T>(
        &mut self,
        name: &str,
        check: impl FnOnce(&str) -> Result<T, &'static str>,
        said: impl FnOnce(Location, &str, &'static str) -> Diagnostic,
    ) -> Option<T> {
        let (text, span) = self.any_text(name)?;
        let text = text.trim();
        check(text)
            .map_err(|why| {
                let location = self.report.at(span);
                self.report.push(said(location, text, why));
            })
            .ok()
    }

    /// An integer.
    pub fn integer(&mut self, name: &str) -> Option<i64> {
        self.spanned_integer(name).map(|spanned| spanned.value)
    }

    /// An integer with its place.
    pub fn spanned_integer(&mut self, name: &str) -> Option<Spanned<i64>> {
        let (shape, node) = self.value(name)?;
        match node.data {
            Data::Integer(value) => Some(Spanned { value, span: node.span }),
            _ => {
                self.wrong(name, shape, node);
                None
            }
        }
    }

    /// `true` or `false`.
    pub fn boolean(&mut self, name: &str) -> Option<bool> {
        let (shape, node) = self.value(name)?;
        match node.data {
            Data::Boolean(boolean) => Some(boolean),
            _ => {
                self.wrong(name, shape, node);
                None
            }
        }
    }

    /// A day. Of a time only its day counts, as it was written: files of other generators have
    /// times.
    pub fn date(&mut self, name: &str) -> Option<Date> {
        let (shape, node) = self.value(name)?;
        match &node.data {
            Data::Date(date) | Data::Time(Some(date)) => Some(*date),
            Data::String(text) => {
                let text = text.trim();
                let day = match text.split_at_checked(10) {
                    Some((day, rest)) if rest.starts_with(['T', 't', ' ']) => day,
                    _ => text,
                };
                let date = date::parse(day);
                if date.is_none() {
                    let location = self.report.at(node.span);
                    let title = self.title(name);
                    self.report.push(catalogue::not_a_date(location, &title, text));
                }
                date
            }
            Data::Time(None) => {
                let location = self.report.at(node.span);
                let title = self.title(name);
                self.report.push(catalogue::time_without_date(location, &title));
                None
            }
            _ => {
                self.wrong(name, shape, node);
                None
            }
        }
    }

    /// An interval with its place.
    pub fn interval(&mut self, name: &str) -> Option<Spanned<ReviewInterval>> {
        let title = self.title(name);
        let (text, span) = self.any_text(name)?;
        let text = text.trim();
        let value = ReviewInterval::parse(text);
        if value.is_none() {
            let location = self.report.at(span);
            self.report.push(catalogue::not_an_interval(location, &title, text));
        }
        value.map(|value| Spanned { value, span })
    }

    /// A language tag.
    pub fn language(&mut self, name: &str) -> Option<String> {
        let title = self.title(name);
        let (text, span) = self.any_text(name)?;
        let tag = text.trim();
        if language::is_known(tag) {
            return Some(tag.to_owned());
        }
        let hyphened = tag.replace('_', "-");
        let meant = language::is_known(&hyphened).then_some(&*hyphened);
        let meant = meant.or_else(|| language::meant(tag));
        let diagnostic = catalogue::not_a_language(self.report.at(span), &title, tag, meant);
        let diagnostic = self.report.mended(diagnostic, span, meant.as_slice());
        self.report.push(diagnostic);
        None
    }

    /// One of the words of the key's definition, as `from_id` reads it.
    pub fn one_of<T>(&mut self, name: &str, from_id: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        let (shape, node) = self.value(name)?;
        let words = match shape {
            Shape::OneOf(words) => words,
            _ => &[],
        };
        self.word(name, shape, node, words, from_id)
    }

    /// One of `words`, as `from_id` reads it.
    pub fn word<T>(
        &mut self,
        name: &str,
        shape: Shape,
        node: &'r Node<'r>,
        words: &[&str],
        from_id: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let text = self.as_text(name, shape, node)?;
        let value = from_id(&text);
        if value.is_none() && !text.trim().is_empty() {
            let nearest = slug::nearest(&text, words.iter().copied());
            let location = self.report.at(node.span);
            let title = self.title(name);
            let diagnostic = catalogue::unknown_value(location, &title, &text, &nearest, words);
            let diagnostic = self.report.mended(diagnostic, node.span, &nearest);
            self.report.push(diagnostic);
        }
        value
    }

    /// A table.
    pub fn table(&mut self, name: &str) -> Option<&'r Table<'r>> {
        let (shape, node) = self.value(name)?;
        match &node.data {
            Data::Table(table) => Some(table),
            _ => {
                self.wrong(name, shape, node);
                None
            }
        }
    }
}
