//! Reads the commits that touched the documents, and the contents of these.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap, HashSet, VecDeque};
use std::sync::Arc;

use gix::ObjectId;
use gix::bstr::{BStr, ByteSlice};
use gix::diff::tree::Recorder;
use gix::diff::tree::recorder::Change;
use gix::objs::TreeRefIter;
use gix::objs::tree::EntryMode;
use gix::revision::walk::Sorting;
use gix::traverse::commit::simple::CommitTimeOrder;
use rayon::prelude::*;

use super::states::{Ids, Tags};
use super::{Problem, Repository, problem};
use crate::date::{self, Date};
use crate::edge::disk::{self, CONTENT};
use crate::history::{Commit, FileChange, History, Reach, with_renames};
use crate::source::SourcePath;

/// The largest content that is read, in bytes. A canvas has a hundredth of that.
const LARGEST_BLOB: u64 = 1024 * 1024;

/// How many bytes of texts are read, those of the newest commits first.
const MOST_TEXT: u64 = 256 * 1024 * 1024;

/// How many commits are read.
const MOST_COMMITS: usize = 100_000;

/// The number of bytes of read objects that each thread keeps: the folder of documents in a commit is
/// that in its parent again.
const CACHE: usize = 16 * 1024 * 1024;

/// A commit with its parents.
struct Walked {
    id: ObjectId,
    parents: Vec<ObjectId>,
}

/// The commits that a walk found.
#[derive(Default)]
struct Found {
    walked: Vec<Walked>,
    /// Whether it ended because a commit could not be read.
    is_broken: bool,
    /// When the oldest commit was made, in seconds since 1970.
    oldest: Option<i64>,
}

/// What a commit did to a file, with contents before and afterwards.
pub(super) struct Touched {
    pub path: SourcePath,
    pub before: Option<ObjectId>,
    pub after: Option<ObjectId>,
}

impl Repository {
    /// The history of the documents that leads to a commit, back to a day.
    ///
    /// # Errors
    /// If the repository cannot be read.
    pub(super) fn history(
        &self,
        tip: ObjectId,
        since: Option<Date>,
        tags: &Tags,
    ) -> Result<History, Problem> {
        let (walked, reach, begins) = self.walk(tip, since)?;
        let folder = self.folder.iter().map(String::as_str).chain([CONTENT]);
        let folder: Vec<&str> = folder.collect();
        let read = walked.par_chunks(64).map_init(
            || self.thread(),
            |repository, walked| {
                let trees = RefCell::default();
                let reader = Reader { repository, folder: &folder, trees };
                walked.iter().map(|walked| reader.touched(walked)).collect::<Vec<_>>()
            },
        );
        let touched: Vec<Option<Vec<Touched>>> = read.flatten().collect::<Result<_, _>>()?;
        let is_partial = touched.iter().any(Option::is_none);
        let reach = if is_partial { Reach::Shallow } else { reach };
        let mut ids = Ids::default();
        let of_commits: Vec<(ObjectId, Vec<FileChange>)> = walked
            .iter()
            .zip(touched)
            .map(|(walked, touched)| (walked.id, ids.changes(touched.unwrap_or_default())))
            .filter(|(_, changes)| !changes.is_empty())
            .collect();
        let repository = self.thread();
        let documents = self.documents(&repository, tip, &mut ids);
        let order = walked.iter().map(|walked| walked.id);
        let (tags, older_tags) = self.tagged(&repository, order, tags, &mut ids);
        let blobs = self.texts(&ids.all);
        let mailmap = repository.open_mailmap();
        let commits = of_commits.into_iter().map(|(id, changes)| {
            said(&repository, &mailmap, id)
                .map(|commit| Commit { changes: with_renames(changes, &blobs), ..commit })
        });
        let commits: Vec<Commit> = commits.collect::<Result<_, _>>()?;
        // A repository that does not contain the documents, such as one around the home folder, has no
        // history of them.
        let reader = Reader { repository: &repository, folder: &folder, trees: RefCell::default() };
        let is_of_documents = reader.documents(tip)? != Documents::Absent;
        let day = if is_of_documents { day(&repository, tip)? } else { None };
        Ok(History { commits, blobs, documents, tags, older_tags, day, reach, begins })
    }

