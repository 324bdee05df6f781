//! Handbooks on temporary folders. Nothing here relies on permissions, so that the tests work for
//! root as well: what cannot be read is a folder in a file's place, a link into nothing, or a file
//! of /proc that always fails.

use super::*;

use tempfile::TempDir;

/// A handbook with the given files; a name that ends in `/` is a folder.
fn handbook(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in files {
        let path = folder.path().join(name);
        if name.ends_with('/') {
            fs::create_dir_all(path).unwrap();
        } else {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, content).unwrap();
        }
    }
    folder
}

fn read_all(folder: &TempDir) -> Files {
    read(folder.path(), "default", &folder.path().join("public"))
}

fn names<T>(map: &BTreeMap<SourcePath, T>) -> Vec<&str> {
    map.keys().map(SourcePath::as_str).collect()
}

fn codes(files: &Files) -> Vec<(&str, &str)> {
    files
        .problems
        .iter()
        .map(|problem| (problem.code.as_str(), problem.location.file.as_str()))
        .collect()
}

#[test]
fn a_handbook_is_read_whole() {
    let folder = handbook(&[
        ("canvasbook.toml", b"title = \"T\""),
        ("content/b.md", b"b"),
        ("content/a/index.MD", b"a"),
        ("content/a/x.markdown", b""),
        ("content/a/picture.png", b"\x89PNG"),
        ("content/a/.hidden.md", b"no"),
        ("content/.git/x.md", b"no"),
        ("static/robots.txt", b"r"),
        ("static/read.md", b"an asset, since static/ is copied as it is"),
        ("themes/default/templates/page.html", b"<p>"),
        ("themes/default/logo.png", b"\x89PNG\xff"),
        ("themes/other/page.html", b"no"),
        ("README.md", b"not content"),
    ]);
    let files = read_all(&folder);
    assert_eq!(codes(&files), []);
    assert_eq!(&*files.config.as_ref().unwrap().text, "title = \"T\"");
    assert_eq!(
        names(&files.documents),
        ["content/a/index.MD", "content/a/x.markdown", "content/b.md"]
    );
    assert_eq!(
        names(&files.assets),
        ["content/a/picture.png", "static/read.md", "static/robots.txt"]
    );
    assert_eq!(fs::read(&files.assets[&SourcePath::new("static/robots.txt")]).unwrap(), b"r");
    assert_eq!(files.themes, ["default", "other"]);
    assert_eq!(
        files.theme.into_iter().collect::<Vec<_>>(),
        [
            ("logo.png".to_owned(), ThemeFile::Bytes((*b"\x89PNG\xff").into())),
            ("templates/page.html".to_owned(), ThemeFile::Text("<p>".into())),
        ]
    );
}

#[test]
fn an_empty_folder_is_an_empty_handbook() {
    let folder = handbook(&[]);
    let files = read_all(&folder);
    assert!(files.config.is_none() && files.documents.is_empty() && files.themes.is_empty());
    assert_eq!(codes(&files), [("no-content", "content")]);
}

#[test]
fn documents_are_known_by_their_extension() {
    assert!(is_markdown("x.Markdown") && !is_markdown(".md") && !is_markdown("md"));
}

#[test]
fn the_output_inside_the_content_is_left_out() {
    let folder = handbook(&[("content/a.md", b"a"), ("content/out/b.md", b"b")]);
    let files = read(folder.path(), "default", &folder.path().join("content/../content/out"));
    assert_eq!(names(&files.documents), ["content/a.md"]);
}

#[test]
fn bytes_that_are_not_utf8_are_placed_and_shown() {
    let folder = handbook(&[
        ("content/a.md", b"caf\xE9 au lait"),
        ("content/b.md", b"good"),
        ("content/bom.md", b"\xEF\xBB\xBF# T\r\n\0"),
        ("themes/default/page.html", b"\xFF"),
        ("canvasbook.toml", b"title = \"\xE9\""),
    ]);
    let files = read_all(&folder);
    assert_eq!(
        codes(&files),
        [
            ("not-utf8", "canvasbook.toml"),
            ("not-utf8", "content/a.md"),
            ("not-utf8", "themes/default/page.html"),
        ]
    );
    let problem = &files.problems[1];
    assert_eq!(problem.location.span, Span::new(3, 6));
    assert_eq!(problem.message, "this file is not UTF-8: the byte 0xE9 begins no character");
    let text = &files.texts[&problem.location.file];
    assert_eq!(problem.location.span.of(text), "\u{FFFD}");
    assert_eq!(&files.documents[&SourcePath::new("content/bom.md")][..4], "\u{FEFF}#");
    assert_eq!(names(&files.documents), ["content/b.md", "content/bom.md"]);
}

