//! A new handbook: a configuration, a home page and a canvas to read and to delete.

use super::quoted;

/// The file that keeps the site out of git. An existing one is left alone.
pub const GITIGNORE: (&str, &str) = (".gitignore", include_str!("../../data/starter/gitignore"));

/// The title in the files before the handbook has one.
const TITLE: &str = "title = \"Handbook\"\n";

/// The files of a new handbook with their texts, by their paths from its root.
pub fn files(title: &str) -> [(&'static str, String); 3] {
    let titled = |text: &str| text.replacen(TITLE, &format!("title = {}\n", quoted(title)), 1);
    [
        ("canvasbook.toml", titled(include_str!("../../data/starter/canvasbook.toml"))),
        ("content/index.md", titled(include_str!("../../data/starter/index.md"))),
        (
            "content/riverside-laundry.md",
            include_str!("../../data/starter/riverside-laundry.md").to_owned(),
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config;
    use crate::diagnostic::Diagnostic;
    use crate::handbook::Handbook;
    use crate::source::Source;
    use crate::starter::tests::resolved;

    fn read(title: &str, edit: impl Fn(String) -> String) -> (Handbook, Vec<Diagnostic>) {
        let [(_, settings), documents @ ..] = files(title);
        let documents = documents.map(|(path, text)| Source::new(path, text));
        resolved(&edit(settings), &documents)
    }

    #[test]
    fn a_new_handbook_has_nothing_to_remark_and_its_title() {
        let (handbook, diagnostics) = read("The \"Plans\"", |settings| settings);
        assert_eq!(diagnostics, []);
        assert_eq!(handbook.config.title, "The \"Plans\"");
        let home = &handbook.documents[0].document;
        assert_eq!((home.path.as_str(), &*home.title), ("content/index.md", "The \"Plans\""));
        let (_, entry, canvas) = handbook.canvases().next().expect("has a sample");
        assert_eq!(canvas.blocks.len(), 9);
        assert!(entry.relations.len() > 10);
    }

    #[test]
    fn every_key_is_shown_and_sound_where_it_is_taken_in() {
        let is_shown = |line: &str| line.starts_with("# [") || line.contains(" = ");
        let taken_in = |settings: String| {
            let lines = settings.lines().filter(|line| !line.starts_with("# The configuration"));
            let lines = lines.map(|line| match line.strip_prefix("# ") {
                Some(key) if is_shown(line) && !key.contains("--") => key,
                _ => line,
            });
            // A key that is shown must not be taken for a sentence.
            lines.filter(|line| !line.starts_with("another key")).collect::<Vec<_>>().join("\n")
        };
        let (_, diagnostics) = read("Plans", taken_in);
        assert_eq!(diagnostics, []);
        let settings = taken_in(files("Plans")[0].1.clone());
        let read = crate::node::toml::read(&settings, 0);
        let missing = config::KEYS.iter().filter(|key| read.root.get(key.name).is_none());
        assert_eq!(missing.map(|key| key.name).collect::<Vec<_>>(), [""; 0]);
    }
}
