//! A handbook, or a part of it, as one file: `export --format html`.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use expect_test::expect;

use crate::handbook::{CANVAS, Handbook, NO_RULES, SETTINGS};
use crate::html::{self, Piece};

/// A handbook with links of every sort.
fn handbook(settings: &str) -> Handbook {
    Handbook::new()
        .file(SETTINGS, format!("{settings}{NO_RULES}"))
        .file("content/index.md", "# Plans\n\nSee [bars](retail/bar.md#channels), [all](/tags/) and [x](x.pdf).\n")
        .file(
            "content/retail/bar.md",
            "+++\ntitle = \"Bar\"\ntags = [\"a b\"]\n+++\n\n## Value Propositions\n\n- **Warm** — for [[#Guests]][^1]\n\n\
             ## Customer Segments\n\n- **Guests** — see [notes](../notes.md), [the net](https://example.org)\n\n\
             ## Channels\n\n- **Shop** — ![Map](map.png) ![Net](https://example.org/a.png)\n\n## Key Activities\n\n\
             ### Production\n\n- **Baking**\n\n[^1]: Bread.\n",
        )
        .file("content/retail/map.png", [0x89, b'P', b'N', b'G'])
        .file("content/notes.md", "# Notes\n\n## Part\n\nText.\n\n## Teil \u{fc}ber <uns>\n")
        .file("content/x.pdf", "%PDF")
}

/// What a self-contained file must not have: links to nowhere, ids that occur twice, addresses of
/// other files.
pub fn flaws(text: &str) -> Vec<String> {
    let pieces = html::pieces(text).expect("it is HTML");
    let tags = pieces.iter().filter_map(|piece| match piece {
        Piece::Start(name, attributes) => Some((name, attributes)),
        _ => None,
    });
    let (mut ids, mut wanted, mut flaws) = (BTreeSet::new(), Vec::new(), Vec::new());
    for (tag, attributes) in tags {
        for (name, value) in attributes {
            match &**name {
                "id" if !ids.insert(value.as_str()) => flaws.push(format!("#{value} twice")),
                "for" | "aria-labelledby" | "popovertarget" => wanted.push(value.clone()),
                "href" if tag == "a" => match value.strip_prefix('#') {
                    Some(id) => wanted.push(
                        percent_encoding::percent_decode_str(id).decode_utf8_lossy().into_owned(),
                    ),
                    None if value.starts_with("https://") => {}
                    None => flaws.push(format!("{tag} {name}={value}")),
                },
                "href" | "src" if !value.starts_with("data:") => {
                    flaws.push(format!("{tag} {name}={value}"));
                }
                "style" => flaws.push(format!("{tag} {name}={value}")),
                name if name.starts_with("on") => flaws.push(format!("{tag} {name}={value}")),
                _ => {}
            }
        }
    }
    let lost = wanted.into_iter().filter(|id| !ids.contains(id.as_str()));
    flaws.extend(lost.map(|id| format!("#{id} is nowhere")));
    flaws
}

/// Where the links of written pages lead, except those to the page itself, one per line.
fn links(text: &str) -> String {
    let pieces = html::pieces(text).expect("it is HTML");
    let mut links = String::new();
    let (mut part, mut open): (Option<&str>, Option<String>) = (None, None);
    for piece in &pieces {
        match piece {
            Piece::Start(name, attributes) => {
                let value = |name: &str| attributes.iter().find(|(key, _)| key == name);
                if let Some((_, class)) = value("class")
                    && class.split(' ').any(|class| class == "part")
                    && let Some((_, id)) = value("id")
                {
                    part = Some(id);
                }
                let leads = value("href").or_else(|| value("title"));
                open = leads.filter(|_| name == "a").map(|(_, to)| to.clone());
            }
            Piece::Text(said) => {
                if let (Some(to), Some(part)) = (open.take(), part)
                    && ["index.html", "retail/bar.html", "notes.html"].contains(&part)
                    && !to.starts_with(&format!("#{part}"))
                {
                    let _ = writeln!(links, "{part}: {said} -> {to}");
                }
            }
            Piece::End(_) => {}
        }
    }
    links
}

