//! Opens the reader's editor at a place.

#![expect(clippy::disallowed_methods, reason = "this is the edge that starts the editor")]

use std::io;
use std::path::Path;
use std::process::Command;
use std::thread;

/// The editor that the environment names, with its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Editor {
    words: Vec<String>,
}

impl Editor {
    /// The editor in `VISUAL`, else in `EDITOR`.
    pub fn of_environment() -> Option<Self> {
        ["VISUAL", "EDITOR"].iter().find_map(|name| Self::new(&std::env::var(name).ok()?))
    }

    fn new(words: &str) -> Option<Self> {
        let words: Vec<String> = words.split_whitespace().map(str::to_owned).collect();
        (!words.is_empty()).then_some(Self { words })
    }

    /// Opens a file at a line and a column, both from 1. No shell reads any of it.
    ///
    /// # Errors
    /// Why the editor could not be started.
    pub fn open(&self, file: &Path, line: usize, column: usize) -> io::Result<()> {
        let mut command = Command::new(&self.words[0]);
        command.args(&self.words[1..]).args(self.place(&file.to_string_lossy(), line, column));
        let mut child = command.spawn()?;
        // The process must be waited for, or it stays in the system's table after it has ended.
        thread::spawn(move || child.wait());
        Ok(())
    }

    /// The arguments that lead this editor to a place; most accept `+LINE`, as vi does.
    fn place(&self, file: &str, line: usize, column: usize) -> Vec<String> {
        let name =
            Path::new(&self.words[0]).file_stem().map_or("".into(), |it| it.to_string_lossy());
        match &*name {
            "code" | "codium" | "code-insiders" | "cursor" | "windsurf" => {
                vec!["--goto".to_owned(), format!("{file}:{line}:{column}")]
            }
            "hx" | "helix" | "subl" | "zed" | "zeditor" => vec![format!("{file}:{line}:{column}")],
            "kate" | "idea" | "webstorm" | "rustrover" => {
                vec!["--line".to_owned(), line.to_string(), file.to_owned()]
            }
            _ => vec![format!("+{line}"), file.to_owned()],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn editors_are_told_the_place_in_their_own_way() {
        let place =
            |words: &str| Editor::new(words).map(|it| it.place("/a b/c.md", 3, 5).join(" "));
        assert_eq!(place("vim").as_deref(), Some("+3 /a b/c.md"));
        assert_eq!(place("/usr/bin/code --wait").as_deref(), Some("--goto /a b/c.md:3:5"));
        assert_eq!(place("hx").as_deref(), Some("/a b/c.md:3:5"));
        assert_eq!(place("kate -b").as_deref(), Some("--line 3 /a b/c.md"));
        assert_eq!(place("  "), None);
    }
}
