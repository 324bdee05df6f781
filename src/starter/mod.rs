//! The texts that something new starts from: a handbook, a canvas, a scenario of a canvas, a kind.
//!
//! Each is a pure function from a request to a text, which an edge writes.

mod canvas;
mod handbook;
mod kind;
mod rebase;
mod scenario;

pub use canvas::{Blank, Suggested, UnknownDepartment, suggested};
pub use handbook::{GITIGNORE, files};
pub use kind::kind;
pub use scenario::Scenario;

/// A text as a string of TOML.
fn quoted(text: &str) -> String {
    toml_edit::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::quoted;
    use crate::check::Diagnostics;
    use crate::check::tests::{Found, find};
    use crate::diagnostic::Diagnostic;
    use crate::handbook::Handbook;
    use crate::node;
    use crate::source::Source;

    /// A handbook of a configuration and documents, sorted by path, and its diagnostics.
    pub fn resolved(settings: &str, documents: &[Source]) -> (Handbook, Vec<Diagnostic>) {
        let text = |source: &Source| source.text.as_ref().to_owned();
        let sources: Vec<(&str, String)> =
            documents.iter().map(|source| (source.path.as_str(), text(source))).collect();
        let Found { handbook, findings } = find(settings, &sources);
        let all = Diagnostics::new(findings, Vec::new());
        (handbook, all.iter().cloned().collect())
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
