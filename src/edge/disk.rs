//! Reads a handbook's folder into values: the texts of its documents, the names of its assets, its
//! theme, and a diagnostic for everything that could not be read.
//!
//! Folders are walked in the order of their names and results are in ordered maps, so that nothing
//! depends on the order in which a file system lists its entries. One bad file never stops the
//! rest. The content of a document is not this module's business.

#![expect(clippy::disallowed_methods, reason = "this is the edge that reads the handbook")]

mod ignored;
mod walk;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use crate::diagnostic::{self, Diagnostic, catalogue};
use crate::edge::regular_file;
use crate::source::{Source, SourcePath, Span};
use crate::theme;

pub use crate::view::edition::{CONTENT, STATIC};

pub use ignored::is_ignored;

use walk::{Found, Walk};

/// The configuration's file name.
pub const CONFIG: &str = "canvasbook.toml";

/// The folder of themes.
pub const THEMES: &str = "themes";

/// The folder of the handbook's own kinds of canvas.
pub const KINDS: &str = "kinds";

/// The file and the folders of a handbook's root that hold its sources.
pub const SOURCES: [&str; 5] = [CONFIG, CONTENT, STATIC, THEMES, KINDS];

/// The largest text that is read, in bytes. Beyond it a file is a database dump with the wrong
/// extension rather than a page, and spans of four bytes need a cap somewhere below 4 GiB, even when
/// every wrong byte becomes a replacement character of three.
pub const LARGEST_TEXT: u64 = 64 * 1024 * 1024;

/// Everything that a handbook's folder holds.
#[derive(Debug, Default)]
pub struct Files {
    /// `canvasbook.toml`, if it exists and is a text.
    pub config: Option<Source>,
    /// The files of `kinds/` that describe kinds of canvas, sorted by path.
    pub kinds: Vec<Source>,
    /// The files of kinds that could not be read, as `problems` reports.
    pub unread_kinds: Vec<SourcePath>,
    /// The Markdown files of `content/`.
    pub documents: BTreeMap<SourcePath, Arc<str>>,
    /// Files to copy: those in `content/` that are not Markdown, and everything in `static/`, each
    /// with the real file that it names, symbolic links resolved. The real paths are absolute: copy
    /// from them, but never show them.
    pub assets: BTreeMap<SourcePath, PathBuf>,
    /// The files of the chosen theme's folder by their path in it, `/` between the parts.
    pub theme: BTreeMap<String, ThemeFile>,
    /// The folders in `themes/`, sorted: the chosen theme is missing if it is not among them.
    pub themes: Vec<String>,
    /// Texts that are not UTF-8, with replacement characters: to show an excerpt, never to parse.
    pub texts: BTreeMap<SourcePath, Arc<str>>,
    /// What could not be read, in the order in which it is shown.
    pub problems: Vec<Diagnostic>,
}

/// Which files a handbook's folder contains, without opening any of them.
#[derive(Debug, Default)]
pub struct Survey {
    /// Every file that may be read or copied, those of all themes among them, with the real file.
    pub files: Vec<(SourcePath, PathBuf)>,
    /// The real folders of these files, and empty ones: every change happens in one of them.
    pub folders: BTreeSet<PathBuf>,
    /// The folders in `themes/`, sorted.
    pub themes: Vec<String>,
    /// Problems that prevent reading, such as links that lead out of the handbook.
    pub problems: Vec<Diagnostic>,
}

/// A file of the theme's folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ThemeFile {
    /// A template, style sheet, script or other text.
    Text(Arc<str>),
    /// A picture, a font.
    Bytes(Arc<[u8]>),
}

/// The root of the handbook that `from` is in: the nearest folder upwards that has
/// `canvasbook.toml` or `content/`.
pub fn find_root(from: &Path) -> Option<PathBuf> {
    // The real path has no `..`, so its ancestors are the folders above it.
    let from = fs::canonicalize(from).ok()?;
    from.ancestors().find(|folder| is_root(folder)).map(Path::to_owned)
}

/// Whether a folder is a handbook's root.
pub fn is_root(folder: &Path) -> bool {
    folder.join(CONFIG).is_file() || folder.join(CONTENT).is_dir()
}

/// The real path of the working directory; `.` if it does not exist any more.
pub fn here() -> PathBuf {
    fs::canonicalize(".").unwrap_or_else(|_| PathBuf::from("."))
}

/// The lines of a text beside the handbook's sources.
///
/// # Errors
/// Those of [`regular_file::read`].
pub fn lines(path: &Path) -> io::Result<Vec<String>> {
    let bytes = regular_file::read(path, LARGEST_TEXT)?;
    Ok(String::from_utf8_lossy(&bytes).lines().map(str::to_owned).collect())
}

/// Whether a file name is that of a document.
pub fn is_markdown(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(stem, extension)| {
        !stem.is_empty()
            && (extension.eq_ignore_ascii_case("md") || extension.eq_ignore_ascii_case("markdown"))
    })
}

/// Whether a path below the folder of documents is that of a document.
pub fn is_document(path: &str) -> bool {
    let name = path.rsplit_once('/').map_or(path, |(_, name)| name);
    is_markdown(name) && !path.split('/').any(is_ignored)
}

