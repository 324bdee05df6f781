//! Walks a handbook's folders: which files there are, in one order on every system, without ever
//! leaving the root, going in circles or opening what is no file.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use crate::diagnostic::{Diagnostic, catalogue};
use crate::edge::regular_file;
use crate::source::SourcePath;

use super::is_ignored;
use crate::edge::descriptors::patiently;

/// How many symbolic links to folders are followed. Links multiply: thirty folders that each hold
/// two links to the next are a thousand million paths without any cycle.
const MOST_LINKED_FOLDERS: usize = 1_000;

/// So deep folders may stand in each other. Every page shows the way to it and leads out of all its
/// folders, so that a thousand of them would make a site of gigabytes.
const DEEPEST_FOLDER: usize = 64;

/// A regular file of the handbook.
pub(super) struct Found {
    /// Its name in the handbook.
    pub path: SourcePath,
    /// The file itself, links resolved.
    pub real: PathBuf,
}

/// A walk over parts of a handbook; results gather in it.
pub(super) struct Walk {
    root: PathBuf,
    output: Option<PathBuf>,
    links_followed: usize,
    cycles: BTreeSet<BTreeSet<PathBuf>>,
    /// The files found, in the order of their folders and names.
    pub found: Vec<Found>,
    /// The real folders that were walked, and those of files that links led to.
    pub folders: BTreeSet<PathBuf>,
    /// What could not be walked.
    pub problems: Vec<Diagnostic>,
}

/// A folder that is being walked, and the folders through which the walk came to it.
struct Folder {
    name: String,
    real: PathBuf,
    /// The symbolic link that led here.
    link: Option<PathBuf>,
    above: Option<Rc<Folder>>,
}

/// What a path of the handbook leads to.
enum Target {
    File(PathBuf),
    Folder(PathBuf),
}

impl Walk {
    /// A walk in the handbook at `root` that leaves out `output`, a real path.
    pub fn new(root: &Path, output: Option<PathBuf>) -> Self {
        // A root that cannot be resolved cannot be read either, which its folders will say.
        let root = fs::canonicalize(root).unwrap_or_else(|_| root.to_owned());
        Self {
            folders: BTreeSet::from([root.clone()]),
            root,
            output,
            links_followed: 0,
            cycles: BTreeSet::new(),
            found: Vec::new(),
            problems: Vec::new(),
        }
    }

    /// Finds the file `name` of the root, where it exists.
    pub fn file(&mut self, name: &str) {
        match self.top(name) {
            Some(Target::File(real)) => self.add(name, real),
            Some(Target::Folder(_)) => self.unreadable(name, "it is a folder"),
            None => {}
        }
    }

    /// Finds every file below the folder `name` of the root. Returns whether there is such a folder.
    pub fn folder(&mut self, name: &str) -> bool {
        match self.top(name) {
            Some(Target::Folder(real)) => {
                let mut open =
                    vec![Rc::new(Folder { name: name.to_owned(), real, link: None, above: None })];
                // An explicit stack: folders may be nested deeper than a thread's stack is.
                while let Some(folder) = open.pop() {
                    if folder.name.matches('/').count() > DEEPEST_FOLDER {
                        let path = SourcePath::new(folder.name.as_str());
                        self.problems.push(catalogue::folder_too_deep(&path, DEEPEST_FOLDER));
                        continue;
                    }
                    self.folders.insert(folder.real.clone());
                    let mut below = self.list(&folder);
                    below.reverse();
                    open.append(&mut below);
                }
                true
            }
            Some(Target::File(_)) => {
                self.unreadable(name, "it is not a folder");
                false
            }
            None => false,
        }
    }

    /// The names of the folders in the folder `name` of the root, sorted. Files beside them are passed
    /// over; what is neither is reported.
    pub fn folders_in(&mut self, name: &str) -> Vec<String> {
        let Some(Target::Folder(real)) = self.top(name) else { return Vec::new() };
        let mut folders = Vec::new();
        for (entry, kind) in self.entries(name, &real) {
            let (path, place) = (format!("{name}/{entry}"), real.join(&entry));
            if place.is_dir() {
                folders.push(entry);
            } else if kind.is_symlink() {
                // What it leads to is no theme; where it cannot be read, this says why.
                self.resolve(&path, &place);
            } else if let Some(flaw) = regular_file::flaw(kind) {
                self.unreadable(&path, flaw);
            }
        }
        folders
    }

    /// What stands at a path of the root, if anything.
    fn top(&mut self, name: &str) -> Option<Target> {
        let path = self.root.join(name);
        match fs::symlink_metadata(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            _ => self.resolve(name, &path),
        }
    }

