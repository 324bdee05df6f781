//! Two looks at a folder, and the differences between them.

use std::time::Duration;

use tempfile::TempDir;

use super::*;

/// A folder that is looked at twice.
struct Folder(TempDir);

impl Folder {
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = Self(tempfile::tempdir().expect("can be made"));
        for (path, text) in files {
            folder.write(path, text);
        }
        folder
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("has one")).expect("can be made");
        fs::write(path, text).expect("can be written");
    }

    /// The differences after a change, looked at with a delay of `later`.
    fn after(&self, later: Duration, change: impl FnOnce(&Self)) -> Vec<(String, Difference)> {
        let output = self.path("public");
        let now = SystemTime::now();
        let before = Snapshot::take(self.0.path(), &output, &Snapshot::default(), now);
        change(self);
        let after = Snapshot::take(self.0.path(), &output, &before, now + later);
        let found = after.differences(&before);
        found.iter().map(|(path, difference)| (path.to_string(), *difference)).collect()
    }
}

fn reported(path: &str, difference: Difference) -> Vec<(String, Difference)> {
    vec![(path.to_owned(), difference)]
}

const NOW: Duration = Duration::ZERO;
const LONG_AFTER: Duration = Duration::from_secs(3600);

#[test]
fn every_kind_of_change_is_told() {
    use Difference::{Appeared, Changed, Emptied, Vanished};
    let folder = Folder::new(&[("content/a.md", "one"), ("canvasbook.toml", "title = \"A\"")]);
    for later in [NOW, LONG_AFTER] {
        let after = |change: fn(&Folder)| folder.after(later, change);
        assert_eq!(after(|_| {}), []);
        assert_eq!(after(|it| it.write("content/a.md", "two")), reported("content/a.md", Changed));
        assert_eq!(after(|it| it.write("content/a.md", "")), reported("content/a.md", Emptied));
        assert_eq!(after(|it| it.write("content/a.md", "one")), reported("content/a.md", Changed));
        assert_eq!(after(|it| it.write("static/b.css", "b")), reported("static/b.css", Appeared));
        assert_eq!(
            after(|it| fs::remove_file(it.path("static/b.css")).expect("is there")),
            reported("static/b.css", Vanished)
        );
        assert_eq!(
            after(|it| it.write("canvasbook.toml", "title = \"B\"")),
            reported("canvasbook.toml", Changed)
        );
        folder.write("canvasbook.toml", "title = \"A\"");
        assert_eq!(
            after(|it| fs::create_dir_all(it.path("themes/ours")).expect("can be made")),
            reported("themes/ours", Appeared)
        );
        fs::remove_dir(folder.path("themes/ours")).expect("is there");
    }
}

#[test]
fn what_is_never_read_is_no_change() {
    let folder = Folder::new(&[("content/a.md", "one")]);
    let change = |it: &Folder| {
        for path in ["content/4913", "content/a.md~", "content/.#a.md", "content/#a.md#", "notes"] {
            it.write(path, "x");
        }
        it.write("content/.git/index", "x");
        it.write("public/index.html", "x");
        fs::create_dir_all(it.path("content/empty")).expect("can be made");
    };
    assert_eq!(folder.after(NOW, change), []);
}

#[test]
fn another_content_of_the_same_length_and_time_is_told_while_it_is_young() {
    let folder = Folder::new(&[("content/a.md", "one")]);
    let path = folder.path("content/a.md");
    let change = |it: &Folder| {
        let modified = fs::metadata(&path).and_then(|data| data.modified()).expect("is there");
        it.write("content/a.md", "two");
        let file = fs::File::options().write(true).open(&path).expect("is there");
        file.set_modified(modified).expect("can be set");
    };
    assert_eq!(folder.after(NOW, change), reported("content/a.md", Difference::Changed));
}

#[test]
fn the_same_content_once_more_is_no_change_while_it_is_young() {
    let folder = Folder::new(&[("content/a.md", "one")]);
    assert_eq!(folder.after(NOW, |it| it.write("content/a.md", "one")), []);
}

#[cfg(unix)]
#[test]
fn links_are_followed_as_they_are_when_reading() {
    use std::os::unix::fs::symlink;
    let folder = Folder::new(&[("content/a.md", "a"), ("notes/b.md", "b"), ("public/c.md", "c")]);
    let link = |to: &str, from: &str| symlink(folder.path(to), folder.path(from)).expect("works");
    let found = folder.after(NOW, |_| {
        link("notes", "content/notes");
        link("public", "content/site");
        link("content", "content/again");
    });
    let found: Vec<&str> = found.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(
        found,
        ["content/again", "content/notes/b.md"],
        "a cycle is reported, the output is not"
    );
    let found = folder.after(NOW, |it| it.write("notes/b.md", "other"));
    assert_eq!(found, reported("content/notes/b.md", Difference::Changed));
    let seen = Snapshot::take(
        folder.0.path(),
        &folder.path("public"),
        &Snapshot::default(),
        SystemTime::now(),
    );
    let real = |path: &str| fs::canonicalize(folder.path(path)).expect("is there");
    assert!(seen.folders.contains(&real("notes")), "what a link leads to is watched");
    assert!(!seen.folders.contains(&real("public")), "the output is not");
}

