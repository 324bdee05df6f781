//! `canvasbook watch`: what it builds when, what it prints, and that only its own end stops it.

use std::fs;
use std::thread;
use std::time::{Duration, Instant};

use expect_test::expect;

use crate::handbook::{CANVAS, Handbook};
use crate::tree::Tree;
use crate::watching::{QUIET, Watching, clean};

/// A handbook with a theme of its own that changes nothing yet.
fn themed() -> Handbook {
    Handbook::new()
        .file("canvasbook.toml", "title = \"Bakeries\"\ntheme = \"ours\"\n")
        .file("themes/ours/templates/note.txt", "")
        .file("content/bakery.md", CANVAS)
        .file("content/index.md", "# Home\n\nWelcome.\n")
        .file("content/page.md", "# Page\n\nText.\n")
}

#[test]
fn a_line_tells_of_each_build() {
    let handbook = themed();
    let watching = Watching::begin(&handbook, "watch");
    let first = watching.line();
    assert!(first.starts_with("Built ") && first.contains(" pages in public: "), "{first}");
    while watching.line() != "Watching for changes; Ctrl-C ends it" {}
    handbook.write("content/index.md", "# Home\n\nHello.\n");
    let build = watching.build();
    assert_eq!(build.what, "content/index.md");
    assert!(
        // The page, its words and its record in the search.
        build.did.starts_with("3 written, ") && build.did.ends_with(", 0 removed"),
        "{build:?}"
    );
    fs::rename(handbook.path("content/bakery.md"), handbook.path("content/mill.md")).expect("can");
    let build = watching.build();
    assert_eq!(build.what, "2 files");
    assert!(build.did.ends_with(", 3 removed"), "{build:?}");
    let public = handbook.tree("public");
    assert!(public.0.contains_key("mill.html") && !public.0.contains_key("bakery.html"));
    handbook.remove("content/mill.md");
    assert_eq!(watching.build().what, "content/mill.md");
    assert!(!handbook.path("public/mill.html").exists());
    assert_eq!(watching.messages(), "");
    watching.ends_equal_to_a_clean_build("public");
}

#[test]
fn quiet_prints_mistakes_only() {
    let handbook = themed();
    let watching = Watching::begin(&handbook, "watch --quiet");
    let appears = |path: &str| {
        let end = Instant::now() + Duration::from_secs(60);
        while !handbook.path(path).exists() {
            assert!(Instant::now() < end, "{path} never appears");
            thread::sleep(Duration::from_millis(20));
        }
    };
    appears("public/index.html");
    handbook.write("content/broken.md", "+++\ntitle =\n+++\n");
    thread::sleep(Duration::from_millis(1));
    let end = Instant::now() + Duration::from_secs(60);
    let mut messages = String::new();
    while !messages.contains("1 error in 1 file") {
        assert!(Instant::now() < end, "{messages}");
        messages.push_str(&watching.messages());
        thread::sleep(Duration::from_millis(20));
    }
    handbook.write("content/broken.md", "# Mended\n");
    appears("public/broken.html");
    assert_eq!(watching.builds(Duration::ZERO), []);
}

#[test]
fn mistakes_are_told_once_and_leave_the_site_as_it_was() {
    let handbook = themed();
    let watching = Watching::start(&handbook, "watch");
    let good = handbook.files("public");
    let config = "title = \"Bakeries\"\ntheme = \"ours\"\n";
    let broken = [
        ("canvasbook.toml", "title = \n", Some(config), "canvasbook.toml:1:"),
        ("content/index.md", "+++\ntitle = 7\n+++\n", Some("# Home\n\nWelcome.\n"), "index.md:2:"),
        ("themes/ours/templates/canvas.html", "{% if %}", None, "templates/canvas.html:1:"),
        ("themes/ours/templates/page.html", "{{ no_such }}", None, "templates/page.html:1:"),
    ];
    for _ in 0..5 {
        for (path, bad, mended, place) in broken {
            handbook.write(path, bad);
            let build = watching.build();
            assert_eq!((build.what.as_str(), build.differs()), (path, false));
            assert_eq!(build.did, "1 error, the site stays as it was", "{path}");
            // The same mistake is not reported again while something else is written.
            handbook.write("content/bakery.md", format!("{CANVAS}\n"));
            assert_eq!(watching.build().did, "1 error, the site stays as it was");
            let messages = watching.messages();
            assert_eq!(messages.matches(place).count(), 1, "{path}: {messages}");
            assert!(handbook.files("public") == good, "{path}: nothing changes in the output");
            handbook.write("content/bakery.md", CANVAS);
            watching.build();
            match mended {
                Some(text) => handbook.write(path, text),
                None => handbook.remove(path),
            }
            let build = watching.build();
            assert!(build.did.starts_with("0 written, "), "{path}: {build:?}");
        }
    }
    assert!(handbook.files("public") == good);
}

