//! The names that are ignored wherever they are: what editors, office programs, desktops and
//! version control leave behind. Such files may be old, half written or meant for nobody, so they
//! are never published. The manual repeats this table.

/// Whole names, in small letters.
const NAMES: [&str; 7] = [
    // Files that desktops keep in the folders that they show, and that are in an archive made on a
    // Mac.
    "thumbs.db",
    "ehthumbs.db",
    "desktop.ini",
    "icon\r",
    "__macosx",
    "$recycle.bin",
    // With this name Vim asks whether it may create files in a folder.
    "4913",
];

/// Beginnings: dotfiles, among them the lock files of Emacs (`.#a.md`) and LibreOffice (`.~lock.a.odt#`),
/// Vim's swap files and `.DS_Store`; and the files with which Microsoft Office records who has a document
/// open (`~$a.docx`).
const BEGINNINGS: [&str; 2] = [".", "~$"];

/// Ends, in small letters.
const ENDS: [&str; 22] = [
    // Backups, and files that a merge or a patch leaves.
    "~",
    ".bak",
    ".orig",
    ".rej",
    ".wbk",
    ".xlk",
    // Swap files, and files that an editor writes before it puts them in place.
    ".swp",
    ".swo",
    ".swn",
    ".swx",
    ".tmp",
    ".temp",
    "___jb_tmp___",
    "___jb_old___",
    // Locks of office programs.
    ".laccdb",
    ".idlk",
    ".lck",
    // Downloads that are not finished.
    ".crdownload",
    ".part",
    ".partial",
    ".download",
    ".opdownload",
];

/// Whether files and folders with this name are ignored.
pub fn is_ignored(name: &str) -> bool {
    let bytes = name.as_bytes();
    let ends_with = |end: &str| {
        let start = bytes.len().checked_sub(end.len());
        start.is_some_and(|start| bytes[start..].eq_ignore_ascii_case(end.as_bytes()))
    };
    // A file that Emacs saves by itself has the name `#a.md#`.
    let is_framed = name.len() > 1 && name.starts_with('#') && name.ends_with('#');
    is_framed
        || BEGINNINGS.iter().any(|beginning| name.starts_with(beginning))
        || ENDS.into_iter().any(ends_with)
        || NAMES.iter().any(|ignored| name.eq_ignore_ascii_case(ignored))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_programs_leave_behind_is_ignored() {
        for ignored in [
            ".#x.md",
            "#x.md#",
            "x.md~",
            "4913",
            "x.swp",
            ".x.md.swp",
            "x.TMP",
            "x.md___jb_tmp___",
            "Desktop.ini",
            "Thumbs.db",
            ".DS_Store",
            ".git",
            "x.md.bak",
            "x.md.ORIG",
            "x.md.rej",
            "~$plan.docx",
            ".~lock.plan.odt#",
            "plan.pdf.crdownload",
            "Icon\r",
        ] {
            assert!(is_ignored(ignored), "{ignored}");
        }
        for read in ["x.md", "#", "#1.md", "49130", "a.b", "é", "tmp", "swp.md", "bak", "~x.md"] {
            assert!(!is_ignored(read), "{read}");
        }
    }

    #[test]
    fn the_manual_lists_every_name() {
        let manual = include_str!("../../../content/manual/format.md");
        let listed = NAMES.iter().chain(&BEGINNINGS).chain(&ENDS).map(|name| name.trim());
        for name in listed.filter(|name| *name != ".") {
            let is_said = manual.to_lowercase().contains(&format!("{name}`"));
            assert!(is_said || manual.contains(&format!("`{name}")), "{name}");
        }
    }
}
