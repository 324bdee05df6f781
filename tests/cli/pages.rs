//! Pages in cases that a golden handbook would hide among much else.

use expect_test::{Expect, expect};

use crate::handbook::Handbook;

/// Builds a canvas and returns its page.
fn page(canvas: &str) -> String {
    let handbook = Handbook::new().file("content/a.md", canvas);
    handbook.run("build --quiet").status(0);
    std::fs::read_to_string(handbook.path("public/a.html")).expect("the page is built")
}

/// Asserts that the page contains the pieces in this order.
#[track_caller]
fn in_order(page: &str, pieces: &[&str]) {
    let mut rest = page;
    for piece in pieces {
        let at =
            rest.find(piece).unwrap_or_else(|| panic!("`{piece}` does not follow in:\n{rest}"));
        rest = &rest[at + piece.len()..];
    }
}

const OTHERS: &str = "\n## Channels\n\n- Shop\n\n## Value Propositions\n\n- Warm bread\n";

#[test]
fn a_group_within_a_department_keeps_its_text_and_its_anchor() {
    let page = page(&format!(
        "## Key Activities\n\n### Production\n\n#### Night shift\n\nFrom ten to six.\n\n- **Baking**\n\n\
         ### Quality\n\n- **Tasting** {{department=\"Production\"}} — see [nights](#night-shift)\n{OTHERS}"
    ));
    in_order(
        &page,
        &[
            "<article",
            "Production",
            "Tasting",
            "<h4 id=\"night-shift\">Night shift</h4>",
            "From ten to six.",
            "Baking",
            "</article>",
        ],
    );
}

#[test]
fn a_poster_says_which_of_two_groups_of_one_name_it_is() {
    let page = page(&format!(
        "## Key Activities\n\n### Production\n\n#### Night shift\n\n- **Baking**\n\n\
         ##### Ovens\n\n- **Cleaning**\n\n## Customer Segments\n\n\
         ### Walk-in guests\n\n#### Gains\n\n- Warm\n\n### Hotels\n\n#### Gains\n\n- Early\n{OTHERS}"
    ));
    in_order(
        &page,
        &[
            "<h4><a href=\"#key-activities/production\">Production › Night shift</a></h4>",
            ">Production › Night shift › Ovens</a></h4>",
            "<h4>Walk-in guests › Gains</h4>",
            "<h4>Hotels › Gains</h4>",
            "<h4 id=\"night-shift\">",
            "<h5 id=\"ovens\">",
        ],
    );
}

#[test]
fn rows_of_a_table_are_elements_and_their_total_is_text() {
    let handbook = Handbook::new().file(
        "content/a.md",
        format!(
            "## Key Activities\n\n| Activity | Department | How often | Hours |\n|---|---|---|---|\n\
             | **Baking** | Production | six *days* | 4 |\n| Sampling | Marketing | | see [bread](#bread) |\n\n\
             ## Cost Structure\n\n| Item | Sum |\n|---|---|\n| Flour {{#flour}} | 40 % of cost |\n\
             | Total | **900** |\n\n## Key Partners\n\n- **Mill** — for [flour](#flour).\n{OTHERS}"
        )
        .replace("Warm bread", "**Bread** {#bread}"),
    );
    let findings = handbook.run("check").status(0);
    assert!(!findings.text().contains("has no element"), "{}", findings.text());
    handbook.run("build --quiet").status(0);
    let page = std::fs::read_to_string(handbook.path("public/a.html")).expect("it is built");
    in_order(
        &page,
        &[
            "id=\"key-activities/production\"",
            "Baking",
            "How often: six <em>days</em> · Hours: 4",
            "Hours: see <a href=\"#bread\"",
            "Mill",
            "id=\"flour\"",
            "40 % of cost",
            "<p>Total <strong>900</strong></p>",
        ],
    );
    let export = handbook.run("export").status(0).json();
    let blocks = export["canvases"][0]["blocks"].as_array().expect("a list");
    let leads: Vec<&str> = blocks.iter().filter_map(|block| block["lead"].as_str()).collect();
    assert_eq!(leads.concat(), "", "no table is a lead");
    let first = &blocks[0]["elements"][0];
    assert_eq!(first["text"], "How often: six days · Hours: 4");
    assert_eq!(first["department"], "production");
    assert_eq!(export["relations"].as_array().map(Vec::len), Some(2), "cells refer: {export}");
}

