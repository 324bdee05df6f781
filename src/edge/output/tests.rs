//! The promises of the output, on temporary folders.
//!
//! The tests work for root as well, to whom no permission is denied: what cannot be written is a
//! folder in a file's place or a folder of /proc, which the kernel refuses to everybody.

use super::*;

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::fs;

use tempfile::TempDir;

mod again;
mod interrupted;
mod refused;

/// A site or a folder as text: paths and contents.
type Tree = BTreeMap<String, String>;

/// A handbook's root with an output folder `public` that does not exist yet.
fn handbook() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("content")).unwrap();
    folder
}

fn tree(files: &[(&str, &str)]) -> Tree {
    files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

/// Writes a site and keeps nothing in memory.
fn write<E: Send>(
    destination: &Destination<'_>,
    paths: &[String],
    produce: impl Fn(usize) -> Result<Content, E> + Sync,
) -> Result<Written, Failure<E>> {
    super::write(destination, paths, produce, Keep::Nothing, &Run::default())
}

fn build_with(root: &TempDir, site: &Tree, adopt: bool) -> Result<Written, Failure<Infallible>> {
    let output = root.path().join("public");
    let destination = Destination { root: root.path(), output: &output, adopt, typed: true };
    let paths: Vec<String> = site.keys().cloned().collect();
    write(&destination, &paths, |index| Ok(Content::Text(site[&paths[index]].clone())))
}

fn build(root: &TempDir, site: &Tree) -> Written {
    build_with(root, site, false).unwrap()
}

fn error(result: Result<Written, Failure<Infallible>>) -> String {
    result.unwrap_err().to_string()
}

/// Everything below a folder: files with their text, folders with a `/`, links with their target.
fn read_tree(folder: &Path) -> Tree {
    let mut found = Tree::new();
    for entry in walkdir::WalkDir::new(folder).min_depth(1) {
        let entry = entry.unwrap();
        let mut name = entry.path().strip_prefix(folder).unwrap().display().to_string();
        let text = if entry.file_type().is_dir() {
            name.push('/');
            String::new()
        } else if entry.file_type().is_symlink() {
            format!("-> {}", fs::read_link(entry.path()).unwrap().display())
        } else {
            String::from_utf8_lossy(&fs::read(entry.path()).unwrap()).into_owned()
        };
        found.insert(name, text);
    }
    found
}

/// The files of a clean build of the site, including the manifest.
fn clean(site: &Tree) -> Tree {
    let root = handbook();
    build(&root, site);
    read_tree(&root.path().join("public"))
}

fn assert_is(root: &TempDir, site: &Tree) {
    assert_eq!(read_tree(&root.path().join("public")), clean(site));
    assert_no_staging(root);
}

fn assert_no_staging(root: &TempDir) {
    let beside: Vec<String> = read_tree(root.path()).into_keys().collect();
    assert!(!beside.iter().any(|name| name.contains("staging")), "{beside:?}");
}

#[test]
fn a_first_build_writes_everything_and_a_second_touches_nothing() {
    let root = handbook();
    let site = tree(&[("a/b/c.html", "c"), ("a/d.html", "d"), ("index.html", "")]);
    let written = build(&root, &site);
    assert_eq!((written.written, written.unchanged, written.bytes), (3, 0, 2));
    let public = root.path().join("public");
    let manifest = fs::read_to_string(public.join(MANIFEST)).unwrap();
    let lines: Vec<&str> = manifest.lines().skip(1).map(|line| &line[32..]).collect();
    assert_eq!(lines, ["  1  a/b/c.html", "  1  a/d.html", "  0  index.html"]);

    let times = || -> Vec<_> {
        [MANIFEST, "a/b/c.html", "index.html"]
            .map(|name| fs::metadata(public.join(name)).unwrap().modified().unwrap())
            .into()
    };
    let before = times();
    std::thread::sleep(std::time::Duration::from_millis(20));
    let written = build(&root, &site);
    assert_eq!((written.written, written.unchanged, written.bytes), (0, 3, 0));
    assert_eq!(times(), before);
    assert_is(&root, &site);
}

#[test]
fn only_what_changed_is_written_and_only_what_is_gone_removed() {
    let root = handbook();
    build(&root, &tree(&[("a/b/c.html", "c"), ("a/d.html", "d"), ("e.html", "e"), ("f", "f")]));
    let public = root.path().join("public");
    let before = fs::metadata(public.join("e.html")).unwrap().modified().unwrap();
    let site = tree(&[("a/d.html", "D"), ("e.html", "e"), ("new/x/y.html", "y")]);
    let written = build(&root, &site);
    assert_eq!((written.written, written.unchanged, written.removed), (2, 1, 2));
    assert_eq!(fs::metadata(public.join("e.html")).unwrap().modified().unwrap(), before);
    assert!(!public.join("a/b").exists(), "the folder became empty");
    assert_is(&root, &site);
}

#[test]
fn an_output_below_missing_folders_is_made_at_once() {
    let root = handbook();
    let output = root.path().join("build/x/../site/html");
    let destination = Destination { root: root.path(), output: &output, adopt: false, typed: true };
    let paths = ["a.html".to_owned()];
    write(&destination, &paths, |_| Ok::<_, Infallible>(Content::Text("a".into()))).unwrap();
    assert_eq!(read_tree(&root.path().join("build/site/html")), clean(&tree(&[("a.html", "a")])));
    assert_eq!(fs::read_dir(root.path()).unwrap().count(), 2, "content/ and build/");
}

#[test]
fn files_that_others_put_there_survive() {
    let root = handbook();
    let public = root.path().join("public");
    build(&root, &tree(&[("a/b.html", "b"), ("c.html", "c"), ("d/e.html", "e")]));
    fs::create_dir_all(public.join(".git/refs")).unwrap();
    fs::write(public.join(".git/HEAD"), "ref").unwrap();
    fs::write(public.join("a/precious.txt"), "precious").unwrap();
    fs::create_dir(public.join("empty")).unwrap();
    fs::write(public.join("c.html"), "changed by hand").unwrap();
    let written = build(&root, &tree(&[("x.html", "x")]));
    assert_eq!((written.removed, written.kept), (2, vec!["c.html".to_owned()]));
    let mut expected = clean(&tree(&[("x.html", "x")]));
    expected.extend(tree(&[
        (".git/", ""),
        (".git/refs/", ""),
        (".git/HEAD", "ref"),
        ("a/", ""),
        ("a/precious.txt", "precious"),
        ("empty/", ""),
        ("c.html", "changed by hand"),
    ]));
    assert_eq!(read_tree(&public), expected);
    // The file that was kept has changed hands: it is neither reported again nor overwritten.
    assert_eq!(build(&root, &tree(&[("x.html", "x")])).kept, Vec::<String>::new());
    assert!(
        error(build_with(&root, &tree(&[("c.html", "c")]), false))
            .contains("c.html` is a file with other content that canvasbook did not write")
    );
}

#[test]
fn a_folder_with_files_is_taken_over_only_with_the_flag() {
    let root = handbook();
    let public = root.path().join("public");
    fs::create_dir_all(public.join("a")).unwrap();
    fs::write(public.join("a/same.html"), "same").unwrap();
    fs::write(public.join("notes.txt"), "mine").unwrap();
    let before = read_tree(&public);
    let site = tree(&[("a/same.html", "same"), ("b.html", "b")]);
    assert!(error(build_with(&root, &site, false)).contains("--adopt"));
    assert_eq!(read_tree(&public), before);

    let clash = tree(&[("b.html", "b"), ("notes.txt", "ours")]);
    assert!(error(build_with(&root, &clash, true)).contains("notes.txt` is a file with other"));
    assert_eq!(read_tree(&public), before);

    let written = build_with(&root, &site, true).unwrap();
    assert_eq!((written.written, written.unchanged), (1, 1));
    let mut expected = clean(&site);
    expected.insert("notes.txt".into(), "mine".into());
    assert_eq!(read_tree(&public), expected);
    assert_eq!(build(&root, &site).unchanged, 2, "the flag is needed once");
}

#[test]
fn files_and_folders_change_places() {
    let root = handbook();
    let one = tree(&[("a", "file"), ("b/c/d.html", "d"), ("b/e.html", "e"), ("x.html", "x")]);
    let two = tree(&[("a/b/c.html", "c"), ("b", "file"), ("x.html", "x")]);
    build(&root, &one);
    let written = build(&root, &two);
    assert_eq!((written.written, written.unchanged, written.removed), (2, 1, 3));
    assert_is(&root, &two);
    build(&root, &one);
    assert_is(&root, &one);

    fs::write(root.path().join("public/b/c/mine.txt"), "mine").unwrap();
    let before = read_tree(&root.path().join("public"));
    assert!(error(build_with(&root, &two, false)).contains("mine.txt` is something that"));
    assert_eq!(read_tree(&root.path().join("public")), before);
}

#[test]
fn a_name_that_changes_only_its_case_is_moved() {
    let root = handbook();
    build(&root, &tree(&[("About/Us.html", "us")]));
    let site = tree(&[("about/us.html", "us")]);
    build(&root, &site);
    assert_is(&root, &site);
}

#[test]
fn copies_are_whole_and_have_ordinary_permissions() {
    let root = handbook();
    let source = root.path().join("content/big.bin");
    let big: Vec<u8> = (0..300_000_u32).map(|number| (number % 251) as u8).collect();
    fs::write(&source, &big).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(&source, fs::Permissions::from_mode(0o700)).unwrap();
    }
    let output = root.path().join("public");
    let destination = Destination { root: root.path(), output: &output, adopt: false, typed: true };
    let paths = ["big.bin".to_owned(), "page.html".to_owned()];
    let produce = |index: usize| {
        Ok::<_, Infallible>(match index {
            0 => Content::CopyOf(source.clone()),
            _ => Content::Bytes(vec![b'x'; CHUNK_AND_MORE]),
        })
    };
    assert_eq!(write(&destination, &paths, produce).unwrap().written, 2);
    assert_eq!(fs::read(output.join("big.bin")).unwrap(), big);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = |name: &str| fs::metadata(output.join(name)).unwrap().permissions().mode();
        assert_eq!(mode("big.bin"), mode("page.html"), "as the umask says");
        assert_eq!(mode("big.bin") & 0o111, 0, "not the source's own");
    }
    assert_eq!(write(&destination, &paths, produce).unwrap().unchanged, 2);
    let mut changed = big.clone();
    changed[299_999] ^= 1;
    fs::write(&source, &changed).unwrap();
    assert_eq!(write(&destination, &paths, produce).unwrap().written, 1);
    assert_eq!(fs::read(output.join("big.bin")).unwrap(), changed);
}

