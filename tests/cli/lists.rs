//! Pages that the handbook makes from what documents declare: sections, owners, stages, tags and
//! blocks.

use crate::handbook::{CANVAS, Handbook};
use crate::links;

/// A canvas with these lines of front matter.
fn canvas(front: &str) -> String {
    format!("+++\n{front}\n+++\n\n{CANVAS}")
}

/// The text of a page of the built site.
fn read(handbook: &Handbook, path: &str) -> String {
    std::fs::read_to_string(handbook.path(&format!("public/{path}")))
        .unwrap_or_else(|error| panic!("public/{path}: {error}"))
}

/// The pages of a folder of the built site.
fn pages(handbook: &Handbook, folder: &str) -> Vec<String> {
    handbook.tree(&format!("public/{folder}")).0.into_keys().collect()
}

#[test]
fn one_owner_has_one_page_however_it_is_written() {
    let handbook = Handbook::new()
        .file("canvasbook.toml", "[departments.production]\nowner = \"Head Baker\"\n")
        .file("content/a.md", canvas("owner = \"head baker\"\nstage = \"grow\""))
        .file(
            "content/b.md",
            canvas("owner = \"Head-Baker\"\nstage = \"grow\"")
                .replace("**Baking**", "**Baking** {owner=\"head baker\"}"),
        );
    handbook.run("build --quiet").status(0);
    assert_eq!(pages(&handbook, "owners"), ["head-baker.html", "index.html"]);
    let page = read(&handbook, "owners/head-baker.html");
    for piece in ["<h1>Head Baker</h1>", "../a.html", "../b.html", "departments/production.html"] {
        assert!(page.contains(piece), "{piece} is not in {page}");
    }
    let department = read(&handbook, "departments/production.html");
    assert!(!department.contains("Owner: head"), "its head says it: {department}");
    assert!(read(&handbook, "a.html").contains("owners/head-baker.html\">head baker</a>"));
    assert!(!page.contains("Owner: "), "the page says it of all: {page}");
    assert_eq!(pages(&handbook, "stages"), ["grow.html", "index.html"]);
}

#[test]
fn names_without_letters_and_names_that_files_cannot_have() {
    let handbook = Handbook::new().file(
        "content/a.md",
        canvas(&format!(
            "owner = \"🥐\"\ntags = [\"Index\", \"CON\", \"…\", \"{}\"]",
            "ä".repeat(300)
        )),
    );
    handbook.run("build --quiet").status(0);
    assert!(!handbook.path("public/owners").exists(), "no address can be made of signs");
    let tags = pages(&handbook, "tags");
    assert_eq!(tags.len(), 4, "{tags:?}");
    assert!(tags.contains(&"_index.html".to_owned()) && tags.contains(&"_con.html".to_owned()));
    assert!(read(&handbook, "a.html").contains("tags/_index.html"));
}

/// A spreadsheet computes a cell that begins like a formula, and Excel recognises UTF-8 only by its
/// mark.
#[test]
fn lists_are_tables_for_spreadsheets_where_asked_for() {
    let handbook = Handbook::new()
        .file("canvasbook.toml", "base_url = \"https://example.org/book\"\ncsv_lists = true\n")
        .file(
            "content/a.md",
            "+++\nstage = \"grow\"\nowner = \"Founder\"\nreviewed = 2026-03-01\n+++\n\n# =Bäckerei, \"Nord\"\n\n\
             ## Key Activities\n\n### Production {category=production}\n\n\
             - **Baking** {with=\"quality, finance\"} — for [warm bread](#warm-bread), and says \"hot\".\n\n\
             ## Value Propositions\n\n- **+Warm bread**\n\n## Customer Segments\n\n- **Neighbours**\n",
        );
    handbook.run("build").status(0);
    let production = "\u{feff}\"Canvas\",\"Building block\",\"Department\",\"Element\",\"Text\",\"Category\",\"For\",\"With\",\
         \"Owner\",\"Stage\",\"Reviewed\",\"Address\"\r\n\
         \"'=Bäckerei, \"\"Nord\"\"\",\"Key Activities\",\"Production\",\"Baking\",\
         \"for warm bread, and says \"\"hot\"\".\",\"Production\",\"'+Warm bread\",\"Quality, Finance\",\"\",\"Grow\",\
         \"2026-03-01\",\"https://example.org/book/a.html#key-activities/production/baking\"\r\n";
    assert_eq!(read(&handbook, "departments/production.csv"), production);
    let owner = read(&handbook, "owners/founder.csv");
    assert!(owner.contains("\r\n\"'=Bäckerei"), "{owner}");
    assert!(read(&handbook, "departments/production.html").contains("href=\"production.csv\""));
    assert!(!read(&handbook, "sitemap.xml").contains(".csv"));
    let without = handbook.file("canvasbook.toml", "csv_lists = false\n");
    without.run("build").status(0);
    assert_eq!(pages(&without, "owners"), ["founder.html", "index.html"]);
}