#[test]
fn a_heading_above_the_sections_is_shown() {
    let page = page(&format!(
        "{OTHERS}\n## Customer Segments\n\n- Guests\n\n# In figures\n\n## One oven\n\nSixty loaves.\n\n\
         # Nothing below\n"
    ));
    in_order(&page, &["id=\"in-figures\"", "id=\"one-oven\"", "Sixty loaves."]);
    assert!(!page.contains("id=\"nothing-below\""), "{page}");
}

#[test]
fn notes_are_numbered_in_the_order_of_the_page() {
    let page = page(&format!(
        "First[^a].\n\n## Key Activities\n\nThen[^b].\n\n- **Baking**\n{OTHERS}\n[^a]: One.\n\n[^b]: Two.\n"
    ));
    in_order(&page, &["First<sup", "_fn-1", "Then<sup", "_fn-2", "One.", "Two."]);
    assert_eq!(page.matches("id=\"_fn-1-1\"").count(), 1, "each reference has one anchor: {page}");
}

#[test]
fn departments_with_names_that_files_cannot_have_get_pages() {
    let handbook = Handbook::new().file(
        "content/a.md",
        format!(
            "## Key Activities\n\n### Index\n\n- a\n\n### CON\n\n- b\n\n### {}\n\n- c\n{OTHERS}",
            "x".repeat(400)
        ),
    );
    handbook.run("build --quiet").status(0);
    assert!(handbook.path("public/departments/department-index.html").is_file());
    assert!(handbook.path("public/departments/department-con.html").is_file());
}

#[test]
fn an_activity_named_like_a_department_has_an_anchor_of_its_own() {
    let page = page(&format!(
        "## Key Activities\n\n- **Production**\n\n### Production\n\n- **Baking**\n{OTHERS}"
    ));
    assert_eq!(page.matches("id=\"key-activities/production\"").count(), 1, "{page}");
    assert_eq!(page.matches("id=\"key-activities/production-2\"").count(), 1, "{page}");
}

#[test]
fn an_empty_section_that_is_referred_to_is_there() {
    let page = page(&format!("## Key Activities\n\n- [plan](#roadmap)\n{OTHERS}\n## Roadmap\n"));
    assert!(page.contains("id=\"roadmap\""), "{page}");
}

#[test]
fn bold_lines_name_departments_where_bold_lines_name_blocks_too() {
    let page = page(
        "**1) Key Activities**\n\n- Baking\n\n**Marketing:**\n\n- Posters\n\n**2) Channels**\n\n- Shop\n\n\
         **3) Value Propositions**\n\n- Warm bread\n",
    );
    in_order(
        &page,
        &["<article", "departments/marketing.html\">Marketing</a>", "Posters", "</article>"],
    );
}

#[test]
fn the_home_page_gives_a_handbook_without_configuration_its_title() {
    let handbook = Handbook::new()
        .file("content/index.md", "# Street Bakeries\n")
        .file("content/a.md", format!("## Key Activities\n\n- Baking\n{OTHERS}"));
    handbook.run("build --quiet").status(0);
    let page = std::fs::read_to_string(handbook.path("public/a.html")).expect("it is built");
    assert!(page.contains("Street Bakeries</title>"), "{page}");
}

#[test]
fn a_page_that_everything_refers_to_lists_some_and_counts_the_rest() {
    let mut handbook = Handbook::new().file("content/hub.md", "# Hub\n");
    for number in 0..60 {
        handbook = handbook.file(&format!("content/p{number}.md"), "See [the hub](hub.md).\n");
    }
    handbook.run("build --quiet").status(0);
    let page = std::fs::read_to_string(handbook.path("public/hub.html")).expect("it is built");
    assert!(page.contains("<p class=\"note\">10 more</p>"), "{page}");
}

#[test]
fn a_folder_is_linked_by_whatever_file_is_its_own_page() {
    let handbook = Handbook::new()
        .file("content/a.md", "[guide](guide/) [plans](plans)\n")
        .file("content/guide/readme.md", "# Guide\n")
        .file("content/plans/README.md", "# Not shown as the folder's page\n")
        .file("content/plans/index.md", "# Plans\n");
    handbook.run("build --quiet").status(0).stderr_is("");
    let page = std::fs::read_to_string(handbook.path("public/a.html")).expect("it is built");
    in_order(&page, &["href=\"guide/index.html\">guide<", "href=\"plans/index.html\">plans<"]);
    assert!(handbook.path("public/plans/README.html").is_file());
}