/// Exactly as many bytes as are read at once, so that the end falls between two pieces.
const CHUNK_AND_MORE: usize = manifest::CHUNK * 2;

#[test]
fn paths_that_no_site_can_have_are_refused() {
    let root = handbook();
    for wrong in ["../x", "/x", "a//b", "a/./b", "", "a\nb", "a\\b", "c:/x", ".canvasbook-manifest"]
    {
        let message = error(build_with(&root, &tree(&[(wrong, "")]), false));
        assert!(message.contains("cannot be a file of the site"), "{message}");
    }
    assert!(
        error(build_with(&root, &tree(&[("a", ""), ("a-b", ""), ("a/b", "")]), false))
            .contains("both a file and a folder")
    );
    let output = root.path().join("public");
    let destination = Destination { root: root.path(), output: &output, adopt: false, typed: true };
    let twice = ["a".to_owned(), "a".to_owned()];
    let result = write(&destination, &twice, |_| Ok::<_, Infallible>(Content::Bytes(vec![])));
    assert!(result.unwrap_err().to_string().contains("claimed twice"));
    assert!(!output.exists());
}

#[test]
fn a_forged_manifest_removes_nothing_outside() {
    let root = handbook();
    build(&root, &tree(&[("a.html", "a")]));
    fs::write(root.path().join("content/a.html"), "a").unwrap();
    let manifest = root.path().join("public").join(MANIFEST);
    let text = fs::read_to_string(&manifest).unwrap();
    fs::write(&manifest, text.replace("a.html", "../content/a.html")).unwrap();
    assert!(error(build_with(&root, &tree(&[("b.html", "b")]), false)).contains("--adopt"));
    let written = build_with(&root, &tree(&[("b.html", "b")]), true).unwrap();
    assert_eq!((written.written, written.removed), (1, 0));
    assert!(root.path().join("content/a.html").exists());
    assert!(root.path().join("public/a.html").exists(), "foreign by now");
}

#[test]
fn two_sites_are_byte_equal_whatever_the_threads() {
    let site: Tree = (0..200).map(|n| (format!("p{n:03}/x.html"), format!("{n}"))).collect();
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    let many = rayon::ThreadPoolBuilder::new().num_threads(8).build().unwrap();
    assert_eq!(one.install(|| clean(&site)), many.install(|| clean(&site)));
}
