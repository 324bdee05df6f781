//! Reading of keys that have several values.

use super::{LONGEST, Reader};
use crate::comments::without_comments;
use crate::diagnostic::catalogue::{self, Within};
use crate::language;
use crate::node::key::Shape;
use crate::node::{Data, Language};
use crate::source::{Span, Spanned};

impl<'r, 'd> Reader<'r, 'd> {
    /// Strings with their places, blank ones left out. In YAML a single string counts as an array:
    /// split at its commas if `split`.
    pub fn texts(&mut self, name: &str, split: bool) -> Vec<Spanned<String>> {
        let mut texts = self.all_texts(name, split);
        for text in texts.iter_mut().filter(|text| text.value.len() > LONGEST) {
            text.value = self.cut(name, std::mem::take(&mut text.value).into(), text.span).into();
        }
        texts
    }

    fn all_texts(&mut self, name: &str, split: bool) -> Vec<Spanned<String>> {
        let Some((shape, node)) = self.value(name) else { return Vec::new() };
        let trimmed = |text: &str, span| {
            let value = without_comments(text.trim());
            (!value.is_empty()).then(|| Spanned { value: value.into_owned(), span })
        };
        match &node.data {
            Data::Array(items) => items
                .iter()
                .filter(|item| item.data != Data::Null)
                .filter_map(|item| {
                    let Some(text) = self.read_text(item) else {
                        let title = self.title(name);
                        self.report.wrong(&title, true, Shape::Text, item);
                        return None;
                    };
                    trimmed(&text, item.span)
                })
                .collect(),
            Data::String(text) if self.report.language == Language::Yaml && split => {
                text.split(',').filter_map(|part| trimmed(part, node.span)).collect()
            }
            Data::String(text) if shape == Shape::TextOrTexts => {
                trimmed(text, node.span).into_iter().collect()
            }
            _ if self.report.language == Language::Yaml => {
                let text = self.as_text(name, shape, node);
                text.and_then(|text| trimmed(&text, node.span)).into_iter().collect()
            }
            _ => {
                self.wrong(name, shape, node);
                Vec::new()
            }
        }
    }

    /// Numbers with their places.
    pub fn numbers(&mut self, name: &str) -> Option<Spanned<Vec<Spanned<f64>>>> {
        let (shape, node) = self.value(name)?;
        let Data::Array(items) = &node.data else {
            self.wrong(name, shape, node);
            return None;
        };
        let mut numbers = Vec::with_capacity(items.len());
        for item in items {
            let value = match item.data {
                Data::Float(number) => number,
                Data::Integer(number) => i32::try_from(number).map_or(f64::NAN, f64::from),
                _ => {
                    let title = self.title(name);
                    let at = self.report.at(item.span);
                    let wrong = catalogue::wrong_type(at, &title, true, "a number", item.sort());
                    self.report.push(wrong);
                    continue;
                }
            };
            numbers.push(Spanned { value, span: item.span });
        }
        Some(Spanned { value: numbers, span: node.span })
    }

    /// Strings by their language, with their places; blank ones are left out.
    pub fn by_language(&mut self, name: &str) -> Vec<(&'r str, Spanned<String>)> {
        let Some(table) = self.table(name) else { return Vec::new() };
        let mut texts = Vec::new();
        for entry in &table.entries {
            let title = format!("{}.{}", self.title(name), entry.key);
            match &entry.value.data {
                _ if !language::is_known(&entry.key) => {
                    let at = self.report.at(entry.key_span);
                    let (title, meant) = (self.title(name), language::meant(&entry.key));
                    self.report.push(catalogue::not_a_language(at, &title, &entry.key, meant));
                }
                Data::String(text) if text.trim().is_empty() => {}
                Data::String(text) => {
                    let text = Spanned { value: text.trim().to_owned(), span: entry.value.span };
                    texts.push((&*entry.key, text));
                }
                _ => self.report.wrong(&title, false, Shape::Text, &entry.value),
            }
        }
        texts
    }

    /// The tables of a [`Shape::Tables`], each with its key and a reader of its own.
    pub fn tables(&mut self, name: &str, mut each: impl FnMut(&'r str, Span, &mut Reader<'_, 'd>)) {
        let Some((Shape::Tables(keys), _)) = self.value(name) else { return };
        let Some(table) = self.table(name) else { return };
        for entry in &table.entries {
            let title = format!("{name}.{}", entry.key);
            match &entry.value.data {
                Data::Table(inner) => {
                    let within = Within::Table(&title);
                    let mut reader = Reader::new(self.report, inner, keys, within);
                    each(&entry.key, entry.key_span, &mut reader);
                }
                Data::Null => {}
                _ => self.report.wrong(&title, false, Shape::Table(keys), &entry.value),
            }
        }
    }

    /// The tables of a [`Shape::List`], each with its place and a reader of its own.
    pub fn list(&mut self, name: &str, mut each: impl FnMut(Span, &mut Reader<'_, 'd>)) {
        let Some((shape @ Shape::List(keys), node)) = self.value(name) else { return };
        let Data::Array(items) = &node.data else { return self.wrong(name, shape, node) };
        for item in items {
            let Data::Table(inner) = &item.data else {
                self.report.wrong(name, true, Shape::Table(keys), item);
                continue;
            };
            // A table with a header reaches as far as the values below the header.
            let end = inner.entries.iter().map(|entry| entry.value.span.end).max().unwrap_or(0);
            let span = Span { start: item.span.start, end: item.span.end.max(end) };
            let mut reader = Reader::new(self.report, inner, keys, Within::Table(name));
            each(span, &mut reader);
        }
    }
}