#[test]
fn templates_of_ones_own_see_the_extra_table() {
    let template = "{{ page.extra.colour }} and {{ page.extra.sizes[1] }}";
    let handbook = Handbook::new()
        .file("canvasbook.toml", "theme = \"own\"\n")
        .file("themes/own/templates/page.html", template)
        .file("content/a.md", "+++\n[extra]\ncolour = \"<red>\"\nsizes = [1, 2]\n+++\n\n# A\n");
    handbook.run("build --quiet").status(0).stderr_is("");
    let page = std::fs::read_to_string(handbook.path("public/a.html")).expect("it is built");
    assert_eq!(page, "&lt;red&gt; and 2");
}

/// Asserts that no id occurs twice in a page.
#[track_caller]
fn has_distinct_ids(page: &str) {
    let mut seen = std::collections::BTreeSet::new();
    for rest in page.split(" id=\"").skip(1) {
        let id = rest.split('"').next().unwrap_or_default();
        assert!(seen.insert(id), "the id `{id}` occurs twice in:\n{page}");
    }
}

#[test]
fn no_id_of_a_page_can_be_taken() {
    let activities = "## Key Activities\n\n- **Quality**\n\n### Care\n\n- **Care**\n\n### Production\n\n\
                      - **Baking** {with=\"Quality, Finance\"} — note[^1] and note[^1]\n- **Finance** {#fn:1}\n";
    let page = page(&format!(
        "[^1]: One.\n\n{activities}{OTHERS}- **Road** {{#roadmap}}\n- **Note** {{#fn:1:1}}\n\n## Roadmap\n\nText.\n\n\
         ## Main\n\nText.\n\n## Roadmap\n\nText.\n"
    ));
    has_distinct_ids(&page);
    for id in ["roadmap", "roadmap-2", "roadmap-3", "_fn-1", "fn:1", "key-activities/quality-2"] {
        assert!(page.contains(&format!(" id=\"{id}\"")), "{id}");
    }
}

#[test]
fn an_id_that_the_page_gives_is_told() {
    let told = |text: &str| {
        let handbook = Handbook::new().file("content/a.md", format!("{text}{OTHERS}"));
        let found = handbook.run("check --format json").status(1).json();
        let codes = found.as_array().expect("a list").iter().map(|one| one["code"].clone());
        assert!(codes.into_iter().any(|code| code == "repeated-id"), "{found}");
    };
    let activities = "## Key Activities\n\n### Production\n\n- **Baking** {with=\"Quality\"}\n";
    told(&format!("{activities}- **Care** {{#key-activities/production}}\n"));
    told(&format!("{activities}- **Care** {{#key-activities/quality}}\n"));
    told(&format!("{activities}\n#### Group {{#key-activities/production}}\n\n- **Care**\n"));
    told(&format!("{activities}- **Care** {{#channels}}\n"));
    for id in ["_fn-1", "_poster", "_threads", "_/a"] {
        let handbook = Handbook::new()
            .file("content/a.md", format!("{activities}{OTHERS}- **x** {{#{id}}}\n"));
        let text = handbook.run("check --format json").text().to_owned();
        assert!(text.contains("attributes"), "{id} is no id: {text}");
    }
}

#[test]
fn no_canvas_takes_an_id_of_the_frame() {
    let handbook = ["main", "menu", "contents", "a b", "a/b", "a-b"].iter().fold(
        Handbook::new(),
        |handbook, name| {
            let text =
                format!("## Key Activities\n\n- **Baking** {{category=production}}\n{OTHERS}");
            handbook.file(&format!("content/{name}.md"), text)
        },
    );
    handbook.run("build --quiet").status(0);
    for page in ["blocks/channels.html", "categories/production.html"] {
        let tree = handbook.tree("public");
        has_distinct_ids(&String::from_utf8_lossy(&tree.0[page]));
    }
}

