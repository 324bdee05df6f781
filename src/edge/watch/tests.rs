//! The disk, the system and the clock together. Limits of time are generous: machines are busy.

use std::collections::BTreeSet;
use std::sync::mpsc::channel;
use std::thread;

use tempfile::TempDir;

use super::*;

const PATIENCE: Duration = Duration::from_secs(60);

/// A handbook's folder, watched in a thread.
struct Watched {
    folder: TempDir,
    changes: Receiver<Change>,
}

impl Watched {
    fn new(poll: bool) -> Self {
        let folder = tempfile::tempdir().expect("can be made");
        fs::create_dir(folder.path().join("content")).expect("can be made");
        let output = folder.path().join("public");
        let mut watch = Watch::new(folder.path(), &output, poll).expect("it is there");
        let (sender, changes) = channel();
        // The thread ends with the first change that nobody receives any more, or with the program.
        thread::spawn(move || while sender.send(watch.wait()).is_ok() {});
        Self { folder, changes }
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.folder.path().join(path);
        fs::create_dir_all(path.parent().expect("has one")).expect("can be made");
        fs::write(path, text).expect("can be written");
    }

    /// Waits until every one of these paths was reported.
    fn tells(&self, mut paths: BTreeSet<PathBuf>) {
        let end = Instant::now() + PATIENCE;
        while !paths.is_empty() {
            let left = end.saturating_duration_since(Instant::now());
            let Ok(change) = self.changes.recv_timeout(left) else {
                panic!("never reported: {paths:?}");
            };
            for path in change.paths {
                paths.remove(&path);
            }
        }
    }
}

fn set(paths: &[&str]) -> BTreeSet<PathBuf> {
    paths.iter().map(PathBuf::from).collect()
}

#[test]
fn what_is_written_into_a_new_folder_at_once_is_told() {
    let watched = Watched::new(false);
    for n in 0..200 {
        let path = format!("content/{n}/a/b/c.md");
        watched.write(&path, "c");
        // Sometimes one by one, sometimes all together.
        if n % 10 == 0 {
            watched.tells(set(&[&path]));
        }
    }
    let last: Vec<String> = (191..200).map(|n| format!("content/{n}/a/b/c.md")).collect();
    watched.tells(last.iter().map(PathBuf::from).collect());
}

#[test]
fn a_folder_that_comes_back_is_watched_again() {
    let watched = Watched::new(false);
    let content = watched.folder.path().join("content");
    for n in 0..10 {
        watched.write("content/a/b.md", "b");
        watched.tells(set(&["content/a/b.md"]));
        watched.write("content/a/c.md", &n.to_string());
        watched.tells(set(&["content/a/c.md"]));
        if n % 2 == 0 {
            fs::remove_dir_all(&content).expect("can be removed");
            fs::create_dir(&content).expect("can be made");
        } else {
            let aside = watched.folder.path().join(format!("aside{n}"));
            fs::rename(content.join("a"), aside).expect("can be moved");
        }
        // At once, so that the new folder may have the inode of the old one.
        watched.write("content/a/d.md", &n.to_string());
        watched.tells(set(&["content/a/b.md", "content/a/c.md", "content/a/d.md"]));
        fs::remove_file(content.join("a/d.md")).expect("is there");
        watched.tells(set(&["content/a/d.md"]));
    }
}

/// The documents whose texts changed, according to the next change.
fn texts(watched: &Watched) -> Option<Vec<String>> {
    let change = watched.changes.recv_timeout(PATIENCE).expect("it is reported");
    change.texts.map(|texts| texts.iter().map(ToString::to_string).collect())
}

#[test]
fn it_is_said_where_only_the_texts_of_documents_changed() {
    let watched = Watched::new(false);
    let reported = |path: &str, text: &str| {
        watched.write(path, text);
        texts(&watched)
    };
    assert_eq!(reported("content/a.md", "a"), None, "it appeared");
    assert_eq!(reported("content/a.md", "b"), Some(vec!["content/a.md".to_owned()]));
    assert_eq!(reported("content/a.md", ""), Some(vec!["content/a.md".to_owned()]));
    for path in ["content/a.txt", "static/a.md", "canvasbook.toml", "themes/x/a.md"] {
        assert_eq!(reported(path, "a"), None, "{path} appeared");
        assert_eq!(reported(path, "b"), None, "{path} is no document");
    }
    fs::remove_file(watched.folder.path().join("content/a.md")).expect("is there");
    assert_eq!(texts(&watched), None, "it vanished");
    assert_eq!(reported("content/a.md", "a"), None, "it is there again");
}