#[test]
fn it_goes_on_where_the_first_build_fails() {
    let handbook = Handbook::new().file("content/index.md", "[nowhere](nowhere.md)\n");
    let watching = Watching::begin(&handbook, "watch");
    assert_eq!(watching.line(), "Nothing written: 1 error");
    assert_eq!(watching.line(), "Watching for changes; Ctrl-C ends it");
    handbook.write("content/index.md", "# Somewhere\n");
    assert!(watching.build().differs());
    assert!(handbook.path("public/index.html").exists());
}

#[test]
fn a_changed_output_or_theme_is_followed() {
    let handbook = themed();
    let watching = Watching::start(&handbook, "watch");
    handbook.write("canvasbook.toml", "title = \"Bakeries\"\noutput = \"site\"\n");
    assert!(watching.build().differs());
    watching.ends_equal_to_a_clean_build("site");
    let left = handbook.files("public");
    handbook.write("content/index.md", "# Home\n\nElsewhere.\n");
    assert!(watching.build().differs());
    watching.ends_equal_to_a_clean_build("site");
    assert!(handbook.files("public") == left, "the old output is left alone");
    handbook.write("themes/new/assets/new.css", "a { color: red }");
    watching.build();
    let config = "title = \"Bakeries\"\noutput = \"site\"\ntheme = \"new\"\n";
    handbook.write("canvasbook.toml", config);
    assert!(watching.build().differs());
    handbook.write("themes/new/assets/new.css", "a { color: blue }");
    assert!(watching.build().differs());
    watching.ends_equal_to_a_clean_build("site");
    // A folder that is refused is reported, and the site is still there when that is mended.
    handbook.write("notes/note.txt", "of somebody else");
    handbook.write("canvasbook.toml", "output = \"notes\"\n");
    assert_eq!(watching.build().did, "the site stays as it was");
    handbook.write("content/index.md", "# Home\n\nAgain.\n");
    assert_eq!(watching.build().did, "the site stays as it was");
    assert_eq!(watching.messages().matches("error: ").count(), 1, "it is told once");
    handbook.write("content/index.md", "# Home\n\nElsewhere.\n");
    watching.build();
    handbook.write("canvasbook.toml", config);
    assert!(watching.build().did.starts_with("0 written, "));
}

#[test]
fn a_handbook_above_is_never_taken_for_the_one_that_is_watched() {
    let handbook = Handbook::new()
        .file("content/outer.md", "# Outer\n")
        .file("inner/content/index.md", "# Inner\n");
    let mut command = handbook.command("watch");
    command.current_dir(handbook.path("inner"));
    let watching = Watching::of(&handbook, command);
    while watching.line() != "Watching for changes; Ctrl-C ends it" {}
    fs::rename(handbook.path("inner/content"), handbook.path("inner/aside")).expect("can be moved");
    assert_eq!(watching.build().did, "the site stays as it was");
    fs::rename(handbook.path("inner/aside"), handbook.path("inner/content")).expect("can be moved");
    assert!(watching.build().did.starts_with("0 written, "));
    assert!(!handbook.path("public").exists());
}

#[test]
fn a_burst_is_built_a_few_times_at_most() {
    let mut handbook = Handbook::new();
    for n in 0..40 {
        handbook = handbook.file(&format!("content/{n}.md"), "# Page\n");
    }
    for n in 0..1100 {
        handbook = handbook.file(&format!("static/{}/{n}.txt", n % 20), "before");
    }
    let watching = Watching::start(&handbook, "watch");
    let (mut held_up, mut last) = (0, Instant::now());
    let mut write = |path: String, text: &str| {
        handbook.write(&path, text);
        // A pause of the machine may look like the end of the burst of events.
        held_up += usize::from(last.elapsed() > Duration::from_millis(80));
        last = Instant::now();
    };
    for n in 0..1100 {
        write(format!("static/{}/{n}.txt", n % 20), "after");
        if n < 40 {
            write(format!("content/{n}.md"), "# Page\n\nWith more.\n");
        }
    }
    watching.ends_equal_to_a_clean_build("public");
    let builds = watching.builds(QUIET * 3);
    assert!(builds.len() <= 3 + held_up, "{held_up} pauses: {builds:?}");
}

