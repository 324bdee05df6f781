//! Errors, a machine that refuses, two runs at once, and kills at any moment.

use super::*;

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Two sites that differ in every way: files change, come, go, and change places with folders.
fn sites() -> (Tree, Tree) {
    let mut one = tree(&[("a", "file"), ("b/c/d.html", "d"), ("b/e.html", "e"), ("same", "same")]);
    let mut two =
        tree(&[("a/b.html", "b"), ("b", "file"), ("new/x/y.html", "y"), ("same", "same")]);
    for number in 0..6 {
        one.insert(format!("page/{number}.html"), format!("one {number}"));
        two.insert(format!("page/{}.html", number + 2), format!("two {number}"));
    }
    (one, two)
}

#[test]
fn an_error_of_a_page_leaves_the_old_site_untouched() {
    let (one, two) = sites();
    for exists in [false, true] {
        let root = handbook();
        if exists {
            build(&root, &one);
        }
        let before = read_tree(root.path());
        let output = root.path().join("public");
        let destination =
            Destination { root: root.path(), output: &output, adopt: false, typed: true };
        let paths: Vec<String> = two.keys().cloned().collect();
        let calls = AtomicUsize::new(0);
        let result = write(&destination, &paths, |index| {
            calls.fetch_add(1, Ordering::Relaxed);
            if index >= 3 { Err(format!("no {index}")) } else { Ok(Content::Text(String::new())) }
        });
        let Err(Failure::Produce { path, error }) = result else { panic!("{result:?}") };
        assert_eq!((path, error), (paths[3].clone(), "no 3".to_owned()), "the first in order");
        assert_eq!(read_tree(root.path()), before);
    }
}

#[test]
fn a_page_that_panics_leaves_no_staging_folder() {
    let root = handbook();
    let (one, _) = sites();
    build(&root, &one);
    let before = read_tree(root.path());
    let output = root.path().join("public");
    let destination = Destination { root: root.path(), output: &output, adopt: false, typed: true };
    let result = std::panic::catch_unwind(|| {
        write(&destination, &["x".to_owned()], |_| -> Result<Content, Infallible> {
            panic!("a bug of ours")
        })
    });
    assert!(result.is_err());
    assert_eq!(read_tree(root.path()), before);
}

#[test]
fn a_source_that_cannot_be_copied_is_named() {
    let root = handbook();
    let output = root.path().join("public");
    let destination = Destination { root: root.path(), output: &output, adopt: false, typed: true };
    for source in ["content", "content/gone.png"] {
        let source = root.path().join(source);
        let result = write(&destination, &["x".to_owned()], |_| {
            Ok::<_, Infallible>(Content::CopyOf(source.clone()))
        });
        let message = result.unwrap_err().to_string();
        assert!(message.contains(&source.display().to_string()), "{message}");
        assert_eq!(fs::read_dir(root.path()).unwrap().count(), 1, "content/ only");
    }
}

/// No folder can be made in /proc, not even by root: this represents a disk that is full or
/// read-only.
#[cfg(target_os = "linux")]
#[test]
fn a_machine_that_refuses_is_quoted_with_the_path() {
    let root = handbook();
    for output in ["/proc/canvasbook", "/proc/self/fdinfo"] {
        let destination =
            Destination { root: root.path(), output: Path::new(output), adopt: true, typed: true };
        let result =
            write(&destination, &["x".to_owned()], |_| Ok::<_, Infallible>(Content::Bytes(vec![])));
        let message = result.unwrap_err().to_string();
        assert!(message.starts_with("cannot create `/proc/"), "{message}");
    }
}

/// A folder that turns up in a file's place while the site is put in place.
#[test]
fn an_obstacle_half_way_is_named_and_mended_by_the_next_run() {
    let root = handbook();
    let (one, two) = sites();
    build(&root, &one);
    let output = root.path().join("public");
    let place = output.join("page/4.html");
    let destination = Destination { root: root.path(), output: &output, adopt: false, typed: true };
    let obstruct = Mutex::new(Some(()));
    let paths: Vec<String> = two.keys().cloned().collect();
    let site = destination.settle().unwrap();
    let staging = Staging::claim(&site, &fs::canonicalize(root.path()).unwrap()).unwrap();
    let old = Manifest::read(&output, false).unwrap();
    let produce = |index: usize| {
        obstruct.lock().unwrap().take();
        Ok::<_, Infallible>(Content::Text(two[&paths[index]].clone()))
    };
    let plan = Plan::make(&site, &old, &staging, &paths, &produce, &|_| None).unwrap();
    let steps = place::steps(&plan, &site, &staging).unwrap();
    fs::remove_file(&place).unwrap();
    fs::create_dir(&place).unwrap();
    let message = place::apply(&steps).unwrap_err().to_string();
    assert!(message.contains("page/4.html"), "{message}");
    drop(staging);
    fs::remove_dir(&place).unwrap();
    build(&root, &two);
    assert_is(&root, &two);
}

