//! What changed between the tags of a repository.

use expect_test::expect;

use crate::handbook::{Handbook, NO_RULES, SETTINGS};
use crate::html::{Piece, pieces};
use crate::watching::Watching;

const ROASTERY: &str = "\
+++
title = \"Roastery\"
owner = \"Head of Coffee\"
+++

## Key Activities

### Production

- **Roasting** — forty batches a week, for [[#Fresh coffee]].

## Value Propositions

- **Fresh coffee** — roasted within 3 days, for [[#Offices]].

## Customer Segments

- **Offices** — in town.
";

const BAR: &str = "\
+++
title = \"Bar\"
+++

## Key Partners

- **Our roastery** — brings [fresh coffee](roastery.md#fresh-coffee).

## Key Activities

### Service

- **Serving** — all day, for [[#A good cup]].

## Value Propositions

- **A good cup** — for all.
";

const DUEL: &str = "\
+++
title = \"Duel\"
+++

## Pros

- **Cheap** — it is.

## Cons

- **Slow** — it is.

## Choices

- **Wait** — for a year.
";

fn kind(second: &str) -> String {
    let blocks = [("pros", "Pros"), ("cons", second), ("choices", "Choices")];
    let block =
        |(id, label): &(&str, &str)| format!("[[blocks]]\nid = \"{id}\"\nlabel = \"{label}\"\n\n");
    let blocks: String = blocks.iter().map(block).collect();
    format!("title = \"Duel\"\n\n[poster]\ngrid = [\"pros cons\", \"choices choices\"]\n\n{blocks}")
}

const R: &str = "content/roastery.md";
const B: &str = "content/bar.md";

/// Five states, of which four have tags.
fn handbook() -> Handbook {
    let settings = format!("{NO_RULES}[references]\nunknown = \"warning\"\n");
    let handbook =
        Handbook::new().file(SETTINGS, settings.as_str()).file(".gitignore", "/public/\n");
    let handbook = handbook.file("notes.txt", "before there is a handbook").repository();
    handbook.commit("2025-12-01", "Take notes");
    handbook.git(&["tag", "v0"]);
    handbook.write(R, ROASTERY);
    handbook.write(B, BAR);
    handbook.commit("2026-01-01", "Begin");
    handbook.git(&["tag", "v1.0"]);
    // A name would sort it behind the release.
    handbook.write(R, ROASTERY.replace("forty", "fifty"));
    handbook.write("content/duel.md", DUEL);
    handbook.write("kinds/duel.toml", kind("Cons"));
    handbook.commit("2026-02-01", "Roast more");
    handbook.git(&["tag", "v1.1-rc1"]);
    // The bar, which nobody touched, refers to what goes here.
    let hard = ROASTERY.replace("**Fresh coffee**", "**Brown beans**").replace("forty", "fifty");
    let hard =
        hard.replace("roasted within 3 days", "sold in bags").replace("[[#Fresh", "[[#Brown");
    handbook.write(R, hard.replace("Brown coffee", "Brown beans"));
    handbook.write("kinds/duel.toml", kind("Cons of it"));
    handbook.write("content/duel.md", DUEL.replace("## Cons", "## Cons of it"));
    handbook.commit("2026-03-01", "Sell beans");
    handbook.git_at("2026-03-02", &["tag", "--annotate", "-m", "As presented", "v1.1"]);
    handbook.git(&["tag", "approved"]);
    // Another line of work has a tag, and a tag may name what is no commit.
    handbook.git(&["checkout", "--quiet", "-b", "side", "v1.0"]);
    handbook.write(B, BAR.replace("all day", "at night"));
    handbook.commit("2026-03-03", "Try nights");
    handbook.git(&["tag", "nights"]);
    handbook.git(&["checkout", "--quiet", "main"]);
    handbook.git(&["tag", "tree", "HEAD^{tree}"]);
    let settings = format!("{settings}[departments.service]\ntitle = \"Counter\"\n");
    handbook.write(SETTINGS, settings);
    handbook.git(&["mv", B, "content/espresso-bar.md"]);
    handbook.commit("2026-04-01", "Rename the bar");
    handbook
}

/// The words in a piece of markup, with a blank between pieces.
pub fn words(html: &str) -> String {
    let pieces = pieces(html).expect("it can be read").into_iter();
    let texts = pieces.filter_map(|piece| match piece {
        Piece::Text(text) => Some(text),
        _ => None,
    });
    texts.collect::<Vec<String>>().join(" ").split_whitespace().collect::<Vec<&str>>().join(" ")
}

/// The text of each list item below the heading of a page, sorted.
fn items(html: &str) -> Vec<String> {
    let main = html.split_once("<h1").and_then(|(_, rest)| rest.split_once("</main>"));
    let (main, _) = main.expect("there is a main part");
    let items = main.split("<li").skip(1).filter_map(|item| item.split_once('>'));
    let text = |(_, item): (&str, &str)| words(item.split("</li>").next().unwrap_or_default());
    let mut items: Vec<String> = items.map(text).collect();
    items.sort();
    items
}

fn page(handbook: &Handbook, path: &str) -> String {
    String::from_utf8_lossy(&handbook.tree("public").0[path]).into_owned()
}

/// The path of the page of a tag, without its extension.
fn address(handbook: &Handbook, tag: &str) -> String {
    let commit = handbook.git(&["rev-parse", &format!("{tag}^{{commit}}")]);
    format!("changes/tags/{}", &commit[..10])
}

/// The section on tags of the page of what changed lately.
fn listed(handbook: &Handbook) -> String {
    let html = page(handbook, "changes/index.html");
    let Some((_, rest)) = html.split_once("Between tags</h2>") else { return String::new() };
    rest.split("</section>").next().expect("it ends").trim().to_owned()
}

#[test]
fn tags_are_compared_with_those_before_as_diff_compares_them() {
    let handbook = handbook();
    handbook.run("build --quiet").status(0);
    let tags = ["approved", "v1.1-rc1"];
    expect![[r#"
        <ul class="changes">
        <li><a href="tags/index.html">Since approved, v1.1</a></li>
        <li><a href="(approved).html">approved, v1.1, compared with v1.1-rc1</a> <small><time datetime="2026-03-01">1 March 2026</time></small></li>
        <li><a href="(v1.1-rc1).html">v1.1-rc1, compared with v1.0</a> <small><time datetime="2026-02-01">1 February 2026</time></small></li>
        </ul>"#]]
    .assert_eq(&tags.into_iter().fold(listed(&handbook), |html, tag| {
        html.replace(&address(&handbook, tag)["changes/".len()..], &format!("({tag})"))
    }));
    for (path, revisions) in [
        ("changes/tags/index".to_owned(), "approved"),
        (address(&handbook, "v1.1"), "v1.1-rc1 v1.1"),
        (address(&handbook, "v1.1-rc1"), "v1.0 v1.1-rc1"),
    ] {
        let told = handbook.run(&format!("diff {revisions} --format html"));
        let told = items(told.status(0).text());
        let shown = items(&page(&handbook, &format!("{path}.html")));
        assert!(shown.len() > 10, "{shown:?}");
        // The page uses the first name of each state, and has no findings.
        let named = revisions.replace("v1.1-rc1 v1.1", "v1.1-rc1 approved");
        let told = told.into_iter().filter(|item| !item.ends_with("unknown-reference"));
        let told = told.map(|item| if item == revisions { named.clone() } else { item });
        assert_eq!(shown, told.collect::<Vec<String>>(), "{revisions}");
    }
    let html = page(&handbook, &format!("{}.html", address(&handbook, "v1.1")));
    let head = html.split_once("<h1").expect("it has a title").1.split("</ul>").next();
    expect!["approved, v1.1, compared with v1.1-rc1 1 February 2026 – 1 March 2026 · 1 added · 1 gone · 1 changed · 1 the same v1.1-rc1 approved Roastery Roastery"].assert_eq(&words(&format!("<h1{}", head.unwrap_or_default())));
}

#[test]
fn a_configuration_says_which_tags_count() {
    let handbook = handbook();
    let settings =
        |line: &str| format!("{NO_RULES}[references]\nunknown = \"warning\"\n[history]\n{line}\n");
    for (line, expected) in [
        (
            "tags = \"v*\"",
            vec!["Since v1.1", "v1.1, compared with v1.1-rc1", "v1.1-rc1, compared with v1.0"],
        ),
        ("tags = \"v1.0\"", vec!["Since v1.0"]),
        ("tags = \"-\"", vec![]),
        ("since = 2026-02-15", vec!["Since approved, v1.1"]),
        ("branch = \"side\"", vec!["nights, compared with v1.0"]),
        ("enabled = false", vec![]),
    ] {
        handbook.write(SETTINGS, settings(line));
        handbook.run("build --quiet").status(0);
        if line.starts_with("enabled") {
            assert!(!handbook.tree("public").0.contains_key("changes/index.html"));
            continue;
        }
        let listed = listed(&handbook);
        let titles = listed.split("<a ").skip(1).filter_map(|item| item.split_once('>'));
        let titles = titles.filter_map(|(_, rest)| rest.split("</a>").next());
        assert_eq!(titles.collect::<Vec<&str>>(), expected, "{line}");
    }
}

#[test]
fn a_state_that_is_tagged_has_nothing_since() {
    let handbook = handbook();
    handbook.git(&["tag", "v2"]);
    handbook.run("build --quiet").status(0);
    assert!(!listed(&handbook).contains("Since"), "{}", listed(&handbook));
    handbook.run("build --quiet --rev v1.1 --output site").status(0);
    let site = handbook.tree("site").0;
    let is_there = |tag: &str| site.contains_key(&format!("{}.html", address(&handbook, tag)));
    assert!(!is_there("v2"), "it came later");
    assert!(!site.contains_key("changes/tags/index.html"), "nothing came later");
    assert!(is_there("approved"));
}

#[test]
fn many_tags_with_odd_names_are_bounded_and_each_has_an_address() {
    let handbook = handbook();
    for number in 0..25 {
        handbook.write(R, ROASTERY.replace("forty", &format!("{number} more")));
        handbook.commit("2026-05-01", "Roast more");
        let name = ["index", "+", "a.b", "a-b", "<i>"]
            .get(number)
            .map_or_else(|| format!("release/{number}"), |it| (*it).to_owned());
        handbook.git(&["tag", &name]);
    }
    handbook.run("build --quiet").status(0);
    let listed = listed(&handbook);
    assert_eq!(listed.matches("<li>").count(), 19);
    assert!(listed.contains("Older tags are not shown here"));
}

#[test]
fn a_page_of_a_tag_is_found_whatever_the_tag_and_others_are_called() {
    let handbook = handbook();
    handbook.run("build --quiet").status(0);
    let before = listed(&handbook).matches("<li>").count();
    let path = format!("{}.html", address(&handbook, "v1.1"));
    assert!(handbook.tree("public").0.contains_key(&path));
    // Too long for a file, and a name that Windows does not allow; the first of a state and the last.
    let long = format!("a{}", "-long".repeat(48));
    handbook.git(&["tag", &long, "v1.1"]);
    handbook.git(&["tag", "con", "v1.1-rc1"]);
    handbook.git(&["tag", "zzz", "v1.1"]);
    handbook.run("build --quiet").status(0);
    assert_eq!(listed(&handbook).matches("<li>").count(), before);
    let site = handbook.tree("public").0;
    assert!(site.contains_key(&path), "it has the same address");
    assert!(page(&handbook, &path).contains(&long));
    assert!(!site.contains_key("changes/tags/con.html"));
}

#[test]
fn pages_of_tags_are_made_again_where_what_they_lead_to_is_another() {
    let handbook = handbook();
    let watching = Watching::start(&handbook, "watch");
    let text = ROASTERY.replace("forty", "fifty");
    let saves = [
        // Nothing that the pages of the past contain.
        (R, text.replace("in town", "around")),
        // An element that they lead to is gone, then back.
        (R, text.replace("**Offices**", "**Bars**").replace("#Offices", "#Bars")),
        (R, text.clone()),
        // The owner and the department of the canvas have no page, or another.
        (R, text.replace("owner = \"Head of Coffee\"\n", "")),
        (R, text.replace("### Production", "### Logistics")),
        (R, text.clone()),
        ("content/new.md", BAR.replace("title = \"Bar\"", "title = \"New bar\"")),
        ("content/duel.md", "# No canvas\n".to_owned()),
        ("content/duel.md", DUEL.replace("## Cons", "## Cons of it")),
    ];
    for (path, text) in saves {
        handbook.write(path, text);
        watching.build();
        watching.ends_equal_to_a_clean_build("public");
    }
    handbook.remove(R);
    watching.build();
    watching.ends_equal_to_a_clean_build("public");
}
