//! The history of a handbook, read again only if it changed.

use std::path::Path;
use std::sync::Arc;

use gix::ObjectId;

use super::states::Tags;
use super::{Problem, Repository};
use crate::config::HistoryConfig;
use crate::date::Date;
use crate::diagnostic::{Diagnostic, catalogue};
use crate::history::History;
use crate::source::{Location, Source};

/// The history that was read last.
#[derive(Default)]
pub struct Known {
    /// The commit that the history leads to, if it is not the configured one.
    commit: Option<ObjectId>,
    last: Option<Last>,
}

/// A history with its sources.
struct Last {
    newest: ObjectId,
    since: Option<Date>,
    tags: Tags,
    history: Arc<History>,
}

impl Known {
    /// The history that leads to a commit.
    pub fn of(commit: ObjectId) -> Self {
        Self { commit: Some(commit), last: None }
    }

    /// The history of the handbook at `root` as its configuration wants it; `None` outside of git and before
    /// the first commit. Errors are added to `problems`.
    pub fn read(
        &mut self,
        root: &Path,
        config: &HistoryConfig,
        source: Option<&Source>,
        problems: &mut Vec<Diagnostic>,
    ) -> Option<Arc<History>> {
        let found = config.is_enabled.then(|| self.find(root, config, source, problems))?;
        found.unwrap_or_else(|problem| {
            problems.push(catalogue::unreadable_history(&problem));
            None
        })
    }

    fn find(
        &mut self,
        root: &Path,
        config: &HistoryConfig,
        source: Option<&Source>,
        problems: &mut Vec<Diagnostic>,
    ) -> Result<Option<Arc<History>>, Problem> {
        let Some(repository) = Repository::around(root)? else { return Ok(None) };
        let mut newest = self.commit.or_else(|| repository.head());
        let branch = config.branch.as_ref().filter(|_| self.commit.is_none());
        if let Some((branch, source)) = branch.zip(source) {
            match repository.branch(&branch.value) {
                Some(found) => newest = Some(found),
                None => {
                    let place = Location::new(&source.path, branch.span);
                    problems.push(catalogue::unknown_branch(place, &branch.value));
                }
            }
        }
        let Some(newest) = newest else { return Ok(None) };
        let tags = repository.tags(config.tags.as_deref());
        let is_again =
            |last: &Last| last.newest == newest && last.since == config.since && last.tags == tags;
        let last = match self.last.take().filter(is_again) {
            Some(last) => last,
            None => {
                let history = Arc::new(repository.history(newest, config.since, &tags)?);
                Last { newest, since: config.since, tags, history }
            }
        };
        let history = Arc::clone(&last.history);
        self.last = Some(last);
        Ok(Some(history))
    }
}
