//! The texts that something new starts from: a handbook, a canvas, a scenario of a canvas.
//!
//! Each is a pure function from what was asked for to a text; an edge writes it.

mod canvas;
mod handbook;
mod rebase;
mod scenario;

pub use canvas::{Blank, Suggested, UnknownDepartment, suggested};
pub use handbook::{GITIGNORE, files};
pub use scenario::Scenario;

/// A text as a string of TOML.
fn quoted(text: &str) -> String {
    toml_edit::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::quoted;
    use crate::diagnostic::Diagnostic;
    use crate::handbook::{self, Handbook};
    use crate::kind::tests::built_in;
    use crate::source::Source;
    use crate::{check, config, node, parse};

    /// A handbook of a configuration and documents, sorted by path, and what there is to remark.
    pub fn resolved(settings: &str, documents: &[Source]) -> (Handbook, Vec<Diagnostic>) {
        let mut diagnostics = Vec::new();
        let config = config::read(&Source::new("canvasbook.toml", settings), &mut diagnostics);
        let kinds = built_in();
        let read = |source| Arc::new(parse::document(source, &kinds, &mut diagnostics));
        let documents = documents.iter().map(read).collect();
        let config = Arc::new(config);
        let parts = handbook::Parts { config, kinds, documents, drafts: Vec::new(), files: &[] };
        let handbook = handbook::resolve(parts, &mut diagnostics);
        for (_, entry) in handbook.entries() {
            check::run(entry, &handbook.config.language, &mut diagnostics);
        }
        (handbook, diagnostics)
    }

    #[test]
    fn a_quoted_text_is_read_as_it_was() {
        for text in ["Kiosk", "\"a\" \\ b", "one\ntwo\tthree\r\u{7f}\u{85}", "é 🎯", ""] {
            let written = format!("title = {}", quoted(text));
            let read = node::toml::read(&written, 0);
            let title = read.root.get("title").map(|node| node.to_json(&written));
            assert_eq!(title, Some(text.into()), "{written}");
        }
    }
}
