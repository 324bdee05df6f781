//! What is kept beside a site, and when it is not.

use super::*;

use crate::edge::origin::Mark;

fn mark() -> Mark {
    Mark { looks: 1, young: vec![], contents: 2 }
}

/// Builds and keeps a note; `meanwhile` happens when the site stands there and is not looked at yet.
fn build_and_keep(root: &TempDir, site: &Tree, note: &str, meanwhile: impl FnOnce(&Path)) {
    let output = root.path().join("public");
    let destination = Destination { root: root.path(), output: &output, adopt: false };
    let paths: Vec<String> = site.keys().cloned().collect();
    let place = destination.settle().unwrap();
    let staging = Staging::claim(&place).unwrap();
    let old = match &place {
        Site::Absent { .. } => Manifest::default(),
        Site::Present { output } => Manifest::read(output, false).unwrap(),
    };
    let produce = |index: usize| Ok::<_, Infallible>(Content::Text(site[&paths[index]].clone()));
    let plan = Plan::make(&place, &old, &staging, &paths, &produce, &|_| None).unwrap();
    place::apply(&place::steps(&plan, &place, &staging).unwrap()).unwrap();
    meanwhile(&output);
    key::keep(&plan, &place, &staging, &mark(), note);
}

fn kept(root: &TempDir) -> Option<(String, usize)> {
    let output = root.path().join("public");
    let destination = Destination { root: root.path(), output: &output, adopt: false };
    untouched(&destination).map(|kept| {
        assert_eq!(kept.origin, mark());
        (kept.note, kept.files)
    })
}

#[test]
fn a_note_comes_back_while_the_output_is_untouched() {
    let root = handbook();
    let site = tree(&[("a/b.html", "b"), ("c.html", "c"), ("d.html", "d")]);
    assert_eq!(kept(&root), None);
    build_and_keep(&root, &site, "one", |_| {});
    assert_eq!(kept(&root), Some(("one".to_owned(), 3)));
    assert_no_staging(&root);
    build_and_keep(&root, &site, "two", |_| {});
    assert_eq!(kept(&root), Some(("two".to_owned(), 3)), "a site that was compared");
    // A run that keeps nothing leaves the key, which is still true, where it leaves the rest.
    build(&root, &site);
    assert_eq!(kept(&root), Some(("two".to_owned(), 3)));
    build(&root, &tree(&[("a/b.html", "b"), ("c.html", "!"), ("d.html", "d")]));
    assert_eq!(kept(&root), None);
    build(&root, &site);
    assert_eq!(kept(&root), None, "the same content in another file");
}

#[test]
fn what_somebody_else_does_meanwhile_is_not_vouched_for() {
    let site = tree(&[("a/b.html", "b"), ("c.html", "c")]);
    for exists in [false, true] {
        let root = handbook();
        if exists {
            build(&root, &site);
        }
        build_and_keep(&root, &site, "", |output| fs::write(output.join("c.html"), "!").unwrap());
        assert_eq!(kept(&root), None);
        build_and_keep(&root, &site, "", |output| fs::remove_file(output.join("c.html")).unwrap());
        assert_eq!(kept(&root), None);
        build_and_keep(&root, &site, "", |output| {
            fs::rename(output.join("a"), output.join("x")).unwrap();
            fs::write(output.join("a"), "").unwrap();
        });
        assert_eq!(kept(&root), None);
    }
}

#[test]
fn a_key_is_no_file_of_somebody_else() {
    let root = handbook();
    let site = tree(&[("a.html", "a")]);
    build_and_keep(&root, &site, "", |_| {});
    let public = root.path().join("public");
    assert!(public.join(KEY).is_file());
    // Without its manifest the folder is anybody's, with or without a key.
    fs::remove_file(public.join(MANIFEST)).unwrap();
    assert_eq!(kept(&root), None);
    assert!(error(build_with(&root, &site, false)).contains("--adopt"));
    assert!(error(build_with(&root, &tree(&[(KEY, "")]), true)).contains("cannot be a file"));
}
