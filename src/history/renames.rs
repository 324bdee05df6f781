//! Which documents were renamed, since git records states and not actions.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use xxhash_rust::xxh3::xxh3_64;

use super::{Blob, FileChange, Version};
use crate::source::SourcePath;

/// How many pairs of documents with different names are compared for one commit. Beyond it only equal
/// contents and equal file names count; whoever moves hundreds of documents does not rewrite them as well.
const MOST_PAIRS: usize = 40_000;

/// The changes of a commit with each document that was removed and added elsewhere as one change. It must
/// be equal, or have half of its bytes in lines that both have. Sorted by path.
pub fn with_renames(changes: Vec<FileChange>, blobs: &[Option<Arc<str>>]) -> Box<[FileChange]> {
    let (mut added, mut removed, mut changes) = parted(changes);
    if !added.is_empty() && !removed.is_empty() {
        let mut lines = Lines { blobs, known: HashMap::new() };
        let by_blob = |version: &Version| version.blob;
        pair(&mut added, &mut removed, &mut changes, by_blob, |_, _| true);
        let by_name = |version: &Version| version.path.file_name().to_lowercase();
        pair(&mut added, &mut removed, &mut changes, by_name, |a, b| lines.are_alike(a, b));
        if added.len() * removed.len() <= MOST_PAIRS {
            pair(&mut added, &mut removed, &mut changes, |_| (), |a, b| lines.are_alike(a, b));
        }
    }
    changes.extend(added.into_iter().map(FileChange::Added));
    changes.extend(removed.into_iter().map(FileChange::Removed));
    changes.sort_by(|a, b| a.path().cmp(b.path()));
    changes.into()
}

/// The documents of one state that have another path in a later one: maps the paths before to those after.
pub fn renamed(
    before: &BTreeMap<SourcePath, Arc<str>>,
    after: &BTreeMap<SourcePath, Arc<str>>,
) -> BTreeMap<SourcePath, SourcePath> {
    let removed = before.iter().filter(|(path, _)| !after.contains_key(*path));
    let added = after.iter().filter(|(path, _)| !before.contains_key(*path));
    let (removed, added): (Vec<_>, Vec<_>) = (removed.collect(), added.collect());
    let mut texts: Vec<&Arc<str>> = removed.iter().chain(&added).map(|(_, text)| *text).collect();
    texts.sort();
    texts.dedup();
    let blob =
        |text| Blob(u32::try_from(texts.partition_point(|it| *it < text)).unwrap_or(u32::MAX));
    let version = |(path, text): (&SourcePath, _)| Version { path: path.clone(), blob: blob(text) };
    let removed = removed.into_iter().map(|it| FileChange::Removed(version(it)));
    let added = added.into_iter().map(|it| FileChange::Added(version(it)));
    let changes = removed.chain(added).collect();
    let blobs: Vec<Option<Arc<str>>> = texts.iter().map(|text| Some(Arc::clone(text))).collect();
    let pairs = with_renames(changes, &blobs).into_vec().into_iter();
    let renamed = pairs.filter_map(|change| match change {
        FileChange::Changed { before, after } => Some((before.path, after.path)),
        FileChange::Added(_) | FileChange::Removed(_) => None,
    });
    renamed.collect()
}

/// The additions, the removals, and the other changes.
fn parted(changes: Vec<FileChange>) -> (Vec<Version>, Vec<Version>, Vec<FileChange>) {
    let (mut added, mut removed, mut others) = (Vec::new(), Vec::new(), Vec::new());
    for change in changes {
        match change {
            FileChange::Added(version) => added.push(version),
            FileChange::Removed(version) => removed.push(version),
            FileChange::Changed { .. } => others.push(change),
        }
    }
    (added, removed, others)
}

/// Takes pairs with equal keys that are one document out of `added` and `removed`.
fn pair<K: Eq + std::hash::Hash>(
    added: &mut Vec<Version>,
    removed: &mut Vec<Version>,
    changes: &mut Vec<FileChange>,
    key: impl Fn(&Version) -> K,
    mut is_one: impl FnMut(Blob, Blob) -> bool,
) {
    let mut candidates: HashMap<K, Vec<Option<Version>>> = HashMap::new();
    for version in removed.drain(..) {
        candidates.entry(key(&version)).or_default().push(Some(version));
    }
    added.retain(|after| {
        let Some(candidates) = candidates.get_mut(&key(after)) else { return true };
        let found = candidates
            .iter_mut()
            .find_map(|candidate| candidate.take_if(|before| is_one(before.blob, after.blob)));
        let Some(before) = found else { return true };
        changes.push(FileChange::Changed { before, after: after.clone() });
        false
    });
    removed.extend(candidates.into_values().flatten().flatten());
    removed.sort_by(|a, b| a.path.cmp(&b.path));
}

/// The lines of contents, each read once.
struct Lines<'b> {
    blobs: &'b [Option<Arc<str>>],
    /// Hashes and lengths of the lines of a content, sorted.
    known: HashMap<Blob, Arc<[(u64, usize)]>>,
}

impl Lines<'_> {
    /// Whether half of the bytes of the larger content are in lines that the other has as well.
    fn are_alike(&mut self, a: Blob, b: Blob) -> bool {
        let (a, b) = (self.of(a), self.of(b));
        let bytes = |lines: &[(u64, usize)]| lines.iter().map(|(_, bytes)| bytes).sum::<usize>();
        let (mut common, mut at) = (0, 0);
        for line in a.iter() {
            while b.get(at).is_some_and(|other| other < line) {
                at += 1;
            }
            if b.get(at) == Some(line) {
                common += line.1;
                at += 1;
            }
        }
        let larger = bytes(&a).max(bytes(&b));
        larger > 0 && common * 2 >= larger
    }

    fn of(&mut self, blob: Blob) -> Arc<[(u64, usize)]> {
        let blobs = self.blobs;
        let lines = self.known.entry(blob).or_insert_with(|| {
            let text = blobs.get(blob.0 as usize).and_then(Option::as_deref).unwrap_or_default();
            let lines = text.lines().filter(|line| !line.trim().is_empty());
            let mut lines: Vec<(u64, usize)> =
                lines.map(|line| (xxh3_64(line.as_bytes()), line.len())).collect();
            lines.sort_unstable();
            lines.into()
        });
        Arc::clone(lines)
    }
}
