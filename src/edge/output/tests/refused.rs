//! Folders that are never written to, and links that are never followed.

use super::*;

fn settle(root: &Path, output: &Path, home: Option<&Path>) -> Result<(), String> {
    let destination = Destination { root, output, adopt: true, typed: true };
    destination.settle_for(home).map(|_| ()).map_err(|error| error.to_string())
}

#[test]
fn sources_home_and_root_are_refused_even_with_the_flag() {
    let outer = tempfile::tempdir().unwrap();
    let root = outer.path().join("handbook");
    for folder in ["content/a", "static", "themes/x", ".git", "public", "docs"] {
        fs::create_dir_all(root.join(folder)).unwrap();
    }
    let before = read_tree(outer.path());
    let cases = [
        ("/", "is the root of the file system"),
        (".", "is the handbook's own folder"),
        ("..", "is the handbook's own folder"),
        ("public/..", "is the handbook's own folder"),
        ("new/..", "is the handbook's own folder"),
        ("content", "folder `content`"),
        ("content/a", "folder `content`"),
        ("content/new/deep", "folder `content`"),
        ("Content/x", "folder `content`"),
        ("public/../static/x", "folder `static`"),
        ("themes", "folder `themes`"),
        (".git/x", "folder `.git`"),
    ];
    for (output, why) in cases {
        let message = settle(&root, &root.join(output), None).unwrap_err();
        assert!(message.contains(why), "{output}: {message}");
    }
    for home in [&*root.join("public"), &*root.join("public/user")] {
        fs::create_dir_all(home).unwrap();
        let message = settle(&root, &root.join("public"), Some(home)).unwrap_err();
        assert!(message.contains("home folder"), "{message}");
    }
    fs::remove_dir(root.join("public/user")).unwrap();
    assert_eq!(settle(&root, &root.join("public"), Some(&root)), Ok(()), "below it is fine");
    // `~` is a name like any other: expanding it is the shell's work.
    assert_eq!(settle(&root, &root.join("~"), Some(outer.path())), Ok(()));
    assert_eq!(read_tree(outer.path()), before);
}

#[test]
fn a_file_is_no_output() {
    let root = handbook();
    fs::write(root.path().join("public"), "mine").unwrap();
    assert!(error(build_with(&root, &tree(&[("a", "")]), true)).contains("is not a folder"));
    let below = settle(root.path(), &root.path().join("public/x"), None);
    assert!(below.unwrap_err().contains("is not a folder"));
    assert_eq!(fs::read_to_string(root.path().join("public")).unwrap(), "mine");
}

#[test]
fn a_foreign_folder_in_the_stagings_place_is_left_alone() {
    let root = handbook();
    let precious = root.path().join(".canvasbook-staging-public/tree");
    fs::create_dir_all(&precious).unwrap();
    fs::write(precious.join("x"), "precious").unwrap();
    let before = read_tree(root.path());
    for exists in [false, true] {
        let error = error(build_with(&root, &tree(&[("a", "")]), true));
        assert!(error.contains("staging-public` is a"), "{error}");
        if !exists {
            assert_eq!(read_tree(root.path()), before);
            fs::create_dir(root.path().join("public")).unwrap();
        }
    }
    assert!(!root.path().join("public/a").exists());
    assert_eq!(fs::read_to_string(precious.join("x")).unwrap(), "precious");
}

#[test]
fn a_folder_in_a_files_place_is_named_and_kept() {
    let root = handbook();
    build(&root, &tree(&[("a.html", "a"), ("b.html", "b")]));
    let public = root.path().join("public");
    fs::remove_file(public.join("b.html")).unwrap();
    fs::create_dir(public.join("b.html")).unwrap();
    fs::write(public.join("b.html/mine"), "").unwrap();
    fs::remove_file(public.join(MANIFEST)).unwrap();
    fs::create_dir(public.join(MANIFEST)).unwrap();
    let before = read_tree(&public);
    let site = tree(&[("a.html", "new"), ("b.html", "b")]);
    assert!(error(build_with(&root, &site, false)).contains("manifest` is a link, a folder or"));
    assert_eq!(read_tree(&public), before);
    fs::remove_dir(public.join(MANIFEST)).unwrap();
    assert!(error(build_with(&root, &tree(&[("b.html", "b")]), true)).contains("mine` is"));
    assert!(public.join("b.html/mine").exists());
}

#[cfg(unix)]
mod links {
    use super::*;
    use std::os::unix::fs::symlink;

    #[test]
    fn an_output_that_is_a_link_is_judged_by_its_target() {
        let root = handbook();
        let elsewhere = tempfile::tempdir().unwrap();
        let at = |name: &str| root.path().join(name);
        symlink(at("content"), at("to-content")).unwrap();
        symlink(root.path(), at("to-root")).unwrap();
        symlink(elsewhere.path(), at("public")).unwrap();
        symlink(at("nowhere"), at("broken")).unwrap();
        for (output, why) in [
            ("to-content", "folder `content`"),
            ("to-content/new", "folder `content`"),
            ("to-root", "handbook's own folder"),
            ("to-root/content/x", "folder `content`"),
            ("to-root/../x/..", "handbook's own folder"),
            ("broken", "broken link"),
            ("broken/x", "broken link"),
        ] {
            let message = settle(root.path(), &at(output), None).unwrap_err();
            assert!(message.contains(why), "{output}: {message}");
        }
        let site = tree(&[("a.html", "a")]);
        build(&root, &site);
        assert_eq!(read_tree(elsewhere.path()), clean(&site));
    }

