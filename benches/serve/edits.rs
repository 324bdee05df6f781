//! Canvases that are edited: what is written, how it is saved, and where it can be seen.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use crate::Outcome;
use crate::generate::{self, Dialect, Size};

/// The part of a canvas that is edited.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The text of an element; looked for on the page of the canvas.
    Body,
    /// The canvas's title; looked for on the page of another canvas, which names it in a link.
    Title,
}

/// How a file is saved.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// The file is emptied and written.
    InPlace,
    /// Another file is written beside it and renamed.
    ByRename,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Body => "an element's text",
            Self::Title => "a title, on a page that links to it",
        })
    }
}

impl fmt::Display for Way {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::InPlace => "in place",
            Self::ByRename => "by rename",
        })
    }
}

/// A canvas that is edited.
pub struct Canvas {
    file: PathBuf,
    text: String,
    /// The path of its page.
    pub page: String,
    /// The path of another canvas's page that shows its title; empty as long as none is known.
    pub linking: String,
    /// The paths of the pages in its folder.
    section: Vec<String>,
}

impl Canvas {
    /// The canvas with a number in the generated site in the folder `site`.
    pub fn new(number: u32, size: Size, dialect: Dialect, site: &Path) -> Self {
        let section = generate::section(number);
        let (_, name) = generate::title_and_file(number);
        let in_section = |other: &u32| generate::section(*other) == section;
        let others = (0..size.canvases).filter(in_section).map(page).collect();
        Self {
            file: site.join("content").join(&section).join(name),
            text: generate::canvas(number, size, dialect),
            page: page(number),
            linking: String::new(),
            section: others,
        }
    }

    /// The text of the canvas with a new word in one place.
    pub fn edit(&self, kind: Kind, marker: &str) -> String {
        match kind {
            // In the first element that has a text.
            Kind::Body => self.text.replacen(" — ", &format!(" — {marker} "), 1),
            Kind::Title => {
                let title = self.text.lines().find(|line| line.starts_with("title = "));
                let title = title.expect("every canvas has a title");
                let changed = format!("{} {marker}\"", title.trim_end_matches('"'));
                self.text.replacen(title, &changed, 1)
            }
        }
    }

    /// Saves a text as the canvas's file.
    pub fn save(&self, text: &str, way: Way) -> Outcome<()> {
        match way {
            Way::InPlace => fs::write(&self.file, text)?,
            Way::ByRename => {
                let beside = self.file.with_extension("md.tmp");
                fs::write(&beside, text)?;
                fs::rename(&beside, &self.file)?;
            }
        }
        Ok(())
    }

    /// The pages of other canvases that may show its title: first those that it refers to, which may
    /// list what refers to them, then those in its folder, which may link to the previous and the next
    /// one.
    pub fn candidates(&self) -> Vec<String> {
        let folder = self.page.rsplit_once('/').map_or("", |(folder, _)| folder);
        let referred = self.text.split("](").skip(1).filter_map(|rest| {
            let (target, _) = rest.split_once(".md")?;
            Some(match target.strip_prefix("../") {
                Some(target) => format!("/{target}.html"),
                None if target.contains(')') => return None,
                None => format!("{folder}/{target}.html"),
            })
        });
        let all = referred.filter(|page| !page.contains(')')).chain(self.section.iter().cloned());
        all.filter(|page| *page != self.page).collect()
    }
}

/// The path of a canvas's page, which is equal for all tools.
fn page(number: u32) -> String {
    let (_, file) = generate::title_and_file(number);
    let stem = file.trim_end_matches(".md");
    format!("/{}/{stem}.html", generate::section(number))
}
