//! What stays private: files that programs leave behind, and comments in every form and place. Each
//! contains a word that must occur nowhere in the output.

use crate::handbook::{CANVAS, Handbook, NO_RULES, SETTINGS};

/// The word that is planted.
const SECRET: &[u8] = b"zzsecret";

/// The files of a site that contain the secret in their names or their bytes.
fn leaks(handbook: &Handbook) -> Vec<String> {
    let site = handbook.tree("public").0.into_iter();
    let is_leak = |(path, bytes): &(String, Vec<u8>)| {
        let holds = |bytes: &[u8]| bytes.windows(SECRET.len()).any(|window| window == SECRET);
        holds(path.as_bytes()) || holds(bytes)
    };
    site.filter(is_leak).map(|(path, _)| path).collect()
}

#[test]
fn what_programs_leave_behind_is_not_published() {
    let handbook = Handbook::new().file(SETTINGS, NO_RULES).file("content/bakery.md", CANVAS);
    for folder in ["content", "content/retail", "static", "static/img"] {
        for name in [
            "bakery.md.bak",
            "bakery.md.orig",
            "bakery.md.rej",
            "bakery.md~",
            "~$plan.docx",
            ".~lock.plan.odt#",
            "#bakery.md#",
            "desktop.ini",
            "Thumbs.db",
            ".DS_Store",
            ".bakery.md.swp",
            "plan.tmp",
            "plan.pdf.crdownload",
            "4913",
            "__MACOSX/._plan.pdf",
        ] {
            handbook.write(&format!("{folder}/{name}"), SECRET);
        }
    }
    handbook.write("content/plan.pdf", "%PDF\n");
    handbook.run("build --quiet").status(0).stderr_is("");
    assert_eq!(leaks(&handbook), [""; 0]);
    let site = handbook.tree("public").0;
    assert!(site.contains_key("plan.pdf") && !site.contains_key("desktop.ini"));
    assert!(!handbook.path("public/retail").exists(), "a folder of nothing else is no section");
}

/// Each form of comment and each place for one: the published site contains neither the text of a
/// comment nor its marks.
#[test]
fn comments_are_published_nowhere() {
    const WORD: &str = "zzsecret";
    let pages = |comment: &str| {
        let line = comment.replace('\n', " ");
        let canvas = format!(
            "+++\ntitle = \"Bakery {line}\"\nsummary = \"Bread {line} at seven.\"\nowner = \"Owner {line}\"\n\
             version = \"3 {line}\"\ntags = [\"bread {line}\", \"{line}\"]\n\n[departments.production]\n\
             owner = \"Head {line}\"\ntitle = \"Bakehouse {line}\"\n+++\n\n\
             An introduction {comment} here.\n\n{comment}\n\n\
             ## Key Activities {line}\n\nThe lead {comment} goes on.\n\n{comment}\n\n\
             ### Production {line}\n\n- **Night {line} baking** — six {comment} days {line}\n  - detail {comment} of it\n\n\
               More {line} detail.\n\n  {line}\n- **Sorting {line}** — at *five {line}* [o'clock {line}](bakery.md \"At {line} five\")\n\
             - {line}\n- Cleaning {line}: every day {line}\n\n{comment}\n\n- Packing\n\n\
             ## Customer Segments\n\n### On {line} foot\n\n- **Neighbours** — see [[#Night baking|the {line} bakers]]\n\n\
             ## Value Propositions\n\nWarm bread {line}\nCold {line} bread\n\n\
             ## Open {line} questions\n\n| a {line} | b |\n|---|---|\n| c {line} d | {line} |\n\n\
             ![An {line} oven](oven.png \"The {line} oven\")[^1]\n\n> Quoted {line} words\n> {line}\n\n\
             [^1]: A note {comment} below.\n\n<div>{line}</div>\n"
        );
        let page = format!(
            "# Notes {line}\n\n{comment}\n\nText {comment} goes on\n{line}\n\n## Part {line} two {line}\n\n\
             1. one {comment} two\n2. {line}\n\n- [ ] task {line}\n\n**Bold {line} words** ~~gone {line}~~\n\n\
             Title {line}\n-----\n\n[a]: bakery.md \"A {line} title\"\n\nSee [a].\n"
        );
        (canvas, page)
    };
    for comment in [
        "%%zzsecret%%",
        "%% zzsecret %%",
        "%%\nzzsecret\n%%",
        "<!-- zzsecret -->",
        "<!--zzsecret-->",
        "<!-- a\nzzsecret\n-->",
    ] {
        let (canvas, page) = pages(comment);
        let toml = format!(
            "title = \"Plans {0}\" # {WORD}\npublish_markdown = true\n[departments.production]\nowner = \"Head {0}\"\n",
            comment.replace('\n', " ")
        );
        let handbook = Handbook::new()
            .file(SETTINGS, format!("{toml}{NO_RULES}"))
            .file("content/bakery.md", canvas)
            .file("content/notes.md", page)
            .file("content/oven.png", "");
        handbook.run("build --quiet").status(0);
        assert_eq!(leaks(&handbook), [""; 0], "{comment}");
        let marks =
            |text: &str| ["%%", "&lt;!--", "--&gt;"].into_iter().find(|mark| text.contains(mark));
        let site = handbook.tree("public").0;
        for (path, bytes) in
            site.iter().filter(|(path, _)| path.ends_with(".html") || path.ends_with(".json"))
        {
            let text = String::from_utf8_lossy(bytes);
            assert_eq!(marks(&text), None, "{path}: {comment}");
        }
        for path in ["bakery.md", "notes.md"] {
            let text = String::from_utf8_lossy(&site[path]);
            assert!(!text.contains("%%") && !text.contains("<!--"), "{path}: {comment}\n{text}");
        }
        let export = handbook.run("export").status(0);
        let text = export.text();
        assert!(
            !text.contains(WORD) && !text.contains("%%") && !text.contains("<!--"),
            "{comment}"
        );
        for name in ["Night baking", "Sorting", "Cleaning", "Packing", "Neighbours", "six days"] {
            assert!(text.contains(name), "{name}: {comment}\n{text}");
        }
    }
}