/// Whether a file name is that of a kind of canvas. Other files in `kinds/`, such as notes, are
/// ignored.
pub fn is_kind(name: &str) -> bool {
    let stem =
        name.rsplit_once('.').filter(|(_, extension)| extension.eq_ignore_ascii_case("toml"));
    stem.is_some_and(|(stem, _)| !stem.is_empty())
}

/// Reads only the configuration, which names the theme and the output folder that [`read_rest`]
/// needs.
pub fn read_config(root: &Path) -> Files {
    let mut files = Files::default();
    let mut walk = Walk::new(root, None);
    walk.file(CONFIG);
    if let Some(found) = walk.found.pop() {
        match read_text(&found) {
            Text::Good(text) => files.config = Some(Source { path: found.path, text }),
            Text::Lossy(text, problem) => {
                files.texts.insert(found.path, text);
                files.problems.push(problem);
            }
            Text::None(problem) => files.problems.push(problem),
        }
    }
    files.problems.append(&mut walk.problems);
    files
}

/// Reads only the files of `kinds/`. Those that cannot be read are left out.
pub fn read_kinds(root: &Path) -> Vec<Source> {
    let mut walk = Walk::new(root, None);
    walk.folder(KINDS);
    let mut files = Files::default();
    files.read_kinds(&walk.found);
    files.kinds
}

/// Reads the file of a kind from `real`, wherever that is, as if its path were `path`.
pub fn read_kind(path: &SourcePath, real: &Path) -> Files {
    let mut files = Files::default();
    let text = read_text(&Found { path: path.clone(), real: real.to_owned() });
    if let Some(text) = files.keep(path, text) {
        files.kinds.push(Source { path: path.clone(), text });
    }
    files
}

/// Reads everything else into `files`, which have the configuration already: documents, assets and
/// the files of `theme`. The folder `output` is left out if it is inside of the handbook.
pub fn read_rest(mut files: Files, root: &Path, theme: &str, output: &Path) -> Files {
    let mut walk = Walk::new(root, fs::canonicalize(output).ok());
    if !walk.folder(CONTENT) && !diagnostic::has_errors(&walk.problems) {
        files.problems.push(catalogue::no_content(CONTENT));
    }
    let (documents, assets): (Vec<Found>, Vec<Found>) = std::mem::take(&mut walk.found)
        .into_iter()
        .partition(|found| is_markdown(found.path.file_name()));
    walk.folder(KINDS);
    let kinds = std::mem::take(&mut walk.found);
    walk.folder(STATIC);
    files.assets = assets
        .into_iter()
        .chain(walk.found.drain(..))
        .map(|found| (found.path, found.real))
        .collect();
    files.problems.extend(unreadable(&files.assets));
    files.themes = walk.folders_in(THEMES);
    if files.themes.iter().any(|name| name == theme) {
        walk.folder(&format!("{THEMES}/{theme}"));
    }
    let theme_files = std::mem::take(&mut walk.found);
    files.problems.append(&mut walk.problems);

    let texts: Vec<Text> = documents.par_iter().map(read_text).collect();
    for (found, text) in documents.into_iter().zip(texts) {
        if let Some(text) = files.keep(&found.path, text) {
            files.documents.insert(found.path, text);
        }
    }
    files.read_kinds(&kinds);
    files.read_theme(theme, theme_files);
    diagnostic::sort(&mut files.problems);
    files
}

/// Reports the assets that cannot be copied. Only the system knows which they are, once it is asked.
fn unreadable(assets: &BTreeMap<SourcePath, PathBuf>) -> Vec<Diagnostic> {
    let report = |(path, real): (&SourcePath, &PathBuf)| {
        let error = regular_file::open(real).err()?;
        Some(catalogue::unreadable_file(path, &error.to_string()))
    };
    assets.par_iter().filter_map(report).collect()
}

/// Reads the whole handbook at `root`, whose theme and output folder are known already.
pub fn read(root: &Path, theme: &str, output: &Path) -> Files {
    read_rest(read_config(root), root, theme, output)
}

/// Reads again a document of the handbook at `root`; `None` if it is not a text any more or is
/// behind a link, so that [`read`] has to look at everything.
pub fn read_again(root: &Path, path: &SourcePath) -> Option<Arc<str>> {
    let place = fs::canonicalize(root).ok()?.join(path.as_str());
    let is_here = fs::canonicalize(&place).is_ok_and(|real| real == place);
    match read_text(&Found { path: path.clone(), real: is_here.then_some(place)? }) {
        Text::Good(text) => Some(text),
        Text::Lossy(..) | Text::None(_) => None,
    }
}

/// Walks what [`read`] reads, by the same rules, whichever theme is chosen.
pub fn survey(root: &Path, output: &Path) -> Survey {
    let mut walk = Walk::new(root, fs::canonicalize(output).ok());
    walk.file(CONFIG);
    for folder in [CONTENT, STATIC, THEMES, KINDS] {
        walk.folder(folder);
    }
    let themes = walk.folders_in(THEMES);
    let Walk { found, problems, folders, .. } = walk;
    let files = found.into_iter().map(|found| (found.path, found.real)).collect();
    Survey { files, folders, themes, problems }
}

