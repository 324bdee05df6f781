//! A build with nothing to do looks and says so; whatever changed, it is noticed.
//!
//! A build that makes everything keeps a new key, and one that only looks writes nothing at all. So
//! the key is what shows a test which of the two it was.

use std::fs::{self, FileTimes};
use std::io::ErrorKind;
use std::path::Path;
use std::process::Command;
use std::thread;

use expect_test::expect;

use crate::handbook::{CANVAS, File, Handbook};
use crate::tree::{KEY, Tree};

/// Runs a build that succeeds; true where it only looked.
#[track_caller]
pub fn only_looked(handbook: &Handbook, line: &str) -> bool {
    let key = || File::at(&handbook.path("public").join(KEY));
    let before = handbook.path("public").join(KEY).exists().then(key);
    let files = handbook.files("public");
    handbook.run(line).status(0);
    let is_same = before.is_some_and(|before| before == key());
    assert!(!is_same || handbook.files("public") == files, "a build that looks writes nothing");
    is_same
}

/// Builds a second time, which only looks.
#[track_caller]
fn settle(handbook: &Handbook) {
    assert!(only_looked(handbook, "build"), "nothing changed");
}

/// Makes a change of a handbook that was built. It is noticed, and the output is what a clean build
/// writes; afterwards there is nothing to do again.
#[track_caller]
fn notices(handbook: &Handbook, what: &str, change: impl FnOnce()) {
    settle(handbook);
    change();
    assert!(!only_looked(handbook, "build"), "{what}");
    assert_eq!(handbook.tree("public").differences(&clean(handbook, "")), "", "{what}");
    settle(handbook);
}

/// What a build into a new folder writes.
#[track_caller]
pub fn clean(handbook: &Handbook, flags: &str) -> Tree {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let output = folder.path().join("site");
    let line = format!("build --quiet {flags} --output {}", output.display());
    handbook.run(&line).status(0);
    Tree::read(&output)
}

/// Does something to a file that keeps its time of change, as `touch -r`, `rsync --times` and
/// archives do.
pub fn keeping_its_time(path: &Path, change: impl FnOnce(&Path)) {
    let data = fs::metadata(path).expect("it is there");
    let times = FileTimes::new()
        .set_accessed(data.accessed().expect("the system keeps it"))
        .set_modified(data.modified().expect("the system keeps it"));
    change(path);
    let file = fs::File::options().write(true).open(path).expect("it can be opened");
    file.set_times(times).expect("its times can be set");
}

fn handbook() -> Handbook {
    let handbook = Handbook::new()
        .file("canvasbook.toml", "title = \"Bread\"\ntheme = \"house\"\n")
        .file("content/bakery.md", CANVAS)
        .file("content/about.md", "# About\n\nOne.\n")
        .file("static/a.txt", "one\n")
        .file("themes/house/assets/own.css", "a{}\n");
    assert!(!only_looked(&handbook, "build"), "there is nothing yet");
    handbook
}

#[test]
fn a_build_with_nothing_to_do_writes_nothing_and_says_the_same() {
    let handbook = handbook();
    let files = handbook.files("public").len() - 1;
    settle(&handbook);
    let said = handbook.run("build").status(0).stderr_is("");
    assert!(said.text().contains(&format!("public: 0 written, {files} unchanged, 0 removed")));
    // The same as a build that makes everything says.
    handbook.remove(&format!("public/{KEY}"));
    handbook.run("build").status(0).stderr_is("").stdout_is(said.text());
    settle(&handbook);
    handbook.run("build --quiet").status(0).stdout_is("").stderr_is("");
    handbook.run("build --format json").status(0).stdout_is("[]\n").stderr_is("");
    assert!(only_looked(&handbook, "build --adopt"));
    settle(&handbook);
}