#[test]
fn the_whole_handbook_is_one_file() {
    let handbook = handbook("");
    let file = handbook.run("export --format html").status(0).stderr_is("");
    let text = file.text();
    assert_eq!(flaws(text), [""; 0]);
    expect![[r#"
        index.html: bars -> #retail/bar.html:channels
        index.html: all -> #tags/index.html
        index.html: x -> Not in this file
        index.html: Gaps -> #gaps/index.html
        index.html: Retail -> #retail/index.html
        index.html: Bar -> #retail/bar.html
        index.html: Production -> #departments/production.html
        index.html: All departments -> #departments/index.html
        index.html: Notes -> #notes.html
        index.html: Retail -> #retail/index.html
        retail/bar.html: Home -> #index.html
        retail/bar.html: Retail -> #retail/index.html
        retail/bar.html: a b -> #tags/a-b.html
        retail/bar.html: Strategyzer -> https://www.strategyzer.com/library/the-business-model-canvas
        retail/bar.html: CC BY-SA 3.0 -> https://creativecommons.org/licenses/by-sa/3.0/
        retail/bar.html: Gaps, coverage and the whole as a drawing -> #retail/bar.analysis.html
        retail/bar.html: Production -> #departments/production.html
        retail/bar.html: notes -> #notes.html
        retail/bar.html: the net -> https://example.org
        retail/bar.html: Plans -> #index.html
        notes.html: Home -> #index.html
        notes.html: Bar › Customer Segments › Guests -> #retail/bar.html:customer-segments/guests
    "#]].assert_eq(&links(text));
    assert!(text.contains("src=\"data:image/png;base64,iVBORw==\""), "the picture is in it");
    assert!(!text.contains("example.org/a.png"), "a picture from elsewhere is not");
    assert!(text.contains("Content-Security-Policy") && text.contains("'sha256-"));
    assert!(!handbook.path("public").exists(), "nothing is written");
    let again = handbook.run("export --format html").status(0);
    assert_eq!(again.text(), text);
}

#[test]
fn the_whole_can_be_searched_without_anything_else() {
    let signs = "# Signs\n\n## `</script><!-- <script>`\n";
    let handbook = handbook("").file("content/signs.md", signs);
    let whole = handbook.run("export --format html").status(0);
    assert_eq!(flaws(whole.text()), [""; 0]);
    let (_, index) = whole.text().split_once("canvasbook[\"root\"]=").expect("the index is in it");
    let (index, _) = index.split_once("</script>").expect("it ends");
    assert!(index.contains("canvasbook[\"records-0\"]="), "all of the index is one script");
    assert!(index.contains("<\\/script><\\!-- <script>"), "{index}");
    assert!(index.contains("canvasbook.open"), "what searches is in the same script");
    assert!(whole.text().contains("<form class=\"search\"><button>"), "and a button opens it");
    for (settings, part) in [("", "content/retail"), ("search = false\n", "")] {
        let file = self::handbook(settings).run(&format!("export --format html {part}")).status(0);
        assert!(!file.text().contains("canvasbook[") && !file.text().contains("class=\"search\""));
    }
}

#[test]
fn what_is_not_in_the_file_is_on_the_web_if_it_is_known_where() {
    let handbook = handbook("base_url = \"https://example.org/plans\"\n");
    let file = handbook.run("export --format html content/retail/bar.md").status(0);
    assert_eq!(flaws(file.text()), [""; 0]);
    expect![[r#"
        retail/bar.html: Home -> https://example.org/plans/
        retail/bar.html: Retail -> https://example.org/plans/retail/
        retail/bar.html: a b -> https://example.org/plans/tags/a-b.html
        retail/bar.html: Strategyzer -> https://www.strategyzer.com/library/the-business-model-canvas
        retail/bar.html: CC BY-SA 3.0 -> https://creativecommons.org/licenses/by-sa/3.0/
        retail/bar.html: Gaps, coverage and the whole as a drawing -> https://example.org/plans/retail/bar.analysis.html
        retail/bar.html: Production -> https://example.org/plans/departments/production.html
        retail/bar.html: notes -> https://example.org/plans/notes.html
        retail/bar.html: the net -> https://example.org
        retail/bar.html: Plans -> https://example.org/plans/
    "#]].assert_eq(&links(file.text()));
}

#[test]
fn parts_can_be_asked_for() {
    let handbook = handbook("");
    let held = |part: &str| -> Vec<String> {
        let file = handbook.run(&format!("export --format html {part}")).status(0).stderr_is("");
        assert_eq!(flaws(file.text()), [""; 0], "{part}");
        let parts = file.text().split("<div id=\"").skip(1);
        parts.filter_map(|part| Some(part.split_once('"')?.0.to_owned())).collect()
    };
    assert_eq!(held("retail/bar"), ["retail/bar.html"]);
    assert_eq!(held("content/retail/"), ["retail/index.html", "retail/bar.html"]);
    let whole = held("");
    for part in ["content", "content/", "./content", "."] {
        assert_eq!(held(part), whole, "{part}");
    }
    let absolute = handbook.path("content/retail/bar.md");
    assert_eq!(held(&absolute.display().to_string()), ["retail/bar.html"]);
    assert_eq!(held("department:production"), ["departments/production.html"]);
    for (part, message) in [
        (
            "retail/bat.md",
            "error: `retail/bat.md` is neither a document nor a folder of them; did you mean `content/retail/bar.md`?\n",
        ),
        (
            "department:productoin",
            "error: `department:productoin` is no department that does anything; did you mean `department:production`?\n",
        ),
    ] {
        handbook
            .run(&format!("export --format html {part}"))
            .status(2)
            .stdout_is("")
            .stderr_is(message);
    }
}

#[test]
fn a_path_counts_from_the_current_folder_first() {
    let handbook = handbook("").file("content/retail/notes.md", "# Notes of a shop\n");
    for (folder, part, page) in [
        ("content/retail", "notes.md", "retail/notes.html"),
        ("content/retail", "bar", "retail/bar.html"),
        ("content/retail", "../notes.md", "notes.html"),
        ("content/retail", "content/notes.md", "notes.html"),
        ("content", "notes", "notes.html"),
        (".", "notes.md", "notes.html"),
    ] {
        let mut command = handbook.command(&format!("export --format html {part}"));
        command.current_dir(handbook.path(folder));
        let file = handbook.run_command(&mut command).status(0).stderr_is("");
        assert!(file.text().contains(&format!("<div id=\"{page}\"")), "{part} in {folder}");
    }
}

#[test]
fn each_page_keeps_its_language_and_direction() {
    let handbook = Handbook::new()
        .file(SETTINGS, format!("language = \"fa\"\n{NO_RULES}"))
        .file("content/a.md", format!("+++\nlang = \"en\"\n+++\n\n{CANVAS}"))
        .file("content/b.md", CANVAS);
    let file = handbook.run("export --format html").status(0);
    let parts = file.text().lines().filter_map(|line| line.split_once("<div id=\""));
    let parts: String = parts
        .filter_map(|(_, part)| Some(format!("{}\n", part.split_once('>')?.0)))
        .filter(|part| part.starts_with("a.html") || part.starts_with("b.html"))
        .collect();
    expect![[r#"
        a.html" class="part wide canvas" dir="ltr" lang="en"
        b.html" class="part wide canvas" dir="rtl" lang="fa"
    "#]]
    .assert_eq(&parts);
}

#[test]
fn a_file_holds_no_more_than_a_browser_takes() {
    let handbook = Handbook::new().file(SETTINGS, NO_RULES);
    for number in 0..300 {
        handbook.write(&format!("content/a/{number}.md"), CANVAS);
        handbook.write(&format!("content/b/{number}.md"), CANVAS);
    }
    handbook.run("export --format html").status(2).stdout_is("").stderr_is(
        "error: one file holds 500 canvases at most, and these are 600; export a part, such as \
         `content/a`, `content/b`, `department:production`\n",
    );
    handbook.run("export --format html content/a").status(0);
}

#[test]
fn only_export_and_diff_print_html() {
    let handbook = Handbook::built();
    expect![[r#"
        error: only export and diff print html; leave out `--format`

        Usage: canvasbook [OPTIONS] <COMMAND>

        For more information, try '--help'.
    "#]]
    .assert_eq(handbook.run("check --format html").status(2).messages());
    expect![[r#"
        error: json is of the whole handbook; add `--format html`, or leave out the part

        Usage: canvasbook [OPTIONS] <COMMAND>

        For more information, try '--help'.
    "#]]
    .assert_eq(handbook.run("export content/bakery.md").status(2).messages());
}
