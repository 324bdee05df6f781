//! The trailers at the end of commit messages.

use gix::ObjectId;
use gix::bstr::ByteSlice;

use super::{Problem, Repository, problem};

/// How many commits of a range are read.
const MOST_COMMITS: usize = 10_000;

/// A line such as `Accepts: the mill closed` at the end of a commit's message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trailer {
    /// The commit.
    pub commit: ObjectId,
    /// The text after the colon, on one line.
    pub value: String,
}

impl Repository {
    /// The trailers with one name in the commits that lead to `to` and not to `from`, newest first. Capitals make
    /// no difference, as in git. Commits that a shallow clone lacks are left out.
    ///
    /// # Errors
    /// If the repository cannot be read.
    pub fn trailers(
        &self,
        from: ObjectId,
        to: ObjectId,
        name: &str,
    ) -> Result<Vec<Trailer>, Problem> {
        let repository = self.shared.to_thread_local();
        let walk = repository.rev_walk([to]).with_hidden([from]).all().map_err(problem)?;
        let mut trailers = Vec::new();
        for info in walk.take(MOST_COMMITS) {
            let Ok(info) = info else { break };
            let commit = repository.find_commit(info.id).map_err(problem)?;
            let message = commit.message().map_err(problem)?;
            let Some(body) = message.body() else { continue };
            let named = body.trailers().filter(|it| it.token.eq_ignore_ascii_case(name.as_bytes()));
            trailers.extend(named.map(|trailer| {
                let value = trailer.value.to_str_lossy();
                let words: Vec<&str> = value.split_whitespace().collect();
                Trailer { commit: info.id, value: words.join(" ") }
            }));
        }
        // A name without a reason accepts nothing.
        trailers.retain(|trailer| !trailer.value.is_empty());
        Ok(trailers)
    }
}