/// A quotation mark after `url=` would begin a string, which ends the address.
#[test]
fn no_quotation_mark_stands_in_the_address_of_a_redirect() {
    for (name, address) in [
        ("'a' (b) [c] é; d", "%27a%27%20%28b%29%20%5Bc%5D%20%C3%A9;%20d.html"),
        ("'", "%27.html"),
        ("x'y`z", "x%27y%60z.html"),
    ] {
        let handbook = Handbook::new()
            .file("canvasbook.toml", "base_url = \"https://example.org/it\"\n")
            .file(&format!("content/{name}.md"), "+++\naliases = [\"old\"]\n+++\n\n# A\n");
        handbook.run("build --quiet").status(0);
        let tree = handbook.tree("public");
        let text = |path: &str| String::from_utf8_lossy(&tree.0[path]).into_owned();
        let redirect = text("old.html");
        assert!(redirect.contains(&format!("content=\"0; url={address}\"")), "{redirect}");
        assert!(redirect.contains(&format!("<a href=\"{address}\"")), "{redirect}");
        let whole = format!("https://example.org/it/{address}");
        assert!(text("sitemap.xml").contains(&format!("<loc>{whole}</loc>")));
        let page = text(&format!("{name}.html"));
        assert!(page.contains(&format!("rel=\"canonical\" href=\"{whole}\"")), "{page}");
    }
}

#[test]
fn the_text_of_a_block_has_the_id_that_it_ends_with() {
    let page = page(&format!(
        "## Key Partners\n\nWho grinds *for us*. ^who\n\n- Mill ^mill\n\n## Key Resources\n\n\
         - Stones: see [[#^who]] and [[#^mill]]\n{OTHERS}"
    ));
    in_order(
        &page,
        &[
            "<p id=\"who\">Who grinds <em>for us</em>.</p>",
            "id=\"mill\"",
            "see <a href=\"#who\">who</a> and <a href=\"#mill\">mill</a>",
        ],
    );
    assert!(!page.contains('^'), "{page}");
}

#[test]
fn the_marks_of_footnotes_stand_where_they_are_written() {
    let page = page(&format!(
        "## Key Partners\n\n- Mill[^1]\n- **Dairy**[^2] — butter\n- [Bank](#mill)[^1]: loan[^2]\n\n\
         ## Key Resources\n\n| Resource | Cost |\n|---|---|\n| Oven[^1] | [^2] |\n\n\
         [^1]: By hand.\n[^2]: By night.\n{OTHERS}"
    ));
    let mark = |number: u8, at: u8| {
        format!(
            "<sup class=\"footnote\" id=\"_fn-{number}-{at}\"><a href=\"#_fn-{number}\">{number}</a></sup>"
        )
    };
    in_order(
        &page,
        &[
            &format!("<b>Mill{}</b></p>", mark(1, 1)),
            &format!("<b>Dairy{}</b> – butter</p>", mark(2, 1)),
            &format!(
                "<b><a href=\"#key-partners/mill\">Bank</a>{}</b> – loan{}</p>",
                mark(1, 2),
                mark(2, 2)
            ),
            &format!("<b>Oven{}</b> – Cost: {}</p>", mark(1, 3), mark(2, 3)),
            "By hand.",
            "By night.",
        ],
    );
}