#[test]
fn warnings_are_told_again_in_every_form() {
    let braces = "## Channels\n\n- **Shop** {owner=\"Mill}\n\n## Key Partners\n\n- Mill\n\n\
                  ## Key Activities\n\n### Baking\n\n- Bread\n";
    let handbook = Handbook::new().file("content/shop.md", braces);
    let forms = [
        "build",
        "build --quiet",
        "build --color always",
        "build --format json",
        "build --format github",
        "build --format sarif",
    ];
    for form in forms {
        handbook.run("build --quiet").status(0);
        assert!(only_looked(&handbook, form), "{form}");
        let looked = handbook.run(form).status(0);
        handbook.remove(&format!("public/{KEY}"));
        handbook.run(form).status(0).stdout_is(looked.text()).stderr_is(looked.messages());
    }
    settle(&handbook);
    handbook.run("build").status(0).stderr(expect![[r#"
        warning[unread-attributes]: these braces are shown as text
         --> content/shop.md:3:12
          |
        3 | - **Shop** {owner="Mill}
          |            ^^^^^^^^^^^^^ not read as attributes
          |
          = help: write `{#id .class key=value key="two words"}`, directly behind the name or at the end of the first line

        1 warning in 1 file
    "#]]);
}

#[test]
fn every_change_of_the_sources_is_noticed() {
    let handbook = handbook();
    let at = |path: &str| handbook.path(path);
    let rename = |from: &str, to: &str| fs::rename(at(from), at(to)).expect("can be renamed");
    notices(&handbook, "a text of the same length", || {
        handbook.write("content/about.md", "# About\n\nTwo.\n");
    });
    notices(&handbook, "a file that was added", || handbook.write("content/new.md", "# New\n"));
    notices(&handbook, "a file with another name", || rename("content/new.md", "content/old.md"));
    notices(&handbook, "a file that is gone", || handbook.remove("content/old.md"));
    notices(&handbook, "a file that is copied", || handbook.write("static/a.txt", "two\n"));
    notices(&handbook, "a file of the theme", || {
        handbook.write("themes/house/assets/own.css", "b{}\n");
    });
    notices(&handbook, "a file that was added to the theme", || {
        handbook.write("themes/house/assets/more.css", "c{}\n");
    });
    notices(&handbook, "the configuration", || {
        handbook.write("canvasbook.toml", "title = \"Toast\"\ntheme = \"house\"\n");
    });
    notices(&handbook, "a folder with another name", || {
        handbook.write("content/retail/shop.md", "# Shop\n");
        rename("content/retail", "content/trade");
    });
    notices(&handbook, "no configuration", || handbook.remove("canvasbook.toml"));
}

#[cfg(unix)]
#[test]
fn a_change_that_hides_its_time_is_noticed() {
    let handbook = handbook();
    let about = handbook.path("content/about.md");
    let text = |word: &str| format!("# About\n\n{word}.\n");
    notices(&handbook, "written to", || {
        keeping_its_time(&about, |path| fs::write(path, text("Two")).expect("can be written"));
    });
    notices(&handbook, "replaced", || {
        keeping_its_time(&about, |path| {
            fs::write(path.with_extension("new"), text("Ten")).expect("can be written");
            fs::rename(path.with_extension("new"), path).expect("can be renamed");
        });
    });
    notices(&handbook, "exchanged for one that is as old", || {
        handbook.write("aside.md", text("Six"));
        let data = fs::metadata(&about).expect("it is there");
        let times = FileTimes::new().set_modified(data.modified().expect("the system keeps it"));
        let aside = fs::File::options().write(true).open(handbook.path("aside.md"));
        aside.and_then(|file| file.set_times(times)).expect("its time can be set");
        fs::rename(handbook.path("aside.md"), &about).expect("can be renamed");
    });
}

#[cfg(unix)]
#[test]
fn links_are_looked_at_where_they_lead() {
    use std::os::unix::fs::symlink;
    let handbook = handbook();
    handbook.write("aside/one.md", "# One\n\nOne.\n");
    handbook.write("aside/two.md", "# Two\n\nTwo.\n");
    let link = handbook.path("content/linked.md");
    notices(&handbook, "a link that was added", || {
        symlink("../aside/one.md", &link).expect("can be made");
    });
    notices(&handbook, "the file behind a link", || {
        handbook.write("aside/one.md", "# One\n\nSix.\n");
    });
    notices(&handbook, "a link that leads elsewhere", || {
        fs::remove_file(&link).expect("can be removed");
        symlink("../aside/two.md", &link).expect("can be made");
    });
    notices(&handbook, "a folder behind a link", || {
        symlink("../aside", handbook.path("content/both")).expect("can be made");
    });
    notices(&handbook, "a file in it", || handbook.write("aside/more.md", "# More\n"));
    notices(&handbook, "a link that leads in circles", || {
        symlink("..", handbook.path("content/round")).expect("can be made");
    });
    // What is told of it names no text.
    let looked = handbook.run("build").status(0);
    assert!(looked.messages().contains("warning[link-"), "{}", looked.messages());
    handbook.remove(&format!("public/{KEY}"));
    handbook.run("build").status(0).stderr_is(looked.messages());
}

#[test]
fn other_flags_and_folders_are_noticed() {
    let handbook = handbook();
    handbook.write("content/plan.md", "+++\ndraft = true\n+++\n# Plan\n");
    assert!(!only_looked(&handbook, "build --drafts"));
    assert!(only_looked(&handbook, "build --drafts"));
    assert!(!only_looked(&handbook, "build"), "without drafts");
    assert!(!handbook.path("public/plan.html").exists());
    settle(&handbook);
    // Elsewhere there is nothing yet, and what is here is of this handbook no more.
    handbook.run("build --quiet --output site").status(0);
    assert!(handbook.path("site/about.html").is_file());
    let other = Handbook::new().file("content/other.md", "# Other\n");
    let public = handbook.path("public");
    let line = format!("build --quiet --output {}", public.display());
    other.run(&line).status(0);
    assert!(public.join("other.html").is_file() && !public.join("about.html").exists());
    assert!(!only_looked(&handbook, "build"), "another handbook's site stood there");
    assert!(public.join("about.html").is_file() && !public.join("other.html").exists());
}

#[test]
fn what_others_do_to_the_output_is_noticed() {
    let handbook = handbook();
    let page = handbook.path("public/about.html");
    notices(&handbook, "a page that was written to", || {
        handbook.write("public/about.html", "<h1>By hand</h1>\n");
    });
    notices(&handbook, "a page that is gone", || handbook.remove("public/about.html"));
    notices(&handbook, "a copied file that is gone", || handbook.remove("public/a.txt"));
    notices(&handbook, "an assets folder that is gone", || {
        fs::remove_dir_all(handbook.path("public/assets")).expect("can be removed");
    });
    notices(&handbook, "a page whose last byte is another", || {
        let mut bytes = fs::read(&page).expect("is there");
        *bytes.last_mut().expect("it is not empty") = b' ';
        fs::write(&page, bytes).expect("can be written");
    });
    notices(&handbook, "a copy in the place of the output", || {
        let aside = handbook.path("aside");
        fs::rename(handbook.path("public"), &aside).expect("can be renamed");
        for path in crate::tree::paths(&aside) {
            let bytes = fs::read(aside.join(&path)).expect("is there");
            handbook.write(&format!("public/{path}"), bytes);
        }
    });
    settle(&handbook);
    handbook.write("public/notes.txt", "mine\n");
    assert!(only_looked(&handbook, "build"), "a file of somebody else makes no difference");
    handbook.remove("public/notes.txt");
    handbook.write("public/.canvasbook-staging/.canvasbook-lock", "");
    assert!(!only_looked(&handbook, "build"), "a run that was killed left something to clear");
    assert!(!handbook.path("public/.canvasbook-staging").exists());
}

#[cfg(unix)]
#[test]
fn an_output_behind_a_link_is_refused_as_ever() {
    let handbook = handbook();
    settle(&handbook);
    // The very same files, no longer where they were written.
    let assets = handbook.path("public/assets");
    fs::rename(&assets, handbook.path("aside")).expect("can be renamed");
    std::os::unix::fs::symlink("../aside", &assets).expect("can be made");
    handbook.run("build").status(2).stdout_is("");
}

#[cfg(unix)]
#[test]
fn an_edited_page_that_hides_its_time_is_restored() {
    let handbook = handbook();
    let page = handbook.path("public/about.html");
    notices(&handbook, "a page that was written to", || {
        keeping_its_time(&page, |path| {
            let bytes = fs::read(path).expect("is there");
            fs::write(path, bytes.to_ascii_uppercase()).expect("can be written");
        });
    });
}

#[test]
fn another_program_is_noticed() {
    let handbook = handbook();
    settle(&handbook);
    let other = handbook.path("aside-program");
    fs::copy(env!("CARGO_BIN_EXE_canvasbook"), &other).expect("can be copied");
    let key = || File::at(&handbook.path("public").join(KEY));
    let before = key();
    let mut command = handbook.command("build");
    let mut run = Command::new(&other);
    run.args(command.get_args()).arg("--quiet").current_dir(handbook.path(""));
    // Other tests start programs too, and for a moment these hold the file that is written here.
    let status = loop {
        match run.status() {
            Err(error) if error.kind() == ErrorKind::ExecutableFileBusy => thread::yield_now(),
            status => break status.expect("can be started"),
        }
    };
    assert!(status.success());
    assert!(key() != before, "what another program made may differ");
    let before = key();
    handbook.run_command(&mut run).status(0);
    assert!(key() == before);
    handbook.run_command(&mut command).status(0);
    assert!(key() != before);
}

#[test]
fn a_key_that_is_damaged_or_made_up_is_ignored() {
    let handbook = handbook();
    settle(&handbook);
    let place = format!("public/{KEY}");
    let key = fs::read_to_string(handbook.path(&place)).expect("is there");
    let wrong = [
        String::new(),
        "\u{0}".repeat(key.len()),
        key.replace("\"pages\":", "\"pages\":1"),
        key.replace("key 1", "key 2"),
        key[..key.len() / 2].to_owned(),
        format!("{key}{key}"),
    ];
    for wrong in wrong {
        handbook.write(&place, &wrong);
        assert!(!only_looked(&handbook, "build"), "{wrong}");
        settle(&handbook);
    }
    handbook.write(&place, b"\xff\xfe");
    handbook.run("build --quiet").status(0);
    handbook.remove(&place);
    handbook.write(&format!("{place}/a"), "a folder in its place");
    handbook.run("build --quiet").status(0);
    handbook.run("build --quiet").status(0);
    assert_eq!(handbook.tree("public").0[&format!("{KEY}/a")], b"a folder in its place");
}

#[test]
fn a_build_that_fails_keeps_nothing_and_the_next_tells_it_again() {
    let handbook = handbook();
    settle(&handbook);
    handbook.write("content/about.md", "# About\n\n[gone](gone.md)\n");
    for _ in 0..2 {
        assert!(handbook.run("build").status(1).messages().contains("gone.md"));
    }
    // The old text with another time: the site is right, which only a build finds out.
    notices_nothing_but(&handbook, "# About\n\nOne.\n");
}

/// Writes the text that the site was made from; a build finds that nothing is to be written.
#[track_caller]
fn notices_nothing_but(handbook: &Handbook, text: &str) {
    handbook.write("content/about.md", text);
    assert!(!only_looked(handbook, "build"));
    settle(handbook);
    assert_eq!(handbook.tree("public").differences(&clean(handbook, "")), "");
}
