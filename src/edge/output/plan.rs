//! Produces every file into the staging folder and determines what will have to be done, while the
//! output stays as it is.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::content::Source;
use super::destination::{Site, is_same};
use super::failure::{Failure, OutputError};
use super::manifest::{CHUNK, Fingerprint, Manifest};
use super::staging::Staging;
use super::{Content, Written, folders_of, place_of};
use crate::edge::look::Look;
use crate::view::url::folded;

/// What a run will do. Paths are site paths.
pub(super) struct Plan<'a> {
    /// The files of the site.
    pub paths: &'a [String],
    slots: Vec<Slot>,
    /// The folders of the site, and whether they exist once `clearing` is done.
    pub folders: BTreeMap<&'a str, bool>,
    /// Files and folders to remove before the first file is renamed, since the site needs their
    /// place.
    pub clearing: Clearing,
    /// Files that the site no longer has, to be removed after everything else.
    pub removals: Vec<&'a str>,
    /// Folders that may be empty then, the deepest first.
    pub emptied: Vec<&'a str>,
    kept: Vec<String>,
    /// The manifest that is in the output.
    pub old: &'a Manifest,
    /// The manifest of the new site.
    pub new: Manifest,
}

/// One file of the site.
struct Slot {
    fingerprint: Fingerprint,
    stamp: FileStamp,
    /// Our own files that occupy its place, e.g. a folder, to be removed first.
    clearing: Option<Box<Clearing>>,
}

/// How a file of the site looked, and its content.
#[derive(Clone, Copy, Debug)]
pub(super) struct FileStamp {
    /// Before it was compared, or after it was staged.
    look: Look,
    is_staged: bool,
}

impl FileStamp {
    /// Whether a file in place is the one that was compared or staged. Renaming changes more of a
    /// look than its content.
    fn is(&self, look: &Look) -> bool {
        if self.is_staged { self.look.is_renamed(look) } else { self.look == *look }
    }
}

/// Files and folders of ours that make room for others.
#[derive(Default)]
pub(super) struct Clearing {
    /// Files to remove.
    pub files: Vec<String>,
    /// Folders to remove after them, the deepest first.
    pub folders: Vec<String>,
}

/// What is at a path, links not followed.
enum Existing {
    Nothing,
    File(Look),
    Folder,
    Other,
}

/// What happens to a file that the site no longer has.
enum Fate {
    Missing,
    Remove,
    Keep,
}

impl<'a> Plan<'a> {
    /// Produces and stages all files. The output is only read. `left` returns how a file was left
    /// if it must be unchanged.
    pub fn make<E: Send>(
        site: &Site,
        old: &'a Manifest,
        staging: &Staging,
        paths: &'a [String],
        produce: &(impl Fn(usize) -> Result<Content, E> + Sync),
        left: &(dyn Fn(usize) -> Option<FileStamp> + Sync),
    ) -> Result<Self, Failure<E>> {
        let output = site.output();
        let gone: Vec<&str> = old.paths().filter(|path| !contains(paths, path)).collect();
        let mut stage = Stage {
            output: &output,
            staging,
            old,
            folders: BTreeMap::new(),
            twins: gone.iter().map(|path| (folded(path), *path)).collect(),
        };
        let mut clearing = stage.survey(paths, matches!(site, Site::Present { .. }))?;
        let mut slots = stage.fill_all(paths, produce, left)?;
        for more in slots.iter_mut().filter_map(|slot| slot.clearing.take()) {
            clearing.files.extend(more.files);
            clearing.folders.extend(more.folders);
        }
        let cleared: BTreeSet<&str> = clearing.files.iter().map(String::as_str).collect();
        let fates: Vec<(&str, Fate)> = gone
            .par_iter()
            .filter(|path| !cleared.contains(**path))
            .map(|path| Ok((*path, fate(&output, old, path)?)))
            .collect::<Result<_, OutputError>>()?;
        let emptied: BTreeSet<&str> = gone
            .iter()
            .flat_map(|path| folders_of(path))
            .filter(|folder| !stage.folders.contains_key(folder) && !contains(paths, folder))
            .collect();
        let folders = stage.folders;
        let with = |wanted: fn(&Fate) -> bool| {
            fates.iter().filter(move |(_, fate)| wanted(fate)).map(|(path, _)| *path)
        };
        let fingerprints = slots.iter().map(|slot| slot.fingerprint);
        Ok(Self {
            new: Manifest::of(paths, fingerprints),
            removals: with(|fate| matches!(fate, Fate::Remove)).collect(),
            kept: with(|fate| matches!(fate, Fate::Keep)).map(str::to_owned).collect(),
            // A folder sorts before its files.
            emptied: emptied.into_iter().rev().collect(),
            paths,
            slots,
            folders,
            clearing,
            old,
        })
    }