#[test]
fn each_element_leads_to_where_readers_ask_about_it() {
    let handbook = Handbook::new()
        .file(
            "canvasbook.toml",
            "base_url = \"https://example.org/plans\"\n\
             issue_url = \"mailto:office@example.org?subject={title}&body={url}\"\n[rules]\nall = \"off\"\n",
        )
        .file("content/bar.md", "# {url} & Söhne\n\n## Channels\n\n- **A {title} \"b\"** {#ä}\n- **Shop**\n\n## Key Resources\n\n## Key Partners\n");
    handbook.run("build --quiet").status(0).stderr_is("");
    let page = handbook.tree("public").0.remove("bar.html").expect("is written");
    let page = String::from_utf8(page).expect("is text");
    let links: Vec<&str> = page.lines().filter(|line| line.contains("class=\"ask\"")).collect();
    expect![[r#"
        <p class="about"><a class="ask" href="mailto:office@example.org?subject=%7Burl%7D%20%26%20S%C3%B6hne%3A%20A%20%7Btitle%7D%20%22b%22&amp;body=https%3A%2F%2Fexample.org%2Fplans%2Fbar.html%23%25C3%25A4" aria-label="Ask about this – A {title} &quot;b&quot;">Ask about this</a></p></li>
        <p class="about"><a class="ask" href="mailto:office@example.org?subject=%7Burl%7D%20%26%20S%C3%B6hne%3A%20Shop&amp;body=https%3A%2F%2Fexample.org%2Fplans%2Fbar.html%23channels%2Fshop" aria-label="Ask about this – Shop">Ask about this</a></p></li>"#]].assert_eq(&links.join("\n"));
    handbook.remove("canvasbook.toml");
    handbook.run("build --quiet").status(0);
    let page = handbook.tree("public").0.remove("bar.html").expect("is written");
    assert!(!String::from_utf8_lossy(&page).contains("\"ask\""));
}

#[test]
fn translations_lead_to_each_other() {
    let text = |front: &str| format!("+++\n{front}\n+++\n\nText.\n");
    let handbook = Handbook::new()
        .file("canvasbook.toml", "base_url = \"https://example.org/plans\"\nlanguage = \"en-GB\"\n")
        .file("content/bar.md", text("title = \"Bar\""))
        .file(
            "content/de/bar.md",
            text("title = \"Bar\"\nlang = \"de\"\ntranslation_of = \"../bar.md\""),
        )
        .file(
            "content/ja/bar.md",
            text("title = \"バー\"\nlang = \"ja\"\ntranslation_of = \"../bar\""),
        )
        .file("content/alone.md", "Text.\n");
    handbook.run("build --quiet").status(0).stderr_is("");
    let site = handbook.tree("public").0;
    let lines = |page: &str| -> String {
        let page = String::from_utf8_lossy(&site[page]);
        let lines = page.lines().filter(|line| line.contains("hreflang"));
        lines.map(|line| format!("{line}\n")).collect()
    };
    expect![[r#"
        <link rel="alternate" hreflang="de" href="https://example.org/plans/de/bar.html">
        <link rel="alternate" hreflang="en-GB" href="https://example.org/plans/bar.html">
        <link rel="alternate" hreflang="ja" href="https://example.org/plans/ja/bar.html">
        <p class="note"><a href="../bar.html" hreflang="en-GB" lang="en-GB" dir="ltr">In English</a> <a href="../ja/bar.html" hreflang="ja" lang="ja" dir="ltr">バー</a> </p>
    "#]].assert_eq(&lines("de/bar.html"));
    assert_eq!(lines("alone.html"), "");
    let wrong = |path: &str, front: &str, message: Expect| {
        handbook.write(path, text(front));
        message.assert_eq(handbook.run("check").status(1).text());
        handbook.remove(path);
    };
    wrong(
        "content/x.md",
        "lang = \"fr\"\ntranslation_of = \"de/bar.md\"",
        expect![[r#"
        error[doubtful-translation]: "Bar" is a translation itself
         --> content/x.md:3:18
          |
        3 | translation_of = "de/bar.md"
          |                  ^^^^^^^^^^^
          |
          = help: name the one document that all translations are made of, which names none

        1 error in 1 file
    "#]],
    );
    wrong(
        "content/x.md",
        "lang = \"fr\"\ntranslation_of = \"x.md\"",
        expect![[r#"
        error[doubtful-translation]: this document is named as its own original
         --> content/x.md:3:18
          |
        3 | translation_of = "x.md"
          |                  ^^^^^^
          |
          = help: name the one document that all translations are made of, which names none

        1 error in 1 file
    "#]],
    );
    wrong(
        "content/x.md",
        "lang = \"DE\"\ntranslation_of = \"bar.md\"",
        expect![[r#"
        error[doubtful-translation]: "Bar" is the translation into `DE` already
         --> content/x.md:3:18
          |
        3 | translation_of = "bar.md"
          |                  ^^^^^^^^
          |
          = help: set `lang` to the language of this document, or remove `translation_of`

        1 error in 1 file
    "#]],
    );
    wrong(
        "content/x.md",
        "lang = \"fr\"\ntranslation_of = \"ber.md\"",
        expect![[r#"
        error[unknown-reference]: `ber.md` does not exist
         --> content/x.md:3:18
          |
        3 | translation_of = "ber.md"
          |                  ^^^^^^^^ leads nowhere
          |
          = help: did you mean `bar.md`, `x.md` or `de/bar.md`?

        1 error in 1 file
    "#]],
    );
}