#[test]
fn what_nothing_is_said_of_has_no_index() {
    let handbook = Handbook::new().file("content/about.md", "# About\n");
    handbook.run("build --quiet").status(0);
    assert_eq!(
        pages(&handbook, ""),
        [
            ".canvasbook-manifest",
            "404.html",
            "about.html",
            "assets/analysis.css",
            "assets/icon.svg",
            "assets/lists.js",
            "assets/pages.css",
            "assets/present.css",
            "assets/present.js",
            "assets/script.js",
            "assets/search.css",
            "assets/search.js",
            "assets/search/records-0.js",
            "assets/search/root.js",
            "assets/search/terms-0.js",
            "assets/style.css",
            "handbook.json",
            "index.html",
            "robots.txt",
            "search.html",
        ]
    );
    assert!(!read(&handbook, "about.html").contains("id=\"_lists\""));
}

#[test]
fn a_page_lists_its_folder_unless_that_is_large() {
    let folder = |pages: usize| {
        let start = Handbook::new().file("content/notes/index.md", "# Notes\n");
        (0..pages).fold(start, |handbook, n| {
            handbook.file(&format!("content/notes/note-{n:02}.md"), format!("# Note {n:02}\n"))
        })
    };
    let page = |handbook: Handbook, name: &str| {
        handbook.run("build --quiet").status(0);
        read(&handbook, name)
    };
    let small = page(folder(30), "notes/note-01.html");
    let here = "<a href=\"note-01.html\" aria-current=\"page\">Note 01</a>\n<a href=\"note-02.html\">Note 02</a>";
    assert!(small.contains(here) && !small.contains("class=\"neighbours\""), "{small}");
    let large = page(folder(31), "notes/note-01.html");
    assert!(
        !large.contains("id=\"_siblings\"") && large.contains("class=\"neighbours\""),
        "{large}"
    );
    // The list shows them anyway.
    assert!(!page(folder(3), "notes/index.html").contains("id=\"_siblings\""));
    assert!(!page(folder(1), "notes/note-00.html").contains("id=\"_siblings\""));
}

#[test]
fn a_folder_without_an_own_page_gets_one() {
    let handbook = Handbook::new()
        .file("content/retail/north_west/bars.md", CANVAS)
        .file(
            "content/by-hand/plan.md",
            "# Plan\n\n[Bars](../retail/north_west/), [retail](../retail)\n",
        )
        .file("content/by-hand/index.html", "mine");
    handbook.run("build --quiet").status(0).stderr_is("");
    let section = read(&handbook, "retail/north_west/index.html");
    assert!(section.contains("<h1>North west</h1>") && section.contains("href=\"bars.html\""));
    assert!(section.contains("<a href=\"../index.html\">Retail</a>"), "{section}");
    assert!(read(&handbook, "retail/index.html").contains("north_west/index.html"));
    assert_eq!(read(&handbook, "by-hand/index.html"), "mine");
    let plan = read(&handbook, "by-hand/plan.html");
    assert!(
        plan.contains("href=\"../retail/north_west/index.html\"")
            && plan.contains("href=\"../retail/index.html\""),
        "{plan}"
    );
}

#[test]
fn sections_stand_in_the_order_of_their_weight() {
    let section =
        |title: &str, weight: i32| format!("+++\ntitle = \"{title}\"\nweight = {weight}\n+++\n");
    let handbook = Handbook::new()
        .file("content/a/index.md", section("Alpha", 2))
        .file("content/a/x.md", CANVAS)
        .file("content/b/index.md", section("Beta", 1))
        .file("content/b/x.md", CANVAS)
        .file("content/c/x.md", CANVAS);
    handbook.run("build --quiet").status(0);
    let home = read(&handbook, "index.html");
    let places: Vec<Option<usize>> =
        [">C</a></th>", ">Beta</a></th>", ">Alpha</a></th>"].map(|title| home.find(title)).into();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?} in {home}");
}

