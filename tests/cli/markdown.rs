//! Documents as Markdown beside their pages: `publish_markdown`.

use std::path::Path;

use expect_test::expect;

use crate::handbook::{Handbook, NO_RULES, SETTINGS};
use crate::tree::Tree;

const PUBLISHED: &str = "publish_markdown = true\n";

#[test]
fn a_document_is_published_as_markdown_that_says_what_its_page_says() {
    let handbook = Handbook::new()
        .file(SETTINGS, format!("{PUBLISHED}{NO_RULES}"))
        .file(
            "content/retail/bakery.md",
            "+++\ntitle = \"Bread & [Butter]\"\nsummary = \"1. Warm bread.\"\nowner = \"Owner\"\n\
             [extra]\nnote = \"for us\"\n+++\n\n# Bread, an older title\n\n\
             ## Value Propositions\r\n\r\n- **Warm** {#warm} — for [[#Neighbours]] and [[notes|them]]. ^w1\n\n\
             ## Customer Segments\n\n- **Neighbours** <!-- who? --> — [all](../) of [them][n], see ![[map.png|30]]\n\n\
             ## Channels\n\n- **Shop** — [tags](/tags/) and [the net](https://example.org \"Net\")\n\n\
             [n]: <../notes.md#part-two> \"Part two\"\n[x]: ../notes.md \"left out\"\n",
        )
        .file("content/retail/map.png", "")
        .file("content/README.md", "# Plans\n\nHome, see [bakery](retail/bakery).\n")
        .file("content/notes.md", "+++\ntags = [\"a\"]\n+++\n\n# Notes *two*\n\nText.\n\n## Part two\n");
    handbook.run("build --quiet").status(0);
    let checked = handbook.run("check --format github");
    assert_eq!(checked.text().matches("title=").count(), 1, "{}", checked.text());
    assert!(checked.text().contains("line=24") && checked.text().contains("title=not-a-link"));
    let site = handbook.tree("public").0;
    let text = |path: &str| String::from_utf8_lossy(&site[path]).into_owned();
    expect![[r##"
        # Bread \& \[Butter\]

        1\. Warm bread.

        ## Value Propositions

        - **Warm** {#warm} — for [Neighbours](#customer-segments/neighbours) and [them](../notes.md). ^w1

        ## Customer Segments

        - **Neighbours**  — [all](../index.md) of [them][n], see ![map.png](map.png)

        ## Channels

        - **Shop** — [tags](../tags/index.html) and [the net](https://example.org "Net")

        [n]: <../notes.md#part-two> "Part two"
    "##]].assert_eq(&text("retail/bakery.md"));
    assert_eq!(text("index.md"), "# Plans\n\nHome, see [bakery](retail/bakery.md).\n");
    assert_eq!(text("notes.md"), "# Notes two\n\nText.\n\n## Part two\n");
    for (page, link) in [("index", "index.md"), ("retail/bakery", "bakery.md")] {
        let link = format!("<link rel=\"alternate\" href=\"{link}\" type=\"text/markdown\">");
        assert!(text(&format!("{page}.html")).contains(&link), "{page}");
    }
    handbook.write(SETTINGS, NO_RULES);
    handbook.run("build --quiet").status(0);
    assert!(!handbook.path("public/notes.md").exists());
}

#[test]
fn links_and_footnotes_read_as_on_the_page() {
    let handbook = Handbook::new()
        .file(SETTINGS, format!("{PUBLISHED}{NO_RULES}"))
        .file(
            "content/a.md",
            "# A\n\nSee [[b|300]], [[b|see [1]]], [b](r&amp;d.md \"t %%x%%\"), [d](b\\.md \"t %%x%%\"),\n\
             [e](r&amp;d.md)[^1].\n\n[^1]: used\n[^2]: unused\n\nNext paragraph.\n",
        )
        .file("content/b.md", "# B\n")
        .file("content/r&d.md", "# R\n");
    handbook.run("build --quiet").status(0);
    let site = handbook.tree("public").0;
    expect![[r#"
        # A

        See [300](b.md), [see \[1](b.md)], [b](r&d.md), [d](b.md),
        [e](r&d.md)[^1].

        [^1]: used


        Next paragraph.
    "#]]
    .assert_eq(&String::from_utf8_lossy(&site["a.md"]));
}

/// What is published is an equivalent handbook: no element, relation or text differs.
#[test]
fn published_markdown_reads_as_what_it_was_made_from() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let settings = std::fs::read_to_string(root.join(SETTINGS)).expect("the example has settings");
    let copy = Handbook::new().file(SETTINGS, format!("{PUBLISHED}{settings}"));
    for folder in ["content", "kinds", "static"] {
        for (path, bytes) in Tree::read(&root.join(folder)).0 {
            copy.write(&format!("{folder}/{path}"), bytes);
        }
    }
    copy.run("build --quiet").status(0);
    // Generated pages are not sources.
    let published = Handbook::new()
        .file(SETTINGS, "language = \"en-GB\"\n[references]\nunknown = \"warning\"\n");
    for (path, bytes) in Tree::read(&root.join("kinds")).0 {
        published.write(&format!("kinds/{path}"), bytes);
    }
    let files = copy.tree("public").0.into_iter();
    for (path, bytes) in files.filter(|(path, _)| path.ends_with(".md")) {
        published.write(&format!("content/{path}"), bytes);
    }
    let blocks = |handbook: &Handbook| {
        let export = handbook.run("export").json();
        let canvases = export["canvases"].as_array().expect("a list").iter();
        let mut said = Vec::new();
        for element in canvases.flat_map(|canvas| canvas["blocks"].as_array().expect("a list")) {
            let mut block = element.clone();
            for element in block["elements"].as_array_mut().into_iter().flatten() {
                let element = element.as_object_mut().expect("an object");
                // Its place, and what comes from front matter and the configuration.
                for key in ["span", "category", "department", "contributing", "owner"] {
                    element.remove(key);
                }
            }
            said.push(block);
        }
        (said, export["relations"].clone())
    };
    let (said, again) = (blocks(&copy), blocks(&published));
    assert!(said.0.len() > 100, "the example has canvases");
    assert_eq!(said, again);
}
