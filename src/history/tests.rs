//! Histories as text: one commit per line, newest first, with its changes.

use expect_test::{Expect, expect};

use super::*;

/// A version from `path=text`; texts are interned in the order in which they come.
fn version(said: &str, blobs: &mut Vec<Option<Arc<str>>>) -> Version {
    let (path, text) = said.split_once('=').expect("a version is `path=text`");
    let text = text.replace('/', "\n");
    let known = blobs.iter().position(|blob| blob.as_deref() == Some(&*text));
    let blob = known.unwrap_or_else(|| {
        blobs.push(Some(text.into()));
        blobs.len() - 1
    });
    let blob = Blob(u32::try_from(blob).expect("there are few"));
    Version { path: SourcePath::new(path), blob }
}

/// A history from lines such as `change a.md=new < a.md=old, add b.md=text, remove c.md=text`.
fn history(lines: &str) -> History {
    let mut blobs = Vec::new();
    let changes = lines.lines().map(|line| {
        let change = |said: &str| {
            let (verb, rest) = said.trim().split_once(' ').expect("a change begins with a verb");
            match verb {
                "add" => FileChange::Added(version(rest, &mut blobs)),
                "remove" => FileChange::Removed(version(rest, &mut blobs)),
                _ => {
                    let (after, before) = rest.split_once(" < ").expect("a change has two sides");
                    let after = version(after, &mut blobs);
                    FileChange::Changed { before: version(before, &mut blobs), after }
                }
            }
        };
        line.split(',').map(change).collect::<Vec<FileChange>>()
    });
    let changes: Vec<Vec<FileChange>> = changes.collect();
    let commits = changes.into_iter().enumerate().map(|(at, changes)| Commit {
        id: at.to_string().into(),
        seconds: 0,
        day: Date::constant(2026, 1, 1),
        author: "".into(),
        subject: "".into(),
        changes: with_renames(changes, &blobs),
    });
    History { commits: commits.collect(), blobs: blobs.clone(), ..History::default() }
}

/// Compares the revisions of documents with these paths.
#[track_caller]
fn check(lines: &str, paths: &[&str], expected: Expect) {
    let paths: Vec<SourcePath> = paths.iter().map(|path| SourcePath::new(*path)).collect();
    let versions = Versions::of(Arc::new(history(lines)), &paths, Uncommitted::default());
    let mut said = String::new();
    for (at, path) in paths.iter().enumerate() {
        said.push_str(&format!("{path}\n"));
        for revision in versions.of_document(at) {
            let (commit, change) = revision.of(&versions.history);
            let side = |version: Option<&Version>| {
                version.map_or("nothing".to_owned(), |version| version.path.to_string())
            };
            let (before, after) = (side(change.before()), side(change.after()));
            said.push_str(&format!("  {}: {before} -> {after}\n", commit.id));
        }
    }
    expected.assert_eq(&said);
}

#[test]
fn a_document_is_followed_through_its_names() {
    check(
        "change c.md=3 < c.md=2\nadd c.md=2, remove b.md=2\nadd b.md=2, remove a.md=1/2\nadd a.md=1/2",
        &["c.md"],
        expect![[r#"
            c.md
              0: c.md -> c.md
              1: b.md -> c.md
              2: a.md -> b.md
              3: nothing -> a.md
        "#]],
    );
}

#[test]
fn two_documents_may_change_places() {
    check(
        "change a.md=y2 < a.md=y\nchange a.md=y < b.md=y, change b.md=x < a.md=x\nadd a.md=x, add b.md=y",
        &["a.md", "b.md"],
        expect![[r#"
            a.md
              0: a.md -> a.md
              1: b.md -> a.md
              2: nothing -> b.md
            b.md
              1: a.md -> b.md
              2: nothing -> a.md
        "#]],
    );
}

#[test]
fn a_name_that_is_used_again_is_another_document() {
    check(
        "change a.md=p < a.md=q\nadd a.md=q\nadd b.md=x, remove a.md=x\nadd a.md=x",
        &["a.md", "b.md"],
        expect![[r#"
            a.md
              0: a.md -> a.md
              1: nothing -> a.md
            b.md
              2: a.md -> b.md
              3: nothing -> a.md
        "#]],
    );
}

#[test]
fn a_document_that_comes_back_is_the_one_that_was_there() {
    check(
        "add a.md=y\nremove a.md=x\nadd a.md=x",
        &["a.md"],
        expect![[r#"
        a.md
          0: nothing -> a.md
          1: a.md -> nothing
          2: nothing -> a.md
    "#]],
    );
}

#[test]
fn equal_texts_go_before_equal_names_and_these_before_alike_texts() {
    check(
        "add new/a.md=1/2/3, add new/b.md=4/5/6, add other.md=7/8/9/0, \
         remove a.md=1/2/x, remove b.md=1/2/3, remove c.md=7/8/9, remove d.md=4/5/6\n\
         add a.md=1/2/x, add b.md=1/2/3, add c.md=7/8/9, add d.md=4/5/6",
        &["new/a.md", "new/b.md", "other.md"],
        expect![[r#"
            new/a.md
              0: b.md -> new/a.md
              1: nothing -> b.md
            new/b.md
              0: d.md -> new/b.md
              1: nothing -> d.md
            other.md
              0: c.md -> other.md
              1: nothing -> c.md
        "#]],
    );
}

#[test]
fn texts_with_little_in_common_are_two_documents() {
    check(
        "add new.md=same/other/lines/here, remove old.md=same/but/not/these\nadd old.md=same/but/not/these",
        &["new.md"],
        expect![[r#"
            new.md
              0: nothing -> new.md
        "#]],
    );
    check(
        "add new.md=, remove old.md=\nadd old.md=",
        &["new.md"],
        expect![[r#"
        new.md
          0: old.md -> new.md
          1: nothing -> old.md
    "#]],
    );
}