#[test]
fn the_page_for_lost_readers_works_at_any_depth() {
    for (config, root) in [
        ("", "/"),
        ("base_url = \"https://example.com/\"", "/"),
        ("base_url = \"https://example.com/team/book\"", "/team/book/"),
    ] {
        let handbook = Handbook::new().file("canvasbook.toml", config).file("content/a.md", CANVAS);
        handbook.run("build --quiet").status(0);
        let page = read(&handbook, "404.html");
        for link in
            ["assets/style.css", "index.html", "departments/index.html", "blocks/index.html"]
        {
            assert!(page.contains(&format!("\"{root}{link}\"")), "{root}{link} is not in {page}");
        }
        assert!(!page.contains("canonical"), "{page}");
    }
}

#[test]
fn crawlers_learn_every_page_once() {
    let handbook = Handbook::new()
        .file("canvasbook.toml", "base_url = \"https://example.com/book\"\n")
        .file("content/über uns.md", "# Über uns\n")
        .file("content/a.md", canvas("aliases = [\"old\"]"))
        .file("content/secret.md", "+++\ndraft = true\n+++\n");
    handbook.run("build --quiet").status(0);
    let map = read(&handbook, "sitemap.xml");
    assert!(map.contains("<loc>https://example.com/book/</loc>"), "{map}");
    assert!(map.contains("<loc>https://example.com/book/%C3%BCber%20uns.html</loc>"), "{map}");
    assert_eq!(map.matches("/a.html<").count(), 1);
    for left_out in ["old", "404", "secret", "handbook.json"] {
        assert!(!map.contains(left_out), "{left_out} is in {map}");
    }
    let robots = read(&handbook, "robots.txt");
    assert!(robots.ends_with("Sitemap: https://example.com/book/sitemap.xml\n"), "{robots}");
}

#[test]
fn an_author_speaks_to_crawlers_first() {
    let handbook = Handbook::new()
        .file("content/a.md", CANVAS)
        .file("static/robots.txt", "User-agent: *\nDisallow: /\n")
        .file("static/404.html", "mine");
    handbook.run("build --quiet").status(0).stderr_is("");
    assert_eq!(read(&handbook, "404.html"), "mine");
    assert_eq!(read(&handbook, "robots.txt"), "User-agent: *\nDisallow: /\n");
    assert!(!handbook.path("public/sitemap.xml").exists(), "there is no base URL");
}

#[test]
fn comments_are_published_nowhere() {
    let handbook = Handbook::new().file(
        "content/a.md",
        "Hello <!-- SECRET -->.\n\n## Channels\n\nA lead <!-- SECRET --> more.\n\n<!-- SECRET\n\nSECRET -->\n\n\
         - **Shop** <!-- SECRET --> text <!-- SECRET -->\n  - detail <!-- SECRET -->\n\n\
         ## Key Partners\n\n- Mill\n\n## Cost Structure\n\n- Flour\n",
    );
    handbook.run("build --quiet").status(0).stderr_is("");
    for (path, bytes) in handbook.tree("public").0 {
        assert!(!String::from_utf8_lossy(&bytes).contains("SECRET"), "{path} holds a comment");
    }
}

#[test]
fn a_page_leads_to_its_source() {
    let handbook = Handbook::new()
        .file("canvasbook.toml", "edit_url = \"https://git.example/edit/{path}?mode=edit\"\n")
        .file("content/a b.md", CANVAS);
    handbook.run("build --quiet").status(0);
    let link = "href=\"https://git.example/edit/content/a%20b.md?mode=edit\"";
    assert!(read(&handbook, "a b.html").contains(link));
    assert!(!read(&handbook, "blocks/index.html").contains("git.example"));
}

#[test]
fn long_lists_go_on_on_further_pages() {
    let mut handbook = Handbook::new();
    for number in 0..401 {
        let front = "owner = \"Founder\"\nstage = \"grow\"\ntags = [\"bread\"]";
        handbook = handbook.file(&format!("content/{number:03}.md"), canvas(front));
    }
    handbook.run("build --quiet").status(0);
    for list in ["owners/founder", "stages/grow", "tags/bread"] {
        let first = read(&handbook, &format!("{list}.html"));
        let second = read(&handbook, &format!("{list}/2.html"));
        assert!(first.contains("<b aria-current=\"page\">1</b> <a href=\""), "{list}");
        assert!(first.contains("/399.html") && !first.contains("/400.html"), "{list}");
        assert!(second.contains("/400.html") && !second.contains("/399.html"), "{list}");
    }
    assert!(handbook.path("public/canvases/2.html").is_file());
}