#[test]
fn a_file_above_the_cap_is_an_error_and_costs_no_reading() {
    let folder = handbook(&[("content/a.md", b"a"), ("content/big.md", b"")]);
    let big =
        fs::OpenOptions::new().write(true).open(folder.path().join("content/big.md")).unwrap();
    // A sparse file: its size is all that counts.
    big.set_len(LARGEST_TEXT + 1).unwrap();
    let files = read_all(&folder);
    assert_eq!(codes(&files), [("file-too-large", "content/big.md")]);
    assert_eq!(names(&files.documents), ["content/a.md"]);
}

#[test]
fn folders_that_stand_too_deep_are_told_and_not_read() {
    let file = |depth: usize| format!("content/{}a.md", "d/".repeat(depth));
    let paths = [file(0), file(64), file(65), file(130)];
    let files: Vec<(&str, &[u8])> = paths.iter().map(|path| (path.as_str(), &b"a"[..])).collect();
    let files = read_all(&handbook(&files));
    assert_eq!(names(&files.documents), [paths[0].as_str(), &paths[1]]);
    let told = paths[2].strip_suffix("/a.md").unwrap_or_default();
    assert_eq!(codes(&files), [("folder-too-deep", told)], "once, however much is below");
}

#[test]
fn the_root_is_found_from_below() {
    let folder = handbook(&[("a/content/b/c/", b""), ("a/b/canvasbook.toml", b"")]);
    let real = fs::canonicalize(folder.path()).unwrap();
    assert_eq!(find_root(&folder.path().join("a/content/b/c")), Some(real.join("a")));
    assert_eq!(find_root(&folder.path().join("a/b")), Some(real.join("a/b")));
    assert_eq!(find_root(&folder.path().join("a/b/../content")), Some(real.join("a")));
    assert_eq!(find_root(&folder.path().join("nowhere")), None);
}

