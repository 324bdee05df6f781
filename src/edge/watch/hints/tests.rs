//! Which events are hints, which folders are watched, and what is printed if they cannot be.

use std::time::Duration;

use notify::event::{DataChange, Flag, RenameMode};

use super::*;

fn hinted(kind: EventKind, path: &str) -> Option<(usize, bool)> {
    let event = Event::new(kind).add_path(PathBuf::from(path));
    hint(Ok(event), Instant::now()).map(|hint| (hint.paths.len(), hint.moved))
}

#[test]
fn to_read_a_file_is_no_hint() {
    let access = |kind| hinted(EventKind::Access(kind), "/h/content/a.md");
    assert_eq!(access(AccessKind::Open(AccessMode::Any)), None);
    assert_eq!(access(AccessKind::Close(AccessMode::Read)), None);
    assert_eq!(access(AccessKind::Close(AccessMode::Write)), Some((1, false)));
    let data = EventKind::Modify(ModifyKind::Data(DataChange::Any));
    assert_eq!(hinted(data, "/h/content/a.md"), Some((1, false)));
    assert_eq!(hinted(data, "/h/content/.a.md.swp"), None);
}

#[test]
fn another_folder_may_stand_where_one_was_moved_or_lost() {
    let name = EventKind::Modify(ModifyKind::Name(RenameMode::Both));
    assert_eq!(hinted(name, "/h/content/a"), Some((1, true)));
    assert_eq!(hinted(EventKind::Create(CreateKind::Folder), "/h/content/a"), Some((1, true)));
    let lost = Event::new(EventKind::Other).set_flag(Flag::Rescan);
    let lost = hint(Ok(lost), Instant::now()).expect("is a hint");
    assert!(lost.paths.is_empty() && lost.moved);
    assert!(hint(Err(notify::Error::generic("x")), Instant::now()).is_some());
}

#[test]
fn what_cannot_be_watched_is_told_from_what_is_not_there() {
    let io = |kind: io::ErrorKind| notify::Error::io(io::Error::from(kind));
    assert!(
        is_missing(&notify::Error::path_not_found()) && is_missing(&io(io::ErrorKind::NotFound))
    );
    assert!(is_forbidden(&io(io::ErrorKind::PermissionDenied)));
    let limit = notify::Error::new(ErrorKind::MaxFilesWatch);
    assert!(!is_missing(&limit) && !is_forbidden(&limit));
    assert_eq!(reason(&limit), "the system watches no more folders");
}

#[test]
fn deep_watches_are_as_few_as_can_be_and_never_of_the_root() {
    let set = |paths: &[&str]| paths.iter().map(PathBuf::from).collect::<BTreeSet<PathBuf>>();
    let folders = set(&["/h", "/h/content", "/h/content/a", "/h/content-b/c", "/h/static"]);
    let root = Path::new("/h");
    assert_eq!(wanted(&folders, root, false), folders);
    let outermost = set(&["/h", "/h/content", "/h/content-b/c", "/h/static"]);
    assert_eq!(wanted(&folders, root, true), outermost);
}

#[test]
fn a_folder_is_watched_once_and_again_after_it_was_forgotten() {
    let folder = tempfile::tempdir().expect("can be made");
    let root = folder.path().to_owned();
    let (hinter, hints) = std::sync::mpsc::channel();
    let mut watched = Watched::new(hinter).expect("this machine can watch");
    let folders = BTreeSet::from([root.clone(), root.join("missing")]);
    let set = |watched: &mut Watched| watched.set(&folders, &root).expect("can be watched");
    assert_eq!(set(&mut watched), Added { some: true, missing: true });
    assert_eq!(set(&mut watched), Added { some: false, missing: true });
    watched.forget(&[]);
    assert_eq!(set(&mut watched), Added { some: true, missing: true });
    std::fs::write(root.join("a.md"), "a").expect("can be written");
    let hint = hints.recv_timeout(Duration::from_secs(20)).expect("the system tells");
    assert_eq!(hint.paths, [root.join("a.md")]);
}