    #[test]
    fn only_a_typed_path_leaves_the_root() {
        let root = handbook();
        let elsewhere = tempfile::tempdir().unwrap();
        let at = |name: &str| root.path().join(name);
        fs::create_dir(at("site")).unwrap();
        symlink(elsewhere.path(), at("out")).unwrap();
        symlink("site", at("in")).unwrap();
        symlink("..", at("site/up")).unwrap();
        let why = |output: &str| {
            let refusal = refusal(root.path(), &at(output))?;
            let destination =
                Destination { root: root.path(), output: &at(output), adopt: true, typed: false };
            let error = destination.settle().err().expect("it is refused as well");
            assert!(error.to_string().contains(&refusal.to_string()), "{error}");
            Some(refusal)
        };
        for outside in ["out", "out/new", "out/new/er", "site/up/out", "site/new/../../out"] {
            assert_eq!(why(outside), Some(Refusal::Outside), "{outside}");
            assert_eq!(settle(root.path(), &at(outside), None), Ok(()), "{outside}");
        }
        assert_eq!(why("site/up"), Some(Refusal::Handbook));
        for inside in ["in", "in/new", "site/up/new", "new/er"] {
            assert_eq!(why(inside), None, "{inside}");
        }
    }

    #[test]
    fn sources_behind_a_link_are_sources() {
        let root = tempfile::tempdir().unwrap();
        let shared = tempfile::tempdir().unwrap();
        fs::create_dir(shared.path().join("texts")).unwrap();
        symlink(shared.path().join("texts"), root.path().join("content")).unwrap();
        for output in [shared.path().join("texts/x"), shared.path().to_owned()] {
            let message = settle(root.path(), &output, None).unwrap_err();
            assert!(message.contains("folder `content`"), "{message}");
        }
    }

    /// In a claimed output, `place` becomes a link to a precious file or folder; neither a build
    /// that writes there nor one that removes something there may touch its target.
    fn check_link(place: &str, target: &str, site_after: &Tree, expected: Result<(), &str>) {
        let root = handbook();
        let precious = tempfile::tempdir().unwrap();
        fs::create_dir(precious.path().join("folder")).unwrap();
        for name in ["file", "folder/b.html"] {
            fs::write(precious.path().join(name), "b").unwrap();
        }
        build(&root, &tree(&[("a/b.html", "b"), ("c.html", "b")]));
        let public = root.path().join("public");
        let link = public.join(place);
        if link.is_dir() { fs::remove_dir_all(&link) } else { fs::remove_file(&link) }.unwrap();
        symlink(precious.path().join(target), &link).unwrap();
        let (before, output_before) = (read_tree(precious.path()), read_tree(&public));
        let result = build_with(&root, site_after, false);
        assert_eq!(read_tree(precious.path()), before);
        match expected {
            Ok(()) => assert_eq!(result.unwrap().kept.len(), 1),
            Err(why) => {
                let message = error(result);
                assert!(message.contains(why), "{message}");
                assert_eq!(read_tree(&public), output_before);
            }
        }
    }

    #[test]
    fn a_link_in_a_files_place_is_not_written_through() {
        let site = tree(&[("a/b.html", "new"), ("c.html", "new")]);
        check_link("c.html", "file", &site, Err("c.html` is a link"));
        check_link("c.html", "nowhere", &site, Err("c.html` is a link"));
        check_link("a/b.html", "folder", &site, Err("b.html` is a link"));
    }

    #[test]
    fn a_link_in_a_folders_place_is_not_written_through() {
        let site = tree(&[("a/b.html", "new"), ("c.html", "b")]);
        check_link("a", "folder", &site, Err("a` is a link"));
    }

    #[test]
    fn nothing_is_removed_through_a_link() {
        check_link("a", "folder", &tree(&[("c.html", "b")]), Ok(()));
        check_link("c.html", "file", &tree(&[("a/b.html", "b")]), Ok(()));
    }

    #[test]
    fn a_link_in_the_manifests_or_stagings_place_is_refused() {
        let precious = tempfile::tempdir().unwrap();
        let kept = precious.path().join("kept");
        fs::write(&kept, "kept").unwrap();
        let site = tree(&[("a.html", "a")]);
        for (name, target) in [
            ("public/.canvasbook-manifest", &*kept),
            (".canvasbook-staging-public", precious.path()),
        ] {
            let root = handbook();
            fs::create_dir(root.path().join("public")).unwrap();
            symlink(target, root.path().join(name)).unwrap();
            let message = error(build_with(&root, &site, true));
            assert!(message.contains("that canvasbook did not write"), "{message}");
            assert_eq!(fs::read_dir(precious.path()).unwrap().count(), 1);
            assert_eq!(fs::read_to_string(&kept).unwrap(), "kept");
        }
    }
}
