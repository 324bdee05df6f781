//! `[colors]`: the colours of a handbook.

use std::collections::BTreeMap;

use super::COLOR_KEYS;
use crate::colour::Rgb;
use crate::diagnostic::catalogue::{self, Within};
use crate::node::key::Shape;
use crate::node::reader::Reader;
use crate::node::{Data, Node};
use crate::source::Spanned;

/// A colour of `[colors]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColorConfig {
    /// In the light scheme.
    pub light: Spanned<Rgb>,
    /// In the dark scheme, where it is written; else it is worked out from the light one.
    pub dark: Option<Spanned<Rgb>>,
}

/// The colours that are set, by key.
pub(super) fn read(reader: &mut Reader<'_, '_>) -> BTreeMap<&'static str, ColorConfig> {
    let mut colors = BTreeMap::new();
    let Some(table) = reader.table("colors") else { return colors };
    let mut reader = Reader::new(reader.report, table, COLOR_KEYS, Within::Table("colors"));
    for key in COLOR_KEYS {
        let Some((shape, node)) = reader.value(key.name) else { continue };
        let title = format!("colors.{}", key.name);
        let color = match &node.data {
            Data::Array(items) => match items.as_slice() {
                [light, dark] => {
                    let mut one = |node| one(&mut reader, &title, true, node);
                    let pair = (one(light), one(dark));
                    let (Some(light), Some(dark)) = pair else { continue };
                    Some(ColorConfig { light, dark: Some(dark) })
                }
                _ => {
                    let (at, expected) = (reader.report.at(node.span), shape.expected());
                    let found = "an array of another length";
                    reader.report.push(catalogue::wrong_type(at, &title, false, expected, found));
                    None
                }
            },
            _ => {
                one(&mut reader, &title, false, node).map(|light| ColorConfig { light, dark: None })
            }
        };
        if let Some(color) = color {
            colors.insert(key.name, color);
        }
    }
    colors
}

/// A single colour; `entry` is true for one of a pair.
fn one(
    reader: &mut Reader<'_, '_>,
    title: &str,
    entry: bool,
    node: &Node<'_>,
) -> Option<Spanned<Rgb>> {
    let at = reader.report.at(node.span);
    let Data::String(text) = &node.data else {
        let expected = if entry { "a colour" } else { Shape::Colors.expected() };
        reader.report.push(catalogue::wrong_type(at, title, entry, expected, node.sort()));
        return None;
    };
    let text = text.trim();
    if let Some(value) = Rgb::parse(text) {
        return Some(Spanned { value, span: node.span });
    }
    let mut diagnostic = catalogue::not_a_colour(at, title, text);
    let hashed = format!("#{text}");
    if Rgb::parse(&hashed).is_some() {
        diagnostic = reader.report.mended(diagnostic, node.span, &[&hashed]);
    }
    reader.report.push(diagnostic);
    None
}