/// Nothing hints at a change of the link when its target appears.
#[cfg(unix)]
#[test]
fn what_no_hint_pointed_at_is_told_when_everything_is_looked_at() {
    let watched = Watched::new(false);
    let link = watched.folder.path().join("content/a.md");
    std::os::unix::fs::symlink("../notes.txt", link).expect("can be linked");
    watched.tells(set(&["content/a.md"]));
    watched.write("notes.txt", "a");
    watched.tells(set(&["content/a.md"]));
}

/// Whoever gets a change reads the sources, and may read files that are gone at the next
/// look.
#[test]
fn what_passes_while_the_sources_are_read_is_told() {
    let folder = tempfile::tempdir().expect("can be made");
    let path = |name: &str| folder.path().join("content").join(name);
    let write = |name: &str, text: &str| fs::write(path(name), text).expect("can be written");
    fs::create_dir(folder.path().join("content")).expect("can be made");
    write("a.md", "one");
    let output = folder.path().join("public");
    let mut watch = Watch::new(folder.path(), &output, false).expect("is there");
    let (sender, changes) = channel();
    let (reader, read) = channel();
    // The thread reads until the test reports that it has finished.
    thread::spawn(move || while read.recv().is_ok() && sender.send(watch.wait()).is_ok() {});
    let reported = |paths: &[&str], texts: bool| {
        // The system has reported everything by then.
        thread::sleep(Duration::from_millis(500));
        reader.send(()).expect("it waits");
        let change = changes.recv_timeout(PATIENCE).expect("it is reported");
        let paths: Vec<PathBuf> = paths.iter().map(|it| Path::new("content").join(it)).collect();
        assert_eq!((change.paths, change.texts.is_some()), (paths, texts));
    };
    // While the sources are read for the first time.
    write("b.md", "comes");
    fs::remove_file(path("b.md")).expect("is there");
    reported(&["b.md"], false);
    write("a.md", "two");
    reported(&["a.md"], true);
    // While the sources are read again; changes besides are reported as well.
    write("a.md", "three");
    write("a.md", "two");
    reported(&["a.md"], true);
    write("b.md", "comes");
    fs::remove_file(path("b.md")).expect("is there");
    write("a.md", "three");
    reported(&["a.md", "b.md"], false);
    // Nothing of it is reported twice.
    write("c.md", "c");
    reported(&["c.md"], false);
}

#[test]
fn polling_tells_the_same() {
    let watched = Watched::new(true);
    watched.write("content/a/b.md", "b");
    watched.tells(set(&["content/a/b.md"]));
    watched.write("content/a/b.md", "c");
    watched.tells(set(&["content/a/b.md"]));
    fs::remove_dir_all(watched.folder.path().join("content/a")).expect("can be removed");
    watched.tells(set(&["content/a/b.md"]));
}

#[test]
fn a_root_that_is_replaced_is_watched_again() {
    let watched = Watched::new(false);
    watched.write("content/a.md", "a");
    watched.tells(set(&["content/a.md"]));
    let root = watched.folder.path();
    fs::rename(root.join("content"), root.join("aside")).expect("can be moved");
    watched.tells(set(&["content/a.md"]));
    fs::rename(root.join("aside"), root.join("content")).expect("can be moved");
    watched.tells(set(&["content/a.md"]));
}

#[test]
fn a_folder_that_is_not_there_cannot_be_watched() {
    let error = Watch::new(Path::new("nowhere"), Path::new("public"), true).err();
    let reported = error.expect("cannot be").to_string();
    assert!(reported.starts_with("cannot watch `nowhere`: "), "{reported}");
}