    /// Reads one folder: files are added, the folders in it are returned.
    fn list(&mut self, folder: &Rc<Folder>) -> Vec<Rc<Folder>> {
        let mut below = Vec::new();
        for (entry, kind) in self.entries(&folder.name, &folder.real) {
            let name = format!("{}/{entry}", folder.name);
            let path = folder.real.join(&entry);
            let mut push = |real, link| {
                let (name, above) = (name.clone(), Some(Rc::clone(folder)));
                below.push(Rc::new(Folder { name, real, link, above }));
            };
            if kind.is_symlink() {
                match self.resolve(&name, &path) {
                    // What a build wrote is no source.
                    Some(Target::File(real) | Target::Folder(real)) if self.is_output(&real) => {}
                    Some(Target::File(real)) => self.add(&name, real),
                    Some(Target::Folder(real)) if self.may_follow(&name, &path, &real, folder) => {
                        push(real, Some(path));
                    }
                    _ => {}
                }
            } else if kind.is_dir() {
                if self.output.as_ref() != Some(&path) {
                    push(path, None);
                }
            } else if let Some(flaw) = regular_file::flaw(kind) {
                self.unreadable(&name, flaw);
            } else {
                self.add(&name, path);
            }
        }
        below
    }

    /// The entries of a folder that are not ignored, sorted by name. Links are not followed.
    fn entries(&mut self, name: &str, real: &Path) -> Vec<(String, fs::FileType)> {
        let mut entries = Vec::new();
        let listing = match patiently(|| fs::read_dir(real)) {
            Ok(listing) => listing,
            Err(error) => {
                self.unreadable(name, &error.to_string());
                return entries;
            }
        };
        for entry in listing {
            let known = entry.and_then(|entry| Ok((entry.file_name(), entry.file_type()?)));
            match known {
                Ok((file_name, kind)) => match file_name.to_str() {
                    Some(text) if is_ignored(text) => {}
                    Some(text) => entries.push((text.to_owned(), kind)),
                    None if is_ignored(&file_name.to_string_lossy()) => {}
                    None => {
                        let shown = format!("{name}/{}", file_name.to_string_lossy());
                        self.problems.push(catalogue::path_not_utf8(&SourcePath::new(shown)));
                    }
                },
                // An entry that went away while the folder was read is no problem of the sources.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => self.unreadable(name, &error.to_string()),
            }
        }
        entries.sort_by(|a, b| a.0.cmp(&b.0));
        entries
    }

    /// What a path leads to when its links are followed: none with a diagnostic where that is
    /// outside the root, hidden, or nothing.
    fn resolve(&mut self, name: &str, path: &Path) -> Option<Target> {
        let real = match fs::canonicalize(path) {
            Ok(real) => real,
            Err(error) => {
                self.unreadable(name, &error.to_string());
                return None;
            }
        };
        let source = SourcePath::new(name);
        let Ok(inside) = real.strip_prefix(&self.root) else {
            self.problems.push(catalogue::link_leaves_handbook(&source));
            return None;
        };
        if inside.iter().any(|part| is_ignored(&part.to_string_lossy())) {
            self.problems.push(catalogue::link_to_hidden(&source));
            return None;
        }
        match fs::metadata(&real).map(|data| data.file_type()) {
            Ok(kind) if kind.is_dir() => Some(Target::Folder(real)),
            Ok(kind) => {
                if let Some(flaw) = regular_file::flaw(kind) {
                    self.unreadable(name, flaw);
                    return None;
                }
                self.folders.extend(real.parent().map(Path::to_owned));
                Some(Target::File(real))
            }
            Err(error) => {
                self.unreadable(name, &error.to_string());
                None
            }
        }
    }

    /// Whether a real path lies in the output. Nobody asks that of the folders of the root that sources
    /// are in: an output that holds one of them is refused.
    fn is_output(&self, real: &Path) -> bool {
        self.output.as_ref().is_some_and(|output| real.starts_with(output))
    }

    /// True where the walk may go on through a link in `folder` to the folder `real`. To go to a
    /// folder that holds any folder on the way here would lead here again.
    fn may_follow(&mut self, name: &str, link: &Path, real: &Path, folder: &Rc<Folder>) -> bool {
        let mut links = BTreeSet::from([link.to_owned()]);
        let mut way_back = None;
        let mut links_so_far = links.clone();
        let mut next = Some(folder);
        while let Some(here) = next {
            if here.real.starts_with(real) {
                way_back = Some(&here.name);
                links.clone_from(&links_so_far);
            }
            links_so_far.extend(here.link.clone());
            next = here.above.as_ref();
        }
        if let Some(target) = way_back {
            // A cycle over several links is met once from each of them, and is still one cycle.
            if self.cycles.insert(links) {
                self.problems.push(catalogue::link_cycle(&SourcePath::new(name), target));
            }
            return false;
        }
        self.links_followed += 1;
        if self.links_followed == MOST_LINKED_FOLDERS + 1 {
            let problem = catalogue::too_many_links(&SourcePath::new(name), MOST_LINKED_FOLDERS);
            self.problems.push(problem);
        }
        self.links_followed <= MOST_LINKED_FOLDERS
    }

    fn add(&mut self, name: &str, real: PathBuf) {
        self.found.push(Found { path: SourcePath::new(name), real });
    }

    fn unreadable(&mut self, name: &str, why: &str) {
        self.problems.push(catalogue::unreadable_file(&SourcePath::new(name), why));
    }
}

#[cfg(test)]
impl Walk {
    /// Lists a folder of the root whether it exists or not.
    pub fn list_for_test(&mut self, name: &str) -> Vec<String> {
        let real = self.root.join(name);
        self.entries(name, &real).into_iter().map(|(name, _)| name).collect()
    }
}
