//! Documents by the names that wiki links call them.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use crate::canvas::Document;
use crate::slug::{as_slug, slug};
use crate::source::SourcePath;

/// The names of some documents. Values are their places in the list they came from.
#[derive(Default)]
pub(super) struct Titles {
    /// By the slug of the file's stem.
    by_stem: HashMap<String, Vec<u32>>,
    /// Folders' own pages by the slug of the folder's name.
    by_folder: HashMap<String, Vec<u32>>,
    by_title: HashMap<String, Vec<u32>>,
}

impl Titles {
    pub(super) fn of(documents: &[Arc<Document>]) -> Self {
        let mut titles = Self::default();
        for (index, document) in (0u32..).zip(documents) {
            let path = &document.path;
            titles.by_stem.entry(slug(path.stem())).or_default().push(index);
            if let Some(folder) = own_folder(path) {
                let name = folder.rsplit('/').next().unwrap_or(folder);
                titles.by_folder.entry(slug(name)).or_default().push(index);
            }
            titles.by_title.entry(slug(&document.title)).or_default().push(index);
        }
        titles
    }

    /// Gives one of the documents another title. The others that have one that reads the same.
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
        let same = self.by_title.entry(new).or_default();
        let others = same.clone();
        same.insert(same.partition_point(|other| *other < index), index);
        others
    }

    /// The documents that a name may mean: those with such a file stem, else the own pages of such
    /// folders, else those with such a title. Folders may stand before the name: `retail/bar`.
    pub(super) fn find<'p>(&self, name: &str, path: impl Fn(u32) -> &'p SourcePath) -> Vec<u32> {
        let name = name.strip_suffix(".md").unwrap_or(name).trim_matches('/');
        let parts: Vec<Cow<'_, str>> = name.split('/').map(as_slug).collect();
        let last = parts.last().map_or("", |last| &**last);
        let stems = (&self.by_stem, (|path| without_extension(path)) as fn(&SourcePath) -> &str);
        let folders = (&self.by_folder, (|path| path.folder()) as fn(&SourcePath) -> &str);
        for (map, form) in [stems, folders] {
            let of_name = map.get(last).into_iter().flatten().copied();
            let mut found: Vec<u32> =
                of_name.filter(|index| ends_with(form(path(*index)), &parts)).collect();
            // A form that is whole wins over others that end with it.
            let whole = found.iter().copied().find(|index| is_whole(form(path(*index)), &parts));
            if let Some(whole) = whole.filter(|_| found.len() > 1 && parts.len() > 1) {
                found = vec![whole];
            }
            if !found.is_empty() {
                return found;
            }
        }
        self.by_title.get(&*as_slug(name)).cloned().unwrap_or_default()
    }
}

/// What to write for a document that shares its name: its path below `content/`, and from the root
/// where that is a name only.
pub(super) fn form(path: &SourcePath) -> &str {
    let form = without_extension(path);
    form.strip_prefix("content/").filter(|below| below.contains('/')).unwrap_or(form)
}

fn without_extension(path: &SourcePath) -> &str {
    let path = path.as_str();
    path.strip_suffix(".md").unwrap_or(path)
}

/// The folder of which a file is the own page.
pub(super) fn own_folder(path: &SourcePath) -> Option<&str> {
    let is_own_page = path.may_be_own_page();
    Some(path.folder()).filter(|folder| is_own_page && !folder.is_empty())
}

/// True where the last parts of a path are these.
fn ends_with(path: &str, parts: &[Cow<'_, str>]) -> bool {
    let mut path = path.rsplit('/');
    parts.iter().rev().all(|part| path.next().is_some_and(|of_path| as_slug(of_path) == *part))
}

/// True where these are all parts of a path, from the root or below `content/`.
fn is_whole(path: &str, parts: &[Cow<'_, str>]) -> bool {
    let below = path.strip_prefix("content/").unwrap_or(path);
    [path, below].iter().any(|path| path.split('/').count() == parts.len())
}
