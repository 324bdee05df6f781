//! Histories of handbooks that have no repository.

use std::collections::BTreeMap;
use std::sync::Arc;

use canvasbook::date::Date;
use canvasbook::history::{Blob, Commit, FileChange, History, Tag, Version};
use canvasbook::source::SourcePath;

/// A history in which each document has `commits` commits; in all but the newest, which have a tag, the text ends
/// with a note of that.
pub fn of(documents: &BTreeMap<SourcePath, Arc<str>>, commits: u32) -> History {
    let mut history = History::default();
    let mut before: BTreeMap<&SourcePath, Version> = BTreeMap::new();
    for number in 0..commits {
        let is_last = number + 1 == commits;
        let changes = documents.iter().map(|(path, text)| {
            let blob = u32::try_from(history.blobs.len()).expect("there are few");
            let text: Arc<str> = match is_last {
                true => Arc::clone(text),
                false => format!("{}\nWritten {number} times.\n", text.trim_end()).into(),
            };
            history.blobs.push(Some(text));
            let after = Version { path: path.clone(), blob: Blob(blob) };
            match before.insert(path, after.clone()) {
                Some(before) => FileChange::Changed { before, after },
                None => FileChange::Added(after),
            }
        });
        let changes = changes.collect();
        let day = Date::constant(2026, 1, 1).checked_add(jiff::Span::new().days(number));
        let id: Box<str> = format!("{number:040}").into();
        let day = day.expect("it is soon");
        let state: Box<[Version]> = before.values().cloned().collect();
        match is_last {
            true => history.documents = Some(state),
            false => history.tags.push(Tag {
                names: [format!("v{number}").into()].into(),
                commit: id.clone(),
                day,
                documents: state,
                config: None,
                kinds: Box::default(),
            }),
        }
        history.commits.push(Commit {
            id,
            seconds: i64::from(number) * 24 * 60 * 60,
            day,
            author: "Head of Product".into(),
            subject: format!("Say it in other words, for the {number}th time").into(),
            changes,
        });
    }
    history.commits.reverse();
    history.tags.reverse();
    // So many are read at the most.
    history.tags.truncate(20);
    history
}