/// The first bytes of a file: enough to tell the size of a picture, however much metadata its
/// camera or its program wrote first. Empty if it cannot be read; copying it will report why.
pub fn head(file: &Path) -> Vec<u8> {
    const ENOUGH: u64 = 256 * 1024;
    let mut head = Vec::new();
    let file = regular_file::open(file);
    let read = file.and_then(|file| file.take(ENOUGH).read_to_end(&mut head));
    if read.is_err() {
        head.clear();
    }
    head
}

impl Files {
    /// Replaces a document that was read, and the problems of its file.
    pub fn replace_document(&mut self, path: &SourcePath, text: &Arc<str>) {
        self.documents.insert(path.clone(), Arc::clone(text));
        self.texts.remove(path);
        self.problems.retain(|problem| problem.location.file != *path);
    }

    /// The text if it is valid; otherwise notes the problem and, for excerpts, the text as far as
    /// it can be read.
    fn keep(&mut self, path: &SourcePath, text: Text) -> Option<Arc<str>> {
        match text {
            Text::Good(text) => return Some(text),
            Text::Lossy(text, problem) => {
                self.texts.insert(path.clone(), text);
                self.problems.push(problem);
            }
            Text::None(problem) => self.problems.push(problem),
        }
        None
    }

    fn read_kinds(&mut self, found: &[Found]) {
        for file in found.iter().filter(|file| is_kind(file.path.file_name())) {
            match self.keep(&file.path, read_text(file)) {
                Some(text) => self.kinds.push(Source { path: file.path.clone(), text }),
                None => self.unread_kinds.push(file.path.clone()),
            }
        }
        self.kinds.sort_by(|one, other| one.path.cmp(&other.path));
    }

    fn read_theme(&mut self, theme: &str, found: Vec<Found>) {
        let prefix = format!("{THEMES}/{theme}/");
        for file in found {
            let Some(name) = file.path.as_str().strip_prefix(&prefix) else { continue };
            if theme::is_text(name) {
                if let Some(text) = self.keep(&file.path, read_text(&file)) {
                    self.theme.insert(name.to_owned(), ThemeFile::Text(text));
                }
                continue;
            }
            match read_capped(&file) {
                Ok(bytes) => {
                    self.theme.insert(name.to_owned(), ThemeFile::Bytes(bytes.into()));
                }
                Err(problem) => self.problems.push(*problem),
            }
        }
    }
}

/// The result of reading a text.
enum Text {
    Good(Arc<str>),
    Lossy(Arc<str>, Diagnostic),
    None(Diagnostic),
}

/// Reads a text. A byte-order mark stays: offsets count from the file's first byte. A carriage return
/// that ends a line by itself, as in files of old programs, becomes a line feed, because hardly any
/// format reads it as an end of line throughout. It is as long, so offsets are those of the file.
fn read_text(found: &Found) -> Text {
    let mut bytes = match read_capped(found) {
        Ok(bytes) => bytes,
        Err(problem) => return Text::None(*problem),
    };
    end_lines(&mut bytes);
    match String::from_utf8(bytes) {
        Ok(text) => Text::Good(text.into()),
        Err(error) => {
            // Everything before the first wrong byte is the same in the lossy text, so the offset
            // holds there as well.
            let start = error.utf8_error().valid_up_to();
            let span = Span::new(start, start + char::REPLACEMENT_CHARACTER.len_utf8());
            let problem = catalogue::not_utf8(&found.path, span, error.as_bytes()[start]);
            Text::Lossy(String::from_utf8_lossy(error.as_bytes()).into(), problem)
        }
    }
}

/// The text of bytes as [`read`] would read it; `None` if they are not a text.
pub fn text_of(mut bytes: Vec<u8>) -> Option<Arc<str>> {
    end_lines(&mut bytes);
    String::from_utf8(bytes).ok().map(Into::into)
}

/// Replaces each carriage return that is not followed by a line feed with a line feed. In UTF-8, this
/// byte is never part of another character.
fn end_lines(bytes: &mut [u8]) {
    // Hardly any text has one, and `contains` examines many bytes at once.
    if !bytes.contains(&b'\r') {
        return;
    }
    for at in 0..bytes.len() {
        if bytes[at] == b'\r' && bytes.get(at + 1) != Some(&b'\n') {
            bytes[at] = b'\n';
        }
    }
}

/// Reads a file of at most [`LARGEST_TEXT`] bytes.
fn read_capped(found: &Found) -> Result<Vec<u8>, Box<Diagnostic>> {
    regular_file::read(&found.real, LARGEST_TEXT).map_err(|error| {
        Box::new(if error.kind() == io::ErrorKind::FileTooLarge {
            let size = fs::metadata(&found.real).map_or(0, |data| data.len());
            catalogue::file_too_large(&found.path, size.max(LARGEST_TEXT + 1), LARGEST_TEXT)
        } else {
            catalogue::unreadable_file(&found.path, &error.to_string())
        })
    })
}