#[test]
fn a_second_run_at_once_fails_clearly() {
    let (one, two) = sites();
    for exists in [false, true] {
        let root = handbook();
        if exists {
            build(&root, &one);
        }
        let output = root.path().join("public");
        let destination =
            Destination { root: root.path(), output: &output, adopt: false, typed: true };
        let inner = Mutex::new(Vec::new());
        let paths: Vec<String> = two.keys().cloned().collect();
        write(&destination, &paths, |index| {
            if index == 0 {
                inner.lock().unwrap().push(error(build_with(&root, &one, false)));
            }
            Ok::<_, Infallible>(Content::Text(two[&paths[index]].clone()))
        })
        .unwrap();
        let inner = inner.into_inner().unwrap();
        assert!(inner[0].contains("another run of canvasbook"), "{inner:?}");
        assert_is(&root, &two);
    }
}

/// Carries out the first `count` steps of a build and then stops, as if killed.
fn stop_after(root: &TempDir, new: &Tree, count: usize) -> usize {
    let output = root.path().join("public");
    let destination = Destination { root: root.path(), output: &output, adopt: false, typed: true };
    let paths: Vec<String> = new.keys().cloned().collect();
    let site = destination.settle().unwrap();
    let staging = Staging::claim(&site, &fs::canonicalize(root.path()).unwrap()).unwrap();
    let old = match &site {
        Site::Absent { .. } => Manifest::default(),
        Site::Present { output } => Manifest::read(output, false).unwrap(),
    };
    let produce = |index: usize| Ok::<_, Infallible>(Content::Text(new[&paths[index]].clone()));
    let plan = Plan::make(&site, &old, &staging, &paths, &produce, &|_| None).unwrap();
    let steps = place::steps(&plan, &site, &staging).unwrap();
    place::apply(&steps[..count.min(steps.len())]).unwrap();
    staging.abandon();
    steps.len()
}

/// Asserts that a folder that somebody copies to a server now contains nothing of a killed build.
fn assert_nothing_staged(output: &Path) {
    let names = if output.exists() { read_tree(output) } else { Tree::new() };
    let staged = |name: &&String| name.starts_with(".canvasbook-") && *name != MANIFEST;
    assert_eq!(names.keys().find(staged), None);
}

/// A build of `root` into `output` that is killed before its first step, and then one that is not.
/// Returns where the first one left its staging folder.
fn kill_and_build_again(root: &Path, output: &Path) -> PathBuf {
    let destination = Destination { root, output, adopt: false, typed: true };
    let staging =
        Staging::claim(&destination.settle().unwrap(), &fs::canonicalize(root).unwrap()).unwrap();
    let folder = staging.tree().parent().unwrap().to_owned();
    fs::write(staging.files().join("a.html"), "half").unwrap();
    staging.abandon();
    assert!(folder.exists());
    assert_nothing_staged(output);
    write(&destination, &["a.html".to_owned()], |_| Ok::<_, Infallible>(Content::Text("a".into())))
        .unwrap();
    assert_eq!(read_tree(output), clean(&tree(&[("a.html", "a")])));
    assert!(!folder.exists(), "the next run removes it");
    folder
}

#[test]
fn a_killed_run_leaves_its_staging_folder_where_nobody_publishes() {
    let root = handbook();
    let elsewhere = tempfile::tempdir().unwrap();
    let outputs = [
        root.path().join("public"),
        root.path().join("build/x/site"),
        root.path().join("public").join("n".repeat(250)),
        elsewhere.path().join("site"),
        elsewhere.path().join("served/handbook"),
    ];
    let real = fs::canonicalize(root.path()).unwrap();
    for output in outputs {
        for _ in ["absent", "present"] {
            let left = kill_and_build_again(root.path(), &output);
            assert_eq!(left.parent(), Some(&*real), "{left:?}");
        }
    }
    assert_eq!(fs::read_dir(elsewhere.path()).unwrap().count(), 2);
}

