//! Reading of colours.

use super::Reader;
use crate::colour::Rgb;
use crate::diagnostic::catalogue;
use crate::node::key::Shape;
use crate::node::{Data, Node};
use crate::slug::nearest;
use crate::source::Spanned;

/// A colour as settings write it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchemeColors {
    /// In the light scheme.
    pub light: Spanned<Rgb>,
    /// In the dark scheme, if it is set; else it is derived from the light one.
    pub dark: Option<Spanned<Rgb>>,
}

impl Reader<'_, '_> {
    /// The colour of a key, for both schemes; `None` if it is one of the words of its definition.
    pub fn colors(&mut self, name: &str) -> Option<SchemeColors> {
        let (shape, node) = self.value(name)?;
        let title = self.title(name);
        let Data::Array(items) = &node.data else {
            return Some(SchemeColors {
                light: self.color(&title, shape, false, node)?,
                dark: None,
            });
        };
        let [light, dark] = items.as_slice() else {
            let (at, expected) = (self.report.at(node.span), shape.expected());
            let found = "an array of another length";
            self.report.push(catalogue::wrong_type(at, &title, false, expected, found));
            return None;
        };
        let pair = (self.color(&title, shape, true, light), self.color(&title, shape, true, dark));
        Some(SchemeColors { light: pair.0?, dark: Some(pair.1?) })
    }

    /// A single colour; `is_entry` is whether it is one of a pair.
    fn color(
        &mut self,
        title: &str,
        shape: Shape,
        is_entry: bool,
        node: &Node<'_>,
    ) -> Option<Spanned<Rgb>> {
        let at = self.report.at(node.span);
        let Data::String(text) = &node.data else {
            let expected = if is_entry { "a colour" } else { shape.expected() };
            self.report.push(catalogue::wrong_type(at, title, is_entry, expected, node.sort()));
            return None;
        };
        let text = text.trim();
        if let Some(value) = Rgb::parse(text) {
            return Some(Spanned { value, span: node.span });
        }
        let words = match shape {
            Shape::Colors(words) if !is_entry => words,
            _ => &[],
        };
        let near = nearest(text, words.iter().copied());
        let diagnostic = catalogue::not_a_colour(at, title, text, &near, words);
        let hashed = format!("#{text}");
        let mended = if Rgb::parse(&hashed).is_some() { vec![&*hashed] } else { near };
        let diagnostic = self.report.mended(diagnostic, node.span, &mended);
        self.report.push(diagnostic);
        None
    }
}