/// The differences that a glance at some paths finds after a change; `None` if it cannot tell.
fn glanced(folder: &Folder, paths: &[&str], change: impl FnOnce()) -> Option<Vec<String>> {
    let (root, now) = (fs::canonicalize(folder.0.path()).expect("is there"), SystemTime::now());
    let mut before = Snapshot::take(&root, &folder.path("public"), &Snapshot::default(), now);
    change();
    let paths: Vec<PathBuf> = paths.iter().map(PathBuf::from).collect();
    let glance = before.glance(&root, &paths, now)?;
    let found = glance.differences.clone();
    // A glance sees what a look at everything sees.
    before.update(glance);
    let after = Snapshot::take(&root, &folder.path("public"), &before, now);
    let left = after.differences(&before);
    assert!(left.is_empty(), "{left:?} besides {found:?}");
    Some(found.iter().map(|(path, difference)| format!("{path} {difference:?}")).collect())
}

#[test]
fn a_glance_finds_what_a_look_at_everything_does() {
    let folder = Folder::new(&[("content/a.md", "one"), ("content/b/c.md", "two")]);
    let glanced = |paths: &[&str], change: &dyn Fn()| glanced(&folder, paths, change);
    let reported = |text: &str| Some(vec![text.to_owned()]);
    let paths = ["content/a.md", "content/.a.md.swp", "content/x/y.md", "notes.txt"];
    assert_eq!(glanced(&paths, &|| {}), Some(vec![]));
    assert_eq!(glanced(&paths, &|| folder.write("content/a.md", "one")), Some(vec![]));
    let changed = glanced(&paths, &|| folder.write("content/a.md", "two"));
    assert_eq!(changed, reported("content/a.md Changed"));
    let emptied = glanced(&paths, &|| folder.write("content/a.md", ""));
    assert_eq!(emptied, reported("content/a.md Emptied"));
    let gone = glanced(&paths, &|| fs::remove_file(folder.path("content/a.md")).expect("is there"));
    assert_eq!(gone, reported("content/a.md Vanished"));
    let back = glanced(&paths, &|| folder.write("content/a.md", "one"));
    assert_eq!(back, reported("content/a.md Appeared"));
    let root = glanced(&paths, &|| folder.write("notes.txt", "a file of the root is no source"));
    assert_eq!(root, Some(vec![]));
}

#[test]
fn a_glance_says_where_it_cannot_tell() {
    let folder = Folder::new(&[("content/a.md", "one"), ("content/b/c.md", "two")]);
    let glanced = |paths: &[&str], change: &dyn Fn()| glanced(&folder, paths, change);
    assert_eq!(glanced(&["content/b"], &|| {}), None, "a folder");
    let gone = || fs::remove_dir_all(folder.path("content/b")).expect("is there");
    assert_eq!(glanced(&["content/b"], &gone), None, "what was a folder");
    let new = || fs::create_dir(folder.path("content/new")).expect("can be made");
    assert_eq!(glanced(&["content/new"], &new), None, "what has become a folder");
    assert_eq!(glanced(&["", "content/a.md"], &|| {}), None, "the root");
    assert_eq!(glanced(&["/nowhere/a.md"], &|| {}), None, "what lies elsewhere");
}

#[cfg(unix)]
#[test]
fn a_glance_leaves_links_alone() {
    use std::os::unix::fs::symlink;
    let folder = Folder::new(&[("notes/b.md", "b"), ("content/a.md", "a")]);
    let link = |to: &str, from: &str| symlink(folder.path(to), folder.path(from)).expect("works");
    let glanced = |paths: &[&str], change: &dyn Fn()| glanced(&folder, paths, change);
    assert_eq!(glanced(&["content/n"], &|| link("notes", "content/n")), None, "a new link");
    assert_eq!(glanced(&["content/n"], &|| {}), None, "what is above sources");
    assert_eq!(glanced(&["notes/b.md"], &|| folder.write("notes/b.md", "c")), None, "two names");
    link("nothing", "content/fault.md");
    assert_eq!(glanced(&["content/fault.md"], &|| {}), None, "a link to nothing");
    let file = || {
        fs::remove_file(folder.path("content/fault.md")).expect("is there");
        folder.write("content/fault.md", "no link");
    };
    assert_eq!(glanced(&["content/fault.md"], &file), None, "what was a link to nothing");
}