    /// The site paths of the files that are staged, sorted.
    pub fn staged(&self) -> impl Iterator<Item = &'a str> {
        let slots = self.paths.iter().zip(&self.slots);
        slots.filter(|(_, slot)| slot.stamp.is_staged).map(|(path, _)| path.as_str())
    }

    /// How each file of the site looks once the plan is carried out, by its site path.
    pub fn left(&self) -> impl Iterator<Item = (String, FileStamp)> {
        self.paths.iter().cloned().zip(self.slots.iter().map(|slot| slot.stamp))
    }

    /// The result of the run, once the plan is carried out.
    pub fn written(self) -> Written {
        let staged = || self.slots.iter().filter(|slot| slot.stamp.is_staged);
        Written {
            written: staged().count(),
            unchanged: self.slots.len() - staged().count(),
            removed: self.removals.len() + self.clearing.files.len(),
            bytes: staged().map(|slot| slot.fingerprint.size).sum(),
            kept: self.kept,
        }
    }
}

/// Where files are staged and what they are compared with.
struct Stage<'run, 'a> {
    output: &'run Path,
    staging: &'run Staging,
    old: &'a Manifest,
    folders: BTreeMap<&'a str, bool>,
    /// The files that the site no longer has, by their names as file systems fold them.
    twins: BTreeMap<String, &'a str>,
}

impl<'a> Stage<'_, 'a> {
    /// Inspects each folder of the site once. Returns the files of ours that are in the place of a
    /// folder; anything else there is an error.
    fn survey(&mut self, paths: &'a [String], present: bool) -> Result<Clearing, OutputError> {
        let mut clearing = Clearing::default();
        for path in paths {
            let mut is_present = present;
            for folder in folders_of(path) {
                if let Some(known) = self.folders.get(folder) {
                    is_present = *known;
                    continue;
                }
                if is_present {
                    let place = place_of(self.output, folder);
                    is_present = match existing(&place)? {
                        Existing::Folder => true,
                        Existing::Nothing => false,
                        Existing::File(_) if self.old.is_unmodified(self.output, folder)? => {
                            clearing.files.push(folder.to_owned());
                            false
                        }
                        Existing::File(_) => return Err(in_the_way(&place, "a file")),
                        Existing::Other => return Err(in_the_way(&place, "a link or device")),
                    };
                }
                self.folders.insert(folder, is_present);
            }
        }
        Ok(clearing)
    }

    /// Produces and stages every file, several at a time. Of several errors the first one in the
    /// order of the paths is returned, not the one that happened first.
    fn fill_all<E: Send>(
        &self,
        paths: &[String],
        produce: &(impl Fn(usize) -> Result<Content, E> + Sync),
        left: &(dyn Fn(usize) -> Option<FileStamp> + Sync),
    ) -> Result<Vec<Slot>, Failure<E>> {
        let first_failure = AtomicUsize::new(usize::MAX);
        let slots: Vec<Option<Result<Slot, Failure<E>>>> = paths
            .par_iter()
            .enumerate()
            .map_init(
                || vec![0; 2 * CHUNK],
                |chunks, (index, path)| {
                    // After a failure nothing else is wanted; before it there may be an earlier
                    // one.
                    if index > first_failure.load(Ordering::Relaxed) {
                        return None;
                    }
                    let known = left(index).and_then(|stamp| self.stay(path, stamp));
                    let slot = known.map_or_else(
                        || {
                            produce(index)
                                .map_err(|error| Failure::Produce { path: path.clone(), error })
                                .and_then(|content| {
                                    let _ours = self.staging.fill()?;
                                    Ok(self.fill(path, &content, chunks)?)
                                })
                        },
                        Ok,
                    );
                    if slot.is_err() {
                        first_failure.fetch_min(index, Ordering::Relaxed);
                    }
                    Some(slot)
                },
            )
            .collect();
        slots.into_iter().flatten().collect()
    }

    /// Whether the folder of a file exists once `clearing` is done.
    fn is_folder_present(&self, path: &str) -> bool {
        path.rsplit_once('/').is_none_or(|(folder, _)| self.folders[folder])
    }

    /// The slot of a file that is in place as it was left.
    fn stay(&self, path: &str, left: FileStamp) -> Option<Slot> {
        if !self.is_folder_present(path) {
            return None;
        }
        let Ok(Existing::File(look)) = existing(&place_of(self.output, path)) else { return None };
        let fingerprint = self.old.fingerprint(path).filter(|_| left.is(&look))?;
        Some(Slot { fingerprint, stamp: FileStamp { look, is_staged: false }, clearing: None })
    }

    /// Stages one file, unless an equal one is in its place already.
    fn fill(&self, path: &str, content: &Content, chunks: &mut [u8]) -> Result<Slot, OutputError> {
        let place = place_of(self.output, path);
        let here = if self.is_folder_present(path) { existing(&place)? } else { Existing::Nothing };
        let mut clearing = None;
        let look_here = match here {
            Existing::Nothing => None,
            Existing::File(look) => match self.twin(path, &place) {
                // The file is ours under its old name; it goes, and the new name takes its place.
                Some(twin) => {
                    clearing = Some(Clearing { files: vec![twin.to_owned()], folders: vec![] });
                    None
                }
                None => Some(look),
            },
            Existing::Folder => {
                clearing = Some(self.clear_folder(path)?);
                None
            }
            Existing::Other => return Err(in_the_way(&place, "a link or device")),
        };
        let clearing = clearing.map(Box::new);
        let is_foreign = look_here.is_some() && !self.old.lists(path);
        let staged = place_of(self.staging.files(), path);
        let source = || match content {
            Content::Bytes(bytes) => Ok(Source::bytes(bytes)),
            Content::Text(text) => Ok(Source::bytes(text.as_bytes())),
            Content::CopyOf(file) => Source::file(file),
        };
        let first = source()?;
        if let Some(look) = look_here
            && look.size() == first.size
            && let Some(fingerprint) = first.compare(&place, chunks)?
        {
            return Ok(Slot { fingerprint, stamp: FileStamp { look, is_staged: false }, clearing });
        }
        if is_foreign {
            return Err(in_the_way(&place, "a file with other content"));
        }
        let fingerprint = source()?.copy_to(&staged, chunks)?;
        let look = fs::symlink_metadata(&staged).map_err(OutputError::machine("read", &staged))?;
        let stamp = FileStamp { look: Look::of(&look), is_staged: true };
        Ok(Slot { fingerprint, stamp, clearing })
    }

    /// The old name of the file at `place`, if `path` differs from it only by case or by the
    /// encoding of accents and the file system treats both as one. Removing the old name after the
    /// new one was written would then remove the new file.
    fn twin(&self, path: &str, place: &Path) -> Option<&'a str> {
        if self.twins.is_empty() {
            return None;
        }
        let twin = self.twins.get(&folded(path))?;
        is_same(&place_of(self.output, twin), place).then_some(*twin)
    }

    /// The files in a folder that is in a file's place: all of them must be ours, as we wrote them.
    fn clear_folder(&self, folder: &str) -> Result<Clearing, OutputError> {
        let mut clearing = Clearing { files: vec![], folders: vec![folder.to_owned()] };
        let mut next = 0;
        while let Some(folder) = clearing.folders.get(next).cloned() {
            next += 1;
            let place = place_of(self.output, &folder);
            let reading = || OutputError::machine("read", &place);
            for entry in fs::read_dir(&place).map_err(reading())? {
                let name = entry.map_err(reading())?.file_name();
                let place = place.join(&name);
                let path = name.to_str().map(|name| format!("{folder}/{name}"));
                match (existing(&place)?, path) {
                    (Existing::Nothing, _) => {}
                    (Existing::Folder, Some(path)) => clearing.folders.push(path),
                    (Existing::File(_), Some(path))
                        if self.old.is_unmodified(self.output, &path)? =>
                    {
                        clearing.files.push(path);
                    }
                    _ => return Err(in_the_way(&place, "something")),
                }
            }
        }
        // Found from the top down, removed from the bottom up.
        clearing.folders.reverse();
        Ok(clearing)
    }
}

