use super::*;

use tempfile::TempDir;

use crate::compile::Inputs;

fn handbook() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    fs::create_dir(folder.path().join("content")).expect("can be made");
    fs::write(folder.path().join("content/a.md"), "# A\n").expect("can be written");
    folder
}

fn take(folder: &TempDir) -> Origin {
    let root = folder.path();
    Origin::take(root, &root.join("public"), false).expect("the program can be looked at")
}

/// A field that is added does not compile here. Decide then how [`Origin`] comes to know of it, or the
/// site is not built again where it must be.
#[test]
fn every_input_is_part_of_the_origin() {
    let Inputs {
        // Files that are looked at.
        config: _,
        documents: _,
        files: _,
        logo_head: _,
        theme: _,
        // Names from the survey.
        themes: _,
        // An argument.
        drafts: _,
    } = Inputs::default();
    let folder = handbook();
    let with = |drafts| Origin::take(folder.path(), folder.path(), drafts).expect("can be taken");
    let mark = with(true).mark().expect("can be read");
    assert!(with(true).is(&mark));
    assert!(!with(false).is(&mark));
}

/// What git calls racily clean: the file has changed within one tick of the clock, so that nothing
/// shows but what it holds.
#[test]
fn a_young_file_is_known_by_what_it_holds() {
    let folder = handbook();
    let mut origin = take(&folder);
    origin.taken = SystemTime::UNIX_EPOCH;
    let mark = origin.mark().expect("can be read");
    assert_eq!(mark.young, [0]);
    assert!(origin.is(&mark));
    fs::write(folder.path().join("content/a.md"), "# B\n").expect("can be written");
    // Its look is that of before.
    assert!(!origin.is(&mark));
    fs::write(folder.path().join("content/a.md"), "# A\n").expect("can be written");
    assert!(origin.is(&mark));
    fs::remove_file(folder.path().join("content/a.md")).expect("can be removed");
    assert!(!origin.is(&mark) && origin.mark().is_none());
}

#[test]
fn an_old_file_is_not_read() {
    let folder = handbook();
    let mut origin = take(&folder);
    origin.taken = SystemTime::now() + std::time::Duration::from_secs(3);
    let mark = origin.mark().expect("nothing is read");
    assert_eq!(mark.young, [0; 0]);
    let mut other = mark.clone();
    other.looks ^= 1;
    assert!(origin.is(&mark) && !origin.is(&other));
    // A key that was made up names a file that is not there.
    assert!(!origin.is(&Mark { young: vec![7], ..mark }));
}
