//! Walks a handbook's folders: which files they contain, in one order on every system, without ever
//! leaving the root, going in circles or opening anything but regular files.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use crate::diagnostic::{Diagnostic, catalogue};
use crate::edge::descriptors::{are_used_up, patiently};
use crate::edge::regular_file;
use crate::source::SourcePath;

use super::is_ignored;

/// How many symbolic links to folders are followed. Links multiply: thirty folders that each hold
/// two links to the next are a thousand million paths without any cycle.
const MOST_LINKED_FOLDERS: usize = 1_000;

/// How deep folders may be nested. Every page shows the way to it and links out of all its folders,
/// so that a thousand of them would make a site of gigabytes.
const DEEPEST_FOLDER: usize = 64;

/// A regular file of the handbook.
pub(super) struct Found {
    /// Its name in the handbook.
    pub path: SourcePath,
    /// The file itself, links resolved.
    pub real: PathBuf,
}

/// A walk over parts of a handbook, which gathers the results.
pub(super) struct Walk {
    root: PathBuf,
    output: Option<PathBuf>,
    links_followed: usize,
    cycles: BTreeSet<BTreeSet<PathBuf>>,
    /// The files found, in the order of their folders and names.
    pub found: Vec<Found>,
    /// The real folders that were walked, and those with files that links led to.
    pub folders: BTreeSet<PathBuf>,
    /// What could not be walked.
    pub problems: Vec<Diagnostic>,
}

/// What a path of the handbook leads to.
enum Target {
    File(PathBuf),
    Folder(PathBuf),
}

