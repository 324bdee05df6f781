//! Nothing that is printed does anything to a terminal or a log, whatever files are called and
//! contain.
#![cfg(unix)]

use std::fs;

use crate::handbook::{CANVAS, Handbook};
use crate::preview::{Preview, save};
use crate::watching::Watching;

/// Names that set a title, ring, colour, turn the direction, or begin a line of their own.
const NAMES: [&str; 5] = [
    "\u{1b}]0;title\u{7}\u{1b}[31m",
    "a\n::error file=x::not by canvasbook",
    "b\r::warning::nor this",
    "\u{9b}31m\u{7f}\u{85}::notice::",
    "\u{202e}dm.\u{2066}c\u{2028}::error::",
];

/// Asserts that a text shows nothing but characters, in lines that the program began.
#[track_caller]
fn assert_harmless(text: &str) {
    assert!(!text.is_empty(), "something is printed");
    for character in text.chars().filter(|character| *character != '\n') {
        let turns = matches!(character, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        assert!(!character.is_control() && !turns, "{character:?} in {text:?}");
    }
    for line in text.lines() {
        let kinds = ["::error", "::warning", "::notice"];
        let is_own = kinds.iter().any(|kind| line.starts_with(&format!("{kind} file=content/")));
        assert!(is_own || !line.trim_start().starts_with("::"), "{line:?}");
    }
}

/// A handbook in which each name of a file, a folder, an element and a value is one of [`NAMES`].
fn handbook() -> Handbook {
    let mut handbook = Handbook::new().file("content/bakery.md", CANVAS);
    for name in NAMES {
        let text =
            format!("+++\n\"x{name}\" = 1\n+++\n# A{name}\n\n[{name}](#{name})\n[b](<{name}>)\n");
        handbook = handbook
            .file(&format!("content/{name}.md"), text)
            .file(&format!("content/in{name}/{name}.txt"), name);
    }
    handbook
}

#[test]
fn reports_are_harmless_in_every_format() {
    let handbook = handbook();
    for format in ["human", "json", "sarif", "github"] {
        for command in ["check", "build"] {
            let run = handbook.run(&format!("{command} --format {format}")).status(1);
            assert_harmless(&format!("{}{}", run.text(), run.messages()));
        }
    }
    // A value is the same however it is escaped.
    let json = handbook.run("check --format json").json();
    let files = json.as_array().expect("a list").iter().map(|one| one["file"].as_str());
    let files: Vec<&str> = files.map(|file| file.expect("a text")).collect();
    for name in NAMES {
        assert!(files.contains(&&*format!("content/{name}.md")), "{name:?}");
    }
}

#[test]
fn an_export_is_harmless_and_says_the_same() {
    let title = "Be\u{9b}31mc\u{7f}\u{202e}d\u{2028}e";
    let handbook = Handbook::new().file("content/a.md", format!("# {title}\n\n{CANVAS}"));
    let run = handbook.run("export").status(0);
    assert_harmless(run.text());
    let told = run.json().to_string();
    assert!(told.contains("31mc\u{7f}\u{202e}d"), "{told}");
}

#[test]
fn lines_of_watch_and_serve_are_harmless() {
    let handbook = Handbook::new().file("content/bakery.md", CANVAS);
    let watching = Watching::start(&handbook, "watch");
    let mut preview = Preview::start(&handbook, "--port 0");
    for name in NAMES {
        save(&handbook, &format!("content/{name}.md"), "# New\n");
        let line = watching.line();
        assert!(line.starts_with("Changed content/"), "{line:?}");
        assert_harmless(&line);
        let line = preview.line();
        assert!(line.starts_with("content/"), "{line:?}");
        assert_harmless(&line);
    }
    assert_harmless(&watching.messages());
    assert_harmless(&preview.messages());
}

#[test]
fn lines_of_other_commands_are_harmless() {
    for name in NAMES {
        let handbook = Handbook::new().file("content/bakery.md", CANVAS);
        let run = |words: &[&str]| {
            let run = handbook.run_command(handbook.command("").args(words));
            assert_harmless(&format!("{}{}", run.text(), run.messages()));
        };
        run(&["build", "--output", name]);
        run(&["build", "--output", "content/bakery.md"]);
        run(&["check", "--root", name]);
        run(&["new", name]);
        run(&["new", "fine", "--from", name]);
        run(&["new", "other", "--department", name]);
        run(&["init", name]);
        run(&["init", name]);
        run(&["theme", "eject", name]);
        run(&["theme", "eject", "--all", "--name", name]);
        // What a shell expands `*` to.
        run(&["build", name]);
        run(&["check", "--format", name]);
        run(&[name]);
    }
}

#[test]
fn errors_on_a_page_of_the_preview_are_harmless() {
    let handbook = Handbook::new().file("content/bakery.md", CANVAS);
    let mut preview = Preview::start(&handbook, "--port 0");
    let mut tab = preview.tab("/", None);
    tab.news();
    save(&handbook, &format!("content/{}.md", NAMES[1]), format!("[{0}](#{0})\n", NAMES[0]));
    preview.line();
    let news = tab.news();
    let errors = news["errors"].as_array().expect("a list");
    assert!(!errors.is_empty());
    for error in errors {
        assert_harmless(error.as_str().expect("a text"));
    }
    // The folder that is gone has such a name too.
    let folder = handbook.path(&format!("book{}", NAMES[1]));
    fs::create_dir_all(folder.join("content")).expect("can be made");
    fs::write(folder.join("content/a.md"), "# A\n").expect("can be written");
    let mut command = handbook.command("serve --port 0 --root");
    let mut preview = Preview::run(command.arg(&folder));
    let mut tab = preview.tab("/", None);
    tab.news();
    fs::rename(folder.join("content"), handbook.path("away")).expect("can be renamed");
    preview.line();
    assert_harmless(tab.news()["errors"][0].as_str().expect("a text"));
    assert_harmless(&preview.messages());
}
