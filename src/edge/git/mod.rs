//! The git repository around a handbook. It is only read, and no program is run for it.

mod checkout;
mod known;
mod log;
mod states;
mod trailers;

use std::path::Path;

use gix::ObjectId;
use gix::revision::plumbing::Spec;

pub use checkout::Checkout;
pub use known::Known;

/// The id of a commit.
pub use gix::ObjectId as CommitId;

/// The repository that contains a handbook.
pub struct Repository {
    shared: gix::ThreadSafeRepository,
    /// The folders that lead from the top of the repository to the handbook.
    folder: Vec<String>,
}

/// Why a repository cannot be read, as the end of a sentence.
pub type Problem = String;

impl Repository {
    /// The repository around a folder; `None` outside of git.
    ///
    /// # Errors
    /// If there is one that cannot be read.
    pub fn around(root: &Path) -> Result<Option<Self>, Problem> {
        let Ok(root) = gix::path::realpath(root) else { return Ok(None) };
        let shared = match gix::ThreadSafeRepository::discover_with_environment_overrides(&root) {
            Ok(shared) => shared,
            Err(error) if error.is_not_found() => return Ok(None),
            Err(error) => return Err(problem(error)),
        };
        let folder = {
            let repository = shared.to_thread_local();
            let top = repository.workdir().and_then(|top| gix::path::realpath(top).ok());
            top.and_then(|top| root.strip_prefix(top).ok().map(Path::to_owned))
        };
        let Some(folder) = folder else { return Ok(None) };
        let parts = folder.iter().map(|part| part.to_str().map(str::to_owned));
        let Some(folder) = parts.collect() else {
            return Err("the path of the handbook in it is not UTF-8".to_owned());
        };
        Ok(Some(Self { folder, shared }))
    }

    /// The commit that is checked out; `None` if there is none yet.
    pub fn head(&self) -> Option<ObjectId> {
        self.shared.to_thread_local().head_id().ok().map(gix::Id::detach)
    }

    /// The commit that a revision names, as git's manual writes revisions: `v1.2`, `HEAD~3`.
    ///
    /// # Errors
    /// If it names none.
    pub fn commit(&self, revision: &str) -> Result<ObjectId, Problem> {
        let repository = self.shared.to_thread_local();
        let peeled = format!("{revision}^{{commit}}");
        let found = repository.rev_parse_single(peeled.as_str());
        found.map(gix::Id::detach).map_err(|_| match revision.contains("..") {
            true => "it means several commits".to_owned(),
            false => nothing(&repository),
        })
    }

    /// The two commits that a revision or a range of them means to compare: `None` for what is on the disk.
    ///
    /// # Errors
    /// If it means none.
    pub fn compared(&self, range: &str) -> Result<(ObjectId, Option<ObjectId>), Problem> {
        let repository = self.shared.to_thread_local();
        let commit = |id: ObjectId| {
            let object = repository.find_object(id).map_err(problem)?;
            object.peel_to_commit().map(|commit| commit.id).map_err(problem)
        };
        match repository.rev_parse(range).map_err(|_| nothing(&repository))?.detach() {
            Spec::Include(id) => Ok((commit(id)?, None)),
            Spec::Range { from, to } => Ok((commit(from)?, Some(commit(to)?))),
            Spec::Merge { theirs, ours } => {
                let (theirs, ours) = (commit(theirs)?, commit(ours)?);
                let base = repository.merge_base(theirs, ours).map_err(problem)?;
                let base = base.ok_or("the two have no commit in common")?;
                Ok((base.detach(), Some(ours)))
            }
            Spec::ExcludeParents(id) => {
                let found = repository.find_commit(commit(id)?).map_err(problem)?;
                let parent = found.parent_ids().next().map(gix::Id::detach);
                Ok((parent.ok_or("it is the first commit")?, Some(found.id)))
            }
            Spec::Exclude(_) | Spec::IncludeOnlyParents { .. } => {
                Err("it means commits, and not two states".to_owned())
            }
        }
    }

    /// The newest commit of a branch, local or, if there is none, at `origin`.
    pub fn branch(&self, name: &str) -> Option<ObjectId> {
        let places = [format!("refs/heads/{name}"), format!("refs/remotes/origin/{name}")];
        places.iter().find_map(|place| self.commit(place).ok())
    }
}

/// The message for a name that means nothing. The library's own words are about how it searched.
fn nothing(repository: &gix::Repository) -> Problem {
    let mut why = "no commit, branch or tag is called so".to_owned();
    if repository.is_shallow().unwrap_or(false) {
        why.push_str(" in this shallow clone; `git fetch --unshallow --tags` gets all");
    }
    why
}

/// An error of the library, as the end of a sentence.
fn problem(error: impl std::fmt::Display) -> Problem {
    error.to_string()
}