#[cfg(unix)]
#[test]
fn its_own_output_is_no_change() {
    const IDLE: Duration = Duration::from_secs(10);
    let handbooks = [themed(), themed()];
    for handbook in &handbooks {
        handbook.run("build --quiet").status(0);
        let link = handbook.path("content/site");
        std::os::unix::fs::symlink("../public", link).expect("can be linked");
        handbook.run("watch --output content/public").status(2).stdout_is("");
    }
    let watching = handbooks.iter().zip(["watch", "watch --poll"]);
    let watching: Vec<Watching> = watching.map(|(it, flags)| Watching::start(it, flags)).collect();
    for (handbook, watching) in handbooks.iter().zip(&watching) {
        handbook.write("content/index.md", "# Home\n\nHello.\n");
        assert!(watching.build().differs());
        handbook.write("public/of-somebody-else.txt", "text");
    }
    thread::sleep(IDLE);
    for watching in &watching {
        assert_eq!(watching.builds(Duration::ZERO), []);
    }
}

#[test]
fn a_killed_watch_leaves_a_site_that_the_next_build_makes_whole() {
    let handbook = Handbook::new();
    // By renaming, so that no build meets half a source.
    let write = |round: usize| {
        for n in 0..30 {
            handbook.write("content/.new", format!("# Page {n}\n\nRound {round}.\n"));
            let place = handbook.path(&format!("content/{n}.md"));
            std::fs::rename(handbook.path("content/.new"), place).expect("can be renamed");
        }
    };
    write(0);
    let sites: Vec<Tree> = (0..4)
        .map(|round| {
            write(round);
            clean(&handbook)
        })
        .collect();
    write(0);
    handbook.run("build --quiet").status(0);
    for round in 1..4 {
        let watching = Watching::start(&handbook, "watch");
        write(round);
        thread::sleep(Duration::from_millis(60 * round as u64));
        watching.kill();
        let left = handbook.tree("public");
        // Pages that show several documents may mix two rounds.
        for path in (0..30).map(|n| format!("{n}.html")) {
            let page = left.0.get(&path).expect("every page is there");
            let is_whole = sites.iter().any(|site| site.0.get(&path) == Some(page));
            assert!(is_whole, "{path} is that of one round");
        }
        handbook.run("build --quiet").status(0).stderr_is("");
        assert_eq!(handbook.tree("public").differences(&sites[round]), "");
    }
}

/// With two files open at most the system's watcher does not even start.
#[cfg(target_os = "linux")]
#[test]
fn where_the_system_cannot_watch_it_says_so_and_looks() {
    let handbook = Handbook::new().file("content/index.md", "# Home\n");
    let mut command = std::process::Command::new("sh");
    command.args(["-c", "ulimit -n 5 && exec \"$0\" watch", env!("CARGO_BIN_EXE_canvasbook")]);
    command.current_dir(handbook.path("")).env("RAYON_NUM_THREADS", "1");
    let watching = Watching::of(&handbook, command);
    while watching.line() != "Watching for changes; Ctrl-C ends it" {}
    handbook.write("content/index.md", "# Home\n\nHello.\n");
    assert_eq!(watching.build().what, "content/index.md");
    let messages = watching.messages();
    let told = "note: the system watches no folders: Too many open files (os error 24); \
                looking for changes every 500 ms instead\n";
    assert_eq!(messages.matches("note: ").count(), 1, "{messages}");
    assert!(messages.starts_with(told), "{messages}");
}

#[test]
fn what_is_wrong_at_the_start_ends_it() {
    let handbook = Handbook::new();
    handbook.run("watch").status(2).stdout_is("");
    let handbook = themed();
    handbook.run("watch --format json").status(2).stdout_is("").stderr(expect![[r#"
        error: watch prints text only; leave out `--format`

        Usage: canvasbook [OPTIONS] <COMMAND>

        For more information, try '--help'.
    "#]]);
    handbook.write("other/file.txt", "of somebody else");
    handbook.run("watch --output other").status(2).stdout_is("");
    let watching = Watching::start(&handbook, "watch --output other --adopt");
    watching.ends_equal_to_a_clean_build_beside("other", &["file.txt"]);
}