#[test]
fn a_file_in_a_folders_place_and_a_folder_in_a_files_are_errors() {
    let folder = handbook(&[("content", b""), ("canvasbook.toml/", b""), ("static/a.css", b"")]);
    let files = read_all(&folder);
    assert_eq!(
        codes(&files),
        [("unreadable-file", "canvasbook.toml"), ("unreadable-file", "content")]
    );
    assert_eq!(names(&files.assets), ["static/a.css"]);
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
    use std::os::unix::fs::symlink;

    fn link(folder: &TempDir, from: &str, to: &str) {
        symlink(to, folder.path().join(from)).unwrap();
    }

    #[test]
    fn links_are_followed_inside_the_root_only() {
        let outside = handbook(&[("secret.md", b"secret"), ("folder/x.md", b"x")]);
        let folder = handbook(&[
            ("content/a.md", b"a"),
            ("shared/s.md", b"s"),
            ("shared/p.png", b"p"),
            (".env", b"secret"),
            ("public/index.html", b"built"),
        ]);
        let out = outside.path().to_str().unwrap();
        link(&folder, "content/en", "../shared");
        link(&folder, "content/fr", "../shared");
        link(&folder, "content/file.md", "a.md");
        link(&folder, "content/gone.md", "nowhere.md");
        link(&folder, "content/leaves.md", &format!("{out}/secret.md"));
        link(&folder, "content/leaves", &format!("{out}/folder"));
        link(&folder, "content/env.txt", "../.env");
        link(&folder, "content/site", "../public");
        let files = read_all(&folder);
        assert_eq!(
            codes(&files),
            [
                ("link-to-hidden", "content/env.txt"),
                ("unreadable-file", "content/gone.md"),
                ("link-leaves-handbook", "content/leaves"),
                ("link-leaves-handbook", "content/leaves.md"),
            ]
        );
        assert_eq!(
            names(&files.documents),
            ["content/a.md", "content/en/s.md", "content/file.md", "content/fr/s.md"]
        );
        assert_eq!(names(&files.assets), ["content/en/p.png", "content/fr/p.png"]);
    }

    #[test]
    fn a_content_folder_that_is_a_link_out_of_the_root_is_not_read() {
        let outside = handbook(&[("secret.md", b"secret")]);
        let folder = handbook(&[("canvasbook.toml", b"")]);
        link(&folder, "content", outside.path().to_str().unwrap());
        let files = read_all(&folder);
        // An error: nothing that was built from another content may be taken away because of it.
        assert_eq!(codes(&files), [("link-leaves-handbook", "content"), ("no-content", "content")]);
        assert!(files.documents.is_empty());
    }

    #[test]
    fn a_cycle_ends_with_one_diagnostic() {
        let folder = handbook(&[("content/a/x.md", b""), ("content/b/y.md", b"")]);
        link(&folder, "content/a/up", "../b");
        link(&folder, "content/b/back", "../a");
        let files = read_all(&folder);
        assert_eq!(codes(&files), [("link-cycle", "content/a/up/back")]);
        assert_eq!(
            names(&files.documents),
            ["content/a/up/y.md", "content/a/x.md", "content/b/back/x.md", "content/b/y.md"]
        );

        let folder = handbook(&[("content/a.md", b"")]);
        link(&folder, "content/root", "..");
        link(&folder, "content/self", ".");
        let files = read_all(&folder);
        assert_eq!(codes(&files), [("link-cycle", "content/root"), ("link-cycle", "content/self")]);
        assert_eq!(names(&files.documents), ["content/a.md"]);
    }

    #[test]
    fn links_that_multiply_are_capped() {
        let folder = handbook(&[("content/00/", b"")]);
        for level in 0..30 {
            let next = folder.path().join(format!("far/{:02}", level + 1));
            fs::create_dir_all(&next).unwrap();
            let here = if level == 0 { "content/00".to_owned() } else { format!("far/{level:02}") };
            for side in ["l", "r"] {
                symlink(&next, folder.path().join(&here).join(side)).unwrap();
            }
        }
        fs::write(folder.path().join("content/zz.md"), "").unwrap();
        let files = read_all(&folder);
        assert_eq!(files.problems.len(), 1);
        assert_eq!(files.problems[0].code, "too-many-links");
        assert_eq!(names(&files.documents), ["content/zz.md"]);
    }

    #[test]
    fn a_pipe_is_never_opened() {
        let folder = handbook(&[("content/a.md", b"a")]);
        let pipe = folder.path().join("content/pipe.md");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status();
        assert!(made.is_ok_and(|status| status.success()), "mkfifo is part of POSIX");
        std::os::unix::net::UnixListener::bind(folder.path().join("content/socket")).unwrap();
        link(&folder, "content/link.md", "pipe.md");
        let files = read_all(&folder);
        assert_eq!(
            codes(&files),
            [
                ("unreadable-file", "content/link.md"),
                ("unreadable-file", "content/pipe.md"),
                ("unreadable-file", "content/socket"),
            ]
        );
        assert_eq!(names(&files.documents), ["content/a.md"]);
    }

    /// Not every file system stores such a name; if it does, it is an error and the rest is read.
    #[test]
    fn a_name_that_is_not_utf8_is_an_error() {
        let folder = handbook(&[("content/a.md", b"a")]);
        let path = folder.path().join("content").join(OsStr::from_bytes(b"caf\xE9.md"));
        if fs::write(path, "x").is_ok() {
            let files = read_all(&folder);
            assert_eq!(codes(&files), [("path-not-utf8", "content/caf\u{FFFD}.md")]);
            assert_eq!(names(&files.documents), ["content/a.md"]);
        }
    }

    /// Root may read every file, so a file that fails for everybody takes the place of one without
    /// permission: reading the memory of a process at address 0 is refused to root as well.
    #[cfg(target_os = "linux")]
    #[test]
    fn a_file_that_fails_while_it_is_read_is_an_error() {
        let found =
            Found { path: SourcePath::new("content/a.md"), real: PathBuf::from("/proc/self/mem") };
        let Text::None(problem) = read_text(&found) else { panic!("it was read") };
        assert_eq!(problem.code, "unreadable-file");
    }
}
