//! The git repository around a handbook. It is only read, and no program is run for it.

mod known;
mod log;

use std::path::Path;

use gix::ObjectId;

pub use known::Known;

/// The repository that a handbook lies in.
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
    /// There is one that cannot be read.
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
    /// It names none.
    pub fn commit(&self, revision: &str) -> Result<ObjectId, Problem> {
        let repository = self.shared.to_thread_local();
        let peeled = format!("{revision}^{{commit}}");
        let found = repository.rev_parse_single(peeled.as_str());
        found.map(gix::Id::detach).map_err(|error| error.to_string())
    }

    /// The newest commit of a branch, here or, if it is not here, at `origin`.
    pub fn branch(&self, name: &str) -> Option<ObjectId> {
        let places = [format!("refs/heads/{name}"), format!("refs/remotes/origin/{name}")];
        places.iter().find_map(|place| self.commit(place).ok())
    }
}

/// A problem of the library, as the end of a sentence.
fn problem(error: impl std::fmt::Display) -> Problem {
    error.to_string()
}
