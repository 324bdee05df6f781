//! Code with colours, as classes for the theme to paint.
//!
//! A handbook shows little code, mostly files of its own kind: TOML, Markdown, JSON, YAML, commands.
//! So this knows a few languages as data (`languages.rs`) and tells comments, strings and keys apart
//! rather than understanding them. It reads every byte once, whatever the input; the grammars of
//! regular expressions that editors use take seconds for a line made to be slow, and a tenth of a
//! second to load the one for Markdown.
//!
//! The classes are `hl-comment`, `hl-string`, `hl-constant`, `hl-keyword`, `hl-key`, `hl-heading`,
//! `hl-strong`, `hl-link`, `hl-inserted` and `hl-deleted`.

mod languages;
mod lines;
mod words;

use crate::view::escape;

/// Longer code stays plain: nobody reads it for its colours, and spans make a page several times
/// heavier.
const LONGEST: usize = 64 * 1024;

/// Appends `code` as HTML: in colours if `language`, the first word of a fence, is known.
pub fn code(html: &mut String, code: &str, language: &str) {
    let name = language.to_ascii_lowercase();
    if code.len() > LONGEST {
        return escape::text(html, code);
    }
    let mut painter = Painter { html, class: "" };
    paint(&mut painter, code, &name);
    painter.finish();
}

fn paint(painter: &mut Painter, code: &str, name: &str) {
    match name {
        "markdown" | "md" => lines::markdown(painter, code),
        "diff" | "patch" => lines::diff(painter, code),
        _ => match languages::find(name) {
            Some(language) => words::paint(painter, code, language),
            None => painter.push(code, ""),
        },
    }
}

/// Writes code piece by piece; neighbours of one class share a span.
struct Painter<'h> {
    html: &'h mut String,
    /// The class of the span that is open; empty if none is.
    class: &'static str,
}

impl Painter<'_> {
    fn push(&mut self, text: &str, class: &'static str) {
        if text.is_empty() {
            return;
        }
        if class != self.class {
            self.finish();
            if !class.is_empty() {
                self.html.push_str("<span class=\"hl-");
                self.html.push_str(class);
                self.html.push_str("\">");
            }
            self.class = class;
        }
        escape::text(self.html, text);
    }

    fn finish(&mut self) {
        if !self.class.is_empty() {
            self.html.push_str("</span>");
        }
        self.class = "";
    }
}

#[cfg(test)]
mod tests;