impl Walk {
    /// A walk in the handbook at `root` that leaves out `output`, a real path.
    pub fn new(root: &Path, output: Option<PathBuf>) -> Self {
        // A root that cannot be resolved cannot be read either, which its folders will report.
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

    /// Finds the file `name` in the root, if it exists.
    pub fn file(&mut self, name: &str) {
        match self.top(name) {
            Some(Target::File(real)) => self.add(name, real),
            Some(Target::Folder(_)) => self.unreadable(name, "it is a folder"),
            None => {}
        }
    }

    /// Finds every file below the folder `name` of the root. Returns whether the folder exists.
    pub fn folder(&mut self, name: &str) -> bool {
        match self.top(name) {
            Some(Target::Folder(_)) => {
                for (name, target) in self.below(name, usize::MAX) {
                    match target {
                        Target::File(real) => self.add(&name, real),
                        Target::Folder(real) => {
                            self.folders.insert(real);
                        }
                    }
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

    /// The names of the folders in the folder `name` of the root, sorted. Files beside them are
    /// ignored; what is neither is reported.
    pub fn folders_in(&mut self, name: &str) -> Vec<String> {
        let Some(Target::Folder(_)) = self.top(name) else { return Vec::new() };
        let below = self.below(name, 1).into_iter();
        let folders = below.filter(|(_, target)| matches!(target, Target::Folder(_)));
        let names = folders.filter_map(|(path, _)| Some(path.rsplit_once('/')?.1.to_owned()));
        names.filter(|entry| entry != name).collect()
    }

    /// The target of a path in the root; `None` if it does not exist.
    fn top(&mut self, name: &str) -> Option<Target> {
        let path = self.root.join(name);
        match fs::symlink_metadata(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            _ => self.resolve(name, &path),
        }
    }

    /// The files and folders below the folder `name` of the root down to a depth, the folder itself
    /// included, without those that are ignored, too deep or the output.
    fn below(&mut self, name: &str, depth: usize) -> Vec<(String, Target)> {
        let (problems, links, cycles) =
            (self.problems.len(), self.links_followed, self.cycles.clone());
        let below = patiently(|| {
            self.problems.truncate(problems);
            self.links_followed = links;
            self.cycles.clone_from(&cycles);
            self.try_below(name, depth)
        });
        below.unwrap_or_else(|error| {
            self.unreadable(name, &error.to_string());
            Vec::new()
        })
    }

    /// # Errors
    /// If there is no descriptor left; anything else that cannot be walked is reported.
    fn try_below(&mut self, name: &str, depth: usize) -> io::Result<Vec<(String, Target)>> {
        let start = self.root.join(name);
        let walk = WalkDir::new(&start).max_depth(depth).follow_links(true).sort_by_file_name();
        let mut walk = walk.into_iter().filter_entry(|entry| {
            entry.depth() == 0 || !is_ignored(&entry.file_name().to_string_lossy())
        });
        let mut found = Vec::new();
        let mut is_linked = false;
        while let Some(entry) = walk.next() {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    if error.io_error().is_some_and(are_used_up) {
                        return Err(error.into());
                    }
                    self.failed(name, &error);
                    continue;
                }
            };
            is_linked |= entry.path_is_symlink();
            match self.accepted(&entry, is_linked) {
                Some(target) => found.push((self.name_of(entry.path()), target)),
                None if entry.file_type().is_dir() => walk.skip_current_dir(),
                None => {}
            }
        }
        Ok(found)
    }

    /// The target of an entry if it is part of the handbook; problems are reported. `is_linked` is
    /// whether a link may have led to it.
    fn accepted(&mut self, entry: &DirEntry, is_linked: bool) -> Option<Target> {
        let (path, kind) = (entry.path(), entry.file_type());
        let name = self.name_of(path);
        if path.to_str().is_none() {
            self.problems.push(catalogue::path_not_utf8(&SourcePath::new(name)));
            return None;
        }
        if kind.is_dir() && name.matches('/').count() > DEEPEST_FOLDER {
            let problem = catalogue::folder_too_deep(&SourcePath::new(name), DEEPEST_FOLDER);
            self.problems.push(problem);
            return None;
        }
        let target = match is_linked {
            true => self.resolve(&name, path)?,
            false if kind.is_dir() => Target::Folder(path.to_owned()),
            false => match regular_file::flaw(kind) {
                Some(flaw) => {
                    self.unreadable(&name, flaw);
                    return None;
                }
                None => Target::File(path.to_owned()),
            },
        };
        let (Target::File(real) | Target::Folder(real)) = &target;
        // The files of a build are not sources.
        if entry.depth() > 0 && self.is_output(real) {
            return None;
        }
        let is_linked_folder = entry.path_is_symlink() && kind.is_dir() && entry.depth() > 0;
        (!is_linked_folder || self.may_follow(&name, path, real)).then_some(target)
    }

    /// Reports what could not be walked.
    fn failed(&mut self, name: &str, error: &walkdir::Error) {
        let path = error.path().map_or_else(|| self.root.join(name), Path::to_owned);
        if let Some(ancestor) = error.loop_ancestor() {
            return self.cycle(&path, ancestor);
        }
        // A file that went away while its folder was read is not a problem of the sources; a link
        // that leads nowhere is.
        if let Some(why) = error.io_error()
            && (why.kind() != io::ErrorKind::NotFound || fs::symlink_metadata(&path).is_ok())
        {
            let name = self.name_of(&path);
            self.unreadable(&name, &why.to_string());
        }
    }

    /// The target of a path with its links resolved; `None`, with a diagnostic, if that is outside
    /// the root, hidden, or does not exist.
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

    /// Whether a real path is in the output. The folders of the root that sources are in need no such
    /// check: an output that contains one of them is refused.
    fn is_output(&self, real: &Path) -> bool {
        self.output.as_ref().is_some_and(|output| real.starts_with(output))
    }

    /// Whether the walk may go on through a link to the folder `real`. A folder that contains the link
    /// would lead here again.
    fn may_follow(&mut self, name: &str, link: &Path, real: &Path) -> bool {
        let mut folders = link.ancestors().skip(1).take_while(|it| it.starts_with(&self.root));
        let is_around = |it: &&Path| fs::canonicalize(it).is_ok_and(|it| it.starts_with(real));
        let around: Vec<PathBuf> = folders.by_ref().filter(is_around).map(Path::to_owned).collect();
        // The outermost below the root: the root itself is around everything.
        if let Some(ancestor) = around.iter().rev().find(|it| **it != self.root) {
            self.cycle(link, ancestor);
            return false;
        }
        self.links_followed += 1;
        if self.links_followed == MOST_LINKED_FOLDERS + 1 {
            let problem = catalogue::too_many_links(&SourcePath::new(name), MOST_LINKED_FOLDERS);
            self.problems.push(problem);
        }
        self.links_followed <= MOST_LINKED_FOLDERS
    }

    /// Reports that a link leads to a folder that is on the way to it. A cycle over several links is
    /// found once from each of them, and is still one cycle.
    fn cycle(&mut self, link: &Path, ancestor: &Path) {
        let on_the_way = link.ancestors().take_while(|path| *path != ancestor);
        let links = on_the_way.filter(|path| path.is_symlink()).filter_map(|path| {
            Some(fs::canonicalize(path.parent()?).ok()?.join(path.file_name()?))
        });
        if self.cycles.insert(links.collect()) {
            let (name, target) = (self.name_of(link), self.name_of(ancestor));
            self.problems.push(catalogue::link_cycle(&SourcePath::new(name), &target));
        }
    }

    /// The name in the handbook of a path below its root.
    fn name_of(&self, path: &Path) -> String {
        let parts = path.strip_prefix(&self.root).unwrap_or(path).iter();
        parts.map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/")
    }

    fn add(&mut self, name: &str, real: PathBuf) {
        self.found.push(Found { path: SourcePath::new(name), real });
    }

    fn unreadable(&mut self, name: &str, why: &str) {
        self.problems.push(catalogue::unreadable_file(&SourcePath::new(name), why));
    }
}