#[cfg(target_os = "linux")]
#[test]
fn on_another_file_system_it_is_beside_the_output() {
    let root = handbook();
    let memory = tempfile::tempdir_in("/dev/shm").unwrap();
    let output = memory.path().join("site");
    for _ in ["absent", "present"] {
        let left = kill_and_build_again(root.path(), &output);
        assert_eq!(left, memory.path().join(".canvasbook-staging-site"));
    }
}

#[test]
fn what_an_older_canvasbook_left_in_the_output_goes() {
    let root = handbook();
    let site = tree(&[("a.html", "a")]);
    build(&root, &site);
    let left = root.path().join("public").join(staging::INSIDE);
    fs::create_dir_all(left.join("tree/b")).unwrap();
    fs::write(left.join(".canvasbook-lock"), "").unwrap();
    build(&root, &site);
    assert_is(&root, &site);
}

/// Asserts that every file of the site is whole: it has the content that one of the two sites has
/// there.
fn assert_whole(output: &Path, one: &Tree, two: &Tree) {
    for (path, text) in read_tree(output) {
        if path.starts_with(".canvasbook-") || path.ends_with('/') {
            continue;
        }
        assert!(one.get(&path) == Some(&text) || two.get(&path) == Some(&text), "{path}: {text}");
    }
}

#[test]
fn stopped_after_any_step_every_file_is_whole_and_the_next_build_is_clean() {
    let (one, two) = sites();
    let (clean_one, clean_two) = (clean(&one), clean(&two));
    let none = Tree::new();
    for (old, new) in [(None, &one), (Some(&none), &one), (Some(&one), &two), (Some(&two), &one)] {
        let mut count = 0;
        loop {
            let mut total = 0;
            // The next build may be of either site: the change may have been undone.
            for (next, clean_next) in [(&one, &clean_one), (&two, &clean_two)] {
                let root = handbook();
                let output = root.path().join("public");
                if let Some(old) = old {
                    fs::create_dir(&output).unwrap();
                    if !old.is_empty() {
                        build(&root, old);
                    }
                }
                total = stop_after(&root, new, count);
                assert_nothing_staged(&output);
                if output.exists() {
                    assert_whole(&output, old.unwrap_or(&none), new);
                }
                let written = build(&root, next);
                assert_eq!(written.kept, Vec::<String>::new(), "after {count} steps");
                assert_eq!(&read_tree(&output), clean_next, "after {count} steps");
                assert_no_staging(&root);
            }
            count += 1;
            if count > total {
                break;
            }
        }
    }
}

/// The variable that tells the test below that it is the child to be killed.
const CHILD: &str = "CANVASBOOK_TEST_BUILDS_IN";

#[test]
fn killed_at_random_moments_every_file_is_whole_and_the_next_build_is_clean() {
    let grown = |site: Tree, name: &str| -> Tree {
        let pages = (0..60).map(|n| (format!("many/{n}.html"), format!("{name}{n}").repeat(2000)));
        site.into_iter().chain(pages).collect()
    };
    let (one, two) = sites();
    let (one, two) = (grown(one, "one"), grown(two, "two"));
    let destination = |root: &Path, site: &Tree| {
        let output = root.join("public");
        let destination = Destination { root, output: &output, adopt: false, typed: true };
        let paths: Vec<String> = site.keys().cloned().collect();
        write(&destination, &paths, |index| {
            Ok::<_, Infallible>(Content::Text(site[&paths[index]].clone()))
        })
        .unwrap();
    };
    if let Some(root) = std::env::var_os(CHILD) {
        loop {
            destination(Path::new(&root), &one);
            destination(Path::new(&root), &two);
        }
    }
    let root = handbook();
    let name = "edge::output::tests::interrupted::killed_at_random_moments_every_file_is_whole_and_the_next_build_is_clean";
    // The moments depend on the load of the machine, which makes them random.
    for round in 0..12 {
        let mut child = std::process::Command::new(std::env::current_exe().unwrap())
            .args(["--exact", name, "--nocapture"])
            .env(CHILD, root.path())
            .stdout(std::process::Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(std::time::Duration::from_millis(25 + round * 7));
        child.kill().unwrap();
        assert!(child.wait().unwrap().code().is_none_or(|code| code == 1), "it was killed");
        let output = root.path().join("public");
        assert_nothing_staged(&output);
        if output.exists() {
            assert_whole(&output, &one, &two);
        }
        if round % 3 == 2 {
            let site = if round % 2 == 0 { &one } else { &two };
            destination(root.path(), site);
            assert_is(&root, site);
        }
    }
}
