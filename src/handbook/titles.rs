//! Documents by the names that wiki links use for them.

use std::collections::HashMap;
use std::sync::Arc;

use crate::canvas::Document;
use crate::slug::{as_slug, slug};
use crate::source::SourcePath;

/// The names of some documents, each with its index in the list that it comes from.
#[derive(Default)]
pub(super) struct Titles {
    /// Documents by the path of the file.
    by_stem: Endings,
    /// Folders' own pages by the path of the folder.
    by_folder: Endings,
    /// Documents by the slug of the title.
    by_title: HashMap<String, Vec<u32>>,
    /// Documents by the slugs of further names.
    by_alias: HashMap<String, Vec<u32>>,
}

/// Paths by their ends. However many end alike, those that fit a name are adjacent and found at
/// once.
#[derive(Default)]
struct Endings {
    /// The slugs of each path's parts, the last one first, each followed by [`END`]; sorted.
    keys: Vec<String>,
    /// For each key, the index of its document.
    places: Vec<u32>,
}

/// The end of a part of a key. It sorts before every character of a slug.
const END: char = '\0';

impl Titles {
    pub(super) fn of(documents: &[Arc<Document>]) -> Self {
        let mut by_title: HashMap<String, Vec<u32>> = HashMap::new();
        let mut by_alias: HashMap<String, Vec<u32>> = HashMap::new();
        let (mut stems, mut folders) = (Vec::with_capacity(documents.len()), Vec::new());
        for (index, document) in (0u32..).zip(documents) {
            let path = &document.path;
            let parts = path.folder().split('/').filter(|part| !part.is_empty());
            stems.push((key(parts.chain([path.stem()])), index));
            if let Some(folder) = own_folder(path) {
                folders.push((key(folder.split('/')), index));
            }
            by_title.entry(slug(&document.title)).or_default().push(index);
            for name in &document.front.names {
                let same = by_alias.entry(slug(name)).or_default();
                if same.last() != Some(&index) {
                    same.push(index);
                }
            }
        }
        let (by_stem, by_folder) = (Endings::of(stems), Endings::of(folders));
        Self { by_stem, by_folder, by_title, by_alias }
    }

    /// Gives one of the documents another title. Returns the other documents whose title has the
    /// same slug.
    pub(super) fn rename(&mut self, index: u32, old: &str, new: &str) -> Vec<u32> {
        let (old, new) = (slug(old), slug(new));
        if old == new {
            return Vec::new();
        }
        if let Some(same) = self.by_title.get_mut(&old) {
            same.retain(|other| *other != index);
            if same.is_empty() {
                self.by_title.remove(&old);
            }
        }
        let of_alias = self.by_alias.get(&new).cloned().unwrap_or_default();
        let same = self.by_title.entry(new).or_default();
        let others = same.iter().copied().chain(of_alias).collect();
        same.insert(same.partition_point(|other| *other < index), index);
        others
    }

    /// The documents of each title.
    pub(super) fn titled(&self) -> impl Iterator<Item = &[u32]> {
        self.by_title.values().map(Vec::as_slice)
    }

    /// The documents whose title has the same slug as this one.
    pub(super) fn namesakes(&self, title: &str) -> &[u32] {
        self.by_title.get(&slug(title)).map_or(&[], Vec::as_slice)
    }

    /// The documents that a name may mean: those with such a file stem, else the own pages of such
    /// folders, else those with such a title, else those with such an alias. Folders may be before the name: `retail/bar`.
    pub(super) fn find(&self, name: &str) -> &[u32] {
        let name = bare(name);
        let end = key(name.split('/'));
        let by_path = [&self.by_stem, &self.by_folder].map(|endings| endings.find(&end));
        let found = by_path.into_iter().find(|found| !found.is_empty());
        let name = as_slug(name);
        let mut by_name = [&self.by_title, &self.by_alias].into_iter();
        let found = found.or_else(|| by_name.find_map(|names| Some(&**names.get(&*name)?)));
        found.unwrap_or_default()
    }
}

/// A name without what people add to it: the extension of the file, and the slash of the top.
pub(super) fn bare(name: &str) -> &str {
    let stem = name.strip_suffix(".md").or_else(|| name.strip_suffix(".markdown"));
    stem.unwrap_or(name).trim_matches('/')
}

/// Files by the ends of their paths.
#[derive(Default)]
pub(super) struct FileNames(Endings);

impl FileNames {
    pub(super) fn of(files: &[SourcePath]) -> Self {
        let keys = files.iter().map(|file| key(file.as_str().split('/')));
        Self(Endings::of(keys.zip(0u32..).collect()))
    }

    /// The files that a name may mean, which may begin with folders.
    pub(super) fn find(&self, name: &str) -> &[u32] {
        self.0.find(&key(name.trim_matches('/').split('/')))
    }
}

impl Endings {
    fn of(mut paths: Vec<(String, u32)>) -> Self {
        paths.sort();
        let (keys, places) = paths.into_iter().unzip();
        Self { keys, places }
    }

    /// The documents whose paths have this end. A whole path, from the root or below `content/`, wins
    /// over others that end with it.
    fn find(&self, end: &str) -> &[u32] {
        let from = |key: &str| self.keys.partition_point(|known| known.as_str() < key);
        let start = from(end);
        let count = self.keys[start..].partition_point(|known| known.starts_with(end));
        let found = &self.places[start..start + count];
        if count < 2 || end.matches(END).count() < 2 {
            return found;
        }
        let whole = [end.to_owned(), format!("{end}content{END}")];
        let is_there = |whole: &String| self.keys.get(from(whole)) == Some(whole);
        let whole = whole.iter().find(|whole| is_there(whole)).map(|whole| from(whole));
        whole.map_or(found, |at| &self.places[at..=at])
    }
}

/// The key of a path's parts.
fn key<'p>(parts: impl DoubleEndedIterator<Item = &'p str>) -> String {
    let mut key = String::new();
    for part in parts.rev() {
        key.push_str(&as_slug(part));
        key.push(END);
    }
    key
}

/// What to write for a document that shares its name: its path below `content/`, or from the root
/// if that is a mere name.
pub(super) fn form(path: &SourcePath) -> &str {
    let form = without_extension(path);
    form.strip_prefix("content/").filter(|below| below.contains('/')).unwrap_or(form)
}

fn without_extension(path: &SourcePath) -> &str {
    let path = path.as_str();
    path.strip_suffix(".md").unwrap_or(path)
}

/// The folder whose own page a file is.
pub(super) fn own_folder(path: &SourcePath) -> Option<&str> {
    let is_own_page = path.may_be_own_page();
    Some(path.folder()).filter(|folder| is_own_page && !folder.is_empty())
}