/// What is at a path.
fn existing(place: &Path) -> Result<Existing, OutputError> {
    match fs::symlink_metadata(place) {
        Ok(data) if data.is_file() => Ok(Existing::File(Look::of(&data))),
        Ok(data) if data.is_dir() => Ok(Existing::Folder),
        Ok(_) => Ok(Existing::Other),
        Err(error)
            if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) =>
        {
            Ok(Existing::Nothing)
        }
        Err(error) => Err(OutputError::machine("read", place)(error)),
    }
}

/// Decides what happens to a file of the last run. Behind a link it is no longer where we wrote it.
fn fate(output: &Path, old: &Manifest, path: &str) -> Result<Fate, OutputError> {
    for folder in folders_of(path) {
        match existing(&place_of(output, folder))? {
            Existing::Folder => {}
            Existing::Nothing | Existing::File(_) => return Ok(Fate::Missing),
            Existing::Other => return Ok(Fate::Keep),
        }
    }
    Ok(match existing(&place_of(output, path))? {
        // A folder in its place may be the site's own, left by a killed run.
        Existing::Nothing | Existing::Folder => Fate::Missing,
        Existing::File(_) if old.is_unmodified(output, path)? => Fate::Remove,
        Existing::File(_) | Existing::Other => Fate::Keep,
    })
}

fn contains(paths: &[String], path: &str) -> bool {
    paths.binary_search_by(|candidate| candidate.as_str().cmp(path)).is_ok()
}

fn in_the_way(place: &Path, what: &'static str) -> OutputError {
    OutputError::InTheWay { path: place.to_owned(), what }
}