    /// The repository for one thread.
    fn thread(&self) -> gix::Repository {
        let mut repository = self.shared.to_thread_local();
        repository.object_cache_size(CACHE);
        repository
    }

    /// Every commit that leads to the tip, newest first, with how far that goes back.
    fn walk(
        &self,
        tip: ObjectId,
        since: Option<Date>,
    ) -> Result<(Vec<Walked>, Reach, Option<Date>), Problem> {
        let order = CommitTimeOrder::NewestFirst;
        let sorting = match since.map(date::timestamp) {
            Some(seconds) => Sorting::ByCommitTimeCutoff { order, seconds },
            None => Sorting::ByCommitTime(order),
        };
        let mut found = self.walk_in(tip, sorting)?;
        if found.is_broken {
            // By time no commit is found whose date cannot be read, nor any behind it.
            let other = self.walk_by_parents(tip);
            if other.walked.len() > found.walked.len() {
                found = other;
            }
        }
        let Found { walked, is_broken, oldest } = found;
        if walked.is_empty() && is_broken {
            return Err(format!("the commit {tip} is missing"));
        }
        let known: HashSet<&ObjectId> = walked.iter().map(|walked| &walked.id).collect();
        let is_whole =
            walked.iter().flat_map(|walked| &walked.parents).all(|id| known.contains(id));
        let reach = match since {
            _ if is_broken => Reach::Shallow,
            _ if is_whole => Reach::Whole,
            _ if walked.len() == MOST_COMMITS => Reach::Most,
            Some(since) => Reach::Since(since),
            None => Reach::Shallow,
        };
        let begins = match reach {
            Reach::Since(since) => Some(since),
            _ => oldest.and_then(date::of_timestamp),
        };
        Ok((walked, reach, begins))
    }

    /// Walks to as many commits as are looked at, in some order.
    fn walk_in(&self, tip: ObjectId, sorting: Sorting) -> Result<Found, Problem> {
        let repository = self.thread();
        let walk = repository.rev_walk([tip]).sorting(sorting).all().map_err(problem)?;
        let mut found = Found::default();
        for info in walk.take(MOST_COMMITS) {
            // If a commit is missing, the rest of the history is better than nothing.
            let Ok(info) = info else {
                found.is_broken = true;
                break;
            };
            let seconds = info.commit_time.unwrap_or(i64::MAX);
            found.oldest = Some(found.oldest.map_or(seconds, |oldest| oldest.min(seconds)));
            found.walked.push(Walked { id: info.id, parents: info.parent_ids.to_vec() });
        }
        Ok(found)
    }

    /// Walks from commit to parents, whatever else these commits contain.
    fn walk_by_parents(&self, tip: ObjectId) -> Found {
        let repository = self.thread();
        let (mut found, mut seen) = (Found::default(), HashSet::from([tip]));
        let mut next = VecDeque::from([tip]);
        while let Some(id) = next.pop_front()
            && found.walked.len() < MOST_COMMITS
        {
            let object = repository.try_find_object(id).ok().flatten();
            let Some(commit) = object.and_then(|object| object.try_into_commit().ok()) else {
                found.is_broken = true;
                continue;
            };
            let parents: Vec<ObjectId> = commit.parent_ids().map(gix::Id::detach).collect();
            next.extend(parents.iter().copied().filter(|parent| seen.insert(*parent)));
            found.walked.push(Walked { id, parents });
        }
        found
    }