/// Forms that pages drop although they are not comments of Markdown: if data and Markdown contain what
/// is written, they contain none of them.
#[test]
fn what_nothing_shows_is_published_nowhere() {
    let hidden = "[x](fn.md \"%%zzsecret%%\") ![y](oven.png '<!-- zzsecret -->') [z]\n\n\
         ```js %%zzsecret%%\na\n```\n\n[z]: fn.md\n[z]: # (zzsecret)\n[//]: # (zzsecret)\n\n[//]: # (zzsecret)\n";
    let indented = hidden.replace('\n', "\n  ");
    let comments: String =
        (0..12).map(|at| format!("Words {at}.\n\n[//]: # (zzsecret)\n\n")).collect();
    let canvas = format!(
        "+++\ncanvas = true\n+++\n\n## Channels\n\nA lead {hidden}\n\n- **Shop** — here\n\n  A detail[^1] {indented}\n\n  [^w]: zzsecret\n\n  Last words.\n\n\
         ## Key Activities\n\n### Production[^2]\n\n- **Baking**\n\n[^1]: Shown.\n[^2]: zzsecret\n\n## Notes\n\nNext.\n"
    );
    let handbook = Handbook::new()
        .file(SETTINGS, format!("publish_markdown = true\n{NO_RULES}"))
        .file("content/bakery.md", canvas)
        .file("content/fn.md", format!("# Notes\n\n{comments}{hidden}\n[^w]: zzsecret\n"))
        .file("content/oven.png", "");
    handbook.run("build --quiet").status(0);
    assert_eq!(leaks(&handbook), [""; 0]);
    let export = handbook.run("export").status(0);
    assert!(!export.text().contains("zzsecret"), "{}", export.text());
    for path in ["bakery.json", "bakery.md"] {
        let text = String::from_utf8_lossy(&handbook.tree("public").0[path]).into_owned();
        for word in ["A lead [x](fn.md) ![y](oven.png) [z]", "A detail[^1]", "```js", "Last words."]
        {
            assert!(text.contains(word), "{path}: {word}\n{text}");
        }
    }
}

#[test]
fn other_comments_are_published_nowhere() {
    let handbook = Handbook::new()
        .file(SETTINGS, format!("# zzsecret\npublish_markdown = true\n{NO_RULES}"))
        .file("content/bakery.md", format!("+++\n# zzsecret\ntitle = \"Bakery\" # zzsecret\n[[waive]]\nrule = \"empty-block\"\nreason = \"zzsecret\"\n+++\n{CANVAS}"))
        .file(
            "content/notes.md",
            "---\n# zzsecret\ntitle: Notes # zzsecret\n---\n\n[//]: # (zzsecret)\n[comment]: <> (zzsecret)\n\n\
             [//]: # \"zzsecret\"\n\nText.\n\n%%\nzzsecret, and never closed\n",
        );
    handbook.run("build --quiet").status(0);
    assert_eq!(leaks(&handbook), [""; 0]);
}