#[test]
fn no_link_leads_nowhere_whatever_things_are_called() {
    let named = |front: &str| {
        let block = "- **Plan** {with=\"Quality\" department=\"Legal\" owner=\"counsel!\"}\n";
        canvas(front)
            + "\n### Sales\n\n### Research {owner=\"?\"}\n\n- **Try**\n\n## Key Resources\n\n"
            + block
    };
    let handbook = Handbook::new()
        .file(
            "canvasbook.toml",
            "base_url = \"https://example.com/book\"\n\
             [departments.legal]\nowner = \"Counsel\"\n[departments.index]\ntitle = \"con\"\n",
        )
        .file("content/index.md", named("owner = \"index\"\nstage = \"grow\""))
        .file("content/a b.md", named("owner = \"Index!\"\ntags = [\"x\", \"X\", \"!\"]"))
        .file("content/a%20b.md", named("tags = [\"aux\"]\nlang = \"de\""))
        .file("content/c.md", named("aliases = [\"old/\"]"))
        .file("content/c.html.md", named("title = \"#\""))
        .file("content/canvases/d.md", CANVAS)
        .file("content/notes/deep/e.md", "# E\n");
    handbook.run("build --quiet").status(0);
    assert_eq!(links::flaws(&handbook.tree("public"), "/book/"), "");
}

#[test]
fn a_department_without_an_activity_is_named_and_not_linked() {
    let handbook = Handbook::new()
        .file("canvasbook.toml", "[departments.legal]\nowner = \"Counsel\"\n")
        .file("content/a.md", format!("{CANVAS}\n### Sales\n"));
    handbook.run("build --quiet").status(0);
    assert!(read(&handbook, "a.html").contains("<h3>Sales</h3>"));
    assert!(read(&handbook, "owners/counsel.html").contains("<li>Legal</li>"));
    assert_eq!(pages(&handbook, "departments"), ["index.html", "production.html"]);
}

#[test]
fn a_list_beside_a_home_page_that_is_a_canvas_leads_on() {
    let handbook = Handbook::new()
        .file("content/index.md", canvas("owner = \"Founder\""))
        .file("content/canvases/a.md", canvas("owner = \"Head Baker\""))
        .file("content/notes/deep/b.md", "# B\n")
        .file("content/terms.md", "# Terms\n");
    handbook.run("build --quiet").status(0);
    let list = read(&handbook, "canvases/index.html");
    for page in
        ["owners/founder", "departments/production", "departments/index", "notes/index", "terms"]
    {
        assert!(list.contains(&format!("href=\"../{page}.html\"")), "{page} is not in {list}");
    }
    assert!(list.contains("href=\"a.html\"") && list.contains("href=\"../index.html\""));
}

#[test]
fn a_home_page_speaks_one_language() {
    let handbook = Handbook::new()
        .file("content/index.md", "+++\nlang = \"de\"\n+++\n\n# Buch\n")
        .file("content/a.md", canvas("stage = \"grow\""))
        .file("content/b.md", canvas("stage = \"ideation\""))
        .file("content/about.md", "# About\n");
    handbook.run("build --quiet").status(0);
    let english = "<li lang=\"en\" dir=\"ltr\"><a href=\"about.html\">About</a>";
    let home = read(&handbook, "index.html");
    assert!(home.contains(">Wachstum</a>") && home.contains(">Elemente</th>"), "{home}");
    assert!(home.contains(english), "{home}");
}

#[test]
fn a_canvas_that_is_the_page_of_a_folder_leads_to_what_stands_there() {
    let handbook = Handbook::new()
        .file("content/retail/index.md", CANVAS)
        .file("content/retail/kiosk.md", CANVAS)
        .file("content/retail/notes.md", "# Notes\n")
        .file("content/retail/north/plan.md", "# Plan\n");
    handbook.run("build --quiet").status(0);
    let page = read(&handbook, "retail/index.html");
    for link in ["kiosk.html", "notes.html", "north/index.html", "#_in-this-folder"] {
        assert!(page.contains(&format!("<a href=\"{link}\"")), "{link} is not in {page}");
    }
    assert!(!read(&handbook, "retail/kiosk.html").contains("_in-this-folder"));
}