    /// The texts of contents: `None` if it is not a text, is too large or is missing.
    fn texts(&self, ids: &[ObjectId]) -> Vec<Option<Arc<str>>> {
        let size = |repository: &mut gix::Repository, id: &ObjectId| {
            let header = repository.try_find_header(*id).ok().flatten();
            header.map(|header| header.size()).filter(|size| *size <= LARGEST_BLOB)
        };
        let sizes: Vec<Option<u64>> =
            ids.par_iter().map_init(|| self.shared.to_thread_local(), size).collect();
        let mut sum = 0;
        let wanted = ids.iter().zip(sizes).map(|(id, size)| {
            sum += size.unwrap_or_default();
            size.filter(|_| sum <= MOST_TEXT).map(|_| *id)
        });
        let wanted: Vec<Option<ObjectId>> = wanted.collect();
        let read = |repository: &mut gix::Repository, id: &Option<ObjectId>| {
            let mut blob = repository.try_find_object((*id)?).ok()??;
            disk::text_of(std::mem::take(&mut blob.data))
        };
        wanted.par_iter().map_init(|| self.shared.to_thread_local(), read).collect()
    }
}

/// Compares commits with their parents.
struct Reader<'r> {
    repository: &'r gix::Repository,
    /// The folders that lead to the documents.
    folder: &'r [&'r str],
    /// The folder of documents of each commit that was needed.
    trees: RefCell<HashMap<ObjectId, Documents>>,
}

/// The folder of documents at a commit.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Documents {
    /// The commit itself is missing, as in a shallow clone.
    Unknown,
    /// The folder does not exist.
    Absent,
    At(ObjectId),
}

impl Reader<'_> {
    /// What a commit did to documents, sorted by path: of a merge, what differs from all its parents. `None` if
    /// a part of it or its parents is missing.
    fn touched(&self, commit: &Walked) -> Result<Option<Vec<Touched>>, Problem> {
        let now = self.documents(commit.id)?;
        let parents = commit.parents.iter().map(|parent| self.documents(*parent));
        let mut parents: Vec<Documents> = parents.collect::<Result<_, _>>()?;
        if now == Documents::Unknown || parents.contains(&Documents::Unknown) {
            return Ok(None);
        }
        if parents.contains(&now) {
            return Ok(Some(Vec::new()));
        }
        if parents.is_empty() {
            parents.push(Documents::Absent);
        }
        let Some(mut touched) = self.between(parents[0], now)? else { return Ok(None) };
        for parent in &parents[1..] {
            let Some(other) = self.between(*parent, now)? else { return Ok(None) };
            let other: BTreeSet<&SourcePath> = other.iter().map(|touched| &touched.path).collect();
            touched.retain(|touched| other.contains(&touched.path));
        }
        touched.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(Some(touched))
    }

    fn documents(&self, commit: ObjectId) -> Result<Documents, Problem> {
        if let Some(known) = self.trees.borrow().get(&commit) {
            return Ok(*known);
        }
        let documents = self.find_documents(commit)?;
        self.trees.borrow_mut().insert(commit, documents);
        Ok(documents)
    }

    fn find_documents(&self, commit: ObjectId) -> Result<Documents, Problem> {
        let Some(commit) = self.repository.try_find_object(commit).map_err(problem)? else {
            return Ok(Documents::Unknown);
        };
        let mut id =
            commit.try_into_commit().map_err(problem)?.tree_id().map_err(problem)?.detach();
        for part in self.folder {
            let Some(tree) = self.repository.try_find_object(id).map_err(problem)? else {
                return Ok(Documents::Unknown);
            };
            let tree = tree.try_into_tree().map_err(problem)?;
            let entry = tree.find_entry(*part);
            match entry.filter(|entry| entry.mode().is_tree()) {
                Some(entry) => id = entry.object_id(),
                None => return Ok(Documents::Absent),
            }
        }
        Ok(Documents::At(id))
    }

    /// Which documents differ between two folders; `None` if a part of these is missing.
    fn between(
        &self,
        before: Documents,
        after: Documents,
    ) -> Result<Option<Vec<Touched>>, Problem> {
        let tree = |documents| match documents {
            Documents::At(id) => self.repository.find_tree(id),
            Documents::Absent | Documents::Unknown => Ok(self.repository.empty_tree()),
        };
        let changes = tree(before).and_then(|before| {
            let after = tree(after)?;
            let (hash, mut recorder) = (self.repository.object_hash(), Recorder::default());
            let compared = gix::diff::tree(
                TreeRefIter::from_bytes(&before.data, hash),
                TreeRefIter::from_bytes(&after.data, hash),
                gix::diff::tree::State::default(),
                &self.repository.objects,
                &mut recorder,
            );
            match compared {
                Ok(()) => Ok(recorder.records),
                Err(gix::diff::tree::Error::Failure(error)) => Err(error),
                Err(gix::diff::tree::Error::Cancelled) => Ok(Vec::new()),
            }
        });
        match changes {
            Ok(changes) => Ok(Some(changes.into_iter().filter_map(touched).collect())),
            Err(error) if error.is_not_found() => Ok(None),
            Err(error) => Err(problem(error)),
        }
    }
}

