//! The sites that are built: the canvases of `generate` with what each tool wants around them.
//!
//! Each file is written as soon as it is made. The benchmark must stay small, see `measure`.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use crate::Outcome;
use crate::generate::{self, Dialect, Size};

/// The configuration of canvasbook: a title, and the default for everything else.
const CANVASBOOK: &str = "title = \"Strategy Handbook\"\nlanguage = \"en-GB\"\n\
                          base_url = \"https://handbook.example.org\"\n";

/// The configuration of mdBook. Its search index and its page with everything are off: canvasbook
/// has neither.
const MDBOOK: &str = "[book]\ntitle = \"Strategy Handbook\"\nlanguage = \"en\"\nsrc = \"content\"\n\n\
                      [output.html.search]\nenable = false\n\n[output.html.print]\nenable = false\n";

/// Hugo's configuration and a small theme.
const HUGO: [(&str, &str); 6] = [
    ("hugo.toml", include_str!("hugo/hugo.toml")),
    ("layouts/_default/baseof.html", include_str!("hugo/layouts/_default/baseof.html")),
    ("layouts/_default/list.html", include_str!("hugo/layouts/_default/list.html")),
    ("layouts/_default/single.html", include_str!("hugo/layouts/_default/single.html")),
    ("layouts/_default/terms.html", include_str!("hugo/layouts/_default/terms.html")),
    ("layouts/partials/blocks.html", include_str!("hugo/layouts/partials/blocks.html")),
];

/// Writes the site of a handbook in one dialect into a folder.
pub fn write(folder: &Path, size: Size, dialect: Dialect) -> Outcome<()> {
    let content = folder.join("content");
    for number in 0..size.canvases {
        let (_, file) = generate::title_and_file(number);
        let path = content.join(generate::section(number)).join(file);
        put(&path, &generate::canvas(number, size, dialect))?;
    }
    match dialect {
        Dialect::Canvasbook => put(&folder.join("canvasbook.toml"), CANVASBOOK),
        Dialect::Hugo => HUGO.iter().try_for_each(|(path, text)| put(&folder.join(path), text)),
        Dialect::Mdbook => {
            put(&folder.join("book.toml"), MDBOOK)?;
            put(&content.join("SUMMARY.md"), &summary(size.canvases))
        }
    }
}

/// mdBook's list of chapters: a heading for each folder, the canvases below it.
fn summary(canvases: u32) -> String {
    let mut summary = "# Summary\n\n".to_owned();
    let mut last = String::new();
    for number in 0..canvases {
        let section = generate::section(number);
        if section != last {
            writeln!(summary, "- [{section}]()").expect("a text takes what is written");
            last.clone_from(&section);
        }
        let (title, file) = generate::title_and_file(number);
        writeln!(summary, "  - [{title}]({section}/{file})").expect("a text takes what is written");
    }
    summary
}

/// Writes a file and the folders that it is in.
fn put(path: &Path, text: &str) -> Outcome<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    Ok(fs::write(path, text)?)
}