/// The change of a document in a difference of folders; `None` for anything else.
fn touched(change: Change) -> Option<Touched> {
    let file = |mode: EntryMode, id: ObjectId| mode.is_blob().then_some(id);
    let (path, before, after) = match change {
        Change::Addition { entry_mode, oid, path, .. } => (path, None, file(entry_mode, oid)),
        Change::Deletion { entry_mode, oid, path, .. } => (path, file(entry_mode, oid), None),
        Change::Modification { previous_entry_mode, previous_oid, entry_mode, oid, path } => {
            (path, file(previous_entry_mode, previous_oid), file(entry_mode, oid))
        }
    };
    let path = path.to_str().ok()?;
    let is_other = before != after && disk::is_document(path);
    let path = SourcePath::new(format!("{CONTENT}/{path}"));
    is_other.then_some(Touched { path, before, after })
}

/// The record of a commit.
fn said(
    repository: &gix::Repository,
    mailmap: &gix::mailmap::Snapshot,
    id: ObjectId,
) -> Result<Commit, Problem> {
    let commit = repository.find_commit(id).map_err(problem)?;
    // Whoever wrote it may have written a line that nobody can read.
    let (author, committer) = (commit.author().ok(), commit.committer().ok());
    let known = author.map(|author| mailmap.resolve(author));
    let addresses = [author.map(|it| it.email), committer.map(|it| it.email)];
    let known_address = known.iter().map(|known| known.email.as_bstr());
    let addresses: Vec<&BStr> = addresses.into_iter().flatten().chain(known_address).collect();
    let message = commit.message_raw_sloppy();
    let subject =
        gix::objs::commit::MessageRef::from_bytes(message).summary().to_str_lossy().into_owned();
    let name = known.as_ref().map(|known| known.name.to_str_lossy()).unwrap_or_default();
    let time = committer.and_then(|it| it.time().ok()).unwrap_or_default();
    Ok(Commit {
        id: id.to_string().into(),
        seconds: time.seconds,
        day: date::of_timestamp(time.seconds.saturating_add(time.offset.into()))
            .unwrap_or(Date::MIN),
        author: without_addresses(name.trim(), &addresses).into(),
        subject: without_addresses(&subject, &addresses).into(),
        changes: Box::default(),
    })
}

/// The day of a commit, where it was made.
pub(super) fn day(repository: &gix::Repository, commit: ObjectId) -> Result<Option<Date>, Problem> {
    let time = repository.find_commit(commit).map_err(problem)?.time().unwrap_or_default();
    Ok(date::of_timestamp(time.seconds.saturating_add(time.offset.into())))
}

/// A text without the e-mail addresses of these people, since it is published: an address that somebody
/// uses as a name is cut before its `@`.
fn without_addresses(text: &str, addresses: &[&BStr]) -> String {
    let mut text = text.to_owned();
    for address in addresses.iter().filter_map(|address| address.to_str().ok()) {
        let name = address.split('@').next().unwrap_or_default();
        if address.contains('@') {
            text = text.replace(address, name);
        }
    }
    text
}
